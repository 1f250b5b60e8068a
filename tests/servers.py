"""Server processes on one database, as a municipality runs them.

``python -m tests.servers URL`` serves on a free port of this machine and prints it.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import local

HOUSE = Path(__file__).parent.parent
N_THREADS = 4


@contextmanager
def servers(url, n_processes):
    """Start servers on a database that has its tables and an offer, and return their ports."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.servers", url], cwd=HOUSE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(n_processes)
    ]
    try:
        yield [int(one.stdout.readline()) for one in started]
    finally:
        for one in started:
            one.terminate()
        for one in started:
            one.wait(30)
            one.stdout.close()


class Caller:
    """Sends requests to several servers in turn, each thread over connections of its own."""

    def __init__(self, ports):
        self._ports = ports
        self._own = local()
        self._opened = []

    def __call__(self, turn, method, path, body=None, **headers):
        """Send a request; return its status, its headers and what it says."""
        if not hasattr(self._own, "connections"):
            self._own.connections = [HTTPConnection("127.0.0.1", port, timeout=120) for port in self._ports]
            self._opened += self._own.connections
        connection = self._own.connections[turn % len(self._ports)]
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, json.dumps(body), {"Content-Type": "application/json", **headers})
        response = connection.getresponse()
        text = response.read()
        return response.status, response.headers, json.loads(text) if text else None

    def close(self):
        for connection in self._opened:
            connection.close()


def main(url):
    from waitress.server import create_server

    from api import create_app
    from matcher.service.office import Office
    from matcher.store import Store

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # more callers than threads: it is meant so
    server = create_server(create_app(Office(Store(url))), host="127.0.0.1", port=0, threads=N_THREADS)
    print(server.effective_port, flush=True)
    server.run()


if __name__ == "__main__":
    main(sys.argv[1])
