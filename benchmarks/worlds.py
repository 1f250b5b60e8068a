"""Made-up offers and people of any size, seeded: the demonstration data, crossed and moved about.

An activity takes its subject (title, text, organiser, kind, interests), its schedule, its place and its other
columns each from a row of its own drawing, and then numbers, days, hours and places are moved. Nobody and nothing
in here exists.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from matcher import Activity, Profile, data_folder, read_offer, read_profile, read_profiles
from matcher import vocabulary as words
from matcher.readers.csv_offer import COLUMNS
from matcher.schedule import DAYS_NL, Flex, Once, Schedule

_T = TypeVar("_T")

TODAY = date(2026, 11, 23)
"""The day of the demonstration offer: its dates lie around it."""
SEED_OFFER, SEED_PEOPLE = 20261123, 40
MOST_SUBJECTS = 20_000
"""A larger offer has the same subject several times, each with a schedule and a place of its own."""
HERENT = (50.9085, 4.6712)
DAY_LEAST_MIN, DAY_MOST_MIN = 7 * 60, 23 * 60
OWN_COLUMNS = (
    ("language", "taalicoon", "interaction", "participants", "new_people"),
    ("age_min", "age_max", "audience"),
    ("facilities",),
    ("assumed", "source", "source_url", "status", "registration", "url"),
)
"""Columns that belong together: each family comes from one row."""


def made_up_offer(n_activities: int, *, seed: int = SEED_OFFER) -> list[Activity]:
    """Make an offer.

    Parameters
    ----------
    n_activities : int
    seed : int

    Returns
    -------
    list of Activity
        About ``40 * sqrt(n)`` distinct schedules and ``30 * sqrt(n)`` distinct places, never more than ``n``.
    """
    rng = np.random.default_rng(seed)
    base = _demonstration()
    subjects = [_subject(base, rng) for _ in range(min(n_activities, MOST_SUBJECTS))]
    root = math.sqrt(n_activities)
    schedules = [_schedule(_one(base, rng), rng) for _ in range(min(n_activities, round(40 * root)))]
    places = [_place(rng) for _ in range(min(n_activities, round(30 * root)))]
    offer = []
    for number in range(n_activities):
        subject = subjects[number] if number < len(subjects) else _one(subjects, rng)
        changes: dict[str, Any] = {"id": f"a-{number:06d}", **subject, **_numbers(_one(base, rng), rng)}
        for family in OWN_COLUMNS:
            row = _one(base, rng)
            changes |= {key: getattr(row, key) for key in family}
        changes |= {"kind": subject["kind"], **_one(schedules, rng), **_one(places, rng)}
        offer.append(base[0].model_copy(update=changes))
    return offer


def write_offer(offer: Sequence[Activity], path: Path) -> None:
    """Write an offer as the CSV file that `matcher.read_offer` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for activity in offer:
            row = activity.to_json()
            lists = {key: "|".join(value) for key, value in row.items() if isinstance(value, list)}
            writer.writerow({**row, **lists})


def made_up_people(n_profiles: int, *, seed: int = SEED_PEOPLE) -> list[Profile]:
    """Make people of whom any key may be unknown; the first are those of the judgements."""
    rng = np.random.default_rng(seed)
    known = list(_examples())
    return known[:n_profiles] + [read_profile(_person(number, rng)) for number in range(len(known), n_profiles)]


def as_json(profile: Profile) -> dict[str, Any]:
    """Return a profile as the object that a request holds."""
    data = profile.model_dump(mode="python", exclude={"availability"}, exclude_none=True, exclude_defaults=True)
    if profile.availability is not None:
        data["availability"] = [
            f"{DAYS_NL[day]} {_clock(start)}-{_clock(end)}"
            for day, stretches in enumerate(profile.availability.stretches)
            for start, end in stretches
        ]
    dates = {key: value.isoformat() for key, value in data.items() if isinstance(value, date)}
    return {**data, **dates}


@cache
def _demonstration() -> tuple[Activity, ...]:
    activities, _ = read_offer(data_folder() / "herent_offer.csv")
    return tuple(activities)


@cache
def _examples() -> tuple[Profile, ...]:
    profiles, _ = read_profiles(data_folder() / "judgements" / "profiles.jsonl")
    return tuple(profiles)


@cache
def _codes_within(radius_km: float) -> tuple[str, ...]:
    """Return the postal codes around Herent."""
    far = radius_km / 111.2
    return tuple(
        code
        for code, (_, lat, lon) in words.places().items()
        if math.hypot(lat - HERENT[0], (lon - HERENT[1]) * math.cos(math.radians(lat))) < far
    )


def _code(rng: np.random.Generator) -> str:
    """Draw a postal code: most are near, as of the offer of a town, the others all over Belgium."""
    radius_km = float(rng.choice([8, 30, 400], p=[0.85, 0.1, 0.05]))
    return _one(_codes_within(radius_km), rng)


def _subject(base: Sequence[Activity], rng: np.random.Generator) -> dict[str, Any]:
    """Return what an activity is about, in words of several rows."""
    row = _one(base, rng)
    interests = list(row.given_interests)
    if interests and rng.random() < 0.5:
        interests[int(rng.integers(len(interests)))] = _one(tuple(words.interests()), rng)
    sentences = re.split(r"(?<=[.!?]) +", row.description or "")
    if rng.random() < 0.5:
        other = re.split(r"(?<=[.!?]) +", _one(base, rng).description or "")
        sentences[int(rng.integers(len(sentences)))] = _one(other, rng)
    return {
        "title": f"{row.title} {words.places()[_code(rng)][0]}",
        "description": " ".join(filter(None, sentences)) or None,
        "organiser": row.organiser if rng.random() < 0.5 else _one(base, rng).organiser,
        "kind": row.kind,
        "interests": tuple(dict.fromkeys(interests)),
        "derived": (),
    }


def _schedule(row: Activity, rng: np.random.Generator) -> dict[str, Any]:
    """Move days, hours and dates of a schedule; sessions that did not overlap still do not."""
    weeks = timedelta(weeks=int(rng.integers(-6, 7)))
    start = row.start_date + weeks if row.start_date else None
    end = row.end_date + weeks if row.end_date else None
    moved = {"pauses": row.pauses, "start_date": start, "end_date": end, "attendance": row.attendance}
    if row.schedule is None:
        return {**moved, "schedule": None}
    timed = row.schedule.timed
    least = min((session.start_min for session in timed), default=DAY_LEAST_MIN)
    most = max((session.end_min for session in timed), default=DAY_MOST_MIN)
    later = 15 * int(
        rng.integers((min(DAY_LEAST_MIN, least) - least) // 15, max(DAY_MOST_MIN - most, 0) // 15 + 1)
    )
    days = int(rng.integers(7))
    sessions = [_moved(session, days=days, minutes=later, weeks=weeks) for session in row.schedule.sessions]
    return {**moved, "schedule": Schedule(tuple(sessions))}


def _moved(session: Any, *, days: int, minutes: int, weeks: timedelta) -> Any:
    if isinstance(session, Flex):
        return session
    hours = {"start_min": session.start_min + minutes, "end_min": session.end_min + minutes}
    if isinstance(session, Once):
        return replace(session, on=session.on + weeks, **hours)
    return replace(session, day=(session.day + days) % 7, **hours)


def _place(rng: np.random.Generator) -> dict[str, Any]:
    if rng.random() < 0.02:
        return {"place": "online", "postal_code": None, "municipality": None, "lat": None, "lon": None}
    code = _code(rng)
    name, lat, lon = words.places()[code]
    known = rng.random() < 0.5
    return {
        "place": f"zaal {name}",
        "postal_code": code if rng.random() < 0.98 else None,
        "municipality": name,
        "lat": round(lat + rng.normal(0, 0.01), 5) if known else None,
        "lon": round(lon + rng.normal(0, 0.015), 5) if known else None,
    }


def _numbers(row: Activity, rng: np.random.Generator) -> dict[str, Any]:
    """Move prices, group, places and the day of verification; what is unknown stays so."""
    price, most = row.price_eur, row.group_max
    if price is not None and rng.random() < 0.4:
        price = float(rng.choice([0, 1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10, 15]))
    if most is not None:
        most = max(row.group_min or 1, round(most * float(rng.choice([0.5, 0.75, 1, 1, 1.5, 2]))))
    verified = row.last_verified - timedelta(days=int(rng.integers(0, 500))) if row.last_verified else None
    return {
        "price_eur": price,
        "reduced_price_eur": price / 4 if price and rng.random() < 0.2 else None,
        "fee_eur": float(rng.integers(5, 60)) if rng.random() < 0.05 else None,
        "group_min": row.group_min,
        "group_max": most,
        "capacity": None,
        "places_left": None if row.places_left is None else int(rng.integers(0, 25)),
        "last_verified": verified,
    }


def _person(number: int, rng: np.random.Generator) -> dict[str, Any]:
    interests = tuple(words.interests())
    makers: dict[str, tuple[float, Callable[[], Any]]] = {
        "interests": (0.85, lambda: _some(interests, rng, 0, 5)),
        "wishes": (0.7, lambda: _wishes(rng)),
        "avoid": (0.15, lambda: _some(interests, rng, 1, 2)),
        "dutch_level": (0.85, lambda: _one(words.LEVELS[:5], rng)),
        "group": (0.6, lambda: _some(words.GROUP_WISHES, rng, 1, 2)),
        "availability": (0.9, lambda: _week(rng)),
        "available_from": (0.1, lambda: _iso(rng, 0, 90)),
        "available_until": (0.1, lambda: _iso(rng, 60, 400)),
        "home": (0.95, lambda: {"postal_code": _code(rng)}),
        "transport": (0.85, lambda: _one(words.TRANSPORTS, rng)),
        "max_distance_km": (0.7, lambda: float(rng.choice([3, 5, 8, 12.5, 30]))),
        "max_price_eur": (0.6, lambda: float(rng.choice([0, 1, 2.5, 5, 10]))),
        "age": (0.8, lambda: int(rng.integers(18, 75))),
        "audience": (0.3, lambda: _some(words.AUDIENCES, rng, 1, 2)),
        "needs": (0.3, lambda: _some(words.NEEDS, rng, 1, 2)),
        "hours_done": (0.6, lambda: float(rng.integers(0, 45))),
    }
    made = {key: make() for key, (known, make) in makers.items() if rng.random() < known}
    return {"id": f"made-up-{number:06d}", **made}


def _wishes(rng: np.random.Generator) -> str:
    """Join sentences of the examples, each in its own language."""
    texts = [profile.wishes for profile in _examples() if profile.wishes]
    sentences = re.split(r"(?<=[.!?]) +", _one(texts, rng)) + re.split(r"(?<=[.!?]) +", _one(texts, rng))
    return " ".join(_some(sentences, rng, 1, 3))


def _week(rng: np.random.Generator) -> list[str]:
    entries = []
    for day in _some(DAYS_NL, rng, 2, 7):
        start = int(rng.integers(7 * 4, 19 * 4)) * 15
        end = min(start + int(rng.choice([120, 240, 360, 480, 600])), 24 * 60)
        entries.append(f"{day} {_clock(start)}-{_clock(end)}")
    return entries


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _iso(rng: np.random.Generator, least_days: int, most_days: int) -> str:
    return (TODAY + timedelta(days=int(rng.integers(least_days, most_days)))).isoformat()


def _one(values: Sequence[_T], rng: np.random.Generator) -> _T:
    return values[int(rng.integers(len(values)))]


def _some(values: Sequence[_T], rng: np.random.Generator, least: int, most: int) -> list[_T]:
    count = min(int(rng.integers(least, most + 1)), len(values))
    return [values[int(number)] for number in rng.permutation(len(values))[:count]]
