"""Counts of people that tell of nobody: what is small is hidden, and cannot be worked out from the rest.

References
----------
Hundepool, Domingo-Ferrer, Franconi, Giessing, Schulte Nordholt, Spicer and de Wolf (2012), Statistical Disclosure
Control, chapter 4 (primary and secondary suppression), doi:10.1002/9781118348239.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..model.gaps import SMALLEST_CELL

SPREAD_LEAST = 3
"""What is hidden must stay possible within so many different values at least."""


class Shown(NamedTuple):
    """What is told of a count: it lies from ``least`` to ``most``; an exact one has both the same."""

    least: int
    most: int

    @property
    def is_exact(self) -> bool:
        """True when the count itself is told."""
        return self.least == self.most


def told(count: int, *wholes: tuple[int, Shown]) -> Shown:
    """Tell a count of people without telling of fewer than `SMALLEST_CELL` of them.

    Parameters
    ----------
    count : int
    wholes : pairs of a count and what is told of it
        Groups of which these people are part, and that are told too: who is in the group and not among these
        people must not be few either.

    Examples
    --------
    >>> told(25), told(4), told(25, (28, Shown(28, 28)))
    (Shown(least=25, most=25), Shown(least=0, most=9), Shown(least=19, most=28))
    """
    most = min((shown.most for _, shown in wholes), default=SMALLEST_CELL + SPREAD_LEAST)
    if most < SMALLEST_CELL + SPREAD_LEAST - 1:
        # Of so few, those who are not small in number would be all, or nearly.
        return Shown(0, most)
    if count < SMALLEST_CELL:
        return Shown(0, SMALLEST_CELL - 1)
    near = [shown for whole, shown in wholes if whole - count < SMALLEST_CELL]
    if not near:
        return Shown(count, count)
    # Of several the smallest alone: two ranges together could leave one number.
    smallest = min(near, key=lambda shown: (shown.most, shown.least))
    return Shown(max(0, smallest.least - SMALLEST_CELL + 1), smallest.most)


def told_parts(counts: Sequence[int], wholes: Sequence[int]) -> list[Shown]:
    """Tell how many of each of some separate groups are of a kind, when their sum and the groups are told.

    Parameters
    ----------
    counts : sequence of int
    wholes : sequence of int
        The size of each group, at least its count.

    Notes
    -----
    What is hidden could be worked out from the sum when it is alone, or when only one way is left to share the
    rest. The smallest of the others is then hidden too, until it cannot; when there are no others, nothing more
    is told of those that are hidden.
    """
    shown = [told(count, (whole, Shown(whole, whole))) for count, whole in zip(counts, wholes, strict=True)]
    while True:
        hidden = [place for place, one in enumerate(shown) if not one.is_exact]
        others = [place for place, one in enumerate(shown) if one.is_exact and wholes[place]]
        if not _can_be_derived(counts, shown, hidden):
            return shown
        if not others:
            return [one if one.is_exact else Shown(0, whole) for one, whole in zip(shown, wholes, strict=True)]
        chosen = min(others, key=lambda place: (counts[place], place))
        shown[chosen] = Shown(0, wholes[chosen])


def told_within(count: int, *wholes: Shown) -> Shown:
    """Tell a count of people of whom all are in each of some groups, by what is told of these groups alone.

    Parameters
    ----------
    count : int
    wholes : Shown
        What is told of the groups. What they really count decides nothing, or it could be found out by that.

    Examples
    --------
    >>> told_within(25, Shown(60, 60)), told_within(25, Shown(28, 28)), told_within(25, Shown(30, 38))
    (Shown(least=25, most=25), Shown(least=19, most=28), Shown(least=21, most=38))
    """
    most = min((whole.most for whole in wholes), default=SMALLEST_CELL + SPREAD_LEAST)
    if most < SMALLEST_CELL + SPREAD_LEAST - 1:
        # Of so few, those who are not small in number would be all, or nearly.
        return Shown(0, most)
    if count < SMALLEST_CELL:
        return Shown(0, SMALLEST_CELL - 1)
    near = [whole for whole in wholes if whole.least - count < SMALLEST_CELL]
    if not near:
        return Shown(count, count)
    smallest = min(near, key=lambda whole: (whole.most, whole.least))
    return Shown(max(0, smallest.least - SMALLEST_CELL + 1), smallest.most)


def told_shares(counts: Sequence[int], whole: Shown) -> list[Shown]:
    """Tell the parts of a whole, each person in one of them, when the whole is told.

    Parameters
    ----------
    counts : sequence of int
        They sum to the whole.
    whole : Shown
        When it is not exact, nothing is told of the parts: their sum would be the whole.

    Notes
    -----
    What is hidden is together `SMALLEST_CELL` people or more, and leaves each of its parts at least `SPREAD_LEAST`
    values, also for who knows how the parts are chosen that are hidden without being small.

    Examples
    --------
    >>> told_shares([30, 4, 25], Shown(59, 59))
    [Shown(least=30, most=30), Shown(least=0, most=9), Shown(least=10, most=30)]
    """
    if not whole.is_exact:
        return [Shown(0, whole.most)] * len(counts)

    def is_tight(shown: Sequence[Shown]) -> bool:
        hidden = [place for place, one in enumerate(shown) if not one.is_exact]
        rest = sum(counts[place] for place in hidden)
        return bool(hidden) and (rest < SMALLEST_CELL or _can_be_derived(counts, shown, hidden))

    return _hidden_until(is_tight, [told(count) for count in counts], whole.most)


def told_cover(counts: Sequence[int], whole: Shown) -> list[Shown]:
    """Tell groups that together hold everybody of a whole, when the whole is told; somebody may be in several.

    Parameters
    ----------
    counts : sequence of int
        The size of each group.
    whole : Shown

    Notes
    -----
    A group that is hidden holds at least those who are in no other: that must leave it `SPREAD_LEAST` values.

    Examples
    --------
    >>> told_cover([30, 15, 9], Shown(54, 54))
    [Shown(least=30, most=30), Shown(least=10, most=30), Shown(least=0, most=9)]
    """

    def is_tight(shown: Sequence[Shown]) -> bool:
        most = sum(one.most for one in shown)
        least = [max(one.least, whole.least - (most - one.most)) for one in shown]
        return any(
            one.most - low + 1 < SPREAD_LEAST for one, low in zip(shown, least, strict=True) if not one.is_exact
        )

    return _hidden_until(is_tight, [told_within(count, whole) for count in counts], whole.most)


def _hidden_until(is_tight: Callable[[Sequence[Shown]], bool], shown: list[Shown], whole_most: int) -> list[Shown]:
    """Hide the smallest of what is told exactly, one after another, until what is hidden has room enough.

    It is then known to lie between `SMALLEST_CELL` and the smallest that is left: that is what is told of it.
    """
    extra: list[int] = []
    while is_tight(shown):
        while True:
            left = [place for place, one in enumerate(shown) if one.is_exact and place not in extra]
            if not left:
                return [Shown(0, whole_most)] * len(shown)
            extra.append(min(left, key=lambda place: (shown[place].most, place)))
            most = min((shown[place].most for place in left if place != extra[-1]), default=whole_most)
            if most - SMALLEST_CELL + 1 >= SPREAD_LEAST:
                break
        for place in extra:
            shown[place] = Shown(SMALLEST_CELL, most)
    return shown


def _can_be_derived(counts: Sequence[int], shown: Sequence[Shown], hidden: Sequence[int]) -> bool:
    """Tell whether the sum of what is hidden leaves too little room for one of them."""
    rest = sum(counts[place] for place in hidden)
    least, most = (sum(shown[place][end] for place in hidden) for end in (0, 1))
    return any(
        min(one.most, rest - least + one.least) - max(one.least, rest - most + one.most) + 1 < SPREAD_LEAST
        for one in (shown[place] for place in hidden)
    )


def told_cells(counts: Sequence[int], whole: int) -> list[bool]:
    """Choose which cells of a group may be told, when the group itself is told.

    Parameters
    ----------
    counts : sequence of int
        Cells that make up the group.
    whole : int
        Their sum.

    Notes
    -----
    The smallest cells are hidden until those that are hidden are together `SMALLEST_CELL` people or more.
    """
    told_ones = [count >= SMALLEST_CELL for count in counts]
    if all(told_ones):
        return told_ones
    rest = whole - sum(count for count, ok in zip(counts, told_ones, strict=True) if ok)
    for place in sorted(range(len(counts)), key=lambda place: (counts[place], place)):
        if rest >= SMALLEST_CELL:
            break
        if told_ones[place]:
            told_ones[place] = False
            rest += counts[place]
    return told_ones


def merged(counts: Sequence[int]) -> list[int]:
    """Join neighbours in a row of groups until each has `SMALLEST_CELL` people or more.

    Returns
    -------
    list of int
        For each the number of the group that it is part of, from 0.

    Examples
    --------
    >>> merged([4, 12, 30, 2, 1]), merged([20, 10])
    ([0, 0, 1, 1, 1], [0, 1])
    """
    groups: list[list[int]] = []
    sizes: list[int] = []
    for place, count in enumerate(counts):
        if groups and sizes[-1] < SMALLEST_CELL:
            groups[-1].append(place)
            sizes[-1] += count
        else:
            groups.append([place])
            sizes.append(count)
    if len(groups) > 1 and sizes[-1] < SMALLEST_CELL:
        last = groups.pop()
        groups[-1] += last
    number = {place: group for group, places in enumerate(groups) for place in places}
    return [number[place] for place in range(len(counts))]
