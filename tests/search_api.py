"""A server on this machine that answers as UiTdatabank's Search API 3 does, and fails in every way on request.

What it does was read in the public documentation (cultuurnet/apidocs) and code (cultuurnet/udb3-search-service).
"""

import json
import re
import threading
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

CLIENT_ID = "QmFzZTY0-sEcReT-kLm0451"
NO_ACCESS = "knOwn-but-not-for-search-77"
PARAMETERS = {
    *["start", "limit", "embed", "postalCode", "q", "sort[created]", "createdFrom", "createdTo"],
    *["disableDefaultFilters", "audienceType", "workflowStatus", "availableFrom", "availableTo"],
}
# From the test data of cultuurnet/search-v3 (Apache-2.0); e-mail addresses and telephone numbers were replaced.
REAL_PAGE = Path(__file__).parent / "data" / "uitdatabank" / "page-search-with-embed-and-facets.json"
FIRST = datetime(2019, 9, 5, 8, 0, tzinfo=UTC)


def event(number, *, postal_code="3020", seconds=None, **more):
    """Return a made-up event; the higher the number, the later it was made."""
    created = FIRST + timedelta(seconds=60 * number if seconds is None else seconds)
    address = {"nl": {"addressCountry": "BE", "addressLocality": "Herent", "postalCode": postal_code}}
    return {
        "@id": f"https://io.uitdatabank.be/events/00000000-0000-4000-8000-{number:012d}",
        "@context": "/contexts/event",
        "mainLanguage": "nl",
        "name": {"nl": f"Praatgroep {number} «één»"},
        "location": {"@type": "Place", "name": {"nl": "Bib"}, "address": address},
        "calendarType": "permanent",
        "created": created.isoformat(timespec="seconds"),
        **more,
    }


def real_event(number):
    """Return an event in the full shape of a real one."""
    [real] = json.loads(REAL_PAGE.read_text(encoding="utf-8"))["member"]
    made = event(number)
    return {**real, "@id": made["@id"], "created": made["created"], "location": made["location"]}


def problem(status, detail, title="Not Found", kind="url/not-found"):
    """Return an answer in the form of the API's errors."""
    body = {"title": title, "type": f"https://api.publiq.be/probs/{kind}", "status": status, "detail": detail}
    return status, "application/problem+json", body


def answer(events, query, *, client_id=CLIENT_ID):
    """Return status, content type and body for a question."""
    if client_id is None:
        return problem(401, "No client id or api key was given", "Unauthorized", "auth/unauthorized")
    if client_id == NO_ACCESS:
        detail = f"The provided client id {client_id} has missing sapi3 scope"
        return problem(403, detail, "Forbidden", "auth/forbidden")
    if client_id != CLIENT_ID:
        detail = f"The provided client id {client_id} is invalid"
        return problem(401, detail, "Unauthorized", "auth/unauthorized")
    if unknown := set(query) - PARAMETERS:
        return problem(404, f"Unknown query parameter(s): {', '.join(sorted(unknown))}")
    start, limit = int(query.get("start", 0)), int(query.get("limit", 30))
    for name, value, most in (("start", start, 10_000), ("limit", limit, 2_000)):
        if not 0 <= value <= most:
            return problem(404, f'The "{name}" parameter should be between 0 and {most}')
    if start + limit > 10_000:
        return problem(404, f"Parameters start + limit must be less than or equal to 10000, got {start + limit}.")
    found = found_in(events, query)
    if isinstance(found, tuple):
        return found
    members = found[start : start + limit]
    if query.get("embed") != "true":
        members = [{"@id": one["@id"], "@type": "Event"} for one in members]
    page = {"@context": "http://www.w3.org/ns/hydra/context.jsonld", "@type": "PagedCollection"}
    page |= {"itemsPerPage": limit, "totalItems": len(found), "member": members}
    return 200, "application/ld+json", page


def found_in(events, query):
    """Return the events that answer to the filters, in the order that was asked."""
    if "postalCode" in query:
        codes = {query["postalCode"]}
    else:
        codes = set(re.findall(r"\d{4}", re.fullmatch(r"address\.\\\*\.postalCode:\((.*)\)", query["q"])[1]))
    found = [one for one in events if one["location"]["address"]["nl"]["postalCode"] in codes]
    for name in ("createdFrom", "createdTo"):
        if name in query:
            if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", query[name]):
                return problem(
                    404, f"{name} should be an ISO-8601 datetime, for example 2017-04-26T12:20:05+01:00"
                )
            edge = datetime.fromisoformat(query[name])
            later = name == "createdFrom"
            found = [one for one in found if "created" in one and _on_side(one["created"], edge, later=later)]
    if query.get("sort[created]") == "asc":
        return sorted(found, key=lambda one: one.get("created", "9999"))
    return sorted(found, key=lambda one: one["@id"][::-1])


class SearchApiServer(ThreadingHTTPServer):
    """The API, as a context manager; ``url`` is where it listens.

    Parameters
    ----------
    events : list of dict
        What it knows; a test may change the list between two pages.
    faults : list
        One for each request to come: a callable on the handler that answers in its own way, or None for the usual
        answer. The last one does not stay.
    """

    daemon_threads = True

    def __init__(self, events=(), faults=()):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.events = list(events)
        self.faults = list(faults)
        self.asked = []
        self.headers = []
        self.after_page = None
        self.url = f"http://127.0.0.1:{self.server_port}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        """Say nothing: clients that hang up are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        server = self.server
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        server.asked.append(query)
        server.headers.append(dict(self.headers))
        fault = server.faults.pop(0) if server.faults else None
        if fault:
            fault(self)
            return
        if url.path != "/events/":
            self.send(*problem(404, "The requested URL was not found."))
            return
        self.send(*answer(server.events, query, client_id=self.headers.get("x-client-id")))
        if server.after_page:
            server.after_page(len(server.asked))

    def usual(self):
        """Return the bytes of the usual answer."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        return json.dumps(answer(self.server.events, query)[2]).encode()

    def send(self, status, content_type, body, **headers):
        """Send an answer; a header's name is written with ``_`` for ``-``."""
        body = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Keep quiet."""


_moment = cache(datetime.fromisoformat)


def _on_side(created, edge, *, later):
    moment = _moment(created)
    return moment >= edge if later else moment <= edge
