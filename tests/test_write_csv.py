import csv
import io
from datetime import date

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nasty_offers import offers

from matcher.errors import InputError
from matcher.model import read_activity
from matcher.readers.csv_offer import COLUMNS, parse_offer, read_offer
from matcher.readers.found import unguarded
from matcher.vocabulary import data_folder
from matcher.writers.csv_offer import guarded, write_csv, write_rows

TODAY = date(2026, 11, 23)
RUNS = tuple("=+-@\t\r")


def activity(**keys):
    return read_activity({"id": "koor", "title": "Koor", "organiser": "vzw", "kind": "culture"} | keys)


def written(activities, folder):
    file = folder / "offer.csv"
    write_csv(activities, file, today=TODAY)
    return file.read_bytes()


def cells(content):
    header, *rows = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(offer=offers())
def test_what_is_written_reads_back_to_the_same_offer(offer, tmp_path_factory):
    read, problems = parse_offer(written(offer, tmp_path_factory.mktemp("csv")))
    assert read == offer
    assert [problem for problem in problems if problem.severity == "error"] == []


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(offer=offers())
def test_no_cell_is_run_by_a_spreadsheet(offer, tmp_path_factory):
    for row in cells(written(offer, tmp_path_factory.mktemp("csv"))):
        for key, cell in row.items():
            assert not cell.startswith(RUNS) or key in ("lat", "lon"), key


@given(text=st.text(st.sampled_from("'=+-@\t\ra"), max_size=6) | st.text())
def test_taking_the_guard_off_gives_the_text_back(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(RUNS)


def test_the_demonstration_offer_reads_back_and_is_the_same_bytes_each_time(tmp_path):
    offer, _ = read_offer(data_folder() / "herent_offer.csv")
    content = written(offer, tmp_path)
    assert parse_offer(content)[0] == offer
    assert written(offer, tmp_path) == content


def test_all_columns_stand_in_the_order_of_the_contract_with_comma_point_and_stroke(tmp_path):
    content = written([activity(interests=["cooking", "sewing"], price_eur=2.5, fee_eur=60.0)], tmp_path)
    assert content.decode().split("\n")[0] == ",".join(COLUMNS)
    assert b"\r" not in content
    assert not content.startswith(b"\xef\xbb\xbf")
    (row,) = cells(content)
    assert (row["interests"], row["price_eur"], row["fee_eur"]) == ("cooking|sewing", "2.5", "60")


@settings(max_examples=20, deadline=None)
@given(offer=offers())
def test_rows_as_they_are_kept_are_written_as_the_activities_they_tell_of(offer, tmp_path_factory):
    folder = tmp_path_factory.mktemp("csv")
    rows = [orjson.loads(orjson.dumps(one.to_json())) for one in offer]
    write_rows(rows, folder / "rows.csv")
    assert (folder / "rows.csv").read_bytes() == written(offer, folder)


def test_an_empty_offer_is_a_header(tmp_path):
    assert written([], tmp_path).decode() == ",".join(COLUMNS) + "\n"


def test_a_number_is_not_guarded_and_has_no_exponent(tmp_path):
    (row,) = cells(written([activity(lat=-33.5, lon=-70.25, price_eur=1e-9)], tmp_path))
    assert (row["lat"], row["lon"], row["price_eur"]) == ("-33.5", "-70.25", "0.000000001")


def test_a_facility_that_is_known_to_be_absent_is_guarded(tmp_path):
    (row,) = cells(written([activity(facilities=["-wheelchair", "childcare"])], tmp_path))
    assert row["facilities"] == "'-wheelchair|childcare"


def test_what_separates_values_becomes_a_comma_in_a_value_of_a_list():
    found = activity(derived=["interests=koken; bakken | braden"], assumed=["a|b"])
    assert found.derived == ("interests=koken, bakken , braden",)
    assert found.assumed == ("a,b",)


def test_a_row_may_be_longer_than_a_cell_may(tmp_path):
    long = activity(
        assumed=[f"{number:03d}{'x' * 60}" for number in range(1_000)],
        derived=[f"{number:03d}{'x' * 180}" for number in range(1_000)],
    )
    content = written([long], tmp_path)
    assert len(content) > 200_000
    assert parse_offer(content)[0] == [long]


def test_a_list_that_is_too_long_for_a_cell_is_named_and_the_old_file_stays(tmp_path):
    before = written([activity()], tmp_path)
    long = activity(derived=[f"interests={number:03d}{'x' * 480}" for number in range(500)])
    with pytest.raises(InputError, match="koor: derived must have at most 200000 characters in all"):
        write_csv([activity(id="eerste"), long], tmp_path / "offer.csv", today=TODAY)
    assert (tmp_path / "offer.csv").read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1
