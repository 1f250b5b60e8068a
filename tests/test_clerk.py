"""The clerk's way: fill in the template sloppily, read it, mend what it complains about, read it again."""

from datetime import date, datetime, time

import openpyxl
import pytest

from matcher.errors import Problem
from matcher.model import Proposal, read_activity, read_profile
from matcher.readers.xlsx import read_xlsx
from matcher.schedule import BRUSSELS
from matcher.service import Matcher
from matcher.writers.layout import columns
from matcher.writers.xlsx import write_template

TODAY = date(2026, 11, 23)
SLOPPY = [
    {
        "title": "Praatcafé Winksele",
        "organiser": "Buurthuis Winksele",
        "kind": "Praatgroep",
        "interests": "babbelen bij koffie, Nederlands oefenen",
        "schedule": "elke dinsdag 14u-16u, niet in juli en augustus",
        "start_date": "1/9/2026",
        "place": "Buurthuis",
        "postal_code": 3020,
        "price_eur": "gratis",
        "language": "Nederlands",
        "taalicoon": "één taalicoon",
        "participants": "gemengd",
        "interaction": "veel",
        "new_people": "ja",
        "group_min": "6 à 10 pers.",
        "phone": "016 00 00 00",
    },
    {
        "title": "Naaiatelier",
        "organiser": "Femma Herent",
        "kind": "les",
        "interests": "naaien",
        "schedule": "1e en 3e donderdag vd maand 19u30-22u",
        "price_eur": "€ 5 / les",
        "reduced_price_eur": 1.0,
        "audience": "vrouwen",
        "age_min": "18+",
        "start_date": date(2026, 9, 3),
        "end_date": date(2027, 6, 24),
        "language": "NL",
    },
    {
        "title": "Samen koken",
        "organiser": "=B3",
        "kind": "cursus",
        "interests": "koken",
        "schedule": "vrijdag 18u",
        "price_eur": "2,5",
        "facilities": "kinderopvang, geen rolstoeltoegankelijkheid",
    },
    {
        "title": "Zaalvoetbal",
        "organiser": "FC Veltem",
        "kind": "voetbal",
        "interests": "voetbal",
        "schedule": time(20),
        "fee_eur": "60 euro per jaar",
        "capacity": "20 plaatsen",
        "places_left": "volzet",
        "last_verified": "gisteren",
    },
    {
        "title": "Wandelen met de buren",
        "organiser": "Wijkcomité",
        "schedule": "laatste zondag van de maand 14u tot 16u",
    },
]
MENDED = {
    "Praatcafé Winksele": {"group_min": 6, "group_max": 10},
    "Samen koken": {"organiser": "Femma Herent", "schedule": "vrijdag 18u-21u"},
    "Zaalvoetbal": {
        "kind": "sport",
        "schedule": "wo 20u-22u",
        "last_verified": date(2026, 11, 20),
        "places_left": 4,
    },
    "Wandelen met de buren": {"kind": "buurtwerking"},
}


def fill_in(file, rows, first=3):
    """Type the rows under the example."""
    made = openpyxl.load_workbook(file)
    numbers = {column.key: number for number, column in enumerate(columns(), start=1)}
    for number, row in enumerate(rows, start=first):
        for key, value in row.items():
            made["Aanbod"].cell(number, numbers[key]).value = value
    made.save(file)


def read(file):
    found = list(read_xlsx(file, today=TODAY))
    records = {one.title: one for one in found if isinstance(one, Proposal)}
    return records, [one for one in found if isinstance(one, Problem) and one.severity != "note"]


@pytest.fixture
def sheet(tmp_path):
    file = tmp_path / "aanbod.xlsx"
    write_template(file, today=TODAY)
    fill_in(file, SLOPPY)
    return file


def test_what_a_clerk_fills_in_sloppily_is_read_and_what_is_not_understood_is_said(sheet):
    records, problems = read(sheet)
    assert list(records) == [row["title"] for row in SLOPPY]
    assert {(problem.place, problem.code) for problem in problems} == {
        ("Aanbod!X3", "number"),
        ("Aanbod!B5", "cell_formula"),
        ("Aanbod!F5", "schedule"),
        ("Aanbod!C6", "vocabulary"),
        ("Aanbod!F6", "sort"),
        ("Aanbod!AL6", "date"),
    }
    assert all(problem.remedy for problem in problems)


def test_what_is_understood_is_understood_well(sheet):
    records, _ = read(sheet)
    talk, sewing, cooking, football, walk = (
        {key: value for key, value in record.to_json().items() if key not in ("id", "title", "source")}
        for record in records.values()
    )
    assert talk == {
        "organiser": "Buurthuis Winksele",
        "kind": "conversation_group",
        "interests": ["coffee_chat", "dutch_practice"],
        "schedule": "di 14:00-16:00",
        "pauses": ["07-01..08-31"],
        "start_date": "2026-09-01",
        "place": "Buurthuis",
        "postal_code": "3020",
        "price_eur": 0,
        "language": "nl",
        "taalicoon": 1,
        "participants": "mixed",
        "interaction": "high",
        "new_people": "yes",
        "phone": "016 00 00 00",
    }
    assert sewing["schedule"] == "1e do 19:30-22:00; 3e do 19:30-22:00"
    assert (sewing["price_eur"], sewing["reduced_price_eur"], sewing["age_min"]) == (5, 1, 18)
    assert (sewing["start_date"], sewing["end_date"]) == ("2026-09-03", "2027-06-24")
    assert (cooking["price_eur"], cooking["facilities"]) == (2.5, ["childcare", "-wheelchair"])
    assert "schedule" not in cooking
    assert (football["fee_eur"], football["capacity"], football["places_left"]) == (60, 20, 0)
    assert "kind" not in football
    assert walk["schedule"] == "laatste zo 14:00-16:00"


def test_once_mended_everything_is_read_and_suggested(sheet):
    fill_in(sheet, [row | MENDED.get(row["title"], {}) for row in SLOPPY])
    records, problems = read(sheet)
    assert problems == []
    offer = [read_activity(record.to_json()) for record in records.values()]
    profile = read_profile({"id": "p", "interests": ["sewing", "football", "cooking"], "dutch_level": "A1"})
    found = Matcher(offer).suggest(profile, today=TODAY, now=datetime(2026, 11, 23, 9, tzinfo=BRUSSELS), k=10)
    assert sorted(one["title"] for one in found["suggestions"]) == sorted(records)
