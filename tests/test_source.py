import sys
from datetime import date
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.errors import Problem
from matcher.model import Proposal
from matcher.readers.source import FORMATS, READERS, guess_format, read_source

TODAY = date(2026, 11, 23)
DOCUMENT = '{"@id": "https://io.uitdatabank.be/event/1", "name": {"nl": "Koor"}, "calendarType": "permanent"}'
EVENT = '{"@context": "https://schema.org", "@type": "Event", "name": "Koor"}'
PAGE = f'<!DOCTYPE html><html><script type="application/ld+json">{EVENT}</script></html>'
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
SHEET = "Titel;Organisatie\nKoor;vzw\n"


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("a.json", DOCUMENT, "uitdatabank"),
        ("a.jsonl", f"{DOCUMENT}\n{DOCUMENT}\n", "uitdatabank"),
        ("a.json", f"\ufeff [{DOCUMENT}]", "uitdatabank"),
        ("a.json", '{"@context": "http://www.w3.org/ns/hydra/context.jsonld", "member": []}', "uitdatabank"),
        ("cut.json", DOCUMENT[:60], "uitdatabank"),
        ("a.json", EVENT, "schema.org"),
        ("a.jsonld", f'[{EVENT}, {{"@type": "SessionSeries"}}]', "schema.org"),
        ("a.html", PAGE, "schema.org"),
        ("a.json", PAGE, "schema.org"),
        ("a", f"\n  {PAGE}", "schema.org"),
        ("a.ics", CALENDAR, "ical"),
        ("a.txt", f"\ufeff{CALENDAR.lower()}", "ical"),
        ("a.csv", SHEET, "csv"),
        ("a.csv", "Titel\nKoor\n", "csv"),
        ("a", "Titel\tOrganisatie\nKoor\tvzw\n", "csv"),
        ("a.csv", '"[concept] titel";organisatie\n', "csv"),
    ],
)
def test_the_format_is_told_by_content_and_then_by_ending(tmp_path, name, content, format):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert guess_format(path) == format


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252"])
def test_the_format_is_told_in_other_encodings(tmp_path, encoding):
    for name, content, format in (("a", SHEET.replace("Koor", "Één"), "csv"), ("b", CALENDAR, "ical")):
        path = tmp_path / name
        path.write_bytes(content.encode(encoding))
        assert guess_format(path) == format


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ""])
def test_a_workbook_is_told_by_its_first_bytes(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    path.write_bytes(b"PK\x03\x04rest")
    assert guess_format(path) == "xlsx"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "must hold something. The file is empty."),
        (b"\xef\xbb\xbf \r\n", "must hold something. The file is empty."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is an old Excel file: save it as .xlsx."),
        (b"%PDF-1.7", "This is a PDF: ask for the table or the calendar behind it."),
        (b"\x1f\x8b\x08", "This file is packed: unpack it first."),
        (b"<rss version='2.0'></rss>", "Name its format with --format"),
        (b'{"name": "Koor"}', "Name its format with --format"),
        (b"een zin zonder meer", "Name its format with --format"),
    ],
)
def test_what_is_none_of_the_formats_gives_one_problem(tmp_path, content, said):
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    (problem,) = read_source(path, today=TODAY)
    assert isinstance(problem, Problem)
    assert problem.severity == "error"
    assert said in str(problem)
    assert str(problem).startswith(f"{path}: ")


def test_the_reader_of_the_format_is_called(tmp_path, monkeypatch):
    path = tmp_path / "a.ics"
    path.write_text(CALENDAR, encoding="utf-8")
    module = ModuleType("matcher.readers.stub")
    module.read_stub = lambda path, *, today: iter([Proposal(id="a", title=f"{path.name} {today}")])
    monkeypatch.setitem(sys.modules, "matcher.readers.stub", module)
    monkeypatch.setitem(READERS, "ical", ("stub", "read_stub"))
    monkeypatch.setitem(READERS, "xlsx", ("stub", "read_stub"))
    assert [found.title for found in read_source(path, today=TODAY)] == ["a.ics 2026-11-23"]
    path.write_text("no calendar at all", encoding="utf-8")
    assert [found.title for found in read_source(path, today=TODAY, format="xlsx")] == ["a.ics 2026-11-23"]


def test_every_format_has_a_reader():
    assert FORMATS == ("csv", "xlsx", "uitdatabank", "schema.org", "ical")


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_a_format_or_a_problem(tmp_path, content):
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    assert guess_format(path) in FORMATS or isinstance(guess_format(path), Problem)
