import contextlib
import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from search_api import CLIENT_ID, NO_ACCESS, SearchApiServer, answer, event, problem, real_event

from matcher.cli import main
from matcher.errors import InputError
from matcher.fetching import Patience, SearchApi, fetch_events, wanted_events
from matcher.fetching.pages import Page, TroubleError, read_page

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
HERENT = {"postalCode": "3020"}


@pytest.fixture
def api():
    """Start servers that know some events; they stop with the test."""
    servers = []

    def start(events=(), faults=()):
        servers.append(SearchApiServer(events, faults).__enter__())
        return servers[-1]

    yield start
    for server in servers:
        server.__exit__()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "uit.jsonl"


def source(server, *, client_id=CLIENT_ID, slept=None, **patience):
    slept = [] if slept is None else slept
    return SearchApi(client_id, server.url, patience=Patience(sleep=slept.append, **patience))


def fetch(server, file, *, query=HERENT, now=NOW, told=lambda *_: None, **of_source):
    return fetch_events(source(server, **of_source), query, file, now=now, told=told)


def lines(file):
    return [json.loads(line) for line in file.read_bytes().splitlines()]


def beside(file):
    return sorted(one.name for one in file.parent.iterdir())


def codes(fetched):
    return [problem.code for problem in fetched.problems]


# What is fetched


def test_every_event_of_the_postal_code_is_one_line_as_it_was_received(api, file):
    here = [real_event(number) for number in range(3)]
    server = api([*here, event(3, postal_code="3000")])
    fetched = fetch(server, file)
    assert (fetched.n_events, fetched.problems) == (3, ())
    assert lines(file) == here
    assert beside(file) == ["uit.jsonl"]


def test_the_oldest_event_comes_first_whatever_the_order_of_the_source(api, file):
    events = [event(number) for number in (5, 1, 4, 2, 3)]
    fetch(api(events), file)
    assert lines(file) == sorted(events, key=lambda one: one["created"])


def test_the_same_list_gives_the_same_bytes(api, file, tmp_path):
    server = api([event(number) for number in range(40)])
    fetch(server, file)
    fetch(server, tmp_path / "again.jsonl")
    assert file.read_bytes() == (tmp_path / "again.jsonl").read_bytes()


def test_more_events_than_a_page_holds_come_in_pages_of_start_and_limit(api, file):
    events = [event(number) for number in range(1234)]
    server = api(events)
    assert fetch(server, file).n_events == 1234
    assert lines(file) == events
    assert [(query["start"], query["limit"]) for query in server.asked] == [
        *[("0", "500"), ("499", "500"), ("998", "500")]
    ]


@pytest.mark.parametrize("n_events", [1, 2, 499, 500, 501, 999, 1000])
def test_a_list_that_ends_where_a_page_does_is_read_to_its_end(api, file, n_events):
    server = api([event(number) for number in range(n_events)])
    fetched = fetch(server, file)
    assert (fetched.n_events, fetched.problems) == (n_events, ())
    assert len(server.asked) == max(1, -(-(n_events - 1) // 499))


def test_several_postal_codes_are_one_question(api, file):
    server = api([event(1), event(2, postal_code="3010"), event(3, postal_code="3000")])
    fetch(server, file, query=wanted_events(["3020", "3010"]))
    assert lines(file) == [event(1), event(2, postal_code="3010")]
    assert [query["q"] for query in server.asked] == [r"address.\*.postalCode:(3010 OR 3020)"]


@pytest.mark.parametrize("code", ["302", "30200", "0999", "3O20", " 3020", "3020 OR 3000", "٣٠٢٠", "90*"])
def test_a_postal_code_has_four_digits(code):
    with pytest.raises(InputError, match="--postal-code must be four digits, 1000 to 9999; got"):
        wanted_events(["3020", code])


def test_the_default_filters_of_the_api_stay_on(api, file):
    server = api([event(1)])
    fetch(server, file)
    [query] = server.asked
    expected = {"postalCode": "3020", "embed": "true", "sort[created]": "asc", "start": "0", "limit": "500"}
    assert query == expected


def test_a_packed_answer_is_unpacked(api, file):
    def packed(handler):
        handler.send(200, "application/ld+json", gzip.compress(handler.usual()), Content_Encoding="gzip")

    assert fetch(api([event(1)], [packed]), file).n_events == 1


def test_an_event_without_an_id_is_kept(api, file):
    nameless = event(1)
    del nameless["@id"]
    fetch(api([nameless, event(2)]), file)
    assert lines(file) == [nameless, event(2)]


def test_no_events_at_all_leave_the_file_as_it_was(api, file):
    file.write_text("old")
    with pytest.raises(InputError, match="must know events for this question. Check the postal codes"):
        fetch(api([event(1, postal_code="3000")]), file)
    assert (file.read_text(), beside(file)) == ("old", ["uit.jsonl"])


def test_the_list_is_told_of_while_it_comes(api, file):
    told = []
    fetch(api([event(number) for number in range(600)]), file, told=lambda *words: told.append(words))
    assert told == [(0, 0, 0.0), (500, 600, 0.0), (600, 600, 0.0)]


# Past the ceiling, and lists that move


@pytest.mark.slow
def test_25000_events_come_in_slices_that_stay_under_the_ceiling(api, file):
    events = [event(number) for number in range(25_000)]
    server = api(events)
    fetched = fetch(server, file)
    assert (fetched.n_events, fetched.problems) == (25_000, ())
    assert [one["@id"] for one in lines(file)] == [one["@id"] for one in events]
    assert max(int(query["start"]) + int(query["limit"]) for query in server.asked) <= 10_000
    assert len({query.get("createdFrom") for query in server.asked}) == 3


def test_events_of_one_second_on_the_edge_of_a_slice_are_neither_lost_nor_doubled(api, file):
    events = [event(number, seconds=number // 700) for number in range(10_600)]
    fetched = fetch(api(events), file)
    assert (fetched.n_events, fetched.problems) == (10_600, ())
    assert len({one["@id"] for one in lines(file)}) == len(lines(file)) == 10_600


def test_more_events_of_one_second_than_the_ceiling_are_refused(api, file):
    events = [event(number, seconds=number // 10_100) for number in range(10_200)]
    with pytest.raises(InputError, match="fewer than 10000 events made in one second. Ask for fewer postal codes"):
        fetch(api(events), file)
    assert not file.exists()


def test_events_without_a_date_past_the_ceiling_are_missed_and_it_is_said(api, file):
    events = [event(number) for number in range(10_400)]
    for undated in events[:30]:
        del undated["created"]
    fetched = fetch(api(events), file)
    assert (fetched.n_events, codes(fetched)) == (10_370, ["incomplete"])
    assert "must give as many different events as it says there are, 10400; got '10370'" in str(
        fetched.problems[0]
    )


def test_an_event_that_goes_while_the_list_is_read_takes_no_other_with_it(api, file):
    server = api([event(number) for number in range(1500)])

    def forget(n_asked):
        if n_asked == 1:
            del server.events[100:110]

    server.after_page = forget
    fetched = fetch(server, file)
    assert {one["@id"] for one in lines(file)} == {event(number)["@id"] for number in range(1500)}
    assert fetched.problems == ()


def test_an_event_that_goes_while_another_comes_takes_no_other_with_it(api, file):
    server = api([event(number) for number in range(1500)])

    def swap(n_asked):
        if n_asked == 2:
            del server.events[0]
            server.events.append(event(9999))

    server.after_page = swap
    fetch(server, file)
    assert {one["@id"] for one in lines(file)} >= {one["@id"] for one in server.events}


def test_a_list_that_shrinks_below_what_was_read_is_read_to_its_end(api, file):
    server = api([event(number) for number in range(700)])
    server.after_page = lambda n_asked: n_asked == 1 and server.events.__delitem__(slice(0, 400))
    fetched = fetch(server, file)
    assert {one["@id"] for one in lines(file)} >= {event(number)["@id"] for number in range(400, 700)}
    assert fetched.problems == ()


def test_an_event_that_the_source_gives_twice_is_kept_once_and_it_is_said(api, file):
    fetched = fetch(api([event(1), event(1), event(2)]), file)
    assert lines(file) == [event(1), event(2)]
    assert codes(fetched) == ["incomplete"]


class Moving(SearchApi):
    """A source without a network, whose list changes before each answer."""

    def __init__(self, known, changes):
        super().__init__(CLIENT_ID, "https://search.uitdatabank.be")
        self.known, self.changes = known, changes

    def _answer(self, fields):
        if self.changes:
            gone, come = self.changes.pop(0)
            self.known[:] = [
                one for one in self.known if one["@id"] not in {event(number)["@id"] for number in gone}
            ]
            self.known += [event(number) for number in come]
        return json.dumps(answer(self.known, fields)[2]).encode()


@given(
    n_events=st.integers(2, 60),
    changes=st.lists(
        st.tuples(st.sets(st.integers(0, 60), max_size=4), st.sets(st.integers(100, 110), max_size=2)), max_size=12
    ),
)
@settings(max_examples=60, deadline=None)
def test_whatever_comes_and_goes_what_stays_is_received_once(tmp_path_factory, n_events, changes):
    file = tmp_path_factory.mktemp("moving") / "uit.jsonl"
    # Two of a second, so that the edge of a slice falls between them too.
    first = [event(number, seconds=60 * (number // 2)) for number in range(n_events)]
    gone = {number for change in changes for number in change[0]}
    source = Moving(list(first), changes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matcher.fetching.events.PAGE_SIZE", 4)
        patch.setattr("matcher.fetching.events.CEILING", 12)
        patch.setattr("os.fsync", lambda _: None)
        try:
            fetch_events(source, HERENT, file, now=NOW)
        except InputError as error:
            if error.problems[0].code != "no_events":
                raise
            received = []
        else:
            received = [one["@id"] for one in lines(file)]
    assert len(received) == len(set(received))
    assert set(received) >= {event(number)["@id"] for number in range(n_events) if number not in gone}


# Trouble that may pass


def send(status, content_type="text/plain", body=b"busy", **headers):
    return lambda handler: handler.send(status, content_type, body, **headers)


def hang_up(handler):
    handler.close_connection = True
    handler.connection.close()


def break_off(handler):
    """Promise more than is sent."""
    body = handler.usual()
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    hang_up(handler)


def break_off_unseen(handler):
    """Send half of it, and let the end of the connection be the end of the answer."""
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    body = handler.usual()
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def keep_silent(handler):
    time.sleep(0.5)
    hang_up(handler)


def drip(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(20):
        handler.wfile.write(b" ")
        time.sleep(0.05)
    hang_up(handler)


def drip_headers(handler):
    """Give a good answer whose headers come letter by letter."""
    body = handler.usual()
    handler.send_response(200)
    handler.flush_headers()
    slowly(handler, b"x")
    handler.wfile.write(b": y\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))


def drip_lengths(handler):
    """Give a good answer that says letter by letter how long the next piece is."""
    body = handler.usual()
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    slowly(handler, b"0")
    handler.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))


def slowly(handler, letter):
    for _ in range(12):
        handler.wfile.write(letter)
        time.sleep(0.05)


def broken_packing(handler):
    handler.send(200, "application/json", b"not gzip", Content_Encoding="gzip")


def half_a_page(handler):
    handler.send(200, "application/json", {"totalItems": 2, "member": []})


@pytest.mark.parametrize(
    "fault",
    [
        *[send(429), send(500), send(502, "text/html", b"<h1>Bad gateway"), send(503), send(504), send(408)],
        *[send(425), send(520, "text/html", b"<h1>Unknown error</h1>"), send(529)],
        *[hang_up, break_off, break_off_unseen, keep_silent, drip, drip_headers, drip_lengths],
        *[broken_packing, half_a_page],
    ],
)
def test_trouble_that_passes_is_outlasted(api, file, fault):
    events = [event(1), event(2)]
    slept = []
    server = api(events, [fault, fault])
    assert fetch(server, file, slept=slept, read_s=0.2, page_s=0.3).problems == ()
    assert lines(file) == events
    assert (len(server.asked), slept) == (3, [2.0])


def test_waits_grow_and_end(api, file):
    slept = []
    server = api([event(1)], [send(503)] * 9)
    with pytest.raises(InputError, match="127.0.0.1:.* must answer; got '503 Service Unavailable at try 6 of 6'"):
        fetch(server, file, slept=slept)
    assert (len(server.asked), slept) == (6, [2.0, 4.0, 8.0, 16.0])


def test_what_the_server_asks_to_wait_is_waited_and_told(api, file):
    slept, told = [], []
    server = api([event(1)], [send(429, Retry_After="7"), send(503, Retry_After="33")])
    fetch(server, file, slept=slept, told=lambda *words: told.append(words[2]))
    assert slept == [7, 33]
    assert told == [0.0, 7, 33, 0.0]


def test_a_wait_until_a_moment_is_understood(api, file):
    slept = []
    soon = (datetime.now(UTC) + timedelta(seconds=90)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    fetch(api([event(1)], [send(429, Retry_After=soon)]), file, slept=slept)
    assert len(slept) == 1
    assert 80 < slept[0] <= 90


@pytest.mark.parametrize("nonsense", ["soon", "-5", "1e9", "", "9" * 5000])
def test_a_wait_that_is_nonsense_is_not_heeded(api, file, nonsense):
    slept = []
    fetch(api([event(1)], [send(429, Retry_After=nonsense)]), file, slept=slept)
    assert slept == []


def test_a_wait_that_is_too_long_ends_it_at_once(api, file):
    slept = []
    with pytest.raises(InputError, match="'429 Too Many Requests at try 1 of 6, and the next wait is 3600 s'"):
        fetch(api([event(1)], [send(429, Retry_After="3600")]), file, slept=slept)
    assert slept == []


def test_all_waits_together_have_an_end(api, file):
    slept = []
    faults = [send(429, Retry_After="50"), None] * 6
    server = api([event(number) for number in range(6 * 499)], faults)
    with pytest.raises(InputError, match="next wait is 50 s"):
        fetch(server, file, slept=slept, wait_s=120)
    assert slept == [50, 50]
    assert fetch(server, file).n_events == 6 * 499


def test_a_proxy_of_the_network_is_asked_for_a_tunnel_and_never_sees_the_client_id(file, monkeypatch):
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as proxy:

        def listen():
            connection, _ = proxy.accept()
            with connection:
                heard.append(connection.recv(65536))
                connection.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")

        listening = threading.Thread(target=listen)
        listening.start()
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.getsockname()[1]}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        through = SearchApi(CLIENT_ID, "https://search.example.org", patience=Patience(tries=1))
        with pytest.raises(InputError, match="must answer"):
            fetch_events(through, HERENT, file, now=NOW)
        listening.join()
    assert heard[0].startswith(b"CONNECT search.example.org:443")
    assert CLIENT_ID.encode() not in heard[0]


def test_a_server_that_is_not_there_is_named(file):
    with SearchApiServer() as server:
        pass
    with pytest.raises(
        InputError, match=r"127.0.0.1:\d+: must answer; got 'no answer \(no connection\) at try 2 of 2'"
    ):
        fetch(server, file, tries=2)


# Trouble that does not pass


@pytest.mark.parametrize(
    ("client_id", "status"), [("unknown-Client-9", "401 Unauthorized"), (NO_ACCESS, "403 Forbidden")]
)
def test_a_client_id_that_is_refused_is_not_tried_again_nor_shown(api, file, client_id, status):
    server = api([event(1)])
    with pytest.raises(
        InputError, match=f"must accept the client id; got '{status}'. Check UITDATABANK"
    ) as caught:
        fetch(server, file, client_id=client_id)
    assert client_id not in str(caught.value)
    assert len(server.asked) == 1


@pytest.mark.parametrize("client_id", ["", "  ", "two words", "line\nX-Other: 1", "é", "x" * 201])
def test_a_client_id_that_cannot_be_sent_is_not_shown(client_id):
    with pytest.raises(InputError, match="UITDATABANK_CLIENT_ID must hold the client id") as caught:
        SearchApi(client_id, "https://search.uitdatabank.be")
    assert not client_id.strip() or client_id not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        *[
            "http://search.uitdatabank.be",
            "ftp://127.0.0.1",
            "search.uitdatabank.be",
            "https://",
            "https://a b.be",
        ],
        *[
            "https://me:secret@search.uitdatabank.be",
            "https://x.be/?clientId=1",
            "https://x.be/#a",
            "http://10.0.0.1",
        ],
        *["https://x.be:99999", "https://[::1", "http://localhost.evil.be", "http://127.0.0.1.evil.be"],
    ],
)
def test_an_address_that_would_show_the_client_id_to_others_is_refused(url):
    with pytest.raises(InputError, match="--url must be an address like https://search-test") as caught:
        SearchApi(CLIENT_ID, url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["https://search-test.uitdatabank.be/", "http://localhost:81", "http://[::1]:81", "http://127.0.0.2"]
)
def test_an_address_is_https_or_on_this_machine(url):
    assert SearchApi(CLIENT_ID, url).url == url.rstrip("/")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(api, file, status):
    other = api([event(1)])
    server = api([event(1)], [send(status, Location=f"{other.url}/events/?x={CLIENT_ID}")])
    with pytest.raises(InputError, match=rf"got '{status} .* to 127.0.0.1:{other.server_port}'") as caught:
        fetch(server, file)
    assert other.asked == []
    assert CLIENT_ID not in str(caught.value)


@pytest.mark.parametrize(
    "page",
    [
        *[
            send(200, "text/html; charset=utf-8", b"<html>Log in</html>"),
            send(200, "application/json", b" <!DOCTYPE"),
        ],
    ],
)
def test_a_web_page_instead_of_json_is_named(api, file, page):
    server = api([event(1)], [page])
    with pytest.raises(
        InputError, match="must give JSON; what came is a web page. Is this network behind a login"
    ):
        fetch(server, file)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "body",
    [
        *[{}, [], None, "x", 7, {"totalItems": 1}, {"member": []}, {"totalItems": 1, "member": {}}],
        *[
            {"totalItems": 1, "member": [None]},
            {"totalItems": True, "member": []},
            {"totalItems": -1, "member": []},
        ],
        *[
            {"totalItems": 10**12, "member": []},
            {"totalItems": "3", "member": []},
            {"totalItems": 1.5, "member": []},
        ],
    ],
)
def test_json_that_is_no_page_of_events_is_refused(api, file, body):
    with pytest.raises(InputError, match="must give a page with totalItems, 0 to 1000000, and member, a list"):
        fetch(api([], [send(200, "application/json", body)]), file)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["2019-09-05T08:00:00Z"]),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["totalItems", "member", "@id", "created", "x"]), inner)
    ),
)


@given(JSON.map(lambda value: json.dumps(value).encode()) | st.binary())
def test_whatever_comes_is_a_page_or_none_or_trouble(body):
    try:
        page = read_page(body, start=0)
    except TroubleError:
        return
    assert page is None or isinstance(page, Page)


@pytest.mark.parametrize("body", [b"", b"{", b'{"totalItems": 1, "member": [NaN]}', b"\xff\xfe", b"[" * 100_000])
def test_json_that_cannot_be_read_is_refused_in_the_end(api, file, body):
    with pytest.raises(InputError, match="got 'JSON that breaks off or cannot be read at try 2 of 2'"):
        fetch(api([], [send(200, "application/json", body)] * 2), file, tries=2)


def test_what_the_api_says_is_repeated(api, file):
    with pytest.raises(
        InputError, match=r"a page of events \(Unknown query parameter\(s\): a\); got '404 Not Found'"
    ):
        fetch(api([event(1)]), file, query={**HERENT, "a": "b"})


@pytest.mark.parametrize("detail", [f"client {CLIENT_ID} is odd", CLIENT_ID.lower(), None, ["x"]])
def test_what_the_api_says_of_the_client_id_is_not_repeated(api, file, detail):
    with pytest.raises(InputError, match="must answer with a page of events; got '400 Bad Request'"):
        fetch(api([], [lambda handler: handler.send(*problem(400, detail))]), file)


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_that_is_too_large_is_refused_before_it_is_whole(api, file, monkeypatch, packed):
    monkeypatch.setattr("matcher.fetching.search_api.PAGE_MOST_BYTES", 2 * 1024**2)
    body = gzip.compress(b" " * 2**26) if packed else b" " * 2**26
    encoding = {"Content_Encoding": "gzip"} if packed else {}
    server = api([], [send(200, "application/json", body, **encoding)])
    with pytest.raises(InputError, match="must give a page of at most 2 MiB"):
        fetch(server, file)


# Going on


def broken(api, file, n_pages=2, events=None):
    """Break off after some pages; return the server, healed."""
    server = api(events or [event(number) for number in range(1600)], [None] * n_pages + [send(503)] * 6)
    with pytest.raises(InputError, match="What came so far is kept: give the same command later to go on"):
        fetch(server, file)
    assert not file.exists()
    server.asked.clear()
    return server


def test_a_fetch_that_broke_off_goes_on_where_it_stopped(api, file):
    server = broken(api, file)
    fetched = fetch(server, file, now=NOW + timedelta(hours=23))
    assert [query["start"] for query in server.asked] == ["998", "1497"]
    assert lines(file) == server.events
    assert [(str(one), one.severity) for one in fetched.problems] == [
        (f"{file}.part: goes on where an earlier fetch stopped, with 999 events.", "note")
    ]
    assert beside(file) == ["uit.jsonl"]


def test_the_bytes_are_the_same_as_without_a_break(api, file, tmp_path):
    server = broken(api, file)
    fetch(server, file)
    fetch(server, tmp_path / "whole.jsonl")
    assert file.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_half_a_page_is_cut_off_when_going_on(api, file):
    server = broken(api, file)
    with (file.parent / "uit.jsonl.part").open("ab") as part:
        part.write(b'{"@id": "half a li')
    fetch(server, file)
    assert lines(file) == server.events


@pytest.mark.slow
def test_a_fetch_in_a_later_slice_goes_on_in_it(api, file):
    server = broken(api, file, n_pages=23, events=[event(number) for number in range(12_000)])
    fetched = fetch(server, file)
    assert "createdFrom" in server.asked[0]
    assert (fetched.n_events, codes(fetched)) == (12_000, ["fetch_resumed"])


def test_events_that_went_before_going_on_take_no_other_with_them(api, file):
    server = broken(api, file)
    del server.events[3:8]
    fetch(server, file)
    assert {one["@id"] for one in lines(file)} >= {one["@id"] for one in server.events}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"query": {"postalCode": "3000"}}, "of another question"),
        ({"now": NOW + timedelta(hours=25)}, "it began 2026-11-23T10:15, more than 24 hours from now"),
        ({"now": NOW - timedelta(hours=1)}, "it began 2026-11-23T10:15, more than 24 hours from now"),
    ],
)
def test_another_question_or_another_day_begins_anew_and_says_so(api, file, change, why):
    server = broken(api, file)
    server.events.append(event(7, postal_code="3000"))
    fetched = fetch(server, file, **change)
    assert server.asked[0]["start"] == "0"
    assert str(fetched.problems[0]) == f"{file}.part: begins anew: an earlier fetch left a part, but {why}."
    expected = change.get("query", HERENT)["postalCode"]
    assert {one["location"]["address"]["nl"]["postalCode"] for one in lines(file)} == {expected}


@pytest.mark.parametrize(
    "state",
    [b"", b"{", b"[]", b"{}", b"\xff", b'{"format": 1, "query": {}, "began": 3, "bytes": 1, "reached": {}}'],
)
def test_a_damaged_state_begins_anew(api, file, state):
    server = broken(api, file)
    (file.parent / "uit.jsonl.part.json").write_bytes(state)
    assert codes(fetch(server, file)) == ["fetch_anew"]
    assert lines(file) == server.events


@pytest.mark.parametrize("content", [b"", b"{}", b"x\n" * 200_000])
def test_a_part_that_does_not_fit_its_state_begins_anew(api, file, content):
    server = broken(api, file)
    (file.parent / "uit.jsonl.part").write_bytes(content)
    assert codes(fetch(server, file)) == ["fetch_anew"]
    assert lines(file) == server.events


def test_the_old_file_stays_until_the_new_one_is_complete_and_gives_it_its_rights(api, file):
    file.write_text("old")
    file.chmod(0o640)
    server = api([event(number) for number in range(900)], [None] + [send(503)] * 6)
    with pytest.raises(InputError, match="must answer"):
        fetch(server, file)
    assert file.read_text() == "old"
    fetch(server, file)
    assert (len(lines(file)), file.stat().st_mode & 0o777) == (900, 0o640)


def test_a_link_stays_a_link(api, file, tmp_path):
    (tmp_path / "folder").mkdir()
    file.symlink_to(tmp_path / "folder" / "real.jsonl")
    fetch(api([event(1)]), file)
    assert file.is_symlink()
    assert lines(tmp_path / "folder" / "real.jsonl") == [event(1)]


# Manners and secrets


def test_one_request_at_a_time_on_one_connection_with_a_name(api, file):
    server = api([event(number) for number in range(1600)])
    fetch(server, file)
    assert {headers["user-agent"].partition("/")[0] for headers in server.headers} == {"participatie-matcher"}
    assert {headers["x-client-id"] for headers in server.headers} == {CLIENT_ID}


def test_the_client_id_stands_in_no_address_and_no_file(api, file, caplog, capfd):
    caplog.set_level("DEBUG")
    server = broken(api, file)
    kept = b"".join(one.read_bytes() for one in file.parent.iterdir())
    fetch(server, file)
    with pytest.raises(InputError, match="must accept the client id"):
        fetch(api([event(1)], []), file, client_id=CLIENT_ID[::-1])
    seen = kept + file.read_bytes() + caplog.text.encode() + "".join(capfd.readouterr()).encode()
    for secret in (CLIENT_ID, CLIENT_ID[::-1]):
        assert secret.encode() not in seen
        assert not any(secret in json.dumps(query) for query in server.asked)


# The command


def run(*words, client_id=CLIENT_ID):
    result = CliRunner().invoke(main, ["fetch", "uitdatabank", *words], env={"UITDATABANK_CLIENT_ID": client_id})
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert not client_id or client_id not in result.output
    return result


def test_the_command_says_how_many_events_it_fetched_and_where_they_are(api, file):
    result = run("--postal-code", "3020", "-o", str(file), "--url", api([event(1), event(2)]).url)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{file}: 2 events in 0 s\n"
    assert lines(file) == [event(1), event(2)]


def test_a_list_that_is_not_complete_is_warned_of(api, file):
    result = run("--postal-code", "3020", "-o", str(file), "--url", api([event(1), event(1)]).url)
    assert result.exit_code == 0
    assert "must give as many different events as it says there are, 2; got '1'. The list changed" in result.stderr


@pytest.mark.parametrize(
    ("words", "client_id", "message"),
    [
        (["--postal-code", "3020"], "", "UITDATABANK_CLIENT_ID must hold the client id"),
        (["--postal-code", "302"], CLIENT_ID, "--postal-code must be four digits"),
        ([], CLIENT_ID, "Missing option '--postal-code'"),
        (["--postal-code", "3020", "--url", "http://example.org"], CLIENT_ID, "--url must be an address"),
        (
            ["--postal-code", "3020", "-o", "/nowhere/at/all.jsonl"],
            CLIENT_ID,
            "-o must lie in a folder that is there",
        ),
        (["--postal-code", "3020", "--client-id", "x"], CLIENT_ID, "No such option"),
    ],
)
def test_a_wrong_call_is_exit_2(tmp_path, words, client_id, message):
    result = run("-o", str(tmp_path / "uit.jsonl"), *words, client_id=client_id)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_is_one_line_and_exit_1(api, file):
    url = api([event(1)]).url
    result = run("--postal-code", "3020", "-o", str(file), "--url", url, client_id="some-Other-id-8")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{url[7:]}: must accept the client id; got '401 Unauthorized'. Check")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of this system's kind")
def test_a_terminal_shows_how_far_it_is_and_what_it_waits_for(api, file):
    import pty

    server = api([event(number) for number in range(700)], [None, send(429, Retry_After="1")])
    ours, theirs = pty.openpty()
    words = ["fetch", "uitdatabank", "--postal-code", "3020", "-o", str(file), "--url", server.url]
    environment = {**os.environ, "UITDATABANK_CLIENT_ID": CLIENT_ID, "TERM": "xterm", "COLUMNS": "100"}
    with open(ours, "rb", buffering=0) as screen:
        subprocess.run([sys.executable, "-m", "matcher.cli", *words], env=environment, stderr=theirs, timeout=30)
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # the terminal is gone
            while more := screen.read(65536):
                shown += more
    assert "UiTdatabank: waits 1 s" in shown.decode()
    assert " 71%" in shown.decode()
    assert f"{file}: 700 events in" in shown.decode()
    assert CLIENT_ID not in shown.decode()


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent as a signal")
def test_ctrl_c_keeps_what_came_and_says_how_to_go_on(api, file):
    events = [event(number) for number in range(900)]
    server = api(events, [None, lambda handler: time.sleep(30)])
    words = ["fetch", "uitdatabank", "--postal-code", "3020", "-o", str(file), "--url", server.url]
    process = subprocess.Popen(
        [sys.executable, "-m", "matcher.cli", *words],
        env={**os.environ, "UITDATABANK_CLIENT_ID": CLIENT_ID},
        stderr=subprocess.PIPE,
        # Whoever runs the tests in the background of a shell hands down that Ctrl+C is to be ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    with process:
        until = time.monotonic() + 20
        while len(server.asked) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        try:
            _, said = process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode == 1
    assert said.decode() == "Stopped. What came so far is kept: the same command within a day goes on.\n"
    assert run(*words[2:]).exit_code == 0
    assert lines(file) == events
