"""Cells about when something takes place: sessions, pauses, start and end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from ...errors import InputError
from ...schedule import DAY_MIN, Flex, Monthly, Once, Pause, Schedule, Timed, Weekly, parse_schedule
from ...schedule.sessions import FLEX_HOURS_MAX, FLEX_HOURS_MIN
from .days import DAYS
from .reading import plain, refused
from .spans import Span, Spans, complement, joined, read_spans
from .tokens import NOON, PARTS, Clock, Token, tokens

_LONGEST = 1_000
"""A longer text is not about times."""
_EARLIEST_UNMARKED = 6 * 60
"""'2-4' without 'namiddag' or a zero in front is hardly the night: we ask."""
_NIGHT_START, _NIGHT_END = 18 * 60, 6 * 60
_SCHOOL_YEAR = Span((9, 1), (6, 30), from_until=True)


class _Days(NamedTuple):
    """Weekdays or dates on which something takes place, with the positions in the month."""

    days: tuple[int, ...] | tuple[date, ...]
    positions: tuple[int, ...] = ()


class _Hours(NamedTuple):
    start: Clock
    end: Clock


_Element = _Days | _Hours | str
"""A string is a part of the day."""


class _Cell:
    """What the words of one cell about times come to; each method reads on from where the last one stopped."""

    def __init__(self, words: Sequence[Token], today: date) -> None:
        self.words = words
        self.today = today
        self.at = 0
        self.elements: list[_Element] = []
        self.pauses: list[Pause] = []
        self.start: date | None = None
        self.end: date | None = None
        self.flex_hours: float | None = None
        self.seen: set[str] = set()

    def kind(self, ahead: int = 0) -> str:
        """Return the kind of the word at so many places ahead; empty after the last."""
        return self.words[self.at + ahead].kind if self.at + ahead < len(self.words) else ""

    def read(self) -> None:
        """Read all words."""
        while self.at < len(self.words):
            if self.kind() in ("and", "dash"):
                self.at += 1
            elif self.kind() in ("fortnight", "weekly", "monthly", "once", "flex", "drop_in"):
                self.seen.add(self.kind())
                self.at += 1
            elif self.kind() == "flex_hours":
                if self.flex_hours is not None:
                    raise _asks("must have the hours a week once", "Add the hours together.")
                self.flex_hours = self.words[self.at].value
                self.at += 1
            elif not (self._hours() or self._days() or self._stretches() or self._part()):
                raise _asks(
                    "must be days, hours, dates and pauses only", "Write it like 'di 19:00-21:00; do 19:00-21:00'."
                )

    def _part(self) -> bool:
        here = self.at + (self.kind() == "prep")
        if here >= len(self.words) or self.words[here].kind != "part":
            return False
        self.elements.append(self.words[here].value)
        self.at = here + 1
        return True

    def _hours(self) -> bool:
        """Read 'van 14 tot 16 uur' and the like."""
        opening = self.words[self.at]
        here = self.at + (opening.kind == "from")
        if here >= len(self.words) or self.words[here].kind not in ("time", "number"):
            return False
        between = opening.kind == "from" and opening.value in ("tussen", "between")
        joins = ("until", "dash", "and") if between else ("until", "dash")
        if here + 2 >= len(self.words) or self.words[here + 1].kind not in joins:
            raise _asks(
                "must have an end for each hour", "Ask until when it lasts, and write it like 14:00-16:00."
            )
        if self.words[here + 2].kind not in ("time", "number"):
            raise _asks(
                "must have an end for each hour", "Ask until when it lasts, and write it like 14:00-16:00."
            )
        self.elements.append(_Hours(self.words[here].value, self.words[here + 2].value))
        self.at = here + 3
        return True

    def _days(self) -> bool:
        """Read weekdays, with the positions before them, ranges of them, and parts of the day behind."""
        here = self.at
        positions = []
        while self.kind() == "ordinal" or (positions and self.kind() == "and" and self.kind(1) == "ordinal"):
            if self.kind() == "ordinal":
                positions.append(self.words[self.at].value)
            self.at += 1
        if self.kind() == "from" and self.kind(1) == "day" or self.kind() == "prep" and self.kind(1) == "day":
            self.at += 1
        if self.kind() not in ("day", "day_part"):
            if positions:
                raise _asks("must have a weekday after its position", "Write it like '1e do 09:30-12:00'.")
            self.at = here
            return False
        word = self.words[self.at]
        self.at += 1
        if word.kind == "day_part":
            self.elements += [_Days((word.value[0],), tuple(positions)), word.value[1]]
            return True
        if positions and len(word.value) > 1:
            raise _asks("must have one weekday after its position", "Write it like '1e za 09:30-12:00'.")
        days = word.value if positions else self._until_day(word.value)
        self.elements.append(_Days(days, tuple(positions)))
        return True

    def _until_day(self, days: tuple[int, ...]) -> tuple[int, ...]:
        """Return the days of a range that begins with the one just read, or that one."""
        if len(days) > 1 or self.kind() not in ("until", "dash") or self.kind(1) != "day":
            return days
        last = self.words[self.at + 1].value
        if len(last) > 1:
            return days
        if self.kind() == "dash":
            chained = self.kind(2) == "dash" and self.kind(3) == "day"
            after_chain = self.at >= 2 and self.words[self.at - 2].kind == "dash"
            if chained or after_chain:
                return days
            # 'di-do' may be two days or three; a working week or two neighbours cannot be misread.
            if not (days[0] == 0 and last[0] >= 4) and last[0] != days[0] + 1:
                raise _asks("must say whether the days between count too", "Write 'di en do', or 'di t.e.m. do'.")
        if last[0] <= days[0]:
            raise _asks("must have weekdays from the first to the last", "Write each day.")
        self.at += 2
        return tuple(range(days[0], last[0] + 1))

    def _stretches(self) -> bool:
        """Read pauses, seasons, start and end, and dates on which something takes place."""
        here = self.at
        only = without = False
        while self.kind() in ("not", "only", "prep"):
            without |= self.kind() == "not"
            only |= self.kind() in ("only", "prep")
            self.at += 1
        if self.kind() == "school_year":
            self._school_year(without=without)
            return True
        found = read_spans(self.words, self.at, self.today)
        if not found:
            self.at = here
            return False
        self.at = found.after
        if self.kind() == "not" and not without and not read_spans(self.words, self.at + 1, self.today):
            without = True
            self.at += 1
        if without:
            self.pauses += found.pauses()
        else:
            self._take(found, only=only)
        return True

    def _school_year(self, *, without: bool) -> None:
        first_year = self.words[self.at].value
        if without:
            raise _asks("must not leave the school year out", "Write when it does take place.")
        self.at += 1
        if first_year:
            self._runs(Span(date(first_year, 9, 1), date(first_year + 1, 6, 30), from_until=True))
        else:
            self.pauses += complement(_SCHOOL_YEAR)

    def _take(self, found: Spans, *, only: bool) -> None:
        """Take stretches on which it does take place."""
        spans = found.spans
        if found.has_holiday:
            if spans or found.holidays != (Pause((7, 1), (8, 31)),) or not only:
                raise _asks("must not be in holidays only", "Write the dates on which it takes place.")
            spans = (Span((7, 1), (8, 31), from_until=True),)
        if all(span.single_day for span in spans):
            for span in spans:
                if not isinstance(span.start, date):
                    raise _asks("must have a year with each date", "Write it like 5/12/2026.")
                self.elements.append(_Days((span.start,)))
            return
        if spans and all(isinstance(span.start, tuple) for span in spans):
            seasons = joined(spans)
            if len(seasons) > 1:
                raise _asks("must be months that follow one another", "Write the rest in pauses.")
            if not (only or seasons[0].from_until):
                raise _asks("must say what a month means", "Write 'enkel in mei' or 'niet in mei'.")
            self.pauses += complement(seasons[0])
            return
        for span in spans:
            self._runs(span)

    def _runs(self, span: Span) -> None:
        """Take the day on which the whole starts or ends."""
        for name, day in (("start", span.start), ("end", span.end)):
            if day is None:
                continue
            if not isinstance(day, date) or getattr(self, name) is not None:
                raise _asks("must have one start and one end, with a year", "Write it like 1/9/2026-30/6/2027.")
            setattr(self, name, day)


def read_times(text: str, *, today: date) -> dict[str, Any]:
    """Read when something takes place.

    Parameters
    ----------
    text : str
        As a clerk wrote it.
    today : date
        From which day on holidays are dated.

    Returns
    -------
    dict
        Any of ``schedule`` (in the Dutch form), ``pauses``, ``start_date``, ``end_date``, ``attendance``.

    Raises
    ------
    InputError
        If a word, the end of a session, a day or a year is not there or not understood.

    Examples
    --------
    >>> read_times("elke dinsdagavond 7-9u, niet in juli/aug", today=date(2026, 11, 23))
    {'schedule': 'di 19:00-21:00', 'pauses': ['07-01..08-31']}
    """
    cell = _Cell(_words(text, today), today)
    cell.read()
    sessions = _sessions(cell)
    found: dict[str, Any] = {}
    if sessions:
        found["schedule"] = str(parse_schedule(str(Schedule(tuple(sessions)))))
    if cell.pauses:
        found["pauses"] = _texts(cell.pauses)
    for key, day in (("start_date", cell.start), ("end_date", cell.end)):
        if day:
            found[key] = day.isoformat()
    if "drop_in" in cell.seen:
        found["attendance"] = "drop_in"
    if not found:
        raise _asks("must have days and hours", "Write it like 'di 19:00-21:00'.")
    return found


def read_pauses(text: str, *, today: date) -> dict[str, Any]:
    """Read when it does not take place, from a column that says nothing else.

    Raises
    ------
    InputError
        If something else than months, dates and holidays stands there.

    Examples
    --------
    >>> read_pauses("juli en augustus", today=date(2026, 11, 23))
    {'pauses': ['07-01..08-31']}
    """
    words = [word for word in _words(text, today) if word.kind != "not"]
    found = read_spans(words, 0, today)
    if not found or found.after != len(words):
        remedy = "Write dates or holidays, like '21/12/2026-3/1/2027' or 'schoolvakanties'."
        raise _asks("must be days on which it does not take place", remedy)
    return {"pauses": _texts(found.pauses())}


def read_period(text: str, *, today: date) -> dict[str, Any]:
    """Read from when until when it runs, from a column that says nothing else.

    Raises
    ------
    InputError
        If a year is missing, or hours stand there too.

    Examples
    --------
    >>> read_period("sept. 2026 tot juni 2027", today=date(2026, 11, 23))
    {'start_date': '2026-09-01', 'end_date': '2027-06-30'}
    """
    found = read_times(text, today=today)
    if found.keys() - {"start_date", "end_date", "pauses"}:
        raise _asks("must be a start and an end", "Hours go into schedule.")
    return found


def _words(text: str, today: date) -> list[Token]:
    if len(text) > _LONGEST:
        raise _asks("must be days and hours", "Long texts go into description.")
    return _dated(list(tokens(plain(text))), today)


def _texts(pauses: Iterable[Pause]) -> list[str]:
    in_order = sorted(dict.fromkeys(pauses), key=lambda pause: (isinstance(pause.start, date), pause.start))
    return [str(pause) for pause in in_order]


def _asks(rule: str, remedy: str) -> InputError:
    return refused(rule, None, remedy, code="schedule")


def _dated(words: list[Token], today: date) -> list[Token]:
    """Join a weekday to the date behind it: it must fit, and may tell the year."""
    found: list[Token] = []
    for word in words:
        before = found[-1] if found else None
        comma = before is not None and before.text == "," and len(found) > 1
        if comma:
            before = found[-2]
        if word.kind == "date" and before and before.kind == "day" and len(before.value) == 1:
            day = _on_weekday(word.value, before.value[0], today)
            if day is None:
                raise _asks("must have a date that falls on the weekday before it", "Look at a calendar.")
            found = found[: -2 if comma else -1]
            word = Token("date", day, word.text)
        found.append(word)
    return found


def _on_weekday(value: date | tuple[int, int], weekday: int, today: date) -> date | None:
    if isinstance(value, date):
        return value if value.weekday() == weekday else None
    days = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            days.append(date(year, *value))
        except ValueError:
            continue
    year_round = timedelta(days=365)
    fitting = [day for day in days if day.weekday() == weekday and abs(day - today) < year_round]
    return fitting[0] if len(fitting) == 1 else None


def _sessions(cell: _Cell) -> list[Timed | Flex]:
    groups = _groups(cell.elements)
    if cell.flex_hours is not None:
        if groups:
            raise _asks("must have hours a week, or sessions of its own", "Write 'flex 2u/week' or the sessions.")
        if not FLEX_HOURS_MIN <= cell.flex_hours <= FLEX_HOURS_MAX:
            raise _asks(f"must have {FLEX_HOURS_MIN:g} to {FLEX_HOURS_MAX:g} hours a week", "Look at the number.")
        return [Flex(cell.flex_hours)]
    if "flex" in cell.seen:
        raise _asks("must say how many hours a week by agreement", "Ask it, and write it like 'flex 2u/week'.")
    if "fortnight" in cell.seen and ("weekly" in cell.seen or len(groups) != 1):
        raise _asks("must say which sessions are every other week", "Write '2w' before each: '2w wo 14:00-16:00'.")
    if not groups and cell.seen & {"fortnight", "weekly", "monthly"}:
        raise _asks("must have days and hours", "Write it like 'di 19:00-21:00'.")
    if "once" in cell.seen and not all(isinstance(days.days[0], date) for group, _ in groups for days in group):
        raise _asks("must have a date for what takes place once", "Write it like '5/12/2026 14:00-17:00'.")
    every = 2 if "fortnight" in cell.seen else 1
    monthly = {bool(days.positions) for group, _ in groups for days in group}
    if ("monthly" in cell.seen and monthly != {True}) or (
        True in monthly and (every == 2 or "weekly" in cell.seen)
    ):
        raise _asks(
            "must say which week of the month", "Write it like '1e do 09:30-12:00' or 'laatste vr 14:00-16:00'."
        )
    return [session for group in groups for session in _of_group(*group, every=every)]


def _groups(elements: Sequence[_Element]) -> list[tuple[list[_Days], list[tuple[int, int]]]]:
    """Put the hours with their days: each run of days with the hours behind it, or each with those before."""
    timed = _with_parts(elements)
    if not timed:
        return []
    runs: list[tuple[bool, list[Any]]] = []
    for element in timed:
        are_days = isinstance(element, _Days)
        if not runs or runs[-1][0] != are_days:
            runs.append((are_days, []))
        runs[-1][1].append(element)
    if len(runs) % 2:
        missing = "hours for each day" if runs[-1][0] else "a day for its hours"
        raise _asks(f"must have {missing}", "Write it like 'di 19:00-21:00'.")
    pairs = list(zip(runs[::2], runs[1::2], strict=True))
    return [(days[1], hours[1]) if days[0] else (hours[1], days[1]) for days, hours in pairs]


def _with_parts(elements: Sequence[_Element]) -> list[_Days | tuple[int, int]]:
    """Return days and hours in minutes; a part of the day counts for the hours behind it, else before it."""
    found: list[_Days | tuple[int, int]] = []
    parts: dict[int, str] = {}
    for index, element in enumerate(elements):
        if not isinstance(element, str):
            continue
        near = _hours_of_part(elements, index)
        if near is None or parts.setdefault(near, element) != element:
            raise _asks("must have hours for each part of the day", "Write it like 'di 19:00-21:00'.")
    for index, element in enumerate(elements):
        if isinstance(element, _Hours):
            found.append(_minutes(element, parts.get(index)))
        elif isinstance(element, _Days):
            found.append(element)
    return found


def _hours_of_part(elements: Sequence[_Element], index: int) -> int | None:
    """Return where the hours stand that a part of the day speaks of."""
    behind = index + 1
    # Over other days with the same part of the day: 'maandag- en woensdagavond'.
    while behind < len(elements) and (isinstance(elements[behind], _Days) or elements[behind] == elements[index]):
        behind += 1
    follows = behind < len(elements) and isinstance(elements[behind], _Hours)
    precedes = index > 0 and isinstance(elements[index - 1], _Hours)
    if precedes and not (follows and behind == index + 1):
        return index - 1
    return behind if follows else None


def _minutes(hours: _Hours, part: str | None) -> tuple[int, int]:
    start, end = hours.start.minute, hours.end.minute
    spoken = "spoken" in (hours.start.half, hours.end.half)
    if hours.end.half in ("am", "pm") and not hours.start.half and not hours.start.sure:
        start = start + NOON if hours.end.half == "pm" and start + NOON < end else start
    elif part:
        start, end = _in_part(start, end, part)
    elif spoken or (start < _EARLIEST_UNMARKED and not hours.start.sure):
        raise _asks("must say whether morning or afternoon is meant", "Write 14:00-16:00 for the afternoon.")
    if start >= DAY_MIN:
        raise _asks("must have times from 00:00 to 24:00", "Write the day after as a session of its own.")
    if end <= start and not (start >= _NIGHT_START and end <= _NIGHT_END):
        raise _asks("must have an end after its start", "Write the hours like 14:00-16:00.")
    return start, end


def _in_part(start: int, end: int, part: str) -> tuple[int, int]:
    """Return the hours in the part of the day in which they are said to be, moved by twelve hours where needed."""
    first, last = PARTS[part]
    for move_start, move_end in ((0, 0), (0, NOON), (NOON, NOON)):
        if first <= start + move_start <= last and start + move_start < end + move_end <= DAY_MIN:
            return start + move_start, end + move_end
    if part == "evening" and start >= _NIGHT_START and end <= _NIGHT_END:
        return start, end
    raise _asks("must have hours in the part of the day that it names", "Write the hours like 14:00-16:00.")


def _of_group(days: list[_Days], hours: list[tuple[int, int]], *, every: int) -> Iterable[Timed]:
    kinds = {(bool(one.positions), isinstance(one.days[0], date)) for one in days}
    if len(kinds) > 1:
        raise _asks("must have hours for each sort of day", "Separate the sessions with ';'.")
    for one in dict.fromkeys(days):
        for start, end in dict.fromkeys(hours):
            for day in one.days:
                yield from _session(day, one.positions, (start, end), every=every)


def _session(
    day: int | date, positions: tuple[int, ...], hours: tuple[int, int], *, every: int
) -> Iterable[Timed]:
    start, end = hours
    if end <= start and end != 0 and (positions or every == 2):
        raise _asks("must end on the day itself", "Write what passes midnight as two sessions.")
    until = end if end > start else DAY_MIN
    if isinstance(day, date):
        yield Once(day, start, until)
        if 0 < end <= start:
            yield Once(day + timedelta(days=1), 0, end)
    elif positions:
        yield from (Monthly(position, day, start, until) for position in positions)
    else:
        yield Weekly(day, start, until, every)
        if 0 < end <= start:
            yield Weekly((day + 1) % len(set(DAYS.values())), 0, end)
