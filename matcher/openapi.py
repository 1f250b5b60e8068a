"""The description of the HTTP interface, made from the same models that read and write it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NotRequired

from openapi_pydantic import OpenAPI
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, models_json_schema
from typing_extensions import TypedDict

from .model import Activity, Profile, Proposal
from .model.answer import ActivityPage, CriteriaCheck, Suggestion
from .model.gaps import SMALLEST_CELL, GapsAnswer
from .model.places import MOST_CANDIDATES, OBJECTIVES, RULES, AllocationAnswer
from .model.plans import PlanAnswer
from .vocabulary import KINDS, STATUSES, interests

JSON = "application/json"
ANSWERS = (
    "Activity",
    "ActivityPage",
    "AllocationAnswer",
    "CriteriaCheck",
    "GapsAnswer",
    "PlanAnswer",
    "ProblemDetails",
    "Proposal",
    "Suggestion",
)
PROBLEM = "application/problem+json"
REF = "#/components/schemas/{model}"

ERROR_TEXTS = {
    "400": "The body is not readable JSON.",
    "404": "There is nothing with this id or at this address.",
    "405": "This address does not take this method.",
    "406": "Only JSON can be given.",
    "413": "The body is too large.",
    "415": "The body must be application/json.",
    "422": "The body is readable, but a value in it is not allowed; `errors` names each.",
}


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


@cache
def describe(version: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 description as plain values.

    Parameters
    ----------
    version : str
        Of the program.
    """
    document = {
        "openapi": "3.1.1",
        "info": {
            "title": "Activity matcher of the participatie- en netwerktraject",
            "version": version,
            "summary": "Proposes activities to an inburgeraar and explains each proposal. A person decides.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": "/"}],
        "paths": _paths(),
        "components": {"schemas": _schemas()},
    }
    checked = OpenAPI.model_validate(document)
    return checked.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _schemas() -> dict[str, Any]:
    _, of_models = models_json_schema(
        [(model, "validation") for model in (Profile, Activity, Proposal)],
        ref_template=REF,
        schema_generator=GenerateJsonSchema,
    )
    schemas = {name: _null_is_unknown(schema) for name, schema in of_models["$defs"].items()}
    answers = [
        (name, "serialization", TypeAdapter(shape))
        for name, shape in (
            ("Suggestion", Suggestion),
            ("CriteriaCheck", CriteriaCheck),
            ("ActivityPage", ActivityPage),
            ("AllocationAnswer", AllocationAnswer),
            ("PlanAnswer", PlanAnswer),
            ("GapsAnswer", GapsAnswer),
            ("ProblemDetails", ProblemDetails),
        )
    ]
    _, of_answers = TypeAdapter.json_schemas(answers, ref_template=REF)  # type: ignore[arg-type]
    schemas.update(of_answers["$defs"])
    schemas["SuggestionRequest"] = {
        "type": "object",
        "additionalProperties": False,
        "required": ["profile"],
        "properties": {
            "profile": {"$ref": REF.format(model="Profile")},
            "k": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 10},
            "today": {"type": "string", "format": "date", "description": "By default today in Brussels."},
            "varied": {"type": "boolean", "default": False, "description": "A list of unlike activities."},
        },
    }
    schemas["PlanRequest"] = {
        "type": "object",
        "additionalProperties": False,
        "required": ["profile"],
        "properties": {
            "profile": {"$ref": REF.format(model="Profile")},
            "today": {"type": "string", "format": "date", "description": "By default today in Brussels."},
            "hours": {
                "type": "number",
                "minimum": 1,
                "maximum": 1000,
                "default": 40,
                "description": "To reach in all, with those done before.",
            },
            "by": {"type": "string", "format": "date", "description": "The day by which you would like that."},
            "max_activities": {"type": "integer", "minimum": 1, "maximum": 8, "default": 4},
        },
    }
    schemas["AllocationRequest"] = _allocation_request()
    schemas["GapsRequest"] = {
        "type": "object",
        "additionalProperties": False,
        "required": ["profiles"],
        "properties": {
            "profiles": {
                "type": "array",
                "minItems": SMALLEST_CELL,
                "items": {"$ref": REF.format(model="Profile")},
                "description": "A report about fewer people would tell of one of them.",
            },
            "today": {"type": "string", "format": "date", "description": "By default today in Brussels."},
            "by": {"type": "string", "format": "date", "description": "The day by which you would like 40 hours."},
        },
    }
    asked = ["AllocationRequest", "GapsRequest", "PlanRequest", "SuggestionRequest"]
    return {name: schemas[name] for name in sorted(_reached(schemas, [*asked, *ANSWERS]))}


def _allocation_request() -> dict[str, Any]:
    most: dict[str, Any] = {"type": ["integer", "null"], "minimum": 1, "maximum": 1_000_000}
    pair = {
        "type": "object",
        "additionalProperties": False,
        "required": ["profile_id", "activity_id", "rule"],
        "properties": {
            "profile_id": {"type": "string"},
            "activity_id": {"type": "string"},
            "rule": {"type": "string", "enum": list(RULES)},
        },
    }
    people = {"type": "array", "minItems": 1, "maxItems": 1000, "items": {"$ref": REF.format(model="Profile")}}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["profiles"],
        "properties": {
            "profiles": people,
            "today": {"type": "string", "format": "date", "description": "By default today in Brussels."},
            "objective": {"type": "string", "enum": list(OBJECTIVES), "default": "fit"},
            "pairs": {"type": "array", "items": pair, "description": "Settled by hand."},
            "max_per_organiser": most,
            "max_per_group": most,
            "candidates": {"type": "integer", "minimum": 1, "maximum": MOST_CANDIDATES, "default": 30},
            "unknown_places": {"type": "integer", "minimum": 0, "maximum": 1_000_000, "default": 3},
            "level": {
                "type": ["number", "null"],
                "minimum": 0.0001,
                "maximum": 1,
                "description": "Scores within one step are one level to worst-off; chosen by size when left out.",
            },
        },
    }


def _reached(schemas: dict[str, Any], names: Iterable[str]) -> set[str]:
    """Return the names that are used, directly or by one another."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += re.findall(r'"#/components/schemas/(\w+)"', json.dumps(schemas[name]))
    return found


def _null_is_unknown(schema: dict[str, Any]) -> dict[str, Any]:
    """Say of what is read that null stands for a key that is not there."""
    required = schema.get("required", [])
    properties = {
        key: one
        if key in required or {"type": "null"} in one.get("anyOf", [])
        else {"anyOf": [one, {"type": "null"}]}
        for key, one in schema["properties"].items()
    }
    return {**schema, "properties": properties}


def _paths() -> dict[str, Any]:
    plain = {"type": "object"}
    return {
        "/healthz": {"get": _call("health", "Tell whether the service is alive.", plain)},
        "/readyz": {"get": _call("ready", "Tell whether the service can answer.", plain)},
        "/api/v1/openapi.json": {"get": _call("description", "Give this description.", plain)},
        "/api/v1/suggestions": {
            "post": _call(
                "suggest",
                "Rank the offer for a profile. Nothing is stored.",
                _ref("Suggestion"),
                body="SuggestionRequest",
            )
        },
        "/api/v1/allocations": {
            "post": _call(
                "allocate",
                "Give each person of a cohort at most one place, and say why. Nothing is stored.",
                _ref("AllocationAnswer"),
                body="AllocationRequest",
            )
        },
        "/api/v1/plans": {
            "post": _call(
                "plan",
                "Plan the hours of the track from several activities. Nothing is stored; after some seconds the "
                "best so far is given, with the gap that is left.",
                _ref("PlanAnswer"),
                body="PlanRequest",
            )
        },
        "/api/v1/gaps": {
            "post": _call(
                "gaps",
                "Hold what many people wish against the offer, and rank made-up activities by the hours that each "
                "would bring. Nothing is stored; counts under 10 are not told; after some seconds the best so far "
                "is given, with the gap that is left.",
                _ref("GapsAnswer"),
                body="GapsRequest",
            )
        },
        "/api/v1/criteria-check": {
            "post": _call(
                "checkCriteria",
                "Hold an activity or an own proposal against the criteria; only `title` is required.",
                _ref("CriteriaCheck"),
                body="Proposal",
            )
        },
        "/api/v1/activities": {
            "get": _call("activities", "List the offer, in the order of the ids.", _ref("ActivityPage"), FILTERS)
        },
        "/api/v1/activities/{id}": {
            "get": _call("activity", "Give one activity.", _ref("Activity"), [_parameter("id", "path")])
        },
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": REF.format(model=name)}


def _parameter(name: str, where: str = "query", text: str = "", **schema: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": where,
        "required": where == "path",
        "description": text,
        "schema": {"type": "string", **schema},
    }


FILTERS = [
    _parameter("kind", enum=list(KINDS)),
    _parameter("interest", text="An interest, or one under it in the tree.", enum=list(interests())),
    _parameter("municipality", text="In any case, with or without accents."),
    _parameter("day", text="A day of the week (di, tue) or a date (2026-12-01) on which it takes place."),
    _parameter("q", text="Words of the title, the description, the organiser or the place."),
    _parameter("status", enum=list(STATUSES)),
    _parameter("limit", type="integer", minimum=1, maximum=200, default=50),
    _parameter("cursor", text="The `next` of the page before."),
]


def _call(
    name: str,
    summary: str,
    answer: dict[str, Any],
    parameters: list[dict[str, Any]] | None = None,
    *,
    body: str = "",
) -> dict[str, Any]:
    codes = ["405", "406"]
    if parameters:
        codes += ["404", "422"]
    if body:
        codes += ["400", "413", "415", "422"]
    errors = {
        code: {"description": ERROR_TEXTS[code], "content": {PROBLEM: {"schema": _ref("ProblemDetails")}}}
        for code in sorted(codes)
    }
    call: dict[str, Any] = {
        "operationId": name,
        "summary": summary,
        "responses": {"200": {"description": "The answer.", "content": {JSON: {"schema": answer}}}, **errors},
    }
    if parameters:
        call["parameters"] = parameters
    if body:
        call["requestBody"] = {"required": True, "content": {JSON: {"schema": _ref(body)}}}
    return call
