"""The hard limits, the verdict and the hours once more: slow, plain, and written from the contract alone.

Tests hold the fast code against it. Only the parsed objects are shared with the package, none of its answers:
sessions are found day by day, availability is looked at minute by minute, hours are exact fractions.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from matcher.model import Activity, Profile
from matcher.schedule import Availability, Flex, Monthly, Once, Pause, Weekly

DATA = Path(__file__).parent.parent / "data"
EARTH_RADIUS_KM = 6371.0088

Session = Weekly | Monthly | Once


def broken(activity: Activity, profile: Profile, today: date) -> list[str]:
    """Return the codes of the hard limits that the activity breaks, in the order of the contract."""
    limits: dict[str, Callable[[], bool]] = {
        "criteria": lambda: verdict(activity, today)[0] == "does_not_fit",
        "avoid": lambda: any(set(_line(given)) & set(profile.avoid) for given in activity.given_interests),
        "distance": lambda: _too_far(activity, profile),
        "price": lambda: _too_dear(activity, profile),
        "age": lambda: _wrong_age(activity, profile),
        "audience": lambda: _wrong_audience(activity, profile),
        "need": lambda: any("-" + need in activity.facilities for need in profile.needs),
        "schedule": lambda: _no_time(activity, profile, today),
        "full": lambda: activity.places_left == 0,
        "over": lambda: _over(activity, today),
    }
    return [code for code, is_broken in limits.items() if is_broken()]


@lru_cache(maxsize=10_000)
def verdict(activity: Activity, today: date) -> tuple[str, str | None]:
    """Return the verdict of the criteria check, and why it must be discussed if so."""
    language = None if activity.language is None else activity.language.strip().lower().replace("_", "-")
    beside = language is not None and language.endswith("+")
    dutch = language is not None and language.rstrip("+").split("-")[0] == "nl"
    if (
        activity.group_max == 1
        or activity.new_people is False
        or activity.interaction == "low"
        or (language is not None and not dutch)
    ):
        return "does_not_fit", None
    one_off = activity.schedule is not None and not _recurs(activity, today)
    if one_off or (dutch and beside):
        return "discuss", "doubt"
    if (
        activity.new_people is None
        or activity.schedule is None
        or activity.interaction is None
        or language is None
    ):
        return "discuss", "missing"
    return "fits", None


def hours(activity: Activity, profile: Profile, today: date) -> dict[str, Any]:
    """Return what the person could attend, as the key ``hours`` of a suggestion.

    Notes
    -----
    Where the contract is silent: without one session to attend ``per_session`` is None; a `flex` that the
    person has no stretch of an hour for gives nothing; with an unknown schedule ``reached_on`` is None also
    when nothing is to go.
    """
    names = ("per_session", "sessions_attendable", "attendable", "covers_to_go", "reached_on")
    if activity.schedule is None:
        return dict.fromkeys(names)
    to_go = max(Fraction(0), 40 - _exact(profile.hours_done or 0))
    total, sessions = Fraction(0), 0
    reached = today if to_go == 0 else None
    for day in _window(activity, profile, today):
        for session in _sessions_on(activity, day):
            minutes = _counted_minutes(activity, profile, session)
            if minutes:
                sessions += 1
                total += Fraction(minutes, 60)
        if _flex(activity) and not _paused(activity, day):
            total += _flex_hours_a_week(activity, profile) / 7
        if reached is None and total >= to_go:
            reached = day
    flex = _flex(activity) is not None
    return {
        "per_session": None if flex or not sessions else round(float(total / sessions), 2),
        "sessions_attendable": None if flex else sessions,
        "attendable": round(float(total), 2),
        "covers_to_go": total >= to_go,
        "reached_on": reached.isoformat() if reached else None,
    }


def distance_km(activity: Activity, profile: Profile) -> float | None:
    """Return the great-circle distance between home and activity, None when it is unknown."""
    if activity.place is not None and activity.place.strip().lower() == "online":
        return 0.0
    here = _point(profile.home.lat, profile.home.lon, profile.home.postal_code)
    there = _point(activity.lat, activity.lon, activity.postal_code)
    if here is None or there is None:
        return None
    lat_1, lon_1, lat_2, lon_2 = map(math.radians, (*here, *there))
    chord = (
        math.sin((lat_2 - lat_1) / 2) ** 2 + math.cos(lat_1) * math.cos(lat_2) * math.sin((lon_2 - lon_1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def changed(profile: Profile, change: dict[str, Any]) -> Profile:
    """Return the profile after the ``change`` of an entry of ``nearest``."""
    facts: dict[str, Any] = {key: getattr(profile, key) for key in profile.model_fields_set}
    key = change["key"]
    if "set" in change:
        facts[key] = change["set"]
    elif key == "availability":
        assert profile.availability is not None
        facts[key] = [*profile.availability.texts(), change["add"]]
    elif "add" in change:
        facts[key] = [*getattr(profile, key), change["add"]]
    else:
        assert change["remove"] in getattr(profile, key)
        facts[key] = [value for value in getattr(profile, key) if value != change["remove"]]
    return Profile.model_validate(facts)


# One limit each.


def _too_far(activity: Activity, profile: Profile) -> bool:
    distance = distance_km(activity, profile)
    return distance is not None and profile.max_distance_km is not None and distance > profile.max_distance_km


def _too_dear(activity: Activity, profile: Profile) -> bool:
    most, price, reduced = profile.max_price_eur, activity.price_eur, activity.reduced_price_eur
    if most is None or price is None or price <= most:
        return False
    return not (reduced is not None and reduced <= most)


def _wrong_age(activity: Activity, profile: Profile) -> bool:
    if profile.age is None:
        return False
    too_young = activity.age_min is not None and profile.age < activity.age_min
    too_old = activity.age_max is not None and profile.age > activity.age_max
    return too_young or too_old


def _wrong_audience(activity: Activity, profile: Profile) -> bool:
    meant, person = set(activity.audience), set(profile.audience)
    for one, other in (("women", "men"), ("men", "women")):
        if one in meant and not meant & {other, "everyone"} and other in person and one not in person:
            return True
    if meant and meant <= {"youth", "seniors"} and profile.age is not None:
        young = "youth" in meant and profile.age <= 25
        old = "seniors" in meant and profile.age >= 55
        return not young and not old
    return False


def _no_time(activity: Activity, profile: Profile, today: date) -> bool:
    days = _window(activity, profile, today)
    if not days:
        return True
    if activity.schedule is None:
        return False
    for day in days:
        if any(_counted_minutes(activity, profile, session) for session in _sessions_on(activity, day)):
            return False
        if _flex(activity) and not _paused(activity, day) and _flex_hours_a_week(activity, profile):
            return False
    return True


def _over(activity: Activity, today: date) -> bool:
    if activity.status in ("cancelled", "gone"):
        return True
    if activity.end_date is not None and activity.end_date < today:
        return True
    if activity.schedule is None:
        return False
    return all(isinstance(one, Once) and one.on < today for one in activity.schedule.sessions)


# Where.


def _point(lat: float | None, lon: float | None, postal_code: str | None) -> tuple[float, float] | None:
    if lat is not None and lon is not None:
        return lat, lon
    return None if postal_code is None else _centres().get(postal_code)


@cache
def _centres() -> dict[str, tuple[float, float]]:
    centres: dict[str, tuple[float, float]] = {}
    with (DATA / "postal_codes.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["postal_code"] not in centres:
                centres[row["postal_code"]] = float(row["lat"]), float(row["lon"])
    return centres


@cache
def _parents() -> dict[str, str]:
    with (DATA / "interests.csv").open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row["parent"] for row in csv.DictReader(lines)}


def _line(interest: str) -> list[str]:
    line = [interest]
    while parent := _parents()[line[-1]]:
        line.append(parent)
    return line


# When.


def _window(activity: Activity, profile: Profile, today: date) -> tuple[date, ...]:
    first = max(day for day in (today, activity.start_date, profile.available_from) if day is not None)
    horizon = today + timedelta(days=365)
    last = min(day for day in (horizon, activity.end_date, profile.available_until) if day is not None)
    return _days(first, last)


@lru_cache(maxsize=10_000)
def _days(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def _sessions_on(activity: Activity, day: date) -> list[Session]:
    assert activity.schedule is not None
    return [
        session
        for session in activity.schedule.sessions
        if not isinstance(session, Flex)
        and _takes_place(session, day, activity.start_date)
        and (isinstance(session, Once) or not _paused(activity, day))
    ]


def _takes_place(session: Session, day: date, start_date: date | None) -> bool:
    if isinstance(session, Once):
        return day == session.on
    if day.weekday() != session.day:
        return False
    if isinstance(session, Weekly):
        if session.interval == 1:
            return True
        first = start_date or date(2024, 1, 1)
        while first.weekday() != session.day:
            first += timedelta(days=1)
        return (day - first).days % 14 == 0
    if session.position == -1:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == session.position


def _paused(activity: Activity, day: date) -> bool:
    return any(_in_pause(pause, day) for pause in activity.pauses)


def _in_pause(pause: Pause, day: date) -> bool:
    start, end = str(pause).split("..")
    text = day.isoformat() if len(start) == 10 else day.strftime("%m-%d")
    if start <= end:
        return start <= text <= end
    return text >= start or text <= end


def _recurs(activity: Activity, today: date) -> bool:
    if _flex(activity):
        return True
    first = activity.start_date or today
    last = first + timedelta(days=365)
    if activity.end_date is not None and activity.end_date < last:
        last = activity.end_date
    return sum(len(_sessions_on(activity, day)) for day in _days(first, last)) >= 4


# How long.


def _counted_minutes(activity: Activity, profile: Profile, session: Session) -> int:
    free = _free_minutes(profile.availability, session.day, session.start_min, session.end_min)
    length = session.end_min - session.start_min
    if activity.attendance == "drop_in":
        return min(free, 180) if free >= min(60, length) else 0
    return length if free == length else 0


@lru_cache(maxsize=100_000)
def _free_minutes(week: Availability | None, day: int, start_min: int, end_min: int) -> int:
    if week is None:
        return end_min - start_min
    return sum(
        any(start <= minute < end for start, end in week.stretches[day]) for minute in range(start_min, end_min)
    )


def _flex(activity: Activity) -> Flex | None:
    assert activity.schedule is not None
    found = [session for session in activity.schedule.sessions if isinstance(session, Flex)]
    return found[0] if found else None


def _flex_hours_a_week(activity: Activity, profile: Profile) -> Fraction:
    flex = _flex(activity)
    assert flex is not None
    weekly = _exact(flex.hours_per_week)
    if profile.availability is None:
        return weekly
    lengths = [end - start for day in profile.availability.stretches for start, end in day]
    if not any(length >= 60 for length in lengths):
        return Fraction(0)
    return min(weekly, Fraction(sum(lengths), 60))


def _exact(number: float) -> Fraction:
    return Fraction(repr(number))
