"""A real PostgreSQL for the tests: a cluster of its own in a folder that goes away, on a socket in that folder."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

from matcher.store import Store
from tests.machine import POSTGRESQL

START_MOST_S = 60.0
OWNERS = ("postgres", "nobody")
"""PostgreSQL refuses to run as root: then one of these starts it."""


class Cluster:
    """A PostgreSQL of its own; ``durable`` leaves its safety on, for who kills it."""

    def __init__(self, *, durable=False):
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self.data = self.folder / "data"
        self._durable = durable
        self._names = map("matcher_{}".format, itertools.count(1))
        self._as = {}
        if os.getuid() == 0:
            owner = next(filter(None, map(_account, OWNERS)))
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self._as = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        self._run("initdb", "-D", self.data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        self.start()

    def start(self):
        """Start the server, and wait until it answers; after a crash it mends itself first."""
        settings = ["listen_addresses=", f"unix_socket_directories={self.folder}", "max_connections=200"]
        if not self._durable:
            settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        words = [word for setting in settings for word in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [POSTGRESQL / "postgres", "-D", self.data, *words],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **self._as,
            )
        until = time.monotonic() + START_MOST_S
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self.folder / "log").read_text(errors="replace")[-2000:])
            time.sleep(0.05)

    def stop(self):
        """Stop the server and throw away all it kept."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(START_MOST_S)
        shutil.rmtree(self.folder, ignore_errors=True)

    def kill(self):
        """Kill the server and every process that serves for it, as when the power goes."""
        for line in (self.data / "postmaster.pid").read_text().splitlines()[:1]:
            children = Path(f"/proc/{line}/task/{line}/children").read_text().split()
            for process in (line, *children):
                os.kill(int(process), signal.SIGKILL)
        self.process.wait(START_MOST_S)

    def url(self, name):
        """Return the address of a database, as ``DATABASE_URL`` takes it."""
        return f"postgresql://tests@/{name}?host={quote(str(self.folder))}"

    def new(self, *, like=None):
        """Make an empty database, or a copy of another one, and return its name."""
        name = next(self._names)
        with self.connect("postgres") as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like or 'template0'}")
        return name

    def connect(self, name):
        """Connect without the product."""
        return psycopg.connect(host=str(self.folder), user="tests", dbname=name, autocommit=True)

    def _answers(self):
        try:
            self.connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, *words):
        command = [POSTGRESQL / words[0], *words[1:]]
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, errors="replace", **self._as
        )
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)


def with_tables(cluster):
    """Make a database with the tables in it, to copy for each test: that is quicker than to migrate each."""
    name = cluster.new()
    store = Store(cluster.url(name))
    store.migrate()
    store.close()
    return name


def _account(name):
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None
