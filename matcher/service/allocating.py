"""Places for a cohort: people and activities into numbers, given out, and back into ids and reasons."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import inf
from types import MappingProxyType
from typing import cast

import numpy as np

from ..allocation import NOWHERE, Allocation, InfeasibleError, Objective, Pairs, allocate, refusals
from ..errors import must
from ..features.people import PersonArrays, encode_profile
from ..model import Profile
from ..model.places import MOST_CANDIDATES, OBJECTIVES, AllocationAnswer, Terms, Tie
from . import Matcher
from .allotted import SCORE_UNIT, Cohort, answer
from .candidates import Candidates, Scorer, Told
from .ties import Settled, cannot_be_kept, check_limits, check_room, places_of, read_ties

TOLD_EVERY = 100
LEVEL, COARSE_LEVEL, MANY_PEOPLE = 0.01, 0.05, 2000
"""Scores within one step are one level to `worst-off`; for many people levels are coarser, to be quick."""


def allocate_places(
    engine: Matcher,
    profiles: Sequence[Profile],
    *,
    today: date,
    now: datetime,
    terms: Terms | None = None,
    ties: Sequence[Tie] = (),
    held: Mapping[str, int] = MappingProxyType({}),
    time_limit_s: float = inf,
    told: Told = lambda step, done, total: None,
) -> AllocationAnswer:
    """Give each person of a cohort at most one place, such that the whole is best, and say why.

    Parameters
    ----------
    engine : Matcher
    profiles : sequence of Profile
        Ids must differ. Who has done the 40 hours gets no place, unless one was forced.
    today : date
        The day from which sessions count.
    now : datetime
        Written as the moment of the answer, nothing else depends on it.
    terms : Terms or None
    ties : sequence of Tie
        Pairs that were settled by hand.
    held : mapping
        Places that are kept free for others, by the id of the activity.
    time_limit_s : float
        What was found by then is given, and ``optimal`` and ``gap`` say how good it is.
    told : callable
        Called with a step (``read``, ``score``, ``allocate``), for how many people it is done, and of how many.

    Raises
    ------
    InputError
        If an id stands twice, a setting is out of bounds, or pairs contradict one another, a limit or the places.
    """
    terms = terms or Terms()
    _check(profiles, terms)
    until_s = time.monotonic() + time_limit_s
    # Ties prefer who waits longest; who does not say since when comes last.
    order = sorted(profiles, key=lambda one: (one.waiting_since or date.max, one.id))
    settled = read_ties(
        ties,
        {profile.id: number for number, profile in enumerate(order)},
        {activity.id: column for column, activity in enumerate(engine.activities)},
    )
    places, known = places_of(engine.activities, terms, held)
    check_room(settled, engine.activities, places)
    people = _encoded(order, today, told)
    scorer = Scorer(engine.ranker(today), people, told)
    check_limits(
        settled, {person: int(scorer.broken(person)[column]) for person, column in settled.forced.items()}
    )
    active = [person.hours_to_go > 0 or number in settled.forced for number, person in enumerate(people)]
    step = _level_step(terms, len(people))
    objective = cast(Objective, terms.objective)
    candidates = scorer.best([number for number, is_active in enumerate(active) if is_active], terms.candidates)
    wide: set[int] = set()
    while True:
        pairs = _pairs(candidates, settled, scorer)
        try:
            found = allocate(
                pairs,
                places,
                n_people=len(people),
                objective=objective,
                level_step=step,
                time_left=lambda: until_s - time.monotonic(),
                told=lambda done, total: told("allocate", done, total),
            )
        except InfeasibleError:
            raise cannot_be_kept(settled) from None
        more = _to_widen(found, candidates, wide, terms.candidates)
        if not more or time.monotonic() > until_s:
            break
        # Nobody stays without a place because of how many candidates are looked at.
        wide.update(more)
        candidates |= scorer.best(more, MOST_CANDIDATES)
    cohort = Cohort(
        engine=engine,
        given=[profile.id for profile in profiles],
        order=order,
        active=active,
        candidates=candidates,
        by_reason={person: scorer.by_reason(person) for person, one in candidates.items() if not one.columns.size},
        settled=settled,
        places=places,
        known=known,
        pairs=pairs,
        found=found,
        refused=refusals(found, pairs, places, objective=objective, level_step=step),
        level=step / SCORE_UNIT if objective == "worst-off" else None,
        terms=terms,
    )
    return answer(cohort, today=today, now=now)


def _check(profiles: Sequence[Profile], terms: Terms) -> None:
    seen: set[str] = set()
    for number, profile in enumerate(profiles):
        must(profile.id not in seen, f"profiles[{number}].id", "unique", profile.id, "Take one of the two out.")
        seen.add(profile.id)
    must(terms.objective in OBJECTIVES, "objective", f"one of {', '.join(OBJECTIVES)}", terms.objective)
    for name in ("max_per_organiser", "max_per_group"):
        most = getattr(terms, name)
        must(most is None or most >= 1, name, "at least 1", most, "Leave it out for no limit.")
    must(1 <= terms.candidates <= MOST_CANDIDATES, "candidates", f"from 1 to {MOST_CANDIDATES}", terms.candidates)
    must(terms.unknown_places >= 0, "unknown_places", "at least 0", terms.unknown_places)
    is_level = terms.level is None or 1 / SCORE_UNIT <= terms.level <= 1
    must(is_level, "level", f"from {1 / SCORE_UNIT} to 1", terms.level)


def _encoded(profiles: Sequence[Profile], today: date, told: Told) -> list[PersonArrays]:
    people = []
    for number, profile in enumerate(profiles):
        if number % TOLD_EVERY == 0:
            told("read", number, len(profiles))
        people.append(encode_profile(profile, today=today))
    told("read", len(profiles), len(profiles))
    return people


def _level_step(terms: Terms, n_people: int) -> int:
    level = terms.level or (COARSE_LEVEL if n_people > MANY_PEOPLE else LEVEL)
    return round(level * SCORE_UNIT)


def _pairs(candidates: Mapping[int, Candidates], settled: Settled, scorer: Scorer) -> Pairs:
    """Lay out who could go where: the candidates without what is forbidden, and what is forced."""
    people = np.repeat(list(candidates), [one.columns.size for one in candidates.values()]).astype(np.int64)
    columns = np.concatenate([np.zeros(0, dtype=np.int64), *(one.columns for one in candidates.values())])
    scores = np.concatenate([np.zeros(0), *(one.scores for one in candidates.values())])
    out = settled.forbidden | {(person, column) for person, column in settled.forced.items()}
    if out:
        tied = [pair not in out for pair in zip(people.tolist(), columns.tolist(), strict=True)]
        people, columns, scores = people[tied], columns[tied], scores[tied]
    n_free = len(people)
    forced = sorted(settled.forced.items())
    return Pairs(
        person=np.concatenate([people, np.array([person for person, _ in forced], dtype=np.int64)]),
        activity=np.concatenate([columns, np.array([column for _, column in forced], dtype=np.int64)]),
        score=np.rint(
            np.concatenate([scores, [scorer.score(person, column) for person, column in forced]]) * SCORE_UNIT
        ).astype(np.int64),
        forced=np.arange(n_free + len(forced)) >= n_free,
    )


def _to_widen(found: Allocation, candidates: Mapping[int, Candidates], wide: set[int], k: int) -> list[int]:
    """Return the people without a place of whom not all activities were looked at."""
    return [
        person
        for person in np.flatnonzero(found.activity == NOWHERE).tolist()
        if person in candidates and person not in wide and candidates[person].columns.size >= k
    ]
