"""The dated calendar of a chosen set: sessions, visits, hours by agreement, and the day on which it is enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .choices import LEAST_ROOM_MIN, Dates, Meetings

LEAST_VISIT_MIN = 30
"""A visit that is cut short by a full week takes at least this long, if the one before can be shorter."""


class Session(NamedTuple):
    """A session or a visit: the place of its candidate, the day from today, minutes of that day."""

    who: int
    day: int
    start_min: int
    end_min: int


class Agreed(NamedTuple):
    """Hours by agreement in one week, 0 for that of today; they count on ``last_day``."""

    who: int
    week: int
    minutes: int
    first_day: int
    last_day: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What a plan asks on which day.

    sessions : list of Session, in order of time, until the hours are reached
    agreed : list of Agreed, in order of time, until the hours are reached
    missed : list of Session, from which one stays away because of another, until then
    possible_min : int, what the set would give until the end of the horizon
    reached_day : int or None, days from today
    """

    sessions: list[Session]
    agreed: list[Agreed]
    missed: list[Session]
    possible_min: int
    reached_day: int | None

    @property
    def minutes(self) -> int:
        """What the plan gives in all."""
        return sum(one.end_min - one.start_min for one in self.sessions) + sum(one.minutes for one in self.agreed)


def lay_out(dates: Dates, found: Meetings, chosen: Sequence[int], *, room_min: int, to_go_min: int) -> Layout:
    """Lay out a set of candidates by date.

    Parameters
    ----------
    dates : Dates
    found : Meetings
    chosen : sequence of int
        Places of candidates of which no two clash.
    room_min : int
        Up to which visits and hours by agreement fill a week.
    to_go_min : int
        On the day on which so many minutes are reached the plan ends.

    Notes
    -----
    In a week visits and hours by agreement come in the order of the candidates. Those that find no room are left
    out; the last that does is cut short. A session from which one stays away takes its room all the same.
    """
    mask = np.uint64(sum(1 << place for place in chosen))
    sessions: list[Session] = []
    agreed: list[Agreed] = []
    missed: list[Session] = []
    room: dict[int, int] = {}
    optional: dict[int, list[Session | Agreed]] = {}
    for row in np.flatnonzero(np.isin(dates.who, chosen)):
        session = Session(*(int(v[row]) for v in (dates.who, dates.day, dates.start_min, dates.end_min)))
        week = (session.day + dates.weekday) // 7
        stays_away = found.blockers[row] & mask
        if not dates.is_visit[row]:
            room[week] = room.get(week, room_min) - _length(session)
            (missed if stays_away else sessions).append(session)
        elif not stays_away:
            optional.setdefault(week, []).append(session)
    for who, week in np.argwhere(dates.agreed_min[list(chosen)]).tolist():
        place = chosen[who]
        minutes, first, last = (
            int(values[place, week]) for values in (dates.agreed_min, dates.agreed_first, dates.agreed_last)
        )
        optional.setdefault(week, []).append(Agreed(place, week, minutes, first, last))
    for week, wanted in optional.items():
        for kept in _filled(wanted, room.get(week, room_min)):
            if isinstance(kept, Session):
                sessions.append(kept)
            else:
                agreed.append(kept)
    return _until_reached(Layout(sessions, agreed, missed, 0, None), to_go_min)


def _filled(wanted: list[Session | Agreed], room_min: int) -> list[Session | Agreed]:
    """Return what finds room in a week, the last of it cut short."""
    if room_min < LEAST_ROOM_MIN:
        return []
    ordered = sorted(wanted, key=lambda one: (one.who, isinstance(one, Agreed), one))
    kept: list[Session | Agreed] = []
    for one in ordered:
        length = _length(one)
        if room_min >= length:
            kept.append(one)
        elif room_min:
            lacking = max(0, min(LEAST_VISIT_MIN, length) - room_min)
            if kept and lacking and _length(kept[-1]) - lacking >= LEAST_VISIT_MIN:
                kept[-1] = _cut(kept[-1], _length(kept[-1]) - lacking)
                room_min += lacking
            kept.append(_cut(one, room_min))
        room_min -= min(room_min, length)
    return kept


def _length(one: Session | Agreed) -> int:
    return one.end_min - one.start_min if isinstance(one, Session) else one.minutes


def _cut(one: Session | Agreed, minutes: int) -> Session | Agreed:
    if isinstance(one, Session):
        return one._replace(end_min=one.start_min + minutes)
    return one._replace(minutes=minutes)


def _until_reached(plan: Layout, to_go_min: int) -> Layout:
    sessions = sorted(plan.sessions, key=lambda one: (one.day, one.start_min, one.who))
    agreed = sorted(plan.agreed, key=lambda one: (one.week, one.who))
    by_day: dict[int, int] = {}
    for day, minutes in [(one.day, _length(one)) for one in sessions] + [
        (one.last_day, one.minutes) for one in agreed
    ]:
        by_day[day] = by_day.get(day, 0) + minutes
    done = 0
    reached = None
    for day in sorted(by_day):
        done += by_day[day]
        if done >= to_go_min and reached is None:
            reached = day
    end = max(by_day, default=0) if reached is None else reached
    return Layout(
        sessions=[one for one in sessions if one.day <= end],
        agreed=[one for one in agreed if one.last_day <= end],
        missed=[one for one in plan.missed if one.day <= end],
        possible_min=done,
        reached_day=reached,
    )
