"""The desk as a person works with it: by keyboard, without a script, on a telephone, enlarged four times."""

import time

import pytest

from tests.browsing import ENLARGED, NARROW, PHONE, WIDE, Keyboard, ask, goes_sideways, violations
from tests.herent import lived_in_office

pytestmark = pytest.mark.browser

SIZES = {
    "wide": {"viewport": WIDE},
    "phone": {"viewport": PHONE},
    "narrow": {"viewport": NARROW},
    "enlarged": ENLARGED,
}
KEYS_MOST, SECONDS_MOST = 60, 30.0


@pytest.fixture(scope="module")
def office():
    return lived_in_office()


@pytest.fixture(params=SIZES)
def page(browser, request):
    """Open a window of some size, that fails on an error of the page."""
    context = browser.new_context(**SIZES[request.param])
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def wide(browser):
    context = browser.new_context(**SIZES["wide"])
    yield context.new_page()
    context.close()


def count_dossiers(office):
    with office.store.reading() as work:
        return len(work.dossiers.of(["herent"]))


def is_sound(page):
    """Tell whether axe finds nothing, and nothing scrolls sideways."""
    assert violations(page) == []
    return not goes_sideways(page)


def press(page, path):
    """Press the button that sends the request to a path."""
    page.locator(f'button[formaction="{path}"]:not([name])').click()


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_page_of_the_desk_is_sound_at_every_size(page, address, lang):
    ask(page, f"{address}/?lang={lang}")
    page.check("#kies-1")
    page.check("#kies-2")
    assert is_sound(page)
    page.fill("#zoek", "voetbla")
    page.click("#zoek-knop")
    page.wait_for_selector(".hits")
    assert is_sound(page)
    press(page, "/vergelijk")
    page.wait_for_selector(".beside-table")
    assert page.evaluate("document.documentElement.lang") == lang
    assert is_sound(page)
    press(page, "/mailtekst")
    page.wait_for_selector("#mail")
    assert is_sound(page)
    page.locator("#vraag .buttons .button").first.click()
    page.wait_for_selector("#antwoord")
    assert page.is_checked("#kies-1")
    press(page, "/bewaren")
    page.wait_for_selector(".code")
    assert is_sound(page)


def test_from_an_empty_form_to_a_dossier_by_keyboard_alone(wide, address, office):
    """The story of somebody on the telephone: sews, speaks a little, is free in the daytime, lives in Herent."""
    before, keys = count_dossiers(office), Keyboard(wide)
    wide.goto(address)
    start = time.monotonic()
    keys.press("Tab")
    keys.press("Enter")
    keys.tab_to("#zoek-interesse")
    keys.type("naaien")
    keys.press("Enter")
    keys.tab_to('[href="#wishes"]')
    keys.press("Enter")
    keys.tab_to('[name="dutch_level"]')
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.tab_to('[value="workdays"]')
    keys.press("Enter")
    keys.tab_to('[href="#postal_code"]')
    keys.press("Enter")
    keys.type("3020")
    keys.press("Enter")
    wide.wait_for_selector("#antwoord")
    assert wide.is_checked('[name="dutch_level"][value="A1"]')
    keys.tab_to('[name="gekozen"]')
    keys.press("Space")
    keys.tab_to('[name="ook"]')
    keys.press("Enter")
    wide.wait_for_selector(".code")
    seconds = time.monotonic() - start
    assert count_dossiers(office) == before + 1
    assert keys.n_keys <= KEYS_MOST
    assert seconds < SECONDS_MOST


def test_the_focus_is_never_hidden_by_the_bar(wide, address):
    ask(wide, address)
    wide.focus("#antwoord")
    for _ in range(25):
        wide.keyboard.press("Tab")
        hidden = wide.evaluate(
            """() => {
              const one = document.activeElement, bar = document.querySelector(".chosen-bar");
              if (bar.contains(one)) return false;
              const a = one.getBoundingClientRect(), b = bar.getBoundingClientRect();
              return a.bottom > b.top && a.top < b.bottom && a.left < b.right && a.right > b.left;
            }"""
        )
        assert not hidden


def test_the_desk_works_without_script(browser, address, office):
    before = count_dossiers(office)
    context = browser.new_context(java_script_enabled=False, **SIZES["wide"])
    page = context.new_page()
    page.goto(address)
    page.fill('textarea[name="wishes"]', "Ik naai graag.")
    page.locator(".send button").click()
    page.check("#kies-1")
    page.check("#kies-2")
    press(page, "/vergelijk")
    assert page.locator(".beside-table td").count() == 24
    press(page, "/mailtekst")
    assert "Dag," in page.input_value("#mail")
    page.locator("#vraag .buttons .button").first.click()
    assert page.is_checked("#kies-2")
    page.fill("#zoek", "voetbla")
    page.click("#zoek-knop")
    assert "Voetbal voor het plezier" in page.inner_text(".hits")
    press(page, "/bewaren")
    assert page.locator(".code").count() == 1
    assert count_dossiers(office) == before + 1
    context.close()


def test_a_double_click_saves_one_dossier(wide, address, office):
    before = count_dossiers(office)
    ask(wide, address)
    wide.locator('button[formaction="/bewaren"]:not([name])').dblclick()
    wide.wait_for_selector(".code")
    assert count_dossiers(office) == before + 1


def test_on_a_telephone_the_request_folds_into_a_line(browser, address):
    context = browser.new_context(**SIZES["phone"])
    page = context.new_page()
    ask(page, address)
    assert page.evaluate("document.querySelector('#request').open") is False
    assert "Naaien en textiel" in page.inner_text(".request-line")
    page.click("#request > summary")
    assert page.is_visible(".send button")
    context.close()


def test_the_text_of_the_mail_can_be_copied(wide, address):
    wide.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(wide, address)
    wide.check("#kies-1")
    press(wide, "/mailtekst")
    wide.click("[data-copy]")
    wide.wait_for_selector("text=Gekopieerd.")
    assert wide.evaluate("navigator.clipboard.readText()") == wide.input_value("#mail")
