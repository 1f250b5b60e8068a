"""The words that clerks use, in Dutch and English, folded, for what the offer has words of its own for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from ...vocabulary import fold, interests


def listed(words: str) -> frozenset[str]:
    """Return words that are separated by a comma and a blank."""
    return frozenset(words.split(", "))


def _table(rows: Mapping[str, str]) -> Mapping[str, str]:
    """Turn ``meaning: word, word`` round into word to meaning."""
    return MappingProxyType({word: meaning for meaning, words in rows.items() for word in words.split(", ")})


UNKNOWN = listed(
    "?, ??, ???, -, --, /, ., …, n.v.t., nvt, n.v.t, nb, n.b., n.t.b., ntb, tbd, tbc, onbekend, unknown, "
    "n/a, na, niet van toepassing, na te vragen, nog na te vragen, navragen, "
    "nog niet bekend, niet bekend, nog te bepalen, nog te bekijken, weet niet, "
    "geen idee, te bepalen, nog te bevestigen, niet gekend, nog niet gekend, not known"
)
"""What says that it is not known."""
DITTO = frozenset(
    {*listed("idem, id., ibidem, ditto, zelfde, hetzelfde, dezelfde, zie hierboven, zie boven, same as above")}
    | {'"', "''", ",,", "„", "“", "”", "″", "〃"}
)
"""What refers to the cell above: after sorting that is another one."""

YES_NO = _table(
    {
        "yes": "ja hoor, absoluut, uiteraard, natuurlijk, ja, j, yes, y, x, ✓, ✔, ☑, true, waar, wel, "
        "zeker, ja zeker, jawel, oui",
        "no": "nee, neen, n, no, false, onwaar, niet, nope, non",
    }
)
KINDS = _table(
    {
        "buddy": "buddywerking, buddyproject, buddy project, buddies, duo, duowerking, maatje, maatjeswerking, "
        "maatjesproject, taalbuddy, peter en meter, gezinsbuddy",
        "conversation_group": "conversation group, praatgroep, praattafel, gesprekstafel, gespreksgroep, "
        "conversatiegroep, conversatietafel, babbelcafe, taalcafe, taaltafel, "
        "taaloefenkans, oefenkans nederlands, babbelgroep, babbelonie, praatcafe, "
        "conversation table, language cafe, nederlands oefenen",
        "course": "cursus, cursussen, les, lessen, lessenreeks, workshop, workshops, vorming, opleiding, "
        "les of cursus, cursus of workshop, lezing, training",
        "association": "vereniging, verenigingsleven, club, hobbyclub, socio-culturele vereniging, "
        "socioculturele vereniging, vzw, adviesraad, vereniging of club",
        "sport": "sportclub, sporten, sportactiviteit, sportaanbod, beweging, sport en beweging, "
        "sportvereniging, sportles, sportlessen, bewegen",
        "volunteering": "vrijwilligerswerk, vrijwilliger, vrijwilligers, vrijwillige inzet, vrijwilligen, "
        "volunteer, volunteer work",
        "internship": "stage, stages, kennismakingsstage, werkervaring, werkstage, werkplek, traineeship, "
        "placement",
        "school": "school, ouderwerking, oudercomite, ouders op school, ouderwerking op school, schoolactiviteit",
        "neighbourhood": "buurt, buurtwerk, buurtwerking, buurthuis, buurtactiviteit, wijkwerking, wijk, "
        "buurtcomite, neighborhood, ontmoetingsplaats, dienstencentrum, lokaal dienstencentrum",
        "culture": "cultuur, culturele activiteit, kunst en cultuur, bib, bibliotheek, cultuuractiviteit, "
        "cultureel",
        "informal": "informeel, ontmoeting, informele activiteit, vrije ontmoeting",
    }
)
PARTICIPANTS = _table(
    {
        "dutch_speakers": "nederlandstaligen, nederlandstalig, nederlandstalige, nederlandssprekenden, "
        "nederlandstalige deelnemers, vlamingen, moedertaalsprekers, "
        "vooral nederlandstaligen, dutch speakers, native speakers, enkel nederlandstaligen",
        "mixed": "gemengd, gemengde groep, mix, mengeling, beide, allebei, nederlandstaligen en anderstaligen, "
        "anderstaligen en nederlandstaligen, nederlandstalig en anderstalig, gemixt",
        "learners": "anderstaligen, anderstalig, anderstalige, anderstalige nieuwkomers, nieuwkomers, "
        "cursisten, cursisten nt2, nt2-cursisten, leerders, inburgeraars, enkel anderstaligen, "
        "vooral anderstaligen, newcomers",
    }
)
INTERACTIONS = _table(
    {
        "low": "weinig onderling contact, bijna geen, laag, weinig, weinig interactie, weinig contact, "
        "beperkt, nauwelijks, little",
        "medium": "gemiddeld, matig, middelmatig, middel, redelijk, normaal, average",
        "high": "heel veel contact, zeer veel contact, veel onderling contact, veel praten, hoog, veel, "
        "heel veel, veel interactie, veel contact, intens, a lot, zeer veel",
    }
)
AUDIENCES = _table(
    {
        "everyone": "iedereen, iedereen welkom, iedereen is welkom, voor iedereen, allemaal, "
        "open voor iedereen, all, open voor allen, alle doelgroepen, jong en oud, voor jong en oud",
        "women": "vrouwen, vrouw, dames, enkel vrouwen, alleen vrouwen, alleen voor vrouwen, "
        "enkel voor vrouwen, voor vrouwen, women only, meisjes en vrouwen, vrouwen en meisjes",
        "men": "mannen, heren, enkel mannen, alleen mannen, voor mannen, enkel voor mannen, men only",
        "parents": "ouders, ouder, ouders met jonge kinderen, ouders met kinderen, ouder en kind, "
        "mama's en papa's, gezinnen, "
        "ouders en kinderen, voor ouders, families",
        "youth": "jongeren, jeugd, jongvolwassenen, jonge mensen, young people, voor jongeren",
        "seniors": "senioren, ouderen, 55-plussers, 55+, 55plus, 55 plus, voor senioren",
    }
)
FACILITIES = _table(
    {
        "childcare": "kinderopvang, opvang, opvang voorzien, kinderopvang voorzien, opvang voor kinderen, "
        "opvang van kinderen, kinderopvang aanwezig, babysit, met kinderopvang, kinderoppas",
        "child_welcome": "kinderen welkom, kinderen mogen mee, kindvriendelijk, kinderen meebrengen mag, "
        "kind welkom, kind mag mee, kinderen toegelaten, children welcome, child friendly, "
        "kids welcome, baby's welkom, kinderen zijn welkom",
        "wheelchair": "rolstoeltoegankelijk, rolstoel, toegankelijk voor rolstoelen, rolstoelvriendelijk, "
        "toegankelijk voor rolstoelgebruikers, toegankelijk met rolstoel, "
        "rolstoeltoegankelijkheid, toegankelijk voor rolstoel, wheelchair accessible, "
        "wheelchair access",
        "low_cost": "kansentarief, uitpas, uitpas kansentarief, kansenpas, sociaal tarief, verminderd tarief, "
        "kansentarief mogelijk, uitpas met kansentarief, reduced price, korting met uitpas",
        "companion": "begeleiding, iemand gaat mee, iemand gaat de eerste keer mee, begeleiding mogelijk, "
        "toeleiding, eerste keer begeleid, eerste keer begeleiding, vrijwilliger gaat mee, "
        "meegaan mogelijk",
    }
)
ATTENDANCES = _table(
    {
        "drop_in": "inloop, vrije inloop, doorlopend, binnenlopen, drop-in, drop in, vrij binnenlopen, "
        "open inloop, kom en ga wanneer je wil, inloopmoment",
        "whole": "hele tijd, volledig, volledige sessie, van begin tot einde, hele sessie, volledige les",
    }
)
STATUSES = _table(
    {
        "active": "actief, gaat door, lopend, ok, bezig, loopt, actueel",
        "cancelled": "stopgezet, gestopt, vervalt, geannuleerd, afgelast, gaat niet door, canceled, "
        "afgeschaft, geschrapt",
        "gone": "verdwenen, bestaat niet meer",
    }
)
LANGUAGES = _table(
    {
        "nl": "eenvoudig nederlands, duidelijk nederlands, nl., nederlands, dutch, ned, ned., "
        "nederlandstalig, vlaams, enkel nederlands, in het nederlands",
        "fr": "fr., frans, french, francais, franstalig, in het frans",
        "en": "eng, eng., engels, english, engelstalig, in het engels",
        "de": "duits, german, deutsch",
        "ar": "arabisch, arabic",
        "tr": "turks, turkish",
        "uk": "oekraiens, ukrainian",
        "es": "spaans, spanish",
        "it": "italiaans, italian",
        "pt": "portugees, portuguese",
        "ru": "russisch, russian",
        "pl": "pools, polish",
        "fa": "farsi, perzisch, dari",
    }
)
TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "kind": KINDS,
        "participants": PARTICIPANTS,
        "interaction": INTERACTIONS,
        "audience": AUDIENCES,
        "facilities": FACILITIES,
        "attendance": ATTENDANCES,
        "status": STATUSES,
        "new_people": YES_NO,
    }
)
NUMBERS: Mapping[str, int] = MappingProxyType(
    {
        word: number
        for number, word in enumerate(
            ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"]
        )
    }
    | {"elf": 11, "twaalf": 12, "veertien": 14, "vijftien": 15, "twintig": 20}
)


@cache
def interest_words() -> Mapping[str, str]:
    """Return the interest that a label, id or synonym means; a synonym of two interests means neither."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for interest in interests().values():
        for word in {fold(synonym) for synonym in interest.synonyms}:
            if word in found:
                twice.add(word)
            found[word] = interest.id
    for word in twice:
        del found[word]
    for interest in interests().values():
        found |= {fold(name): interest.id for name in (interest.id, interest.label_nl, interest.label_en)}
    return MappingProxyType(found)
