"""Days as clerks write them, and the Flemish holidays."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from ...errors import EARLIEST_YEAR, LATEST_YEAR
from ...schedule import Pause
from ...vocabulary import data_folder

_FULL_DAYS = (
    ("maandag", "monday", "lundi"),
    ("dinsdag", "tuesday", "mardi"),
    ("woensdag", "wednesday", "mercredi"),
    ("donderdag", "thursday", "jeudi"),
    ("vrijdag", "friday", "vendredi"),
    ("zaterdag", "saturday", "samedi"),
    ("zondag", "sunday", "dimanche"),
)
_SHORT_DAYS = (
    "ma maa maan mon",
    "di din dins dinsd tue tues",
    "wo woe woens woensd wed",
    "do don dond donder donderd thu thur thurs",
    "vr vrij vri vrijd fri",
    "za zat zater zaterd sat",
    "zo zon zond sun",
)
DAYS: Mapping[str, int] = MappingProxyType(
    {
        **{word: number for number, words in enumerate(_SHORT_DAYS) for word in words.split()},
        **{
            word + end: number
            for number, (dutch, english, french) in enumerate(_FULL_DAYS)
            for word, ends in ((dutch, ("", "en", "s")), (english, ("", "s")), (french, ("", "s")))
            for end in ends
        },
    }
)
"""Weekday of a word, Monday = 0."""
_MONTH_WORDS = (
    "januari jan january",
    "februari feb febr february",
    "maart mrt mar march",
    "april apr",
    "mei may",
    "juni jun june",
    "juli jul july",
    "augustus aug august",
    "september sep sept",
    "oktober okt october oct",
    "november nov",
    "december dec",
)
MONTHS: Mapping[str, int] = MappingProxyType(
    {word: number for number, words in enumerate(_MONTH_WORDS, start=1) for word in words.split()}
)
HOLIDAYS: Mapping[str, str] = MappingProxyType(
    {
        stem + end: name
        for name, stems in {
            "herfstvakantie": ("herfst", "allerheiligen"),
            "kerstvakantie": ("kerst", "winter"),
            "krokusvakantie": ("krokus",),
            "paasvakantie": ("paas", "lente"),
            "zomervakantie": ("zomer",),
        }.items()
        for stem in stems
        for end in ("vakantie", "verlof", "vakanties")
    }
    | {"grote vakantie": "zomervakantie"}
)
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(\d{4}|\d{2})"
_NUMERIC = re.compile(rf"(\d{{1,2}}) ?([/.-]) ?(\d{{1,2}}) ?\2 ?{_YEAR}", re.ASCII)
_WRITTEN = re.compile(rf"(\d{{1,2}})(?:e|de|ste|st|nd|rd|th)?[ -]?({MONTH})\.?,?[ -]?'?{_YEAR}", re.ASCII)
_AMERICAN = re.compile(rf"({MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})", re.ASCII)
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ t]00:00(?::00)?)?", re.ASCII)


class Holiday(NamedTuple):
    """Days without school, or a public holiday; both days included."""

    name: str
    first_day: date
    last_day: date
    public: bool


@cache
def holidays() -> tuple[Holiday, ...]:
    """Return the school holidays and public holidays of Flanders, in order of time."""
    with (data_folder() / "school_holidays.csv").open(encoding="utf-8", newline="") as lines:
        rows = [
            Holiday(
                row["holiday"],
                date.fromisoformat(row["first_day"]),
                date.fromisoformat(row["last_day"]),
                row["sort"] == "feestdag",
            )
            for row in csv.DictReader(lines)
        ]
    return tuple(sorted(rows, key=lambda holiday: (holiday.first_day, holiday.public)))


def holiday_pauses(name: str, today: date) -> tuple[Pause, ...]:
    """Return the pauses of a holiday in this school year and the next.

    Parameters
    ----------
    name : str
        ``schoolvakanties``, ``feestdagen`` or one holiday, such as ``paasvakantie``.
    today : date
        Holidays that are over are left out.

    Returns
    -------
    tuple of Pause
        Empty when the dates of no such holiday are known. The summer is the same each year, and written so.
    """
    if name == "zomervakantie":
        return (Pause((7, 1), (8, 31)),)
    until = date(today.year + (2 if today.month >= 9 else 1), 8, 31)
    return tuple(
        Pause(holiday.first_day, holiday.last_day)
        for holiday in holidays()
        if today <= holiday.last_day
        and holiday.first_day <= until
        and (holiday.name == name if name in HOLIDAYS.values() else holiday.public == (name == "feestdagen"))
    )


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the date, or None when there is no such day or the year is a mistake; 26 is 2026."""
    try:
        found = date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
    return found if EARLIEST_YEAR <= found.year <= LATEST_YEAR else None


def read_day(text: str) -> date | None:
    """Read a date with a year, the day before the month; a weekday before it must be the right one.

    Parameters
    ----------
    text : str
        Plain text, as `plain` gives it.

    Examples
    --------
    >>> read_day("9/1/26"), read_day("wo 30 juni 2027"), read_day("ma 30 juni 2027"), read_day("31/02/2027")
    (datetime.date(2026, 1, 9), datetime.date(2027, 6, 30), None, None)
    """
    weekday, rest = None, text
    first, _, after = text.partition(" ")
    if first.rstrip(".,") in DAYS and after:
        weekday, rest = DAYS[first.rstrip(".,")], after
    if match := _ISO.fullmatch(rest):
        found = day_of(int(match[1]), int(match[2]), int(match[3]))
    elif match := _NUMERIC.fullmatch(rest):
        found = day_of(int(match[4]), int(match[3]), int(match[1]))
    elif match := _WRITTEN.fullmatch(rest):
        found = day_of(int(match[3]), MONTHS[match[2]], int(match[1]))
    elif match := _AMERICAN.fullmatch(rest):
        found = day_of(int(match[3]), MONTHS[match[1]], int(match[2]))
    else:
        return None
    return found if found and weekday in (None, found.weekday()) else None
