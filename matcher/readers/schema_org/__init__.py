"""The offer from web pages: events of schema.org and OpenActive as JSON-LD, alone or inside HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ...errors import InputError, Problem
from ...model import Proposal
from ...privacy import looks_personal
from ...schedule import Run
from ..found import Found, made_id
from ..marks import said_by_marks, without_marks
from ..record import record
from .activities import Event, activities
from .fields import fields, is_organisation
from .pages import Block, blocks
from .prices import prices
from .things import Thing, known_nodes
from .times import run_of_event, schedules

PAGES = frozenset({"WebSite", "WebPage", "CollectionPage", "ItemPage", "AboutPage"})


def read_schema_org(path: Path, *, today: date) -> Found:
    """Read the events of a JSON-LD file or a web page.

    Parameters
    ----------
    path : Path
        JSON-LD (one object, a list, ``@graph``, a page of an OpenActive feed), at most 64 MiB, or HTML with
        scripts of the type ``application/ld+json``, at most 16 MiB.
    today : date
        What repeats is looked at from here.

    Yields
    ------
    Proposal or Problem
        The place of a problem is a JSON pointer, after the number and line of its script in a page.

    Notes
    -----
    Nothing is fetched: a context or a reference to another page is not followed.

    References
    ----------
    https://schema.org/Event, https://schema.org/Schedule; OpenActive Modelling Specification 2.0.
    """
    source = str(path)
    texts: list[Block] = []
    for block in blocks(path):
        if isinstance(block, Problem):
            yield replace(block, source=source)
        else:
            texts.append(block)
    known: dict[str, Any] = {}
    for block in texts:
        known |= {key: node for key, node in known_nodes(block.data).items() if key not in known}
    named_after = _named_after(texts, known)
    listed = activities(texts, known)
    assumed = False
    seen: dict[str, Proposal] = {}
    for activity, identity in listed:
        for found in _read(activity, identity, named_after, today):
            if isinstance(found, Problem):
                yield replace(found, source=source, place=" ".join(filter(None, (activity.block, found.place))))
            elif (found.id or "") not in seen:
                seen[found.id or ""] = found
                assumed = assumed or "organiser" in found.assumed
                yield found
            elif seen[found.id or ""] != found:
                rule, remedy = "stands twice in the page, and differs", "The first one is taken."
                place = " ".join(filter(None, (activity.block, activity.event.place)))
                problem = Problem(key="@id", rule=rule, value=identity, remedy=remedy, code="duplicate_id")
                yield replace(problem, source=source, place=place, severity="warning")
    if assumed:
        yield Problem(
            source=source,
            key="organiser",
            rule="is taken to be whose page it is",
            value=named_after,
            remedy="Fill in who organises, if it is somebody else.",
            severity="note",
            code="organiser_assumed",
        )
    if texts and not listed:
        yield Problem(source=source, rule="must hold an event", severity="warning", code="empty")


def _read(found: Event, identity: str, named_after: str | None, today: date) -> Iterator[Proposal | Problem]:
    event = found.event
    try:
        run, problems = run_of_event(event, found.sessions, today=today)
    except InputError as error:
        problem = error.problems[0]
        yield replace(problem, place=f"{event.place}/{problem.key}")
        return
    statuses = set(event.words("eventStatus"))
    data = fields(event, today=today)
    data["title"], marks = without_marks(str(data["title"] or ""))
    for word in marks.values():
        rule = f"says {word}: taken out of the title"
        yield Problem(key="name", place=event.place, rule=rule, severity="note", code="title_mark")
    if "EventPostponed" in statuses or "schedule" in marks:
        rule, remedy = "is put off to a day that is not known", "Ask for the new date."
        problems = [Problem(key="eventStatus", rule=rule, remedy=remedy, severity="warning", code="postponed")]
        run = Run()
    several = bool(found.sessions or schedules(event)) or run.start_date != run.end_date
    money, more = prices(event, several_sessions=several, today=today)
    yield from (replace(one, place=one.place or event.place) for one in [*problems, *more])
    data |= money | said_by_marks(marks)
    organiser_assumed = data["organiser"] is None and named_after is not None
    data |= {
        "id": made_id("web", identity),
        "organiser": named_after if organiser_assumed else data["organiser"],
        "assumed": ["organiser"] if organiser_assumed else [],
        "status": "cancelled" if "EventCancelled" in statuses or "status" in marks else None,
        "schedule": str(run.schedule) if run.schedule else None,
        "start_date": run.start_date,
        "end_date": run.end_date,
        "pauses": [str(pause) for pause in run.pauses],
        "source": "schema.org",
    }
    yield from record(data, place=event.place, source="")


def _named_after(texts: Sequence[Block], known: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Return the only organisation that a page says to be of, in the outermost things of its JSON texts."""
    names = set()
    for block in texts:
        outer = block.data if isinstance(block.data, list) else [block.data]
        for node in outer:
            inner = node.get("@graph", [node]) if isinstance(node, dict) else []
            for one in inner if isinstance(inner, list) else []:
                if not isinstance(one, dict):
                    continue
                thing = Thing(one, known)
                publishers = thing.things("publisher", own=True) if thing.types & PAGES else []
                names |= {
                    name for org in [thing, *publishers] if is_organisation(org) and (name := org.text("name"))
                }
    only = names.pop() if len(names) == 1 else ""
    return None if not only or looks_personal(only) else only
