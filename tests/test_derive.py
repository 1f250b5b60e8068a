import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import read_activity, read_profile
from matcher.criteria import check_criteria
from matcher.features.derive import LANGUAGES, derive_each, derive_fields
from matcher.features.interests import activity_evidence, derived_interests
from matcher.features.offer import OfferTransformer
from matcher.features.people import encode_profile
from matcher.model import Proposal, read_proposal
from matcher.ranking import ActivityRanker
from matcher.vocabulary import FACILITIES, INTERACTIONS, KINDS, aspect_weights, derive_patterns, lineage

TODAY = date(2026, 11, 23)
HERE = Path(__file__).parent
WORDS = sorted({word for entry in derive_patterns("nl") for word in entry.pattern.replace("*", "").split()})
"""Words of the patterns in any order: more contradictions than any real text holds."""


def derived(title="Activiteit", description=None, **facts):
    data = {"title": title, **facts}
    return derive_fields(read_proposal({**data, "description": description} if description else data))


def labelled(name):
    return list(map(json.loads, (HERE / "data" / name).read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Max. 8 personen per groep.", None, 8),
        ("Maximaal twaalf deelnemers", None, 12),
        ("We werken in groepjes van vier.", None, 4),
        ("Groep van 6 à 10 deelnemers.", 6, 10),
        ("In een groep van 10 tot 20 personen.", 10, 20),
        ("Minimum 6 en maximum 10 deelnemers.", 6, 10),
        ("Minstens 8 cursisten, anders gaat het niet door.", 8, None),
        ("Je spreekt af met iemand die Nederlands leert, één op één.", 2, 2),
        ("Per groep zijn er tien plaatsen.", None, 10),
        ("We talk in groups of max 6 people.", None, 6),
        ("On parle dans un groupe de 8 personnes maximum.", None, 8),
    ],
)
def test_numbers_beside_people_are_the_size_of_the_group(text, low, high):
    found = derived(description=text)
    assert (found.group_min, found.group_max) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "Een kop koffie voor 8 euro, 10 lessen van 2 uur.",
        "Kinderen vanaf 8 jaar, van 6 tot 12 jaar.",
        "We zitten in kleine groep.",
        "Een grote groep wandelaars.",
        "Max. 2 personen per gezin.",
        "Max. 4 spelers per tafel.",
        "We werken in groepjes van 3 gezinnen.",
        "Een groep van 12 vrijwilligers staat klaar.",
        "Max. 8 personen. Volgende keer max. 12 personen.",
        "Zaal met maximaal 400 personen.",
        "Eén op één of in groep.",
        "Maximaal 1 persoon.",
        "Minimum 10 deelnemers; maximum 6 deelnemers.",
    ],
)
def test_other_numbers_and_contradictions_leave_the_group_unknown(text):
    found = derived(description=text)
    assert (found.group_min, found.group_max) == (None, None)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Je hebt geen Nederlands nodig.", 1),
        ("Ook voor wie weinig of geen Nederlands kent.", 1),
        ("Je begrijpt al een beetje Nederlands maar je spreekt het nog niet zo goed.", 2),
        ("Je begrijpt vrij veel Nederlands en kan ook iets vertellen.", 3),
        ("Je begrijpt veel Nederlands en spreekt het goed.", 4),
        ("Je begrijpt of spreekt nog niet veel Nederlands.", 1),
        ("Vanaf niveau A2.", 3),
        ("Vanaf niveau 1.2.", 3),
        ("twee taaliconen", 2),
        ("Yoga voor beginners", None),
        ("Beginnerscursus Spaans, vanaf A2", None),
        ("Oefen je Nederlands bij ons.", None),
        ("Niet voor wie weinig Nederlands spreekt.", None),
        ("Vanaf A1, of liever vanaf B1.", None),
        ("No Dutch needed, we show you how it works.", 1),
    ],
)
def test_words_for_dutch_that_is_asked_tell_the_taalicoon(text, level):
    assert derived(description=text).taalicoon == level


@pytest.mark.parametrize(
    ("text", "facilities"),
    [
        ("Kinderen welkom, er is een speelhoek.", ("child_welcome",)),
        ("Voor ouders met peuters.", ("child_welcome",)),
        ("Er is kinderopvang voorzien.", ("childcare",)),
        ("Geen kinderen toegelaten.", ()),
        ("Kinderen zijn welkom in juli; in augustus geen kinderen.", ()),
        ("Er is geen kinderopvang.", ()),
        ("Peuters kunnen niet mee.", ()),
    ],
)
def test_children_are_welcome_only_where_the_text_says_so(text, facilities):
    assert derived(description=text, kind="course").facilities == facilities


def test_children_for_whom_one_works_are_not_brought_along():
    assert derived(description="Terwijl de kinderen spelen, help jij.", kind="volunteering").facilities == ()


@pytest.mark.parametrize(
    ("title", "description", "kind"),
    [
        ("Vrijwilligers gezocht in het museum", None, "volunteering"),
        ("Lessenreeks tennis", "Met trainer Koen, op de terreinen van de club.", "course"),
        ("Voetbalclub", "Training op dinsdag.", "sport"),
        ("Zangkoor", "Repetitie in de kerk.", "culture"),
        ("Snuffelstage in de zorg", None, "internship"),
        ("Sportstage", None, "sport"),
        ("Buurtrestaurant", None, "neighbourhood"),
        ("Oudercomité", "Wij organiseren het schoolfeest.", "school"),
        ("Iets doen", "In het buurthuis.", None),
        ("Geen cursus", None, None),
        ("Badminton, vrije inloop", "Recreatief spelen.", None),
        ("Inloop in het buurthuis", None, "neighbourhood"),
        ("Stage hockey", "Vijf dagen op het veld.", None),
        ("Stage circus voor kinderen", None, None),
        ("Mosselfeest van de fanfare", None, None),
        ("Buddy Dive Club", None, None),
    ],
)
def test_the_kind_is_told_by_words_that_are_ahead_of_all_others(title, description, kind):
    assert derived(title, description).kind == kind


def test_talk_with_one_another_is_told_and_little_talk_only_holds_it_back():
    assert derived(description="We praten over het dagelijks leven.").interaction == "high"
    assert derived(description="Ieder werkt individueel, op eigen tempo.").interaction is None
    assert derived("Praattafel", "We lezen individueel en in stilte.").interaction is None


def test_what_was_derived_names_its_key_and_words_and_adds_to_what_stood_there():
    found = derived("Praattafel", "Max. 8 personen | kinderen welkom", derived=["interests=praattafel"])
    assert found.derived == (
        "interests=praattafel",
        "kind=praattafel",
        "group_max=max. 8 personen",
        "interaction=praattafel",
        "facilities=kinderen welkom",
    )


def test_a_given_value_is_never_touched():
    given_facts = {
        "kind": "informal",
        "group_max": 30,
        "interaction": "medium",
        "taalicoon": 4,
        "facilities": ["-child_welcome", "-childcare"],
    }
    proposal = read_proposal(
        {
            "title": "Praattafel",
            "description": "Max. 8 personen, kinderen welkom, kinderopvang voorzien, geen Nederlands nodig.",
            **given_facts,
        }
    )
    assert derive_fields(proposal) is proposal


def test_nothing_found_gives_the_same_object():
    proposal = Proposal(title="Zomaar")
    assert derive_fields(proposal) is proposal


def test_an_activity_stays_an_activity_and_its_interests_stay_as_they_are():
    activity = read_activity({"id": "k", "title": "Zangkoor", "organiser": "koor", "kind": "culture"})
    found = derive_fields(activity.model_copy(update={"description": "Maximaal 20 personen."}))
    assert type(found) is type(activity)
    assert (found.group_max, found.interests) == (20, ())


texts = st.lists(st.sampled_from([*WORDS, ".", ",", "8", "1", "geen", "niet", "max."]), max_size=40).map(" ".join)


@given(texts, st.sampled_from([None, *KINDS]))
def test_whatever_a_text_says_a_derived_value_is_valid_and_excludes_nobody(text, kind):
    found = derived(description=text or None, **({"kind": kind} if kind else {}))
    again = read_proposal({**found.to_json()})
    assert again == found
    assert derive_fields(found) == found
    assert check_criteria(found, today=TODAY)["verdict"] != "does_not_fit"
    assert not any(facility.startswith("-") for facility in found.facilities)
    if found.kind:
        person = encode_profile(
            read_profile({"id": "p", "needs": ["childcare", "child_welcome"], "max_price_eur": 0}), today=TODAY
        )
        activity = read_activity({**found.to_json(), "id": "a", "organiser": "o"})
        offer = OfferTransformer(TODAY).fit([activity]).transform([activity])
        assert ActivityRanker(aspect_weights()).fit(offer).score(person).broken.tolist() == [0]


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    if text.strip():
        derive_fields(Proposal.model_construct(**{**Proposal(title="x").__dict__, "description": text}))


def test_the_patterns_name_only_keys_and_values_that_exist_and_sane_weights():
    may = {
        "kind": set(KINDS),
        "interaction": set(INTERACTIONS),
        "taalicoon": {"1", "2", "3", "4", "other"},
        "group": {"..#", "#..", "#..#", "2..2", "3.."},
        **dict.fromkeys(("child_welcome", "childcare"), {"yes", "no"}),
    }
    assert may.keys() - set(FACILITIES) == {"kind", "interaction", "taalicoon", "group"}
    for language in LANGUAGES:
        for entry in derive_patterns(language):
            assert entry.interest in may[entry.key], entry
            assert entry.weight == 0 or 0.1 <= entry.weight <= 1, entry
            if entry.key == "group":
                assert entry.interest.count("#") == entry.pattern.split().count("#"), entry


def counted(rows):
    """Count right, false and missed values of each key; ``?`` in the labels leaves a key out."""
    counts = Counter()
    for row in rows:
        found = derive_fields(
            read_proposal({key: row[key] for key in ("title", "description", "organiser") if key in row})
        )
        labels = {key: row.get(key) for key in ("group_min", "group_max", "taalicoon")}
        values = {key: getattr(found, key) for key in labels}
        talk = row.get("interaction")
        labels["interaction"], values["interaction"] = talk if talk in ("high", "?") else None, found.interaction
        for facility in ("child_welcome", "childcare"):
            told = row.get("facilities", [])
            labels[facility] = "?" if f"?{facility}" in told else facility in told or None
            values[facility] = facility in found.facilities or None
        labels["kind"] = found.kind if found.kind in row["kind"] else row["kind"][0]
        values["kind"] = found.kind
        for key, label in labels.items():
            value = values[key]
            if label != "?":
                counts[key, "right"] += value is not None and value == label
                counts[key, "false"] += value is not None and value != label
                counts[key, "missed"] += label is not None and value != label
    return counts


@pytest.mark.parametrize("half", [0, 1], ids=["not written on", "written on"])
def test_what_is_derived_from_labelled_texts_is_nearly_always_right(half):
    rows = labelled("derived_fields.jsonl")
    assert len(rows) >= 150
    counts = counted(rows[half::2])
    for key in ("group_min", "group_max", "interaction", "taalicoon", "child_welcome", "childcare", "kind"):
        right, false, missed = (counts[key, name] for name in ("right", "false", "missed"))
        assert right / (right + false) >= 0.95, key
        assert right / (right + missed) >= (0.55 if key == "kind" else 0.8), key


def test_the_kind_of_texts_that_avoid_its_words_is_mostly_left_unknown():
    counts = counted([{**row, "facilities": []} for row in labelled("derived_kinds.jsonl")])
    right, false = counts["kind", "right"], counts["kind", "false"]
    assert right / (right + false) >= 0.8


def test_interests_of_labelled_texts_are_derived_at_branch_level():
    hits = missed = false = 0
    for row in labelled("derived_fields.jsonl"):
        if "interests" in row:
            data = {"id": "a", "title": row["title"], "description": row["description"], "organiser": "vereniging"}
            activity = read_activity({**data, "kind": row["kind"][0]})
            found = {lineage(node)[-1] for node in derived_interests(activity, activity_evidence(activity))}
            main = {lineage(node)[-1] for node, grade in row["interests"].items() if grade == 3}
            also = {lineage(node)[-1] for node in row["interests"]}
            hits, missed, false = hits + len(found & main), missed + len(main - found), false + len(found - also)
    assert 2 * hits / (2 * hits + missed + false) >= 0.7


def test_words_beside_the_subject_tell_no_interest():
    def found(title, description):
        activity = read_activity(
            {"id": "a", "title": title, "description": description, "organiser": "x", "kind": "culture"}
        )
        return set(derived_interests(activity, activity_evidence(activity)))

    assert "office_work" not in found("Lezing over de abdij", "Na afloop receptie.")
    assert "coffee_chat" not in found("Badminton", "Vrije inloop.")
    assert found("Aperitiefconcert", "Trio Fado speelt.") & {"culture", "eating_together"} == {"culture"}
    assert "office_work" in found("Receptie van het stadhuis", "Je werkt aan de receptie.")


def test_several_proposals_are_read_as_each_by_itself():
    several = [
        Proposal(title="Praattafel", description="Maximum 8 deelnemers. Geen kinderen."),
        Proposal(title="Conversation table", description="We talk with each other in Dutch, at most 8 people."),
        Proposal(title="Koor", kind="culture", organiser="vzw De Praattafel", description="Kinderen zijn welkom."),
        Proposal(title="Niets"),
        Proposal(title="Un café", description="Nous parlons avec les autres, maximum 12 personnes."),
    ]
    assert derive_each(several) == [derive_fields(one) for one in several]
    assert derive_each([]) == []
