"""Connections on which a whole answer has an end in time, not only each wait for the next byte."""

from __future__ import annotations

import io
import time
from http.client import HTTPResponse
from socket import socket
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection


def open_pool(url: str, *, answer_s: float) -> urllib3.PoolManager:
    """Return what makes connections: through the proxy of the network, if the environment names one.

    Parameters
    ----------
    url : str
    answer_s : float
        Seconds for a whole answer, from its first line to its last byte; then ``urllib3``'s time-out is raised.
    """
    parts = urlsplit(url)
    # The way to an https address is a tunnel: the proxy sees the host, not the client id.
    through = parts.scheme == "https" and not proxy_bypass(parts.hostname or "")
    proxy = getproxies().get("https") if through else None
    pool = urllib3.ProxyManager(proxy, num_pools=1) if proxy else urllib3.PoolManager(num_pools=1, maxsize=1)
    pool.pool_classes_by_scheme = _pool_classes(answer_s)
    return pool


class _UntilRaw(io.RawIOBase):
    """The bytes of a connection up to a moment: who sends them one by one never runs into its time-out."""

    def __init__(self, raw: io.RawIOBase, until_s: float) -> None:
        self._raw = raw
        self._until_s = until_s

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if time.monotonic() > self._until_s:
            raise TimeoutError("the answer takes too long")
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


def _pool_classes(answer_s: float) -> dict[str, type[urllib3.HTTPConnectionPool]]:
    class Answer(HTTPResponse):
        def __init__(self, sock: socket, *args: Any, **more: Any) -> None:
            super().__init__(sock, *args, **more)
            raw: io.RawIOBase = self.fp.detach()
            self.fp = io.BufferedReader(_UntilRaw(raw, time.monotonic() + answer_s))

    class Plain(HTTPConnection):
        response_class = Answer

    class Safe(HTTPSConnection):
        response_class = Answer

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class SafePool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Safe

    return {"http": PlainPool, "https": SafePool}
