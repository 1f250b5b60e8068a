"""What an event says besides its times and prices, with the keys of an activity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from ... import vocabulary as words
from ...errors import InputError
from ...privacy import looks_personal
from ...vocabulary import fold
from ..cells.counts import read_ages
from ..locations import place_of
from ..record import interest_called
from .things import ORGANISATIONS, PERSON, Thing, word

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*", re.A | re.I)
_LANGUAGES = {
    name: code
    for code, names in (
        ("nl", "nederlands dutch neerlandais flemish vlaams"),
        ("fr", "frans french francais"),
        ("en", "engels english anglais"),
        ("de", "duits german deutsch allemand"),
        ("ar", "arabisch arabic"),
        ("tr", "turks turkish"),
        ("uk", "oekraiens ukrainian"),
    )
    for name in names.split()
}
_AGES = re.compile(r"(\d{1,3})?\s*([-–+]|tot|to)?\s*(\d{1,3})?\s*(?:jaar|years?|yrs?|j)?\s*(\+)?", re.A | re.I)
_AUDIENCES = {
    name: audience
    for audience, names in (
        ("everyone", "iedereen|everyone|general public|alle leeftijden|everybody"),
        ("women", "vrouwen|women|vrouw|woman|female|femaleonly"),
        ("men", "mannen|men|man|male|maleonly"),
        ("parents", "ouders|parents|ouder|parent"),
        ("youth", "jongeren|youth|young people"),
        ("seniors", "senioren|seniors|ouderen|65+|60+"),
    )
    for name in names.split("|")
}


def fields(event: Thing, *, today: date) -> dict[str, object]:
    """Return the keys that an event gives; what it does not say is left out or None."""
    organiser = organisation(event)
    page = _address(event.text("url", own=True)) or _address(event.id)
    url = page or _address(event.text("url")) or (_address(organiser.text("url")) if organiser else "") or None
    low, high = _ages(event)
    return {
        "title": event.text("name"),
        "description": event.long_text("description") or None,
        "kind": _kind(event),
        "interests": sorted({found for name in _topics(event) if (found := interest_called(name))}),
        "language": _language(event),
        "organiser": (organiser.text("name") or organiser.text("legalName")) if organiser else None,
        "phone": (organiser.text("telephone") or None) if organiser else None,
        "email": (organiser.text("email").removeprefix("mailto:") or None) if organiser else None,
        "url": url,
        "source_url": page if page and page.lower().startswith("http") else None,
        "registration": _registration(event, url),
        "capacity": _whole(event.one("maximumAttendeeCapacity")),
        "places_left": 0 if _sold_out(event) else _whole(event.one("remainingAttendeeCapacity")),
        "age_min": low,
        "age_max": high,
        "audience": list(_audience(event)),
        "last_verified": _changed(event, today),
        **_place(event),
    }


def organisation(event: Thing) -> Thing | None:
    """Return who organises, if it says to be an organisation. A person is never taken, nor what may be one."""
    for key in ("organizer", "provider"):
        for one in event.things(key):
            if is_organisation(one):
                return one
    return None


def is_organisation(thing: Thing) -> bool:
    """Tell whether a thing says to be an organisation, and not a person too."""
    return bool(thing.types & ORGANISATIONS) and PERSON not in thing.types


def _kind(event: Thing) -> str | None:
    if {"CourseInstance", "Course"} & event.types:
        return "course"
    # OpenActive is about sport and movement; a SportsEvent of schema.org may be one to look at.
    return "sport" if {"SessionSeries", "ScheduledSession"} & event.types else None


def _topics(event: Thing) -> Iterator[str]:
    for key in ("keywords", "about", "category", "activity"):
        for one in event.all(key):
            if isinstance(one, Thing):
                yield one.text("prefLabel") or one.text("name")
            elif isinstance(one, str):
                yield from one.split(",")


def _language(event: Thing) -> str | None:
    """Return the language of what is said there: that is how schema.org defines ``inLanguage`` of an event."""
    found = []
    for one in event.all("inLanguage"):
        name = (one.text("alternateName") or one.text("name")) if isinstance(one, Thing) else str(one)
        code = _LANGUAGES.get(fold(name.strip())) or (name.strip() if _LANGUAGE.fullmatch(name.strip()) else None)
        found += [code.replace("_", "-")] if code else []
    dutch = [code for code in found if code.lower().split("-")[0] == "nl"]
    others = [code for code in found if code not in dutch]
    named = [code for code in others if code.lower() not in ("mul", "und", "zxx")]
    if dutch:
        return "nl+" if others else dutch[0]
    return named[0] if named else None


def _place(event: Thing) -> dict[str, object]:
    modes = event.words("eventAttendanceMode")
    locations = event.all("location")
    physical = [
        one for one in locations if isinstance(one, Thing) and not {"VirtualLocation", "PostalAddress"} & one.types
    ]
    virtual = any(isinstance(one, Thing) and "VirtualLocation" in one.types for one in locations)
    moved = "EventMovedOnline" in event.words("eventStatus")
    if moved or "OnlineEventAttendanceMode" in modes or virtual and not physical:
        return {"place": words.ONLINE}
    address = next((one for one in locations if isinstance(one, Thing) and "PostalAddress" in one.types), None)
    if physical:
        found = {"place": physical[0].text("name") or None, **_point(physical[0])}
        address = next(iter(physical[0].things("address")), address)
        text = "" if address else physical[0].text("address")
    else:
        found, text = place_of(event.text("location")), ""
    if address is None:
        return {**found, **_address_of(text)} if text else found
    return {
        **found,
        "address": address.text("streetAddress") or None,
        "postal_code": address.text("postalCode") or None,
        "municipality": address.text("addressLocality") or None,
    }


def _address_of(text: str) -> dict[str, object]:
    """Return the address that stands in one text, taken apart where it ends in an existing postal code."""
    found = place_of(text)
    street = ", ".join(str(value) for key in ("place", "address") if (value := found.pop(key, None)))
    return {**found, "address": street} if "postal_code" in found else {"address": text}


def _point(place: Thing) -> dict[str, object]:
    geo = next(iter(place.things("geo")), place)
    lat, lon = (_decimal(geo.one(key, own=True)) for key in ("latitude", "longitude"))
    return {"lat": lat, "lon": lon} if lat is not None and lon is not None and (lat, lon) != (0, 0) else {}


def _registration(event: Thing, url: str | None) -> str | None:
    """Return the addresses where one registers, when they are others than that of the event."""
    found = dict.fromkeys(_address(offer.text("url", own=True)) for offer in event.things("offers"))
    return " ".join(address for address in found if address and address != url)[:2000] or None


def _sold_out(event: Thing) -> bool:
    offers = event.things("offers")
    return bool(offers) and all("SoldOut" in offer.words("availability") for offer in offers)


def _said_of_ages(text: str) -> dict[str, int]:
    """Return ages in words, as the cells of a sheet have them: 'vanaf 16 jaar'."""
    try:
        return read_ages(text)
    except InputError:
        return {}


def _ages(event: Thing) -> tuple[int | None, int | None]:
    for one in event.all("typicalAgeRange"):
        match = _AGES.fullmatch(str(one).strip())
        if match and (match[1] or match[3]):
            low, mark, high, plus = match.groups()
            if high is None and not (mark or plus):
                return None, None
            if high is None and mark in ("tot", "to", "-", "–"):
                # 18- is written for from 18 on and for up to 18.
                return None, None
            return (int(low) if low else None, int(high) if high else None)
        if not match and (said := _said_of_ages(str(one))):
            return said.get("age_min"), said.get("age_max")
    for key, least, most in (
        ("ageRange", "minValue", "maxValue"),
        ("audience", "suggestedMinAge", "suggestedMaxAge"),
    ):
        for thing in event.things(key):
            low_age, high_age = _whole(thing.one(least)), _whole(thing.one(most))
            if low_age is not None or high_age is not None:
                return low_age, high_age
    return None, None


def _audience(event: Thing) -> Iterator[str]:
    names = [word(name) for name in event.words("genderRestriction")]
    for one in event.all("audience"):
        names += (
            [one.text("audienceType"), *one.words("suggestedGender")] if isinstance(one, Thing) else [str(one)]
        )
    for name in names:
        for part in name.split(","):
            if found := _AUDIENCES.get(fold(part.strip())):
                yield found


def _changed(event: Thing, today: date) -> date | None:
    for key in ("dateModified", "modified"):
        try:
            day = datetime.fromisoformat(event.text(key, own=True)).date()
        except ValueError:
            continue
        if day <= today:
            return day
    return None


def _address(text: str) -> str:
    """Return an address of a page; that of a mailbox or a phone is none."""
    plain = text.strip()
    if not plain or " " in plain or re.match(r"(?:mailto|tel|urn|javascript|data|_):", plain, re.I):
        return ""
    return "" if plain.startswith("#") or looks_personal(plain) else plain


def _whole(value: object) -> int | None:
    if isinstance(value, bool) or value is None or isinstance(value, Thing):
        return None
    return int(text) if re.fullmatch(r"\d{1,7}", text := str(value).strip().removesuffix(".0"), re.A) else None


def _decimal(value: object) -> float | None:
    text = str(value).strip()
    return float(text) if re.fullmatch(r"-?\d{1,3}(?:\.\d{1,20})?", text, re.A) else None
