import csv
import io
import random
import re
from datetime import date, datetime

import pytest

from api import create_app
from matcher.errors import ConflictError, ForbiddenError, LateError
from matcher.model.places import Terms
from matcher.pages.words.overview import TEXTS
from matcher.schedule import BRUSSELS
from matcher.service.placing import Pick, propose_places, share_places, waiting_dossiers
from tests.herent import herent_offer, herent_office, steered_office
from tests.offices import office_of
from tests.tracks import CASEWORKER, COORDINATOR, DESK, made_profile, open_pen

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=BRUSSELS)
TODAY = NOW.date()
ACTIVITIES = herent_offer()
FIT = Terms()


@pytest.fixture(scope="module")
def steered():
    """Keep a municipality of 60 people, to look at only."""
    return steered_office()


@pytest.fixture
def waiting():
    """Keep a municipality in which six people wait, one has an activity, and one a fresh proposal."""
    made = herent_office()
    rng = random.Random(6)
    with made.store.writing() as work:
        pens = [open_pen(work, rng, date(2026, 10, day), profile=made_profile(rng)) for day in range(1, 9)]
        pens[6].outcome(date(2026, 11, 1), ACTIVITIES[0], "chosen")
        pens[7].outcome(date(2026, 11, 20), ACTIVITIES[0], "proposed")
        pens[0].outcome(date(2026, 10, 5), ACTIVITIES[1], "declined", reason="too_far")
    return made


def client(office, role):
    """Return a browser without a screen that works as a role."""
    made = create_app(office, clock=lambda: NOW).test_client()
    made.post("/wie", data={"role": role})
    return made


# --- the overview


@pytest.mark.parametrize(
    ("role", "address", "status"),
    [
        ("coordinator", "/overzicht", 200),
        ("analyst", "/overzicht", 200),
        ("caseworker", "/overzicht", 403),
        ("desk", "/overzicht", 403),
        ("desk", "/overzicht/cijfers.csv", 403),
        ("desk", "/overzicht/hiaten", 403),
        ("caseworker", "/overzicht/hiaten", 403),
        ("caseworker", "/overzicht/plaatsen", 200),
        ("coordinator", "/overzicht/plaatsen", 403),
        ("desk", "/overzicht/plaatsen", 403),
        ("analyst", "/overzicht/plaatsen.csv", 403),
    ],
)
def test_each_role_sees_its_own_part(steered, role, address, status):
    assert client(steered, role).get(address).status_code == status


def test_the_desk_may_not_propose_shared_places(steered):
    assert client(steered, "desk").post("/overzicht/plaatsen", data={"voorstel": "x"}).status_code == 403


@pytest.mark.parametrize(
    "address", ["?van=x", "?van=2027-01", "?van=2026-05&tot=2026-01", "?van=1999-01", "?tot=%00"]
)
def test_a_period_that_cannot_be_read_comes_back_with_its_error(steered, address):
    answer = client(steered, "coordinator").get(f"/overzicht{address}")
    assert answer.status_code == 422
    assert 'id="fouten"' in answer.text
    assert client(steered, "coordinator").get(f"/overzicht/cijfers.csv{address}").status_code == 422


def test_an_unknown_preset_is_the_usual_period(steered):
    asked = client(steered, "coordinator")
    unknown = asked.get("/overzicht?periode=eeuw").text
    assert unknown.replace("periode=eeuw&amp;", "") == asked.get("/overzicht").text


@pytest.mark.parametrize("period", ["quarter", "school_year", "year"])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_page_and_no_file_holds_a_count_of_people_under_ten(steered, period, lang):
    asked = client(steered, "coordinator")
    page = asked.get(f"/overzicht?periode={period}&lang={lang}")
    assert page.status_code == 200
    lines = list(
        csv.reader(io.StringIO(asked.get(f"/overzicht/cijfers.csv?periode={period}").text), delimiter=";")
    )
    of_activities = ("Lopende activiteiten", "Open activities", "Activiteiten", "Activities")
    for _, _, column, value in lines[1:]:
        for number in re.findall(r"\d+", value) if column not in of_activities else ():
            assert int(number) >= 10, (column, value)
    assert len(lines) > 20


def test_a_file_holds_what_the_page_holds(steered):
    asked = client(steered, "coordinator")
    page, file = asked.get("/overzicht").text, asked.get("/overzicht/cijfers.csv")
    assert file.headers["Content-Disposition"] == 'attachment; filename="overzicht-2025-12-2026-11.csv"'
    assert file.data.startswith(b"\xef\xbb\xbf")
    for line in csv.reader(io.StringIO(file.text.lstrip("\ufeff")), delimiter=";"):
        if line[0] != "onderdeel":
            assert f">{line[3]}</td>" in page.replace("&#39;", "'").replace("&amp;", "&")


def test_the_page_is_light_and_asks_nothing_of_elsewhere(steered):
    page = client(steered, "coordinator").get("/overzicht").text
    assert len(page.encode()) < 100_000
    assert " style=" not in page
    assert "<style" not in page


def test_words_are_short_and_there_in_both_languages():
    for name, pair in TEXTS.items():
        for text in pair:
            assert text, name
            for sentence in re.split(r"[.?:]\s", text):
                assert len(sentence.split()) <= 15, (name, sentence)


# --- gaps


def test_a_report_on_fewer_than_ten_is_refused(waiting):
    for address in ("/overzicht/hiaten", "/overzicht/hiaten?maak=ja"):
        page = client(waiting, "coordinator").get(address)
        assert page.status_code == 200
        assert "minder dan 10 lopende dossiers" in page.text
        assert "Maak het verslag" not in page.text


@pytest.mark.slow
def test_a_report_on_gaps_stands_in_the_frame_of_the_pages(steered):
    asked = client(steered, "analyst")
    assert "Maak het verslag" in asked.get("/overzicht/hiaten").text
    page = asked.get("/overzicht/hiaten?maak=ja&lang=en")
    assert page.status_code == 200
    assert "Which new activity helps most?" in page.text
    assert page.text.count("<html") == 1


# --- places


def shared(office, terms=FIT):
    """Share out places as a caseworker."""
    return share_places(office, CASEWORKER, terms=terms, now=NOW, time_limit_s=60.0)


def test_who_has_an_activity_or_a_fresh_proposal_does_not_wait(waiting):
    with waiting.store.reading() as work:
        found = waiting_dossiers(work, CASEWORKER, today=TODAY)
    assert [one.opened_on.day for one in found] == [1, 2, 3, 4, 5, 6]


def test_what_was_declined_is_not_given(waiting):
    only = [one for one in ACTIVITIES if one.id == ACTIVITIES[1].id]
    made = office_of(only)
    with made.store.writing() as work:
        pen = open_pen(work, random.Random(1), date(2026, 10, 1))
        pen.outcome(date(2026, 10, 5), only[0], "declined")
    assert shared(made).found["people"][0]["outcome"] == "no_candidates"
    assert shared(waiting).waiting == 6


def test_places_that_are_proposed_to_others_stay_free():
    one = ACTIVITIES[0].model_copy(update={"places_left": 1})
    made = office_of([one])
    rng = random.Random(1)
    plain = made_profile(random.Random(2)).model_copy(update={"availability": None, "max_distance_km": None})
    with made.store.writing() as work:
        open_pen(work, rng, date(2026, 10, 1), profile=plain)
    assert shared(made).found["totals"]["placed"] == 1
    with made.store.writing() as work:
        open_pen(work, rng, date(2026, 10, 1)).outcome(date(2026, 11, 20), one, "proposed")
    assert shared(made).found["totals"]["placed"] == 0


def test_nobody_waits_when_there_are_no_dossiers():
    found = shared(herent_office())
    assert (found.waiting, found.found) == (0, None)
    page = client(herent_office(), "caseworker").get("/overzicht/plaatsen?verdeel=ja")
    assert "Niemand wacht" in page.text


@pytest.mark.parametrize("asker", [COORDINATOR, DESK])
def test_only_a_caseworker_shares_out(waiting, asker):
    with pytest.raises(ForbiddenError, match="share"):
        share_places(waiting, asker, terms=FIT, now=NOW, time_limit_s=1.0)
    with waiting.store.writing() as work, pytest.raises(ForbiddenError, match="share"):
        propose_places(work, asker, [], now=NOW)


def picks_of(found):
    """Tick everything."""
    placed = [one for one in found.found["people"] if one["activity_id"]]
    return [Pick(one["profile_id"], one["activity_id"], found.versions[one["profile_id"]]) for one in placed]


def outcomes(office):
    """Return what stands as proposed now, by code."""
    with office.store.reading() as work:
        return {
            dossier.code: [one.activity.activity_id for one in dossier.followed if one.outcome == "proposed"]
            for dossier in work.dossiers.of(["herent"])
        }


def test_ticked_places_are_noted_and_only_those(waiting):
    before, picks = outcomes(waiting), picks_of(shared(waiting))
    with waiting.store.writing() as work:
        assert propose_places(work, CASEWORKER, picks[:2], now=NOW) == 2
    after = outcomes(waiting)
    for pick in picks[:2]:
        assert after[pick.code] == [pick.activity_id]
    assert {code: after[code] for code in after if code not in {one.code for one in picks[:2]}} == {
        code: before[code] for code in before if code not in {one.code for one in picks[:2]}
    }


def test_one_late_tick_leaves_all_as_it_was(waiting):
    before, picks = outcomes(waiting), picks_of(shared(waiting))
    late = [*picks[:-1], Pick(picks[-1].code, picks[-1].activity_id, 99)]
    with pytest.raises(LateError, match="meantime"), waiting.store.writing() as work:
        propose_places(work, CASEWORKER, late, now=NOW)
    assert outcomes(waiting) == before


def test_the_same_tick_twice_writes_nothing(waiting):
    before, picks = outcomes(waiting), picks_of(shared(waiting))
    with pytest.raises(ConflictError, match="meantime|proposed"), waiting.store.writing() as work:
        propose_places(work, CASEWORKER, [picks[0], picks[0]], now=NOW)
    assert outcomes(waiting) == before


def test_the_page_shares_out_and_notes_what_is_ticked(waiting):
    asked = client(waiting, "caseworker")
    assert "6 lopende dossiers wachten" in asked.get("/overzicht/plaatsen").text
    page = asked.get("/overzicht/plaatsen?verdeel=ja&doel=worst-off&groep=2").text
    boxes = re.findall(r'name="voorstel" value="([^"]+)"', page)
    assert len(boxes) > 3
    assert outcomes(waiting) == outcomes(waiting)
    empty = asked.post("/overzicht/plaatsen", data={"groep": "2"})
    assert empty.status_code == 422
    assert "Vink minstens één voorstel aan." in empty.text
    done = asked.post("/overzicht/plaatsen", data={"voorstel": boxes[:2]})
    assert done.status_code == 303
    assert "2 voorstellen zijn genoteerd." in asked.get(done.location).text
    assert asked.post("/overzicht/plaatsen", data={"voorstel": boxes[:1]}).status_code == 412


@pytest.mark.parametrize("value", ["", "x", "a~b~c", "../../~1~x", "ABC-DEFG~1~nothing-here", "\x00"])
def test_an_odd_tick_is_no_crash(waiting, value):
    answer = client(waiting, "caseworker").post("/overzicht/plaatsen", data={"voorstel": value})
    assert answer.status_code in (404, 422)


@pytest.mark.parametrize("text", ["0", "-1", "veel", "1000", "²", "1,5"])
def test_a_cap_that_cannot_be_read_comes_back_with_its_error(waiting, text):
    asked = client(waiting, "caseworker")
    page = asked.get("/overzicht/plaatsen", query_string={"verdeel": "ja", "groep": text})
    assert page.status_code == 422
    assert f'value="{text}"' in page.text
    assert asked.get("/overzicht/plaatsen.csv", query_string={"groep": text}).status_code == 422


def test_places_are_there_as_files(waiting):
    asked = client(waiting, "caseworker")
    lines = list(csv.reader(io.StringIO(asked.get("/overzicht/plaatsen.csv").text), delimiter=";"))
    assert len(lines) == 7
    assert asked.get("/overzicht/plaatsen.xlsx").data.startswith(b"PK")
    nobody = client(herent_office(), "caseworker")
    assert nobody.get("/overzicht/plaatsen.xlsx").status_code == 422
