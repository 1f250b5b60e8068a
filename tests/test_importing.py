import csv
import json
import os
import subprocess
import sys
from datetime import date
from itertools import islice

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nasty_offers import offers

from matcher.errors import InputError, Problem
from matcher.importing import check_call, import_offer
from matcher.importing.assembling import _named, _named_in_turn
from matcher.importing.remembering import Known
from matcher.importing.sources import made_record
from matcher.model import Proposal, read_proposal
from matcher.readers.csv_offer import read_offer

TODAY = date(2026, 11, 23)
STARTS = {"json": '{"mainLanguage": "nl"}', "ics": "BEGIN:VCALENDAR", "csv": "Titel;Organisatie"}
"""What tells the format of a source in these tests; behind it stands one record or problem a line."""
KOOR = {"title": "Wereldkoor", "organiser": "Zang vzw", "kind": "culture", "schedule": "ma 19:30-21:30"}
KOOR |= {"postal_code": "3020", "place": "GC De Wildeman"}
KOOK = {"title": "Samen koken", "organiser": "Buurthuis", "kind": "informal", "schedule": "wo 10:00-13:00"}
KOOK |= {"postal_code": "3020"}
READY = {"read": lambda path, *, today, format: stub(path)}


def stub(path):
    """Give what stands in a source of these tests."""
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        data = json.loads(line)
        yield Problem(**data["problem"], source=str(path)) if "problem" in data else read_proposal(data)


class Town:
    """A folder with sources and an offer made of them."""

    def __init__(self, folder):
        self.folder = folder
        self.offer = folder / "offer.csv"
        self.told = []

    def source(self, name, *records):
        path = self.folder / name
        lines = [STARTS[path.suffix[1:]], *(json.dumps(record) for record in records)]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def take(self, *sources, today=TODAY, **options):
        self.told = []
        return import_offer(sources, self.offer, today=today, **{**READY, "tell": self.told.append, **options})

    @property
    def rows(self):
        activities, problems = read_offer(self.offer)
        assert problems == []
        return {activity.id: activity.to_json() for activity in activities}

    @property
    def files(self):
        return {path.name: path.read_bytes() for path in self.folder.iterdir() if path.name.startswith("offer")}

    @property
    def ledger(self):
        lines = (self.folder / "offer.provenance.jsonl").read_text(encoding="utf-8").splitlines()
        return {entry["id"]: entry for entry in map(json.loads, lines) if "id" in entry}

    @property
    def doubtful(self):
        with (self.folder / "offer.doubtful.csv").open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def decide(self, decision):
        """Fill in the column of the doubtful pairs, as a person does in a spreadsheet."""
        rows = self.doubtful
        with (self.folder / "offer.doubtful.csv").open("w", encoding="utf-8-sig", newline="") as lines:
            writer = csv.DictWriter(lines, rows[0].keys(), delimiter=";")
            writer.writeheader()
            writer.writerows({**row, "decision": decision} for row in rows)

    def edit(self, identifier, **cells):
        """Change cells of the offer by hand; None takes the row out."""
        with self.offer.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        header = rows[0].keys()
        if not any(row["id"] == identifier for row in rows):
            rows.append(dict.fromkeys(header, "") | {"id": identifier})
        with self.offer.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, header)
            writer.writeheader()
            writer.writerows(
                {**row, **cells} if row["id"] == identifier else row
                for row in rows
                if row["id"] != identifier or cells
            )


@pytest.fixture
def town(tmp_path):
    return Town(tmp_path)


# What comes in


def test_records_of_several_sources_become_one_offer_sorted_by_id(town):
    report = town.take(
        town.source("uit.json", {"id": "uit-b", **KOOR}), town.source("club.csv", {"id": "a", **KOOK})
    )
    assert list(town.rows) == ["a", "uit-b"]
    assert town.rows["a"] == {"id": "a", **KOOK}
    assert (report.new, report.n_activities, report.errors) == (["a", "uit-b"], 2, 0)


def test_one_activity_of_two_sources_becomes_one_with_what_each_of_them_knows(town):
    sheet = {"id": "koor", **KOOR, "price_eur": 4.0}
    web = {"id": "uit-1", **KOOR, "title": "Wereldkoor Herent", "price_eur": 5.0, "url": "https://zang.be/koor"}
    report = town.take(town.source("uit.json", web), town.source("club.csv", sheet))
    assert town.rows == {"koor": {"id": "koor", **KOOR, "price_eur": 4, "url": "https://zang.be/koor"}}
    entry = town.ledger["koor"]
    assert [(one["source"], one["fields"]["id"]) for one in entry["records"]] == [
        ("csv:club.csv", "koor"),
        ("uitdatabank", "uit-1"),
    ]
    assert entry["origin"] == {"url": 1}
    assert report.warnings == 1
    assert "koor: price_eur is not the same in csv:club.csv and uitdatabank" in str(town.told[0])
    assert "4.0 / 5.0" in str(town.told[0])


def test_a_row_of_a_sheet_that_lacks_what_is_required_is_left_out_and_named(town):
    report = town.take(
        town.source("club.csv", {"id": "a", "title": "Iets", "organiser": "vzw"}, {"id": "b", **KOOR})
    )
    assert list(town.rows) == ["b"]
    assert report.errors == 1
    assert "club.csv:a: kind is required, and unknown." in str(town.told[0])


def test_what_a_web_source_does_not_tell_is_assumed_marked_and_named_rather_than_lost(town):
    report = town.take(town.source("uit.json", {"id": "uit-1", "title": "Iets"}))
    assert town.rows["uit-1"] == {
        "id": "uit-1",
        "title": "Iets",
        "kind": "association",
        "organiser": "onbekend",
        "assumed": ["kind", "organiser"],
    }
    assert (report.errors, report.warnings) == (0, 2)
    assert "uit.json: kind is not told, and was taken to be 'association'" in str(town.told[0])


def test_what_a_person_fills_in_for_an_assumption_stays_and_is_no_assumption_any_more(town):
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "kind": None}))
    town.edit("uit-1", kind="culture")
    report = town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "kind": None}))
    assert town.rows["uit-1"] == {"id": "uit-1", **KOOR, "kind": "culture"}
    assert report.warnings == 0


def test_what_one_source_lacks_another_may_tell(town):
    bare = {key: KOOR[key] for key in ("title", "schedule", "postal_code", "place")}
    report = town.take(
        town.source("club.ics", {"id": "cal-1", **bare, "phone": "016 12 34 56"}),
        town.source("uit.json", {"id": "uit-1", **KOOR}),
    )
    assert report.errors == 0
    assert town.rows == {"uit-1": {"id": "uit-1", **KOOR, "phone": "016 12 34 56"}}


def test_the_place_stands_in_for_an_unknown_organiser_and_is_marked_as_assumed(town):
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "organiser": None}))
    assert town.rows["uit-1"]["organiser"] == "GC De Wildeman"
    assert town.rows["uit-1"]["assumed"] == ["organiser"]


def test_a_row_of_a_sheet_without_organiser_and_place_is_an_error(town):
    report = town.take(town.source("club.csv", {"id": "a", **KOOK, "organiser": None}, {"id": "b", **KOOR}))
    assert report.errors == 1
    assert "organiser is required" in str(town.told[0])


def test_what_is_derived_is_told_to_the_import(town):
    def complete(proposals):
        return [Proposal(**{**dict(one), "kind": "culture", "derived": ("kind=koor",)}) for one in proposals]

    town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "kind": None}), complete=complete)
    assert town.rows["uit-1"]["kind"] == "culture"
    assert town.rows["uit-1"]["derived"] == ["kind=koor"]


def test_one_document_in_two_pages_is_one_record_the_freshest_of_them(town):
    old, new = {"last_verified": "2026-01-01", "price_eur": 1.0}, {"last_verified": "2026-11-01", "price_eur": 2.0}
    pages = (
        town.source("1.json", {"id": "uit-1", **KOOR, **new}),
        town.source("2.json", {"id": "uit-1", **KOOR, **old}),
    )
    for order in (pages, pages[::-1]):
        town.offer.unlink(missing_ok=True)
        assert town.take(*order).errors == 0
        assert town.rows["uit-1"]["price_eur"] == 2


def test_an_id_that_stands_twice_in_a_sheet_is_an_error(town):
    report = town.take(town.source("club.csv", {"id": "a", **KOOR}, {"id": "a", **KOOK}))
    assert report.errors == 1
    assert "id must be unique in its source; got 'a'" in str(town.told[0])
    assert town.rows["a"]["title"] == "Wereldkoor"


def test_two_sheets_that_use_one_id_for_different_activities_keep_both(town):
    town.take(town.source("a.csv", {"id": "1", **KOOR}), town.source("b.csv", {"id": "1", **KOOK}))
    assert len(town.rows) == 2
    assert {row["title"] for row in town.rows.values()} == {"Wereldkoor", "Samen koken"}
    before = town.offer.read_bytes()
    assert town.take(town.source("b.csv", {"id": "1", **KOOK})).nothing_changed
    assert town.offer.read_bytes() == before


# Importing again


def test_importing_the_same_again_changes_nothing_and_touches_no_file(town):
    sources = town.source("uit.json", {"id": "uit-1", **KOOR}), town.source("club.csv", {"id": "a", **KOOK})
    town.take(*sources)
    files = sorted(path for path in town.folder.iterdir() if path not in sources)
    before = [path.read_bytes() for path in files]
    for path in files:
        os.utime(path, (1, 1))
    report = town.take(*sources)
    assert report.nothing_changed
    assert report.n_unchanged == 2
    assert "Nothing changed." in list(report.lines())
    assert [path.read_bytes() for path in files] == before
    assert {path.stat().st_mtime for path in files} == {1}


def test_importing_again_tells_what_changed(town):
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR}, {"id": "uit-2", **KOOK}))
    report = town.take(
        town.source(
            "uit.json", {"id": "uit-1", **KOOR, "price_eur": 3.0, "place": "Kerk"}, {"id": "uit-2", **KOOK}
        )
    )
    assert report.changed == {"uit-1": ["place", "price_eur"]}
    assert (report.new, report.n_unchanged) == ([], 1)
    assert "  changed uit-1: place, price_eur" in list(report.lines())


def test_a_source_that_is_not_imported_again_stays_as_it_was(town):
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR}), town.source("club.csv", {"id": "a", **KOOK}))
    before = town.rows
    assert town.take(town.source("uit.json", {"id": "uit-1", **KOOR})).nothing_changed
    assert town.rows == before


def test_sources_imported_one_after_another_give_the_same_as_together(town, tmp_path):
    web = town.source("uit.json", {"id": "uit-1", **KOOR, "url": "https://zang.be/koor"}, {"id": "uit-2", **KOOK})
    sheet = town.source("club.csv", {"id": "koor", **KOOR, "taalicoon": 2})
    town.take(sheet)
    town.take(web)
    (tmp_path / "together").mkdir()
    together = Town(tmp_path / "together")
    together.take(web, sheet)
    assert town.offer.read_bytes() == together.offer.read_bytes()


def test_an_activity_keeps_its_id_when_a_better_source_appears(town):
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR}))
    report = town.take(town.source("club.csv", {"id": "koor", **KOOR, "taalicoon": 2}))
    assert list(town.rows) == ["uit-1"]
    assert report.changed == {"uit-1": ["taalicoon"]}


def test_two_activities_that_turn_out_to_be_one_are_told(town):
    other = {**KOOR, "schedule": "di 19:30-21:30"}
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR}), town.source("club.csv", {"id": "koor", **other}))
    assert len(town.rows) == 2
    report = town.take(town.source("club.csv", {"id": "koor", **KOOR}))
    assert (list(town.rows), report.joined) == (["koor"], ["uit-1"])


# What persons wrote into the offer


def test_local_facts_are_kept_when_a_source_is_imported_anew(town):
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR}))
    town.edit("uit-1", taalicoon="1", interaction="high", facilities="childcare|-wheelchair", places_left="4")
    local = {"taalicoon": 1, "interaction": "high", "facilities": ["childcare", "-wheelchair"], "places_left": 4}
    for price in (3.0, 4.0):
        report = town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "price_eur": price, "taalicoon": 3}))
        assert town.rows["uit-1"] == {"id": "uit-1", **KOOR, "price_eur": price, **local}
        assert report.changed == {"uit-1": ["price_eur"]}
        assert (report.n_local, town.told) == (1, [])


def test_what_a_person_changed_wins_and_is_told_when_the_source_changed_it_too(town):
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "price_eur": 2.0}))
    town.edit("uit-1", price_eur="1")
    same = town.source("uit.json", {"id": "uit-1", **KOOR, "price_eur": 2.0})
    assert town.take(same).nothing_changed
    assert town.told == []
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "price_eur": 5.0}))
    assert town.rows["uit-1"]["price_eur"] == 1
    assert "uit-1: price_eur was filled in by a person and changed at its source" in str(town.told[0])


def test_a_change_by_hand_ends_when_the_source_says_the_same(town):
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "price_eur": 2.0}))
    town.edit("uit-1", price_eur="3")
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "price_eur": 3.0}))
    assert "local" not in town.ledger["uit-1"]
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "price_eur": 4.0}))
    assert town.rows["uit-1"]["price_eur"] == 4


def test_a_cell_made_empty_stays_empty(town):
    source = town.source("uit.json", {"id": "uit-1", **KOOR, "price_eur": 2.0})
    town.take(source)
    town.edit("uit-1", price_eur="")
    town.take(source)
    assert "price_eur" not in town.rows["uit-1"]


def test_what_a_person_filled_in_is_no_longer_assumed_or_derived(town):
    told = {"id": "uit-1", **KOOR, "taalicoon": 2, "assumed": ["taalicoon"], "derived": ["kind=koor"]}
    source = town.source("uit.json", told)
    town.take(source)
    town.edit("uit-1", taalicoon="3", kind="association")
    for _ in range(2):
        town.take(source)
        assert town.rows["uit-1"]["taalicoon"] == 3
        assert not {"assumed", "derived"} & town.rows["uit-1"].keys()


def test_the_day_of_verification_is_the_latest_of_both(town):
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "last_verified": "2026-01-01"}))
    town.edit("uit-1", last_verified="2026-06-01")
    for day, kept in (("2026-03-01", "2026-06-01"), ("2026-09-01", "2026-09-01")):
        town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "last_verified": day}))
        assert town.rows["uit-1"]["last_verified"] == kept


def test_a_row_that_a_person_added_is_kept_and_takes_part(town):
    town.take(town.source("uit.json", {"id": "uit-1", **KOOK}))
    town.edit("eigen", **KOOR, taalicoon="2")
    report = town.take(town.source("uit.json", {"id": "uit-1", **KOOK}, {"id": "uit-2", **KOOR, "price_eur": 1.0}))
    assert town.rows["eigen"] == {"id": "eigen", **KOOR, "taalicoon": 2, "price_eur": 1}
    assert list(town.rows) == ["eigen", "uit-1"]
    assert report.changed == {"eigen": ["price_eur"]}


def test_an_offer_written_by_hand_is_kept_by_its_first_import(town):
    town.offer.write_text("id,title,organiser,kind\neigen,Breien,vzw,informal\n", encoding="utf-8")
    report = town.take(town.source("uit.json", {"id": "uit-1", **KOOR}))
    assert list(town.rows) == ["eigen", "uit-1"]
    assert (report.new, report.n_unchanged) == (["uit-1"], 1)


@pytest.mark.parametrize("part", [1, 2])
def test_an_offer_is_read_in_parts(town, monkeypatch, part):
    monkeypatch.setattr("matcher.importing.present.PART", part)
    source = town.source("uit.json", *({"id": f"uit-{n}", **KOOR, "title": f"Koor {n}"} for n in range(5)))
    town.take(source)
    town.edit("uit-3", taalicoon="2")
    assert town.take(source).n_local == 1
    assert town.rows["uit-3"]["taalicoon"] == 2
    town.offer.write_text(town.offer.read_text(encoding="utf-8") * 2, encoding="utf-8")
    with pytest.raises(InputError, match="offer.csv:7: kind must be one of"):
        town.take(source)


def test_a_row_that_a_person_took_out_comes_back_only_from_a_source_imported_again(town):
    sheet = town.source("club.csv", {"id": "a", **KOOK})
    web = town.source("uit.json", {"id": "uit-1", **KOOR})
    town.take(sheet, web)
    town.edit("a")
    assert town.take(web).removed == ["a"]
    assert list(town.rows) == ["uit-1"]
    assert town.take(sheet).new == ["a"]


def test_without_its_ledger_an_offer_keeps_local_facts_and_takes_the_rest_anew(town):
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "price_eur": 2.0}))
    town.edit("uit-1", taalicoon="1")
    (town.folder / "offer.provenance.jsonl").unlink()
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "price_eur": 3.0}))
    assert town.rows == {"uit-1": {"id": "uit-1", **KOOR, "price_eur": 3, "taalicoon": 1}}


def test_what_a_person_filled_in_and_a_source_changed_must_go_together(town):
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "age_max": 60}))
    town.edit("uit-1", age_min="18")
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "age_max": 12}))
    assert town.rows["uit-1"] == {"id": "uit-1", **KOOR, "age_min": 18, "age_max": 60}
    assert "age_max does not go together with what else is known" in str(town.told[-1])


# Gone and back


def test_what_disappeared_at_its_source_is_gone_and_comes_back(town):
    both = {"id": "uit-1", **KOOR}, {"id": "uit-2", **KOOK}
    town.take(
        town.source("uit.json", *both), town.source("club.csv", {"id": "a", **KOOK, "schedule": "za 10:00-12:00"})
    )
    report = town.take(town.source("uit.json", both[1]))
    assert (report.gone, town.rows["uit-1"]["status"], "status" in town.rows["a"]) == (["uit-1"], "gone", False)
    assert town.take(town.source("uit.json", both[1])).nothing_changed
    report = town.take(town.source("uit.json", *both))
    assert (report.back, "status" in town.rows["uit-1"]) == (["uit-1"], False)


def test_what_another_source_still_has_is_not_gone(town):
    sheet = town.source("club.csv", {"id": "koor", **KOOR})
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "price_eur": 2.0}, {"id": "uit-2", **KOOK}), sheet)
    report = town.take(town.source("uit.json", {"id": "uit-2", **KOOK}))
    assert report.gone == []
    assert town.rows["koor"] == {"id": "koor", **KOOR}


@pytest.mark.parametrize(
    "left",
    [[{"problem": {"rule": "must be JSON", "place": "2"}}, {"id": "uit-2", **KOOK}], []],
    ids=["cut", "empty"],
)
def test_nothing_is_gone_when_its_source_was_cut_or_empty(town, left):
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR}, {"id": "uit-2", **KOOK}))
    report = town.take(town.source("uit.json", *left))
    assert report.gone == []
    assert all("status" not in row for row in town.rows.values())
    assert "earlier records" in str(town.told[-1])


def test_a_document_that_moved_to_another_page_is_not_gone(town):
    one, two = {"id": "uit-1", **KOOR}, {"id": "uit-2", **KOOK}
    third = {"id": "uit-3", **KOOK, "schedule": "za 10:00-12:00"}
    town.take(town.source("1.json", one), town.source("2.json", two))
    assert town.take(town.source("1.json", third, two), town.source("2.json", one)).gone == []


# Doubtful pairs


def doubtful_pair(town):
    return (
        town.source("club.csv", {"id": "koor", **KOOR}),
        town.source("uit.json", {"id": "uit-1", **KOOR, "title": "World singers", "price_eur": 2.0}),
    )


def test_a_doubtful_pair_is_written_for_a_person_and_stays_two(town):
    report = town.take(*doubtful_pair(town))
    assert (report.doubtful, len(town.rows)) == (1, 2)
    (row,) = town.doubtful
    assert (row["title_a"], row["title_b"], row["decision"]) == ("Wereldkoor", "World singers", "")
    assert "same times" in row["why"]
    assert any("offer.doubtful.csv" in line for line in report.lines())


@pytest.mark.parametrize(("decision", "n"), [("same", 1), ("Zelfde ", 1), ("different", 2)])
def test_the_decision_of_a_person_is_followed_from_then_on(town, decision, n):
    sources = doubtful_pair(town)
    town.take(*sources)
    town.decide(decision)
    for _ in range(2):
        report = town.take(*sources)
        assert (len(town.rows), report.doubtful) == (n, 0)
        assert [row["decision"] for row in town.doubtful] == ["same" if n == 1 else "different"]


def test_a_decision_that_cannot_be_read_is_told_and_the_pair_stays_open(town):
    sources = doubtful_pair(town)
    town.take(*sources)
    town.decide("misschien")
    assert town.take(*sources).doubtful == 1
    assert "offer.doubtful.csv:2: decision must be same or different" in str(town.told[0])


def test_titles_are_not_run_by_a_spreadsheet(town):
    town.take(
        town.source("club.csv", {"id": "koor", **KOOR, "title": "=SOM singers"}),
        town.source("uit.json", {"id": "uit-1", **KOOR}),
    )
    assert town.doubtful[0]["title_a"] == "'=SOM singers"


def test_an_offer_without_doubt_has_no_file_of_pairs(town):
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR}))
    assert not (town.folder / "offer.doubtful.csv").exists()


# What goes wrong


def test_when_all_sources_fail_the_offer_stays_as_it_is(town):
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR}))
    before = {path: path.read_bytes() for path in town.folder.iterdir() if path.name.startswith("offer")}
    report = town.take(town.source("uit.json", {"problem": {"rule": "must be JSON"}}))
    assert not report.written
    assert "stays as it was" in next(report.lines())
    assert {path: path.read_bytes() for path in before} == before


def test_a_source_that_is_not_there_is_a_problem_and_the_rest_is_taken(town):
    report = town.take(town.folder / "nowhere.json", town.source("club.csv", {"id": "a", **KOOK}))
    assert (report.errors, list(town.rows)) == (1, ["a"])
    assert "nowhere.json: must be a file that can be read" in str(town.told[0])


def test_an_offer_with_a_row_that_cannot_be_read_is_not_written_anew(town):
    town.offer.write_text("id,title,organiser,kind\neigen,Breien,vzw,breiclub\n", encoding="utf-8")
    before = town.offer.read_bytes()
    with pytest.raises(InputError, match="offer.csv:2: kind must be one of .* this row would be lost"):
        town.take(town.source("uit.json", {"id": "uit-1", **KOOR}))
    assert town.offer.read_bytes() == before


@pytest.mark.parametrize("cut", [lambda lines: lines[:-1], lambda lines: [lines[0][:30], *lines[1:]]])
def test_a_ledger_that_was_cut_is_refused(town, cut):
    source = town.source("uit.json", {"id": "uit-1", **KOOR}, {"id": "uit-2", **KOOK})
    town.take(source)
    ledger = town.folder / "offer.provenance.jsonl"
    ledger.write_text("\n".join(cut(ledger.read_text(encoding="utf-8").splitlines())), encoding="utf-8")
    with pytest.raises(InputError, match="must be as the last import wrote it"):
        town.take(source)


def test_when_writing_fails_the_old_offer_and_ledger_stand(town, monkeypatch):
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR}))
    before = {path: path.read_bytes() for path in town.folder.iterdir() if path.name.startswith("offer")}
    import matcher.importing.rows as rows

    def fail(rows):
        raise OSError("disk full")

    monkeypatch.setattr(rows.Rows, "plain", fail)
    source = town.source("uit.json", {"id": "uit-1", **KOOR, "price_eur": 1.0})
    with pytest.raises(OSError, match="disk full"):
        town.take(source)
    assert {path: path.read_bytes() for path in town.folder.iterdir() if path.name.startswith("offer")} == before


def test_when_the_ledger_cannot_be_written_the_old_offer_stands_too(town, monkeypatch):
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR}))
    before = town.files
    monkeypatch.setattr("matcher.importing.assembling.Item.line", lambda item, records: 1 / 0)
    with pytest.raises(ZeroDivisionError, match="division by zero"):
        town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "price_eur": 1.0}))
    assert town.files == before


KILLED = """
import os, sys
from datetime import date
from pathlib import Path
sys.path.insert(0, "tests")
from test_importing import Town
real, wanted = os.replace, int(sys.argv[2])
def replace(new, old, done=[]):
    real(new, old)
    done.append(old)
    if len(done) == wanted:
        os._exit(9)
os.replace = replace
town = Town(Path(sys.argv[1]))
town.take(town.folder / "uit.json")
"""


@pytest.mark.parametrize("n_replaced", [1, 2, 3])
def test_killed_between_two_replacements_nothing_counts_as_written_by_a_person(town, n_replaced):
    town.take(town.source("uit.json", {"id": "uit-1", **KOOR}))
    town.source("uit.json", {"id": "uit-1", **KOOR, "price_eur": 1.0}, {"id": "uit-2", **KOOK})
    command = [sys.executable, "-c", KILLED, str(town.folder), str(n_replaced)]
    assert subprocess.run(command, check=False).returncode == 9
    report = town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "price_eur": 2.0}))
    assert (report.n_local, sorted(town.files)) == (0, ["offer.csv", "offer.provenance.jsonl"])
    assert town.rows["uit-1"]["price_eur"] == 2.0
    # What came with the import that was killed is gone with its source, and no row of a person.
    assert n_replaced == 1 or town.rows["uit-2"]["status"] == "gone"


def test_an_offer_that_somebody_changed_meanwhile_is_not_replaced(town):
    source = town.source("uit.json", {"id": "uit-1", **KOOR})
    town.take(source)

    def read(path, *, today, format):
        town.edit("uit-1", taalicoon="2")
        return stub(path)

    with pytest.raises(InputError, match="must not be changed while it is imported into"):
        town.take(town.source("uit.json", {"id": "uit-1", **KOOR, "price_eur": 1.0}), read=read)
    assert town.rows["uit-1"]["taalicoon"] == 2
    town.take(source)
    assert (town.rows["uit-1"]["taalicoon"], town.rows["uit-1"]["price_eur"]) == (2, 1.0)


def test_dates_that_a_spreadsheet_wrote_its_own_way_are_no_change(town):
    record = {"id": "uit-1", **KOOR, "start_date": "2026-09-01", "last_verified": "2026-11-02", "price_eur": 2.5}
    source = town.source("uit.json", record)
    town.take(source)
    rows = list(csv.reader(town.offer.read_text(encoding="utf-8").splitlines()))
    cells = {"2026-09-01": "1/09/2026", "2026-11-02": "2/11/2026", "2.5": "2,5"}
    lines = [";".join(cells.get(cell, cell) for cell in row) for row in rows]
    town.offer.write_text("\r\n".join(lines), encoding="utf-8-sig")
    report = town.take(source)
    assert (report.nothing_changed, report.n_local) == (True, 0)


def test_a_record_that_its_source_calls_otherwise_stays_the_same_activity(town):
    town.take(town.source("club.csv", {"id": "1", **KOOR}, {"id": "2", **KOOK}))
    town.edit("1", taalicoon="2")
    renamed = town.source("club.csv", {"id": "x-1", **KOOR}, {"id": "2", **KOOK})
    for _ in range(2):
        town.take(renamed)
        assert sorted(town.rows) == ["1", "2"]
        assert town.rows["1"]["taalicoon"] == 2
        assert "status" not in town.rows["1"]


def test_a_source_that_seems_to_have_another_name_is_told(town):
    town.take(town.source("club.csv", {"id": "1", **KOOR}, {"id": "2", **KOOK}))
    town.take(town.source("club-november.csv", {"id": "1", **KOOR}, {"id": "2", **KOOK}))
    (told,) = town.told
    assert (told.code, told.source) == ("renamed", "club-november.csv")
    assert "seems to be csv:club.csv by another name: 2 of its titles and organisers are the same" in told.rule
    town.take(town.source("other.csv", {"id": "1", **KOOK, "postal_code": "9000", "organiser": "Gentse keuken"}))
    assert [problem for problem in town.told if problem.code == "renamed"] == []


def test_a_sheet_without_ids_that_has_another_name_is_told_too(town):
    town.take(town.source("club.csv", {"id": "club-1", **KOOR}, {"id": "club-2", **KOOK}))
    town.take(town.source("club2.csv", {"id": "club2-1", **KOOR}, {"id": "club2-2", **KOOK}))
    assert [problem.code for problem in town.told] == ["renamed"]


def test_hours_that_end_otherwise_in_another_source_are_told(town):
    town.take(town.source("club.csv", {"id": "1", **KOOR}))
    later = {**KOOR, "schedule": "ma 19:30-22:00"}
    town.take(town.source("uit.json", {"id": "2", **later, "start_date": "2026-09-01"}))
    (told,) = town.told
    assert (told.key, told.code, town.rows["1"]["schedule"]) == ("schedule", "sources_differ", KOOR["schedule"])
    assert town.rows["1"]["start_date"] == "2026-09-01"


def test_which_of_two_a_record_became_is_left_to_a_person(town):
    town.take(town.source("club.csv", {"id": "1", **KOOR}, {"id": "2", **KOOK}))
    town.take(town.source("club.csv", {"id": "x-1", **KOOR}, {"id": "x-2", **KOOR}, {"id": "2", **KOOK}))
    assert sorted(town.rows) == ["1", "2", "x-1", "x-2"]
    assert town.rows["1"]["status"] == "gone"
    assert len(town.doubtful) == 2


@pytest.mark.parametrize(
    ("sources", "offer", "said"),
    [
        (["a.csv"], "offer.pdf", "must be one that ends in .csv, .xlsx, .ics, .jsonld; got 'offer.pdf'"),
        (["x/a.csv", "y/a.csv"], "offer.csv", r"different names.*\['a.csv'\]"),
        (["a.csv", "offer.csv"], "offer.csv", "leave it out of the sources"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path, sources, offer, said):
    with pytest.raises(InputError, match=said):
        check_call([tmp_path / source for source in sources], tmp_path / offer)


def test_what_was_last_verified_long_ago_is_counted(town):
    report = town.take(
        town.source(
            "uit.json",
            {"id": "uit-1", **KOOR, "last_verified": "2025-11-22"},
            {"id": "uit-2", **KOOK, "last_verified": "2025-11-23"},
        )
    )
    assert report.n_stale == 1
    assert any("last verified over a year ago" in line for line in report.lines())


# Whatever comes

WORDS = st.sampled_from(["Koor", "Wereldkoor", "Samen koken", "Yoga", "Babbelcafé Herent"])
RECORDS = st.fixed_dictionaries(
    {"title": WORDS, "kind": st.sampled_from(["culture", "sport"])},
    optional={
        "organiser": st.sampled_from(["Zang vzw", "Buurthuis"]),
        "schedule": st.sampled_from(["ma 19:30-21:30", "di 19:30-21:30", "flex 2u/week"]),
        "postal_code": st.sampled_from(["3020", "9000"]),
        "place": st.sampled_from(["GC De Wildeman", "Bib"]),
        "age_min": st.sampled_from([6, 18]),
        "age_max": st.sampled_from([30, 99]),
        "price_eur": st.sampled_from([0.0, 4.5]),
        "start_date": st.sampled_from(["2026-09-01", "2027-01-10"]),
        "end_date": st.sampled_from(["2027-02-01", "2027-06-30"]),
        "last_verified": st.sampled_from(["2024-01-01", "2026-11-01"]),
        "taalicoon": st.sampled_from([1, 2]),
        "assumed": st.sampled_from([["price_eur"], ["all"]]),
    },
)
SOURCES = st.fixed_dictionaries(
    {name: st.lists(RECORDS, max_size=4) for name in ("uit.json", "club.csv", "stad.csv", "club.ics")}
)


@pytest.mark.slow
@given(SOURCES, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_order_changes_nothing_nor_does_importing_twice_and_no_record_is_lost(tmp_path_factory, made, chance):
    results = []
    for _ in range(2):
        town = Town(tmp_path_factory.mktemp("town"))
        names = list(made)
        chance.shuffle(names)
        sources = []
        for name in names:
            records = [{"id": f"{name[0]}{name[2]}-{n}", **record} for n, record in enumerate(made[name])]
            chance.shuffle(records)
            sources.append(town.source(name, *records))
        report = town.take(*sources)
        ids = [(one["source"], one["fields"]["id"]) for entry in town.ledger.values() for one in entry["records"]]
        assert len(set(ids)) == len(ids)
        if not report.errors:
            assert len(ids) == sum(map(len, made.values()))
        assert {problem.code for problem in town.told if problem.severity == "error"} <= {"missing"}
        results.append((town.offer.read_bytes(), sorted(problem.rule for problem in town.told)))
        before = {path: path.read_bytes() for path in town.folder.iterdir()}
        assert town.take(*sources).nothing_changed
        assert {path: path.read_bytes() for path in town.folder.iterdir()} == before
    assert results[0] == results[1]


@given(
    ids=st.lists(st.sampled_from("abcdef"), min_size=1, unique=True),
    had=st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcxyz")),
    sizes=st.lists(st.integers(1, 3), min_size=6, max_size=6),
)
def test_ids_wished_for_once_are_given_as_if_in_turn(ids, had, sizes):
    records = [
        made_record(read_proposal({"id": identifier, "title": "Koor"}), source=f"ical:{number}", file="k.ics")
        for number, identifier in enumerate(ids)
    ]
    positions = iter(range(len(records)))
    clusters = [cluster for size in sizes if (cluster := tuple(islice(positions, size)))]
    earlier = {record.key: had[record.id] for record in records if record.id in had}
    known = Known(records, earlier)
    assert _named(known, clusters) == _named_in_turn(known, clusters)


@settings(max_examples=20, deadline=None)
@given(offer=offers())
def test_a_record_is_kept_as_its_json(offer):
    for one in offer:
        record = made_record(one, source="csv:a.csv", file="a.csv")
        assert record.data == orjson.dumps(one.to_json())
        assert record.verified == one.to_json().get("last_verified", "")
