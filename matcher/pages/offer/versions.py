"""Versions of the offer: what changed in each, and an old one put back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from ...model.offer import OfferVersion
from ...service.offers import compare_versions, list_versions, restore_version
from ..front import Front
from ..words import Words
from .changes import difference_words
from .editing import whole
from .showing import offer_sections

N_VERSIONS = 50


def add_versions(blueprint: Blueprint, front: Front) -> None:
    """Add everything under ``/aanbod/versies``."""

    @blueprint.get("/aanbod/versies")
    def versions() -> Response:
        words, facts = front.words(), request.args.get("welke") == "gegevens"
        with front.office.store.reading() as work:
            found = list_versions(work, front.asker(), facts=facts, limit=N_VERSIONS)
        return front.page(
            "offer_versions.html",
            versions=[_version(one, words, front) for one in found],
            facts=facts,
            offer_sections=offer_sections(front.asker()),
        )

    @blueprint.get("/aanbod/versies/<int:number>")
    def offer_version(number: int) -> Response:
        words, asker = front.words(), front.asker()
        with front.office.store.reading() as work:
            changed = compare_versions(work, asker, number - 1, number)
            last = work.offers.version()
            back = compare_versions(work, asker, last, number, municipality=asker.municipality)
        return front.page(
            "offer_version.html",
            number=number,
            last=last,
            change=difference_words(changed, words),
            back=difference_words(back, words) if asker.may("import") else None,
            offer_sections=offer_sections(asker),
        )

    @blueprint.post("/aanbod/versies/<int:number>/terug")
    def restore_offer(number: int) -> AnyResponse:
        seen = whole(request.form.get("version", ""))
        with front.office.store.writing() as work:
            version = restore_version(work, front.asker(), number, seen=seen, now=front.now())
        message = front.words()("offer_restored", n=number, new=version.number)
        return front.go("pages.versions", message)


def _version(version: OfferVersion, words: Words, front: Front) -> dict[str, Any]:
    moment = version.at.astimezone(front.now().tzinfo)
    kind = "first" if version.kind == "import" and not version.note else version.kind
    return {
        "version": version,
        "when": f"{words.day(moment.date(), today=front.today())}, {words.clock(moment)}",
        "what": words(f"offer_change_{kind}", note=version.note),
        "whose": version.municipality.title() or words("offer_version_shared"),
        "who": words(f"role_{version.role}"),
    }
