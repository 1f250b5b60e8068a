"""Plans by trying every set in plain Python: slow, and nothing shared with the search but its weights."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from itertools import combinations
from math import ceil

import numpy as np

from matcher.aspects import travel_min
from matcher.features.offer import point_of
from matcher.limits import haversine_km
from matcher.planning import Dates, choices, meetings
from matcher.planning import worth as weights

N_WEEKS = 7


def made_up(seed: int, *, n: int = 8, tight: bool = False) -> dict:
    """Make candidates with sessions, visits and hours by agreement over some weeks."""
    rng = random.Random(seed)
    weekday = rng.randint(0, 6)
    rows, agreed = [], np.zeros((n, N_WEEKS), dtype=np.int64)
    first, last = np.full((2, n, N_WEEKS), -1, dtype=np.int64)
    for who in range(n):
        form = rng.choice(("fixed", "fixed", "fixed", "visits", "visits", "agreed", "mixed", "few"))
        days = range(rng.choice((0, 0, 7, 20)), 7 * N_WEEKS - weekday)
        if form in ("fixed", "visits", "mixed"):
            for hour in {(rng.randint(0, 6), 60 * rng.randint(9, 13)) for _ in range(rng.randint(1, 3))}:
                length, is_visit = rng.choice((45, 60, 90, 120, 150, 180)), form == "visits"
                rows += [(who, day, hour[1], hour[1] + length, is_visit) for day in days if day % 7 == hour[0]]
        if form == "few":
            rows += [(who, day, 600, 780, False) for day in rng.sample(list(days), min(2, len(days)))]
        if form in ("agreed", "mixed"):
            for week in range(N_WEEKS):
                inside = [day for day in days if (day + weekday) // 7 == week]
                if inside:
                    agreed[who, week] = rng.choice((30, 60, 90, 120)) * len(inside) // 7
                    first[who, week], last[who, week] = inside[0], inside[-1]
    rows = [row for row in rows if rng.random() < 0.9]
    table = np.array([row[:4] for row in rows], dtype=np.int64).reshape(-1, 4)
    is_visit = np.array([row[4] for row in rows], dtype=bool)
    travel = np.array([[rng.choice((0, 0, 10, 40)) for _ in range(n)] for _ in range(n)])
    alike = np.array([[rng.choice((0, 0, 0, 1, 2)) for _ in range(n)] for _ in range(n)])
    np.fill_diagonal(alike, 0)
    cap = rng.choice((120, 200, 300, 360)) if tight or rng.random() < 0.5 else 7 * 24 * 60
    return {
        "dates": Dates(*table.T, is_visit, agreed, first, last, weekday),
        "score": np.array(sorted((rng.randint(4000, 9500) for _ in range(n)), reverse=True)),
        "tie": np.array(rng.sample(range(100), n)),
        "alike": np.triu(alike) + np.triu(alike).T,
        "travel_min": np.maximum(travel, travel.T),
        "fixed_most_min": cap,
        "room_min": min(cap, rng.choice((200, 480, 10080))),
        "to_go_min": rng.choice((60, 300, 700)) if not tight else rng.choice((800, 1200, 1600)),
        "most": rng.randint(1, 4),
    }


def choices_of(world: dict):
    """Return what the search takes."""
    found = meetings(world["dates"], world["travel_min"])
    keys = ("score", "tie", "alike", "fixed_most_min", "room_min")
    return found, choices(world["dates"], found, **{key: world[key] for key in keys})


class Plain:
    """Every rule once more, session by session."""

    def __init__(self, world: dict) -> None:
        self.world = world
        dates = world["dates"]
        self.n = len(world["score"])
        self.sessions = [
            (int(who), int(day), int(start), int(end), bool(visit))
            for who, day, start, end, visit in zip(
                dates.who, dates.day, dates.start_min, dates.end_min, dates.is_visit, strict=True
            )
        ]
        self.own = [[one for one in self.sessions if one[0] == who] for who in range(self.n)]
        self.fixed = [[one for one in self.own[who] if not one[4]] for who in range(self.n)]

    def meet(self, one, other):
        gap = int(self.world["travel_min"][one[0], other[0]])
        return one[1] == other[1] and one[2] < other[3] + gap and other[2] < one[3] + gap

    def gives_way(self, a, b):
        n_a, n_b = len(self.fixed[a]), len(self.fixed[b])
        return n_a > n_b or (n_a == n_b and b < a)

    def clash(self, a, b):
        if not self.gives_way(a, b):
            a, b = b, a
        missed = sum(any(self.meet(one, other) for other in self.fixed[b]) for one in self.fixed[a])
        return missed > 0.2 * len(self.fixed[a])

    def is_away(self, one, chosen):
        a = one[0]
        for b in chosen:
            for other in self.own[b] if b != a else ():
                if self.meet(one, other):
                    if one[4] and (not other[4] or b < a):
                        return True
                    if not one[4] and not other[4] and self.gives_way(a, b):
                        return True
        return False

    def week(self, day):
        return (day + self.world["dates"].weekday) // 7

    def given(self, chosen):
        """Return the minutes of each member in each week; None when the set is not possible."""
        if any(self.clash(a, b) for a, b in combinations(chosen, 2)):
            return None
        given = {who: [0] * N_WEEKS for who in chosen}
        for week in range(N_WEEKS):
            full = sum(one[3] - one[2] for who in chosen for one in self.fixed[who] if self.week(one[1]) == week)
            if full > self.world["fixed_most_min"]:
                return None
            room = self.world["room_min"] - full
            room = room if room >= 60 else 0
            for who in chosen:
                wanted = int(self.world["dates"].agreed_min[who, week])
                for one in self.own[who]:
                    if self.week(one[1]) == week and not self.is_away(one, chosen):
                        if one[4]:
                            wanted += one[3] - one[2]
                        else:
                            given[who][week] += one[3] - one[2]
                given[who][week] += min(room, wanted)
                room -= min(room, wanted)
        return given

    def worth(self, chosen):
        given = self.given(chosen)
        if given is None:
            return None
        weekly = [sum(given[who][week] for who in chosen) for week in range(N_WEEKS)]
        total, to_go = sum(weekly), self.world["to_go_min"]
        reached = next((week for week in range(N_WEEKS) if sum(weekly[: week + 1]) >= to_go), None)
        unit, n = weights.UNIT, len(chosen)
        utility = sum(int(self.world["score"][who]) for who in chosen) * unit // n
        lost = weights.SIZE[n] + weights.WAIT * min(self.start(who) for who in chosen)
        lost += weights.ALIKE * sum(int(self.world["alike"][a, b]) for a, b in combinations(chosen, 2))
        lost += weights.FEW * sum(
            len(self.own[who]) < 4 and not self.world["dates"].agreed_min[who].any() for who in chosen
        )
        if reached is not None:
            lost += weights.LATE * reached
        before = N_WEEKS if reached is None else reached
        parts = [sum(given[who][:before]) for who in chosen]
        lost += weights.SLIGHT * any(part < weights.SLIGHT_SHARE * sum(parts) for part in parts)
        most = max(1, round(to_go * weights.MARGIN_SHARE))
        utility += weights.MARGIN * unit * min(max(total - to_go, 0), most) // most - lost * unit
        return (to_go if total >= to_go else total // 60 * 60, utility)

    def start(self, who):
        days = [one[1] for one in self.own[who]]
        days += [int(day) for day in self.world["dates"].agreed_first[who] if day >= 0]
        return min(self.week(day) for day in days)

    def minutes(self, chosen):
        given = self.given(chosen)
        return None if given is None else sum(map(sum, given.values()))

    def usable(self):
        """Return the candidates that give something by themselves."""
        return [who for who in range(self.n) if (self.minutes((who,)) or 0) > 0]

    def best(self, apart_from=()):
        """Try every set; return the worth and the set, of equal ones that with the lowest ids."""
        tie = self.world["tie"]
        found = []
        for size in range(1, self.world["most"] + 1):
            for chosen in combinations(self.usable(), size):
                worth = self.worth(chosen)
                if worth is not None and all(2 * len(set(chosen) & set(other)) <= size for other in apart_from):
                    found.append((worth, sorted(tie[list(chosen)].tolist()), chosen))
        best = max((one[0] for one in found), default=None)
        return min((one for one in found if one[0] == best), key=lambda one: one[1], default=None)


def can_reach(profile, activities, *, today, until, hours, most=4):
    """Tell whether some set of activities reaches the hours: from the activities themselves, set by set."""
    days = [today + timedelta(days=number) for number in range((until - today).days + 1)]
    days = [day for day in days if (profile.available_from or day) <= day <= (profile.available_until or day)]
    calendars = [
        one for one in (_calendar(profile, activity, days) for activity in activities) if one["hours"] > 0
    ]
    best_first = sorted(calendars, key=lambda one: -one["hours"])
    for size in range(1, most + 1):
        for chosen in combinations(range(len(calendars)), size):
            # What the sets give alone is a bound: most sets that are too short need no second look.
            if sum(calendars[place]["hours"] for place in chosen) + 0.01 >= hours and (
                _together(profile, [calendars[place] for place in chosen]) + 0.01 >= hours
            ):
                return True
        if sum(one["hours"] for one in best_first[:most]) < hours:
            return False
    return False


def _calendar(profile, activity, days):
    week = profile.availability
    days = [day for day in days if (activity.start_date or day) <= day <= (activity.end_date or day)]
    found = {"place": activity, "sessions": [], "agreed": Counter(), "hours": 0.0}
    if not days:
        return found
    for day, session in activity.schedule.occurrences(
        days[0], days[-1], start_date=activity.start_date, pauses=activity.pauses
    ):
        free = [(0, 1440)] if week is None else week.stretches[day.weekday()]
        parts = [(max(a, session.start_min), min(b, session.end_min)) for a, b in free]
        start, end = max(parts, key=lambda part: part[1] - part[0], default=(0, 0))
        length = session.end_min - session.start_min
        if activity.drop_in and end - start >= min(60, length):
            found["sessions"].append((day, start, min(end, start + 180), True))
        elif not activity.drop_in and end - start == length:
            found["sessions"].append((day, start, end, False))
    flex = activity.schedule.flex
    if flex and (week is None or week.longest_min >= 60):
        weekly = flex.hours_per_week if week is None else min(flex.hours_per_week, week.free_min / 60)
        for day in days:
            if not any(day in pause for pause in activity.pauses):
                found["agreed"][day.isocalendar()[:2]] += weekly / 7
    found["hours"] = sum(end - start for _, start, end, _ in found["sessions"]) / 60 + sum(
        found["agreed"].values()
    )
    return found


def _together(profile, calendars):
    """Return the hours of some activities together, best first; 0 when they cannot be combined."""
    fixed = [[one for one in calendar["sessions"] if not one[3]] for calendar in calendars]
    weeks = {}
    for a, calendar in enumerate(calendars):
        missed = Counter()
        for one in calendar["sessions"]:
            away = False
            for b, other in enumerate(calendars):
                met = [two for two in other["sessions"] if a != b and _meet(profile, calendar, one, other, two)]
                way = (len(fixed[a]), a) > (len(fixed[b]), b)
                if one[3]:
                    away |= any(not two[3] or b < a for two in met)
                elif way and any(not two[3] for two in met):
                    away, missed[b] = True, missed[b] + 1
            week = weeks.setdefault(one[0].isocalendar()[:2], [0.0, 0.0, 0.0])
            week[0] += 0.0 if one[3] else (one[2] - one[1]) / 60
            week[1] += 0.0 if one[3] or away else (one[2] - one[1]) / 60
            week[2] += (one[2] - one[1]) / 60 if one[3] and not away else 0.0
        if any(count > 0.2 * len(fixed[a]) for count in missed.values()):
            return 0.0
        for key, hours in calendar["agreed"].items():
            weeks.setdefault(key, [0.0, 0.0, 0.0])[2] += hours
    most = profile.max_hours_per_week or 168
    free = 168 if profile.availability is None else profile.availability.free_min / 60
    if any(full > most for full, _, _ in weeks.values()):
        return 0.0
    room = min(most, free)
    return sum(
        attended + (min(room - full, wanted) if room - full >= 1 else 0)
        for full, attended, wanted in weeks.values()
    )


def _meet(profile, calendar, one, other, two):
    if one[0] != two[0]:
        return False
    gap = travel(profile, calendar["place"], other["place"])
    return one[1] < two[2] + gap and two[1] < one[2] + gap


def travel(profile, one, other):
    """Return the minutes between two activities, 0 when a place is not known; online is at home."""
    points = []
    for activity in (one, other):
        place = profile.home if activity.is_online else activity
        points.append(point_of(place.lat, place.lon, place.postal_code))
    if None in points or points[0] == points[1]:
        return 0
    (lat, lon), there = points
    km = float(haversine_km(np.array([there]), lat, lon)[0])
    return ceil(float(travel_min(np.array(km), profile.transport)))
