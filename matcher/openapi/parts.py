"""Parts from which the description is put together: references, parameters, calls with all their answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

JSON = "application/json"
PROBLEM = "application/problem+json"
REF = "#/components/schemas/{model}"

TITLES = {
    "400": "Unreadable",
    "403": "Forbidden",
    "404": "Not found",
    "405": "Method not allowed",
    "406": "Not acceptable",
    "409": "Conflict",
    "412": "Precondition failed",
    "413": "Too large",
    "415": "Unsupported media type",
    "422": "Not allowed",
    "500": "Internal error",
    "503": "Busy",
}
ERROR_TEXTS = {
    "400": "The body is not readable JSON.",
    "403": "This caller may not do this, or does not serve this municipality.",
    "404": "There is nothing with this id or at this address.",
    "405": "This address does not take this method.",
    "406": "Only JSON can be given.",
    "409": "What is asked does not fit how things stand now; `detail` says why.",
    "412": "Somebody changed it in the meantime, or `If-Match` is missing: fetch it, and send its ETag.",
    "413": "The body is too large.",
    "415": "The body must be application/json.",
    "422": "The request is readable, but a value in it is not allowed; `errors` names each.",
    "503": "The database does not answer now: try again after the seconds of `Retry-After`.",
}

Json = dict[str, Any]


def ref(name: str) -> Json:
    """Refer to an object."""
    return {"$ref": REF.format(model=name)}


def parameter(name: str, where: str = "query", text: str = "", **schema: Any) -> Json:
    """Describe a parameter; those in the path are required."""
    return {
        "name": name,
        "in": where,
        "required": where == "path",
        "description": text,
        "schema": {"type": "string", **schema},
    }


def call(
    name: str,
    summary: str,
    answer: Json | None,
    parameters: Sequence[Json] = (),
    *,
    body: str = "",
    status: str = "200",
    headers: Sequence[str] = (),
    refusals: Sequence[str] = (),
) -> Json:
    """Describe a call.

    Parameters
    ----------
    answer : dict or None
        Schema of what is answered; None is no body.
    body : str
        Name of the object that is sent, if any.
    status : str
        Of the answer.
    headers : sequence of str
        Of the answer: names of `HEADERS`.
    refusals : sequence of str
        Statuses beside those that follow from parameters and body.
    """
    codes = {"405", "406", "503", *refusals}
    if parameters:
        codes |= {"422"}
    if any(one["in"] != "query" for one in parameters):
        codes |= {"404"}
    if body:
        codes |= {"400", "413", "415", "422"}
    done: Json = {"description": "The answer." if answer else "Done; there is no body."}
    if answer:
        done["content"] = {JSON: {"schema": answer}}
    if headers:
        done["headers"] = {one: HEADERS[one] for one in headers}
    responses = {
        code: {"description": ERROR_TEXTS[code], "content": {PROBLEM: {"schema": ref("ProblemDetails")}}}
        for code in sorted(codes)
    }
    described: Json = {"operationId": name, "summary": summary, "responses": {status: done, **responses}}
    if parameters:
        described["parameters"] = list(parameters)
    if body:
        described["requestBody"] = {"required": True, "content": {JSON: {"schema": ref(body)}}}
    return described


HEADERS = {
    "ETag": {
        "description": "Version of the dossier, for `If-Match`.",
        "required": True,
        "schema": {"type": "string", "pattern": '^"[1-9][0-9]*"$'},
    },
    "Location": {"description": "Address of what was made.", "schema": {"type": "string"}},
}
