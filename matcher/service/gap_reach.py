"""How far each person gets with the offer, and how much further with one made-up activity: by planning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ..features.people import PersonArrays
from ..model import Activity, Profile
from ..model.answer import LIMIT_CODES
from ..planning import WEEK_MIN
from ..ranking import ActivityRanker, Scores
from . import Matcher
from .gap_candidates import LIST_LENGTH, SESSIONS, Candidates, Possible, session_days
from .gap_people import Supply, free_half_days
from .plan_attempts import Attempt, PlanWish
from .plan_choices import CALM_HOURS_PER_WEEK, CANDIDATES_MOST, LEAST_HOURS

Ints = NDArray[np.int64]
SESSION_MIN = SESSIONS["morning"][1] - SESSIONS["morning"][0]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one person gets with the offer as it is.

    to_go_min, got_min : int, minutes of the hours to go, and of those what the best plan gives
    busy_days : frozenset of int, days from today on which the plan has a session
    fullest_week_min : int
    n_chosen, n_candidates : int, activities of the plan, and activities that could have been in it
    last_day : int, the last day that counts, from today
    met : bool ndarray of shape (n_branches, n_half_days), what the person finds
    list_least : float, a score above this stands on the person's list
    kept_out : int64 ndarray of shape (n_limits,), activities that each limit alone keeps from the person
    """

    profile: Profile
    person: PersonArrays
    to_go_min: int
    got_min: int
    busy_days: frozenset[int]
    fullest_week_min: int
    n_chosen: int
    n_candidates: int
    last_day: int
    met: NDArray[np.bool_]
    list_least: float
    kept_out: Ints

    @property
    def short_min(self) -> int:
        """Minutes that no plan gives."""
        return self.to_go_min - self.got_min

    @property
    def least_min(self) -> int:
        """Less than this in all is nothing to plan with."""
        return min(int(LEAST_HOURS * 60), self.to_go_min)

    @property
    def week_most_min(self) -> float:
        """Minutes of sessions in a week that the person wants at most."""
        most = self.profile.max_hours_per_week
        return WEEK_MIN if most is None else most * 60

    def has_room(self, days: frozenset[int], wish: PlanWish) -> bool:
        """Tell whether sessions on some days can simply be added to the plan, without trying."""
        free = self.profile.availability
        room = min(self.week_most_min, CALM_HOURS_PER_WEEK * 60, WEEK_MIN if free is None else free.free_min)
        return (
            self.n_chosen < wish.max_activities
            and self.n_candidates < CANDIDATES_MOST
            and self.busy_days.isdisjoint(days)
            and self.fullest_week_min + SESSION_MIN <= room
        )


def reach_of(
    engine: Matcher,
    supply: Supply,
    profile: Profile,
    *,
    today: date,
    wish: PlanWish,
    stop: Callable[[], bool],
) -> Reach:
    """Plan the hours of one person, and return how far that gets."""
    tried = Attempt(engine, profile, wish, today=today, stop=stop)
    got_min, chosen, busy, weeks = 0, 0, frozenset[int](), np.zeros(1, dtype=np.int64)
    if tried.to_go_min and tried.planning.columns:
        best = tried.best()
        layout = best.layout
        got_min, chosen = min(tried.to_go_min, layout.minutes), len(best.found.chosen)
        busy = frozenset(session.day for session in layout.sessions)
        spent = [((one.day + today.weekday()) // 7, one.end_min - one.start_min) for one in layout.sessions]
        spent += [(one.week, one.minutes) for one in layout.agreed]
        if spent:
            week, minutes = np.array(spent, dtype=np.int64).T
            weeks = np.bincount(week, weights=minutes)
    return Reach(
        profile=profile,
        person=tried.person,
        to_go_min=tried.to_go_min,
        got_min=got_min,
        busy_days=busy,
        fullest_week_min=int(weeks.max()),
        n_chosen=chosen,
        n_candidates=len(tried.planning.columns),
        last_day=(tried.until - today).days,
        met=supply.met(tried.person, np.array(free_half_days(profile)), tried.scores),
        list_least=_list_least(tried.ranker, tried.scores),
        kept_out=np.array([(tried.scores.broken == 1 << bit).sum() for bit in range(len(LIMIT_CODES))]),
    )


def _list_least(ranker: ActivityRanker, scores: Scores) -> float:
    """Return the score of the last one on a person's list; below any when the list is not full."""
    best = ranker.best(scores, k=LIST_LENGTH)
    return float(scores.total[best[-1]]) if len(best) == LIST_LENGTH else -1.0


class Gains:
    """What made-up activities really bring: each is added to the offer, and the plans are made again.

    Parameters
    ----------
    engine : Matcher
    candidates : Candidates
    possible : Possible
        What each could bring at most, with one row for each of ``short``.
    short : sequence of Reach
        People who cannot reach their hours.
    today, wish, stop
        As for a plan.

    Notes
    -----
    What an activity brings depends on when and where it is, not on what it is about: people by half-day and place
    are planned for once. Where the plan has room and is elsewhere on other days, it need not be made again.
    """

    def __init__(
        self,
        engine: Matcher,
        candidates: Candidates,
        possible: Possible,
        short: Sequence[Reach],
        *,
        today: date,
        wish: PlanWish,
        stop: Callable[[], bool],
    ) -> None:
        self.candidates, self.possible, self.short = candidates, possible, short
        self.today, self.wish, self.stop = today, wish, stop
        self._engine = engine
        self._enlarged: Matcher | None = None
        self._columns: dict[tuple[int, int], int] = {}
        self._known: dict[tuple[int, int, int], int] = {}

    def minutes(self, number: int) -> Ints | None:
        """Return the minutes that a candidate brings to each person; None when the time is over."""
        gained = np.zeros(len(self.short), dtype=np.int64)
        for row in np.flatnonzero(self.possible.minutes[:, number]):
            found = self._gain(int(row), number)
            if found is None:
                return None
            gained[row] = min(found, int(self.possible.minutes[row, number]))
        return gained

    def _gain(self, row: int, number: int) -> int | None:
        _, half_day, place, _ = self.candidates.trait[number].tolist()
        key = (row, half_day, place)
        if key not in self._known:
            reach = self.short[row]
            days = session_days(
                self.candidates.half_days[half_day],
                today=self.today,
                first_day=reach.person.first_day,
                last_day=min(reach.person.last_day, reach.last_day),
            )
            if reach.has_room(days, self.wish):
                self._known[key] = reach.short_min
            elif self.stop():
                return None
            else:
                self._known[key] = self._planned_again(reach, half_day, place)
        return self._known[key]

    def _planned_again(self, reach: Reach, half_day: int, place: int) -> int:
        engine, column = self._with_new(half_day, place)
        tried = Attempt(engine, reach.profile, self.wish, today=self.today, stop=lambda: False, opened=(column,))
        return max(0, min(reach.to_go_min, tried.best().layout.minutes) - reach.got_min)

    def _with_new(self, half_day: int, place: int) -> tuple[Matcher, int]:
        """Return an engine with an activity at every half-day and place, all full, and the column of one."""
        if self._enlarged is None:
            traits = self.candidates.trait
            chosen = np.flatnonzero((traits[:, 0] == 0) & (traits[:, 3] == len(self.candidates.taalicoons) // 2))
            prefix = _prefix(self._engine.activities)
            where = {f"{prefix}{one}": (int(traits[one, 1]), int(traits[one, 2])) for one in chosen}
            new = [
                self.candidates.activity(int(one), today=self.today, full=True).model_copy(
                    update={"id": f"{prefix}{one}"}
                )
                for one in chosen
            ]
            self._enlarged = Matcher([*self._engine.activities, *new], weights=self._engine.weights)
            self._columns = {
                where[one.id]: column for column, one in enumerate(self._enlarged.activities) if one.id in where
            }
        return self._enlarged, self._columns[half_day, place]


def _prefix(activities: Sequence[Activity]) -> str:
    """Return a beginning that no id of the offer has."""
    prefix = "new-"
    while any(activity.id.startswith(prefix) for activity in activities):
        prefix += "-"
    return prefix
