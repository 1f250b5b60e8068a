"""Made-up doubles: the same activity as a second source would tell it, with noise, and what only looks the same.

A world has two sources. The first is an offer as it is; the second tells a part of it again, each record changed
as people and systems do, and holds decoys: parallel groups on another day, the same name in another town,
another age, a next series, another activity of the same organiser in the same room. All is seeded.
"""

import random
import re
from dataclasses import dataclass
from datetime import timedelta

from matcher.merging import traits_of
from matcher.model import Proposal
from matcher.readers.csv_offer import read_offer
from matcher.schedule import Flex, Once, Schedule, Weekly

ABBREVIATED = (
    ("gemeenschapscentrum", "GC"),
    ("cultuurcentrum", "CC"),
    ("lokaal dienstencentrum", "LDC"),
    ("dienstencentrum", "DC"),
    ("bibliotheek", "bib"),
    (" en ", " & "),
    ("nederlands", "Ned."),
    (" voor ", " v. "),
    ("sint-", "St.-"),
)
TRANSLATED = (
    ("praattafel", "Conversation table"),
    ("babbelcafé", "Talking café"),
    ("naai", "Sewing"),
    ("kook", "Cooking"),
    ("wandel", "Walking"),
    ("buddy", "Buddy programme"),
    ("koor", "Choir"),
)
BEFORE, AFTER = ("VOLZET: ", "NIEUW! "), (" - najaar 2026", " 2026-2027", " (gratis)", "!", " - volzet")
ELSEWHERE = (("9000", "Gent", 51.054, 3.722), ("3600", "Genk", 50.965, 5.5), ("8000", "Brugge", 51.209, 3.225))
LOOSE = frozenset({"kind", "description", "url", "phone", "address", "place", "lat", "lon", "organiser"})
ROOMS = ("Parochiezaal", "Sporthal De Bron", "Huis van de Buurt", "Zaal Ons Huis", "School De Linde")


@dataclass(frozen=True)
class World:
    """Records of two sources, and which are one activity: pairs of (source, id)."""

    records: list
    doubles: set

    @property
    def traits(self):
        return [traits_of(record, source=source) for source, record in self.records]


def world(offers, *, seed):
    """Make the two sources from offer files."""
    chance = random.Random(seed)
    originals = [activity for path in offers for activity in read_offer(path)[0]]
    records = [("one", as_told(activity)) for activity in originals]
    doubles = set()
    for number, activity in enumerate(originals):
        if chance.random() < 0.75:
            again = noisy(activity, chance, f"two-{number}")
            records.append(("two", again))
            doubles.add(frozenset((("one", activity.id), ("two", again.id))))
        for kind in chance.sample(DECOYS, k=2):
            decoy = kind(activity, chance)
            if decoy:
                # What sets it apart stays: without it nobody could tell.
                other = changed(activity, **decoy)
                told = noisy(other, chance, f"decoy-{number}-{kind.__name__.replace('_', '-')}")
                keep = {key: getattr(other, key) for key in decoy if key not in LOOSE}
                told = changed(told, **keep)
                records.append(("two", told))
    chance.shuffle(records)
    return World(records, doubles)


def changed(activity, **new):
    """Return the activity with other values; None takes one away."""
    data = {**{key: getattr(activity, key) for key in Proposal.model_fields}, **new}
    return Proposal(**{key: value for key, value in data.items() if value is not None})


def as_told(activity):
    """Leave out what only this project knows."""
    return changed(activity, assumed=(), derived=(), source=None)


def noisy(activity, chance, identifier):
    """Tell an activity again as another source would."""
    new = {"id": identifier, "title": _title(activity, chance), "organiser": _organiser(activity, chance)}
    new |= _place(activity, chance) | _time(activity, chance) | _rest(activity, chance)
    return changed(activity, assumed=(), derived=(), source=None, source_url=None, **new)


def _title(activity, chance):
    title = activity.title
    if chance.random() < 0.04:
        title = next((other for word, other in TRANSLATED if word in title.lower()), title)
    if chance.random() < 0.15:
        for long, short in ABBREVIATED:
            title = re.sub(re.escape(long), short, title, flags=re.IGNORECASE)
    if chance.random() < 0.12:
        words = title.split()
        cut = chance.randrange(len(words))
        title = " ".join(words[cut:] + words[:cut])
    if chance.random() < 0.15 and activity.municipality and activity.municipality not in title:
        title = f"{title} {activity.municipality}"
    if chance.random() < 0.08 and activity.organiser:
        title = f"{title} ({re.sub(r'[(].*', '', activity.organiser).strip()})"[:300]
    if chance.random() < 0.25:
        title = typo(title, chance)
    if chance.random() < 0.1:
        title = chance.choice((title.upper(), title.lower(), title.replace("-", " "), title.replace(" ", "  ")))
    if chance.random() < 0.06:
        title = chance.choice(BEFORE) + title
    if chance.random() < 0.1:
        title += chance.choice(AFTER)
    return title


def typo(text, chance):
    """Drop, double, change or swap one letter."""
    letters = [position for position, letter in enumerate(text) if letter.isalpha()]
    if len(letters) < 4:
        return text
    at = chance.choice(letters)
    after = text[at + 1 : at + 2]
    new = chance.choice(("", text[at] * 2, chance.choice("aeinrst"), after + text[at]))
    return text[:at] + new + (text[at + 2 :] if new == after + text[at] else text[at + 1 :])


def _organiser(activity, chance):
    name = activity.organiser
    if name is None or chance.random() < 0.15:
        return None
    name = re.sub(r"\s*\(voorbeeld\)", "", name) or name
    draw = chance.random()
    if draw < 0.15:
        return f"{name} vzw"
    if draw < 0.25:
        return f"VZW {name}"
    if draw < 0.35 and activity.municipality and activity.municipality not in name:
        return f"{name} {activity.municipality}"
    if draw < 0.45:
        return typo(name, chance)
    if draw < 0.5 and len(name.split()) > 2:
        return "".join(word[0] for word in re.findall(r"\w+", name)).upper()
    if draw < 0.55:
        return chance.choice(("Stad", "Gemeente", "Lokaal bestuur")) + f" {activity.municipality or name}"
    return name


def _place(activity, chance):
    draw = chance.random()
    if activity.is_online:
        return {}
    if draw < 0.08:
        return dict.fromkeys(("place", "address", "postal_code", "municipality", "lat", "lon"))
    new = {}
    if draw < 0.35:
        new |= dict.fromkeys(("lat", "lon"))
    elif activity.lat is not None:
        new |= {"lat": activity.lat + chance.gauss(0, 0.0004), "lon": activity.lon + chance.gauss(0, 0.0006)}
    if chance.random() < 0.2:
        new["postal_code"] = None
    elif chance.random() < 0.15:
        new["municipality"] = None
    place = activity.place
    if place and chance.random() < 0.5:
        for long, short in ABBREVIATED:
            place = re.sub(re.escape(long), short, place, flags=re.IGNORECASE)
        place = typo(place, chance) if chance.random() < 0.3 else place
        place = f"{place}, {activity.municipality}" if activity.municipality and chance.random() < 0.3 else place
        new["place"] = place
    elif chance.random() < 0.2:
        new["place"] = None
    return new


def _time(activity, chance):
    draw, schedule = chance.random(), activity.schedule
    if draw < 0.12 or schedule is None:
        return dict.fromkeys(("schedule", "start_date", "end_date")) | {"pauses": ()}
    new = {"pauses": ()} if chance.random() < 0.5 else {}
    if draw < 0.22 and activity.start_date and all(isinstance(one, Weekly) for one in schedule.sessions):
        last = activity.end_date or activity.start_date + timedelta(days=120)
        days = schedule.occurrences(activity.start_date, last, start_date=activity.start_date)[:30]
        if days:
            sessions = tuple(Once(day, one.start_min, one.end_min) for day, one in days)
            return new | {"schedule": Schedule(sessions), "pauses": ()}
    if draw < 0.25:
        return new | {"schedule": _moved(schedule, minutes=chance.choice((-15, 15, 30)))}
    if draw < 0.3:
        return new | {"start_date": None}
    if draw < 0.35:
        return new | {"start_date": None, "end_date": None}
    return new


def _rest(activity, chance):
    new = {}
    if activity.description:
        text = activity.description
        new["description"] = chance.choice((text, text[: max(20, len(text) // 2)], f"{text} Welkom!", None))
    for key in ("price_eur", "url", "registration", "phone", "email", "kind", "language", "taalicoon", "capacity"):
        if chance.random() < 0.35:
            new[key] = None
    if chance.random() < 0.2:
        new |= dict.fromkeys(("age_min", "age_max"))
    if activity.price_eur is not None and chance.random() < 0.05:
        new["price_eur"] = activity.price_eur + 1
    return new


def _moved(schedule, *, days=0, minutes=0):
    """Return the schedule so many days and minutes later, or None when that cannot be."""
    sessions = []
    for one in schedule.sessions:
        if isinstance(one, Flex):
            return None
        start, end = one.start_min + minutes, one.end_min + minutes
        if not 0 <= start < end <= 1440:
            return schedule
        values = {field: getattr(one, field) for field in one.__slots__} | {"start_min": start, "end_min": end}
        if isinstance(one, Once):
            values["on"] += timedelta(days=days)
        else:
            values["day"] = (one.day + days) % 7
        sessions.append(type(one)(**values))
    return Schedule(tuple(sessions))


# What only looks the same. Each gives the values that differ, or None when it cannot be made of this activity.


def another_day(activity, chance):
    """A parallel group."""
    if not activity.schedule or not all(isinstance(one, (Weekly, Once)) for one in activity.schedule.sessions):
        return None
    days = {one.day for one in activity.schedule.timed}
    free = [shift for shift in range(1, 7) if not days & {(day + shift) % 7 for day in days}]
    if not free:
        return None
    moved = _moved(activity.schedule, days=chance.choice(free))
    start = activity.start_date
    return {"schedule": moved, "start_date": start and start - timedelta(days=7)} if moved else None


def another_hour(activity, chance):
    """A parallel group after it."""
    if not activity.schedule or len(activity.schedule.sessions) != 1 or not activity.schedule.timed:
        return None
    (one,) = activity.schedule.timed
    moved = _moved(activity.schedule, minutes=max(60, one.end_min - one.start_min))
    return {"schedule": moved} if moved and moved != activity.schedule else None


def another_town(activity, chance):
    """A name that every town has."""
    code, town, lat, lon = chance.choice(ELSEWHERE)
    if activity.is_online or activity.municipality == town or not (activity.postal_code or activity.municipality):
        return None
    own = activity.municipality or "…"
    organiser = activity.organiser.replace(own, town) if own in activity.organiser else f"{town} Samen"
    title = activity.title.replace(own, town)
    where = {"postal_code": code, "municipality": town, "lat": lat, "lon": lon, "place": chance.choice(ROOMS)}
    return {"organiser": organiser, "title": title, "address": None, "url": None, "phone": None} | where


def another_age(activity, chance):
    """The same for children."""
    if (activity.age_min or 0) < 18:
        return None
    return {"age_min": 6, "age_max": 12}


def next_series(activity, chance):
    """The same course after the holidays."""
    if not activity.end_date or not activity.schedule or activity.schedule.only_once:
        return None
    start = activity.end_date + timedelta(days=20)
    return {"start_date": start, "end_date": start + timedelta(days=80), "pauses": ()}


SUBJECTS = (
    *("Schaakclub", "Breien en haken", "Petanque", "Repair café", "Tekenles", "Lijndansen", "Digidokter"),
    *("Leesclub", "Zangnamiddag", "Badminton", "Gezelschapsspelen", "Bloemschikken", "Moestuin", "Fietstocht"),
)


def another_activity(activity, chance):
    """Something else of the same organiser in the same room, at another hour."""
    day = chance.randrange(7)
    start = chance.choice((9, 10, 13, 14, 19)) * 60
    schedule = Schedule((Weekly(day, start, start + 120),))
    return {"title": chance.choice(SUBJECTS), "schedule": schedule, "kind": None, "description": None, "url": None}


def at_the_same_hour(activity, chance):
    """Something else of the same organiser in another room, at the same hour."""
    return {"title": chance.choice(SUBJECTS), "kind": None, "description": None, "url": None}


DECOYS = (
    another_day,
    another_hour,
    another_town,
    another_age,
    next_series,
    another_activity,
    at_the_same_hour,
)


def figures(found, true):
    """Return precision and recall of pairs."""
    right = len(found & true)
    return right / len(found) if found else 1.0, right / len(true) if true else 1.0


def pairs_of(pairing, records):
    """Return the pairs that stand together in the clusters, as pairs of (source, id)."""
    keys = [(source, record.id) for source, record in records]
    return {
        frozenset((keys[a], keys[b])) for cluster in pairing.clusters for a in cluster for b in cluster if a < b
    }
