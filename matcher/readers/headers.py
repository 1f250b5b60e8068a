"""Headings of columns as people write them, in Dutch or English, and what each column is."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ..model import Activity
from ..vocabulary import fold

LEFT_OUT = ""
"""What a column is that we do not take over: names of private persons, internal remarks, numbers of rows."""
_NEAR = 0.87
"""How alike a heading and a known one are at least, from 0 to 1, to be taken for it."""
_SHORTEST_NEAR = 5
_ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "id": "identificatie, code, identifier, activiteit id",
        "title": "titel, naam, naam activiteit, naam van de activiteit, activiteit, activiteiten, wat, aanbod, "
        "titel activiteit, naam aanbod, name, activity, titel van de activiteit, naam initiatief, "
        "initiatief, event, naam van het aanbod",
        "description": "beschrijving, omschrijving, toelichting, uitleg, inhoud, korte beschrijving, info, "
        "informatie, beschrijving activiteit, meer info, extra info, korte omschrijving, "
        "details, extra informatie, meer informatie, omschrijving activiteit, omschrijving kort",
        "organiser": "organisatie, organisator, vereniging, inrichter, aanbieder, organisatoren, "
        "naam organisatie, naam vereniging, wie organiseert, organizer, organisation, "
        "organization, club, georganiseerd door, partner, verantwoordelijke organisatie, "
        "naam van de organisatie, naam van de vereniging, naam club, dienst",
        "kind": "soort, type, categorie, soort activiteit, type activiteit, aard, category, soort aanbod, rubriek",
        "interests": "interesses, interesse, thema, thema's, themas, onderwerp, onderwerpen, trefwoorden, "
        "domein, interest, theme, topics, tags, interessegebieden, interessegebied",
        "language": "taal, voertaal, werktaal, taal van de activiteit, working language",
        "taalicoon": "taaliconen, taalniveau, aantal taaliconen, niveau nederlands, taalicoontje, icoon, "
        "language icon, nederlands niveau",
        "interaction": "interactie, mate van interactie, contact onderling, hoeveel interactie, "
        "onderling contact, hoeveel contact",
        "participants": "deelnemers, wie neemt deel, samenstelling groep, samenstelling, wie komt er, "
        "wie is er, andere deelnemers, samenstelling van de groep",
        "group_min": "minimum groep, min groep, minimum groepsgrootte, groep min, minimum aantal deelnemers, "
        "min deelnemers, min aantal, minimum aantal, groep vanaf",
        "group_max": "maximum groep, max groep, maximum groepsgrootte, groep max, maximum aantal in groep, "
        "groep tot",
        "group": "groepsgrootte, grootte groep, groep, aantal per groep, group size, hoeveel mensen, "
        "grootte van de groep, aantal mensen",
        "new_people": "nieuwe mensen, nieuwe mensen ontmoeten, nieuwe contacten, ontmoet nieuwe mensen, "
        "meets new people, nieuwe mensen leren kennen",
        "schedule": "dag en uur, wanneer, uurrooster, rooster, dag uur, dagen en uren, tijdstip, dag tijd, "
        "dag en tijd, moment, momenten, lesmomenten, dag en tijdstip, datum en uur, data en uren, "
        "uren en dagen, planning, tijden, when, day and time, openingsuren, timing, dag en uren, "
        "datum uur, datum en tijd, dag & uur, lesmoment, tijdsschema, date and time",
        "day": "dag, dagen, weekdag, datum, data, day, date, lesdag, dag van de week, days, dag(en)",
        "frequency": "frequentie, hoe vaak, herhaling, frequency, regelmaat",
        "hours": "uur, uren, tijd, hours, time, uur van tot, van tot, tijdslot, begin en einduur",
        "from": "beginuur, van, startuur, begin, aanvang, aanvangsuur, start, start time, from, starttijd, "
        "begintijd, uur van, uur begin, begin uur, start uur, vanaf uur",
        "to": "einduur, tot, einde, einde uur, eindtijd, end time, to, until, uur tot, uur einde, eind uur, "
        "stopuur, eind",
        "duration": "duur, duurtijd, tijdsduur, duur les, duur sessie, hoe lang, duration, length",
        "start_date": "startdatum, begindatum, start datum, begin datum, vanaf datum, datum start, "
        "datum begin, eerste les, eerste dag, datum van, start date, van datum",
        "end_date": "einddatum, eind datum, datum einde, tot datum, laatste les, laatste dag, datum tot, "
        "end date, datum eind",
        "period": "periode, looptijd, looptijd van tot, period, periode van tot, loopt van tot",
        "pauses": "pauze, pauzes, niet op, onderbrekingen, gesloten, sluitingsdagen, vakanties, "
        "geen activiteit, uitzonderingen, vakantie, onderbreking, sluitingsperiode, sluiting, "
        "geen activiteit op, gaat niet door op, niet tijdens",
        "attendance": "aanwezigheid, inloop, aanwezig, inloop of volledig, manier van deelnemen",
        "place": "plaats, locatie, waar, zaal, gebouw, lokaal, location, where, venue, naam locatie, plek, "
        "plaats locatie",
        "address": "adres, straat en nummer, straat, adres locatie, straat nr, straat en nr, adresgegevens, "
        "volledig adres",
        "postal_code": "postcode, zip, zipcode, postnummer, postcode gemeente, postal code",
        "municipality": "gemeente, stad, woonplaats, deelgemeente, town, city, gemeente stad, dorp",
        "lat": "breedtegraad, latitude",
        "lon": "lengtegraad, longitude, lng",
        "price_eur": "prijs, kostprijs, kosten, kost, prijs per keer, prijs per les, prijs per sessie, price, "
        "inkom, toegangsprijs, tarief, deelnameprijs, prijs in euro, prijs euro, bedrag, "
        "basisprijs, prijs per persoon, cost",
        "reduced_price_eur": "kansentarief, uitpas, uitpas tarief, verminderde prijs, sociaal tarief, "
        "verminderd tarief, prijs kansentarief, reductietarief, reduced price, "
        "prijs uitpas, uitpas kansentarief, prijs met uitpas",
        "fee_eur": "lidgeld, inschrijvingsgeld, lidgeld per jaar, jaarlijks lidgeld, bijdrage, fee, "
        "membership fee, lidmaatschap, lidgeld euro, prijs per jaar, jaarprijs",
        "price_note": "opmerking prijs, info prijs, prijsinfo, toelichting prijs, prijsinformatie, price note",
        "capacity": "capaciteit, aantal plaatsen, max deelnemers, maximum aantal deelnemers, "
        "maximum deelnemers, plaatsen, max aantal deelnemers, max aantal, maximum aantal, "
        "aantal deelnemers",
        "places_left": "vrije plaatsen, nog plaatsen, beschikbare plaatsen, plaatsen vrij, nog vrij, "
        "restplaatsen, places left, plaatsen over, nog plaats, beschikbaar, "
        "aantal vrije plaatsen",
        "age": "leeftijd, leeftijden, leeftijdsgroep, leeftijdscategorie, ages, voor welke leeftijd, "
        "leeftijd van tot, leeftijdsgrens",
        "age_min": "minimumleeftijd, leeftijd van, leeftijd vanaf, min leeftijd, minimum leeftijd, "
        "vanaf leeftijd, leeftijd min",
        "age_max": "maximumleeftijd, leeftijd tot, max leeftijd, maximum leeftijd, tot leeftijd, leeftijd max",
        "audience": "doelgroep, voor wie, doelpubliek, doelgroepen, target group, voor welke doelgroep",
        "facilities": "faciliteiten, voorzieningen, toegankelijkheid, ondersteuning",
        "registration": "inschrijven, inschrijving, aanmelden, hoe inschrijven, aanmelding, reserveren, "
        "inschrijvingen, hoe aanmelden, deelnemen, reservatie, inschrijven via, "
        "inschrijvingswijze, wijze van inschrijven, info inschrijving",
        "phone": "telefoon, tel, telefoonnummer, gsm, gsm nummer, telefoon organisatie, phone number, "
        "telephone, tel nr, telefoonnr, tel gsm, telefoon gsm",
        "email": "e mail, mail, mailadres, e mailadres, emailadres, e mail organisatie, mail organisatie",
        "url": "website, link, site, webpagina, webadres, url website, internet, web, homepage",
        "contact": "contactgegevens, contactinfo, contact info, contactinformatie",
        "signatory": "ondertekenaar, wie tekent, functie ondertekenaar, wie ondertekent, ondertekend door functie",
        "status": "statuut, stand van zaken, gaat door",
        "source": "bron, herkomst",
        "source_url": "bron url, link bron, bronlink, url bron",
        "last_verified": "laatst nagekeken, laatst gecontroleerd, datum controle, nagekeken op, "
        "gecontroleerd op, laatste controle, bijgewerkt, laatste update, last checked, "
        "gecheckt op, laatst bijgewerkt, laatst geverifieerd",
        "assumed": "aangenomen, veronderstellingen",
        "derived": "afgeleid",
        LEFT_OUT: "nr, nummer, volgnummer, contactpersoon, verantwoordelijke, naam contactpersoon, "
        "contactpersonen, begeleider, lesgever, naam verantwoordelijke, lesgevers, coach, "
        "naam lesgever, intern, interne opmerking, interne notities, naam begeleider, trekker, "
        "lesgeefster, rijksregisternummer",
    }
)
_UNIT = re.compile(r"\([^)]*\)|\[[^]]*\]")
_OTHER = re.compile(r"[^a-z0-9]+")


def bare(heading: str) -> str:
    """Return a heading folded, with blanks for all but letters and digits.

    Examples
    --------
    >>> bare(" Dag & uur: ")
    'dag uur'
    """
    return _OTHER.sub(" ", fold(heading)).strip()


_KNOWN: Mapping[str, str] = MappingProxyType(
    {
        **{bare(alias): key for key, aliases in _ALIASES.items() for alias in aliases.split(", ")},
        **{bare(key): key for key in (*_ALIASES, *Activity.model_fields) if key},
    }
)


def column_of(heading: str) -> str | None:
    """Return what a column with this heading is, or None when that is not certain.

    Examples
    --------
    >>> column_of("Dag & uur"), column_of("Prijs (€)"), column_of("price_eur"), column_of("gebakje")
    ('schedule', 'price_eur', 'price_eur', None)
    """
    whole = bare(heading)
    return _KNOWN.get(whole, _KNOWN.get(bare(_UNIT.sub(" ", heading))))


def near_column(heading: str) -> str | None:
    """Return what a column is whose heading is almost a known one, or None.

    Examples
    --------
    >>> near_column("Organistaie"), near_column("Beschrijvng"), near_column("kleur")
    ('organiser', 'description', None)
    """
    words = bare(_UNIT.sub(" ", heading))[:80]
    if len(words) < _SHORTEST_NEAR:
        return None
    near = difflib.get_close_matches(
        words, [known for known in _KNOWN if len(known) >= _SHORTEST_NEAR], cutoff=_NEAR
    )
    meant = {_KNOWN[known] for known in near}
    return meant.pop() if len(meant) == 1 else None


def named_columns(cells: Sequence[str], *, near: bool = False) -> set[str]:
    """Return the columns that a row names, were it a header; with ``near`` by almost known headings too."""
    found = {column_of(cell) or (near_column(cell) if near else None) for cell in cells if cell}
    return {column for column in found if column}
