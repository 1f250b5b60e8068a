"""What is asked of a plan, and the search for the best sets of one person."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from ..errors import must
from ..features.people import encode_profile
from ..model import Profile
from ..model.profile import HOURS_OF_TRACK
from ..planning import MOST_ACTIVITIES, Found, Layout, best_set, gap, lay_out
from ..schedule import HORIZON_DAYS
from . import Matcher
from .plan_choices import Pace, planning_of

HOURS_LEAST, HOURS_MOST = 1.0, 1000.0
TIME_LIMIT_S = 10.0
"""After so long the best so far is given; over HTTP the limit is shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWish:
    """What is asked of a plan.

    Parameters
    ----------
    hours : float, 1 to 1000
        To reach in all, with what was done before.
    by : date or None
        The day by which the caseworker would like that; never a term of the law.
    max_activities : int, 1 to 8
    time_limit_s : float
    keep : tuple of str, at most ``max_activities``
        Ids of activities that stay in every plan: they were chosen already.
    without : frozenset of str
        Ids of activities that are in no plan: somebody said no to them.
    """

    hours: float = HOURS_OF_TRACK
    by: date | None = None
    max_activities: int = 4
    time_limit_s: float = TIME_LIMIT_S
    keep: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()

    def check(self, today: date) -> None:
        """Refuse what cannot be asked.

        Raises
        ------
        InputError
            If a number is out of bounds, or the day lies before today.
        """
        least, most = HOURS_LEAST, HOURS_MOST
        must(
            math.isfinite(self.hours) and least <= self.hours <= most,
            "hours",
            f"from {least:g} to {most:g}",
            self.hours,
            "It is the number of hours to reach in all, with those done before; the track has 40.",
        )
        must(
            1 <= self.max_activities <= MOST_ACTIVITIES,
            "max_activities",
            f"from 1 to {MOST_ACTIVITIES}",
            self.max_activities,
        )
        must(
            len(self.keep) <= self.max_activities,
            "keep",
            f"at most {self.max_activities} activities, as many as a plan may have",
            len(self.keep),
        )
        must(
            self.by is None or self.by >= today,
            "by",
            f"{today} (today) or later",
            str(self.by),
            "Give the day by which the hours should be reached, or leave it out.",
        )


class Candidate(NamedTuple):
    """A set with its calendar, at a calm pace or a full one, and how much better a plan could be at most."""

    found: Found
    layout: Layout
    calm: bool
    gap: float

    @property
    def is_proven(self) -> bool:
        """True when no plan is better."""
        return self.gap == 0


class Attempt:
    """The search for plans of one person, as given or with something changed.

    Parameters
    ----------
    engine : Matcher
    profile : Profile
    wish : PlanWish
    today : date
    stop : callable
        Tells when the time is over.
    opened : collection of int
        Columns of the offer that are taken in although a limit keeps them out.

    Attributes
    ----------
    until : date, the last day that counts
    to_go_min : int, minutes that a plan must give
    planning : Planning
    """

    def __init__(
        self,
        engine: Matcher,
        profile: Profile,
        wish: PlanWish,
        *,
        today: date,
        stop: Callable[[], bool],
        opened: Collection[int] = (),
    ) -> None:
        self.profile, self.wish, self.today, self.stop = profile, wish, today, stop
        last_days = (today + timedelta(days=HORIZON_DAYS), wish.by, profile.available_until)
        self.until = min(day for day in last_days if day)
        self.hours_to_go = max(0.0, wish.hours - (profile.hours_done or 0.0))
        self.to_go_min = math.ceil(self.hours_to_go * 60 - 1e-6)
        self.ranker = engine.ranker(today)
        self.person = encode_profile(profile, today=today)
        self.scores = self.ranker.score(self.person)
        self.planning = planning_of(
            self.ranker.offer_,
            engine.activities,
            profile,
            self.person,
            self.scores,
            last_day=(self.until - today).days,
            to_go_min=self.to_go_min,
            opened=opened,
            kept=[column for column in map(engine.column, wish.keep) if column is not None],
            without=[column for column in map(engine.column, sorted(wish.without)) if column is not None],
        )

    def best(self, apart_from: Sequence[tuple[int, ...]] = ()) -> Candidate:
        """Return the best set; at most half of it may be in any of the sets to stay apart from.

        A calm pace comes first; only when the hours are out of reach so, weeks are as full as they may be.
        """
        calm = self._best(self.planning.calm, apart_from)
        if calm.layout.reached_day is not None:
            return calm
        full = self._best(self.planning.full, apart_from)
        # While a calm plan may still exist, a full one is not proven to be needed.
        unproven = max(calm.gap, full.gap)
        better = full if full.found.towards_min > calm.found.towards_min else calm
        return better._replace(gap=unproven)

    def _best(self, pace: Pace, apart_from: Sequence[tuple[int, ...]]) -> Candidate:
        found = best_set(
            pace.choices,
            to_go_min=self.to_go_min,
            most=self.wish.max_activities,
            n_kept=self.planning.n_kept,
            apart_from=apart_from,
            stop=self.stop,
        )
        layout = lay_out(
            pace.dates,
            pace.meetings,
            found.chosen,
            room_min=pace.choices.room_min,
            to_go_min=self.to_go_min,
        )
        return Candidate(found, layout, pace is self.planning.calm, gap(found, to_go_min=self.to_go_min))
