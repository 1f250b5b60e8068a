"""What came of giving out places: ids, reasons and totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

import numpy as np

from ..allocation import NOWHERE, Allocation, Objective, Pairs, Places, Refusal
from ..explain import Sentence, warning
from ..explain import places as say
from ..model import Profile
from ..model.answer import Caution
from ..model.places import (
    AllocationAnswer,
    AllocationTotals,
    Envy,
    GroupPlaces,
    Outcome,
    PersonPlace,
    Terms,
)
from ..schedule import BRUSSELS
from . import Matcher
from .candidates import Candidates
from .ties import Settled

SCORE_UNIT = 10_000
"""Scores are given in four decimals; places are given out in whole numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """People, offer and what came of it; people are numbered in ``order``, activities by their column.

    given : list of str
        The ids in the order in which they were given.
    candidates, by_reason : by the number of a person
    known : list of bool
        Of each activity, whether its number of places is known.
    level : float or None
        The step of the levels, where they were used.
    """

    engine: Matcher
    given: list[str]
    order: Sequence[Profile]
    active: Sequence[bool]
    candidates: Mapping[int, Candidates]
    by_reason: Mapping[int, Mapping[str, int]]
    settled: Settled
    places: Places
    known: Sequence[bool]
    pairs: Pairs
    found: Allocation
    refused: Sequence[Refusal]
    level: float | None
    terms: Terms


def answer(cohort: Cohort, *, today: date, now: datetime) -> AllocationAnswer:
    """Put an allocation into ids and words."""
    terms, found = cohort.terms, cohort.found
    said = {one: _why_not(cohort, one) for one in cohort.refused}
    first: dict[int, Caution] = {}
    for refusal, why in said.items():
        first.setdefault(refusal.person, why)
    people = {
        profile.id: _person(cohort, number, first.get(number)) for number, profile in enumerate(cohort.order)
    }
    return {
        "generated_at": now.astimezone(BRUSSELS).isoformat(timespec="seconds"),
        "today": today.isoformat(),
        "offer_version": cohort.engine.offer_version,
        "model_version": cohort.engine.model_version,
        "objective": cast(Objective, terms.objective),
        "settings": {
            "candidates": terms.candidates,
            "unknown_places": terms.unknown_places,
            "max_per_organiser": terms.max_per_organiser,
            "max_per_group": terms.max_per_group,
            "level": cohort.level,
        },
        "optimal": found.optimal,
        "gap": None if found.gap is None else round(found.gap, 6),
        "totals": _totals(list(people.values())),
        "people": [people[profile_id] for profile_id in cohort.given],
        "activities": _activities(cohort),
        "envy": [_envy(cohort, refusal, why) for refusal, why in said.items()],
        "notes": [warning(code, sentence) for code, sentence in _notes(cohort)],
    }


def _person(cohort: Cohort, number: int, refused: Caution | None) -> PersonPlace:
    profile, column = cohort.order[number], int(cohort.found.activity[number])
    activity = None if column == NOWHERE else cohort.engine.activities[column]
    rank = None
    if activity and column in cohort.candidates[number].columns:
        rank = int(np.flatnonzero(cohort.candidates[number].columns == column)[0]) + 1
    outcome, reason = _outcome(cohort, number, rank, refused)
    return {
        "profile_id": profile.id,
        "waiting_since": profile.waiting_since.isoformat() if profile.waiting_since else None,
        "outcome": outcome,
        "activity_id": activity.id if activity else None,
        "title": activity.title if activity else None,
        "organiser": activity.organiser if activity else None,
        "score": int(cohort.found.score[number]) / SCORE_UNIT if activity else None,
        "rank": rank,
        "reason": reason,
    }


def _outcome(cohort: Cohort, number: int, rank: int | None, refused: Caution | None) -> tuple[Outcome, Caution]:
    """Return what became of a person, and why; a place that was refused is the reason for a later choice."""
    why_not = Sentence(refused["sentence_nl"], refused["sentence_en"]) if refused else Sentence("", "")
    if number in cohort.settled.forced:
        return "placed", warning("by_hand", say.BY_HAND)
    if not cohort.active[number]:
        return "done", warning("done", say.DONE)
    own = cohort.candidates[number].columns
    n_possible = sum((number, column) not in cohort.settled.forbidden for column in own.tolist())
    if int(cohort.found.activity[number]) != NOWHERE:
        if refused:
            return "placed", warning("later_choice", say.later_choice(rank or 0) + why_not)
        return "placed", warning("first_choice", say.FIRST_CHOICE)
    if not own.size:
        limits = say.no_candidates(cohort.by_reason[number], len(cohort.engine.activities))
        return "no_candidates", warning("limits", limits)
    if not n_possible:
        return "no_candidates", warning("forbidden", say.FORBIDDEN)
    return "no_place", warning("no_place", say.no_place(n_possible) + why_not)


def _why_not(cohort: Cohort, one: Refusal) -> Caution:
    activity, places = cohort.engine.activities[one.activity], cohort.places
    most = cohort.terms.max_per_organiser if one.at_organiser else None
    taken = say.taken(activity.title, activity.organiser, most)
    match one.code:
        case "worse":
            sentence = taken + _worse(cohort, one)
        case "waits_longer":
            other, own = (cohort.order[number] for number in (one.other or 0, one.person))
            longer = (other.waiting_since or date.max) < (own.waiting_since or date.max)
            sentence = taken + say.waits_longer(longer=longer)
        case "comes_first":
            sentence = taken + say.comes_first()
        case "by_hand":
            sentence = taken + say.settled_by_hand()
        case "not_enough":
            limits = int(places.minimum[one.activity]), int(places.capacity[one.activity])
            sentence = say.not_enough(activity.title, *limits)
        case "needed":
            sentence = say.needed(activity.title)
        case _:
            sentence = Sentence(f"'{activity.title}':", f"'{activity.title}':") + say.UNPROVEN
    return warning(one.code, sentence)


def _worse(cohort: Cohort, one: Refusal) -> Sentence:
    if cohort.terms.objective != "fit":
        return say.worse_for_the_worst_off(lowest_falls=one.lowest_falls)
    if one.loss is None:
        return say.worse_exchange(one.change / SCORE_UNIT)
    return say.worse(one.loss / SCORE_UNIT)


def _envy(cohort: Cohort, one: Refusal, why: Caution) -> Envy:
    activity, column = cohort.engine.activities[one.activity], int(cohort.found.activity[one.person])
    has_place = column != NOWHERE
    return {
        "profile_id": cohort.order[one.person].id,
        "activity_id": activity.id,
        "title": activity.title,
        "score": one.score / SCORE_UNIT,
        "own_activity_id": cohort.engine.activities[column].id if has_place else None,
        "own_score": int(cohort.found.score[one.person]) / SCORE_UNIT if has_place else None,
        "code": one.code,
        "exchange_with": None if one.other is None else cohort.order[one.other].id,
        "change": None if one.other is None else one.change / SCORE_UNIT,
        "loss": None if one.loss is None else one.loss / SCORE_UNIT,
        "sentence_nl": why["sentence_nl"],
        "sentence_en": why["sentence_en"],
    }


def _activities(cohort: Cohort) -> list[GroupPlaces]:
    """Return the activities that somebody could go to."""
    people: dict[int, list[str]] = defaultdict(list)
    for profile, column in zip(cohort.order, cohort.found.activity.tolist(), strict=True):
        people[column].append(profile.id)
    rows: list[GroupPlaces] = []
    for column in np.unique(cohort.pairs.activity).tolist():
        activity, minimum = cohort.engine.activities[column], int(cohort.places.minimum[column])
        capacity = int(cohort.places.capacity[column])
        rows.append(
            {
                "activity_id": activity.id,
                "title": activity.title,
                "organiser": activity.organiser,
                "places": capacity,
                "places_known": cohort.known[column],
                "minimum": minimum if minimum > 1 else None,
                "people": people[column],
                "left": capacity - len(people[column]),
            }
        )
    return rows


def _totals(people: Sequence[PersonPlace]) -> AllocationTotals:
    scores = [one["score"] for one in people if one["score"] is not None]
    counts = {outcome: sum(one["outcome"] == outcome for one in people) for outcome in _OUTCOMES}
    return {
        "people": len(people),
        "placed": counts["placed"],
        "no_place": counts["no_place"],
        "no_candidates": counts["no_candidates"],
        "done": counts["done"],
        "score": round(sum(scores), 4),
        "mean_score": round(sum(scores) / len(scores), 4) if scores else None,
        "lowest_score": min(scores, default=None),
        "first_choice": sum(one["reason"]["code"] == "first_choice" for one in people),
    }


_OUTCOMES: tuple[Outcome, ...] = ("placed", "no_place", "no_candidates", "done")


def _notes(cohort: Cohort) -> list[tuple[str, Sentence]]:
    """List what the reader must know of the whole."""
    notes = []
    unknown = sum(not cohort.known[column] for column in np.unique(cohort.pairs.activity).tolist())
    if not cohort.found.optimal:
        notes.append(("not_proven", say.not_proven(cohort.found.gap)))
    if unknown:
        notes.append(("places_unknown", say.places_unknown(unknown, cohort.terms.unknown_places)))
    if cohort.level is not None:
        notes.append(("levels", say.levels(cohort.level)))
    if cohort.engine.is_demonstration:
        notes.append(("demonstration", say.DEMONSTRATION))
    return [*notes, ("decide", say.DECIDE)]
