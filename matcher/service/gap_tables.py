"""The tables of a report on gaps: every count of people is told only as far as it tells of none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..explain import Sentence
from ..explain.gaps import BARRIER_WORDS, OTHER_AREAS, half_day_words, levels_words
from ..gaps import Shown, count_cells, merged, told, told_cells, told_parts
from ..model.answer import LIMIT_CODES
from ..model.gaps import SMALLEST_CELL, Barrier, Count, Demand, DemandCell, PeopleGroup, SmallCell, Unknowns
from ..vocabulary import LEVELS, interests, places
from .gap_people import HALF_DAYS, UNKNOWN, People, Supply, branches

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
OTHER = "other"
CELLS_MOST = 200
"""So many of the cells by level and area are listed, those with most people without an activity first."""


def counted(shown: Shown) -> Count:
    """Return what is told of a count as plain values."""
    return {"least": shown.least, "most": shown.most}


class GapTables:
    """Demand against supply.

    Parameters
    ----------
    people : People
    supply : Supply
    met : bool ndarray of shape (n_people, n_branches, n_half_days), what each person finds
    is_short : bool ndarray of shape (n_people,), who cannot reach 40 hours
    """

    def __init__(self, people: People, supply: Supply, met: Bools, is_short: Bools) -> None:
        self.people, self.supply, self.met, self.is_short = people, supply, met, is_short
        self.n_people = len(people.profiles)
        self.level_of, self.levels = _levels(people)
        self.area_of, self.areas = _areas(people)

    def _told(self, mask: Bools, *wholes: tuple[int, Shown]) -> Shown:
        return told(int(mask.sum()), (self.n_people, Shown(self.n_people, self.n_people)), *wholes)

    def unknown(self) -> Unknowns:
        """Count those of whom nothing can be said in a table."""
        no_time = np.array([profile.availability is None for profile in self.people.profiles], dtype=bool)
        return {
            "interests": counted(self._told(np.asarray(~self.people.wants.any(axis=1)))),
            "availability": counted(self._told(no_time)),
        }

    def by_interest(self) -> list[Demand]:
        """Return for each branch who wishes it, and who finds nothing of it at any time."""
        finds: Bools = np.asarray(self.met.any(axis=2))
        return [
            self._demand(
                branch,
                Sentence(interests()[branch].label_nl, interests()[branch].label_en),
                self.people.wants[:, number],
                finds[:, number],
                self.supply.about[:, number],
            )
            for number, branch in enumerate(branches())
        ]

    def by_half_day(self) -> list[Demand]:
        """Return for each half-day who is free, and who finds nothing then, whatever it is about."""
        finds: Bools = np.asarray(self.met.any(axis=1))
        return [
            self._demand(
                half_day,
                half_day_words(half_day),
                self.people.free[:, number],
                finds[:, number],
                self.supply.held[:, number],
            )
            for number, half_day in enumerate(HALF_DAYS)
        ]

    def _demand(self, id_: str, label: Sentence, wish: Bools, finds: Bools, there: Bools) -> Demand:
        people = self._told(wish)
        return {
            "id": id_,
            "label_nl": label.nl,
            "label_en": label.en,
            "people": counted(people),
            "without": counted(told(int((wish & ~finds).sum()), (int(wish.sum()), people))),
            "activities": int((there & self.supply.is_open).sum()),
        }

    def by_interest_and_half_day(self) -> list[DemandCell]:
        """Return the cells with enough people, those with most people without an activity first."""
        wants, free = self.people.wants, self.people.free
        found: list[DemandCell] = []
        for branch, half_day in np.ndindex(wants.shape[1], free.shape[1]):
            both = wants[:, branch] & free[:, half_day]
            if both.sum() < SMALLEST_CELL:
                continue
            rows = (int(wants[:, branch].sum()), self._told(wants[:, branch]))
            columns = (int(free[:, half_day].sum()), self._told(free[:, half_day]))
            people = self._told(both, rows, columns)
            without = told(int((both & ~self.met[:, branch, half_day]).sum()), (int(both.sum()), people))
            there = self.supply.about[:, branch] & self.supply.held[:, half_day] & self.supply.is_open
            found.append(
                {
                    "interest": branches()[branch],
                    "half_day": HALF_DAYS[half_day],
                    "people": counted(people),
                    "without": counted(without),
                    "activities": int(there.sum()),
                }
            )
        return sorted(found, key=lambda one: (-one["without"]["least"], -one["people"]["least"]))

    def cells(self) -> list[SmallCell]:
        """Return the cells by interest, half-day, level and area that may be told."""
        counts = count_cells(
            self.people.wants,
            self.people.free,
            self.met,
            level=self.level_of,
            area=self.area_of,
            n_levels=len(self.levels),
            n_areas=len(self.areas),
        )
        found: list[SmallCell] = []
        for branch, half_day in np.ndindex(*counts.people.shape[2:]):
            cells, without = counts.people[:, :, branch, half_day], counts.without[:, :, branch, half_day]
            may = np.reshape(told_cells(cells.ravel().tolist(), int(cells.sum())), cells.shape)
            for level, area in np.argwhere(may).tolist():
                n = int(cells[level, area])
                found.append(
                    {
                        "interest": branches()[branch],
                        "half_day": HALF_DAYS[half_day],
                        "level": self.levels[level][0],
                        "area": self.areas[area][0],
                        "people": n,
                        "without": counted(told(int(without[level, area]), (n, Shown(n, n)))),
                    }
                )
        return sorted(found, key=lambda one: (-one["without"]["least"], -one["people"]))[:CELLS_MOST]

    def by_level(self) -> list[PeopleGroup]:
        """Return the people of each level, or of neighbours where they are few, and who cannot reach 40 hours."""
        taalicoon, is_open = self.supply.taalicoon, self.supply.is_open
        lowest = [
            min((LEVELS.index(one) for one in id_.split("|") if one in LEVELS), default=-1)
            for id_, _ in self.levels
        ]
        return self._groups(
            self.levels, self.level_of, [int((is_open & (taalicoon - 1 <= low)).sum()) for low in lowest]
        )

    def by_area(self) -> list[PeopleGroup]:
        """Return the people of each postal code, the smaller ones together, and who cannot reach 40 hours."""
        held = Counter(
            code for code, is_open in zip(self.supply.postal_codes, self.supply.is_open, strict=True) if is_open
        )
        named = sum(held[id_] for id_, _ in self.areas)
        rest = sum(held.values()) - named
        return self._groups(
            self.areas, self.area_of, [rest if id_ == OTHER else held[id_] for id_, _ in self.areas]
        )

    def _groups(
        self, groups: Sequence[tuple[str, Sentence]], group_of: Ints, activities: Sequence[int]
    ) -> list[PeopleGroup]:
        sizes = np.bincount(group_of, minlength=len(groups)).tolist()
        short = np.bincount(group_of[self.is_short], minlength=len(groups)).tolist()
        return [
            {
                "id": id_,
                "label_nl": label.nl,
                "label_en": label.en,
                "people": size,
                "short": counted(shown),
                "activities": there,
            }
            for (id_, label), size, shown, there in zip(
                groups, sizes, told_parts(short, sizes), activities, strict=True
            )
        ]


def _levels(people: People) -> tuple[Ints, list[tuple[str, Sentence]]]:
    """Join levels until each group is large enough; return the group of each person, and the groups."""
    of_level = np.array(
        [len(LEVELS) if person.level is None else person.level for person in people.persons], dtype=np.int64
    )
    group = np.array(merged(np.bincount(of_level, minlength=len(LEVELS) + 1).tolist()), dtype=np.int64)
    names = []
    for number in range(group.max() + 1):
        own = [LEVELS[place] for place in np.flatnonzero(group[:-1] == number)]
        unknown = bool(group[-1] == number)
        names.append(("|".join([*own, *([UNKNOWN] if unknown else [])]), levels_words(own, unknown=unknown)))
    return group[of_level], names


def _areas(people: People) -> tuple[Ints, list[tuple[str, Sentence]]]:
    """Keep the postal codes with enough people, the rest together; as many go with the rest as that takes."""
    counts = Counter(people.area)
    kept = [
        code
        for code in sorted(counts, key=lambda code: (-counts[code], code))
        if code != UNKNOWN and counts[code] >= SMALLEST_CELL
    ]
    while kept and 0 < len(people.area) - sum(counts[code] for code in kept) < SMALLEST_CELL:
        kept.pop()
    number = {code: place for place, code in enumerate(kept)}
    names = [(code, Sentence(f"{code} {places()[code][0]}", f"{code} {places()[code][0]}")) for code in kept]
    area_of = np.array([number.get(code, len(kept)) for code in people.area], dtype=np.int64)
    if (area_of == len(kept)).any():
        names.append((OTHER, OTHER_AREAS))
    return area_of, names


def barriers(kept_out: Sequence[Ints]) -> list[Barrier]:
    """Return which limits keep activities from people, when these are enough to be told of."""
    if len(kept_out) < SMALLEST_CELL:
        return []
    mean = np.mean(kept_out, axis=0)
    alone = {code: float(mean[LIMIT_CODES.index(code)]) for code in BARRIER_WORDS}
    return [
        {
            "code": code,
            "label_nl": BARRIER_WORDS[code].nl,
            "label_en": BARRIER_WORDS[code].en,
            "activities": round(each, 1),
        }
        for code, each in sorted(alone.items(), key=lambda one: -one[1])
        if round(each, 1) > 0
    ]
