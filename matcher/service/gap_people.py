"""The people of a report on gaps as arrays: what they wish, when they are free, and what they find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..features.affinity import InterestArrays
from ..features.offer import language_combinations
from ..features.people import PersonArrays
from ..features.space import node_index
from ..gaps import met_wishes
from ..model import Activity, Profile
from ..ranking import ActivityRanker, Scores
from ..schedule import DAY_MIN, DAYS_EN
from ..vocabulary import interests, lineage, places

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

PARTS = {"morning": (0, 12 * 60), "afternoon": (12 * 60, 17 * 60 + 30), "evening": (17 * 60 + 30, DAY_MIN)}
"""The parts of a day, in minutes."""
HALF_DAYS = tuple(f"{day}-{part}" for day in DAYS_EN for part in PARTS)
FREE_LEAST_MIN = 120
"""Free in a half-day is who has so many minutes on end in it: an ordinary session takes two hours."""
THERE_LEAST_MIN = 60
"""A session is in a half-day when so much of it lies there, or all of a shorter one."""
WISHED_LEAST = 0.35
"""From this strength on something is a wish, given or read from the text."""
UNKNOWN = "unknown"


def branches() -> tuple[str, ...]:
    """Return the branches of the tree of interests."""
    return tuple(one.id for one in interests().values() if not one.parent)


def wished_interests(person: PersonArrays) -> set[str]:
    """Return the interests that a person wishes for, with what lies above them in the tree."""
    found = (node for node, one in person.wished.items() if one.strength >= WISHED_LEAST and node in interests())
    return {above for node in found for above in lineage(node)}


@dataclass(frozen=True, slots=True)
class People:
    """A group of people on one day; the arrays have one row a person.

    wants : bool ndarray of shape (n_people, n_branches)
    free : bool ndarray of shape (n_people, n_half_days); False everywhere when nothing is known
    area : tuple of str, postal code or `UNKNOWN`
    """

    profiles: tuple[Profile, ...]
    persons: tuple[PersonArrays, ...]
    wished: tuple[set[str], ...]
    wants: Bools
    free: Bools
    area: tuple[str, ...]

    @classmethod
    def of(cls, profiles: Sequence[Profile], persons: Sequence[PersonArrays]) -> People:
        """Return people as given and as numbers together."""
        wished = tuple(map(wished_interests, persons))
        return cls(
            profiles=tuple(profiles),
            persons=tuple(persons),
            wished=wished,
            wants=np.array([[branch in one for branch in branches()] for one in wished], dtype=bool),
            free=np.array([free_half_days(profile) for profile in profiles], dtype=bool),
            area=tuple(map(_area, profiles)),
        )


def free_half_days(profile: Profile) -> list[bool]:
    """Tell in which half-days a person is free for an ordinary session; in none when nothing is known."""
    if profile.availability is None:
        return [False] * len(HALF_DAYS)
    return [
        any(min(end, last) - max(start, first) >= FREE_LEAST_MIN for start, end in stretches)
        for stretches in profile.availability.stretches
        for first, last in PARTS.values()
    ]


def _area(profile: Profile) -> str:
    """Return where a person lives; coordinates stand for the nearest postal code."""
    home = profile.home
    if home.lat is not None and home.lon is not None:
        narrower = np.cos(np.radians(home.lat))
        codes, points = _centres()
        off = (points - (home.lat, home.lon)) * (1.0, narrower)
        return codes[int(np.argmin((off**2).sum(axis=1)))]
    return home.postal_code if home.postal_code and home.postal_code in places() else UNKNOWN


def _centres() -> tuple[list[str], NDArray[np.float64]]:
    return list(places()), np.array([place[1:] for place in places().values()], dtype=np.float64)


class Supply:
    """What an offer holds by interest and half-day.

    Attributes
    ----------
    is_open : bool ndarray of shape (n_activities,), False for what is closed to everybody
    about : bool ndarray of shape (n_activities, n_branches)
    held : bool ndarray of shape (n_activities, n_half_days), when there are sessions
    taalicoon : int64 ndarray of shape (n_activities,), 0 where unknown
    postal_codes : list of str, of each activity, `UNKNOWN` where it has none
    """

    def __init__(self, ranker: ActivityRanker, activities: Sequence[Activity]) -> None:
        offer = ranker.offer_
        calendar = offer.calendar
        self.is_open = ranker.facets_.closed == 0
        self.about = _about(offer.interests)
        self._offer = offer
        self._entry_half_day = _half_days(calendar.slot_day, calendar.slot_start, calendar.slot_end)
        self.held = self._by_pattern(np.ones(len(calendar.slot_day), dtype=bool))[calendar.pattern]
        taalicoons = np.array([one[0] or 0 for one in language_combinations()], dtype=np.int64)
        self.postal_codes = [activity.postal_code or UNKNOWN for activity in activities]
        self.taalicoon: Ints = taalicoons[offer.language_code]

    def _by_pattern(self, slots: Bools) -> Bools:
        """Return in which half-days each pattern has sessions in some slots; shape (n_patterns, n_half_days)."""
        calendar = self._offer.calendar
        held = np.zeros((len(calendar.known), len(HALF_DAYS)), dtype=bool)
        np.logical_or.at(
            held,
            calendar.entry_pattern,
            self._entry_half_day[calendar.entry_slot] & slots[calendar.entry_slot, None],
        )
        return held

    def met(self, person: PersonArrays, free: Bools, scores: Scores) -> Bools:
        """Tell what a person finds, by interest and half-day: allowed, attended, and not above the level."""
        calendar = self._offer.calendar
        attended = self._by_pattern(scores.attendance.slot_min > 0)
        attended |= scores.attendance.flex_fits[:, None] & free
        allowed = (scores.broken == 0) & (np.True_ if person.level is None else self.taalicoon - 1 <= person.level)
        return met_wishes(allowed, self.about, attended[calendar.pattern])


def _about(about: InterestArrays) -> Bools:
    rows = [node_index()[branch] for branch in branches()]
    return np.asarray((about.given | about.derived)[rows].T)


def _half_days(day: Ints, start: Ints, end: Ints) -> Bools:
    """Return the half-days of sessions; shape (n_slots, n_half_days)."""
    found = np.zeros((len(day), len(HALF_DAYS)), dtype=bool)
    least = np.minimum(THERE_LEAST_MIN, end - start)
    for number, (first, last) in enumerate(PARTS.values()):
        inside = np.minimum(end, last) - np.maximum(start, first)
        found[np.arange(len(day)), day * len(PARTS) + number] = (inside >= least) & (inside > 0)
    return found
