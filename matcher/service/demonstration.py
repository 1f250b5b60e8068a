"""A demonstration that lives: made-up dossiers and counted requests, so that lists and plots show something."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from ..dossiers import check_step, make_code, with_events
from ..model import Profile, read_profile
from ..model.access import DEMONSTRATION_ACCOUNTS
from ..model.dossier import ASKED_BY, Dossier, Event
from ..model.offer import DeskRequest
from ..model.steps import OutcomeStep
from ..readers.profiles import read_profiles
from ..schedule import BRUSSELS, DAYS_NL
from ..store import Work
from ..vocabulary import data_folder
from .dossiers import KINDS, step_data
from .fullness import mark_full
from .office import Office, is_demonstration
from .story import Story

DAYS_BACK, N_CONSIDERED = 180, 6
N_DOSSIERS: Mapping[str, int] = {"herent": 34, "leuven": 8, "rotselaar": 4}
N_REQUESTS: Mapping[str, int] = {"herent": 200, "leuven": 24, "rotselaar": 14}
_MORE_LATELY = 1.4
_POSTAL_CODES: Mapping[str, tuple[str, ...]] = {
    "herent": ("3020",),
    "leuven": ("3000", "3001", "3010", "3012", "3018"),
    "rotselaar": ("3110", "3111", "3118"),
}
_WISHES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Ik wil mensen leren kennen in mijn straat. Ik drink graag koffie.", ("coffee_chat", "neighbourhood_life")),
    ("Wil graag meer praten. In de les gaat het goed, daarbuiten durft hij nog niet.", ("languages",)),
    ("Kookte vroeger voor grote groepen en wil dat opnieuw doen.", ("cooking", "eating_together")),
    ("J'aime le football, mais je cherche une équipe sans compétition.", ("football",)),
    ("Zingt graag, ook al verstaat ze de tekst nog niet.", ("singing",)),
    ("I would like to work in a garden with other people.", ("gardening",)),
    ("Heeft twee kinderen op school en wil andere ouders leren kennen.", ("school_parents", "parent_child")),
    ("Zoekt werk in de zorg en wil eerst meekijken.", ("care_work", "elderly_care")),
    ("أحب الخياطة وأريد أن أتعلم الهولندية مع نساء أخريات.", ("sewing",)),
    ("Ich möchte wandern und die Umgebung kennenlernen.", ("walking",)),
    ("Herstelt graag fietsen en heeft eigen gereedschap.", ("repairing",)),
    ("Я хотіла б допомагати літнім людям.", ("elderly_care",)),
)
_WEEKS: tuple[tuple[str, ...] | None, ...] = (
    tuple(f"{day} 09:00-12:00" for day in DAYS_NL[:5]),
    tuple(f"{day} 08:45-15:15" for day in ("ma", "di", "do", "vr")),
    tuple(f"{day} 18:00-22:00" for day in DAYS_NL[:5]) + ("za 09:00-18:00",),
    tuple(f"{day} 13:00-21:00" for day in DAYS_NL[:6]),
    ("wo 13:00-17:30", "za 09:00-22:00", "zo 09:00-22:00"),
    None,
)
_HALF_DAYS: tuple[tuple[str, ...], ...] = (
    tuple(f"{day}-{part}" for day in DAYS_NL[:5] for part in ("morning", "afternoon")),
    tuple(f"{day}-morning" for day in DAYS_NL[:5]),
    tuple(f"{day}-evening" for day in DAYS_NL[:5]),
    ("za-morning", "za-afternoon", "zo-afternoon"),
    ("wo-afternoon", "za-morning"),
    (),
)
_INTERESTS: Mapping[str, int] = {
    "coffee_chat": 9,
    "cooking": 8,
    "languages": 8,
    "sewing": 6,
    "football": 6,
    "walking": 5,
    "swimming": 7,
    "learn_cycling": 6,
    "parent_child": 5,
    "gardening": 4,
    "computer_skills": 4,
    "repairing": 3,
    "care_work": 3,
    "dance": 3,
    "playing_music": 2,
    "board_games": 2,
}
"""How often each interest is asked for, beside the others."""


def fill_demonstration(office: Office, *, now: datetime, rng: random.Random) -> int:
    """Write made-up dossiers and requests into a demonstration that has none, and return how many dossiers.

    Parameters
    ----------
    office : Office
        Anything but an empty demonstration stays as it is.
    now : datetime
        All that is written lies in the half year before.
    rng : random.Random
        The same one gives the same dossiers, with the same codes.
    """
    with office.store.writing() as work:
        if not is_demonstration(work) or work.dossiers.of(list(N_DOSSIERS), limit=1):
            return 0
        if work.answered("demonstration", "filled", "", at=now) is not None:
            return 0
        work.keep_answer("demonstration", "filled", {})
        bases, _ = read_profiles(data_folder() / "judgements" / "profiles.jsonl")
        number = 0
        for municipality, count in N_DOSSIERS.items():
            for place in range(count):
                profile = _profile(bases[number % len(bases)], municipality, rng)
                age_days = round(DAYS_BACK * ((place + rng.random()) / count) ** _MORE_LATELY)
                _write_dossier(office, work, profile, (municipality, number, age_days), now=now, rng=rng)
                number += 1
        for municipality, count in N_REQUESTS.items():
            for _ in range(count):
                work.add_request(_request(municipality, now.date(), rng))
        return number


def _write_dossier(
    office: Office, work: Work, profile: Profile, place: tuple[str, int, int], *, now: datetime, rng: random.Random
) -> None:
    """Note a whole story step by step, each checked as if it were noted on its day, and write it in one go."""
    municipality, number, age_days = place
    asker = replace(DEMONSTRATION_ACCOUNTS["caseworker"], municipality=municipality)
    opened_on = _working_day(now.date() - timedelta(days=age_days))
    matcher = office.matcher(municipality)
    # The words of other languages take a while to be read, and the interests say enough.
    wanted = profile.model_copy(update={"wishes": None})
    found = matcher.suggest(wanted, today=now.date(), now=now, k=N_CONSIDERED)["suggestions"]
    at = _moment(opened_on, now, rng)
    dossier = Dossier(
        code=profile.id,
        municipality=municipality,
        profile=profile,
        version=1,
        opened_on=opened_on,
        asked_by=ASKED_BY[number % 7 // 3],
    )
    dossier = with_events(dossier, [Event(number=1, at=at, role=asker.role, kind="opened")])
    story = Story(opened_on=opened_on, today=now.date(), number=number, rng=rng)
    for on, deed in story.told([matcher.activity(one["activity_id"]) for one in found]):
        step = deed(dossier)
        if step is None:
            continue
        at = max(at, _moment(on, now, rng))
        check_step(dossier, step, today=at.date())
        data = step_data(dossier, step, today=at.date(), find=matcher.activity)
        version = dossier.version + 1
        event = Event(number=version, at=at, role=asker.role, kind=KINDS[type(step)][0], data=data)
        dossier = with_events(replace(dossier, version=version), [*dossier.events, event])
        if isinstance(step, OutcomeStep) and step.reason == "full":
            mark_full(work, asker, event, now=at)
    work.dossiers.add_whole(dossier)


def _profile(base: Profile, municipality: str, rng: random.Random) -> Profile:
    """Vary a person of the judgements: another age and place, often other wishes and another week."""
    data: dict[str, Any] = base.to_json()
    for key in ("available_from", "available_until", "waiting_since"):
        data.pop(key, None)
    if rng.random() < 0.7:
        wishes, interests = rng.choice(_WISHES)
        data |= {"wishes": wishes, "interests": list(interests), "avoid": []}
    week = rng.choice(_WEEKS)
    if week is not None:
        data["availability"] = list(week)
    elif rng.random() < 0.5:
        data.pop("availability", None)
    if "age" in data:
        data["age"] = max(18, data["age"] + rng.randint(-7, 9))
    if data.get("max_distance_km", 10) < 3:
        data["max_distance_km"] = 5
    data["home"] = {"postal_code": rng.choice(_POSTAL_CODES[municipality])}
    data["id"] = make_code(rng)
    data["hours_done"] = rng.choice((0, 0, 0, 2, 4, 6))
    return read_profile(data)


def _request(municipality: str, today: date, rng: random.Random) -> DeskRequest:
    n_interests = rng.choice((0, 1, 1, 1, 2, 2, 3))
    interests = rng.choices(list(_INTERESTS), weights=list(_INTERESTS.values()), k=n_interests)
    half_days = rng.choice(_HALF_DAYS)
    wide = 70 if not half_days else 8 * len(half_days)
    return DeskRequest(
        municipality=municipality,
        on=_working_day(today - timedelta(days=rng.randrange(DAYS_BACK))),
        asked_by=rng.choices(ASKED_BY, weights=(5, 3, 2))[0],
        interests=tuple(dict.fromkeys(interests)),
        half_days=half_days,
        n_allowed=rng.randint(0, wide),
    )


def _working_day(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _moment(day: date, now: datetime, rng: random.Random) -> datetime:
    """Return a moment in the office hours of a day, never after now."""
    clock = time(rng.randint(9, 16), rng.randrange(60))
    return min(datetime.combine(day, clock, BRUSSELS), now)
