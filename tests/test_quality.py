"""How good the ranking is: floors on people and towns, those it was tuned on and those it was not."""

import json
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from worlds import TODAY

from matcher import data_folder, metrics
from matcher.evaluation import OURS, evaluate
from matcher.features.offer import OfferTransformer
from matcher.features.people import encode_profile
from matcher.ranking import ActivityRanker
from matcher.readers.csv_offer import read_offer
from matcher.readers.judgements import read_judgements
from matcher.tuning import tune_on_judgements
from matcher.vocabulary import aspect_weights

HERE = Path(__file__).parent
MATCHER = HERE.parent / "matcher"
SETS = {
    "judgements": 0.915,
    "more_people": 0.86,
    "coast_town": 0.855,
    "other_town": 0.825,
    "mine_towns": 0.83,
    "indirect_people": 0.74,
}
"""Mean nDCG@10 that no change may fall under; docs/ranking.md tells what was tuned on which."""
LANGUAGES = ("en", "fr", "uk", "ar", "tr")


@cache
def world(name):
    folder = data_folder() / name if name == "judgements" else HERE / "data" / name
    own = folder / "offer.csv"
    activities, problems = read_offer(own if own.is_file() else data_folder() / "herent_offer.csv")
    judgements, more = read_judgements(folder)
    assert problems + more == []
    assert judgements.today == TODAY
    return activities, judgements


@cache
def evaluation(name):
    activities, judgements = world(name)
    return evaluate(activities, judgements, today=judgements.today)


@pytest.mark.parametrize("name", SETS)
def test_people_are_served_at_least_this_well(name):
    assert evaluation(name).people.loc[OURS, "ndcg"].mean() >= SETS[name]


@pytest.mark.parametrize("name", SETS)
def test_the_gain_over_the_best_simple_ranking_is_sure(name):
    found = evaluation(name)
    assert found.gain(over=found.best_baseline()).low > 0


@pytest.mark.parametrize("name", SETS)
def test_nothing_that_breaks_a_limit_is_proposed(name):
    assert evaluation(name).people.loc[OURS, "broken"].max() == 0


def test_with_weights_learnt_from_the_others_each_person_is_served_well():
    activities, judgements = world("judgements")
    found = tune_on_judgements(activities, judgements, today=judgements.today)
    assert found.compared["after"].mean() >= 0.9


@cache
def ndcg_of(language):
    """Return the nDCG@10 of each example whose wish was translated, with the wish in one language."""
    activities, judgements = world("judgements")
    lines = (HERE / "data" / "translated_wishes.jsonl").read_text(encoding="utf-8").splitlines()
    wishes = {one["profile_id"]: one["wishes"] for one in map(json.loads, lines) if one["language"] == language}
    arrays = OfferTransformer(TODAY).transform(sorted(activities, key=lambda one: one.id))
    ranker, found = ActivityRanker(aspect_weights()).fit(arrays), []
    for profile in judgements.profiles:
        if profile.wishes:
            told = profile.model_copy(update={"wishes": wishes.get(profile.id, profile.wishes)})
            columns = ranker.best(ranker.score(encode_profile(told, today=TODAY)), k=10)
            found.append(
                metrics.ndcg([arrays.ids[one] for one in columns], judgements.relevance(profile.id), k=10)
            )
    return float(np.mean(found))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_wish_in_another_language_is_answered_as_well(language):
    assert abs(ndcg_of(language) - ndcg_of("as given")) < 0.05


@pytest.mark.slow
def test_no_rule_weight_or_word_list_names_an_example():
    activities, judgements = world("judgements")
    # What two activities share, or one word, says nothing about one of them.
    names = {one.organiser for one in activities} | {one.title for one in activities}
    names = {re.sub(r" \(voorbeeld\)$", "", name).casefold() for name in names if len(name.split()) > 2}
    names |= {one.id for one in activities} | {one.id for one in judgements.profiles}
    vocabulary = (data_folder() / "interests.csv").read_text(encoding="utf-8").casefold()
    names = {name for name in names if name not in vocabulary}
    rooms = ("features", "aspects", "limits", "facets", "screening", "ranking", "baselines", "tuning")
    files = [file for room in rooms for file in (*MATCHER.glob(f"{room}.py"), *MATCHER.glob(f"{room}/*.py"))]
    files += [data_folder() / name for name in ("lexicon.csv", "derive.csv", "related.csv", "weights.toml")]
    found = [
        (file.name, name)
        for file in files
        for name in names
        if name in file.read_text(encoding="utf-8").casefold()
    ]
    assert found == []
