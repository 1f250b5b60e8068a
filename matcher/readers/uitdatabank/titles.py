"""Titles, without the words that organisers add when something is cancelled, full or postponed."""

from __future__ import annotations

from typing import NamedTuple

from ..marks import KEY_OF_MARK, VALUES_OF_MARK, marked
from .event import Event, Values
from .texts import line

MOST_TITLE = 300


class Title(NamedTuple):
    """A title, and what the words that were taken out of it say."""

    text: str | None
    values: Values
    postponed: bool


def read_title(event: Event) -> Title:
    """Read the title; a mark in front or at the end is taken out of it and said in ``derived``."""
    text = line(event.fields.get("name"), event.language, most=MOST_TITLE)
    if text is None or not marked(text):
        return Title(text, {}, postponed=False)
    values: Values = {}
    postponed = False
    while found := marked(text):
        text, word = found
        key = KEY_OF_MARK[word.lower()]
        postponed |= key not in VALUES_OF_MARK
        if key in VALUES_OF_MARK:
            values[key] = VALUES_OF_MARK[key]
            values["derived"] = [*values.get("derived", ()), f"{key}={word}"]
        event.notes.note("/name", f"says {word}: taken out of the title", code="title_mark")
    return Title(text, values, postponed)
