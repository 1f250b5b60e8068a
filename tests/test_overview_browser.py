import random
import threading
from datetime import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from werkzeug.serving import make_server

from api import create_app
from matcher import data_folder, read_offer
from matcher.schedule import BRUSSELS
from tests.offices import office_of
from tests.test_browser import WCAG, browser  # noqa: F401
from tests.tracks import fill

pytestmark = pytest.mark.browser

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=BRUSSELS)
PAGES = [
    ("coordinator", "/overzicht"),
    ("coordinator", "/overzicht?van=x"),
    ("analyst", "/overzicht/hiaten"),
    ("caseworker", "/overzicht/plaatsen"),
    ("caseworker", "/overzicht/plaatsen?verdeel=ja&groep=1"),
]


@pytest.fixture(scope="module")
def address():
    """Serve a municipality of 60 people on a free port of this machine."""
    activities, _ = read_offer(data_folder() / "herent_offer.csv")
    office = office_of(activities)
    fill(office, random.Random(4), activities[:20], n=60, today=NOW.date())
    server = make_server("127.0.0.1", 0, create_app(office, clock=lambda: NOW), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def window(browser, address, role, *, width=1280):  # noqa: F811
    """Open a window in which somebody works as a role."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.request.post(f"{address}/wie", form={"role": role})
    return context.new_page()


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(("role", "path"), PAGES)
def test_no_page_of_the_overview_has_a_violation(browser, address, role, path, lang):  # noqa: F811
    page = window(browser, address, role)
    page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={lang}")
    assert page.evaluate("document.documentElement.lang") == lang
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:5]) for one in found] == []
    page.context.close()


@pytest.mark.parametrize(("role", "path"), PAGES)
def test_at_320_pixels_nothing_scrolls_sideways(browser, address, role, path):  # noqa: F811
    page = window(browser, address, role, width=320)
    page.goto(f"{address}{path}")
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.context.close()


def test_a_plot_is_told_in_words_and_has_its_table_one_click_away(browser, address):  # noqa: F811
    page = window(browser, address, "coordinator")
    page.goto(f"{address}/overzicht")
    for figure in page.locator(".figure:has(svg)").all():
        title = figure.locator("h3").inner_text()
        assert figure.locator("svg title").text_content() == title
        assert not figure.locator("table").is_visible()
        figure.locator("summary").click()
        assert figure.locator("table").is_visible()
    page.context.close()


def test_on_paper_the_plots_are_dark_on_white_and_the_form_is_gone(browser, address):  # noqa: F811
    page = window(browser, address, "coordinator")
    page.goto(f"{address}/overzicht")
    page.emulate_media(media="print")
    assert not page.locator(".period").is_visible()
    assert page.locator(".figure svg").first.is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.bar-part')).fill") == "rgb(85, 85, 85)"
    page.context.close()


def test_places_are_shared_out_ticked_and_proposed_by_keyboard_alone(browser, address):  # noqa: F811
    page = window(browser, address, "caseworker")
    page.goto(f"{address}/overzicht/plaatsen")
    page.locator("#doel").focus()
    page.keyboard.press("ArrowDown")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".shared")
    page.locator(".shared input").first.focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Space")
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.propose') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".done")
    assert "1 voorstel is genoteerd." in page.inner_text("main")
    page.context.close()
