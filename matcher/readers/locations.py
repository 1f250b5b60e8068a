"""Where something takes place, as people write it in one text."""

from __future__ import annotations

import re

from .. import vocabulary as words
from .markup import tidy

_CODE_LINE = re.compile(r"(?:B-)?(\d{4}) +(\S.*)")
_STREET = re.compile(r"[^\W\d][^\d]* \d{1,4} ?[a-zA-Z]?")
_COUNTRIES = frozenset({"belgie", "belgië", "belgium", "belgique", "be"})
_ONLINE = re.compile(
    r"https?://\S+|online|(?:microsoft )?teams[- ]?(?:vergadering|meeting)?|zoom|google meet", re.I
)


def place_of(location: str) -> dict[str, object]:
    """Return place, address, postal code and municipality of a location, as far as they can be told apart.

    Examples
    --------
    >>> place_of("Buurthuis De Schakel, Mechelsestraat 12, 3020 Herent, België")["place"]
    'Buurthuis De Schakel'
    >>> place_of("Zaal 3, eerste verdieping")
    {'place': 'Zaal 3, eerste verdieping'}
    """
    whole = tidy(location)
    if _ONLINE.fullmatch(whole):
        return {"place": words.ONLINE}
    lines = "\n" in location.strip(" ")
    parts = [part.strip() for part in (location.strip(" ").split("\n") if lines else whole.split(","))]
    if len(parts) > 1 and parts[-1].lower() in _COUNTRIES:
        parts = parts[:-1]
    found: dict[str, object] = {}
    code = _CODE_LINE.fullmatch(parts[-1])
    if len(parts) > 1 and code and (lines or code[1] in words.places()):
        found = {"postal_code": code[1], "municipality": code[2]}
        parts = parts[:-1]
    elif len(parts) > 2 and parts[-1] in words.places():
        found = {"postal_code": parts[-1], "municipality": parts[-2] or None}
        parts = parts[:-2]
    elif not lines:
        return {"place": whole} if whole else {}
    if not lines and len(parts) == 1 and _STREET.fullmatch(parts[0]):
        return {"address": parts[0], **found}
    address = ", ".join(filter(None, parts[1:]))
    return {"place": parts[0] or None, "address": address or None, **found}
