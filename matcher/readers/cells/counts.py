"""Cells with numbers of people, years and places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ...errors import InputError
from .reading import plain, refused
from .words import AUDIENCES, NUMBERS, listed

_YEARS = r"(?: ?(?:jarigen|jarige|jaar|jaren|jr|years|yrs|yo|j|y)\b\.?)?"
_UNTIL = r" ?(?:-|tot en met|tot|t\.?e\.?m\.?|t/m|a|to|until|en|and) ?"
_FROM = r"(?:vanaf|from|minimum|minstens|minimaal|min\.?|ten minste|at least|>=|≥|\+) ?"
_MOST = r"(?:tot en met|t\.?e\.?m\.?|t/m|tot|maximum|maximaal|hoogstens|max\.?|up to|at most|<=|≤|ten hoogste) ?"
_AGE_RULES = tuple(
    (re.compile(pattern, re.ASCII), low, high)
    for pattern, low, high in (
        (rf"(?:van |tussen |from |between )?(\d+){_YEARS}{_UNTIL}(\d+){_YEARS}", 1, 2),
        (rf"{_FROM}(\d+){_YEARS}[,;/ -]*(?:en )?{_MOST}(\d+){_YEARS}", 1, 2),
        (rf"{_FROM}(\d+){_YEARS}\+?", 1, 0),
        (
            rf"(\d+){_YEARS} ?(?:\+|plus|-plus|plussers|-plussers|\+'ers|\+ers|en ouder|of ouder|and older|"
            rf"and up|& up)",
            1,
            0,
        ),
        (rf"{_MOST}(\d+){_YEARS}", 0, 1),
    )
)
_WHO = (
    r"(?:leeftijd|voor|enkel|alleen|alle leeftijden|age|ages|iedereen|personen|mensen|volwassenen|adults|jongeren|"
    r"tieners|jeugd|senioren|ouderen|kinderen|kids|everyone)"
)
_WHO_AND_AGES = re.compile(
    rf"{_WHO}(?: {_WHO})*[ :,(-]+(?=[\d<>≥+]|vanaf|van |tot|tussen|min|max|from|onder)(.+?)\)?|([\d+-]+) "
    rf"?\({_WHO}\)?",
    re.ASCII,
)
"""People, with their ages behind: the ages alone count."""
_YOUNGER = re.compile(rf"(?:jonger dan|onder(?: de)?|under|younger than|<|-) ?(\d+){_YEARS}", re.ASCII)
_ADULTS = listed("volw, volwassenen, volwassene, adults, enkel volwassenen, voor volwassenen, alle volwassenen")
_ALL_AGES = listed(
    "alle leeftijden, iedereen, voor iedereen, all ages, geen leeftijdsgrens, alle leeftijd, jong en oud, "
    "voor jong en oud, geen beperking, iedereen welkom, van jong tot oud, geen, onbeperkt, alle, geen "
    "leeftijdsbeperking, geen minimumleeftijd, everyone, alle leeftijden welkom"
)
_ADULT_AGE = 18
_MOST_DIGITS = 7
_PEOPLE = (
    r"(?: ?(?:personen|persoon|pers|deelnemers|deelnemer|mensen|man|cursisten|leden|spelers|plaatsen|"
    r"plekken|plaats|"
    r"p|people|participants|persons|pax|places|seats)\b\.?)?(?: ?/ ?groep| per groep| per keer| per sessie)?"
)
_GROUP_RULES = tuple(
    (re.compile(pattern, re.ASCII), low, high)
    for pattern, low, high in (
        (rf"(?:tussen |van |between |from )?(?:de )?(\d+){_PEOPLE}{_UNTIL}(\d+){_PEOPLE}", 1, 2),
        (rf"{_FROM}(\d+){_PEOPLE}[,;/ -]*(?:en )?{_MOST}(\d+){_PEOPLE}", 1, 2),
        (rf"{_MOST}(\d+){_PEOPLE}[,;/ -]*(?:en )?{_FROM}(\d+){_PEOPLE}", 2, 1),
        (rf"{_FROM}(\d+){_PEOPLE}", 1, 0),
        (rf"(\d+){_PEOPLE} ?(?:\+|of meer|en meer|or more)", 1, 0),
        (rf"{_MOST}(\d+){_PEOPLE}", 0, 1),
        (rf"(\d+){_PEOPLE} ?(?:max\.?|maximum|maximaal)", 0, 1),
        (rf"(\d+){_PEOPLE}", 1, 1),
    )
)
_DIGITS = re.compile(rf"\b(?:{'|'.join(word for word in NUMBERS if word != 'een')})\b")
_OVER_UNDER = re.compile(rf"(meer|minder) dan (\d+){_PEOPLE}", re.ASCII)
_DUO = listed(
    "duo, duo's, 1 op 1, 1-op-1, een op een, 1 op een, 1 a 1, per 2, per twee, 1 to 1, 1-to-1, one to "
    "one, een-op-een, 1:1, met 2, met twee, met zijn tweeen, in duo, koppels"
)
_ALONE = listed("alleen, individueel, individual, solo, op je eentje")
_AT_MOST = re.compile(
    rf"(?:{_MOST})?(?:nog |noch )?(?:(\d+)|({'|'.join(NUMBERS)})){_PEOPLE}(?: vrij| over| beschikbaar| left|"
    rf" max| maximum| maximaal| te gaan)?",
    re.ASCII,
)
_FULL = re.compile(
    r"(?:alles |al |reeds |helemaal |momenteel )?(?:volzet|uitverkocht|vol|volboekt|volgeboekt|full|fully "
    r"booked|sold out)"
    r"(?:[ ,(/-]+(?:met )?wachtlijst\)?)?|geen (?:vrije )?plaats(?:en)?(?: meer| vrij| over)?",
    re.ASCII,
)
COUNT_WORDS = frozenset(
    re.findall(r"[a-z]+", " ".join((_YEARS, _FROM, _MOST, _UNTIL, _PEOPLE, _WHO, _FULL.pattern)))
)
"""Words of numbers of people and years, which may be shown to anybody."""


def read_ages(text: str) -> dict[str, Any]:
    """Read for which ages it is.

    Raises
    ------
    InputError
        If it is not understood; '18' alone is neither a least nor a highest age.

    Examples
    --------
    >>> read_ages("18+"), read_ages("6 t.e.m. 12 jaar"), read_ages("-12")
    ({'age_min': 18}, {'age_min': 6, 'age_max': 12}, {'age_max': 11})
    """
    words = _bare(text)
    if match := _WHO_AND_AGES.fullmatch(words):
        words = (match[1] or match[2]).strip()
    if words in _ALL_AGES:
        return {"age_min": 0}
    if words in _ADULTS:
        return {"age_min": _ADULT_AGE}
    if words.isalpha() and AUDIENCES.get(words) in ("seniors", "youth"):
        return {"audience": [AUDIENCES[words]]}
    if match := _YOUNGER.fullmatch(words):
        return {"age_max": _checked(_whole(match[1]) - 1)}
    found = _bounds(words, _AGE_RULES)
    if found is None:
        remedy = "Write it like 18+, 6-12 or 'tot 12 jaar', or leave it empty."
        raise refused("must be ages", words, remedy, code="age")
    low, high = found
    return {key: _checked(age) for key, age in (("age_min", low), ("age_max", high)) if age is not None}


def read_group(text: str) -> dict[str, Any]:
    """Read how many people there are in a group.

    Raises
    ------
    InputError
        If there is no number, or only about a number.

    Examples
    --------
    >>> read_group("max. 12"), read_group("6 à 10 pers."), read_group("1 op 1")
    ({'group_max': 12}, {'group_min': 6, 'group_max': 10}, {'group_min': 2, 'group_max': 2})
    """
    words = re.sub(
        r"^(?:in )?(?:kleine )?(?:groep(?:en|jes)?|group(?:s)?)[: ]+(?:van |of )?(?=\d|max|min|tussen)",
        "",
        _bare(text),
    )
    if words in _DUO:
        return {"group_min": 2, "group_max": 2}
    if words in _ALONE:
        return {"group_min": 1, "group_max": 1}
    words = _DIGITS.sub(lambda match: str(NUMBERS[match[0]]), words)
    if match := _OVER_UNDER.fullmatch(words):
        more = match[1] == "meer"
        return {"group_min" if more else "group_max": _whole(match[2]) + (1 if more else -1)}
    found = _bounds(words, _GROUP_RULES)
    if found is None:
        remedy = "Write how many people, like 6-10 or max. 12."
        raise refused("must be a number of people", words, remedy, code="group")
    low, high = found
    return {key: number for key, number in (("group_min", low), ("group_max", high)) if number is not None}


def read_number(text: str, *, column: str) -> dict[str, Any]:
    """Read a number of people, places or years in a column of its own.

    Raises
    ------
    InputError
        If it is no number.

    Examples
    --------
    >>> read_number("20 plaatsen", column="capacity"), read_number("Volzet!", column="places_left")
    ({'capacity': 20}, {'places_left': 0})
    >>> read_number("alle leeftijden", column="age_min")
    {'age_min': 0}
    """
    words = _bare(text)
    if column == "places_left" and _FULL.fullmatch(words):
        return {column: 0}
    if column == "age_min" and words in _ADULTS:
        return {column: _ADULT_AGE}
    rules = {"age_min": rf"(?:{_FROM})?(\d+){_YEARS} ?\+?", "age_max": rf"(?:{_MOST})?(\d+){_YEARS}"}
    match = re.fullmatch(rules[column], words, re.ASCII) if column in rules else _number_of(words, column)
    if not match and column in rules and (ages := _ages_of(text, words, column)):
        return ages
    if not match:
        raise refused("must be a whole number", words, "Write the number alone, or leave it empty.", code="number")
    return {column: _whole(match[1]) if match[1] else NUMBERS[match[2]]}


def _ages_of(text: str, words: str, column: str) -> dict[str, Any]:
    """Return the ages that stand in a column of one of them: both, or that they are all welcome."""
    try:
        ages = read_ages(text)
    except InputError:
        return {}
    return ages if column in ages or words in _ALL_AGES else {}


def _number_of(words: str, column: str) -> re.Match[str] | None:
    if column == "group_min":
        return re.fullmatch(rf"(?:{_FROM})?(\d+){_PEOPLE}()", words, re.ASCII)
    return _AT_MOST.fullmatch(words)


def _bare(text: str) -> str:
    return plain(text).rstrip("!. ").removeprefix("(").removesuffix(")").strip()


def _bounds(words: str, rules: Sequence[tuple[re.Pattern[str], int, int]]) -> tuple[int | None, int | None] | None:
    for pattern, low, high in rules:
        if match := pattern.fullmatch(words):
            least, most = (_whole(match[group]) if group else None for group in (low, high))
            if least is not None and most is not None and least > most:
                raise refused("must have the lower number first", words, "Turn the numbers round.", code="number")
            return least, most
    return None


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise refused("must be a number that can be", digits, "Look at the number.", code="number")
    return int(digits)


def _checked(age: int) -> int:
    if not 0 <= age <= 130:
        raise refused("must be ages from 0 to 130", str(age), "Look at the number.", code="age")
    return age
