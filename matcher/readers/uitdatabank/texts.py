"""Texts of a document: in one of several languages, with or without HTML, cut to what an activity holds."""

from __future__ import annotations

import html
import re
from typing import Any

LANGUAGE = "nl"
_MOST_MARKUP = 200_000
"""Longer texts are cut before their markup is looked at."""

_CONTROL = bytes(0x20 if code < 0x20 and code != 0x0A or code == 0x7F else code for code in range(256))
"""Of the bytes of a text in UTF-8, those that are control characters become blanks, but for the new line."""
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
        dutch = value.get(LANGUAGE)
        if isinstance(dutch, str) and dutch.strip():
            return dutch
        texts = (value.get(language), *value.values())
        return next((text for text in texts if isinstance(text, str) and text.strip()), None)
    return value if isinstance(value, str) and value.strip() else None


def line(value: Any, language: str = LANGUAGE, *, most: int) -> str | None:
    """Return a text as one line without markup, of at most so many characters; None when nothing is left."""
    text = localized(value, language)
    return None if text is None else cut(" ".join(_plain(text).split()), most) or None


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
    return cut(_tidy(_plain(text)).strip(), most) or None


def cut(text: str, most: int) -> str:
    """Cut a text at a blank, with a sign that it goes on."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    return f"{head.rpartition(' ')[0] or head}…"


def _tidy(text: str) -> str:
    """Take out the blanks around lines, one after the other, and the lines without words but one in a row."""
    lines = text.split("\n")
    stripped = [one.strip(" ") for one in lines]
    doubled = "  " in text or "\xa0" in text
    around = stripped != lines and ("\n " in text or " \n" in text)
    if not (doubled or around or ("" in lines and "\n\n\n" in text)):
        return text
    if doubled or not (text.isascii() or "".join(lines).isprintable()):
        # There may be blanks of other kinds.
        stripped = [" ".join(one.split()) for one in lines]
    return "\n".join([one for one, before in zip(stripped, ["", *stripped], strict=False) if one or before])


def _plain(text: str) -> str:
    """Take out the markup and what cannot be printed; blanks are left as they fall."""
    if "<" in text and _TAG.search(text, 0, _MOST_MARKUP):
        text = text[:_MOST_MARKUP]
        for start, end in _HIDDEN:
            if start in text:
                text = _without(text, start, end)
        # In HTML a new line is a blank.
        text = _TAG.sub("", _BREAK.sub("\n", text.replace("\n", " ")))
    if "&" in text:
        # Most of them are this one, and to look each up takes longer.
        text = text.replace("&nbsp;", " ")
        text = html.unescape(text) if "&" in text else text
    text = text.replace("\r\n", "\n") if "\r" in text else text
    return text.encode(errors="replace").translate(_CONTROL).decode()


def _without(text: str, start: str, end: str) -> str:
    kept = []
    while start in text:
        before, _, text = text.partition(start)
        kept.append(before)
        text = text.partition(end)[2]
    return "".join([*kept, text])
