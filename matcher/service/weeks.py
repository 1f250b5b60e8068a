"""The weeks of a person: sessions of what was chosen, what cannot be combined, and when the hours are reached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from ..features.calendar import encode_calendar
from ..features.offer import point_of
from ..model import Profile, Proposal
from ..model.dossier import Dossier, Followed, Named
from ..model.profile import HOURS_OF_TRACK
from ..planning import MOST_CANDIDATES, Dates, clashing, meetings, usual_visits
from ..schedule import HORIZON_DAYS, Availability
from .office import Office
from .plan_choices import attended_dates, travel_between
from .sessions import joined_activities

N_WEEKS = 8
"""So many weeks are listed by date."""
UNKNOWN = (float("nan"), float("nan"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Another session on the same day that stands in the way.

    travel_min : minutes between the two places when only the journey is the trouble; None when they overlap
    """

    activity: Named
    start_min: int
    end_min: int
    travel_min: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekSession:
    """One session in the person's calendar.

    start_min, end_min : minutes of the local day
    place : where, as the offer writes it
    clash : what stands in the way
    first_visit : True when it is the first visit that was planned
    optional : True for another moment at which coming is free, beside the usual one of the week
    outside : True when the person is not free then
    counts : True when its hours are expected: it lies ahead, and the person can be there
    """

    activity: Named
    on: date
    start_min: int
    end_min: int
    place: str | None
    clash: Clash | None = None
    first_visit: bool = False
    optional: bool = False
    outside: bool = False
    counts: bool = False

    @property
    def hours(self) -> float:
        """Length of the session."""
        return (self.end_min - self.start_min) / 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonWeek:
    """One week from a Monday on.

    agreed : hours by agreement, for each activity that has them
    hours : that are expected from today on
    total : hours at the end of the week, with what was done before
    """

    monday: date
    sessions: tuple[WeekSession, ...]
    agreed: tuple[tuple[Named, float], ...]
    hours: float
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """The year of a person from the week of today on.

    weeks : all weeks of the year, those without a session too
    visits : first visits that are planned at another moment than a session
    without_times : activities of which day and hour are not known
    gone : activities that are no longer offered
    reached_on : the day on which the hours of the track are reached, if they are
    """

    weeks: tuple[PersonWeek, ...]
    visits: tuple[Followed, ...]
    without_times: tuple[Named, ...]
    gone: tuple[Named, ...]
    reached_on: date | None


def coming_weeks(office: Office, dossier: Dossier, *, today: date) -> Coming:
    """Lay out the activities in the person's week over the coming year.

    Notes
    -----
    Of two sessions that cannot be combined only the one that starts first counts for the hours; where coming is
    free, one visit a week counts. Hours that were noted already do not count twice.
    """
    known = joined_activities(office, dossier)
    joined = [one for one in dossier.joined if one.activity.activity_id in known]
    timed = [one for one in joined if known[one.activity.activity_id].schedule is not None][:MOST_CANDIDATES]
    activities = [known[one.activity.activity_id] for one in timed]
    found = _Weeks(dossier, timed, activities, today) if timed else None
    sessions = found.sessions() if found else []
    agreed = found.agreed() if found else []
    weeks, reached_on = _summed(dossier, sessions, agreed, today)
    shown = {(one.activity.activity_id, one.on) for one in sessions}
    return Coming(
        weeks=weeks,
        visits=tuple(
            one
            for one in dossier.joined
            if one.visit_on and one.visit_on >= _monday(today)
            if (one.activity.activity_id, one.visit_on) not in shown
        ),
        without_times=tuple(one.activity for one in joined if one not in timed),
        gone=tuple(one.activity for one in dossier.joined if one not in joined),
        reached_on=reached_on,
    )


@dataclass(frozen=True, slots=True)
class _Agreed:
    activity: Named
    monday: date
    last_day: date
    hours: float


class _Weeks:
    """Sessions of some activities as arrays, from the Monday of this week on."""

    def __init__(
        self,
        dossier: Dossier,
        timed: Sequence[Followed],
        activities: Sequence[Proposal],
        today: date,
    ) -> None:
        profile = dossier.profile
        self.timed, self.activities, self.today, self.monday = timed, activities, today, _monday(today)
        self.calendar = encode_calendar(activities, today=self.monday)
        self.window = _window(profile, self.monday)
        self.dates = self._dates(profile.availability)
        points = [_point(one, profile) for one in activities]
        self.travel = travel_between(points, profile.transport)
        self.usual = usual_visits(self.dates, meetings(self.dates, self.travel))
        self.whole = self._dates(None) if profile.availability is not None else self.dates
        self.logged = {(one.activity.activity_id, one.on) for one in dossier.hours}

    def _dates(self, availability: Availability | None) -> Dates:
        return attended_dates(self.calendar, availability, range(len(self.timed)), self.window)

    def sessions(self) -> list[WeekSession]:
        """Return all sessions, in order of time."""
        usual, spare = self.dates.only(self.usual), self.dates.only(~self.usual)
        found = self._usual(usual)
        found += [replace(self._session(spare, row), optional=True) for row in range(len(spare.who))]
        attended = set(zip(self.dates.who.tolist(), self.dates.day.tolist(), strict=True))
        everything = zip(self.whole.who.tolist(), self.whole.day.tolist(), strict=True)
        missed = [row for row, key in enumerate(everything) if key not in attended]
        found += [replace(self._session(self.whole, row), outside=True) for row in missed]
        begun = {one.activity.activity_id: one.visit_on for one in self.timed if one.visit_on}
        found = [one for one in found if one.on >= begun.get(one.activity.activity_id, one.on)]
        return sorted(found, key=lambda one: (one.on, one.start_min, one.activity.activity_id))

    def _usual(self, dates: Dates) -> list[WeekSession]:
        """Return sessions with what stands in their way; those that are expected count.

        Expected is what lies ahead, was not noted yet, and is not in the way of one that starts before.
        """
        ways: dict[int, list[int]] = {}
        for one, other in zip(*(rows.tolist() for rows in clashing(dates, self.travel)), strict=True):
            ways.setdefault(one, []).append(other)
        found = [self._session(dates, row) for row in range(len(dates.who))]
        counted: set[int] = set()
        for row in np.lexsort((dates.who, dates.start_min, dates.day)).tolist():
            session, begun = found[row], self.timed[int(dates.who[row])].visit_on
            ahead = session.on >= max(self.today, begun or self.today)
            noted = (session.activity.activity_id, session.on) in self.logged
            counts = ahead and not noted and counted.isdisjoint(ways.get(row, ()))
            counted |= {row} if counts else set()
            clash = self._clash(dates, row, ways[row][0]) if row in ways else None
            found[row] = replace(session, counts=counts, clash=clash)
        return found

    def _session(self, dates: Dates, row: int) -> WeekSession:
        who = int(dates.who[row])
        followed, activity = self.timed[who], self.activities[who]
        on = self.monday + timedelta(days=int(dates.day[row]))
        return WeekSession(
            activity=followed.activity,
            on=on,
            start_min=int(dates.start_min[row]),
            end_min=int(dates.end_min[row]),
            place=activity.place,
            first_visit=followed.visit_on == on,
        )

    def _clash(self, dates: Dates, one: int, other: int) -> Clash:
        overlap = dates.start_min[one] < dates.end_min[other] and dates.start_min[other] < dates.end_min[one]
        return Clash(
            activity=self.timed[int(dates.who[other])].activity,
            start_min=int(dates.start_min[other]),
            end_min=int(dates.end_min[other]),
            travel_min=None if overlap else int(self.travel[dates.who[one], dates.who[other]]),
        )

    def agreed(self) -> list[_Agreed]:
        """Return hours by agreement, from today on."""
        found = []
        for who, week in np.argwhere(self.dates.agreed_min).tolist():
            first, last, minutes = (
                int(values[who, week])
                for values in (self.dates.agreed_first, self.dates.agreed_last, self.dates.agreed_min)
            )
            begun = self.timed[who].visit_on or self.today
            ahead = max((max(begun, self.today) - self.monday).days, first)
            if ahead <= last:
                found.append(
                    _Agreed(
                        self.timed[who].activity,
                        self.monday + timedelta(days=7 * week),
                        self.monday + timedelta(days=last),
                        minutes / 60 * (last - ahead + 1) / (last - first + 1),
                    )
                )
        return found


def _summed(
    dossier: Dossier, sessions: Iterable[WeekSession], agreed: Iterable[_Agreed], today: date
) -> tuple[tuple[PersonWeek, ...], date | None]:
    """Put sessions and hours by agreement into weeks, and find the day on which the hours are reached."""
    sessions, agreed = list(sessions), list(agreed)
    done = dossier.hours_reported
    by_day: dict[date, float] = {}
    for day, hours in [(one.on, one.hours) for one in sessions if one.counts] + [
        (one.last_day, one.hours) for one in agreed
    ]:
        by_day[day] = by_day.get(day, 0.0) + hours
    reached_on = today if done >= HOURS_OF_TRACK else None
    total = done
    for day in sorted(by_day):
        total += by_day[day]
        if reached_on is None and round(total, 6) >= HOURS_OF_TRACK:
            reached_on = day
    weeks, total = [], done
    for number in range((HORIZON_DAYS + 6) // 7):
        monday = _monday(today) + timedelta(days=7 * number)
        sunday = monday + timedelta(days=6)
        hours = sum(hours for day, hours in by_day.items() if monday <= day <= sunday)
        total += hours
        weeks.append(
            PersonWeek(
                monday=monday,
                sessions=tuple(one for one in sessions if monday <= one.on <= sunday),
                agreed=tuple((one.activity, round(one.hours, 2)) for one in agreed if one.monday == monday),
                hours=round(hours, 2),
                total=round(total, 2),
            )
        )
    return tuple(weeks), reached_on


def _window(profile: Profile, monday: date) -> tuple[int, int]:
    first = (profile.available_from - monday).days if profile.available_from else 0
    last = (profile.available_until - monday).days if profile.available_until else HORIZON_DAYS
    return max(0, first), min(HORIZON_DAYS, last)


def _point(activity: Proposal, profile: Profile) -> tuple[float, float]:
    """Return where an activity is; online is at home."""
    where = profile.home if activity.is_online else activity
    return point_of(where.lat, where.lon, where.postal_code) or UNKNOWN


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
