"""What a clerk wrote in a form: cells as in a sheet, read into keys of an activity, with how they were read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ...errors import InputError, Problem
from ...model import Activity, read_activity
from ...model.offer import OwnedRecord
from ...privacy import holds_register_number
from ...readers.cells import read_cell
from ...vocabulary import ONLINE, fold, places, town_codes

EDITABLE = (
    *("title", "description", "organiser", "kind", "interests"),
    *("schedule", "start_date", "end_date", "pauses", "attendance"),
    *("place", "address", "postal_code", "municipality", "lat", "lon"),
    *("price_eur", "reduced_price_eur", "fee_eur", "price_note"),
    *("language", "taalicoon", "participants", "interaction", "new_people", "group_min", "group_max"),
    *("age_min", "age_max", "audience", "facilities"),
    *("registration", "phone", "email", "url", "signatory", "capacity", "places_left", "status"),
)
"""Keys that a form may change, in its order; where a record came from is not among them."""
_TICKED = ("interests", "audience", "facilities")
_POINT = ("lat", "lon")
_ON_THE_MAP = ("place", "address", "postal_code")
_TELEPHONE = re.compile(r"(?<![\d+])(?<!\d[ ./-])(?:\+|0)[\d ./()-]{7,18}\d(?!\d)")
_EMAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+")
_URL = re.compile(r"(?:https?://|www\.)[^\s,;]+")
_CODE = re.compile(r"(?<!\d)(?:B-)?([1-9]\d{3})(?!\d)")
_STREET = re.compile(r".*[^\W\d_]{3}.*\s\d{1,4}\s?[a-z]?(?:\s?(?:bus|/)\s?\w+)?", re.IGNORECASE)
_TOWN_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """How a cell was read.

    key : the field
    written : what stood there
    keys : keys of the activity that came out of it; none when it was left out
    """

    key: str
    written: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A record as it was written, and how what somebody wrote was read."""

    activity: Activity
    understood: tuple[Understood, ...] = ()


def kept_activity(record: OwnedRecord) -> Activity:
    """Return a record as its owner keeps it."""
    return read_activity(record.content)


def shown(activity: Activity, key: str) -> str:
    """Return a key of an activity as it stands in a form.

    Examples
    --------
    >>> koor = Activity(id="koor", title="Koor", organiser="koor", kind="culture", price_eur=2.5)
    >>> shown(koor, "price_eur"), shown(koor, "taalicoon"), shown(koor, "interests")
    ('2,5', '', '')
    """
    value = activity.to_json().get(key)
    if isinstance(value, list):
        return "|".join(value)
    if isinstance(value, float) and key not in _POINT:
        return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return "" if value is None else str(value)


def read_fields(
    written: Mapping[str, str], before: Activity, *, today: date
) -> tuple[dict[str, Any], list[Understood]]:
    """Read the fields of a form that say something else than the record.

    Parameters
    ----------
    written : mapping
        Text by key; keys of a list have their values parted by ``|``. A key that is not there stays as it is, an
        empty one becomes unknown.
    before : Activity

    Returns
    -------
    changed : dict
        By key the new value as JSON gives it, None where it is unknown now.
    understood : list of Understood

    Raises
    ------
    InputError
        One problem for each field that cannot be read.
    """
    refuse_register_numbers(written)
    changed: dict[str, Any] = {}
    beside: dict[str, Any] = {}
    understood: list[Understood] = []
    problems: list[Problem] = []
    fields = {key: text.strip() for key, text in written.items() if key in EDITABLE}
    for key, text in fields.items():
        if _same(key, text, shown(before, key)):
            continue
        if not text:
            changed[key] = None
            continue
        try:
            reading = read_cell(key, text, today=today)
        except InputError as error:
            problems += error.problems
            continue
        changed[key] = reading.values.get(key)
        beside |= {other: value for other, value in reading.values.items() if other != key}
        if reading.note:
            understood.append(Understood(key=key, written=text, keys=tuple(reading.values)))
    if problems:
        raise InputError(problems)
    for key, value in beside.items():
        # A field of its own says it best.
        if changed.get(key) is None and (key in changed or shown(before, key) == "" or key not in fields):
            changed[key] = value
    if any(key in changed for key in _ON_THE_MAP) and before.lat is not None and not set(_POINT) & set(changed):
        changed |= dict.fromkeys(_POINT)
        understood.append(
            Understood(key="lat", written=f"{shown(before, 'lat')}, {shown(before, 'lon')}", keys=())
        )
    return changed, understood


def _same(key: str, text: str, before: str) -> bool:
    """Tell whether a field says what the record says; what can be ticked comes in the order of the form."""
    return set(text.split("|")) == set(before.split("|")) if key in _TICKED else text == before


def with_changes(before: Activity, changed: Mapping[str, Any]) -> Activity:
    """Return an activity with other values; what a person filled in is neither assumed nor derived any more.

    Raises
    ------
    InputError
        If the values do not go together.
    """
    content = before.to_json() | dict(changed)
    for key in ("assumed", "derived"):
        content[key] = [one for one in content.get(key, []) if one.partition("=")[0] not in changed]
    return read_activity({key: value for key, value in content.items() if value not in (None, [])})


def read_where(text: str) -> dict[str, Any]:
    """Read where something is and how to reach it, as somebody notes it during a telephone call.

    A name of a town at the end of a place gives its postal code, marked as assumed.

    Examples
    --------
    >>> read_where("Bib Herent, Wilselsesteenweg 15, 3020 Herent, 016 21 14 40")["phone"]
    '016 21 14 40'
    >>> sorted(read_where("Buurthuis Winksele").items())
    [('assumed', ['postal_code']), ('place', 'Buurthuis Winksele'), ('postal_code', '3020')]
    """
    found: dict[str, Any] = {}
    rest = text
    for key, pattern in (("url", _URL), ("email", _EMAIL), ("phone", _TELEPHONE)):
        if match := pattern.search(rest):
            found[key] = match[0].strip()
            rest = f"{rest[: match.start()]},{rest[match.end() :]}"
    loose = []
    for part in (part.strip(" .:-") for part in re.split(r"[,;|\n]+", rest)):
        if not re.search(r"\w", part) or fold(part) in ("tel", "telefoon", "gsm", "mail"):
            continue
        code = _CODE.search(part)
        if code and code[1] in places() and "postal_code" not in found:
            found["postal_code"] = code[1]
            town = part[code.end() :].strip(" -.")
            found["municipality"] = town or places()[code[1]][0]
            part = part[: code.start()].strip(" -.")
        if fold(part) in town_codes() and "municipality" not in found:
            found |= {"municipality": part, "postal_code": town_codes()[fold(part)]}
        elif _STREET.fullmatch(part) and "address" not in found:
            found["address"] = part
        elif part:
            loose.append(part)
    if loose:
        found["place"] = ONLINE if [fold(one) for one in loose] == [ONLINE] else ", ".join(loose)
    if "postal_code" not in found and (code_of_name := _code_in(loose)):
        found |= {"postal_code": code_of_name, "assumed": ["postal_code"]}
    return found


def _code_in(parts: Iterable[str]) -> str | None:
    """Return the postal code of a town whose name ends one of the parts."""
    for part in parts:
        words = fold(part).split()
        for n in range(min(_TOWN_WORDS, len(words) - 1), 0, -1):
            if code := town_codes().get(" ".join(words[-n:])):
                return code
    return None


def refuse_register_numbers(texts: Mapping[str, str]) -> None:
    """Raise an `InputError` when a text holds a national register number, before it is taken apart."""
    problems = [
        Problem(key=key, rule="must not hold a national register number", code="register_number")
        for key, text in texts.items()
        if holds_register_number(text)
    ]
    if problems:
        raise InputError(problems)


def at_field(error: InputError, field: str) -> list[Problem]:
    """Return the problems of an error at the one field of a form that they came from."""
    return [replace(problem, key=field) for problem in error.problems]
