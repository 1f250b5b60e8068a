"""From a person and an offer to what can be planned: candidates, dated sessions, clashes, and what is left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .. import explain
from ..aspects import travel_min
from ..explain import Sentence
from ..features.calendar import CalendarArrays
from ..features.dated import dated_sessions
from ..features.offer import UNKNOWN_PLACE, OfferArrays
from ..features.people import PersonArrays
from ..limits import haversine_km
from ..model import Activity, Profile
from ..model.plans import NotPlanned
from ..planning import WEEK_MIN, Choices, Dates, Meetings, choices, meetings, usual_visits
from ..ranking import Scores
from ..schedule import Availability
from ..vocabulary import fold

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

CANDIDATES_MOST = 40
"""The best so many activities are planned with."""
CALM_HOURS_PER_WEEK = 8.0
"""Up to which visits and hours by agreement fill a calm week when the person set no limit: our own setting."""
LEAST_HOURS = 3.0
"""Less than this in all is no activity to plan with, unless there is hardly more to go."""
NEARLY_THE_SAME = 0.9
"""From this cosine on two activities are about nearly the same interests."""
NOT_PLANNED_MOST = 20


@dataclass(frozen=True, slots=True)
class Pace:
    """The dated sessions of the candidates at one pace, ready to be searched and laid out.

    dates, meetings, choices : as `matcher.planning` takes them
    """

    dates: Dates
    meetings: Meetings
    choices: Choices


@dataclass(frozen=True, slots=True)
class Planning:
    """What the plans of one person are made of.

    columns : list of int, the candidates in the offer: those that stay, then the best first
    n_kept : int, how many of these stay in every plan
    calm : one visit a week to each place where coming is free
    full : as much as the person's own limits allow
    left_out : list of (column, code), what suits the person but cannot be planned with
    """

    columns: list[int]
    n_kept: int
    calm: Pace
    full: Pace
    left_out: list[tuple[int, str]]


def planning_of(
    offer: OfferArrays,
    activities: tuple[Activity, ...],
    profile: Profile,
    person: PersonArrays,
    scores: Scores,
    *,
    last_day: int,
    to_go_min: int,
    opened: Collection[int] = (),
    kept: Sequence[int] = (),
    without: Collection[int] = (),
) -> Planning:
    """Prepare the plans of one person.

    Parameters
    ----------
    offer, activities, profile, person, scores
        The offer and the person: as given, as numbers, and as scored.
    last_day : int
        The last day that counts, from today.
    to_go_min : int
    opened : collection of int
        Columns that are taken in although a limit keeps them out.
    kept : sequence of int
        Columns that stay in every plan, whatever a limit says.
    without : collection of int
        Columns that are in no plan.
    """
    taken = {int(one) for one in scores.order if scores.broken[one] == 0} | set(opened)
    free = [int(one) for one in scores.order if one in taken and one not in without and one not in kept]
    allowed = [*kept, *free]
    known = [column for column in allowed if offer.calendar.known[offer.calendar.pattern[column]]]
    left_out = [(column, "schedule_unknown") for column in allowed if column not in set(known)]
    most_min = WEEK_MIN if profile.max_hours_per_week is None else int(profile.max_hours_per_week * 60)
    window = (person.first_day, min(last_day, person.last_day))
    least_min = min(LEAST_HOURS * 60, to_go_min)
    columns: list[int] = []
    for start in range(0, len(known), CANDIDATES_MOST):
        some = known[start : start + CANDIDATES_MOST]
        for column, code in zip(
            some,
            _codes(attended_dates(offer.calendar, profile.availability, some, window), most_min, least_min),
            strict=True,
        ):
            stays = column in kept and code != "not_in_time"
            if code and not stays:
                left_out.append((column, code))
            elif len(columns) < CANDIDATES_MOST:
                columns.append(column)
        if len(columns) == CANDIDATES_MOST:
            break
    n_kept = sum(column in kept for column in columns)
    dates = attended_dates(offer.calendar, profile.availability, columns, window)
    points = [_point(offer, person, column) for column in columns]
    found = meetings(dates, travel_between(points, profile.transport), n_kept=n_kept)
    most_min = max(most_min, _fullest_week_min(dates, n_kept))
    usual = usual_visits(dates, found)
    free_min = WEEK_MIN if profile.availability is None else profile.availability.free_min
    calm_min = CALM_HOURS_PER_WEEK * 60 if profile.max_hours_per_week is None else most_min
    score, tie = np.rint(scores.total[columns] * 1e4).astype(np.int64), np.array(columns, dtype=np.int64)
    alike = _alike(offer, activities, columns)

    def pace(dates: Dates, found: Meetings, room_min: float) -> Pace:
        room = int(min(room_min, free_min))
        return Pace(
            dates,
            found,
            choices(dates, found, score=score, tie=tie, alike=alike, fixed_most_min=most_min, room_min=room),
        )

    full = pace(dates, found, most_min)
    calm = pace(dates.only(usual), Meetings(found.clash, found.blockers[usual]), calm_min)
    return Planning(columns, n_kept, calm, full, left_out)


def attended_dates(
    calendar: CalendarArrays, availability: Availability | None, columns: Sequence[int], window: tuple[int, int]
) -> Dates:
    """Return the sessions that one person can attend of some activities, as plans are made of them.

    Parameters
    ----------
    calendar : CalendarArrays
    availability : Availability or None
        None when nothing is known about time: then every session can be attended.
    columns : sequence of int
        Activities of the calendar.
    window : (int, int)
        First and last day, counted from that of the calendar.
    """
    first_day, last_day = window
    found = dated_sessions(calendar, availability, columns, first_day=first_day, last_day=last_day)
    return Dates(
        who=found.who,
        day=found.day,
        start_min=found.start_min,
        end_min=found.end_min,
        is_visit=found.is_visit,
        agreed_min=found.agreed_min,
        agreed_first=found.agreed_first,
        agreed_last=found.agreed_last,
        weekday=calendar.today.weekday(),
    )


def _fullest_week_min(dates: Dates, n_kept: int) -> int:
    """Return the minutes that the sessions of what stays take in the fullest week."""
    rows = ~dates.is_visit & (dates.who < n_kept)
    return int(np.bincount(dates.week[rows], weights=dates.length[rows]).max(initial=0))


def _codes(dates: Dates, most_min: float, least_min: float) -> list[str]:
    """Say for each why it is no candidate; nothing for those that are."""
    rows, length = ~dates.is_visit, dates.end_min - dates.start_min
    weekly = np.zeros_like(dates.agreed_min)
    np.add.at(weekly, (dates.who[rows], dates.week[rows]), length[rows])
    minutes = dates.agreed_min.sum(axis=1)
    np.add.at(minutes, dates.who, length)
    fullest = weekly.max(axis=1, initial=0)
    return [
        "not_in_time" if not total else "week_too_full" if full > most_min else "too_short" * (total < least_min)
        for total, full in zip(minutes.tolist(), fullest.tolist(), strict=True)
    ]


def _alike(offer: OfferArrays, activities: tuple[Activity, ...], columns: list[int]) -> Ints:
    """Count what each two have in common: organiser, kind, interests; hours by agreement count twice."""
    organisers = np.array([fold(activities[column].organiser) for column in columns], dtype=object)
    kinds = offer.kind[columns]
    by_agreement = offer.calendar.flex_hours[offer.calendar.pattern[columns]] > 0
    about = offer.interests.affinity[:, columns].astype(np.float64)
    about = about / np.maximum(np.linalg.norm(about, axis=0), 1e-12)
    alike = (organisers[:, None] == organisers).astype(np.int64) + (kinds[:, None] == kinds)
    alike += (about.T @ about).round(9) >= NEARLY_THE_SAME
    alike += 2 * (by_agreement[:, None] & by_agreement)
    np.fill_diagonal(alike, 0)
    return np.asarray(alike, dtype=np.int64)


def travel_between(points: Sequence[tuple[float, float]], transport: str | None) -> Ints:
    """Estimate the minutes between each two places, in degrees; none from or to an unknown place (NaN)."""
    places = np.array(points, dtype=np.float64).reshape(-1, 2)
    minutes = np.zeros((len(places), len(places)), dtype=np.int64)
    for row, (lat, lon) in enumerate(places):
        km = haversine_km(places, lat, lon)
        journey = np.where(km > 0, np.ceil(travel_min(km, transport)), 0.0)
        minutes[row] = np.nan_to_num(journey, nan=0.0)
    return np.maximum(minutes, minutes.T)


def _point(offer: OfferArrays, person: PersonArrays, column: int) -> tuple[float, float]:
    """Return where an activity is; online is at home."""
    unknown = (float("nan"), float("nan"))
    if offer.online[column]:
        return person.point or unknown
    place = int(offer.place[column])
    if place == UNKNOWN_PLACE:
        return unknown
    lat, lon = offer.place_lat_lon[place]
    return float(lat), float(lon)


_LEFT_OUT = {
    "schedule_unknown": Sentence(
        "Dag en uur zijn niet bekend: vraag na, dan kan dit ook in een plan.",
        "Day and hour are not known: ask, and it can be part of a plan too.",
    ),
    "not_in_time": Sentence(
        "Er is geen keer waarop u kunt komen voor de laatste dag van het plan.",
        "There is no time at which you can come before the last day of the plan.",
    ),
    "too_short": Sentence(
        "Dit geeft voor de laatste dag te weinig uren om op te bouwen; het kan er wel bij.",
        "This gives too few hours before the last day to build on; it can be added.",
    ),
    "week_too_full": Sentence(
        "Dit vraagt meer uren in een week dan u wilt.",
        "This takes more hours in a week than you want.",
    ),
}


def not_planned(planning: Planning, activities: tuple[Activity, ...], scores: Scores) -> list[NotPlanned]:
    """Name the activities that suit the person but are in no plan, best first, at most `NOT_PLANNED_MOST`."""
    ordered = sorted(planning.left_out, key=lambda one: (-float(scores.total[one[0]]), one[0]))
    return [
        {
            "activity_id": activities[column].id,
            "title": activities[column].title,
            "score": float(scores.total[column]),
            **explain.warning(code, _LEFT_OUT[code]),
        }
        for column, code in ordered[:NOT_PLANNED_MOST]
    ]
