import pytest

from api import create_app
from tests.browsing import NARROW, PHONE, WIDE, goes_sideways, serving, unfold, violations, window_of
from tests.herent import herent_office
from tests.offices import NOW

pytestmark = pytest.mark.browser

BUDDY = "buddy-herent-nieuwkomer"
HEAD = "id;titel;organisatie;soort;dag en uur;plaats;postcode"
REST = "Zang vzw;cultuur;ma 19:30-21:30;GC De Wildeman;3020"
FILES = {
    "een.csv": f"{HEAD}\na;Wereldkoor;{REST}\nb;Naaien;Femma;cursus;dinsdag;;",
    "twee.csv": f"{HEAD}\nc;World singers;{REST}",
}
PAGES = (
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
KEYS_MOST = 200
"""A new activity in five fields takes so many keys at most: typing, and Tab from field to field."""


@pytest.fixture
def address():
    """Serve the demonstration offer to one test alone: it changes the records."""
    with serving(create_app(herent_office(), clock=lambda: NOW)) as url:
        yield url


@pytest.fixture
def page(browser, address):
    """Open a window of a coordinator."""
    page = window_of(browser, address, "coordinator")
    yield page
    page.context.close()


def send(page, address):
    """Send files that hold a doubtful pair and a problem, and return the address of what they come to."""
    page.goto(f"{address}/aanbod/invoeren")
    files = [{"name": name, "mimeType": "text/csv", "buffer": text.encode()} for name, text in FILES.items()]
    page.set_input_files("#files", files)
    page.locator(".offer-form button").click()
    page.wait_for_url("**/invoeren/*")
    return page.url


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_page_of_the_offer_has_a_violation_or_goes_sideways(page, address, lang):
    preview = send(page, address)
    found = {}
    for path in [*(f"{address}/aanbod{one}" for one in PAGES), preview]:
        for viewport in (WIDE, PHONE, NARROW):
            page.set_viewport_size(viewport)
            page.goto(f"{path}?lang={lang}")
            unfold(page, "main details")
            wrong = [*violations(page), *(["sideways"] if goes_sideways(page) else [])]
            if wrong:
                found[path, viewport["width"]] = wrong
    assert found == {}


def test_a_map_that_is_cut_off_says_that_it_can_be_moved(page, address):
    page.goto(f"{address}/aanbod/kaart")
    for viewport in (PHONE, WIDE):
        page.set_viewport_size(viewport)
        is_cut = page.evaluate(
            "(one => one.scrollWidth > one.clientWidth)(document.querySelector('.offer-ground'))"
        )
        assert page.locator(".offer-pan").is_visible() == is_cut == (viewport is PHONE)


def test_a_new_activity_goes_in_by_keyboard_alone(page, address):
    page.goto(f"{address}/aanbod/nieuw")
    keys = 0
    for text in (
        "Kantklossen",
        "Femma Herent",
        "c",  # the first letter chooses 'cursus'
        "elke dinsdag 19u-21u",
        "Bib Herent, Wilselsesteenweg 15, 3020, 016 21 14 40",
    ):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
        keys += len(text) + 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/kantklossen-femma-herent")
    assert "elke dinsdag van 19.00 tot 21.00 uur" in page.inner_text(".done")
    assert keys + 1 <= KEYS_MOST


def test_an_error_takes_the_focus_and_leads_to_its_field(page, address):
    page.goto(f"{address}/aanbod/nieuw")
    page.keyboard.type("Kantklossen")
    page.keyboard.press("Enter")
    page.wait_for_selector("#fouten")
    assert page.evaluate("document.activeElement.id") == "fouten"
    assert violations(page) == []
    page.locator('#fouten a[href="#organiser"]').click()
    assert page.evaluate("document.activeElement.id") == "organiser"
    assert page.input_value("#title") == "Kantklossen"


def test_calls_are_noted_without_script_at_the_same_place(browser, address):
    context = browser.new_context(java_script_enabled=False, viewport=WIDE)
    page = context.new_page()
    page.goto(f"{address}/aanbod/bellijst")
    fifth = page.locator(".offer-calls > li").nth(4)
    title = fifth.locator("h2").inner_text()
    fifth.locator("button").first.click()
    assert page.url.endswith("#gedaan")
    assert title in page.locator("#gedaan").inner_text()
    assert 0 <= page.locator("#gedaan").bounding_box()["y"] < WIDE["height"]
    assert title not in page.locator(".offer-calls h2").all_inner_texts()
    context.close()


def test_files_are_imported_and_put_back_by_hand(page, address):
    send(page, address)
    page.locator('input[name="pair-0"][value="same"]').check()
    page.get_by_role("button", name="Bewaar de keuzes").click()
    assert "2 nieuw" in page.inner_text("main")
    page.get_by_role("button", name="Neem over").click()
    assert "Overgenomen als versie 2" in page.inner_text(".done")
    page.get_by_role("link", name="Versie 1").click()
    page.get_by_role("button", name="Zet versie 1 terug").click()
    assert "Versie 1 is teruggezet, als nieuwe versie 3" in page.inner_text(".done")
