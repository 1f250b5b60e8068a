"""What is said of the whole answer: whether the hours can be reached, and what one change brings."""

from __future__ import annotations

from datetime import date

from ..schedule import DAYS_NL
from .words import DAY_WORDS, Sentence, day_text, hours_between, number


def plan_summary(
    *, target: float, to_go: float, reached_on: date | None, possible: float, by: date | None, until: date
) -> Sentence:
    """Say whether the hours can be reached.

    Parameters
    ----------
    target, to_go : float
        Hours in all, and those that are left.
    reached_on : date or None
        By the best plan.
    possible : float
        Hours that the best plan gives until the end; 0 when there is no plan.
    by : date or None
        The day that was wished for.
    until : date
        The last day that counts.
    """
    hours = number(target, 2)
    if to_go <= 0:
        return Sentence(
            f"De {hours.nl} uur zijn al bereikt: er is geen plan meer nodig.",
            f"The {hours.en} hours are reached already: no plan is needed any more.",
        )
    end = day_text(by or until)
    if reached_on is not None:
        on = day_text(reached_on)
        return Sentence(
            f"{hours.nl} uur halen kan: met het eerste plan op {on.nl}.",
            f"{hours.en} hours can be reached: with the first plan on {on.en}.",
        )
    if not possible:
        return Sentence(
            f"Er is nu geen plan te maken: tot {end.nl} past er niets waarvan dag en uur bekend zijn.",
            f"No plan can be made now: until {end.en} nothing fits of which day and hour are known.",
        )
    far, aim = number(target - to_go + possible, 2), number(target, 2)
    return Sentence(
        f"{aim.nl} uur halen tegen {end.nl} lukt nu niet: het beste plan komt tot {far.nl} uur.",
        f"{aim.en} hours cannot be reached by {end.en} now: the best plan gets to {far.en} hours.",
    )


def change_text(
    key: str, value: object, *, title: str, reached_on: date | None, hours: float, target: float
) -> Sentence:
    """Say what one change brings.

    Parameters
    ----------
    key : str
        What is changed.
    value : object
        Into what; of ``availability`` what is added.
    title : str
        Of the activity that gets a place.
    reached_on : date or None
    hours, target : float
        What is reached in all, and what was asked.
    """
    what = _change(key, value, title)
    if reached_on is not None:
        aim, on = number(target, 2), day_text(reached_on)
        return Sentence(
            f"{what.nl}: dan zijn de {aim.nl} uur bereikt op {on.nl}.",
            f"{what.en}: then the {aim.en} hours are reached on {on.en}.",
        )
    far = number(hours)
    return Sentence(f"{what.nl}: dan komt het tot {far.nl} uur.", f"{what.en}: then it gets to {far.en} hours.")


def _change(key: str, value: object, title: str) -> Sentence:
    if key == "availability":
        day_word, times = str(value).split()
        start, end = (int(part[:2]) * 60 + int(part[3:]) for part in times.split("-"))
        day, hours = DAY_WORDS[DAYS_NL.index(day_word)], hours_between(start, end)
        return Sentence(f"Ook vrij op {day.nl} {hours.nl}", f"Also free on {day.en} {hours.en}")
    if key == "places_left":
        return Sentence(f"Een plaats bij '{title}', dat nu volzet is", f"A place at '{title}', which is full now")
    if isinstance(value, date):
        on = day_text(value)
        return Sentence(f"Meer tijd, tot {on.nl}", f"More time, until {on.en}")
    assert isinstance(value, float)
    amount = number(value)
    if key == "max_distance_km":
        return Sentence(f"Tot {amount.nl} km ver gaan", f"Going as far as {amount.en} km")
    return Sentence(f"Tot {amount.nl} uur per week", f"Up to {amount.en} hours a week")
