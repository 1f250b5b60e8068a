"""Cells about when something takes place: sessions, pauses, start and end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from ...schedule import Once, Pause, Schedule, parse_schedule
from .days import day_of
from .reading import plain
from .sessions import Days, Element, Hours, Part, asks, sessions_of
from .spans import Span, Spans, complement, joined, read_spans
from .tokens import Token, tokens

_LONGEST = 1_000
"""A longer text is not about times."""
_LEAP_YEAR = 2024
_DAYS_BACK = 60
"""A date without a year may be so long ago: the weekday beside it tells which year is meant."""
_CLOSED = frozenset({"gesloten", "dicht", "closed", "niet"})
_SCHOOL_YEAR = Span((9, 1), (6, 30), from_until=True)


class _Cell:
    """What the words of one cell about times come to; each method reads on from where the last one stopped."""

    def __init__(self, words: Sequence[Token], today: date) -> None:
        self.words = words
        self.today = today
        self.at = 0
        self.elements: list[Element] = []
        self.pauses: list[Pause] = []
        self.start: date | None = None
        self.end: date | None = None
        self.flex_hours: float | None = None
        self.times_a_week: int | None = None
        self.seen: set[str] = set()
        self.closed: dict[int, str] = {}
        self.season: Span | None = None
        self.after_stretch = False

    def kind(self, ahead: int = 0) -> str:
        """Return the kind of the word at so many places ahead; empty after the last."""
        return self.words[self.at + ahead].kind if self.at + ahead < len(self.words) else ""

    def read(self) -> None:
        """Read all words."""
        while self.at < len(self.words):
            if self.kind() in ("and", "dash"):
                self.at += 1
            elif self.kind() in ("fortnight", "weekly", "monthly", "once", "flex", "drop_in", "every_nth"):
                self.seen.add(self.kind())
                self.at += 1
            elif self.kind() == "times":
                self.times_a_week = self.words[self.at].value
                self.at += 1
            elif self.kind() == "flex_hours":
                if self.flex_hours is not None:
                    raise asks("must have the hours a week once", "Add the hours together.")
                self.flex_hours = self.words[self.at].value
                self.at += 1
            elif not (self._hours() or self._days() or self._other_days() or self._stretches() or self._part()):
                raise asks(
                    "must be days, hours, dates and pauses only", "Write it like 'di 19:00-21:00; do 19:00-21:00'."
                )

    def _part(self) -> bool:
        here = self.at + (self.kind() == "prep")
        if here >= len(self.words) or self.words[here].kind != "part":
            return False
        after_and = self.at > 0 and self.words[self.at - 1].kind == "and"
        self.elements.append(Part(self.words[here].value, after_and=after_and))
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
            raise asks("must have an end for each hour", "Ask until when it lasts, and write it like 14:00-16:00.")
        if self.words[here + 2].kind not in ("time", "number"):
            raise asks("must have an end for each hour", "Ask until when it lasts, and write it like 14:00-16:00.")
        if self.after_stretch and self.elements and isinstance(self.elements[-1], Hours):
            # 'niet in juli 10-12u' may be other hours in July, or more hours of the days before.
            raise asks("must have a day for its hours", "Write it like 'di 19:00-21:00'.")
        self.elements.append(Hours(self.words[here].value, self.words[here + 2].value))
        self.at = here + 3
        return True

    def _days(self) -> bool:
        """Read weekdays, with the positions before them, ranges of them, and parts of the day behind."""
        here = self.at
        positions: list[int] = []
        while self.kind() == "ordinal" or (positions and self.kind() == "and" and self.kind(1) == "ordinal"):
            if self.kind() == "ordinal":
                positions.append(self.words[self.at].value)
            self.at += 1
        if self.kind() == "from" and self.kind(1) == "day" or self.kind() == "prep" and self.kind(1) == "day":
            self.at += 1
        if self.kind() not in ("day", "day_part"):
            if positions:
                raise asks("must have a weekday after its position", "Write it like '1e do 09:30-12:00'.")
            self.at = here
            return False
        word = self.words[self.at]
        self.at += 1
        if word.kind == "day_part":
            self.elements += [Days((word.value[0],), tuple(positions)), Part(word.value[1], after_and=True)]
            return True
        if positions and len(word.value) > 1:
            raise asks("must have one weekday after its position", "Write it like '1e za 09:30-12:00'.")
        days = word.value if positions else self._until_day(word.value)
        self.elements.append(Days(days, tuple(positions)))
        if self.kind() == "not" and self.words[self.at].text in _CLOSED and self.kind(1) in ("", "and"):
            self.at += 1
            self._close_these_days()
        return True

    def _close_these_days(self) -> None:
        """Take the days since the last hours as days on which it does not take place: 'ma en di gesloten'."""
        while self.elements and isinstance(last := self.elements[-1], Days):
            for day in last.days:
                if last.positions or isinstance(day, date):
                    raise asks("must say on which days it does take place", "Write each day with its hours.")
                self.closed[day] = "closed"
            self.elements.pop()

    def _other_days(self) -> bool:
        """Read weekdays on which it does not take place: 'elke dag behalve zondag'."""
        if self.kind() != "not" or self.kind(1) != "day" or not self.elements:
            return False
        after_hours = isinstance(self.elements[-1], Hours)
        if not after_hours and self.words[self.at].text in _CLOSED:
            # 'do dicht vr 9-12u': the day before it is closed, or the day behind it.
            raise asks("must say on which days it does take place", "Write each day with its hours.")
        said = "not_after_hours" if after_hours else "not"
        said = "closed" if self.words[self.at].text in _CLOSED - {"niet"} else said
        self.at += 1
        while self.kind() == "day" or (self.kind() == "and" and self.kind(1) == "day"):
            if self.kind() == "day":
                self.closed |= dict.fromkeys(self.words[self.at].value, said)
            self.at += 1
        # 'behalve dinsdag in juli' and 'behalve wo 14-16u' say more than a weekday.
        if self.kind() not in ("", "and") and (after_hours or self.kind() not in ("time", "number", "from")):
            raise asks("must say on which days it does take place", "Write each day with its hours.")
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
                raise asks("must say whether the days between count too", "Write 'di en do', or 'di t.e.m. do'.")
        if last[0] <= days[0]:
            raise asks("must have weekdays from the first to the last", "Write each day.")
        self.at += 2
        return tuple(range(days[0], last[0] + 1))

    def _stretches(self) -> bool:
        """Read pauses, seasons, start and end, and dates on which something takes place."""
        here = self.at
        only = without = also = False
        while self.kind() in ("not", "only", "prep", "also"):
            also |= self.kind() == "also"
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
        self.after_stretch = bool(self.elements) and isinstance(self.elements[-1], Hours)
        if self.kind() == "not" and not without and not read_spans(self.words, self.at + 1, self.today):
            without = True
            self.at += 1
        if without:
            self.pauses += found.pauses()
        elif not (also and found.has_holiday and not found.spans):
            self._take(found, only=only)
        return True

    def _school_year(self, *, without: bool) -> None:
        first_year = self.words[self.at].value
        if without:
            raise asks("must not leave the school year out", "Write when it does take place.")
        self.at += 1
        if first_year:
            self._runs(Span(date(first_year, 9, 1), date(first_year + 1, 6, 30), from_until=True))
        else:
            self._within(_SCHOOL_YEAR)

    def _within(self, season: Span) -> None:
        """Take the part of each year in which it takes place; of two it is not clear when which holds."""
        if self.season not in (None, season):
            raise asks("must be in one season", "Write the sessions of each season in a row of its own.")
        self.season = season
        self.pauses += complement(season)

    def _take(self, found: Spans, *, only: bool) -> None:
        """Take stretches on which it does take place."""
        spans = found.spans
        if found.has_holiday:
            if spans or found.holidays != (Pause((7, 1), (8, 31)),) or not only:
                raise asks("must not be in holidays only", "Write the dates on which it takes place.")
            spans = (Span((7, 1), (8, 31), from_until=True),)
        if all(span.single_day for span in spans):
            for span in spans:
                if not isinstance(span.start, date):
                    raise asks("must have a year with each date", "Write it like 5/12/2026.")
                self.elements.append(Days((span.start,)))
            return
        if spans and all(isinstance(span.start, tuple) for span in spans):
            seasons = joined(spans)
            if len(seasons) > 1:
                raise asks("must be months that follow one another", "Write the rest in pauses.")
            if not (only or seasons[0].from_until):
                raise asks("must say what a month means", "Write 'enkel in mei' or 'niet in mei'.")
            self._within(seasons[0]._replace(from_until=True))
            return
        for span in spans:
            self._runs(span)

    def _runs(self, span: Span) -> None:
        """Take the day on which the whole starts or ends."""
        for name, day in (("start", span.start), ("end", span.end)):
            if day is None:
                continue
            if not isinstance(day, date) or getattr(self, name) is not None:
                raise asks("must have one start and one end, with a year", "Write it like 1/9/2026-30/6/2027.")
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
    sessions = sessions_of(cell)
    if (cell.start or cell.end) and sessions and all(isinstance(session, Once) for session in sessions):
        raise asks("must have a date for each session, or a weekday", "Write 'di 19:00-21:00', or each date.")
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
        raise asks("must have days and hours", "Write it like 'di 19:00-21:00'.")
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
        raise asks("must be days on which it does not take place", remedy)
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
        raise asks("must be a start and an end", "Hours go into schedule.")
    return found


def _words(text: str, today: date) -> list[Token]:
    if len(text) > _LONGEST:
        raise asks("must be days and hours", "Long texts go into description.")
    return _with_years(_dated(list(tokens(plain(text))), today))


def _texts(pauses: Iterable[Pause]) -> list[str]:
    in_order = sorted(dict.fromkeys(pauses), key=lambda pause: (isinstance(pause.start, date), pause.start))
    return [str(pause) for pause in in_order]


def _dated(words: list[Token], today: date) -> list[Token]:
    """Join a weekday to the date behind it: it must fit, and may tell the year."""
    found: list[Token] = []
    for at, word in enumerate(words):
        if _may_be_a_date(words, at, today):
            raise asks("must say whether a date or hours stand there", "Write 5/12/2026, or 9:00-12:00.")
        before = found[-1] if found else None
        comma = before is not None and before.text == "," and len(found) > 1
        if comma:
            before = found[-2]
        if word.kind == "date" and before and before.kind == "day" and len(before.value) == 1:
            day = _on_weekday(word.value, before.value[0], today)
            if day is None:
                raise asks("must have a date that falls on the weekday before it", "Look at a calendar.")
            found = found[: -2 if comma else -1]
            word = Token("date", day, word.text)
        found.append(word)
    return found


def _with_years(words: list[Token]) -> list[Token]:
    """Give dates in a list the year that stands with one of them: '5/12, 12/12 en 19/12/2026'."""
    found = list(words)
    ends = {
        at + step for at, word in enumerate(words) if word.kind in ("until", "dash", "from") for step in (-1, 1)
    }
    lone = [at for at, word in enumerate(words) if word.kind == "date" and at not in ends]
    neighbours = [
        (at, at + 2) for at in lone if at + 2 in lone and words[at + 1].text in (",", "en", "and", "&", "+")
    ]
    for first, second in [*reversed(neighbours), *neighbours]:
        before, after = found[first].value, found[second].value
        if isinstance(after, date) and isinstance(before, tuple):
            year = after.year - (before > (after.month, after.day))
            found[first] = found[first]._replace(value=day_of(year, *before) or before)
        elif isinstance(before, date) and isinstance(after, tuple):
            year = before.year + (after < (before.month, before.day))
            found[second] = found[second]._replace(value=day_of(year, *after) or after)
    return found


def _may_be_a_date(words: Sequence[Token], at: int, today: date) -> bool:
    """Tell whether bare numbers behind a weekday may be its date, with the hours behind: 'za 5-12 14-16u'."""
    if [word.kind for word in words[at : at + 4]] != ["day", "number", "dash", "number"]:
        return False
    behind = [word.kind for word in words[at + 4 : at + 6] if word.text != ","]
    if behind[:1] not in (["time"], ["number"], ["from"]) or len(words[at].value) > 1:
        return False
    day, month = (words[at + step].value.minute // 60 for step in (1, 3))
    return bool(day_of(_LEAP_YEAR, month, day) and _on_weekday((month, day), words[at].value[0], today))


def _on_weekday(value: date | tuple[int, int], weekday: int, today: date) -> date | None:
    if isinstance(value, date):
        return value if value.weekday() == weekday else None
    days = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            days.append(date(year, *value))
        except ValueError:
            continue
    first, last = today - timedelta(days=_DAYS_BACK), today + timedelta(days=365 - _DAYS_BACK)
    fitting = [day for day in days if day.weekday() == weekday and first <= day <= last]
    return fitting[0] if len(fitting) == 1 else None
