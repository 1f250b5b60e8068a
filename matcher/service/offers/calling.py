"""Whom to call: records that nobody asked after for long, that were reported full, or that many people got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ...completeness import missing_keys
from ...features.offer import is_over
from ...model import Activity
from ...model.access import Asker
from ...store import Work
from ...store.offers import SHARED
from ..office import Office
from .listing import Counted, as_shown, people

STALE_DAYS = 365
"""So long a verification holds."""
OFTEN = 3
"""Proposed to so many people since it was last verified, a record is worth a call."""
RECENT_DAYS = 90
"""Who was called within so many days is not called again because of proposals."""
REASONS = ("full", "old", "unverified", "often")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One telephone call to make.

    reasons : of `REASONS`: reported full, verified over a year ago, or nobody knows when, or often proposed since
    age_days : since the last verification; None when nobody knows
    reported_full : the day
    counted : people of the last year, as far as the asker may see them
    missing : keys to ask after
    """

    activity: Activity
    owner: str
    reasons: tuple[str, ...]
    age_days: int | None
    reported_full: date | None
    counted: Counted
    missing: tuple[str, ...]


def list_calls(office: Office, work: Work, asker: Asker, *, today: date, others: bool = False) -> list[Call]:
    """Return whom to call, first the call that brings most.

    Parameters
    ----------
    others : bool
        Take in records of other municipalities too.

    Notes
    -----
    First comes what was proposed to most people in the last year: there a wrong fact hurts most. Then what was
    verified longest ago, an unknown day before all others; then the id. Who may not see small counts gets the
    order without them. What is over is not called about.
    """
    asker.must_have("offer")
    activities = [one for one in office.matcher(asker.municipality).activities if not is_over(one, today)]
    owners = work.offers.owners()
    verified = {one.id: one.last_verified for one in activities if one.last_verified}
    year = people(work, asker, since=today - timedelta(days=STALE_DAYS))
    lately = people(work, asker, after=verified)
    calls = []
    for activity in activities:
        owner = owners.get(activity.id, "")
        full_on = work.offers.own_facts(SHARED, activity.id).reported_full if activity.places_left == 0 else None
        age_days = (today - activity.last_verified).days if activity.last_verified else None
        reasons = _reasons(age_days, full_on, lately.get(activity.id, (0, 0))[0])
        if reasons and (others or owner == asker.municipality):
            calls.append(
                Call(
                    activity=activity,
                    owner=owner,
                    reasons=reasons,
                    age_days=age_days,
                    reported_full=full_on,
                    counted=as_shown(asker, *year.get(activity.id, (0, 0))),
                    missing=missing_keys(activity),
                )
            )
    return sorted(calls, key=_worth)


def _reasons(age_days: int | None, full_on: date | None, n_lately: int) -> tuple[str, ...]:
    holds = {
        "full": full_on is not None,
        "old": age_days is not None and age_days > STALE_DAYS,
        "unverified": age_days is None,
        "often": n_lately >= OFTEN and (age_days is None or age_days > RECENT_DAYS),
    }
    return tuple(reason for reason in REASONS if holds[reason])


def _worth(call: Call) -> tuple[int, bool, int, str]:
    return -(call.counted.proposed or 0), call.age_days is not None, -(call.age_days or 0), call.activity.id
