import re

import pytest

from matcher.dossiers import read_code
from matcher.model.access import DEMONSTRATION_ACCOUNTS
from matcher.model.steps import OutcomeStep
from matcher.service.dossiers import note_step
from tests.herent import herent_offer, herent_office
from tests.test_desk import FIRST, LAST
from tests.test_pages import NOW, PAGE_BYTES, SEWING_MOTHER, ask, client_of, page_of

pytestmark = pytest.mark.slow

SEWING, DINNER, BUDDY = "naaicafe-vrouwen-veltem", "lampeke-samen-eten", "buddy-herent-nieuwkomer"
KITCHEN = "keukenploeg-dienstencentrum"


@pytest.fixture
def office():
    return herent_office()


@pytest.fixture
def client(office):
    return client_of(office)


def counted(office):
    with office.store.reading() as work:
        return work.requests(["herent"], since=FIRST, until=LAST)


def dossiers(office):
    with office.store.reading() as work:
        return work.dossiers.of(["herent"])


def send(client, path, *chosen, **fields):
    return client.post(path, data={**SEWING_MOTHER, "answered": "1", "gekozen": list(chosen), **fields})


def sent_again(page, form="vraag"):
    """Return what the hidden fields and ticked boxes of a page send, by name."""
    found = {}
    for one in page.all("input"):
        if one.get("type") == "hidden" or "checked" in one:
            found.setdefault(one["name"], []).append(one["value"])
    return found


# --- counting


def test_the_first_answer_is_counted_and_a_renewed_one_is_not(client, office):
    page = page_of(ask(client, **SEWING_MOTHER, asked_by="inburgeraar"))
    (request,) = counted(office)
    assert (request.asked_by, request.interests) == ("inburgeraar", ("sewing", "cooking"))
    assert page.all("input", name="answered")
    ask(client, **SEWING_MOTHER, answered="1")
    assert len(counted(office)) == 1


def test_a_form_that_is_sent_twice_is_counted_once(client, office):
    (key,) = page_of(client.get("/")).all("input", name="vraag")
    for _ in range(2):
        ask(client, **SEWING_MOTHER, vraag=key["value"])
    assert len(counted(office)) == 1


@pytest.mark.parametrize(
    "fields", [{"age": "oud"}, {"preset": "school"}, {"lang": "en"}, {"asked_by": "de buurman"}]
)
def test_what_is_no_answer_is_not_counted(client, office, fields):
    ask(client, **fields)
    assert counted(office) == []


def test_who_asks_is_somebody_else_until_it_is_said(client, office):
    assert page_of(client.get("/")).checked("asked_by") == ["other"]
    ask(client)
    assert counted(office)[0].asked_by == "other"
    assert page_of(ask(client, asked_by="caseworker")).checked("asked_by") == ["caseworker"]


def test_an_unknown_asker_is_named_at_its_field(client):
    response = ask(client, asked_by="de buurman")
    assert response.status_code == 422
    assert page_of(response).all("a", href="#asked_by")


# --- the answer


def test_each_card_can_be_chosen_and_saved(client):
    page = page_of(ask(client, **SEWING_MOTHER))
    assert len([one for one in page.all("input", name="gekozen") if one["type"] == "checkbox"]) == 10
    assert len(page.all("button", name="ook")) == 10


def test_each_card_leads_to_its_activity_without_losing_the_answer(client):
    page = page_of(ask(client, **SEWING_MOTHER))
    looks = [one for one in page.all("a", target="_blank") if one["href"].startswith("/aanbod/")]
    assert len(looks) == 10
    assert all(client.get(one["href"]).status_code == 200 for one in looks)


def test_what_was_chosen_stays_chosen_when_the_answer_is_renewed(client):
    page = page_of(send(client, "/voorstellen", SEWING, "voetbal-plezier-herent", "bestaat-niet"))
    assert set(page.checked("gekozen")) == {SEWING, "voetbal-plezier-herent"}
    assert "Ook gekozen" in page.text


def test_what_was_chosen_survives_an_error_in_the_form(client):
    page = page_of(send(client, "/voorstellen", SEWING, age="oud"))
    assert sent_again(page)["gekozen"] == [SEWING]


def test_the_last_places_that_were_proposed_are_told_to_colleagues(client, office):
    send(client, "/bewaren", KITCHEN)
    page = page_of(ask(client, interests="cooking", postal_code="3020"))
    assert "voorgesteld, nog 1 plaats" in page.text
    (dossier,) = dossiers(office)
    declined = OutcomeStep(activity_id=KITCHEN, outcome="declined", reason="times")
    with office.store.writing() as work:
        note_step(work, DEMONSTRATION_ACCOUNTS["desk"], dossier.code, declined, now=NOW)
    assert "voorgesteld, nog" not in page_of(ask(client, interests="cooking", postal_code="3020")).text


def test_search_finds_with_a_typing_error_and_says_each_limit(client):
    page = page_of(send(client, "/voorstellen", zoek="vroewengroep herent"))
    assert "Vrouwengroep: maandelijkse avond" in page.text
    assert "Past nu niet." in page.text
    assert "Past als u ook op woensdag" in page.text


def test_search_tells_how_many_it_does_not_show(client):
    response = send(client, "/voorstellen", zoek="herent")
    page = page_of(response)
    n_found = int(re.search(r"(\d+) gevonden voor ‘herent’", page.text)[1])
    assert n_found > 20
    assert "Hier staan de eerste 20." in page.text
    assert len(response.data) < PAGE_BYTES


# --- compare


@pytest.mark.parametrize("chosen", [(SEWING, BUDDY), (SEWING, BUDDY, KITCHEN)])
def test_two_or_three_stand_side_by_side(client, chosen):
    response = send(client, "/vergelijk", *chosen)
    page = page_of(response)
    assert response.status_code == 200
    assert len(page.all("th", scope="col")) == 1 + len(chosen)
    assert len(page.all("th", scope="row")) == 12
    assert len(page.all("td")) == 12 * len(chosen)
    assert page.checked("gekozen") == list(chosen)
    assert len(response.data) < PAGE_BYTES


@pytest.mark.parametrize("chosen", [(), (SEWING,), (SEWING, "bestaat-niet"), (SEWING, BUDDY, KITCHEN, DINNER)])
def test_one_or_four_are_not_compared_and_nothing_is_lost(client, chosen):
    response = send(client, "/vergelijk", *chosen)
    page = page_of(response)
    assert response.status_code == 422
    assert page.text.count("Kies twee of drie voorstellen om te vergelijken.") == 2
    assert page.all("a", href="#gekozen")
    assert set(page.checked("gekozen")) == set(chosen) - {"bestaat-niet"}
    assert page.checked("interests") == ["sewing", "cooking"]


def test_differences_are_said_in_words(client):
    text = page_of(send(client, "/vergelijk", SEWING, BUDDY)).text
    for words in ("past het best", "het dichtstbij", "het goedkoopst", "de meeste uren", "in overleg", "(gelijk)"):
        assert words in text


def test_what_does_not_fit_says_why_beside_what_does(client):
    text = page_of(send(client, "/vergelijk", SEWING, "vrouwengroep-herent")).text
    assert "Past nu niet. Niet op uw vrije momenten." in text


def test_comparing_nothing_known_never_fails(client):
    unknown = ["dansclub-herent", "wandelclub-herent", "mee-eten-wilsele"]
    page = page_of(client.post("/vergelijk", data={"gekozen": unknown}))
    assert page.text.count("Vraag na") > 10
    assert "None" not in page.text


def test_from_the_comparison_one_goes_back_without_losing_anything(client, office):
    filled = {**SEWING_MOTHER, "asked_by": "caseworker", "hours": "ma 09:00-12:00\nwo 13:00-17:00", "age": "41"}
    again = sent_again(page_of(client.post("/vergelijk", data={**filled, "gekozen": [SEWING, BUDDY]})))
    answer = page_of(client.post("/voorstellen", data=again))
    assert counted(office) == []
    for name, value in filled.items():
        expected = value if isinstance(value, list) else [value]
        if name in ("interests", "week", "group", "needs", "obligation", "working", "asked_by", "transport"):
            assert sorted(answer.checked(name)) == sorted(expected)
    assert answer.all("input", name="age")[0]["value"] == "41"
    assert "wo 13:00-17:00" in answer.text
    assert set(answer.checked("gekozen")) == {SEWING, BUDDY}


def test_nothing_of_the_request_stands_in_an_address_of_the_comparison(client):
    page = page_of(send(client, "/vergelijk", SEWING, BUDDY))
    for _, attrs, _ in page.elements:
        for name in ("href", "action", "formaction", "src"):
            assert not re.search("samen|3020|cooking", attrs.get(name) or "")


# --- save


def test_saving_makes_a_dossier_and_shows_its_code_large(client, office):
    client = client.application.test_client()
    response = send(client, "/bewaren", SEWING, BUDDY, asked_by="inburgeraar", bewaar="k1")
    assert response.status_code == 303
    (dossier,) = dossiers(office)
    assert response.headers["Location"] == f"/dossiers/{dossier.code}"
    assert (dossier.asked_by, dossier.profile.wishes) == ("inburgeraar", "samen koken")
    assert [one.activity.activity_id for one in dossier.followed] == [SEWING, BUDDY]
    html = client.get(response.headers["Location"]).get_data(as_text=True)
    assert f'<strong class="code">{read_code(dossier.code)}</strong>' in html


def test_saving_twice_makes_one_dossier(client, office):
    client = client.application.test_client()
    for _ in range(2):
        response = send(client, "/bewaren", SEWING, bewaar="k1")
    assert len(dossiers(office)) == 1
    assert "Dit was al bewaard" in client.get(response.headers["Location"]).get_data(as_text=True)


def test_each_answer_saves_a_dossier_of_its_own(client):
    keys = [page_of(send(client, "/voorstellen")).all("input", name="bewaar")[0]["value"] for _ in range(2)]
    assert keys[0] != keys[1]


def test_a_card_saves_its_own_proposal_with_those_that_were_chosen(client, office):
    send(client, "/bewaren", SEWING, ook=BUDDY)
    assert {one.activity.activity_id for one in dossiers(office)[0].followed} == {SEWING, BUDDY}


def test_a_form_with_an_error_is_not_saved(client, office):
    response = send(client, "/bewaren", SEWING, age="oud")
    assert response.status_code == 422
    assert "Vul de leeftijd in" in page_of(response).text
    assert dossiers(office) == []


def test_who_may_not_keep_dossiers_is_not_asked_to(client, office):
    client = client.application.test_client()
    client.post("/wie", data={"role": "analyst"})
    page = page_of(ask(client, **SEWING_MOTHER))
    assert page.all("button", name="ook") == []
    assert "Bewaar als dossier" not in page.text
    assert send(client, "/bewaren", SEWING).status_code == 403
    assert dossiers(office) == []


# --- mail


def test_the_mail_holds_the_proposals_and_nothing_of_the_person(client):
    response = send(client, "/mailtekst", SEWING, BUDDY, age="41")
    page = page_of(response)
    (area,) = page.all("textarea")
    assert "readonly" in area
    text = page.text[page.text.index("Dag,") : page.text.index("Terug naar de voorstellen")]
    assert "1. Naaicafé voor vrouwen" in text
    assert "2. Buddy voor wie nieuw is in Herent" in text
    assert not re.search("samen koken|verplicht|41|score", text)
    assert sent_again(page)["gekozen"] == [SEWING, BUDDY]


def test_without_a_proposal_there_is_no_mail(client):
    response = send(client, "/mailtekst")
    assert response.status_code == 422
    assert page_of(response).text.count("Kies een tot twintig voorstellen voor de mail.") == 2


# --- whatever is sent


@pytest.mark.parametrize("path", ["/vergelijk", "/bewaren", "/mailtekst"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"gekozen=%00&gekozen=%ED%A0%80&bewaar=%00&ook=%ff",
        b"&".join([b"gekozen=" + one.id.encode() for one in herent_offer()]),
        b"gekozen=" + b"a" * 100_000 + b"&ook=" + b"b" * 100_000,
        b"bewaar=" + b"k" * 5_000 + b"&vraag=" + b"v" * 5_000 + b"&age=x",
        b"wishes=" + b"a" * 400_000,
    ],
)
def test_nothing_that_is_sent_makes_a_page_fail(client, path, body):
    response = client.post(path, data=body, content_type="application/x-www-form-urlencoded")
    assert response.status_code in (303, 413, 422)
    assert "\x00" not in response.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/vergelijk", "/bewaren", "/mailtekst", "/voorstellen"])
def test_an_address_without_a_request_goes_to_the_start(client, path):
    assert client.get(path).headers["Location"] == "/"


@pytest.mark.parametrize("path", ["/vergelijk", "/mailtekst"])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_page_of_the_desk_can_be_read_aloud(client, path, lang):
    page = page_of(send(client, path, SEWING, BUDDY, lang=lang))
    ids = [attrs["id"] for _, attrs, _ in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs, _ in page.elements:
        for name in ("for", "aria-labelledby", "aria-describedby", "form"):
            assert set((attrs.get(name) or "").split()) <= set(ids), attrs
    assert page.all("html", lang=lang)
    assert len(page.all("h1")) == 1
