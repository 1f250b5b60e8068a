"""What an import did, for the person who asked for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

MOST_LISTED = 20
"""So many changed activities are named; of the others the number is told."""
STALE_DAYS = 365


@dataclass(slots=True, kw_only=True)
class Report:
    """Counts and ids of one import.

    Parameters
    ----------
    offer : Path
    n_sources : int
    written : bool
        False when no source could be read: the offer stays as it was.
    n_activities, n_records, n_unchanged, n_stale, n_local : int
        Activities in the offer, records they were made of, activities without a change, those last verified over a
        year ago, those with values that persons filled in.
    new, gone, back, joined, removed : list of str
        Ids: appeared, disappeared at their source, came back, became part of another, deleted by a person.
    changed : dict
        For each id the keys with another value.
    doubtful : int
        Pairs that a person is to decide.
    errors, warnings : int
        Problems told.
    """

    offer: Path
    n_sources: int
    written: bool = True
    n_activities: int = 0
    n_records: int = 0
    n_unchanged: int = 0
    n_stale: int = 0
    n_local: int = 0
    new: list[str] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    doubtful: int = 0
    errors: int = 0
    warnings: int = 0

    @property
    def nothing_changed(self) -> bool:
        """True when the offer says what it said."""
        return not (self.new or self.changed or self.gone or self.back or self.joined)

    def lines(self) -> Iterator[str]:
        """Write the report in plain English."""
        if not self.written:
            yield f"{self.offer}: not written, as nothing could be taken from the sources. It stays as it was."
            return
        yield (
            f"{self.offer}: {_several(self.n_activities, 'activity', 'activities')} from "
            f"{_several(self.n_records, 'record')} of {_several(self.n_sources, 'source')} and of earlier imports."
        )
        if self.nothing_changed:
            yield "Nothing changed."
        else:
            yield (
                f"{len(self.new)} new, {len(self.changed)} changed, {self.n_unchanged} unchanged, "
                f"{len(self.gone)} gone, {len(self.back)} back, {len(self.joined)} now part of another."
            )
            yield from self._details()
        if self.n_local:
            yield f"{_several(self.n_local, 'activity keeps', 'activities keep')} values that persons filled in."
        if self.doubtful:
            yield (
                f"{_several(self.doubtful, 'pair')} may be one activity: write same or different in "
                f"{self.offer.stem}.doubtful.csv, and import again."
            )
        if self.n_stale:
            yield f"{_several(self.n_stale, 'activity was', 'activities were')} last verified over a year ago."
        if self.errors or self.warnings:
            yield f"{_several(self.errors, 'error')}, {_several(self.warnings, 'warning')}."

    def _details(self) -> Iterator[str]:
        keys = Counter(key for changed in self.changed.values() for key in changed)
        if keys:
            yield "Changed: " + ", ".join(f"{key} {n}" for key, n in sorted(keys.items(), key=_most_first)) + "."
        for identifier, changed in list(self.changed.items())[:MOST_LISTED]:
            yield f"  changed {identifier}: {', '.join(changed)}"
        for word in ("new", "gone", "back", "joined"):
            # The first import would name everything.
            if word != "new" or len(self.new) < self.n_activities:
                for identifier in getattr(self, word)[:MOST_LISTED]:
                    yield f"  {'part of another' if word == 'joined' else word} {identifier}"
        n_more = sum(
            max(0, len(named) - MOST_LISTED) for named in (self.changed, self.gone, self.back, self.joined)
        )
        if n_more:
            yield f"  … and {n_more} more"


def _several(n: int, one: str, several: str = "") -> str:
    return f"{n:,} {one if n == 1 else several or one + 's'}"


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]
