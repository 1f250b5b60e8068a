import csv
import io
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import Problem
from matcher.model import Proposal
from matcher.readers.csv_offer import read_offer
from matcher.readers.headers import column_of
from matcher.readers.sheet import read_rows
from matcher.vocabulary import data_folder

TODAY = date(2026, 11, 23)
HEADER = ["titel", "organisatie", "soort", "dag en uur"]
PRAATCAFE = ["Praatcafé", "Buurthuis", "praatgroep", "di 19-21u"]


def found(rows, *, name="blad"):
    def place(row, column):
        return f"Blad1!{row}" if column is None else f"Blad1!{chr(65 + column)}{row}"

    return list(read_rows(enumerate(rows, start=1), today=TODAY, source="map/aanbod.xlsx", name=name, place=place))


def records(rows):
    return [one.to_json() for one in found(rows) if isinstance(one, Proposal)]


def problems(rows, severity=None):
    return [one for one in found(rows) if isinstance(one, Problem) and severity in (None, one.severity)]


def codes(rows, severity):
    return [problem.code for problem in problems(rows, severity)]


def one_cell(heading, cell):
    """Read a sheet of one activity in which one more column stands."""
    return records([["titel", "organisatie", heading], ["Koor", "vzw", cell]])[0]


# The header


def test_a_sheet_with_dutch_headings_and_messy_cells_gives_a_record():
    assert records([HEADER, PRAATCAFE]) == [
        {
            "id": "blad-praatcafe-buurthuis-ae9b3306",
            "title": "Praatcafé",
            "organiser": "Buurthuis",
            "kind": "conversation_group",
            "schedule": "di 19:00-21:00",
            "source": "aanbod.xlsx",
        }
    ]


def test_titles_and_blank_rows_above_the_header_are_skipped_with_a_note():
    rows = [["Vrijetijdsaanbod 2026-2027", None], [], [None, ""], ["titel"], HEADER, PRAATCAFE]
    assert len(records(rows)) == 1
    assert [(one.place, one.code) for one in problems(rows, "note")][:2] == [
        ("Blad1!1", "title_row"),
        ("Blad1!4", "title_row"),
    ]


def test_a_sheet_without_a_header_is_one_error():
    assert codes([["Praatcafé", "Buurthuis"], ["Koor", "vzw"]], None) == ["no_header"]
    assert codes([], None) == ["empty"]
    assert codes([HEADER], None) == ["empty"]


def test_the_header_is_looked_for_among_the_first_rows_only():
    assert codes([["Koor"]] * 25 + [HEADER], None) == ["no_header"]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Organisatie", "organiser"),
        ("DAG EN UUR", "schedule"),
        ("Prijs (in €)", "price_eur"),
        ("leeftijd", "age"),
        ("Naam activiteit", "title"),
        ("E-mail", "email"),
        ("Geïnteresseerden", None),
        ("price_eur", "price_eur"),
        ("age_min", "age_min"),
        ("Target group", "audience"),
    ],
)
def test_headings_are_known_in_dutch_and_english(heading, column):
    assert column_of(heading) == column


def test_a_heading_that_is_almost_known_is_read_with_a_note():
    rows = [["titel", "Organistaie"], ["Koor", "vzw"]]
    assert records(rows)[0]["organiser"] == "vzw"
    note = problems(rows, "note")[0]
    assert (note.place, note.key, note.rule) == ("Blad1!B1", "Organistaie", "was read as organiser")


def test_an_unknown_heading_is_named_and_its_cells_left_out():
    rows = [["titel", "organisatie", "kleur"], ["Koor", "vzw", "rood"]]
    assert len(records(rows)) == 1
    warning = problems(rows, "warning")[0]
    assert (warning.place, warning.key, warning.code) == ("Blad1!C1", "kleur", "unknown_column")


def test_two_columns_that_mean_the_same_are_an_error_and_the_first_counts():
    rows = [["titel", "organisatie", "vereniging"], ["Koor", "vzw", "club"]]
    assert records(rows)[0]["organiser"] == "vzw"
    assert codes(rows, "error") == ["duplicate_column"]


def test_names_of_persons_are_not_taken_over():
    rows = [["titel", "organisatie", "contactpersoon"], ["Koor", "vzw", "Jan Peeters"]]
    assert "Peeters" not in str(found(rows))
    assert codes(rows, "note") == ["column_left_out", "made_id"]


# The rows


def test_a_repeated_header_and_a_heading_between_the_rows_are_no_activities():
    rows = [HEADER, PRAATCAFE, ["SPORT", None, None, None], HEADER, ["Koor", "vzw", "cultuur", "wo 20-22u"]]
    assert [record["title"] for record in records(rows)] == ["Praatcafé", "Koor"]
    assert codes(rows, "warning") == ["section_title"]
    assert "repeated_header" in codes(rows, "note")


def test_an_unreadable_cell_is_left_unknown_and_the_record_is_taken():
    rows = [HEADER, ["Koor", "vzw", "varia", "elke dinsdag om 14u"]]
    assert set(records(rows)[0]) == {"id", "title", "organiser", "source"}
    places = [(one.place, one.key, one.code) for one in problems(rows, "warning")]
    assert places == [("Blad1!C2", "kind", "vocabulary"), ("Blad1!D2", "schedule", "schedule")]
    assert all(one.remedy.endswith("It was left out.") for one in problems(rows, "warning"))


def test_a_value_that_the_model_refuses_is_left_unknown():
    rows = [["titel", "organisatie", "capaciteit", "lat"], ["Koor", "vzw", -3, 50.9]]
    assert set(records(rows)[0]) == {"id", "title", "organiser", "source"}
    assert sorted(one.key for one in problems(rows, "warning")) == ["capacity", "lat"]


@pytest.mark.parametrize("cell", ["idem", "Id.", '"', "zie hierboven"])
def test_a_cell_that_refers_to_the_one_above_is_left_unknown(cell):
    rows = [["titel", "organisatie", "plaats"], ["Yoga", "Femma", "Zaal 1"], ["Dans", "Femma", cell]]
    assert [record.get("place") for record in records(rows)] == ["Zaal 1", None]
    assert codes(rows, "warning") == ["ditto"]


def test_a_row_with_an_id_means_what_stands_there():
    rows = [["id", "titel", "organisatie", "plaats"], ["1", "Yoga", "Femma", '"']]
    assert [record.get("place") for record in records(rows)] == ['"']


@pytest.mark.parametrize(
    ("begins", "lasts", "schedule"),
    [
        ("19u30", "2u", "di 19:30-21:30"),
        ("19:30", "1u30", "di 19:30-21:00"),
        ("19u", "90 min.", "di 19:00-20:30"),
        ("19.30 uur", "1,5 uur", "di 19:30-21:00"),
        (time(19), time(1, 30), "di 19:00-20:30"),
        (time(19), "2:15", "di 19:00-21:15"),
        ("19u", "2", None),
        ("19u", "een tijdje", None),
        ("half 8", "2u", None),
    ],
)
def test_how_long_it_lasts_tells_the_end(begins, lasts, schedule):
    rows = [["titel", "organisatie", "dag", "startuur", "duur"], ["Yoga", "Femma", "dinsdag", begins, lasts]]
    (record,) = records(rows)
    assert record.get("schedule") == schedule
    assert codes(rows, "warning") == ([] if schedule else ["schedule"])


@pytest.mark.parametrize("heading", ["uren", "dag en uur"])
def test_hours_with_an_end_need_no_length(heading):
    rows = [["titel", "organisatie", heading, "dag", "duur"], ["Yoga", "Femma", "19u-21u", "di", "2 uur"]]
    assert [record.get("schedule") for record in records(rows)] == ["di 19:00-21:00"]


def test_values_that_contradict_one_another_keep_the_row_out():
    rows = [["titel", "organisatie", "leeftijd vanaf", "leeftijd tot"], ["Koor", "vzw", 18, 12]]
    assert records(rows) == []
    assert [one.key for one in problems(rows, "error")] == ["age_max"]
    rows = [["titel", "prijs", "lidgeld"], ["Koor", "lidgeld 60 euro", "50 euro"]]
    assert codes(rows, "error") == ["contradiction"]


def test_a_row_without_a_title_is_an_error():
    rows = [HEADER, [None, "vzw", "sport", "di 19-21u"], PRAATCAFE]
    assert len(records(rows)) == 1
    assert [(one.place, one.key, one.code) for one in problems(rows, "error")] == [("Blad1!2", "title", "missing")]


def test_a_cell_beside_the_header_is_named():
    rows = [["titel", "organisatie"], ["Koor", "vzw", "", "verdwaald"]]
    assert len(records(rows)) == 1
    assert [(one.place, one.code) for one in problems(rows, "warning")] == [("Blad1!D2", "cells")]


@pytest.mark.parametrize(
    ("columns", "cells", "schedule"),
    [
        (["dag", "beginuur", "einduur"], ["dinsdag", time(19), time(21, 30)], "di 19:00-21:30"),
        (["dag", "van", "tot"], ["ma en wo", 9, 12], "ma 09:00-12:00; wo 09:00-12:00"),
        (["dag", "van", "tot"], ["di", 0.5416666667, 0.625], "di 13:00-15:00"),
        (["dag", "van", "tot"], ["di", timedelta(hours=13), "15u"], "di 13:00-15:00"),
        (["dag", "van", "tot"], ["di", time(22), date(1900, 1, 1)], "di 22:00-24:00"),
        (["dag", "uren"], ["zaterdag", "10u-12u"], "za 10:00-12:00"),
        (["datum", "van", "tot"], [datetime(2026, 12, 5), "14u", "17u"], "2026-12-05 14:00-17:00"),
        (["dag", "tijdstip"], ["dinsdag", "19u-21u"], "di 19:00-21:00"),
        (["frequentie", "dag", "uur"], ["tweewekelijks", "vrijdag", "14-16u"], "2w vr 14:00-16:00"),
    ],
)
def test_columns_for_the_day_and_the_hours_say_one_schedule(columns, cells, schedule):
    rows = [["titel", "organisatie", *columns], ["Koor", "vzw", *cells]]
    assert records(rows)[0]["schedule"] == schedule


def test_a_day_with_a_start_and_no_end_is_asked_about():
    rows = [["titel", "organisatie", "dag", "beginuur"], ["Koor", "vzw", "dinsdag", time(19)]]
    assert "schedule" not in records(rows)[0]
    assert "must have an end" in problems(rows, "warning")[0].rule


def test_dates_in_columns_from_and_until_are_the_period():
    rows = [["titel", "organisatie", "van", "tot"], ["Koor", "vzw", "1/9/2026", datetime(2027, 6, 30)]]
    assert (records(rows)[0]["start_date"], records(rows)[0]["end_date"]) == ("2026-09-01", "2027-06-30")


@pytest.mark.parametrize("columns", [["begin", "einde"], ["startdatum", "einddatum"]])
@pytest.mark.parametrize(
    ("end", "schedule"),
    [
        (datetime(2026, 12, 5, 22, 0), "2026-12-05 20:00-22:00"),
        (datetime(2026, 12, 6, 1, 30), "2026-12-05 20:00-24:00; 2026-12-06 00:00-01:30"),
    ],
)
def test_hours_in_the_cells_of_the_first_and_the_last_day_are_kept(columns, end, schedule):
    rows = [["titel", "organisatie", *columns], ["Koor", "vzw", datetime(2026, 12, 5, 20), end]]
    found = records(rows)[0]
    assert (found["schedule"], found["start_date"]) == (schedule, "2026-12-05")


def test_hours_beside_the_dates_of_a_period_are_those_of_its_days():
    rows = [
        ["titel", "organisatie", "dag", "startdatum", "einddatum"],
        ["Koor", "vzw", "dinsdag", datetime(2026, 9, 1, 19), datetime(2027, 6, 29, 21)],
    ]
    assert records(rows)[0]["schedule"] == "di 19:00-21:00"
    assert (records(rows)[0]["start_date"], records(rows)[0]["end_date"]) == ("2026-09-01", "2027-06-29")


@pytest.mark.parametrize(
    ("end", "rule"), [(datetime(2027, 6, 29, 21), "must have a day"), (None, "must have an end")]
)
def test_hours_beside_dates_that_make_no_schedule_are_asked_about(end, rule):
    rows = [["titel", "organisatie", "begin", "einde"], ["Koor", "vzw", datetime(2026, 9, 1, 19), end]]
    assert "schedule" not in records(rows)[0]
    assert rule in problems(rows, "warning")[0].rule


def test_an_hour_in_the_cell_of_the_first_day_gives_way_to_the_schedule():
    rows = [
        ["titel", "organisatie", "dag en uur", "startdatum"],
        ["Koor", "vzw", "di 19:00-21:00", datetime(2026, 9, 1, 19)],
    ]
    assert records(rows)[0]["schedule"] == "di 19:00-21:00"


def test_what_two_columns_say_of_a_list_is_joined():
    rows = [
        ["titel", "organisatie", "dag en uur", "pauzes"],
        ["Koor", "vzw", "di 19-21u, niet in juli", "12-21..01-03"],
    ]
    assert sorted(records(rows)[0]["pauses"]) == ["07-01..07-31", "12-21..01-03"]


@pytest.mark.parametrize("text", ["=1+1", "+32 16 21 14 20", "-5 graden", "@home", "'s avonds", "'=x"])
def test_the_quote_that_guards_a_cell_is_taken_off(text):
    assert one_cell("beschrijving", f"'{text}")["description"] == (text if text[0] in "=+-@'" else f"'{text}")


def test_a_quote_that_guards_nothing_stays():
    assert one_cell("beschrijving", "'s avonds")["description"] == "'s avonds"


# Ids and provenance


def test_an_id_is_made_of_title_and_organiser_and_of_the_place_when_that_doubles():
    header = ["titel", "organisatie", "locatie"]
    rows = [header, ["Koor", "vzw", "zaal A"], ["Koor", "vzw", "zaal B"], ["Koor", "vzw", "zaal B"]]
    ids = [record["id"] for record in records(rows)]
    assert len(set(ids)) == 2
    assert all(one.startswith("blad-koor-vzw") for one in ids)
    assert [(one.place, one.code) for one in problems(rows, "error")] == [("Blad1!4", "duplicate_id")]
    assert ids == [record["id"] for record in records(rows)]


def test_an_id_of_its_own_is_kept_and_must_be_unique():
    rows = [["id", "titel"], ["koor", "Koor"], ["koor", "Zang"], ["Koor nr. 2!", "Derde"]]
    assert [record["id"] for record in records(rows)][0] == "koor"
    assert records(rows)[1]["id"].startswith("blad-koor-nr-2-")
    assert [(one.place, one.key) for one in problems(rows, "error")] == [("Blad1!3", "id")]
    assert "It stands in Blad1!2 too." in problems(rows, "error")[0].remedy


def test_a_column_for_the_source_is_kept_and_an_empty_cell_in_it_stays_unknown():
    rows = [["titel", "source"], ["Koor", "example"], ["Zang", None]]
    assert [record.get("source") for record in records(rows)] == ["example", None]


# The same as the strict reader


def test_a_sheet_in_the_form_of_the_contract_gives_what_the_strict_reader_gives():
    path = data_folder() / "herent_offer.csv"
    strict, _ = read_offer(path)
    with path.open(encoding="utf-8", newline="") as lines:
        read = list(
            read_rows(
                enumerate(csv.reader(lines), start=1),
                today=TODAY,
                source=str(path),
                name="herent",
                place=lambda row, _: str(row),
            )
        )
    assert [one.to_json() for one in read if isinstance(one, Proposal)] == [one.to_json() for one in strict]
    assert [one for one in read if isinstance(one, Problem) and one.severity != "warning"] == []


CELLS = (
    st.none()
    | st.text(max_size=20)
    | st.sampled_from([*HEADER, "di 19-21u", "gratis", "18+", "koor", "vzw", "5/12/2026", "van", "tot", "prijs"])
    | st.integers()
    | st.floats()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
    | st.booleans()
)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=6), max_size=8), st.booleans())
def test_any_rows_give_records_and_problems_only(rows, with_header):
    seen = found([["titel", "organisatie", "dag en uur", "prijs", "leeftijd", "van", "tot"]] * with_header + rows)
    ids = [one.id for one in seen if isinstance(one, Proposal)]
    assert len(set(ids)) == len(ids)
    assert None not in ids
    out = io.StringIO()
    out.writelines(str(one) for one in seen)
