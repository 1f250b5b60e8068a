"""What a record is recognised by: its words, place and times, in a form that is quick to compare and small."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..model import Proposal
from ..schedule import Monthly, Once, Schedule, Weekly
from ..vocabulary import fold, places, towns


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"[a-z0-9]+(?:[.,]\d+)*\+?")
_ABBREVIATIONS = {
    "gc": "gemeenschapscentrum",
    "cc": "cultuurcentrum",
    "oc": "ontmoetingscentrum",
    "ldc": "dienstencentrum",
    "dc": "dienstencentrum",
    "wzc": "woonzorgcentrum",
    "bib": "bibliotheek",
    "ned": "nederlands",
    "nl": "nederlands",
    "st": "sint",
    "workshops": "workshop",
    "lessen": "les",
}
_FILLERS = _listed(
    "de het een en van in op te ter ten voor met bij aan om d l s t v vd the a of and for at la le les du des et"
    " volzet geannuleerd uitverkocht nieuw gratis uitgesteld verplaatst"
)
_LEGAL = _listed(
    "vzw v z w asbl ivzw vso cv bv fv feitelijke vereniging voorbeeld stad gemeente stadsbestuur gemeentebestuur"
    " lokaal bestuur afdeling afd kern"
)
_LEVELS = _listed(
    "beginners beginner beginnend beginnende gevorderd gevorderden gevorderde halfgevorderd halfgevorderden"
    " starters start basis vervolg initiatie"
)
_PEOPLE = _listed(
    "vrouwen mannen dames heren meisjes jongens kinderen kids tieners jongeren volwassenen senioren ouders"
    " grootouders peuters kleuters babys gezinnen families"
)
_MOMENTS = _listed(
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag voormiddag namiddag avond ochtend middag"
    " maandagavond dinsdagavond woensdagavond donderdagavond vrijdagavond"
)
SEASONS = _listed("najaar voorjaar herfst winter lente zomer seizoen editie")
_YEAR = re.compile(r"(19|20)\d\d")
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?([^/?#]+)([^#]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Times:
    """When a record takes place; equal schedules share one object.

    ``weekly`` holds (weekday, start) of what repeats, ``monthly`` also the position in the month, ``dated`` (day
    as ordinal, start). ``slots`` are all of them as (weekday, start), ``exact`` as (weekday, start, end).
    """

    weekly: frozenset[tuple[int, int]]
    monthly: frozenset[tuple[int, int, int]]
    dated: frozenset[tuple[int, int]]
    slots: frozenset[tuple[int, int]]
    exact: frozenset[tuple[int, int, int]]
    by_agreement: bool


@dataclass(frozen=True, slots=True)
class Traits:
    """What one record of one source is recognised by.

    Parameters
    ----------
    source, id : str
        Which record; one source never gives the same id twice.
    title, organiser, place : tuple of str
        Folded words, without those that say nothing.
    marks : frozenset of str
        Words and numbers of the title that tell parallel groups apart: level, age, day, part.
    postal_code, town : str
        Empty when unknown; the town of a postal code when only that is known.
    spot, centre : tuple or None
        Latitude and longitude in degrees, of the activity itself and of its postal code or town.
    first, last : int
        Ordinals of the first and last day, 0 when unknown.
    ages : tuple of int
        Lowest and highest, 0 and 130 when unknown.
    links : frozenset of str
        Its own web page, not a home page.
    contacts : frozenset of str
        E-mail address and digits of a telephone number.
    """

    source: str
    id: str
    title: tuple[str, ...]
    marks: frozenset[str]
    organiser: tuple[str, ...]
    place: tuple[str, ...]
    postal_code: str
    town: str
    spot: tuple[float, float] | None
    centre: tuple[float, float] | None
    online: bool
    times: Times | None
    first: int
    last: int
    ages: tuple[int, int]
    links: frozenset[str]
    contacts: frozenset[str]
    kind: str
    price_eur: float | None


def traits_of(record: Proposal, *, source: str) -> Traits:
    """Take from a record what it is recognised by.

    Parameters
    ----------
    record : Proposal
        With an id.
    source : str
        Key of the source within which the id is unique.
    """
    postal_code = (record.postal_code or "").strip().upper().removeprefix("B-")
    known = places().get(postal_code)
    town = _town(fold(record.municipality)) if record.municipality else fold(known[0]) if known else ""
    title, marks = _title(record.title)
    first, last = _days(record)
    return Traits(
        source=source,
        id=record.id or "",
        title=title,
        marks=marks,
        organiser=organiser_words(record.organiser or ""),
        place=_words(record.place or ""),
        postal_code=postal_code,
        town=town,
        spot=(record.lat, record.lon) if record.lat is not None and record.lon is not None else None,
        centre=known[1:] if known else towns().get(town),
        online=record.is_online,
        times=times_of(record.schedule) if record.schedule and record.schedule.sessions else None,
        first=first,
        last=last,
        ages=(record.age_min or 0, 130 if record.age_max is None else record.age_max),
        links=frozenset(link for url in (record.url, record.source_url) if url and (link := _link(url))),
        contacts=_contacts(record),
        kind=record.kind or "",
        price_eur=record.price_eur,
    )


@lru_cache(maxsize=100_000)
def organiser_words(text: str) -> tuple[str, ...]:
    """Return the words that name an organiser, without its legal form.

    Examples
    --------
    >>> organiser_words("VZW Samen Koken")
    ('samen', 'koken')
    """
    found = _words(text)
    return tuple(word for word in found if word not in _LEGAL) or found


@lru_cache(maxsize=100_000)
def _words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text, abbreviations written out, without fillers."""
    found = [
        _ABBREVIATIONS.get(word, word) for word in _WORD.findall(fold(text).replace("'", " ").replace(".w", "w"))
    ]
    return tuple(word for word in found if word not in _FILLERS) or tuple(found)


def _title(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    found = tuple(word for word in _words(text) if not _YEAR.fullmatch(word))
    marks = frozenset(
        word
        for word in _WORD.findall(fold(text).replace("'", " "))
        if (word[0].isdigit() and not _YEAR.fullmatch(word))
        or word in _LEVELS
        or word in _PEOPLE
        or word in _MOMENTS
        or word in SEASONS
        or (len(word) == 1 and word not in _FILLERS)
    )
    return found, marks


def _days(record: Proposal) -> tuple[int, int]:
    """Return the first and last day as ordinals, 0 when unknown; dated sessions say it better than the dates."""
    if record.schedule and record.schedule.timed and record.schedule.only_once:
        days = [day for day, _ in times_of(record.schedule).dated]
        return min(days), max(days)
    return tuple(day.toordinal() if day else 0 for day in (record.start_date, record.end_date))  # type: ignore[return-value]


@lru_cache(maxsize=10_000)
def _town(folded: str) -> str:
    """Return the first name of ``Winksele (Herent)`` or ``Wijgmaal, Leuven``."""
    return re.split(r"[(,/]", folded)[0].strip()


@lru_cache(maxsize=100_000)
def times_of(schedule: Schedule) -> Times:
    """Return when a schedule takes place, in sets to compare."""
    timed = schedule.timed
    return Times(
        weekly=frozenset((one.day, one.start_min) for one in timed if isinstance(one, Weekly)),
        monthly=frozenset((one.position, one.day, one.start_min) for one in timed if isinstance(one, Monthly)),
        dated=frozenset((one.on.toordinal(), one.start_min) for one in timed if isinstance(one, Once)),
        slots=frozenset((one.day, one.start_min) for one in timed),
        exact=frozenset((one.day, one.start_min, one.end_min) for one in timed),
        by_agreement=schedule.flex is not None,
    )


def _link(url: str) -> str:
    """Return an address without scheme and ``www``; empty for a home page, which many activities share."""
    match = _HOST.match(url.strip())
    if not match:
        return ""
    host, path = match[1].lower(), match[2].rstrip("/")
    return host + path if len(path) > 1 else ""


def _contacts(record: Proposal) -> frozenset[str]:
    digits = "".join(letter for letter in record.phone or "" if letter.isdigit())
    return frozenset(filter(None, (fold(record.email or ""), digits[-8:])))
