import random
from collections import Counter
from datetime import date, timedelta

import pytest

from matcher.dossiers import read_code
from matcher.model import read_profile
from matcher.model.access import DEMONSTRATION_ACCOUNTS
from matcher.service.demonstration import DAYS_BACK, N_DOSSIERS, N_REQUESTS, fill_demonstration
from matcher.service.dossiers import held_places, open_dossier, undo_last
from tests.herent import herent_offer, herent_office, lived_in_office
from tests.offices import NOW, office_of

pytestmark = pytest.mark.slow

CASEWORKER = DEMONSTRATION_ACCOUNTS["caseworker"]


@pytest.fixture(scope="module")
def office():
    """Fill a demonstration; the tests only read it."""
    office = herent_office()
    assert fill_demonstration(office, now=NOW, rng=random.Random(6)) == sum(N_DOSSIERS.values())
    return office


@pytest.fixture(scope="module")
def dossiers(office):
    with office.store.reading() as work:
        return work.dossiers.of(list(N_DOSSIERS))


def test_each_municipality_has_its_dossiers_and_requests(office, dossiers):
    assert Counter(one.municipality for one in dossiers) == N_DOSSIERS
    with office.store.reading() as work:
        for municipality, count in N_REQUESTS.items():
            days = {"since": NOW.date() - timedelta(days=DAYS_BACK + 2), "until": NOW.date()}
            assert len(work.requests([municipality], **days)) == count


def test_everything_that_can_happen_has_happened_to_somebody(dossiers):
    outcomes = {one.outcome for dossier in dossiers for one in dossier.followed}
    assert outcomes >= {"proposed", "waiting", "chosen", "visit_planned", "attended", "stopped", "declined"}
    states = {proof.state for dossier in dossiers for proof in dossier.proofs}
    assert states == {"given", "signed", "back", "checked"}
    assert {dossier.ending for dossier in dossiers} == {None, "finished", "moved", "stopped"}
    assert {own.decision for dossier in dossiers for own in dossier.own} >= {"fits", "does_not_fit"}
    reasons = {one.reason for dossier in dossiers for one in dossier.followed}
    assert reasons >= {"times", "too_far", "full", "not_my_thing", "no_answer"}


def test_a_first_visit_was_planned_for_yesterday(dossiers):
    yesterday = NOW.date() - timedelta(days=1)
    assert yesterday in {one.visit_on for dossier in dossiers for one in dossier.followed}


def test_who_finished_has_40_hours_proved(dossiers):
    finished = [dossier for dossier in dossiers if dossier.ending == "finished"]
    assert finished
    assert all(dossier.hours_before + dossier.hours_proved >= 40 for dossier in finished)


def test_nothing_lies_ahead_or_before_the_half_year(dossiers):
    first = NOW.date() - timedelta(days=DAYS_BACK + 2)
    for dossier in dossiers:
        moments = [event.at for event in dossier.events]
        assert moments == sorted(moments)
        assert moments[-1] <= NOW
        assert dossier.opened_on >= first
        assert all(date.fromisoformat(event.data["on"]) <= NOW.date() for event in dossier.events[1:])


def test_every_code_is_a_code_and_every_profile_one_that_can_be_read(dossiers):
    for dossier in dossiers:
        assert read_code(dossier.code) == dossier.code == dossier.profile.id
        assert read_profile(dossier.profile.to_json()) == dossier.profile


def test_a_made_up_dossier_can_be_gone_on_with():
    office = lived_in_office()
    with office.store.writing() as work:
        dossier = next(one for one in work.dossiers.of(["herent"], ended=False) if one.undoable)
        version = undo_last(work, CASEWORKER, dossier.code, now=NOW, seen=dossier.version).version
        assert version == dossier.version + 1


def test_the_same_numbers_give_the_same_demonstration(dossiers):
    office = lived_in_office()
    with office.store.reading() as work:
        assert work.dossiers.of(list(N_DOSSIERS)) == dossiers


def test_a_demonstration_is_filled_once(office):
    assert fill_demonstration(office, now=NOW, rng=random.Random(7)) == 0


def test_what_somebody_made_by_hand_is_left_alone():
    office = herent_office()
    with office.store.writing() as work:
        open_dossier(work, CASEWORKER, read_profile({"id": "x"}), now=NOW, rng=random.Random(1))
    assert fill_demonstration(office, now=NOW, rng=random.Random(6)) == 0


def test_a_real_database_is_never_filled():
    real = [activity.model_copy(update={"source": "gemeente", "assumed": ()}) for activity in herent_offer()]
    office = office_of(real)
    assert fill_demonstration(office, now=NOW, rng=random.Random(6)) == 0
    with office.store.reading() as work:
        assert work.dossiers.of(list(N_DOSSIERS)) == []


def test_some_places_are_held_for_others(office):
    with office.store.reading() as work:
        assert held_places(work, None, today=NOW.date())


def test_an_offer_without_anything_to_attend_still_gives_a_demonstration():
    office = office_of([one for one in herent_offer() if one.schedule is None])
    assert fill_demonstration(office, now=NOW, rng=random.Random(6)) == sum(N_DOSSIERS.values())
