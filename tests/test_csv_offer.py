import pytest

from matcher.errors import Problem
from matcher.model import read_activity
from matcher.readers.csv_offer import COLUMNS, parse_offer, read_offer
from matcher.vocabulary import data_folder

HEADER = "id,title,organiser,kind"
ROW = "koor,Koor,vzw,culture"
LAST = "laatste,Laatste,vzw,culture"
NUMBER = "85.07.30-033.28"
"""Has the form and the check digits of a national register number."""


def parse(text):
    return parse_offer(text.encode())


def one_cell(column, cell, *, delimiter=","):
    """Read an offer of one good row, a row in which one cell differs, and one more good row."""
    header = delimiter.join(("id", "title", "organiser", "kind", column))
    text = cell.replace('"', '""')
    row = delimiter.join(("midden", "Midden", "vzw", "culture", f'"{text}"'))
    rows = [f"eerste{delimiter}E{delimiter}vzw{delimiter}sport{delimiter}", row, ""]
    rows[2] = f"laatste{delimiter}L{delimiter}vzw{delimiter}sport{delimiter}"
    return parse("\n".join([header, *rows, ""]))


def required_cell(column, cell):
    cells = {"id": "midden", "title": "Midden", "organiser": "vzw", "kind": "culture", column: cell}
    return parse(f"{HEADER}\neerste,E,vzw,sport\n{','.join(cells.values())}\nlaatste,L,vzw,sport\n")


def ids(activities):
    return [activity.id for activity in activities]


def errors(problems):
    return [problem for problem in problems if problem.severity == "error"]


def only(problems) -> Problem:
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


# What is read


def test_the_demonstration_offer_has_no_error():
    activities, problems = read_offer(data_folder() / "herent_offer.csv")
    assert len(activities) == 125
    assert errors(problems) == []


def test_a_byte_order_mark_is_skipped():
    activities, problems = parse(f"\ufeff{HEADER}\n{ROW}\n")
    assert (ids(activities), problems) == (["koor"], [])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_lines_end_in_either_way_and_the_last_one_need_not_end(end, last):
    activities, problems = parse(end.join([HEADER, ROW, LAST]) + end * last)
    assert (ids(activities), problems) == (["koor", "laatste"], [])


def test_the_delimiter_is_the_one_that_occurs_more_in_the_header():
    comma, _ = parse(f"{HEADER},price_note\n{ROW},een;twee;drie;vier;vijf;zes\n")
    semicolon, _ = parse(f"{HEADER},price_note\n{ROW},een".replace(",", ";") + ",twee,drie,vier,vijf\n")
    assert comma[0].price_note == "een;twee;drie;vier;vijf;zes"
    assert semicolon[0].price_note == "een,twee,drie,vier,vijf"


def test_columns_come_in_any_order_and_may_be_absent():
    activities, problems = parse("kind,organiser,id,title\nculture,vzw,koor,Koor\n")
    assert problems == []
    assert activities[0].to_json() == {"id": "koor", "title": "Koor", "organiser": "vzw", "kind": "culture"}


def test_every_key_of_an_activity_is_a_column():
    full = read_activity({"id": "a", "title": "A", "organiser": "o", "kind": "sport"})
    assert tuple(type(full).model_fields) == COLUMNS
    activities, problems = parse(",".join(COLUMNS) + "\n" + "a,A,,o,sport" + "," * (len(COLUMNS) - 5) + "\n")
    assert problems == []
    assert activities == [full]


@pytest.mark.parametrize(
    "cell", ["cooking|sewing", "cooking;sewing", " cooking |; sewing|cooking ", "|cooking|sewing;"]
)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_both_marks_separate_a_list_in_both_kinds_of_file(cell, delimiter):
    activities, problems = one_cell("interests", cell, delimiter=delimiter)
    assert problems == []
    assert activities[1].interests == ("cooking", "sewing")


@pytest.mark.parametrize(
    ("column", "cell", "values"),
    [
        ("audience", "women|parents", ("women", "parents")),
        ("facilities", "-wheelchair;childcare", ("-wheelchair", "childcare")),
        ("assumed", "price_eur|schedule", ("price_eur", "schedule")),
        ("derived", "interests=koken|taalicoon=een", ("interests=koken", "taalicoon=een")),
    ],
)
def test_each_list_column_is_separated(column, cell, values):
    activities, problems = one_cell(column, cell)
    assert problems == []
    assert getattr(activities[1], column) == values


def test_pauses_are_a_list_and_a_schedule_separates_at_semicolons_only():
    activities, _ = one_cell("pauses", "12-21..01-03|2027-04-01..2027-04-12")
    assert [str(pause) for pause in activities[1].pauses] == ["12-21..01-03", "2027-04-01..2027-04-12"]
    activities, _ = one_cell("schedule", "ma 09:00-10:00; di 09:00-10:00", delimiter=";")
    assert str(activities[1].schedule) == "ma 09:00-10:00; di 09:00-10:00"
    activities, problems = one_cell("schedule", "ma 09:00-10:00|di 09:00-10:00")
    assert ids(activities) == ["eerste", "laatste"]
    assert "must be sessions separated by ';'" in str(only(problems))


@pytest.mark.parametrize("column", ["price_eur", "reduced_price_eur", "fee_eur"])
def test_a_decimal_comma_is_read_in_a_semicolon_file_and_refused_in_a_comma_file(column):
    activities, problems = one_cell(column, "2,5", delimiter=";")
    assert problems == []
    assert getattr(activities[1], column) == 2.5
    activities, problems = one_cell(column, "2,5")
    assert ids(activities) == ["eerste", "laatste"]
    assert str(only(problems)) == (
        f"3: {column} must have a decimal point in a file with commas; got '2,5'. "
        "Write 2.5, or separate the columns with ';'."
    )


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_decimal_point_is_read_in_both_kinds_of_file(delimiter):
    activities, problems = one_cell("price_eur", "2.5", delimiter=delimiter)
    assert problems == []
    assert activities[1].price_eur == 2.5


def test_the_hours_of_flex_take_a_comma_in_both_kinds_of_file():
    for delimiter in ",;":
        activities, problems = one_cell("schedule", "flex 1,5u/week", delimiter=delimiter)
        assert problems == []
        assert str(activities[1].schedule) == "flex 1.5u/week"


def test_nought_and_no_are_known_and_an_empty_cell_is_unknown():
    activities, _ = parse(f"{HEADER},price_eur,new_people\n{ROW},0,no\n{LAST},  ,\n")
    assert (activities[0].price_eur, activities[0].new_people) == (0, False)
    assert (activities[1].price_eur, activities[1].new_people) == (None, None)


def test_blank_lines_and_rows_of_empty_cells_are_skipped():
    activities, problems = parse(f"{HEADER}\n\n,,,\n{ROW}\n   \n{LAST}\n\n")
    assert (ids(activities), problems) == (["koor", "laatste"], [])


def test_outer_blanks_of_headers_and_cells_go():
    activities, problems = parse(" id , title,organiser ,kind\n koor ,  Koor , vzw, culture \n")
    assert problems == []
    assert activities[0].title == "Koor"


def test_empty_cells_beyond_the_header_are_no_cells():
    activities, problems = parse(f"{HEADER}\n{ROW},,\n")
    assert (ids(activities), problems) == (["koor"], [])


# Columns


def test_an_unknown_column_is_named_with_a_suggestion():
    activities, problems = parse(f"{HEADER},price\n{ROW},5\n")
    assert activities == []
    assert str(only(problems)) == "1: price is not a known column. Did you mean price_eur?"


def test_an_unnamed_column_is_named_by_its_number():
    _, problems = parse(f"{HEADER},\n{ROW},5\n")
    assert str(only(problems)) == "1: column 5 is not a known column. Leave the column out."


@pytest.mark.parametrize("column", ["id", "title", "organiser", "kind"])
def test_a_missing_required_column_is_named(column):
    columns = [name for name in HEADER.split(",") if name != column]
    activities, problems = parse(",".join(columns) + "\na,b,c\n")
    assert activities == []
    assert str(only(problems)) == f"1: {column} is a required column. Add it."


def test_a_column_that_stands_twice_is_an_error():
    activities, problems = parse(f"{HEADER},title\n{ROW},Ander\n")
    assert activities == []
    assert "1: title must be a column that stands once" in str(only(problems))


def test_every_wrong_column_is_named_at_once():
    _, problems = parse("id,titel,titel,kind\na,b,c,d\n")
    assert [problem.key for problem in problems] == ["titel", "titel", "title", "organiser"]


# Files that are no offer


def test_an_empty_file_is_named():
    for content in (b"", b"\n\n", b"\xef\xbb\xbf", b"  \r\n"):
        activities, problems = parse_offer(content)
        assert activities == []
        assert "must have a header. The file is empty." in str(only(problems))


def test_the_problem_of_an_empty_file_has_a_line():
    assert only(parse_offer(b"")[1]).place == "1"


def test_a_header_without_rows_is_a_warning():
    activities, problems = parse(HEADER + "\n")
    assert activities == []
    assert only(problems).severity == "warning"
    assert str(problems[0]) == "1: must have a row under its header. The offer is empty."


def test_latin_1_is_named_with_its_line():
    activities, problems = parse_offer(f"{HEADER}\n{ROW}\nb,Café,vzw,culture\n".encode("latin-1"))
    assert activities == []
    assert str(only(problems)) == "3: must be UTF-8. Save the file as 'CSV UTF-8'."


def test_a_workbook_is_named_with_the_way_to_read_it():
    activities, problems = parse_offer(b"PK\x03\x04\x14\x00\xff")
    assert (activities, only(problems).code) == ([], "format")
    assert "matcher import" in str(problems[0])


def test_utf_16_is_named():
    _, problems = parse_offer(f"{HEADER}\n{ROW}\n".encode("utf-16"))
    assert "must be UTF-8" in str(only(problems))


# Rows


@pytest.mark.parametrize(("row", "count"), [("midden,Midden,vzw", 3), ("midden,Midden,vzw,culture,extra", 5)])
def test_a_wrong_count_of_cells_is_named_and_the_other_rows_load(row, count):
    activities, problems = parse(f"{HEADER}\n{ROW}\n{row}\n{LAST}\n")
    assert ids(activities) == ["koor", "laatste"]
    assert str(only(problems)) == (
        f"3: must have 4 cells, like the header; got '{count}'. Put a cell that holds the "
        "delimiter between quotes."
    )


def test_the_line_is_where_the_record_starts():
    long = '"een\ntwee\r\ndrie"'
    text = f"{HEADER},description\n\n{ROW},{long}\nmidden,M,vzw,nergens,{long}\nlaatste,L,vzw,ook,\n"
    activities, problems = parse(text)
    assert ids(activities) == ["koor"]
    assert [(problem.place, problem.key) for problem in problems] == [("6", "kind"), ("9", "kind")]


def test_a_quote_within_a_cell_is_read():
    activities, problems = parse(f'{HEADER}\nkoor,"Koor ""De Lijster"", Herent",vzw,culture\n')
    assert problems == []
    assert activities[0].title == 'Koor "De Lijster", Herent'


def test_a_quote_that_is_not_closed_keeps_out_only_what_it_swallows():
    activities, problems = parse(f'{HEADER}\n{ROW}\nmidden,"Midden,vzw,culture\n{LAST}\n')
    assert ids(activities) == ["koor"]
    problem = only(problems)
    assert problem.place == "3"
    assert "quote" in str(problem)


def test_a_stray_quote_keeps_out_its_own_row_only():
    activities, problems = parse(f'{HEADER}\n{ROW}\nmidden,"Mid"den,vzw,culture\n{LAST}\n')
    assert ids(activities) == ["koor", "laatste"]
    assert only(problems).place == "3"


def test_a_problem_with_quotes_has_a_line():
    _, problems = parse(f'{HEADER}\n{ROW}\nmidden,"Midden,vzw,culture\n')
    assert only(problems).place != ""


def test_a_cell_of_20_megabytes_is_named_and_the_other_rows_load():
    activities, problems = one_cell("description", "x" * 20_000_000)
    assert ids(activities) == ["eerste", "laatste"]
    assert only(problems).place == "3"
    assert str(problems[0]).startswith("3: description must have at most ")
    assert len(str(problems[0])) < 200


def test_nul_bytes_are_named_and_the_other_rows_load():
    activities, problems = one_cell("description", "een\0twee")
    assert ids(activities) == ["eerste", "laatste"]
    assert str(only(problems)) == "3: description must be text without control characters."
    activities, problems = required_cell("kind", "cul\0ture")
    assert ids(activities) == ["eerste", "laatste"]
    assert "\0" not in str(only(problems))


def test_a_formula_is_text_and_nothing_more():
    activities, problems = one_cell("description", "=cmd|' /C calc'!A0")
    assert problems == []
    assert activities[1].description == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize("column", ["price_eur", "group_min", "taalicoon", "language", "schedule", "start_date"])
def test_a_formula_where_a_value_is_expected_is_an_error(column):
    activities, problems = one_cell(column, "=cmd()")
    assert ids(activities) == ["eerste", "laatste"]
    assert only(problems).key == column
    assert only(problems).value == "=cmd()"


def test_an_id_that_stands_twice_is_kept_once_and_both_lines_are_named():
    activities, problems = parse(f"{HEADER}\n{ROW}\n{LAST}\nkoor,Ander,vzw,sport\n")
    assert [activity.title for activity in activities] == ["Koor", "Laatste"]
    assert str(only(problems)) == "4: id must be unique in the offer; got 'koor'. It stands in line 2 too."


def test_an_id_of_a_bad_row_is_still_free():
    activities, problems = parse(f"{HEADER}\nkoor,Koor,vzw,nergens\n{ROW}\n")
    assert ids(activities) == ["koor"]
    assert only(problems).key == "kind"


@pytest.mark.parametrize("column", ["id", "title", "organiser", "kind"])
def test_an_empty_required_cell_is_named(column):
    activities, problems = required_cell(column, "  ")
    assert ids(activities) == ["eerste", "laatste"]
    assert str(only(problems)) == f"3: {column} is required."


def test_every_wrong_cell_of_a_row_is_named_at_once():
    _, problems = parse(f"{HEADER},price_eur,taalicoon,group_min\nKOOR!,Koor,vzw,nergens,veel,5,twee\n")
    assert sorted(problem.key for problem in problems) == ["group_min", "id", "kind", "price_eur", "taalicoon"]
    assert {problem.place for problem in problems} == {"2"}


# Every vocabulary and every other rule


@pytest.mark.parametrize(
    ("column", "cell", "rule", "remedy"),
    [
        ("interests", "cooking|kokerel", "must be an id of the vocabulary of interests", ""),
        ("interests", "cookin", "must be an id of the vocabulary of interests", "Did you mean cooking?"),
        ("language", "Nederlands!", "must be a language tag like nl or fr, or nl+ for Dutch beside another", ""),
        ("taalicoon", "5", "must be 1, 2, 3 or 4", ""),
        ("interaction", "hihg", "must be one of low, medium, high", "Did you mean high?"),
        ("participants", "learner", "must be one of dutch_speakers, mixed, learners", "Did you mean learners?"),
        ("group_min", "twee", "must be a whole number", ""),
        ("group_min", "0", "must be at least 1", ""),
        ("group_max", "2.5", "must be a whole number", ""),
        ("new_people", "misschien", "must be yes or no", ""),
        ("schedule", "dinsdag", "must be sessions separated by ';'", "Look at 'dinsdag'."),
        ("schedule", "di 21:00-19:00", "must have an end after its start", "Write what passes midnight as two"),
        ("schedule", "flex 60u/week", "must have 0.5 to 40 hours after 'flex'", ""),
        ("start_date", "01/12/2026", "must be a date like 2026-12-01", ""),
        ("end_date", "2026-02-30", "must be a date like 2026-12-01", ""),
        ("last_verified", "gisteren", "must be a date like 2026-12-01", ""),
        ("pauses", "21-12..03-01", "must be 'MM-DD..MM-DD' or 'YYYY-MM-DD..YYYY-MM-DD'", "'21-12' is not a day"),
        ("attendance", "dropin", "must be one of whole, drop_in", "Did you mean drop_in?"),
        ("price_eur", "gratis", "must be a number", ""),
        ("price_eur", "1e3", "must be a number", ""),
        ("price_eur", "nan", "must be a number", ""),
        ("price_eur", "-0.5", "must be at least 0", ""),
        ("reduced_price_eur", "1.234,56", "must be a number", ""),
        ("fee_eur", "€ 5", "must be a number", ""),
        ("capacity", "vijf", "must be a whole number", ""),
        ("places_left", "-1", "must be at least 0", ""),
        ("age_min", "200", "must be at most 130", ""),
        ("age_max", "oud", "must be a whole number", ""),
        ("audience", "vrouwen", "must be one of everyone, women, men, parents, youth, seniors", ""),
        ("facilities", "lift", "must be one of childcare, child_welcome, wheelchair, low_cost, companion", ""),
        ("status", "weg", "must be one of active, cancelled, gone", ""),
    ],
)
def test_a_wrong_cell_has_line_column_value_rule_and_remedy(column, cell, rule, remedy):
    activities, problems = one_cell(column, cell)
    assert ids(activities) == ["eerste", "laatste"]
    problem = only(problems)
    assert problem.severity == "error"
    assert problem.place == "3"
    assert problem.key.partition("[")[0] == column
    assert problem.value in (cell, cell.rpartition("|")[2])
    assert problem.rule.startswith(rule)
    assert remedy in problem.remedy


def test_a_wrong_kind_has_line_column_value_rule_and_remedy():
    activities, problems = required_cell("kind", "cultuur")
    assert ids(activities) == ["eerste", "laatste"]
    assert str(only(problems)).startswith("3: kind must be one of buddy, conversation_group, course")
    assert "got 'cultuur'. Did you mean culture?" in str(problems[0])


@pytest.mark.parametrize("id_", ["Koor", "koor_1", "é", "a" * 81, "a b"])
def test_a_wrong_id_is_shown(id_):
    activities, problems = required_cell("id", id_)
    assert ids(activities) == ["eerste", "laatste"]
    assert only(problems).rule == "must have 1 to 80 of a-z, 0-9 and -"
    assert only(problems).value.startswith(id_[:80])


@pytest.mark.parametrize(
    ("column", "most"),
    [("description", 20_000), ("place", 300), ("price_note", 2_000), ("registration", 2_000), ("signatory", 200)],
)
def test_free_text_that_is_too_long_is_not_shown(column, most):
    activities, problems = one_cell(column, "geheim " * most)
    assert ids(activities) == ["eerste", "laatste"]
    assert only(problems).value is None
    assert str(only(problems)) == f"3: {column} must have at most {most} characters."


def test_a_title_that_is_too_long_is_not_shown():
    _, problems = required_cell("title", "geheim" * 100)
    assert str(only(problems)) == "3: title must have at most 300 characters."


@pytest.mark.parametrize(
    ("columns", "cells", "message"),
    [
        ("group_min,group_max", "5,2", "2: group_max must not be below group_min; got '2'."),
        ("age_min,age_max", "50,20", "2: age_max must not be below age_min; got '20'."),
        (
            "start_date,end_date",
            "2026-12-01,2026-01-01",
            "2: end_date must not be below start_date; got '2026-01-01'.",
        ),
        ("lat", "50.9", "2: lat must come together with lon."),
        ("lat,lon", "95,4", "2: lat must be at most 90; got '95.0'."),
    ],
)
def test_cells_that_disagree_are_named(columns, cells, message):
    activities, problems = parse(f"{HEADER},{columns}\n{ROW},{cells}\n")
    assert activities == []
    assert str(only(problems)) == message


def test_sessions_that_overlap_are_named():
    activities, problems = one_cell("schedule", "di 09:00-11:00; di 10:00-12:00")
    assert ids(activities) == ["eerste", "laatste"]
    assert str(only(problems)) == (
        "3: schedule must be sessions that do not overlap; got \"'di 09:00-11:00' and 'di 10:00-12:00'\". "
        "Write parallel groups as separate activities."
    )


def test_a_week_that_is_not_known_is_a_warning_and_the_row_stays():
    activities, problems = one_cell("schedule", "2w di 09:00-11:00")
    assert ids(activities) == ["eerste", "midden", "laatste"]
    assert only(problems).severity == "warning"
    assert "Ask which week" in str(problems[0])


def test_more_places_left_than_there_are_is_a_warning_and_the_row_stays():
    activities, problems = parse(f"{HEADER},capacity,places_left\n{ROW},5,6\n")
    assert ids(activities) == ["koor"]
    assert only(problems).severity == "warning"


def test_a_long_value_is_cut_at_80_characters():
    _, problems = one_cell("price_eur", "9" * 500)
    assert only(problems).value == "9" * 80 + "…"


def test_a_problem_stays_on_one_line():
    _, problems = one_cell("price_eur", "een\ntwee\x1b[2J\u2028drie")
    assert str(only(problems)).isprintable()


# What must not be shown


@pytest.mark.parametrize("cell", [NUMBER, "85073003328", "jan@example.org"])
@pytest.mark.parametrize(
    "column",
    ["price_eur", "group_min", "lat", "language", "schedule", "pauses", "start_date", "interests", "status"],
)
def test_a_cell_that_looks_personal_is_not_shown(column, cell):
    _, problems = one_cell(column, cell)
    assert problems
    assert not any(cell in str(problem) for problem in problems)


@pytest.mark.parametrize("name", [NUMBER, "85073003328", "jan@example.org"])
def test_a_column_that_looks_personal_is_not_shown(name):
    _, problems = parse(f"{HEADER},{name}\n{ROW},\n")
    assert problems
    assert not any(name in str(problem) for problem in problems)


def test_an_id_that_looks_personal_and_stands_twice_is_not_shown():
    _, problems = parse(f"{HEADER}\n85073003328,A,o,sport\n85073003328,B,o,sport\n")
    assert problems
    assert not any("85073003328" in str(problem) for problem in problems)


def test_a_register_number_is_not_shown_in_part_where_the_value_is_cut():
    _, problems = one_cell("schedule", "x" * 71 + " 85073003328")
    assert "8507300" not in str(only(problems))


# Files


def test_the_file_stands_before_the_line(tmp_path):
    file = tmp_path / "aanbod.csv"
    file.write_text(f"{HEADER}\n{ROW}\nx,X,vzw,nergens\n", encoding="utf-8")
    activities, problems = read_offer(file)
    assert ids(activities) == ["koor"]
    assert str(only(problems)).startswith(f"{file}:3: kind must be one of ")


def test_a_file_that_is_not_there_is_the_callers_problem(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"niets\.csv"):
        read_offer(tmp_path / "niets.csv")
