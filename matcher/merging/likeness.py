"""Whether two records are one activity: what speaks for it, what against, in points and in words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from rapidfuzz import fuzz

from .marks import BY_THE_WAY, DAY, DAYS, HOUR, SEASON, contradictions, differing
from .places import is_short_for, place_likeness, same_address
from .titles import STEM_LETTERS, is_contained, stands_in, telling_words, text_likeness, titles_alike
from .traits import Times, Traits, times_of

SAME, DOUBTFUL, DIFFERENT = "same", "doubtful", "different"

SAME_LEAST, DOUBTFUL_LEAST = 6.5, 4.5
"""Points from which two records are taken for one activity, or shown to a person. Set on the doubles of two towns
(``tests/test_doubles.py``), measured on two others."""
NEAR_M, SPOT_M = 1_500, 250
"""Further apart is another place; nearer is the same place, as coordinates of one address differ."""
TOWN_M = 8_000
"""Centres further apart are not parts of one municipality."""
TELLING_LETTERS = 18
"""A title as long as this is seldom two activities' by chance, as "Yoga" is."""
WEEK = 7
"""So many days apart two periods may be one, noted by its first lesson or by its first week."""
NEAR_MIN = 30
"""Two starts of one day so near may be one session, noted differently."""
MOST_DATES_APART = 3
"""So many dates may belong to a weekly activity without being the whole of it."""


class Evidence(NamedTuple):
    """One thing that speaks for (points above 0) or against.

    ``decisive`` alone makes them different; with one that ``asks`` a person decides, however much speaks for it.
    """

    points: float
    words: str
    decisive: bool = False
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Likeness:
    """The judgement of a pair; ``why`` is for a person to read, whom it ``asks`` when something is against it."""

    verdict: str
    points: float
    why: str
    asks: bool = False


def compare(one: Traits, other: Traits) -> Likeness:
    """Judge whether two records are one activity.

    Notes
    -----
    Symmetric. Other times, other dates, another place, other ages or another level decide against it, whatever
    else agrees: parallel groups are activities of their own. What is not known never decides.

    Examples
    --------
    >>> from matcher.model import Proposal
    >>> from matcher.merging.traits import traits_of
    >>> known = {"organiser": "Buurthuis vzw", "postal_code": "3020", "schedule": "di 19:00-21:00"}
    >>> a = Proposal(id="a", title="Babbelcafé", **known)
    >>> b = Proposal(id="b", title="Babbelcafe Herent", **known)
    >>> compare(traits_of(a, source="sheet"), traits_of(b, source="web")).verdict
    'same'
    """
    if (one.source, one.id) > (other.source, other.id):
        one, other = other, one
    found: list[Evidence] = []
    for evidence in _evidence(one, other):
        if evidence.decisive:
            return Likeness(DIFFERENT, -math.inf, evidence.words)
        found.append(evidence)
    points = round(sum(evidence.points for evidence in found), 2)
    why = "; ".join(evidence.words for evidence in found if evidence.words)
    # A title and an hour are no proof: every town has its yoga on Tuesday evening, and a large one in two halls.
    tied = any(evidence.points > 0 and evidence is not _TOLD_OTHERWISE for evidence in found[3:])
    asks = any(evidence.asks for evidence in found)
    verdict = (
        SAME if points >= SAME_LEAST and tied and not asks else DOUBTFUL if points >= DOUBTFUL_LEAST else DIFFERENT
    )
    return Likeness(verdict, points, why, asks)


def _evidence(one: Traits, other: Traits) -> Iterator[Evidence]:
    """Give what decides quickly first; from the fourth on it says who and where."""
    yield _of_times(one, other)
    yield _of_marks(one, other)
    yield _of_title(one, other)
    yield _of_organiser(one, other)
    yield _of_place(one, other)
    if one.id == other.id:
        yield Evidence(3.0, "the same id")
    if set(one.links) & set(other.links):
        yield Evidence(2.0, "the same web page")
    if set(one.contacts) & set(other.contacts):
        yield Evidence(1.0, "the same contact")
    if one.kind and other.kind and one.kind != other.kind:
        yield Evidence(-0.5, "another kind")
    if one.price_eur is not None and other.price_eur is not None and one.price_eur != other.price_eur:
        yield Evidence(-0.5, "another price")


def _of_times(one: Traits, other: Traits) -> Evidence:
    if (one.last and other.first and one.last < other.first) or (
        other.last and one.first and other.last < one.first
    ):
        return Evidence(0, "other dates", decisive=True)
    if one.ages[0] > other.ages[1] or other.ages[0] > one.ages[1]:
        return Evidence(0, "other ages", decisive=True)
    if not one.when or not other.when:
        if _title_denies(one, other) or _title_denies(other, one):
            return _OTHER_TIMES
        return _SAME_PERIOD if _same_period(one, other) else Evidence(0, "times not known in one")
    return _agreement(times_of(one.when), times_of(other.when))


def _title_denies(one: Traits, other: Traits) -> bool:
    """Tell whether the title of one names a day or an hour at which the other is not."""
    slots = times_of(other.when).slots
    told = {sort: {mark[1:] for mark in one.marks.split() if mark[0] == sort} for sort in (DAY, HOUR)}
    if not slots or not any(told.values()):
        return False
    known = {DAY: {DAYS[day] for day, _ in slots}, HOUR: {str(start) for _, start in slots}}
    return any(told[sort].isdisjoint(known[sort]) for sort in told if told[sort])


def _same_period(one: Traits, other: Traits) -> bool:
    """Tell whether two records begin and end in the same week."""
    known = one.first and other.first and one.last and other.last
    return bool(known) and max(abs(one.first - other.first), abs(one.last - other.last)) <= WEEK


_SAME_PERIOD = Evidence(1.0, "same period, times not known in one")
_OTHER_TIMES = Evidence(0, "other times", decisive=True)
_SAME_TIMES = Evidence(3.0, "same times")
_TOLD_OTHERWISE = Evidence(1.0, "same town, the place by name in one and by address in the other")
_SAME_START = Evidence(2.5, "same starts")
_PART = Evidence(1.5, "part of the times agrees")
_NEAR = Evidence(1.0, "times differ a little")


@lru_cache(maxsize=20_000)
def _agreement(one: Times, other: Times) -> Evidence:
    if not one.slots or not other.slots:
        both = one.by_agreement and other.by_agreement
        return Evidence(1.0, "both by agreement") if both else Evidence(-1.0, "by agreement in one")
    common = one.slots & other.slots
    if not common:
        near = all(
            any(
                day == other_day and abs(start - other_start) <= NEAR_MIN for other_day, other_start in other.slots
            )
            for day, start in one.slots
        )
        return _NEAR if near and _same_days(one, other) else _OTHER_TIMES
    if one.dated and other.dated and not one.weekly | one.monthly | other.weekly | other.monthly:
        shared = len(one.dated & other.dated)
        if not shared:
            return _OTHER_TIMES
        return _SAME_TIMES if 2 * shared >= max(len(one.dated), len(other.dated)) else _PART
    if one.monthly and other.monthly and not one.monthly & other.monthly:
        return _OTHER_TIMES
    if (one.monthly and _are_of(other.dated, one.monthly)) or (
        other.monthly and _are_of(one.dated, other.monthly)
    ):
        return _SAME_START
    if not _same_rhythm(one, other):
        return Evidence(0.0, "single dates of what repeats") if not (one.monthly or other.monthly) else _PART
    if 2 * len(common) < max(len(one.slots), len(other.slots)):
        return _PART
    if one.slots != other.slots:
        return Evidence(2.0, "most of the times agree") if one.exact & other.exact else _PART
    if one.exact & other.exact:
        return _SAME_TIMES
    return _SAME_START if _ends_near(one, other) else _PART


def _ends_near(one: Times, other: Times) -> bool:
    """Tell whether sessions that start together end at about the same time."""
    ends = {(day, start): end for day, start, end in one.exact}
    return all(abs(ends[day, start] - end) <= NEAR_MIN for day, start, end in other.exact)


def _are_of(dated: frozenset[tuple[int, int]], monthly: frozenset[tuple[int, int, int]]) -> bool:
    """Tell whether several dates are all such as the monthly rules give."""
    return len(dated) > 1 and all(
        {(number, day, start) for number in numbers} & monthly
        for ordinal, start in dated
        for day, numbers in [_in_month(ordinal)]
    )


@lru_cache(maxsize=2_000)
def _in_month(ordinal: int) -> tuple[int, tuple[int, ...]]:
    """Return the weekday of a date, and which of its month it is as monthly rules count: 0 is the last."""
    on = date.fromordinal(ordinal)
    is_last = date.fromordinal(ordinal + 7).month != on.month
    return on.weekday(), ((on.day - 1) // 7 + 2, *([0] if is_last else []))


def _same_days(one: Times, other: Times) -> bool:
    """Tell whether dated sessions lie on common days; two rules always may."""
    if one.dated and other.dated:
        return bool({day for day, _ in one.dated} & {day for day, _ in other.dated})
    return True


def _same_rhythm(one: Times, other: Times) -> bool:
    """Tell whether both repeat alike; some single dates are not the whole of what repeats."""
    if one.monthly or other.monthly:
        return one.monthly == other.monthly
    return all(times.weekly or len(times.dated) > MOST_DATES_APART for times in (one, other))


def _of_marks(one: Traits, other: Traits) -> Evidence:
    if one.marks == other.marks:
        return Evidence(0, "")
    against = contradictions(one.marks, other.marks)
    if all(against):
        return Evidence(0, " and ".join(map(_listed, against)), decisive=True)
    found = {mark for marks in differing(one.marks, other.marks) for mark in marks if mark[0] not in BY_THE_WAY}
    if not found:
        return Evidence(0, "")
    points = -0.5 if all(mark[0] == SEASON for mark in found) else -3.0
    return Evidence(points, f"{_listed({mark[1:] for mark in found})} in one title only")


def _listed(words: set[str]) -> str:
    return ", ".join(sorted(words))


def _of_title(one: Traits, other: Traits) -> Evidence:
    titles = telling_words(one, other)
    alike = 1.0 if one.title == other.title else titles_alike(*titles)
    if alike >= 0.92:
        telling = min(sum(map(len, set(traits.title.split()))) for traits in (one, other)) >= TELLING_LETTERS
        return Evidence(5.0 if telling else 4.0, "same title" if alike > 0.995 else "title almost the same")
    words = f"titles {alike:.0%} alike"
    if alike >= 0.82:
        return Evidence(3.0, words)
    if all(title.rest for title in titles) and is_contained(*(title.rest for title in titles)):
        return Evidence(3.0, "one title stands in the other")
    if alike >= 0.7:
        return Evidence(1.5, words)
    if any(
        stands_in(*both)
        for both in product(*(title.rest for title in titles))
        if len(min(both, key=len)) > STEM_LETTERS
    ):
        return Evidence(0.5, f"{words}, with one word in both")
    return Evidence(-1.5, words) if alike >= 0.55 else Evidence(-3.0, "other titles")


def _of_organiser(one: Traits, other: Traits) -> Evidence:
    if not one.organiser or not other.organiser:
        return Evidence(0, "organiser not known in one")
    towns = {*one.town.split(), *other.town.split()}
    organisers = [tuple(traits.organiser.split()) for traits in (one, other)]
    if towns and any(towns.issuperset(words) for words in organisers):
        return Evidence(0, "the municipality itself as organiser")
    places = [{*traits.place.split()} for traits in (one, other)]
    if any(place.issuperset(words) for place, words in zip(places, reversed(organisers), strict=True)):
        return Evidence(0.5, "the place of one as organiser of the other")
    alike = _organiser_likeness(*(tuple(word for word in words if word not in towns) for words in organisers))
    if alike >= 0.85:
        return Evidence(2.5, "same organiser")
    if alike >= 0.7:
        return Evidence(1.0, "organiser alike")
    return Evidence(-2.0, "other organisers")


@lru_cache(maxsize=20_000)
def _organiser_likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if one == other:
        return 1.0
    if is_short_for(one, other) or is_short_for(other, one):
        return 0.75
    # A branch beside the name, as in "Okra Herent" and "Okra Herent Winksele"; of one word it tells less.
    share = 0.9 if min(len(one), len(other)) > 1 else 0.75
    return max(text_likeness(one, other), share * fuzz.token_set_ratio(" ".join(one), " ".join(other)) / 100)


def _of_place(one: Traits, other: Traits) -> Evidence:
    if one.online and other.online:
        return Evidence(1.0, "both online")
    if one.online or other.online:
        return Evidence(0, "online in one only", decisive=True)
    if one.spot and other.spot:
        apart_m = _distance_m(one.spot, other.spot)
        if apart_m <= SPOT_M:
            return Evidence(2.5, "same place")
        if apart_m > NEAR_M:
            return Evidence(0, "another place", decisive=True)
    both_coded = bool(one.postal_code and other.postal_code)
    if both_coded and one.postal_code != other.postal_code:
        return Evidence(0, "another postal code", decisive=True)
    in_one_town = both_coded or bool(one.town and one.town == other.town)
    if not in_one_town and one.centre and other.centre and _distance_m(one.centre, other.centre) > TOWN_M:
        return Evidence(0, "another municipality", decisive=True)
    yet = same_address(one.address, other.address) if one.address and other.address else None
    if yet:
        return Evidence(2.5 if in_one_town else 1.5, "same address")
    towns = f"{one.town} {other.town}"
    named = place_likeness(one.place, other.place, towns) if one.place and other.place else None
    if named is not None and named >= 0.8:
        return Evidence(2.5 if in_one_town and yet is None else 1.5, "same place")
    if yet is False or (named is not None and named < 0.6):
        # Two halls, or one hall by two names: no other likeness tells which.
        return Evidence(-2.0, "another place in the same town" if in_one_town else "another place", asks=True)
    if in_one_town:
        told = all(traits.place or traits.address for traits in (one, other))
        return _TOLD_OTHERWISE if told and named is None else Evidence(1.0, "same town")
    return Evidence(-1.5, "another town") if one.town and other.town else Evidence(0, "place not known in one")


def _distance_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance on a plane, in metres: enough for a town."""
    north = (one[0] - other[0]) * 111_195
    east = (one[1] - other[1]) * 111_195 * math.cos(math.radians((one[0] + other[0]) / 2))
    return math.hypot(north, east)
