"""The words that organisers put beside a title when something is cancelled, full or postponed."""

from __future__ import annotations

import re
from collections.abc import Mapping

_MEANING = {
    "status": ("geannuleerd", "afgelast", "afgeschaft", "annulé", "cancelled"),
    "places_left": ("volzet", "uitverkocht", "volgeboekt", "complet", "sold out"),
    "schedule": ("uitgesteld", "postponed", "reporté"),
}
KEY_OF_MARK = {word: key for key, words in _MEANING.items() for word in words}
"""Which key a word says something of; of ``schedule`` that it is no longer known."""
VALUES_OF_MARK: dict[str, object] = {"status": "cancelled", "places_left": 0}
_WORD = rf"(?<!\w)(?P<word>{'|'.join(KEY_OF_MARK)})(?!\w)"
_OPEN, _CLOSE, _BETWEEN = r"(?P<open>[\[(*!]*)", r"(?P<close>[\])*!]*)", r"(?P<between>[-–—:|/]*)"
_ANYWHERE = re.compile(_WORD, re.IGNORECASE)
_FRONT = re.compile(rf"{_OPEN} ?{_WORD} ?{_CLOSE} ?{_BETWEEN} ?(?P<rest>.*)", re.IGNORECASE)
_BACK = re.compile(rf"(?P<rest>.*?) ?{_BETWEEN} ?{_OPEN} ?{_WORD} ?{_CLOSE}", re.IGNORECASE)


def marked(text: str) -> tuple[str, str] | None:
    """Return the rest of a title and the mark on it, if a sign or capitals set that apart.

    Examples
    --------
    >>> marked("VOLZET - Kookles"), marked("Het theater is uitverkocht")
    (('Kookles', 'VOLZET'), None)
    """
    if not _ANYWHERE.search(text):
        return None
    for pattern in (_FRONT, _BACK):
        match = pattern.fullmatch(text)
        if not match or not match["rest"].strip():
            continue
        rest, word = match["rest"].strip(), match["word"]
        stands_out = word.isupper() and not rest.isupper()
        if match["open"] or match["close"] or match["between"] or stands_out:
            return rest, word
    return None


def without_marks(title: str) -> tuple[str, dict[str, str]]:
    """Return a title without its marks, and the words that were taken out by the key they say something of.

    Examples
    --------
    >>> without_marks("GEANNULEERD: Kookles (volzet)")
    ('Kookles', {'status': 'GEANNULEERD', 'places_left': 'volzet'})
    """
    words: dict[str, str] = {}
    while found := marked(title):
        title, word = found
        words.setdefault(KEY_OF_MARK[word.lower()], word)
    return title, words


def said_by_marks(words: Mapping[str, str]) -> dict[str, object]:
    """Return the keys of an activity that marks fill in, with ``derived`` to say so."""
    values = {key: VALUES_OF_MARK[key] for key in words if key in VALUES_OF_MARK}
    return {**values, "derived": [f"{key}={words[key]}" for key in values]} if values else {}
