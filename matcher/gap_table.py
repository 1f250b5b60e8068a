"""What the command on gaps prints for a person."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .explain import Sentence, number
from .explain.gaps import count_words, half_day_words, nothing_new
from .model.gaps import GapsAnswer
from .vocabulary import interests

WIDTH = 110
CELLS_SHOWN = 10


def print_gaps(found: GapsAnswer, *, lang: str) -> None:
    """Print who reaches 40 hours, the new activities that help most, and where most people find nothing."""

    def say(nl: str, en: str) -> str:
        return nl if lang == "nl" else en

    def of(sentence: Sentence) -> str:
        return say(sentence.nl, sentence.en)

    console = Console(width=None if Console().is_terminal else WIDTH, highlight=False)
    if found["demonstration"]:
        console.print(
            say("Demonstratiegegevens: beslis hier niets op.", "Demonstration data: decide nothing on this."),
            style="bold",
        )
    console.print(Text(say(found["sentence_nl"], found["sentence_en"])))
    if not found["complete"]:
        gap = found["gap_hours"]
        console.print(
            say("De tijd was op voor alles was nagerekend.", "The time was over before everything was worked out.")
            + (say(f" Er kan {gap:g} uur meer in zitten.", f" It may be {gap:g} hours more.") if gap else "")
        )
    console.print()
    head = [say("nieuwe activiteit", "new activity"), say("wanneer", "when"), say("waar", "where"), "taalicoon"]
    head += [say("mensen", "people"), say("uren", "hours")]
    rows = [
        [
            f"{one['rank']} {say(one['label_nl'], one['label_en'])}",
            say(one["when_nl"], one["when_en"]),
            f"{one['postal_code']} {one['place']}" if one["place"] else "",
            str(one["taalicoon"]),
            of(count_words(one["people"])),
            "" if one["hours"] is None else number(one["hours"], 0).nl,
        ]
        for one in found["new_activities"]
    ]
    if rows:
        console.print(_table(head, rows, n_words=3))
    else:
        console.print(Text(of(nothing_new(candidates=found["candidates"]))))
    console.print()
    head = [say("onderwerp", "subject"), say("moment", "moment"), say("mensen", "people")]
    head += [say("vinden niets", "find nothing"), say("aanbod", "offer")]
    rows = [
        [
            say(interests()[one["interest"]].label_nl, interests()[one["interest"]].label_en),
            of(half_day_words(one["half_day"])),
            of(count_words(one["people"])),
            of(count_words(one["without"])),
            str(one["activities"]),
        ]
        for one in found["by_interest_and_half_day"][:CELLS_SHOWN]
    ]
    if rows:
        console.print(_table(head, rows, n_words=2))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], *, n_words: int) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    for place, name in enumerate(head):
        table.add_column(name, justify="left" if place < n_words else "right", no_wrap=place >= n_words)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table
