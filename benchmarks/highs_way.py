"""The best set for a plan by HiGHS: one mixed-integer programme for each size, the reference of the search."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from matcher.planning import Choices
from matcher.planning import worth as weights
from matcher.planning.choices import LEAST_ROOM_MIN

Set = tuple[int, ...]
Worth = tuple[int, int]
BIG = 10**6


def best_worth(
    choices: Choices, exact: Callable[[Set], Worth | None], *, to_go_min: int, most: int
) -> Worth | None:
    """Find the worth of the best set: minutes towards the hours to go, and utility.

    Parameters
    ----------
    choices : Choices
    exact : callable
        The worth of a set, None when it is not possible.
    to_go_min, most : int

    Notes
    -----
    What a plan loses by its calendar is no linear function: HiGHS leaves it out, and each set that it finds is cut
    away until no other can be better than the best of those, valued by ``exact``.
    """
    sizes = range(1, min(most, len(choices.score)) + 1)
    usable = [place for place in range(len(choices.score)) if exact((place,)) is not None]
    best = _best_from(choices, exact, sizes, usable, to_go_min=to_go_min, least_min=to_go_min)
    if best is None:
        found = [
            value
            for size in sizes
            if (value := Programme(choices, size, usable, to_go_min=to_go_min, least_min=0).most_minutes())
        ]
        if found:
            step = weights.HOURS_STEP_MIN
            least_min = round(max(found)) // step * step
            best = _best_from(choices, exact, sizes, usable, to_go_min=to_go_min, least_min=least_min)
    return best


def _best_from(
    choices: Choices,
    exact: Callable[[Set], Worth | None],
    sizes: range,
    usable: list[int],
    *,
    to_go_min: int,
    least_min: int,
) -> Worth | None:
    best: Worth | None = None
    for size in sizes:
        programme = Programme(choices, size, usable, to_go_min=to_go_min, least_min=least_min)
        while (solved := programme.best()) is not None:
            bound, chosen = solved
            value = exact(chosen)
            best = max((one for one in (best, value) if one), default=None)
            if best and best[0] >= least_min and bound <= best[1] + 2:
                break
            programme.cut(chosen)
    return best


class Programme:
    """The programme of one size.

    Variables: x joined, s first to start, y both of a pair, k visits kept, m sessions missed, o minutes that are
    optional and r room for them in each column of weeks, e minutes of margin.
    """

    def __init__(self, choices: Choices, size: int, usable: list[int], *, to_go_min: int, least_min: int) -> None:
        self.choices, self.size = choices, size
        self.n, self.w = choices.fixed_min.shape
        self.pairs = [
            (a, b) for a, b in combinations(range(self.n), 2) if choices.alike[a, b] or choices.clash[a, b]
        ]
        groups = len(choices.owner)
        widths = {
            "x": self.n,
            "s": self.n,
            "y": len(self.pairs),
            "k": groups,
            "m": groups,
            "o": self.w,
            "r": self.w,
        }
        self.at, self.total = {}, 0
        for name, width in {**widths, "e": 1}.items():
            self.at[name], self.total = self.total, self.total + width
        self.rows: list[np.ndarray] = []
        self.lows: list[float] = []
        self.highs: list[float] = []
        self.margin_min = max(1, round(to_go_min * weights.MARGIN_SHARE)) if least_min >= to_go_min else 0
        self._sets(usable)
        self._groups()
        self._weeks()
        self._hours(to_go_min, least_min)

    def _add(self, terms: list[tuple[int, float]], low: float, high: float) -> None:
        row = np.zeros(self.total)
        for column, factor in terms:
            row[column] += factor
        self.rows.append(row)
        self.lows.append(low)
        self.highs.append(high)

    def _sets(self, usable: list[int]) -> None:
        x, s, y = (self.at[name] for name in "xsy")
        self._add([(x + place, 1) for place in range(self.n)], self.size, self.size)
        self._add([(s + place, 1) for place in range(self.n)], 1, 1)
        for place in range(self.n):
            self._add([(s + place, 1), (x + place, -1)], -np.inf, 0)
            if place not in usable:
                self._add([(x + place, 1)], 0, 0)
        for number, (a, b) in enumerate(self.pairs):
            self._add([(x + a, 1), (x + b, 1), (y + number, -1)], -np.inf, 1)
            if self.choices.clash[a, b]:
                self._add([(x + a, 1), (x + b, 1)], -np.inf, 1)

    def _groups(self) -> None:
        x, k, m = (self.at[name] for name in "xkm")
        for group, owner in enumerate(self.choices.owner.tolist()):
            self._add([(k + group, 1), (x + owner, -1)], -np.inf, 0)
            for place in range(self.n):
                if int(self.choices.blockers[group]) >> place & 1:
                    self._add([(k + group, 1), (x + place, 1)], -np.inf, 1)
                    self._add([(m + group, -1), (x + place, 1), (x + owner, 1)], -np.inf, 1)

    def _weeks(self) -> None:
        choices, (x, k, o, r) = self.choices, (self.at[name] for name in "xkor")
        sure = choices.optional_min.copy()
        np.subtract.at(sure, choices.owner, choices.blocked_min)
        for week in range(self.w):
            fixed = [(x + place, choices.fixed_min[place, week]) for place in range(self.n)]
            wanted = [(x + place, -sure[place, week]) for place in range(self.n)]
            kept = [(k + group, -minutes) for group, minutes in enumerate(choices.blocked_min[:, week])]
            self._add(fixed, -np.inf, choices.fixed_most_min)
            self._add([(o + week, 1), *wanted, *kept], -np.inf, 0)
            self._add([(o + week, 1), (r + week, -BIG)], -np.inf, 0)
            self._add([(o + week, 1), *fixed, (r + week, BIG)], -np.inf, choices.room_min + BIG)
            self._add([*fixed, (r + week, BIG)], -np.inf, choices.room_min - LEAST_ROOM_MIN + BIG)

    def _hours(self, to_go_min: int, least_min: int) -> None:
        choices, (x, m, o) = self.choices, (self.at[name] for name in "xmo")
        self.hours = [(x + place, minutes) for place, minutes in enumerate(choices.fixed_min @ choices.repeats)]
        self.hours += [(o + week, repeats) for week, repeats in enumerate(choices.repeats)]
        self.hours += [
            (m + group, -minutes) for group, minutes in enumerate(choices.skipped_min @ choices.repeats)
        ]
        self._add(self.hours, least_min, np.inf)
        if self.margin_min:
            self._add([*self.hours, (self.at["e"], -1)], to_go_min, np.inf)

    def cut(self, chosen: Set) -> None:
        """Take one set away."""
        x = self.at["x"]
        terms = [(x + place, 1.0 if place in chosen else -1.0) for place in range(self.n)]
        self._add(terms, -np.inf, len(chosen) - 1)

    def most_minutes(self) -> float | None:
        """Return the most minutes of any set."""
        value = np.zeros(self.total)
        for column, factor in self.hours:
            value[column] += factor
        solved = self._solved(value)
        return None if solved is None else solved[0]

    def best(self) -> tuple[float, Set] | None:
        """Return the set with the highest utility, before what its calendar loses, and that utility."""
        choices, unit = self.choices, weights.UNIT
        value = np.zeros(self.total)
        value[self.at["x"] :][: self.n] = choices.score * (unit / self.size) - weights.FEW * unit * choices.few
        value[self.at["s"] :][: self.n] = -weights.WAIT * unit * choices.start_week
        for number, (a, b) in enumerate(self.pairs):
            value[self.at["y"] + number] = -weights.ALIKE * unit * choices.alike[a, b]
        if self.margin_min:
            value[self.at["e"]] = weights.MARGIN * unit / self.margin_min
        solved = self._solved(value)
        return None if solved is None else (solved[0] - weights.SIZE[self.size] * unit, solved[1])

    def _solved(self, value: np.ndarray) -> tuple[float, Set] | None:
        upper, whole = np.ones(self.total), np.zeros(self.total)
        upper[self.at["o"] :][: self.w] = BIG
        upper[self.at["e"]] = self.margin_min
        whole[: self.at["s"]] = whole[self.at["r"] : self.at["e"]] = 1
        answer = milp(
            -value,
            constraints=LinearConstraint(np.array(self.rows), self.lows, self.highs),
            bounds=Bounds(0, upper),
            integrality=whole,
            options={"mip_rel_gap": 1e-9},
        )
        if answer.x is None:
            return None
        return -answer.fun, tuple(int(place) for place in np.flatnonzero(answer.x[: self.n] > 0.5))
