"""Steps in a dossier: what a desk worker or a caseworker notes, each valid as soon as it exists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import ValidationError, model_validator
from pydantic_core import PydanticCustomError

from ..errors import InputError, Problem
from ..privacy import holds_register_number
from .activity import ACTIVITY_ID
from .fields import UNIQUE, Day, Frozen, matching, number, one_of, problems_of, whole, without_null
from .outcomes import OUTCOMES, REASONS, WITH_REASON

ENDINGS = ("finished", "moved", "stopped")
COMPANIES = ("alone", "companion")
ARRANGERS = ("caseworker", "desk", "organiser", "volunteer", "buddy")
"""Who arranges a companion for the first visit: a role, never a person."""
PROOF_STATES = ("given", "signed", "back", "checked")
"""The life of a bewijs van deelname, in this order."""
DECISIONS = ("fits", "does_not_fit")
HOURS_MOST = 24.0

ActivityId = Annotated[str, matching(ACTIVITY_ID, "must have 1 to 80 of a-z, 0-9 and -")]
Number = Annotated[int, whole(1, 1_000_000)]


class Step(Frozen):
    """One thing to note; null stands for a key that is not there."""

    @model_validator(mode="before")
    @classmethod
    def _null_is_unknown(cls, data: Any) -> Any:
        return without_null(data)


class OutcomeStep(Step):
    """What came of a proposal.

    activity_id, outcome : of the offer or an own one; one of `OUTCOMES`
    reason : one of `REASONS`, for who stopped or declined
    on : the day; left out is today
    visit_on, companion, arranged_by : for a first visit that is planned: when, alone or not, and which role
        arranges the companion
    """

    activity_id: ActivityId
    outcome: Annotated[str, one_of(OUTCOMES)]
    reason: Annotated[str, one_of(REASONS)] | None = None
    on: Day | None = None
    visit_on: Day | None = None
    companion: Annotated[str, one_of(COMPANIES)] | None = None
    arranged_by: Annotated[str, one_of(ARRANGERS)] | None = None

    @model_validator(mode="after")
    def _agree(self) -> OutcomeStep:
        visits = self.outcome == "visit_planned"
        _only(self.reason is None or self.outcome in WITH_REASON, ".reason", "goes with stopped or declined only")
        for key in ("visit_on", "companion", "arranged_by"):
            _only(visits or getattr(self, key) is None, f".{key}", "goes with visit_planned only")
        _only(not visits or self.visit_on is not None, ".visit_on", "is required for a visit that is planned")
        alone = self.arranged_by is None or self.companion == "companion"
        _only(alone, ".arranged_by", "goes with a companion only")
        return self


class HoursStep(Step):
    """Hours that somebody attended on one day."""

    activity_id: ActivityId
    on: Day
    hours: Annotated[float, number(0.25, HOURS_MOST)]


class CorrectionStep(Step):
    """Other hours, or another day, for an entry that was noted before; 0 hours withdraws it."""

    corrects: Number
    hours: Annotated[float, number(0, HOURS_MOST)]
    on: Day | None = None


class ProofStep(Step):
    """A new bewijs van deelname, or the next state of one.

    proof : its number; left out for a new one
    activity_id, entries : for a new one: the activity, and the numbers of the hours it covers; left out is all
        hours of the activity that no other proof covers
    state : one of `PROOF_STATES`
    on : the day on which it got so far; left out is today
    """

    proof: Number | None = None
    activity_id: ActivityId | None = None
    entries: Annotated[tuple[Number, ...], UNIQUE] = ()
    state: Annotated[str, one_of(PROOF_STATES)] = "given"
    on: Day | None = None

    @model_validator(mode="after")
    def _agree(self) -> ProofStep:
        new = self.proof is None
        _only(not new or self.activity_id is not None, ".activity_id", "is required for a new proof")
        _only(new or self.activity_id is None, ".activity_id", "stands with a new proof only")
        _only(new or not self.entries, ".entries", "stand with a new proof only")
        _only(not new or self.state == "given", ".state", "must be given for a new proof")
        return self


class OwnActivityStep(Step):
    """An own proposal of the person, as far as it is known.

    knows_people : whether the person knows these people already; None is not asked yet
    """

    proposal: dict[str, Any]
    knows_people: bool | None = None

    @model_validator(mode="after")
    def _names_nobody(self) -> OwnActivityStep:
        rule = "must not hold a register number"
        problems = [
            Problem(key=f".proposal.{key}", rule=rule, remedy="Leave it out.", code="register_number")
            for key, value in self.proposal.items()
            if isinstance(value, str) and holds_register_number(value)
        ]
        if problems:
            raise PydanticCustomError("disagreement", "a register number", {"problems": problems})
        return self


class DecisionStep(Step):
    """What caseworker and person decided together about an own proposal."""

    activity_id: ActivityId
    decision: Annotated[str, one_of(DECISIONS)]


class EndStep(Step):
    """The end of a dossier."""

    ending: Annotated[str, one_of(ENDINGS)]
    on: Day | None = None


STEPS: Mapping[str, type[Step]] = {
    "outcome": OutcomeStep,
    "hours": HoursStep,
    "correction": CorrectionStep,
    "proof": ProofStep,
    "own_activity": OwnActivityStep,
    "decision": DecisionStep,
    "ended": EndStep,
}
"""The steps by the name under which they are kept."""

_Step = TypeVar("_Step", bound=Step)


def read_step(kind: type[_Step], data: object) -> _Step:
    """Make a step of an object as JSON gives it.

    Raises
    ------
    InputError
        One problem for each key that is wrong.

    Examples
    --------
    >>> read_step(HoursStep, {"activity_id": "praattafel", "on": "2026-12-01", "hours": 2}).hours
    2.0
    """
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise InputError(problems_of(error, known=kind.model_fields)) from None


def _only(fine: bool, key: str, rule: str) -> None:
    if not fine:
        raise PydanticCustomError("disagreement", "the keys disagree", {"problems": [Problem(key=key, rule=rule)]})
