import re
import threading
from datetime import date

import pytest
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from matcher import data_folder, read_activity, read_offer
from tests.paper_desk import CODE, PaperDesk, tuesdays
from tests.test_browser import CHROMIUM, violations

pytestmark = pytest.mark.browser

A4 = {(595, 842)}
WIDTHS = {"wide": 1280, "phone": 390, "narrow": 320}
LONG = {
    "organiser": "Vereniging voor Ontmoeting en Taal",
    "kind": "association",
    "schedule": "di 19:00-21:00; do 19:00-21:00; za 10:00-12:00",
    "start_date": "2026-09-01",
    "place": "Ontmoetingscentrum De Wildeman, zaal boven",
    "address": "Schoolstraat 15",
    "postal_code": "3020",
    "municipality": "Herent",
    "lat": 50.9088,
    "lon": 4.6716,
    "price_eur": 2.5,
    "reduced_price_eur": 0.5,
    "fee_eur": 30,
    "registration": "Schrijf in bij de balie van het vrijetijdscentrum",
    "phone": "016 21 14 30",
    "email": "ontmoeting@voorbeeld-vereniging.example",
    "url": "https://www.voorbeeld-vereniging.example/ontmoeting/inschrijven",
}


@pytest.fixture(scope="module")
def desk():
    """Keep a dossier with hours, corrections and proofs in each state."""
    activities, _ = read_offer(data_folder() / "herent_offer.csv")
    chosen = [one.id for one in activities if one.schedule and not one.schedule.only_once][:3]
    long = [
        read_activity(
            {
                "id": f"lang-{n}",
                "title": f"Samenkomst voor nieuwe buren {n}",
                **LONG,
                "place": f"Ontmoetingscentrum De Wildeman, zaal {n}",
                "price_eur": price,
                "registration": f"Schrijf in bij de balie van het vrijetijdscentrum {n}",
            }
        )
        for n, price in (("a", 2.5), ("b", 3), ("c", 4))
    ]
    desk = PaperDesk([*activities, *long])
    for one in chosen:
        desk.choose(one)
    dossier = desk.log(chosen[0], *tuesdays(4))
    desk.correct(dossier.hours[0].number, 1.5)
    desk.correct(dossier.hours[1].number, 0)
    desk.number = desk.prove(chosen[0], "signed", "checked")
    desk.log(chosen[1], date(2026, 11, 20), hours=4.5)
    desk.prove(chosen[1])
    return desk


@pytest.fixture(scope="module")
def address(desk):
    """Serve the dossier on a free port of this machine."""
    server = make_server("127.0.0.1", 0, desk.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    """Start a real Chromium; a machine without one cannot tell what a person would see."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install it to run the browser tests")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


def open_page(browser, address, *, width=1280, script=True):
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    context.request.post(f"{address}/wie", form={"role": "caseworker"})
    return context.new_page()


def pages_of(desk):
    return (
        "uren",
        "bewijs",
        f"bewijs/{desk.number}",
        "register",
        "handout?taal=ar",
        "handout",
        "agenda",
    )


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_has_a_violation_or_scrolls_sideways(browser, address, desk, lang, width):
    page = open_page(browser, address, width=WIDTHS[width])
    for path in pages_of(desk):
        page.goto(f"{address}/dossiers/{CODE}/{path}{'&' if '?' in path else '?'}lang={lang}")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
    page.context.close()


def n_printed(page):
    """Return how many pages Chromium prints, and their size in points."""
    printed = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    return len(boxes), {(round(float(width)), round(float(height))) for width, height in boxes}


@pytest.mark.parametrize("tongue", ["", "en", "fr", "uk", "ar", "tr"])
@pytest.mark.parametrize("ids", [("lang-a",), ("lang-a", "lang-b"), ("lang-a", "lang-b", "lang-c")])
def test_a_handout_of_activities_with_much_to_tell_prints_on_one_page(browser, address, tongue, ids):
    page = open_page(browser, address)
    query = "&".join([f"taal={tongue}", *(f"activiteit={one}" for one in ids)])
    page.goto(f"{address}/dossiers/{CODE}/handout?{query}")
    assert n_printed(page) == (1, A4)
    page.emulate_media(media="print")
    sizes = page.evaluate(
        "[...document.querySelectorAll('.handout :not(.made-up, .made-up *)')]"
        ".map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) * 72 / 96 >= 13.9
    page.context.close()


def test_a_proof_and_the_register_print_on_one_page_without_the_frame(browser, address, desk):
    page = open_page(browser, address)
    for path in (f"bewijs/{desk.number}", "register"):
        page.goto(f"{address}/dossiers/{CODE}/{path}")
        assert n_printed(page) == (1, A4), path
        page.emulate_media(media="print")
        assert not page.is_visible("nav")
        assert not page.is_visible("footer")
    page.context.close()


def test_hours_are_logged_by_keyboard_and_without_a_script(browser, address, desk):
    page = open_page(browser, address, script=False)
    page.goto(f"{address}/dossiers/{CODE}/uren")
    page.locator('input[name="dag"]').first.focus()
    page.keyboard.press("Space")
    page.locator('button[value="noteer"]').focus()
    page.keyboard.press("Enter")
    assert "uur genoteerd." in page.inner_text("main")
    page.context.close()


def test_an_error_takes_the_focus(browser, address):
    page = open_page(browser, address)
    page.goto(f"{address}/dossiers/{CODE}/uren")
    page.locator('button[value="schrijf"]').click()
    page.wait_for_selector("#fouten")
    assert page.evaluate("document.activeElement.id") == "fouten"
    assert violations(page) == []
    page.context.close()


def test_a_doubled_entry_asks_in_a_box_that_takes_the_focus(browser, address, desk):
    page = open_page(browser, address, width=320)
    page.goto(f"{address}/dossiers/{CODE}/uren")
    page.locator('select[name="activiteit"]').select_option(index=2)
    page.fill("#datum", "2026-11-20")
    page.fill("#uren", "2")
    page.locator('button[value="schrijf"]').click()
    page.wait_for_selector("#fouten")
    assert page.evaluate("document.activeElement.id") == "fouten"
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.context.close()


def test_a_calendar_link_is_shown_in_a_box(browser, address):
    page = open_page(browser, address, width=320)
    page.goto(f"{address}/dossiers/{CODE}/agenda")
    page.locator('button[value="maak"]').click()
    assert re.fullmatch(rf"{address}/agenda/[\w-]{{43}}\.ics", page.inner_text("#link"))
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.context.close()
