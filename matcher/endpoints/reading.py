"""What a request says: its body, its parameters, its headers."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeVar

from flask import request
from pydantic import BeforeValidator, ValidationError
from werkzeug.exceptions import HTTPException

from ..errors import InputError, LateError, Problem
from ..model import Profile, read_profile
from ..model.fields import MAX_PROBLEMS, Frozen, problems_of, whole
from ..openapi import JSON
from ..readers.jsontext import load_json

COHORT_MOST = 1000
PAGE_MOST, PAGE_USUAL = 200, 50
ANY = "*"
_ETAG = re.compile(r'"[\x21\x23-\x7e]*"')
_KEY = re.compile(r"[\x21-\x7e]{1,255}")


class Refusal(HTTPException):
    """A request that is refused for its form, whatever it asks."""

    def __init__(self, code: int) -> None:
        super().__init__()
        self.code = code


def _digits(value: object) -> object:
    return int(value) if isinstance(value, str) and re.fullmatch(r"\d{1,9}", value, re.ASCII) else value


def _truth(value: object) -> object:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


WHOLE = BeforeValidator(_digits)
"""Reads a whole number from the text of a parameter."""
PageSize = Annotated[int, whole(1, PAGE_MOST), WHOLE]
Truth = Annotated[bool, BeforeValidator(_truth)]
"""``true`` or ``false`` in the text of a parameter."""

_Model = TypeVar("_Model", bound=Frozen)


def body() -> Any:
    """Return the JSON body of the request."""
    if request.mimetype != JSON:
        raise Refusal(415)
    return load_json(request.get_data())


def read(model: type[_Model], data: object) -> _Model:
    """Read the keys of a body or of the parameters.

    Raises
    ------
    InputError
        One problem for each key that is wrong.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise InputError(problems_of(error, known=model.model_fields)) from None


def query(model: type[_Model]) -> _Model:
    """Read the parameters behind the question mark; each stands once."""
    twice = [key for key, values in request.args.lists() if len(values) > 1]
    if twice:
        raise InputError([Problem(key=twice[0], rule="must stand once")])
    return read(model, request.args.to_dict())


def cohort(data: Any) -> list[Profile]:
    """Read the profiles of a cohort; every one must be good, or the answer would tell another story."""
    rule = f"must be a list of 1 to {COHORT_MOST} profiles"
    if not isinstance(data, list) or not 1 <= len(data) <= COHORT_MOST:
        raise InputError([Problem(key="profiles", rule=rule, remedy="For more, use the commands.")])
    profiles: list[Profile] = []
    problems: list[Problem] = []
    for place, one in enumerate(data):
        try:
            profiles.append(read_profile(one, prefix=f"profiles[{place}]"))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems[:MAX_PROBLEMS])
    return profiles


def own_profile(data: Any, *, code: str | None = None) -> Profile:
    """Read a profile that is the body itself, whose id may be left out.

    Parameters
    ----------
    data : object
    code : str or None
        What the address says: an id in the body is the same.
    """
    if not isinstance(data, dict):
        return read_profile(data, prefix="")
    given = data.get("id")
    profile = read_profile({**data, "id": (code or "new") if given is None else given}, prefix="")
    if code is not None and profile.id != code:
        rule = "must be the id of the address, or left out"
        raise InputError([Problem(key="id", rule=rule, value=profile.id)])
    return profile


def matched() -> str | None:
    """Return the ETag that a change was made on, without its quotes; `ANY`, or None when none was sent.

    Raises
    ------
    InputError
        If ``If-Match`` holds something else than one strong ETag.
    """
    text = request.headers.get("If-Match")
    if text is None or text.strip() == ANY:
        return text and ANY
    if not _ETAG.fullmatch(text.strip()):
        rule = 'must be one ETag as it was given, with its quotes, such as "3", or *'
        remedy = "A weak one (W/) or a list is not taken: fetch it again, and send the ETag of the answer."
        raise InputError([Problem(key="If-Match", rule=rule, value=text, remedy=remedy)])
    return text.strip()[1:-1]


def seen() -> int | None:
    """Return the version that a change was made on, or None when that does not matter.

    Raises
    ------
    LateError
        If the ETag was never given.
    """
    tag = matched()
    if tag is None or tag == ANY:
        return None
    if not re.fullmatch(r"[1-9]\d{0,8}", tag, re.ASCII):
        raise LateError("The ETag in If-Match is not that of any version. Fetch it again.")
    return int(tag)


def idempotency_key() -> str | None:
    """Return the ``Idempotency-Key``, with or without the quotes of a structured field; None when none was sent.

    Raises
    ------
    InputError
        If it is no key.
    """
    text = request.headers.get("Idempotency-Key")
    if text is None:
        return None
    key = text.strip()
    if len(key) > 1 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if not _KEY.fullmatch(key):
        rule = "must have 1 to 255 visible ASCII characters, without blanks"
        raise InputError(
            [Problem(key="Idempotency-Key", rule=rule, remedy="Send a new random one, such as a UUID.")]
        )
    return key
