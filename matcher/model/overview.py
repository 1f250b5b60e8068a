"""The shape of an overview: what was asked, proposed and done in a municipality; it tells of nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .gaps import Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Whole months, and of this month the days until today; both days included."""

    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A count of a part; ``id`` is a month such as ``2026-11``, who asked, or a reason."""

    id: str
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Requests at the desk, each counted once.

    nothing : requests for which no activity fitted
    """

    total: Count
    by_month: tuple[Part, ...]
    by_asker: tuple[Part, ...]
    nothing: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """People to whom something was proposed in the period, and how far they got until now.

    proposed, chosen, attended, going : each among those before it
    declined, stopped : who said no to something, or gave up something they had chosen
    """

    proposed: Count
    chosen: Count
    attended: Count
    going: Count
    declined: Count
    declined_by: tuple[Part, ...]
    stopped: Count
    stopped_by: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursDone:
    """Hours attended in the period; None where they would tell of fewer than ten people.

    people : who attended them
    reached : people whose 40th hour lies in the period, those before the dossier counted
    proved : those of them with 40 hours proved, or said to be done before
    weeks : from opening the dossier to the 40th hour, on average
    """

    people: Count
    reported_h: float | None
    proved_h: float | None
    reached: Count
    proved: Count
    weeks: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """An organiser to which ten people or more were proposed."""

    organiser: str
    people: Count
    activities: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unproposed:
    """An open activity that nobody was proposed, and the limits that keep most people out, the first one most."""

    activity_id: str
    title: str
    organiser: str
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An interest or a half-day: requests and open dossiers with it, and open activities that have it."""

    id: str
    requests: Count
    people: Count
    activities: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferUse:
    """What became of the offer.

    activities : those that are open
    recent, older, never : of these, last verified within a year, longer ago, or nobody knows when
    unproposed : None where the proposals are too few to tell which
    """

    activities: int
    recent: int
    older: int
    never: int
    unproposed: tuple[Unproposed, ...] | None
    hosts: tuple[Host, ...]
    by_interest: tuple[Wish, ...]
    by_half_day: tuple[Wish, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A municipality in a period."""

    municipality: str
    period: Period
    today: date
    asked: Asked
    proposed: Proposed
    hours: HoursDone
    offer: OfferUse
