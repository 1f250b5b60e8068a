"""What somebody filled in, as a profile; and problems of a profile, back at the fields they came from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from .. import vocabulary
from ..errors import Problem
from ..model import Profile
from ..model.dossier import ASKED_BY
from ..schedule import DAYS_NL, read_availability
from ..service.desk import HALF_DAYS
from .words import Words

PROFILE_ID = "balie"
PARTS: Mapping[str, tuple[str, str]] = {
    part: (f"{start // 60:02d}:{start % 60:02d}", f"{end // 60:02d}:{end % 60:02d}")
    for part, (start, end) in HALF_DAYS.items()
}
"""The columns of the week."""
WEEK = tuple(f"{day}-{part}" for day in DAYS_NL for part in PARTS)
WORKDAYS, WEEKEND = DAYS_NL[:5], DAYS_NL[5:]
PRESETS: Mapping[str, tuple[str, ...]] = {
    "school": (),
    "workdays": tuple(f"{day}-{part}" for day in WORKDAYS for part in ("morning", "afternoon")),
    "evenings": tuple(f"{day}-evening" for day in DAYS_NL),
    "weekend": tuple(f"{day}-{part}" for day in WEEKEND for part in PARTS),
    "all": WEEK,
    "clear": (),
}
"""Boxes that each button adds; school hours are no parts of a day, so that one writes hours."""
SCHOOL_HOURS = tuple(f"{day} 08:45-{'12:00' if day == 'wo' else '15:15'}" for day in WORKDAYS)

ONE = (
    "wishes",
    "dutch_level",
    "hours",
    "available_from",
    "available_until",
    "postal_code",
    "transport",
    "max_distance_km",
    "max_price_eur",
    "age",
    "obligation",
    "working",
    "studying",
    "hours_done",
    "asked_by",
    "zoek",
    "vraag",
)
"""Fields with one value, in the order of the page; ``vraag`` is the key of the form, by which it counts once."""
MANY = ("interests", "avoid", "week", "group", "needs", "audience", "gekozen")
"""Fields with several values; ``gekozen`` are proposals that were ticked."""
_WISHES = MANY[:-1]
FORM_KEYS = (
    *("interests", "wishes", "avoid", "dutch_level", "group", "availability", "available_from", "available_until"),
    *("home", "transport", "max_distance_km", "max_price_eur", "age", "audience", "needs", "status", "hours_done"),
)
"""Keys of a profile that the form asks for."""
_FIELDS_OF = {
    "availability": ("week", "hours"),
    "home": ("postal_code",),
    "status": ("obligation", "working", "studying"),
}
_YES_NO = {None: "", True: "yes", False: "no"}
_LONG_FIELDS = ("wishes", "hours")
_LONGEST, _SHORT, _MOST_TICKED = 20_000, 200, 500
KEY_MOST = 40
"""A longer key was not made here."""
_FIELD_OF = {"availability": "hours", "home": "postal_code"}
_CHOICES = ("interests", "avoid", "group", "needs", "audience", "dutch_level", "transport", "status")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_NUMBER = re.compile(r"-?[0-9]{1,9}(?:[.,][0-9]{1,6})?")
_UNITS = re.compile(r"€|\b(?:euro|eur|km|uur|u|jaar|hours?|years?)\b", re.IGNORECASE)
_BELGIAN_DATE = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_CLOCK = r"([0-9]{1,2})(?:[:.u]([0-9]{2})?)?\s*(?:uur|u)?"
_HOURS_LINE = re.compile(rf"([a-z]+)\.?\s*:?\s*(?:van\s+)?{_CLOCK}\s*(?:-|–|tot|to)\s*{_CLOCK}")
_DAY_NAMES = {
    name: day
    for day, names in zip(
        DAYS_NL,
        ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
        strict=True,
    )
    for name in (names, day)
}


class Posted(Protocol):
    """A form as it was sent: several values by name."""

    def getlist(self, key: str) -> list[str]:
        """Return the values of a name."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form: one text by name, or the ticked values by name."""

    one: Mapping[str, str]
    many: Mapping[str, tuple[str, ...]]

    def value(self, name: str) -> str:
        """Return the text of a field, empty when nothing was filled in."""
        return self.one.get(name, "")

    def ticked(self, name: str) -> tuple[str, ...]:
        """Return the values that are ticked."""
        return self.many.get(name, ())


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing to mend: the field and the sentence about it."""

    field: str
    text: str


EMPTY = Filled({}, {})


def read_form(posted: Posted) -> Filled:
    """Read what was sent; what is not in a form is left out, and nothing raises.

    Parameters
    ----------
    posted : mapping with ``getlist``
        Such as ``request.form``. Of a text that stands twice, the first counts.

    Notes
    -----
    Control characters go, and lines end as in the browser, which counts a line end as one character.
    """
    one = {}
    for name in ONE:
        values = posted.getlist(name)
        if values:
            most = _LONGEST if name in _LONG_FIELDS else KEY_MOST if name == "vraag" else _SHORT
            one[name] = _clean(values[0], most)
    many = {name: tuple(dict.fromkeys(posted.getlist(name)[:_MOST_TICKED])) for name in MANY}
    many["week"] = tuple(box for box in WEEK if box in many["week"])
    return Filled(one, many)


def _clean(text: str, most: int = _LONGEST) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")[:most]).strip()


def apply_preset(filled: Filled, preset: str) -> Filled:
    """Add a preset to the week, or clear the week.

    Notes
    -----
    As long as only parts of days are asked, boxes are ticked. School hours end in the middle of an afternoon:
    they turn the week into hours, and what follows is added there.

    Examples
    --------
    >>> apply_preset(EMPTY, "evenings").ticked("week")[0]
    'ma-evening'
    >>> apply_preset(EMPTY, "school").value("hours").splitlines()[2]
    'wo 08:45-12:00'
    """
    if preset not in PRESETS:
        return filled
    if preset == "clear":
        return _with_week(filled, boxes=(), hours="")
    boxes, lines = filled.ticked("week"), hours_lines(filled)
    if preset != "school" and not lines:
        added = {*boxes, *PRESETS[preset]}
        return _with_week(filled, boxes=tuple(box for box in WEEK if box in added), hours="")
    lines = lines or _lines_of(boxes)
    lines += SCHOOL_HOURS if preset == "school" else _lines_of(PRESETS[preset])
    return _with_week(filled, boxes=(), hours="\n".join(dict.fromkeys(lines)))


def _with_week(filled: Filled, *, boxes: tuple[str, ...], hours: str) -> Filled:
    return replace(filled, one={**filled.one, "hours": hours}, many={**filled.many, "week": boxes})


def _lines_of(boxes: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        f"{day} {start}-{end}" for day, part in (box.split("-") for box in boxes) for start, end in [PARTS[part]]
    )


def preset_lines(preset: str) -> tuple[str, ...]:
    """Return the hours that a preset stands for, one a line."""
    return SCHOOL_HOURS if preset == "school" else _lines_of(PRESETS[preset])


def hours_lines(filled: Filled) -> tuple[str, ...]:
    """Return the lines of hours that were written, without the blank ones."""
    return tuple(line.strip() for line in filled.value("hours").splitlines() if line.strip())


def profile_data(filled: Filled) -> dict[str, Any]:
    """Turn a form into the object that `matcher.model.read_profile` reads; what is empty is left out.

    Examples
    --------
    >>> profile_data(Filled({"age": "34", "max_distance_km": "2,5", "working": "no"}, {}))
    {'id': 'balie', 'max_distance_km': 2.5, 'age': 34, 'status': {'working': False}}
    """
    data: dict[str, Any] = {
        "id": PROFILE_ID,
        **{name: list(filled.ticked(name)) for name in _WISHES if name != "week"},
        **{name: filled.value(name) for name in ("wishes", "dutch_level", "transport")},
        **{name: _number(filled.value(name)) for name in ("max_distance_km", "max_price_eur", "hours_done")},
        "age": _number(filled.value("age"), whole=True),
        **{name: iso_date(filled.value(name)) for name in ("available_from", "available_until")},
        "availability": [_hours(line) for line in hours_lines(filled)] or list(_lines_of(filled.ticked("week"))),
        "home": _given({"postal_code": postal_code(filled)}),
        "status": _given(
            {
                "obligation": filled.value("obligation"),
                **{name: _yes_no(filled.value(name)) for name in ("working", "studying")},
            }
        ),
    }
    return _given(data)


def fill_form(profile: Profile) -> Filled:
    """Fill in the form as a profile has it: the inverse of `profile_data`.

    Notes
    -----
    Free hours that are whole parts of days become boxes, others lines. The form has no place for coordinates, for
    most hours a week, or for no time at all; `changed_data` keeps what the form does not show.

    Examples
    --------
    >>> from ..model import read_profile
    >>> fill_form(read_profile({"id": "x", "availability": ["ma 08:00-17:30"]})).ticked("week")
    ('ma-morning', 'ma-afternoon')
    """
    numbers = ("max_distance_km", "max_price_eur", "age", "hours_done")
    days, status = ("available_from", "available_until"), profile.status
    boxes, lines = _week_of(profile)
    one = {
        **{name: getattr(profile, name) or "" for name in ("wishes", "dutch_level", "transport")},
        **{name: _written(getattr(profile, name)) for name in numbers},
        **{name: day.isoformat() if (day := getattr(profile, name)) else "" for name in days},
        "hours": "\n".join(lines),
        "postal_code": profile.home.postal_code or "",
        "obligation": status.obligation or "",
        **{name: _YES_NO[getattr(status, name)] for name in ("working", "studying")},
    }
    many = {name: tuple(getattr(profile, name)) for name in _WISHES if name != "week"}
    return Filled({name: _clean(text) for name, text in one.items() if text}, {**many, "week": boxes})


def changed_data(profile: Profile, filled: Filled) -> dict[str, Any]:
    """Return a profile with what was changed in the form, as JSON; all else stays to the last digit."""
    before, kept, new = fill_form(profile), profile.to_json(), profile_data(filled)
    touched = {
        name
        for name in (*ONE, *MANY)
        if filled.value(name) != before.value(name) or set(filled.ticked(name)) != set(before.ticked(name))
    }
    data = dict(kept)
    for key in FORM_KEYS:
        if touched & set(_FIELDS_OF.get(key, (key,))):
            data.pop(key, None)
            data |= {key: new[key]} if key in new else {}
    return data


def _week_of(profile: Profile) -> tuple[tuple[str, ...], list[str]]:
    """Return the boxes that are just the free hours of a profile, or else its hours as lines."""
    week = profile.availability
    if week is None:
        return (), []
    covered = [
        f"{day} {part}"
        for number, day in enumerate(DAYS_NL)
        for part, (start, end) in HALF_DAYS.items()
        if any(low <= start and end <= high for low, high in week.stretches[number])
    ]
    boxes = tuple(box.replace(" ", "-") for box in covered)
    return (boxes, []) if read_availability(_lines_of(boxes)) == week else ((), week.texts())


def _written(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")


def _given(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in ("", [], {})}


def _yes_no(text: str) -> bool | str:
    return {"yes": True, "no": False}.get(text, text)


def postal_code(filled: Filled) -> str:
    """Return the postal code, also of who wrote ``3020 Herent``."""
    text = filled.value("postal_code")
    return text[:4] if re.fullmatch(r"[0-9]{4}(?:\s.*)?", text, re.ASCII) else text


def _number(text: str, *, whole: bool = False) -> float | str:
    plain = _UNITS.sub("", text).strip()
    if not _NUMBER.fullmatch(plain):
        return text
    value = float(plain.replace(",", "."))
    return int(value) if whole and value == int(value) else value


def iso_date(text: str) -> str:
    """Write a date such as ``24/11/2026`` as the model reads it; leave what is not understood."""
    match = _BELGIAN_DATE.fullmatch(text)
    return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" if match else text


def _hours(line: str) -> str:
    """Write a line such as ``maandag 9u tot 12.30`` as the model reads it; leave what is not understood."""
    match = _HOURS_LINE.fullmatch(vocabulary.fold(" ".join(line.split())))
    if not match:
        return line
    day, hour, minute, end_hour, end_minute = match.groups()
    day = _DAY_NAMES.get(day, day[:3] if day.endswith("day") else day)
    return f"{day} {int(hour):02d}:{minute or '00'}-{int(end_hour):02d}:{end_minute or '00'}"


def check_form(filled: Filled, words: Words) -> list[FieldError]:
    """Return what only the form can know: a postal code that is none, dates in the wrong order."""
    errors = []
    if filled.value("postal_code") and not re.fullmatch(r"[0-9]{4}", postal_code(filled), re.ASCII):
        errors.append(FieldError("postal_code", words("error_postal_code")))
    first, last = (_day(filled.value(name)) for name in ("available_from", "available_until"))
    if first and last and last < first:
        errors.append(FieldError("available_until", words("error_date_order")))
    if asked_by(filled) not in ASKED_BY:
        errors.append(FieldError("asked_by", words("error_choice")))
    return errors


def asked_by(filled: Filled) -> str:
    """Return who asks; nobody said so is somebody else."""
    return filled.value("asked_by") or ASKED_BY[-1]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(iso_date(text))
    except ValueError:
        return None


def field_errors(problems: Sequence[Problem], filled: Filled, words: Words) -> list[FieldError]:
    """Turn problems of a profile into sentences at the fields they came from, in the order of the form.

    Parameters
    ----------
    problems : sequence of Problem
        With keys like ``profile.availability[2]``.
    filled : Filled
        What was filled in, for the number of a line.
    words : Words
    """
    found = [_field_error(problem, filled, words) for problem in problems]
    return list(dict.fromkeys(found))


def in_page_order(errors: Sequence[FieldError]) -> list[FieldError]:
    """Return errors in the order of their fields on the page; what belongs to no field comes first."""
    order = (*ONE, *MANY)
    return sorted(errors, key=lambda error: order.index(error.field) if error.field in order else -1)


def _field_error(problem: Problem, filled: Filled, words: Words) -> FieldError:
    match = re.match(r"(?:profile)?\.?(\w*)(?:\[(\d+)\])?(?:\.(\w+))?", problem.key)
    key, index, inner = match.groups() if match else ("", None, None)
    if key in _CHOICES:
        return FieldError(inner or key, words("error_choice"))
    field = _FIELD_OF.get(key, key)
    if problem.code == "register_number":
        return FieldError(field, words("error_register_number"))
    if field == "wishes" and problem.code in ("too_long", "string_too_long"):
        return FieldError(field, words("error_too_long", n=len(filled.value("wishes"))))
    if field == "hours":
        return FieldError(field, words("error_hours", n=_line_number(filled, int(index or 0))))
    name = f"error_{field}"
    return FieldError(field, words(name)) if words.has(name) else FieldError("request", words("error_profile"))


def _line_number(filled: Filled, index: int) -> int:
    """Return on which line of the text area, blank lines counted, the written line stands."""
    written = [n for n, line in enumerate(filled.value("hours").split("\n"), start=1) if line.strip()]
    return written[index] if index < len(written) else index + 1


def summary(filled: Filled, words: Words) -> list[str]:
    """Return the request in a few words, for the line that it folds into on a telephone."""
    tree, column = vocabulary.interests(), f"label_{words.language}"
    wanted = [getattr(tree[one], column) for one in filled.ticked("interests") if one in tree]
    parts = [str(label) for label in wanted[:3]]
    if len(wanted) > 3:
        parts.append(words("request_more", n=len(wanted) - 3))
    if filled.value("dutch_level") in vocabulary.LEVELS:
        level = filled.value("dutch_level")
        parts.append(words("level_pre-A1") + " " + words("aspect_language") if level == "pre-A1" else level)
    boxes = len(filled.ticked("week"))
    if hours_lines(filled):
        parts.append(words("request_hours"))
    elif boxes:
        parts.append(words("request_parts_one") if boxes == 1 else words("request_parts", n=boxes))
    if filled.value("postal_code"):
        parts.append(postal_code(filled))
    if filled.value("transport") in vocabulary.TRANSPORTS:
        parts.append(words(f"transport_{filled.value('transport')}"))
    if filled.value("max_distance_km"):
        parts.append(f"{filled.value('max_distance_km')} km".replace("km km", "km"))
    return parts or [words("request_empty")]
