"""Codes and numbers into sentences; each fact in a sentence is the one in the score."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ..model.answer import Caution, Change
from ..schedule import DAYS_NL
from .words import (
    DAY_WORDS,
    KEY_WORDS,
    NEED_WORDS,
    NOTHING,
    SAID_BEFORE,
    SIZE_WORDS,
    TRANSPORT_WORDS,
    Sentence,
    day_text,
    euro,
    hours_between,
    joined,
    number,
    quoted,
)


class Match(NamedTuple):
    """An interest of an activity that answers a wish.

    ``wish`` is None when it is just that; the words are those in which either was read. ``asked`` is False when
    the wish was only read in the person's own words: these may mean something else, and are not called a request.
    """

    about: Sentence
    wish: Sentence | None
    words: Sequence[str] = ()
    wished: Sequence[str] = ()
    asked: bool = True


def interests_reason(matches: Sequence[Match], *, is_open: bool = False) -> Sentence:
    """Say what an activity has to do with the wishes, the best match first.

    Parameters
    ----------
    matches : sequence of Match
    is_open : bool
        There is nothing that one must like or be able to do.

    Examples
    --------
    >>> sewing = Match(Sentence("naaien", "sewing"), None, words=("haakavond",))
    >>> interests_reason([sewing]).nl
    "Dit gaat over naaien ('haakavond'): dat vroeg u."
    """
    if not matches and is_open:
        return Sentence(
            "Dit vroeg u niet, maar u hoeft er niets voor te kennen of te kunnen.",
            "You did not ask for this, but there is nothing that you must know or be able to do.",
        )
    if not matches:
        return Sentence("Dit ligt verder van uw wensen.", "This is further from your wishes.")
    text = NOTHING
    for place, match in enumerate(matches):
        here, there = quoted(match.words), quoted(match.wished)
        start = Sentence("Ook over", "Also about") if place else Sentence("Dit gaat over", "This is about")
        what = Sentence(f"{start.nl} {match.about.nl}{here}", f"{start.en} {match.about.en}{here}")
        if match.wish is None and match.asked:
            text += Sentence(f"{what.nl}: dat vroeg u{there}.", f"{what.en}: you asked for that{there}.")
        elif match.wish is None:
            text += Sentence(
                f"{what.nl}: dat past bij wat u schreef{there}.", f"{what.en}: that suits what you wrote{there}."
            )
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
        return text + Sentence("Nooit nagevraagd.", "Never verified.")
    on = day_text(verified)
    return text + Sentence(f"Nagevraagd op {on.nl}.", f"Verified on {on.en}.")


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
