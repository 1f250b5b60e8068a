import random
from datetime import date, datetime

import pytest

from matcher import InputError, Matcher, read_profile
from matcher.errors import NotFoundError
from matcher.schedule import BRUSSELS
from matcher.service.finding import searched_text
from tests.herent import herent_matcher, herent_offer

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 15, tzinfo=BRUSSELS)
PHONE_CALL = {
    "id": "p-017",
    "interests": ["cooking", "sewing"],
    "dutch_level": "A1",
    "availability": [f"{day} 13:00-17:00" for day in ("ma", "di", "wo", "do", "vr")],
    "home": {"postal_code": "3020"},
    "transport": "bike",
    "needs": ["childcare"],
}


def ask(made, facts, **wishes):
    return made.suggest(read_profile(facts), today=TODAY, now=NOW, **wishes)


def chosen(found):
    return [one["activity_id"] for one in found["suggestions"]]


def test_the_call_of_the_desk_is_answered_with_ten_explained_proposals():
    found = ask(herent_matcher(), PHONE_CALL)
    assert len(found["suggestions"]) == 10
    first = found["suggestions"][0]
    assert first["activity_id"] == "naaicafe-vrouwen-veltem"
    assert "naaien en textiel" in first["aspects"]["interests"]["reason_nl"]
    assert all(
        aspect[f"reason_{language}"]
        for one in found["suggestions"]
        for aspect in one["aspects"].values()
        for language in ("nl", "en")
    )


def test_the_order_of_the_rows_changes_nothing():
    shuffled = list(herent_offer())
    random.Random(3).shuffle(shuffled)
    assert ask(Matcher(shuffled), PHONE_CALL) == ask(herent_matcher(), PHONE_CALL)


def test_the_order_of_the_keys_and_of_the_wishes_changes_nothing():
    turned = dict(reversed(PHONE_CALL.items())) | {"interests": ["sewing", "cooking"]}
    assert chosen(ask(herent_matcher(), turned)) == chosen(ask(herent_matcher(), PHONE_CALL))


def test_the_name_of_a_person_changes_nothing():
    found = ask(herent_matcher(), {**PHONE_CALL, "id": "somebody-else"})
    assert found["suggestions"] == ask(herent_matcher(), PHONE_CALL)["suggestions"]


def test_the_version_of_the_offer_follows_its_content():
    changed = [herent_offer()[0].model_copy(update={"title": "Iets anders"}), *herent_offer()[1:]]
    assert Matcher(list(reversed(herent_offer()))).offer_version == herent_matcher().offer_version
    assert Matcher(changed).offer_version != herent_matcher().offer_version


def test_the_version_of_the_model_follows_its_weights():
    weights = {**herent_matcher().weights, "contact": 0.5}
    assert Matcher(herent_offer(), weights=weights).model_version != herent_matcher().model_version


def test_a_varied_list_is_asked_for_says_so_and_has_more_kinds():
    facts = {"id": "p", "interests": ["dutch_practice"], "home": {"postal_code": "3020"}}
    plain, varied = ask(herent_matcher(), facts), ask(herent_matcher(), facts, varied=True)
    assert "varied" not in plain
    assert varied["varied"] is True
    kinds = [len({one["kind"] for one in found["suggestions"]}) for found in (plain, varied)]
    assert kinds[1] > kinds[0]
    assert varied["suggestions"][0]["activity_id"] == plain["suggestions"][0]["activity_id"]


def test_a_varied_list_holds_nothing_that_is_not_allowed_and_nothing_twice():
    facts = {**PHONE_CALL, "max_price_eur": 3}
    allowed = set(chosen(ask(herent_matcher(), facts, k=1000)))
    varied = chosen(ask(herent_matcher(), facts, k=20, varied=True))
    assert len(set(varied)) == 20
    assert set(varied) <= allowed


def test_more_than_there_are_gives_all():
    found = ask(herent_matcher(), PHONE_CALL, k=1000)
    assert len(found["suggestions"]) == found["allowed"]


@pytest.mark.parametrize("k", [0, 1001])
def test_k_out_of_bounds_is_refused(k):
    with pytest.raises(InputError, match=f"k must be from 1 to 1000; got '{k}'"):
        ask(herent_matcher(), PHONE_CALL, k=k)


def test_an_empty_offer_is_answered_with_nothing():
    found = ask(Matcher([]), PHONE_CALL)
    assert (found["suggestions"], found["allowed"], found["excluded"]["total"]) == ([], 0, 0)


def test_an_id_that_stands_twice_is_refused():
    with pytest.raises(InputError, match="id must be unique in the offer; got 'baantjes-zwemmen'"):
        Matcher([*herent_offer(), next(one for one in herent_offer() if one.id == "baantjes-zwemmen")])


def test_the_first_day_of_another_day_is_another_answer():
    later = herent_matcher().suggest(read_profile(PHONE_CALL), today=date(2027, 6, 1), now=NOW)
    assert later["today"] == "2027-06-01"
    assert chosen(later) != chosen(ask(herent_matcher(), PHONE_CALL))


def test_what_is_avoided_by_its_words_scores_nothing_and_warns_but_stays():
    found = ask(herent_matcher(), {"id": "p", "interests": ["meeting"], "avoid": ["board_games"]}, k=1000)
    one = next(one for one in found["suggestions"] if one["activity_id"] == "spelletjescafe-kessel-lo")
    assert one["aspects"]["interests"]["score"] == 0
    assert "avoid_derived" in [warning["code"] for warning in one["warnings"]]


def test_any_activity_can_be_asked_after():
    profile = read_profile({**PHONE_CALL, "max_distance_km": 1})
    far, near = herent_matcher().explain(profile, ["naaicafe-vrouwen-veltem", "ldc-open-huis"], today=TODAY)
    assert (far["allowed"], [one["code"] for one in far["broken"]], far["rank"]) == (False, ["distance"], None)
    assert far["change"] == {"key": "max_distance_km", "set": 3.2}
    assert (near["allowed"], near["broken"]) == (True, [])
    assert near["rank"] >= 1


def test_an_activity_that_is_not_there_is_said():
    with pytest.raises(NotFoundError, match="There is no activity 'niets' in this offer"):
        herent_matcher().explain(read_profile(PHONE_CALL), ["niets"], today=TODAY)


def found_for(text, limit=10, **wishes):
    found, n_found = herent_matcher().search(
        text, read_profile({**PHONE_CALL, **wishes}), today=TODAY, limit=limit
    )
    return [one["activity_id"] for one in found], n_found


def test_search_finds_by_words_of_title_organiser_and_place_without_accents():
    assert found_for("NAAICAFE veltem") == (["naaicafe-vrouwen-veltem"], 1)
    assert found_for("  ") == ([], 0)


@pytest.mark.parametrize("typed", ["naiacafe", "naaicafee", "naaicfe", "naaicave veltm", "naaicafé vetlem"])
def test_search_forgives_a_typing_error(typed):
    assert "naaicafe-vrouwen-veltem" in found_for(typed)[0]


@pytest.mark.parametrize("typed", ["xyz", "ab", "bal", "zwemmenn-met-krokodillen"])
def test_search_does_not_take_one_word_for_quite_another(typed):
    assert all(typed in searched_text(herent_matcher().activity(one)) for one in found_for(typed)[0])


def test_search_shows_what_is_proposed_first_by_rank_and_then_what_would_fit_best():
    found, n_found = herent_matcher().search("herent", read_profile(PHONE_CALL), today=TODAY, limit=1000)
    assert n_found == len(found) > 20
    ranks = [one["rank"] for one in found if one["allowed"]]
    assert ranks == sorted(ranks)
    assert [one["allowed"] for one in found] == sorted((one["allowed"] for one in found), reverse=True)
    others = [one["score"] for one in found if not one["allowed"]]
    assert others == sorted(others, reverse=True)


def test_search_counts_what_it_does_not_show():
    ids, n_found = found_for("herent", limit=3)
    assert (len(ids), n_found) == (3, found_for("herent", limit=1000)[1])


def test_what_is_compared_is_said_as_if_it_were_proposed_also_what_breaks_a_limit():
    profile = read_profile({**PHONE_CALL, "max_distance_km": 1})
    ids = ["naaicafe-vrouwen-veltem", "ldc-open-huis"]
    found = herent_matcher().compare(profile, ids, today=TODAY, now=NOW)
    assert chosen(found) == ids
    proposed = {
        one["activity_id"]: one
        for one in ask(herent_matcher(), {**PHONE_CALL, "max_distance_km": 1}, k=1000)["suggestions"]
    }
    assert ids[0] not in proposed
    assert {**found["suggestions"][1], "rank": 0} == {**proposed[ids[1]], "rank": 0}


def test_a_card_has_the_next_sessions_that_the_person_can_attend():
    (detail,) = herent_matcher().details(read_profile(PHONE_CALL), ["naaicafe-vrouwen-veltem"], today=TODAY)
    assert [start.isoformat() for start, _ in detail["next_sessions"]] == [
        "2026-11-24T13:30:00+01:00",
        "2026-12-01T13:30:00+01:00",
        "2026-12-08T13:30:00+01:00",
    ]
    assert detail["session_texts_nl"] == ["elke dinsdag van 13.30 tot 16.00 uur"]
    assert detail["travel_min"] == 17


def test_what_has_ended_today_is_not_among_the_next_sessions():
    matcher, profile = herent_matcher(), read_profile(PHONE_CALL)
    tuesday = date(2026, 11, 24)
    days = {}
    for hour in (15, 16):
        now = datetime(2026, 11, 24, hour, tzinfo=BRUSSELS)
        (detail,) = matcher.details(profile, ["naaicafe-vrouwen-veltem"], today=tuesday, now=now)
        days[hour] = [start.date().isoformat() for start, _ in detail["next_sessions"]]
    assert days == {
        15: ["2026-11-24", "2026-12-01", "2026-12-08"],
        16: ["2026-12-01", "2026-12-08", "2026-12-15"],
    }


def test_what_was_only_written_is_not_called_a_request():
    found = ask(herent_matcher(), {"id": "p", "wishes": "Praten gaat nog moeilijk, maar ik naai graag."})
    reasons = {one["activity_id"]: one["aspects"]["interests"]["reason_nl"] for one in found["suggestions"]}
    assert "dat past bij wat u schreef ('naai')" in reasons["naaicafe-vrouwen-veltem"]
    assert not any("dat vroeg u" in reason for reason in reasons.values())
