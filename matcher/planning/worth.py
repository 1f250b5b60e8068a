"""What a set of activities is worth: first the hours, then how well it suits, starts, lasts and varies.

The worth is one whole number: the minutes towards the hours to go (in whole steps when they are not reached), then
the utility. All is whole numbers, so that no order of summation matters.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .choices import LEAST_ROOM_MIN, Bits, Bools, Choices, Ints

# In steps of 1e-4 of the score of an activity.
ALIKE = 250
"""Lost for each thing that two activities have in common: organiser, kind, interests, form."""
WAIT = 50
"""Lost for each week until the first session."""
LATE = 10
"""Lost for each week until the hours are reached."""
FEW = 800
"""Lost for each activity that takes place only a few times."""
SLIGHT = 2000
"""Lost when an activity gives next to nothing before the week in which the hours are reached."""
SIZE = (0, 1000, 0, 300, 700, 1200, 1800, 2500, 3300)
"""Lost for the number of activities: one alone hangs on one host, four and more are a burden."""
MARGIN = 400
"""Gained when there are `MARGIN_SHARE` more hours than needed, in proportion below that."""

MARGIN_SHARE = 0.25
SLIGHT_SHARE = 0.15
"""Less than this share of the hours before the week in which they are reached is next to nothing."""
HOURS_STEP_MIN = 60
"""When the hours are not reached, plans of which the hours differ less than this are as far."""
MOST_ACTIVITIES = len(SIZE) - 1
UNIT = math.lcm(*range(1, MOST_ACTIVITIES + 1))
"""Steps of utility in one step of the score: then a mean of scores is a whole number."""
NEVER = -1
_SHIFT, _ZERO = 32, 2**31


@dataclass(frozen=True, slots=True)
class Found:
    """The best set that was found.

    chosen : tuple of int, places of the candidates, ascending; empty when nothing is possible
    worth, bound : int, of the set, and what no set can exceed
    """

    chosen: tuple[int, ...]
    worth: int
    bound: int

    @property
    def is_optimal(self) -> bool:
        """True when no set is better."""
        return self.worth == self.bound

    @property
    def towards_min(self) -> int:
        """Minutes towards the hours to go: all of them when they are reached, else in whole steps."""
        return max(0, self.worth >> _SHIFT)


def gap(found: Found, *, to_go_min: int) -> float:
    """Return how much better a plan could be at most; 0 when it is proven to be the best.

    Returns
    -------
    float
        In units of the score (0 to 1) when the hours are the same, else the share of the hours to go.
    """
    minutes, utility = _parts(found.worth)
    bound_minutes, bound_utility = _parts(found.bound)
    if minutes == bound_minutes:
        better = (bound_utility - utility) / (UNIT * 1e4)
    else:
        better = (bound_minutes - minutes) / to_go_min
    # Rounded up: what is not proven is never called 0.
    return math.ceil(round(better * 1e4, 6)) / 1e4


def worth_of(minutes: Ints, utility: Ints, *, to_go_min: int) -> Ints:
    """Return the worth of sets that give so many minutes and have such a utility."""
    steps = minutes // HOURS_STEP_MIN * HOURS_STEP_MIN
    return np.asarray((np.where(minutes >= to_go_min, to_go_min, steps) << _SHIFT) + utility + _ZERO)


def utility_of(size: int, score: Ints, lost: Ints, start: Ints, minutes: Ints, *, to_go_min: int) -> Ints:
    """Return the utility of sets of one size, before what only their calendar tells.

    Parameters
    ----------
    size : int
    score : int64 ndarray of shape (n_sets,), sum of the members
    lost : int64 ndarray of shape (n_sets,), by likeness and by few times
    start, minutes : int64 ndarray of shape (n_sets,), first week, and minutes until the end
    to_go_min : int
    """
    most = max(1, round(to_go_min * MARGIN_SHARE))
    margin = MARGIN * UNIT * np.clip(minutes - to_go_min, 0, most) // most
    return np.asarray(score * (UNIT // size) - (lost + WAIT * start + SIZE[size]) * UNIT + margin)


def _parts(worth: int) -> tuple[int, int]:
    return worth >> _SHIFT, (worth & (1 << _SHIFT) - 1) - _ZERO


def minutes_of(choices: Choices, bits: Bits, fixed: Ints, optional: Ints) -> Ints:
    """Return what sets give in each column of weeks.

    Parameters
    ----------
    choices : Choices
    bits : uint64 ndarray of shape (n_sets,), a bit for each member
    fixed, optional : int64 ndarray of shape (n_sets, n_columns)
        Sums over the members, as if nothing clashed.

    Returns
    -------
    int64 ndarray of shape (n_sets, n_columns)
    """
    room = _room(choices, fixed)
    if not len(choices.owner):
        return np.asarray(fixed + np.minimum(room, optional))
    away = _stays_away(choices, bits).astype(np.int64)
    filled = np.minimum(room, optional - away @ choices.blocked_min)
    return np.asarray(fixed + filled - away @ choices.skipped_min)


def calendar_loss(choices: Choices, members: Ints, bits: Bits, weekly: Ints, fixed: Ints, to_go_min: int) -> Ints:
    """Return what sets lose by the week in which they reach the hours, and by members that hardly add.

    Parameters
    ----------
    choices : Choices
    members : int64 ndarray of shape (n_sets, size), ascending
    bits, weekly, fixed
        As `minutes_of` takes and gives them.
    to_go_min : int
    """
    done = np.cumsum(weekly[:, choices.column], axis=1)
    week = (done < to_go_min).sum(axis=1)  # the number of weeks when the hours are not reached
    before = np.arange(done.shape[1]) < week[:, None]
    least = SLIGHT_SHARE * np.where(week > 0, done[np.arange(len(done)), week - 1], 0)
    room, away = _room(choices, fixed), _stays_away(choices, bits)
    slight = np.zeros(len(members), dtype=bool)
    for member in members.T:
        # In the order of the candidates, as the calendar fills a week.
        own = (away & (choices.owner == member[:, None])).astype(np.int64)
        given = np.minimum(room, choices.optional_min[member] - own @ choices.blocked_min)
        room = room - given
        given += choices.fixed_min[member] - own @ choices.skipped_min
        slight |= (given[:, choices.column] * before).sum(axis=1) < least
    return np.asarray(SLIGHT * slight + LATE * np.where(week < done.shape[1], week, 0))


def _room(choices: Choices, fixed: Ints) -> Ints:
    """Return the minutes that visits and hours by agreement may fill."""
    room = choices.room_min - fixed
    return np.where(room >= LEAST_ROOM_MIN, room, 0)


def _stays_away(choices: Choices, bits: Bits) -> Bools:
    """Tell from which groups of sessions each set stays away; shape (n_sets, n_groups)."""
    joined = (bits[:, None] >> choices.owner.astype(np.uint64) & np.uint64(1)).astype(bool)
    return np.asarray(joined & (bits[:, None] & choices.blockers != 0))
