"""Pages in a real browser: how an app is served, and how a page is opened, worked with and looked at."""

import threading
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from api import create_app
from tests.machine import CHROMIUM
from tests.offices import NOW

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""What axe looks for: WCAG 2.2 AA, and what it advises besides."""
WIDE, PHONE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}, {"width": 320, "height": 640}
ENLARGED = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}
"""A window of 1280 by 1024 at 400%: 320 by 256, with four dots to each."""


@contextmanager
def serving(app):
    """Serve an app on a free port of this machine, and give its address."""
    server = make_server("127.0.0.1", 0, whole(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def whole(app):
    """Read an answer before it is sent: of a browser that leaves, this server leaves the file open."""

    def answer(environ, start_response):
        parts = app(environ, start_response)
        try:
            return [b"".join(parts)]
        finally:
            if hasattr(parts, "close"):
                parts.close()

    return answer


@pytest.fixture(scope="module")
def app(office):
    """Make the application of the office that a file of tests has."""
    return create_app(office, clock=lambda: NOW)


@pytest.fixture(scope="module")
def address(app):
    """Serve the application on a free port of this machine."""
    with serving(app) as url:
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


def window_of(browser, address, role, *, viewport=WIDE, script=True):
    """Open a window in which somebody works as a role."""
    context = browser.new_context(viewport=viewport, java_script_enabled=script)
    context.request.post(f"{address}/wie", form={"role": role})
    return context.new_page()


def unfold(page, folded="details"):
    """Open all that is folded."""
    page.evaluate("(found) => document.querySelectorAll(found).forEach(one => one.open = true)", folded)


def violations(page):
    """Return what axe finds against WCAG 2.2 AA, once the page has its styles: without, nothing has its size."""
    page.wait_for_load_state()
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]][:5]) for one in found]


def goes_sideways(page):
    """Tell whether something on a page is wider than the window."""
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def ask(page, address):
    """Fill in the request of somebody on the telephone, and ask for proposals."""
    page.goto(address)
    unfold(page)
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


class Keyboard:
    """A keyboard that counts."""

    def __init__(self, page):
        self.page, self.n_keys = page, 0

    def press(self, key):
        """Press a key, or some together."""
        self.page.keyboard.press(key)
        self.n_keys += 1

    def type(self, text):
        """Type a text."""
        self.page.keyboard.type(text)
        self.n_keys += len(text)

    def tab_to(self, selector, most=12):
        """Press Tab until something has the focus."""
        for _ in range(most):
            self.press("Tab")
            if self.page.evaluate("(one) => document.activeElement.matches(one)", selector):
                return
        raise AssertionError(f"{selector} is more than {most} keys away")
