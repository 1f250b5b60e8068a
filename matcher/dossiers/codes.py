"""The code of a dossier: short, easy to say on the telephone, and an error in it is noticed."""

from __future__ import annotations

import random

from ..errors import must

ALPHABET = "23456789BCDFGHJKMNPRTVX"
"""23 signs, a prime number: no vowels, so that no word can arise, and none that look alike."""
_DIGITS = {sign: number for number, sign in enumerate(ALPHABET)}
_N_FREE = 6


def make_code(rng: random.Random) -> str:
    """Draw a code of six signs and a check sign.

    Parameters
    ----------
    rng : random.Random
        `random.SystemRandom` where codes must not be guessed.

    Examples
    --------
    >>> make_code(random.Random(1))
    '6P4-B5KT'
    """
    signs = "".join(rng.choice(ALPHABET) for _ in range(_N_FREE))
    return _written(signs + _check(signs))


def read_code(text: str) -> str:
    """Read a code as people type it, in any case, with or without hyphen and blanks.

    Raises
    ------
    InputError
        If it is no code, or a sign is wrong or two have changed places.

    Examples
    --------
    >>> read_code(" 6p4b5kt ")
    '6P4-B5KT'
    """
    signs = "".join(text.split()).replace("-", "").upper()
    rule = "a code like 6P4-B5KT without an error in it"
    known = len(signs) == _N_FREE + 1 and all(sign in _DIGITS for sign in signs)
    must(known and _check(signs[:-1]) == signs[-1], "code", rule, text, "Look at the letters and digits again.")
    return _written(signs)


def _written(signs: str) -> str:
    return f"{signs[:3]}-{signs[3:]}"


def _check(signs: str) -> str:
    """Return the check sign: one wrong sign, or any two that changed places, give another.

    Each place has a weight of its own, and 23 is prime: no difference of weights times a difference of signs is
    a multiple of it. Verhoeff (1969), Error Detecting Decimal Codes.
    """
    weighted = sum(weight * _DIGITS[sign] for weight, sign in enumerate(signs, start=2))
    return ALPHABET[-weighted % len(ALPHABET)]
