"""Every text of the pages in Dutch and English, side by side, and how numbers and dates are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal

from .. import explain
from ..schedule import DAYS_NL

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")

_DAYS_SHORT = (
    ("ma", "Mon"),
    ("di", "Tue"),
    ("wo", "Wed"),
    ("do", "Thu"),
    ("vr", "Fri"),
    ("za", "Sat"),
    ("zo", "Sun"),
)
FIT_LEVELS = ((0.75, "very_well"), (0.55, "well"), (0.40, "possible"), (0.0, "further"))
"""From which score on a proposal is said to fit how well."""
YEAR_SHOWN_AFTER_DAYS = 180
"""A date further away than this is written with its year."""

TEXTS = MappingProxyType(
    {
        # --- the page
        "product": ("Participatie-matcher", "Participation matcher"),
        "heading": ("Vind een activiteit die past", "Find an activity that fits"),
        "lead": (
            "Voor het participatie- en netwerktraject. U vult in wat u weet, wij stellen voor.",
            "For the participation and network track. You fill in what you know, we propose.",
        ),
        "demonstration": (
            "Demonstratiegegevens: stuur niemand naar een activiteit op basis van deze lijst.",
            "Demonstration data: do not send anyone to an activity on the basis of this list.",
        ),
        "skip": ("Naar de inhoud", "Skip to the content"),
        "skip_answer": ("Naar de voorstellen", "Skip to the proposals"),
        "language": ("Taal van de pagina", "Language of the page"),
        "foot_privacy": (
            "Deze pagina bewaart niets. Wat u invult, is weg als u ze sluit.",
            "This page stores nothing. What you fill in is gone when you close it.",
        ),
        "foot_decision": (
            "Dit zijn voorstellen. De trajectbegeleider beslist samen met de persoon.",
            "These are proposals. The counsellor decides together with the person.",
        ),
        "foot_offer": ("Aanbod {offer} · model {model}", "Offer {offer} · model {model}"),
        "printed": ("Afgedrukt op {day} van {address}", "Printed on {day} from {address}"),
        "title_error": ("Fout: ", "Error: "),
        # --- the page before a question
        "start_heading": ("Zo werkt het", "How it works"),
        "start_1": (
            "Vul links in wat u al weet. Drie antwoorden zijn genoeg om te beginnen.",
            "Fill in what you already know. Three answers are enough to begin.",
        ),
        "start_2": (
            "Vraag de voorstellen. De best passende activiteit staat bovenaan, met de redenen erbij.",
            "Ask for the proposals. The best fit comes first, with the reasons.",
        ),
        "start_3": (
            "Vul aan tijdens het gesprek. Met elk antwoord worden de voorstellen preciezer.",
            "Add to it during the conversation. Each answer makes the proposals more precise.",
        ),
        "start_note": (
            "Weet u iets niet? Laat het leeg. Onbekend is nooit een fout.",
            "Is something not known? Leave it empty. Unknown is never an error.",
        ),
        # --- the request
        "request": ("De vraag", "The request"),
        "request_change": ("Vraag aanpassen", "Change the request"),
        "request_empty": ("nog niets ingevuld", "nothing filled in yet"),
        "request_hours": ("eigen uren", "own hours"),
        "request_parts": ("{n} dagdelen", "{n} parts of the week"),
        "request_parts_one": ("1 dagdeel", "1 part of the week"),
        "request_more": ("en nog {n}", "and {n} more"),
        "optional": ("Niets is verplicht.", "Nothing is required."),
        "submit": ("Toon voorstellen", "Show proposals"),
        "submit_again": ("Vernieuw de voorstellen", "Renew the proposals"),
        "start_over": ("Begin opnieuw", "Start over"),
        "unknown": ("nog niet bekend", "not known yet"),
        "yes": ("ja", "yes"),
        "no": ("nee", "no"),
        "section_wants": ("Wat wil de persoon?", "What does the person want?"),
        "label_interests": ("Interesses", "Interests"),
        "interests_find": ("Zoek een interesse", "Find an interest"),
        "interests_found": ("{n} gevonden", "{n} found"),
        "interests_chosen": ("Gekozen: ", "Chosen: "),
        "interests_all": ("Alles van {branch}", "All of {branch}"),
        "label_wishes": ("In eigen woorden", "In their own words"),
        "hint_wishes": (
            "In eender welke taal. Geen naam, geen gezondheid, geen geloof.",
            "In any language. No name, no health, no religion.",
        ),
        "label_avoid": ("Wat wil de persoon liever niet?", "What would the person rather not do?"),
        "section_dutch": ("Hoeveel Nederlands spreekt de persoon?", "How much Dutch does the person speak?"),
        "hint_dutch_level": (
            "Wat de persoon zegt, of wat de school schreef. Niveau 1.1 is A1, niveau 1.2 is A2.",
            "What the person says, or what the school wrote. Level 1.1 is A1, level 1.2 is A2.",
        ),
        "level_pre-A1": ("nog geen", "none yet"),
        "level_A1": ("enkele woorden (A1)", "a few words (A1)"),
        "level_A2": ("gewone gesprekken (A2)", "everyday conversations (A2)"),
        "level_B1": ("vlotte gesprekken (B1)", "easy conversations (B1)"),
        "level_B2": ("bijna alles (B2)", "almost everything (B2)"),
        "level_C1": ("heel vlot (C1)", "very fluent (C1)"),
        "level_C2": ("zoals een moedertaal (C2)", "like a first language (C2)"),
        "section_when": ("Wanneer is de persoon vrij?", "When is the person free?"),
        "label_week": ("Gewone week", "Ordinary week"),
        "hint_week": (
            "Niets aangevinkt betekent: nog niet bekend. Dan valt er niets weg.",
            "Nothing ticked means: not known yet. Then nothing drops out.",
        ),
        "day": ("dag", "day"),
        "part_morning": ("voormiddag", "morning"),
        "part_afternoon": ("namiddag", "afternoon"),
        "part_evening": ("avond", "evening"),
        "presets": ("Vul de week in", "Fill in the week"),
        "preset_school": ("tijdens de schooluren", "during school hours"),
        "preset_workdays": ("werkdagen overdag", "weekdays in the daytime"),
        "preset_evenings": ("avonden", "evenings"),
        "preset_weekend": ("weekend", "weekend"),
        "preset_all": ("alles", "everything"),
        "preset_clear": ("wis", "clear"),
        "more_precise": ("Preciezer: eigen uren", "More precise: own hours"),
        "label_hours": ("Uren", "Hours"),
        "hint_hours": (
            "Eén dag en uur op een regel, zoals ma 09:00-12:00. Deze uren vervangen de vakjes.",
            "One day and time on a line, such as mon 09:00-12:00. These hours replace the boxes.",
        ),
        "hours_count": (
            "Nu tellen de uren hieronder. Wis ze om weer vakjes te kiezen.",
            "Now the hours below count. Clear them to choose boxes again.",
        ),
        "label_available_from": ("Vrij vanaf", "Free from"),
        "label_available_until": ("Vrij tot en met", "Free until and including"),
        "section_where": ("Waar?", "Where?"),
        "label_postal_code": ("Postcode", "Postal code"),
        "hint_postal_code": ("Zoals 3020. Geen straat of nummer.", "Such as 3020. No street or number."),
        "postal_unknown": (
            "Deze postcode kennen we niet. De afstand blijft dus onbekend.",
            "We do not know this postal code. The distance stays unknown.",
        ),
        "label_transport": ("Hoe verplaatst de persoon zich?", "How does the person travel?"),
        "transport_walk": ("te voet", "on foot"),
        "transport_bike": ("fiets", "bicycle"),
        "transport_public": ("openbaar vervoer", "public transport"),
        "transport_car": ("auto", "car"),
        "label_max_distance_km": ("Hoe ver ten hoogste?", "How far at most?"),
        "section_who": ("Met wie?", "With whom?"),
        "label_group": ("Liefst met hoeveel mensen?", "Preferably with how many people?"),
        "group_duo": ("met twee", "in a pair"),
        "group_small": ("kleine groep (3 tot 8)", "small group (3 to 8)"),
        "group_medium": ("gewone groep (9 tot 20)", "medium group (9 to 20)"),
        "group_large": ("grote groep (meer dan 20)", "large group (over 20)"),
        "group_any": ("maakt niet uit", "does not matter"),
        "section_care": ("Waar moeten we op letten?", "What must we take into account?"),
        "label_needs": ("Nodig", "Needed"),
        "need_childcare": ("opvang voor de kinderen", "childcare"),
        "need_child_welcome": ("kinderen mogen mee", "children may come along"),
        "need_wheelchair": ("plaats voor een rolstoel", "room for a wheelchair"),
        "need_low_cost": ("kansentarief", "reduced price"),
        "need_companion": ("eerste bezoek samen", "first visit together"),
        "label_max_price_eur": ("Hoeveel per keer ten hoogste?", "How much each time at most?"),
        "hint_max_price_eur": ("Vul 0 in voor gratis.", "Fill in 0 for free."),
        "label_age": ("Leeftijd", "Age"),
        "unit_age": ("jaar", "years"),
        "unit_hours": ("uur van de 40", "of the 40 hours"),
        "label_audience": ("Houd rekening met", "Take into account"),
        "hint_audience": ("Alleen wat de persoon zelf vraagt.", "Only what the person asks for."),
        "audience_women": ("vrouwen", "women"),
        "audience_men": ("mannen", "men"),
        "audience_parents": ("ouders", "parents"),
        "audience_youth": ("jongeren", "young people"),
        "audience_seniors": ("senioren", "older people"),
        "section_track": ("Het traject", "The track"),
        "label_obligation": ("Is inburgering verplicht?", "Is civic integration mandatory?"),
        "obligation_mandatory": ("verplicht", "mandatory"),
        "obligation_voluntary": ("vrijwillig", "voluntary"),
        "label_working": ("Werkt de persoon?", "Does the person work?"),
        "label_studying": ("Studeert de persoon?", "Does the person study?"),
        "label_hours_done": ("Al gevolgd", "Done already"),
        # --- errors
        "errors_heading": ("Dit klopt nog niet", "There is a problem"),
        "error_prefix": ("Fout: ", "Error: "),
        "error_too_much": (
            "Dat was te veel om te lezen. Maak de tekst korter.",
            "That was too much to read. Make the text shorter.",
        ),
        "error_register_number": (
            "Hier staat iets als een rijksregisternummer. Haal het weg.",
            "This holds what looks like a national register number. Take it out.",
        ),
        "error_too_long": (
            "De tekst telt {n} tekens. Er mogen er 2000 staan.",
            "The text has {n} characters. There may be 2000.",
        ),
        "error_wishes": ("Deze tekst kunnen we niet lezen.", "We cannot read this text."),
        "error_choice": ("Kies een van de mogelijkheden.", "Choose one of the possibilities."),
        "error_hours": (
            "Regel {n} kunnen we niet lezen. Schrijf bijvoorbeeld: ma 09:00-12:00.",
            "We cannot read line {n}. Write for example: mon 09:00-12:00.",
        ),
        "error_postal_code": (
            "Vul de postcode in met vier cijfers, zoals 3020.",
            "Fill in the postal code in four figures, such as 3020.",
        ),
        "error_max_distance_km": (
            "Vul de afstand in met een getal, zoals 5 of 2,5.",
            "Fill in the distance as a number, such as 5 or 2.5.",
        ),
        "error_max_price_eur": (
            "Vul de prijs in met een getal, zoals 5 of 2,50.",
            "Fill in the price as a number, such as 5 or 2.50.",
        ),
        "error_age": (
            "Vul de leeftijd in met een geheel getal van 0 tot 130.",
            "Fill in the age as a whole number from 0 to 130.",
        ),
        "error_hours_done": (
            "Vul de gevolgde uren in met een getal, zoals 6 of 7,5.",
            "Fill in the hours done as a number, such as 6 or 7.5.",
        ),
        "error_available_from": (
            "Vul bij ‘vrij vanaf’ een datum in, zoals 1/12/2026.",
            "Fill in a date at ‘free from’, such as 1/12/2026.",
        ),
        "error_available_until": (
            "Vul bij ‘vrij tot en met’ een datum in, zoals 30/6/2027.",
            "Fill in a date at ‘free until’, such as 30/6/2027.",
        ),
        "error_date_order": (
            "‘Vrij tot en met’ ligt voor ‘vrij vanaf’. Draai de datums om.",
            "‘Free until’ is before ‘free from’. Swap the dates.",
        ),
        "error_profile": ("Dit kunnen we niet lezen.", "We cannot read this."),
        # --- the answer
        "answer": ("Voorstellen", "Proposals"),
        "allowed_many": (
            "{n} activiteiten passen. Dit zijn de {k} beste voorstellen.",
            "{n} activities fit. These are the {k} best proposals.",
        ),
        "allowed_all": (
            "{n} activiteiten passen. Hier staan ze, de beste eerst.",
            "{n} activities fit. Here they are, the best first.",
        ),
        "allowed_one": ("1 activiteit past.", "1 activity fits."),
        "allowed_none": ("Nu past er geen enkele activiteit.", "No activity fits now."),
        "track_to_go": ("Nog {n} van 40 uur te gaan", "{n} of 40 hours to go"),
        "track_done": ("De 40 uur zijn bereikt", "The 40 hours are reached"),
        "track_mandatory": ("verplicht", "mandatory"),
        "track_optional": ("niet verplicht", "not mandatory"),
        "track_unknown": ("nog niet bekend of het verplicht is", "not known yet whether it is mandatory"),
        "track_ask": ("Vraag na voor het traject: {list}", "Ask for the track: {list}"),
        "track_missing_obligation": ("verplicht of vrijwillig", "mandatory or voluntary"),
        "track_missing_working": ("of de persoon werkt", "whether the person works"),
        "track_missing_studying": ("of de persoon studeert", "whether the person studies"),
        "track_missing_hours_done": ("gevolgde uren", "hours done"),
        "fit_very_well": ("past heel goed", "fits very well"),
        "fit_well": ("past goed", "fits well"),
        "fit_possible": ("kan", "possible"),
        "fit_further": ("ligt verder weg", "further away"),
        "fit_score": ("score op 1:", "score out of 1:"),
        "online": ("online", "online"),
        "same_postal_code": ("zelfde postcode", "same postal code"),
        "km": ("{n}\N{NO-BREAK SPACE}km", "{n}\N{NO-BREAK SPACE}km"),
        "travel": ("{n}\N{NO-BREAK SPACE}min {how}", "{n}\N{NO-BREAK SPACE}min {how}"),
        "when": ("Wanneer", "When"),
        "when_unknown": ("Dag en uur zijn niet bekend: vraag na.", "Day and time are not known: ask."),
        "next": ("Eerstvolgend: {list}", "Coming up: {list}"),
        "next_same": ("Eerstvolgend: {days}, telkens {hours}", "Coming up: {days}, each time {hours}"),
        "hours": ("Uren", "Hours"),
        "hours_until": ("Samen {n} uur tot en met {day}", "{n} hours in all until {day}"),
        "hours_about": ("ongeveer {n}", "about {n}"),
        "hours_year": ("Samen {n} uur in een jaar", "{n} hours in all in a year"),
        "hours_enough": (": genoeg voor de {n} uur die resten.", ": enough for the {n} hours left."),
        "hours_short": (": dan resten er nog {n} uur.", ": that leaves {n} hours to go."),
        "hours_done": (". De 40 uur zijn al bereikt.", ". The 40 hours are already reached."),
        "hours_unknown": (
            "Hoeveel uur dit geeft, is niet bekend: vraag dag en uur na.",
            "How many hours this gives is not known: ask for day and time.",
        ),
        "reasons": ("Redenen", "Reasons"),
        "caution": ("Let op: ", "Note: "),
        "ask": ("Vraag na", "Ask"),
        "join": ("Contact", "Contact"),
        "website": ("website", "website"),
        "open_why": ("Waarom dit voorstel?", "Why this proposal?"),
        "aspects": ("Hoe goed past het?", "How well does it fit?"),
        "aspect_interests": ("Interesses", "Interests"),
        "aspect_language": ("Nederlands", "Dutch"),
        "aspect_group": ("Groep", "Group"),
        "aspect_schedule": ("Wanneer", "When"),
        "aspect_distance": ("Afstand", "Distance"),
        "aspect_contact": ("Contacten", "Contacts"),
        "aspect_practical": ("Praktisch", "Practical"),
        "aspect_weight": ("telt voor {n}%", "counts for {n}%"),
        "aspect_not_counted": ("telt niet mee", "does not count"),
        "criteria": ("Past het in het traject?", "Does it fit the track?"),
        "answer_yes": ("ja", "yes"),
        "answer_no": ("nee", "no"),
        "answer_unknown": ("vraag na", "ask"),
        "also": ("Ook goed om te weten", "Also good to know"),
        "verdict_fits": ("Past in het traject.", "Fits the track."),
        "verdict_missing": ("Past mogelijk. Nog na te vragen.", "May fit. Still to be asked."),
        "verdict_doubt": ("Bespreek dit eerst samen.", "Talk this over together first."),
        "verdict_does_not_fit": ("Past niet in het traject.", "Does not fit the track."),
        # --- what does not fit
        "excluded": ("{n} activiteiten passen nu niet", "{n} activities do not fit now"),
        "excluded_one": ("1 activiteit past nu niet", "1 activity does not fit now"),
        "excluded_none": ("Geen enkele activiteit valt weg", "No activity drops out"),
        "excluded_note": (
            "Een activiteit kan om meer dan één reden wegvallen.",
            "An activity may drop out for more than one reason.",
        ),
        "nearest": ("Deze komen er het dichtst bij", "These come nearest"),
        "cost": (
            "{wish} kost het meest: zonder zijn er {n} meer.",
            "{wish} costs the most: without it there are {n} more.",
        ),
        "cost_avoid": ("Wat de persoon liever niet doet", "What the person would rather not do"),
        "cost_distance": ("De grens van {value} km", "The limit of {value} km"),
        "cost_price": ("De grens van {value} per keer", "The limit of {value} each time"),
        "cost_age": ("De leeftijd", "The age"),
        "cost_audience": ("De keuze voor wie", "The choice for whom"),
        "cost_need": ("Wat de persoon nodig heeft", "What the person needs"),
        "cost_schedule": ("De keuze van uren", "The choice of hours"),
        "cost_joint": ("De meest voorkomende reden: {reason}.", "The most common reason: {reason}."),
        "search": ("Zoek een activiteit", "Find an activity"),
        "hint_search": (
            "Past ze, en zo niet, waarom niet? Schrijf een deel van de naam.",
            "Does it fit, and if not, why not? Write part of its name.",
        ),
        "search_button": ("Zoek", "Search"),
        "search_found_none": (
            "Geen activiteit gevonden voor ‘{text}’. Probeer een korter woord.",
            "No activity found for ‘{text}’. Try a shorter word.",
        ),
        "search_found": ("{n} gevonden voor ‘{text}’", "{n} found for ‘{text}’"),
        "search_fits": ("Past: plaats {rank} van de {n}.", "Fits: number {rank} of {n}."),
        "search_fits_plain": ("Past.", "Fits."),
        "search_no": ("Past nu niet.", "Does not fit now."),
    }
)
"""Texts by name: Dutch, English."""


class Words:
    """The texts of one language, called by name.

    Examples
    --------
    >>> Words("nl")("allowed_many", n=64, k=10)
    '64 activiteiten passen. Dit zijn de 10 beste voorstellen.'
    >>> Words("en")("fit_well")
    'fits well'
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._column = LANGUAGES.index(language)

    def __call__(self, name: str, /, **values: object) -> str:
        """Return a text, with its values filled in."""
        found = TEXTS[name][self._column]
        return found.format(**values) if values else found

    def has(self, name: str) -> bool:
        """Tell whether there is a text of this name."""
        return name in TEXTS

    def number(self, value: float, *, most_decimals: int = 1) -> str:
        """Write a number, with a decimal comma in Dutch and no decimals that say nothing.

        Examples
        --------
        >>> Words("nl").number(4.25), Words("nl").number(48.0), Words("en").number(7.5)
        ('4,2', '48', '7.5')
        """
        return explain.number(value, most_decimals)[self._column]

    def euro(self, value: float) -> str:
        """Write an amount of money.

        Examples
        --------
        >>> Words("nl").euro(2.5), Words("nl").euro(5), Words("nl").euro(0)
        ('€ 2,50', '€ 5', 'gratis')
        """
        return explain.euro(value)[self._column]

    def of(self, words: Mapping[str, explain.Sentence], name: str) -> str:
        """Return a word of the domain, empty when there is none of that name.

        Examples
        --------
        >>> Words("nl").of(explain.KIND_WORDS, "course")
        'cursus'
        """
        return words[name][self._column] if name in words else ""

    def weekday(self, day: str) -> str:
        """Return the name of a day of the week.

        Examples
        --------
        >>> Words("en").weekday("wo")
        'Wednesday'
        """
        return explain.DAY_WORDS[DAYS_NL.index(day)][self._column]

    def day(self, day: date, *, today: date, weekday: bool = True) -> str:
        """Write a date, with its year when it is far away.

        Examples
        --------
        >>> Words("nl").day(date(2026, 11, 24), today=date(2026, 11, 23))
        'di 24 november'
        """
        text = f"{day.day} {explain.MONTH_WORDS[day.month - 1][self._column]}"
        if weekday:
            text = f"{_DAYS_SHORT[day.weekday()][self._column]} {text}"
        return f"{text} {day.year}" if abs((day - today).days) > YEAR_SHOWN_AFTER_DAYS else text

    def times(self, start: datetime, end: datetime) -> str:
        """Write from when to when, on the clock.

        Examples
        --------
        >>> Words("nl").times(datetime(2026, 11, 24, 19), datetime(2026, 11, 24, 21))
        '19.00 tot 21.00 uur'
        """
        last_hour = end.hour or (0 if end.minute else 24)
        if self.language == "nl":
            return f"{start.hour}.{start:%M} tot {last_hour}.{end:%M} uur"
        return f"{start:%H:%M} to {last_hour:02d}:{end:%M}"

    def listed(self, parts: Sequence[str]) -> str:
        """Join parts with commas, the last one with 'en' or 'and'.

        Examples
        --------
        >>> Words("nl").listed(["prijs", "voertaal", "plaats"])
        'prijs, voertaal en plaats'
        """
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {'en' if self.language == 'nl' else 'and'} {parts[-1]}"

    def fit(self, score: float) -> str:
        """Return the name of the text that says how well a score fits.

        Examples
        --------
        >>> Words("nl").fit(0.8), Words("nl").fit(0.55), Words("nl").fit(0.1)
        ('fit_very_well', 'fit_well', 'fit_further')
        """
        return "fit_" + next(name for least, name in FIT_LEVELS if score >= least)


def sentence(text: str) -> str:
    """Return a text that starts with a capital and ends with a full stop.

    Examples
    --------
    >>> sentence("u gaf hier niets op")
    'U gaf hier niets op.'
    """
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")
