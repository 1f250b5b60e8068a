"""Where something is: names, addresses and towns of places, and whether two are one."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from ..vocabulary import fold, places, towns
from .wording import WORD, listed, words_of

_ADDRESS = re.compile(r"\s*([^\d,]*[a-z][^\d,]*?)\s+(?:nr\.?\s*)?(\d{1,4})(?:\s?[a-z])?\b(?!\s*(?:e|de|ste)\b)")
_STREETS = {"str": "straat", "stwg": "steenweg", "stw": "steenweg", "ln": "laan", "pl": "plein"}
_SHORT_STREET = re.compile(rf"({'|'.join(_STREETS)})\b\.?")
_CODE_AND_TOWN = re.compile(r"(?:b-)?(\d{4})?\s*([^\d]*)")
_BUILDINGS = listed(
    "gemeenschapscentrum cultuurcentrum ontmoetingscentrum dienstencentrum woonzorgcentrum buurtcentrum"
    " wijkcentrum parochiecentrum sportcentrum vrijetijdscentrum jeugdcentrum centrum lokaal lokalen zaal"
    " feestzaal parochiezaal turnzaal sportzaal polyvalente refter sporthal hal buurthuis wijkhuis jeugdhuis"
    " zwembad basisschool school kerk gebouw verdieping zolder kelder cafetaria"
)
"""What places are, not what they are called: many towns have several."""
_IS_STREET = re.compile(
    r"(?:str\.?|straat|laan|ln\.?|weg|stwg\.?|plein|pl\.|dreef|lei|markt|kaai|baan|dijk|vest|singel|plaats|pad|park|hof)"
    r" (?:nr\.? ?)?\d{1,4} ?[a-z]?(?: bus \w+)?$"
)
"""What a part of a place must look like to be street and number: rooms have numbers too."""
_KIND_OF_STREET = re.compile(r"(?<=\w)(?:straat|steenweg|laan|weg|plein|dreef)\b")
NEAR_NUMBERS = 6
"""Numbers in a street that may be doors of one building."""


@lru_cache(maxsize=20_000)
def where(place: str, address: str) -> tuple[str, str, str, str]:
    """Return the words of a place, street and number, and postal code and town where it names them behind a comma.

    Examples
    --------
    >>> where("Buurthuis De Kring, Beekstr. 23 bus 2, Herent", "")
    ('buurthuis kring', 'beekstraat 23', '', 'herent')
    >>> where("Kerkstraat 4, 3020, Herent", "")
    ('', 'kerkstraat 4', '3020', 'herent')
    """
    names: list[str] = []
    street, code, town = _street(address), "", ""
    for part in place.split(","):
        folded = fold(part).strip()
        found = _street(part) if _IS_STREET.search(folded) else ""
        named = _code_and_town(folded) if names or street or folded[:4].isdecimal() else None
        if named:
            code, town = named[0] or code, named[1] or town
        elif found and (names or not street or found == street):
            street = street or found
        else:
            names.append(part)
    return _place_words(" ".join(names)), street, code, town


def _code_and_town(folded: str) -> tuple[str, str] | None:
    """Return postal code and town, either of which may be empty; None for a text that is neither."""
    match = _CODE_AND_TOWN.fullmatch(folded)
    if not match or not (match[1] or match[2]):
        return None
    code, town = match[1] or "", match[2]
    return (code, town) if (not code or code in places()) and (not town or town in towns()) else None


@lru_cache(maxsize=20_000)
def _street(text: str) -> str:
    """Return street and number of an address as it is compared, empty where there are none."""
    match = _ADDRESS.match(fold(text.split(",")[0]))
    if not match or match[1].split()[0] in _BUILDINGS:
        return ""
    street = " ".join(WORD.findall(_SHORT_STREET.sub(lambda found: _STREETS[found[1]], match[1])))
    return f"{street} {match[2]}" if street else ""


@lru_cache(maxsize=20_000)
def _place_words(text: str) -> str:
    return " ".join(words_of(text))


@lru_cache(maxsize=20_000)
def same_address(one: str, other: str) -> bool | None:
    """Tell whether two addresses are one; None where two numbers of a street are near."""
    if one == other:
        return True
    street, _, number = one.rpartition(" ")
    other_street, _, other_number = other.rpartition(" ")
    # What all streets end in makes them alike.
    if fuzz.ratio(_KIND_OF_STREET.sub("", street), _KIND_OF_STREET.sub("", other_street)) < 80:
        return False
    if number == other_number:
        return True
    return None if abs(int(number) - int(other_number)) <= NEAR_NUMBERS else False


@lru_cache(maxsize=20_000)
def place_likeness(one: str, other: str, towns: str) -> float:
    """Return how alike two places are, 0 to 1, by what they are called if both are called something.

    The towns say nothing: both lie in one.
    """
    if one == other:
        return 1.0
    words = tuple(one.split()), tuple(other.split())
    if is_short_for(*words) or is_short_for(*words[::-1]):
        return 0.8
    plain = _BUILDINGS.union(towns.split())
    names = [" ".join(word for word in place if word not in plain and not word[0].isdigit()) for place in words]
    if all(names):
        one, other = names
    together = one.replace(" ", ""), other.replace(" ", "")
    return float(max(fuzz.token_set_ratio(one, other), fuzz.ratio(*together))) / 100


def is_short_for(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether one word holds the first letters of several; fillers were left out of these."""
    if len(one) != 1 or len(other) < 2 or len(one[0]) > len(other) + 3:
        return False
    letters = iter(one[0])
    return all(word[0] in letters for word in other)
