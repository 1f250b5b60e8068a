"""The store: edits a second, what opening dossiers costs, what a new version of the offer costs.

``python -m benchmarks.store URL N_ACTIVITIES`` fills an empty database, measures, and prints seconds as JSON.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from matcher.model.access import DEMONSTRATION_ACCOUNTS
from matcher.model.profile import read_profile
from matcher.model.steps import HoursStep, OutcomeStep, read_step
from matcher.schedule import BRUSSELS
from matcher.service.dossiers import list_dossiers, note_step, open_dossier, read_dossier
from matcher.service.office import Office, fill_office
from matcher.store import Store

from . import children
from .timing import ms, table
from .worlds import TODAY, made_up_offer

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=BRUSSELS)
ASKER = DEMONSTRATION_ACCOUNTS["caseworker"]
SIZES, QUICK_SIZES = (1_000, 20_000), (200, 1_000)
N_DOSSIERS, N_EVENTS, N_EDITS = 1_000, 200, 200
TITLES = {
    "edit": "note hours in a dossier, written to the disk",
    "read": f"read a dossier with {N_EVENTS} events",
    "list": f"list {N_DOSSIERS:,} dossiers with 5 events each",
    "page": "list a page of 50 of them",
    "look": "`Office.matcher()`, nothing new: once a request",
    "version": "change one activity: a new version",
    "ready": "make that version ready to be matched: once for each process",
}


def report(folder: Path, *, quick: bool) -> str:
    """Measure on SQLite in a file, for two sizes of the offer, and return the table."""
    sizes = QUICK_SIZES if quick else SIZES
    found = {size: children.measured("store", f"sqlite:///{folder}/store-{size}.db", size) for size in sizes}
    rows = [[title, *(ms(found[size][name]) for size in sizes)] for name, title in TITLES.items()]
    return "SQLite, medians in ms.\n\n" + table(["what", *(f"{size:,} activities" for size in sizes)], rows)


def measured(url: str, n_activities: int) -> dict[str, float]:
    """Fill a store and time each thing several times; return the median of each."""
    store = Store(url)
    store.migrate()
    fill_office(store, made_up_offer(n_activities), municipality="herent", now=NOW)
    office = Office(store)
    ids = [activity.id for activity in office.matcher().given]
    _fill(office, ids)
    seconds = {
        "edit": _median(lambda number: _note(office, "d0000", number), N_EDITS),
        "read": _median(lambda _: _read(office, "many"), 50),
        "list": _median(lambda _: _list(office, None), 5),
        "page": _median(lambda _: _list(office, 50), 20),
        "look": _median(lambda _: office.matcher(), 500),
    }
    versions, ready = [], []
    for number in range(5):
        versions.append(_timed(lambda number=number: _change(office, ids[0], number)))
        ready.append(_timed(office.matcher))
    store.close()
    return {**seconds, "version": statistics.median(versions), "ready": statistics.median(ready)}


def _fill(office: Office, ids: list[str]) -> None:
    chosen = [{"activity_id": id_, "outcome": "chosen"} for id_ in ids[:4]]
    with office.store.writing() as work:
        for number in range(N_DOSSIERS):
            _open(office, work, f"d{number:04d}", chosen)
        _open(office, work, "many", chosen)
        for number in range(N_EVENTS - len(chosen) - 1):
            note_step(work, ASKER, "many", _hours(ids[0], number), now=NOW)


def _open(office: Office, work, code: str, chosen: list[dict[str, str]]) -> None:  # type: ignore[no-untyped-def]
    profile = read_profile({"id": code, "interests": ["sewing"], "wishes": "Ik wil graag mensen leren kennen."})
    open_dossier(work, ASKER, profile, now=NOW, rng=random.Random(1), code=code)
    for step in chosen:
        note_step(work, ASKER, code, read_step(OutcomeStep, step), now=NOW)


def _hours(activity_id: str, number: int) -> HoursStep:
    day = TODAY - timedelta(days=number)
    return read_step(HoursStep, {"activity_id": activity_id, "on": day.isoformat(), "hours": 0.25})


def _note(office: Office, code: str, number: int) -> None:
    with office.store.writing() as work:
        activity_id = work.dossiers.get(code).followed[0].activity.activity_id
        note_step(work, ASKER, code, _hours(activity_id, number), now=NOW)


def _read(office: Office, code: str) -> None:
    with office.store.reading() as work:
        assert len(read_dossier(work, ASKER, code).events) == N_EVENTS


def _list(office: Office, limit: int | None) -> None:
    with office.store.reading() as work:
        assert list_dossiers(work, ASKER, limit=limit)


def _change(office: Office, activity_id: str, number: int) -> None:
    with office.store.writing() as work:
        activity = work.offers.activity(activity_id).model_copy(update={"title": f"Title {number}"})
        work.offers.change_records(
            {activity_id: activity}, municipality="herent", kind="record", note="", at=NOW, role="desk"
        )


def _median(way: Callable[[int], object], rounds: int) -> float:
    return statistics.median(_timed(lambda number=number: way(number)) for number in range(rounds))


def _timed(way: Callable[[], object]) -> float:
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], int(sys.argv[2]))))
