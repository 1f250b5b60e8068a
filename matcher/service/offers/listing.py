"""The offer as a municipality sees it: a list with what is missing, and one record with all that is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ...completeness import QUESTIONS as QUESTIONS
from ...completeness import missing_keys
from ...criteria import check_criteria
from ...errors import InputError, Problem
from ...features.offer import is_over
from ...model import Activity, Profile, read_activity
from ...model.access import Asker
from ...model.answer import CriteriaCheck
from ...model.dossier import JOINED_OUTCOMES
from ...model.offer import LocalFacts
from ...schedule import local_day
from ...store import Work
from ...store.offers import SHARED
from ...vocabulary import KINDS, fold, interests
from .. import next_sessions
from ..listing import select_activities
from ..office import Office

STATES = ("active", "full", "over", "cancelled", "gone")
OWNERS = ("own", "others")
COUNT_LEAST = 10
"""Smaller counts of people are shown to those only who may read the dossiers behind them."""
N_QUESTIONS = len(QUESTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferQuery:
    """What the list is narrowed to; None is everything.

    kind, interest, day, q : as for `matcher.service.listing.select_activities`
    state : one of `STATES`
    missing : a key that must still be asked after: one of `matcher.completeness.QUESTIONS`
    owner : ``own`` or ``others``: records of the municipality that is worked for, or of all other ones
    """

    kind: str | None = None
    interest: str | None = None
    day: str | None = None
    q: str | None = None
    state: str | None = None
    missing: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow:
    """One line of the list.

    owner : the municipality whose record it is
    state : one of `STATES`
    missing : keys that are still to be asked after
    """

    activity: Activity
    owner: str
    state: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """To how many people something was proposed, and how many chose it; None below `COUNT_LEAST`."""

    proposed: int | None = 0
    chosen: int | None = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRecord:
    """One record with all that is known of it.

    activity : as the municipality sees it: with its own facts, and with what the texts tell
    kept : as its owner keeps it
    own_facts, shared_facts : what this municipality noted, and what holds for all
    seen, facts_seen : versions, to be given back with a change
    counted : in the municipalities that are served
    """

    activity: Activity
    kept: Activity
    owner: str
    is_own: bool
    state: str
    missing: tuple[str, ...]
    own_facts: LocalFacts
    shared_facts: LocalFacts
    seen: int
    facts_seen: int
    next_sessions: list[tuple[datetime, datetime]]
    criteria: CriteriaCheck
    counted: Counted


def list_offer(office: Office, work: Work, asker: Asker, query: OfferQuery, *, today: date) -> list[OfferRow]:
    """Return the records that fit a query, by title.

    Raises
    ------
    InputError
        If a word of the query is none of its list.
    """
    asker.must_have("request")
    for key, value, words in (
        ("kind", query.kind, KINDS),
        ("interest", query.interest, tuple(interests())),
        ("state", query.state, STATES),
        ("missing", query.missing, QUESTIONS),
        ("owner", query.owner, OWNERS),
    ):
        if value is not None and value not in words:
            raise InputError([Problem(key=key, rule=f"must be one of {', '.join(words)}", value=value)])
    known = office.matcher(asker.municipality).activities
    found = select_activities(known, kind=query.kind, interest=query.interest, day=query.day, q=query.q)
    owners = work.offers.owners()
    rows = [
        OfferRow(
            activity=activity,
            owner=owners.get(activity.id, ""),
            state=state_of(activity, today=today),
            missing=missing_keys(activity),
        )
        for activity in found
    ]
    rows = [
        row
        for row in rows
        if (query.state is None or row.state == query.state)
        and (query.missing is None or query.missing in row.missing)
        and (query.owner is None or (row.owner == asker.municipality) == (query.owner == "own"))
    ]
    return sorted(rows, key=lambda row: (fold(row.activity.title), row.activity.id))


def show_record(office: Office, work: Work, asker: Asker, activity_id: str, *, now: datetime) -> OfferRecord:
    """Return one record with all that is known of it.

    Raises
    ------
    NotFoundError
        If there is none with this id.
    """
    asker.must_have("request")
    today = local_day(now)
    record = work.offers.record(activity_id)
    activity = office.matcher(asker.municipality).activity(activity_id)
    nobody = Profile(id="nobody")
    return OfferRecord(
        activity=activity,
        kept=read_activity(record.content),
        owner=record.municipality,
        is_own=record.municipality == asker.municipality,
        state=state_of(activity, today=today),
        missing=missing_keys(activity),
        own_facts=work.offers.own_facts(asker.municipality, activity_id),
        shared_facts=work.offers.own_facts(SHARED, activity_id),
        seen=record.since,
        facts_seen=work.offers.facts_since(asker.municipality, activity_id),
        next_sessions=next_sessions(activity, nobody, today=today, now=now),
        criteria=check_criteria(activity, today=today),
        counted=as_shown(asker, *people(work, asker, [activity_id]).get(activity_id, (0, 0))),
    )


def state_of(activity: Activity, *, today: date) -> str:
    """Return in which of `STATES` an activity is."""
    if activity.status in ("cancelled", "gone"):
        return activity.status
    if is_over(activity, today):
        return "over"
    return "full" if activity.places_left == 0 else "active"


def people(
    work: Work,
    asker: Asker,
    activity_ids: list[str] | None = None,
    *,
    since: date | None = None,
    after: Mapping[str, date] | None = None,
) -> dict[str, tuple[int, int]]:
    """Count for each activity the people to whom it was proposed, and those who chose it.

    Parameters
    ----------
    activity_ids : list of str or None
        None is all.
    since : date or None
        Only what happened from this day on.
    after : mapping or None
        By activity a day, after which only what happened counts.
    """
    proposed, chosen = defaultdict(set), defaultdict(set)
    for noted in work.dossiers.noted(
        municipalities=asker.municipalities, kinds=["outcome"], activity_ids=activity_ids, since=since
    ):
        activity_id = str(noted.event.activity_id)
        last = after.get(activity_id) if after else None
        if last is not None and date.fromisoformat(noted.event.data["on"]) <= last:
            continue
        proposed[activity_id].add(noted.code)
        if noted.event.data["outcome"] in JOINED_OUTCOMES:
            chosen[activity_id].add(noted.code)
    return {one: (len(codes), len(chosen[one])) for one, codes in proposed.items()}


def as_shown(asker: Asker, proposed: int, chosen: int) -> Counted:
    """Return counts as far as somebody may see them."""
    if asker.may("read"):
        return Counted(proposed=proposed, chosen=chosen)
    return Counted(proposed=_or_none(proposed), chosen=_or_none(chosen))


def _or_none(n: int) -> int | None:
    return n if n >= COUNT_LEAST else None
