"""The best set of activities for one plan: an exact branch and bound over sets, in blocks of many sets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .choices import Bits, Bools, Choices, Ints
from .worth import ALIKE, FEW, NEVER, UNIT, Found, calendar_loss, minutes_of, utility_of, worth_of

CHUNK = 256
"""So many sets are worked out at a time."""
LEAST_STEPS = 8
"""So many times sets are worked out even when the time is over: there is always some plan."""
LATEST_WEEK = 10**4


@dataclass(frozen=True, slots=True)
class _Block:
    """Sets of one size; arrays have one row a set.

    members : int64 ndarray of shape (n_sets, size), ascending
    bits : uint64 ndarray of shape (n_sets,), the same
    is_open : bool ndarray of shape (n_sets, n), candidates that can be added: later ones that do not clash
    likeness : int64 ndarray of shape (n_sets, n), what the members have in common with each candidate
    score, lost, start : int64 ndarray of shape (n_sets,), two sums and the first week
    fixed, optional : int64 ndarray of shape (n_sets, n_columns), sums of the members
    weekly : int64 ndarray of shape (n_sets, n_columns), what the set gives
    minutes : int64 ndarray of shape (n_sets,), the same in all
    """

    members: Ints
    bits: Bits
    is_open: Bools
    likeness: Ints
    score: Ints
    lost: Ints
    start: Ints
    fixed: Ints
    optional: Ints
    weekly: Ints
    minutes: Ints

    def rows(self, chosen: Ints) -> _Block:
        """Return some of the sets."""
        return _Block(*(getattr(self, field)[chosen] for field in self.__slots__))


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Sets that are not worked out yet: a row of a block and one candidate more, the highest bound first.

    bound : int64 ndarray, what the set and all that grow from it cannot exceed
    later : int64 ndarray, what those that grow from it cannot exceed
    """

    block: _Block
    row: Ints
    added: Ints
    bound: Ints
    later: Ints

    def cut(self, start: int, stop: int | None = None) -> _Waiting:
        """Return some of the sets."""
        part = slice(start, stop)
        return _Waiting(self.block, self.row[part], self.added[part], self.bound[part], self.later[part])

    def reaching(self, least: int) -> _Waiting:
        """Return those of which the bound is high enough."""
        return self.cut(0, int(np.searchsorted(-self.bound, -least, side="right")))


def best_set(
    choices: Choices,
    *,
    to_go_min: int,
    most: int,
    n_kept: int = 0,
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
    n_kept : int, 0 to `most`
        So many candidates, the first, are in every set; their sessions fit into each week.
    apart_from : sequence of sets
        At most half of the activities that are not kept may be in any one of these.
    stop : callable
        Asked now and then; when it says so the best set so far is returned with the bound of what was left.

    Returns
    -------
    Found
        Of sets that are worth the same the one with the lowest ids.

    Notes
    -----
    What a set gives is at most what it gives without a candidate plus what that candidate gives alone: clashes and
    full weeks only take away. The utility of what grows from a set is at most that with the next best scores, the
    first of the later starts, nothing more in common, and no loss by its calendar. Weeks that are alike are worked
    out once.

    References
    ----------
    Land and Doig (1960), An automatic method of solving discrete programming problems, Econometrica 28(3),
    doi:10.2307/1910129.
    """
    if not len(choices.score):
        return Found((), NEVER, NEVER)
    return _Search(choices, to_go_min, most, n_kept, apart_from).run(stop)


class _Search:
    def __init__(
        self, choices: Choices, to_go_min: int, most: int, n_kept: int, apart_from: Sequence[tuple[int, ...]]
    ) -> None:
        n = len(choices.score)
        self.choices, self.to_go_min, self.most, self.n_kept = choices, to_go_min, min(most, n), n_kept
        self.apart_from = [np.uint64(sum(1 << place for place in one)) for one in apart_from]
        self.goes_with = (np.arange(n)[None, :] > np.arange(n)[:, None]) & ~choices.clash
        self.score_sums = np.concatenate([[0], np.cumsum(choices.score)])
        self.first_start = np.minimum.accumulate(np.append(choices.start_week, LATEST_WEEK)[::-1])[::-1]
        most_min = np.minimum(
            (choices.fixed_min + choices.optional_min).sum(axis=0), max(choices.fixed_most_min, choices.room_min)
        )
        self.ceiling_min = int(most_min @ choices.repeats)
        self.best, self.best_key = Found((), NEVER, NEVER), ()
        self.root = self._root(n)
        everyone = _Waiting(
            self.root, np.zeros(n, dtype=np.int64), np.arange(n), *np.zeros((2, n), dtype=np.int64)
        )
        single, fits = self._worked_out(everyone)
        self.alone = np.zeros(n, dtype=np.int64)
        self.alone[fits] = single.minutes
        self.root.is_open[0] = self.alone > 0
        self.most_minutes = np.zeros((self.most + 1, n + 1), dtype=np.int64)
        for start in range(n):
            longest = np.sort(self.alone[start:])[::-1][: self.most]
            self.most_minutes[1:, start] = longest.sum()
            self.most_minutes[1 : len(longest) + 1, start] = np.cumsum(longest)

    def _root(self, n: int) -> _Block:
        """Return the block of the empty set."""
        zero, none = np.zeros(1, dtype=np.int64), np.zeros((1, self.choices.fixed_min.shape[1]), dtype=np.int64)
        return _Block(
            members=np.zeros((1, 0), dtype=np.int64),
            bits=np.zeros(1, dtype=np.uint64),
            is_open=np.ones((1, n), dtype=bool),
            likeness=np.zeros((1, n), dtype=np.int64),
            score=zero,
            lost=zero,
            start=np.full(1, LATEST_WEEK, dtype=np.int64),
            fixed=none,
            optional=none,
            weekly=none,
            minutes=zero,
        )

    def run(self, stop: Callable[[], bool]) -> Found:
        start = self.root
        for place in range(self.n_kept):
            zero = np.zeros(1, dtype=np.int64)
            start, _ = self._worked_out(_Waiting(start, zero, zero + place, zero, zero))
        if self.n_kept:
            self._keep(start)
        waiting = [self._grown(start)] if self.n_kept < self.most else []
        steps = 0
        while waiting and (steps < LEAST_STEPS or not stop()):
            steps += 1
            sets = waiting.pop().reaching(self.best.worth)
            if sets.row.size > CHUNK:
                waiting.append(sets.cut(CHUNK))
            if sets.row.size:
                waiting.append(self._tried(sets.cut(0, CHUNK)))
        left = [int(sets.bound[0]) for sets in waiting if sets.row.size]
        return Found(self.best.chosen, self.best.worth, max([self.best.worth, *left]))

    def _tried(self, sets: _Waiting) -> _Waiting:
        """Work out some sets, keep the best, and return what can be made of them by adding one more."""
        block, fits = self._worked_out(sets)
        self._keep(block)
        size = block.members.shape[1]
        if size == self.most:
            return sets.cut(0, 0)
        return self._grown(block.rows(np.flatnonzero(sets.later[fits] >= self.best.worth)))

    def _keep(self, block: _Block) -> None:
        """Keep the best set of a block; of equal ones that with the lowest ids."""
        size = block.members.shape[1]
        worth = self._worth(size, block.score, block.lost, block.start, block.minutes)
        kept, n_free = np.uint64((1 << self.n_kept) - 1), size - self.n_kept
        for other in self.apart_from:
            shared = np.bitwise_count(block.bits & other & ~kept).astype(np.int64)
            worth[(2 * shared > n_free) | (n_free == 0)] = NEVER
        rows = np.flatnonzero(worth >= max(self.best.worth, 0))
        if not rows.size:
            return
        some = block.rows(rows)
        worth = worth[rows] - UNIT * calendar_loss(
            self.choices, some.members, some.bits, some.weekly, some.fixed, self.to_go_min
        )
        tie = self.choices.tie
        for row in np.flatnonzero((worth == worth.max()) & (worth >= self.best.worth)):
            members = some.members[row]
            key = tuple(sorted(tie[members].tolist()))
            if worth[row] > self.best.worth or key < self.best_key:
                own = int(worth[row])
                self.best, self.best_key = Found(tuple(members.tolist()), own, own), key

    def _worth(self, size: int, score: Ints, lost: Ints, start: Ints, minutes: Ints) -> Ints:
        utility = utility_of(size, score, lost, start, minutes, to_go_min=self.to_go_min)
        return worth_of(minutes, utility, to_go_min=self.to_go_min)

    def _worked_out(self, sets: _Waiting) -> tuple[_Block, Ints]:
        """Return the block of some sets, without those of which the sessions are too much for a week."""
        choices, block = self.choices, sets.block
        fixed = block.fixed[sets.row] + choices.fixed_min[sets.added]
        fits = np.flatnonzero((fixed <= choices.fixed_most_min).all(axis=1))
        row, added, fixed = sets.row[fits], sets.added[fits], fixed[fits]
        bits = block.bits[row] | np.uint64(1) << added.astype(np.uint64)
        optional = block.optional[row] + choices.optional_min[added]
        weekly = minutes_of(choices, bits, fixed, optional)
        grown = _Block(
            members=np.concatenate([block.members[row], added[:, None]], axis=1),
            bits=bits,
            is_open=block.is_open[row] & self.goes_with[added],
            likeness=block.likeness[row] + choices.alike[added],
            score=block.score[row] + choices.score[added],
            lost=block.lost[row] + self._lost(block, row, added),
            start=np.minimum(block.start[row], choices.start_week[added]),
            fixed=fixed,
            optional=optional,
            weekly=weekly,
            minutes=weekly @ choices.repeats,
        )
        return grown, fits

    def _lost(self, block: _Block, row: Ints, added: Ints) -> Ints:
        return ALIKE * block.likeness[row, added] + FEW * self.choices.few[added]

    def _grown(self, block: _Block) -> _Waiting:
        """Return all sets with one candidate more that may still be better than the best."""
        row, added = np.nonzero(block.is_open)
        size, n = block.members.shape[1] + 1, len(self.choices.score)
        score = block.score[row] + self.choices.score[added]
        lost = block.lost[row] + self._lost(block, row, added)
        start = np.minimum(block.start[row], self.choices.start_week[added])
        minutes = np.minimum(block.minutes[row] + self.alone[added], self.ceiling_min)
        bound = self._worth(size, score, lost, start, minutes)
        later = np.full(len(row), NEVER, dtype=np.int64)
        after = added + 1
        first_start = np.minimum(start, self.first_start[after])
        for more in range(1, self.most - size + 1):
            best_score = score + self.score_sums[np.minimum(after + more, n)] - self.score_sums[after]
            most_minutes = np.minimum(minutes + self.most_minutes[more, after], self.ceiling_min)
            possible = self._worth(size + more, best_score, lost, first_start, most_minutes)
            later = np.maximum(later, np.where(after + more <= n, possible, NEVER))
        highest = np.maximum(bound, later)
        order = np.argsort(-highest, kind="stable")
        return _Waiting(block, row[order], added[order], highest[order], later[order]).reaching(self.best.worth)
