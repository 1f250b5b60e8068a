import re
from datetime import date, timedelta
from html import unescape

import pytest
from icalendar import Calendar

from matcher import read_activity
from matcher.errors import Problem
from matcher.model import Proposal
from matcher.model.steps import DecisionStep, EndStep, OutcomeStep, OwnActivityStep
from matcher.papers import proof_pdf
from matcher.readers.ical import read_ical
from tests.offices import NOW
from tests.paper_desk import CODE, PaperDesk, tuesdays
from tests.test_papers import CHOIR, TABLE

pytestmark = pytest.mark.slow

HOUSE = {
    "id": "huis",
    "title": "Open huis",
    "organiser": "Huis",
    "kind": "neighbourhood",
    "schedule": "wo 09:00-14:00",
    "attendance": "drop_in",
}
HOURS, PROOFS, REGISTER = (f"/dossiers/{CODE}/{name}" for name in ("uren", "bewijs", "register"))
HANDOUT, FEED = f"/dossiers/{CODE}/handout", f"/dossiers/{CODE}/agenda"


def new_desk(**profile):
    desk = PaperDesk([read_activity(one) for one in (TABLE, CHOIR, HOUSE)], **profile)
    desk.choose("praattafel")
    return desk


def text_of(response):
    """Return what a person reads on a page."""
    plain = re.sub(r"<(script|style|title)\b.*?</\1>", " ", response.text, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", plain)).split())


def version(client, url):
    return re.search(r'name="version" value="(\d+)"', client.get(url).text)[1]


def post(client, url, **data):
    return client.post(url, data={"version": version(client, HOURS), **data})


# --- hours


def test_past_sessions_are_ticked_and_logged_with_one_click():
    client = new_desk().client()
    days = ["praattafel@2026-11-10", "praattafel@2026-11-17"]
    assert "di 17 november, 19.00 tot 21.00 uur · 2 uur" in text_of(client.get(HOURS))
    answer = post(client, HOURS, doe="noteer", dag=days)
    assert (answer.status_code, answer.location) == (303, HOURS)
    page = text_of(client.get(HOURS))
    assert "4 uur genoteerd." in page
    assert "Gemeld 4 van 40 uur" in page
    assert "Bewezen 0 van 40 uur" in page
    assert "di 17 november, 19.00" not in page


@pytest.mark.parametrize(("typed", "shown"), [("1,5", "1,5"), ("1.5", "1,5"), ("1u30", "1,5"), ("45 min", "0,75")])
def test_hours_are_understood_as_people_write_them(typed, shown):
    client = new_desk().client()
    post(client, HOURS, doe="schrijf", activiteit="praattafel", datum="3/11/2026", uren=typed)
    assert f"{shown} uur genoteerd." in text_of(client.get(HOURS))


def test_what_is_wrong_comes_back_filled_in_with_a_line_at_the_field():
    client = new_desk().client()
    answer = post(client, HOURS, doe="schrijf", activiteit="praattafel", datum="gisteren", uren="veel")
    assert answer.status_code == 422
    page = answer.text
    assert 'href="#datum"' in page
    assert 'id="uren-fout"' in page
    assert 'value="veel"' in page
    assert "Vul de uren in van 0,25 tot 24, zoals 2 of 1u30." in text_of(answer)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"doe": "schrijf", "activiteit": "praattafel", "datum": "2026-12-01", "uren": "2"}, "moet nog komen"),
        ({"doe": "schrijf", "activiteit": "", "datum": "2026-11-03", "uren": "2"}, "Kies een activiteit."),
        ({"doe": "schrijf", "activiteit": "Ā?", "datum": "2026-11-03", "uren": "2"}, "kunnen we niet noteren"),
        ({"doe": "schrijf", "activiteit": "praattafel", "datum": "2026-11-03", "uren": "25"}, "van 0,25 tot 24"),
        ({"doe": "noteer"}, "Vink minstens één dag aan."),
        ({"doe": "noteer", "dag": "praattafel@2031-01-01"}, "Vink minstens één dag aan."),
        ({"doe": "verbeter", "nummer": "x", "datum-0": "2026-11-03", "uren-0": "2"}, "kunnen we niet noteren"),
    ],
)
def test_hours_that_cannot_be_noted_are_refused_with_a_reason(sent, told):
    answer = post(new_desk().client(), HOURS, **sent)
    assert answer.status_code == 422
    assert told in text_of(answer)


def test_a_doubled_entry_asks_and_is_written_after_a_yes():
    desk = new_desk()
    desk.log("praattafel", date(2026, 11, 3))
    client = desk.client()
    line = {"doe": "schrijf", "activiteit": "praattafel", "datum": "2026-11-03", "uren": "1"}
    answer = post(client, HOURS, **line)
    assert answer.status_code == 422
    assert "Praattafel heeft op di 3 november al uren. Samen wordt dat 3 uur." in text_of(answer)
    assert 'name="bevestigd" value="ja"' in answer.text
    assert post(client, HOURS, **line, bevestigd="ja").status_code == 303
    assert "Gemeld 3 van 40 uur" in text_of(client.get(HOURS))


def test_a_long_drop_in_visit_warns_and_is_not_refused():
    desk = new_desk()
    desk.choose("huis")
    client = desk.client()
    line = {"doe": "schrijf", "activiteit": "huis", "datum": "2026-11-04", "uren": "5"}
    assert "Open huis is een inloop. 5 uur op wo 4 november is meer dan 3" in text_of(post(client, HOURS, **line))
    assert post(client, HOURS, **line, bevestigd="ja").status_code == 303
    assert "meer dan 3 uur voor een inloop" in text_of(client.get(HOURS))


def test_a_correction_leaves_what_stood_there_in_words_and_struck_through():
    desk = new_desk()
    number = desk.log("praattafel", date(2026, 11, 3)).hours[0].number
    client = desk.client()
    post(
        client, HOURS, doe="verbeter", nummer=number, **{f"datum-{number}": "2026-11-03", f"uren-{number}": "1u30"}
    )
    assert "verbeterd; <del>eerst: 2 uur</del>" in client.get(HOURS).text
    post(client, HOURS, doe="trek_in", nummer=number)
    page = client.get(HOURS)
    assert "di 3 november, Praattafel : ingetrokken; eerst: 2 uur , eerst: 1,5 uur" in text_of(page)
    assert "Gemeld 0 van 40 uur" in text_of(page)


def test_an_older_version_of_the_dossier_is_refused_and_writes_nothing():
    desk = new_desk()
    client = desk.client()
    seen = version(client, HOURS)
    desk.log("praattafel", date(2026, 11, 3))
    answer = client.post(HOURS, data={"version": seen, "doe": "noteer", "dag": "praattafel@2026-11-10"})
    assert answer.status_code == 412
    assert "Gemeld 2 van 40 uur" in text_of(client.get(HOURS))


def test_the_desk_sees_hours_and_may_not_write_them():
    desk = new_desk()
    client = desk.client("desk")
    assert "Voorbije keren" not in text_of(client.get(HOURS))
    assert client.post(HOURS, data={"doe": "noteer", "dag": "praattafel@2026-11-10"}).status_code in (403, 422)
    line = {"doe": "schrijf", "activiteit": "praattafel", "datum": "2026-11-03", "uren": "2"}
    assert client.post(HOURS, data=line).status_code == 403


def test_hours_before_the_dossier_are_said_to_have_no_proof():
    page = text_of(new_desk(hours_done=6).client().get(HOURS))
    assert "6 uur hiervan was er al voor dit dossier. Daar is hier geen bewijs van." in page


# --- proofs


def test_a_proof_is_made_followed_and_checked_and_only_then_its_hours_are_proved():
    desk = new_desk()
    desk.log("praattafel", *tuesdays(3))
    client = desk.client()
    assert "3 dagen · 6 uur" in text_of(client.get(PROOFS))
    answer = post(client, PROOFS, doe="maak", activiteit="praattafel")
    number = answer.location.rsplit("/")[-1]
    assert "Het bewijs is gemaakt" in text_of(client.get(answer.location))
    post(client, PROOFS, bewijs=number, staat="signed", op="20/11/2026")
    assert "getekend vr 20 november terug nog niet" in text_of(client.get(PROOFS))
    assert "Bewezen 0 van 40 uur" in text_of(client.get(PROOFS))
    post(client, PROOFS, bewijs=number, staat="checked", op="2026-11-23")
    page = text_of(client.get(PROOFS))
    assert "terug niet apart genoteerd gecontroleerd ma 23 november" in page
    assert "Bewezen 6 van 40 uur" in page
    post(client, PROOFS, doe="terug", bewijs=number)
    assert "Bewezen 0 van 40 uur" in text_of(client.get(PROOFS))


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"doe": "maak", "activiteit": "nergens"}, 409),
        ({"doe": "maak", "activiteit": "?"}, 422),
        ({"bewijs": "999", "staat": "signed"}, 404),
        ({"bewijs": "x", "staat": "signed"}, 404),
        ({"doe": "terug", "bewijs": "999999999"}, 404),
        ({}, 404),
    ],
)
def test_a_step_of_a_proof_that_cannot_be_is_refused_in_words(sent, status):
    assert post(new_desk().client(), PROOFS, **sent).status_code == status


@pytest.mark.parametrize(("day", "told"), [("morgen", "Vul een dag in"), ("2026-12-24", "moet nog komen")])
def test_a_wrong_day_of_a_state_comes_back_at_its_field(day, told):
    desk = new_desk()
    desk.log("praattafel", *tuesdays(2))
    number = desk.prove("praattafel")
    answer = post(desk.client(), PROOFS, bewijs=number, staat="signed", op=day)
    assert answer.status_code == 422
    assert f'id="op-{number}-fout"' in answer.text
    assert told in text_of(answer)


def test_the_paper_holds_days_hours_role_code_and_no_name():
    desk = new_desk()
    desk.log("praattafel", *tuesdays(2), hours=1.5)
    number = desk.prove("praattafel")
    page = text_of(desk.client().get(f"{PROOFS}/{number}?lang=en"))
    for words in (
        "Activiteit Praattafel Organisator Bibliotheek Periode 10 november 2026 tot en met 17 november 2026",
        f"Code van het dossier {CODE} Gemeente Herent Nummer van het bewijs {number}",
        "1 dinsdag 10 november 2026 1,5 2 dinsdag 17 november 2026 1,5",
        "Totaal: 3 uur",
        "Naam Rol begeleider van de praattafel Datum Handtekening Stempel van de organisatie",
        "Dit bewijs telt pas mee na controle door de trajectbegeleider.",
    ):
        assert words in page


def test_the_paper_says_so_when_hours_were_corrected_since():
    desk = new_desk()
    dossier = desk.log("praattafel", *tuesdays(2))
    number = desk.prove("praattafel")
    desk.correct(dossier.hours[0].number, 1)
    client = desk.client()
    for url in (PROOFS, f"{PROOFS}/{number}"):
        assert "Druk het opnieuw af." in text_of(client.get(url))


def test_a_proof_that_is_not_there_is_not_found():
    client = new_desk().client()
    for url in (f"{PROOFS}/12", f"{PROOFS}/12.pdf", f"{PROOFS}/0", f"{PROOFS}/{'9' * 30}.pdf", f"{PROOFS}/x"):
        assert client.get(url).status_code == 404


# --- the PDF


def pdf_of(n_days):
    desk = new_desk()
    desk.log("praattafel", *tuesdays(n_days))
    number = desk.prove("praattafel")
    return desk.client().get(f"{PROOFS}/{number}.pdf"), number


@pytest.mark.parametrize(("n_days", "n_pages"), [(1, 1), (25, 1), (26, 2), (60, 2)])
def test_the_pdf_is_one_a4_page_up_to_25_days_and_flows_on_after_that(n_days, n_pages):
    answer, number = pdf_of(n_days)
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'inline; filename="bewijs-{CODE}-{number}.pdf"'
    assert answer.data.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b(?!s)", answer.data)) == n_pages
    assert b"/MediaBox [0 0 595.28 841.89]" in answer.data


def test_the_pdf_has_a_title_a_language_and_an_embedded_font():
    answer, _ = pdf_of(2)
    assert b"/Lang (nl)" in answer.data
    assert b"/DisplayDocTitle true" in answer.data
    assert b"DejaVuSans" in answer.data
    assert b"/FontFile2" in answer.data
    assert b"/Title" in answer.data
    assert len(answer.data) < 60_000


def test_the_same_proof_at_the_same_moment_gives_the_same_bytes():
    first, second = pdf_of(3)[0].data, pdf_of(3)[0].data
    assert first == second
    assert b"/CreationDate (D:20261123101500+01'00')" in first


def test_no_label_of_the_pdf_runs_into_what_stands_behind_it(monkeypatch):
    fpdf = proof_pdf.__globals__["FPDF"]
    real, too_wide = fpdf.cell, []

    def cell(self, w=None, h=None, text="", **how):
        if w and self.get_string_width(text) > w - 2 * self.c_margin:
            too_wide.append(text)
        return real(self, w, h, text, **how)

    monkeypatch.setattr(fpdf, "cell", cell)
    pdf_of(2)
    assert too_wide == []


def test_the_pdf_writes_what_the_page_writes_also_in_other_letters(monkeypatch):
    written = []
    monkeypatch.setattr("matcher.papers.proof._Pages.normalize_text", spy(written))
    title = "Ćwiczenia ğ Őszi Привіт"
    desk = PaperDesk([read_activity({**TABLE, "title": title})])
    desk.choose("praattafel")
    desk.log("praattafel", *tuesdays(2), hours=1.25)
    desk.client().get(f"{PROOFS}/{desk.prove('praattafel')}.pdf")
    text = " ".join(written)
    for words in (title, "dinsdag 17 november 2026", "1,25", "Totaal: 2,5 uur", CODE, "Handtekening"):
        assert words in text


def spy(written):
    """Return fpdf's own way into a page, which also keeps what passes."""
    real = proof_pdf.__globals__["FPDF"].normalize_text

    def keep(self, text):
        written.append(text)
        return real(self, text)

    return keep


# --- the register


def test_without_hours_nothing_is_said_to_be_on_a_proof_or_proved():
    client = PaperDesk([]).client()
    proofs, register = client.get(PROOFS).text, client.get(REGISTER).text
    assert "Er zijn nog geen uren genoteerd." in proofs
    assert "Alle genoteerde uren staan al op een bewijs." not in proofs
    assert "Er zijn nog geen uren gemeld." in register
    assert "Alles wat gemeld is, is bewezen." not in register


def test_the_register_holds_proved_hours_only_and_says_what_is_missing():
    desk = new_desk(hours_done=4, status={"obligation": "mandatory", "working": False, "studying": False})
    desk.choose("huis")
    desk.log("praattafel", *tuesdays(3))
    desk.log("huis", date(2026, 11, 4), hours=3)
    number = desk.prove("praattafel", "signed", "back", "checked")
    desk.log("praattafel", date(2026, 10, 6))
    client = desk.client()
    page = client.get(REGISTER)
    block = unescape(re.search(r'<pre class="copy"[^>]*>(.*?)</pre>', page.text, re.S)[1])
    assert block.splitlines() == [
        f"Code van het dossier: {CODE}",
        "Gemeente: Herent",
        "Traject: verplicht",
        "Minimum: 40 uur",
        "",
        "Activiteit: Praattafel",
        "Organisator: Bibliotheek",
        "Periode: 3 november 2026 tot en met 17 november 2026",
        "Uren: 6",
        f"Nummer van het bewijs: {number}",
        "",
        "Totaal bewezen: 6 uur",
    ]
    rest = text_of(page).split("Staat er nog niet in")[1]
    assert "Praattafel 2 uur nog geen bewijs gemaakt" in rest
    assert "Open huis 3 uur nog geen bewijs gemaakt" in rest
    assert "Voor dit dossier 4 uur hiervan is hier geen bewijs" in rest


# --- the handout


def test_the_handout_tells_when_where_how_and_what_to_say_without_scores():
    page = text_of(new_desk().client().get(HANDOUT))
    sheet = page.split("Activiteiten voor u")[1]
    for words in (
        "Wanneer? Elke dinsdag van 19.00 tot 21.00 uur. De volgende keren: di 24 november, di 1 december en",
        "Waar? Bibliotheek, Wilselsesteenweg 28, 3020 Herent",
        "minuten met de fiets.",
        "Hoe doet u mee? Bel 016 21 14 30",
        "Wat kost het? Het is gratis.",
        "Goeiedag, ik wil graag meedoen met Praattafel. Mag ik eens komen kijken? Wanneer kan dat?",
    ):
        assert words in sheet
    assert "score" not in sheet.lower()
    assert "vertaling" not in sheet.lower()


def test_what_is_unknown_on_a_handout_is_a_question_to_ask():
    sheet = text_of(new_desk().client().get(f"{HANDOUT}?activiteit=koor"))
    assert "Vraag: op welke dag en hoe laat?" in sheet
    assert "Vraag: waar is het?" in sheet
    assert "Vraag: hoeveel kost het?" in sheet
    assert "Website: koor.example" in sheet


@pytest.mark.parametrize(
    ("tongue", "heading", "mark"),
    [
        ("en", "What does it cost?", "Translation not checked by an interpreter."),
        ("fr", "Combien ça coûte ?", "Traduction non vérifiée par un interprète."),
        ("uk", "Скільки коштує?", "Переклад не перевірений перекладачем."),
        ("ar", "كم التكلفة؟", "لم يراجع مترجم هذه الترجمة."),
        ("tr", "Ücreti ne kadar?", "Çeviri bir tercüman tarafından kontrol edilmedi."),
    ],
)
def test_a_second_language_stands_beside_the_dutch_and_is_marked_as_not_checked(tongue, heading, mark):
    client = new_desk().client()
    page = client.get(f"{HANDOUT}?taal={tongue}")
    text = text_of(page)
    assert f"Wat kost het? {heading}" in text
    assert f"Vertaling niet nagekeken door een tolk. {mark}" in text
    assert f'lang="{tongue}"' in page.text
    assert ('dir="rtl"' in page.text) == (tongue == "ar")


def test_the_language_of_a_handout_is_kept_nowhere():
    desk = new_desk()
    client = desk.client()
    before = version(client, HOURS)
    client.get(f"{HANDOUT}?taal=ar")
    assert "كم" not in client.get(HANDOUT).text
    assert version(client, HOURS) == before


def test_a_handout_says_who_goes_along_the_first_time():
    desk = new_desk()
    step = {"activity_id": "huis", "outcome": "visit_planned", "visit_on": "2026-12-02"}
    desk.note(OutcomeStep.model_validate({**step, "companion": "companion", "arranged_by": "volunteer"}))
    page = text_of(desk.client().get(f"{HANDOUT}?activiteit=huis"))
    assert "De eerste keer U gaat op wo 2 december. Een vrijwilliger gaat met u mee." in page


def test_a_handout_holds_own_proposals_and_what_has_left_the_offer():
    desk = new_desk()
    desk.note(OwnActivityStep(proposal={"title": "Koffie met de buren", "schedule": "vr 10:00-11:30"}))
    desk.note(DecisionStep(activity_id="eigen-1", decision="fits"))
    desk.choose("eigen-1", weeks=0)
    with desk.office.store.writing() as work:
        work.offers.change_records(
            {"praattafel": None}, municipality="herent", kind="edit", note="x", at=NOW, role="desk"
        )
    page = text_of(desk.client().get(HANDOUT))
    assert "Koffie met de buren" in page
    assert "Elke vrijdag van 10.00 tot 11.30 uur." in page
    assert "Vraag: op welke dag en hoe laat?" in page


@pytest.mark.parametrize("query", ["taal=xx", "activiteit=nergens", "activiteit=%00&taal=%F0", "lang=en&taal=ar"])
def test_a_handout_takes_any_question(query):
    assert new_desk().client().get(f"{HANDOUT}?{query}").status_code == 200


# --- the calendar


def make_link(client):
    page = client.post(FEED, data={"doe": "maak"})
    return re.search(r'<code id="link">http://localhost(/agenda/[^<]+)</code>', page.text)[1]


def test_a_calendar_link_is_shown_once_and_gives_the_coming_sessions_without_name_or_code():
    desk = new_desk()
    client = desk.client()
    link = make_link(client)
    assert link not in client.get(FEED).text
    answer = desk.app.test_client().get(link)
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert CODE not in answer.text
    calendar = Calendar.from_ical(answer.data)
    events = calendar.walk("VEVENT")
    assert calendar["PRODID"] == "-//participatie-matcher//agenda//NL"
    assert calendar["X-PUBLISHED-TTL"] == "PT12H"
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert (events[0]["SUMMARY"], events[0]["DTSTART"].dt.isoformat()) == (
        "Praattafel",
        "2026-11-24T19:00:00+01:00",
    )
    assert events[0]["LOCATION"] == "Bibliotheek, Wilselsesteenweg 28, 3020 Herent"
    assert events[0]["DTSTAMP"].dt == NOW
    assert len({str(event["UID"]) for event in events}) == len(events) > 50


def test_the_calendar_is_read_back_by_the_reader_of_the_product(tmp_path):
    desk = new_desk()
    file = tmp_path / "agenda.ics"
    file.write_bytes(desk.app.test_client().get(make_link(desk.client())).data)
    found = list(read_ical(file, today=NOW.date()))
    assert [str(one) for one in found if isinstance(one, Problem) and one.severity == "error"] == []
    sessions = [one for one in found if isinstance(one, Proposal)]
    assert {one.title for one in sessions} == {"Praattafel"}
    assert "2026-11-24 19:00-21:00" in {str(one.schedule) for one in sessions}


def test_names_of_events_stay_the_same_and_the_mark_follows_the_content():
    desk = new_desk()
    link = make_link(desk.client())
    client = desk.app.test_client()
    first = client.get(link)
    assert client.get(link, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    desk.choose("huis")
    second = client.get(link, headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    uids = [
        {str(event["UID"]) for event in Calendar.from_ical(one.data).walk("VEVENT")} for one in (first, second)
    ]
    assert uids[0] < uids[1]


def test_a_wrong_a_replaced_or_a_revoked_link_is_a_plain_404():
    desk = new_desk()
    client = desk.client()
    old = make_link(client)
    new = make_link(client)
    assert desk.app.test_client().get(old).status_code == 404
    assert desk.app.test_client().get(new).status_code == 200
    client.post(FEED, data={"doe": "trek_in"})
    for link in (
        new,
        "/agenda/x.ics",
        f"/agenda/{'A' * 43}.ics",
        "/agenda/%C3%A9%00.ics",
        "/agenda/%ED%A0%80.ics",
    ):
        answer = desk.app.test_client().get(link)
        assert (answer.status_code, answer.text) == (404, "404\n")
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_calendar_of_a_dossier_that_ended_is_empty():
    desk = new_desk()
    link = make_link(desk.client())
    desk.note(EndStep(ending="finished"))
    assert Calendar.from_ical(desk.app.test_client().get(link).data).walk("VEVENT") == []
    assert desk.client().post(FEED, data={"doe": "maak"}).status_code == 409


def test_sessions_before_a_planned_visit_are_not_in_the_calendar():
    desk = new_desk()
    visit = (NOW.date() + timedelta(days=15)).isoformat()
    step = {"activity_id": "praattafel", "outcome": "visit_planned", "visit_on": visit}
    desk.note(OutcomeStep.model_validate(step))
    events = Calendar.from_ical(desk.app.test_client().get(make_link(desk.client())).data).walk("VEVENT")
    assert events[0]["DTSTART"].dt.date() == date(2026, 12, 8)


# --- all pages


@pytest.mark.parametrize("url", [HOURS, PROOFS, REGISTER, HANDOUT, FEED])
def test_a_dossier_that_is_not_there_or_not_served_is_not_found(url):
    desk = new_desk()
    assert desk.client().get(url.replace(CODE, "222-2222")).status_code == 404
    assert desk.client("analyst").get(url).status_code == 403


@pytest.mark.parametrize("url", [HOURS, PROOFS, REGISTER, HANDOUT, FEED])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_an_empty_dossier_shows_each_page_in_both_languages(url, lang):
    desk = PaperDesk([])
    answer = desk.client().get(f"{url}?lang={lang}")
    assert answer.status_code == 200
    assert f'<html lang="{lang}">' in answer.text
