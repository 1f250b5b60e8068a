"""What it costs: per session or for the whole, for everybody and for who pays less."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from ...errors import Problem
from .event import Event, Values, number_of, objects
from .notes import Notes
from .remembered import by_content
from .texts import line

EURO = "EUR"
REDUCED = re.compile(
    r"kansentarief|kanstarief|uitpas|paspartoe|sociaal tarief|verhoogde tegemoetkoming", re.IGNORECASE
)
MOST_PRICE_EUR, MOST_NOTE, MOST_NAME = 100_000, 2000, 200


class Row(NamedTuple):
    """One tariff; ``euro`` is None when it is no number of euros for one person."""

    is_base: bool
    euro: float | None
    is_reduced: bool
    """What somebody with little money pays."""
    text: str


def read_prices(event: Event, *, once: bool, price_for: str) -> Values:
    """Read the prices; without any the price is unknown, not nothing.

    Parameters
    ----------
    once : bool
        There is one session: its price is the price.
    price_for : str
        What a price is for in an event of this type: ``session``, ``series``, or empty when it may be either.

    Notes
    -----
    The price of a whole series never stands as the price of a session: it is a fee. Where it may be either, it
    stands in the note only. Of several reduced prices (each for the cards of a region) the highest counts, so that
    nobody pays more than was said.
    """
    prices = event.fields.get("priceInfo")
    if not prices:
        return {}
    values, problems = _read_list(prices, event.language, once, price_for)
    event.notes.take(problems)
    return values


@by_content
def _read_list(prices: list[Any], language: str, once: bool, price_for: str) -> tuple[Values, Sequence[Problem]]:
    notes = Notes()
    rows = [row for index, one in objects(prices) if (row := _row(notes, language, index, one))]
    base = next((row for row in rows if row.is_base), None)
    values: Values = {}
    said: list[Row] = [row for row in rows if row is not base]
    if base and base.euro is not None and price_for == "series" and base.euro > 0:
        values["fee_eur"] = base.euro
    elif base and base.euro is not None and (once or price_for == "session" or base.euro == 0):
        values["price_eur"] = base.euro
        reduced = [row.euro for row in said if row.is_reduced and row.euro is not None and row.euro <= base.euro]
        if reduced and base.euro > 0:
            values["reduced_price_eur"] = max(reduced)
    elif base:
        said.insert(0, base)
        if base.euro is not None:
            rule = "is for one session or for all of them: that is not said, so it stands in the note only"
            notes.note("/priceInfo", rule, value=f"{base.euro:g}", code="price_for")
    if any(row.is_reduced for row in rows) and not (base and base.euro == 0):
        values["facilities"] = ["low_cost"]
    if said:
        values["price_note"] = "; ".join(row.text for row in said)[:MOST_NOTE]
    return values, notes.problems


def _row(notes: Notes, language: str, index: int, one: dict[str, Any]) -> Row | None:
    price = one.get("price")
    euro = number_of(price, most=MOST_PRICE_EUR)
    if euro is None:
        shown = str(price) if isinstance(price, (int, float)) else None
        rule = f"must be a number from 0 to {MOST_PRICE_EUR}"
        notes.warning(f"/priceInfo/{index}/price", rule, value=shown, code="price")
        return None
    name = line(one.get("name"), language, most=MOST_NAME) or "Tarief"
    currency = line(one.get("priceCurrency", EURO), most=10) or "?"
    category, for_group = str(one.get("category")), one.get("groupPrice") is True
    is_reduced = category == "uitpas" or REDUCED.search(name) is not None
    text = (
        f"{name}: {_written(euro)} {'euro' if currency == EURO else currency}{' per groep' if for_group else ''}"
    )
    return Row(category == "base", None if for_group or currency != EURO else euro, is_reduced, text)


def _written(euro: float) -> str:
    return f"{euro:.0f}" if euro == int(euro) else f"{euro:.2f}".replace(".", ",")
