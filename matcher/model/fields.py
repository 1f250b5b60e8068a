"""Kinds of fields that the objects are built from, and pydantic's findings in the house form."""

from __future__ import annotations

import difflib
import re
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

from ..errors import EARLIEST_YEAR, LATEST_YEAR, Problem, shown
from ..privacy import holds_register_number

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
MAX_PROBLEMS = 25
"""More findings than this about one object are counted, not listed."""
MOST_VALUES = 1000
"""A longer list is a mistake of the sender, not a wish."""

_CONTROL = bytes({*range(0x20), 0x7F} - set(b"\t\n\r"))
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Marks that turn what follows around, also beyond the text; they come along with what is pasted."""
_SHOWN = re.compile(r"[^\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
"""Something that can be seen: a link with only such signs has no name."""

_LIST_MARKS = str.maketrans("|;", ",,")

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


def refuse_personal_number(text: str) -> str:
    """Pass a text on, unless it holds a register number."""
    if holds_register_number(text):
        raise PydanticCustomError("register_number", "must not hold a national register number")
    return text


def _plain_text(value: object) -> object:
    if isinstance(value, str):
        # The first is quicker, and right for most.
        if not value.isprintable():
            value = _not_turning(value)
        value = value.strip()
        if not value or not (value.isprintable() or _SHOWN.search(value)):
            raise PydanticCustomError("empty", "must not be empty")
    return value


def _not_turning(text: str) -> str:
    """Take out the marks that turn a text around, and refuse control characters and halves of characters."""
    try:
        encoded = text.encode()
    except UnicodeEncodeError:
        encoded = _CONTROL
    if len(encoded.translate(None, _CONTROL)) < len(encoded):
        raise PydanticCustomError("control_character", "must be text without control characters")
    # Written in UTF-8 they all begin with this byte.
    if b"\xe2" not in encoded or not any(chr(mark) in text for mark in _TURNING):
        return text
    return text.translate(_TURNING)


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


def public_text(most: int) -> Several:
    """Allow a text that many will read: it holds no register number."""
    return Several(*text(most), AfterValidator(refuse_personal_number))


def entry(most: int) -> Several:
    """Allow a text that stands in a list: what separates the values of a list cell in a file becomes a comma."""
    return Several(*text(most), AfterValidator(lambda value: value.translate(_LIST_MARKS)))


def matching(pattern: str, rule: str) -> Several:
    """Allow a text that matches a pattern as a whole."""
    matches = re.compile(pattern, re.ASCII).fullmatch

    def check(value: object) -> object:
        if isinstance(value, str) and not matches(value):
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
            raise PydanticCustomError("vocabulary", rule, {"choices": choices})
        raise PydanticCustomError("vocabulary", rule)

    return Several(BeforeValidator(check), WithJsonSchema({"type": "string", "enum": list(choices.values())}))


def _unique(value: object) -> object:
    return tuple(dict.fromkeys(value)) if isinstance(value, tuple) else value


def as_tuple(value: object) -> object:
    """Take a list as a tuple, unless it is too long to be meant."""
    if not isinstance(value, (list, tuple)):
        return value
    if len(value) > MOST_VALUES and all(isinstance(one, str) for one in value):
        value = tuple(dict.fromkeys(value))
    if len(value) > MOST_VALUES:
        raise PydanticCustomError("too_many", f"must have at most {MOST_VALUES} values")
    return tuple(value)


UNIQUE = Several(BeforeValidator(as_tuple), AfterValidator(_unique))
"""A list in which a value that stands twice is kept once."""


def read_day(text: str) -> date:
    """Read a date as ``2026-12-01``, within the years that are no mistake.

    Raises
    ------
    ValueError
        If it is written otherwise, or is no day of those years.
    """
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip(), re.ASCII):
        raise ValueError
    day = date.fromisoformat(text.strip())
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValueError
    return day


def _iso_date(value: object) -> object:
    if isinstance(value, date):
        return value
    try:
        return read_day(value if isinstance(value, str) else "")
    except ValueError:
        raise PydanticCustomError("date", "must be a date like 2026-12-01") from None


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
    more = max(0, len(found) - MAX_PROBLEMS) + max(0, len(problems) - MAX_PROBLEMS)
    if more:
        problems = [*problems[:MAX_PROBLEMS], Problem(key=prefix, rule=f"has {more} more problems of this kind")]
    return problems


def _problems(detail: ErrorDetails, known: Mapping[str, object], prefix: str) -> list[Problem]:
    kind, context = detail["type"], detail.get("ctx", {})
    location = detail["loc"]
    path = path_of(location, prefix)
    if "problems" in context:
        inner: list[Problem] = context["problems"]
        return [
            Problem(
                key=(path + one.key).removeprefix("."),
                rule=one.rule,
                value=None if one.value is None else _may_show(location, one.value),
                remedy=one.remedy,
                code=one.code,
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
    return [Problem(key=path, rule=rule, value=value, remedy=_remedy(context, detail["input"]), code=kind)]


def path_of(location: tuple[int | str, ...], prefix: str) -> str:
    """Write a place inside an object as ``profile.availability[2]``."""
    path = prefix
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            name = shown(part)
            path += f".{name}" if path else name
    return path


def _remedy(context: Mapping[str, Any], value: object) -> str:
    """Return the remedy of a finding, or the word of the vocabulary that was probably meant."""
    choices = context.get("choices")
    if choices is None or not isinstance(value, str):
        return str(context.get("remedy", ""))
    near = difflib.get_close_matches(value.strip().lower()[:40], choices, n=1)
    return f"Did you mean {choices[near[0]]}?" if near else ""


def _may_show(location: tuple[int | str, ...], value: object) -> str | None:
    if location and location[0] in FREE_TEXT or isinstance(value, (dict, list, tuple, BaseModel)):
        return None
    return value if isinstance(value, str) else "null" if value is None else str(value)
