"""The words of a report on gaps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..model.gaps import SMALLEST_CELL, Count
from ..schedule import DAYS_EN
from .words import DAY_WORDS, NOTHING, Sentence, day_text, hours_between, number

PART_WORDS = {
    "morning": Sentence("voormiddag", "morning"),
    "afternoon": Sentence("namiddag", "afternoon"),
    "evening": Sentence("avond", "evening"),
}
UNKNOWN_LEVEL = Sentence("niet bekend", "not known")
OTHER_AREAS = Sentence("elders of niet bekend", "elsewhere or not known")
BARRIER_WORDS = {
    "avoid": Sentence("wat men wil vermijden", "what one wants to avoid"),
    "distance": Sentence("te ver", "too far"),
    "price": Sentence("te duur", "too expensive"),
    "age": Sentence("voor een andere leeftijd", "for another age"),
    "audience": Sentence("voor anderen bedoeld", "meant for others"),
    "need": Sentence("niet wat men nodig heeft", "not what one needs"),
    "schedule": Sentence("niet op vrije momenten", "not at free moments"),
    "full": Sentence("volzet", "full"),
}


def half_day_words(half_day: str) -> Sentence:
    """Return the words for a half-day.

    Examples
    --------
    >>> half_day_words("tue-evening").nl
    'dinsdagavond'
    """
    day, part = half_day.split("-")
    words, parts = DAY_WORDS[DAYS_EN.index(day)], PART_WORDS[part]
    return Sentence(f"{words.nl}{parts.nl}", f"{words.en} {parts.en}")


def levels_words(levels: Sequence[str], *, unknown: bool) -> Sentence:
    """Return the words for neighbouring levels of Dutch.

    Examples
    --------
    >>> levels_words(("A1", "A2"), unknown=False).nl
    'A1 tot A2'
    """
    found = NOTHING
    if levels:
        found = (
            Sentence(levels[0], levels[0])
            if len(levels) == 1
            else Sentence(f"{levels[0]} tot {levels[-1]}", f"{levels[0]} to {levels[-1]}")
        )
    if not unknown:
        return found
    if not levels:
        return UNKNOWN_LEVEL
    return Sentence(f"{found.nl}, of {UNKNOWN_LEVEL.nl}", f"{found.en}, or {UNKNOWN_LEVEL.en}")


def count_words(count: Count) -> Sentence:
    """Write a number of people as far as it is told.

    Examples
    --------
    >>> count_words({"least": 34, "most": 34}).nl, count_words({"least": 0, "most": 9}).nl
    ('34', '< 10')
    >>> count_words({"least": 51, "most": 60}).nl, count_words({"least": 0, "most": 40}).nl
    ('51 of meer', 'niet getoond')
    """
    least, most = count["least"], count["most"]
    if least == most:
        return Sentence(str(least), str(least))
    if most < SMALLEST_CELL:
        return Sentence(f"< {most + 1}", f"< {most + 1}")
    if least > 0:
        return Sentence(f"{least} of meer", f"{least} or more")
    return Sentence("niet getoond", "not shown")


def people_words(count: Count) -> Sentence:
    """Write a number of people as a part of a sentence."""
    if count["least"] != count["most"] and count["most"] < SMALLEST_CELL:
        return Sentence(f"minder dan {count['most'] + 1} mensen", f"fewer than {count['most'] + 1} people")
    words = count_words(count)
    if count["least"] == 0:
        return Sentence("een aantal mensen", "a number of people")
    return Sentence(f"{words.nl} mensen", f"{words.en} people")


def gaps_summary(
    *, reached: Count, people: int, short: Count, hours_missing: float | None, until: date
) -> Sentence:
    """Say how many people can reach 40 hours, and how many hours are missing."""
    day, can, not_all = day_text(until), people_words(reached), people_words(short)
    found = Sentence(
        f"Met het aanbod van nu kunnen {can.nl} van {people} tegen {day.nl} 40 uur halen, of hebben ze die al.",
        f"With the offer as it is, {can.en} of {people} can reach 40 hours by {day.en}, or have them already.",
    )
    if short["most"] == 0:
        return found
    found += Sentence(
        f"Voor {not_all.nl} lukt dat niet.",
        f"For {not_all.en} that is not possible.",
    )
    if hours_missing:
        hours = number(hours_missing, 0)
        found += Sentence(f"Samen komen zij {hours.nl} uur te kort.", f"Together they lack {hours.en} hours.")
    return found


def nothing_new(*, candidates: int) -> Sentence:
    """Say why no new activity is listed."""
    if candidates:
        return Sentence(
            "Geen enkele nieuwe activiteit die geprobeerd is, brengt iemand dichter bij 40 uur.",
            "None of the new activities that were tried brings anybody nearer to 40 hours.",
        )
    few = SMALLEST_CELL
    return Sentence(
        f"Er zijn geen {few} mensen met dezelfde wens en {few} met hetzelfde vrije moment. Een nieuwe activiteit "
        "zou dan te veel zeggen over één persoon.",
        f"There are no {few} people with the same wish and {few} with the same free moment. A new activity would "
        "then say too much of one person.",
    )


def when_words(half_day: str, start_min: int, end_min: int) -> Sentence:
    """Say when a weekly session is."""
    day, times = DAY_WORDS[DAYS_EN.index(half_day.split("-")[0])], hours_between(start_min, end_min)
    return Sentence(f"elke {day.nl} {times.nl}", f"every {day.en} {times.en}")


def new_activity_sentence(*, people: Count, reaching: Count, hours: float | None, group_most: int) -> Sentence:
    """Say what a new activity would bring."""
    who = people_words(people)
    found = Sentence(f"Dit brengt {who.nl} dichter bij 40 uur", f"This brings {who.en} nearer to 40 hours")
    if hours is not None:
        total = number(hours, 0)
        found = Sentence(f"{found.nl}, samen {total.nl} uur", f"{found.en}, {total.en} hours together")
    found = Sentence(f"{found.nl}.", f"{found.en}.")
    if reaching["least"] == reaching["most"] and reaching["most"] == 0:
        return found
    if people["least"] >= SMALLEST_CELL:
        can = people_words(reaching)
        found += Sentence(f"Daarvan halen {can.nl} de 40 uur.", f"Of these, {can.en} reach the 40 hours.")
    if people["least"] > group_most:
        groups = -(-people["least"] // group_most)
        found += Sentence(
            f"Eén groep heeft plaats voor ongeveer {group_most}: voor iedereen zijn {groups} groepen nodig.",
            f"One group has room for about {group_most}: for all of them {groups} groups are needed.",
        )
    return found
