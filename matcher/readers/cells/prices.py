"""Cells about what it costs."""

from __future__ import annotations

import re
from typing import Any

from .reading import plain, refused
from .words import NUMBERS, listed

_WORD_AMOUNT = re.compile(rf"\b({'|'.join(NUMBERS)})(?= (?:euro|eur)\b)")
_AMOUNT = re.compile(
    r"(?P<before>€ ?|\b(?:euro?|eur) ?)?(?<![\d.,])(?P<sign>-)?"
    r"(?P<whole>\d{1,3}(?:\.\d{3})+(?!\d)|\d{1,6})(?:(?:[.,](?P<cents>\d{1,2})(?!\d))|(?:[.,](?:-|=)))?"
    r"(?P<after> ?(?:€(?P<behind>\d\d)?(?!\d)|euro?s?\b|eur\b))?(?P<small> ?(?:cent|ct)\b)?",
    re.ASCII,
)
_COUNT = re.compile(r"\d+[ -]?(?:lessen|les|sessies|bijeenkomsten|avonden|weken|workshops|namiddagen)\b")
_CARD = re.compile(
    r"(?:\d+[ -]?)?(?:beurten|les|lessen|sessie)?kaart(?:en)?\b|\d+[ -]?(?:keer|beurten|maal|x)(?![a-z])"
)
_MARK = "\x01"
_BEHIND = re.compile(r"\x01 ?\(([a-z ]+)\)")
"""What stands in brackets right behind an amount."""
_SPLIT = re.compile(r"[,;()+|\n]| - |(?=\b(?:incl|excl|inclusief|exclusief)\b)|\.(?=\s|$)| en |/(?=\s*\x01)| & ")
_BASIC = re.compile(r"\bniet[ -]le?den\b|\bniet[ -]lid\b")
_WORDS = re.compile(r"[a-z\x01#]+")
_ADULTS = re.compile(r"\bvolw\b\.?")

FREE = listed(
    "gratis, gratuit, kosteloos, kostenloos, free, geen, geen kosten, geen kost, kost niets, kost niks, geen "
    "kostprijs, volledig gratis, gratis toegang, toegang gratis, gratis deelname, deelname gratis, "
    "deelname is gratis, nihil, free of charge, gratis inkom, inkom gratis, helemaal gratis, geen "
    "deelnameprijs, geen inkom, is gratis, gratis activiteit, geen lidgeld"
)
_PRICE = listed(
    "per, keer, les, lessen, sessie, beurt, persoon, pp, p, avond, namiddag, voormiddag, workshop, "
    "activiteit, dag, bijeenkomst, deelname, deelnemer, inkom, toegang, prijs, ticket, kost, kostprijs, "
    "bedraagt, is, bijdrage, deelnameprijs, de, het, een, elke, each, session, entrance, deelnemen, "
    "person, time, training, wandeling"
)
_FEE = listed(
    "lidgeld, lidmaatschap, lidmaatschapsbijdrage, lidkaart, inschrijvingsgeld, inschrijving, jaar, "
    "jaarlijks, jaarlijkse, seizoen, werkjaar, reeks, lessenreeks, cursus, jaarbijdrage, schooljaar, "
    "year, membership, season, #, volledige, hele, jaarabonnement, eenmalig, eenmalige"
)
_REDUCED = listed(
    "kansentarief, uitpas, uitpashouders, kansenpas, omnio, tegemoetkoming, verhoogde, sociaal, sociale, "
    "reductietarief, reductieprijs, vt, tarief, verminderd, houders, recht"
)
_REDUCED_SURE = _REDUCED - {"tarief", "verhoogde", "houders", "sociaal", "sociale", "verminderd", "recht"} | {
    "sociaal tarief",
    "verminderd tarief",
}
_OTHERS = listed(
    "leden, kinderen, kind, studenten, student, jongeren, senioren, gepensioneerden, maand, uur, week, "
    "kwartaal, trimester, semester, koffie, drankje, drank, materiaal, proefles, eerste, gezin, koppel, "
    "familie, groep, duo, lid, month, hour, children, members, students"
)
_GENERAL = listed("volwassenen, volwassene, adults, basistarief, standaardtarief, normaal, gewoon, standaard")
_LINKS = listed("voor, met, of, aan, via, tarief, op, in, bij, als, x, van, pers")
_SESSION = listed(
    "keer, les, sessie, beurt, avond, namiddag, voormiddag, workshop, activiteit, bijeenkomst, session, "
    "time, training, "
    "wandeling, dag, aan, bij, x"
)
"""Words that make an amount one of each time."""
_TIMES = _SESSION - {"aan", "bij", "x"}
"""Those among them that name one time: the fee of a column of fees is not for that."""
_OF_FREE = listed(
    "gratis, toegang, inkom, deelname, is, de, het, les, lessen, activiteit, deelnemen, per, keer, sessie"
)
"""Words with which 'gratis' is free without conditions."""
_HARMLESS = listed(
    "inschrijven, inschrijving, verplicht, vooraf, reserveren, reservatie, te, betalen, ter, plaatse, "
    "cash, payconiq, bancontact, contant, overschrijving, koffie, thee, drankje, drank, hapje, fruit, "
    "water, soep, materiaal, inbegrepen, inclusief, incl, in, de, prijs, begrepen, verzekering, is, via, "
    "website, zie, info, aanmelden, noodzakelijk, nodig, welkom, met, korting, uitpas, mogelijk, en, een, "
    "het, geen, wel, zonder, kansentarief, aanvaard, op, aanvraag, punten, sparen, verzekerd, nodig, je, "
    "kan, zelf, proefles, eerste, les, gratis, keer, mits, graag, aub, ook, vooraf, uitpaspunten, jouw, "
    "eigen, meebrengen, niet, excl, exclusief, broodje, soep, verfrissing"
)
PRICE_WORDS = (
    _PRICE | _FEE | _REDUCED | _OTHERS | _GENERAL | _LINKS | _HARMLESS | {"gratis", "euro", "eur", "cent"}
)
"""Words of prices, which may be shown to anybody."""


def read_price(text: str, *, column: str) -> dict[str, Any]:
    """Read what it costs.

    Parameters
    ----------
    text : str
        As a clerk wrote it.
    column : {'price_eur', 'reduced_price_eur', 'fee_eur'}
        What an amount without further words is.

    Returns
    -------
    dict
        Any of ``price_eur``, ``reduced_price_eur``, ``fee_eur``, ``price_note``. The words are kept as a note when
        they say more than the numbers; with words alone the price stays unknown.

    Raises
    ------
    InputError
        If an amount is negative, or a column of fees or reduced prices holds something else.

    Examples
    --------
    >>> read_price("€ 5 / les", column="price_eur")
    {'price_eur': 5.0}
    >>> read_price("5 à 10 euro", column="price_eur")
    {'price_note': '5 à 10 euro'}
    """
    words = _ADULTS.sub("volwassenen", " ".join(plain(text).rstrip("!. ").split()))
    if words in FREE:
        return {column: 0.0}
    found = _amounts(_WORD_AMOUNT.sub(lambda match: str(NUMBERS[match[1]]), words), column)
    if found is None:
        if column != "price_eur":
            raise refused("must be an amount in euro", None, "Write the number alone.", code="price")
        return {"price_note": text.strip()}
    values, said_all = found
    return values if said_all else {**values, "price_note": text.strip()}


def _amounts(words: str, column: str) -> tuple[dict[str, Any], bool] | None:
    """Return the amounts by key and whether that is all that was said; None when they are not sure."""
    euros: list[float] = []

    def take(match: re.Match[str]) -> str:
        euros.append(_euros(match))
        return _MARK

    if (alone := _AMOUNT.fullmatch(words)) and alone["sign"]:
        raise refused("must be 0 or more", None, "Write the price without a minus.", code="price")
    marked = _AMOUNT.sub(take, _CARD.sub(" kaart ", _COUNT.sub(" # ", words)))
    marked = _BEHIND.sub(lambda match: f"{_MARK} {match[1]}" if _explains(match[1]) else match[0], marked)
    has_currency = re.search(r"€|\beuro?s?\b|\beur\b|\bcent\b|\bct\b", words)
    if len(euros) > 1 and not has_currency:
        return None
    values: dict[str, Any] = {}
    said_all = True
    left = iter(euros)
    for piece in _SPLIT.split(marked):
        here = set(_WORDS.findall(_BASIC.sub("basistarief", piece).replace("p.p", "pp").replace("p/p", "pp")))
        n_amounts = piece.count(_MARK)
        if not here and not piece.strip(" -:/€=*"):
            continue
        strange = re.sub(r"[a-z\x01# :/€=*.'-]", "", piece)
        if strange or n_amounts > 1:
            return None
        euro = next(left) if n_amounts else 0.0 if "gratis" in here else None
        key = _key(here - {_MARK, "gratis"}, column, has_amount=euro is not None)
        if not n_amounts and euro == 0 and key == column and not here <= _OF_FREE:
            return None
        if key is None:
            return None
        said_all &= bool(n_amounts and key == column and here <= _said_by(column)) or here == {"gratis"}
        if key in ("other", "harmless"):
            continue
        if key in values or euro is None:
            return None
        values[key] = euro
    return (values, said_all) if values else None


def _explains(words: str) -> bool:
    return set(words.split()) <= _PRICE | _FEE | _REDUCED | _OTHERS | _GENERAL | _LINKS


def _said_by(column: str) -> frozenset[str]:
    """Return the words that say nothing beyond the column itself."""
    return {"price_eur": _PRICE, "fee_eur": _FEE | _PRICE, "reduced_price_eur": _REDUCED | _PRICE}[column] | {
        _MARK
    }


def _key(here: set[str], column: str, *, has_amount: bool) -> str | None:
    """Return what an amount with these words about it is; None when a word is not known."""
    if not has_amount:
        return "harmless" if here <= _HARMLESS else None
    if not _explains(" ".join(here - {"kaart"})):
        return None
    if here & (_OTHERS | {"kaart"}):
        return "other"
    if "#" in here and "per" in here and not here & {"lessenreeks", "reeks", "cursus"}:
        return None
    if here & _FEE and (here & _SESSION or here & _REDUCED_SURE):
        return None
    if here & _REDUCED_SURE or {"sociaal", "tarief"} <= here or {"verminderd", "tarief"} <= here:
        return "reduced_price_eur"
    if here & (_REDUCED - {"tarief"}):
        return None
    if here & _FEE:
        return "fee_eur" if column != "reduced_price_eur" else None
    if here & _GENERAL or (column == "fee_eur" and here & _TIMES):
        return "price_eur"
    return column


def _euros(match: re.Match[str]) -> float:
    cents = (match["cents"] or match["behind"] or "").ljust(2, "0")
    amount = int(match["whole"].replace(".", "")) + int(cents) / 100
    return amount / 100 if match["small"] else amount
