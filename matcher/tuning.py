"""From judgements and outcomes to weights: few, bounded, kept near those set by hand, compared before adoption."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, minimize

from . import metrics
from .aspects import scaled_weights, total_score
from .errors import InputError, must
from .features.offer import OfferTransformer
from .features.people import encode_profile
from .model import Activity, Profile
from .model.answer import ASPECTS
from .model.judgements import Judgements
from .model.outcomes import Outcome
from .ranking import ActivityRanker
from .vocabulary import adopted_file, aspect_weights, hand_set_weights

Floats = NDArray[np.float64]

OUTCOMES_LEAST, PEOPLE_LEAST = 200, 30
"""From fewer outcomes, or from outcomes of fewer people, nothing is learnt."""
JUDGED_LEAST = 10
"""What was learnt from judgements about fewer people is shown, not adopted."""
FACTOR_MOST = 2.0
"""A learnt weight is at most so many times larger or smaller than the one set by hand."""
SHRINKAGE = 0.03
SHARPNESS = 20.0
"""A difference of 1 / 20 in score makes one activity e times as likely to be preferred."""
LEARN_SHARE = 0.7
"""From the outcomes of the first people is learnt, those of the later people are replayed."""
JUDGED_LOSS_MOST = 0.01
"""Weights learnt from outcomes that lose more nDCG on the judgements are not adopted."""


@dataclass(frozen=True)
class Graded:
    """One person's allowed and graded activities, in the order of their ids.

    ids : tuple of str
    aspects : float64 ndarray of shape (n_activities, n_aspects); 0 where the aspect falls away for this person
    grades : float64 ndarray of shape (n_activities,)
    """

    profile_id: str
    ids: tuple[str, ...]
    aspects: Floats
    grades: Floats

    def ndcg(self, weights: Mapping[str, float], *, k: int) -> float:
        """Return the nDCG at k of the order by these weights."""
        relevance = dict(zip(self.ids, self.grades.tolist(), strict=True))
        return metrics.ndcg([self.ids[number] for number in self._order(weights)], relevance, k=k)

    def agreement(self, weights: Mapping[str, float]) -> float:
        """Return the share of the pairs of unlike grade that these weights put in the right order."""
        total = self.aspects @ _as_array(weights)
        better = self.grades[:, None] > self.grades[None, :]
        ahead = np.sign((total[:, None] - total[None, :]).round(9))
        return float(((ahead[better] + 1) / 2).mean()) if better.any() else float("nan")

    def _order(self, weights: Mapping[str, float]) -> list[int]:
        if not self.ids:
            return []
        # The very sums of the desk, rounding included.
        own = np.array([weights[aspect] for aspect in ASPECTS])
        total = total_score(self.aspects, scaled_weights(own, np.asarray(self.aspects.any(axis=0))))
        return sorted(range(len(self.ids)), key=lambda number: (-total[number], self.ids[number]))


@dataclass(frozen=True)
class Tuned:
    """Learnt weights, and what speaks for them.

    weights : those that were learnt, sum 1
    before : those in use
    source : what was learnt from, in words
    measure : name of what was compared
    compared : DataFrame indexed by profile_id, ``before`` and ``after``: people on whom was not learnt
    gain : mean of ``after`` minus ``before``, with its paired interval
    objections : why they should not be adopted; empty when nothing speaks against it
    """

    weights: Mapping[str, float]
    before: Mapping[str, float]
    source: str
    measure: str
    compared: pd.DataFrame
    gain: metrics.Interval
    objections: tuple[str, ...] = ()


def grade(
    activities: Sequence[Activity],
    profiles: Sequence[Profile],
    grades: Mapping[str, Mapping[str, float]],
    *,
    today: date,
) -> list[Graded]:
    """Lay grades beside the aspects of the ranking that serves the desk.

    Parameters
    ----------
    grades : mapping
        Profile id -> activity id -> grade. What breaks a limit or is not in the offer is left out.
    """
    ordered = sorted(activities, key=lambda activity: activity.id)
    offer = OfferTransformer(today).fit(ordered).transform(ordered)
    ranker = ActivityRanker(dict.fromkeys(ASPECTS, 1.0)).fit(offer)
    found = []
    for profile in profiles:
        given = grades.get(profile.id, {})
        scores = ranker.score(encode_profile(profile, today=today))
        columns = [column for column, one in enumerate(offer.ids) if one in given and scores.broken[column] == 0]
        ids = tuple(offer.ids[column] for column in columns)
        aspects = scores.aspects[columns] * (scores.weights > 0)
        found.append(Graded(profile.id, ids, aspects, np.array([given[one] for one in ids])))
    return found


def fit_weights(people: Sequence[Graded], prior: Mapping[str, float]) -> dict[str, float]:
    """Learn the weight of each aspect from which of two activities was graded higher.

    Parameters
    ----------
    people : sequence of Graded
        Each counts the same, however many activities were graded.
    prior : mapping
        Weights to stay near to.

    Returns
    -------
    dict
        Weights with sum 1, each within `FACTOR_MOST` times of the prior.

    Notes
    -----
    Minimises the mean of ``log(1 + exp(-s (x_better - x_worse) w))`` over pairs, weighed by the difference in
    grade, plus ``c`` times the squared logarithm of how far each weight is from its prior. Where nothing was
    graded the prior stays.

    References
    ----------
    Burges and others (2005), Learning to rank using gradient descent, ICML, doi:10.1145/1102351.1102363.
    """
    start = _as_array(prior)
    pairs = [_pairs(one) for one in people]
    pairs = [(ahead, share) for ahead, share in pairs if len(share)]
    if not pairs:
        return _rounded(start)
    ahead = np.concatenate([ahead for ahead, _ in pairs])
    share = np.concatenate([share for _, share in pairs]) / len(pairs)

    def loss(weights: Floats) -> tuple[float, Floats]:
        margin, away = SHARPNESS * (ahead @ weights), np.log(weights / start)
        value = float(share @ np.logaddexp(0.0, -margin)) + SHRINKAGE * float(away @ away)
        slope = -SHARPNESS * ((share / (1.0 + np.exp(np.minimum(margin, 500.0)))) @ ahead)
        return value, slope + 2 * SHRINKAGE * away / weights

    # Convex within these bounds, so what is found is the one best.
    found = minimize(
        loss,
        start,
        jac=True,
        method="SLSQP",
        bounds=list(zip(start / FACTOR_MOST, start * FACTOR_MOST, strict=True)),
        constraints=LinearConstraint(np.ones(len(start)), 1.0, 1.0),
        options={"ftol": 1e-10, "maxiter": 500},
    )
    return _rounded(found.x)


def _pairs(person: Graded) -> tuple[Floats, Floats]:
    """Return by how much the better of each two is ahead in each aspect, and the share of the pair, sum 1."""
    better, worse = np.nonzero(person.grades[:, None] > person.grades[None, :])
    share = person.grades[better] - person.grades[worse]
    return person.aspects[better] - person.aspects[worse], share / max(share.sum(), 1e-12)


def tune_on_judgements(
    activities: Sequence[Activity], judgements: Judgements, *, today: date, k: int = 10, seed: int = 0
) -> Tuned:
    """Learn weights from judgements, and compare them on each person with those learnt without that person.

    Raises
    ------
    InputError
        If for nobody an allowed activity was graded above 0.

    Notes
    -----
    The prior is what was set by hand: who tunes twice does not drift.
    """
    people = _judged(activities, judgements, today=today)
    must(bool(people), "judgements", "of a person with an allowed activity graded above 0", 0)
    prior, before = hand_set_weights(), aspect_weights()
    rows = {
        one.profile_id: {
            "before": one.ndcg(before, k=k),
            "after": one.ndcg(fit_weights([other for other in people if other is not one], prior), k=k),
        }
        for one in people
    }
    compared = pd.DataFrame.from_dict(rows, orient="index").rename_axis("profile_id")
    few = [f"{JUDGED_LEAST} people at least must have been judged"] if len(people) < JUDGED_LEAST else []
    return _tuned(
        fit_weights(people, prior),
        f"judgements of {len(people)} people",
        f"nDCG@{k}, each person by weights learnt from the others",
        compared,
        seed,
        few,
    )


def tune_on_outcomes(
    activities: Sequence[Activity],
    profiles: Sequence[Profile],
    outcomes: Sequence[Outcome],
    *,
    today: date,
    judgements: Judgements | None = None,
    seed: int = 0,
) -> Tuned:
    """Learn weights from what came of proposals, and replay with them those of people who came later.

    Parameters
    ----------
    outcomes : sequence of Outcome
        Of one person and activity the last one counts. What breaks a limit or is not in the offer tells nothing.
    judgements : Judgements or None
        On these the learnt weights may not lose.

    Raises
    ------
    InputError
        If fewer than `OUTCOMES_LEAST` outcomes, or outcomes of fewer than `PEOPLE_LEAST` people, say something.

    Notes
    -----
    Only what people did with a proposal counts, never what was looked at or clicked. Outcomes tell only of what
    was proposed: the judgements guard what was not.
    """
    likings = _likings(outcomes)
    people = [one for one in grade(activities, profiles, likings, today=today) if one.ids]
    n_outcomes = sum(len(one.ids) for one in people)
    remedy = "Keep the weights that are in use until more has been noted."
    rule = f"at least {OUTCOMES_LEAST} that tell something, of at least {PEOPLE_LEAST} people"
    enough = n_outcomes >= OUTCOMES_LEAST and len(people) >= PEOPLE_LEAST
    must(enough, "outcomes", rule, f"{n_outcomes} of {len(people)} people", remedy)
    first = {one.profile_id: one.on for one in sorted(outcomes, key=lambda one: one.on, reverse=True)}
    people.sort(key=lambda one: (first[one.profile_id], one.profile_id))
    split = int(len(people) * LEARN_SHARE)
    earlier, later = people[:split], people[split:]
    prior, before = hand_set_weights(), aspect_weights()
    candidate = fit_weights(earlier, prior)
    rows = {one.profile_id: {"before": one.agreement(before), "after": one.agreement(candidate)} for one in later}
    compared = pd.DataFrame.from_dict(rows, orient="index").rename_axis("profile_id").dropna()
    objections = []
    if judgements is not None:
        judged = _judged(activities, judgements, today=today)
        lost = [one.ndcg(before, k=10) - one.ndcg(candidate, k=10) for one in judged]
        if lost and (loss := float(np.mean(lost))) > JUDGED_LOSS_MOST:
            objections.append(f"on the judgements they lose {loss:.3f} nDCG@10")
    return _tuned(
        candidate,
        f"{n_outcomes} outcomes of {len(people)} people",
        "share of the pairs of outcomes of later people in the right order",
        compared,
        seed,
        objections,
    )


def _judged(activities: Sequence[Activity], judgements: Judgements, *, today: date) -> list[Graded]:
    """Return the people for whom an allowed activity was graded above 0."""
    grades = {profile.id: judgements.relevance(profile.id) for profile in judgements.profiles}
    return [one for one in grade(activities, judgements.profiles, grades, today=today) if one.grades.any()]


def _likings(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    """Return how much each person liked each activity, by the last outcome that says so."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for one in sorted(outcomes, key=lambda one: one.on):
        if one.liking is not None:
            found[one.profile_id][one.activity_id] = one.liking
    return found


def _tuned(
    weights: Mapping[str, float],
    source: str,
    measure: str,
    compared: pd.DataFrame,
    seed: int,
    objections: Sequence[str] = (),
) -> Tuned:
    difference = (compared["after"] - compared["before"]).to_numpy()
    gain = metrics.bootstrap_interval(difference, rng=np.random.default_rng(seed))
    if compared.empty:
        objections = ("there is nobody on whom they can be compared", *objections)
    elif not gain.low > 0:
        objections = (
            f"on people they were not learnt from the gain is not sure: {gain.mean:+.3f} "
            f"({gain.low:+.3f} to {gain.high:+.3f})",
            *objections,
        )
    return Tuned(weights, dict(aspect_weights()), source, measure, compared, gain, tuple(objections))


def sensitivity(people: Sequence[Graded], weights: Mapping[str, float], *, k: int = 10) -> pd.DataFrame:
    """Return the mean nDCG when one weight is changed by a factor, the others as they are.

    Returns
    -------
    DataFrame indexed by aspect, a column for each factor
    """
    factors = (0.0, 0.5, 0.75, 1.0, 1.5, 2.0)
    rows = {
        aspect: {
            factor: float(
                np.nanmean([one.ndcg({**weights, aspect: weights[aspect] * factor}, k=k) for one in people])
            )
            for factor in factors
        }
        for aspect in ASPECTS
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("aspect")


def adopt(tuned: Tuned, *, on: date, file: Path | None = None) -> Path:
    """Write learnt weights where the program looks for them; to undo it, delete the file.

    Parameters
    ----------
    on : date
        Written down as the day of adoption.
    file : Path or None
        None is ``adopted_weights.toml`` beside the weights set by hand.

    Raises
    ------
    InputError
        If something speaks against the weights, or the file cannot be written.
    """
    if tuned.objections:
        raise InputError(f"These weights must not be adopted: {'; '.join(tuned.objections)}")
    file = file or adopted_file()
    version = hashlib.sha256(json.dumps(dict(tuned.weights), sort_keys=True).encode()).hexdigest()[:12]
    lines = [
        "# Learnt weights, in use instead of weights.toml. Delete this file to undo.",
        f'version = "{version}"',
        f"adopted_on = {on.isoformat()}",
        f'learnt_from = "{tuned.source}"',
        f"gain = {tuned.gain.mean:.4f} # {tuned.measure}: {tuned.gain.low:+.4f} to {tuned.gain.high:+.4f}",
        "",
        "[aspects]",
        *(f"{aspect} = {tuned.weights[aspect]}" for aspect in ASPECTS),
        "",
    ]
    try:
        file.write_text("\n".join(lines), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file} cannot be written ({error.strerror}); adopt as a user who may.") from None
    aspect_weights.cache_clear()
    return file


def _as_array(weights: Mapping[str, float]) -> Floats:
    found = np.array([weights[aspect] for aspect in ASPECTS], dtype=np.float64)
    return np.asarray(found / found.sum())


def _rounded(weights: Floats) -> dict[str, float]:
    share = weights / weights.sum()
    return {aspect: round(float(one), 4) for aspect, one in zip(ASPECTS, share, strict=True)}
