import zipfile
from datetime import date

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from nasty_offers import offers

from matcher.cli import main
from matcher.errors import InputError, Problem
from matcher.model import Proposal, read_activity
from matcher.readers.csv_offer import COLUMNS, read_offer
from matcher.readers.headers import column_of
from matcher.readers.xlsx import read_xlsx
from matcher.vocabulary import data_folder, interests, sheet_words
from matcher.writers import xlsx
from matcher.writers.layout import columns
from matcher.writers.xlsx import write_template, write_xlsx

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


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(offer=offers())
def test_what_is_written_reads_back_to_the_same_offer(offer, tmp_path_factory):
    offer = [as_a_sheet_holds_it(one) for one in offer]
    records, problems = found(written(offer, tmp_path_factory.mktemp("xlsx")))
    assert records == [one.to_json() for one in offer]
    assert problems == []


@pytest.mark.slow
def test_the_demonstration_offer_reads_back_and_is_the_same_bytes_each_time(tmp_path):
    offer, _ = read_offer(data_folder() / "herent_offer.csv")
    file = written(offer, tmp_path)
    assert found(file) == ([one.to_json() for one in offer], [])
    content = file.read_bytes()
    assert written(offer, tmp_path).read_bytes() == content


def test_every_key_has_a_column_whose_heading_is_known():
    assert sorted(column.key for column in columns()) == sorted(COLUMNS)
    assert [column_of(column.label) for column in columns()] == [column.key for column in columns()]


@pytest.mark.parametrize("key", sorted(sheet_words()))
def test_every_word_of_the_lists_reads_back(key, tmp_path):
    several = key in ("interests", "audience", "facilities")
    offer = [
        activity(id=f"a{number}", **{key: [value] if several else int(value) if value.isdecimal() else value})
        for number, value in enumerate(sheet_words()[key])
    ]
    assert found(written(offer, tmp_path)) == ([one.to_json() for one in offer], [])


def test_all_interests_together_read_back(tmp_path):
    offer = [activity(interests=list(interests()))]
    assert found(written(offer, tmp_path))[0] == [offer[0].to_json()]


def test_a_text_that_begins_like_a_formula_is_a_cell_of_text_marked_as_such(tmp_path):
    offer = [activity(title="=1+1", phone="+32 16 21 12 00", organiser="@x", price_note="-5", signatory="'=1")]
    file = written(offer, tmp_path)
    for key, text in {"title": "=1+1", "phone": "+32 16 21 12 00", "organiser": "@x", "price_note": "-5"}.items():
        assert (cell(file, key).value, cell(file, key).data_type, cell(file, key).quotePrefix) == (text, "s", True)
    assert cell(file, "signatory").value == "''=1"
    assert not cell(file, "source").quotePrefix
    assert found(file)[0] == [offer[0].to_json()]


def test_no_sheet_holds_a_formula(tmp_path):
    offer, _ = read_offer(data_folder() / "herent_offer.csv")
    made = openpyxl.load_workbook(written([*offer, activity(id="x", title="=1+1")], tmp_path))
    assert {one.data_type for sheet in made for row in sheet for one in row} <= {"inlineStr", "s", "n", "d"}


def test_days_are_days_numbers_are_numbers_and_codes_are_text(tmp_path):
    file = written([activity(start_date="2026-12-01", price_eur=2.5, postal_code="0012", group_max=8)], tmp_path)
    assert (cell(file, "start_date").value.date(), cell(file, "start_date").is_date) == (date(2026, 12, 1), True)
    assert (cell(file, "price_eur").value, cell(file, "group_max").value) == (2.5, 8)
    assert (cell(file, "postal_code").value, cell(file, "postal_code").number_format) == ("0012", "@")
    # A cell in which nothing stands yet keeps the zero that a clerk types too.
    letter = cell(file, "phone").column_letter
    assert openpyxl.load_workbook(file)[xlsx.SHEET].column_dimensions[letter].number_format == "@"


def test_a_text_that_is_too_long_for_a_cell_is_named_and_the_old_file_stays(tmp_path):
    before = written([activity()], tmp_path).read_bytes()
    with pytest.raises(InputError, match="lang: description must have at most 32767 characters"):
        written([activity(), activity(id="lang", description="\U0001f389" * 17_000)], tmp_path)
    assert (tmp_path / "aanbod.xlsx").read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


def test_more_activities_than_a_sheet_is_read_of_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 1)
    with pytest.raises(InputError, match="must be at most 1 activities to stand in one sheet; got '2'"):
        written([activity(), activity(id="a")], tmp_path)


def test_no_member_tells_when_it_was_written(tmp_path):
    file = written([activity()], tmp_path)
    with zipfile.ZipFile(file) as members:
        assert {member.date_time for member in members.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert str(openpyxl.load_workbook(file).properties.modified) == "2026-11-23 00:00:00"


# The template


def test_the_template_has_lists_notes_and_room(tmp_path):
    write_template(tmp_path / "leeg.xlsx", today=TODAY)
    made = openpyxl.load_workbook(tmp_path / "leeg.xlsx")
    assert made.sheetnames == ["Aanbod", "Uitleg", "Keuzelijsten"]
    sheet = made["Aanbod"]
    assert [one.value for one in sheet[1]] == [column.label for column in columns()]
    assert [one.comment.text for one in sheet[1]] == [column.note for column in columns()]
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert len(lists) == len(sheet_words())
    assert all(str(rule.sqref).endswith("502") for rule in sheet.data_validations.dataValidation)
    for formula in lists:
        name, place = formula.split("!")
        words = [one.value for (one,) in made[name][place.replace("$", "")]]
        assert words in [list(values.values()) for values in sheet_words().values()]


def test_the_template_is_an_empty_offer_with_an_example_that_is_left_out(tmp_path):
    write_template(tmp_path / "leeg.xlsx", today=TODAY)
    problems = list(read_xlsx(tmp_path / "leeg.xlsx", today=TODAY))
    assert [(problem.code, problem.place, problem.severity) for problem in problems] == [
        ("example", "Aanbod!2", "note"),
        ("empty", "Aanbod!1", "warning"),
    ]


def test_the_example_would_read_without_a_problem(tmp_path):
    file = written([read_activity(xlsx._EXAMPLE).model_copy(update={"title": "Praatgroep"})], tmp_path)
    assert found(file)[1] == []
    assert len(found(file)[0]) == 1


def test_the_template_is_the_same_bytes_each_time(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_template(tmp_path / name, today=TODAY)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def template(*arguments):
    return CliRunner().invoke(main, ["template", *map(str, arguments)])


def test_the_command_writes_the_template_and_never_over_a_file(tmp_path):
    file = tmp_path / "aanbod.xlsx"
    assert template("-o", file).exit_code == 0
    before = file.read_bytes()
    again = template("-o", file)
    assert (again.exit_code, file.read_bytes()) == (2, before)
    assert "must be a file that is not there yet" in again.output


def test_another_ending_or_a_folder_that_is_not_there_is_a_wrong_call(tmp_path):
    assert template("-o", tmp_path / "aanbod.csv").exit_code == 2
    assert template("-o", tmp_path / "weg" / "aanbod.xlsx").exit_code == 2
    assert template().exit_code == 2
    assert list(tmp_path.iterdir()) == []
