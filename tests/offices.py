"""Offices to test with: a store of its own in a folder that goes away."""

import atexit
import shutil
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from matcher.service.office import Office, fill_office
from matcher.store import Store

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=ZoneInfo("Europe/Brussels"))


def new_store(url=None):
    """Return an empty store with its tables; by default SQLite in a file, as it is used for real."""
    if url is None:
        return Store(f"sqlite:///{shutil.copy(empty_file(), new_folder() / 'matcher.db')}")
    store = Store(url)
    store.migrate()
    return store


def new_folder():
    """Return an empty folder that goes away at the end."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


@cache
def empty_file():
    """Return a file with the tables, made once: a copy is quicker than migrating."""
    file = new_folder() / "empty.db"
    store = Store(f"sqlite:///{file}")
    store.migrate()
    store.close()
    return file


def office_of(activities, *, municipality="herent", store=None, now=NOW):
    """Return an office with these activities as its first offer, in a new store or one that is given."""
    store = store or new_store()
    fill_office(store, list(activities), municipality=municipality, now=now)
    return Office(store, municipality=municipality)
