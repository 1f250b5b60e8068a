"""Calls on dossiers: made, read, listed, changed, deleted; on the wire a dossier is its profile."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from flask import Blueprint, Response, url_for

from ..model.dossier import ASKED_BY, Dossier
from ..model.fields import Day, Frozen, matching, one_of, whole
from ..model.profile import PROFILE_ID
from ..service import K_MOST
from ..service.dossiers import (
    delete_dossier,
    list_dossiers,
    open_dossier,
    put_profile,
    rank_shortlist,
    read_dossier,
)
from ..store import Work
from .means import Answer, Means, as_json
from .reading import PAGE_USUAL, WHOLE, PageSize, Truth, body, matched, own_profile, query, seen


class OpenQuery(Frozen):
    """Parameters of a new dossier."""

    municipality: str | None = None
    asked_by: Annotated[str, one_of(ASKED_BY)] = "other"


class ListQuery(Frozen):
    """Parameters of the list of dossiers."""

    municipality: str | None = None
    limit: PageSize = PAGE_USUAL
    cursor: Annotated[str, matching(PROFILE_ID, "must be the `next` of the page before")] | None = None


class PutQuery(Frozen):
    """Parameters of a profile that is written under an id."""

    municipality: str | None = None


class ShortlistQuery(Frozen):
    """Parameters of a shortlist."""

    k: Annotated[int, whole(1, K_MOST), WHOLE] = 10
    today: Day | None = None
    varied: Truth = False


class NoQuery(Frozen):
    """No parameters: one that is not known is named."""


def add_dossiers(blueprint: Blueprint, means: Means) -> None:
    """Add the calls on dossiers."""
    _add_collection(blueprint, means)
    _add_one(blueprint, means)

    @blueprint.get("/profiles/<code>/shortlist")
    def shortlist(code: str) -> Response:
        asked = query(ShortlistQuery)
        with means.office.store.reading() as work:
            dossier = read_dossier(work, means.asker(), code)
        found = rank_shortlist(
            means.office, dossier, now=means.clock(), today=asked.today, k=asked.k, varied=asked.varied
        )
        return Answer(content=found, version=dossier.version).response()


def _add_collection(blueprint: Blueprint, means: Means) -> None:
    @blueprint.post("/profiles")
    def open_one() -> Response:
        asked = query(OpenQuery)
        asker, profile = means.asker(asked.municipality), own_profile(body())

        def act(work: Work, now: datetime) -> Answer:
            made = open_dossier(work, asker, profile, now=now, rng=means.rng, asked_by=asked.asked_by)
            return answer(made, made=True)

        return means.write(asker, act)

    @blueprint.get("/profiles")
    def list_all() -> Response:
        asked = query(ListQuery)
        asker = means.asker(asked.municipality)
        with means.office.store.reading() as work:
            found = list_dossiers(work, asker, after=asked.cursor or "", limit=asked.limit + 1)
        page = found[: asked.limit]
        more = page[-1].code if len(found) > asked.limit else None
        return as_json({"items": [one.profile.to_json() for one in page], "next": more})


def _add_one(blueprint: Blueprint, means: Means) -> None:
    @blueprint.get("/profiles/<code>")
    def read_one(code: str) -> Response:
        query(NoQuery)
        with means.office.store.reading() as work:
            return answer(read_dossier(work, means.asker(), code)).response()

    @blueprint.put("/profiles/<code>")
    def put_one(code: str) -> Response:
        asker = means.asker(query(PutQuery).municipality)
        profile, version, known = own_profile(body(), code=code), seen(), matched() is not None

        def act(work: Work, now: datetime) -> Answer:
            wish: dict[str, Any] = {"now": now, "rng": means.rng, "seen": version, "known": known}
            dossier = put_profile(work, asker, code, profile, **wish)
            return answer(dossier, made=not known)

        return means.write(asker, act)

    @blueprint.delete("/profiles/<code>")
    def delete_one(code: str) -> Response:
        query(NoQuery)
        asker, version = means.asker(), seen()

        def act(work: Work, now: datetime) -> Answer:
            delete_dossier(work, asker, code, seen=version)
            return Answer(status=204)

        return means.write(asker, act)


def answer(dossier: Dossier, *, made: bool = False) -> Answer:
    """Answer with a dossier: 201 and its address when it was made just now."""
    return Answer(
        status=201 if made else 200,
        content=dossier.profile.to_json(),
        code=dossier.code,
        version=dossier.version,
        location=url_for("endpoints.read_one", code=dossier.code) if made else None,
    )
