"""Whom to call, with a button for each answer that one gets on the telephone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from ...service.offers import Call, list_calls
from ..front import Front
from ..words import Words, sentence
from .showing import counted_words, missing_words, offer_sections, verified_words, when_words, where_words

DONE = ("still", "room", "full")
ASKED_MOST = 6
"""So many questions are named in the list; the record has them all."""
SHOWN_MOST = 25
"""So many calls are shown, more than a morning holds; all of them when they are asked for."""


def add_calls(blueprint: Blueprint, front: Front) -> None:
    """Add ``GET /aanbod/bellijst``."""

    @blueprint.get("/aanbod/bellijst")
    def calls() -> Response:
        words, others = front.words(), request.args.get("andere") == "ja"
        with front.office.store.reading() as work:
            found = list_calls(front.office, work, front.asker(), today=front.today(), others=others)
        everything = request.args.get("alle") == "ja"
        done = request.args.get("gedaan", "")
        called = request.args.get("fiche", "")
        titles = {activity.id: activity.title for activity in front.matcher().activities}
        lines = [_line(call, words, front) for call in found]
        ids = [call.activity.id for call in found]
        for line, before in zip(lines, ["", *ids], strict=False):
            line["after"] = before
        return front.page(
            "offer_calls.html",
            lines=lines if everything else lines[:SHOWN_MOST],
            n=len(lines),
            everything=everything,
            others=others,
            done=words(f"offer_done_{done}") if done in DONE and called in titles else "",
            done_id=called,
            done_title=titles.get(called, ""),
            # The line of what was done stands where the call stood: below the one before it.
            done_after=_still_there(request.args.get("na", ""), ids),
            offer_sections=offer_sections(front.asker()),
        )


def _still_there(after: str, ids: list[str]) -> str:
    return after if after in ids else ""


def _line(call: Call, words: Words, front: Front) -> dict[str, Any]:
    activity = call.activity
    ask = missing_words(call.missing, words)
    # Not one alone: it takes as much room as its name.
    more = len(ask) - ASKED_MOST if len(ask) > ASKED_MOST + 1 else 0
    first = "offer_call_ask_full" if "full" in call.reasons else "offer_call_ask_exists"
    return {
        "call": call,
        "activity": activity,
        "when": when_words(activity, words),
        "where": where_words(activity, words),
        "reasons": [_reason(reason, call, words, front) for reason in call.reasons],
        "counted": counted_words(call.counted, words) if call.counted.proposed else "",
        "first": words(first),
        "ask": sentence(", ".join(ask[: len(ask) - more])).rstrip("."),
        "more": words("offer_call_ask_more", n=more) if more else "",
    }


def _reason(reason: str, call: Call, words: Words, front: Front) -> str:
    if reason == "full" and call.reported_full:
        return words("offer_call_full", day=words.day(call.reported_full, today=front.today(), weekday=False))
    if reason == "old":
        return verified_words(call.activity.last_verified, words, today=front.today())
    return words(f"offer_call_{reason}")
