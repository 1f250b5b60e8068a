"""Which events of a page are an activity, and which are sessions of another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .pages import Block
from .things import MOST_DEEP, Thing

EVENTS = frozenset({"CourseInstance", "EventSeries", "Festival", "Hackathon", "SessionSeries", "ScheduledSession"})
"""Kinds of event whose name does not end in Event."""
NO_ACTIVITIES = frozenset({"BroadcastEvent", "OnDemandEvent", "PublicationEvent", "DeliveryEvent"})


@dataclass(slots=True, eq=False)
class Event:
    """An event with the sessions that are told apart from it."""

    event: Thing
    block: str
    """Where its JSON text stands."""
    sessions: list[Thing] = field(default_factory=list)

    @property
    def identity(self) -> str:
        """Its own id, address or number; empty when it has none that holds outside its page."""
        event = self.event
        if event.id and not event.id.startswith(("_:", "#")):
            return event.id
        return event.text("url", own=True) or event.text("identifier", own=True)

    @property
    def full_identity(self) -> str:
        """Identity with title and start, for pages on which several events have one address."""
        event = self.event
        above = event.above.id if event.above is not None else ""
        parts = (self.identity, above, event.text("name"), event.text("startDate", own=True))
        return " ".join(filter(None, parts))


def activities(blocks: Iterable[Block], known: Mapping[str, Mapping[str, Any]]) -> list[tuple[Event, str]]:
    """List the activities of a page, each with what it is known by."""
    events = [(event, block.place) for block in blocks for event in _events(block.data, known)]
    inside = {sub.id for event, _ in events for sub in _subs(event) if sub.id}
    found: list[Event] = []
    series: dict[str, Event] = {}
    joined: list[tuple[Thing, Thing, str]] = []
    for event, place in events:
        above = _put_under_series(event)
        if event.id and event.id in inside:
            continue
        if above is not None and _is_session(event, above):
            joined.append((event, above, place))
            continue
        for one in _with_subs(event, place):
            found.append(one)
            if one.event.id:
                series.setdefault(one.event.id, one)
    for event, above, place in joined:
        home = series.get(above.id) if above.id else None
        if home is None:
            home = Event(above, place)
            found.append(home)
            series.setdefault(above.id or f"{place} {event.place}", home)
        home.sessions.append(event)
    times = Counter(one.identity for one in found)
    return [
        (one, one.identity if one.identity and times[one.identity] == 1 else one.full_identity) for one in found
    ]


def is_event(thing: Thing) -> bool:
    """Tell whether a thing takes place somewhere for people to be there."""
    types = thing.types
    return not types & NO_ACTIVITIES and any(name in EVENTS or name.endswith("Event") for name in types)


def _events(data: Any, known: Mapping[str, Mapping[str, Any]]) -> Iterator[Thing]:
    """Give the events of a JSON text in order, not those inside another event."""
    waiting: list[tuple[Any, str, Thing | None]] = [(data, "", None)]
    while waiting:
        value, place, above = waiting.pop()
        if isinstance(value, list):
            waiting += [(one, f"{place}/{number}", above) for number, one in enumerate(value)][::-1]
        if not isinstance(value, dict) or value.get("state") == "deleted":
            continue
        thing = Thing(value, known, above=above, place=place)
        if is_event(thing):
            yield thing
            continue
        course = thing if "Course" in thing.types else None
        inside = [
            (
                one,
                f"{place}/{key.replace('~', '~0').replace('/', '~1')}",
                course if "hasCourseInstance" in key else None,
            )
            for key, one in value.items()
        ]
        waiting += inside[::-1]


def _put_under_series(event: Thing) -> Thing | None:
    """Let an event take over what the one above it says, and return that one."""
    thing = event
    for _ in range(MOST_DEEP):
        above = next((one for one in thing.things("superEvent", own=True) if is_event(one)), None)
        if above is None or above.data is thing.data or thing.above is not None:
            break
        thing.above = above
        thing = above
    return event.above if event.above is not None and is_event(event.above) else None


def _subs(event: Thing) -> list[Thing]:
    return [*event.things("subEvent", own=True), *event.things("subEvents", own=True)]


def _is_session(event: Thing, above: Thing) -> bool:
    """Tell whether an event is but a session of the one above it: it has no other name."""
    return event.text("name", own=True) in ("", above.text("name"))


def _with_subs(event: Thing, block: str) -> Iterator[Event]:
    """Give an event with its sessions, and after it the sub-events with a name of their own."""
    waiting = [event]
    for _ in range(10_000):
        if not waiting:
            return
        one = waiting.pop(0)
        found = Event(one, block)
        for sub in _subs(one):
            sub.above = one
            if _is_session(sub, one):
                found.sessions.append(sub)
            elif is_event(sub) and one.place.count("/subEvent") < MOST_DEEP:
                waiting.append(sub)
        yield found
