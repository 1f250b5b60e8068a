"""Every page that can be opened, enlarged four times, in both languages: nothing is lost or out of reach."""

import pytest

from tests.browsing import ENLARGED, goes_sideways, violations
from tests.herent import lived_in_office

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OF_A_DOSSIER = (
    *("", "/voorstellen", "/week", "/plan", "/eigen-voorstel", "/profiel", "/uren", "/bewijs", "/register"),
    *("/handout", "/handout?taal=ar", "/agenda", "/verwijder"),
)
PAGES = {
    "caseworker": ("/", "/dossiers", "/dossiers?stand=afgesloten", "/overzicht/plaatsen"),
    "coordinator": (
        *("/aanbod", "/aanbod/nieuw", "/aanbod/bellijst", "/aanbod/kaart", "/aanbod/invoeren", "/aanbod/versies"),
        *("/overzicht", "/overzicht/hiaten", "/dossiers/onbestaand"),
    ),
}


@pytest.fixture(scope="module")
def office():
    return lived_in_office()


@pytest.fixture(scope="module")
def paths(office):
    """Return the paths of each role, with those of a dossier in which much was noted."""
    with office.store.reading() as work:
        fullest = max(work.dossiers.of(["herent"], ended=False), key=lambda one: (len(one.proofs), one.code))
    of_it = [f"/dossiers/{fullest.code}{path}" for path in OF_A_DOSSIER]
    proof = f"/dossiers/{fullest.code}/bewijs/{fullest.proofs[0].number}"
    record = f"/aanbod/{fullest.followed[0].activity.activity_id}"
    return {
        "caseworker": [*PAGES["caseworker"], *of_it, proof, record],
        "coordinator": [*PAGES["coordinator"], f"{record}/wijzig"],
    }


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("role", PAGES)
def test_every_page_enlarged_four_times_is_sound(browser, address, paths, role, lang):
    context = browser.new_context(**ENLARGED)
    context.request.post(f"{address}/wie", form={"role": role})
    page = context.new_page()
    for path in paths[role]:
        answer = page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={lang}")
        assert answer.status in (200, 403, 404), path
        assert page.evaluate("document.documentElement.lang") == lang, path
        assert violations(page) == [], path
        assert not goes_sideways(page), path
    context.close()
