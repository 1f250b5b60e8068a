"""What is said of a plan: when, how far it gets, what it hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ..model.answer import Caution
from ..schedule import DAYS_NL
from .reasons import warning
from .words import DAY_WORDS, KIND_WORDS, Sentence, day_text, hours_between, joined, number

MOST_TIMES = 3
"""Different days and hours that are named of one activity."""


class Facts(NamedTuple):
    """What the reasons of a plan are made of; hours in hours, with what was done before left out."""

    target: float
    done: float
    planned: float
    possible: float
    first_day: date
    reached_on: date | None
    by: date | None
    until: date
    weekly_mean: float
    weekly_most: float
    kinds: Sequence[str]
    n_hosts: int
    agreed: Sequence[str]
    ask_places: Sequence[str]
    proven: bool
    calm: bool
    goes_on: Sequence[str]
    missed: Sequence[tuple[str, date]]


def full_day(day: date) -> Sentence:
    """Write a date with its day of the week.

    Examples
    --------
    >>> full_day(date(2027, 4, 14)).nl
    'woensdag 14 april 2027'
    """
    weekday, on = DAY_WORDS[day.weekday()], day_text(day)
    return Sentence(f"{weekday.nl} {on.nl}", f"{weekday.en} {on.en}")


def times_text(times: Sequence[tuple[int, int, int]], *, agreed_hours: float, agreed_weeks: int) -> Sentence:
    """Say how often one comes on which day and at which hours.

    Parameters
    ----------
    times : sequence of (weekday, start, end)
        One a session, minutes of the day.
    agreed_hours, agreed_weeks : float, int
        Hours by agreement, and over how many weeks.

    Examples
    --------
    >>> times_text([(1, 570, 690)] * 12, agreed_hours=0, agreed_weeks=0).nl
    '12 keer op dinsdag van 9.30 tot 11.30 uur.'
    """
    counts: dict[tuple[int, int, int], int] = {}
    for one in times:
        counts[one] = counts.get(one, 0) + 1
    ordered = sorted(counts, key=lambda one: (-counts[one], one))
    parts = []
    for one in sorted(ordered[:MOST_TIMES]):
        day, hours, n = DAY_WORDS[one[0]], hours_between(one[1], one[2]), counts[one]
        often = "once" if n == 1 else f"{n} times"
        parts.append(Sentence(f"{n} keer op {day.nl} {hours.nl}", f"{often} on {day.en} {hours.en}"))
    more = sum(counts[one] for one in ordered[MOST_TIMES:])
    if more:
        parts.append(Sentence(f"nog {more} keer op andere uren", f"{more} more at other hours"))
    if agreed_hours:
        hours_text, weeks = number(agreed_hours), "week" if agreed_weeks == 1 else "weken"
        parts.append(
            Sentence(
                f"in overleg {hours_text.nl} uur over {agreed_weeks} {weeks}",
                f"by agreement {hours_text.en} hours over {agreed_weeks} week{'' if agreed_weeks == 1 else 's'}",
            )
        )
    text = joined(parts)
    return Sentence(f"{text.nl[:1].upper()}{text.nl[1:]}.", f"{text.en[:1].upper()}{text.en[1:]}.")


def plan_reasons(facts: Facts) -> list[Caution]:
    """Say what a plan reaches, and what to look out for."""
    found = [("reached" if facts.reached_on else "not_reached", _reach(facts)), ("start", _start(facts))]
    found.append(("pace", _pace(facts)))
    if facts.reached_on:
        found.append(("margin", _margin(facts)))
    if len(facts.kinds) > 1 and facts.n_hosts > 1:
        kinds = joined([KIND_WORDS[kind] for kind in dict.fromkeys(facts.kinds)])
        if len(set(facts.kinds)) > 1:
            text = Sentence(f"Gevarieerd: {kinds.nl}.", f"Varied: {kinds.en}.")
        else:
            text = Sentence(f"Allemaal van dezelfde soort: {kinds.nl}.", f"All of one kind: {kinds.en}.")
        found.append(("variety", text))
    if not facts.calm:
        found.append(
            (
                "busy",
                Sentence(
                    "Dit is een druk plan: op een rustiger tempo lukt het niet.",
                    "This is a busy plan: at a calmer pace it does not work out.",
                ),
            )
        )
    if facts.n_hosts == 1:
        found.append(
            (
                "one_host",
                Sentence(
                    "Alles hangt af van één organisatie: hou een alternatief achter de hand.",
                    "All hangs on one organisation: keep an alternative at hand.",
                ),
            )
        )
    if facts.agreed:
        who = joined([Sentence(one, one) for one in facts.agreed])
        found.append(
            (
                "by_agreement",
                Sentence(
                    f"De uren van {who.nl} zijn in overleg: spreek zelf af wanneer.",
                    f"The hours of {who.en} are by agreement: arrange them together.",
                ),
            )
        )
    if facts.missed:
        who = joined(
            [
                Sentence(f"{title} op {day_text(day).nl}", f"{title} on {day_text(day).en}")
                for title, day in facts.missed[:MOST_TIMES]
            ]
        )
        found.append(
            (
                "missed",
                Sentence(
                    f"Niet geteld, omdat het samenvalt met iets anders in dit plan: {who.nl}.",
                    f"Not counted, as it falls together with something else in this plan: {who.en}.",
                ),
            )
        )
    if facts.goes_on:
        who = joined([Sentence(one, one) for one in facts.goes_on])
        found.append(
            (
                "goes_on",
                Sentence(
                    f"Gaat na die dag nog door, tot het einde van de reeks: {who.nl}.",
                    f"Goes on after that day, to the end of the series: {who.en}.",
                ),
            )
        )
    if facts.ask_places:
        who = joined([Sentence(one, one) for one in facts.ask_places])
        found.append(
            (
                "ask_places",
                Sentence(f"Vraag eerst of er plaats is: {who.nl}.", f"First ask for a place: {who.en}."),
            )
        )
    if not facts.proven:
        found.append(
            (
                "not_proven",
                Sentence(
                    "De rekentijd was om: misschien bestaat er een beter plan.",
                    "The time to compute was over: there may be a better plan.",
                ),
            )
        )
    return [warning(code, sentence) for code, sentence in found]


def _reach(facts: Facts) -> Sentence:
    target = number(facts.target, 2)
    if facts.reached_on is None:
        total = number(facts.done + facts.planned, 2)
        until = full_day(facts.until)
        return Sentence(
            f"Komt tot {total.nl} van de {target.nl} uur op {until.nl}.",
            f"Gets to {total.en} of the {target.en} hours by {until.en}.",
        )
    on = full_day(facts.reached_on)
    text = Sentence(f"Haalt de {target.nl} uur op {on.nl}", f"Reaches the {target.en} hours on {on.en}")
    weeks = (facts.by - facts.reached_on).days // 7 if facts.by else 0
    if weeks:
        early = Sentence(
            f", {weeks} {'week' if weeks == 1 else 'weken'} voor de gewenste datum",
            f", {weeks} week{'' if weeks == 1 else 's'} before the date wished for",
        )
        text = Sentence(text.nl + early.nl, text.en + early.en)
    return Sentence(f"{text.nl}.", f"{text.en}.")


def _start(facts: Facts) -> Sentence:
    on = full_day(facts.first_day)
    return Sentence(f"Begint op {on.nl}.", f"Starts on {on.en}.")


def _pace(facts: Facts) -> Sentence:
    mean, most = number(facts.weekly_mean), number(facts.weekly_most)
    return Sentence(
        f"Gemiddeld {mean.nl} uur per week, in de drukste week {most.nl} uur.",
        f"{mean.en} hours a week on average, {most.en} hours in the busiest week.",
    )


def _margin(facts: Facts) -> Sentence:
    spare = number(facts.done + facts.possible - facts.target)
    until = day_text(facts.until)
    if facts.done + facts.possible - facts.target < 0.05 * facts.target:
        return Sentence(
            f"Weinig marge: tot {until.nl} is er {spare.nl} uur over. Mis dus bijna niets.",
            f"Little margin: {spare.en} hours to spare until {until.en}. Miss hardly anything.",
        )
    return Sentence(
        f"Marge voor ziekte en vakantie: tot {until.nl} kan er nog {spare.nl} uur bij.",
        f"Margin for illness and holidays: {spare.en} more hours are possible until {until.en}.",
    )


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
