"""What it costs: the offers of an event, as far as they say for whom and for what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from ...errors import Problem
from ...vocabulary import fold
from ..markup import one_line
from .things import Thing

KEYS = ("price_eur", "reduced_price_eur", "fee_eur")
MOST_OFFERS = 50
_REDUCED = re.compile(
    r"kansentarief|kansarm|sociaal tarief|verminderd|verlaagd|reduced|concession|omnio|verhoogde teg"
)
_PLAIN = re.compile(r"basis|standaard|standard|normaal|gewoon|volwassen|adult|regular|niet.?led|full price|inkom")
_PER_SESSION = re.compile(r"(?:per )?(?:sessie|session|keer|les|lesson|beurt|bijeenkomst|visit|bezoek|class)")
_ONCE = re.compile(
    r"(?:per )?(?:seizoen|season|jaar|year|reeks|series|cursus|course|trimester|semester|ann|lidgeld|membership)"
)
_NUMBER = re.compile(r"(?:€|EUR)?\s*(\d{1,6})(?:[.,](\d{1,2})0*)?(?:\s*(?:€|EUR|,-))?", re.I)
_FREE = frozenset({"gratis", "free", "kosteloos"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Price:
    """What one offer says: for whom, how much, and for what."""

    name: str
    eur: float | None
    text: str
    unit: str

    def key(self, *, per_session: bool) -> str | None:
        """Return the key that the price belongs to; None when it is not clear."""
        unit, name = fold(self.unit), fold(self.name)
        if self.eur is None:
            return None
        if _ONCE.search(unit):
            return "fee_eur"
        if _PER_SESSION.search(unit) or per_session or self.eur == 0:
            return "reduced_price_eur" if _REDUCED.search(name) else "price_eur"
        return None


def prices(event: Thing, *, several_sessions: bool, today: date) -> tuple[dict[str, object], list[Problem]]:
    """Return the keys of an activity about money.

    Parameters
    ----------
    event : Thing
    several_sessions : bool
        Then a price that does not say what it is for may be that of one session or of them all: it is unknown,
        but for OpenActive, where it is that of one session.
    today : date
        An offer that ended before is none.

    Notes
    -----
    A price of 0 is free; no price is unknown. What is left open stands in ``price_note``.
    """
    found = [price for offer in event.things("offers") for price in _prices(offer, today, MOST_OFFERS)]
    per_session = bool({"SessionSeries", "ScheduledSession"} & event.types) or not several_sessions
    by_key: dict[str | None, list[_Price]] = defaultdict(list)
    for price in found:
        by_key[price.key(per_session=per_session)].append(price)
    data: dict[str, object] = {key: eur for key in KEYS if (eur := _agreed(by_key[key])) is not None}
    if str(event.one("isAccessibleForFree")).lower() in (
        "true",
        "http://schema.org/true",
        "https://schema.org/true",
    ):
        if any(price.eur for price in found):
            data = {}
        else:
            data["price_eur"] = 0.0
    if len(found) > len(data) or any(price.name for price in found if price.eur):
        data["price_note"] = "; ".join(dict.fromkeys(price.text for price in found))[:2000] or None
    if found and not {"price_eur", "fee_eur"} & set(data):
        rule, remedy = (
            "is not clear from the offers",
            "Ask what one session costs; the offers stand in price_note.",
        )
        return data, [Problem(key="price_eur", rule=rule, remedy=remedy, severity="warning", code="price")]
    return data, []


def _agreed(found: list[_Price]) -> float | None:
    """Return the price that all offers for the same thing name, or those for whoever has no special price."""
    for those in (found, [price for price in found if _PLAIN.search(fold(price.name))]):
        if len({price.eur for price in those}) == 1:
            return those[0].eur
    return None


def _prices(offer: Thing, today: date, most: int) -> Iterator[_Price]:
    if _is_over(offer, today):
        return
    inside = [*offer.things("offers", own=True), *offer.things("priceSpecification", own=True)]
    if inside and offer.one("price", own=True) in (None, "") and most > 1:
        for one in inside[:most]:
            for price in _prices(one, today, most // 2):
                yield price if price.name else replace(price, name=_name(offer), text=_text(price, _name(offer)))
        return
    amounts = [offer.one(key, own=True) for key in ("price", "lowPrice", "highPrice", "minPrice", "maxPrice")]
    amounts = [one for one in amounts if one not in (None, "")]
    if not amounts:
        return
    currency = offer.text("priceCurrency", own=True).upper() or ("EUR" if "€" in f"{amounts}" else "")
    values = {_amount(one) for one in amounts}
    eur = values.pop() if len(values) == 1 else None
    told = "-".join(dict.fromkeys(one_line(str(one)) for one in amounts))
    price = _Price(
        name=_name(offer),
        eur=eur if currency == "EUR" or eur == 0 else None,
        text=f"{told} {currency}".strip(),
        unit=offer.text("unitText", own=True) or offer.text("unitCode", own=True),
    )
    yield replace(price, text=_text(price, price.name))


def _text(price: _Price, name: str) -> str:
    amount = price.text + (f" {price.unit}" if price.unit and price.unit not in price.text else "")
    return f"{name}: {amount}" if name and name not in amount else amount


def _name(offer: Thing) -> str:
    return offer.text("name", own=True) or offer.text("category", own=True)


def _amount(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return float(value)
    text = str(value).strip()
    match = _NUMBER.fullmatch(text)
    if match:
        return float(f"{match[1]}.{match[2] or 0}")
    return 0.0 if fold(text) in _FREE else None


def _is_over(offer: Thing, today: date) -> bool:
    for key in ("validThrough", "priceValidUntil", "availabilityEnds"):
        try:
            if datetime.fromisoformat(offer.text(key, own=True)).date() < today:
                return True
        except ValueError:
            continue
    return False
