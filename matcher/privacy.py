"""What must never be repeated, whoever wrote it and wherever: register numbers and e-mail addresses."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_S = r"[\s./\-‐‑‒–—−_,·]{0,3}"
# What must not stand before is looked at behind the first digit: a search then goes from digit to digit.
_REGISTER_NUMBER = re.compile(rf"(\d(?<![\d+]\d)\d){_S}(\d\d){_S}(\d\d){_S}(\d\d\d){_S}(\d\d)(?!\d)")
_DIGITS = b"0123456789\xd9\xdb\xdf\xe0\xe1\xea\xef\xf0"
"""The first bytes, in UTF-8, of all digits of all scripts; of other letters too."""
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_EMAIL = re.compile(r"[^\s@]@[^\s@]{1,255}?\.[^\s@]")


def holds_register_number(text: str) -> bool:
    """Tell whether a text holds what may be a Belgian national register or BIS number.

    Notes
    -----
    Eleven digits, grouped or not: a possible date (month also + 20 or + 40), a serial number, and 97 minus the
    remainder of the first nine by 97, with a 2 put in front for who was born from 2000 on.

    References
    ----------
    Royal decree of 3 April 1984 on the composition of the national register number, articles 2 to 4, and of
    8 February 1991 on the BIS number.

    Examples
    --------
    >>> holds_register_number("mijn nummer is 85.07.30-033.28"), holds_register_number("bel 0485 07 30 33")
    (True, False)
    """
    if len(text) < 11:
        return False
    encoded = text.encode(errors="replace")
    # Quick, and enough for most texts: never fewer than there are.
    if len(encoded) - len(encoded.translate(None, _DIGITS)) < 11:
        return False
    found = _REGISTER_NUMBER.finditer(text if text.isascii() else _plain_digits(text))
    # Signs that only look like digits, as ², do not make one on their own.
    return any(_is_register_number("".join(match.groups())) for match in found) and (
        sum(map(str.isdecimal, text)) >= 11
    )


def _plain_digits(text: str) -> str:
    return _OTHER_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), unicodedata.normalize("NFKC", text))


def _is_register_number(number: str) -> bool:
    year, month, day = int(number[:2]), int(number[2:4]), int(number[4:6])
    month -= 40 if month > 40 else 20 if month > 20 else 0
    for century, prefix in ((1900, ""), (2000, "2")):
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        if 97 - int(prefix + number[:9]) % 97 == int(number[9:]):
            return True
    return False


def looks_personal(text: str) -> bool:
    """Tell whether a text holds a register number or an e-mail address.

    Examples
    --------
    >>> looks_personal("jan@example.org"), looks_personal("di 19:00-21:00")
    (True, False)
    """
    return ("@" in text and bool(_EMAIL.search(text))) or holds_register_number(text)
