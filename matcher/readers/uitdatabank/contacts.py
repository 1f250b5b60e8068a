"""How to join: what an organisation itself makes public, and nothing of a private person.

Who made a record gives a contact point that is often his own. From it we take web addresses, and mail addresses in
the organisation's own domain. What stands with the booking is meant for everybody, but there too a mailbox of a
free provider or a mobile number may be somebody's own. What the organisation says of itself is taken as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from .event import Event, Values, texts
from .moments import read_day
from .texts import line

MOST_PHONE, MOST_EMAIL, MOST_URL, MOST_NAME = 200, 320, 2000, 300
FREE_MAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "hotmail.com",
        "hotmail.be",
        "hotmail.nl",
        "hotmail.fr",
        "outlook.com",
        "outlook.be",
        "live.com",
        "live.be",
        "live.nl",
        "msn.com",
        "yahoo.com",
        "yahoo.fr",
        "ymail.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "proton.me",
        "protonmail.com",
        "gmx.com",
        "gmx.net",
        "telenet.be",
        "skynet.be",
        "pandora.be",
        "proximus.be",
        "scarlet.be",
        "belgacom.net",
        "edpnet.be",
        "voo.be",
        "fulladsl.be",
    ]
)
"""Providers with whom anybody has a mailbox."""
_EMAIL = re.compile(r"[^\s@<>,;:()]+@([\w-]+(?:\.[\w-]+)+)")
_MOBILE = re.compile(r"(?:\+|00)?(?:32)?\(?0?\)?4[5-9]\d{7}")
_PHONE = re.compile(r"[+(]?\d[\d\s./()+-]{6,30}")


def read_contacts(event: Event) -> Values:
    """Read the organiser, and how one joins."""
    fields = event.fields
    organizer = fields.get("organizer") or {}
    own = _points(organizer.get("contactPoint")) or [organizer]
    booking, given = _points(fields.get("bookingInfo")), _points(fields.get("contactPoint"))
    sites = [_site(url) for url in (*_urls(own), *_urls(booking), *_urls(given), *texts(organizer.get("url")))]
    domains = {site for site in sites if site} | {_domain(one) for one in _emails(own)} - FREE_MAIL
    emails = (
        *(one for one in _emails(booking) if _domain(one) not in FREE_MAIL),
        *_emails(own),
        *(one for one in _emails(given) if _domain(one) in domains),
    )
    phones = (*(one for one in _phones(booking) if not _is_mobile(one)), *_phones(own))
    urls = (*_urls(booking), *_urls(given), *_urls(own), web_address(organizer.get("url")))
    return {
        "organiser": line(organizer.get("name"), event.language, most=MOST_NAME),
        "email": next(iter(emails), None),
        "phone": next(iter(phones), None),
        "url": next((url for url in urls if url), None),
        "registration": _booking_period(booking),
    }


def web_address(value: Any) -> str | None:
    """Return an address of the web, of a site or page.

    Examples
    --------
    >>> web_address("www.example.org"), web_address("javascript:alert(1)")
    ('http://www.example.org', None)
    """
    if not isinstance(value, str):
        return None
    url = value.strip()
    url = f"http://{url}" if url.lower().startswith("www.") else url
    is_url = re.match(r"https?://[^\s/]+\.[^\s/]", url, re.IGNORECASE) and url.isprintable() and " " not in url
    return url if is_url and len(url) <= MOST_URL else None


def _points(value: Any) -> list[dict[str, Any]]:
    """Return the contact points: one, or in old records a list."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, dict)]


def _values(points: Iterable[dict[str, Any]], *keys: str) -> list[str]:
    return [text for point in points for key in keys for text in texts(point.get(key))]


def _urls(points: list[dict[str, Any]]) -> list[str]:
    return [url for text in _values(points, "url") if (url := web_address(text))]


def _emails(points: list[dict[str, Any]]) -> list[str]:
    return [one for one in _values(points, "email") if len(one) <= MOST_EMAIL and _EMAIL.fullmatch(one)]


def _phones(points: list[dict[str, Any]]) -> list[str]:
    return [one for one in _values(points, "phone", "telephone") if _PHONE.fullmatch(one)]


def _domain(email: str) -> str:
    return email.rpartition("@")[2].lower()


def _site(url: str) -> str:
    """Return the domain of a web address, without ``www.``."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _is_mobile(phone: str) -> bool:
    return _MOBILE.fullmatch(re.sub(r"[\s./()-]", "", phone)) is not None


def _booking_period(booking: list[dict[str, Any]]) -> str | None:
    """Say from when to when one can book."""
    for point in booking:
        first, last = read_day(point.get("availabilityStarts")), read_day(point.get("availabilityEnds"))
        words = [f"{word} {day:%d/%m/%Y}" for word, day in (("van", first), ("tot", last)) if day]
        if words:
            return f"Inschrijven {' '.join(words)}."
    return None
