"""Words, numbers, days and hours in Dutch and in English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ..schedule import Flex, Monthly, Once, Timed, Weekly

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
