import io
import re
from datetime import datetime
from pathlib import Path

import pytest

import matcher
from api import create_app
from matcher.model import Activity
from matcher.model.access import DEMONSTRATION_ACCOUNTS
from matcher.pages.offer.showing import SECTIONS
from matcher.pages.words.offer import TEXTS
from matcher.readers.workbook import Unread
from matcher.schedule import BRUSSELS
from matcher.service.offers import edit_record
from tests.herent import herent_office
from tests.offices import office_of

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=BRUSSELS)
BUDDY = "buddy-herent-nieuwkomer"
SHEET = (
    "id;titel;organisatie;soort;dag en uur\nnaaien;Naaien;Femma;cursus;di 19-21u\nyoga;Yoga;Femma;sport;dinsdag"
)


@pytest.fixture
def office():
    return herent_office()


@pytest.fixture
def client(office):
    """Give a browser without script, at the desk."""
    return create_app(office, clock=lambda: NOW).test_client()


def as_role(client, role):
    client.post("/wie", data={"role": role})
    return client


def text_of(response):
    """Return what a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


def send(client, *files):
    """Send files to import, and return the page to which that leads."""
    data = {"files": [(io.BytesIO(content.encode()), name) for name, content in files]}
    return client.post("/aanbod/invoeren", data=data, content_type="multipart/form-data")


def version_of(page):
    return re.search(r'name="version" value="(-?\d+)"', page.text)[1]


# The list


def test_the_list_says_in_words_what_is_missing(client):
    said = text_of(client.get("/aanbod"))
    assert "125 activiteiten" in said
    assert re.search(r"\d+ van 15 belangrijke gegevens ontbreken", said)
    assert "Pagina 1 van 5" in said


def test_a_filter_stands_in_the_address_and_goes_along_to_the_next_page(client):
    page = client.get("/aanbod?missing=price_eur")
    assert 'value="price_eur" selected' in page.text
    assert "missing=price_eur" in re.search(r'href="([^"]+)" rel="next"', page.text)[1]


@pytest.mark.parametrize(
    "query", ["kind=zomaar", "day=zomaar", "interest=x", "state=%00", "missing=1", "owner=ik"]
)
def test_a_filter_that_is_none_is_told_and_never_breaks(client, query):
    for page in ("/aanbod", "/aanbod/kaart"):
        answer = client.get(f"{page}?{query}")
        assert answer.status_code == 422
        assert 'id="fouten"' in answer.text


@pytest.mark.parametrize("number", ["0", "-1", "999999", "x", "9" * 30, "²"])
def test_a_page_that_is_not_there_is_the_nearest_one(client, number):
    assert client.get(f"/aanbod?pagina={number}").status_code == 200


# One record


def test_a_record_tells_what_is_known_and_what_to_ask(client):
    said = text_of(client.get(f"/aanbod/{BUDDY}"))
    assert "in overleg, ongeveer 1 uur per week" in said
    assert "Nog na te vragen" in said
    assert "Past in het traject" in said
    assert "14 dagen geleden" in said


def test_what_is_not_there_is_not_found_whatever_is_asked_of_it(client):
    for path in ("weg", "%00", "a" * 300):
        assert client.get(f"/aanbod/{path}").status_code == 404
        assert client.get(f"/aanbod/{path}/wijzig").status_code == 404
        assert client.post(f"/aanbod/{path}/nagevraagd").status_code == 404


def test_an_analyst_reads_and_finds_nothing_to_change(client):
    page = as_role(client, "analyst").get(f"/aanbod/{BUDDY}")
    assert "<form" not in page.text.split("<main")[1]
    assert client.post(f"/aanbod/{BUDDY}/vol").status_code == 403
    assert client.get("/aanbod/bellijst").status_code == 403


def test_everybody_sees_the_pages_of_the_role_and_no_others(client):
    paths = {
        "offer": "/aanbod",
        "new_activity": "/aanbod/nieuw",
        "calls": "/aanbod/bellijst",
        "offer_map": "/aanbod/kaart",
        "send_offer": "/aanbod/invoeren",
        "versions": "/aanbod/versies",
    }
    for role, account in DEMONSTRATION_ACCOUNTS.items():
        as_role(client, role)
        start = client.get("/aanbod").text
        for name, right in SECTIONS:
            assert client.get(paths[name]).status_code == (200 if account.may(right) else 403)
            assert (f'href="{paths[name]}"' in start.split("<main")[1]) == account.may(right)


def test_local_facts_are_noted_and_a_late_form_is_told(client):
    version = version_of(client.get(f"/aanbod/{BUDDY}"))
    facts = {"version": version, "taalicoon": "2", "childcare": "yes", "wheelchair": "no", "places_left": "3"}
    assert client.post(f"/aanbod/{BUDDY}/feiten", data=facts).status_code == 303
    said = text_of(client.get(f"/aanbod/{BUDDY}"))
    assert "geen: toegankelijk met een rolstoel" in said
    assert "eigen gegeven" in said
    assert client.post(f"/aanbod/{BUDDY}/feiten", data=facts).status_code == 412


def test_a_wrong_local_fact_stands_at_its_field_and_nothing_is_lost(client):
    answer = client.post(f"/aanbod/{BUDDY}/feiten", data={"version": "0", "taalicoon": "2", "places_left": "veel"})
    assert answer.status_code == 422
    assert 'href="#places_left"' in answer.text
    assert 'value="veel"' in answer.text
    assert 'value="2" selected' in answer.text


def test_an_answer_that_was_not_offered_is_refused_and_not_left_out_without_a_word(client):
    version = version_of(client.get(f"/aanbod/{BUDDY}"))
    answer = client.post(f"/aanbod/{BUDDY}/feiten", data={"version": version, "wheelchair": "misschien"})
    assert answer.status_code == 422
    assert version_of(client.get(f"/aanbod/{BUDDY}")) == version


# A new activity


FIVE = {
    "title": "Kantklossen",
    "organiser": "Femma Herent",
    "kind": "association",
    "when": "elke dinsdag 19u-21u, niet in juli en augustus",
    "where": "Bib Herent, Wilselsesteenweg 15, 3020, 016 21 14 40",
}


def test_five_fields_make_an_activity_and_say_how_they_were_read(client):
    answer = client.post("/aanbod/nieuw", data=FIVE, follow_redirects=True)
    said = text_of(answer)
    assert "Zo begrepen: Dag en uur: elke dinsdag van 19.00 tot 21.00 uur" in said
    assert "1 juli tot en met 31 augustus" in said
    assert "Vandaag nagevraagd" in said
    assert "Elke dinsdag" in text_of(client.get("/aanbod?q=kantklossen"))


def test_what_cannot_be_read_comes_back_filled_in(client):
    answer = client.post("/aanbod/nieuw", data={**FIVE, "when": "dinsdag", "organiser": ""})
    assert answer.status_code == 422
    assert 'href="#when"' in answer.text
    assert 'value="dinsdag"' in answer.text
    assert 'value="Kantklossen"' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_the_same_activity_twice_leads_to_the_one_that_is_there(client):
    client.post("/aanbod/nieuw", data=FIVE)
    answer = client.post("/aanbod/nieuw", data=FIVE)
    assert answer.status_code == 422
    assert "/aanbod/kantklossen-femma-herent" in answer.text


def test_a_register_number_is_not_kept_and_not_shown_as_an_error_value(client):
    answer = client.post("/aanbod/nieuw", data={**FIVE, "where": "85.07.30-033.28"})
    assert answer.status_code == 422
    assert client.get("/aanbod?q=kantklossen").text.count('<li>\n<div class="offer-main">') == 0


# The full form


def whole_form(client, activity_id=BUDDY):
    """Return the full form as a browser would send it, unchanged."""
    page = client.get(f"/aanbod/{activity_id}/wijzig").text
    form = page.split('id="version"')[1]
    fields = dict(re.findall(r'name="([a-z_]+)" type="(?:text|search)"[^>]*? value="([^"]*)"', form))
    fields |= dict(re.findall(r'<textarea[^>]*name="([a-z_]+)"[^>]*>\n([^<]*)</textarea>', form))
    for name, options in re.findall(r'<select[^>]*name="([a-z_]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        fields[name] = (re.search(r'value="([^"]*)" selected', options) or [0, ""])[1]
    ticked = re.findall(r'name="([a-z_]+)" value="([^"]*)"[^>]* checked', form)
    several = {name: [value for one, value in ticked if one == name] for name, _ in ticked}
    return {**fields, **several, "version": re.search(r'name="version" value="(\d+)"', form)[1]}


def test_a_form_that_nobody_touched_changes_nothing(client, office):
    before = office.matcher("herent").offer_version
    assert client.post(f"/aanbod/{BUDDY}/wijzig", data=whole_form(client)).status_code == 303
    assert office.matcher("herent").offer_version == before


def test_messy_cells_are_saved_with_the_note_of_how(client):
    form = {**whole_form(client), "schedule": "dinsdag 14u tot 16u", "price_eur": "twee euro vijftig"}
    form["price_eur"] = "2,50 euro"
    said = text_of(client.post(f"/aanbod/{BUDDY}/wijzig", data=form, follow_redirects=True))
    assert "Zo begrepen: Dag en uur: elke dinsdag van 14.00 tot 16.00 uur; Prijs per keer: € 2,50." in said


def test_a_wrong_cell_comes_back_at_its_field_with_all_the_rest(client):
    form = {**whole_form(client), "schedule": "dinsdag", "place": "Andere zaal"}
    answer = client.post(f"/aanbod/{BUDDY}/wijzig", data=form)
    assert answer.status_code == 422
    assert 'href="#schedule"' in answer.text
    assert 'value="Andere zaal"' in answer.text


def test_a_late_form_is_told_and_keeps_what_was_written(client, office):
    form = {**whole_form(client), "place": "Andere zaal"}
    with office.store.writing() as work:
        desk = DEMONSTRATION_ACCOUNTS["desk"]
        edit_record(work, desk, BUDDY, {"place": "Eerste zaal"}, seen=int(form["version"]), now=NOW)
    answer = client.post(f"/aanbod/{BUDDY}/wijzig", data=form)
    assert answer.status_code == 412
    assert 'value="Andere zaal"' in answer.text


def test_odd_forms_never_break(client):
    for data in ({}, {"version": "²"}, {"version": "9" * 40, "schedule": "\x00"}, {"price_eur": "1e999"}):
        for path in ("wijzig", "feiten", "nagevraagd", "vol"):
            assert client.post(f"/aanbod/{BUDDY}/{path}", data=data).status_code < 500


# The call list


def test_one_click_takes_a_call_off_the_list_and_stays_at_its_place(client):
    page = client.get("/aanbod/bellijst").text
    first, second = re.findall(r'id="bel-([a-z0-9-]+)"', page)[:2]
    answer = client.post(f"/aanbod/{second}/nagevraagd", data={"from": "calls", "after": first})
    assert answer.location.endswith("#gedaan")
    after = client.get(answer.location).text
    assert f'id="bel-{second}"' not in after
    assert after.index(f'id="bel-{first}"') < after.index('id="gedaan"')
    assert "Genoteerd: vandaag nagevraagd" in after


def test_full_is_reported_from_the_list_and_asked_after_there(client):
    first = re.findall(r'id="bel-([a-z0-9-]+)"', client.get("/aanbod/bellijst").text)[0]
    client.post(f"/aanbod/{first}/vol", data={"from": "calls"})
    said = text_of(client.get("/aanbod/bellijst"))
    assert "volzet gemeld op 23 november" in said
    assert "Is er weer plaats?" in said


def buttons_of(page):
    """Return the words of each button of a call or a record, by where it leads."""
    found = re.findall(r'action="([^"]+)" class="one-button".*?<button[^>]*>([^<]*)', page, re.DOTALL)
    return dict(found)


def test_who_hears_that_a_group_is_still_full_has_a_button_that_says_so(client):
    client.post(f"/aanbod/{BUDDY}/vol")
    full = {
        f"/aanbod/{BUDDY}/nagevraagd": "Weer plaats, vandaag nagevraagd",
        f"/aanbod/{BUDDY}/vol": "Nog altijd volzet",
    }
    assert buttons_of(client.get(f"/aanbod/{BUDDY}").text).items() >= full.items()
    assert buttons_of(client.get("/aanbod/bellijst?alle=ja").text).items() >= full.items()
    client.post(f"/aanbod/{BUDDY}/vol")
    assert "Volzet, gemeld op 23 november" in text_of(client.get(f"/aanbod/{BUDDY}"))


def test_room_again_is_told_as_such_and_ends_the_report(client):
    client.post(f"/aanbod/{BUDDY}/vol")
    answer = client.post(f"/aanbod/{BUDDY}/nagevraagd", data={"from": "calls"})
    assert "Genoteerd: er is weer plaats." in text_of(client.get(answer.location))
    page = client.get(f"/aanbod/{BUDDY}")
    assert "Volzet, gemeld" not in text_of(page)
    assert buttons_of(page.text)[f"/aanbod/{BUDDY}/nagevraagd"] == "Nog altijd zo, vandaag nagevraagd"


# Import and versions


def test_files_are_looked_at_and_then_taken_over(client):
    as_role(client, "coordinator")
    preview = send(client, ("club.csv", SHEET)).location
    said = text_of(client.get(preview))
    assert "2 nieuw" in said
    assert "Dag en uur zijn niet duidelijk" in said
    assert "127 activiteiten" in said
    assert client.post(f"{preview}/overnemen").location.endswith("/aanbod/versies")
    versions = text_of(client.get("/aanbod/versies"))
    assert "Ingevoerd: club.csv" in versions
    assert "ma 23 november, 10.15" in versions
    assert client.post(f"{preview}/overnemen").status_code == 404


MESSY = (
    "Verenigingen van 2026;;;;;\ntitel;organisatie;soort;dag en uur;prijs;leeftijd\n"
    "Breien;Femma;vereniging;elke dinsdag 19u-21u;gratis;\nPetanque;Okra;sport;zaterdag 14-17u;lidgeld 30 euro;oud"
)


def test_how_a_cell_was_understood_is_said_in_the_words_of_the_page(client):
    as_role(client, "coordinator")
    preview = send(client, ("club.csv", MESSY)).location
    said = text_of(client.get(preview))
    for text in (
        "Dit lazen we als titel boven de tabel.",
        "Begrepen als: elke dinsdag van 19.00 tot 21.00 uur.",
        "Begrepen als: gratis.",
        "Begrepen als: Lidgeld € 30",
    ):
        assert text in said
    assert not re.search("fee_eur|price_note|a title above|Kijk deze plaats na", said)
    assert "Understood as: every Tuesday" in text_of(client.get(f"{preview}?lang=en"))


def test_all_that_can_be_wrong_with_a_file_has_words_in_dutch():
    told = set()
    for room in ("readers", "importing"):
        for path in (Path(matcher.__file__).parent / room).rglob("*.py"):
            told |= set(re.findall(r'\bcode="([a-z_]+)"', path.read_text(encoding="utf-8")))
    told |= {f"cell_{one.name.lower()}" for one in Unread}
    assert [code for code in sorted(told) if f"offer_problem_{code}" not in TEXTS] == []


def test_the_whole_report_is_a_file(client):
    as_role(client, "coordinator")
    preview = send(client, ("club.csv", SHEET)).location
    answer = client.get(f"{preview}/problemen.csv")
    assert answer.mimetype == "text/csv"
    assert b"club.csv" in answer.data


def test_a_second_import_is_told_and_compared_anew(client):
    as_role(client, "coordinator")
    first, second = (send(client, (f"{name}.csv", SHEET)).location for name in ("een", "twee"))
    client.post(f"{first}/overnemen")
    assert client.post(f"{second}/overnemen").status_code == 409
    assert "Vergelijk opnieuw" in text_of(client.get(second))
    client.post(f"{second}/paren")
    assert client.post(f"{second}/overnemen").status_code == 303


@pytest.mark.parametrize("content", ["", "\x00\x01", "{", "<rss/>", '"', "titel\n" * 3])
def test_files_that_are_none_are_told_and_never_break(client, content):
    as_role(client, "coordinator")
    answer = send(client, ("vreemd.csv", content))
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert page.status_code == 200
    assert "vreemd.csv" in page.text


def test_no_file_and_no_form_are_told(client):
    as_role(client, "coordinator")
    for answer in (
        send(client),
        client.post("/aanbod/invoeren"),
        client.post("/aanbod/invoeren", data=b"x", content_type="multipart/form-data"),
    ):
        assert 400 <= answer.status_code < 500
        assert 'id="fouten"' in answer.text


def test_too_large_a_body_is_refused(client):
    as_role(client, "coordinator")
    answer = client.post("/aanbod/invoeren", headers={"Content-Length": str(60 * 1024 * 1024)})
    assert answer.status_code in (413, 422)


@pytest.mark.parametrize("path", ["zomaar", "%00", "a" * 200])
def test_an_upload_that_is_not_there_is_not_found(client, path):
    as_role(client, "coordinator")
    for end in ("", "/problemen.csv"):
        assert client.get(f"/aanbod/invoeren/{path}{end}").status_code == 404
    for end in ("overnemen", "weg", "paren"):
        assert client.post(f"/aanbod/invoeren/{path}/{end}").status_code == 404


def test_a_version_shows_what_changed_and_is_put_back(client):
    as_role(client, "coordinator")
    client.post(f"{send(client, ('club.csv', SHEET)).location}/overnemen")
    page = client.get("/aanbod/versies/1")
    assert "2 uit het aanbod" in text_of(page)
    version = re.search(r'name="version" value="(\d+)"', page.text)[1]
    client.post("/aanbod/versies/1/terug", data={"version": version})
    assert "Versie 1 is teruggezet" in text_of(client.get("/aanbod/versies"))
    assert client.post("/aanbod/versies/1/terug", data={"version": "x"}).status_code == 409
    for number in ("0", "99", "9" * 30):
        assert client.get(f"/aanbod/versies/{number}").status_code == 404


# The map, the words


def test_the_list_beside_the_map_says_what_the_map_says(client):
    page = client.get("/aanbod/kaart").text
    on_map = re.findall(r'class="number[^>]*>([A-Z]+)<', page)
    in_list = re.findall(r'class="offer-number">([A-Z]+)<', page)
    assert on_map == in_list
    counts = sum(int(n) for n in re.findall(r'<span class="small">(\d+) activiteit', page))
    aside = len(re.findall(r"<li>", page.split("</ol>")[1]))
    assert counts + aside == 125


def test_a_map_of_nothing_says_so(client):
    assert "Geen enkele plaats is bekend" in text_of(client.get("/aanbod/kaart?q=bestaatniet"))


def test_places_far_apart_and_places_unknown_are_told_too():
    away = [
        Activity(id="a", title="A", organiser="a", kind="sport", lat=-33.9, lon=151.2),
        Activity(id="b", title="B", organiser="b", kind="sport", postal_code="3020"),
        Activity(id="c", title="C", organiser="c", kind="sport"),
    ]
    page = create_app(office_of(away), clock=lambda: NOW).test_client().get("/aanbod/kaart")
    assert "Niet op de kaart" in page.text


def test_every_page_speaks_english_too_and_leaves_no_name_of_a_text(client):
    as_role(client, "coordinator")
    preview = send(client, ("club.csv", SHEET)).location
    paths = (
        "",
        f"/{BUDDY}",
        f"/{BUDDY}/wijzig",
        "/nieuw",
        "/bellijst",
        "/invoeren",
        "/versies",
        "/versies/1",
        "/kaart",
    )
    for path in [*(f"/aanbod{one}" for one in paths), preview]:
        page = client.get(f"{path}?lang=en")
        assert page.status_code == 200
        assert 'lang="en"' in page.text
        assert "offer_" not in text_of(page)


def test_sentences_have_fifteen_words_or_less():
    long = {
        name: part
        for name, (dutch, _) in TEXTS.items()
        for part in re.split(r"[.!?:](?:\s|$)", dutch)
        if len(part.split()) > 15
    }
    assert long == {}
