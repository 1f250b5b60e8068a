import json
import random
import re
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_reader import plain_hits

from matcher import Matcher, data_folder, read_activity, read_offer, read_profile, read_profiles
from matcher.features.interests import activity_evidence, derived_interests
from matcher.features.language import detect_language
from matcher.features.space import closeness, nodes
from matcher.features.text import Reader, find_hits
from matcher.features.tokens import Memory, Tokens
from matcher.features.wishes import wish_evidence, wish_vector
from matcher.vocabulary import LANGUAGES, derive_patterns, interests, lexicon, lineage

TODAY = date(2026, 11, 23)
HERE = Path(__file__).parent


def wishes(text, **facts):
    """Return what a person wishes for, node -> strength."""
    found = wish_evidence(read_profile({"id": "p", "wishes": text, **facts}))
    return {node: one.strength for node, one in found.items() if ":" not in node}


def about(title, description="", **facts):
    """Return the interests that the texts of an activity without given ones tell of."""
    data = {"id": "a", "title": title, "organiser": "vereniging", "kind": "association", **facts}
    activity = read_activity({**data, "description": description} if description else data)
    return derived_interests(activity, activity_evidence(activity))


@pytest.mark.parametrize(
    ("title", "description", "interest"),
    [
        ("Haakavond", "", "sewing"),
        ("De tuinploeg zoekt handen", "Met schop en riek de grond in.", "gardening"),
        ("Tegen een bal trappen", "Elke zondag op het plein, iedereen mag mee.", "football"),
        ("Met potten en pannen", "Samen aan het fornuis, en daarna aan tafel.", "cooking"),
        ("Kinderkoor voor grote mensen", "", "singing"),
        ("Hardlopen voor wie nooit liep", "", "running"),
    ],
)
def test_compounds_and_turns_of_phrase_tell_what_they_hide(title, description, interest):
    assert interest in about(title, description)


@pytest.mark.parametrize(
    ("title", "description", "interest"),
    [
        ("Hulp bij boekhouding", "We houden de rekeningen bij.", "reading"),
        ("Aan de balie", "Je ontvangt bezoekers.", "football"),
        ("Haken en ogen aan een contract", "Een jurist legt uit.", "sewing"),
    ],
)
def test_a_word_inside_another_one_does_not_mislead(title, description, interest):
    assert interest not in about(title, description)


def test_given_interests_are_not_derived_as_well():
    assert about("Haakavond", interests=["reading"]) == ()


@pytest.mark.parametrize(
    ("text", "interest"),
    [
        ("Ik was twaalf jaar kleermaakster en naai nog altijd graag.", "sewing"),
        ("I would love to sing in a choir again.", "singing"),
        ("J'aime préparer de grands repas pour ma famille.", "cooking"),
        ("Хочу грати у футбол із сусідами.", "football"),
        ("أحب الخياطة كثيرا", "sewing"),
        ("Bahçede çalışmayı severim.", "gardening"),
    ],
)
def test_a_wish_is_understood_in_six_languages(text, interest):
    assert wishes(text).get(interest, 0) > 0.5


@pytest.mark.parametrize(
    ("text", "interest"),
    [
        ("Ik wil geen voetbal.", "football"),
        ("I do not want to play football.", "football"),
        ("Je ne veux pas jouer au football.", "football"),
        ("Не хочу грати у футбол.", "football"),
        ("لا أريد كرة القدم", "football"),
        ("Futbol oynamak istemiyorum.", "football"),
        ("Zwemmen is niets voor mij.", "swimming"),
    ],
)
def test_what_is_refused_is_no_wish(text, interest):
    assert wishes(text).get(interest, 0) <= 0


def test_a_refusal_ends_with_its_clause():
    found = wishes("Ik wil geen voetbal, maar ik zwem graag.")
    assert found["swimming"] > 0.5
    assert found.get("football", 0) <= 0


def test_not_only_is_no_refusal():
    assert wishes("Ik wil niet alleen zwemmen.")["swimming"] > 0.5


def test_an_avoided_interest_wins_over_a_wished_one():
    assert "badminton" not in wishes("Ik speel graag badminton.", avoid=["sport"])


def test_a_wish_for_a_branch_is_answered_by_its_twigs_and_neighbours_are_nearer_than_strangers():
    assert closeness("sport", "badminton") > closeness("football", "volleyball") > closeness("football", "reading")
    assert closeness("football", "football") == 1
    assert closeness("badminton", "sport") < closeness("sport", "badminton")


def test_closeness_lies_between_nothing_and_the_same():
    values = [closeness(wish, other) for wish in nodes() for other in nodes()]
    assert min(values) == 0
    assert max(values) == 1


def test_adding_a_matching_interest_never_lowers_an_activity_that_has_it():
    activities, _ = read_offer(data_folder() / "herent_offer.csv")
    engine = Matcher(activities)
    ranker = engine.ranker(TODAY)
    from matcher.features.people import encode_profile

    for facts in ({"interests": ["walking"]}, {"wishes": "Ik wil mensen leren kennen.", "interests": ["reading"]}):
        before = ranker.score(encode_profile(read_profile({"id": "p", **facts}), today=TODAY))
        more = {**facts, "interests": [*facts["interests"], "sewing"]}
        after = ranker.score(encode_profile(read_profile({"id": "p", **more}), today=TODAY))
        has = [n for n, one in enumerate(engine.activities) if "sewing" in one.given_interests]
        assert (after.aspects[has, 0] >= before.aspects[has, 0]).all()


def test_stored_powers_are_whole_steps_so_that_sums_are_exact():
    vector = wish_vector(wish_evidence(read_profile({"id": "p", "interests": ["sewing", "sport"]})))
    assert np.array_equal(vector * 2**20, np.rint(vector * 2**20))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_interest_has_words_in_each_language(language):
    least = 40 if language == "nl" else 15
    counts = dict.fromkeys(interests(), 0)
    for entry in lexicon(language):
        counts[entry.interest] += entry.weight > 0
    assert {interest: count for interest, count in counts.items() if count < least} == {}


def test_the_lexicon_names_only_interests_that_exist_and_sane_weights():
    wrong = [
        entry
        for language in LANGUAGES
        for entry in lexicon(language)
        if entry.interest not in interests() or not (entry.weight == 0 or 0.1 <= entry.weight <= 1)
    ]
    assert wrong == []


def test_no_word_of_the_lexicon_is_an_id_or_organiser_of_the_examples():
    activities, _ = read_offer(data_folder() / "herent_offer.csv")
    profiles, _ = read_profiles(data_folder() / "judgements" / "profiles.jsonl")
    names = {one.id for one in activities} | {one.organiser.lower() for one in activities}
    names |= {one.title.lower() for one in activities if len(one.title.split()) > 2} | {one.id for one in profiles}
    rows = (data_folder() / "lexicon.csv").read_text(encoding="utf-8").splitlines()
    patterns = {row.split(",")[2].lower() for row in rows}
    assert patterns & names == set()


def test_untagged_activities_that_were_not_tuned_on_are_understood():
    hits = missed = false = 0
    lines = (HERE / "data" / "untagged_activities.jsonl").read_text(encoding="utf-8").splitlines()
    for one in map(json.loads, lines):
        if one["split"] == "test":
            found = {lineage(node)[-1] for node in about(one["title"], one["description"] or "", kind=one["kind"])}
            main = {lineage(node)[-1] for node in one["main"]}
            also = {lineage(node)[-1] for node in one["also"]}
            hits, missed, false = (
                hits + len(found & main),
                missed + len(main - found),
                false + len(found - main - also),
            )
    assert 2 * hits / (2 * hits + missed + false) >= 0.7


def test_the_language_of_a_text_is_told_by_its_small_words():
    assert detect_language("Je voudrais apprendre à cuisiner.") == "fr"
    assert detect_language("Şarkı söylemeyi çok severim.") == "tr"
    assert detect_language("123") is None


def test_a_hit_names_the_words_that_were_read():
    (hit,) = [hit for hit in find_hits("Ik hou van haken.") if hit.interest == "sewing"]
    assert (hit.words, hit.negated) == ("haken", False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_quick_reader_finds_what_trying_every_pattern_at_every_word_finds(language):
    draw = random.Random(language)
    entries = draw.sample(lexicon(language), 100) + draw.sample(
        derive := derive_patterns(language), min(100, len(derive))
    )
    words = [word for entry in entries for word in entry.pattern.replace("*", "").replace("..", "").split()]
    others = ["niet", "geen", "not", "pas", "не", "لا", "12", "Één", "straße", "samen"]
    reader = Reader(entries, language)
    for _ in range(25):
        several = [
            draw.choice(
                draw.choice(entries).pattern.replace("*", "").replace("..", draw.choice(["", "heel veel"])).split()
            )
            if draw.random() < 0.2
            else draw.choice(draw.choice([words, others]))
            for _ in range(12)
        ]
        whole = draw.choice(entries).pattern.replace("*", "s").replace("..", draw.choice(["", "al", "heel veel"]))
        text = "".join(
            word + draw.choice([" ", " ", " ", ", ", ". ", "\n"])
            for word in (*several, whole.upper(), *several[:4])
        )
        assert sorted(reader.read(Tokens(text))) == plain_hits(entries, language, text)


def test_a_phrase_of_any_length_does_not_reach_over_the_edges_of_a_text():
    words = [f"woord{number}" for number in range(20)]
    words[0], words[19] = "allerlangstewoord", "langstewoord"
    phrase = " ".join(words)
    entries = [lexicon("nl")[0]._replace(pattern=phrase, weight=0.9)]
    reader = Reader(entries, "nl")
    for first, last in combinations(range(len(words) + 1), 2):
        text = " ".join(words[first:last])
        assert [hit.words for hit in reader.read(Tokens(text))] == ([phrase] if text == phrase else [])
    assert reader.read(Tokens(" ".join([*words[10:], *words[:10]]))) == []


def test_a_word_stands_where_it_stood_when_small_letters_take_more_room():
    tokens = Tokens("İyi STRASSE, Straße")
    places = [tokens.text[tokens.start(at) : tokens.end(at)] for at in range(3)]
    assert (places, tokens.words[1:]) == (["İyi", "STRASSE", "Straße"], ["strasse", "strasse"])
    assert (tokens.in_one_clause(0, 1), tokens.in_one_clause(1, 2)) == (True, False)


@given(text=st.text(st.sampled_from("aZéß1ŽœğяªK_ ’\u2009\n.,…(-\x85\0µ"), max_size=30), joining=st.booleans())
def test_words_and_clauses_are_those_of_a_text_taken_letter_by_letter(text, joining):
    tokens = Tokens(text, joining=joining)
    spans = [match.span() for match in re.finditer(r"[^\W_]+", text)]
    assert [(tokens.start(at), tokens.end(at)) for at in range(len(tokens.words))] == spans
    assert tokens.words == [text[start:end].casefold() for start, end in spans]
    plain = re.sub(r"(?<=\d)[.,](?=\d)", " ", text) if joining else text
    for first in range(len(spans)):
        for last in range(first, len(spans)):
            together = not re.search(r"[.,;:!?()…\n]", plain[spans[first][1] : spans[last][0]])
            assert tokens.in_one_clause(first, last) is together
            low, high = tokens.clause(first, first)
            assert (low <= last < high) is together


def test_a_memory_works_out_a_word_once_and_begins_anew_when_it_is_full(monkeypatch):
    asked = []
    memory = Memory(lambda word: asked.append(word) or len(word))
    assert (memory["koor"], memory["koor"], asked) == (4, 4, ["koor"])
    monkeypatch.setattr("matcher.features.tokens._MOST_REMEMBERED", 1)
    assert (memory["dans"], list(memory)) == (4, ["dans"])
