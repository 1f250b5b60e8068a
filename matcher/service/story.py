"""What happens in one made-up dossier: steps on days, each as somebody could have noted it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from ..model import Activity
from ..model.dossier import Dossier, Proof
from ..model.steps import (
    PROOF_STATES,
    DecisionStep,
    EndStep,
    HoursStep,
    OutcomeStep,
    OwnActivityStep,
    ProofStep,
    Step,
)

FATES = (
    "going",
    "going",
    "declining",
    "going",
    "own",
    "going",
    "waiting",
    "going",
    "dropped",
    "going",
    "silent",
) + ("going", "declining", "own", "moved", "going")
"""What becomes of one person after another."""
VISIT_DAYS = (-1, 1, -1, 6, 0, 3)
"""When first visits lie that are planned now, in days from today: one was yesterday, and nobody asked yet."""
OWN_PROPOSALS = (
    {
        "title": "Koffie en Nederlands met de buurvrouw (voorbeeld)",
        "kind": "informal",
        "group_max": 2,
        "language": "nl",
        "interaction": "high",
        "schedule": "flex 1u/week",
    },
    {
        "title": "Meehelpen in de bar van de voetbalclub (voorbeeld)",
        "kind": "volunteering",
        "organiser": "voetbalclub (voorbeeld)",
        "group_max": 6,
        "language": "nl",
        "interaction": "medium",
        "schedule": "za 13:00-16:00",
        "signatory": "secretaris",
    },
    {"title": "Alleen gaan fitnessen (voorbeeld)", "kind": "sport", "group_max": 1, "interaction": "low"},
    {"title": "Samen naaien bij een kennis (voorbeeld)", "kind": "informal", "group_max": 4},
)
_OWN_ANSWERS = ((False, "fits"), (False, "fits"), (None, "does_not_fit"), (True, None))
"""Whether the person knows the people of each own proposal, and what was decided."""
_OWN_ID, _OWN_WEEKS = "eigen-1", 12
_HOURS_OF_VISIT_MOST, _VISITS_KEPT, _TOGETHER = 3.0, 0.85, 0.6
_HOURS_PER_PROOF = 8.0
_REASONS = ("times", "too_far", "not_my_thing", "too_hard", "no_answer", "times", "full", "too_far")
_COMPANIONS = ("volunteer", "buddy", "desk", "organiser", "caseworker")
Deed = Callable[[Dossier], Step | None]


@dataclass
class Story:
    """One person's days.

    Parameters
    ----------
    opened_on, today : date
        Nothing happens before the one or after the other.
    number : int
        Of the person, from 0: it decides what becomes of the proposals.
    rng : random.Random
        Decides the rest.
    """

    opened_on: date
    today: date
    number: int
    rng: random.Random
    deeds: list[tuple[date, int, Deed]] = field(default_factory=list)

    def told(self, proposals: Sequence[Activity]) -> list[tuple[date, Deed]]:
        """Return what is noted, in the order of the days; each step may depend on how the dossier stands then."""
        age_days = (self.today - self.opened_on).days
        for activity in proposals[:4]:
            self._outcome(self.opened_on, activity.id, "proposed")
        fate = FATES[self.number % len(FATES)]
        if age_days < 4 or not proposals or fate == "silent":
            pass
        elif age_days < 16:
            self._plan_a_visit(proposals)
        else:
            self._live(fate, proposals)
        in_time = [deed for deed in self.deeds if deed[0] <= self.today]
        return [(on, deed) for on, _, deed in sorted(in_time, key=lambda one: one[:2])]

    def _live(self, fate: str, proposals: Sequence[Activity]) -> None:
        told_on = self._later(self.opened_on, 3, 8)
        if fate == "own":
            self._propose_own(told_on)
        elif fate == "waiting":
            self._outcome(told_on, proposals[0].id, "waiting")
        others = proposals[1:4] if fate in ("own", "declining") else proposals[1:2]
        joined = [one for one in proposals if self._visits(one, told_on)]
        main = joined[0] if joined and fate != "waiting" else None
        for activity in others:
            if activity is not main:
                self._decline(self._later(told_on, 0, 4), activity.id)
        if fate == "moved":
            self._outcome(told_on, proposals[0].id, "chosen")
            self._end(self._later(told_on, 10, 30), "moved")
        elif main is not None:
            self._join(main, told_on, drops=fate == "dropped")
            if fate == "dropped":
                self._end(self._later(self.today, -12, -2), "stopped")
            more = [one for one in joined if one not in others and one is not main] if fate == "going" else []
            for activity in more[:2]:
                self._join(activity, self._later(told_on, 8, 20), drops=False)
            self._finish()

    def _plan_a_visit(self, proposals: Sequence[Activity]) -> None:
        """Plan the first visit around today, so that a reminder is due."""
        on = self._later(self.opened_on, 1, 2)
        visit_on = self.today + timedelta(days=VISIT_DAYS[self.number % len(VISIT_DAYS)])
        self._visit(on, proposals[0].id, max(visit_on, on))
        if len(proposals) > 2:
            self._decline(on, proposals[2].id)

    def _join(self, activity: Activity, from_on: date, *, drops: bool) -> None:
        visits = self._visits(activity, from_on)
        self._outcome(from_on, activity.id, "chosen")
        if not visits:
            return
        first, _ = visits[0]
        self._visit(min(first, self._later(from_on, 0, 1)), activity.id, first)
        self._outcome(first, activity.id, "attended")
        kept = [visits[0]] + [one for one in visits[1:] if self.rng.random() < _VISITS_KEPT]
        if drops:
            kept = kept[: self.rng.randint(2, 4)]
            last = self._later(kept[-1][0], 5, 12)
            reason = self.rng.choice(("times", "too_hard", "not_my_thing", None))
            self._outcome(last, activity.id, "stopped", reason=reason)
        since_proof = 0.0
        for on, hours in kept:
            self._step(on, HoursStep(activity_id=activity.id, on=on, hours=hours))
            since_proof += hours
            if since_proof >= _HOURS_PER_PROOF:
                since_proof = 0.0
                self._prove(activity.id, on)
        if since_proof >= 4 and self.rng.random() < 0.5:
            self._prove(activity.id, kept[-1][0])

    def _prove(self, activity_id: str, on: date) -> None:
        """Give a bewijs, and take it on as far as time allows."""

        def give(dossier: Dossier) -> Step | None:
            free = any(one.proof is None and one.activity.activity_id == activity_id for one in dossier.hours)
            return ProofStep(activity_id=activity_id) if free and not dossier.ending else None

        self._note(on, give)
        for state in PROOF_STATES[1:]:
            on = self._later(on, 2, 9)
            self._note(on, _next_state(activity_id, state))

    def _propose_own(self, on: date) -> None:
        number = self.number // 3 % len(OWN_PROPOSALS)
        proposal = OWN_PROPOSALS[number]
        knows_people, decision = _OWN_ANSWERS[number]
        self._step(on, OwnActivityStep(proposal=dict(proposal), knows_people=knows_people))
        if decision is None:
            return
        decided_on = self._later(on, 2, 5)
        self._step(decided_on, DecisionStep(activity_id=_OWN_ID, decision=decision))
        if decision == "fits":
            self._outcome(decided_on, _OWN_ID, "chosen")
            first = self._later(decided_on, 3, 6)
            self._outcome(first, _OWN_ID, "attended")
            for week in range(_OWN_WEEKS):
                visit_on = first + timedelta(weeks=week)
                self._step(visit_on, HoursStep(activity_id=_OWN_ID, on=visit_on, hours=1.0))
            self._prove(_OWN_ID, first + timedelta(weeks=_OWN_WEEKS))

    def _visit(self, on: date, activity_id: str, visit_on: date) -> None:
        together = self.rng.random() < _TOGETHER
        step = OutcomeStep(
            activity_id=activity_id,
            outcome="visit_planned",
            visit_on=visit_on,
            companion="companion" if together else "alone",
            arranged_by=self.rng.choice(_COMPANIONS) if together else None,
        )
        self._step(on, step)

    def _decline(self, on: date, activity_id: str) -> None:
        reason = _REASONS[self.rng.randrange(len(_REASONS))]
        # What somebody heard long ago says nothing of today: a group is marked full for a recent word only.
        if reason == "full" and (self.today - on).days > 60:
            reason = "times"
        self._outcome(on, activity_id, "declined", reason=reason)

    def _finish(self) -> None:
        """End the track as soon as 40 hours are proved."""

        def finish(dossier: Dossier) -> Step | None:
            enough = dossier.hours_proved + dossier.hours_before >= 40
            return EndStep(ending="finished") if enough and not dossier.ending else None

        day = self.opened_on
        while day < self.today:
            day += timedelta(days=7)
            self._note(day, finish)

    def _end(self, on: date, ending: str) -> None:
        self._step(on, EndStep(ending=ending))

    def _outcome(self, on: date, activity_id: str, outcome: str, *, reason: str | None = None) -> None:
        self._step(on, OutcomeStep(activity_id=activity_id, outcome=outcome, reason=reason))

    def _step(self, on: date, step: Step) -> None:
        self._note(on, lambda _: step)

    def _note(self, on: date, deed: Deed) -> None:
        self.deeds.append((on, len(self.deeds), lambda dossier: None if dossier.ending else deed(dossier)))

    def _later(self, on: date, least: int, most: int) -> date:
        """Return a working day some days later."""
        later = on + timedelta(days=self.rng.randint(least, most))
        return later + timedelta(days=max(0, 7 - later.weekday())) if later.weekday() > 4 else later

    def _visits(self, activity: Activity, from_on: date) -> list[tuple[date, float]]:
        """Return days and hours on which the activity took place since, at most one a day."""
        schedule = activity.schedule
        if schedule is None:
            return []
        first = max(from_on + timedelta(days=2), activity.start_date or from_on)
        last = min(self.today, activity.end_date or self.today)
        if first > last:
            return []
        if schedule.flex:
            weeks = (last - first).days // 7 + 1
            hours = min(_HOURS_OF_VISIT_MOST, schedule.flex.hours_per_week)
            return [(first + timedelta(weeks=week), hours) for week in range(weeks)]
        days = schedule.occurrences(first, last, start_date=activity.start_date, pauses=activity.pauses)
        return [
            (day, min(_HOURS_OF_VISIT_MOST, (session.end_min - session.start_min) / 60))
            for day, session in dict(reversed(days)).items()
        ][::-1]


def _next_state(activity_id: str, state: str) -> Deed:
    def step(dossier: Dossier) -> Step | None:
        found = _waiting_for(dossier.proofs, activity_id, state)
        return ProofStep(proof=found.number, state=state) if found else None

    return step


def _waiting_for(proofs: Sequence[Proof], activity_id: str, state: str) -> Proof | None:
    before = PROOF_STATES[PROOF_STATES.index(state) - 1]
    return next((one for one in proofs if one.activity.activity_id == activity_id and one.state == before), None)
