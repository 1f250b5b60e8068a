import pytest

from tests.browsing import NARROW, goes_sideways, unfold, violations, window_of
from tests.herent import steered_office

pytestmark = pytest.mark.browser

PAGES = [
    ("coordinator", "/overzicht"),
    ("coordinator", "/overzicht?van=x"),
    ("analyst", "/overzicht/hiaten"),
    ("caseworker", "/overzicht/plaatsen"),
    ("caseworker", "/overzicht/plaatsen?verdeel=ja&groep=1"),
]


@pytest.fixture(scope="module")
def office():
    return steered_office()


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(("role", "path"), PAGES)
def test_no_page_of_the_overview_has_a_violation(browser, address, role, path, lang):
    page = window_of(browser, address, role)
    page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={lang}")
    assert page.evaluate("document.documentElement.lang") == lang
    unfold(page, "main details")
    assert violations(page) == []
    page.context.close()


@pytest.mark.parametrize(("role", "path"), PAGES)
def test_at_320_pixels_nothing_scrolls_sideways(browser, address, role, path):
    page = window_of(browser, address, role, viewport=NARROW)
    page.goto(f"{address}{path}")
    unfold(page, "main details")
    assert not goes_sideways(page)
    page.context.close()


def test_a_plot_is_told_in_words_and_has_its_table_one_click_away(browser, address):
    page = window_of(browser, address, "coordinator")
    page.goto(f"{address}/overzicht")
    for figure in page.locator(".figure:has(svg)").all():
        title = figure.locator("h3").inner_text()
        assert figure.locator("svg title").text_content() == title
        assert not figure.locator("table").is_visible()
        figure.locator("summary").click()
        assert figure.locator("table").is_visible()
    page.context.close()


def test_on_paper_the_plots_are_dark_on_white_and_the_form_is_gone(browser, address):
    page = window_of(browser, address, "coordinator")
    page.goto(f"{address}/overzicht")
    page.emulate_media(media="print")
    assert not page.locator(".period").is_visible()
    assert page.locator(".figure svg").first.is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.bar-part')).fill") == "rgb(85, 85, 85)"
    page.context.close()


def test_places_are_shared_out_ticked_and_proposed_by_keyboard_alone(browser, address):
    page = window_of(browser, address, "caseworker")
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
