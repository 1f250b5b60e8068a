import random
from datetime import date, datetime, timedelta

import pytest

from matcher import read_activity
from matcher.errors import ConflictError, ForbiddenError, InputError, LateError, NotFoundError
from matcher.model import read_profile
from matcher.model.access import DEMONSTRATION_ACCOUNTS
from matcher.model.steps import (
    CorrectionStep,
    DecisionStep,
    EndStep,
    HoursStep,
    OutcomeStep,
    OwnActivityStep,
    ProofStep,
)
from matcher.schedule import BRUSSELS
from matcher.service import feeds
from matcher.service.dossiers import note_step, open_dossier, read_dossier
from matcher.service.hours import changed_since, find_proof, log_hours, proof_hours, take_back_proof
from matcher.service.sessions import coming_days, days_to_log
from tests.offices import NOW, office_of

CASEWORKER, DESK = DEMONSTRATION_ACCOUNTS["caseworker"], DEMONSTRATION_ACCOUNTS["desk"]
CODE = "6P4-B5KT"
CHOIR = {
    "id": "koor",
    "title": "Koor",
    "organiser": "Koor",
    "kind": "culture",
    "schedule": "di 19:00-21:00",
    "pauses": ["2026-11-10..2026-11-10"],
}
HOUSE = {
    "id": "huis",
    "title": "Open huis",
    "organiser": "Huis",
    "kind": "neighbourhood",
    "schedule": "wo 09:00-14:00; wo 19:00-20:00",
    "attendance": "drop_in",
}
BUDDY = {"id": "buddy", "title": "Buddy", "organiser": "Buddy", "kind": "buddy", "schedule": "flex 2u/week"}


class Desk:
    """An office with one dossier, and short ways to write in it."""

    def __init__(self, **profile):
        self.office = office_of([read_activity(one) for one in (CHOIR, HOUSE, BUDDY)])
        with self.office.store.writing() as work:
            profile = read_profile({"id": "p", **profile})
            open_dossier(work, CASEWORKER, profile, now=NOW, rng=random.Random(1), code=CODE)

    def note(self, step, now=NOW):
        with self.office.store.writing() as work:
            return note_step(work, CASEWORKER, CODE, step, now=now)[0]

    def choose(self, activity_id, on):
        return self.note(OutcomeStep(activity_id=activity_id, outcome="chosen", on=on))

    def log(self, *steps, asker=CASEWORKER, **more):
        with self.office.store.writing() as work:
            return log_hours(self.office, work, asker, CODE, steps, now=NOW, **more)

    def read(self):
        with self.office.store.reading() as work:
            return read_dossier(work, CASEWORKER, CODE)

    def to_log(self, now=NOW):
        return [(day.on.isoformat(), day.activity.activity_id, day.hours) for day in self.to_log_days(now)]

    def to_log_days(self, now):
        return days_to_log(self.office, self.read(), now=now)


def test_past_sessions_of_chosen_activities_wait_to_be_logged_without_those_in_a_pause():
    desk = Desk()
    desk.choose("koor", date(2026, 11, 1))
    assert desk.to_log() == [("2026-11-03", "koor", 2.0), ("2026-11-17", "koor", 2.0)]


def test_a_drop_in_visit_counts_at_most_three_hours_and_sessions_of_one_day_are_one_line():
    desk = Desk()
    desk.choose("huis", date(2026, 11, 18))
    assert desk.to_log() == [("2026-11-18", "huis", 4.0)]


def test_a_session_waits_until_it_has_ended():
    desk = Desk()
    desk.choose("koor", date(2026, 11, 20))
    during = datetime(2026, 11, 24, 20, 59, tzinfo=BRUSSELS)
    assert desk.to_log(during) == []
    assert desk.to_log(during + timedelta(minutes=1)) == [("2026-11-24", "koor", 2.0)]


def test_what_is_logged_is_not_offered_again_and_what_stopped_is_offered_until_that_day():
    desk = Desk()
    desk.choose("koor", date(2026, 11, 1))
    desk.log(HoursStep(activity_id="koor", on=date(2026, 11, 3), hours=2))
    assert desk.to_log() == [("2026-11-17", "koor", 2.0)]
    desk.note(OutcomeStep(activity_id="koor", outcome="stopped", reason="times", on=date(2026, 11, 15)))
    assert desk.to_log() == []


def test_what_was_proposed_or_declined_has_no_sessions_to_log():
    desk = Desk()
    desk.note(OutcomeStep(activity_id="koor", outcome="proposed", on=date(2026, 11, 1)))
    desk.note(OutcomeStep(activity_id="huis", outcome="declined", reason="too_far", on=date(2026, 11, 1)))
    assert desk.to_log() == []


def test_sessions_count_from_the_first_visit_that_was_planned():
    desk = Desk()
    step = {"activity_id": "koor", "outcome": "visit_planned", "on": "2026-11-01", "visit_on": "2026-11-17"}
    desk.note(OutcomeStep.model_validate(step))
    assert desk.to_log() == [("2026-11-17", "koor", 2.0)]


def test_an_own_proposal_has_sessions_too():
    desk = Desk()
    desk.note(OwnActivityStep(proposal={"title": "Koffie", "schedule": "vr 10:00-11:30"}))
    desk.note(DecisionStep(activity_id="eigen-1", decision="fits"))
    desk.choose("eigen-1", date(2026, 11, 15))
    assert desk.to_log() == [("2026-11-20", "eigen-1", 1.5)]


def test_hours_of_several_days_are_written_at_once_or_not_at_all():
    desk = Desk()
    desk.choose("koor", date(2026, 11, 1))
    good = HoursStep(activity_id="koor", on=date(2026, 11, 3), hours=2)
    ahead = HoursStep(activity_id="koor", on=date(2026, 12, 1), hours=2)
    with pytest.raises(InputError, match="on must not be after today"):
        desk.log(good, ahead)
    assert desk.read().hours == ()
    dossier, doubts = desk.log(good, HoursStep(activity_id="koor", on=date(2026, 11, 17), hours=1.5))
    assert (dossier.hours_reported, doubts) == (3.5, [])


def test_a_doubled_entry_is_written_only_once_somebody_confirmed_it():
    desk = Desk()
    desk.choose("koor", date(2026, 11, 1))
    step = HoursStep(activity_id="koor", on=date(2026, 11, 3), hours=2)
    desk.log(step)
    dossier, (doubt,) = desk.log(step)
    assert (doubt.kind, doubt.on, doubt.hours, dossier.hours_reported) == ("doubled", date(2026, 11, 3), 4.0, 2.0)
    dossier, _ = desk.log(step, confirmed=True)
    assert dossier.hours_reported == 4.0


def test_a_day_of_more_than_24_hours_is_a_doubt_over_activities_together():
    desk = Desk()
    desk.choose("koor", date(2026, 11, 1))
    desk.choose("buddy", date(2026, 11, 1))
    on = date(2026, 11, 3)
    desk.log(HoursStep(activity_id="koor", on=on, hours=20))
    _, (doubt,) = desk.log(HoursStep(activity_id="buddy", on=on, hours=5))
    assert (doubt.kind, doubt.hours) == ("long_day", 25.0)


def test_a_long_drop_in_visit_is_a_doubt_and_a_correction_to_one_too():
    desk = Desk()
    desk.choose("huis", date(2026, 11, 1))
    on = date(2026, 11, 4)
    _, (doubt,) = desk.log(HoursStep(activity_id="huis", on=on, hours=6.5))
    assert (doubt.kind, doubt.hours) == ("long_visit", 6.5)
    dossier, doubts = desk.log(HoursStep(activity_id="huis", on=on, hours=3))
    assert doubts == []
    _, (doubt,) = desk.log(CorrectionStep(corrects=dossier.hours[0].number, hours=7))
    assert doubt.kind == "long_visit"
    assert desk.read().hours_reported == 3.0


def test_a_correction_to_a_day_that_has_hours_already_is_a_doubt():
    desk = Desk()
    desk.choose("koor", date(2026, 11, 1))
    dossier, _ = desk.log(
        HoursStep(activity_id="koor", on=date(2026, 11, 3), hours=2),
        HoursStep(activity_id="koor", on=date(2026, 11, 17), hours=2),
    )
    last = dossier.hours[1].number
    _, (doubt,) = desk.log(CorrectionStep(corrects=last, hours=2, on=date(2026, 11, 3)))
    assert doubt.kind == "doubled"
    assert desk.log(CorrectionStep(corrects=last, hours=1))[1] == []


def test_what_is_withdrawn_no_longer_counts_and_can_still_be_seen():
    desk = Desk()
    desk.choose("koor", date(2026, 11, 1))
    dossier, _ = desk.log(HoursStep(activity_id="koor", on=date(2026, 11, 3), hours=2))
    dossier, _ = desk.log(CorrectionStep(corrects=dossier.hours[0].number, hours=0))
    assert (dossier.hours, dossier.hours_reported) == ((), 0.0)
    assert [(one.hours, one.before) for one in dossier.withdrawn] == [(0.0, ((2.0, date(2026, 11, 3)),))]
    assert ("2026-11-03", "koor", 2.0) in desk.to_log()


def test_who_may_not_log_hours_or_saw_an_older_dossier_is_refused():
    desk = Desk()
    desk.choose("koor", date(2026, 11, 1))
    step = HoursStep(activity_id="koor", on=date(2026, 11, 3), hours=2)
    with pytest.raises(ForbiddenError, match="'desk' may not do this"):
        desk.log(step, asker=DESK)
    with pytest.raises(LateError, match="in the meantime"):
        desk.log(step, seen=1)


def proved(desk):
    """Log two sessions, and make a proof of them."""
    desk.choose("koor", date(2026, 11, 1))
    days = [date(2026, 11, 3), date(2026, 11, 17)]
    desk.log(*(HoursStep(activity_id="koor", on=on, hours=2) for on in days))
    return desk.note(ProofStep(activity_id="koor")).proofs[0]


def test_a_state_of_a_proof_may_have_come_on_an_earlier_day_but_not_on_a_later_one():
    desk = Desk()
    proof = proved(desk)
    dossier = desk.note(ProofStep(proof=proof.number, state="signed", on=date(2026, 11, 20)))
    assert dossier.proofs[0].states["signed"] == date(2026, 11, 20)
    with pytest.raises(InputError, match="on must not be after today"):
        desk.note(ProofStep(proof=proof.number, state="back", on=date(2026, 12, 1)))


def test_a_state_of_a_proof_is_taken_back_whatever_was_noted_since():
    desk = Desk()
    proof = proved(desk)
    desk.note(ProofStep(proof=proof.number, state="checked"))
    desk.choose("buddy", date(2026, 11, 20))
    assert desk.read().hours_proved == 4.0
    with desk.office.store.writing() as work:
        dossier = take_back_proof(work, CASEWORKER, CODE, proof.number, now=NOW)
    assert (dossier.proofs[0].state, dossier.hours_proved) == ("given", 0.0)
    with desk.office.store.writing() as work:
        dossier = take_back_proof(work, CASEWORKER, CODE, proof.number, now=NOW)
    assert dossier.proofs == ()
    assert {entry.proof for entry in dossier.hours} == {None}
    assert dossier.follows("buddy") is not None
    with (
        pytest.raises(NotFoundError, match=f"no proof with number {proof.number}"),
        desk.office.store.writing() as work,
    ):
        take_back_proof(work, CASEWORKER, CODE, proof.number, now=NOW)


def test_a_correction_after_a_proof_was_given_makes_the_paper_wrong():
    desk = Desk()
    proof = proved(desk)
    assert not changed_since(desk.read(), proof)
    first = proof_hours(desk.read(), proof)[0]
    dossier, _ = desk.log(CorrectionStep(corrects=first.number, hours=1))
    assert changed_since(dossier, proof)
    assert find_proof(dossier, proof.number).hours == 3.0


def test_coming_days_are_those_of_the_week_and_of_free_hours():
    desk = Desk(availability=["wo 18:00-22:00"])
    desk.choose("huis", date(2026, 11, 1))
    desk.choose("koor", date(2026, 11, 1))
    desk.note(OutcomeStep(activity_id="buddy", outcome="declined", reason="too_far"))
    found = coming_days(desk.office, desk.read(), today=date(2026, 11, 23))
    assert [(day.on.isoformat(), activity.id) for day, activity in found[:2]] == [
        ("2026-11-24", "koor"),
        ("2026-11-25", "huis"),
    ]


def test_a_dossier_that_ended_has_no_coming_days():
    desk = Desk()
    desk.choose("koor", date(2026, 11, 1))
    dossier = desk.note(EndStep(ending="moved"))
    assert coming_days(desk.office, dossier, today=date(2026, 11, 23)) == []
    with pytest.raises(ConflictError, match="nothing to put in a calendar"), desk.office.store.writing() as work:
        feeds.make_feed(work, CASEWORKER, CODE, now=NOW, rng=random.Random(1))


def test_a_calendar_link_works_until_it_is_replaced_or_revoked():
    desk = Desk()
    rng = random.Random(1)
    with desk.office.store.writing() as work:
        old = feeds.make_feed(work, CASEWORKER, CODE, now=NOW, rng=rng)
        assert len(old) == 43
        assert feeds.dossier_of_feed(work, old).code == CODE
        new = feeds.make_feed(work, CASEWORKER, CODE, now=NOW, rng=rng)
        assert feeds.feed_made_at(work, CASEWORKER, CODE) == NOW
        with pytest.raises(NotFoundError, match="no such calendar"):
            feeds.dossier_of_feed(work, old)
        feeds.revoke_feed(work, CASEWORKER, CODE)
        with pytest.raises(NotFoundError, match="no such calendar"):
            feeds.dossier_of_feed(work, new)
        assert feeds.feed_made_at(work, CASEWORKER, CODE) is None
