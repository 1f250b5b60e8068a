"""Every text of the pages in Dutch and English, and how numbers and dates are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal

from ... import explain
from ...schedule import DAYS_NL
from . import common, desk, dossier, offer, overview, paper

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")

_DAYS_SHORT = (
    ("ma", "Mon"),
    ("di", "Tue"),
    ("wo", "Wed"),
    ("do", "Thu"),
    ("vr", "Fri"),
    ("za", "Sat"),
    ("zo", "Sun"),
)
FIT_LEVELS = ((0.75, "very_well"), (0.55, "well"), (0.40, "possible"), (0.0, "further"))
"""From which score on a proposal is said to fit how well."""
YEAR_SHOWN_AFTER_DAYS = 180
"""A date further away than this is written with its year."""

_FAMILIES = (common, desk, dossier, offer, overview, paper)
TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {name: text for family in _FAMILIES for name, text in family.TEXTS.items()}
)
"""Texts by name: Dutch, English. No two families give one name."""


class Words:
    """The texts of one language, called by name.

    Examples
    --------
    >>> Words("nl")("allowed_many", n=64, k=10)
    '64 activiteiten passen. Dit zijn de 10 beste voorstellen.'
    >>> Words("en")("fit_well")
    'fits well'
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._column = LANGUAGES.index(language)

    def __call__(self, name: str, /, **values: object) -> str:
        """Return a text, with its values filled in."""
        found = TEXTS[name][self._column]
        return found.format(**values) if values else found

    def has(self, name: str) -> bool:
        """Tell whether there is a text of this name."""
        return name in TEXTS

    def number(self, value: float, *, most_decimals: int = 1) -> str:
        """Write a number, with a decimal comma in Dutch and no decimals that say nothing.

        Examples
        --------
        >>> Words("nl").number(4.25), Words("nl").number(48.0), Words("en").number(7.5)
        ('4,2', '48', '7.5')
        """
        return explain.number(value, most_decimals)[self._column]

    def euro(self, value: float) -> str:
        """Write an amount of money.

        Examples
        --------
        >>> Words("nl").euro(2.5), Words("nl").euro(5), Words("nl").euro(0)
        ('€ 2,50', '€ 5', 'gratis')
        """
        return explain.euro(value)[self._column]

    def of(self, words: Mapping[str, explain.Sentence], name: str) -> str:
        """Return a word of the domain, empty when there is none of that name.

        Examples
        --------
        >>> Words("nl").of(explain.KIND_WORDS, "course")
        'cursus'
        """
        return words[name][self._column] if name in words else ""

    def weekday(self, day: str) -> str:
        """Return the name of a day of the week.

        Examples
        --------
        >>> Words("en").weekday("wo")
        'Wednesday'
        """
        return explain.DAY_WORDS[DAYS_NL.index(day)][self._column]

    def day(self, day: date, *, today: date, weekday: bool = True) -> str:
        """Write a date, with its year when it is far away.

        Examples
        --------
        >>> Words("nl").day(date(2026, 11, 24), today=date(2026, 11, 23))
        'di 24 november'
        """
        text = f"{day.day} {explain.MONTH_WORDS[day.month - 1][self._column]}"
        if weekday:
            text = f"{_DAYS_SHORT[day.weekday()][self._column]} {text}"
        return f"{text} {day.year}" if abs((day - today).days) > YEAR_SHOWN_AFTER_DAYS else text

    def clock(self, moment: datetime) -> str:
        """Write a time of the day.

        Examples
        --------
        >>> Words("nl").clock(datetime(2026, 11, 24, 9, 5)), Words("en").clock(datetime(2026, 11, 24, 9, 5))
        ('9.05', '09:05')
        """
        return f"{moment.hour}.{moment:%M}" if self.language == "nl" else f"{moment:%H:%M}"

    def times(self, start: datetime, end: datetime) -> str:
        """Write from when to when, on the clock.

        Examples
        --------
        >>> Words("nl").times(datetime(2026, 11, 24, 19), datetime(2026, 11, 24, 21))
        '19.00 tot 21.00 uur'
        """
        last_hour = end.hour or (0 if end.minute else 24)
        if self.language == "nl":
            return f"{start.hour}.{start:%M} tot {last_hour}.{end:%M} uur"
        return f"{start:%H:%M} to {last_hour:02d}:{end:%M}"

    def listed(self, parts: Sequence[str]) -> str:
        """Join parts with commas, the last one with 'en' or 'and'.

        Examples
        --------
        >>> Words("nl").listed(["prijs", "voertaal", "plaats"])
        'prijs, voertaal en plaats'
        """
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {'en' if self.language == 'nl' else 'and'} {parts[-1]}"

    def fit(self, score: float) -> str:
        """Return the name of the text that says how well a score fits.

        Examples
        --------
        >>> Words("nl").fit(0.8), Words("nl").fit(0.55), Words("nl").fit(0.1)
        ('fit_very_well', 'fit_well', 'fit_further')
        """
        return "fit_" + next(name for least, name in FIT_LEVELS if score >= least)


def sentence(text: str) -> str:
    """Return a text that starts with a capital and ends with a full stop.

    Examples
    --------
    >>> sentence("u gaf hier niets op")
    'U gaf hier niets op.'
    """
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")
