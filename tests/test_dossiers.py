import random
from copy import deepcopy
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from matcher import read_activity
from matcher.dossiers import make_code, read_code
from matcher.dossiers.codes import ALPHABET
from matcher.errors import ConflictError, InputError, MatcherError, NotFoundError
from matcher.model.access import DEMONSTRATION_ACCOUNTS
from matcher.model.profile import read_profile
from matcher.model.steps import (
    PROOF_STATES,
    CorrectionStep,
    EndStep,
    HoursStep,
    OutcomeStep,
    ProofStep,
    read_step,
)
from matcher.service.dossiers import note_step, open_dossier, read_dossier, reopen_dossier, undo_last
from tests.offices import NOW, office_of

CASEWORKER = DEMONSTRATION_ACCOUNTS["caseworker"]
TODAY = NOW.date()
SEEDS = st.integers(0, 10**9)
IDS = ["koor", "naaien", "praattafel"]


def activity(id_):
    return read_activity({"id": id_, "title": id_.title(), "organiser": "O", "kind": "informal"})


# Codes


@given(SEEDS, st.integers(0, 6), st.sampled_from(ALPHABET))
def test_one_wrong_sign_in_a_code_is_noticed(seed, place, sign):
    signs = make_code(random.Random(seed)).replace("-", "")
    wrong = signs[:place] + sign + signs[place + 1 :]
    if wrong == signs:
        assert read_code(wrong).replace("-", "") == signs
    else:
        with pytest.raises(InputError, match="code must be a code like 6P4-B5KT without an error in it"):
            read_code(wrong)


@given(SEEDS)
def test_two_signs_of_a_code_that_changed_places_are_noticed(seed):
    signs = make_code(random.Random(seed)).replace("-", "")
    for one, other in combinations(range(len(signs)), 2):
        swapped = list(signs)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        if swapped[one] != swapped[other]:
            with pytest.raises(InputError, match="code must be a code like"):
                read_code("".join(swapped))


@given(SEEDS)
def test_a_code_is_read_in_any_case_with_or_without_hyphen_and_blanks(seed):
    code = make_code(random.Random(seed))
    for typed in (code, code.lower(), code.replace("-", ""), f" {code[:3]} - {code[4:]} "):
        assert read_code(typed) == code


@pytest.mark.parametrize("text", ["", "6P4-B5K", "6P4-B5KTT", "6P4-B5KO", "6P4-B5K1", "éééééééé", "٦P4-B5KT"])
def test_what_is_no_code_is_refused(text):
    with pytest.raises(InputError, match="code must be a code like 6P4-B5KT"):
        read_code(text)


# The life of a dossier, beside a slow plain model of it


class Plain:
    """What a dossier should come to, kept in plain lists and dictionaries."""

    def __init__(self):
        self.outcomes = {}
        self.hours = {}
        self.proofs = {}
        self.ended = False

    def reported(self):
        return sum(one["hours"] for one in self.hours.values())

    def proved(self):
        return sum(
            self.hours[entry]["hours"]
            for proof in self.proofs.values()
            if proof["state"] == "checked"
            for entry in proof["entries"]
        )

    def covered(self):
        return {entry for proof in self.proofs.values() for entry in proof["entries"]}

    def checked(self, entry):
        return any(entry in one["entries"] for one in self.proofs.values() if one["state"] == "checked")


ORDER = {
    None: {"proposed", "waiting", "chosen", "visit_planned", "attended", "declined"},
    "proposed": {"waiting", "chosen", "visit_planned", "attended", "declined"},
    "waiting": {"chosen", "visit_planned", "attended", "declined"},
    "chosen": {"waiting", "visit_planned", "attended", "stopped", "declined"},
    "visit_planned": {"visit_planned", "waiting", "chosen", "attended", "stopped", "declined"},
    "attended": {"attended", "stopped"},
    "stopped": {"proposed", "chosen", "visit_planned", "attended"},
    "declined": {"proposed", "waiting", "chosen", "visit_planned", "attended"},
}
QUARTERS = st.integers(1, 12).map(lambda quarters: quarters / 4)
PLACES = st.integers(0, 30)


class LifeOfADossier(RuleBasedStateMachine):
    """Note anything in any order: what is taken, and what it comes to, is as in the plain model."""

    office = None

    @initialize(seed=SEEDS)
    def open(self, seed):
        cls = type(self)
        cls.office = cls.office or office_of([activity(id_) for id_ in IDS])
        self.plain, self.earlier, self.views, self.n_noted = Plain(), [], [], 1
        with self.office.store.writing() as work:
            profile = read_profile({"id": "x", "hours_done": 4})
            self.dossier = open_dossier(work, CASEWORKER, profile, now=NOW, rng=random.Random(seed))

    def note(self, kind, data, *, fits, change):
        step = read_step(kind, data)
        before = deepcopy(self.plain)
        try:
            with self.office.store.writing() as work:
                dossier, event = note_step(work, CASEWORKER, self.dossier.code, step, now=NOW)
        except (ConflictError, NotFoundError):
            assert self.plain.ended or not fits, step
            return
        assert fits, step
        assert not self.plain.ended
        self.n_noted += 1
        self.earlier.append(before)
        self.views.append(self.dossier)
        self.dossier = dossier
        change(event.number)

    @rule(id_=st.sampled_from(IDS), outcome=st.sampled_from(sorted(ORDER["visit_planned"] | {"proposed"})))
    def outcome(self, id_, outcome):
        def change(number):
            self.plain.outcomes[id_] = outcome

        data = {"activity_id": id_, "outcome": outcome}
        data |= {"visit_on": "2026-12-01", "companion": "alone"} if outcome == "visit_planned" else {}
        self.note(OutcomeStep, data, fits=outcome in ORDER[self.plain.outcomes.get(id_)], change=change)

    @rule(id_=st.sampled_from(IDS), ago=st.integers(0, 90), hours=QUARTERS)
    def hours(self, id_, ago, hours):
        on = TODAY - timedelta(days=ago)

        def change(number):
            self.plain.hours[number] = {"id": id_, "on": on, "hours": hours, "before": []}

        data = {"activity_id": id_, "on": on.isoformat(), "hours": hours}
        self.note(HoursStep, data, fits=id_ in self.plain.outcomes, change=change)

    @rule(place=PLACES, hours=st.just(0) | QUARTERS, ago=st.none() | st.integers(0, 90))
    def correct(self, place, hours, ago):
        numbers = sorted(self.plain.hours)
        number = numbers[place % len(numbers)] if numbers else 7
        entry = self.plain.hours.get(number)
        on = None if ago is None else TODAY - timedelta(days=ago)

        def change(_):
            entry["before"].append((entry["hours"], entry["on"]))
            entry["hours"], entry["on"] = hours, on or entry["on"]

        fits = entry is not None and bool(entry["hours"]) and not self.plain.checked(number)
        data = {"corrects": number, "hours": hours, "on": on and on.isoformat()}
        self.note(CorrectionStep, data, fits=fits, change=change)

    @rule(id_=st.sampled_from(IDS), some=st.sets(PLACES, max_size=3))
    def prove(self, id_, some):
        numbers = sorted(self.plain.hours)
        named = sorted({numbers[place % len(numbers)] for place in some}) if numbers else []
        free = {
            number
            for number, one in self.plain.hours.items()
            if one["id"] == id_ and one["hours"] and number not in self.plain.covered()
        }

        def change(number):
            self.plain.proofs[number] = {"id": id_, "entries": set(named) or free, "state": "given"}

        data = {"activity_id": id_, "entries": named}
        self.note(ProofStep, data, fits=bool(free) and set(named) <= free, change=change)

    @rule(place=PLACES, state=st.sampled_from(PROOF_STATES))
    def advance(self, place, state):
        numbers = sorted(self.plain.proofs)
        number = numbers[place % len(numbers)] if numbers else 7
        proof = self.plain.proofs.get(number)

        def change(_):
            proof["state"] = state

        fits = proof is not None and PROOF_STATES.index(state) > PROOF_STATES.index(proof["state"])
        self.note(ProofStep, {"proof": number, "state": state}, fits=fits, change=change)

    @rule()
    def end(self):
        self.note(EndStep, {"ending": "stopped"}, fits=True, change=lambda _: setattr(self.plain, "ended", True))

    @rule()
    def reopen(self):
        before = deepcopy(self.plain)
        try:
            with self.office.store.writing() as work:
                dossier = reopen_dossier(work, CASEWORKER, self.dossier.code, now=NOW)
        except ConflictError:
            assert not before.ended
            return
        assert before.ended
        self.n_noted += 1
        self.earlier.append(before)
        self.views.append(self.dossier)
        self.dossier, self.plain.ended = dossier, False

    @rule(times=st.integers(1, 3))
    def undo(self, times):
        for _ in range(times):
            try:
                with self.office.store.writing() as work:
                    self.dossier = undo_last(work, CASEWORKER, self.dossier.code, now=NOW)
            except ConflictError:
                assert self.earlier == []
                return
            self.n_noted += 1
            self.plain = self.earlier.pop()
            assert stands(self.dossier) == stands(self.views.pop())

    @invariant()
    def it_stands_as_the_plain_model_says(self):
        dossier, plain = self.dossier, self.plain
        assert {one.activity.activity_id: one.outcome for one in dossier.followed} == plain.outcomes
        assert {
            one.number: {
                "id": one.activity.activity_id,
                "on": one.on,
                "hours": one.hours,
                "before": list(one.before),
            }
            for one in dossier.hours
        } == {number: one for number, one in plain.hours.items() if one["hours"]}
        assert {
            one.number: {"id": one.activity.activity_id, "entries": set(one.entries), "state": one.state}
            for one in dossier.proofs
        } == plain.proofs
        assert (dossier.hours_reported, dossier.hours_proved) == (4 + plain.reported(), plain.proved())
        assert dossier.hours_proved <= dossier.hours_reported
        assert (dossier.ending is not None) == plain.ended

    @invariant()
    def a_proof_covers_hours_once(self):
        covered = [entry for proof in self.dossier.proofs for entry in proof.entries]
        assert len(covered) == len(set(covered))

    @invariant()
    def nothing_that_was_noted_goes_away(self):
        with self.office.store.reading() as work:
            kept = read_dossier(work, CASEWORKER, self.dossier.code)
        assert kept == self.dossier
        assert [event.number for event in kept.events] == list(range(1, self.n_noted + 1))
        assert kept.version == self.n_noted


def stands(dossier):
    """Return how a dossier stands, whatever way it came there."""
    names = (
        "followed",
        "hours",
        "proofs",
        "own",
        "ending",
        "ended_on",
        "hours_reported",
        "hours_proved",
        "settled",
    )
    return {name: getattr(dossier, name) for name in names}


class TestLifeOfADossier(LifeOfADossier.TestCase):
    pytestmark = pytest.mark.slow
    settings = settings(max_examples=25, stateful_step_count=30, deadline=None)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (OutcomeStep, {"activity_id": "koor", "outcome": "attended", "on": "2026-11-24"}),
        (HoursStep, {"activity_id": "koor", "on": "2026-11-24", "hours": 2}),
        (EndStep, {"ending": "moved", "on": "2026-11-24"}),
    ],
)
def test_what_lies_ahead_has_not_happened(kind, data):
    office = office_of([activity("koor")])
    with office.store.writing() as work:
        open_dossier(work, CASEWORKER, read_profile({"id": "a"}), now=NOW, rng=random.Random(1), code="a")
    with (
        pytest.raises(MatcherError, match="on must not be after today; got '2026-11-24'"),
        office.store.writing() as work,
    ):
        note_step(work, CASEWORKER, "a", read_step(kind, data), now=NOW)


def test_the_day_of_an_undone_step_says_nothing_any_more():
    office = office_of([activity("koor")])
    with office.store.writing() as work:
        open_dossier(work, CASEWORKER, read_profile({"id": "a"}), now=NOW, rng=random.Random(1), code="a")
        step = read_step(OutcomeStep, {"activity_id": "koor", "outcome": "chosen", "on": "2026-11-01"})
        dossier, _ = note_step(work, CASEWORKER, "a", step, now=NOW)
        assert dossier.follows("koor").first_on == date(2026, 11, 1)
        undo_last(work, CASEWORKER, "a", now=NOW)
        again = step.model_copy(update={"on": None})
        dossier, _ = note_step(work, CASEWORKER, "a", again, now=NOW)
    assert dossier.follows("koor").first_on == TODAY
