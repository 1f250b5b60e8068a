"""What ``matcher plan`` prints for a person: the plans, their weeks, what would help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .explain import KEY_WORDS, KIND_WORDS, MONTH_WORDS, Sentence, number

if TYPE_CHECKING:
    from .model.answer import Caution
    from .model.plans import Plan, PlanAnswer, PlannedActivity, PlannedWeek
    from .service import Matcher

WIDTH = 96
WEEK_WIDTH = 31
"""Of one week with its bar; as many stand beside one another as the screen has room for."""
BAR_MOST = 6
"""Signs of the longest bar of a week."""
UNKNOWN = "unknown_"
ATTENTION = ("not_reached", "one_host", "busy", "ask_places", "not_proven")
"""Reasons that ask for something."""


def print_plans(engine: Matcher, found: PlanAnswer, *, lang: str) -> None:
    """Print the plans of one person."""
    nl = lang == "nl"
    console = Console(width=None if Console().is_terminal else WIDTH, highlight=False)
    if engine.is_demonstration:
        text = "Demonstratiegegevens: stuur niemand naar een activiteit op basis van dit plan."
        english = "Demonstration data: send nobody to an activity because of this plan."
        console.print(Text(text if nl else english, style="bold"))
    done, to_go = number(found["hours_done"], 2), number(found["hours_to_go"], 2)
    head = f"{done.nl} uur gedaan, {to_go.nl} te gaan." if nl else f"{done.en} hours done, {to_go.en} to go."
    sentence = found["sentence_nl" if nl else "sentence_en"]
    console.print(Text(f"{found['profile_id']}: {head} {sentence}"))
    told: dict[str, int] = {}
    for place, plan in enumerate(found["plans"], start=1):
        console.print()
        console.print(_title(plan, place, nl))
        _print_reasons(console, plan["reasons"], nl)
        console.print(_activities(plan, told, nl))
        for one in plan["activities"]:
            told.setdefault(one["id"], place)
        if place == 1:
            console.print(Padding(_weeks(plan["weeks"], max(1, console.width // WEEK_WIDTH), nl), (1, 0, 0, 0)))
    _print_more(console, found, nl)
    console.print()


def _title(plan: Plan, place: int, nl: bool) -> Text:
    total, n = number(plan["hours_total"], 2), len(plan["activities"])
    things = ("activiteit" if n == 1 else "activiteiten") if nl else ("activity" if n == 1 else "activities")
    end = plan["reached_on"] or plan["weeks"][-1]["week"]
    span = f"{_short(plan['first_day'], nl)} - {_short(end, nl)}"
    hours = f"{total.nl} uur" if nl else f"{total.en} hours"
    return Text(f"Plan {place}: {n} {things}, {hours}, {span}", style="bold")


def _print_reasons(console: Console, reasons: Iterable[Caution], nl: bool) -> None:
    for reason in reasons:
        sign = "!" if reason["code"] in ATTENTION else "·"
        line = Table.grid(padding=(0, 1))
        line.add_row(sign, reason["sentence_nl" if nl else "sentence_en"])
        console.print(Padding(line, (0, 0, 0, 2)))


def _activities(plan: Plan, told: Mapping[str, int], nl: bool) -> Table:
    """Return the activities; what was told of one in an earlier plan is not told again."""
    table = Table(expand=True, show_edge=False, pad_edge=False, show_lines=True)
    table.add_column("uren" if nl else "hours", justify="right")
    table.add_column("activiteit" if nl else "activity", ratio=2)
    table.add_column("wanneer en waarom" if nl else "when and why", ratio=3)
    for one in plan["activities"]:
        hours, kind = number(one["hours"], 2), KIND_WORDS[one["kind"]]
        what = Text(one["title"], style="bold")
        if one["id"] in told:
            why = Text(one["when_nl" if nl else "when_en"])
            why.append(f" {'Zie' if nl else 'See'} plan {told[one['id']]}.")
        else:
            what.append(f"\n{one['organiser']} · {kind.nl if nl else kind.en}", style="not bold")
            what.append(f"\n{one['where']}" if one["where"] else "", style="not bold")
            why = _why(one, nl)
        table.add_row(hours.nl if nl else hours.en, what, why)
    return table


def _why(one: PlannedActivity, nl: bool) -> Text:
    text = Text(one["when_nl" if nl else "when_en"])
    text.append(f"\n{one['reason_nl' if nl else 'reason_en']}")
    others = [caution for caution in one["warnings"] if caution["code"] != "demonstration"]
    for caution in others:
        if not caution["code"].startswith(UNKNOWN):
            text.append(f"\n! {caution['sentence_nl' if nl else 'sentence_en']}", style="dim")
    keys = [one["code"].removeprefix(UNKNOWN) for one in others if one["code"].startswith(UNKNOWN)]
    if keys:
        words = [KEY_WORDS[key.replace("facilities_", "facilities.")] for key in keys]
        asked = ", ".join(word.nl if nl else word.en for word in words)
        text.append(f"\n! {'Vraag na' if nl else 'Ask after'}: {asked}.", style="dim")
    return text


def _weeks(weeks: list[PlannedWeek], most_columns: int, nl: bool) -> Table:
    """Return the weeks, read downwards, in a few columns beside one another."""
    heads = ("week van", "uren", "", "samen") if nl else ("week of", "hours", "", "total")
    table = Table(show_edge=False, pad_edge=False, box=None, header_style="dim", padding=(0, 2, 0, 0))
    n_rows = -(-len(weeks) // most_columns)
    n_columns = -(-len(weeks) // n_rows)
    for _ in range(n_columns):
        for head, right in zip(heads, (False, True, False, True), strict=True):
            table.add_column(head, justify="right" if right else "left", no_wrap=True)
    most = max(week["hours"] for week in weeks)
    for row in range(n_rows):
        cells: list[str] = []
        for week in weeks[row::n_rows]:
            hours, total = number(week["hours"]), number(week["total"])
            bar = "█" * round(BAR_MOST * week["hours"] / most) if most else ""
            cells += [
                _short(week["week"], nl)[:-5],
                hours.nl if nl else hours.en,
                bar,
                total.nl if nl else total.en,
            ]
        table.add_row(*cells)
    return table


def _print_more(console: Console, found: PlanAnswer, nl: bool) -> None:
    if found["changes"]:
        console.print()
        console.print(Text("Dit zou helpen:" if nl else "This would help:", style="bold"))
        _print_lines(console, [Sentence(one["sentence_nl"], one["sentence_en"]) for one in found["changes"]], nl)
    unknown = [one["title"] for one in found["not_planned"] if one["code"] == "schedule_unknown"]
    if unknown:
        console.print()
        text = (
            "Past ook, maar dag en uur zijn niet bekend: " if nl else "Fits too, but day and hour are not known: "
        )
        console.print(Text(f"{text}{', '.join(unknown)}.", style="dim"))


def _print_lines(console: Console, sentences: Iterable[Sentence], nl: bool) -> None:
    for sentence in sentences:
        console.print(Padding(Text(sentence.nl if nl else sentence.en), (0, 0, 0, 2)))


def _short(day: str, nl: bool) -> str:
    on = date.fromisoformat(day)
    month = MONTH_WORDS[on.month - 1]
    short = "mrt" if nl and on.month == 3 else (month.nl if nl else month.en)[:3]
    return f"{on.day} {short} {on.year}"
