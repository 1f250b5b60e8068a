"""How the workbook for clerks looks: headings, widths, drop-down lists, and the sheets that explain them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from .. import vocabulary as words

REQUIRED = frozenset({"title", "organiser", "kind"})
SEVERAL = frozenset({"interests", "audience", "facilities"})
DATES = frozenset({"start_date", "end_date", "last_verified"})
PRICES = frozenset({"price_eur", "reduced_price_eur", "fee_eur"})
PLACE = frozenset({"lat", "lon"})
WHOLE = frozenset({"group_min", "group_max", "capacity", "places_left", "age_min", "age_max"})
_LATER = frozenset({"source", "source_url", "lat", "lon", "id", "assumed", "derived"})
"""Columns at the end, that a clerk may leave alone."""
_ASKED, _USUAL, _LAST = "8A3B12", "1F4E5F", "6B7280"
_FONT = "Calibri"
_HEAD_HEIGHT_PT, _LINE_HEIGHT_PT, _MOST_LINES = 32, 15, 12
_NOTE_WIDTH_PX, _NOTE_LINE_PX, _NOTE_LINE_LETTERS = 260, 19, 38
_INTRODUCTION = (
    "Zo vult u het blad 'Aanbod' in",
    "Eén rij is één activiteit. Twee groepen op een ander moment zijn twee rijen.",
    "Alleen de donkerrode kolommen zijn verplicht: titel, organisatie en soort.",
    "Weet u iets niet? Laat de cel leeg. Leeg betekent: niet bekend. Raad niet: iemand kan het nog navragen.",
    "Schrijf geen namen, telefoonnummers of e-mailadressen van privépersonen, en geen formules.",
    "De voorbeeldrij wordt niet ingelezen. Haal ze weg of laat ze staan.",
    "U mag kolommen weglaten en van plaats veranderen. Verander de woorden in de bovenste rij niet.",
    "Wat het programma niet begrijpt, zegt het, met de cel erbij: Aanbod!F4. De rest wordt wel ingelezen.",
)


class Column(NamedTuple):
    """One column of the sheet: its key, its heading, how wide it is in letters, what to fill in, an example."""

    key: str
    label: str
    width: int
    note: str
    example: str


@cache
def columns() -> tuple[Column, ...]:
    """Return the columns in the order in which a clerk meets them."""
    with (words.data_folder() / "sheet_columns.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Column(row["key"], row["label_nl"], int(row["width"]), row["note_nl"], row["example_nl"])
            for row in csv.DictReader(lines)
        )


def lay_out(sheet: Any, *, last_row: int) -> None:
    """Set the widths, the drop-down lists down to the last row, and how the sheet is shown and printed."""
    for number, column in enumerate(columns(), start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        dimension.number_format = number_format(column.key)
        dimension.alignment = alignment()
        rule = _validation(column.key)
        if rule:
            rule.add(f"{get_column_letter(number)}2:{get_column_letter(number)}{last_row}")
            sheet.data_validations.append(rule)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns()))}{last_row}"
    sheet.row_dimensions[1].height = _HEAD_HEIGHT_PT
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    _print_wide(sheet, n_pages=6)


def headings(sheet: Any) -> Iterator[Any]:
    """Give the cells of the first row, each with its note."""
    for column in columns():
        cell: Any = WriteOnlyCell(sheet, column.label)
        _as_heading(cell, _ASKED if column.key in REQUIRED else _LAST if column.key in _LATER else _USUAL)
        n_lines = 1 + len(column.note) // _NOTE_LINE_LETTERS
        height = _NOTE_LINE_PX * (n_lines + 1)
        cell.comment = Comment(column.note, "Uitleg", width=_NOTE_WIDTH_PX, height=height)
        yield cell


def number_format(key: str) -> str:
    """Return the format of the cells of a column: text stays as it was typed, also ``0475`` and ``+32``."""
    if key in DATES:
        return "dd/mm/yyyy"
    if key in WHOLE or key == "taalicoon":
        return "0"
    return "General" if key in PRICES | PLACE else "@"


def font(**looks: Any) -> Font:
    """Return the font of the workbook."""
    return Font(name=_FONT, **looks)


def alignment() -> Alignment:
    """Return how cells of activities stand: from the top left, on as many lines as they need."""
    return Alignment(wrap_text=True, vertical="top", horizontal="left")


def fit_height(sheet: Any, row: int, texts: Mapping[str, str]) -> None:
    """Make a row as high as its texts by key need; not every program does so by itself on opening."""
    n_lines = max(
        _n_lines(texts.get(column.key, ""), column.width) for column in columns() if column.key not in _LATER
    )
    if n_lines > 1:
        sheet.row_dimensions[row].height = _LINE_HEIGHT_PT * min(n_lines, _MOST_LINES)


def add_explanation(workbook: Workbook) -> None:
    """Add the sheet that says what belongs in each column."""
    sheet: Any = workbook.create_sheet(words.EXPLANATION_SHEET)
    for letter, width in zip("ABC", (22, 78, 42), strict=True):
        sheet.column_dimensions[letter].width = width
    _print_wide(sheet, n_pages=1)
    title, *rules = _INTRODUCTION
    sheet.append([_styled(sheet, title, font(bold=True, size=14))])
    for rule in rules:
        sheet.append([_styled(sheet, f"• {rule}", font())])
    sheet.append([])
    heads = [WriteOnlyCell(sheet, text) for text in ("Kolom", "Wat vult u in?", "Voorbeeld")]
    for head in heads:
        _as_heading(head, _USUAL)
    sheet.append(heads)
    for at, column in enumerate(columns(), start=1):
        cells = [_styled(sheet, text, font()) for text in (column.label, column.note, column.example)]
        cells[0].font = font(bold=True)
        for cell in cells:
            cell.alignment = alignment()
            cell.number_format = "@"
        n_lines = max(_n_lines(text, width) for text, width in ((column.note, 78), (column.example, 42)))
        sheet.row_dimensions[len(_INTRODUCTION) + 2 + at].height = _LINE_HEIGHT_PT * n_lines
        sheet.append(cells)


def add_words(workbook: Workbook) -> None:
    """Add the sheet with the words of the drop-down lists, one vocabulary a column."""
    sheet: Any = workbook.create_sheet(words.WORDS_SHEET)
    _print_wide(sheet, n_pages=2)
    lists = _lists()
    for number in range(1, len(lists) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 26
    sheet.freeze_panes = "A2"
    heads = [WriteOnlyCell(sheet, _label(key)) for key in lists]
    for head in heads:
        _as_heading(head, _USUAL)
    sheet.append(heads)
    for at in range(max(map(len, lists.values()))):
        row = [texts[at] if at < len(texts) else None for texts in lists.values()]
        sheet.append([None if text is None else _styled(sheet, text, font()) for text in row])


def _n_lines(text: str, width: int) -> int:
    # Words are not cut, so a line holds a little less than it is wide.
    return sum(1 + len(line) // max(1, width - 1) for line in text.splitlines()) if text else 1


def _lists() -> dict[str, Sequence[str]]:
    return {
        column.key: tuple(words.sheet_words()[column.key].values())
        for column in columns()
        if column.key in words.sheet_words()
    }


def _label(key: str) -> str:
    return next(column.label for column in columns() if column.key == key)


def _validation(key: str) -> DataValidation | None:
    lists = _lists()
    if key in lists:
        letter = get_column_letter(list(lists).index(key) + 1)
        rule = DataValidation(
            type="list",
            formula1=f"{words.WORDS_SHEET}!${letter}$2:${letter}${len(lists[key]) + 1}",
            allow_blank=True,
        )
        # Of these more may be typed than the list has: several words, another language.
        rule.showErrorMessage = key not in SEVERAL and key != "language"
        rule.error = "Dit woord staat niet in de lijst. Het blad 'Keuzelijsten' toont alle woorden."
    elif key in DATES:
        rule = DataValidation(type="date", operator="greaterThan", formula1="36526", allow_blank=True)
        rule.showErrorMessage, rule.error = True, "Schrijf een datum, zoals 1/9/2026."
    else:
        return None
    # A warning may be passed over: what is typed is read by rules of its own, and named if it is not understood.
    rule.errorStyle, rule.errorTitle = "warning", "Klopt dit?"
    return rule


def _styled(sheet: Any, text: str, looks: Font) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.font = looks
    return cell


def _as_heading(cell: Any, colour: str) -> None:
    cell.font = font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor=colour)
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def _print_wide(sheet: Any, *, n_pages: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = n_pages, 0
    sheet.print_options.gridLines = True
    sheet.oddFooter.center.text = "&A, blad &P van &N"
