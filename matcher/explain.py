"""Codes and numbers into sentences, in Dutch and in English; each fact in a sentence is the one in the score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from .model.answer import Caution, Change
from .schedule import DAYS_NL, Flex, Monthly, Once, Timed, Weekly

SAID_BEFORE = 4096
"""How many answers of a kind are kept: an activity says the same of itself to everybody. None holds a wish."""


class Sentence(NamedTuple):
    """The same sentence in both languages."""

    nl: str
    en: str

    def __add__(self, other: object) -> Sentence:
        """Put another sentence behind this one."""
        assert isinstance(other, Sentence)
        return Sentence(f"{self.nl} {other.nl}".strip(), f"{self.en} {other.en}".strip())


NOTHING = Sentence("", "")
NOT_GIVEN = Sentence("u gaf hier niets op", "you gave nothing here")

KIND_WORDS = {
    "buddy": Sentence("buddy", "buddy"),
    "conversation_group": Sentence("praatgroep", "conversation group"),
    "course": Sentence("cursus", "course"),
    "association": Sentence("vereniging", "association"),
    "sport": Sentence("sport", "sport"),
    "volunteering": Sentence("vrijwilligerswerk", "volunteering"),
    "internship": Sentence("stage", "internship"),
    "school": Sentence("school", "school"),
    "neighbourhood": Sentence("buurtwerking", "neighbourhood"),
    "culture": Sentence("cultuur", "culture"),
    "informal": Sentence("informeel contact", "informal contact"),
}
NEED_WORDS = {
    "childcare": Sentence("kinderopvang", "childcare"),
    "child_welcome": Sentence("plaats voor een kind erbij", "room for a child to come along"),
    "wheelchair": Sentence("toegang met een rolstoel", "wheelchair access"),
    "low_cost": Sentence("een verlaagde prijs", "a reduced price"),
    "companion": Sentence("iemand die de eerste keer meegaat", "someone who goes along the first time"),
}
AUDIENCE_WORDS = {
    "women": Sentence("vrouwen onder elkaar", "women among themselves"),
    "men": Sentence("mannen onder elkaar", "men among themselves"),
    "parents": Sentence("ouders onder elkaar", "parents among themselves"),
    "youth": Sentence("jongeren onder elkaar", "young people among themselves"),
    "seniors": Sentence("55-plussers onder elkaar", "people over 55 among themselves"),
}
TRANSPORT_WORDS = {
    "walk": Sentence("te voet", "on foot"),
    "bike": Sentence("met de fiets", "by bike"),
    "public": Sentence("met bus of trein", "by bus or train"),
    "car": Sentence("met de auto", "by car"),
}
SIZE_WORDS = {
    "duo": Sentence("met twee", "two people"),
    "small": Sentence("3 tot 8 mensen", "3 to 8 people"),
    "medium": Sentence("9 tot 20 mensen", "9 to 20 people"),
    "large": Sentence("meer dan 20 mensen", "more than 20 people"),
}
KEY_WORDS = {
    "schedule": Sentence("dag en uur", "day and hour"),
    "price_eur": Sentence("prijs", "price"),
    "distance": Sentence("plaats", "place"),
    "taalicoon": Sentence("niveau Nederlands", "level of Dutch"),
    "participants": Sentence("of de anderen goed Nederlands spreken", "whether the others speak Dutch well"),
    "group_max": Sentence("grootte van de groep", "size of the group"),
    "places_left": Sentence("vrije plaatsen", "free places"),
    "new_people": Sentence("of u er nieuwe mensen ontmoet", "whether you meet new people"),
    "interaction": Sentence("hoeveel contact er is", "how much contact there is"),
    "language": Sentence("voertaal", "working language"),
    **{f"facilities.{need}": words for need, words in NEED_WORDS.items()},
}
CODE_WORDS = {
    "criteria": Sentence("past niet bij de criteria van het traject", "does not meet the criteria of the track"),
    "avoid": Sentence("gaat over iets wat u wilt vermijden", "is about something you want to avoid"),
    "distance": Sentence("te ver", "too far"),
    "price": Sentence("te duur", "too expensive"),
    "age": Sentence("voor een andere leeftijd", "for another age"),
    "audience": Sentence("voor een andere doelgroep", "for other people"),
    "need": Sentence("biedt niet wat u nodig hebt", "does not offer what you need"),
    "schedule": Sentence("niet op uw vrije momenten", "not when you are free"),
    "full": Sentence("volzet", "full"),
    "over": Sentence("voorbij of afgelast", "over or cancelled"),
}
DAY_WORDS = tuple(
    map(
        Sentence,
        ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    )
)
_MONTHS_NL = "januari februari maart april mei juni juli augustus september oktober november december"
_MONTHS_EN = "January February March April May June July August September October November December"
MONTH_WORDS = tuple(map(Sentence, _MONTHS_NL.split(), _MONTHS_EN.split()))
_POSITION_WORDS = {
    1: Sentence("eerste", "first"),
    2: Sentence("tweede", "second"),
    3: Sentence("derde", "third"),
    4: Sentence("vierde", "fourth"),
    5: Sentence("vijfde", "fifth"),
    -1: Sentence("laatste", "last"),
}


@lru_cache(maxsize=SAID_BEFORE)
def number(value: float, decimals: int = 1) -> Sentence:
    """Write a number with a decimal comma in Dutch, without zeros at its end.

    Examples
    --------
    >>> number(2.50, 2)
    Sentence(nl='2,5', en='2.5')
    """
    text = f"{value:.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return Sentence(text.replace(".", ","), text)


@lru_cache(maxsize=SAID_BEFORE)
def euro(value: float) -> Sentence:
    """Write a price.

    Examples
    --------
    >>> euro(2.5).nl, euro(0).nl, euro(7).en
    ('€ 2,50', 'gratis', '€ 7')
    """
    if value == 0:
        return Sentence("gratis", "free")
    text = f"{value:.2f}".removesuffix(".00")
    return Sentence(f"€ {text.replace('.', ',')}", f"€ {text}")


def hour(minute: int, *, nl: bool) -> str:
    """Write a time of the day: 19.30 in Dutch and 19:30 in English."""
    return f"{minute // 60}{'.' if nl else ':'}{minute % 60:02d}"


def hours_between(start_min: int, end_min: int) -> Sentence:
    """Write the hours of a session.

    Examples
    --------
    >>> hours_between(19 * 60, 21 * 60 + 30)
    Sentence(nl='van 19.00 tot 21.30 uur', en='from 19:00 to 21:30')
    """
    return Sentence(
        f"van {hour(start_min, nl=True)} tot {hour(end_min, nl=True)} uur",
        f"from {hour(start_min, nl=False)} to {hour(end_min, nl=False)}",
    )


@lru_cache(maxsize=SAID_BEFORE)
def day_text(day: date) -> Sentence:
    """Write a date, such as '14 april 2027'."""
    month = MONTH_WORDS[day.month - 1]
    return Sentence(f"{day.day} {month.nl} {day.year}", f"{day.day} {month.en} {day.year}")


@lru_cache(maxsize=SAID_BEFORE)
def session_text(session: Timed | Flex) -> Sentence:
    """Write when a session takes place, such as 'elke dinsdag van 19.00 tot 21.00 uur'."""
    if isinstance(session, Flex):
        hours = number(session.hours_per_week)
        return Sentence(
            f"in overleg, ongeveer {hours.nl} uur per week",
            f"by agreement, about {hours.en} hour{'' if session.hours_per_week == 1 else 's'} a week",
        )
    times, day = hours_between(session.start_min, session.end_min), DAY_WORDS[session.day]
    if isinstance(session, Once):
        on = day_text(session.on)
        return Sentence(f"{day.nl} {on.nl} {times.nl}", f"{day.en} {on.en} {times.en}")
    if isinstance(session, Monthly):
        which = _POSITION_WORDS[session.position]
        return Sentence(
            f"elke {which.nl} {day.nl} van de maand {times.nl}",
            f"every {which.en} {day.en} of the month {times.en}",
        )
    if session.interval == 2:
        return Sentence(f"om de twee weken op {day.nl} {times.nl}", f"every other {day.en} {times.en}")
    assert isinstance(session, Weekly)
    return Sentence(f"elke {day.nl} {times.nl}", f"every {day.en} {times.en}")


def joined(parts: Sequence[Sentence]) -> Sentence:
    """Join words with commas and 'en'.

    Examples
    --------
    >>> joined([Sentence("a", "a"), Sentence("b", "b"), Sentence("c", "c")])
    Sentence(nl='a, b en c', en='a, b and c')
    """
    if not parts:
        return NOTHING
    *first, last = parts
    if not first:
        return last
    return Sentence(
        f"{', '.join(part.nl for part in first)} en {last.nl}",
        f"{', '.join(part.en for part in first)} and {last.en}",
    )


def quoted(words: Iterable[str]) -> str:
    """Write the words of a text between quotes and brackets, with a blank before; nothing for none."""
    found = [f"'{word}'" for word in list(words)[:3]]
    return f" ({', '.join(found)})" if found else ""


class Match(NamedTuple):
    """An interest of an activity that answers a wish.

    ``wish`` is None when the person asked for just that; the words are those in which either was read.
    """

    about: Sentence
    wish: Sentence | None
    words: Sequence[str] = ()
    wished: Sequence[str] = ()


def interests_reason(matches: Sequence[Match]) -> Sentence:
    """Say what an activity has to do with the wishes, the best match first.

    Examples
    --------
    >>> sewing = Match(Sentence("naaien", "sewing"), None, words=("haakavond",))
    >>> interests_reason([sewing]).nl
    "Dit gaat over naaien ('haakavond'): dat vroeg u."
    """
    if not matches:
        return Sentence("Dit ligt verder van uw wensen.", "This is further from your wishes.")
    text = NOTHING
    for number, match in enumerate(matches):
        here, there = quoted(match.words), quoted(match.wished)
        start = Sentence("Ook over", "Also about") if number else Sentence("Dit gaat over", "This is about")
        what = Sentence(f"{start.nl} {match.about.nl}{here}", f"{start.en} {match.about.en}{here}")
        if match.wish is None:
            text += Sentence(f"{what.nl}: dat vroeg u{there}.", f"{what.en}: you asked for that{there}.")
        else:
            text += Sentence(
                f"{what.nl}, dicht bij uw wens: {match.wish.nl}{there}.",
                f"{what.en}, close to your wish: {match.wish.en}{there}.",
            )
    return text


@lru_cache(maxsize=SAID_BEFORE)
def language_reason(taalicoon: int | None, participants: str | None, level: str, step: int | None) -> Sentence:
    """Say how the language of an activity suits a level; ``step`` is the level above what the taalicoon asks."""
    if taalicoon is None or step is None:
        asked = Sentence(
            "Hoeveel Nederlands nodig is, is niet bekend: vraag na.",
            "How much Dutch is needed is not known: ask.",
        )
    elif step < 0:
        asked = Sentence(
            f"Taalicoon {taalicoon} is volgens onze eigen vergelijking moeilijk voor niveau {level}.",
            f"Taalicoon {taalicoon} is hard for level {level}, by our own comparison.",
        )
    elif step > 2:
        asked = Sentence(
            f"Taalicoon {taalicoon} is volgens onze eigen vergelijking makkelijk voor niveau {level}.",
            f"Taalicoon {taalicoon} is easy for level {level}, by our own comparison.",
        )
    else:
        asked = Sentence(
            f"Taalicoon {taalicoon} past volgens onze eigen vergelijking bij niveau {level}.",
            f"Taalicoon {taalicoon} suits level {level}, by our own comparison.",
        )
    return asked + people_text(participants)


@lru_cache(maxsize=SAID_BEFORE)
def people_text(participants: str | None) -> Sentence:
    """Say who else is there."""
    return {
        None: NOTHING,
        "dutch_speakers": Sentence("De anderen spreken goed Nederlands.", "The others speak Dutch well."),
        "mixed": Sentence(
            "Er komen Nederlandstaligen en mensen die Nederlands leren.", "Dutch speakers and learners come."
        ),
        "learners": Sentence("De anderen leren ook nog Nederlands.", "The others are learning Dutch too."),
    }[participants]


@lru_cache(maxsize=SAID_BEFORE)
def group_reason(low: float | None, high: float | None, sizes: Sequence[str], score: float) -> Sentence:
    """Say how the size of the group suits what the person prefers."""
    if low is None or high is None:
        return Sentence(
            "Hoe groot de groep is, is niet bekend: vraag na.", "The size of the group is not known: ask."
        )
    count = f"{low:g}" if low == high else f"{low:g} tot {high:g}"
    group = Sentence(f"De groep telt {count} mensen.", f"The group has {count.replace('tot', 'to')} people.")
    wish = joined([SIZE_WORDS[size] for size in sizes])
    if score == 1:
        return group + Sentence("Dat vroeg u.", "You asked for that.")
    return group + Sentence(f"U vroeg: {wish.nl}.", f"You asked for: {wish.en}.")


def schedule_reason(
    known: bool, sessions: int | None, of_sessions: int, hours: float | None, hours_to_go: float
) -> Sentence:
    """Say how often the person can come, and how far the hours reach; ``sessions`` is None for flex."""
    if not known or hours is None:
        return Sentence("Dag en uur zijn niet bekend: vraag na.", "Day and hour are not known: ask.")
    if hours <= 0:
        return Sentence("U kunt op deze uren niet komen.", "You cannot come at these hours.")
    total, to_go = number(hours), number(hours_to_go)
    if hours_to_go <= 0:
        reach = Sentence(f"samen {total.nl} uur", f"{total.en} hours in all")
    elif hours >= hours_to_go:
        reach = Sentence(
            f"samen {total.nl} uur, genoeg voor de {to_go.nl} uur die nog resten",
            f"{total.en} hours in all, enough for the {to_go.en} hours to go",
        )
    else:
        reach = Sentence(
            f"samen {total.nl} van de {to_go.nl} uur die nog resten",
            f"{total.en} of the {to_go.en} hours to go",
        )
    if sessions is None:
        return Sentence(f"De uren spreekt u af: {reach.nl}.", f"The hours are agreed on: {reach.en}.")
    return Sentence(
        f"U kunt {sessions} van de {of_sessions} keer komen: {reach.nl}.",
        f"You can come {sessions} of the {of_sessions} times: {reach.en}.",
    )


def distance_reason(distance_km: float | None, minutes: float | None, transport: str | None) -> Sentence:
    """Say how far it is; the minutes are an estimate."""
    if distance_km is None:
        return Sentence("Hoe ver het is, is niet bekend: vraag na.", "How far it is is not known: ask.")
    if minutes is None:
        return Sentence("Dit is online: u blijft thuis.", "This is online: you stay at home.")
    km = number(distance_km)
    if transport is None:
        return Sentence(f"Het is {km.nl} km ver.", f"It is {km.en} km away.")
    by = TRANSPORT_WORDS[transport]
    return Sentence(
        f"Het is {km.nl} km ver: ongeveer {minutes:.0f} min {by.nl}.",
        f"It is {km.en} km away: about {minutes:.0f} min {by.en}.",
    )


@lru_cache(maxsize=SAID_BEFORE)
def contact_reason(lasting: int, interaction: str | None) -> Sentence:
    """Say why contacts may last; ``lasting`` is a number of sessions, -1 by agreement, -2 unknown."""
    if lasting == -1:
        often = Sentence("U spreekt geregeld af.", "You meet regularly.")
    elif lasting == -2:
        often = Sentence(
            "Hoe vaak het doorgaat, is niet bekend: vraag na.", "How often it takes place is not known: ask."
        )
    else:
        often = Sentence(f"Het gaat {lasting} keer door.", f"It takes place {lasting} times.")
        if lasting == 1:
            often = Sentence("Het gaat maar één keer door.", "It takes place only once.")
    contact = {
        None: Sentence("Hoeveel contact er is, is niet bekend.", "How much contact there is is not known."),
        "low": Sentence("Er is weinig contact met elkaar.", "There is little contact."),
        "medium": Sentence("Er is contact met elkaar.", "There is contact."),
        "high": Sentence("Er is veel contact met elkaar.", "There is much contact."),
    }[interaction]
    return often + contact


@lru_cache(maxsize=SAID_BEFORE)
def price_text(price: float | None, reduced: float | None, most: float | None) -> Sentence:
    """Say what a session costs."""
    if price is None:
        return Sentence("De prijs is niet bekend: vraag na.", "The price is not known: ask.")
    if price == 0:
        return Sentence("Het is gratis.", "It is free.")
    each = euro(price)
    text = Sentence(f"Het kost {each.nl} per keer.", f"It costs {each.en} each time.")
    if most is not None and price > most and reduced is not None:
        less = euro(reduced)
        text += Sentence(f"Vraag het kansentarief: {less.nl}.", f"Ask for the reduced price: {less.en}.")
    return text


@lru_cache(maxsize=SAID_BEFORE)
def practical_reason(
    price: Sentence,
    met: Sequence[str],
    open_needs: Sequence[str],
    places_left: int | None,
    verified: date | None,
) -> Sentence:
    """Say what is known of price, needs, places and how recent the record is."""
    text = price
    if met:
        there = joined([NEED_WORDS[need] for need in met])
        text += Sentence(f"Er is {there.nl}.", f"There is {there.en}.")
    if open_needs:
        ask = joined([NEED_WORDS[need] for need in open_needs])
        text += Sentence(f"Vraag na: {ask.nl}.", f"Ask after: {ask.en}.")
    if places_left is not None:
        places = "plaats" if places_left == 1 else "plaatsen"
        text += Sentence(
            f"Nog {places_left} {places} vrij.",
            f"{places_left} {'place' if places_left == 1 else 'places'} left.",
        )
    if verified is None:
        return text + Sentence("Nooit nagekeken.", "Never verified.")
    on = day_text(verified)
    return text + Sentence(f"Nagekeken op {on.nl}.", f"Verified on {on.en}.")


def warning(code: str, sentence: Sentence) -> Caution:
    """Make a warning."""
    return {"code": code, "sentence_nl": sentence.nl, "sentence_en": sentence.en}


@lru_cache(maxsize=SAID_BEFORE)
def ask_after(key: str) -> Sentence:
    """Make the request to ask after one unknown."""
    words = KEY_WORDS[key]
    return Sentence(f"Vraag na: {words.nl}.", f"Ask after: {words.en}.")


def change_sentence(change: Change | None, code: str, *, label: Sentence = NOTHING) -> Sentence:
    """Say with which change of the profile an activity would fit; ``label`` names what is to be left out."""
    if change is None:
        return Sentence("Alles is volzet: vraag naar een wachtlijst.", "It is full: ask for a waiting list.")
    key = change["key"]
    if key == "availability":
        day_word, times = change["add"].split()
        start, end = (int(part[:2]) * 60 + int(part[3:]) for part in times.split("-"))
        day, hours = DAY_WORDS[DAYS_NL.index(day_word)], hours_between(start, end)
        return Sentence(
            f"Past als u ook op {day.nl} {hours.nl} vrij bent.",
            f"Fits if you are also free on {day.en} {hours.en}.",
        )
    if key in ("available_from", "available_until"):
        on = day_text(date.fromisoformat(change["set"]))
        if key == "available_from":
            return Sentence(f"Past als u al kunt beginnen op {on.nl}.", f"Fits if you can start on {on.en}.")
        return Sentence(f"Past als u kunt tot {on.nl}.", f"Fits if you can until {on.en}.")
    if key == "max_distance_km":
        km = number(change["set"], 3)
        return Sentence(f"Past als u tot {km.nl} km ver wilt gaan.", f"Fits if you go as far as {km.en} km.")
    if key == "max_price_eur":
        price = euro(change["set"])
        return Sentence(f"Past als u tot {price.nl} per keer betaalt.", f"Fits if you pay up to {price.en}.")
    if code == "avoid":
        return Sentence(
            f"Past als u dit niet meer wilt vermijden: {label.nl}.",
            f"Fits if you no longer avoid: {label.en}.",
        )
    return Sentence(
        f"Er is niet: {label.nl}. Past als dat niet nodig is.",
        f"There is no: {label.en}. Fits if that is not needed.",
    )
