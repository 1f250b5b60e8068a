"""The shape of a report on gaps: what people wish and when they can, what there is, and what is missing."""

from __future__ import annotations

from typing_extensions import TypedDict

SMALLEST_CELL = 10
"""A count of people under this is not told, nor one that leaves so few outside it."""


class Count(TypedDict):
    """A number of people between two bounds; an exact one has both the same.

    A count of fewer than `SMALLEST_CELL` is never told, nor one from which so few could be worked out.
    """

    least: int
    most: int


class Demand(TypedDict):
    """People with a wish, or free in a half-day; those among them who find nothing; the activities there are."""

    id: str
    label_nl: str
    label_en: str
    people: Count
    without: Count
    activities: int


class DemandCell(TypedDict):
    """People who wish an interest and are free in a half-day."""

    interest: str
    half_day: str
    people: Count
    without: Count
    activities: int


class SmallCell(TypedDict):
    """The same people by their level of Dutch and where they live; cells that may not be told are not listed."""

    interest: str
    half_day: str
    level: str
    area: str
    people: int
    without: Count


class PeopleGroup(TypedDict):
    """People of some levels of Dutch, or some postal codes, and those among them who cannot reach 40 hours."""

    id: str
    label_nl: str
    label_en: str
    people: int
    short: Count
    activities: int


class Barrier(TypedDict):
    """A limit, and how many activities it alone keeps from each person who cannot reach 40 hours, on average."""

    code: str
    label_nl: str
    label_en: str
    activities: float


class NewActivity(TypedDict):
    """A made-up activity of two hours a week, and what it would bring.

    ``people`` are those whom it brings nearer to 40 hours, ``reaching`` those of them who reach them with it;
    ``hours`` is null when they are too few to be told.
    """

    rank: int
    interest: str
    interests: list[str]
    label_nl: str
    label_en: str
    half_day: str
    schedule: str
    when_nl: str
    when_en: str
    start_date: str
    postal_code: str | None
    place: str | None
    taalicoon: int
    people: Count
    reaching: Count
    hours: float | None
    sentence_nl: str
    sentence_en: str


class Unknowns(TypedDict):
    """People of whom a wish or a time is not known: they are in none of the tables that need it."""

    interests: Count
    availability: Count


class ReachAnswer(TypedDict):
    """How many of those who were planned for can reach 40 hours until a day."""

    until: str
    planned: int
    reached: Count
    short: Count
    hours_missing: float | None
    sentence_nl: str
    sentence_en: str


class GapsAnswer(ReachAnswer):
    """Demand against supply for a group of people, and the new activities that would help most."""

    generated_at: str
    today: str
    offer_version: str
    model_version: str
    demonstration: bool
    hours: float
    by: str | None
    people: int
    smallest_cell: int
    activities: int
    unknown: Unknowns
    by_interest: list[Demand]
    by_half_day: list[Demand]
    by_level: list[PeopleGroup]
    by_area: list[PeopleGroup]
    by_interest_and_half_day: list[DemandCell]
    cells: list[SmallCell]
    barriers: list[Barrier]
    candidates: int
    new_activities: list[NewActivity]
    complete: bool
    gap_hours: float | None
