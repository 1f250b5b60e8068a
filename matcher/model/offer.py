"""Versions of the offer, and what a municipality knows of a record itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from pydantic import ValidationError

from .. import vocabulary as words
from ..errors import InputError
from .fields import UNIQUE, Day, Frozen, one_of, problems_of, whole

CHANGES = ("import", "record", "facts", "restored")
"""Why there is a version: files were imported, one record or local facts changed, an old version came back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferVersion:
    """One change of the offer.

    number : from 1, without gaps
    kind : one of `CHANGES`
    municipality : whose change it was; empty when it concerns all
    note : the file, the record, or the version that was put back
    n_activities : of the whole offer after it
    """

    number: int
    kind: str
    municipality: str
    at: datetime
    role: str
    note: str
    n_activities: int


class LocalFacts(Frozen):
    """What a municipality found out about a record; None leaves what the record itself says.

    ``reported_full`` is the day on which somebody heard that there is no place left; it counts for all
    municipalities, until somebody has asked again.
    """

    taalicoon: Annotated[int, whole(1, 4)] | None = None
    interaction: Annotated[str, one_of(words.INTERACTIONS)] | None = None
    participants: Annotated[str, one_of(words.PARTICIPANTS)] | None = None
    facilities: Annotated[tuple[Annotated[str, one_of(words.FACILITIES)], ...], UNIQUE] = ()
    places_left: Annotated[int, whole(0, 1_000_000)] | None = None
    last_verified: Day | None = None
    reported_full: Day | None = None


def read_facts(data: object) -> LocalFacts:
    """Make local facts of an object as JSON gives it.

    Raises
    ------
    InputError
        One problem for each key that is wrong.
    """
    try:
        return LocalFacts.model_validate(data)
    except ValidationError as error:
        raise InputError(problems_of(error, known=LocalFacts.model_fields)) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedRecord:
    """One record of the offer as it is kept: whose it is, and its content as JSON gives it."""

    activity_id: str
    municipality: str
    content: Mapping[str, object]
    since: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRequest:
    """One request at the desk, for counting: no words, no place, no age.

    interests : that were ticked
    half_days : free, such as ``di-evening``; empty when unknown
    n_allowed : activities that fitted
    """

    municipality: str
    on: date
    asked_by: str
    interests: tuple[str, ...]
    half_days: tuple[str, ...]
    n_allowed: int
