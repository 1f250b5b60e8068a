"""What every call needs, and how an answer is written, once for each key of a request."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from flask import Response, request

from ..errors import ConflictError, ForbiddenError, InputError, Problem, shown
from ..model.access import DEMONSTRATION_ACCOUNTS, Asker
from ..openapi import JSON
from ..schedule import local_day
from ..service.office import Office
from ..store import Work
from .reading import idempotency_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer that may be given a second time.

    content : plain values; None is no body
    code : of the dossier that it tells of; when that is deleted, so is what was kept of the answer
    version : of the dossier, written as its ETag
    location : address of what was made
    """

    status: int = 200
    content: Any = None
    code: str | None = None
    version: int | None = None
    location: str | None = None

    def response(self) -> Response:
        """Write the answer."""
        body = b"" if self.content is None else orjson.dumps(self.content)
        response = Response(body, status=self.status, mimetype=None if self.content is None else JSON)
        if self.content is None:
            del response.headers["Content-Type"]
        if self.version is not None:
            response.headers["ETag"] = f'"{self.version}"'
        if self.location is not None:
            response.headers["Location"] = self.location
        return response


class Means:
    """What every call needs.

    Parameters
    ----------
    office : Office
    clock : callable
        Returns now, with its zone.
    rng : random.Random
        Draws the codes of new dossiers.
    """

    def __init__(self, office: Office, clock: Callable[[], datetime], rng: random.Random) -> None:
        self.office = office
        self.clock = clock
        self.rng = rng

    def today(self, now: datetime) -> date:
        """Return the day in Brussels."""
        return local_day(now)

    def asker(self, municipality: str | None = None) -> Asker:
        """Return who asks: in a demonstration a caseworker, who works for one of the municipalities served.

        Raises
        ------
        ForbiddenError
            If the municipality is not served.
        """
        account = DEMONSTRATION_ACCOUNTS["caseworker"]
        if municipality is None:
            return account
        where = municipality.strip().lower()
        if where not in account.municipalities:
            served = ", ".join(account.municipalities)
            raise ForbiddenError(f"The municipality {shown(where)!r} is not one that you serve: {served}.")
        return account.working_for(where)

    def write(self, asker: Asker, act: Callable[[Work, datetime], Answer]) -> Response:
        """Write something in one unit of work; a request with a key that was answered before writes nothing.

        Parameters
        ----------
        asker : Asker
            To whom a key belongs.
        act : callable
            Does what is asked. What it refuses is not kept: the same key may come again.
        """
        key, now = idempotency_key(), self.clock()
        with self.office.store.writing() as work:
            kept = self._kept(work, asker, key, now) if key else None
            if kept is not None:
                return Answer(**kept).response()
            answer = act(work, now)
            if key:
                fields = {name: getattr(answer, name) for name in Answer.__slots__}
                work.keep_answer(asker.account, key, fields, code=answer.code)
        return answer.response()

    def _kept(self, work: Work, asker: Asker, key: str, now: datetime) -> dict[str, Any] | None:
        asked = [request.method, request.path, request.query_string.decode("latin-1")]
        digest = hashlib.sha256(json.dumps(asked).encode() + request.get_data()).hexdigest()
        try:
            return work.answered(asker.account, key, digest, at=now)
        except ConflictError:
            # The draft of the header has 422 for it: 409 would say that trying again later may help.
            rule, remedy = "must be new for each other request", "Send a new one."
            raise InputError([Problem(key="Idempotency-Key", rule=rule, remedy=remedy)]) from None


def as_json(content: object) -> Response:
    """Write an answer that changes nothing."""
    return Answer(content=content).response()
