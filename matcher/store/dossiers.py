"""Dossiers and what was noted in them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, insert, select, update

from ..dossiers import with_events
from ..errors import ConflictError, LateError, NotFoundError, shown
from ..model import Profile, read_profile
from ..model.dossier import Dossier, Event
from ..model.profile import PROFILE_ID
from . import tables
from .inserting import insert_unless_there


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """An event with the dossier it stands in, for who looks across dossiers."""

    code: str
    municipality: str
    event: Event


class Dossiers:
    """Dossiers in one unit of work.

    Parameters
    ----------
    connection : Connection
        Of the unit of work.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, dossier: Dossier, *, at: datetime, role: str) -> Dossier:
        """Write a new dossier.

        Raises
        ------
        ConflictError
            If the code is taken.
        """
        new = replace(dossier, version=1)
        opened = with_events(new, [Event(number=1, at=at, role=role, kind="opened")])
        self.add_whole(opened)
        return opened

    def add_whole(self, dossier: Dossier) -> None:
        """Write a dossier with all that was noted in it already, in one go.

        Raises
        ------
        ConflictError
            If the code is taken.
        """
        if not insert_unless_there(self._connection, tables.dossiers, _dossier_values(dossier)):
            raise ConflictError(f"There is a dossier {shown(dossier.code)!r} already. Choose another code.")
        rows = [_event_values(dossier.code, event) for event in dossier.events]
        self._connection.execute(insert(tables.events), rows)

    def get(self, code: str, *, lock: bool = False) -> Dossier:
        """Return a dossier as it stands.

        Parameters
        ----------
        code : str
        lock : bool
            Keep others from changing it until the end of the unit of work.

        Raises
        ------
        NotFoundError
            If there is none with this code.
        """
        statement = select(tables.dossiers).where(tables.dossiers.c.code == code)
        found = None
        if re.fullmatch(PROFILE_ID, code, re.ASCII):  # PostgreSQL takes no NUL, and nothing else is there
            found = self._connection.execute(statement.with_for_update() if lock else statement).one_or_none()
        if found is None:
            raise NotFoundError(f"There is no dossier {shown(code)!r}.")
        return self._with_events([found])[0]

    def of(
        self,
        municipalities: Sequence[str],
        *,
        after: str = "",
        limit: int | None = None,
        ended: bool | None = None,
    ) -> list[Dossier]:
        """Return the dossiers of municipalities, in the order of their codes.

        Parameters
        ----------
        municipalities : sequence of str
        after : str
            Only codes behind this one.
        limit : int or None
        ended : bool or None
            Only those that have ended, or have not.
        """
        table = tables.dossiers
        statement = select(table).where(table.c.municipality.in_(municipalities), table.c.code > after)
        if ended is not None:
            statement = statement.where(_has_ended(ended))
        return self._with_events(self._connection.execute(statement.order_by(table.c.code).limit(limit)).all())

    def append(
        self, dossier: Dossier, kind: str, data: Mapping[str, Any], *, at: datetime, role: str
    ) -> tuple[Dossier, Event]:
        """Note something in a dossier.

        Raises
        ------
        LateError
            If somebody changed the dossier since it was read.
        """
        version = self._next_version(dossier)
        event = Event(number=version, at=at, role=role, kind=kind, data=dict(data))
        self._write(dossier.code, event)
        return self._changed(dossier, [*dossier.events, event]), event

    def undo(self, dossier: Dossier, undone: Event, *, at: datetime, role: str) -> Dossier:
        """Take back an event; both it and the taking back stay.

        Raises
        ------
        LateError
            If somebody changed the dossier since it was read.
        """
        version = self._next_version(dossier)
        table = tables.events
        self._connection.execute(
            update(table).where(table.c.code == dossier.code, table.c.number == undone.number).values(undone=True)
        )
        event = Event(number=version, at=at, role=role, kind="undone", data={"event": undone.number})
        self._write(dossier.code, event)
        events = [replace(one, undone=True) if one.number == undone.number else one for one in dossier.events]
        return self._changed(dossier, [*events, event])

    def change_profile(self, dossier: Dossier, profile: Profile, *, at: datetime, role: str) -> Dossier:
        """Write another profile.

        Raises
        ------
        LateError
            If somebody changed the dossier since it was read.
        """
        version = self._next_version(dossier, profile=_profile_text(profile))
        event = Event(number=version, at=at, role=role, kind="profile")
        self._write(dossier.code, event)
        return self._changed(replace(dossier, profile=profile), [*dossier.events, event])

    def delete(self, dossier: Dossier) -> None:
        """Delete a dossier and all that was noted in it."""
        self._connection.execute(delete(tables.dossiers).where(tables.dossiers.c.code == dossier.code))

    def noted(
        self,
        *,
        municipalities: Sequence[str] | None = None,
        kinds: Sequence[str],
        since: date | None = None,
        until: date | None = None,
        activity_ids: Sequence[str] | None = None,
        ended: bool | None = None,
        undone: bool | None = False,
    ) -> list[Noted]:
        """Return what was noted across dossiers and not undone, by code and number.

        Parameters
        ----------
        municipalities, activity_ids : sequence of str or None
            None is all.
        kinds : sequence of str
        since, until : date or None
            Days on which it happened, both included.
        ended : bool or None
            Only in dossiers that have ended, or have not.
        undone : bool or None
            None gives also what was taken back.
        """
        events, owners = tables.events, tables.dossiers
        statement = (
            select(events, owners.c.municipality)
            .join(owners, owners.c.code == events.c.code)
            .where(events.c.kind.in_(kinds))
            .order_by(events.c.code, events.c.number)
        )
        if municipalities is not None:
            statement = statement.where(owners.c.municipality.in_(municipalities))
        if activity_ids is not None:
            statement = statement.where(events.c.activity_id.in_(activity_ids))
        if undone is not None:
            statement = statement.where(events.c.undone.is_(undone))
        if ended is not None:
            statement = statement.where(_has_ended(ended))
        if since is not None:
            statement = statement.where(events.c.day >= since)
        if until is not None:
            statement = statement.where(events.c.day <= until)
        return [
            Noted(code=row.code, municipality=row.municipality, event=_event(row))
            for row in self._connection.execute(statement)
        ]

    def set_feed(self, code: str, digest: str, *, at: datetime) -> None:
        """Keep the digest of a new secret link of a dossier's calendar; an older link stops working."""
        table, values = tables.feeds, {"digest": digest, "made_at": at}
        if not insert_unless_there(self._connection, table, {"code": code, **values}):
            self._connection.execute(update(table).where(table.c.code == code).values(**values))

    def revoke_feed(self, code: str) -> None:
        """Make the link of a dossier's calendar stop working."""
        self._connection.execute(delete(tables.feeds).where(tables.feeds.c.code == code))

    def feed_made_at(self, code: str) -> datetime | None:
        """Return when the link of a dossier's calendar was made, or None when there is none."""
        return self._connection.execute(
            select(tables.feeds.c.made_at).where(tables.feeds.c.code == code)
        ).scalar_one_or_none()

    def of_feed(self, digest: str) -> Dossier:
        """Return the dossier of a calendar link.

        Raises
        ------
        NotFoundError
            If there is no such link, or it was revoked.
        """
        code = self._connection.execute(
            select(tables.feeds.c.code).where(tables.feeds.c.digest == digest)
        ).scalar_one_or_none()
        if code is None:
            raise NotFoundError("There is no such calendar. Ask for a new link.")
        return self.get(code)

    def _next_version(self, dossier: Dossier, **values: Any) -> int:
        """Count the change, unless somebody else was first."""
        table = tables.dossiers
        changed = self._connection.execute(
            update(table)
            .where(table.c.code == dossier.code, table.c.version == dossier.version)
            .values(version=dossier.version + 1, **values)
        )
        if changed.rowcount != 1:
            raise LateError(f"Somebody changed the dossier {dossier.code!r} in the meantime. Fetch it again.")
        return dossier.version + 1

    def _changed(self, dossier: Dossier, events: Iterable[Event]) -> Dossier:
        now = with_events(replace(dossier, version=dossier.version + 1), events)
        if now.ending != dossier.ending:
            table = tables.dossiers
            self._connection.execute(update(table).where(table.c.code == now.code).values(ending=now.ending))
        return now

    def _write(self, code: str, event: Event) -> None:
        self._connection.execute(insert(tables.events).values(**_event_values(code, event)))

    def _with_events(self, rows: Sequence[Row[Any]]) -> list[Dossier]:
        noted: dict[str, list[Event]] = defaultdict(list)
        statement: Select[Any] = select(tables.events).order_by(tables.events.c.number)
        for chunk in range(0, len(rows), _MOST_NAMED):
            codes = [row.code for row in rows[chunk : chunk + _MOST_NAMED]]
            for row in self._connection.execute(statement.where(tables.events.c.code.in_(codes))):
                noted[row.code].append(_event(row))
        return [with_events(_dossier(row), noted[row.code]) for row in rows]


_MOST_NAMED = 500
"""So many codes are named in one question."""


def _dossier_values(dossier: Dossier) -> dict[str, Any]:
    return {
        "code": dossier.code,
        "municipality": dossier.municipality,
        "profile": _profile_text(dossier.profile),
        "version": dossier.version,
        "opened_on": dossier.opened_on,
        "asked_by": dossier.asked_by,
        "ending": dossier.ending,
    }


def _event_values(code: str, event: Event) -> dict[str, Any]:
    on = event.data.get("on")
    return {
        "code": code,
        "number": event.number,
        "at": event.at,
        "role": event.role,
        "kind": event.kind,
        "activity_id": event.data.get("activity_id"),
        "day": date.fromisoformat(on) if on else None,
        "data": json.dumps(dict(event.data), ensure_ascii=False),
        "undone": event.undone,
    }


def _has_ended(ended: bool) -> ColumnElement[bool]:
    column = tables.dossiers.c.ending
    return column.is_not(None) if ended else column.is_(None)


def _dossier(row: Row[Any]) -> Dossier:
    return Dossier(
        code=row.code,
        municipality=row.municipality,
        profile=read_profile(json.loads(row.profile)),
        version=row.version,
        opened_on=row.opened_on,
        asked_by=row.asked_by,
    )


def _event(row: Row[Any]) -> Event:
    return Event(
        number=row.number, at=row.at, role=row.role, kind=row.kind, data=json.loads(row.data), undone=row.undone
    )


def _profile_text(profile: Profile) -> str:
    return json.dumps(profile.to_json(), ensure_ascii=False)
