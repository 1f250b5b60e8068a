"""The best set of activities for one plan: an exact branch and bound over sets, in blocks of many sets.

The worth of a set is one whole number: first the minutes that it gives towards the hours to go (in whole steps
when they are not reached), then its utility. All is whole numbers, so that no order of summation matters.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .choices import LEAST_ROOM_MIN, Choices, Ints

# What a plan is worth, in steps of 1e-4 of the score of an activity.
ALIKE = 200
"""Lost for each thing that two activities have in common: organiser, kind, interests."""
WAIT = 50
"""Lost for each week until the first session."""
SIZE = (0, 600, 0, 300, 700, 1200, 1800, 2500, 3300)
"""Lost for the number of activities: one alone hangs on one host, four and more are a burden."""
MARGIN = 400
"""Gained when there are `MARGIN_SHARE` more hours than needed, in proportion below that."""
MARGIN_SHARE = 0.25
HOURS_STEP_MIN = 60
"""When the hours are not reached, plans of which the hours differ less than this are as far."""

MOST_ACTIVITIES = len(SIZE) - 1
UNIT = math.lcm(*range(1, MOST_ACTIVITIES + 1))
"""Steps of utility in one step of the score: then a mean of scores is a whole number."""
_SHIFT, _ZERO = 32, 2**31
_CHUNK = 256
_NEVER = np.int64(-1)


@dataclass(frozen=True, slots=True)
class Found:
    """The best set that was found.

    chosen : tuple of int, places of the candidates, ascending; empty when nothing is possible
    minutes : int, what the set gives until the end
    worth, bound : int, of the set, and what no set can exceed
    """

    chosen: tuple[int, ...]
    minutes: int
    worth: int
    bound: int

    @property
    def is_optimal(self) -> bool:
        """True when no set is better."""
        return self.worth == self.bound

    @property
    def towards_min(self) -> int:
        """Minutes towards the hours to go: all of them when they are reached, else in whole steps."""
        return _parts(self.worth)[0]


def gap(found: Found, *, to_go_min: int) -> float:
    """Return how much better a plan could be at most.

    Returns
    -------
    float
        In units of the score (0 to 1) when the hours are reached, else the share of the hours to go.
    """
    minutes, utility = _parts(found.worth)
    bound_minutes, bound_utility = _parts(found.bound)
    if minutes >= to_go_min or minutes == bound_minutes:
        return round((bound_utility - utility) / (UNIT * 1e4), 4)
    return round((bound_minutes - minutes) / to_go_min, 4)


def worth_of(minutes: Ints, utility: Ints, *, to_go_min: int) -> Ints:
    """Return the worth of sets that give so many minutes and have such a utility."""
    steps = minutes // HOURS_STEP_MIN * HOURS_STEP_MIN
    return (np.where(minutes >= to_go_min, to_go_min, steps) << _SHIFT) + utility + _ZERO


def _parts(worth: int) -> tuple[int, int]:
    return worth >> _SHIFT, (worth & (1 << _SHIFT) - 1) - _ZERO


@dataclass(frozen=True, slots=True)
class _Block:
    """Sets of one size; arrays have one row a set.

    members : int64 ndarray of shape (n_sets, size), ascending
    is_open : bool ndarray of shape (n_sets, n), candidates that can be added: later ones that do not clash
    likeness, score, alike, start : sums and least of the members; likeness towards each candidate
    minutes : what the set gives; fixed and optional its minutes in each column of weeks
    """

    members: Ints
    bits: NDArray[np.uint64]
    is_open: NDArray[np.bool_]
    likeness: Ints
    score: Ints
    alike: Ints
    start: Ints
    minutes: Ints
    fixed: Ints
    optional: Ints


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Sets that are not worked out yet: a row of a block and one candidate more, the highest bound first."""

    block: _Block
    row: Ints
    added: Ints
    bound: Ints
    later: Ints

    def cut(self, start: int, stop: int | None = None) -> _Waiting:
        """Return some of the sets."""
        part = slice(start, stop)
        return _Waiting(self.block, self.row[part], self.added[part], self.bound[part], self.later[part])


def best_set(
    choices: Choices,
    *,
    to_go_min: int,
    most: int,
    apart_from: Sequence[tuple[int, ...]] = (),
    stop: Callable[[], bool] = lambda: False,
) -> Found:
    """Find the set of candidates that is worth most.

    Parameters
    ----------
    choices : Choices
    to_go_min : int
        Minutes that the plan must give, more than 0.
    most : int, 1 to `MOST_ACTIVITIES`
        Activities in a set.
    apart_from : sequence of sets
        At most half of the activities may be in any one of these.
    stop : callable
        Asked now and then; when it says so the best set so far is returned with the bound of what was left.

    Returns
    -------
    Found
        Of sets that are worth the same the one with the lowest ids.

    References
    ----------
    Land and Doig (1960), An automatic method of solving discrete programming problems, Econometrica 28(3),
    doi:10.2307/1910129.
    """
    if not len(choices.score):
        return Found((), 0, int(_NEVER), int(_NEVER))
    return _Search(choices, to_go_min, most, apart_from).run(stop)


class _Search:
    def __init__(
        self, choices: Choices, to_go_min: int, most: int, apart_from: Sequence[tuple[int, ...]]
    ) -> None:
        n = len(choices.score)
        self.choices, self.to_go_min, self.most = choices, to_go_min, min(most, n)
        self.apart_from = [np.uint64(sum(1 << place for place in one)) for one in apart_from]
        self.margin_min = max(1, round(to_go_min * MARGIN_SHARE))
        self.open_after = (np.arange(n)[None, :] > np.arange(n)[:, None]) & ~choices.clash
        none = np.zeros((1, choices.fixed_min.shape[1]), dtype=np.int64)
        zero = np.zeros(1, dtype=np.int64)
        self.root = _Block(
            members=np.zeros((1, 0), dtype=np.int64),
            bits=np.zeros(1, dtype=np.uint64),
            is_open=np.ones((1, n), dtype=bool),
            likeness=np.zeros((1, n), dtype=np.int64),
            score=zero,
            alike=zero,
            start=np.full(1, 10**4, dtype=np.int64),
            minutes=zero,
            fixed=none,
            optional=none,
        )
        self.alone = np.zeros(n, dtype=np.int64)
        self.best: tuple[int, tuple[int, ...], int] = (int(_NEVER), (), 0)
        self.best_key: tuple[int, ...] = ()

    def run(self, stop: Callable[[], bool]) -> Found:
        choices, n = self.choices, len(self.choices.score)
        everyone = _Waiting(self.root, np.zeros(n, dtype=np.int64), np.arange(n), *np.full((2, n), 2**62))
        singles, fits = self._worked_out(everyone)
        self.alone[fits] = singles.minutes
        self.root.is_open[0] = self.alone > 0
        self.score_sums = np.concatenate([[0], np.cumsum(choices.score)])
        self.first_start = np.minimum.accumulate(np.append(choices.start_week, 10**4)[::-1])[::-1]
        self.most_minutes = np.zeros((self.most + 1, n + 1), dtype=np.int64)
        for start in range(n - 1, -1, -1):
            longest = np.sort(self.alone[start:])[::-1][: self.most]
            self.most_minutes[1 : len(longest) + 1, start] = np.cumsum(longest)
            self.most_minutes[len(longest) + 1 :, start] = longest.sum()
        waiting = [self._grown(self.root)]
        while waiting:
            if stop():
                break
            sets = waiting.pop()
            if not sets.bound.size or sets.bound[0] < self.best[0]:
                continue
            if sets.bound.size > _CHUNK:
                waiting.append(sets.cut(_CHUNK))
            waiting.append(self._tried(sets.cut(0, _CHUNK)))
        worth, chosen, minutes = self.best
        open_bounds = [int(sets.bound[0]) for sets in waiting if sets.bound.size]
        return Found(chosen, minutes, worth, max([worth, *open_bounds]))

    def _tried(self, sets: _Waiting) -> _Waiting:
        """Work out some sets, keep the best, and return what can be made of them by adding one more."""
        sets = sets.cut(0, int(np.searchsorted(-sets.bound, -self.best[0], side="right")))
        block, fits = self._worked_out(sets)
        size = block.members.shape[1]
        worth = worth_of(
            block.minutes,
            self._utility(size, block.score, block.alike, block.start, block.minutes),
            to_go_min=self.to_go_min,
        )
        worth[~self._apart(block.bits, size)] = _NEVER
        if worth.size and worth.max() >= max(self.best[0], 0):
            self._keep(block, worth)
        grows = np.flatnonzero(sets.later[fits] >= self.best[0]) if size < self.most else np.zeros(0, dtype=int)
        return self._grown(_Block(*(getattr(block, field)[grows] for field in _Block.__slots__)))

    def _keep(self, block: _Block, worth: Ints) -> None:
        """Keep the best set of a block; of equal ones that with the lowest ids."""
        tie = self.choices.tie
        for row in np.flatnonzero(worth == worth.max()):
            members = block.members[row]
            key = tuple(sorted(tie[members].tolist()))
            if worth[row] > self.best[0] or key < self.best_key:
                self.best = (int(worth[row]), tuple(members.tolist()), int(block.minutes[row]))
                self.best_key = key

    def _apart(self, bits: NDArray[np.uint64], size: int) -> NDArray[np.bool_]:
        """Tell which sets share at most half of their activities with each of the sets to stay apart from."""
        apart = np.ones(len(bits), dtype=bool)
        for other in self.apart_from:
            apart &= 2 * np.bitwise_count(bits & other).astype(np.int64) <= size
        return apart

    def _utility(self, size: int, score: Ints, alike: Ints, start: Ints, minutes: Ints) -> Ints:
        over = np.clip(minutes - self.to_go_min, 0, self.margin_min)
        lost = ALIKE * alike + WAIT * start + SIZE[size]
        return score * (UNIT // size) - lost * UNIT + MARGIN * UNIT * over // self.margin_min

    def _worked_out(self, sets: _Waiting) -> tuple[_Block, Ints]:
        """Return the block of some sets, without those of which the sessions are too much for a week."""
        choices, block = self.choices, sets.block
        fixed = block.fixed[sets.row] + choices.fixed_min[sets.added]
        fits = np.flatnonzero((fixed <= choices.fixed_most_min).all(axis=1))
        row, added, fixed = sets.row[fits], sets.added[fits], fixed[fits]
        bits = block.bits[row] | np.uint64(1) << added.astype(np.uint64)
        optional = block.optional[row] + choices.optional_min[added]
        grown = _Block(
            members=np.concatenate([block.members[row], added[:, None]], axis=1),
            bits=bits,
            is_open=block.is_open[row] & self.open_after[added],
            likeness=block.likeness[row] + choices.alike[added],
            score=block.score[row] + choices.score[added],
            alike=block.alike[row] + block.likeness[row, added],
            start=np.minimum(block.start[row], choices.start_week[added]),
            minutes=minutes_of(choices, bits, fixed, optional),
            fixed=fixed,
            optional=optional,
        )
        return grown, fits

    def _grown(self, block: _Block) -> _Waiting:
        """Return all sets with one candidate more that may still be better than the best."""
        row, added = np.nonzero(block.is_open)
        size = block.members.shape[1] + 1
        score = block.score[row] + self.choices.score[added]
        alike = block.alike[row] + block.likeness[row, added]
        start = np.minimum(block.start[row], self.choices.start_week[added])
        minutes = block.minutes[row] + self.alone[added]
        bound = worth_of(minutes, self._utility(size, score, alike, start, minutes), to_go_min=self.to_go_min)
        later = np.full(len(row), _NEVER)
        after = added + 1
        n = len(self.choices.score)
        first_start = np.minimum(start, self.first_start[after])
        for more in range(1, self.most - size + 1):
            best_score = score + self.score_sums[np.minimum(after + more, n)] - self.score_sums[after]
            most_minutes = minutes + self.most_minutes[more, after]
            utility = self._utility(size + more, best_score, alike, first_start, most_minutes)
            possible = worth_of(most_minutes, utility, to_go_min=self.to_go_min)
            later = np.maximum(later, np.where(after + more <= n, possible, _NEVER))
        highest = np.maximum(bound, later)
        order = np.argsort(-highest, kind="stable")
        order = order[: np.searchsorted(-highest[order], -self.best[0], side="right")]
        return _Waiting(block, row[order], added[order], highest[order], later[order])


def minutes_of(choices: Choices, bits: NDArray[np.uint64], fixed: Ints, optional: Ints) -> Ints:
    """Return what sets give in all.

    Parameters
    ----------
    choices : Choices
    bits : uint64 ndarray of shape (n_sets,), a bit for each member
    fixed, optional : int64 ndarray of shape (n_sets, n_columns)
        Sums over the members, as if no visit were blocked.
    """
    if len(choices.owner):
        joined = (bits[:, None] >> choices.owner.astype(np.uint64) & np.uint64(1)).astype(bool)
        blocked = joined & (bits[:, None] & choices.blockers != 0)
        if blocked.any():
            optional = optional - blocked.astype(np.int64) @ choices.blocked_min
    room = choices.room_min - fixed
    filled = np.where(room >= LEAST_ROOM_MIN, np.minimum(room, optional), 0)
    minutes: Ints = (fixed + filled) @ choices.repeats
    return minutes
