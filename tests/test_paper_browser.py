import re
from datetime import date

import pytest

from matcher import read_activity
from tests.browsing import NARROW, PHONE, WIDE, goes_sideways, unfold, violations, window_of
from tests.herent import herent_offer
from tests.paper_desk import CODE, PaperDesk, tuesdays

pytestmark = pytest.mark.browser

A4 = {(595, 842)}
SIZES = {"wide": WIDE, "phone": PHONE, "narrow": NARROW}
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
    activities = herent_offer()
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
def app(desk):
    return desk.app


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
@pytest.mark.parametrize("size", SIZES)
def test_no_page_has_a_violation_or_scrolls_sideways(browser, address, desk, lang, size):
    page = window_of(browser, address, "caseworker", viewport=SIZES[size])
    for path in pages_of(desk):
        page.goto(f"{address}/dossiers/{CODE}/{path}{'&' if '?' in path else '?'}lang={lang}")
        unfold(page)
        assert violations(page) == [], path
        assert not goes_sideways(page), path
    page.context.close()


def n_printed(page):
    """Return how many pages Chromium prints, and their size in points."""
    printed = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    return len(boxes), {(round(float(width)), round(float(height))) for width, height in boxes}


@pytest.mark.parametrize("tongue", ["", "en", "fr", "uk", "ar", "tr"])
@pytest.mark.parametrize("ids", [("lang-a",), ("lang-a", "lang-b"), ("lang-a", "lang-b", "lang-c")])
def test_a_handout_of_activities_with_much_to_tell_prints_on_one_page(browser, address, tongue, ids):
    page = window_of(browser, address, "caseworker")
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
    page = window_of(browser, address, "caseworker")
    for path in (f"bewijs/{desk.number}", "register"):
        page.goto(f"{address}/dossiers/{CODE}/{path}")
        assert n_printed(page) == (1, A4), path
        page.emulate_media(media="print")
        assert not page.is_visible("nav")
        assert not page.is_visible("footer")
    page.context.close()


def test_hours_are_logged_by_keyboard_and_without_a_script(browser, address, desk):
    page = window_of(browser, address, "caseworker", script=False)
    page.goto(f"{address}/dossiers/{CODE}/uren")
    page.locator('input[name="dag"]').first.focus()
    page.keyboard.press("Space")
    page.locator('button[value="noteer"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".done")
    assert "uur genoteerd." in page.inner_text("main")
    page.context.close()


def test_an_error_takes_the_focus(browser, address):
    page = window_of(browser, address, "caseworker")
    page.goto(f"{address}/dossiers/{CODE}/uren")
    page.locator('button[value="schrijf"]').click()
    page.wait_for_selector("#fouten")
    assert page.evaluate("document.activeElement.id") == "fouten"
    assert violations(page) == []
    page.context.close()


def test_a_doubled_entry_asks_in_a_box_that_takes_the_focus(browser, address, desk):
    page = window_of(browser, address, "caseworker", viewport=NARROW)
    page.goto(f"{address}/dossiers/{CODE}/uren")
    page.locator('select[name="activiteit"]').select_option(index=2)
    page.fill("#datum", "2026-11-20")
    page.fill("#uren", "2")
    page.locator('button[value="schrijf"]').click()
    page.wait_for_selector("#fouten")
    assert page.evaluate("document.activeElement.id") == "fouten"
    assert violations(page) == []
    assert not goes_sideways(page)
    page.context.close()


def test_a_calendar_link_is_shown_in_a_box(browser, address):
    page = window_of(browser, address, "caseworker", viewport=NARROW)
    page.goto(f"{address}/dossiers/{CODE}/agenda")
    page.locator('button[value="maak"]').click()
    assert re.fullmatch(rf"{address}/agenda/[\w-]{{43}}\.ics", page.inner_text("#link"))
    assert violations(page) == []
    assert not goes_sideways(page)
    page.context.close()
