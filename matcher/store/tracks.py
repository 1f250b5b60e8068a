"""All dossiers of a municipality at once, for counting: only the columns and kinds of events that count."""

from __future__ import annotations

import json
from collections import defaultdict

from sqlalchemy import Connection, select

from ..model import read_profile
from ..model.track import COUNTED, Noting, Track
from . import tables


def read_tracks(connection: Connection, municipality: str) -> list[Track]:
    """Return the tracks of a municipality, in the order of their codes."""
    events, owners = tables.events, tables.dossiers
    columns = (events.c.code, events.c.number, events.c.kind, events.c.activity_id, events.c.day, events.c.data)
    counted = (
        select(*columns)
        .join(owners, owners.c.code == events.c.code)
        .where(owners.c.municipality == municipality, events.c.kind.in_(COUNTED), events.c.undone.is_(False))
        .order_by(events.c.code, events.c.number)
    )
    rows = connection.execute(counted).all()
    # One long text is read much faster than many short ones.
    texts = json.loads(f"[{','.join(row[-1] for row in rows)}]")
    notings: dict[str, list[Noting]] = defaultdict(list)
    for (code, number, kind, activity_id, day, _), data in zip(rows, texts, strict=True):
        notings[code].append(Noting(number, kind, activity_id, day, data))
    found = select(owners).where(owners.c.municipality == municipality).order_by(owners.c.code)
    return [
        Track(
            opened_on=row.opened_on,
            asked_by=row.asked_by,
            is_open=row.ending is None,
            profile=read_profile(json.loads(row.profile)),
            notings=tuple(notings[row.code]),
        )
        for row in connection.execute(found)
    ]
