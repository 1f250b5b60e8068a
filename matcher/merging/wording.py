"""Words of titles, organisers and places as they are compared."""

from __future__ import annotations

import re

from ..vocabulary import fold


def listed(text: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(text.split())


WORD = re.compile(r"[a-z0-9]+(?:[.,]\d+)*\+?")
_ABBREVIATIONS = {
    "gc": "gemeenschapscentrum",
    "cc": "cultuurcentrum",
    "oc": "ontmoetingscentrum",
    "ldc": "dienstencentrum",
    "dc": "dienstencentrum",
    "wzc": "woonzorgcentrum",
    "bib": "bibliotheek",
    "gbs": "basisschool",
    "vbs": "basisschool",
    "ned": "nederlands",
    "nl": "nederlands",
    "st": "sint",
    "workshops": "workshop",
    "lessen": "les",
}
_FILLERS = listed(
    "de het een en van in op te ter ten voor met bij aan om d l s t v vd the a of and for at la le les du des et"
    " volzet geannuleerd uitverkocht nieuw gratis uitgesteld verplaatst"
)


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a text, abbreviations written out, without fillers."""
    found = [
        _ABBREVIATIONS.get(word, word) for word in WORD.findall(fold(text).replace("'", " ").replace(".w", "w"))
    ]
    return tuple(word for word in found if word not in _FILLERS) or tuple(found)
