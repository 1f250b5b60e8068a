"""From a set of candidates to a plan as it is answered: ids, dates, hours, reasons."""

from __future__ import annotations

from datetime import date, timedelta

from ..explain.plans import Facts, plan_reasons, times_text
from ..model import Activity
from ..model.answer import Aspect
from ..model.plans import AgreedHours, Plan, PlannedActivity, PlannedSession, PlannedWeek
from ..planning import Layout
from ..schedule import local_time
from ..vocabulary import fold
from . import Matcher
from .plan_attempts import Attempt, Candidate
from .suggesting import MATCH_LEAST, Reasons

N_REASONS = 2
"""Of each activity the aspects that add most to its score are told."""
TOLD_ELSEWHERE = ("schedule",)
JOINED_AS_A_WHOLE = ("course", "internship")
HOURS_DECIMALS = 6
"""Of one session: so many that they add up to the total, which has two."""


class PlanWriter:
    """Write the plans of one person."""

    def __init__(self, engine: Matcher, asked: Attempt) -> None:
        self.asked, self.today = asked, asked.today
        self.offered = [engine.activities[column] for column in asked.planning.columns]
        self.reasons = Reasons(
            asked.ranker,
            engine.activities,
            asked.profile,
            asked.person,
            asked.scores,
            demonstration=engine.is_demonstration,
        )

    def plan(self, candidate: Candidate) -> Plan:
        """Return the plan of one set."""
        found, layout = candidate.found, candidate.layout
        activities = [self._activity(place, layout) for place in found.chosen]
        weeks = self._weeks(layout)
        firsts = [one.day for one in layout.sessions] + [one.first_day for one in layout.agreed]
        first_day = self._date(min(firsts))
        reached_on = None if layout.reached_day is None else self._date(layout.reached_day)
        return {
            "activities": activities,
            "sessions": self._sessions(layout),
            "by_agreement": self._agreed(layout),
            "weeks": weeks,
            "hours_total": round(layout.minutes / 60, 2),
            "hours_possible": round(layout.possible_min / 60, 2),
            "first_day": first_day.isoformat(),
            "reached_on": reached_on.isoformat() if reached_on else None,
            "feasible": reached_on is not None,
            "optimal": candidate.is_proven,
            "gap": candidate.gap,
            "reasons": plan_reasons(
                Facts(
                    target=self.asked.wish.hours,
                    done=self.asked.profile.hours_done or 0.0,
                    planned=layout.minutes / 60,
                    possible=layout.possible_min / 60,
                    first_day=first_day,
                    reached_on=reached_on,
                    by=self.asked.wish.by,
                    until=self.asked.until,
                    weekly_mean=layout.minutes / 60 / len(weeks),
                    weekly_most=max(week["hours"] for week in weeks),
                    kinds=[one["kind"] for one in activities],
                    n_hosts=len({one["organiser"] for one in activities}),
                    agreed=self._titles({one.who for one in layout.agreed}),
                    ask_places=[one["title"] for one in activities if "places_left" in one["unknown"]],
                    proven=candidate.is_proven,
                    calm=candidate.calm,
                    missed=[(self.offered[one.who].title, self._date(one.day)) for one in layout.missed],
                    goes_on=[self.offered[who].title for who in self._unfinished(found.chosen, layout)],
                )
            ),
        }

    def _activity(self, place: int, layout: Layout) -> PlannedActivity:
        activity, column = self.offered[place], self.asked.planning.columns[place]
        sessions = [one for one in layout.sessions if one.who == place]
        agreed = [one.minutes for one in layout.agreed if one.who == place]
        minutes = sum(one.end_min - one.start_min for one in sessions) + sum(agreed)
        when = times_text(
            [(self._date(one.day).weekday(), one.start_min, one.end_min) for one in sessions],
            agreed_hours=sum(agreed) / 60,
            agreed_weeks=len(agreed),
        )
        aspects = self._telling(column)
        unknown = self.reasons.unknown(column)
        return {
            "id": activity.id,
            "title": activity.title,
            "organiser": activity.organiser,
            "kind": activity.kind,
            "where": _where(activity),
            "score": float(self.asked.scores.total[column]),
            "hours": round(minutes / 60, 2),
            "when_nl": when.nl,
            "when_en": when.en,
            "reason_nl": " ".join(one["reason_nl"] for one in aspects),
            "reason_en": " ".join(one["reason_en"] for one in aspects),
            "unknown": list(dict.fromkeys(key.partition(".")[0] for key in unknown)),
            "warnings": self.reasons.warnings(column, unknown),
        }

    def _telling(self, column: int) -> list[Aspect]:
        """Return what speaks most for an activity: what it is about, if that answers a wish, comes first."""
        aspects = [
            (name != "interests" or one["score"] < MATCH_LEAST, -one["weight"] * one["score"], one)
            for name, one in self.reasons.aspects(column).items()
            if one["weight"] > 0 and name not in TOLD_ELSEWHERE
        ]
        return [one for *_, one in sorted(aspects, key=lambda aspect: aspect[:2])][:N_REASONS]

    def _sessions(self, layout: Layout) -> list[PlannedSession]:
        return [
            {
                "activity_id": self.offered[one.who].id,
                "start": local_time(self._date(one.day), one.start_min).isoformat(),
                "end": local_time(self._date(one.day), one.end_min).isoformat(),
                "hours": round((one.end_min - one.start_min) / 60, HOURS_DECIMALS),
            }
            for one in layout.sessions
        ]

    def _agreed(self, layout: Layout) -> list[AgreedHours]:
        return [
            {
                "activity_id": self.offered[one.who].id,
                "week": self._monday(one.week).isoformat(),
                "hours": round(one.minutes / 60, HOURS_DECIMALS),
            }
            for one in layout.agreed
        ]

    def _weeks(self, layout: Layout) -> list[PlannedWeek]:
        """Return every week from the first to the last, those without hours too."""
        minutes: dict[int, int] = {one.week: 0 for one in layout.agreed}
        for session in layout.sessions:
            week = (session.day + self.today.weekday()) // 7
            minutes[week] = minutes.get(week, 0) + session.end_min - session.start_min
        for agreed in layout.agreed:
            minutes[agreed.week] += agreed.minutes
        weeks: list[PlannedWeek] = []
        total = (self.asked.profile.hours_done or 0.0) * 60
        for week in range(min(minutes), max(minutes) + 1):
            total += minutes.get(week, 0)
            weeks.append(
                {
                    "week": self._monday(week).isoformat(),
                    "hours": round(minutes.get(week, 0) / 60, 2),
                    "total": round(total / 60, 2),
                }
            )
        return weeks

    def _unfinished(self, chosen: tuple[int, ...], layout: Layout) -> list[int]:
        """Return the candidates that are joined as a whole and are not over when the hours are reached."""
        last_day = layout.reached_day
        dates = self.asked.planning.calm.dates
        return [
            who
            for who in chosen
            if last_day is not None
            and self.offered[who].kind in JOINED_AS_A_WHOLE
            and bool(((dates.who == who) & (dates.day > last_day)).any())
        ]

    def _titles(self, places: set[int]) -> list[str]:
        return [self.offered[place].title for place in sorted(places)]

    def _date(self, day: int) -> date:
        return self.today + timedelta(days=day)

    def _monday(self, week: int) -> date:
        return self._date(7 * week - self.today.weekday())


def _where(activity: Activity) -> str | None:
    """Return place, address and municipality, each once; None when nothing is known."""
    text = ""
    for part in (activity.place, activity.address, activity.municipality):
        if part and fold(part) not in fold(text):
            text += f", {part}" if text else part
    return text or None
