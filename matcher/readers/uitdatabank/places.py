"""Where an event is: a place, an address without one, online, or both."""

from __future__ import annotations

import re
from typing import Any

from ...vocabulary import ONLINE
from .contacts import web_address
from .event import Event, Values
from .remembered import by_content
from .texts import LANGUAGE, line

NOWHERE = "00000000-0000-0000-0000-000000000000"
"""The place of an event that is only online."""
AT_A_SCHOOL = "c3f9278e-228b-4199-8f9a-b9716a17e58f"
"""The place of an event that comes to schools: no place of its own."""
PARTS = ("streetAddress", "postalCode", "addressLocality", "addressCountry")
COUNTRY = "BE"
NUMBERS = (int, float)
_PART_OF = re.compile(r"[^()]+\(([^()]+)\)")
MOST = {"place": 300, "address": 300, "municipality": 200, "postal_code": 20}


def read_place(event: Event) -> Values:
    """Read where an event is."""
    fields = event.fields
    where = _read_location(fields.get("location"), event.language)
    mode = fields.get("attendanceMode")
    if mode == "online" or where == NOWHERE:
        link = web_address(fields.get("onlineUrl", ""))
        return {"place": ONLINE, "registration": link and f"Online: {link}"}
    if where == AT_A_SCHOOL:
        event.notes.note("/location", "is a school that is agreed on: the place is unknown", code="at_a_school")
    values = {} if isinstance(where, str) else where
    if mode == "mixed":
        link = web_address(fields.get("onlineUrl", ""))
        return {**values, "registration": f"Ook online: {link}." if link else "Ook online."}
    return values


@by_content
def _read_location(location: Any, language: str) -> Values | str:
    """Read a location; of those that are no place return which."""
    if not isinstance(location, dict):
        return {"place": line(location, most=MOST["place"])}
    identifier = str(location.get("@id") or location.get("id") or "")
    for one in (NOWHERE, AT_A_SCHOOL):
        if identifier.endswith(one):
            return one
    return _described(location, language)


def _described(location: dict[str, Any], language: str) -> Values:
    own_language = location.get("mainLanguage")
    language = own_language if isinstance(own_language, str) else language
    values: Values = {"place": line(location.get("name"), language, most=MOST["place"])}
    address = location.get("address")
    if isinstance(address, str):
        values["address"] = line(address, most=MOST["address"])
    elif isinstance(address, dict):
        values |= _address(address, language)
    return values | _point(location.get("geo"))


def _address(address: dict[str, Any], language: str) -> Values:
    """Read an address, in one of several languages or, as in old records, without any."""
    if address.keys().isdisjoint(PARTS):
        choices = (address.get(LANGUAGE), address.get(language), *address.values())
        address = next((one for one in choices if isinstance(one, dict)), {})
    locality = line(address.get("addressLocality"), most=MOST["municipality"])
    part_of = _PART_OF.fullmatch(locality or "")
    code = address.get("postalCode")
    code = line(str(code) if isinstance(code, int) else code, most=MOST["postal_code"] // 2)
    country = address.get("addressCountry")
    if code and isinstance(country, str) and country.strip().upper() not in ("", COUNTRY):
        # Codes of other countries look like ours, and ours are looked up on the map.
        code = f"{country.strip()[:9]}-{code}"
    return {
        "address": line(address.get("streetAddress"), most=MOST["address"]),
        "postal_code": code,
        "municipality": part_of[1].strip() if part_of else locality,
    }


def _point(geo: Any) -> Values:
    if not isinstance(geo, dict):
        return {}
    lat, lon = geo.get("latitude"), geo.get("longitude")
    if type(lat) not in NUMBERS or type(lon) not in NUMBERS:
        return {}
    # Nobody meets at 0, 0: a form that was left empty.
    if not (-90 <= lat <= 90 and -180 <= lon <= 180) or lat == lon == 0:  # type: ignore[operator]
        return {}
    return {"lat": float(lat), "lon": float(lon)}  # type: ignore[arg-type]
