"""The server as `matcher serve` starts it, on an offer of any size, with one more path to compare with.

``python -m benchmarks.server FILE`` prints its port when it is ready and serves until it is ended.
"""

from __future__ import annotations

import resource
import sys
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask, Response, jsonify, request
from waitress.server import create_server

from api import create_app
from matcher import read_profile
from matcher.readers.jsontext import load_json
from matcher.schedule import BRUSSELS
from matcher.service.office import Office, fill_office
from matcher.store import Store

from .build import read_engine
from .worlds import TODAY


def with_memory(app: Flask) -> Flask:
    """Add the path that parses a request and answers it from memory, and one that tells of the memory in use."""
    answers: dict[bytes, bytes] = {}

    @app.post("/benchmarks/from-memory")
    def from_memory() -> Response:
        body = request.get_data()
        read_profile(load_json(body)["profile"])
        if body not in answers:
            answers[body] = app.view_functions["endpoints.suggestions"]().get_data()
        return Response(answers[body], mimetype="application/json")

    @app.get("/benchmarks/memory")
    def memory() -> Response:
        return jsonify(peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, now_mb=_now_mb())

    return app


def _now_mb() -> float | None:
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return None
    return pages * resource.getpagesize() / 2**20


def main(path: Path) -> None:
    """Load an offer and serve it."""
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=BRUSSELS)
    with TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/matcher.db")
        store.migrate()
        fill_office(store, read_engine(path).given, municipality="herent", now=now)
        office = Office(store)
        office.matcher().ranker(TODAY)
        app = with_memory(create_app(office, clock=lambda: now))
        server = create_server(app, host="127.0.0.1", port=0, threads=4, ident=None)
        print(server.effective_port, flush=True)
        server.run()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
