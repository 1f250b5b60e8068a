"""All events of some postal codes, past the ceiling of what one list gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ..errors import InputError, Problem, must
from .pages import Page
from .part import Part, Reached
from .search_api import SearchApi

PAGE_SIZE = 500
CEILING = 10_000
"""The documentation allows a start of 10,000 with 2,000 more; the server itself counts both together."""

Told = Callable[[int, int, float], None]
"""Is told the events received, the events there are, and the seconds of waiting that begin now (else 0)."""

_POSTAL_CODE = re.compile(r"[1-9][0-9]{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came of it: so many events in the file, and what is to be said about them."""

    n_events: int
    problems: tuple[Problem, ...]


def wanted_events(postal_codes: Iterable[str]) -> dict[str, str]:
    r"""Put into the words of the Search API which events are wanted.

    Raises
    ------
    InputError
        If there is no postal code, or one that has not four digits.

    Notes
    -----
    The API's own filters stay on: what is published and not over, in Belgium, open to everyone.

    Examples
    --------
    >>> wanted_events(["3020"])
    {'postalCode': '3020'}
    >>> wanted_events(["3020", "3010", "3020"])
    {'q': 'address.\\*.postalCode:(3010 OR 3020)'}
    """
    codes = sorted(set(postal_codes))
    for code in codes or [""]:
        must(bool(_POSTAL_CODE.fullmatch(code)), "--postal-code", "four digits, 1000 to 9999", code)
    if len(codes) == 1:
        return {"postalCode": codes[0]}
    return {"q": rf"address.\*.postalCode:({' OR '.join(codes)})"}


def fetch_events(
    source: SearchApi, query: Mapping[str, str], path: Path, *, now: datetime, told: Told = lambda *_: None
) -> Fetched:
    """Fetch the events that answer to a query into a file, one line of JSON each, the oldest first.

    Parameters
    ----------
    source : SearchApi
    query : mapping
        Of `wanted_events`.
    path : Path
        Replaced when the list is complete, not before. What comes is kept beside it; the same call within a day
        goes on from there.
    now : datetime
        With a time zone.
    told : callable
        Is told of every page and every wait.

    Raises
    ------
    InputError
        If the source gives no good answer, no events at all, or more of one second than it lets through.
    OSError
        If the file cannot be written.

    Notes
    -----
    Pages overlap by one event. When the first of a page is not the last of the page before, the list moved
    meanwhile and something may have slipped through in between; then the list is asked anew from the date at which
    the last event was made, as it is where it is longer than the API lets through. What comes twice is kept once.
    """
    with Part(path, {"url": source.url, **query}, now=now) as part:
        try:
            _read_list(source, query, part, told)
        except InputError as error:
            raise InputError([*part.notes, *error.problems]) from None
        n_events, total = len(part.keys), part.reached.total
        if not n_events:
            part.drop()
            raise source.refusal(
                "must know events for this question",
                remedy="Check the postal codes. The file is left as it is.",
                code="no_events",
            )
        part.complete()
    problems = part.notes
    if n_events < total:
        missing = Problem(
            source=source.host,
            rule=f"must give as many different events as it says there are, {total}",
            value=str(n_events),
            remedy="The list changed while it was read, or holds an event twice: fetch again to be sure.",
            severity="warning",
            code="incomplete",
        )
        problems = [*problems, missing]
    return Fetched(n_events=n_events, problems=tuple(problems))


def _read_list(source: SearchApi, query: Mapping[str, str], part: Part, told: Told) -> None:
    def waiting(seconds: float) -> None:
        told(len(part.keys), part.reached.total, seconds)

    more = True
    while more:
        waiting(0.0)
        at = part.reached
        slice_of = {"createdFrom": at.created_from} if at.created_from else {}
        page = source.page({**query, **slice_of}, start=at.start, limit=PAGE_SIZE, waiting=waiting)
        end = at.start + len(page.events)
        if at.start and not _joins(page, at) and _can_slice(at):
            part.add((), _next_slice(at))
            continue
        more = end < page.total
        at = _after(page, at)
        if more and at.start + PAGE_SIZE > CEILING:
            if not _can_slice(at):
                raise source.refusal(
                    f"must have fewer than {CEILING} events made in one second",
                    remedy="Ask for fewer postal codes at a time.",
                    code="too_many",
                )
            at = _next_slice(at)
        part.add(page.events, at)
    waiting(0.0)


def _joins(page: Page, at: Reached) -> bool:
    """Tell whether a page begins with the event that the one before ended with."""
    return bool(page.events) and page.events[0].key == at.last_key


def _after(page: Page, at: Reached) -> Reached:
    dated = [event.created for event in page.events if event.created]
    return Reached(
        created_from=at.created_from,
        start=max(at.start + len(page.events) - 1, 0),
        last_key=page.events[-1].key if page.events else at.last_key,
        last_created=dated[-1] if dated else at.last_created,
        # The total of a later slice is not that of the whole list.
        total=at.total if at.created_from else page.total,
    )


def _can_slice(at: Reached) -> bool:
    return at.last_created is not None and at.last_created > (at.created_from or "")


def _next_slice(at: Reached) -> Reached:
    return replace(at, created_from=at.last_created, start=0, last_key=None)
