"""One record of several that tell of the same activity: field by field, with where each field came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from ..model import Activity
from ..schedule import parse_schedule
from .traits import packed, times_of

OFFER = "offer"
"""Source of the rows that persons wrote into the offer itself."""
_RANKS = {OFFER: 0, "csv": 1, "xlsx": 1, "uitdatabank": 2, "schema.org": 3, "ical": 4}
"""A municipality's own sheet knows best, a calendar least; the word before the colon of a source."""
_GROUPS = (
    ("schedule", "start_date", "end_date", "pauses", "attendance"),
    ("place", "address", "postal_code", "municipality", "lat", "lon"),
    ("price_eur", "reduced_price_eur", "fee_eur", "price_note"),
    ("group_min", "group_max"),
    ("age_min", "age_max"),
    ("source", "source_url"),
)
"""Facts that belong together: a second source adds to a group only when it contradicts nothing that is there."""
_APART = frozenset({"id", "facilities", "last_verified", "assumed", "derived"})
_SINGLE = tuple(
    (key,)
    for key in Activity.model_fields
    if key not in _APART and not any(key in together for together in _GROUPS)
)
_PLAIN = frozenset(
    [
        "schedule",
        "start_date",
        "end_date",
        "postal_code",
        "price_eur",
        "group_min",
        "group_max",
        "age_min",
        "age_max",
    ]
    + ["taalicoon", "language", "status", "source"]
)
"""Fields of which two values contradict one another; other fields may be told in other words."""
GIVEN, DERIVED, ASSUMED = range(3)


class Told(NamedTuple):
    """What one source tells: its key, and the fields of the record as plain JSON values."""

    source: str
    fields: Mapping[str, Any]


class Clash(NamedTuple):
    """Two sources contradict one another on a field; positions of the one followed and the other."""

    key: str
    followed: int
    other: int


@dataclass(frozen=True, slots=True)
class Joined:
    """One record of several.

    Parameters
    ----------
    fields : dict
        Without an id.
    origin : dict
        For each field the position of the record that it came from.
    clashes : list of Clash
    """

    fields: dict[str, Any]
    origin: dict[str, int]
    clashes: list[Clash]


def precedence(source: str, identifier: str, verified: str) -> tuple[int, int, str, str]:
    """Return what to sort records by, the one that knows best first: kind of source, then freshest.

    Parameters
    ----------
    source, identifier : str
    verified : str
        ISO date, or empty when unknown.

    Examples
    --------
    >>> precedence("csv:a.csv", "a", "") < precedence("uitdatabank", "b", "2026-11-01")
    True
    """
    age = -int(verified.replace("-", "")) if verified else 0
    return _RANKS.get(source.partition(":")[0], len(_RANKS)), age, source, identifier


def join(records: Sequence[Told]) -> Joined:
    """Make one record of several that are the same activity.

    Parameters
    ----------
    records : sequence of Told
        In any order.

    Notes
    -----
    What is known beats what is not, what a source gave beats what was derived or assumed, then `precedence`.
    Facilities are added up, each by itself; the activity was verified when the freshest record was.

    Examples
    --------
    >>> found = join([Told("ical:k.ics", {"id": "1", "title": "Koor", "price_eur": 5.0, "place": "Kerk"}),
    ...               Told("csv:a.csv", {"id": "2", "title": "Het koor", "price_eur": 4.0})])
    >>> found.fields
    {'title': 'Het koor', 'place': 'Kerk', 'price_eur': 4.0}
    >>> found.clashes
    [Clash(key='price_eur', followed=1, other=0)]
    """
    if len(records) == 1:
        alone = {key: value for key, value in records[0].fields.items() if key != "id"}
        return Joined(alone, dict.fromkeys(alone, 0), [])
    ranked = sorted(range(len(records)), key=lambda number: _precedence(records[number]))
    fields: dict[str, Any] = {}
    origin: dict[str, int] = {}
    clashes: list[Clash] = []
    for together in (*_SINGLE, *_GROUPS):
        for key, number in _chosen(together, records, ranked, clashes):
            fields[key], origin[key] = records[number].fields[key], number
    facilities = _facilities(records, ranked)
    if facilities:
        fields["facilities"], origin["facilities"] = list(facilities), next(iter(facilities.values()))
    verified = [number for number in ranked if "last_verified" in records[number].fields]
    if verified:
        freshest = max(verified, key=lambda number: str(records[number].fields["last_verified"]))
        fields["last_verified"], origin["last_verified"] = records[freshest].fields["last_verified"], freshest
    fields |= _marks(records, origin)
    return Joined({key: fields[key] for key in Activity.model_fields if key in fields}, origin, clashes)


def mark(fields: Mapping[str, Any], key: str) -> int:
    """Tell whether a source gave a field, or it was derived or assumed; lower is better."""
    assumed = fields.get("assumed", ())
    if key in assumed or "all" in assumed:
        return ASSUMED
    return DERIVED if any(entry.startswith(f"{key}=") for entry in fields.get("derived", ())) else GIVEN


def _precedence(told: Told) -> tuple[int, int, str, str]:
    return precedence(told.source, str(told.fields["id"]), told.fields.get("last_verified", ""))


def _chosen(
    together: Sequence[str], records: Sequence[Told], ranked: list[int], clashes: list[Clash]
) -> Iterator[tuple[str, int]]:
    """Choose for each field of a group the record to take it from; clashes are added to the list."""
    taken: dict[str, int] = {}

    def best_mark(number: int) -> int:
        fields = records[number].fields
        return min((mark(fields, key) for key in together if key in fields), default=ASSUMED)

    for number in sorted(ranked, key=best_mark):
        fields = records[number].fields
        both = {
            key: (records[taken[key]].fields[key], fields[key])
            for key in together
            if key in _PLAIN and key in fields and key in taken
        }
        differing = [key for key, (one, other) in both.items() if not _same(key, one, other)]
        if all(_agree(key, *both[key]) for key in differing):
            new = [key for key in together if key in fields and key not in taken]
            # A latitude of one and a longitude of the other would be a third place.
            taken |= {key: number for key in new if key != "lon" or taken.get("lat") == number or "lat" in new}
        for key in differing:
            given = all(mark(records[one].fields, key) == GIVEN for one in (number, taken[key]))
            if given and key != "source":
                clashes.append(Clash(key, taken[key], number))
    yield from taken.items()


def _same(key: str, one: Any, other: Any) -> bool:
    """Tell whether two sources say the same; a rule and the dates that it gives do."""
    return bool(one == other or (key == "schedule" and _times(one) == _times(other)))


def _agree(key: str, one: Any, other: Any) -> bool:
    """Tell whether two different values can be of one calendar: hours that only end otherwise can."""
    return key == "schedule" and _times(one)[:2] == _times(other)[:2]


@lru_cache(maxsize=10_000)
def _times(schedule: str) -> tuple[object, object, object]:
    times = times_of(packed(parse_schedule(schedule)))
    return times.slots, times.monthly, times.exact


def _facilities(records: Sequence[Told], ranked: list[int]) -> dict[str, int]:
    """Return what is known of each facility, from the first record that knows it."""
    found: dict[str, tuple[str, int]] = {}
    for number in ranked:
        for facility in records[number].fields.get("facilities", ()):
            found.setdefault(facility.removeprefix("-"), (facility, number))
    return dict(found.values())


def _marks(records: Sequence[Told], origin: Mapping[str, int]) -> dict[str, list[str]]:
    """Return which of the fields are assumed or derived, by what was said of them where they came from."""
    if all("all" in told.fields.get("assumed", ()) for told in records):
        return {"assumed": ["all"]}
    assumed = [key for key, number in origin.items() if mark(records[number].fields, key) == ASSUMED]
    derived = [
        entry
        for key, number in origin.items()
        for entry in records[number].fields.get("derived", ())
        if entry.startswith(f"{key}=")
    ]
    return {key: sorted(values) for key, values in (("assumed", assumed), ("derived", derived)) if values}
