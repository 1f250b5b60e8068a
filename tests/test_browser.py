import pytest

from tests.browsing import PHONE, WIDE, ask, goes_sideways, unfold, violations
from tests.herent import herent_office

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def office():
    return herent_office()


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


def test_the_request_has_no_violation(page, address):
    page.goto(address)
    assert violations(page) == []


def test_the_whole_request_unfolded_has_no_violation(page, address):
    page.goto(address)
    unfold(page)
    assert violations(page) == []


def test_the_answer_has_no_violation(page, address):
    ask(page, address)
    unfold(page)
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
    unfold(page)
    assert not goes_sideways(page)


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
    unfold(page)
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
