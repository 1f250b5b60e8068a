"""The pages of a dossier in a real browser: by keyboard, without script, on a narrow screen, for everybody."""

from datetime import timedelta

import pytest

from matcher.service.dossiers import rank_shortlist
from tests.browsing import NARROW, WIDE, goes_sideways, unfold, violations
from tests.dossier_desk import NOW, TODAY, Desk
from tests.herent import herent_offer

pytestmark = pytest.mark.browser

PAGES = ("", "/voorstellen", "/week", "/plan", "/eigen-voorstel", "/profiel", "/verwijder")
PROFILE = {
    "home": {"postal_code": "3020"},
    "interests": ["cooking", "sewing"],
    "transport": "bike",
    "max_distance_km": 8,
    "availability": ["ma 08:00-17:30", "di 08:00-22:00", "wo 08:00-12:00", "do 08:00-17:30"],
    "hours_done": 6,
}


def lived_in(desk):
    """Let a dossier hold something of everything; return the ids of its activities."""
    found = rank_shortlist(desk.office, desk.dossier(), now=NOW, k=6)
    ids = [one["activity_id"] for one in found["suggestions"]]
    before = NOW - timedelta(days=20)
    for one in ids:
        desk.note("outcome", activity_id=one, outcome="proposed", at=before)
    visit = {"visit_on": str(TODAY - timedelta(days=3)), "companion": "companion", "arranged_by": "volunteer"}
    desk.note("outcome", activity_id=ids[0], outcome="visit_planned", at=before, **visit)
    desk.note("outcome", activity_id=ids[1], outcome="chosen", at=before)
    desk.note("outcome", activity_id=ids[2], outcome="attended", at=before)
    desk.note("hours", activity_id=ids[2], on=str(TODAY - timedelta(days=7)), hours=2.5)
    desk.note("outcome", activity_id=ids[3], outcome="declined", reason="times")
    own = {"title": "Koken met de buren", "schedule": "di 19:30-21:30", "group_min": 3, "group_max": 8}
    desk.note("own_activity", proposal=own, knows_people=False)
    desk.note("decision", activity_id="eigen-1", decision="fits")
    desk.note("outcome", activity_id="eigen-1", outcome="chosen")
    desk.note("own_activity", proposal={"title": "Schaken"})
    return ids


@pytest.fixture(scope="module")
def desk():
    desk = Desk(activities=herent_offer(), profile=PROFILE)
    lived_in(desk)
    return desk


@pytest.fixture(scope="module")
def app(desk):
    return desk.app


@pytest.fixture
def opened(browser, address, desk):
    """Return a function that opens a window as a caseworker; no error of a page goes unseen."""
    contexts, errors = [], []

    def open_window(viewport, *, script=True):
        context = browser.new_context(viewport=viewport, java_script_enabled=script)
        contexts.append(context)
        cookie = desk.client.get_cookie("session")
        context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert [one for one in errors if "422" not in one] == []


@pytest.mark.parametrize("path", ["list", *PAGES])
@pytest.mark.parametrize(("viewport", "lang"), [(WIDE, "nl"), (NARROW, "nl"), (NARROW, "en")])
def test_a_page_unfolded_has_no_violation_and_does_not_scroll_sideways(
    opened, address, desk, path, viewport, lang
):
    page = opened(viewport)
    where = "/dossiers" if path == "list" else f"/dossiers/{desk.code}{path}"
    page.goto(f"{address}{where}?lang={lang}")
    assert page.evaluate("document.documentElement.lang") == lang
    unfold(page)
    assert not goes_sideways(page)
    assert violations(page) == []


def test_an_error_takes_the_focus_and_has_no_violation(opened, address, desk):
    page = opened(NARROW)
    page.goto(f"{address}/dossiers/{desk.code}?lang=nl")
    page.get_by_text("Plan het eerste bezoek").first.click()
    page.locator("details[open] button").first.click()
    page.wait_for_selector("#fouten")
    assert page.evaluate("document.activeElement.id") == "fouten"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id").startswith("visit_on-")
    assert violations(page) == []


def tab_to(page, text, *, most=150):
    """Press Tab until the focus is on what starts with a text."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()").startswith(text):
            return
    pytest.fail(f"Tab never comes to {text!r}")


def test_propose_choose_and_plan_a_visit_by_keyboard_alone(opened, address, desk):
    code = desk.open(seed=77, **PROFILE)
    page = opened(WIDE)
    page.goto(f"{address}/dossiers?lang=nl")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "code":
            break
    page.keyboard.type(code.lower().replace("-", " "))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/dossiers/{code}")
    tab_to(page, "Bekijk de voorstellen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/voorstellen")
    tab_to(page, "Stel voor")
    page.keyboard.press("Enter")
    page.wait_for_selector(".done")
    assert desk.dossier(code).followed[0].outcome == "proposed"
    tab_to(page, "Kies")
    page.keyboard.press("Enter")
    page.wait_for_selector(".done")
    assert [one.outcome for one in desk.dossier(code).followed] == ["chosen"]
    page.goto(f"{address}/dossiers/{code}")
    tab_to(page, "Plan het eerste bezoek")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("12012026")
    tab_to(page, "Noteer het bezoek")
    page.keyboard.press("Enter")
    page.wait_for_selector(".done")
    assert str(desk.dossier(code).followed[0].visit_on) == "2026-12-01"


def test_the_main_path_works_without_script(opened, address, desk):
    code = desk.open(seed=78, **PROFILE)
    page = opened(NARROW, script=False)
    page.goto(f"{address}/dossiers/{code}/voorstellen?lang=nl")
    page.locator(".card").first.get_by_role("button", name="Kies").click()
    assert "Genoteerd: Gekozen" in page.inner_text(".done")
    page.goto(f"{address}/dossiers/{code}")
    page.get_by_text("Stopt ermee").click()
    page.get_by_label("Te ver").check()
    page.locator("details[open]").get_by_role("button", name="Noteer").click()
    assert desk.dossier(code).followed[0].reason == "too_far"
    page.get_by_role("button", name="Maak de laatste stap ongedaan").click()
    assert desk.dossier(code).followed[0].outcome == "chosen"
    page.goto(f"{address}/dossiers/{code}/plan")
    page.get_by_role("button", name="Kies deze activiteiten").first.click()
    assert len(desk.dossier(code).joined) > 1
    page.goto(f"{address}/dossiers/{code}/profiel")
    page.get_by_role("button", name="avonden").click()
    page.get_by_role("button", name="Bewaar").last.click()
    assert "vr 17:30-22:30" in desk.dossier(code).profile.availability.texts()


def test_on_paper_the_week_has_no_buttons_and_stays_whole(opened, address, desk):
    page = opened(WIDE)
    page.goto(f"{address}/dossiers/{desk.code}/week?lang=nl")
    page.emulate_media(media="print")
    assert not page.locator(".tabs").is_visible()
    assert page.locator(".weekplan").is_visible()
