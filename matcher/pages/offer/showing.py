"""What a record says, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ... import vocabulary
from ...explain import KEY_WORDS, KIND_WORDS, day_text, session_text
from ...model import Activity
from ...model.access import Asker
from ...schedule import parse_pause, parse_schedule
from ...service.offers import N_QUESTIONS, Counted, OfferRow, Understood
from ..words import Words

GROUPS: Mapping[str, tuple[str, ...]] = {
    "what": ("description", "kind", "interests"),
    "when": ("schedule", "start_date", "end_date", "pauses", "attendance"),
    "where": ("place", "address", "postal_code", "municipality"),
    "price": ("price_eur", "reduced_price_eur", "fee_eur", "price_note"),
    "who": (
        *("language", "taalicoon", "participants", "interaction", "new_people", "group_min", "group_max"),
        *("age_min", "age_max", "audience", "facilities"),
    ),
    "join": ("registration", "phone", "email", "url", "signatory", "capacity", "places_left", "status"),
}
"""Keys of a record in the order of its page."""
SECTIONS = (
    ("offer", "request"),
    ("new_activity", "offer"),
    ("calls", "offer"),
    ("offer_map", "request"),
    ("send_offer", "import"),
    ("versions", "request"),
)
"""Pages of the offer and the right that each takes."""
_DATES = ("start_date", "end_date", "last_verified")
_MONEY = ("price_eur", "reduced_price_eur", "fee_eur")
_CHOICES = ("participants", "interaction", "attendance", "status", "taalicoon", "language")
_CUT = 80
_SHOWN_MOST = 4


def offer_sections(asker: Asker) -> list[str]:
    """Return the pages of the offer that somebody may see."""
    return [name for name, right in SECTIONS if asker.may(right)]


def value_words(key: str, value: Any, words: Words) -> str:
    """Say a value of an activity, as JSON gives it, in words.

    Examples
    --------
    >>> nl = Words("nl")
    >>> value_words("schedule", "di 19:00-21:00", nl), value_words("price_eur", 0, nl)
    ('elke dinsdag van 19.00 tot 21.00 uur', 'gratis')
    >>> value_words("facilities", ["-wheelchair"], nl)
    'geen: toegankelijk met een rolstoel'
    """
    if value in (None, []):
        return words("offer_value_none")
    nl = words.language == "nl"
    if key == "schedule":
        said = [session_text(one) for one in parse_schedule(value).sessions]
        return words.listed([one.nl if nl else one.en for one in said])
    if key in _DATES:
        return _day(date.fromisoformat(value), words)
    if key in _MONEY:
        return words.euro(value)
    if key == "kind":
        return words.of(KIND_WORDS, value)
    if key == "new_people":
        return words(value)
    if key in _CHOICES:
        name = f"offer_{key}_{value}"
        return words(name) if words.has(name) else str(value)
    if isinstance(value, list):
        return ", ".join(_one_of_list(key, one, words) for one in value)
    return str(value)


def _one_of_list(key: str, one: str, words: Words) -> str:
    if key == "interests":
        interest = vocabulary.interests()[one]
        return interest.label_nl if words.language == "nl" else interest.label_en
    if key == "facilities":
        what = words(f"offer_facility_{one.removeprefix('-')}")
        return words("offer_facility_not", what=what) if one.startswith("-") else what
    if key == "audience":
        return words("offer_audience_everyone") if one == "everyone" else words(f"audience_{one}")
    if key == "pauses":
        return _pause(one, words)
    return one


def _pause(text: str, words: Words) -> str:
    pause = parse_pause(text)
    ends = []
    for end in (pause.start, pause.end):
        if isinstance(end, date):
            ends.append(_day(end, words))
        else:
            ends.append(words.day(date(2024, *end), today=date(2024, *end), weekday=False))
    return words("offer_pause", first=ends[0], last=ends[1])


def _day(day: date, words: Words) -> str:
    text = day_text(day)
    return text.nl if words.language == "nl" else text.en


def record_groups(
    activity: Activity, own: Mapping[str, Any], words: Words
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return what is known of an activity by group: label, words, and what mark it carries.

    Parameters
    ----------
    own : mapping
        What the municipality itself noted.
    """
    content = activity.to_json()
    derived = {note.partition("=")[0] for note in activity.derived}
    found = []
    for group, keys in GROUPS.items():
        lines = [
            {
                "key": key,
                "value": value_words(key, content[key], words),
                "is_dutch": key in ("description", "place", "address", "price_note", "registration", "signatory"),
                "mark": _mark(key, own, activity, derived),
            }
            for key in keys
            if key in content
        ]
        if lines:
            found.append((group, lines))
    return found


def _mark(key: str, own: Mapping[str, Any], activity: Activity, derived: set[str]) -> str:
    if key in own:
        return "offer_own_fact"
    if key in activity.assumed or "all" in activity.assumed:
        return "offer_assumed"
    return "offer_derived" if key in derived else ""


def missing_words(missing: Sequence[str], words: Words) -> list[str]:
    """Return what to ask after, in a few words each."""
    return [words.of(KEY_WORDS, key) for key in missing]


def completeness(missing: Sequence[str], words: Words) -> str:
    """Say how many of the facts that matter are missing."""
    n = len(missing)
    if not n:
        return words("offer_complete", n=N_QUESTIONS)
    return words("offer_missing_one" if n == 1 else "offer_missing", n=n, of=N_QUESTIONS)


def row_words(row: OfferRow, words: Words, *, today: date) -> dict[str, Any]:
    """Say one line of the list in words."""
    activity = row.activity
    return {
        "row": row,
        "activity": activity,
        "kind": words.of(KIND_WORDS, activity.kind),
        "where": where_words(activity, words),
        "when": when_words(activity, words),
        "complete": completeness(row.missing, words),
        "verified": verified_words(activity.last_verified, words, today=today),
    }


def when_words(activity: Activity, words: Words) -> str:
    """Say when an activity takes place, or that it is to be asked."""
    if activity.schedule is None:
        return words("offer_when_unknown")
    said = [session_text(one) for one in activity.schedule.sessions]
    texts = [one.nl if words.language == "nl" else one.en for one in said[:_SHOWN_MOST]]
    return words.listed(texts) + (" …" if len(said) > _SHOWN_MOST else "")


def where_words(activity: Activity, words: Words) -> str:
    """Say where an activity takes place, or that it is to be asked."""
    if activity.is_online:
        return words("online")
    parts = [part for part in (activity.place, activity.municipality) if part]
    if len(parts) == 2 and vocabulary.fold(parts[1]) in vocabulary.fold(parts[0]):
        parts = parts[:1]
    return ", ".join(parts) or activity.postal_code or words("offer_where_unknown")


def verified_words(day: date | None, words: Words, *, today: date) -> str:
    """Say when somebody asked last."""
    if day is None:
        return words("offer_verified_never")
    if day == today:
        return words("offer_verified_today")
    return words("offer_verified", day=_day(day, words))


def counted_words(counted: Counted, words: Words) -> str:
    """Say to how many people something was proposed, as far as it may be seen."""
    if counted.proposed is None:
        return words("offer_counted_few")
    if counted.proposed == 0:
        return words("offer_counted_none")
    if counted.chosen is None:
        return words("offer_counted_some", n=counted.proposed)
    return words("offer_counted", n=counted.proposed, chosen=counted.chosen)


def understood_words(understood: Sequence[Understood], activity: Activity, words: Words) -> str:
    """Say how what somebody wrote was read, in one line."""
    content = activity.to_json()
    said = []
    for one in understood:
        if not one.keys:
            key = words(f"offer_key_{one.key}") if words.has(f"offer_key_{one.key}") else one.key
            said.append(words("offer_understood_left_out", key=key))
        for key in one.keys:
            if key in content and key != "assumed":
                value = value_words(key, content[key], words)
                value = value if len(value) <= _CUT else value[:_CUT] + "…"
                said.append(words("offer_understood_one", key=words(f"offer_key_{key}"), value=value))
    said = list(dict.fromkeys(said))
    return f"{words('offer_understood')} {'; '.join(said)}." if said else ""
