"""What each role may do with dossiers, and what one dossier tells the others; on both engines."""

import random
from datetime import timedelta

import pytest

from matcher import read_activity
from matcher.errors import ConflictError, ForbiddenError, InputError, LateError, NotFoundError
from matcher.model.access import DEMONSTRATION_ACCOUNTS, ROLES
from matcher.model.offer import LocalFacts
from matcher.model.profile import read_profile
from matcher.model.steps import (
    CorrectionStep,
    DecisionStep,
    EndStep,
    HoursStep,
    OutcomeStep,
    OwnActivityStep,
    ProofStep,
    read_step,
)
from matcher.service import dossiers as service
from matcher.store.offers import SHARED
from tests.offices import NOW, office_of

DESK, CASEWORKER = (DEMONSTRATION_ACCOUNTS[role] for role in ("desk", "caseworker"))
ELSEWHERE = type(DESK)(account="x", role="caseworker", municipality="leuven", municipalities=("leuven",))
CODES = ["aaa", "bbb", "ccc"]
IDS = ["koor", "naaien", "praattafel"]
STEPS = {
    "outcome": (OutcomeStep, {"activity_id": "naaien", "outcome": "proposed"}),
    "hours": (HoursStep, {"activity_id": "koor", "on": "2026-11-01", "hours": 2}),
    "correction": (CorrectionStep, {"corrects": 3, "hours": 1}),
    "proof": (ProofStep, {"activity_id": "koor"}),
    "own": (OwnActivityStep, {"proposal": {"title": "Fietsen"}}),
    "decision": (DecisionStep, {"activity_id": "eigen-1", "decision": "fits"}),
    "end": (EndStep, {"ending": "moved"}),
}
BOTH, CASEWORKER_ALONE = {"desk", "caseworker"}, {"caseworker"}
MAY = {
    "open": BOTH,
    "read": BOTH,
    "list": BOTH,
    "profile": BOTH,
    "outcome": BOTH,
    "own": BOTH,
    "undo": CASEWORKER_ALONE,
    "hours": CASEWORKER_ALONE,
    "correction": CASEWORKER_ALONE,
    "proof": CASEWORKER_ALONE,
    "decision": CASEWORKER_ALONE,
    "end": CASEWORKER_ALONE,
    "reopen": CASEWORKER_ALONE,
    "delete": CASEWORKER_ALONE,
}
"""Who may do what; what is undone here is hours, which a desk may not take back."""


@pytest.fixture
def office(store):
    activities = [
        read_activity({"id": id_, "title": id_.title(), "organiser": "O", "kind": "informal", "places_left": 3})
        for id_ in IDS
    ]
    office = office_of(activities, store=store)
    with store.writing() as work:
        for code in CODES:
            profile = read_profile({"id": code, "hours_done": 5})
            service.open_dossier(work, CASEWORKER, profile, now=NOW, rng=random.Random(1), code=code)
    return office


def note(office, code, kind, data, *, asker=CASEWORKER, now=NOW, seen=None):
    with office.store.writing() as work:
        return service.note_step(work, asker, code, read_step(kind, data), now=now, seen=seen)


def outcome(office, code, id_, what, *, now=NOW, **more):
    return note(office, code, OutcomeStep, {"activity_id": id_, "outcome": what, **more}, now=now)


def full(office, code, id_="koor", *, now=NOW, **more):
    return outcome(office, code, id_, "declined", reason="full", now=now, **more)


def undo(office, code, *, asker=CASEWORKER, now=NOW):
    with office.store.writing() as work:
        return service.undo_last(work, asker, code, now=now)


def mark(office, id_="koor"):
    with office.store.reading() as work:
        return work.offers.own_facts(SHARED, id_).reported_full


def verify(office, *, now=NOW):
    with office.store.writing() as work:
        work.offers.change_facts("koor", LocalFacts(), municipality=SHARED, note="", at=now, role="desk")


def do(office, action, asker):
    """Do one thing with the first dossier."""
    with office.store.writing() as work:
        match action:
            case "open":
                service.open_dossier(work, asker, read_profile({"id": "x"}), now=NOW, rng=random.Random(2))
            case "read":
                service.read_dossier(work, asker, "aaa")
            case "list":
                service.list_dossiers(work, asker)
            case "profile":
                service.change_profile(work, asker, "aaa", read_profile({"id": "x"}), now=NOW)
            case "undo":
                service.undo_last(work, asker, "aaa", now=NOW)
            case "reopen":
                service.reopen_dossier(work, asker, "aaa", now=NOW)
            case "delete":
                service.delete_dossier(work, asker, "aaa")
            case _:
                service.note_step(work, asker, "aaa", read_step(*STEPS[action]), now=NOW)


def with_something_noted(office, action):
    """Bring the first dossier so far that an action fits."""
    outcome(office, "aaa", "koor", "chosen")
    note(office, "aaa", *STEPS["hours"])
    if action == "decision":
        note(office, "aaa", *STEPS["own"])
    if action == "reopen":
        note(office, "aaa", *STEPS["end"])


@pytest.mark.parametrize("action", MAY)
def test_each_role_may_do_what_is_its_work_and_nothing_else(office, action):
    with_something_noted(office, action)
    for role in sorted(ROLES, key=MAY[action].__contains__):
        asker = DEMONSTRATION_ACCOUNTS[role]
        if role in MAY[action] - {"caseworker"} and action in ("outcome", "own"):
            do(office, action, asker)
            undo(office, "aaa")
        elif role in MAY[action]:
            do(office, action, asker)
        else:
            with pytest.raises(ForbiddenError, match=f"The role '{role}' may not do this"):
                do(office, action, asker)


@pytest.mark.parametrize("action", [action for action in MAY if action not in ("open", "list")])
def test_the_dossier_of_another_municipality_is_not_even_there(office, action):
    with_something_noted(office, action)
    with pytest.raises(NotFoundError, match=r"^There is no dossier 'aaa'\.$"):
        do(office, action, ELSEWHERE)
    with office.store.reading() as work:
        assert service.list_dossiers(work, ELSEWHERE) == []


def test_who_saw_an_older_version_is_late(office):
    dossier, _ = outcome(office, "aaa", "koor", "chosen")
    with pytest.raises(LateError, match="Somebody changed the dossier 'aaa' in the meantime"):
        note(office, "aaa", *STEPS["hours"], seen=dossier.version - 1)
    assert note(office, "aaa", *STEPS["hours"], seen=dossier.version)[0].version == dossier.version + 1


def test_an_activity_that_is_nowhere_is_refused_and_one_that_left_the_offer_keeps_its_name(office):
    with pytest.raises(InputError, match="activity_id must be the id of an activity of the offer; got 'nergens'"):
        outcome(office, "aaa", "nergens", "chosen")
    outcome(office, "aaa", "koor", "chosen")
    with office.store.writing() as work:
        work.offers.change_records(
            {"koor": None}, municipality="herent", kind="record", note="", at=NOW, role="desk"
        )
    dossier, _ = note(office, "aaa", *STEPS["hours"])
    assert dossier.hours[0].activity.title == "Koor"


# Full


def test_full_marks_the_activity_for_everybody(office):
    full(office, "aaa")
    assert mark(office) == NOW.date()
    for municipality in ("herent", "leuven", "elsewhere"):
        assert office.matcher(municipality).activity("koor").places_left == 0


def test_undoing_takes_the_mark_away_unless_somebody_else_said_so(office):
    full(office, "aaa")
    full(office, "bbb")
    undo(office, "aaa")
    assert mark(office) == NOW.date()
    undo(office, "bbb")
    assert mark(office) is None
    assert office.matcher().activity("koor").places_left == 3


def test_undoing_goes_back_to_the_day_on_which_another_one_heard_it(office):
    earlier = NOW - timedelta(days=3)
    full(office, "aaa", now=earlier)
    full(office, "bbb")
    assert mark(office) == NOW.date()
    undo(office, "bbb")
    assert mark(office) == earlier.date()
    undo(office, "aaa")
    assert mark(office) is None


def test_undoing_an_outcome_of_before_somebody_asked_again_changes_nothing(office):
    full(office, "aaa", now=NOW - timedelta(hours=3))
    verify(office, now=NOW - timedelta(hours=2))
    assert mark(office) is None
    full(office, "bbb", now=NOW - timedelta(hours=1))
    undo(office, "aaa")
    assert mark(office) == NOW.date()
    verify(office)
    undo(office, "bbb")
    assert mark(office) is None


def test_undoing_leaves_a_mark_that_came_from_no_dossier(office):
    day = NOW.date() - timedelta(days=1)
    with office.store.writing() as work:
        facts = LocalFacts(reported_full=day)
        work.offers.change_facts("koor", facts, municipality=SHARED, note="", at=NOW, role="desk")
    full(office, "aaa", now=NOW + timedelta(minutes=1))
    undo(office, "aaa", now=NOW + timedelta(minutes=2))
    assert mark(office) == day


def test_full_of_an_own_proposal_is_nobody_elses_matter(office):
    note(office, "aaa", *STEPS["own"])
    with office.store.reading() as work:
        before = work.offers.version()
    full(office, "aaa", "eigen-1")
    undo(office, "aaa")
    with office.store.reading() as work:
        assert (work.offers.version(), mark(office, "eigen-1")) == (before, None)


# Places that are held


def held(office, code=None, *, days_on=0):
    with office.store.reading() as work:
        dossier = code and work.dossiers.get(code)
        return service.held_places(work, dossier, today=NOW.date() + timedelta(days=days_on))


@pytest.mark.parametrize("what", ["proposed", "chosen"])
def test_a_proposal_holds_a_place_for_others_during_14_days(office, what):
    outcome(office, "aaa", "koor", what)
    outcome(office, "bbb", "koor", what)
    assert (held(office), held(office, "aaa"), held(office, "ccc")) == ({"koor": 2}, {"koor": 1}, {"koor": 2})
    assert (held(office, days_on=14), held(office, days_on=15)) == ({"koor": 2}, {})


def test_what_ended_holds_no_place(office):
    for code in CODES:
        outcome(office, code, "koor", "proposed")
    outcome(office, "aaa", "koor", "declined", reason="times")
    undo(office, "bbb")
    note(office, "ccc", EndStep, {"ending": "moved"})
    assert held(office) == {}
    undo(office, "ccc")
    assert held(office) == {"koor": 1}


def test_an_own_proposal_holds_no_place(office):
    note(office, "aaa", *STEPS["own"])
    note(office, "aaa", *STEPS["decision"])
    outcome(office, "aaa", "eigen-1", "chosen")
    assert held(office) == {}


# The shortlist


def shortlist(office, code):
    with office.store.reading() as work:
        dossier = work.dossiers.get(code)
    return service.rank_shortlist(office, dossier, now=NOW)


def test_what_was_declined_does_not_come_back(office):
    assert {one["activity_id"] for one in shortlist(office, "aaa")["suggestions"]} == set(IDS)
    outcome(office, "aaa", "koor", "declined", reason="not_my_thing")
    outcome(office, "aaa", "naaien", "proposed")
    assert {one["activity_id"] for one in shortlist(office, "aaa")["suggestions"]} == {"naaien", "praattafel"}
    undo(office, "aaa")
    undo(office, "aaa")
    assert {one["activity_id"] for one in shortlist(office, "aaa")["suggestions"]} == set(IDS)


def test_the_shortlist_counts_the_hours_that_were_noted(office):
    outcome(office, "aaa", "koor", "attended")
    note(office, "aaa", *STEPS["hours"])
    track = shortlist(office, "aaa")["track"]
    assert (track["hours_done"], track["hours_to_go"]) == (7.0, 33.0)


def test_a_code_that_is_given_is_taken_once(office):
    with office.store.writing() as work, pytest.raises(ConflictError, match="There is a dossier 'aaa' already"):
        service.open_dossier(work, DESK, read_profile({"id": "x"}), now=NOW, rng=random.Random(1), code="aaa")
