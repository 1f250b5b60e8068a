import csv
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.errors import Problem
from matcher.model import Proposal
from matcher.readers import csv_sheet
from matcher.readers.csv_sheet import read_csv_sheet

TODAY = date(2026, 11, 23)
TEXT = "titel;organisatie;dag en uur;prijs\nPraatcafé;Buurthuis;di 19u-21u;1,25€\nKoor;vzw;wo 20-22u;gratis\n"


def read(folder, content, *, name="aanbod.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = list(read_csv_sheet(path, today=TODAY))
    return (
        [one.to_json() for one in found if isinstance(one, Proposal)],
        [one for one in found if isinstance(one, Problem)],
    )


def codes(problems, severity="error"):
    return [(problem.place, problem.code) for problem in problems if problem.severity == severity]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings_are_read(tmp_path, encoding):
    records, problems = read(tmp_path, TEXT.encode(encoding))
    assert [record["title"] for record in records] == ["Praatcafé", "Koor"]
    assert [record["price_eur"] for record in records] == [1.25, 0]
    assert codes(problems) == []
    assert ("", "encoding") in codes(problems, "note") or encoding != "cp1252"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_the_one_that_gives_known_headings(tmp_path, delimiter):
    text = "Aanbod; een, twee, drie, vier, vijf\n" + f"titel{delimiter}organisatie\nKoor{delimiter}vzw\n"
    records, problems = read(tmp_path, text)
    assert [(record["title"], record["organiser"]) for record in records] == [("Koor", "vzw")]
    assert codes(problems) == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_way(tmp_path, end):
    records, _ = read(tmp_path, TEXT.replace("\n", end))
    assert len(records) == 2


def test_the_place_of_a_problem_is_the_line_where_its_row_starts(tmp_path):
    text = 'titel;beschrijving;prijs\nKoor;"een\ntwee\ndrie";gratis\n;"x";5\n'
    _, problems = read(tmp_path, text)
    assert codes(problems) == [("5", "missing")]
    assert problems[0].source == str(tmp_path / "aanbod.csv")


def test_an_id_is_made_with_the_name_of_the_file(tmp_path):
    records, _ = read(tmp_path, TEXT, name="Aanbod Herent (2026).csv")
    assert records[1]["id"].startswith("aanbod-herent-2026-koor-vzw-")
    assert records[1]["source"] == "Aanbod Herent (2026).csv"


@pytest.mark.parametrize(
    "content",
    [b"titel;organisatie\nKo\0or;vzw\n", b"\xff\xfetitel", b"PK\x03\x04\x00\x00", TEXT.encode("utf-16-le")],
)
def test_what_is_no_text_is_one_error(tmp_path, content):
    records, problems = read(tmp_path, content)
    assert (records, codes(problems)) == ([], [("", "encoding")])


@pytest.mark.parametrize(
    "content", ["", "\n\n", "<!DOCTYPE html><html><body>Niet gevonden</body></html>", '{"a": [1]}']
)
def test_a_file_without_a_header_is_one_error(tmp_path, content):
    records, problems = read(tmp_path, content)
    assert records == []
    assert [problem.severity for problem in problems] == ["error"]


def test_a_quote_that_is_not_closed_is_an_error_and_the_rows_before_it_load(tmp_path):
    records, problems = read(tmp_path, TEXT + '"Open;vzw;di 9-10u;5\nNog;vzw;di 9-10u;5\n')
    assert len(records) == 2
    assert codes(problems) == [("4", "csv")]


def test_a_cell_that_is_too_long_keeps_its_row_out_and_the_rest_loads(tmp_path):
    limit = csv.field_size_limit()
    long = "x" * (csv_sheet.MOST_CELL + 1)
    records, problems = read(tmp_path, f"titel;organisatie\nLang;{long}\nKoor;vzw\n")
    assert [record["title"] for record in records] == ["Koor"]
    assert codes(problems) == [("2", "csv")]
    assert csv.field_size_limit() == limit


def test_a_row_with_too_many_cells_is_left_out(tmp_path):
    records, problems = read(tmp_path, f"titel;organisatie\nBreed{';x' * 1001}\nKoor;vzw\n")
    assert [record["title"] for record in records] == ["Koor"]
    assert codes(problems) == [("2", "csv")]


def test_a_file_that_is_too_large_is_one_error(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_sheet, "MOST_BYTES", 20)
    records, problems = read(tmp_path, TEXT)
    assert (records, codes(problems)) == ([], [("", "size")])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode), st.booleans())
def test_any_bytes_give_records_and_problems_only(tmp_path, content, with_header):
    records, problems = read(tmp_path, TEXT.encode() * with_header + content)
    assert all(record["id"] for record in records)
    assert all(str(problem) for problem in problems)
