"""The offer in versions: records and local facts, each valid from one version to before another."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, delete, func, insert, or_, select, update

from ..errors import NotFoundError, shown
from ..model import Activity, read_activity
from ..model.offer import LocalFacts, OfferVersion, OwnedRecord, read_facts
from . import tables

SHARED = ""
"""The municipality of facts that hold for all."""


class Offers:
    """The offer in one unit of work.

    Parameters
    ----------
    connection : Connection
        Of the unit of work.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def version(self, municipality: str | None = None) -> int:
        """Return the number of the last change, 0 before the first.

        Parameters
        ----------
        municipality : str or None
            Facts of others do not count for it; None counts all.
        """
        table = tables.offer_versions
        # Not max(): with a condition SQLite would look at every version for it, at each request.
        statement = select(table.c.number).order_by(table.c.number.desc()).limit(1)
        if municipality is not None:
            concerned = table.c.municipality.in_([municipality, SHARED])
            statement = statement.where(or_(table.c.kind != "facts", concerned))
        return self._connection.execute(statement).scalar_one_or_none() or 0

    def lock(self) -> None:
        """Keep other units of work from changing the offer until this one is done: who looks first may then write.

        Notes
        -----
        With SQLite a unit of work that writes is alone from its start.
        """
        if self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql("LOCK TABLE offer_versions IN SHARE ROW EXCLUSIVE MODE")

    def records_version(self, municipality: str) -> int:
        """Return the number of the last change of the records of one owner, 0 before the first."""
        table = tables.offer_versions
        statement = select(func.coalesce(func.max(table.c.number), 0)).where(
            table.c.kind != "facts", table.c.municipality == municipality
        )
        return int(self._connection.execute(statement).scalar_one())

    def versions(self, *, kinds: Sequence[str], limit: int = 50) -> list[OfferVersion]:
        """Return the last changes of some kinds, the newest first."""
        table = tables.offer_versions
        statement = select(table).where(table.c.kind.in_(kinds)).order_by(table.c.number.desc()).limit(limit)
        return [OfferVersion(**row._mapping) for row in self._connection.execute(statement)]

    def records(self, *, number: int | None = None, municipality: str | None = None) -> list[OwnedRecord]:
        """Return the records of a version, in the order of their ids.

        Parameters
        ----------
        number : int or None
            None is the version of now.
        municipality : str or None
            Only those of one owner.
        """
        table = tables.offer_records
        statement = select(table).where(_valid(table, number)).order_by(table.c.activity_id)
        if municipality is not None:
            statement = statement.where(table.c.municipality == municipality)
        return [_record(row) for row in self._connection.execute(statement)]

    def record(self, activity_id: str) -> OwnedRecord:
        """Return one record as it is now.

        Raises
        ------
        NotFoundError
            If there is none with this id.
        """
        table = tables.offer_records
        statement = select(table).where(_valid(table, None), table.c.activity_id == activity_id)
        row = None
        if activity_id.isprintable():  # PostgreSQL takes no NUL, neither takes half a sign, and no id has them
            row = self._connection.execute(statement).one_or_none()
        if row is None:
            raise NotFoundError(f"There is no activity {shown(activity_id)!r} in this offer.")
        return _record(row)

    def activity(self, activity_id: str) -> Activity:
        """Return one activity as its record has it now, without local facts.

        Raises
        ------
        NotFoundError
            If there is none with this id.
        """
        return read_activity(self.record(activity_id).content)

    def facts(self, municipality: str) -> dict[str, LocalFacts]:
        """Return what holds now in a municipality beside the records, by id; shared facts are among them."""
        table = tables.local_facts
        statement = (
            select(table)
            .where(_valid(table, None), table.c.municipality.in_([municipality, SHARED]))
            .order_by(table.c.municipality)
        )
        found: dict[str, LocalFacts] = {}
        for row in self._connection.execute(statement):
            facts = read_facts(json.loads(row.content))
            earlier = found.get(row.activity_id)
            given = facts.model_dump(exclude_defaults=True)
            found[row.activity_id] = earlier.model_copy(update=given) if earlier else facts
        return found

    def was_there(self, activity_id: str) -> bool:
        """Tell whether a record has this id, or ever had it: what was noted about it must not move to another."""
        table = tables.offer_records
        statement = select(table.c.id).where(table.c.activity_id == activity_id).limit(1)
        return self._connection.execute(statement).first() is not None

    def owners(self) -> dict[str, str]:
        """Return whose each record is."""
        table = tables.offer_records
        rows = self._connection.execute(
            select(table.c.activity_id, table.c.municipality).where(_valid(table, None))
        )
        return {row.activity_id: row.municipality for row in rows}

    def facts_since(self, municipality: str, activity_id: str) -> int:
        """Return the version that last changed what one municipality noted of a record, 0 when nothing stands."""
        table = tables.local_facts
        statement = select(func.max(table.c.since), func.max(table.c.until)).where(
            table.c.municipality == municipality, table.c.activity_id == activity_id
        )
        return max(0, *(number or 0 for number in self._connection.execute(statement).one()))

    def own_facts(self, municipality: str, activity_id: str) -> LocalFacts:
        """Return what one municipality itself noted of a record; with `SHARED` what holds for all."""
        table = tables.local_facts
        statement = select(table.c.content).where(
            _valid(table, None), table.c.municipality == municipality, table.c.activity_id == activity_id
        )
        content = self._connection.execute(statement).scalar_one_or_none()
        return LocalFacts() if content is None else read_facts(json.loads(content))

    def reports_of_full(self, activity_id: str) -> list[tuple[date, datetime]]:
        """Return the reports that a group is full since it was last taken away: the day, and when it was noted."""
        table, versions = tables.local_facts, tables.offer_versions
        rows = self._connection.execute(
            select(table, versions.c.at)
            .join(versions, versions.c.number == table.c.since)
            .where(table.c.activity_id == activity_id, table.c.municipality == SHARED)
            .order_by(table.c.since.desc())
        )
        reports: list[tuple[date, datetime]] = []
        until = None
        for row in rows:
            day = read_facts(json.loads(row.content)).reported_full
            if row.until != until or day is None:
                break
            reports.append((day, row.at))
            until = row.since
        return reports

    def change_records(
        self,
        changed: Mapping[str, Activity | None],
        *,
        municipality: str,
        kind: str,
        note: str,
        at: datetime,
        role: str,
    ) -> OfferVersion:
        """Make a version in which some records of one owner are others, new, or gone from the offer.

        Parameters
        ----------
        changed : mapping
            The new content by id; None takes the record out.
        municipality : str
            Owner of what is new; who owns a record that is there was looked at before.
        """
        self.lock()
        number = self.version() + 1
        table = tables.offer_records
        ids = list(changed)
        for start in range(0, len(ids), _MOST_NAMED):
            self._connection.execute(
                update(table)
                .where(_valid(table, None), table.c.activity_id.in_(ids[start : start + _MOST_NAMED]))
                .values(until=number)
            )
        rows = [
            {
                "activity_id": activity_id,
                "municipality": municipality,
                "content": json.dumps(activity.to_json(), ensure_ascii=False),
                "since": number,
            }
            for activity_id, activity in changed.items()
            if activity is not None
        ]
        if rows:
            self._connection.execute(insert(table), rows)
        return self._add_version(number, kind, municipality, note, at=at, role=role)

    def change_facts(
        self, activity_id: str, facts: LocalFacts, *, municipality: str, note: str, at: datetime, role: str
    ) -> OfferVersion:
        """Make a version in which a municipality, or all with `SHARED`, know something else of a record."""
        self.lock()
        number = self.version() + 1
        table = tables.local_facts
        self._connection.execute(
            update(table)
            .where(_valid(table, None), table.c.activity_id == activity_id, table.c.municipality == municipality)
            .values(until=number)
        )
        content = facts.model_dump(mode="json", exclude_defaults=True)
        if content:
            self._connection.execute(
                insert(table).values(
                    activity_id=activity_id,
                    municipality=municipality,
                    content=json.dumps(content),
                    since=number,
                )
            )
        return self._add_version(number, "facts", municipality, note, at=at, role=role)

    def ledger(self, municipality: str, *, number: int | None = None) -> bytes | None:
        """Return where the records of a municipality came from, as its last import left it.

        Parameters
        ----------
        number : int or None
            A version; None is the one of now.
        """
        table = tables.ledgers
        statement = select(table.c.content).where(table.c.municipality == municipality)
        if number is not None:
            statement = statement.where(table.c.number <= number)
        return self._connection.execute(statement.order_by(table.c.number.desc()).limit(1)).scalar() or None

    def keep_ledger(self, municipality: str, content: bytes) -> None:
        """Keep with the version of now where the records of a municipality came from."""
        table, number = tables.ledgers, self.version()
        self._connection.execute(
            delete(table).where(table.c.municipality == municipality, table.c.number == number)
        )
        self._connection.execute(insert(table).values(municipality=municipality, number=number, content=content))

    def _add_version(
        self, number: int, kind: str, municipality: str, note: str, *, at: datetime, role: str
    ) -> OfferVersion:
        table = tables.offer_records
        count = select(func.count()).select_from(table).where(_valid(table, None))
        version = OfferVersion(
            number=number,
            kind=kind,
            municipality=municipality,
            at=at,
            role=role,
            note=note[:_NOTE_MOST],
            n_activities=self._connection.execute(count).scalar_one(),
        )
        values = {name: getattr(version, name) for name in OfferVersion.__slots__}
        self._connection.execute(insert(tables.offer_versions).values(**values))
        return version


_MOST_NAMED = 500
_NOTE_MOST = 300


def _valid(table: Table, number: int | None) -> ColumnElement[bool]:
    if number is None:
        return table.c.until.is_(None)
    return and_(table.c.since <= number, or_(table.c.until.is_(None), table.c.until > number))


def _record(row: Row[Any]) -> OwnedRecord:
    return OwnedRecord(
        activity_id=row.activity_id,
        municipality=row.municipality,
        content=json.loads(row.content),
        since=row.since,
    )


def activities_of(records: Iterable[OwnedRecord], facts: Mapping[str, LocalFacts]) -> list[Activity]:
    """Return the activities that a municipality sees: the records, with what it knows of them itself.

    A fact stands above the record. A facility that is known to be absent takes the place of the one that was
    thought to be there, and the reverse; reported full means no place left. Of two days of verification the
    last one counts.
    """
    return [_with_facts(record, facts.get(record.activity_id)) for record in records]


def _with_facts(record: OwnedRecord, facts: LocalFacts | None) -> Activity:
    content = dict(record.content)
    if facts is not None:
        known = facts.model_dump(mode="json", exclude_defaults=True, exclude={"facilities", "reported_full"})
        verified = max(str(known.get("last_verified", "")), str(content.get("last_verified", "")))
        content.update(known, **({"last_verified": verified} if verified else {}))
        if facts.facilities:
            told = {one.removeprefix("-") for one in facts.facilities}
            others = [one for one in content.get("facilities") or [] if one.removeprefix("-") not in told]  # type: ignore[attr-defined]
            content["facilities"] = [*others, *facts.facilities]
        if facts.reported_full:
            content["places_left"] = 0
    return read_activity(content)
