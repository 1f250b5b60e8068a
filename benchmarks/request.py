"""One request over HTTP, beside a path of the same server that parses it and answers from memory."""

from __future__ import annotations

import http.client
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from . import children
from .timing import at_95, interleaved, medians, ms, table, times

SIZES, QUICK_SIZES = (1_000, 20_000, 200_000), (1_000,)
KEPT_FROM = 200_000
"""An offer of this size is loaded as it was kept by `build`; smaller ones are read from CSV, as in real use."""
N_PROFILES, PASSES, QUICK_PASSES = 40, 5, 2
ASK, FROM_MEMORY, PAGE = "/api/v1/suggestions", "/benchmarks/from-memory", "/voorstellen"
PAGE_AT = 1_000


def report(folder: Path, *, quick: bool) -> str:
    """Measure every size and return the tables."""
    profiles = json.loads((folder / "requests.json").read_text(encoding="utf-8"))
    passes = QUICK_PASSES if quick else PASSES
    rows, page = [], ""
    for size in QUICK_SIZES if quick else SIZES:
        with served(folder / f"{size}.{'engine' if size >= KEPT_FROM else 'csv'}") as port:
            client = Client(port)
            found = _asked(client, profiles, passes)
            if size == PAGE_AT:
                page = _page(client, profiles, passes)
            memory = json.loads(client.send("GET", "/benchmarks/memory"))
        rows.append([f"{size:,}", *_cells(found), *(_mb(memory[key]) for key in ("now_mb", "peak_mb"))])
    header = ["activities", "suggestions, ms", "95th", "from memory, ms", "95th", "ratio of medians"]
    header += ["resident MB", "most MB"]
    n = N_PROFILES * passes
    return "\n\n".join(
        [
            f"`POST {ASK}`, k = 10, {n} interleaved requests of each over one connection; medians and 95th of a "
            "hundred.",
            table(header, rows, left=0),
            page,
        ]
    )


class Client:
    """One kept connection to the server on this machine."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def send(self, method: str, path: str, body: bytes | None = None, kind: str = "application/json") -> bytes:
        """Return the answer; an error ends the run."""
        self.connection.request(method, path, body, {"Content-Type": kind} if body else {})
        response = self.connection.getresponse()
        answer = response.read()
        if response.status != 200:
            raise SystemExit(f"{method} {path} must answer 200; got {response.status}: {answer[:300]!r}")
        return answer


@contextmanager
def served(offer: Path) -> Iterator[int]:
    """Start a server on an offer, give its port, and end it."""
    child = subprocess.Popen(
        children.command("server", offer), cwd=children.ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout
        line = child.stdout.readline()
        if not line.strip():
            raise SystemExit("The server did not start.")
        yield int(line)
    finally:
        child.terminate()
        child.wait()


def _asked(client: Client, profiles: list[dict[str, Any]], passes: int) -> dict[str, list[float]]:
    """Return the seconds of each request; every one was made once before."""
    bodies = [json.dumps({"profile": profile, "k": 10}).encode() for profile in profiles]
    seconds: dict[str, list[float]] = {ASK: [], FROM_MEMORY: []}
    for body in bodies:
        if client.send("POST", ASK, body) != client.send("POST", FROM_MEMORY, body):
            raise SystemExit("Both paths must answer the same bytes.")
    for body in bodies * passes:
        found = interleaved({path: _post(client, path, body) for path in seconds}, rounds=1)
        for path, values in found.items():
            seconds[path] += values
    return seconds


def _post(client: Client, path: str, body: bytes) -> Any:
    return lambda: client.send("POST", path, body)


def _page(client: Client, profiles: list[dict[str, Any]], passes: int) -> str:
    """Return a sentence on the page with a filled form and its answer."""
    forms = [urlencode(form_of(profile), doseq=True).encode() for profile in profiles]
    kind = "application/x-www-form-urlencoded"
    sizes = [len(client.send("POST", PAGE, form, kind)) for form in forms]
    seconds = [
        value
        for form in forms * passes
        for value in interleaved({PAGE: lambda form=form: client.send("POST", PAGE, form, kind)}, rounds=1)[PAGE]
    ]
    return (
        f"The page `POST {PAGE}` with a filled form, {PAGE_AT:,} activities, {len(seconds)} requests: median "
        f"{ms(medians({PAGE: seconds})[PAGE])} ms, 95th of a hundred {ms(at_95(seconds))} ms "
        f"({sum(sizes) / len(sizes) / 1000:.0f} kB a page)."
    )


def form_of(profile: dict[str, Any]) -> dict[str, Any]:
    """Return what somebody fills in on the page to describe a profile."""
    same = ("interests", "avoid", "group", "needs", "audience", "wishes", "dutch_level", "transport", "age")
    same += ("max_distance_km", "max_price_eur", "hours_done", "available_from", "available_until")
    form = {key: profile[key] for key in same if profile.get(key) is not None}
    form["hours"] = "\n".join(profile.get("availability", []))
    form["postal_code"] = profile.get("home", {}).get("postal_code", "")
    status = profile.get("status", {})
    form |= {key: "yes" if status[key] else "no" for key in ("working", "studying") if key in status}
    return form


def _cells(found: dict[str, list[float]]) -> list[str]:
    middle = medians(found)
    cells = [text for path in (ASK, FROM_MEMORY) for text in (ms(middle[path]), ms(at_95(found[path])))]
    return [*cells, times(middle[ASK] / middle[FROM_MEMORY])]


def _mb(value: float | None) -> str:
    return "?" if value is None else f"{value:,.0f}"
