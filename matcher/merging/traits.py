"""What a record is recognised by: its words, place and times, in a form that is quick to compare and small."""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from ..model import Proposal
from ..schedule import Flex, Monthly, Once, Schedule, Timed
from ..vocabulary import ONLINE, fold, places, towns
from .marks import marks_of, without_partners
from .places import where
from .wording import listed, words_of

_FORMS = listed(
    "cursus les lessenreeks reeks workshop training deel niveau module jaar seizoen editie werkjaar jaargang elke"
    " wekelijks wekelijkse maandelijks maandelijkse open inschrijven verplicht"
)
"""Words for how it is given, not for what: they tell nothing where a title has other words."""

_LEGAL = listed(
    "vzw v z w asbl ivzw vso cv bv fv feitelijke vereniging voorbeeld stad gemeente stadsbestuur gemeentebestuur"
    " lokaal bestuur afdeling afd kern"
)
_WEEKLY, _MONTHLY, _ONCE, _FLEX = range(1, 5)
_NO_DIGIT = re.compile(r"\D+")
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?([^/?#]+)([^#]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Times:
    """When a record takes place, in sets to compare.

    ``weekly`` holds (weekday, start) of what repeats, ``monthly`` also the position in the month, ``dated`` (day
    as ordinal, start). ``slots`` are all of them as (weekday, start), ``exact`` as (weekday, start, end).
    """

    weekly: frozenset[tuple[int, int]]
    monthly: frozenset[tuple[int, int, int]]
    dated: frozenset[tuple[int, int]]
    slots: frozenset[tuple[int, int]]
    exact: frozenset[tuple[int, int, int]]
    by_agreement: bool


class Traits(NamedTuple):
    """What one record of one source is recognised by.

    Parameters
    ----------
    source, id : str
        Which record; one source never gives the same id twice.
    title, organiser, place : str
        Folded words, without those that say nothing.
    marks : str
        What in the title tells parallel groups apart, as `marks_of` gives it: level, age, day, part.
    address : str
        Street and number, empty when unknown.
    postal_code, town : str
        Empty when unknown; the town of a postal code when only that is known.
    spot, centre : tuple or None
        Latitude and longitude in degrees, of the activity itself and of its postal code or town.
    when : bytes
        The schedule, packed; empty when unknown. `times_of` tells it.
    first, last : int
        Ordinals of the first and last day, 0 when unknown.
    ages : tuple of int
        Lowest and highest, 0 and 130 when unknown.
    links, contacts : tuple of int
        Sums of its own web page (not a home page), and of e-mail address and telephone number.

    Notes
    -----
    Words stand in one text and sets are made when they are needed: large offers have to fit in memory. A named
    tuple, as it is made four times as fast as a frozen dataclass.
    """

    source: str
    id: str
    title: str
    marks: str
    organiser: str
    place: str
    address: str
    postal_code: str
    town: str
    spot: tuple[float, float] | None
    centre: tuple[float, float] | None
    online: bool
    when: bytes
    first: int
    last: int
    ages: tuple[int, int]
    links: tuple[int, ...]
    contacts: tuple[int, ...]
    kind: str
    price_eur: float | None


def traits_of(record: Proposal, *, source: str) -> Traits:
    """Take from a record what it is recognised by, as `traits_from` does."""
    return traits_from(record.to_json(), source=source, when=packed(record.schedule))


def traits_from(fields: Mapping[str, Any], *, source: str, when: bytes) -> Traits:
    """Take from the fields of a record what it is recognised by.

    Parameters
    ----------
    fields : mapping
        As ``to_json`` gives them, with an id.
    source : str
        Key of the source within which the id is unique.
    when : bytes
        The schedule, packed: to read its text again takes longer than all the rest.
    """
    get = fields.get
    municipality = get("municipality")
    place, address, code, town = where(get("place", ""), get("address", ""))
    postal_code = _postal_code(get("postal_code", "")) or code
    known = places().get(postal_code)
    if municipality or known:
        town = _town(fold(municipality)) if municipality else fold(known[0]) if known else ""
    title, marks = _title(fields["title"])
    first, last = _days(when, get("start_date"), get("end_date"))
    return Traits(
        source=source,
        id=fields["id"],
        title=title,
        marks=marks,
        organiser=organiser_words(get("organiser", "")),
        place=place,
        address=address,
        postal_code=postal_code,
        town=town,
        spot=(fields["lat"], fields["lon"]) if "lat" in fields else None,
        centre=_centre(postal_code) or towns().get(town),
        online=place == ONLINE,
        when=when,
        first=first,
        last=last,
        ages=_ages(get("age_min", 0), get("age_max", 130)),
        links=_sums(_link(fields[key]) for key in ("url", "source_url") if key in fields),
        contacts=_contact_sums(get("phone", ""), get("email", "")),
        kind="" if any(mark.startswith("kind") for mark in _marked(fields)) else get("kind", ""),
        price_eur=get("price_eur"),
    )


def _marked(fields: Mapping[str, Any]) -> Iterable[str]:
    return chain(fields.get("assumed", ()), fields.get("derived", ()))


def twin_sum(fields: Mapping[str, Any], when: bytes) -> int:
    """Return a number that is the same for two entries of one activity in one source, and seldom for others.

    It tells at little cost which records of a source are worth recognising; in the next run it is another number.
    """
    place, _, code, _ = where(fields.get("place", ""), fields.get("address", ""))
    postal_code = _postal_code(fields.get("postal_code", "")) or code
    return hash((when, postal_code, place, organiser_words(fields.get("organiser", ""))))


@lru_cache(maxsize=5_000)
def _centre(postal_code: str) -> tuple[float, float] | None:
    """Return the centre of a postal code: one pair for all records, as there are many."""
    known = places().get(postal_code)
    return known[1:] if known else None


@lru_cache(maxsize=5_000)
def _ages(low: int, high: int) -> tuple[int, int]:
    return low, high


@lru_cache(maxsize=5_000)
def _postal_code(text: str) -> str:
    return text.strip().upper().removeprefix("B-")


@lru_cache(maxsize=20_000)
def organiser_words(text: str) -> str:
    """Return the words that name an organiser, without its legal form.

    Examples
    --------
    >>> organiser_words("VZW Samen Koken")
    'samen koken'
    """
    found = words_of(without_partners(fold(text)))
    return " ".join(word for word in found if word not in _LEGAL) or " ".join(found)


def _title(text: str) -> tuple[str, str]:
    """Return the words that tell what it is, and the marks that tell for whom and which part."""
    folded = without_partners(fold(text))
    marks, rest = marks_of(folded)
    # Written out before and after: 'les' and 'lessen' are one word.
    words = words_of(rest)
    found = tuple(word for word in words if word not in _FORMS) or words or words_of(folded)
    return " ".join(found), marks


def _days(when: bytes, start_date: str | None, end_date: str | None) -> tuple[int, int]:
    """Return the first and last day as ordinals, 0 when unknown; dated sessions say it better than the dates."""
    sessions = array("Q", when)
    # Sorted by kind: when the first and the last have dates of their own, all do.
    if sessions and sessions[0] >> 60 == sessions[-1] >> 60 == _ONCE:
        return _what(sessions[0]), _what(sessions[-1])
    first, last = (date.fromisoformat(day).toordinal() if day else 0 for day in (start_date, end_date))
    return first, last


@lru_cache(maxsize=10_000)
def _town(folded: str) -> str:
    """Return the first name of ``Winksele (Herent)`` or ``Wijgmaal, Leuven``."""
    return re.split(r"[(,/]", folded)[0].strip()


def packed(schedule: Schedule | None) -> bytes:
    """Pack a schedule: eight bytes a session, of which the kind stands highest; none when it is not known."""
    return array("Q", sorted(map(_packed, schedule.sessions))).tobytes() if schedule else b""


def _packed(session: Timed | Flex) -> int:
    if isinstance(session, Flex):
        return _FLEX << 60
    hours = session.start_min << 12 | session.end_min
    if isinstance(session, Once):
        return _ONCE << 60 | session.on.toordinal() << 24 | hours
    if isinstance(session, Monthly):
        return _MONTHLY << 60 | (session.position + 1) << 32 | session.day << 24 | hours
    return _WEEKLY << 60 | session.day << 24 | hours


def _what(session: int) -> int:
    """Return the day of a packed session, with the position in the month, or its date as ordinal."""
    return session >> 24 & 0xFFFFFFFFF


@lru_cache(maxsize=10_000)
def times_of(when: bytes) -> Times:
    """Return when a packed schedule takes place, in sets to compare."""
    weekly, monthly, dated, exact = set(), set(), set(), set()
    by_agreement = False
    for session in array("Q", when):
        kind, what, start, end = session >> 60, _what(session), session >> 12 & 0xFFF, session & 0xFFF
        day = what & 0xFF
        if kind == _FLEX:
            by_agreement = True
            continue
        if kind == _ONCE:
            day = date.fromordinal(what).weekday()
            dated.add((what, start))
        elif kind == _MONTHLY:
            monthly.add((what >> 8, day, start))
        else:
            weekly.add((day, start))
        exact.add((day, start, end))
    return Times(
        weekly=frozenset(weekly),
        monthly=frozenset(monthly),
        dated=frozenset(dated),
        slots=frozenset((day, start) for day, start, _ in exact),
        exact=frozenset(exact),
        by_agreement=by_agreement,
    )


def _link(url: str) -> str:
    """Return an address without scheme and ``www``; empty for a home page, which many activities share."""
    match = _HOST.match(url.strip())
    if not match:
        return ""
    host, path = match[1].lower(), match[2].rstrip("/")
    return host + path if len(path) > 1 else ""


@lru_cache(maxsize=20_000)
def _contact_sums(phone: str, email: str) -> tuple[int, ...]:
    return _sums((fold(email), _NO_DIGIT.sub("", phone)[-8:]))


def _sums(texts: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({zlib.crc32(text.encode()) for text in texts if text}))
