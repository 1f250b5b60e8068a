"""For whom an event is: ages, audience, and what its labels say of Dutch, children and reduced prices."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from ...vocabulary import fold, read_taalicoon
from .event import Event, Values, texts
from .moments import read_day

MOST_AGE = 130
_RANGE = re.compile(r"(\d{0,3}) ?- ?(\d{0,3})", re.ASCII)
_FROM = re.compile(r"\+ ?(\d{1,3})|(\d{1,3}) ?\+", re.ASCII)


def read_people(event: Event, *, first: date | None) -> Values:
    """Read ages and audience.

    Parameters
    ----------
    first : date or None
        The first day of the event, on which the ages of a range of birth dates are counted; today without it.
    """
    values = _born(event, first or event.today) or _ages(event)
    audience = event.fields.get("audience")
    kind = audience.get("audienceType") if isinstance(audience, dict) else None
    if kind == "everyone":
        values["audience"] = ["everyone"]
    elif kind == "members":
        values["registration"] = "Enkel voor leden."
        remedy = "Ask whether one can become a member."
        event.notes.warning("/audience/audienceType", "is for members only", remedy=remedy, code="members_only")
    if event.fields.get("childrenOnly") is True:
        values["registration"] = f"{values.get('registration', '')} Enkel voor kinderen.".strip()
        event.notes.warning("/childrenOnly", "is for children only", code="children_only")
    return values


def _ages(event: Event) -> Values:
    text = event.fields.get("typicalAgeRange")
    if text is None:
        return {}
    ages = _age_range(text)
    if ages is None:
        rule = "must be ages like 6-12, 18-, -12 or -"
        event.notes.warning("/typicalAgeRange", rule, value=text, remedy="The ages are unknown.", code="ages")
        return {}
    return {"age_min": ages[0], "age_max": ages[1]}


@lru_cache(maxsize=1024)
def _age_range(text: str) -> tuple[int, int | None] | None:
    text = " ".join(text.split())
    if match := _FROM.fullmatch(text):
        low, high = int(match[1] or match[2]), None
    elif match := _RANGE.fullmatch(text):
        # Without a first age there is no lower bound: "-" is for all ages.
        low, high = int(match[1] or 0), int(match[2]) if match[2] else None
    else:
        return None
    return (low, high) if low <= (MOST_AGE if high is None else high) <= MOST_AGE else None


def _born(event: Event, on: date) -> Values:
    """Turn a range of birth dates into ages on a day."""
    born = event.fields.get("birthdateRange")
    if not isinstance(born, dict):
        return {}
    oldest, youngest = read_day(born.get("from")), read_day(born.get("to"))
    ages = [_age(day, on) if day else None for day in (youngest, oldest)]
    known = [age for age in ages if age is not None]
    if not known or any(not 0 <= age <= MOST_AGE for age in known) or known != sorted(known):
        rule = "must be birth dates, the first before the last"
        event.notes.warning("/birthdateRange", rule, remedy="The ages are unknown.", code="ages")
        return {}
    words = f"geboren {oldest or ''}..{youngest or ''}"
    values = {key: age for key, age in zip(("age_min", "age_max"), ages, strict=True) if age is not None}
    return {**values, "derived": [f"{key}={words}" for key in values]}


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def read_labels(event: Event) -> Values:
    """Read the labels with an agreed meaning; others, such as those of a disability, are not kept."""
    levels, facilities = _said(
        tuple(texts(event.fields.get("labels"))), tuple(texts(event.fields.get("hiddenLabels")))
    )
    if len(levels) > 1:
        rule, shown = "must hold one taalicoon", ", ".join(map(str, levels))
        remedy = "Ask the organiser which; it is left out."
        event.notes.warning("/labels", rule, value=shown, remedy=remedy, code="taalicoon")
    return {"taalicoon": levels[0] if len(levels) == 1 else None, "facilities": [*facilities]}


@lru_cache(maxsize=4096)
def _said(labels: tuple[str, ...], hidden: tuple[str, ...]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the taaliconen and the facilities that labels tell of."""
    folded = [fold(label).replace("_", " ") for label in labels]
    levels = {level for label in folded if "taalico" in label and (level := read_taalicoon(label))}
    facilities = ["child_welcome"] if "ook voor kinderen" in folded else []
    if any(label.startswith(("uitpas", "paspartoe")) for label in (*folded, *map(fold, hidden))):
        facilities.append("low_cost")
    return tuple(sorted(levels)), tuple(facilities)
