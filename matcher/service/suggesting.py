"""From scores to a suggestion: ids, reasons, hours, what is unknown, and why others are not there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import numpy as np

from .. import explain
from ..aspects import travel_min
from ..explain import NOT_GIVEN, Sentence
from ..features.calendar import reached_on
from ..features.people import PersonArrays
from ..features.space import FOR, GIVE, ON_FOOT, OPEN, Evidence, answered_by, node_index
from ..model import Activity, Profile
from ..model.answer import (
    ASPECTS,
    LIMIT_CODES,
    Aspect,
    Caution,
    Excluded,
    Hours,
    NearestExcluded,
    SuggestedActivity,
)
from ..ranking import ActivityRanker, Scores
from ..vocabulary import LEVELS, NEEDS, interests
from .changes import CHANGEABLE, describe_change, smallest_change

MOST_NEAREST = 5
STALE_DAYS = 365
MOST_MATCHES, SECOND_LEAST = 2, 0.7
"""How many matches a reason names, and how good the second must be, as a share of the first."""
ASKED_FIRST = 0.1
MATCH_LEAST = 0.35
"""A match that is weaker than this is no reason to give."""


class Reasons:
    """The words of one answer: one person, one day, the scores of a whole offer.

    Parameters
    ----------
    ranker : ActivityRanker
    activities : tuple of Activity
        In the order of the columns.
    profile, person, scores
        The same person: as given, as numbers, and as scored.
    demonstration : bool
        The offer holds made-up records, and each proposal says so.
    """

    def __init__(
        self,
        ranker: ActivityRanker,
        activities: tuple[Activity, ...],
        profile: Profile,
        person: PersonArrays,
        scores: Scores,
        *,
        demonstration: bool,
    ) -> None:
        self.offer = ranker.offer_
        self.activities = activities
        self.profile = profile
        self.person = person
        self.scores = scores
        self.demonstration = demonstration
        self.today = self.offer.calendar.today
        self._weights: list[float] = scores.weights.tolist()
        self._sayers = (
            self._interests,
            self._language,
            self._group,
            self._schedule,
            self._distance,
            self._contact,
            self._practical,
        )

    def suggested(self, column: int, rank: int) -> SuggestedActivity:
        """Return one proposal with its reasons."""
        activity = self.activities[column]
        unknown = self.unknown(column)
        return {
            "rank": rank,
            "activity_id": activity.id,
            "title": activity.title,
            "organiser": activity.organiser,
            "kind": activity.kind,
            "score": float(self.scores.total[column]),
            "aspects": self.aspects(column),
            "criteria": self.offer.criteria[column],
            "hours": self.hours(column),
            "unknown": list(dict.fromkeys(key.partition(".")[0] for key in unknown)),
            "warnings": self.warnings(column, unknown),
        }

    def aspects(self, column: int) -> dict[str, Aspect]:
        """Return the seven aspects, each with its reason."""
        answer: dict[str, Aspect] = {}
        scores = self.scores.aspects[column].tolist()
        for aspect, say, score, weight in zip(ASPECTS, self._sayers, scores, self._weights, strict=True):
            reason = say(column) if weight > 0 else NOT_GIVEN
            answer[aspect] = {
                "score": score,
                "weight": weight,
                "reason_nl": reason.nl,
                "reason_en": reason.en,
            }
        return answer

    def hours(self, column: int) -> Hours:
        """Return what the person could attend of an activity."""
        attendance, calendar = self.scores.attendance, self.offer.calendar
        pattern = int(calendar.pattern[column])
        if not calendar.known[pattern]:
            return {
                "per_session": None,
                "sessions_attendable": None,
                "attendable": None,
                "covers_to_go": None,
                "reached_on": None,
            }
        hours = float(attendance.hours[pattern])
        flex, attended = calendar.flex_hours[pattern] > 0, int(attendance.attended[pattern])
        reached = reached_on(
            calendar,
            attendance,
            pattern,
            first_day=self.person.first_day,
            last_day=self.person.last_day,
            hours=self.person.hours_to_go,
        )
        return {
            "per_session": None if flex or not attended else round(hours / attended, 2),
            "sessions_attendable": None if flex else attended,
            "attendable": round(hours, 2),
            # Hours by agreement come in sevenths of a week: a rounding error must not decide.
            "covers_to_go": hours + 1e-9 >= self.person.hours_to_go,
            "reached_on": None if reached is None else (self.today + timedelta(days=reached)).isoformat(),
        }

    def unknown(self, column: int) -> list[str]:
        """List the keys that matter to this person and are not known; ``facilities.<need>`` for a need."""
        activity, profile = self.activities[column], self.profile
        matters = {
            "schedule": activity.schedule is None,
            "price_eur": activity.price_eur is None
            and (profile.max_price_eur is not None or "low_cost" in profile.needs),
            "distance": self.person.point is not None and np.isnan(self.scores.distance_km[column]),
            "taalicoon": activity.taalicoon is None and profile.dutch_level is not None,
            "participants": activity.participants is None and profile.dutch_level is not None,
            "group_max": activity.group_max is None and bool(profile.group_sizes),
            "places_left": activity.places_left is None,
            **dict.fromkeys(self.offer.criteria[column]["missing"], True),
            **{f"facilities.{need}": need in self._open_needs(activity) for need in profile.needs},
        }
        return [key for key, is_unknown in matters.items() if is_unknown]

    def warnings(self, column: int, unknown: list[str]) -> list[Caution]:
        """List what to discuss and what to ask after."""
        activity, check = self.activities[column], self.offer.criteria[column]
        found: list[tuple[str, Sentence]] = []
        if check["verdict"] == "discuss":
            found.append(("discuss", _discuss(check["discuss_because"])))
        if self.scores.derived_avoided[column]:
            found.append(("avoid_derived", _avoid_derived(activity)))
        if activity.kind == "school":
            found.append(("school", _SCHOOL))
        if activity.fee_eur:
            fee = explain.euro(activity.fee_eur)
            found.append(
                (
                    "fee",
                    Sentence(f"Er is ook een bijdrage van {fee.nl}.", f"There is also a fee of {fee.en}."),
                )
            )
        if activity.schedule and activity.schedule.week_unknown and activity.start_date is None:
            found.append(("which_week", _WHICH_WEEK))
        if activity.last_verified and (self.today - activity.last_verified).days > STALE_DAYS:
            on = explain.day_text(activity.last_verified)
            found.append(
                (
                    "stale",
                    Sentence(
                        f"Dit is het laatst nagevraagd op {on.nl}: bel eerst.",
                        f"This was last verified on {on.en}: call first.",
                    ),
                )
            )
        found += [(f"unknown_{key.replace('.', '_')}", explain.ask_after(key)) for key in unknown]
        if self.demonstration:
            found.append(("demonstration", _DEMONSTRATION))
        return [explain.warning(code, sentence) for code, sentence in found]

    def excluded(self) -> Excluded:
        """Count why activities are not proposed, and name those that one change would let in."""
        broken = self.scores.broken
        counts = np.bincount(broken, minlength=1 << len(LIMIT_CODES))
        combinations = np.arange(counts.size)
        by_reason = {code: int(counts[combinations >> bit & 1 == 1].sum()) for bit, code in enumerate(LIMIT_CODES)}
        only_reason = {code: int(counts[1 << bit]) for bit, code in enumerate(LIMIT_CODES)}
        return {
            "total": int(broken.size - counts[0]),
            "by_reason": {code: count for code, count in by_reason.items() if count},
            "only_reason": {code: count for code, count in only_reason.items() if count},
            "nearest": self._nearest(),
        }

    def _nearest(self) -> list[NearestExcluded]:
        codes = {1 << LIMIT_CODES.index(code): code for code in CHANGEABLE}
        broken = self.scores.broken
        candidates = np.isin(broken, list(codes))
        nearest: list[NearestExcluded] = []
        for column in self.scores.order[candidates[self.scores.order]]:
            code = codes[int(broken[column])]
            found = self.change(int(column), code)
            if found:
                nearest.append(found)
            if len(nearest) == MOST_NEAREST:
                break
        return nearest

    def change(self, column: int, code: str) -> NearestExcluded | None:
        """Say what would let in an activity that one limit keeps out; None when no single change does."""
        activity = self.activities[column]
        possible, change = smallest_change(
            code,
            activity,
            self.profile,
            today=self.today,
            distance_km=float(self.scores.distance_km[column]),
        )
        if not possible:
            return None
        sentence = describe_change(change, code, activity, self.profile)
        return {
            "activity_id": activity.id,
            "title": activity.title,
            "score_if_allowed": float(self.scores.total[column]),
            "code": code,
            "sentence_nl": sentence.nl,
            "sentence_en": sentence.en,
            "change": change,
        }

    def _interests(self, column: int) -> Sentence:
        if self.scores.derived_avoided[column]:
            return _avoid_derived(self.activities[column])
        evidence = self.offer.interests.evidence[column]
        matches = []
        for wish, about in best_matches(self.person.wished, evidence):
            own = evidence[about]
            matches.append(
                explain.Match(
                    _label(about),
                    None if wish == about else _label(wish),
                    words=() if own.given else own.words,
                    wished=self.person.wished[wish].words,
                    asked=self.person.wished[wish].given,
                )
            )
        reason = explain.interests_reason(matches, is_open=OPEN in evidence)
        for mark, doubt in _DOUBTS.items():
            if mark in evidence and mark in self.person.wished and self.person.wished[mark].strength < 0:
                reason += doubt
        return reason

    def _language(self, column: int) -> Sentence:
        activity, level = self.activities[column], self.person.level
        assert level is not None
        step = None if activity.taalicoon is None else level - (activity.taalicoon - 1)
        return explain.language_reason(activity.taalicoon, activity.participants, LEVELS[level], step)

    def _group(self, column: int) -> Sentence:
        low, high = self.offer.group_low[column], self.offer.group_high[column]
        known = not np.isnan(low)
        return explain.group_reason(
            float(low) if known else None,
            float(high) if known else None,
            self.profile.group_sizes,
            float(self.scores.aspects[column, ASPECTS.index("group")]),
        )

    def _schedule(self, column: int) -> Sentence:
        pattern = int(self.offer.calendar.pattern[column])
        attendance = self.scores.attendance
        flex = self.offer.calendar.flex_hours[pattern] > 0
        return explain.schedule_reason(
            bool(self.offer.calendar.known[pattern]),
            None if flex else int(attendance.attended[pattern]),
            int(attendance.sessions[pattern]),
            float(attendance.hours[pattern]),
            self.person.hours_to_go,
        )

    def _distance(self, column: int) -> Sentence:
        distance_km = float(self.scores.distance_km[column])
        if np.isnan(distance_km):
            return explain.distance_reason(None, None, None)
        return explain.distance_reason(distance_km, self.minutes(column), self.profile.transport)

    def minutes(self, column: int) -> float | None:
        """Return the minutes of the journey; None for what is online or not known."""
        distance_km = self.scores.distance_km[column]
        if self.offer.online[column] or np.isnan(distance_km):
            return None
        return float(travel_min(distance_km, self.profile.transport))

    def _contact(self, column: int) -> Sentence:
        activity = self.activities[column]
        return explain.contact_reason(int(self.offer.lasting[column]), activity.interaction)

    def _practical(self, column: int) -> Sentence:
        activity, profile = self.activities[column], self.profile
        met = [need for need in NEEDS if need in profile.needs and need in activity.facilities]
        price = explain.price_text(activity.price_eur, activity.reduced_price_eur, profile.max_price_eur)
        return explain.practical_reason(
            price, tuple(met), tuple(self._open_needs(activity)), activity.places_left, activity.last_verified
        )

    def _open_needs(self, activity: Activity) -> list[str]:
        known = {facility.lstrip("-") for facility in activity.facilities}
        return [need for need in self.profile.needs if need not in known]


def best_matches(wished: Mapping[str, Evidence], evidence: Mapping[str, Evidence]) -> list[tuple[str, str]]:
    """Return the wishes that are answered best, each with the interest of the activity that answers it.

    At most two, of different interests; the second only when it is not much worse.
    """
    order = node_index()
    pairs = []
    for wanted, wish in wished.items():
        near = answered_by(wanted) if wish.strength > 0 and wanted != OPEN else {}
        for about in evidence.keys() & near.keys():
            match = wish.strength * near[about] * evidence[about].strength
            # What was asked for itself is named before what is only close to a wish.
            named = match + (ASKED_FIRST if wanted == about else 0.0)
            pairs.append((-named, order[wanted], order[about], match, wanted, about))
    chosen: list[tuple[str, str]] = []
    best = 0.0
    for *_, match, wanted, about in sorted(pairs):
        if len(chosen) == MOST_MATCHES:
            break
        new = all(wanted != wish and about != interest for wish, interest in chosen)
        if new and match >= max(MATCH_LEAST, SECOND_LEAST * best):
            chosen.append((wanted, about))
            best = max(best, match)
    return chosen


def _label(node: str) -> Sentence:
    if node.startswith(FOR):
        return explain.AUDIENCE_WORDS[node.removeprefix(FOR)]
    if node.startswith(GIVE):
        own = _label(node.removeprefix(GIVE))
        return Sentence(f"anderen helpen met {own.nl}", f"helping others with {own.en}")
    one = interests()[node]
    return Sentence(one.label_nl.lower(), one.label_en.lower())


def _discuss(because: str | None) -> Sentence:
    if because == "missing":
        return Sentence(
            "Nog na te vragen of dit bij het traject past.", "Still to ask whether this fits the track."
        )
    return Sentence(
        "Bespreek met de trajectbegeleider of dit bij het traject past.",
        "Discuss with the trajectbegeleider whether this fits the track.",
    )


def _avoid_derived(activity: Activity) -> Sentence:
    words = next((note for note in activity.derived if note.startswith("interests=")), "interests=")
    found = explain.quoted(words.partition("=")[2].split(", "))
    return Sentence(
        f"De tekst wijst op iets wat u wilt vermijden{found}: vraag na.",
        f"The text points to something you want to avoid{found}: ask.",
    )


_DOUBTS = {
    FOR + "parents": Sentence(
        "Dit is voor ouders: vraag na of dat past.", "This is for parents: ask whether it suits."
    ),
    FOR + "women": Sentence(
        "Dit is voor vrouwen onder elkaar: vraag na of dat past.",
        "This is for women among themselves: ask whether it suits.",
    ),
    ON_FOOT: Sentence(
        "Hier bent u te voet of met de fiets op weg: vraag na of het met een rolstoel kan.",
        "Here one goes on foot or by bicycle: ask whether it is possible in a wheelchair.",
    ),
}
"""What is said with a mark that speaks against an activity: a question to ask, not a refusal."""
_SCHOOL = Sentence("Alleen voor ouders van deze school: vraag na.", "Only for parents of this school: ask.")
_WHICH_WEEK = Sentence("Dit is om de twee weken: vraag welke week.", "This is every other week: ask which week.")
_DEMONSTRATION = Sentence(
    "Demonstratiegegevens: controleer alles voor u iemand stuurt.",
    "Demonstration data: check everything before you send anybody.",
)
