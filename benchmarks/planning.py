"""Planning the hours of one person, beside greedy by rank and HiGHS."""

from __future__ import annotations

import random
import statistics
from itertools import combinations
from pathlib import Path

import numpy as np

from matcher.planning import Choices, Dates, Found, Meetings, best_set, choices, meetings, usual_visits
from matcher.planning import worth as weights
from matcher.planning.choices import WEEK_MIN, Ints

from .highs_way import Set, Worth, best_worth
from .timing import ms, table, timed, times

N_PEOPLE, QUICK_PEOPLE = 500, 40
N_CANDIDATES, MOST, TO_GO_MIN = 30, 4, 40 * 60
HIGHS_EVERY, QUICK_HIGHS_EVERY = 10, 20
"""HiGHS is asked for every so many people only."""
WORLDS = {"easy": (31, WEEK_MIN), "tight": (9, 5 * 60)}
"""Weeks until the day wished for, and minutes of a week at most."""
FORMS = ("weekly", "weekly", "weekly", "twice", "fortnight", "month", "visits", "agreed")


def report(folder: Path, *, quick: bool) -> str:
    """Measure both worlds and return the tables."""
    n_people = QUICK_PEOPLE if quick else N_PEOPLE
    speed, quality = [], []
    for name, (n_weeks, most_min) in WORLDS.items():
        people = [person(seed, n_weeks) for seed in range(n_people)]
        found, seconds = _searched(people, most_min)
        greedy, greedy_seconds = _greedily([one for one, _ in found])
        exact = [
            _compared(one, QUICK_HIGHS_EVERY if quick else HIGHS_EVERY, number) for number, one in enumerate(found)
        ]
        highs_seconds = [one for one in exact if one is not None]
        middle = statistics.median(seconds)
        highs = statistics.median(highs_seconds)
        speed.append(
            [
                name,
                ms(middle),
                ms(sorted(seconds)[-(-len(seconds) * 99 // 100) - 1]),
                ms(max(seconds)),
                ms(statistics.median(greedy_seconds)),
                times(statistics.median(greedy_seconds) / middle),
                ms(highs),
                times(highs / middle),
            ]
        )
        quality.append([name, *_quality(found, greedy)])
    header = ["people", "matcher, ms", "99th", "most", "greedy, ms", "ratio", "HiGHS, ms", "ratio"]
    lost = ["people", "reached by the best", "by greedy", "utility lost by greedy", "hours lost by greedy"]
    return "\n\n".join(
        [
            f"{n_people} made-up people, {N_CANDIDATES} candidates each, at most {MOST} activities, 40 hours to "
            "go: from dated sessions to the best set, proven. Easy: 31 weeks; tight: 9 weeks and 5 hours a week. "
            f"HiGHS for every {QUICK_HIGHS_EVERY if quick else HIGHS_EVERY}th, from the arrays on, with as many "
            "programmes as the proof takes (what a calendar loses is not linear); it found the same worth.",
            table(header, speed),
            table(lost, quality),
        ]
    )


def person(seed: int, n_weeks: int) -> dict[str, Ints | Dates]:
    """Make the candidates of one person: dated sessions, scores, journeys, what is alike."""
    rng = random.Random(seed)
    n = N_CANDIDATES
    agreed = np.zeros((n, n_weeks), dtype=np.int64)
    rows: list[tuple[int, int, int, int, bool]] = []
    for who in range(n):
        form = rng.choice(FORMS)
        first = rng.choice((0, 0, 0, rng.randint(1, n_weeks // 2)))
        pauses = set(rng.sample(range(n_weeks), n_weeks // 8)) if rng.random() < 0.5 else set()
        weeks = [week for week in range(first, n_weeks) if week not in pauses]
        if form == "agreed":
            agreed[who, weeks] = rng.choice((60, 60, 120, 180))
            continue
        step = {"fortnight": 2, "month": 4}.get(form, 1)
        for day in rng.sample(range(7), {"twice": 2, "visits": 4}.get(form, 1)):
            start, length = 30 * rng.randint(17, 40), rng.choice((60, 90, 90, 120, 120, 150, 180))
            rows += [(who, 7 * week + day, start, start + length, form == "visits") for week in weeks[::step]]
    columns = np.array(rows, dtype=np.int64)
    kind, spot = rng.choices(range(8), k=n), np.array([(rng.random(), rng.random()) for _ in range(n)])
    return {
        "dates": Dates(*columns[:, :4].T, columns[:, 4].astype(bool), agreed, agreed * 0, agreed * 0, 0),
        "score": np.array(sorted((rng.randint(4500, 9500) for _ in range(n)), reverse=True)),
        "tie": np.array(rng.sample(range(n), n)),
        "alike": np.array([[int(a != b and kind[a] == kind[b]) for b in range(n)] for a in range(n)]),
        "travel_min": np.rint(40 * np.abs(spot[:, None] - spot).sum(axis=2)).astype(np.int64),
    }


def prepared(one: dict[str, Ints | Dates], most_min: int) -> Choices:
    """Work out what can be chosen, at the calm pace of one visit a week."""
    found = meetings(one["dates"], one["travel_min"])
    usual = usual_visits(one["dates"], found)
    dates, found = one["dates"].only(usual), Meetings(found.clash, found.blockers[usual])
    keys = {key: one[key] for key in ("score", "tie", "alike")}
    return choices(dates, found, **keys, fixed_most_min=most_min, room_min=min(most_min, 8 * 60))


def _searched(
    people: list[dict[str, Ints | Dates]], most_min: int
) -> tuple[list[tuple[Choices, Found]], list[float]]:
    found: list[tuple[Choices, Found]] = []

    def one_by_one(person: dict[str, Ints | Dates]) -> None:
        given = prepared(person, most_min)
        found.append((given, best_set(given, to_go_min=TO_GO_MIN, most=MOST)))

    one_by_one(people[0])
    found.clear()
    return found, [timed(lambda person=person: one_by_one(person)) for person in people]


def _greedily(given: list[Choices]) -> tuple[list[Set], list[float]]:
    found: list[Set] = []
    seconds = [timed(lambda one=one: found.append(greedy(one))) for one in given]
    return found, seconds


def greedy(given: Choices) -> Set:
    """Take the best activity that still fits until the hours are reached: what one does by hand."""
    chosen: Set = ()
    for place in range(len(given.score)):
        more = (*chosen, place)
        value = evaluated(given, more)
        if value is None:
            continue
        chosen = more
        if value[0] >= TO_GO_MIN or len(chosen) == MOST:
            break
    return chosen


def evaluated(given: Choices, chosen: Set) -> Worth | None:
    """Return the worth of one set; None when it is not possible."""
    if any(given.clash[a, b] for a, b in combinations(chosen, 2)):
        return None
    only = {key: getattr(given, key)[list(chosen)] for key in ("score", "tie", "few", "start_week")}
    members = np.array([chosen])
    bits = np.array([sum(1 << place for place in chosen)], dtype=np.uint64)
    fixed = given.fixed_min[list(chosen)].sum(axis=0)[None]
    if (fixed > given.fixed_most_min).any():
        return None
    weekly = weights.minutes_of(given, bits, fixed, given.optional_min[list(chosen)].sum(axis=0)[None])
    minutes = weekly @ given.repeats
    lost = weights.FEW * only["few"].sum() + weights.ALIKE * sum(
        int(given.alike[a, b]) for a, b in combinations(chosen, 2)
    )
    utility = weights.utility_of(
        len(chosen),
        np.array([only["score"].sum()]),
        np.array([lost]),
        np.array([only["start_week"].min()]),
        minutes,
        to_go_min=TO_GO_MIN,
    ) - weights.UNIT * weights.calendar_loss(given, members, bits, weekly, fixed, TO_GO_MIN)
    step = weights.HOURS_STEP_MIN
    towards = TO_GO_MIN if minutes[0] >= TO_GO_MIN else int(minutes[0]) // step * step
    return towards, int(utility[0])


def _compared(one: tuple[Choices, Found], every: int, number: int) -> float | None:
    """Ask HiGHS for every so many people; end the run when it finds another worth."""
    if number % every:
        return None
    given, found = one
    answer: list[Worth | None] = []
    seconds = timed(
        lambda: answer.append(
            best_worth(given, lambda chosen: evaluated(given, chosen), to_go_min=TO_GO_MIN, most=MOST)
        )
    )
    if answer[0] != evaluated(given, found.chosen):
        raise SystemExit(f"HiGHS must find the same worth; got {answer[0]} for person {number}.")
    return seconds


def _quality(found: list[tuple[Choices, Found]], greedily: list[Set]) -> list[str]:
    reached, utility, hours = [0, 0], [], []
    for (given, best), chosen in zip(found, greedily, strict=True):
        own, other = evaluated(given, best.chosen), evaluated(given, chosen)
        assert own is not None
        assert other is not None
        reached[0] += own[0] >= TO_GO_MIN
        reached[1] += other[0] >= TO_GO_MIN
        hours.append(1 - other[0] / own[0])
        if min(own[0], other[0]) >= TO_GO_MIN:
            utility.append((own[1] - other[1]) / own[1])
    n = len(found)
    return [
        f"{reached[0] / n:.0%}",
        f"{reached[1] / n:.0%}",
        f"{statistics.mean(utility):.1%} where both reach" if utility else "none reach",
        f"{statistics.mean(hours):.1%}",
    ]
