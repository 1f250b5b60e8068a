"""Made-up people and activities, varied and seeded, for tests that compare two ways of computing."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeVar

from matcher import vocabulary as words
from matcher.errors import InputError
from matcher.model import Activity, Profile, read_activity, read_profile

TODAY = date(2026, 11, 23)
"""The day around which the dates of these worlds lie."""

DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
NEAR = ("3000", "3001", "3010", "3012", "3018", "3020", "3040", "3060", "3070", "3080")
FAR = ("1000", "1300", "2000", "8400", "9000")
UNKNOWN_CODES = ("0001", "9998", "75001")
SENTENCES = (
    "Samen koken en eten met de buren, iedereen brengt iets mee.",
    "Ik wil graag mensen leren kennen en Nederlands oefenen.",
    "Wandelen in het bos met een gids; daarna koffie.",
    "We herstellen kapotte toestellen en fietsen.",
    "I like football and singing in a choir.",
    "Naaien, breien en praten op woensdag.",
    "Vrijwilligers helpen in de voedselbank en in het rusthuis.",
    "?!",
)

_T = TypeVar("_T")


def made_up_profiles(n: int, rng: random.Random) -> list[Profile]:
    """Make ``n`` people of whom any key may be unknown; now and then everything or nothing is known."""
    return [read_profile(_person(f"p-{number:04d}", rng)) for number in range(n)]


def made_up_activities(n: int, rng: random.Random) -> list[Activity]:
    """Make ``n`` activities of every form of schedule; all but the required keys may be unknown."""
    return [_activity(f"a-{number:04d}", rng) for number in range(n)]


def _person(id_: str, rng: random.Random) -> dict[str, Any]:
    makers: dict[str, Callable[[], Any]] = {
        "interests": lambda: _some(_interests(), rng, 0, 5),
        "wishes": lambda: rng.choice(SENTENCES),
        "avoid": lambda: _some(_interests(), rng, 0, 3),
        "dutch_level": lambda: rng.choice([*words.LEVELS, "alfa", "1.2", 2.1, 0]),
        "group": lambda: _some(words.GROUP_WISHES, rng, 0, 3),
        "availability": lambda: _week(rng),
        "available_from": lambda: _iso(rng, -200, 200),
        "available_until": lambda: _iso(rng, -90, 500),
        "max_hours_per_week": lambda: rng.choice([0, 1, 2.5, 6, 10, 40]),
        "home": lambda: _home(rng),
        "transport": lambda: rng.choice(words.TRANSPORTS),
        "max_distance_km": lambda: rng.choice([0, 0.5, 1.5, 3, 5, 8, 12.5, 30, 200]),
        "max_price_eur": lambda: rng.choice([0, 0, 1, 2.5, 3, 5, 10, 100]),
        "age": lambda: rng.choice([16, 18, 25, 26, 34, 41, 54, 55, 68, 90]),
        "audience": lambda: _some(words.AUDIENCES, rng, 0, 3),
        "needs": lambda: _some(words.NEEDS, rng, 0, 2),
        "status": lambda: _status(rng),
        "hours_done": lambda: rng.choice([0, 0, 2, 6, 10.5, 33.7, 38.25, 39.99, 40, 55]),
        "waiting_since": lambda: _iso(rng, -400, 0),
    }
    known = rng.choice([0.0, 0.3, 0.6, 0.6, 0.8, 1.0])
    person: dict[str, Any] = {"id": id_}
    for key, make in makers.items():
        # Dates empty most windows; they are known less often, so that enough activities stay possible.
        if rng.random() < (known / 3 if key.startswith("available_") else known):
            person[key] = make()
        elif rng.random() < 0.1:
            person[key] = None
    return person


def _activity(id_: str, rng: random.Random) -> Activity:
    while True:
        try:
            return read_activity(_offer(id_, rng))
        except InputError as error:
            if "overlap" not in str(error):
                raise


def _offer(id_: str, rng: random.Random) -> dict[str, Any]:
    makers: dict[str, Callable[[], Any]] = {
        "description": lambda: rng.choice(SENTENCES),
        "interests": lambda: _some(_interests(), rng, 0, 4),
        "language": lambda: rng.choice(["nl"] * 9 + ["nl-BE", "NL", "nl+", "nl-BE+", "fr", "en-GB"]),
        "taalicoon": lambda: rng.randint(1, 4),
        "interaction": lambda: rng.choice(["low", *["medium"] * 5, *["high"] * 5]),
        "participants": lambda: rng.choice(words.PARTICIPANTS),
        "new_people": lambda: rng.choice(["yes"] * 9 + ["no"]),
        "schedule": lambda: _schedule(rng),
        "pauses": lambda: _pauses(rng),
        "attendance": lambda: rng.choice(words.ATTENDANCES),
        "address": lambda: "Dorpsstraat 1",
        "municipality": lambda: rng.choice(["Herent", "Leuven"]),
        "price_eur": lambda: rng.choice([0, 0, 0, 1, 2.5, 3, 5, 7.25, 20]),
        "reduced_price_eur": lambda: rng.choice([0, 0.5, 1, 2, 4]),
        "fee_eur": lambda: rng.choice([0, 10, 45.5]),
        "price_note": lambda: "UiTPAS",
        "capacity": lambda: rng.choice([0, 8, 20]),
        "places_left": lambda: rng.choice([0, 1, 3, 12, 100]),
        "audience": lambda: _audience(rng),
        "facilities": lambda: _facilities(rng),
        "registration": lambda: "bel het onthaal",
        "phone": lambda: "016 12 34 56",
        "email": lambda: "onthaal@example.org",
        "url": lambda: "https://example.org/",
        "signatory": lambda: "coördinator",
        "status": lambda: rng.choice(["active"] * 8 + ["cancelled", "gone"]),
        "source": lambda: rng.choice(["example", "public page"]),
        "last_verified": lambda: _iso(rng, -800, 0),
        "assumed": lambda: rng.choice([["all"], ["schedule", "price_eur"], []]),
    }
    offer: dict[str, Any] = {
        "id": id_,
        "title": f"{rng.choice(SENTENCES)[:40]} {id_}",
        "organiser": rng.choice(["vzw De Brug", "gemeente", "voorbeeld"]),
        "kind": rng.choice(words.KINDS),
    }
    known = rng.choice([0.0, 0.5, 0.8, 0.8, 0.95, 1.0])
    for key, make in makers.items():
        if rng.random() < known:
            offer[key] = make()
    if rng.random() < known:
        offer |= _place(rng)
    if rng.random() < known:
        offer |= _between("group", [1, 2, 3, 8, 9, 20, 21, 60], rng)
    if rng.random() < known / 2:
        offer |= _between("age", [0, 12, 18, 26, 55, 60, 99], rng)
    if rng.random() < known:
        offer |= _dates(rng)
    if offer.get("interests") and rng.random() < 0.25:
        offer["derived"] = ["interests=koken, naaien", "taalicoon=twee taaliconen"]
    return offer


def _schedule(rng: random.Random) -> str:
    """Write one schedule text; what overlaps is refused by the model and tried again."""
    form = rng.choice(("weekly", "weekly", "week", "2w", "monthly", "dated", "flex", "flex+", "mixed"))
    timed: dict[str, Callable[[], list[str]]] = {
        "weekly": lambda: [f"{rng.choice(DAYS)} {_hours(rng)}"],
        "week": lambda: [f"{day} {_hours(rng)}" for day in _some(DAYS, rng, 2, 5)],
        "2w": lambda: [f"2w {rng.choice(DAYS)} {_hours(rng)}" for _ in range(rng.randint(1, 2))],
        "monthly": lambda: [
            f"{position} {rng.choice(DAYS)} {_hours(rng)}"
            for position in _some(("1e", "2e", "3e", "4e", "5e", "laatste"), rng, 1, 3)
        ],
        "dated": lambda: [
            f"{_iso(rng, -60, 200) if rng.random() < 0.9 else TODAY} {_hours(rng)}"
            for _ in range(rng.randint(1, 6))
        ],
    }
    flex = f"flex {rng.choice(['0.5', '1', '1,5', '2', '2.75', '7', '20', '40'])}u/week"
    if form == "flex":
        return flex
    if form in timed:
        return "; ".join(timed[form]())
    pieces = [piece for name in _some(tuple(timed), rng, 1, 3) for piece in timed[name]()]
    if form == "flex+":
        pieces.insert(rng.randint(0, len(pieces)), flex)
    return "; ".join(pieces)


def _hours(rng: random.Random) -> str:
    if rng.random() < 0.1:
        return rng.choice(("00:00-24:00", "22:00-24:00", "09:05-09:45", "12:00-12:30", "08:00-20:00"))
    start = rng.randint(7 * 4, 20 * 4) * 15
    end = min(start + rng.choice((45, 60, 90, 120, 120, 150, 180, 240)), 24 * 60)
    return f"{_clock(start)}-{_clock(end)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _pauses(rng: random.Random) -> list[str]:
    dated = TODAY + timedelta(days=rng.randint(-30, 250))
    choices = (
        "07-01..08-31",
        "12-21..01-03",
        "02-29..03-07",
        "11-11..11-11",
        "10-15..04-15",
        "01-01..12-31",
        f"{dated}..{dated + timedelta(days=rng.randint(0, 40))}",
        f"{TODAY}..{TODAY + timedelta(days=rng.randint(0, 14))}",
    )
    return rng.choices(choices, weights=(6, 6, 2, 2, 2, 0.5, 6, 3), k=rng.randint(0, 3))


def _dates(rng: random.Random) -> dict[str, str]:
    start = TODAY + timedelta(days=rng.choice((0, 1, rng.randint(-400, 60), rng.randint(-100, 30))))
    end = start + timedelta(days=rng.choice((0, 30, 120, rng.randint(0, 700), rng.randint(200, 700))))
    dates = {"start_date": start.isoformat(), "end_date": end.isoformat()}
    if rng.random() < 0.4:
        del dates[rng.choice(list(dates))]
    return dates


def _week(rng: random.Random) -> list[str]:
    if rng.random() < 0.08:
        return []
    if rng.random() < 0.15:
        return [f"{day} 00:00-24:00" for day in DAYS]
    if rng.random() < 0.1:  # too short for anything by agreement
        return [f"{day} 18:00-18:45" for day in _some(DAYS, rng, 1, 7)]
    entries = []
    for day in _some(DAYS, rng, 1, 7):
        for _ in range(rng.randint(1, 3)):
            start = rng.randint(7 * 4, 22 * 4) * 15
            end = min(start + rng.choice((30, 45, 60, 120, 240, 600)), 24 * 60)
            entries.append(f"{day} {_clock(start)}-{_clock(end)}")
    return entries


def _home(rng: random.Random) -> dict[str, Any]:
    return rng.choice(
        (
            {"postal_code": rng.choice(NEAR)},
            {"postal_code": rng.choice(NEAR)},
            {"postal_code": rng.choice(FAR + UNKNOWN_CODES)},
            _coordinates(rng),
            {"postal_code": rng.choice(FAR + UNKNOWN_CODES), **_coordinates(rng)},
            {},
        )
    )


def _place(rng: random.Random) -> dict[str, Any]:
    return rng.choice(
        (
            {"postal_code": rng.choice(NEAR)},
            {"place": "zaal De Kring", "postal_code": rng.choice(NEAR), **_coordinates(rng)},
            {"place": "zaal", "postal_code": rng.choice(FAR + UNKNOWN_CODES)},
            {"place": "zaal"},
            _coordinates(rng),
            {"place": rng.choice(("online", "Online"))},
            {"place": "online", "postal_code": rng.choice(FAR), **_coordinates(rng)},
        )
    )


def _coordinates(rng: random.Random) -> dict[str, float]:
    return {"lat": round(rng.uniform(50.8, 51.0), 5), "lon": round(rng.uniform(4.5, 4.9), 5)}


def _status(rng: random.Random) -> dict[str, Any]:
    status = {
        "obligation": rng.choice(words.OBLIGATIONS),
        "working": rng.random() < 0.3,
        "studying": rng.random() < 0.3,
    }
    return {key: value for key, value in status.items() if rng.random() < 0.7}


def _audience(rng: random.Random) -> list[str]:
    return rng.choice(
        (
            ["everyone"],
            ["women"],
            ["men"],
            ["women", "men"],
            ["women", "everyone"],
            ["women", "parents"],
            ["women", "youth"],
            ["men", "seniors"],
            ["parents"],
            ["youth"],
            ["seniors"],
            ["youth", "seniors"],
            ["youth", "everyone"],
            ["seniors", "parents"],
            [],
        )
    )


def _facilities(rng: random.Random) -> list[str]:
    return [rng.choice(("", "", "-")) + need for need in _some(words.NEEDS, rng, 0, 3)]


def _between(name: str, values: Sequence[int], rng: random.Random) -> dict[str, int]:
    low, high = sorted(rng.choices(values, k=2))
    if low == high == 1 and rng.random() < 0.7:
        high = 12
    both = {f"{name}_min": low, f"{name}_max": high}
    return {key: value for key, value in both.items() if rng.random() < 0.8}


def _iso(rng: random.Random, least_days: int, most_days: int) -> str:
    return (TODAY + timedelta(days=rng.randint(least_days, most_days))).isoformat()


def _some(values: Sequence[_T], rng: random.Random, least: int, most: int) -> list[_T]:
    return rng.sample(values, rng.randint(least, most))


@cache
def _interests() -> tuple[str, ...]:
    return tuple(words.interests())
