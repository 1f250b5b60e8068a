"""An iCalendar file taken apart into its components, so that a broken one breaks nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from icalendar import Timezone
from icalendar.timezone import tzp

from ...errors import InputError, Problem

MOST_BYTES = 64 * 2**20
MOST_COMPONENT_LENGTH = 4 * 2**20
MOST_ZONE_LENGTH = 20_000
_FOLD = re.compile(rb"\r?\n[ \t]")
_MARK = re.compile(r"\s*(BEGIN|END):\s*([\w-]+)\s*", re.I | re.A)
_ZONE_RULE = re.compile(
    r"(?:(?:FREQ=YEARLY|BYMONTH=[\d,]{1,30}|BYDAY=[\w,+-]{1,20}|BYMONTHDAY=[\d,+-]{1,90}|BYHOUR=\d\d?|BYMINUTE=\d\d?"
    r"|WKST=\w\w|INTERVAL=1|UNTIL=[\dTZ]{8,16}|COUNT=\d{1,4})(?:;|$))+",
    re.I | re.A,
)


@dataclass(slots=True, eq=False)
class Calendar:
    """What a ``VCALENDAR`` says for all its events."""

    properties: dict[str, str] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)
    """Text of the ``VTIMEZONE`` by its ``TZID``."""
    _known: dict[str, tzinfo | None] = field(default_factory=dict)

    def zone(self, name: str) -> tzinfo | None:
        """Return the zone that a ``TZID`` stands for: a known name, else what the file says of it."""
        if name not in self._known:
            self._known[name] = _named_zone(name) or _described_zone(self.zones.get(name, ""))
        return self._known[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """The lines of a component, with neither those of what lies inside it nor its folds."""

    name: str
    line: int
    text: str
    calendar: Calendar


def decoded(content: bytes) -> str:
    """Return the text of a file.

    Raises
    ------
    InputError
        If it is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = error
    try:
        # Older programs fold in the middle of a character.
        return _FOLD.sub(b"", content).decode("utf-8-sig")
    except UnicodeDecodeError:
        line = content.count(b"\n", 0, wrong.start) + 1
        remedy = f"Byte {wrong.start} is not; save the calendar as UTF-8."
        problem = Problem(rule="must be UTF-8", place=str(line), remedy=remedy, code="encoding")
        raise InputError([problem]) from None


def components(text: str) -> Iterator[Component | Problem]:
    """Give the components directly under the calendars, and a problem for each that is not closed.

    Zones are put into their calendar, which may come after the events that use them.
    """
    calendar: Calendar | None = None
    lines = _Lines()
    for number, content in _unfolded(text):
        mark = _MARK.fullmatch(content)
        word, name = (mark[1].upper(), mark[2].upper()) if mark else ("", "")
        if name == "VCALENDAR" or word == "BEGIN" and name == lines.name:
            yield from lines.unclosed()
            lines = _Lines()
        if name == "VCALENDAR":
            calendar = Calendar() if word == "BEGIN" else None
        elif calendar is not None and lines.are_done_by(content, number, word, name):
            component = Component(name=name, line=lines.number, text=lines.text, calendar=calendar)
            lines = _Lines()
            if name == "VTIMEZONE":
                _take_zone(component)
            else:
                yield component
        elif calendar is not None and not lines.name:
            _take(calendar.properties, content)
    yield from lines.unclosed()


class _Lines:
    """The lines of one component while they come in."""

    def __init__(self) -> None:
        self.number = 0
        self._open: list[str] = []
        self._kept: list[str] = []

    @property
    def name(self) -> str:
        return self._open[0] if self._open else ""

    @property
    def text(self) -> str:
        return "\r\n".join([*self._kept, ""])

    def are_done_by(self, content: str, number: int, word: str, name: str) -> bool:
        """Take a line, and tell whether the component ends with it."""
        if word == "BEGIN":
            self.number = self.number or number
            self._open.append(name)
        elif word == "END" and name in self._open:
            # What was opened inside and never closed ends with it; an end without a beginning is passed over.
            while self._open[-1] != name:
                self._open.pop()
        if len(self._open) == 1 or self.name == "VTIMEZONE":
            self._kept.append(content)
        if word != "END" or name not in self._open:
            return False
        self._open.pop()
        return not self._open

    def unclosed(self) -> Iterator[Problem]:
        if self._open:
            rule, remedy = f"must end with END:{self.name}", "The file may be cut off here; export it anew."
            yield Problem(rule=rule, place=f"line {self.number}", remedy=remedy, code="truncated")


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Give each line of content with the number of its first line in the file."""
    number, parts = 1, [""]
    for at, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        if line[:1] in (" ", "\t") and line.strip():
            parts.append(line[1:])
            continue
        yield number, "".join(parts)
        number, parts = at, [line]
    yield number, "".join(parts)


def _take(properties: dict[str, str], content: str) -> None:
    name, _, value = content.partition(":")
    value = re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value.strip())
    properties.setdefault(name.partition(";")[0].strip().upper()[:80], value[:1000])


def _take_zone(component: Component) -> None:
    match = re.search(r"^TZID(?:;[^:\r\n]*)?:(.*?)\r?$", component.text, re.I | re.M)
    if match and len(component.text) <= MOST_ZONE_LENGTH:
        component.calendar.zones.setdefault(match[1].strip(), component.text)


def _named_zone(name: str) -> tzinfo | None:
    # Some programs put their own name before that of the zone: /citadel.org/20210210_1/Europe/Brussels.
    plain = "/".join(name.split("/")[-2:]) if name.startswith("/") else name
    return tzp.timezone(plain) if len(plain) <= 80 else None


def _described_zone(text: str) -> tzinfo | None:
    rules = re.findall(r"^RRULE(?:;[^:]*)?:(.*?)\r?$", text, re.I | re.M)
    if not text or not all(_ZONE_RULE.fullmatch(rule.strip()) for rule in rules):
        return None
    try:
        described = Timezone.from_ical(text)
        assert isinstance(described, Timezone)
        zone: tzinfo = described.to_tz(lookup_tzid=False)
        for month in (1, 7):
            datetime(2026, month, 1, tzinfo=zone).utcoffset()
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError):
        # The library says in many ways that a description is no zone.
        return None
    return zone
