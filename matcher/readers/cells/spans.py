"""Stretches of days in a cell about times: holidays, months, dates, and from when until when."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from ...schedule import Pause
from .days import holiday_pauses
from .reading import refused
from .tokens import Token

_LEAP_YEAR = 2024
_SEPARATORS = ("and",)

MonthDay = tuple[int, int]


class Span(NamedTuple):
    """A stretch of days, both included.

    Dates for one stretch, months and days for one of each year; one end is None when it stays open.
    """

    start: date | MonthDay | None
    end: date | MonthDay | None
    from_until: bool = False
    """Whether it was written as a start and an end, not as one day, month or holiday."""
    single_day: bool = False


@dataclass(frozen=True, slots=True)
class Spans:
    """Stretches that stand together, as pauses where each is one, and where the text goes on."""

    spans: tuple[Span, ...]
    holidays: tuple[Pause, ...]
    has_holiday: bool
    after: int

    def pauses(self) -> list[Pause]:
        """Return the stretches as pauses; what has an open end is none."""
        found = []
        for span in joined(self.spans):
            if span.start is None or span.end is None:
                raise refused("must have pauses with a start and an end", None, "Write both.", code="schedule")
            found.append(Pause(span.start, span.end))
        return [*found, *self.holidays]


def read_spans(words: Sequence[Token], at: int, today: date) -> Spans | None:
    """Read as many stretches as stand next to one another from a place on, or None when there is none."""
    spans: list[Span] = []
    pauses: list[Pause] = []
    has_holiday = False
    here = after = at
    while here < len(words):
        if words[here].kind == "prep":
            here += 1
            continue
        if words[here].kind == "holiday":
            found = holiday_pauses(words[here].value, today)
            if not found:
                remedy = "Write the dates in pauses, like 2026-12-21..2027-01-03."
                raise refused("must name holidays of which the dates are known", None, remedy, code="schedule")
            pauses += found
            has_holiday = True
            here += 1
        elif read := _span(words, here, today):
            span, here = read
            spans.append(span)
        else:
            break
        after = here
        while here < len(words) and words[here].kind in _SEPARATORS:
            here += 1
    if not spans and not pauses:
        return None
    return Spans(tuple(spans), tuple(dict.fromkeys(pauses)), has_holiday, after)


def joined(spans: Sequence[Span]) -> list[Span]:
    """Join months of each year that follow one another."""
    found: list[Span] = []
    for span in spans:
        before = found[-1] if found else None
        if before and isinstance(before.end, tuple) and span.start == (before.end[0] % 12 + 1, 1):
            found[-1] = before._replace(end=span.end)
        else:
            found.append(span)
    return found


def complement(span: Span) -> list[Pause]:
    """Return the rest of each year as a pause; empty when the stretch is the whole year."""
    assert isinstance(span.start, tuple)
    assert isinstance(span.end, tuple)
    first = date(_LEAP_YEAR, *span.end) + timedelta(days=1)
    last = date(_LEAP_YEAR, *span.start) - timedelta(days=1)
    if first.timetuple()[1:3] == span.start:
        return []
    return [Pause((first.month, first.day), (last.month, last.day))]


def _span(words: Sequence[Token], at: int, today: date) -> tuple[Span, int] | None:
    opening = words[at].value if words[at].kind == "from" else None
    here = at + (words[at].kind == "from")
    if words[at].kind == "until":
        end = _ends(words, at + 1)
        if not end or not isinstance(end[1], date):
            return None
        return Span(None, end[1], from_until=True), at + 2
    start = _ends(words, here)
    if not start:
        return None
    here += 1
    joins = here < len(words) and (
        words[here].kind in ("until", "dash") or (words[here].kind == "and" and opening in ("tussen", "between"))
    )
    if joins and (end := _ends(words, here + 1)):
        return _from_until(words[here - 1], words[here + 1]), here + 2
    if opening == "vanaf" or (opening or "").startswith(("start", "as of")):
        if not isinstance(start[0], date):
            raise refused(
                "must have a year with the start", None, "Write it like 'vanaf 5/1/2027'.", code="schedule"
            )
        return Span(start[0], None, from_until=True), here
    if opening:
        return None
    return Span(*start, single_day=words[here - 1].kind == "date"), here


def _ends(words: Sequence[Token], at: int) -> tuple[date | MonthDay, date | MonthDay] | None:
    """Return the first and last day of a date or month."""
    if at >= len(words) or words[at].kind not in ("date", "month"):
        return None
    value = words[at].value
    if words[at].kind == "date":
        return value, value
    month, year = value
    if year is None:
        return (month, 1), (month, calendar.monthrange(_LEAP_YEAR, month)[1])
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _from_until(start_word: Token, end_word: Token) -> Span:
    starts, ends = _ends([start_word], 0), _ends([end_word], 0)
    assert starts
    assert ends
    start, end = starts[0], ends[1]
    # One year written for both: the stretch is shorter than a year.
    if isinstance(end, date) and not isinstance(start, date):
        start = _with_year(start, end.year - (start > (end.month, end.day)))
    elif isinstance(start, date) and not isinstance(end, date):
        end = _with_year(end, start.year + (end < (start.month, start.day)))
    if isinstance(start, date) and isinstance(end, date) and end < start:
        raise refused("must have an end on or after its start", None, "Turn the dates round.", code="schedule")
    return Span(start, end, from_until=True)


def _with_year(day: MonthDay, year: int) -> date:
    return date(year, day[0], min(day[1], calendar.monthrange(year, day[0])[1]))
