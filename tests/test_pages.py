import base64
import random
import re
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from matcher import vocabulary
from matcher.model import read_profile
from matcher.pages import Front, pages
from matcher.pages.form import (
    EMPTY,
    PRESETS,
    WEEK,
    Filled,
    apply_preset,
    hours_lines,
    profile_data,
    read_form,
    summary,
)
from matcher.pages.words import TEXTS, Words
from matcher.readers.csv_offer import read_offer
from matcher.schedule import BRUSSELS
from matcher.service import Matcher
from tests.offices import office_of

OFFER = Path(__file__).parent.parent / "data" / "herent_offer.csv"
NOW = datetime(2026, 11, 23, 10, 15, tzinfo=BRUSSELS)
SEWING_MOTHER = {
    "interests": ["sewing", "cooking"],
    "wishes": "samen koken",
    "dutch_level": "A1",
    "week": [f"{day}-{part}" for day in ("ma", "di", "wo", "do", "vr") for part in ("morning", "afternoon")],
    "postal_code": "3020",
    "transport": "bike",
    "max_distance_km": "8",
    "group": ["small"],
    "needs": ["child_welcome"],
    "obligation": "mandatory",
    "working": "no",
    "studying": "no",
    "hours_done": "6",
}
PAGE_BYTES = 100_000
ENGLISH = "session=" + base64.urlsafe_b64encode(b'{"lang":"en"}').decode().rstrip("=")


def client_of(office):
    app = Flask("pages under test", static_folder=None)
    app.secret_key = office.secret
    app.register_blueprint(pages(Front(office, clock=lambda: NOW, rng=random.Random(1))))
    return app.test_client(use_cookies=False)


@pytest.fixture(scope="module")
def engine():
    activities, problems = read_offer(OFFER)
    assert not [problem for problem in problems if problem.severity == "error"]
    return Matcher(activities)


@pytest.fixture(scope="module")
def client(engine):
    return client_of(office_of(engine.given))


class Page(HTMLParser):
    """The elements of a page, to ask questions about."""

    VOID = frozenset({"meta", "link", "input", "br"})

    def __init__(self, html):
        super().__init__()
        self.elements, self.open, self.text = [], [], ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} has an attribute twice"
        self.elements.append((tag, dict(attrs), [one for one, _ in self.open]))
        if tag not in self.VOID:
            self.open.append((tag, dict(attrs)))

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), [one for one, _ in self.open]))

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        opened, _ = self.open.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}>"

    def handle_data(self, data):
        self.text += data

    def all(self, tag, **attrs):
        return [
            found
            for name, found, _ in self.elements
            if name == tag and all(found.get(key) == value for key, value in attrs.items())
        ]

    def checked(self, name):
        return [one["value"] for one in self.all("input", name=name) if "checked" in one]


def ask(client, **fields):
    return client.post("/voorstellen", data=fields)


def page_of(response):
    return Page(response.get_data(as_text=True))


# --- what every page keeps


ANSWERS = {
    "start": {},
    "answer": SEWING_MOTHER,
    "english": {**SEWING_MOTHER, "lang": "en", "answered": "1"},
    "errors": {"age": "oud", "max_distance_km": "ver", "hours": "ma 9", "wishes": "x" * 2001},
    "nothing fits": {"postal_code": "3020", "max_distance_km": "0.01", "max_price_eur": "0"},
    "search": {**SEWING_MOTHER, "zoek": "buddy"},
    "preset": {"preset": "school"},
}


@pytest.fixture(params=ANSWERS)
def response(request, client):
    fields = ANSWERS[request.param]
    return ask(client, **fields) if fields else client.get("/")


def test_every_page_has_headers_that_let_nothing_in_from_elsewhere(response):
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'")
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "form-action 'self'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cache-Control"] == "no-store"
    # A cookie holds the language, and nothing of the request.
    assert response.headers.get("Set-Cookie", "").split(".")[0] in ("", ENGLISH)


def test_every_page_keeps_to_its_own_policy(response):
    page = page_of(response)
    for tag, attrs, _ in page.elements:
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")]
        if tag in ("script", "link", "img", "form"):
            address = attrs.get("src") or attrs.get("href") or attrs.get("action")
            assert address.startswith("/")
            assert not address.startswith("//")
    assert page.all("style") == []


def test_every_page_can_be_read_aloud_and_worked_by_keyboard(response):
    page = page_of(response)
    ids = [attrs["id"] for _, attrs, _ in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs, _ in page.elements:
        for name in ("for", "aria-labelledby", "aria-describedby", "form"):
            assert set((attrs.get(name) or "").split()) <= set(ids), attrs
        if (attrs.get("href") or "").startswith("#"):
            assert attrs["href"][1:] in ids
    labelled = {attrs.get("for") for attrs in page.all("label")}
    for tag, attrs, above in page.elements:
        if tag in ("input", "textarea") and attrs.get("type") != "hidden":
            assert attrs.get("id") in labelled or "label" in above or attrs.get("aria-label"), attrs
    for tag in ("main", "header", "footer", "h1"):
        assert len(page.all(tag)) == 1
    levels = [int(tag[1]) for tag, _, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_every_page_is_small(response):
    assert len(response.data) < PAGE_BYTES


def test_demonstration_data_are_named_on_top(response):
    assert "Demonstrat" in page_of(response).text.split("Participatie-matcher")[0] + response.get_data(
        as_text=True
    )
    assert 'class="demonstration"' in response.get_data(as_text=True)


# --- the form


def test_the_start_page_asks_and_does_not_answer(client):
    response = client.get("/")
    page = page_of(response)
    assert response.status_code == 200
    assert page.all("html", lang="nl")
    assert "passen." not in page.text
    assert {attrs["method"] for attrs in page.all("form")} == {"post"}


@pytest.mark.parametrize(("asked", "lang"), [("en", "en"), ("nl", "nl"), ("fr", "nl"), ("<b>", "nl"), ("", "nl")])
def test_the_language_is_dutch_unless_english_is_asked(client, asked, lang):
    assert page_of(client.get("/", query_string={"lang": asked})).all("html", lang=lang)


def test_an_address_without_a_question_goes_to_the_start(client):
    assert client.get("/voorstellen").headers["Location"] == "/"
    assert client.get("/voorstellen?lang=en").headers["Location"] == "/?lang=en"


def test_every_interest_can_be_ticked_and_avoided(client):
    page = page_of(client.get("/"))
    for name in ("interests", "avoid"):
        assert [one["value"] for one in page.all("input", name=name)] == list(vocabulary.interests())


def test_enter_asks_for_proposals_and_does_not_change_the_language(client):
    page = page_of(client.get("/"))
    assert "name" not in page.all("button")[0]


def test_the_language_switch_keeps_what_was_filled_in(client):
    page = page_of(ask(client, **{**SEWING_MOTHER, "lang": "en"}))
    assert page.all("html", lang="en")
    assert page.checked("interests") == ["sewing", "cooking"]
    assert len(page.checked("week")) == 10
    assert page.checked("dutch_level") == ["A1"]
    assert page.all("input", name="max_distance_km")[0]["value"] == "8"
    assert "samen koken" in page.text
    assert "activities fit" not in page.text


def test_the_language_switch_keeps_the_answer(client):
    page = page_of(ask(client, **{**SEWING_MOTHER, "lang": "en", "answered": "1"}))
    assert "These are the 10 best proposals." in page.text


def test_an_answer_in_english_stays_in_english(client):
    assert page_of(ask(client, postal_code="3020", shown_lang="en")).all("html", lang="en")


@pytest.mark.parametrize("preset", [name for name in PRESETS if name not in ("school", "clear")])
def test_a_preset_fills_the_week_without_a_script(client, preset):
    page = page_of(ask(client, preset=preset, wishes="samen koken"))
    assert sorted(page.checked("week")) == sorted(PRESETS[preset])
    assert "samen koken" in page.text
    assert "passen." not in page.text


def test_school_hours_end_before_the_afternoon_does():
    filled = apply_preset(EMPTY, "school")
    assert filled.ticked("week") == ()
    assert hours_lines(filled)[0] == "ma 08:45-15:15"
    assert "wo 08:45-12:00" in hours_lines(filled)


def test_presets_add_up():
    filled = apply_preset(apply_preset(EMPTY, "evenings"), "weekend")
    assert len(filled.ticked("week")) == 11
    mixed = apply_preset(filled, "school")
    assert mixed.ticked("week") == ()
    assert len(hours_lines(mixed)) == 11 + 5
    assert apply_preset(mixed, "school") == mixed
    assert "ma 17:30-22:30" in hours_lines(apply_preset(apply_preset(EMPTY, "school"), "evenings"))
    assert profile_data(apply_preset(mixed, "clear")) == {"id": "balie"}


def test_parts_that_touch_are_one_stretch():
    filled = Filled({}, {"week": ("ma-morning", "ma-afternoon", "ma-evening")})
    assert read_profile(profile_data(filled)).availability.texts() == ["ma 08:00-22:30"]


def test_nothing_ticked_means_that_nothing_is_known():
    assert read_profile(profile_data(read_form(MultiDict()))).availability is None


def test_own_hours_replace_the_boxes():
    filled = Filled({"hours": "\nmaandag 9u tot 12.30\nwo 13:00-17:00\n\nSat 9-12"}, {"week": WEEK})
    texts = read_profile(profile_data(filled)).availability.texts()
    assert texts == ["ma 09:00-12:30", "wo 13:00-17:00", "za 09:00-12:00"]


def test_a_full_form_becomes_the_profile_that_was_meant():
    fields = {**SEWING_MOTHER, "max_price_eur": "€ 2,50", "age": "34 jaar", "available_from": "1/12/2026"}
    fields |= {"avoid": ["football"], "audience": ["women"], "available_until": "2027-06-30"}
    fields |= {"postal_code": "3020 Herent", "working": "yes"}
    profile = read_profile(profile_data(read_form(MultiDict(fields))))
    assert profile.interests == ("sewing", "cooking")
    assert profile.avoid == ("football",)
    assert (profile.max_price_eur, profile.max_distance_km, profile.hours_done) == (2.5, 8, 6)
    assert (profile.age, profile.home.postal_code) == (34, "3020")
    assert str(profile.available_from), str(profile.available_until) == ("2026-12-01", "2027-06-30")
    assert (profile.status.working, profile.status.studying) == (True, False)


def test_a_line_end_counts_as_one_character():
    filled = read_form(MultiDict({"wishes": "\r\n".join(["a"] * 1000)}))
    assert len(filled.value("wishes")) == 1999
    assert read_profile(profile_data(filled)).wishes


def test_the_request_folds_into_a_line():
    filled = read_form(MultiDict(SEWING_MOTHER))
    assert summary(filled, Words("nl")) == [
        "Naaien en textiel",
        "Koken",
        "A1",
        "10 dagdelen",
        "3020",
        "fiets",
        "8 km",
    ]


# --- bad input


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("age", "oud", "Vul de leeftijd in met een geheel getal van 0 tot 130."),
        ("age", "131", "Vul de leeftijd in met een geheel getal van 0 tot 130."),
        ("age", "34,5", "Vul de leeftijd in met een geheel getal van 0 tot 130."),
        ("age", "9" * 5000, "Vul de leeftijd in met een geheel getal van 0 tot 130."),
        ("max_distance_km", "-1", "Vul de afstand in met een getal, zoals 5 of 2,5."),
        ("max_distance_km", "NaN", "Vul de afstand in met een getal, zoals 5 of 2,5."),
        ("max_price_eur", "1e999", "Vul de prijs in met een getal, zoals 5 of 2,50."),
        ("hours_done", "veel", "Vul de gevolgde uren in met een getal, zoals 6 of 7,5."),
        ("postal_code", "Herent", "Vul de postcode in met vier cijfers, zoals 3020."),
        ("available_from", "31/2/2027", "Vul bij ‘vrij vanaf’ een datum in, zoals 1/12/2026."),
        ("available_until", "morgen", "Vul bij ‘vrij tot en met’ een datum in, zoals 30/6/2027."),
        ("wishes", "mijn nummer is 85.07.30-033.28", "Hier staat iets als een rijksregisternummer."),
        ("wishes", "x" * 2001, "De tekst in eigen woorden telt 2001 tekens. Er mogen er 2000 staan."),
        ("hours", "ma 09:00-12:00\n\nhallo", "Regel 3 van de uren kunnen we niet lezen."),
        ("hours", "ma 12:00-09:00", "Regel 1 van de uren kunnen we niet lezen."),
        ("dutch_level", "Z9", "Kies een van de mogelijkheden."),
        ("interests", "zwaardvechten", "Kies een van de mogelijkheden."),
        ("working", "misschien", "Kies een van de mogelijkheden."),
        ("obligation", "misschien", "Kies een van de mogelijkheden."),
    ],
)
def test_a_wrong_field_is_named_on_top_and_at_its_place_and_nothing_is_lost(client, field, value, sentence):
    response = ask(client, **{"group": ["duo"], "max_distance_km": "7", field: value})
    page = page_of(response)
    assert response.status_code == 422
    assert page.text.count(sentence) == 2
    assert page.all("a", href=f"#{field}")
    assert page.all("div", role="alert", tabindex="-1")
    wrong = [attrs for _, attrs, _ in page.elements if attrs.get("aria-invalid") == "true"]
    assert f"{field}-fout" in wrong[0]["aria-describedby"]
    assert page.checked("group") == ["duo"]
    if field in ("age", "postal_code"):
        assert page.all("input", name=field)[0]["value"] == value[:200]


def test_an_end_before_the_start_is_named(client):
    response = ask(client, available_from="2027-01-01", available_until="2026-12-01")
    assert response.status_code == 422
    assert "Draai de datums om." in page_of(response).text


def test_english_errors_are_english(client):
    assert "Fill in the age as a whole number" in page_of(ask(client, age="old", shown_lang="en")).text


def test_what_was_filled_in_cannot_become_markup(client):
    text = "</textarea><script>alert(1)</script>"
    html = ask(client, wishes=text, zoek=text, age='"><script>').get_data(as_text=True)
    assert "<script>" not in html
    html = ask(client, wishes=text, zoek=text).get_data(as_text=True)
    assert "<script>" not in html


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe=\xff&wishes=\xc3\x28&postal_code=%ff%fe",
        b"wishes=%00%00samen%00koken&zoek=%00",
        b"wishes=%ED%A0%80&hours=%ED%A0%80",
        b"lang=%00&preset=%00&week=%00&answered=%00",
        b"&&&==&=a&a=",
        b"wishes=" + b"a" * 250_000,
        b"hours=" + b"ma+08:00-09:00%0A" * 10_000,
        b"&".join([b"interests=cooking"] * 9_000),
        b"&".join(b"interests=x%d" % n for n in range(9_000)),
        b"age=34&age=old&age=",
        b"zoek=" + b"%F0%9F%98%80" * 5_000,
    ],
)
def test_no_body_makes_the_page_fail(client, body):
    response = client.post("/voorstellen", data=body, content_type="application/x-www-form-urlencoded")
    assert response.status_code in (200, 422)
    assert page_of(response).all("form")
    assert "\x00" not in response.get_data(as_text=True)


def test_too_much_is_refused_with_a_page(client):
    response = client.post("/voorstellen?lang=en", data={"wishes": "a" * 400_000})
    assert response.status_code == 413
    assert "That was too much to read." in page_of(response).text


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", ""],
)
def test_another_content_type_never_fails(client, content_type):
    response = client.post("/voorstellen", data=b'--x\r\n{"age": ', content_type=content_type)
    assert response.status_code < 500
    assert page_of(response).all("form")


def test_a_form_sent_in_parts_is_read_too(client):
    response = client.post("/voorstellen", data={"age": "oud"}, content_type="multipart/form-data")
    assert response.status_code == 422


# --- the answer


def test_an_empty_form_gives_an_answer(client):
    page = page_of(ask(client))
    assert "beste voorstellen." in page.text


def test_the_answer_says_how_many_fit_and_what_is_left_of_the_track(client, engine):
    page = page_of(ask(client, **SEWING_MOTHER))
    found = engine.suggest(
        read_profile(profile_data(read_form(MultiDict(SEWING_MOTHER)))), today=NOW.date(), now=NOW
    )
    assert f"{found['allowed']} activiteiten passen. Dit zijn de 10 beste voorstellen." in page.text
    assert "Nog 34 van 40 uur te gaan · verplicht" in page.text
    assert f"{found['excluded']['total']} activiteiten passen nu niet" in page.text
    assert len(page.all("article")) == 10
    titles = [proposal["title"] for proposal in found["suggestions"]]
    assert [page.text.index(title) for title in titles] == sorted(page.text.index(title) for title in titles)


def test_a_card_has_all_seven_aspects_with_their_sentences(client, engine):
    page = page_of(ask(client, **SEWING_MOTHER))
    found = engine.suggest(
        read_profile(profile_data(read_form(MultiDict(SEWING_MOTHER)))), today=NOW.date(), now=NOW
    )
    for proposal in found["suggestions"]:
        for aspect in proposal["aspects"].values():
            assert aspect["reason_nl"] in page.text
        for point in proposal["criteria"]["points"]:
            assert point["sentence_nl"] in page.text
    weighed = [one for proposal in found["suggestions"] for one in proposal["aspects"].values() if one["weight"]]
    assert len(page.all("meter")) == len(weighed)


def test_fit_in_words_stands_before_the_number(client):
    html = ask(client, **SEWING_MOTHER).get_data(as_text=True)
    assert re.search(r'<p class="fit fit_very_well">past heel goed <span class="score">', html)


def test_unknown_is_a_task(client):
    page = page_of(ask(client, **SEWING_MOTHER))
    assert "Vraag na" in page.text
    assert "plaats voor een kind erbij" in page.text
    assert "None" not in page.text
    assert "n.v.t." not in page.text


def test_an_answer_without_a_fitting_activity_names_the_wish_that_costs_most(client):
    page = page_of(ask(client, postal_code="8400", max_distance_km="2", week=["wo-morning"]))
    assert "Nu past er geen enkele activiteit." in page.text
    assert re.search(r"De grens van 2 km kost het meest: zonder zijn er \d+ meer\.", page.text)


class NothingFits:
    """The engine, but everything breaks two limits at once."""

    def __init__(self, engine):
        self.engine = engine

    def __getattr__(self, name):
        return getattr(self.engine, name)

    def suggest(self, profile, **asked):
        found = self.engine.suggest(profile, **asked)
        excluded = {
            "total": 125,
            "by_reason": {"schedule": 120, "distance": 125},
            "only_reason": {},
            "nearest": [],
        }
        return {**found, "suggestions": [], "allowed": 0, "excluded": excluded}


def test_an_answer_that_no_single_wish_empties_names_the_commonest_reason(engine, monkeypatch):
    office = office_of(engine.given)
    monkeypatch.setattr(office, "matcher", lambda municipality=None: NothingFits(engine))
    page = page_of(ask(client_of(office), postal_code="3020"))
    assert "De meest voorkomende reden: te ver." in page.text


def test_search_says_of_any_activity_whether_it_fits_and_if_not_why(client, engine):
    page = page_of(ask(client, **SEWING_MOTHER, zoek="voetbal"))
    assert "Voetbal voor het plezier" in page.text
    assert "Past nu niet." in page.text
    assert "Past als u ook op zondag" in page.text
    page = page_of(ask(client, **SEWING_MOTHER, zoek="keukenploeg"))
    assert re.search(r"Past: plaats \d+ van de \d+\.", page.text)
    page = page_of(ask(client, zoek="onbestaand"))
    assert "Geen activiteit gevonden voor ‘onbestaand’." in page.text


def test_an_unknown_postal_code_is_no_error(client):
    response = ask(client, postal_code="9999", max_distance_km="5")
    assert response.status_code == 200
    assert "Deze postcode kennen we niet." in page_of(response).text


def test_nothing_of_a_person_stands_in_an_address(client, engine):
    page = page_of(ask(client, **SEWING_MOTHER))
    offered = {f"/aanbod/{activity.id}" for activity in engine.given}
    for _, attrs, _ in page.elements:
        for name in ("href", "action", "formaction", "src"):
            if attrs.get(name) not in offered:
                assert not re.search("samen|3020|sewing", attrs.get(name) or "")


# --- words


def test_every_text_stands_in_both_languages_with_the_same_values():
    for name, (dutch, english) in TEXTS.items():
        assert dutch, name
        assert english, name
        assert set(re.findall(r"{\w+}", dutch)) == set(re.findall(r"{\w+}", english)), name


def test_dutch_sentences_are_short():
    for name, (dutch, _) in TEXTS.items():
        for sentence in re.split(r"(?<=[.?!])\s+", dutch):
            assert len(sentence.split()) <= 15, name


@pytest.mark.parametrize("name", ["favicon.svg", "page.css", "page.js"])
def test_what_the_page_needs_is_served_by_itself(client, name):
    with client.get(f"/assets/{name}") as response:
        assert response.status_code == 200
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "https:" not in response.get_data(as_text=True)
