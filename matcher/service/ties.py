"""What was settled before places are given out: pairs by hand, and how many places there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..allocation import Places
from ..errors import InputError, Problem
from ..model import Activity
from ..model.answer import LIMIT_CODES
from ..model.places import Terms, Tie
from ..vocabulary import fold

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Settled:
    """Pairs of a person's number and an activity's column, with the tie that says so."""

    forced: Mapping[int, int]
    forbidden: frozenset[Pair]
    source: Mapping[Pair, Tie]


def read_ties(ties: Sequence[Tie], person_of: Mapping[str, int], column_of: Mapping[str, int]) -> Settled:
    """Turn ids into numbers.

    Raises
    ------
    InputError
        With every pair that is not known, stands twice or contradicts another one.
    """
    problems: list[Problem] = []
    source: dict[Pair, Tie] = {}
    forced: dict[int, int] = {}
    for tie in ties:
        person, column = person_of.get(tie.profile_id), column_of.get(tie.activity_id)
        if person is None:
            remedy = "Give the profile, or take the pair out."
            problems.append(_bad(tie, "profile_id", "must be one of the profiles", tie.profile_id, remedy))
        if column is None:
            remedy = "Look up the id in the offer."
            problems.append(_bad(tie, "activity_id", "must be one of the offer", tie.activity_id, remedy))
        if person is None or column is None:
            continue
        before = source.get((person, column))
        if before:
            rule = "must stand once" if before.rule == tie.rule else "must not be forced and forbidden both"
            problems.append(_bad(tie, "activity_id", rule, tie.activity_id, _also(before)))
        elif tie.rule == "force" and person in forced:
            rule = "must be the only one that is forced for this person"
            problems.append(_bad(tie, "activity_id", rule, tie.activity_id, _also(source[person, forced[person]])))
        else:
            source[person, column] = tie
            if tie.rule == "force":
                forced[person] = column
    if problems:
        raise InputError(problems)
    return Settled(forced, frozenset(pair for pair, tie in source.items() if tie.rule == "forbid"), source)


def check_limits(settled: Settled, broken: Mapping[int, int]) -> None:
    """Refuse forced pairs that break a hard limit.

    Parameters
    ----------
    settled : Settled
    broken : mapping
        A bit for each broken limit, by the number of the person who is forced.
    """
    problems = []
    for person, column in settled.forced.items():
        codes = [code for bit, code in enumerate(LIMIT_CODES) if broken[person] >> bit & 1]
        if codes:
            tie = settled.source[person, column]
            remedy = (
                f"For {tie.profile_id} it breaks: {', '.join(codes)}. Change the profile, or take the pair out."
            )
            problems.append(_bad(tie, "activity_id", "must be allowed", tie.activity_id, remedy))
    if problems:
        raise InputError(problems)


def check_room(settled: Settled, activities: Sequence[Activity], places: Places) -> None:
    """Refuse more forced people than an activity or an organiser takes, or in a group that can never start."""
    problems = []
    counts: Counter[int] = Counter()
    hosts: Counter[int] = Counter()
    for person, column in settled.forced.items():
        tie, host = settled.source[person, column], int(places.organiser[column])
        counts[column] += 1
        hosts[host] += 1
        capacity, minimum = int(places.capacity[column]), int(places.minimum[column])
        if counts[column] > capacity:
            rule = f"must not be forced for more people than it has places, {capacity}"
            problems.append(_bad(tie, "activity_id", rule, tie.activity_id, "Take a pair out."))
        elif places.most_per_organiser is not None and hosts[host] > places.most_per_organiser:
            rule = f"must not bring its organiser more people than the {places.most_per_organiser} that are asked"
            remedy = f"{activities[column].organiser} has more forced pairs. Take one out, or allow more."
            problems.append(_bad(tie, "activity_id", rule, tie.activity_id, remedy))
        elif minimum > capacity:
            rule = f"must be able to start: it needs {minimum} people, and at most {capacity} may join"
            problems.append(_bad(tie, "activity_id", rule, tie.activity_id, "Take the pair out, or allow more."))
    if problems:
        raise InputError(problems)


def cannot_be_kept(settled: Settled) -> InputError:
    """Return the error for forced pairs that cannot be kept together."""
    rule = "must leave every group that starts enough people"
    remedy = "Somebody is forced into a group that cannot get the least number it needs; take that pair out."
    keys = sorted({tie.activity_id for tie in settled.source.values() if tie.rule == "force"})
    return InputError([Problem(key="pairs", rule=rule, value=", ".join(keys), remedy=remedy)])


def places_of(activities: Sequence[Activity], terms: Terms, held: Mapping[str, int]) -> tuple[Places, list[bool]]:
    """Return how many people each activity takes, and whether that is known.

    Notes
    -----
    Unknown places count as a setting, or fewer: not more than the capacity, nor than a group without the one who
    is there already (a duo takes one). A least number binds only when it is known that nobody is in the group yet.
    """
    names = [fold(one.organiser).strip() for one in activities]
    hosts = {name: number for number, name in enumerate(sorted(set(names)))}
    capacity = [max(0, _free(one, terms) - held.get(one.id, 0)) for one in activities]
    if terms.max_per_group is not None:
        capacity = [min(free, terms.max_per_group) for free in capacity]
    return (
        Places(
            capacity=np.array(capacity, dtype=np.int64),
            minimum=np.array([_least(one) for one in activities], dtype=np.int64),
            organiser=np.array([hosts[name] for name in names], dtype=np.int64),
            most_per_organiser=terms.max_per_organiser,
        ),
        [one.places_left is not None for one in activities],
    )


def _free(activity: Activity, terms: Terms) -> int:
    if activity.places_left is not None:
        return activity.places_left
    known = [activity.capacity] if activity.capacity is not None else []
    known += [max(1, activity.group_max - 1)] if activity.group_max is not None else []
    return min([terms.unknown_places, *known])


def _least(activity: Activity) -> int:
    is_empty = activity.capacity is not None and activity.capacity == activity.places_left
    return activity.group_min or 0 if is_empty else 0


def _also(tie: Tie) -> str:
    return f"It is {tie.rule} in {'line ' + tie.place if tie.place else tie.key.rstrip('.')} too."


def _bad(tie: Tie, key: str, rule: str, value: str, remedy: str) -> Problem:
    return Problem(key=tie.key + key, rule=rule, value=value, remedy=remedy, place=tie.place)
