"""How good the proposals are, for whom they are worse, and what each part adds: our ranking beside simple ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from . import metrics
from .baselines import baselines
from .errors import must
from .features.language import detect_language
from .features.offer import OfferArrays, OfferTransformer
from .features.people import encode_profile
from .model import Activity, Profile
from .model.answer import ASPECTS
from .model.judgements import RELEVANT, Judgements
from .ranking import ActivityRanker
from .vocabulary import aspect_weights

OURS, VARIED, READERS = "matcher", "matcher_varied", "readers"
MEASURES = ("ndcg", "recall", "reciprocal_rank", "diversity", "broken")
GROUP_LEAST = 5
"""From a group of fewer people nothing is concluded."""
WORKDAYS, DAY_START_MIN, DAY_END_MIN = 5, 8 * 60, 17 * 60
FREE_LEAST_MIN = 120

Lists = Mapping[str, Sequence[str]]
"""Profile id -> ids of activities, best first."""


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """What was measured.

    people : DataFrame indexed by (ranker, profile_id), a column for each of `MEASURES`
    lists : ranker -> profile id -> ids of the allowed activities, best first
    coverage : ranker -> share of the activities allowed for anybody that stand in somebody's first k
    groups : DataFrame indexed by profile_id, a column for each division of the people
    k, seed : as given
    relevance : profile id -> activity id -> mean grade of what is allowed
    unjudged, not_allowed : number of allowed pairs without a judgement (relevance 0), and of judged pairs that
        break a limit (never proposed)
    """

    people: pd.DataFrame
    lists: Mapping[str, Lists]
    coverage: Mapping[str, float]
    groups: pd.DataFrame
    relevance: Mapping[str, Mapping[str, float]]
    k: int
    seed: int
    unjudged: int
    not_allowed: int

    def summary(self) -> pd.DataFrame:
        """Return the mean of each measure for each ranker, and the interval of the nDCG (``low``, ``high``)."""
        means = self.people.groupby(level="ranker", sort=False).mean()
        bounds = {ranker: self._interval(self.people.loc[ranker, "ndcg"]) for ranker in means.index}
        means.insert(1, "low", [bounds[ranker].low for ranker in means.index])
        means.insert(2, "high", [bounds[ranker].high for ranker in means.index])
        means["coverage"] = pd.Series(self.coverage)
        return means

    def best_baseline(self) -> str:
        """Return the name of the baseline with the highest mean nDCG."""
        means = self.people["ndcg"].groupby(level="ranker", sort=False).mean()
        return str(means.drop([OURS, VARIED, READERS]).idxmax())

    def gain(self, *, over: str, of: str = OURS) -> metrics.Interval:
        """Return the gain in nDCG of one ranker over another, person by person, with its paired interval.

        Raises
        ------
        InputError
            If there is no such ranker.
        """
        for ranker in (over, of):
            must(ranker in self.lists, "ranker", f"one of {', '.join(self.lists)}", ranker)
        return self._interval(self.people.loc[of, "ndcg"] - self.people.loc[over, "ndcg"])

    def by_group(self, *, ranker: str = OURS) -> pd.DataFrame:
        """Return how well each group of people is served.

        Returns
        -------
        DataFrame indexed by (division, group)
            ``people``, mean ``ndcg`` with ``low`` and ``high``, and ``of_best``: its share of the best group of
            the division, NaN for fewer than `GROUP_LEAST` people.
        """
        ndcg = self.people.loc[ranker, "ndcg"].dropna()
        rows: dict[tuple[str, str], dict[str, float]] = {}
        for division in self.groups:
            for group, known in ndcg.groupby(self.groups[division]):
                mean, low, high = self._interval(known)
                rows[division, str(group)] = {"people": len(known), "ndcg": mean, "low": low, "high": high}
        found = pd.DataFrame.from_dict(rows, orient="index")
        found.index = pd.MultiIndex.from_tuples(list(rows), names=["division", "group"])
        large = found["ndcg"].where(found["people"] >= GROUP_LEAST)
        found["of_best"] = large / large.groupby(level="division").transform("max")
        return found

    def mistakes(self, n: int = 10, *, ranker: str = OURS) -> pd.DataFrame:
        """Return the activities whose place cost most, the worst first.

        Returns
        -------
        DataFrame
            ``profile_id``, ``activity_id``, mean ``grade``, ``rank``, ``best_rank`` (where the grades put it) and
            ``cost``: the nDCG that is lost because it stands too low, or because it takes a place too high.
        """
        rows = [
            row
            for profile_id, ranked in self.lists[ranker].items()
            for row in _costs(profile_id, ranked, self.relevance[profile_id], self.k)
        ]
        columns = ["profile_id", "activity_id", "grade", "rank", "best_rank", "cost"]
        found = pd.DataFrame(rows, columns=columns)
        order = found.sort_values(["cost", "profile_id", "activity_id"], ascending=[False, True, True])
        return order.head(n).reset_index(drop=True)

    def _interval(self, values: pd.Series[float]) -> metrics.Interval:
        return metrics.bootstrap_interval(values.to_numpy(), rng=np.random.default_rng(self.seed))


def evaluate(
    activities: Sequence[Activity],
    judgements: Judgements,
    *,
    today: date,
    k: int = 10,
    seed: int = 0,
    weights: Mapping[str, float] | None = None,
) -> Evaluation:
    """Measure our ranking, the baselines and the readers themselves on judgements.

    Parameters
    ----------
    activities : sequence of Activity
    judgements : Judgements
    today : date
    k : int, at least 1
        Length of the lists that are measured.
    seed : int
        Of the random order and of the bootstrap.
    weights : mapping or None
        Weight of each aspect; None takes those in use.

    Raises
    ------
    InputError
        If for nobody an allowed activity was graded above 0, or k is below 1.

    Notes
    -----
    All rankers order the same activities: those that break no hard limit; what was judged but breaks one is left
    out of the ideal order too. ``readers`` is the order of one reader
    measured by the grades of the other, the mean of both ways: what can be hoped for at most.
    """
    must(k >= 1, "k", "at least 1", k)
    ordered = sorted(activities, key=lambda activity: activity.id)
    offer = OfferTransformer(today).fit(ordered).transform(ordered)
    ours = _ours(offer, judgements.profiles, today=today, k=k, weights=weights or aspect_weights())
    allowed = {profile_id: set(ranked) for profile_id, ranked in ours[OURS].items()}
    lists = {**_simple(ordered, judgements.profiles, allowed, seed), **ours}
    about = dict(zip(offer.ids, offer.interests.affinity.T.astype(np.float64), strict=True))
    relevance = _relevance(judgements, allowed)
    rows = {
        (name, one): _measured(of[one], relevance[one], allowed[one], about, k)
        for name, of in lists.items()
        for one in allowed
    }
    for one, own in allowed.items():
        ways = [_measured(ranked, other, own, about, k) for ranked, other in _readers(judgements, one, own)]
        rows[READERS, one] = {name: float(np.mean([way[name] for way in ways])) for name in MEASURES}
    lists[READERS] = {one: _readers(judgements, one, own)[0][0] for one, own in allowed.items()}
    people = pd.DataFrame.from_dict(rows, orient="index", columns=list(MEASURES))
    people.index = pd.MultiIndex.from_tuples(list(rows), names=["ranker", "profile_id"])
    return Evaluation(
        people=people,
        lists=lists,
        coverage={
            name: metrics.coverage(of.values(), set().union(*allowed.values()), k=k) for name, of in lists.items()
        },
        groups=groups_of(judgements.profiles),
        k=k,
        seed=seed,
        relevance=relevance,
        unjudged=sum(len(own - set(relevance[one])) for one, own in allowed.items()),
        not_allowed=sum(len(set(judgements.relevance(one)) - own) for one, own in allowed.items()),
    )


def _ours(
    offer: OfferArrays, profiles: Sequence[Profile], *, today: date, k: int, weights: Mapping[str, float]
) -> dict[str, Lists]:
    ranker = ActivityRanker(weights).fit(offer)
    plain, varied = {}, {}
    for profile in profiles:
        scores = ranker.score(encode_profile(profile, today=today))
        columns = ranker.best(scores, k=offer.n_activities)
        plain[profile.id] = [offer.ids[column] for column in columns]
        varied[profile.id] = [offer.ids[column] for column in ranker.varied(scores, columns, k=k)]
    return {VARIED: varied, OURS: plain}


def _relevance(judgements: Judgements, allowed: Mapping[str, Collection[str]]) -> dict[str, dict[str, float]]:
    """Return the mean grade of what is allowed for each person; refuse when that says nothing of anybody."""
    found = {
        profile_id: {one: grade for one, grade in judgements.relevance(profile_id).items() if one in own}
        for profile_id, own in allowed.items()
    }
    told = sum(any(of.values()) for of in found.values())
    must(told > 0, "judgements", "of a person with an allowed activity graded above 0", told)
    return found


def _simple(
    activities: Sequence[Activity], profiles: Sequence[Profile], allowed: Mapping[str, set[str]], seed: int
) -> dict[str, Lists]:
    found: dict[str, Lists] = {}
    for name, baseline in baselines(np.random.default_rng(seed)).items():
        baseline.fit(activities)
        scores = {one.id: baseline.score(one) for one in profiles}
        found[name] = {
            profile_id: _by_score({one.id: score for one, score in zip(activities, of, strict=True)}, within)
            for (profile_id, of), within in zip(scores.items(), allowed.values(), strict=True)
        }
    return found


def _readers(
    judgements: Judgements, profile_id: str, allowed: set[str]
) -> list[tuple[list[str], dict[str, float]]]:
    """Return the order of each reader, with the grades of the other by which it is measured."""
    grades = judgements.grades.get(profile_id, {})
    each = [{one: both[reader] for one, both in grades.items() if one in allowed} for reader in (0, 1)]
    return [(_by_score(own, allowed), other) for own, other in (each, each[::-1])]


def _by_score(scores: Mapping[str, float], within: set[str]) -> list[str]:
    """Return ids by score, the highest first; what has no score is last, ties go to the lower id."""
    return sorted(within, key=lambda one: (-scores.get(one, -np.inf), one))


def _measured(
    ranked: Sequence[str], relevance: Mapping[str, float], allowed: set[str], about: Mapping[str, Any], k: int
) -> dict[str, float]:
    vectors = np.array([about[one] for one in ranked[:k]])
    return {
        "ndcg": metrics.ndcg(ranked, relevance, k=k),
        "recall": metrics.recall(ranked, relevance, k=k, least=RELEVANT),
        "reciprocal_rank": metrics.reciprocal_rank(ranked, relevance, least=RELEVANT),
        "diversity": metrics.intra_list_diversity(vectors),
        "broken": metrics.broken_share(ranked, allowed, k=k),
    }


def _costs(
    profile_id: str, ranked: Sequence[str], relevance: Mapping[str, float], k: int
) -> Iterator[tuple[str, str, float, int, int, float]]:
    """Give what the place of each activity costs: too low its own gain, too high that of what belongs there."""
    best = sorted(ranked, key=lambda one: (-relevance.get(one, 0.0), one))
    grades = [relevance.get(one, 0.0) for one in best]
    worth = [1.0 / float(np.log2(rank + 1)) if rank <= k else 0.0 for rank in range(1, len(ranked) + 1)]
    ideal = sum(grade * own for grade, own in zip(grades, worth, strict=True))
    for place, one in enumerate(ranked):
        grade, best_place = relevance.get(one, 0.0), best.index(one)
        # Among equal grades any order is as good: the place within them costs nothing.
        first, last = grades.index(grade), len(grades) - 1 - grades[::-1].index(grade)
        if ideal > 0 and place > last:
            cost = grade * (worth[min(best_place, last)] - worth[place]) / ideal
        elif ideal > 0 and place < first:
            cost = (grades[place] - grade) * worth[place] / ideal
        else:
            cost = 0.0
        if cost > 0:
            yield profile_id, one, grade, place + 1, best_place + 1, cost


def groups_of(profiles: Sequence[Profile]) -> pd.DataFrame:
    """Divide people by level, parents, transport, availability, what they told, and its language.

    Returns
    -------
    DataFrame indexed by profile_id, a column for each division
    """
    rows = {
        one.id: {
            "level": one.dutch_level or "unknown",
            "parents": "parent" if _is_parent(one) else "not said",
            "transport": one.transport or "unknown",
            "availability": _when(one),
            "told": _told(one),
            "language": (detect_language(one.wishes) or "unclear") if one.wishes else "none",
        }
        for one in profiles
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("profile_id")


def _is_parent(profile: Profile) -> bool:
    return "parents" in profile.audience or not {"childcare", "child_welcome"}.isdisjoint(profile.needs)


def _told(profile: Profile) -> str:
    said = [*(["interests"] if profile.interests else []), *(["text"] if profile.wishes else [])]
    return " and ".join(said) or "nothing"


def _when(profile: Profile) -> str:
    """Return when a person has at least two hours: on workdays by day, in the evening or weekend, or both."""
    if profile.availability is None:
        return "unknown"
    day = other = 0
    for weekday, stretches in enumerate(profile.availability.stretches):
        for start, end in stretches:
            by_day = max(0, min(end, DAY_END_MIN) - max(start, DAY_START_MIN)) if weekday < WORKDAYS else 0
            day, other = day + by_day, other + end - start - by_day
    by = [name for name, free in (("day", day), ("evening or weekend", other)) if free >= FREE_LEAST_MIN]
    return "both" if len(by) == 2 else by[0] if by else "hardly free"


def ablate(
    activities: Sequence[Activity], judgements: Judgements, *, today: date, k: int = 10, seed: int = 0
) -> pd.DataFrame:
    """Measure what each aspect and each source of knowledge adds: the nDCG without it.

    Returns
    -------
    DataFrame indexed by what was left out
        Mean ``ndcg`` without it, and the mean ``loss`` person by person with ``low`` and ``high``.
    """
    profiles, weights = judgements.profiles, dict(aspect_weights())
    ordered = sorted(activities, key=lambda activity: activity.id)
    offer = OfferTransformer(today).fit(ordered).transform(ordered)
    relevance = _relevance(judgements, _ours(offer, profiles, today=today, k=k, weights=weights)[OURS])

    def without(activities: Sequence[Activity], profiles: Sequence[Profile], weights: Mapping[str, float]) -> Any:
        offer = OfferTransformer(today).fit(activities).transform(activities)
        ranked = _ours(offer, profiles, today=today, k=k, weights=weights)[OURS]
        # What no limit keeps out any more, because its tags were left out, was not judged.
        judged = {one: [own for own in ids if own in relevance[one]] for one, ids in ranked.items()}
        return np.array([metrics.ndcg(ids, relevance[one], k=k) for one, ids in judged.items()])

    offer_without: dict[str, dict[str, Any]] = {
        "given interests": {"interests": ()},
        "descriptions": {"description": None},
        "titles and descriptions": {"title": "-", "description": None},
    }
    profile_without: dict[str, dict[str, Any]] = {
        "wishes": {"wishes": None},
        "ticked interests": {"interests": ()},
    }
    whole = without(ordered, profiles, weights)
    left_out = {f"aspect {aspect}": without(ordered, profiles, weights | {aspect: 0.0}) for aspect in ASPECTS}
    for name, update in profile_without.items():
        left_out[name] = without(ordered, [one.model_copy(update=update) for one in profiles], weights)
    for name, update in offer_without.items():
        left_out[name] = without([one.model_copy(update=update) for one in ordered], profiles, weights)
    rows = {"nothing": {"ndcg": float(np.nanmean(whole)), "loss": 0.0, "low": 0.0, "high": 0.0}}
    for name, ndcg in left_out.items():
        mean, low, high = metrics.bootstrap_interval(whole - ndcg, rng=np.random.default_rng(seed))
        rows[name] = {"ndcg": float(np.nanmean(ndcg)), "loss": mean, "low": low, "high": high}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("without")


def trade_off(
    activities: Sequence[Activity],
    judgements: Judgements,
    *,
    today: date,
    shares: Sequence[float] = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5),
    k: int = 10,
) -> pd.DataFrame:
    """Measure what a varied list costs: nDCG and diversity for each share of the fit in the choice.

    Returns
    -------
    DataFrame indexed by ``fit``, the share; 1 is the plain order
        Mean ``ndcg`` and mean ``diversity``.
    """
    ordered = sorted(activities, key=lambda activity: activity.id)
    offer = OfferTransformer(today).fit(ordered).transform(ordered)
    ranker = ActivityRanker(aspect_weights()).fit(offer)
    about = offer.interests.affinity.T.astype(np.float64)
    scores = {one.id: ranker.score(encode_profile(one, today=today)) for one in judgements.profiles}
    columns = {one: ranker.best(own, k=offer.n_activities) for one, own in scores.items()}
    allowed = {one: {offer.ids[column] for column in own} for one, own in columns.items()}
    relevance = _relevance(judgements, allowed)
    rows: dict[float, dict[str, float]] = {}
    for share in shares:
        ndcg, diversity = [], []
        for one, own in scores.items():
            chosen = ranker.varied(own, columns[one], k=k, fit=share)
            ndcg.append(metrics.ndcg([offer.ids[column] for column in chosen], relevance[one], k=k))
            diversity.append(metrics.intra_list_diversity(about[chosen]))
        rows[share] = {"ndcg": float(np.nanmean(ndcg)), "diversity": float(np.nanmean(diversity))}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("fit")
