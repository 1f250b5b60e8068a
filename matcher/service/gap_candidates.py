"""Made-up activities: every interest at every half-day, place and level, ranked for people like any other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from ..features.affinity import InterestArrays
from ..features.calendar import attend_all
from ..features.offer import OfferArrays, OfferTransformer
from ..features.people import PersonArrays
from ..model import Activity
from ..model.gaps import SMALLEST_CELL
from ..ranking import ActivityRanker
from ..readers.cells.days import holiday_pauses
from ..schedule import HORIZON_DAYS, Pause, Schedule, Weekly
from ..vocabulary import interests, lineage, places
from .gap_people import HALF_DAYS, PARTS, UNKNOWN, People, branches

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SESSIONS = {"morning": (9 * 60 + 30, 11 * 60 + 30), "afternoon": (14 * 60, 16 * 60), "evening": (19 * 60, 21 * 60)}
"""When a made-up session is, in minutes of the day."""
START_AFTER_DAYS = 28
"""Nobody starts something tomorrow: so many days from today on, or the first such weekday after that."""
LIVED_MOST, HELD_MOST = 8, 3
"""So many postal codes where people live, and where activities of the offer are, are tried as a place."""
MEANT_MOST = 2
"""So many interests of a branch are named: those that most people wish."""
TAALICOONS = (1, 2, 3, 4)
GROUP = (4, 12)
LIST_LENGTH = 10
"""A made-up activity counts for a person when it stands among the first so many of the person's own list."""
FIT_LEAST = 0.55
"""And when its score is at least this: from here on an activity is said to suit well."""
KIND_OF = {
    "sport": "sport",
    "performing": "culture",
    "culture": "culture",
    "learning": "course",
    "helping": "volunteering",
    "work": "internship",
    "meeting": "conversation_group",
}
"""The kind of an activity of each branch; of the others it is an association."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Made-up activities.

    trait : int64 ndarray of shape (n_candidates, 4): interest, half-day, place, taalicoon, each a number
    interests : for each number of interest what the activity is about, its branch first
    half_days, places, taalicoons : what each number stands for; a place is a postal code or None
    """

    trait: Ints
    interests: tuple[tuple[str, ...], ...]
    half_days: tuple[str, ...]
    places: tuple[str | None, ...]
    taalicoons: tuple[int, ...]

    def activity(self, number: int, *, today: date, full: bool = False) -> Activity:
        """Return a candidate as an activity; a full one is kept out unless it is let in."""
        interest, half_day, place, taalicoon = self.trait[number].tolist()
        return made_up(
            f"new-{number}",
            self.interests[interest],
            self.half_days[half_day],
            self.places[place],
            self.taalicoons[taalicoon],
            today=today,
            full=full,
        )


def made_up(
    id_: str,
    about: tuple[str, ...],
    half_day: str,
    place: str | None,
    taalicoon: int,
    *,
    today: date,
    full: bool = False,
) -> Activity:
    """Return a made-up activity of two hours a week outside the school holidays, free of charge."""
    day, part = divmod(HALF_DAYS.index(half_day), len(PARTS))
    start_min, end_min = SESSIONS[tuple(PARTS)[part]]
    start = today + timedelta(days=START_AFTER_DAYS)
    return Activity(
        id=id_,
        title="Nieuwe activiteit",
        organiser="nog te zoeken",
        kind=KIND_OF.get(about[0], "association"),
        interests=about,
        language="nl",
        taalicoon=taalicoon,
        interaction="high",
        participants="mixed",
        new_people=True,
        group_min=GROUP[0],
        group_max=GROUP[1],
        schedule=Schedule((Weekly(day, start_min, end_min),)),
        start_date=start,
        pauses=school_holidays(today),
        postal_code=place,
        price_eur=0.0,
        places_left=0 if full else GROUP[1],
        last_verified=today,
    )


def school_holidays(today: date) -> tuple[Pause, ...]:
    """Return the school holidays of the year from today, as pauses."""
    return (*holiday_pauses("schoolvakanties", today), *holiday_pauses("zomervakantie", today))


def candidates_for(people: People, activities: Sequence[Activity]) -> Candidates:
    """Lay out the candidates: what, when and where so many people wish that it tells of none of them.

    Parameters
    ----------
    people : People
    activities : sequence of Activity
        Where most of these are is a possible place too.
    """
    wanted = np.flatnonzero(people.wants.sum(axis=0) >= SMALLEST_CELL)
    wished = Counter(node for one in people.wished for node in one)
    about = tuple(_about(branches()[number], wished) for number in wanted)
    known = np.array([profile.availability is not None for profile in people.profiles], dtype=bool)
    when = np.flatnonzero(people.free.sum(axis=0) + (~known).sum() >= SMALLEST_CELL)
    half_days = tuple(HALF_DAYS[number] for number in when)
    where = _places(people, activities)
    sizes = (len(about), len(half_days), len(where), len(TAALICOONS))
    trait = np.indices(sizes).reshape(len(sizes), -1).T.astype(np.int64)
    return Candidates(trait, about, half_days, where, TAALICOONS)


def _about(branch: str, wished: Mapping[str, int]) -> tuple[str, ...]:
    under = [one for one in interests() if one != branch and branch in lineage(one)]
    often = [one for one in under if wished.get(one, 0) >= SMALLEST_CELL]
    return (branch, *sorted(often, key=lambda one: (-wished[one], one))[:MEANT_MOST])


def _places(people: People, activities: Sequence[Activity]) -> tuple[str | None, ...]:
    lived = Counter(code for code in people.area if code != UNKNOWN)
    held = Counter(code for one in activities if (code := one.postal_code) and code in places())
    often = [code for code in _most_first(lived) if lived[code] >= SMALLEST_CELL][:LIVED_MOST]
    found = dict.fromkeys((*often, *_most_first(held)[:HELD_MOST]))
    return tuple(found) or (None,)


def _most_first(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=lambda code: (-counts[code], code))


def arrays_of(candidates: Candidates, *, today: date) -> OfferArrays:
    """Return the candidates as arrays, without making an activity of each.

    One activity is made for each interest, half-day, place and taalicoon; the arrays of all combinations take
    each value from the one on which it depends.
    """
    counts = (
        len(candidates.interests),
        len(candidates.half_days),
        len(candidates.places),
        len(candidates.taalicoons),
    )
    first = np.cumsum((0, *counts[:-1]))
    one_of_each = np.concatenate([np.zeros((count, len(counts)), dtype=np.int64) for count in counts])
    for trait, count in enumerate(counts):
        one_of_each[first[trait] : first[trait] + count, trait] = np.arange(count)
    examples = replace(candidates, trait=one_of_each)
    made = [examples.activity(number, today=today) for number in range(len(one_of_each))]
    encoded = OfferTransformer(today).fit(made).transform(made)
    interest, half_day, place, taalicoon = (first + candidates.trait).T
    plain = {
        field.name: getattr(encoded, field.name)[interest]
        for field in fields(encoded)
        if isinstance(getattr(encoded, field.name), np.ndarray) and field.name != "place_lat_lon"
    }
    return replace(
        encoded,
        **plain
        | {
            "ids": tuple(f"new-{number}" for number in range(len(interest))),
            "interests": _columns(encoded.interests, interest),
            "calendar": replace(encoded.calendar, pattern=encoded.calendar.pattern[half_day]),
            "lasting": encoded.lasting[half_day],
            "place": encoded.place[place],
            "language_code": encoded.language_code[taalicoon],
            "criteria": tuple(encoded.criteria[number] for number in interest),
        },
    )


def _columns(about: InterestArrays, columns: Ints) -> InterestArrays:
    return InterestArrays(
        affinity=about.affinity[:, columns],
        given=about.given[:, columns],
        derived=about.derived[:, columns],
        evidence=tuple(about.evidence[column] for column in columns),
    )


@dataclass(frozen=True, slots=True)
class Possible:
    """What candidates could bring to people at most.

    minutes : int32 ndarray of shape (n_people, n_candidates), towards the hours to go; 0 where a candidate breaks
        a limit, stands too low on the list, or cannot be attended
    fit : float64 ndarray of shape (n_candidates,), the sum of the scores for those whom it can bring something
    is_complete : bool, False when the time was over before everybody was asked for
    """

    minutes: NDArray[np.int32]
    fit: Floats
    is_complete: bool


def possible_minutes(
    candidates: Candidates,
    persons: Sequence[PersonArrays],
    *,
    own: ActivityRanker,
    last_day: int,
    short_min: Ints,
    least_min: Ints,
    week_most_min: Floats,
    list_least: Floats,
    stop: Callable[[], bool],
) -> Possible:
    """Rank all candidates for some people beside the offer, and count the hours that they could bring.

    Parameters
    ----------
    candidates : Candidates
    persons : sequence of PersonArrays
    own : ActivityRanker
        Of the offer.
    last_day : int
        The last day that counts, from today.
    short_min, least_min : int64 ndarray of shape (n_people,)
        Minutes that are missing; less than the second in all is nothing to plan with.
    week_most_min : float64 ndarray of shape (n_people,)
    list_least : float64 ndarray of shape (n_people,)
        A score above this stands on the list of the person.
    stop : callable
        Tells when the time is over.
    """
    offer = arrays_of(candidates, today=own.offer_.calendar.today)
    ranker = ActivityRanker(own.weights).fit(offer)
    windows = [(person.first_day, min(person.last_day, last_day)) for person in persons]
    attended = attend_all(offer.calendar, [person.availability for person in persons], windows=windows)
    session_min = SESSIONS["morning"][1] - SESSIONS["morning"][0]
    minutes = np.zeros((len(persons), offer.n_activities), dtype=np.int32)
    fit = np.zeros(offer.n_activities)
    for row, person in enumerate(persons):
        if stop():
            return Possible(minutes, fit, is_complete=False)
        scores = ranker.score(person)
        hours = np.rint(attended.hours[:, row] * 60).astype(np.int64)
        possible = np.where(hours >= least_min[row], np.minimum(hours, short_min[row]), 0)[offer.calendar.pattern]
        counts = (scores.broken == 0) & (scores.total > list_least[row]) & (scores.total >= FIT_LEAST)
        if week_most_min[row] < session_min:
            counts[:] = False
        counts &= possible > 0
        minutes[row, counts] = possible[counts]
        fit += np.where(counts, scores.total, 0.0)
    return Possible(minutes, fit, is_complete=True)


def session_days(half_day: str, *, today: date, first_day: int, last_day: int) -> frozenset[int]:
    """Return the days, from today, on which the sessions of a made-up activity are, within a window."""
    example = made_up("new", (branches()[0],), half_day, None, 1, today=today)
    assert example.schedule is not None
    assert example.start_date is not None
    first = max(today + timedelta(days=first_day), example.start_date)
    last = today + timedelta(days=min(last_day, HORIZON_DAYS))
    found = example.schedule.occurrences(first, last, start_date=example.start_date, pauses=example.pauses)
    return frozenset((day - today).days for day, _ in found)
