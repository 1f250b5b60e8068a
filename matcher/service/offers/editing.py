"""One record at a time: added while a club is on the telephone, changed by its owner, asked after by anybody."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ...errors import ForbiddenError, InputError, LateError, Problem
from ...features.derive import derive_fields
from ...model import Activity, read_activity
from ...model.access import Asker
from ...model.activity import read_proposal
from ...model.offer import LocalFacts, OwnedRecord, read_facts
from ...readers.cells import read_cell
from ...schedule import local_day
from ...store import Work
from ...store.offers import SHARED
from ...vocabulary import KINDS, fold
from .written import Saved, Understood, at_field, read_fields, read_where, refuse_register_numbers, with_changes

FIVE = ("title", "organiser", "kind", "when", "where")
"""The fields of a new activity: who, what, when and where decide most about a proposal. The rest is a task."""
SOURCE = "navraag gemeente"
_REQUIRED = ("title", "organiser")
_SLUG_OF_TITLE, _SLUG_OF_ORGANISER, _SLUG_MOST = 44, 28, 76


def add_activity(work: Work, asker: Asker, written: Mapping[str, str], *, now: datetime) -> Saved:
    """Add an activity of the municipality that is worked for, of what one hears in a telephone call.

    Parameters
    ----------
    written : mapping
        By `FIVE`. Only title and organiser are required; the kind too, where the title does not tell it. The
        other two are as a clerk writes them: ``elke dinsdag 19u-21u``; ``Bib Herent, 3020, 016 21 14 40``.

    Raises
    ------
    InputError
        If a field cannot be read, or the same activity is there already.
    """
    asker.must_have("offer")
    today = local_day(now)
    texts = {key: written.get(key, "").strip() for key in FIVE}
    refuse_register_numbers(texts)
    data, understood = _read_five(texts, today=today)
    content = data | {"source": SOURCE, "last_verified": today.isoformat()}
    work.offers.lock()
    _refuse_double(work, content)
    content["id"] = _free_id(work, texts["title"], texts["organiser"])
    activity = _valid(content)
    _write(work, asker, activity, now)
    return Saved(activity=activity, understood=tuple(understood))


def _read_five(texts: Mapping[str, str], *, today: date) -> tuple[dict[str, Any], list[Understood]]:
    problems = [
        Problem(key=key, rule="is required", remedy="Fill it in.", code="missing")
        for key in _REQUIRED
        if not texts[key]
    ]
    data: dict[str, Any] = {key: texts[key] for key in _REQUIRED if texts[key]}
    understood = []
    if texts["when"]:
        try:
            reading = read_cell("schedule", texts["when"], today=today)
            data |= reading.values
            if reading.note:
                understood.append(Understood(key="when", written=texts["when"], keys=tuple(reading.values)))
        except InputError as error:
            problems += at_field(error, "when")
    if texts["where"]:
        where = read_where(texts["where"])
        data |= where
        understood.append(Understood(key="where", written=texts["where"], keys=tuple(where)))
    if texts["kind"]:
        data["kind"] = texts["kind"]
        if texts["kind"] not in KINDS:
            problems.append(Problem(key="kind", rule=f"must be one of {', '.join(KINDS)}", value=texts["kind"]))
    elif "title" in data and not problems:
        data = derive_fields(read_proposal(data)).to_json()
        if "kind" not in data:
            remedy = "Choose it: the title does not tell it."
            problems.append(Problem(key="kind", rule="is required", remedy=remedy, code="missing"))
        else:
            understood.append(Understood(key="kind", written=texts["title"], keys=("kind",)))
    if problems:
        raise InputError(problems)
    return derive_fields(read_proposal(data)).to_json(), understood


def _valid(content: Mapping[str, Any]) -> Activity:
    """Make the activity; what the model refuses stands at the field that it was written in."""
    try:
        return read_activity(content)
    except InputError as error:
        fields = {"title": "title", "organiser": "organiser", "kind": "kind", "schedule": "when"}
        problems = [
            problem
            for one in error.problems
            for problem in at_field(InputError([one]), fields.get(one.key, "where"))
        ]
        raise InputError(problems) from None


def _refuse_double(work: Work, content: Mapping[str, Any]) -> None:
    """Refuse what is there already: somebody sent the form twice, or a colleague was first."""
    wanted = _same(content)
    for record in work.offers.records():
        if _same(record.content) == wanted and record.content.get("status") != "gone":
            raise InputError(
                [
                    Problem(
                        key="title",
                        rule="must not be in the offer already, with the same organiser and time",
                        value=record.activity_id,
                        remedy="Open the record that is there and change it.",
                        code="duplicate_id",
                    )
                ]
            )


def _same(content: Mapping[str, Any]) -> tuple[str, str, str]:
    title, organiser = (" ".join(fold(str(content.get(key, ""))).split()) for key in _REQUIRED)
    return title, organiser, str(content.get("schedule", ""))


def _free_id(work: Work, title: str, organiser: str) -> str:
    """Return an id of title and organiser that no record has, or had."""
    start = f"{_slug(title)[:_SLUG_OF_TITLE].strip('-')}-{_slug(organiser)[:_SLUG_OF_ORGANISER]}".strip("-")
    start = start[:_SLUG_MOST] or "activiteit"
    number, chosen = 1, start
    while work.offers.was_there(chosen):
        number += 1
        chosen = f"{start}-{number}"
    return chosen


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def edit_record(
    work: Work,
    asker: Asker,
    activity_id: str,
    written: Mapping[str, str],
    *,
    seen: int,
    now: datetime,
    asked_today: bool = False,
) -> Saved:
    """Change a record of the municipality that is worked for.

    Parameters
    ----------
    written : mapping
        As for `matcher.service.offers.written.read_fields`.
    seen : int
        The version of the record that the change was made on.
    asked_today : bool
        It was verified today too.

    Raises
    ------
    ForbiddenError
        If another municipality owns the record.
    LateError
        If somebody changed it in the meantime.
    InputError
        If a field cannot be read.
    """
    asker.must_have("offer")
    work.offers.lock()
    record = own_record(work, asker, activity_id)
    if record.since != seen:
        raise LateError(f"Somebody changed the record {activity_id!r} in the meantime. Open it again.")
    before = read_activity(record.content)
    changed, understood = read_fields(written, before, today=local_day(now))
    if asked_today:
        changed["last_verified"] = local_day(now).isoformat()
    activity = with_changes(before, changed)
    if activity != before:
        _write(work, asker, activity, now)
    if asked_today:
        _clear_full(work, asker, activity_id, now)
    return Saved(activity=activity, understood=tuple(understood))


def own_record(work: Work, asker: Asker, activity_id: str) -> OwnedRecord:
    """Return a record of the municipality that is worked for.

    Raises
    ------
    ForbiddenError
        If it is of another one.
    """
    record = work.offers.record(activity_id)
    if record.municipality != asker.municipality:
        raise ForbiddenError(
            f"The record {activity_id!r} is of {record.municipality!r}: only its own facts can be noted with it."
        )
    return record


def edit_facts(
    work: Work, asker: Asker, activity_id: str, data: Mapping[str, Any], *, seen: int, now: datetime
) -> LocalFacts:
    """Note what the municipality that is worked for knows of any record itself.

    Parameters
    ----------
    data : mapping
        As for `matcher.model.offer.read_facts`; a key that is not there leaves what the record says, but the day
        of the last verification stays.
    seen : int
        The version of these facts that the change was made on.

    Raises
    ------
    LateError
        If a colleague changed them in the meantime.
    InputError
        If a value is none of its list.

    Notes
    -----
    Places that are left end a report that it is full, for everybody.
    """
    asker.must_have("offer")
    work.offers.lock()
    work.offers.record(activity_id)
    if work.offers.facts_since(asker.municipality, activity_id) != seen:
        raise LateError(f"A colleague noted something about {activity_id!r} in the meantime. Open it again.")
    before = work.offers.own_facts(asker.municipality, activity_id)
    kept = before.model_dump(mode="json", include={"last_verified"})
    facts = read_facts({**kept, **data, "reported_full": None})
    if facts.last_verified and facts.last_verified > local_day(now):
        rule = "must not be after today"
        raise InputError([Problem(key="last_verified", rule=rule, value=facts.last_verified.isoformat())])
    if facts != before:
        _note(work, asker, activity_id, facts, asker.municipality, now)
    if facts.places_left:
        _clear_full(work, asker, activity_id, now)
    return facts


def verify_record(work: Work, asker: Asker, activity_id: str, *, now: datetime) -> bool:
    """Note that a record still holds: somebody asked today. A report that it is full ends, for everybody.

    Returns
    -------
    bool
        Whether there was such a report.
    """
    asker.must_have("offer")
    work.offers.lock()
    work.offers.record(activity_id)
    facts = work.offers.own_facts(asker.municipality, activity_id)
    if facts.last_verified != local_day(now):
        facts = facts.model_copy(update={"last_verified": local_day(now)})
        _note(work, asker, activity_id, facts, asker.municipality, now)
    return _clear_full(work, asker, activity_id, now)


def report_full(work: Work, asker: Asker, activity_id: str, *, now: datetime) -> None:
    """Note for everybody that there is no place left, until somebody verifies it."""
    asker.must_have("offer")
    work.offers.lock()
    work.offers.record(activity_id)
    facts = work.offers.own_facts(SHARED, activity_id)
    if facts.reported_full != local_day(now):
        facts = facts.model_copy(update={"reported_full": local_day(now)})
        _note(work, asker, activity_id, facts, SHARED, now)


def _clear_full(work: Work, asker: Asker, activity_id: str, now: datetime) -> bool:
    facts = work.offers.own_facts(SHARED, activity_id)
    if facts.reported_full is None:
        return False
    _note(work, asker, activity_id, facts.model_copy(update={"reported_full": None}), SHARED, now)
    return True


def _note(work: Work, asker: Asker, activity_id: str, facts: LocalFacts, municipality: str, now: datetime) -> None:
    work.offers.change_facts(
        activity_id, facts, municipality=municipality, note=activity_id, at=now, role=asker.role
    )


def _write(work: Work, asker: Asker, activity: Activity, now: datetime) -> None:
    work.offers.change_records(
        {activity.id: activity},
        municipality=asker.municipality,
        kind="record",
        note=activity.id,
        at=now,
        role=asker.role,
    )
