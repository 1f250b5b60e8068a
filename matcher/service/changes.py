"""The smallest change of a profile that lets in an activity which one limit keeps out."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, timedelta

from ..explain import NEED_WORDS, NOTHING, Sentence, change_sentence, joined
from ..features.calendar import FLEX_LEAST_MIN
from ..model import Activity, Profile
from ..model.answer import Change
from ..schedule import DAY_MIN, DAYS_NL, DROP_IN_LEAST_MIN, HORIZON_DAYS, Availability, clock
from ..vocabulary import interests, lineage

CHANGEABLE = ("schedule", "distance", "price", "full", "avoid", "need")
"""Limits that a change of the profile, or patience, can take away."""


def smallest_change(
    code: str, activity: Activity, profile: Profile, *, today: date, distance_km: float
) -> tuple[bool, Change | None]:
    """Find the smallest change of a profile that takes one broken limit away.

    Parameters
    ----------
    code : str
        The one limit that the activity breaks, one of `CHANGEABLE`.
    distance_km : float
        As it was compared with the limit.

    Returns
    -------
    possible : bool
        False when no single change lets the activity in, such as one that starts after more than a year.
    change : Change or None
        None for a full activity: there a place must come free.
    """
    if code == "full":
        return True, None
    if code == "distance":
        return True, {"key": "max_distance_km", "set": _rounded_up(distance_km, 1)}
    if code == "price":
        prices = [price for price in (activity.price_eur, activity.reduced_price_eur) if price is not None]
        return True, {"key": "max_price_eur", "set": min(prices)}
    if code == "need":
        return True, _without("needs", profile.needs, _unmet(activity, profile))
    if code == "avoid":
        return True, _without("avoid", profile.avoid, _avoided(activity, profile))
    change = _schedule_change(activity, profile, today)
    return change is not None, change


def describe_change(change: Change | None, code: str, activity: Activity, profile: Profile) -> Sentence:
    """Say the change in a sentence."""
    label = NOTHING
    if code == "avoid":
        tree = interests()
        label = joined(
            [
                Sentence(tree[one].label_nl.lower(), tree[one].label_en.lower())
                for one in _avoided(activity, profile)
            ]
        )
    elif code == "need":
        label = joined([NEED_WORDS[need] for need in _unmet(activity, profile)])
    return change_sentence(change, code, label=label)


def _rounded_up(value: float, decimals: int) -> float:
    """Round up for a person to read, but never below the value."""
    unit = 10**decimals
    rounded = math.ceil(value * unit) / unit
    return rounded if rounded >= value else value


def _without(key: str, words: tuple[str, ...], gone: list[str]) -> Change:
    if len(gone) == 1:
        return {"key": key, "remove": gone[0]}
    return {"key": key, "set": [word for word in words if word not in gone]}


def _unmet(activity: Activity, profile: Profile) -> list[str]:
    return [need for need in profile.needs if f"-{need}" in activity.facilities]


def _avoided(activity: Activity, profile: Profile) -> list[str]:
    above = {node for interest in activity.given_interests for node in lineage(interest)}
    return [interest for interest in profile.avoid if interest in above]


def _schedule_change(activity: Activity, profile: Profile, today: date) -> Change | None:
    """Free hours in the present window if there is a session in it, else another first or last day."""
    first, last = _window(activity, profile, today)
    if profile.availability is not None and first <= last and activity.schedule:
        added = _free_hours(activity, profile.availability, first, last)
        if added:
            return {"key": "availability", "add": added}
    return _other_days(activity, profile, today)


def _window(activity: Activity, profile: Profile, today: date) -> tuple[date, date]:
    firsts = [today, activity.start_date, profile.available_from]
    lasts = [today + timedelta(days=HORIZON_DAYS), activity.end_date, profile.available_until]
    return max(day for day in firsts if day), min(day for day in lasts if day)


def _free_hours(activity: Activity, availability: Availability, first: date, last: date) -> str | None:
    """Return the shortest stretch that makes one session of the window possible."""
    assert activity.schedule
    found = activity.schedule.occurrences(first, last, start_date=activity.start_date, pauses=activity.pauses)
    slots = {(session.day, session.start_min, session.end_min) for _, session in found}
    stretches = [
        (day, *_missing(availability.stretches[day], start, end, drop_in=activity.drop_in))
        for day, start, end in slots
    ]
    can_agree = any(
        not any(first + timedelta(days=day) in pause for pause in activity.pauses)
        for day in range((last - first).days + 1)
    )
    if activity.schedule.flex and availability.longest_min < FLEX_LEAST_MIN and can_agree:
        stretches.append(_longer_stretch(availability))
    if not stretches:
        return None
    day, start, end = min(stretches, key=lambda one: (one[2] - one[1], *one))
    return f"{DAYS_NL[day]} {clock(start)}-{clock(end)}"


def _missing(free: Iterable[tuple[int, int]], start: int, end: int, *, drop_in: bool) -> tuple[int, int]:
    """Return the shortest stretch that, added to what is free, lets a session be attended."""
    gaps = []
    at = start
    for free_start, free_end in free:
        if free_start > at:
            gaps.append((at, min(free_start, end)))
        at = max(at, free_end)
        if at >= end:
            break
    if at < end:
        gaps.append((at, end))
    gaps = [(gap_start, gap_end) for gap_start, gap_end in gaps if gap_start < gap_end]
    if not drop_in:
        return gaps[0][0], gaps[-1][1]
    in_gaps = sum(gap_end - gap_start for gap_start, gap_end in gaps)
    lacking = min(end - start, DROP_IN_LEAST_MIN) - (end - start - in_gaps)
    # The shortest stretch with so many busy minutes starts, or ends, where a gap does.
    spans = [_grown(gaps[number:], lacking) for number in range(len(gaps))]
    turned = [
        [(-gap_end, -gap_start) for gap_start, gap_end in reversed(gaps[: number + 1])]
        for number in range(len(gaps))
    ]
    spans += [span and (-span[1], -span[0]) for span in (_grown(one, lacking) for one in turned)]
    return min((span for span in spans if span), key=lambda span: (span[1] - span[0], span))


def _grown(gaps: list[tuple[int, int]], lacking: int) -> tuple[int, int] | None:
    """Return the stretch from the start of the first gap on that holds so many minutes of gaps, or None."""
    for gap_start, gap_end in gaps:
        if gap_end - gap_start >= lacking:
            return gaps[0][0], gap_start + lacking
        lacking -= gap_end - gap_start
    return None


def _longer_stretch(availability: Availability) -> tuple[int, int, int]:
    """Return what makes the longest free stretch an hour long, or a first hour of the week."""
    stretches = [
        (end - start, -day, start, end)
        for day, of_day in enumerate(availability.stretches)
        for start, end in of_day
    ]
    if not stretches:
        return 0, 9 * 60, 9 * 60 + FLEX_LEAST_MIN
    length, minus_day, start, end = max(stretches)
    lacking = FLEX_LEAST_MIN - length
    return (-minus_day, end, end + lacking) if end + lacking <= DAY_MIN else (-minus_day, start - lacking, start)


def _other_days(activity: Activity, profile: Profile, today: date) -> Change | None:
    """Return the nearest other first or last day on which something can be attended, or None."""
    changes: list[tuple[int, Change]] = []
    if profile.available_until:
        free = profile.model_copy(update={"available_until": None})
        day = next(iter(_attendable_days(activity, free, today)), None)
        if day and day > profile.available_until:
            shift = (day - profile.available_until).days
            changes.append((shift, {"key": "available_until", "set": day.isoformat()}))
    if profile.available_from:
        free = profile.model_copy(update={"available_from": None})
        days = [day for day in _attendable_days(activity, free, today) if day < profile.available_from]
        if days:
            shift = (profile.available_from - days[-1]).days
            changes.append((shift, {"key": "available_from", "set": days[-1].isoformat()}))
    return min(changes, key=lambda change: change[0], default=(0, None))[1]


def _attendable_days(activity: Activity, profile: Profile, today: date) -> list[date]:
    """List the days of the window on which the person can attend; every day when that needs no hours."""
    first, last = _window(activity, profile, today)
    if first > last:
        return []
    availability, schedule = profile.availability, activity.schedule
    flex_fits = availability is None or availability.longest_min >= FLEX_LEAST_MIN
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    if schedule is None:
        return days
    agreed = [day for day in days if schedule.flex and flex_fits and not any(day in p for p in activity.pauses)]
    attended = [
        day
        for day, session in schedule.occurrences(
            first, last, start_date=activity.start_date, pauses=activity.pauses
        )
        if availability is None
        or availability.attended_min(session.day, session.start_min, session.end_min, drop_in=activity.drop_in)
    ]
    return sorted({*agreed, *attended})
