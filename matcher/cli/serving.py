"""serve: the web server."""

from __future__ import annotations

import ipaddress
import logging
import os
import random

import click

from ..errors import BusyError, InputError
from .shared import DATABASE_URL, MUNICIPALITY, load_engine, main

REQUEST_MOST_BYTES = 64 * 1024 * 1024
MADE_UP = 2023
"""Which made-up dossiers a demonstration has: every one has the same."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--demo", is_flag=True, help="With made-up dossiers, to try it out.")
def serve(host: str, port: int, demo: bool) -> None:
    """Start the pages and the HTTP interface on the database of DATABASE_URL.

    A new one gets the demonstration offer. There are no accounts yet, so on this machine only.
    """
    if not _is_loopback(host):
        raise click.UsageError(
            f"--host must be an address of this machine itself, like 127.0.0.1; got {host!r}. "
            "There are no accounts yet: whoever reaches the service can use it."
        )
    from waitress.server import create_server

    from api import brussels_now, create_app

    from ..service.demonstration import fill_demonstration
    from ..service.office import Office, fill_office
    from ..store import Store

    # That a request waits a moment for a free thread is no trouble to tell of.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        store = Store(os.environ.get("DATABASE_URL") or DATABASE_URL)
        store.migrate()
        fill_office(store, load_engine(None).given, municipality=MUNICIPALITY, now=brussels_now())
        office = Office(store)
    except (InputError, BusyError) as error:
        raise click.UsageError(str(error)) from None
    office.matcher().ranker(brussels_now().date())
    if demo:
        fill_demonstration(office, now=brussels_now(), rng=random.Random(MADE_UP))
        office.matcher().ranker(brussels_now().date())
    try:
        app = create_app(office, hosts=["localhost", "127.0.0.1", "[::1]", _in_url(host)])
        server = create_server(
            app, host=host, port=port, threads=4, ident=None, max_request_body_size=REQUEST_MOST_BYTES
        )
    except OSError as error:
        raise click.UsageError(
            f"--port must be free; got {port} ({error.strerror}). Choose another, or stop what uses it."
        ) from None
    click.echo(
        f"Demonstratiegegevens ({len(office.matcher().activities)} activiteiten) op http://{_in_url(host)}:{port}"
    )
    click.echo("Stop met Ctrl+C.")
    server.run()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
