from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from offers import offers

from matcher.errors import Problem
from matcher.model import Proposal, read_activity
from matcher.readers.csv_offer import COLUMNS, read_offer
from matcher.readers.headers import column_of
from matcher.readers.xlsx import read_xlsx
from matcher.vocabulary import data_folder, interests
from matcher.writers import xlsx
from matcher.writers.layout import columns, labels
from matcher.writers.xlsx import write_xlsx

TODAY = date(2026, 11, 23)


def activity(**keys):
    return read_activity(
        {"id": "koor", "title": "Koor", "organiser": "vzw", "kind": "culture", "source": "x"} | keys
    )


def written(activities, folder, name="aanbod.xlsx"):
    write_xlsx(activities, folder / name, today=TODAY)
    return folder / name


def found(file):
    """Return the records as JSON has them, and the problems that are no note."""
    everything = list(read_xlsx(file, today=TODAY))
    records = [one.to_json() for one in everything if isinstance(one, Proposal)]
    return records, [one for one in everything if isinstance(one, Problem) and one.severity == "error"]


def cell(file, key, row=2):
    number = [column.key for column in columns()].index(key) + 1
    return openpyxl.load_workbook(file)[xlsx.SHEET].cell(row, number)


def as_a_sheet_holds_it(one):
    """Say where it comes from, as a sheet does of itself otherwise, and keep to the decimals of a cell."""
    rounded = {key: round(value, 10) for key, value in one.to_json().items() if isinstance(value, float)}
    return one.model_copy(update={**rounded, "source": one.source or "bron"})


@settings(max_examples=60, deadline=None)
@given(offer=offers())
def test_what_is_written_reads_back_to_the_same_offer(offer, tmp_path_factory):
    offer = [as_a_sheet_holds_it(one) for one in offer]
    records, problems = found(written(offer, tmp_path_factory.mktemp("xlsx")))
    assert records == [one.to_json() for one in offer]
    assert problems == []


def test_the_demonstration_offer_reads_back_and_is_the_same_bytes_each_time(tmp_path):
    offer, _ = read_offer(data_folder() / "herent_offer.csv")
    file = written(offer, tmp_path)
    assert found(file) == ([one.to_json() for one in offer], [])
    content = file.read_bytes()
    assert written(offer, tmp_path).read_bytes() == content


def test_every_key_has_a_column_whose_heading_is_known():
    assert sorted(column.key for column in columns()) == sorted(COLUMNS)
    assert [column_of(column.label) for column in columns()] == [column.key for column in columns()]


@pytest.mark.parametrize("key", sorted(labels()))
def test_every_word_of_the_lists_reads_back(key, tmp_path):
    several = key in ("interests", "audience", "facilities")
    offer = [
        activity(id=f"a{number}", **{key: [value] if several else int(value) if value.isdecimal() else value})
        for number, value in enumerate(labels()[key])
    ]
    assert found(written(offer, tmp_path)) == ([one.to_json() for one in offer], [])


def test_all_interests_together_read_back(tmp_path):
    offer = [activity(interests=list(interests()))]
    assert found(written(offer, tmp_path))[0] == [offer[0].to_json()]
