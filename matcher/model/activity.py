"""An activity: one row of the offer, or an own proposal that is still incomplete."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, InstanceOf, ValidationError, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from .. import vocabulary as words
from ..errors import InputError, Problem
from ..schedule import Pause, Schedule, check_overlap, parse_pause, parse_schedule
from .fields import (
    UNIQUE,
    Day,
    Frozen,
    entry,
    matching,
    number,
    one_of,
    problems_of,
    public_text,
    text,
    whole,
    without_null,
)
from .quick import Quick

ACTIVITY_ID = r"[a-z0-9-]{1,80}"


def _reading(read: Any) -> Any:
    """Turn a reader of text into a validator that keeps the reader's own words."""

    def check(value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return read(value)
        except InputError as error:
            problem = error.problems[0]
            raise PydanticCustomError("text", problem.rule, {"remedy": problem.remedy}) from None

    return BeforeValidator(check)


def _text_like(example: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "examples": [example]})


def _yes_no(value: object) -> object:
    answer = {"yes": True, "no": False}.get(value.strip().lower()) if isinstance(value, str) else value
    if not isinstance(answer, bool):
        raise PydanticCustomError("yes_no", "must be yes or no")
    return answer


def _language(value: object) -> object:
    return value.strip().replace("_", "-") if isinstance(value, str) else value


def _taalicoon(value: object) -> object:
    number = words.read_taalicoon(value) if isinstance(value, str) else value
    if isinstance(number, bool) or number not in (1, 2, 3, 4):
        raise PydanticCustomError("taalicoon", "must be 1, 2, 3 or 4")
    return number


Language = Annotated[
    str,
    matching(
        r"(?i:nl(-[a-z0-9]{1,8})*\+|[a-z]{2,8}(-[a-z0-9]{1,8})*)",
        "must be a language tag like nl or fr, or nl+ for Dutch beside another",
    ),
    BeforeValidator(_language),
]


class Proposal(Frozen):
    """What may be known of an activity; only the title is required. None is unknown, an empty list too."""

    id: Annotated[str, matching(ACTIVITY_ID, "must have 1 to 80 of a-z, 0-9 and -")] | None = None
    title: Annotated[str, public_text(300)]
    description: Annotated[str, public_text(20_000)] | None = None
    organiser: Annotated[str, public_text(300)] | None = None
    kind: Annotated[str, one_of(words.KINDS)] | None = None
    interests: Annotated[tuple[Annotated[str, one_of(words.interests())], ...], UNIQUE] = ()
    language: Language | None = None
    taalicoon: Annotated[int, BeforeValidator(_taalicoon), WithJsonSchema({"enum": [1, 2, 3, 4]})] | None = None
    interaction: Annotated[str, one_of(words.INTERACTIONS)] | None = None
    participants: Annotated[str, one_of(words.PARTICIPANTS)] | None = None
    group_min: Annotated[int, whole(1, 100_000)] | None = None
    group_max: Annotated[int, whole(1, 100_000)] | None = None
    new_people: Annotated[bool, BeforeValidator(_yes_no), WithJsonSchema({"enum": ["yes", "no"]})] | None = None
    schedule: (
        Annotated[InstanceOf[Schedule], _reading(parse_schedule), _text_like("di 19:00-21:00; 1e do 09:30-12:00")]
        | None
    ) = None
    start_date: Day | None = None
    end_date: Day | None = None
    pauses: Annotated[
        tuple[Annotated[InstanceOf[Pause], _reading(parse_pause), _text_like("12-21..01-03")], ...], UNIQUE
    ] = ()
    attendance: Annotated[str, one_of(words.ATTENDANCES)] | None = None
    place: Annotated[str, public_text(300)] | None = None
    address: Annotated[str, public_text(300)] | None = None
    postal_code: Annotated[str, text(20)] | None = None
    municipality: Annotated[str, text(200)] | None = None
    lat: Annotated[float, number(-90, 90)] | None = None
    lon: Annotated[float, number(-180, 180)] | None = None
    price_eur: Annotated[float, number(0, 100_000)] | None = None
    reduced_price_eur: Annotated[float, number(0, 100_000)] | None = None
    fee_eur: Annotated[float, number(0, 100_000)] | None = None
    price_note: Annotated[str, public_text(2_000)] | None = None
    capacity: Annotated[int, whole(0, 1_000_000)] | None = None
    places_left: Annotated[int, whole(0, 1_000_000)] | None = None
    age_min: Annotated[int, whole(0, 130)] | None = None
    age_max: Annotated[int, whole(0, 130)] | None = None
    audience: Annotated[tuple[Annotated[str, one_of(words.AUDIENCES)], ...], UNIQUE] = ()
    facilities: Annotated[tuple[Annotated[str, one_of(words.FACILITIES)], ...], UNIQUE] = ()
    registration: Annotated[str, public_text(2_000)] | None = None
    phone: Annotated[str, text(200)] | None = None
    email: Annotated[str, text(320)] | None = None
    url: Annotated[str, text(2_000)] | None = None
    signatory: Annotated[str, public_text(200)] | None = None
    status: Annotated[str, one_of(words.STATUSES)] | None = None
    source: Annotated[str, text(300)] | None = None
    source_url: Annotated[str, text(2_000)] | None = None
    last_verified: Day | None = None
    assumed: Annotated[tuple[Annotated[str, entry(80)], ...], UNIQUE] = ()
    derived: Annotated[tuple[Annotated[str, entry(500)], ...], UNIQUE] = ()

    @model_validator(mode="before")
    @classmethod
    def _null_is_unknown(cls, data: Any) -> Any:
        return without_null(data)

    @model_validator(mode="after")
    def _fields_agree(self) -> Proposal:
        self._must_agree()
        return self

    def _must_agree(self) -> None:
        values = self.__dict__
        for low, high in (("group_min", "group_max"), ("age_min", "age_max"), ("start_date", "end_date")):
            least, most = values[low], values[high]
            if least is not None and most is not None and least > most:
                raise _disagreement(high, f"must not be below {low}", str(most))
        if (values["lat"] is None) != (values["lon"] is None):
            raise _disagreement("lat", "must come together with lon", None)
        facilities = values["facilities"]
        for facility in facilities:
            if f"-{facility}" in facilities:
                raise _disagreement("facilities", "must not hold a facility with and without a minus", facility)
        schedule = values["schedule"]
        if schedule:
            try:
                check_overlap(schedule, start_date=self.start_date, end_date=self.end_date, pauses=self.pauses)
            except InputError as error:
                problem = error.problems[0]
                raise _disagreement("schedule", problem.rule, problem.value, problem.remedy) from None

    @property
    def given_interests(self) -> tuple[str, ...]:
        """Interests that the source gave, not those that the program derived."""
        return () if any(entry.startswith("interests=") for entry in self.derived) else self.interests

    @property
    def dutch(self) -> str | None:
        """``yes`` when Dutch is the working language, ``beside`` another, ``no``, or None when unknown."""
        if self.language is None:
            return None
        tag = self.language.lower()
        if tag.split("-")[0].rstrip("+") != "nl":
            return "no"
        return "beside" if tag.endswith("+") else "yes"

    @property
    def is_online(self) -> bool:
        """True for an activity without a place on the map."""
        return self.place is not None and self.place.lower() == words.ONLINE

    @property
    def drop_in(self) -> bool:
        """True when being there part of the session counts."""
        return self.attendance == "drop_in"

    @property
    def is_demonstration(self) -> bool:
        """True when the record is made up."""
        return self.source == "example" or "all" in self.assumed

    def known(self) -> dict[str, Any]:
        """Return what is known as `to_json` does, with days, lists and schedules still as they are."""
        # What is true needs no second look: a schedule is long in telling that it is no empty list.
        found = {
            key: value for key, value in self.__dict__.items() if value or (value is not None and value != ())
        }
        if "new_people" in found:
            found["new_people"] = "yes" if self.new_people else "no"
        return found

    def to_json(self) -> dict[str, Any]:
        """Return the object with the keys of the offer file; what is unknown is left out."""
        found = self.known()
        for key, plain in _PLAIN.items():
            if key in found:
                found[key] = plain(found[key])
        return found


class Activity(Proposal):
    """One activity of the offer."""

    id: Annotated[str, matching(ACTIVITY_ID, "must have 1 to 80 of a-z, 0-9 and -")]
    organiser: Annotated[str, public_text(300)]
    kind: Annotated[str, one_of(words.KINDS)]


def read_activity(data: object, *, prefix: str = "") -> Activity:
    """Make an activity of an object as JSON gives it.

    Raises
    ------
    InputError
        One problem for each key that is wrong.

    Examples
    --------
    >>> read_activity({"id": "koor", "title": "Koor", "organiser": "koor", "kind": "Culture"}).kind
    'culture'
    """
    return _read(Activity, data, prefix)


def read_proposal(data: object, *, prefix: str = "") -> Proposal:
    """Make an own proposal of an object as JSON gives it; only the title is required.

    Raises
    ------
    InputError
        One problem for each key that is wrong.
    """
    return _read(Proposal, data, prefix)


_Model = TypeVar("_Model", bound=Proposal)
_NEW = frozenset({"id", "title", "description", "source_url", "derived"})
_QUICK: Mapping[type[Proposal], Quick[Any]] = {
    model: Quick(model, model._must_agree, new=_NEW) for model in (Activity, Proposal)
}


def _read(model: type[_Model], data: object, prefix: str) -> _Model:
    quick: _Model | None = _QUICK[model].read(data)
    if quick is not None:
        return quick
    try:
        found = model.model_validate(data)
    except ValidationError as error:
        raise InputError(problems_of(error, known=model.model_fields, prefix=prefix)) from None
    # Which keys were written is never asked for, and takes as much room as a fifth of the object itself.
    found.__pydantic_fields_set__.clear()
    return found


_PLAIN: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("start_date", "end_date", "last_verified"), date.isoformat),
    **dict.fromkeys(("interests", "audience", "facilities", "assumed", "derived"), list),
    "schedule": str,
    "pauses": lambda pauses: [str(pause) for pause in pauses],
}
"""How the values are written that are no text and no number."""


def _disagreement(key: str, rule: str, value: str | None, remedy: str = "") -> PydanticCustomError:
    problem = Problem(key=key, rule=rule, value=value, remedy=remedy)
    return PydanticCustomError("disagreement", "the keys disagree", {"problems": [problem]})
