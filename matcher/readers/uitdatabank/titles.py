"""Titles, without the words that organisers add when something is cancelled, full or postponed."""

from __future__ import annotations

import re
from typing import NamedTuple

from .event import Event, Values
from .texts import line

MOST_TITLE = 300
_MEANING = {
    "status": ("geannuleerd", "afgelast", "afgeschaft", "annulé", "cancelled"),
    "places_left": ("volzet", "uitverkocht", "volgeboekt", "complet", "sold out"),
    "schedule": ("uitgesteld", "postponed", "reporté"),
}
_KEY = {word: key for key, words in _MEANING.items() for word in words}
_VALUES = {"status": "cancelled", "places_left": 0}
_WORD = rf"(?<!\w)(?P<word>{'|'.join(_KEY)})(?!\w)"
_OPEN, _CLOSE, _BETWEEN = r"(?P<open>[\[(*!]*)", r"(?P<close>[\])*!]*)", r"(?P<between>[-–—:|/]*)"
_ANYWHERE = re.compile(_WORD, re.IGNORECASE)
_FRONT = re.compile(rf"{_OPEN} ?{_WORD} ?{_CLOSE} ?{_BETWEEN} ?(?P<rest>.*)", re.IGNORECASE)
_BACK = re.compile(rf"(?P<rest>.*?) ?{_BETWEEN} ?{_OPEN} ?{_WORD} ?{_CLOSE}", re.IGNORECASE)


class Title(NamedTuple):
    """A title, and what the words that were taken out of it say."""

    text: str | None
    values: Values
    postponed: bool


def read_title(event: Event) -> Title:
    """Read the title; a mark in front or at the end is taken out of it and said in ``derived``."""
    text = line(event.fields.get("name"), event.language, most=MOST_TITLE)
    if text is None or not _ANYWHERE.search(text):
        return Title(text, {}, postponed=False)
    values: Values = {}
    postponed = False
    while found := _marked(text):
        text, word = found
        key = _KEY[word.lower()]
        postponed |= key not in _VALUES
        if key in _VALUES:
            values[key] = _VALUES[key]
            values["derived"] = [*values.get("derived", ()), f"{key}={word}"]
        event.notes.note("/name", f"says {word}: taken out of the title", code="title_mark")
    return Title(text, values, postponed)


def _marked(text: str) -> tuple[str, str] | None:
    """Return the rest of a title and the mark on it, if a sign or capitals set that apart."""
    for pattern in (_FRONT, _BACK):
        match = pattern.fullmatch(text)
        if not match or not match["rest"].strip():
            continue
        rest, word = match["rest"].strip(), match["word"]
        stands_out = word.isupper() and not rest.isupper()
        if match["open"] or match["close"] or match["between"] or stands_out:
            return rest, word
    return None
