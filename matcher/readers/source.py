"""Any source: which format a file has, by its content first and its ending next, and what stands in it."""

from __future__ import annotations

import codecs
import importlib
import re
from datetime import date
from pathlib import Path

from ..errors import Problem
from .found import Found

READERS = {
    "csv": ("csv_sheet", "read_csv_sheet"),
    "xlsx": ("xlsx", "read_xlsx"),
    "uitdatabank": ("uitdatabank", "read_uitdatabank"),
    "schema.org": ("schema_org", "read_schema_org"),
    "ical": ("ical", "read_ical"),
}
"""The module and function that read each format; the libraries behind them load when they are needed."""
FORMATS = tuple(READERS)
LOOKED_AT = 64 * 1024
"""So many bytes at the start tell the format."""
_ENDINGS = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), "csv"),
    **dict.fromkeys((".xlsx", ".xlsm"), "xlsx"),
    **dict.fromkeys((".ics", ".ical", ".ifb"), "ical"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "schema.org"),
}
_REMEDIES = {
    b"\xd0\xcf\x11\xe0": "This is an old Excel file: save it as .xlsx.",
    b"%PDF": "This is a PDF: ask for the table or the calendar behind it.",
    b"\x1f\x8b": "This file is packed: unpack it first.",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UITDATABANK = re.compile(
    r'uitdatabank|hydra/context\.jsonld|"(calendarType|mainLanguage|itemsPerPage|workflowStatus)"\s*:'
)
_SCHEMA_ORG = re.compile(r'schema\.org|openactive\.io|"(@type|@graph|type)"\s*:', re.IGNORECASE)


def read_source(path: Path, *, today: date, format: str | None = None) -> Found:
    """Read the records of a source, whatever its format.

    Parameters
    ----------
    path : Path
    today : date
        The day that words like 'every Tuesday from now on' count from.
    format : str, optional
        One of `FORMATS`; by default it is guessed.

    Yields
    ------
    Proposal or Problem
        One problem when no format fits.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    chosen = format or guess_format(path)
    if isinstance(chosen, Problem):
        yield chosen
        return
    module, function = READERS[chosen]
    read = getattr(importlib.import_module(f".{module}", __package__), function)
    yield from read(path, today=today)


def guess_format(path: Path) -> str | Problem:
    """Guess the format of a file, or say that it is none that can be read.

    Content decides, so a calendar saved as ``offer.txt`` is read as a calendar; an ending decides only where a
    text could be anything. A web page is read for the events that it marks, also where it was saved as JSON.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    with path.open("rb") as file:
        start = file.read(LOOKED_AT)
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        return _unknown(path, rule="must hold something", remedy="The file is empty.", code="empty")
    if start.startswith(b"PK\x03\x04"):
        return "xlsx"
    for beginning, remedy in _REMEDIES.items():
        if start.startswith(beginning):
            return _unknown(path, remedy=remedy)
    text = _decoded(start)
    ending = _ENDINGS.get(path.suffix.lower())
    return _of_text(text) or (ending if ending != "xlsx" and "\0" not in text else None) or _unknown(path)


def _of_text(text: str) -> str | None:
    head = text.lstrip()
    if head[:15].upper() == "BEGIN:VCALENDAR":
        return "ical"
    if head.startswith("<"):
        # Feeds are XML too, and nothing in them says when something takes place.
        return (
            "schema.org" if re.search(r"<(!doctype html|html|head|body|script|meta|div)\b", head, re.I) else None
        )
    if re.match(r'\{\s*["}]|\[\s*[\[{\]"]', head):
        if _UITDATABANK.search(head):
            return "uitdatabank"
        return "schema.org" if _SCHEMA_ORG.search(head) else None
    first_line = head.partition("\n")[0]
    is_table = any(mark in first_line for mark in ",;\t") and "\0" not in head
    return "csv" if is_table and not head.startswith(("{", "[")) else None


def _decoded(start: bytes) -> str:
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return start.removeprefix(mark).decode(encoding, errors="replace")
    if b"\0" in start[:4]:
        return start.decode("utf-16-be" if start[:1] == b"\0" else "utf-16-le", errors="replace")
    return start.decode(errors="replace")


def _unknown(
    path: Path,
    *,
    rule: str = "must be CSV, XLSX, iCalendar, a web page, or JSON-LD of UiTdatabank or schema.org",
    remedy: str = "Name its format with --format if it is one of these.",
    code: str = "unknown_format",
) -> Problem:
    return Problem(rule=rule, remedy=remedy, source=str(path), code=code)
