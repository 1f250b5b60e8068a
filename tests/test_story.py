"""The whole story, in a real browser: from a question at the desk to forty hours, a bewijs and the overview."""

import re
from datetime import date, datetime, timedelta

import pytest

from api import create_app
from matcher.schedule import BRUSSELS
from tests.browsing import WIDE, Keyboard
from tests.herent import lived_in_office
from tests.offices import NOW

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Clock:
    """A clock that a story can move on."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now

    def move_to(self, day):
        self.now = datetime(day.year, day.month, day.day, 10, 15, tzinfo=BRUSSELS)


@pytest.fixture(scope="module")
def clock():
    return Clock()


@pytest.fixture(scope="module")
def app(clock):
    return create_app(lived_in_office(), clock=clock)


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def window(browser, request):
    context = browser.new_context(viewport=WIDE, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def work_as(window, role):
    """Choose a role in the head of the page."""
    window.locator(".role > summary").click()
    window.locator(f'.role input[value="{role}"]').check()
    window.locator(".role button").click()


def ask_by_keyboard(window):
    """Fill in three things and ask, without a mouse."""
    keys = Keyboard(window)
    keys.tab_to("#wishes", most=80)
    keys.type("Ik wil graag mijn Nederlands oefenen en mensen leren kennen.")
    keys.tab_to('[name="dutch_level"]', most=12)
    keys.press("Space")
    keys.tab_to("#postal_code", most=80)
    keys.type("3020")
    keys.press("Enter")
    window.wait_for_selector("#antwoord")
    keys.tab_to('[name="gekozen"]', most=250)
    keys.press("Space")
    keys.tab_to('[formaction="/bewaren"], [name="ook"]', most=40)
    keys.press("Enter")
    window.wait_for_selector(".code")
    return re.search(r"[0-9A-Z]{3}-[0-9A-Z]{4}", window.locator(".code").inner_text())[0]


def log_until_reached(window, address, code, clock):
    """Tick the sessions that lie behind us, month after month, until nothing is left of the forty hours."""
    for _ in range(24):
        clock.move_to(clock.now.date() + timedelta(days=28))
        window.goto(f"{address}/dossiers/{code}/uren")
        boxes = window.locator('input[name="dag"]')
        for n in range(boxes.count()):
            boxes.nth(n).check()
        if boxes.count():
            window.locator('button[value="noteer"]').click()
            if window.locator('input[name="bevestigd"]').count():
                window.locator('form:has(input[name="bevestigd"]) button').click()
        window.goto(f"{address}/dossiers/{code}")
        if "De 40 uur zijn bereikt" in window.content():
            return
    raise AssertionError("forty hours were never reached")


def reported_hours(window, address):
    window.goto(f"{address}/overzicht")
    return int(re.search(r"Van ([\d.]+) gemelde uren", window.content())[1].replace(".", ""))


def test_from_a_question_to_forty_hours_a_bewijs_and_the_overview(window, address, clock):
    clock.move_to(date(2026, 11, 23))
    window.goto(address)
    work_as(window, "coordinator")
    before = reported_hours(window, address)
    work_as(window, "desk")
    window.goto(address)
    code = ask_by_keyboard(window)

    work_as(window, "caseworker")
    window.goto(f"{address}/dossiers/{code}")
    assert "voorgesteld" in window.content().lower()
    for _ in range(3):  # several activities: one alone takes most of a year
        window.goto(f"{address}/dossiers/{code}/voorstellen")
        window.locator('form:has(input[value="proposed"]) button').first.click()
    for _ in range(3):
        window.goto(f"{address}/dossiers/{code}")
        window.locator('form:has(input[value="chosen"]) button').first.click()

    log_until_reached(window, address, code, clock)

    window.goto(f"{address}/dossiers/{code}/bewijs")
    window.locator('button[value="maak"]').first.click()
    assert re.search(r"/bewijs/\d+$", window.url)
    assert code in window.content()
    assert window.pdf().startswith(b"%PDF")
    pdf = window.context.request.get(window.url + ".pdf")
    assert pdf.status == 200
    assert pdf.body().startswith(b"%PDF")
    for state in ("signed", "back", "checked"):
        window.goto(f"{address}/dossiers/{code}/bewijs")
        window.locator(f'button[name="staat"][value="{state}"]').first.click()
    window.goto(f"{address}/dossiers/{code}/register")
    assert code in window.content()

    work_as(window, "coordinator")
    assert reported_hours(window, address) >= before + 34
