import dataclasses
import io
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from matcher.errors import ConflictError, ForbiddenError, InputError, LateError, NotFoundError
from matcher.model import Activity, Profile, read_activity
from matcher.model.access import DEMONSTRATION_ACCOUNTS, Asker
from matcher.model.steps import OutcomeStep
from matcher.service.dossiers import note_step, open_dossier
from matcher.service.offers import (
    EDITABLE,
    OfferQuery,
    add_activity,
    compare_versions,
    decide_pairs,
    drop_files,
    edit_facts,
    edit_record,
    list_calls,
    list_offer,
    list_versions,
    look_at,
    problems_csv,
    report_full,
    restore_version,
    send_files,
    show_record,
    shown,
    take_over,
    verify_record,
)
from tests.offices import NOW, office_of

TODAY = NOW.date()
DESK, COORDINATOR, ANALYST = (DEMONSTRATION_ACCOUNTS[role] for role in ("desk", "coordinator", "analyst"))
CASEWORKER = DEMONSTRATION_ACCOUNTS["caseworker"]
LEUVEN = Asker(account="regie-leuven", role="coordinator", municipality="leuven", municipalities=("leuven",))
CHOIR = Activity(
    id="koor",
    title="Koor",
    organiser="Koor Herent",
    kind="culture",
    last_verified=TODAY,
    places_left=4,
    language="nl",
)
WALK = Activity(
    id="wandelen", title="Wandelen", organiser="Wandelclub", kind="sport", last_verified=date(2024, 3, 1)
)
TABLE = Activity(id="praattafel", title="Praattafel", organiser="Bib", kind="conversation_group")


@pytest.fixture
def office(store):
    """Give an office of which the offer has three records, all of Herent, on each engine."""
    return office_of([CHOIR, WALK, TABLE], store=store)


def rows(office, asker=DESK, **query):
    with office.store.reading() as work:
        return list_offer(office, work, asker, OfferQuery(**query), today=TODAY)


def record(office, activity_id, asker=DESK):
    with office.store.reading() as work:
        return show_record(office, work, asker, activity_id, now=NOW)


def calls(office, asker=DESK, **more):
    with office.store.reading() as work:
        return list_calls(office, work, asker, today=TODAY, **more)


def add(office, asker=DESK, **written):
    with office.store.writing() as work:
        return add_activity(work, asker, written, now=NOW)


def send(office, *files, asker=COORDINATOR, token="t" * 20):
    """Send files given as name and text, and return what they come to."""
    incoming = [(name, io.BytesIO(text.encode())) for name, text in files]
    send_files(office, asker, incoming, token=token, now=NOW)
    return look_at(office, asker, token)[1]


def sheet(*lines):
    return "\n".join(["id;titel;organisatie;soort;dag en uur", *lines])


def propose(office, activity_id, *, n, asker=CASEWORKER, outcome="proposed", on=TODAY):
    """Note in n new dossiers that an activity was proposed."""
    rng = random.Random(n)
    for _ in range(n):
        with office.store.writing() as work:
            dossier = open_dossier(work, asker, Profile(id="x"), now=NOW, rng=rng)
            step = OutcomeStep(activity_id=activity_id, outcome=outcome, on=on.isoformat())
            note_step(work, asker, dossier.code, step, now=NOW)


class TestList:
    def test_the_list_stands_by_title_and_says_what_is_missing(self, office):
        found = rows(office)
        assert [row.activity.id for row in found] == ["koor", "praattafel", "wandelen"]
        assert "language" not in found[0].missing
        assert "price_eur" in found[0].missing
        assert {row.owner for row in found} == {"herent"}

    def test_each_filter_narrows_the_list(self, office):
        assert [row.activity.id for row in rows(office, kind="sport")] == ["wandelen"]
        assert [row.activity.id for row in rows(office, q="bib")] == ["praattafel"]
        assert [row.activity.id for row in rows(office, missing="language")] == ["praattafel", "wandelen"]
        assert rows(office, owner="others") == []
        assert rows(office, day="di") == []
        assert rows(office, state="over") == []

    def test_a_word_that_is_no_filter_is_refused(self, office):
        for key in ("state", "missing", "owner"):
            with pytest.raises(InputError, match=f"{key} must be one of"):
                rows(office, **{key: "zomaar"})
        with pytest.raises(InputError, match="day must be a day of the week"):
            rows(office, day="zomaar")

    def test_what_is_reported_full_stands_as_full_for_everybody(self, office):
        with office.store.writing() as work:
            report_full(work, DESK, "koor", now=NOW)
        assert [row.activity.id for row in rows(office, LEUVEN, state="full")] == ["koor"]


class TestAdd:
    def test_five_fields_make_a_record_that_can_be_proposed(self, office):
        saved = add(
            office,
            title="Naaicafé",
            organiser="Femma Herent",
            kind="association",
            when="elke dinsdag 19u-21u, niet in de schoolvakanties",
            where="Bib Herent, Wilselsesteenweg 15, 3020 Herent, 016 21 14 40",
        )
        made = saved.activity
        assert made.id == "naaicafe-femma-herent"
        assert str(made.schedule) == "di 19:00-21:00"
        assert made.pauses
        assert (made.place, made.address, made.postal_code) == ("Bib Herent", "Wilselsesteenweg 15", "3020")
        assert (made.phone, made.last_verified) == ("016 21 14 40", TODAY)
        assert office.matcher("herent").activity(made.id).interests
        assert [one.key for one in saved.understood] == ["when", "where"]

    def test_the_title_tells_the_kind_when_nobody_chose_one(self, office):
        made = add(office, title="Praattafel voor ouders", organiser="Huis van het Kind").activity
        assert made.kind == "conversation_group"
        assert any(one.startswith("kind=") for one in made.derived)

    def test_what_is_not_known_stays_a_task(self, office):
        made = add(office, title="Naaien", organiser="Femma", kind="association").activity
        missing = record(office, made.id).missing
        assert {"schedule", "distance", "price_eur"} <= set(missing)

    def test_every_field_that_is_wrong_is_named_at_once(self, office):
        with pytest.raises(InputError, match="title is required") as refused:
            add(office, title="", organiser="", kind="zomaar", when="dinsdag")
        assert [problem.key for problem in refused.value.problems] == ["title", "organiser", "when", "kind"]

    def test_a_register_number_is_never_kept(self, office):
        with pytest.raises(InputError, match="where must not hold a national register number"):
            add(office, title="Naaien", organiser="Femma", kind="course", where="bij 85.07.30-033.28")

    def test_the_same_activity_is_not_added_twice_but_another_group_is(self, office):
        written = {"title": "Naaien", "organiser": "Femma", "kind": "course", "when": "di 19-21u"}
        first = add(office, **written).activity
        with pytest.raises(InputError, match="must not be in the offer already"):
            add(office, **{**written, "title": "  naaien"})
        second = add(office, **{**written, "when": "do 19-21u"}).activity
        assert (first.id, second.id) == ("naaien-femma", "naaien-femma-2")

    def test_a_title_without_latin_letters_gets_an_id_too(self, office):
        assert add(office, title="شاي", organiser="مقهى", kind="informal").activity.id == "activiteit"

    def test_an_analyst_may_not_add(self, office):
        with pytest.raises(ForbiddenError, match="'analyst' may not do this"):
            add(office, ANALYST, title="Naaien", organiser="Femma", kind="course")


class TestEdit:
    def edit(self, office, activity_id="koor", asker=DESK, seen=1, asked_today=False, **written):
        with office.store.writing() as work:
            return edit_record(work, asker, activity_id, written, seen=seen, now=NOW, asked_today=asked_today)

    def test_messy_cells_are_understood_and_it_is_said_how(self, office):
        saved = self.edit(office, schedule="elke dinsdag van 19u tot 21u", price_eur="2 euro", age_min="18+")
        assert str(saved.activity.schedule) == "di 19:00-21:00"
        assert saved.activity.price_eur == 2
        assert {one.key for one in saved.understood} >= {"schedule", "price_eur"}
        assert office.matcher("herent").activity("koor").price_eur == 2

    def test_what_was_not_touched_stays_and_makes_no_version(self, office):
        whole = {key: shown(CHOIR, key) for key in EDITABLE}
        assert self.edit(office, **whole).activity == CHOIR
        with office.store.reading() as work:
            assert work.offers.version() == 1

    def test_an_emptied_field_is_unknown_again(self, office):
        assert self.edit(office, places_left="", language="").activity.places_left is None

    def test_what_a_person_fills_in_is_no_longer_assumed_or_derived(self):
        marked = read_activity(
            {
                **WALK.to_json(),
                "taalicoon": 2,
                "assumed": ["taalicoon", "place"],
                "derived": ["taalicoon=wandelen"],
            }
        )
        saved = self.edit(office_of([marked]), "wandelen", taalicoon="3")
        assert saved.activity.assumed == ("place",)
        assert saved.activity.derived == ()

    def test_a_point_on_the_map_goes_with_the_place_it_was_of(self):
        placed = read_activity({**WALK.to_json(), "place": "Zaal", "lat": 50.9, "lon": 4.6})
        saved = self.edit(office_of([placed]), "wandelen", place="Andere zaal", lat="50.9", lon="4.6")
        assert saved.activity.lat is None
        assert saved.understood[-1].key == "lat"

    def test_a_late_change_is_refused_and_nothing_is_lost(self, office):
        self.edit(office, place="Zaal A")
        with pytest.raises(LateError, match="Somebody changed the record 'koor' in the meantime"):
            self.edit(office, place="Zaal B")
        assert office.matcher("herent").activity("koor").place == "Zaal A"

    def test_of_ten_who_change_a_record_at_once_one_does_and_nine_are_told(self, office):
        def change(number):
            try:
                return self.edit(office, place=f"Zaal {number}").activity.place
            except LateError:
                return None

        with ThreadPoolExecutor(10) as pool:
            written = [place for place in pool.map(change, range(10)) if place]
        assert [office.matcher("herent").activity("koor").place] == written

    def test_a_record_of_another_municipality_is_not_changed(self, office):
        with pytest.raises(ForbiddenError, match="is of 'herent': only its own facts"):
            self.edit(office, asker=LEUVEN, place="Zaal")

    def test_every_wrong_cell_is_named(self, office):
        with pytest.raises(InputError, match="schedule must have hours") as refused:
            self.edit(office, schedule="dinsdag", taalicoon="B1")
        assert {problem.key for problem in refused.value.problems} == {"schedule", "taalicoon"}


class TestFacts:
    def note(self, office, data, activity_id="koor", asker=DESK, seen=0):
        with office.store.writing() as work:
            return edit_facts(work, asker, activity_id, data, seen=seen, now=NOW)

    def test_local_facts_count_for_one_municipality_only_also_on_records_of_others(self, office):
        self.note(office, {"taalicoon": 1, "facilities": ["childcare"], "places_left": 2}, asker=LEUVEN)
        assert office.matcher("leuven").activity("koor").facilities == ("childcare",)
        assert office.matcher("herent").activity("koor").facilities == ()

    def test_places_that_are_left_end_a_report_that_it_is_full(self, office):
        with office.store.writing() as work:
            report_full(work, DESK, "koor", now=NOW)
        self.note(office, {"places_left": 3})
        assert office.matcher("leuven").activity("koor").places_left == 4

    def test_a_colleague_who_was_first_is_not_overwritten(self, office):
        self.note(office, {"taalicoon": 1})
        with pytest.raises(LateError, match="A colleague noted something"):
            self.note(office, {"taalicoon": 2})
        self.note(office, {}, seen=2)
        with pytest.raises(LateError, match="A colleague noted something"):
            self.note(office, {"taalicoon": 2}, seen=2)

    def test_the_day_of_verification_stays_when_other_facts_change(self, office):
        with office.store.writing() as work:
            verify_record(work, DESK, "wandelen", now=NOW)
        assert self.note(office, {"taalicoon": 2}, "wandelen", seen=2).last_verified == TODAY

    def test_a_day_to_come_is_no_day_of_verification(self, office):
        with pytest.raises(InputError, match="last_verified must not be after today"):
            self.note(office, {"last_verified": "2026-12-24"})

    def test_verifying_ends_a_report_that_it_is_full_for_everybody(self, office):
        with office.store.writing() as work:
            report_full(work, DESK, "koor", now=NOW)
            verify_record(work, LEUVEN, "koor", now=NOW)
        assert office.matcher("herent").activity("koor").places_left == 4

    def test_an_import_that_was_verified_later_is_not_made_older_by_a_local_fact(self, office):
        self.note(office, {"last_verified": "2026-01-05"}, "koor")
        assert office.matcher("herent").activity("koor").last_verified == TODAY

    def test_what_is_not_there_cannot_be_noted(self, office):
        for act in (report_full, verify_record):
            with office.store.writing() as work, pytest.raises(NotFoundError, match="There is no activity"):
                act(work, DESK, "weg", now=NOW)


class TestCallList:
    def test_the_oldest_and_the_unknown_come_and_the_fresh_do_not(self, office):
        found = calls(office)
        assert [(one.activity.id, one.reasons) for one in found] == [
            ("praattafel", ("unverified",)),
            ("wandelen", ("old",)),
        ]
        assert "schedule" in found[0].missing

    def test_what_is_proposed_most_comes_first(self, office):
        propose(office, "wandelen", n=2)
        assert [one.activity.id for one in calls(office)] == ["wandelen", "praattafel"]

    def test_often_proposed_since_it_was_verified_is_worth_a_call(self):
        stale = CHOIR.model_copy(update={"last_verified": TODAY - timedelta(days=120)})
        office = office_of([stale])
        propose(office, "koor", n=3)
        assert [one.reasons for one in calls(office)] == [("often",)]
        with office.store.writing() as work:
            verify_record(work, DESK, "koor", now=NOW)
        assert calls(office) == []

    def test_who_may_not_read_dossiers_sees_no_small_counts(self, office):
        propose(office, "wandelen", n=2)
        assert [one.counted.proposed for one in calls(office, COORDINATOR)] == [None, None]
        assert [one.counted.proposed for one in calls(office)] == [2, 0]
        assert record(office, "wandelen", ANALYST).counted.proposed is None

    def test_records_of_others_come_when_they_are_asked_for(self, office):
        assert calls(office, LEUVEN) == []
        assert len(calls(office, LEUVEN, others=True)) == 2

    def test_verifying_takes_a_record_off_the_list_and_full_puts_it_on(self, office):
        with office.store.writing() as work:
            verify_record(work, DESK, "wandelen", now=NOW)
            report_full(work, DESK, "koor", now=NOW)
        assert [(one.activity.id, one.reasons) for one in calls(office)] == [
            ("praattafel", ("unverified",)),
            ("koor", ("full",)),
        ]

    def test_an_analyst_has_no_call_list(self, office):
        with pytest.raises(ForbiddenError, match="may not do this"):
            calls(office, ANALYST)


class TestImport:
    def test_a_file_is_looked_at_before_anything_changes(self, office):
        outcome = send(office, ("club.csv", sheet("naaien;Naaien;Femma;cursus;di 19-21u")))
        assert [(one.kind, one.activity_id) for one in outcome.differences] == [("new", "naaien")]
        with office.store.reading() as work:
            assert work.offers.version() == 1

    def test_taking_over_makes_one_version_and_forgets_the_files(self, office):
        send(office, ("club.csv", sheet("naaien;Naaien;Femma;cursus;di 19-21u", "yoga;Yoga;Femma;sport;")))
        version = take_over(office, COORDINATOR, "t" * 20, now=NOW)
        assert (version.number, version.kind, version.note, version.n_activities) == (2, "import", "club.csv", 5)
        assert str(office.matcher("herent").activity("naaien").schedule) == "di 19:00-21:00"
        with pytest.raises(NotFoundError, match="no longer kept"):
            take_over(office, COORDINATOR, "t" * 20, now=NOW)

    def test_the_next_import_knows_what_the_last_one_wrote(self, office):
        send(office, ("club.csv", sheet("naaien;Naaien;Femma;cursus;di 19-21u", "yoga;Yoga;Femma;sport;")))
        take_over(office, COORDINATOR, "t" * 20, now=NOW)
        again = send(office, ("club.csv", sheet("naaien;Naaien;Femma;cursus;wo 19-21u")))
        assert [(one.kind, one.activity_id) for one in again.differences] == [
            ("changed", "naaien"),
            ("gone", "yoga"),
        ]
        assert again.differences[0].keys["schedule"] == ("di 19:00-21:00", "wo 19:00-21:00")

    def test_what_was_changed_in_a_page_stays_when_the_source_comes_again(self, office):
        file = ("club.csv", sheet("naaien;Naaien;Femma;cursus;di 19-21u"))
        send(office, file)
        take_over(office, COORDINATOR, "t" * 20, now=NOW)
        with office.store.writing() as work:
            edit_record(work, DESK, "naaien", {"place": "Zaal"}, seen=2, now=NOW)
        assert send(office, file).differences == []

    def test_two_people_at_once_the_second_is_told(self, office):
        send(office, ("een.csv", sheet("naaien;Naaien;Femma;cursus;")), token="a" * 20)
        send(office, ("twee.csv", sheet("yoga;Yoga;Femma;sport;")), token="b" * 20)
        take_over(office, COORDINATOR, "a" * 20, now=NOW)
        with pytest.raises(ConflictError, match="Compare them again"):
            take_over(office, COORDINATOR, "b" * 20, now=NOW)
        decide_pairs(office, COORDINATOR, "b" * 20, {}, now=NOW)
        take_over(office, COORDINATOR, "b" * 20, now=NOW)
        assert {row.activity.id for row in rows(office)} >= {"naaien", "yoga", "koor"}

    def test_of_ten_who_take_over_at_once_one_does_and_nine_are_told(self, office):
        for number in range(10):
            send(
                office,
                (f"{number}.csv", sheet(f"n-{number};Naaien {number};Femma;cursus;")),
                token=f"{number}" * 20,
            )

        def take(number):
            try:
                return take_over(office, COORDINATOR, f"{number}" * 20, now=NOW).number
            except ConflictError:
                return None

        with ThreadPoolExecutor(10) as pool:
            taken = [version for version in pool.map(take, range(10)) if version]
        assert taken == [2]
        assert len(rows(office)) == 4

    def test_a_local_fact_in_between_does_not_hinder(self, office):
        send(office, ("een.csv", sheet("naaien;Naaien;Femma;cursus;")))
        with office.store.writing() as work:
            report_full(work, DESK, "koor", now=NOW)
        assert take_over(office, COORDINATOR, "t" * 20, now=NOW)

    def test_a_record_of_another_municipality_is_never_overwritten(self, office):
        outcome = send(office, ("club.csv", sheet("koor;Koor;Ander koor;cultuur;")), asker=LEUVEN)
        assert outcome.differences == []
        assert "is the id of a record of herent" in str(outcome.problems[0])
        take_over(office, LEUVEN, "t" * 20, now=NOW)
        assert office.matcher("herent").activity("koor").organiser == "Koor Herent"

    def test_an_id_that_another_took_in_between_is_not_overwritten(self, office):
        send(office, ("een.csv", sheet("naaien;Naaien;Femma;cursus;")), asker=LEUVEN, token="a" * 20)
        send(office, ("een.csv", sheet("naaien;Naaien;Femma;cursus;")), token="b" * 20)
        take_over(office, COORDINATOR, "b" * 20, now=NOW)
        with pytest.raises(ConflictError, match="Compare them again"):
            take_over(office, LEUVEN, "a" * 20, now=NOW)

    def test_a_file_that_is_none_changes_nothing_and_says_why(self, office):
        outcome = send(office, ("foto.jpg", "\xff\xd8\xff geen lijst"))
        assert not outcome.written
        assert outcome.problems[0].source == "foto.jpg"
        with pytest.raises(ConflictError, match="Nothing could be taken"):
            take_over(office, COORDINATOR, "t" * 20, now=NOW)

    def test_the_report_of_problems_is_a_file_that_a_spreadsheet_does_not_run(self, office):
        outcome = send(office, ("club.csv", sheet("naaien;Naaien;Femma;=cmd();dinsdag")))
        lines = problems_csv(outcome.problems).decode("utf-8-sig").splitlines()
        assert lines[0] == "severity,file,place,column,value,rule,remedy"
        assert any("club.csv" in line and "schedule" in line for line in lines)
        assert not any(cell.startswith("=") for line in lines for cell in line.split(","))

    def test_doubtful_pairs_are_decided_once_and_remembered(self, office):
        head = "id;titel;organisatie;soort;dag en uur;plaats;postcode\n"
        rest = "Zang vzw;cultuur;ma 19:30-21:30;GC De Wildeman;3020"
        one, other = f"{head}a;Wereldkoor;{rest}", f"{head}b;World singers;{rest}"
        outcome = send(office, ("een.csv", one), ("twee.csv", other))
        assert len(outcome.pairs) == 1
        decide_pairs(office, COORDINATOR, "t" * 20, {0: "same"}, now=NOW)
        _, decided, _ = look_at(office, COORDINATOR, "t" * 20)
        assert len(decided.differences) == len(outcome.differences) - 1
        take_over(office, COORDINATOR, "t" * 20, now=NOW)
        assert send(office, ("een.csv", one), ("twee.csv", other)).differences == []

    def test_nothing_is_sent_too_much_is_sent_and_each_is_told(self, office, monkeypatch):
        with pytest.raises(InputError, match="files is required"):
            send(office)
        monkeypatch.setattr("matcher.service.offers.importing.MOST_BYTES", 10)
        with pytest.raises(InputError, match="files must be 50 MiB at most"):
            send(office, ("a.csv", "12345"), ("b.csv", "1234567"))

    def test_files_of_one_name_and_names_with_folders_are_kept_apart(self, office):
        text = sheet("naaien;Naaien;Femma;cursus;")
        send(office, ("../map/club.csv", text), ("club.csv", text.replace("naaien;Naaien", "yoga;Yoga")))
        version = take_over(office, COORDINATOR, "t" * 20, now=NOW)
        assert version.note == "club-2.csv, club.csv"

    def test_a_desk_worker_may_not_import_and_others_files_are_not_there(self, office):
        with pytest.raises(ForbiddenError, match="may not do this"):
            send(office, ("club.csv", sheet()), asker=DESK)
        send(office, ("club.csv", sheet("naaien;Naaien;Femma;cursus;")))
        with pytest.raises(NotFoundError, match="no longer kept"):
            look_at(office, LEUVEN, "t" * 20)

    def test_files_that_nobody_decided_about_go_away(self, office):
        send(office, ("club.csv", sheet("naaien;Naaien;Femma;cursus;")), token="a" * 20)
        file = ("club.csv", io.BytesIO(b"titel;organisatie\nYoga;Femma"))
        send_files(office, COORDINATOR, [file], token="b" * 20, now=NOW + timedelta(days=3))
        with pytest.raises(NotFoundError, match="no longer kept"):
            look_at(office, COORDINATOR, "a" * 20)
        drop_files(office, COORDINATOR, "b" * 20)
        with pytest.raises(NotFoundError, match="no longer kept"):
            look_at(office, COORDINATOR, "b" * 20)


class TestVersions:
    def restore(self, office, number, *, seen, asker=COORDINATOR):
        with office.store.writing() as work:
            return restore_version(work, asker, number, seen=seen, now=NOW)

    def test_two_versions_differ_in_words_that_can_be_read(self, office):
        add(office, title="Naaien", organiser="Femma", kind="course")
        with office.store.writing() as work:
            edit_record(work, DESK, "koor", {"place": "Zaal"}, seen=1, now=NOW)
        with office.store.reading() as work:
            found = compare_versions(work, ANALYST, 1, 3)
            kinds = [version.kind for version in list_versions(work, ANALYST)]
        assert [(one.kind, one.activity_id) for one in found] == [("changed", "koor"), ("new", "naaien-femma")]
        assert found[0].keys == {"place": (None, "Zaal")}
        assert kinds == ["record", "record", "import"]

    def test_an_old_version_is_put_back_as_a_version_of_its_own(self, office):
        send(office, ("club.csv", sheet("naaien;Naaien;Femma;cursus;")))
        take_over(office, COORDINATOR, "t" * 20, now=NOW)
        before = office.matcher("herent").offer_version
        version = self.restore(office, 1, seen=2)
        assert (version.number, version.kind, version.note) == (3, "restored", "1")
        assert {row.activity.id for row in rows(office)} == {"koor", "wandelen", "praattafel"}
        self.restore(office, 2, seen=3)
        assert office.matcher("herent").offer_version == before

    def test_the_next_import_after_a_restore_does_as_if_nothing_had_happened(self, office):
        file = ("club.csv", sheet("naaien;Naaien;Femma;cursus;"))
        send(office, file)
        take_over(office, COORDINATOR, "t" * 20, now=NOW)
        self.restore(office, 1, seen=2)
        assert [(one.kind, one.activity_id) for one in send(office, file).differences] == [("new", "naaien")]

    def test_records_of_others_stay_as_they_are(self, office):
        send(office, ("l.csv", sheet("leuven-koor;Koor;Leuvens koor;cultuur;")), asker=LEUVEN)
        take_over(office, LEUVEN, "t" * 20, now=NOW)
        add(office, title="Naaien", organiser="Femma", kind="course")
        self.restore(office, 1, seen=3)
        assert "leuven-koor" in {row.activity.id for row in rows(office)}

    def test_a_change_in_between_is_told_and_nothing_to_put_back_too(self, office):
        add(office, title="Naaien", organiser="Femma", kind="course")
        with pytest.raises(ConflictError, match="Look at the difference again"):
            self.restore(office, 1, seen=1)
        with pytest.raises(ConflictError, match="nothing to put back"):
            self.restore(office, 2, seen=2)

    def test_a_version_that_never_was_is_not_found(self, office):
        for number in (0, 9):
            with pytest.raises(NotFoundError, match=f"There is no version {number}"):
                self.restore(office, number, seen=9)

    def test_only_a_coordinator_puts_back(self, office):
        with pytest.raises(ForbiddenError, match="may not do this"):
            self.restore(office, 1, seen=1, asker=dataclasses.replace(COORDINATOR, role="desk"))
