"""Kinds of fields that the objects are built from, and pydantic's findings in the house form."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from annotated_types import GroupedMetadata
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from ..errors import Problem, shown

FREE_TEXT = frozenset(
    [
        "title",
        "description",
        "organiser",
        "place",
        "address",
        "municipality",
        "price_note",
        "registration",
        "phone",
        "email",
        "url",
        "signatory",
        "source",
        "source_url",
        "wishes",
    ]
)
"""Keys whose value never stands in a message."""
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
MAX_PROBLEMS = 25
"""More findings than this about one object are counted, not listed."""

_S = r"[\s./\-‐‑‒–—−_,·]{0,3}"
_REGISTER_NUMBER = re.compile(rf"(?<![\d+])(\d\d){_S}(\d\d){_S}(\d\d){_S}(\d\d\d){_S}(\d\d)(?!\d)")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

_EXPECTED = {
    "missing": "is required",
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "dict_type": "must be an object",
    "is_instance_of": "must be text",
}


class Frozen(BaseModel):
    """An object that exists is valid and stays as it is; unknown keys are refused by name."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", arbitrary_types_allowed=True, hide_input_in_errors=True
    )


def without_null(data: Any) -> Any:
    """Leave out the keys of an object that hold null: null is unknown, as a key that is not there."""
    return {key: value for key, value in data.items() if value is not None} if isinstance(data, dict) else data


def holds_register_number(text: str) -> bool:
    """Tell whether a text holds what may be a Belgian national register or BIS number.

    Notes
    -----
    Eleven digits, grouped or not: a possible date (month also + 20 or + 40), a serial number, and 97 minus the
    remainder of the first nine by 97, with a 2 put in front for who was born from 2000 on.

    References
    ----------
    Royal decree of 3 April 1984 on the composition of the national register number, articles 2 to 4, and of
    8 February 1991 on the BIS number.

    Examples
    --------
    >>> holds_register_number("mijn nummer is 85.07.30-033.28"), holds_register_number("bel 0485 07 30 33")
    (True, False)
    """
    digits = "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
        for letter in unicodedata.normalize("NFKC", text)
    )
    return any(_is_register_number("".join(match.groups())) for match in _REGISTER_NUMBER.finditer(digits))


def _is_register_number(number: str) -> bool:
    year, month, day = int(number[:2]), int(number[2:4]), int(number[4:6])
    month -= 40 if month > 40 else 20 if month > 20 else 0
    for century, prefix in ((1900, ""), (2000, "2")):
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        if 97 - int(prefix + number[:9]) % 97 == int(number[9:]):
            return True
    return False


def refuse_personal_number(text: str) -> str:
    """Pass a text on, unless it holds a register number."""
    if holds_register_number(text):
        raise PydanticCustomError("register_number", "must not hold a national register number")
    return text


def _plain_text(value: object) -> object:
    if isinstance(value, str):
        if _CONTROL.search(value):
            raise PydanticCustomError("control_character", "must be text without control characters")
        value = value.strip()
        if not value:
            raise PydanticCustomError("empty", "must not be empty")
    return value


class Several(GroupedMetadata):
    """Several rules for one field under one name."""

    def __init__(self, *rules: Any) -> None:
        self.rules = rules

    def __iter__(self) -> Iterator[Any]:
        """Give the rules in the order in which an annotation would name them."""
        return iter(self.rules)


def text(most: int) -> Several:
    """Allow a text of 1 to ``most`` characters, without outer blanks."""
    return Several(BeforeValidator(_plain_text), Field(max_length=most))


def matching(pattern: str, rule: str) -> Several:
    """Allow a text that matches a pattern as a whole."""

    def check(value: object) -> object:
        if isinstance(value, str) and not re.fullmatch(pattern, value, re.ASCII):
            raise PydanticCustomError("pattern", rule)
        return value

    return Several(BeforeValidator(check), WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"}))


def one_of(words: Iterable[str], *, read: Callable[[str], str | None] | None = None) -> Several:
    """Allow a word of a vocabulary, read in any case."""
    choices = {word.lower(): word for word in words}
    listed = ", ".join(choices.values())
    rule = f"must be one of {listed}" if len(choices) < 30 else "must be an id of the vocabulary of interests"

    def check(value: object) -> str:
        if isinstance(value, str):
            found = choices.get(value.strip().lower()) or (read(value) if read else None)
            if found:
                return found
            near = difflib.get_close_matches(value.strip().lower()[:40], choices, n=1)
            hint = f"Did you mean {choices[near[0]]}?" if near else ""
            raise PydanticCustomError("vocabulary", rule, {"remedy": hint})
        raise PydanticCustomError("vocabulary", rule)

    return Several(BeforeValidator(check), WithJsonSchema({"type": "string", "enum": list(choices.values())}))


def _unique(value: object) -> object:
    return tuple(dict.fromkeys(value)) if isinstance(value, tuple) else value


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


UNIQUE = Several(BeforeValidator(_as_tuple), AfterValidator(_unique))
"""A list in which a value that stands twice is kept once."""


def _iso_date(value: object) -> object:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip(), re.ASCII):
        try:
            day = date.fromisoformat(value.strip())
        except ValueError:
            pass
        else:
            if EARLIEST_YEAR <= day.year <= LATEST_YEAR:
                return day
    raise PydanticCustomError("date", "must be a date like 2026-12-01")


Day = Annotated[
    date,
    BeforeValidator(_iso_date),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-12-01"]}),
]


def whole(least: int, most: int) -> Any:
    """Allow a whole number between two bounds, both included."""
    return Field(ge=least, le=most)


def number(least: float, most: float) -> Any:
    """Allow a finite number between two bounds, both included."""
    return Field(ge=least, le=most, allow_inf_nan=False)


def problems_of(error: ValidationError, *, known: Mapping[str, object], prefix: str = "") -> list[Problem]:
    """Turn pydantic's findings into problems, one for each place, without what must not be shown.

    Parameters
    ----------
    error : ValidationError
    known : mapping
        The keys that exist, for a remedy on an unknown one.
    prefix : str
        What stands before the key, such as ``profile``.
    """
    found = error.errors(include_url=False)
    problems = [problem for detail in found[:MAX_PROBLEMS] for problem in _problems(detail, known, prefix)]
    if len(found) > MAX_PROBLEMS:
        problems.append(Problem(key=prefix, rule=f"has {len(found) - MAX_PROBLEMS} more problems of this kind"))
    return problems


def _problems(detail: ErrorDetails, known: Mapping[str, object], prefix: str) -> list[Problem]:
    kind, context = detail["type"], detail.get("ctx", {})
    location = detail["loc"]
    path = path_of(location, prefix)
    if "problems" in context:
        inner: list[Problem] = context["problems"]
        return [
            Problem(
                key=path + one.key,
                rule=one.rule,
                value=None if one.value is None else _may_show(location, one.value),
                remedy=_safe(one.remedy),
            )
            for one in inner
        ]
    if kind == "extra_forbidden":
        name = str(location[-1])
        near = difflib.get_close_matches(name[:80], known, n=1)
        remedy = f"Did you mean {near[0]}?" if near else "Leave it out."
        return [Problem(key=path, rule="is not a known key", remedy=remedy, code="unknown_key")]
    if kind.startswith("greater_than"):
        rule = f"must be at least {context['ge']:g}"
    elif kind.startswith("less_than"):
        rule = f"must be at most {context['le']:g}"
    elif kind in ("string_too_long", "too_long"):
        rule = f"must have at most {context['max_length']} characters"
    else:
        rule = _EXPECTED.get(kind, detail["msg"])
    value = None if kind in ("missing", "register_number") else _may_show(location, detail["input"])
    return [Problem(key=path, rule=rule, value=value, remedy=_safe(context.get("remedy", "")), code=kind)]


def path_of(location: tuple[int | str, ...], prefix: str) -> str:
    """Write a place inside an object as ``profile.availability[2]``."""
    path = prefix
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            name = "…" if looks_personal(part) else shown(part)
            path += f".{name}" if path else name
    return path


def looks_personal(text: str) -> bool:
    """Tell whether a text holds a register number or an e-mail address."""
    return bool(_EMAIL.search(text)) or holds_register_number(text)


def _safe(remedy: str) -> str:
    """Leave out a remedy that would repeat what must not be shown."""
    return "" if looks_personal(remedy) else remedy


def _may_show(location: tuple[int | str, ...], value: object) -> str | None:
    if location and location[0] in FREE_TEXT or isinstance(value, (dict, list, tuple, BaseModel)):
        return None
    text = value if isinstance(value, str) else "null" if value is None else str(value)
    return None if looks_personal(text) else shown(text)
