"""Processes that work in one store at once, or are killed at it.

``python -m tests.working TASK URL …`` does one task and prints what came of it as JSON.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from matcher.errors import LateError
from matcher.model.access import DEMONSTRATION_ACCOUNTS
from matcher.model.offer import LocalFacts
from matcher.model.profile import read_profile
from matcher.model.steps import HoursStep, read_step
from matcher.store import Store
from matcher.store.offers import SHARED
from tests.offices import NOW

HOUSE = Path(__file__).parent.parent
CASEWORKER = DEMONSTRATION_ACCOUNTS["caseworker"]
FIRST_DAY = date(2010, 1, 1)


def at_once(task, url, *, n_processes, words=()):
    """Start a task in several processes, tell each its number, and return what each printed."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.working", task, url, str(number), str(n_processes), *map(str, words)],
            cwd=HOUSE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(n_processes)
    ]
    for one in started:
        assert one.stdout.readline() == "ready\n", one.communicate()[1]
    for one in started:
        one.stdin.write("go\n")
        one.stdin.flush()
    found = [one.communicate(timeout=300) for one in started]
    for _, said in found:
        assert not said, said
    return [json.loads(printed) for printed, _ in found]


def begin(store, url, number, n_processes):
    """Make the tables, take up an offer, and open the office, as a server does."""
    from matcher import data_folder, read_offer
    from matcher.service.office import Office, fill_office

    activities, _ = read_offer(data_folder() / "herent_offer.csv")
    wait()
    store.migrate()
    fill_office(store, activities[:5], municipality="herent", now=NOW)
    return Office(store).secret


def note_hours(store, url, number, n_processes, codes, n_edits):
    """Note hours in dossiers that others change too: who comes late looks again."""
    from matcher.service.dossiers import note_step, read_dossier

    rng = random.Random(int(number))
    mine = range(int(number), int(n_edits), int(n_processes))
    wait()
    n_late = 0
    for day in mine:
        code = rng.choice(codes.split(","))
        step = read_step(
            HoursStep,
            {"activity_id": "praattafel", "on": str(FIRST_DAY + timedelta(days=day)), "hours": 0.25},
        )
        while True:
            with store.reading() as work:
                seen = read_dossier(work, CASEWORKER, code).version
            try:
                with store.writing() as work:
                    note_step(work, CASEWORKER, code, step, now=NOW, seen=seen)
                break
            except LateError:
                n_late += 1
    return {"written": len(mine), "late": n_late}


def edit_record(store, url, number, n_processes, n_edits):
    """Change one record of the offer with others: who comes late looks again."""
    mine = range(int(number), int(n_edits), int(n_processes))
    wait()
    n_late = 0
    for edit in mine:
        while True:
            with store.reading() as work:
                seen = work.offers.record("praattafel").since
            with store.writing() as work:
                work.offers.lock()
                record = work.offers.record("praattafel")
                if record.since != seen:
                    n_late += 1
                    continue
                activity = work.offers.activity("praattafel")
                activity = activity.model_copy(update={"description": f"{activity.description} {edit}"})
                work.offers.change_records(
                    {"praattafel": activity}, municipality="herent", kind="record", note="", at=NOW, role="desk"
                )
            break
    return {"written": len(mine), "late": n_late}


def answer_once(store, url, number, n_processes, n_keys):
    """Open a dossier for each key; another process opens one for the same keys."""
    from matcher.service.dossiers import open_dossier

    number, half = int(number), int(n_processes) // 2
    rng = random.Random(number)
    mine = list(range(number % half, int(n_keys), half))
    rng.shuffle(mine)
    wait()
    codes = {}
    for key in mine:
        with store.writing() as work:
            answer = work.answered("demo", f"key-{key}", "digest", at=NOW)
            if answer is None:
                dossier = open_dossier(work, CASEWORKER, read_profile({"id": "x"}), now=NOW, rng=rng)
                answer = {"code": dossier.code}
                work.keep_answer("demo", f"key-{key}", answer)
        codes[key] = answer["code"]
    return codes


def wait():
    """Say that everything is loaded, and wait until all others are there too."""
    print("ready", flush=True)
    sys.stdin.readline()


def write_until_killed(url, code, acknowledged):
    """Note hours and change the offer, both in one unit of work, and tell the number of each that is written."""
    store = Store(url)
    number = 0
    while True:
        try:
            with store.writing() as work:
                dossier = work.dossiers.get(code, lock=True)
                data = {"activity_id": "praattafel", "title": "P", "on": "2026-11-01", "hours": 0.25}
                _, event = work.dossiers.append(dossier, "hours", data, at=NOW, role="caseworker")
                facts = LocalFacts(places_left=event.number)
                work.offers.change_facts(code, facts, municipality=SHARED, note="", at=NOW, role="caseworker")
            number = event.number
        except LateError:
            continue
        os.write(acknowledged, f"{number}\n".encode())
        # Who writes without a pause leaves SQLite's lock to nobody else: the other one would hardly begin.
        time.sleep(_PAUSE_S)


_PAUSE_S = 0.003


def start_writer(url, code):
    """Start a process that writes until it is killed; return it and what it tells."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.working"])
    read, write = context.Pipe(duplex=False)
    process = context.Process(target=_write, args=(url, code, write), daemon=True)
    process.start()
    write.close()
    return process, read


def _write(url, code, pipe):
    write_until_killed(url, code, pipe.fileno())


TASKS = {"begin": begin, "note-hours": note_hours, "edit-record": edit_record, "answer-once": answer_once}

if __name__ == "__main__":
    _store = Store(sys.argv[2])
    print(json.dumps(TASKS[sys.argv[1]](_store, *sys.argv[2:])))
    _store.close()
