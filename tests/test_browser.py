import threading
from contextlib import contextmanager
from datetime import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from api import create_app
from matcher import data_folder, read_offer
from matcher.schedule import BRUSSELS
from tests.machine import CHROMIUM
from tests.offices import office_of

pytestmark = pytest.mark.browser

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=BRUSSELS)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, PHONE = {"width": 1400, "height": 1000}, {"width": 390, "height": 844}


@contextmanager
def serving(office, *, clock=lambda: NOW):
    """Serve an office on a free port of this machine."""
    server = make_server("127.0.0.1", 0, create_app(office, clock=clock), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def address():
    """Serve the demonstration offer."""
    activities, _ = read_offer(data_folder() / "herent_offer.csv")
    with serving(office_of(activities)) as url:
        yield url


@pytest.fixture(scope="module")
def browser():
    """Start a real Chromium; a machine without one cannot tell what a person would see."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(params=["wide", "phone"])
def page(browser, request):
    """Open a window, wide or as wide as a phone, that fails on an error of the page."""
    context = browser.new_context(viewport=WIDE if request.param == "wide" else PHONE)
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: (
            errors.append(message.text) if message.type == "error" and "422" not in message.text else None
        ),
    )
    yield page
    context.close()
    assert errors == []


def ask(page, address):
    """Fill in the request of somebody on the telephone, and ask for proposals."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.check('input[name="interests"][value="sewing"]')
    page.check('input[name="interests"][value="cooking"]')
    page.fill('textarea[name="wishes"]', "Ik wil graag mensen leren kennen.")
    page.check('input[name="dutch_level"][value="A1"]')
    for day in ("ma", "di", "wo", "do", "vr"):
        page.check(f'input[name="week"][value="{day}-afternoon"]')
    page.fill('input[name="postal_code"]', "3020")
    page.check('input[name="transport"][value="bike"]')
    page.locator(".send button").click()
    page.wait_for_selector("#antwoord")


def violations(page):
    """Return what axe finds against WCAG 2.2 AA."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]][:5]) for one in found]


def test_the_request_has_no_violation(page, address):
    page.goto(address)
    assert violations(page) == []


def test_the_whole_request_unfolded_has_no_violation(page, address):
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations(page) == []


def test_the_answer_has_no_violation(page, address):
    ask(page, address)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations(page) == []


def test_the_description_of_the_api_has_no_violation(page, address):
    page.goto(f"{address}/api/docs")
    assert violations(page) == []


def test_the_page_in_english_has_no_violation(page, address):
    page.goto(f"{address}/?lang=en")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert violations(page) == []


def test_nothing_scrolls_sideways(page, address):
    ask(page, address)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_an_answer_comes_by_keyboard_alone(page, address):
    page.goto(address)
    page.keyboard.press("Tab")
    assert "inhoud" in page.evaluate("document.activeElement.getAttribute('href')")
    wishes = page.locator('textarea[name="wishes"]')
    for _ in range(60):
        page.keyboard.press("Tab")
        if wishes.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.type("Ik naai graag.")
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.send') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("#antwoord")
    assert "activiteiten passen" in page.inner_text("main")


def test_an_error_takes_the_focus_and_nothing_is_lost(page, address):
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.fill('textarea[name="wishes"]', "Ik naai graag.")
    page.fill('input[name="age"]', "veel")
    page.locator(".send button").click()
    page.wait_for_selector("#fouten")
    assert page.evaluate("document.activeElement.id") == "fouten"
    assert page.input_value('textarea[name="wishes"]') == "Ik naai graag."
    assert violations(page) == []


def test_the_request_works_without_script(browser, address):
    context = browser.new_context(java_script_enabled=False, viewport=WIDE)
    page = context.new_page()
    page.goto(address)
    page.fill('textarea[name="wishes"]', "Ik naai graag.")
    page.locator(".send button").click()
    assert "voorstellen" in page.inner_text("main")
    assert "naaien en textiel" in page.inner_text("main")
    context.close()
