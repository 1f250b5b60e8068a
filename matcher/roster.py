"""The places of a cohort for a person to read: a table on the terminal and a workbook."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .explain import Sentence, number

if TYPE_CHECKING:
    from .model.places import AllocationAnswer, Outcome

WIDTH = 110
ALWAYS = datetime(1980, 1, 1)
"""The moment in a workbook: the earliest that a ZIP file can hold, so that the same places give the same bytes."""
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_HIGHEST = {
    "fit": Sentence("beste som", "best total"),
    "worst-off": Sentence("eerst wie het slechtst af is", "worst off first"),
}
_OUTCOMES: dict[Outcome, Sentence] = {
    "placed": Sentence("plaats", "placed"),
    "no_place": Sentence("geen plaats", "no place"),
    "no_candidates": Sentence("niets mogelijk", "nothing possible"),
    "done": Sentence("40 uur gehaald", "40 hours done"),
}
_SHEETS = (
    Sentence("Plaatsen", "Places"),
    Sentence("Activiteiten", "Activities"),
    Sentence("Waarom niet", "Why not"),
    Sentence("Over", "About"),
)
_PEOPLE = (
    Sentence("persoon", "person"),
    Sentence("wacht sinds", "waiting since"),
    Sentence("uitkomst", "outcome"),
    Sentence("activiteit", "activity"),
    Sentence("titel", "title"),
    Sentence("organisator", "organiser"),
    Sentence("score", "score"),
    Sentence("keuze", "choice"),
    Sentence("reden", "reason"),
)
_GROUPS = (
    Sentence("activiteit", "activity"),
    Sentence("titel", "title"),
    Sentence("organisator", "organiser"),
    Sentence("plaatsen", "places"),
    Sentence("plaatsen bekend", "places known"),
    Sentence("minimum", "minimum"),
    Sentence("geplaatst", "placed"),
    Sentence("over", "left"),
    Sentence("personen", "people"),
)
_ENVY = (
    Sentence("persoon", "person"),
    Sentence("liever", "rather"),
    Sentence("titel", "title"),
    Sentence("score daar", "score there"),
    Sentence("nu", "now"),
    Sentence("score nu", "score now"),
    Sentence("wissel met", "exchange with"),
    Sentence("gevolg van de wissel", "change by the exchange"),
    Sentence("verlies voor het geheel", "loss to the whole"),
    Sentence("waarom niet", "why not"),
)
_WIDTHS = {"titel": 44, "reden": 90, "waarom niet": 90, "organisator": 34, "personen": 40, "activiteit": 34}


def print_allocation(found: AllocationAnswer, *, lang: str) -> None:
    """Print who goes where and why, then the groups, and what the reader must know."""
    nl = lang == "nl"
    console = Console(width=None if Console().is_terminal else WIDTH, highlight=False)
    console.print(Text(headline(found, nl=nl), style="bold"))
    table = Table(expand=True, show_edge=False, pad_edge=False, show_lines=True)
    table.add_column("persoon" if nl else "person", no_wrap=True)
    table.add_column("plaats" if nl else "place", ratio=3)
    table.add_column("waarom" if nl else "why", ratio=5)
    for one in found["people"]:
        if one["activity_id"] is None:
            place = Text(_said(_OUTCOMES[one["outcome"]], nl), style="dim")
        else:
            place = Text(one["title"] or "", style="bold")
            place.append(f"\n{one['organiser']}", style="not bold")
            place.append(f"\nscore {_decimal(one['score'], nl)}", style="not bold")
        table.add_row(one["profile_id"], place, one["reason"]["sentence_nl" if nl else "sentence_en"])
    if found["people"]:
        console.print(table)
    _print_groups(console, found, nl)
    for note in found["notes"]:
        console.print(Text(note["sentence_nl" if nl else "sentence_en"]))


def headline(found: AllocationAnswer, *, nl: bool) -> str:
    """Return the whole in one line."""
    totals = found["totals"]
    way = _said(_HIGHEST[found["objective"]], nl)
    words = (
        f"{totals['placed']} van {totals['people']} mensen hebben een plaats ({way})"
        if nl
        else f"{totals['placed']} of {totals['people']} people have a place ({way})"
    )
    others: tuple[tuple[int, Outcome], ...] = (
        (totals["no_place"], "no_place"),
        (totals["no_candidates"], "no_candidates"),
        (totals["done"], "done"),
    )
    parts = [words, *(f"{n} {_said(_OUTCOMES[outcome], nl)}" for n, outcome in others if n)]
    if totals["mean_score"] is not None:
        mean, low = (_decimal(score, nl) for score in (totals["mean_score"], totals["lowest_score"]))
        parts.append(f"gemiddelde score {mean}, laagste {low}" if nl else f"mean score {mean}, lowest {low}")
    return "; ".join(parts) + "."


def _print_groups(console: Console, found: AllocationAnswer, nl: bool) -> None:
    groups = [one for one in found["activities"] if one["people"]]
    if not groups:
        return
    table = Table(expand=True, show_edge=False, pad_edge=False)
    table.add_column("activiteit" if nl else "activity", ratio=4)
    table.add_column("bezet" if nl else "taken", justify="right", no_wrap=True)
    table.add_column("personen" if nl else "people", ratio=5)
    for one in groups:
        known = "" if one["places_known"] else "?"
        taken = f"{len(one['people'])}/{one['places']}{known}"
        table.add_row(Text(one["title"]), taken, Text(", ".join(one["people"])))
    console.print()
    console.print(table)
    console.print()


def workbook_bytes(found: AllocationAnswer, *, lang: str) -> bytes:
    """Return an allocation as an XLSX file; the same one gives the same bytes.

    The moment of the answer is left out: it is all in which two runs on the same day differ.
    """
    nl = lang == "nl"
    book = Workbook(write_only=True)
    _sheet(book, _said(_SHEETS[0], nl), _PEOPLE, _people_rows(found, nl), nl)
    _sheet(book, _said(_SHEETS[1], nl), _GROUPS, _group_rows(found, nl), nl)
    _sheet(book, _said(_SHEETS[2], nl), _ENVY, _envy_rows(found, nl), nl)
    about = (Sentence("wat", "what"), Sentence("waarde", "value"))
    _sheet(book, _said(_SHEETS[3], nl), about, _about_rows(found, nl), nl)
    made = io.BytesIO()
    book.save(made)
    return _same_bytes(made.getvalue())


def _people_rows(found: AllocationAnswer, nl: bool) -> list[list[Any]]:
    keys = ("activity_id", "title", "organiser", "score", "rank")
    return [
        [
            one["profile_id"],
            one["waiting_since"],
            _said(_OUTCOMES[one["outcome"]], nl),
            *(one[key] for key in keys),  # type: ignore[literal-required]
            one["reason"]["sentence_nl" if nl else "sentence_en"],
        ]
        for one in found["people"]
    ]


def _group_rows(found: AllocationAnswer, nl: bool) -> list[list[Any]]:
    yes, no = ("ja", "nee") if nl else ("yes", "no")
    return [
        [
            one["activity_id"],
            one["title"],
            one["organiser"],
            one["places"],
            yes if one["places_known"] else no,
            one["minimum"],
            len(one["people"]),
            one["left"],
            ", ".join(one["people"]),
        ]
        for one in found["activities"]
    ]


def _envy_rows(found: AllocationAnswer, nl: bool) -> list[list[Any]]:
    keys = (
        "profile_id",
        "activity_id",
        "title",
        "score",
        "own_activity_id",
        "own_score",
        "exchange_with",
        "change",
        "loss",
    )
    sentence = "sentence_nl" if nl else "sentence_en"
    return [[*(one[key] for key in keys), one[sentence]] for one in found["envy"]]  # type: ignore[literal-required]


def _about_rows(found: AllocationAnswer, nl: bool) -> list[list[Any]]:
    whole = [headline(found, nl=nl), *(note["sentence_nl" if nl else "sentence_en"] for note in found["notes"])]
    facts: dict[str, Any] = {
        "today": found["today"],
        "offer_version": found["offer_version"],
        "model_version": found["model_version"],
        "objective": found["objective"],
        "optimal": str(found["optimal"]).lower(),
        "gap": found["gap"],
        **found["settings"],
    }
    return [*(["", text] for text in whole), *([key, value] for key, value in facts.items())]


def _sheet(book: Workbook, title: str, head: Sequence[Sentence], rows: Sequence[Sequence[Any]], nl: bool) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for index, words in enumerate(head):
        sheet.column_dimensions[chr(ord("A") + index)].width = _WIDTHS.get(words.nl, 16)
    top = [_cell(sheet, _said(words, nl)) for words in head]
    for cell in top:
        cell.font = Font(bold=True)
    sheet.append(top)
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    sheet.auto_filter.ref = f"A1:{chr(ord('A') + len(head) - 1)}{len(rows) + 1}"


def _cell(sheet: Any, value: Any) -> Any:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        # A title that begins with = is a text, never a formula.
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _same_bytes(content: bytes) -> bytes:
    """Take the moment of writing out of a ZIP file and of its properties."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + ALWAYS.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), data)
            info = zipfile.ZipInfo(name, ALWAYS.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)
    return made.getvalue()


def _said(words: Sentence, nl: bool) -> str:
    return words.nl if nl else words.en


def _decimal(score: float | None, nl: bool) -> str:
    text = number(score or 0.0, 2)
    return text.nl if nl else text.en
