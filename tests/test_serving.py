"""``matcher serve`` with ``DATABASE_URL``: what it says of a database that it cannot use."""

import os
import pwd
import socket
import sqlite3
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from api import create_app
from matcher.errors import InputError
from matcher.store import Store
from tests.offices import NOW, new_store, office_of

HOUSE = Path(__file__).parent.parent


def serve(url, *extra, cwd=None, **how):
    """Start the server on a database that it must refuse."""
    environment = {**os.environ, "PYTHONPATH": str(HOUSE), "DATABASE_URL": url}
    command = [sys.executable, "-m", "matcher.cli", "serve", *extra]
    return subprocess.run(command, env=environment, cwd=cwd, capture_output=True, text=True, timeout=60, **how)


def refused(url):
    """Return what a store says of a database that it cannot use."""
    with pytest.raises(InputError, match="DATABASE_URL must be of a database|DATABASE_URL must be an") as caught:
        Store(url).migrate()
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "onzin",
        "mysql://localhost/x",
        "oracle+cx://x",
        "postgresql://h:poort/x",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite://server/file.db",
        "http://example.org",
        "://",
    ],
)
def test_an_address_that_is_none_is_refused_with_an_example(url):
    assert "an address like sqlite:///matcher.db or postgresql://" in refused(url)


@pytest.mark.parametrize("driver", ["postgres", "postgresql+psycopg2", "postgresql+asyncpg"])
def test_a_server_that_is_not_there_is_named_without_the_password(driver):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = refused(f"{driver}://me:geheim@127.0.0.1:{port}/x")
    assert f"port {port}" in said
    assert "geheim" not in said


@pytest.mark.postgresql
def test_a_database_that_the_server_does_not_have_is_named(cluster):
    assert 'database "nergens" does not exist' in refused(cluster.url("nergens"))


def test_a_folder_that_is_not_there_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "unable to open database file; got 'nergens/matcher.db'" in refused("sqlite:///nergens/matcher.db")


@pytest.mark.parametrize("content", [b"\x89PNG" * 1000, b"id;title\n" * 200])
def test_a_file_that_is_no_database_is_left_alone(tmp_path, content):
    file = tmp_path / "matcher.db"
    file.write_bytes(content)
    assert "file is not a database" in refused(f"sqlite:///{file}")
    assert file.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(tmp_path):
    file = tmp_path / "other.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE dossiers (x)")
    connection.commit()
    connection.close()
    assert "is empty or its own; it said: table dossiers already exists" in refused(f"sqlite:///{file}")
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("dossiers",)]
    connection.close()


def test_a_database_that_a_newer_program_made_is_left_alone(store_url, store):
    with store.writing() as work:
        work._connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert "of a database whose tables this program knows; a newer one made them" in refused(store_url)


@contextmanager
def as_nobody():
    """Act as somebody who may not write everywhere: root may."""
    if os.getuid() == 0:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(os.getuid())


@pytest.mark.parametrize("there", [False, True])
def test_a_folder_that_may_not_be_written_is_named(there):
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/matcher.db"
        if there:
            new_store(url).close()
            Path(folder, "matcher.db").chmod(0o444)
        os.chmod(folder, 0o555)
        with as_nobody():
            said = refused(url)
        os.chmod(folder, 0o755)
    assert "can be written" in said
    assert "it said: unable to open database file" in said or "readonly database" in said


@pytest.mark.slow
def test_a_demonstration_does_not_touch_real_data(tmp_path):
    url = f"sqlite:///{tmp_path}/matcher.db"
    office_of([], store=new_store(url)).store.close()
    found = serve(url, "--demo")
    assert (found.returncode, found.stdout) == (2, "")
    assert "DATABASE_URL must be of an empty database, or of one with demonstration data" in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.slow
def test_a_wrong_address_is_exit_2():
    found = serve("onzin")
    assert (found.returncode, found.stdout) == (2, "")
    assert "Error: DATABASE_URL must be an address like" in found.stderr


@pytest.mark.slow
def test_several_servers_work_on_one_database_and_without_an_address_it_is_a_file_here(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["PYTHONPATH"] = str(HOUSE)
    ports = []
    for _ in range(3):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            ports.append(free.getsockname()[1])
    servers = [
        subprocess.Popen(
            [sys.executable, "-m", "matcher.cli", "serve", "--demo", "--port", str(port)],
            env=environment,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for port in ports
    ]
    try:
        for server, port in zip(servers, ports, strict=True):
            assert "Demonstratiegegevens" in server.stdout.readline()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
                assert answer.status == 200
    finally:
        for server in servers:
            server.terminate()
        said = [server.communicate(timeout=30)[1] for server in servers]
    assert said == ["", "", ""]
    assert (tmp_path / "matcher.db").is_file()


def test_a_database_that_does_not_answer_is_503_with_a_time_to_try_again(tmp_path):
    file = tmp_path / "matcher.db"
    office = office_of([], store=new_store(f"sqlite:///{file}"))
    client = create_app(office, clock=lambda: NOW).test_client()
    office.store.close()
    for path in tmp_path.glob("matcher.db*"):
        path.unlink()
    file.mkdir()
    for path in ("/readyz", "/api/v1/activities", "/"):
        response = client.get(path)
        assert (path, response.status_code, response.headers.get("Retry-After")) == (path, 503, "5")
    assert "Het lukt nu even niet." in client.get("/").text
    assert "nog eens verstuurd wat u invulde" not in client.get("/").text
    assert "nog eens verstuurd wat u invulde" in client.post("/aanbod/koor/vol").text
    assert client.get("/healthz").status_code == 200
