"""A profile: what is known of one inburgeraar, as little as possible."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    InstanceOf,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from .. import vocabulary as words
from ..errors import InputError, Problem
from ..schedule import Availability, read_availability
from .fields import (
    UNIQUE,
    Day,
    Frozen,
    as_tuple,
    matching,
    number,
    one_of,
    problems_of,
    refuse_personal_number,
    text,
    whole,
    without_null,
)

PROFILE_ID = r"[A-Za-z0-9._-]{1,64}"
HOURS_OF_TRACK = 40.0


def _level(value: object) -> object:
    # A school writes 1.2 without quotes; a file then holds a number.
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 100:
        return f"{value:g}"
    return value


def _week(value: object) -> object:
    value = as_tuple(value)
    if not isinstance(value, tuple):
        return value
    problems = [
        Problem(key=f"[{index}]", rule="must be text like 'ma 09:00-12:00'")
        for index, entry in enumerate(value)
        if not isinstance(entry, str)
    ]
    try:
        if not problems:
            return read_availability(value)
    except InputError as error:
        problems = list(error.problems)
    raise PydanticCustomError("availability", "is unreadable", {"problems": problems})


def _is_week(value: object) -> object:
    if not isinstance(value, Availability):
        raise PydanticCustomError("list_type", "must be a list")
    return value


Week = Annotated[
    InstanceOf[Availability],
    BeforeValidator(_is_week),
    BeforeValidator(_week),
    WithJsonSchema({"type": "array", "items": {"type": "string", "examples": ["ma 09:00-12:00"]}}),
]


Level = Annotated[
    str,
    one_of(words.LEVELS, read=words.read_level),
    BeforeValidator(_level),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string"}, {"type": "number"}],
            "description": "pre-A1, A1 to C2 in any case; also 0, A0, geen, alfa and the modules 1.1 to 4.2",
            "examples": list(words.LEVELS),
        }
    ),
]


class Home(Frozen):
    """Where a person lives, no more precise than a postal code if that will do."""

    postal_code: Annotated[str, text(20), AfterValidator(refuse_personal_number)] | None = None
    lat: Annotated[float, number(-90, 90)] | None = None
    lon: Annotated[float, number(-180, 180)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _null_is_unknown(cls, data: Any) -> Any:
        return without_null(data)

    @model_validator(mode="after")
    def _both_or_none(self) -> Home:
        if (self.lat is None) != (self.lon is None):
            missing = "lat" if self.lat is None else "lon"
            problem = Problem(key=f".{missing}", rule="is required when the other coordinate is given")
            raise PydanticCustomError("disagreement", "the keys disagree", {"problems": [problem]})
        return self


class Status(Frozen):
    """What decides whether the track must be followed."""

    obligation: Annotated[str, one_of(words.OBLIGATIONS)] | None = None
    working: bool | None = None
    studying: bool | None = None

    @model_validator(mode="before")
    @classmethod
    def _null_is_unknown(cls, data: Any) -> Any:
        return without_null(data)


class Profile(Frozen):
    """One person's wishes and possibilities. None is unknown; an empty list is no wish, or no time at all."""

    id: Annotated[
        str,
        matching(PROFILE_ID, "must have 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-'"),
        AfterValidator(refuse_personal_number),
    ]
    interests: Annotated[tuple[Annotated[str, one_of(words.interests())], ...], UNIQUE] = ()
    wishes: Annotated[str, text(2_000), AfterValidator(refuse_personal_number)] | None = None
    avoid: Annotated[tuple[Annotated[str, one_of(words.interests())], ...], UNIQUE] = ()
    dutch_level: Level | None = None
    group: Annotated[tuple[Annotated[str, one_of(words.GROUP_WISHES)], ...], UNIQUE] = ()
    availability: Week | None = None
    available_from: Day | None = None
    available_until: Day | None = None
    max_hours_per_week: Annotated[float, number(0, 168)] | None = None
    home: Home = Home()
    transport: Annotated[str, one_of(words.TRANSPORTS)] | None = None
    max_distance_km: Annotated[float, number(0, 21_000)] | None = None
    max_price_eur: Annotated[float, number(0, 100_000)] | None = None
    age: Annotated[int, whole(0, 130)] | None = None
    audience: Annotated[tuple[Annotated[str, one_of(words.AUDIENCES)], ...], UNIQUE] = ()
    needs: Annotated[tuple[Annotated[str, one_of(words.NEEDS)], ...], UNIQUE] = ()
    status: Status = Status()
    hours_done: Annotated[float, number(0, 100_000)] | None = None
    waiting_since: Day | None = None

    @model_validator(mode="before")
    @classmethod
    def _null_and_blank_are_unknown(cls, data: Any) -> Any:
        data = without_null(data)
        if isinstance(data, dict) and isinstance(data.get("wishes"), str) and not data["wishes"].strip():
            return {key: value for key, value in data.items() if key != "wishes"}
        return data

    @property
    def hours_to_go(self) -> float:
        """Hours that are left of the track, at least 0."""
        return max(0.0, HOURS_OF_TRACK - (self.hours_done or 0.0))

    @property
    def group_sizes(self) -> tuple[str, ...]:
        """Group sizes that are preferred above others; none when any will do."""
        return () if "any" in self.group else self.group

    def to_json(self) -> dict[str, Any]:
        """Return the object that `read_profile` reads; what is unknown is left out."""
        data = self.model_dump(mode="json", exclude={"availability"}, exclude_none=True)
        if self.availability is not None:
            data["availability"] = self.availability.texts()
        return {
            key: data[key]
            for key in type(self).model_fields
            if key in data and (data[key] not in ([], {}) or key == "availability")
        }


def read_profile(data: object, *, prefix: str = "profile") -> Profile:
    """Make a profile of an object as JSON gives it.

    Raises
    ------
    InputError
        One problem for each key that is wrong, such as ``profile.availability[2]``.

    Examples
    --------
    >>> read_profile({"id": "p-1", "dutch_level": 1.2}).dutch_level
    'A2'
    """
    try:
        return Profile.model_validate(data)
    except ValidationError as error:
        raise InputError(problems_of(error, known=Profile.model_fields, prefix=prefix)) from None
