"""The objects that are sent and answered, made from the models that read and write them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, NotRequired

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, models_json_schema
from typing_extensions import TypedDict

from ..model import Activity, Profile, Proposal, records, steps
from ..model.answer import ActivityPage, CriteriaCheck, Suggestion
from ..model.gaps import SMALLEST_CELL, GapsAnswer
from ..model.places import MOST_CANDIDATES, OBJECTIVES, RULES, AllocationAnswer
from ..model.plans import PlanAnswer
from .parts import REF, Json, ref


class FieldError(TypedDict):
    """One value that is not allowed."""

    path: str
    value: NotRequired[str]
    expected: str


class ProblemDetails(TypedDict, total=False):
    """An error, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError]


READ = (
    Activity,
    Profile,
    Proposal,
    steps.CorrectionStep,
    steps.EndStep,
    steps.HoursStep,
    steps.OutcomeStep,
    steps.OwnActivityStep,
    steps.ProofStep,
)
ANSWERED = (
    ActivityPage,
    AllocationAnswer,
    CriteriaCheck,
    GapsAnswer,
    PlanAnswer,
    ProblemDetails,
    Suggestion,
    records.DossierState,
    records.HoursPage,
    records.NotedDecision,
    records.NotedEnd,
    records.NotedHours,
    records.NotedOutcome,
    records.NotedOwnActivity,
    records.NotedProof,
    records.OutcomePage,
    records.OwnActivityPage,
    records.ProfilePage,
    records.ProofPage,
    records.Undone,
)


def objects() -> Json:
    """Return the objects that calls name, in the order of their names."""
    _, of_models = models_json_schema(
        [(model, "validation") for model in READ], ref_template=REF, schema_generator=GenerateJsonSchema
    )
    schemas = {name: _null_is_unknown(schema) for name, schema in of_models["$defs"].items()}
    answers = [(shape.__name__, "serialization", TypeAdapter(shape)) for shape in ANSWERED]
    _, of_answers = TypeAdapter.json_schemas(answers, ref_template=REF)  # type: ignore[arg-type]
    schemas.update(of_answers["$defs"])
    for name in ("ProfilePage", "OwnActivityChecked", "NotedOwnActivity", "OwnActivityStep"):
        _name_inner(schemas[name])
    asked = _asked()
    schemas.update(asked)
    schemas["ProfileToKeep"] = _without_id(schemas["Profile"])
    schemas["HoursOrCorrection"] = {
        "description": "Hours of one day, or with `corrects` a correction of hours that were noted before.",
        "oneOf": [ref("HoursStep"), ref("CorrectionStep")],
    }
    named = [*asked, "ProfileToKeep", "HoursOrCorrection", *(one.__name__ for one in (*READ, *ANSWERED))]
    return {name: schemas[name] for name in sorted(_reached(schemas, named))}


def _without_id(profile: Json) -> Json:
    """Return a profile of which the product, or the address, gives the id."""
    return {
        **{key: one for key, one in profile.items() if key != "required"},
        "title": "ProfileToKeep",
        "description": "A profile whose id may be left out: the product gives it, or the address.",
    }


def _name_inner(schema: Json) -> None:
    """Say of a plain object inside an answer which of the objects it is."""
    properties = schema["properties"]
    if "items" in properties:
        properties["items"]["items"] = ref("Profile")
    if "proposal" in properties:
        properties["proposal"] = ref("Proposal")


def _asked() -> Json:
    """Return the bodies that are not objects of the model themselves."""
    today = {"type": "string", "format": "date", "description": "By default today in Brussels."}
    by = {"type": "string", "format": "date", "description": "The day by which you would like 40 hours."}
    hours = {"type": "number", "minimum": 1, "maximum": 1000, "default": 40}
    people = {
        "type": "array",
        "minItems": SMALLEST_CELL,
        "items": ref("Profile"),
        "description": "A report about fewer people would tell of one of them.",
    }
    return {
        "SuggestionRequest": _body(
            ["profile"],
            profile=ref("Profile"),
            k={"type": "integer", "minimum": 1, "maximum": 1000, "default": 10},
            today=today,
            varied={"type": "boolean", "default": False, "description": "A list of unlike activities."},
        ),
        "PlanRequest": _body(
            ["profile"],
            profile=ref("Profile"),
            today=today,
            hours={**hours, "description": "To reach in all, with those done before."},
            by={**by, "description": "The day by which you would like that."},
            max_activities={"type": "integer", "minimum": 1, "maximum": 8, "default": 4},
        ),
        "AllocationRequest": _allocation_request(today),
        "GapsRequest": _body(["profiles"], profiles=people, today=today, by=by),
        "Decision": _body(["decision"], decision={"type": "string", "enum": list(steps.DECISIONS)}),
    }


def _allocation_request(today: Json) -> Json:
    most = {"type": ["integer", "null"], "minimum": 1, "maximum": 1_000_000}
    text = {"type": "string"}
    rule = {"type": "string", "enum": list(RULES)}
    pair = _body(["profile_id", "activity_id", "rule"], profile_id=text, activity_id=text, rule=rule)
    return _body(
        ["profiles"],
        profiles={"type": "array", "minItems": 1, "maxItems": 1000, "items": ref("Profile")},
        today=today,
        objective={"type": "string", "enum": list(OBJECTIVES), "default": "fit"},
        pairs={"type": "array", "items": pair, "description": "Settled by hand."},
        max_per_organiser=most,
        max_per_group=most,
        candidates={"type": "integer", "minimum": 1, "maximum": MOST_CANDIDATES, "default": 30},
        unknown_places={"type": "integer", "minimum": 0, "maximum": 1_000_000, "default": 3},
        level={
            "type": ["number", "null"],
            "minimum": 0.0001,
            "maximum": 1,
            "description": "Scores within one step are one level to worst-off; chosen by size when left out.",
        },
    )


def _body(required: list[str], **properties: Any) -> Json:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def _reached(schemas: Json, names: Iterable[str]) -> set[str]:
    """Return the names that are used, directly or by one another."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += re.findall(r'"#/components/schemas/(\w+)"', json.dumps(schemas[name]))
    return found


def _null_is_unknown(schema: Json) -> Json:
    """Say of what is read that null stands for a key that is not there."""
    required = schema.get("required", [])
    properties = {
        key: one
        if key in required or {"type": "null"} in one.get("anyOf", [])
        else {"anyOf": [one, {"type": "null"}]}
        for key, one in schema["properties"].items()
    }
    return {**schema, "properties": properties}
