"""UiTdatabank's Search API 3: one page of events at a time, asked with patience."""

from __future__ import annotations

import ipaddress
import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import version
from urllib.parse import urlsplit

import orjson
import urllib3
from urllib3.exceptions import (
    HTTPError,
    InvalidHeader,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    SSLError,
    TimeoutError,
)

from ..errors import InputError, Problem, must, shown
from .connection import open_pool
from .pages import TOTAL_MOST, Page, TroubleError, read_page

PAGE_MOST_BYTES = 64 * 1024 * 1024
_MAY_PASS = {408, 425, 429, *range(500, 600)} - {501, 505}
"""What a later try may mend; what stands before a server has numbers of its own, such as 520 to 530."""
_CHUNK_BYTES = 64 * 1024
_BACKOFF_MOST_S = 60
_CLIENT_ID = re.compile(r"[!-~]{1,200}")
_HOST = re.compile(r"[a-z0-9.:-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to try before giving up.

    Parameters
    ----------
    tries : int
        For one page.
    connect_s, read_s, page_s : float
        Seconds for a connection, for a sign of life, and for a whole page.
    wait_s : float
        Seconds of waiting between tries, all pages together; a server that asks for more is taken at its word.
    sleep : callable
        What waits.
    """

    tries: int = 6
    connect_s: float = 10.0
    read_s: float = 60.0
    page_s: float = 300.0
    wait_s: float = 600.0
    sleep: Callable[[float], None] = time.sleep


class SearchApi:
    """The events of UiTdatabank, as one client may see them.

    Parameters
    ----------
    client_id : str
        Sent as a header to this one host; never written or shown.
    url : str
        https, or http on this machine.

    Raises
    ------
    InputError
        If the client id or the address cannot be one.
    """

    def __init__(self, client_id: str, url: str, *, patience: Patience | None = None) -> None:
        client_id = client_id.strip()
        if not _CLIENT_ID.fullmatch(client_id):
            rule = "must hold the client id of your integration with UiTdatabank" + (
                "; what it holds has a blank or another character that cannot be sent" if client_id else ""
            )
            remedy = (
                "Ask for one at publiq (docs.publiq.be, Requesting credentials) and set it in the environment."
            )
            raise InputError([Problem(key="UITDATABANK_CLIENT_ID", rule=rule, remedy=remedy, code="client_id")])
        must(
            _is_safe(url),
            "--url",
            "an address like https://search-test.uitdatabank.be, without a name, a question or a mark in it",
            "…" if "@" in url else url,
            "http:// is for this machine only: the client id would travel in the open.",
        )
        self.url = url.rstrip("/")
        self.host = _host(url)
        self._client_id = client_id
        self._patience = patience or Patience()
        self._left_s = self._patience.wait_s
        self._pool = open_pool(url, answer_s=self._patience.page_s)

    def page(self, query: Mapping[str, str], *, start: int, limit: int, waiting: Callable[[float], None]) -> Page:
        """Ask for a part of the list of events that answer to a query, the oldest first.

        Parameters
        ----------
        query : mapping
            Parameters of the Search API.
        start, limit : int
            How many to skip, how many to give.
        waiting : callable
            Is told the seconds before each wait.

        Raises
        ------
        InputError
            If there is no good answer: at once when asking again cannot help, else when patience is at its end.
        """
        # Old events keep their place when new ones come: those are added at the end.
        fields = {**query, "embed": "true", "sort[created]": "asc", "start": str(start), "limit": str(limit)}
        retry = urllib3.Retry(total=self._patience.tries - 1, backoff_factor=1, backoff_max=_BACKOFF_MOST_S)
        while True:
            try:
                return self._page_of(self._answer(fields), start)
            except TroubleError as trouble:
                retry = self._wait(retry, trouble, waiting)

    def refusal(self, rule: str, *, value: str | None = None, remedy: str, code: str) -> InputError:
        """Return the error that names this source, for what it must do and does not."""
        return InputError([Problem(source=self.host, rule=rule, value=value, remedy=remedy, code=code)])

    def _wait(
        self, retry: urllib3.Retry, trouble: TroubleError, waiting: Callable[[float], None]
    ) -> urllib3.Retry:
        """Wait as long as the server asks, else ever longer; give up where patience ends."""
        so_far = f"{trouble} at try {len(retry.history) + 1} of {self._patience.tries}"
        remedy = "What came so far is kept: give the same command later to go on."
        try:
            retry = retry.increment(error=HTTPError())
        except MaxRetryError:
            raise self.refusal("must answer", value=so_far, remedy=remedy, code="no_answer") from None
        wait_s = _asked_wait_s(trouble.retry_after)
        if wait_s is None:
            wait_s = retry.get_backoff_time()
        if wait_s > self._left_s:
            got = f"{so_far}, and the next wait is {wait_s:.0f} s"
            raise self.refusal("must answer", value=got, remedy=remedy, code="no_answer")
        self._left_s -= wait_s
        if wait_s:
            waiting(wait_s)
            self._patience.sleep(wait_s)
        return retry

    def _answer(self, fields: Mapping[str, str]) -> bytes:
        timeout = urllib3.Timeout(connect=self._patience.connect_s, read=self._patience.read_s)
        headers = {
            "accept": "application/json",
            "accept-encoding": "gzip",
            "user-agent": f"participatie-matcher/{version('participatie-matcher')}",
            "x-client-id": self._client_id,
        }
        try:
            # Retries are counted here: urllib3 does not see what goes wrong inside a body. A redirect is never
            # followed: the client id would go along.
            response = self._pool.request(
                "GET",
                f"{self.url}/events/",
                fields=fields,
                headers=headers,
                timeout=timeout,
                retries=False,
                redirect=False,
                preload_content=False,
            )
            try:
                body = self._body(response)
            finally:
                response.close()
        except SSLError as error:
            if isinstance(error.args[0] if error.args else None, ssl.SSLCertVerificationError):
                raise self.refusal(
                    "must show a certificate that this machine trusts",
                    remedy="Mostly a filter in between or a wrong clock: ask who keeps the network.",
                    code="certificate",
                ) from None
            raise TroubleError("no answer (the safe connection broke)") from None
        except HTTPError as error:
            raise TroubleError(f"no answer ({_words_for(error)})") from None
        self._check_status(response, body)
        return body

    def _body(self, response: urllib3.BaseHTTPResponse) -> bytes:
        body = bytearray()
        while chunk := response.read1(_CHUNK_BYTES):
            body += chunk
            if len(body) > PAGE_MOST_BYTES:
                raise self.refusal(
                    f"must give a page of at most {PAGE_MOST_BYTES // 1024**2} MiB",
                    remedy="Tell who keeps this program: the pages are larger than it was made for.",
                    code="page_size",
                )
        return bytes(body)

    def _check_status(self, response: urllib3.BaseHTTPResponse, body: bytes) -> None:
        status = response.status
        if status == HTTPStatus.OK:
            if "html" in response.headers.get("content-type", "").lower() or body.lstrip()[:1] == b"<":
                raise self.refusal(
                    "must give JSON; what came is a web page",
                    remedy="Is this network behind a login page or a filter? Open the address in a browser.",
                    code="web_page",
                )
            return
        got = f"{status} {_phrase(status)}".strip()
        if status in _MAY_PASS:
            raise TroubleError(got, retry_after=response.headers.get("retry-after"))
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            # The API repeats the client id in the detail of these answers: no word of them is shown.
            raise self.refusal(
                "must accept the client id",
                value=got,
                remedy="Check UITDATABANK_CLIENT_ID, that it may use the Search API, and that it is of this"
                " environment: the test environment has its own.",
                code="client_id",
            )
        if 300 <= status < 400:
            to = _host(response.headers.get("location", ""))
            raise self.refusal(
                "must answer by itself; the client id is not sent elsewhere",
                value=f"{got} to {to}" if to else got,
                remedy="Check --url; a login page of the network does this too.",
                code="redirect",
            )
        raise self.refusal(
            f"must answer with a page of events{self._detail(body)}",
            value=got,
            remedy="Check --url and the postal codes; if they are right, tell who keeps this program.",
            code="refused",
        )

    def _page_of(self, body: bytes, start: int) -> Page:
        page = read_page(body, start=start)
        if page is None:
            raise self.refusal(
                f"must give a page with totalItems, 0 to {TOTAL_MOST}, and member, a list of events",
                remedy="Check --url; if it is right, the Search API has changed: tell who keeps this program.",
                code="not_a_page",
            )
        return page

    def _detail(self, body: bytes) -> str:
        """Return what a problem document says, unless the client id is in it."""
        try:
            detail = orjson.loads(body)["detail"]
        except (orjson.JSONDecodeError, KeyError, TypeError):
            return ""
        if not isinstance(detail, str) or self._client_id.casefold() in detail.casefold():
            return ""
        return f" ({shown(detail)})"


def _asked_wait_s(retry_after: str | None) -> float | None:
    if retry_after is None:
        return None
    try:
        return urllib3.Retry().parse_retry_after(retry_after)
    except (InvalidHeader, OverflowError, ValueError):
        return None


def _is_safe(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = (
        bool(_HOST.fullmatch(host)) and port != 0 and not ("@" in parts.netloc or parts.query or parts.fragment)
    )
    return plain and (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host)))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:
        return ""


def _words_for(error: HTTPError) -> str:
    if isinstance(error, NameResolutionError):
        return "no such host is known"
    if isinstance(error, NewConnectionError):
        return "no connection"
    if isinstance(error, TimeoutError):
        return "it took too long"
    return "the connection broke"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
