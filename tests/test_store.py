"""The store, on both engines."""

import random
import threading
from datetime import date, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from matcher import read_activity
from matcher.errors import BusyError, ConflictError, InputError, LateError, NotFoundError
from matcher.model.dossier import Dossier
from matcher.model.offer import DeskRequest, LocalFacts
from matcher.model.profile import read_profile
from matcher.service.office import Office, fill_office
from matcher.store import Store, database, tables
from matcher.store.offers import SHARED, activities_of
from tests.offices import NOW

EMPTY = Dossier(
    code="6P4-B5KT",
    municipality="herent",
    profile=read_profile({"id": "6P4-B5KT", "wishes": "وأريد أن 🙂"}),
    version=0,
    opened_on=NOW.date(),
    asked_by="other",
)
WHO = {"at": NOW, "role": "desk"}
IDS = ["a", "b", "c"]


def activity(id_, title="T", **more):
    return read_activity({"id": id_, "title": title, "organiser": "O", "kind": "informal", **more})


def write(store, changed, *, kind="record", municipality="herent"):
    with store.writing() as work:
        return work.offers.change_records(changed, municipality=municipality, kind=kind, note="n", **WHO)


def know(store, id_, facts, municipality="herent"):
    with store.writing() as work:
        return work.offers.change_facts(id_, facts, municipality=municipality, note=id_, **WHO)


def titles(store, number=None):
    with store.reading() as work:
        return {one.activity_id: one.content["title"] for one in work.offers.records(number=number)}


# Transactions


def test_the_migrations_leave_the_tables_that_the_program_knows(store):
    with store.reading() as work:
        differences = compare_metadata(MigrationContext.configure(work._connection), tables.metadata)
    assert differences == []


def test_what_fails_is_not_written_at_all(store):
    with pytest.raises(ConflictError, match="already"), store.writing() as work:  # noqa: PT012
        work.dossiers.add(EMPTY, **WHO)
        work.offers.change_records({"a": activity("a")}, municipality="x", kind="import", note="", **WHO)
        work.dossiers.add(EMPTY, **WHO)
    with store.reading() as work:
        assert (work.dossiers.of(["herent"]), work.offers.version(), work.offers.records()) == ([], 0, [])


def test_who_reads_sees_one_state_whatever_is_written_meanwhile(store):
    write(store, {"a": activity("a")})
    with store.reading() as work:
        assert work.offers.version() == 1
        write(store, {"b": activity("b")})
        assert (work.offers.version(), len(work.offers.records())) == (1, 1)
    with store.reading() as work:
        assert (work.offers.version(), len(work.offers.records())) == (2, 2)


def test_who_reads_cannot_write_by_mistake(store):
    with pytest.raises(DBAPIError, match="read-?only"), store.reading() as work:
        work.keep_setting("a", "b")
    with store.writing() as work:
        assert work.setting("a") is None
        assert work.keep_setting("a", "c") == "c"


def test_who_cannot_have_the_lock_in_time_is_told_to_try_again(store_url, monkeypatch):
    monkeypatch.setattr(database, "BUSY_S", 0.1)
    store = Store(store_url)
    with store.writing() as work:
        work.dossiers.add(EMPTY, **WHO)
    with store.writing() as first:
        first.dossiers.get(EMPTY.code, lock=True)
        with (
            pytest.raises(BusyError, match="does not answer now. Try again in a moment"),
            store.writing() as second,
        ):
            second.dossiers.get(EMPTY.code, lock=True)
    with store.writing() as work:
        assert work.dossiers.get(EMPTY.code, lock=True).version == 1
    store.close()


def test_many_threads_that_read_and_write_wait_for_no_connection(store):
    write(store, {"a": activity("a")})
    office, failed = Office(store), []

    def work_on(number):
        try:
            with store.reading() as work:
                office.matcher(f"m{number % 3}")
                assert work.offers.version() >= 1
            with store.writing() as work:
                work.keep_setting(f"s{number}", "x")
                office.matcher()
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work_on, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


@pytest.mark.postgresql
def test_a_server_that_went_away_is_a_clear_refusal_and_is_found_again(cluster):
    store = Store(cluster.url(cluster.new()))
    store.migrate()

    def end_all():
        with cluster.connect("postgres") as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' "
                "AND pid <> pg_backend_pid()"
            )

    with pytest.raises(BusyError, match="The database does not answer now"), store.writing() as work:  # noqa: PT012
        work.keep_setting("a", "b")
        end_all()
        work.keep_setting("c", "d")
    with store.writing() as work:
        assert work.setting("a") is None
    end_all()
    with store.reading() as work:
        assert work.setting("a") is None
    store.close()


def test_a_setting_is_set_once(store):
    with store.writing() as work:
        assert [work.keep_setting("a", value) for value in ("1", "2")] == ["1", "1"]
    with store.reading() as work:
        assert (work.setting("a"), work.setting("b")) == ("1", None)


# Dossiers


def test_a_dossier_comes_back_as_it_was_written(store):
    with store.writing() as work:
        added = work.dossiers.add(EMPTY, **WHO)
    with store.reading() as work:
        assert work.dossiers.get(EMPTY.code) == added
    with pytest.raises(ConflictError, match="There is a dossier '6P4-B5KT' already"), store.writing() as work:
        work.dossiers.add(EMPTY, **WHO)


@pytest.mark.parametrize("code", ["", "x", "6p4-b5kt", "\x00", "6P4\x00", "\udc80", "é" * 500, "' OR 1=1"])
def test_a_code_that_is_not_there_is_not_found(store, code):
    with store.reading() as work:
        for look in (work.dossiers.get, work.offers.record):
            with pytest.raises(NotFoundError, match="There is no"):
                look(code)


def test_who_changes_a_dossier_that_somebody_changed_is_late_and_writes_nothing(store):
    with store.writing() as work:
        old = work.dossiers.add(EMPTY, **WHO)
    with store.writing() as work:
        work.dossiers.change_profile(old, read_profile({"id": old.code, "interests": ["sewing"]}), **WHO)
    for change in (
        lambda work: work.dossiers.change_profile(old, EMPTY.profile, **WHO),
        lambda work: work.dossiers.append(old, "ended", {"ending": "moved", "on": "2026-11-01"}, **WHO),
        lambda work: work.dossiers.undo(old, old.events[0], **WHO),
    ):
        with pytest.raises(LateError, match="Somebody changed the dossier"), store.writing() as work:
            change(work)
    with store.reading() as work:
        kept = work.dossiers.get(old.code)
    assert (kept.version, len(kept.events), kept.ending) == (2, 2, None)
    assert kept.profile.interests == ("sewing",)


def test_deleting_a_dossier_deletes_all_that_was_noted_in_it(store):
    with store.writing() as work:
        dossier = work.dossiers.add(EMPTY, **WHO)
        work.dossiers.set_feed(dossier.code, "d" * 64, at=NOW)
    with store.writing() as work:
        work.dossiers.delete(dossier)
    with store.reading() as work:
        assert work.dossiers.noted(kinds=["opened"]) == []
        with pytest.raises(NotFoundError, match="There is no such calendar"):
            work.dossiers.of_feed("d" * 64)


def test_dossiers_are_listed_by_code_a_page_at_a_time(store):
    codes = ["9ZZ-ZZZZ", "B-2", "a-1", "b", "B2"]
    with store.writing() as work:
        for number, code in enumerate(codes):
            where = "leuven" if number == 3 else "herent"
            work.dossiers.add(
                Dossier(
                    **{name: getattr(EMPTY, name) for name in ("profile", "version", "opened_on", "asked_by")},
                    code=code,
                    municipality=where,
                ),
                **WHO,
            )
    with store.reading() as work:

        def listed(**how):
            return [one.code for one in work.dossiers.of(["herent"], **how)]

        assert listed() == sorted(set(codes) - {"b"})
        assert listed(limit=2) == ["9ZZ-ZZZZ", "B-2"]
        assert listed(after="B-2") == ["B2", "a-1"]
        assert listed(ended=True) == []


def test_a_calendar_has_one_link_that_can_be_taken_back(store):
    with store.writing() as work:
        work.dossiers.add(EMPTY, **WHO)
        for digest in ("1" * 64, "2" * 64):
            work.dossiers.set_feed(EMPTY.code, digest, at=NOW)
    with store.reading() as work:
        assert work.dossiers.of_feed("2" * 64).code == EMPTY.code
        assert work.dossiers.feed_made_at(EMPTY.code) == NOW
        with pytest.raises(NotFoundError, match="There is no such calendar. Ask for a new link"):
            work.dossiers.of_feed("1" * 64)
    with store.writing() as work:
        work.dossiers.revoke_feed(EMPTY.code)
        assert work.dossiers.feed_made_at(EMPTY.code) is None
    with pytest.raises(LateError, match="Somebody changed this in the meantime"), store.writing() as work:
        work.dossiers.set_feed("no-such", "3" * 64, at=NOW)


# Requests


def test_the_same_request_again_gives_the_same_answer_and_another_one_is_refused(store):
    with store.writing() as work:
        assert work.answered("demo", "k", "d", at=NOW) is None
        work.keep_answer("demo", "k", {"code": "é"})
    with store.writing() as work:
        assert work.answered("demo", "k", "d", at=NOW) == {"code": "é"}
        assert work.answered("other", "k", "d", at=NOW) is None
        with pytest.raises(ConflictError, match="The Idempotency-Key was used for another request"):
            work.answered("demo", "k", "other", at=NOW)


def test_a_request_that_failed_may_be_sent_again(store):
    with pytest.raises(InputError, match="wrong"), store.writing() as work:  # noqa: PT012
        work.answered("demo", "k", "d", at=NOW)
        raise InputError("wrong")
    with store.writing() as work:
        assert work.answered("demo", "k", "d", at=NOW) is None


def test_requests_at_the_desk_are_counted_by_day_and_municipality(store):
    def asked(on, municipality):
        return DeskRequest(
            municipality=municipality, on=on, asked_by="other", interests=("sewing",), half_days=(), n_allowed=3
        )

    days = [date(2026, 11, day) for day in (1, 2, 3)]
    with store.writing() as work:
        for on in days:
            for municipality in ("herent", "leuven"):
                work.add_request(asked(on, municipality))
    with store.reading() as work:
        assert work.requests(["herent"], since=days[0], until=days[1]) == [asked(on, "herent") for on in days[:2]]


# The offer


CHANGES = st.lists(
    st.dictionaries(st.sampled_from(IDS), st.none() | st.text("xyz", min_size=1, max_size=3), min_size=1),
    min_size=1,
    max_size=6,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES)
def test_every_version_stays_as_it_was_written_and_can_be_put_back(store, changes):
    with store.reading() as work:
        first = work.offers.version()
    history, now = {first: titles(store)}, titles(store)
    for changed in changes:
        version = write(store, {id_: title and activity(id_, title) for id_, title in changed.items()})
        now = {id_: title for id_, title in {**now, **changed}.items() if title}
        history[version.number] = now
        assert version.n_activities == len(now)
    assert {number: titles(store, number) for number in history} == history
    back = dict.fromkeys(titles(store)) | {id_: activity(id_, t) for id_, t in history[first].items()}
    write(store, back, kind="restored")
    assert titles(store) == history[first]
    assert {number: titles(store, number) for number in history} == history


def test_a_local_fact_stands_above_the_record_for_who_noted_it(store):
    write(store, {"a": activity("a", taalicoon=1, places_left=4, facilities=["wheelchair", "childcare"])})
    know(store, "a", LocalFacts(taalicoon=3, facilities=("-wheelchair",)))
    know(store, "a", LocalFacts(taalicoon=2), "leuven")
    know(store, "a", LocalFacts(reported_full=date(2026, 11, 1)), SHARED)
    with store.reading() as work:
        seen = {
            where: activities_of(work.offers.records(), work.offers.facts(where))[0]
            for where in ("herent", "leuven", "rotselaar")
        }
    assert {where: one.taalicoon for where, one in seen.items()} == {"herent": 3, "leuven": 2, "rotselaar": 1}
    assert {one.places_left for one in seen.values()} == {0}
    assert set(seen["herent"].facilities) == {"childcare", "-wheelchair"}
    assert set(seen["leuven"].facilities) == {"childcare", "wheelchair"}


def test_facts_of_others_make_no_new_version_for_a_municipality(store):
    write(store, {"a": activity("a")})
    know(store, "a", LocalFacts(taalicoon=2), "leuven")
    with store.reading() as work:
        assert [work.offers.version(where) for where in ("herent", "leuven", None)] == [1, 2, 2]
    know(store, "a", LocalFacts(reported_full=NOW.date()), SHARED)
    with store.reading() as work:
        assert [work.offers.version(where) for where in ("herent", "leuven", None)] == [3, 3, 3]


def test_facts_that_are_taken_away_are_gone(store):
    write(store, {"a": activity("a")})
    know(store, "a", LocalFacts(taalicoon=2))
    know(store, "a", LocalFacts())
    with store.reading() as work:
        assert (work.offers.own_facts("herent", "a"), work.offers.facts("herent")) == (LocalFacts(), {})


def test_a_ledger_is_the_last_one_that_was_kept(store):
    with store.writing() as work:
        assert work.offers.ledger("herent") is None
        for content in (b"1", b"\x00\xff"):
            work.offers.keep_ledger("herent", content)
    with store.reading() as work:
        assert (work.offers.ledger("herent"), work.offers.ledger("leuven")) == (b"\x00\xff", None)


def test_an_offer_in_use_stays_as_it_was_and_the_next_one_who_asks_gets_the_new_one(store):
    write(store, {"a": activity("a", "Old")})
    office = Office(store)
    old = office.matcher()
    assert office.matcher() is old
    write(store, {"a": activity("a", "New")})
    know(store, "a", LocalFacts(taalicoon=2), "leuven")
    new = office.matcher()
    assert (old.activity("a").title, new.activity("a").title) == ("Old", "New")
    know(store, "a", LocalFacts(taalicoon=3), "leuven")
    assert office.matcher() is new


def test_threads_that_ask_while_versions_come_and_go_always_get_an_offer(store):
    write(store, {"a": activity("a")})
    office, failed = Office(store), []

    def ask():
        try:
            for _ in range(15):
                assert office.matcher().activity("a").title
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(15):
        write(store, {"a": activity("a", f"T{number}")})
    for thread in threads:
        thread.join()
    assert failed == []


@pytest.mark.parametrize("first", ["demonstration", "real"])
def test_demonstration_and_real_data_do_not_come_together(store, first):
    made_up = activity("a", source="example")
    offers = {"demonstration": [made_up], "real": [activity("a")]}
    assert made_up.is_demonstration
    fill_office(store, offers.pop(first), municipality="herent", now=NOW)
    with pytest.raises(
        InputError, match=f"DATABASE_URL must be of an empty database.* this one holds {first} data"
    ):
        fill_office(store, next(iter(offers.values())), municipality="herent", now=NOW)


def test_a_first_offer_is_taken_up_once(store):
    for _ in range(2):
        fill_office(store, [activity("a")], municipality="herent", now=NOW + timedelta(days=1))
    with store.reading() as work:
        assert work.offers.version() == 1


def test_random_codes_do_not_clash_with_what_is_there(store):
    from matcher.model.access import DEMONSTRATION_ACCOUNTS
    from matcher.service.dossiers import open_dossier

    with store.writing() as work:
        codes = [
            open_dossier(work, DEMONSTRATION_ACCOUNTS["desk"], EMPTY.profile, now=NOW, rng=random.Random(1)).code
            for _ in range(3)
        ]
    assert len(set(codes)) == 3
