"""What is said of a plan: when, how far it gets, what it hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ..model.answer import Caution
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
    reached = facts.reached_on is not None
    found: list[tuple[str, Sentence | None]] = [
        ("reached" if reached else "not_reached", _reach(facts)),
        ("start", _start(facts)),
        ("pace", _pace(facts)),
        ("margin", _margin(facts) if reached else None),
        ("variety", _variety(facts)),
        ("busy", None if facts.calm else _BUSY),
        ("one_host", _ONE_HOST if facts.n_hosts == 1 else None),
        ("by_agreement", _named(_BY_AGREEMENT, facts.agreed)),
        ("missed", _missed(facts)),
        ("goes_on", _named(_GOES_ON, facts.goes_on)),
        ("ask_places", _named(_ASK_PLACES, facts.ask_places)),
        ("not_proven", None if facts.proven else _NOT_PROVEN),
    ]
    return [warning(code, sentence) for code, sentence in found if sentence is not None]


_BUSY = Sentence(
    "Dit is een druk plan: op een rustiger tempo lukt het niet.",
    "This is a busy plan: at a calmer pace it does not work out.",
)
_ONE_HOST = Sentence(
    "Alles hangt af van één organisatie: hou een alternatief achter de hand.",
    "All hangs on one organisation: keep an alternative at hand.",
)
_BY_AGREEMENT = Sentence(
    "Deze uren zijn in overleg, spreek zelf af wanneer: {who}.",
    "These hours are by agreement, arrange them: {who}.",
)
_GOES_ON = Sentence(
    "Gaat na die dag nog door, tot het einde van de reeks: {who}.",
    "Goes on after that day, to the end of the series: {who}.",
)
_ASK_PLACES = Sentence("Vraag eerst of er plaats is: {who}.", "First ask for a place: {who}.")
_MISSED = Sentence(
    "Niet geteld, omdat het samenvalt met iets anders in dit plan: {who}.",
    "Not counted, as it falls together with something else in this plan: {who}.",
)
_NOT_PROVEN = Sentence(
    "De rekentijd was om: misschien bestaat er een beter plan.",
    "The time to compute was over: there may be a better plan.",
)


def _named(text: Sentence, titles: Sequence[str]) -> Sentence | None:
    """Put titles into a sentence; None without titles."""
    return _filled(text, [Sentence(title, title) for title in titles])


def _filled(text: Sentence, parts: Sequence[Sentence]) -> Sentence | None:
    who = joined(parts)
    return Sentence(text.nl.format(who=who.nl), text.en.format(who=who.en)) if parts else None


def _missed(facts: Facts) -> Sentence | None:
    parts = []
    for title, day in facts.missed[:MOST_TIMES]:
        on = day_text(day)
        parts.append(Sentence(f"{title} op {on.nl}", f"{title} on {on.en}"))
    return _filled(_MISSED, parts)


def _variety(facts: Facts) -> Sentence | None:
    kinds = list(dict.fromkeys(facts.kinds))
    if len(facts.kinds) == 1 or facts.n_hosts == 1:
        return None
    words = joined([KIND_WORDS[kind] for kind in kinds])
    if len(kinds) > 1:
        return Sentence(f"Gevarieerd: {words.nl}.", f"Varied: {words.en}.")
    return Sentence(f"Allemaal van dezelfde soort: {words.nl}.", f"All of one kind: {words.en}.")


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
