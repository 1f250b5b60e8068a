"""One document of an event, and the words for what is taken from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, TypedDict

import msgspec

from .notes import Notes
from .remembered import value_of
from .texts import LANGUAGE

Values = dict[str, Any]
"""Keys of an activity and what the document says of them."""

_SHAPES: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("name", "description", "location"), (str, dict)),
    **dict.fromkeys(("bookingInfo", "contactPoint"), (dict, list)),
    **dict.fromkeys(
        (
            "@id",
            "id",
            "mainLanguage",
            "workflowStatus",
            "created",
            "modified",
            "calendarType",
            "startDate",
            "endDate",
            "attendanceMode",
            "onlineUrl",
            "typicalAgeRange",
        ),
        (str,),
    ),
    **dict.fromkeys(
        (
            "terms",
            "subEvent",
            "timeSpans",
            "openingHours",
            "openingHoursClosedDays",
            "openingHoursAdjustedDays",
            "priceInfo",
            "labels",
            "hiddenLabels",
        ),
        (list,),
    ),
    **dict.fromkeys(
        (
            "type",
            "theme",
            "calendar",
            "status",
            "bookingAvailability",
            "birthdateRange",
            "audience",
            "organizer",
        ),
        (dict,),
    ),
    "childrenOnly": (bool,),
}
"""The fields that are read, and what they must be; a field of another shape is unknown."""
_LATER = frozenset({"bookingInfo", "contactPoint", "location", "openingHours", "organizer", "priceInfo"})
"""Parts that come back in other documents."""
_OPENING: Mapping[bytes, type] = {b"{": dict, b"[": list, b'"': str}
_SHORT = 8
MEMBERS = "member"
"""The key of a page under which its documents stand."""
_DECODER = msgspec.json.Decoder(
    TypedDict(  # type: ignore[operator]
        "_Document",
        {key: msgspec.Raw if key in _LATER else Any for key in (*_SHAPES, "@type", "@context", MEMBERS)},
        total=False,
    )
)
_SHAPE_NAMES: Mapping[type, str] = {str: "a text", dict: "an object", list: "a list", bool: "true or false"}


class Event(NamedTuple):
    """A document whose fields have the shape that they must have.

    Parameters
    ----------
    fields : dict
        Those that are read and are not empty; some are still the text of the file, in bytes, for `value_of`.
    language : str
        The main language of the texts.
    """

    fields: dict[str, Any]
    language: str
    notes: Notes
    today: date


def event_of(document: dict[str, Any], notes: Notes, today: date) -> Event:
    """Take a document, without the fields whose shape is wrong: those are noted."""
    fields: dict[str, Any] = {}
    for (key, shapes), value in zip(_SHAPES.items(), map(document.get, _SHAPES), strict=True):
        if not value:
            continue
        if type(value) is bytes:
            if _is_told(value, shapes):
                fields[key] = value
                continue
            value = value_of(value)
            if not value:
                continue
        if type(value) in shapes:
            fields[key] = value
        else:
            rule = f"must be {' or '.join(_SHAPE_NAMES[shape] for shape in shapes)}"
            notes.warning(f"/{key}", rule, remedy="It is left out.", code="shape")
    return Event(fields, fields.get("mainLanguage", LANGUAGE), notes, today)


def document_of(line: bytes) -> dict[str, Any] | None:
    """Return the fields of a document that are read, or None when it must be looked at as a whole.

    What comes back word for word in other documents is left as it stands in the file, in bytes: to read all of a
    document takes twice as long.
    """
    try:
        found: dict[str, Any] = _DECODER.decode(line)
        line.decode()  # What is not read was not looked at letter by letter.
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if "name" not in found or MEMBERS in found:
        return None
    for key in _LATER & found.keys():
        found[key] = bytes(found[key])
    return found


def _is_told(text: bytes, shapes: tuple[type, ...]) -> bool:
    """Tell whether a part has one of some shapes and is not empty; of a short text only the value tells."""
    return len(text) > _SHORT and _OPENING.get(text[:1]) in shapes


def objects(value: Any) -> list[tuple[int, dict[str, Any]]]:
    """Return the objects of a list with their numbers."""
    if not isinstance(value, list):
        return []
    return [(index, one) for index, one in enumerate(value) if isinstance(one, dict)]


def texts(value: Any) -> list[str]:
    """Return the texts of a list that are not blank; a text stands for a list of one."""
    if not value:
        return []
    values = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return [text for one in values if isinstance(one, str) and (text := one.strip())]


def type_of(value: Any) -> str | None:
    """Return the ``type`` of a status or an availability."""
    found = value.get("type") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def number_of(value: Any, *, most: float) -> float | None:
    """Return a number from 0 to ``most``, also one that was written as a text.

    Examples
    --------
    >>> number_of("7,50", most=100), number_of(-1, most=100), number_of(True, most=100)
    (7.5, None, None)
    """
    if isinstance(value, str) and re.fullmatch(r"\d{1,7}([.,]\d{1,4})?", value.strip(), re.ASCII):
        value = float(value.strip().replace(",", "."))
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if 0 <= value <= most else None


def whole_of(value: Any, *, most: int) -> int | None:
    """Return a whole number from 0 to ``most``."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most else None


def add(values: Values, more: Values) -> None:
    """Put what one part of a document says beside what the others say; texts and lists are joined."""
    if values.keys().isdisjoint(more):
        values.update(more)
        return
    for key, value in more.items():
        if value is None or (isinstance(value, list) and not value):
            continue
        known = values.get(key)
        if known is None:
            values[key] = value
        elif isinstance(value, list):
            values[key] = [*known, *value]
        elif isinstance(value, str) and value != known:
            values[key] = f"{known} {value}"
