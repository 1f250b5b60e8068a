"""Why somebody has not the place that he or she would rather have: what an exchange would do to the whole."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from .face import losses
from .network import NOWHERE, Pairs, Places, make_network

if TYPE_CHECKING:
    from . import Allocation, Objective

Code = Literal[
    "worse", "waits_longer", "comes_first", "by_hand", "organiser_full", "not_enough", "needed", "unproven"
]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A place that a person would rather have, and why it went otherwise.

    person, activity : int
    score : int
        Of the person there.
    code : str
        ``worse``: an exchange with anybody who is there (or, with ``at_organiser``, with that organiser) makes
        the whole worse, the least so with ``other``. ``waits_longer``: it makes no difference to the whole, and
        ``other`` comes first. ``comes_first``: so does a longer chain of moves, in which somebody who comes first
        gets a worse place. ``by_hand``: all who are there were put there by hand. ``not_enough``: the group
        does not get the people it needs. ``needed``: any move would leave a group with too few. ``unproven``: an
        exchange might be better, as the allocation is not known to be the best.
    other : int or None
    change : int
        What the exchange would do to the total of scores.
    at_organiser : bool
        There is room in the activity, but its organiser has the most people it takes.
    loss : int or None
        What the highest total would fall if the person had this place, however all others were placed (the same
        groups running); None when that cannot be, or when the total is not what is sought.
    lowest_falls : bool
        To `worst-off`: after the exchange the worst off of the two is worse off than before it.
    """

    person: int
    activity: int
    score: int
    code: Code
    other: int | None = None
    change: int = 0
    at_organiser: bool = False
    loss: int | None = None
    lowest_falls: bool = False


def refusals(
    allocation: Allocation,
    pairs: Pairs,
    places: Places,
    *,
    objective: Objective = "fit",
    level_step: int = 1,
    most_each: int = 3,
) -> list[Refusal]:
    """List the places that people would rather have had, the best first, at most a few of each person.

    Parameters
    ----------
    allocation : Allocation
        As `allocate` gave it for the same pairs, places, objective and step.
    pairs, places : Pairs, Places
    objective : {'fit', 'worst-off'}
    level_step : int
    most_each : int

    Notes
    -----
    An exchange gives the person the place of another, who takes the first one's place if possible, else none.
    """
    table = _Table(allocation, pairs, places, objective, level_step)
    found = []
    own = allocation.score[pairs.person]
    wanted = np.flatnonzero((pairs.score > own) & ~table.is_tied[pairs.person])
    wanted = wanted[np.lexsort((pairs.activity[wanted], -pairs.score[wanted], pairs.person[wanted]))]
    listed: dict[int, int] = defaultdict(int)
    for person, activity, score in zip(
        *(values[wanted].tolist() for values in (pairs.person, pairs.activity, pairs.score)), strict=True
    ):
        if listed[person] < most_each:
            listed[person] += 1
            found.append(table.refusal(person, activity, score))
    return _with_losses(found, allocation, pairs, places) if objective == "fit" and allocation.optimal else found


def _with_losses(found: list[Refusal], allocation: Allocation, pairs: Pairs, places: Places) -> list[Refusal]:
    """Add what the total would lose; where that is nothing, somebody who comes first would have a worse place."""
    if not found:
        return found
    network = make_network(pairs, places, len(allocation.activity))
    counts = np.bincount(allocation.activity[allocation.activity >= 0], minlength=network.root)
    bounded = np.where(places.minimum > 1, places.minimum, 0)
    low, high = network.low.copy(), network.high.copy()
    low[: network.root] = np.where(counts > 0, bounded, 0)
    high[: network.root][(bounded > 0) & (counts == 0)] = 0
    network = replace(network, low=low, high=high)
    here = np.where(allocation.activity == NOWHERE, network.root, allocation.activity)
    chosen = np.flatnonzero(network.node == here[network.person])
    wanted, row = np.unique([one.activity for one in found], return_inverse=True)
    worth = network.worth
    away = losses(network, chosen, -worth, wanted)
    told = []
    for one, number in zip(found, row.tolist(), strict=True):
        gain = max(one.score, 1) - int(worth[chosen[one.person]])
        loss = away[number, here[one.person]] - gain
        code: Code = "comes_first" if loss == 0 and one.code == "worse" else one.code
        told.append(replace(one, code=code, loss=int(loss) if np.isfinite(loss) else None))
    return told


class _Table:
    """An allocation, laid out to look up what an exchange would do."""

    def __init__(
        self, allocation: Allocation, pairs: Pairs, places: Places, objective: Objective, level_step: int
    ) -> None:
        n_people = len(allocation.activity)
        self.here: list[int] = allocation.activity.tolist()
        self.own: list[int] = allocation.score.tolist()
        self.is_fit, self.step = objective == "fit", level_step
        self.score = dict(
            zip(
                zip(pairs.person.tolist(), pairs.activity.tolist(), strict=True), pairs.score.tolist(), strict=True
            )
        )
        self.is_tied = np.zeros(n_people, dtype=bool)
        self.is_tied[pairs.person[pairs.forced]] = True
        self.minimum: list[int] = np.where(places.minimum > 1, places.minimum, 0).tolist()
        self.capacity: list[int] = np.where(
            places.minimum > np.minimum(places.capacity, n_people), 0, places.capacity
        ).tolist()
        self.organiser: list[int] = places.organiser.tolist()
        self.most = places.most_per_organiser
        self.people: dict[int, list[int]] = defaultdict(list)
        self.of_organiser: dict[int, list[int]] = defaultdict(list)
        for person, activity in enumerate(self.here):
            if activity != NOWHERE:
                self.people[activity].append(person)
                self.of_organiser[self.organiser[activity]].append(person)

    def refusal(self, person: int, activity: int, score: int) -> Refusal:
        """Say why a person did not get a place."""
        if not self.people[activity] and (self.minimum[activity] or not self.capacity[activity]):
            return Refusal(person, activity, score, "not_enough")
        is_full = len(self.people[activity]) >= self.capacity[activity]
        host = self.organiser[activity]
        own_host = None if self.here[person] == NOWHERE else self.organiser[self.here[person]]
        host_full = self.most is not None and host != own_host and len(self.of_organiser[host]) >= self.most
        if not is_full and not host_full:
            code: Code = "needed" if self._is_short_without(person) else "unproven"
            return Refusal(person, activity, score, code)
        others = self.people[activity] if is_full else self.of_organiser[host]
        movable = [other for other in others if not self.is_tied[other]]
        if not movable:
            return Refusal(person, activity, score, "by_hand", at_organiser=not is_full)
        sides = [self._exchange(person, activity, other) for other in movable]
        possible = [side for side in sides if side is not None]
        if not possible:
            return Refusal(person, activity, score, "needed", at_organiser=not is_full)
        gain, change, other, lowest_falls = max(possible, key=lambda side: (side[0], side[1], -side[2]))
        codes: dict[int, Code] = {-1: "worse", 0: "waits_longer" if other < person else "unproven", 1: "unproven"}
        return Refusal(
            person,
            activity,
            score,
            codes[gain],
            other,
            change,
            at_organiser=not is_full,
            lowest_falls=lowest_falls,
        )

    def _exchange(self, person: int, activity: int, other: int) -> tuple[int, int, int, bool] | None:
        """Return whether an exchange is better (1), the same or worse (-1), what the total changes, with whom.

        Last, whether the worst off of the two is worse off.

        None when it would leave a group with fewer people than it needs.
        """
        own, there = self.here[person], self.here[other]
        if there != activity and self._is_short_without(other):
            return None
        instead = self.score.get((other, own), NOWHERE)
        if instead == NOWHERE and self._is_short_without(person):
            return None
        before = (self.own[person], self.own[other])
        after = (self.score[person, activity], instead)
        old, new = self._value(before), self._value(after)
        return (new > old) - (new < old), _total(after) - _total(before), other, new[0] < old[0]

    def _value(self, scores: tuple[int, int]) -> tuple[int, ...]:
        """Return what the objective looks at; greater is better."""
        worth = sum(0 if score == NOWHERE else max(score, 1) for score in scores)
        if self.is_fit:
            return (worth,)
        return (*sorted(score // self.step for score in scores), worth)

    def _is_short_without(self, person: int) -> bool:
        """Tell whether the group of a person would have too few people without this one."""
        here = self.here[person]
        return here != NOWHERE and len(self.people[here]) <= self.minimum[here]


def _total(scores: tuple[int, int]) -> int:
    return sum(max(score, 0) for score in scores)
