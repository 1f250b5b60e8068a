import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from matcher import cli
from matcher.readers.source import FORMATS

TODAY = "2026-11-23"
SHEET = (
    "Titel;Organisatie;Soort;Wanneer;Prijs;Postcode\n"
    "Samen koken;Buurthuis De Kom;ontmoeting;elke woensdag 10u-13u;gratis;3020\n"
    "Praattafel;Welzijnsschakel vzw;;di 19u-21u;;3020\n"
)
EVENT = {
    "@id": "https://io.uitdatabank.be/event/0f3f8c3e-9a01-4a3c-9d8f-0d6b6b0b6b0b",
    "mainLanguage": "nl",
    "name": {"nl": "Praattafel Herent"},
    "terms": [{"id": "0.3.1.0.0", "label": "Lessenreeks", "domain": "eventtype"}],
    "location": {"name": {"nl": "Bib"}, "address": {"nl": {"postalCode": "3020", "addressLocality": "Herent"}}},
    "organizer": {"name": {"nl": "Welzijnsschakel"}},
    "calendarType": "permanent",
    "openingHours": [{"opens": "19:00", "closes": "21:00", "dayOfWeek": ["tuesday"]}],
    "workflowStatus": "APPROVED",
}


@pytest.fixture
def files(tmp_path):
    (tmp_path / "club.csv").write_text(SHEET, encoding="utf-8")
    (tmp_path / "uit.json").write_text(json.dumps(EVENT), encoding="utf-8")
    return tmp_path


def run(*words):
    """Call the program; whatever comes, it never ends in a traceback."""
    result = CliRunner().invoke(cli.main, ["import", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.output
    return result


def test_the_formats_are_those_that_are_read():
    assert cli.offer.FORMATS == FORMATS


def test_a_sheet_and_uitdatabank_become_one_offer(files):
    offer = files / "offer.csv"
    result = run(files / "club.csv", files / "uit.json", "-o", offer, "--today", TODAY)
    assert (result.exit_code, "error" in result.stderr) == (0, False), result.output
    assert f"{offer}: 2 activities from 3 records of 2 sources" in result.stdout
    assert offer.read_text(encoding="utf-8").count("\n") == 3
    again = run(files / "uit.json", files / "club.csv", "-o", offer, "--today", TODAY)
    assert "Nothing changed." in again.stdout


def test_what_a_calendar_cannot_hold_is_told(files):
    (files / "club.csv").write_text(
        "id,title,organiser,kind,schedule\nbuur,Koffie,buren,informal,flex 1u/week\n", encoding="utf-8"
    )
    result = run(files / "club.csv", "-o", files / "offer.ics", "--today", TODAY)
    assert result.exit_code == 0
    assert "offer.ics: note: buur has no dated session in the coming year" in result.stderr


@pytest.mark.parametrize("ending", [".xlsx", ".ics", ".jsonld"])
def test_the_ending_tells_what_is_written(files, ending):
    offer = files / f"offer{ending}"
    for _ in range(2):
        result = run(files / "club.csv", files / "uit.json", "-o", offer, "--today", TODAY)
        assert result.exit_code == 0, result.output
    assert offer.stat().st_size > 100
    assert (files / "offer.provenance.jsonl").exists() == (ending == ".xlsx")


def test_an_offer_in_xlsx_keeps_what_a_person_filled_in(files):
    offer = files / "offer.xlsx"
    run(files / "club.csv", "-o", offer, "--today", TODAY)
    book = load_workbook(offer)
    sheet = next(sheet for sheet in book if sheet.max_row > 2)
    header = next(
        row for row in sheet.iter_rows() if any(cell.value in ("taalicoon", "Taalicoon") for cell in row)
    )
    column = next(cell.column for cell in header if cell.value in ("taalicoon", "Taalicoon"))
    sheet.cell(row=header[0].row + 1, column=column, value=2)
    book.save(offer)
    for _ in range(2):
        result = run(files / "club.csv", "-o", offer, "--today", TODAY)
        assert (result.exit_code, "warning" in result.stderr) == (0, False), result.output
        assert "1 activity keeps values that persons filled in." in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["club.csv", "-o", "offer.pdf"], "ends in .csv, .xlsx, .ics, .jsonld"),
        (["nowhere.csv", "-o", "offer.csv"], "does not exist"),
        (["club.csv"], "Missing option '-o'"),
        (["club.csv", "-o", "offer.csv", "--format", "word"], "is not one of 'csv', 'xlsx'"),
        (["club.csv", "-o", "club.csv"], "leave it out of the sources"),
        (["club.csv", "-o", "nowhere/offer.csv"], "folder"),
    ],
)
def test_a_wrong_call_is_exit_2(files, monkeypatch, words, said):
    monkeypatch.chdir(files)
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (files / "offer.csv").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.json", json.dumps(EVENT)[:300].encode()),
        ("page.json", b"<!doctype html><html><body>Log in</body></html>"),
        ("word.bin", b"\xd0\xcf\x11\xe0rest"),
        ("nothing.csv", b""),
        ("bomb.xlsx", b"PK\x03\x04rest"),
    ],
)
def test_a_bad_source_is_one_problem_the_rest_loads_and_it_is_exit_1(files, name, content):
    (files / name).write_bytes(content)
    offer = files / "offer.csv"
    result = run(files / name, files / "club.csv", "-o", offer, "--today", TODAY)
    assert result.exit_code == 1
    errors = [line for line in result.stderr.splitlines() if ": error: " in line]
    assert len(errors) == 1
    assert name in errors[0]
    assert "2 activities" in result.stdout
    before = offer.read_bytes()
    alone = run(files / name, "-o", offer, "--today", TODAY)
    assert (alone.exit_code, offer.read_bytes()) == (1, before)
    assert "stays as it was" in alone.stdout


@pytest.mark.slow
def test_an_import_that_is_killed_leaves_the_old_offer(files):
    offer = files / "offer.csv"
    assert run(files / "club.csv", "-o", offer, "--today", TODAY).exit_code == 0
    before = {path.name: path.read_bytes() for path in files.iterdir()}
    rows = "".join(f"Praatgroep {n};Buurthuis {n};ontmoeting;di 19u-21u;;3020\n" for n in range(20_000))
    (files / "large.csv").write_text(SHEET + rows, encoding="utf-8")
    command = [sys.executable, "-m", "matcher.cli", "import", str(files / "large.csv"), "-o", str(offer)]
    with pytest.raises(subprocess.TimeoutExpired, match="timed out"):
        subprocess.run(command, timeout=3, check=False, capture_output=True)
    assert {name: (Path(files) / name).read_bytes() for name in before} == before
