"""The pages of a dossier through Flask's client, on a real store."""

import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.pages.words import TEXTS
from tests.dossier_desk import NOW, TODAY, WEEKLY, Desk, activity, offer, said

pytestmark = pytest.mark.slow

SHARED = Desk()
PAGES = ("", "voorstellen", "week", "plan", "eigen-voorstel", "profiel", "verwijder")


def ago(days):
    return NOW - timedelta(days=days)


def day(days):
    return (TODAY - timedelta(days=days)).isoformat()


@pytest.fixture
def desk():
    return Desk(profile={"home": {"postal_code": "3020"}, "transport": "bike", "interests": ["cooking"]})


def followed(desk, html, activity_id):
    """Return the part of a dossier's page about one activity."""
    return re.search(rf'<li class="panel" id="activiteit-{activity_id}">.*?</li>\n(?=<li|</ul>)', html, re.DOTALL)[
        0
    ]


# --- every page


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("role", ["desk", "caseworker"])
def test_every_page_is_there_in_both_languages_for_who_may_read(desk, lang, role):
    desk.become(role, lang=lang)
    for page in PAGES[:-1]:
        html = desk.get(page)
        assert f'<html lang="{lang}">' in html
        assert desk.code in html
        assert "{" not in said(html)


@pytest.mark.parametrize("role", ["coordinator", "analyst"])
def test_who_may_not_read_dossiers_sees_none(desk, role):
    desk.become(role)
    for page in (*PAGES, "/dossiers"):
        assert desk.code not in said(desk.get(page, status=403))


def test_a_dossier_of_a_municipality_that_is_not_served_is_not_there(desk):
    leuven = desk.open(seed=5, municipality="leuven")
    assert leuven in desk.get(f"/dossiers/{leuven}")
    desk.become("desk")
    for page in PAGES[:-1]:
        desk.get(f"/dossiers/{leuven}/{page}".rstrip("/"), status=404)
    desk.client.post(f"/dossiers/{leuven}/stap", data={"activity_id": "koor", "outcome": "chosen"})
    assert not desk.dossier(leuven).followed


def test_a_code_in_the_address_may_be_typed_in_any_way_and_nonsense_is_not_found(desk):
    assert desk.code in desk.get(f"/dossiers/{desk.code.lower().replace('-', '')}")
    for nonsense in ("hallo", "6P4-B5KX", "%00", "..%2f", "'--", "x" * 500, "é", "<b>"):
        assert "Traceback" not in desk.get(f"/dossiers/{nonsense}", status=404)


def test_no_page_holds_a_style_or_a_script_of_its_own(desk):
    desk.note("outcome", activity_id="koor", outcome="chosen")
    for page in (*PAGES, "/dossiers"):
        html = desk.get(page)
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*src=)|\son[a-z]+=", html)
        assert len(html) < 100_000


# --- the list


def test_the_list_says_what_is_to_be_done_first(desk):
    waits = desk.open(seed=2)
    desk.note("outcome", code=waits, activity_id="koor", outcome="visit_planned", visit_on=day(2), at=ago(5))
    quiet = desk.open(seed=3)
    desk.note("outcome", code=quiet, activity_id="koor", outcome="chosen")
    text = said(desk.get("/dossiers"))
    assert text.index(waits) < text.index(desk.code) < text.index(quiet)
    assert "In 2 dossiers is er vandaag iets te doen." in text
    assert "Vraag hoe het eerste bezoek was: Koor" in text


def test_a_search_for_a_code_opens_the_dossier_however_it_is_typed(desk):
    answer = desk.client.get("/dossiers", query_string={"code": desk.code.lower().replace("-", " ")})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/dossiers/{desk.code}")
    wrong = desk.code[:-1] + ("2" if desk.code[-1] != "2" else "3")
    html = desk.get(f"/dossiers?code={wrong}", status=422)
    assert "Deze code klopt niet" in said(html)
    assert f'value="{wrong}"' in html
    assert "geen dossier met deze code" in said(desk.get("/dossiers?code=344-F7V7", status=422))


def test_the_list_is_of_one_municipality_and_another_can_be_chosen(desk):
    leuven = desk.open(seed=5, municipality="leuven")
    assert leuven not in said(desk.get("/dossiers"))
    form = {"role": "caseworker", "municipality": "leuven", "section": "dossiers"}
    answer = desk.client.post("/wie", data=form, follow_redirects=True).get_data(as_text=True)
    assert "Dossiers van Leuven" in said(answer)
    assert leuven in said(answer)
    assert desk.code not in said(answer)


def test_dossiers_that_have_ended_stand_apart(desk):
    desk.note("ended", ending="finished")
    assert desk.code not in said(desk.get("/dossiers"))
    assert desk.code in said(desk.get("/dossiers?toon=ended"))


@pytest.mark.parametrize(
    "query", ["p=0", "p=-1", "p=99999999", "p=x", "toon=x", "p=%00", "code=%00%ff", "code=" + "x" * 900]
)
def test_nothing_that_is_typed_into_the_address_of_the_list_breaks_it(desk, query):
    assert desk.client.get(f"/dossiers?{query}").status_code in (200, 422)


def test_a_long_list_is_cut_into_pages(desk):
    for seed in range(2, 58):
        desk.open(seed=seed)
    first, second = desk.get("/dossiers"), desk.get("/dossiers?p=2")
    codes = [set(re.findall(r'/dossiers/([0-9A-Z]{3}-[0-9A-Z]{4})"', html)) for html in (first, second)]
    assert (len(codes[0]), len(codes[1]), codes[0] & codes[1]) == (50, 7, set())
    assert "Pagina 1 van 2" in said(first)


# --- steps


def test_a_proposal_is_chosen_with_one_button_and_its_next_steps_change(desk):
    desk.note("outcome", activity_id="koor", outcome="proposed")
    html = desk.post("stap", activity_id="koor", outcome="chosen")
    assert "Genoteerd: Gekozen: Koor." in said(html)
    part = followed(desk, html, "koor")
    assert "Gekozen op 23 november." in said(part)
    assert 'value="attended"' in part
    assert 'value="declined"' not in part
    assert desk.dossier().follows("koor").outcome == "chosen"


def test_a_first_visit_is_planned_with_a_companion_and_who_arranges_one(desk):
    html = desk.post(
        "stap",
        activity_id="koor",
        outcome="visit_planned",
        visit_on="1/12/2026",
        companion="companion",
        arranged_by="volunteer",
    )
    text = said(followed(desk, html, "koor"))
    assert "Eerste bezoek: di 1 december. Er gaat iemand mee. Dat regelt een vrijwilliger." in text


def test_a_visit_without_a_day_comes_back_open_and_filled_in_with_the_error_at_its_field(desk):
    desk.note("outcome", activity_id="koor", outcome="chosen")
    html = desk.post("stap", status=422, activity_id="koor", outcome="visit_planned", companion="alone")
    assert '<a href="#visit_on-koor">Vul de dag van het eerste bezoek in.</a>' in html
    part = followed(desk, html, "koor")
    assert re.search(r'<details class="more step" open><summary>Plan het eerste bezoek', part)
    assert re.search(r'value="alone" checked', part)
    assert 'aria-describedby="visit_on-koor-fout"' in part
    assert desk.dossier().follows("koor").outcome == "chosen"


def test_who_arranges_it_without_a_companion_is_an_error_at_its_field(desk):
    form = {"visit_on": "2026-12-01", "companion": "alone", "arranged_by": "desk"}
    desk.note("outcome", activity_id="koor", outcome="chosen")
    html = desk.post("stap", status=422, activity_id="koor", outcome="visit_planned", **form)
    assert 'id="arranged_by-koor-fout"' in html
    assert 'value="2026-12-01"' in html


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        ("times", "Bekijk samen de vrije uren. Pas de vrije uren aan"),
        ("too_far", "Bekijk samen hoe ver het mag zijn. Pas de afstand aan Nu staat er: tot 8 km."),
        ("full", "Collega's zien nu dat deze groep volzet is."),
    ],
)
def test_a_reason_feeds_what_is_asked_next(reason, advice):
    desk = Desk(profile={"max_distance_km": 8})
    desk.note("outcome", activity_id="koor", outcome="proposed")
    html = desk.post("stap", activity_id="koor", outcome="declined", reason=reason)
    text = said(followed(desk, html, "koor")).replace("&#39;", "'")
    assert advice in text


def test_what_was_declined_does_not_come_back_and_stands_below_the_proposals_with_its_reason(desk):
    html = desk.post("stap", activity_id="koor", outcome="declined", reason="not_my_thing", back="voorstellen")
    cards, below = html.split('id="nee-titel"')
    assert "Koor</span>" not in cards
    assert "Zei nee op 23 november: het is niets voor deze persoon." in said(below)
    again = desk.post("stap", activity_id="koor", outcome="proposed", back="voorstellen")
    assert "Koor</span>" in again.split('id="nee-titel"')[0]
    assert "Voorgesteld op 23 november." in said(again)


def test_the_last_step_says_what_it_takes_back_and_is_taken_back(desk):
    desk.note("outcome", activity_id="koor", outcome="proposed")
    desk.note("outcome", activity_id="koor", outcome="declined", reason="full")
    assert "Dit maakt ongedaan: ‘Zei nee: Koor (de groep is volzet)’." in said(desk.get())
    html = desk.post("ongedaan")
    assert "Ongedaan gemaakt: ‘Zei nee: Koor (de groep is volzet)’." in said(html)
    assert desk.dossier().follows("koor").outcome == "proposed"
    assert desk.office.matcher("herent").activity("koor").places_left is None


def test_a_desk_worker_cannot_take_back_what_a_caseworker_decided(desk):
    desk.note("outcome", activity_id="koor", outcome="attended")
    desk.note("hours", activity_id="koor", on=day(0), hours=2)
    desk.become("desk")
    assert "Maak de laatste stap ongedaan" not in said(desk.get())
    desk.post("ongedaan", status=403)
    assert desk.dossier().hours_reported == 2


def test_the_history_tells_every_kind_of_step_in_both_languages(desk):
    desk.note("outcome", activity_id="koor", outcome="visit_planned", visit_on=day(0))
    desk.note("outcome", activity_id="koor", outcome="attended")
    number = desk.note("hours", activity_id="koor", on=day(0), hours=2)[1].number
    desk.note("correction", corrects=number, hours=2.5)
    proof = desk.note("proof", activity_id="koor")[1].number
    desk.note("proof", proof=proof, state="signed")
    desk.note("own_activity", proposal={"title": "Koken"})
    desk.note("decision", activity_id="eigen-1", decision="fits")
    desk.post("profiel", age="30")
    desk.note("ended", ending="moved")
    desk.post("heropen")
    text = said(desk.get())
    for part in ("2 uur op 23 november: Koor", "Uren verbeterd naar 2,5 uur: Koor", "Bewijs getekend: Koor"):
        assert part in text
    for part in ("Eigen voorstel: Koken", "Samen beslist, past in het traject: Koken", "Profiel gewijzigd"):
        assert part in text
    assert "Dossier verhuisd" in text
    assert "Dossier heropend" in text
    desk.become("caseworker", lang="en")
    assert "Decided together, fits the track: Koken" in said(desk.get())


def test_hours_stand_as_two_bars_with_their_numbers_in_words():
    desk = Desk(profile={"hours_done": 6})
    desk.note("outcome", activity_id="koor", outcome="attended")
    number = desk.note("hours", activity_id="koor", on=day(0), hours=2.5)[1].number
    desk.note("hours", activity_id="koor", on=day(1), hours=2)
    proof = desk.note("proof", activity_id="koor", entries=[number])[1].number
    for state in ("signed", "back", "checked"):
        desk.note("proof", proof=proof, state=state)
    text = said(desk.get())
    assert "Nog 29,5 uur te gaan" in text
    assert "Gemeld 10,5 van 40 uur Bewezen 2,5 van 40 uur" in text
    assert "6 uur was er al voor dit dossier begon." in text


def test_a_dossier_ends_and_is_reopened(desk):
    desk.note("outcome", activity_id="koor", outcome="chosen")
    html = desk.post("einde", status=422)
    assert '<a href="#ending">Kies hoe het dossier eindigt.</a>' in html
    html = desk.post("einde", ending="finished")
    assert "Het dossier is afgesloten." in said(html)
    assert 'name="outcome"' not in html
    desk.post("stap", status=409, activity_id="koor", outcome="attended")
    assert "Het dossier is heropend." in said(desk.post("heropen"))


def test_deleting_asks_first_and_takes_all(desk):
    desk.note("outcome", activity_id="koor", outcome="chosen")
    assert "Activiteiten en wat ervan kwam: 1" in said(desk.get("verwijder"))
    assert desk.dossier()
    assert f"Dossier {desk.code} is verwijderd." in said(desk.post("verwijder"))
    desk.get("", status=404)
    desk.become("desk")
    assert desk.open(seed=9)
    desk.get(f"/dossiers/{desk.open(seed=10)}/verwijder", status=403)


def test_who_comes_late_is_told_and_writes_nothing(desk):
    seen = desk.dossier().version
    desk.note("outcome", activity_id="koor", outcome="proposed")
    html = desk.post("stap", status=412, version=seen, activity_id="tuin", outcome="chosen")
    assert "Iemand anders was u net voor." in said(html)
    assert desk.dossier().follows("tuin") is None


def test_a_step_that_cannot_follow_is_told_and_nothing_is_written(desk):
    desk.note("outcome", activity_id="koor", outcome="attended")
    desk.post("stap", status=409, activity_id="koor", outcome="chosen")
    html = desk.post("stap", status=422, activity_id="bestaat-niet", outcome="chosen")
    assert "Dit begrijpen we niet." in said(html)
    assert len(desk.dossier().followed) == 1


def test_an_address_that_only_takes_forms_leads_back_to_the_dossier(desk):
    for page in ("stap", "ongedaan", "einde", "heropen"):
        assert desk.client.get(f"/dossiers/{desk.code}/{page}").headers["Location"] == f"/dossiers/{desk.code}"


FORMS = ("stap", "einde", "eigen-voorstel", "eigen-voorstel/beslissing", "profiel", "plan", "ongedaan")
FIELDS = (
    *("activity_id", "outcome", "reason", "visit_on", "companion", "arranged_by", "version", "back", "ending"),
    *("title", "schedule", "start_date", "kind", "group", "knows_people", "decision", "do", "preset"),
    *("age", "hours", "postal_code", "wishes", "interests", "max_distance_km", "lang"),
)
VALUES = ("koor", "chosen", "visit_planned", "declined", "full", "2026-12-01", "1", "fits", "check")


@given(
    st.sampled_from(FORMS),
    st.dictionaries(st.sampled_from(FIELDS), st.one_of(st.text(max_size=30), st.sampled_from(VALUES)), max_size=6),
)
@settings(max_examples=150, deadline=None)
def test_whatever_is_sent_there_is_an_answer_and_no_failure(page, form):
    answer = SHARED.client.post(f"/dossiers/{SHARED.code}/{page}", data=form)
    assert answer.status_code in (200, 303, 409, 412, 422), (answer.status_code, form)
    assert SHARED.client.get(f"/dossiers/{SHARED.code}").status_code == 200


# --- the shortlist


def test_the_shortlist_marks_what_was_proposed_and_a_last_place_that_a_colleague_proposed(desk):
    other = desk.open(seed=2)
    desk.note("outcome", code=other, activity_id="naaien", outcome="proposed")
    text = said(desk.get("voorstellen"))
    assert "voorgesteld, nog 1 plaats" in text
    assert "voorgesteld, nog 1 plaats" not in said(desk.get(f"/dossiers/{other}/voorstellen"))
    assert "Voorgesteld op 23 november." in said(desk.get(f"/dossiers/{other}/voorstellen"))


def test_what_was_chosen_is_not_proposed_again(desk):
    desk.post("stap", activity_id="koor", outcome="chosen", back="voorstellen")
    assert "Koor</span>" not in desk.get("voorstellen")


def test_a_varied_list_says_so(desk):
    assert "Toon een gevarieerde lijst" in said(desk.get("voorstellen"))
    assert "Dit is een gevarieerde lijst." in said(desk.get("voorstellen?gevarieerd=1"))


@pytest.mark.parametrize("query", ["n=0", "n=-3", "n=x", "n=999999999", "gevarieerd=x", "n=%00"])
def test_nothing_that_is_typed_into_the_address_of_the_shortlist_breaks_it(desk, query):
    desk.get(f"voorstellen?{query}")


def test_more_proposals_can_be_asked_for():
    many = [activity(f"groep-{n}", schedule=f"vr {8 + n % 12:02d}:00-{9 + n % 12:02d}:00") for n in range(14)]
    desk = Desk(activities=many)
    html = desk.get("voorstellen")
    assert html.count('<li class="card">') == 10
    assert "voorstellen?n=20#kaart-11" in html
    assert desk.get("voorstellen?n=20").count('<li class="card">') == 14


# --- the profile


def test_the_profile_is_shown_changed_and_kept(desk):
    html = desk.get("profiel")
    assert re.search(r'name="interests" value="cooking" checked', html)
    assert 'value="3020"' in html
    answer = desk.post("profiel", interests="sewing", postal_code="3000", age="34", week="ma-morning")
    assert "Het profiel is bewaard." in said(answer)
    profile = desk.dossier().profile
    assert (profile.interests, profile.home.postal_code, profile.age) == (("sewing",), "3000", 34)
    assert profile.availability.texts() == ["ma 08:00-12:00"]
    assert profile.transport is None


def test_a_wrong_profile_comes_back_filled_in_with_its_errors(desk):
    html = desk.post("profiel", status=422, age="veel", wishes="Ik naai graag.")
    assert 'id="fouten"' in html
    assert "Ik naai graag." in html
    assert desk.dossier().profile.age is None


def test_a_preset_fills_the_week_without_script_and_saves_nothing(desk):
    html = desk.post("profiel", status=200, preset="evenings", age="40")
    assert html.count('value="ma-evening"') == 1
    assert re.search(r'value="ma-evening"[^>]* checked', html)
    assert 'value="40"' in html
    assert desk.dossier().profile.age is None


def test_a_profile_that_somebody_else_changed_comes_back_filled_in(desk):
    seen = desk.dossier().version
    desk.note("outcome", activity_id="koor", outcome="proposed")
    html = desk.post("profiel", status=412, version=seen, age="40")
    assert "Iemand anders wijzigde dit dossier." in said(html)
    assert 'value="40"' in html
    assert f'name="version" value="{desk.dossier().version}"' in html


# --- the week


def test_the_week_is_a_table_with_clashes_in_words(desk):
    for one in ("praattafel", "koor"):
        desk.note("outcome", activity_id=one, outcome="chosen")
    html = desk.get("week")
    text = said(html)
    assert "Let op, botst. Tegelijk met Koor, 20.00 tot 22.00 uur." in text
    assert "Op 8 dagen in de komende 8 weken gaat iets niet samen." in text
    assert html.count("<tr") == 8
    assert "Week van 23 november" in text
    assert "2 uur te verwachten. Aan het einde van de week samen 2 uur." in text


@pytest.mark.parametrize(
    "query", ["van=2026-12-09", "van=x", "van=9999-12-31", "van=0001-01-01", "van=", "van=%00"]
)
def test_any_week_of_the_coming_year_can_be_seen_and_nothing_breaks(desk, query):
    desk.note("outcome", activity_id="koor", outcome="chosen")
    text = said(desk.get(f"week?{query}"))
    assert ("Week van 7 december" if "12-09" in query else "Week van 23 november") in text


def test_what_has_no_times_left_the_offer_or_does_not_suit_is_named_on_the_week():
    desk = Desk(profile={"availability": ["ma 09:00-17:00"]})
    for one in ("zonder-uur", "koor", "tuin", "buddy", "open-huis"):
        desk.note("outcome", activity_id=one, outcome="chosen")
    with desk.office.store.writing() as work:
        work.offers.change_records(
            {"tuin": None}, municipality="herent", kind="record", note="tuin", at=NOW, role="coordinator"
        )
    text = said(desk.get("week"))
    assert "Dag en uur niet bekend: Zonder-uur." in text
    assert "Niet meer in het aanbod: Tuin." in text
    assert "telt dan niet mee: Koor" in text
    assert "In overleg: Buddy, ongeveer 2 uur." in text


# --- own proposals


def test_an_own_proposal_is_checked_without_being_kept_and_then_kept(desk):
    form = {"title": "Koken met de buren", "group": "small", "interaction": "high", "language": "nl"}
    html = desk.post("eigen-voorstel", status=200, do="check", knows_people="no", **form)
    text = said(html)
    assert "Wat zeggen de criteria?" in text
    assert "U ontmoet er mensen van buiten uw eigen kring." in text
    assert "Hoe vaak de activiteit terugkomt, is niet bekend: vraag na." in text
    assert 'value="Koken met de buren"' in html
    assert not desk.dossier().own
    html = desk.post("eigen-voorstel", do="keep", knows_people="no", **form)
    assert "Bewaard: Koken met de buren." in said(html)
    assert desk.dossier().own[0].knows_people is False


def test_who_knows_the_people_already_does_not_meet_new_ones(desk):
    html = desk.post("eigen-voorstel", title="Voetbal met neven", knows_people="yes")
    assert "Past niet in het traject." in said(html)
    assert "De persoon kent deze mensen al." in said(html)


def test_an_own_proposal_is_decided_about_together_and_then_chosen_and_followed(desk):
    desk.post("eigen-voorstel", title="Koken")
    assert 'value="chosen"' not in desk.get("eigen-voorstel")
    html = desk.post("eigen-voorstel/beslissing", status=422, activity_id="eigen-1")
    assert '<a href="#decision-eigen-1">Kies wat u samen beslist.</a>' in html
    html = desk.post("eigen-voorstel/beslissing", activity_id="eigen-1", decision="fits")
    assert "Genoteerd: het past. Nu kunt u het kiezen." in said(html)
    assert 'value="chosen"' in html
    html = desk.post("stap", activity_id="eigen-1", outcome="chosen")
    assert "Gekozen op 23 november." in said(followed(desk, html, "eigen-1"))
    desk.note("hours", activity_id="eigen-1", on=day(0), hours=3)
    assert desk.dossier().hours_reported == 3


def test_the_desk_may_add_an_own_proposal_but_not_decide(desk):
    desk.become("desk")
    html = desk.post("eigen-voorstel", title="Koken")
    assert "De trajectbegeleider beslist dit samen met de persoon." in said(html)
    desk.post("eigen-voorstel/beslissing", status=403, activity_id="eigen-1", decision="fits")


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "Koken", "schedule": "soms"}, "schedule"),
        ({"title": "Koken", "start_date": "2026-12-02", "end_date": "2026-12-01"}, "end_date"),
        ({"title": "Koken", "start_date": "morgen"}, "start_date"),
        ({"title": "Koken", "kind": "feest"}, "kind"),
        ({"title": "Koken", "organiser": "85.07.30-033.28"}, "organiser"),
    ],
)
def test_a_wrong_own_proposal_comes_back_with_the_error_at_its_field(desk, form, field):
    html = desk.post("eigen-voorstel", status=422, place="De Kouter", **form)
    assert f'<a href="#{field}">' in html
    assert f'id="{field}-fout"' in html
    assert 'value="De Kouter"' in html
    assert not desk.dossier().own


# --- the plan


def test_three_plans_stand_side_by_side_and_one_button_chooses(desk):
    desk.note("outcome", activity_id="tuin", outcome="chosen")
    html = desk.get("plan")
    assert 2 <= html.count('<article aria-labelledby="plan-') <= 3
    assert said(html).count("al gekozen") >= 2
    ids = re.findall(r'name="activity_id" value="([a-z-]+)"', html.split('id="plan-2"')[0])
    assert ids
    assert "tuin" not in ids
    answer = desk.post("plan", activity_id=ids)
    assert "Genoteerd als gekozen:" in said(answer)
    assert {one.activity.activity_id for one in desk.dossier().joined} == {"tuin", *ids}


def test_a_plan_that_somebody_made_up_is_refused_as_a_whole(desk):
    desk.post("plan", status=422, activity_id=["koor", "bestaat-niet"])
    desk.post("plan", status=422, activity_id=["koor", "<b>"])
    assert not desk.dossier().followed


def test_who_has_reached_the_hours_needs_no_plan():
    assert "Een plan is niet meer nodig." in said(Desk(profile={"hours_done": 40}).get("plan"))


def test_where_no_plan_can_be_made_it_is_said(desk):
    nothing = Desk(activities=[activity("vol", places_left=0)])
    assert "Er is geen plan te maken." in said(nothing.get("plan"))


# --- words


def test_every_text_of_the_dossiers_is_short_and_there_in_both_languages():
    for name, (nl, en) in TEXTS.items():
        if name.startswith("dossier_"):
            assert nl
            assert en
            for sentence in re.split(r"(?<=[.?!])\s", nl):
                assert len(sentence.split()) <= 15, name


def test_a_title_from_the_offer_cannot_write_into_a_page():
    desk = Desk(activities=[*offer(), activity("streek", title="<b>vet</b>", organiser='"><script>')])
    desk.note("outcome", activity_id="streek", outcome="chosen")
    for page in ("", "week", "plan", "voorstellen"):
        html = desk.get(page)
        assert "<b>vet" not in html
        assert "<script>" not in html


def test_hours_that_are_expected_end_on_a_day(desk):
    desk.note("outcome", activity_id="tuin", outcome="chosen")
    assert "zijn 40 uur bereikt op za 27 februari" in said(desk.get())
    assert WEEKLY["start_date"] < TODAY.isoformat()
