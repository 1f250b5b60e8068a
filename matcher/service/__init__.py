"""The use cases: what the desk, the caseworkers and the notebooks ask for, one function each."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from importlib.metadata import version
from typing import TypedDict

import numpy as np

from ..criteria import check_criteria, follow_track
from ..errors import NotFoundError, must, shown
from ..explain import CODE_WORDS, Sentence, session_text, warning
from ..features.affinity import InterestTransformer
from ..features.interests import with_derived
from ..features.offer import OfferTransformer
from ..features.people import encode_profile
from ..model import Activity, Profile, Proposal
from ..model.answer import (
    LIMIT_CODES,
    Caution,
    Change,
    CriteriaCheck,
    NearestExcluded,
    Suggestion,
)
from ..ranking import ActivityRanker
from ..schedule import BRUSSELS, HORIZON_DAYS, local_time
from ..vocabulary import aspect_weights, data_folder
from .changes import CHANGEABLE
from .finding import find_activities
from .suggesting import Reasons

K_MOST = 1000
DAYS_KEPT = 3
NEXT_SESSIONS = 3


class Detail(TypedDict):
    """What a card shows beside the suggestion itself."""

    activity: Activity
    distance_km: float | None
    travel_min: int | None
    next_sessions: list[tuple[datetime, datetime]]
    session_texts_nl: list[str]
    session_texts_en: list[str]


class Explained(TypedDict):
    """Why an activity is, or is not, proposed to a person."""

    activity_id: str
    title: str
    allowed: bool
    score: float
    rank: int | None
    broken: list[Caution]
    change: Change | None


class Matcher:
    """An offer that is ready to be matched.

    Parameters
    ----------
    activities : sequence of Activity
        Ids must differ; the order does not matter.
    weights : mapping or None
        Weight of each aspect; None takes those of ``data/weights.toml``.

    Attributes
    ----------
    given, activities : tuple of Activity
        In the order of their ids: as they were given, and with what is derived from their texts.
    is_demonstration : bool
        True as soon as one record is made up: then nobody is to be sent anywhere because of this offer.
    offer_version, model_version : str
        Twelve hexadecimal digits that follow the content.

    Raises
    ------
    InputError
        If an id stands twice.
    """

    def __init__(self, activities: Sequence[Activity], *, weights: Mapping[str, float] | None = None) -> None:
        ordered = sorted(activities, key=lambda activity: activity.id)
        for one, other in zip(ordered, ordered[1:], strict=False):
            must(one.id != other.id, "id", "unique in the offer", one.id, "Rename one of the two.")
        self.weights = dict(weights or aspect_weights())
        self.given = tuple(ordered)
        self._interests = InterestTransformer().fit(self.given).transform(self.given)
        self.activities = tuple(map(with_derived, self.given, self._interests.evidence))
        self.offer_version = _digest(
            json.dumps(activity.to_json(), ensure_ascii=False, sort_keys=True).encode() for activity in ordered
        )
        self.model_version = _digest([json.dumps(self.weights, sort_keys=True).encode(), *_program_content()])
        self.is_demonstration = any(activity.is_demonstration for activity in ordered)
        self._column = {activity.id: column for column, activity in enumerate(self.activities)}
        self._rankers: dict[date, ActivityRanker] = {}
        self._lock = threading.Lock()

    def suggest(
        self,
        profile: Profile,
        *,
        today: date,
        now: datetime,
        k: int = 10,
        varied: bool = False,
        without: Collection[str] = (),
    ) -> Suggestion:
        """Rank the offer for one person and explain each proposal.

        Parameters
        ----------
        profile : Profile
        today : date
            The day from which sessions count.
        now : datetime
            Written as the moment of the answer, nothing else depends on it.
        k : int, 1 to 1000
            How many proposals at most.
        varied : bool
            Ask for a varied list rather than the plain order.
        without : collection of str
            Ids that are not proposed, whatever they score: somebody said no to them, or has them already.

        Raises
        ------
        InputError
            If ``k`` is out of bounds.
        """
        must(1 <= k <= K_MOST, "k", f"from 1 to {K_MOST}", k)
        ranker, reasons = self._reasons(profile, today)
        scores = reasons.scores
        allowed = scores.order[scores.broken[scores.order] == 0]
        if without:
            settled = [self._column[one] for one in without if one in self._column]
            allowed = allowed[~np.isin(allowed, settled)]
        chosen = ranker.varied(scores, allowed, k=k) if varied else allowed[:k]
        answer = self._answer(reasons, chosen, now, n_allowed=int(allowed.size))
        if varied:
            answer["varied"] = True
        return answer

    def compare(self, profile: Profile, activity_ids: Sequence[str], *, today: date, now: datetime) -> Suggestion:
        """Return some activities as proposals, in the order asked, also what breaks a limit.

        Raises
        ------
        NotFoundError
            If the offer has none with one of the ids.
        """
        columns = self._columns_of(activity_ids)
        _, reasons = self._reasons(profile, today)
        return self._answer(reasons, columns, now, n_allowed=int((reasons.scores.broken == 0).sum()))

    def _answer(self, reasons: Reasons, columns: Iterable[int], now: datetime, *, n_allowed: int) -> Suggestion:
        return {
            "profile_id": reasons.profile.id,
            "generated_at": now.astimezone(BRUSSELS).isoformat(timespec="seconds"),
            "today": reasons.today.isoformat(),
            "offer_version": self.offer_version,
            "model_version": self.model_version,
            "track": follow_track(reasons.profile),
            "suggestions": [reasons.suggested(int(column), rank) for rank, column in enumerate(columns, start=1)],
            "allowed": n_allowed,
            "excluded": reasons.excluded(),
        }

    def activity(self, activity_id: str) -> Activity:
        """Return an activity by its id.

        Raises
        ------
        NotFoundError
            If the offer has none with this id.
        """
        return self.activities[self._columns_of([activity_id])[0]]

    def details(
        self, profile: Profile, activity_ids: Sequence[str], *, today: date, now: datetime | None = None
    ) -> list[Detail]:
        """Return what the cards of activities show beside the suggestion: place, journey, next sessions.

        Parameters
        ----------
        profile : Profile
        activity_ids : sequence of str
        today, now : date, datetime or None
            As `next_sessions` takes them.

        Raises
        ------
        NotFoundError
            If the offer has none with one of the ids.
        """
        columns = self._columns_of(activity_ids)
        _, reasons = self._reasons(profile, today)
        return [self._detail(reasons, column, now) for column in columns]

    def _detail(self, reasons: Reasons, column: int, now: datetime | None) -> Detail:
        activity, profile = self.activities[column], reasons.profile
        distance_km, minutes = reasons.scores.distance_km[column], reasons.minutes(column)
        texts = [session_text(session) for session in activity.schedule.sessions] if activity.schedule else []
        return {
            "activity": activity,
            "distance_km": None if np.isnan(distance_km) else float(distance_km),
            "travel_min": None if minutes is None or profile.transport is None else round(minutes),
            "next_sessions": next_sessions(activity, profile, today=reasons.today, now=now),
            "session_texts_nl": [text.nl for text in texts],
            "session_texts_en": [text.en for text in texts],
        }

    def explain(self, profile: Profile, activity_ids: Sequence[str], *, today: date) -> list[Explained]:
        """Say for any activities whether they are proposed to a person, and if not, which limits they break.

        Raises
        ------
        NotFoundError
            If the offer has none with one of the ids.
        """
        columns = self._columns_of(activity_ids)
        _, reasons = self._reasons(profile, today)
        return [self._explained(reasons, column) for column in columns]

    def _explained(self, reasons: Reasons, column: int) -> Explained:
        scores = reasons.scores
        codes = [code for bit, code in enumerate(LIMIT_CODES) if scores.broken[column] >> bit & 1]
        found = reasons.change(column, codes[0]) if len(codes) == 1 and codes[0] in CHANGEABLE else None
        allowed = scores.order[scores.broken[scores.order] == 0]
        return {
            "activity_id": self.activities[column].id,
            "title": self.activities[column].title,
            "allowed": not codes,
            "score": float(scores.total[column]),
            "rank": None if codes else int(np.flatnonzero(allowed == column)[0]) + 1,
            "broken": [_broken(code, found) for code in codes],
            "change": found["change"] if found else None,
        }

    def search(self, text: str, profile: Profile, *, today: date, limit: int = 10) -> tuple[list[Explained], int]:
        """Find activities by name, organiser or place, and say of each whether it is proposed, and if not, why.

        Parameters
        ----------
        text : str
            As `matcher.service.finding.find_activities` takes it.
        profile : Profile
        today : date
        limit : int
            How many are explained at most.

        Returns
        -------
        found : list of Explained
            What is proposed first, the best first; then the others, those that would fit best first.
        n_found : int
            How many there are in all.
        """
        columns = find_activities(self.activities, text)
        if not columns:
            return [], 0
        _, reasons = self._reasons(profile, today)
        scores = reasons.scores
        place = {int(column): rank for rank, column in enumerate(scores.order)}
        columns.sort(key=lambda column: (scores.broken[column] > 0, place[column]))
        return [self._explained(reasons, column) for column in columns[:limit]], len(columns)

    def column(self, activity_id: str) -> int | None:
        """Return the place of an activity in the offer, or None when the offer has none with this id."""
        return self._column.get(activity_id)

    def _columns_of(self, activity_ids: Sequence[str]) -> list[int]:
        for activity_id in activity_ids:
            if activity_id not in self._column:
                raise NotFoundError(
                    f"There is no activity {shown(activity_id)!r} in this offer. List the offer for its ids."
                )
        return [self._column[activity_id] for activity_id in activity_ids]

    def _reasons(self, profile: Profile, today: date) -> tuple[ActivityRanker, Reasons]:
        ranker = self.ranker(today)
        person = encode_profile(profile, today=today)
        return ranker, Reasons(
            ranker, self.activities, profile, person, ranker.score(person), demonstration=self.is_demonstration
        )

    def ranker(self, today: date) -> ActivityRanker:
        """Return the ranker fitted to the offer as it stands on one day; the last few days are kept."""
        ranker = self._rankers.get(today)
        if ranker is None:
            with self._lock:
                if today not in self._rankers:
                    offer = OfferTransformer(today, interests=self._interests).fit(self.given)
                    fitted = ActivityRanker(self.weights).fit(offer.transform(self.given))
                    kept = dict(list(self._rankers.items())[-DAYS_KEPT + 1 :])
                    self._rankers = {**kept, today: fitted}
                ranker = self._rankers[today]
        return ranker


def next_sessions(
    activity: Proposal, profile: Profile, *, today: date, now: datetime | None = None
) -> list[tuple[datetime, datetime]]:
    """Return start and end of the next sessions that the person can attend, at most three.

    Parameters
    ----------
    activity : Proposal
    profile : Profile
    today : date
        The day from which sessions count.
    now : datetime, optional
        What has ended by then is not to come any more; without it the whole day counts.
    """
    if activity.schedule is None:
        return []
    firsts = [day for day in (today, activity.start_date, profile.available_from) if day]
    lasts = [
        day for day in (today + timedelta(days=HORIZON_DAYS), activity.end_date, profile.available_until) if day
    ]
    found = activity.schedule.occurrences(
        max(firsts), min(lasts), start_date=activity.start_date, pauses=activity.pauses
    )
    week = profile.availability
    times = [
        (local_time(day, session.start_min), local_time(day, session.end_min))
        for day, session in found
        if week is None
        or week.attended_min(session.day, session.start_min, session.end_min, drop_in=activity.drop_in)
    ]
    return [(start, end) for start, end in times if now is None or end > now][:NEXT_SESSIONS]


def check_activity(proposal: Proposal, *, today: date) -> CriteriaCheck:
    """Hold an own proposal against the criteria of the track."""
    return check_criteria(proposal, today=today)


def _broken(code: str, found: NearestExcluded | None) -> Caution:
    words = CODE_WORDS[code]
    sentence = Sentence(f"{words.nl[0].upper()}{words.nl[1:]}.", f"{words.en[0].upper()}{words.en[1:]}.")
    if found:
        sentence += Sentence(found["sentence_nl"], found["sentence_en"])
    return warning(code, sentence)


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())  # of each alone, so that no two can run together
    return digest.hexdigest()[:12]


@cache
def _program_content() -> tuple[bytes, ...]:
    files = ("interests.csv", "lexicon.csv", "related.csv", "postal_codes.csv")
    content = (hashlib.sha256((data_folder() / name).read_bytes()).digest() for name in files)
    return version("participatie-matcher").encode(), *content


__all__ = ["Detail", "Explained", "Matcher", "check_activity", "next_sessions"]
