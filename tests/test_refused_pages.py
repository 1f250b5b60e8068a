"""What no page takes: addresses that do not exist, bodies that were cut off, and what goes wrong inside."""

from datetime import datetime

import pytest

from api import create_app
from matcher.errors import BusyError
from matcher.pages.front import Front
from tests.dossier_desk import Desk, offer, said
from tests.offices import NOW, office_of

pytestmark = pytest.mark.filterwarnings("error")
WRITING = ("stap", "ongedaan", "einde", "profiel", "verwijder", "uren", "plan")


@pytest.fixture(scope="module")
def client():
    return create_app(office_of(offer()), clock=lambda: NOW).test_client()


@pytest.mark.parametrize("path", ["/nope", "/dossiers/", "/aanbod/versies/-1", "/%ff", "/assets/nope.css"])
def test_an_address_that_does_not_exist_gets_our_own_page(client, path):
    for lang, heading in (("nl", "Deze pagina of dit dossier bestaat niet."), ("en", "There is no such page")):
        answer = client.get(f"{path}?lang={lang}")
        assert answer.status_code == 404
        assert f'<html lang="{lang}">' in answer.text
        assert heading in said(answer.text)
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_a_wrong_method_says_which_are_taken(client):
    answer = client.delete("/aanbod")
    assert (answer.status_code, answer.mimetype) == (405, "text/html")
    assert "GET" in answer.headers["Allow"]
    assert 'class="brand"' in answer.text


def test_a_body_that_is_too_large_gets_our_own_page(client):
    answer = client.post(
        "/wie?lang=nl", data=b"a=" + b"a" * 2_000_000, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413
    assert "U stuurde meer dan hier past." in said(answer.text)


def test_an_unknown_address_of_the_api_stays_json(client):
    answer = client.get("/api/v1/nope")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_what_is_called_by_another_name_is_refused_without_a_page():
    client = create_app(office_of(offer()), clock=lambda: NOW, hosts=["localhost"]).test_client()
    assert client.get("/nope").status_code == 404
    assert client.get("/nope", headers={"Host": "evil.example"}).status_code == 400


def test_what_goes_wrong_inside_is_a_page_for_people_that_tells_nothing(caplog):
    def broken() -> datetime:
        raise RuntimeError("geheim")

    answer = create_app(office_of(offer()), clock=broken).test_client().get("/?lang=en")
    assert (answer.status_code, answer.mimetype) == (500, "text/html")
    assert said(answer.text).startswith("Something went wrong.")
    assert "geheim" not in answer.text
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_an_unknown_address_while_the_database_does_not_answer_says_so(client, monkeypatch):
    def silent(*_: object, **__: object) -> None:
        raise BusyError("The database does not answer.")

    monkeypatch.setattr(Front, "page", silent)
    answer = client.get("/nope")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


@pytest.fixture(scope="module")
def desk():
    """Keep a dossier with something chosen, for tests that change nothing."""
    desk = Desk(profile={"wishes": "koken"})
    desk.note("outcome", activity_id="koor", outcome="chosen")
    return desk


@pytest.mark.parametrize("version", [None, "", "x", "99999999999"])
@pytest.mark.parametrize("page", WRITING)
def test_a_form_without_the_version_that_was_seen_changes_nothing(desk, page, version):
    before = desk.dossier()
    data = {"activity_id": "naaien", "outcome": "chosen", "ending": "done", "datum": "2026-11-17", "uren": "2"}
    data |= {"doe": "schrijf", "activiteit": "koor", "ending": "stopped", "wishes": ""}
    if version is not None:
        data["version"] = version
    answer = desk.client.post(f"/dossiers/{desk.code}/{page}", data=data)
    assert answer.status_code in (412, 422)
    assert desk.dossier() == before


def test_a_body_that_was_cut_off_empties_no_profile_and_deletes_nothing(desk):
    before = desk.dossier()
    for page in ("profiel", "verwijder"):
        answer = desk.client.post(
            f"/dossiers/{desk.code}/{page}", data=b"--X\r\ncut", content_type="multipart/form-data; boundary=X"
        )
        assert answer.status_code == 412
    assert desk.dossier() == before
