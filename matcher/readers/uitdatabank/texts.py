"""Texts of a document: in one of several languages, with or without HTML, cut to what an activity holds."""

from __future__ import annotations

import html
import re
from typing import Any

LANGUAGE = "nl"
_MOST_MARKUP = 200_000
"""Longer texts are cut before their markup is looked at."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?li|/?tr|/?ul|/?ol|/?h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")
_HIDDEN = (("<!--", "-->"), ("<style", "</style>"), ("<script", "</script>"))


def localized(value: Any, language: str) -> str | None:
    """Return a text in Dutch, else in the language of the record, else in any; an old one has no languages.

    Examples
    --------
    >>> localized({"fr": "Chœur", "nl": "Koor"}, "fr"), localized("Koor", "nl"), localized({"nl": " "}, "nl")
    ('Koor', 'Koor', None)
    """
    if isinstance(value, dict):
        texts = (value.get(LANGUAGE), value.get(language), *value.values())
        value = next((text for text in texts if isinstance(text, str) and text.strip()), None)
    return value if isinstance(value, str) and value.strip() else None


def line(value: Any, language: str = LANGUAGE, *, most: int) -> str | None:
    """Return a text as one line without markup, of at most so many characters; None when nothing is left."""
    text = localized(value, language)
    if text is None:
        return None
    return cut(" ".join(_plain(text).split()), most) or None


def paragraphs(value: Any, language: str, *, most: int) -> str | None:
    r"""Return a text with its lines, without markup, of at most so many characters.

    Examples
    --------
    >>> paragraphs("<p>Elke week&nbsp;samen\nzingen.</p><ul><li>gratis</li></ul>", "nl", most=100)
    'Elke week samen zingen.\n\ngratis'
    """
    text = localized(value, language)
    if text is None:
        return None
    lines = [" ".join(one.split()) for one in _plain(text).split("\n")]
    joined = "\n".join(one for number, one in enumerate(lines) if one or (number and lines[number - 1]))
    return cut(joined.strip(), most) or None


def cut(text: str, most: int) -> str:
    """Cut a text at a blank, with a sign that it goes on."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    return f"{head.rpartition(' ')[0] or head}…"


def _plain(text: str) -> str:
    if "<" in text and _TAG.search(text, 0, _MOST_MARKUP):
        text = text[:_MOST_MARKUP]
        for start, end in _HIDDEN:
            if start in text:
                text = _without(text, start, end)
        # In HTML a new line is a blank.
        text = _TAG.sub("", _BREAK.sub("\n", text.replace("\n", " ").replace("\r", " ")))
    if "&" in text:
        text = html.unescape(text)
    return _CONTROL.sub(" ", text)


def _without(text: str, start: str, end: str) -> str:
    kept = []
    while start in text:
        before, _, text = text.partition(start)
        kept.append(before)
        text = text.partition(end)[2]
    return "".join([*kept, text])
