"""How to join: what an organisation itself makes public, and nothing of a private person.

Who made a record gives a contact point that is often his own. From it we take web addresses, and mail addresses in
the organisation's own domain. What stands with the booking is meant for everybody, but there too a mailbox of a
free provider or a mobile number may be somebody's own. What the organisation says of itself is taken as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from .event import Event, Values, texts
from .moments import read_day
from .remembered import by_content
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
_URL = re.compile(r"https?://[^\s/]+\.[^\s/]\S*", re.IGNORECASE)
_MOBILE = re.compile(r"(?:\+|00)?(?:32)?\(?0?\)?4[5-9]\d{7}")
_PHONE = re.compile(r"[+(]?\d[\d\s./()+-]{6,30}")


def read_contacts(event: Event) -> Values:
    """Read the organiser, and how one joins."""
    fields = event.fields
    return _read_parts(
        fields.get("organizer"), fields.get("bookingInfo"), fields.get("contactPoint"), event.language
    )


@by_content
def _read_parts(organizer: Any, of_booking: Any, of_maker: Any, language: str) -> Values:
    organizer, booking, given = organizer or {}, _points(of_booking), _points(of_maker)
    own = _points(organizer.get("contactPoint")) or [organizer]
    urls = _urls(booking) or _urls(given) or _urls(own) or _urls([organizer])
    # Of its own points the organisation's first: where there is none, it works with what somebody lends it.
    phones = [phone for phone in _phones(booking) if not _is_mobile(phone)] or sorted(_phones(own), key=_is_mobile)
    emails = [email for email in _emails(booking) if not _is_free(email)] or sorted(_emails(own), key=_is_free)
    if not emails and (in_given := _emails(given)):
        sites = {_site(url) for url in (*_urls(booking), *_urls(given), *_urls([organizer]))}
        emails = [email for email in in_given if _domain(email) in sites]
    return {
        "organiser": line(organizer.get("name"), language, most=MOST_NAME),
        "email": emails[0] if emails else None,
        "phone": phones[0] if phones else None,
        "url": urls[0] if urls else None,
        "registration": _booking_period(booking),
    }


@lru_cache(maxsize=4096)
def web_address(text: str) -> str | None:
    """Return an address of the web, of a site or page.

    Examples
    --------
    >>> web_address("www.example.org"), web_address("javascript:alert(1)")
    ('http://www.example.org', None)
    """
    url = text.strip()
    url = f"http://{url}" if url.lower().startswith("www.") else url
    return url if len(url) <= MOST_URL and _URL.fullmatch(url) and url.isprintable() else None


def _points(value: Any) -> list[dict[str, Any]]:
    """Return the contact points: one, or in old records a list."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, dict)]


def _urls(points: list[dict[str, Any]]) -> list[str]:
    return [url for point in points for text in texts(point.get("url")) if (url := web_address(text))]


def _emails(points: list[dict[str, Any]]) -> list[str]:
    found = [text for point in points for text in texts(point.get("email"))]
    return [text for text in found if len(text) <= MOST_EMAIL and _EMAIL.fullmatch(text)]


def _phones(points: list[dict[str, Any]]) -> list[str]:
    found = [text for point in points for text in texts(point.get("phone") or point.get("telephone"))]
    return [text for text in found if _PHONE.fullmatch(text)]


def _domain(email: str) -> str:
    return email.rpartition("@")[2].lower()


def _is_free(email: str) -> bool:
    return _domain(email) in FREE_MAIL


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
