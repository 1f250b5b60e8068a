"""What is commonly done instead: simple rankers to be measured beside ours, after the same hard limits.

Each has ``fit(activities)`` and ``score(profile)``, which gives one number an activity, higher is better. They see
the offer as it was given: interests that this program derives from texts are not lent to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import MultiLabelBinarizer

from .features.offer import point_of
from .limits import haversine_km
from .model import Activity, Profile
from .vocabulary import GROUP_SIZES, interests, lineage

Floats = NDArray[np.float64]

K1, B = 1.2, 0.75
"""Saturation and length of BM25, as commonly set."""
THEME_BOOST, SKILL_BOOST, NEAR_BOOST, NEAR_KM = 1.0, 2.0, 1.0, 5.0


class Baseline(Protocol):
    """A ranker that is compared with ours."""

    def fit(self, activities: Sequence[Activity]) -> Baseline:
        """Prepare what depends on the offer alone."""

    def score(self, profile: Profile) -> Floats:
        """Score each activity for one person; float64 ndarray of shape (n_activities,), higher is better."""


class Random:
    """Any order of what is allowed.

    Parameters
    ----------
    rng : numpy.random.Generator
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng

    def fit(self, activities: Sequence[Activity]) -> Random:
        """Note how many activities there are."""
        self.n_activities_ = len(activities)
        return self

    def score(self, profile: Profile) -> Floats:
        """Draw a number for each activity."""
        return self.rng.random(self.n_activities_)


class BM25:
    """Okapi BM25 over the words or the character n-grams of the texts and the names of the interests.

    Parameters
    ----------
    characters : bool
        Take n-grams of 3 to 5 characters within words, rather than words.

    References
    ----------
    Robertson and Zaragoza (2009), The probabilistic relevance framework: BM25 and beyond, doi:10.1561/1500000019.
    """

    def __init__(self, *, characters: bool) -> None:
        self.characters = characters

    def fit(self, activities: Sequence[Activity]) -> BM25:
        """Weigh the terms of each activity."""
        options = {"analyzer": "char_wb", "ngram_range": (3, 5)} if self.characters else {}
        self.terms_ = CountVectorizer(**options)
        counts = _counted(self.terms_, [activity_text(activity) for activity in activities])
        length = np.asarray(counts.sum(axis=1)).ravel()
        usual = K1 * (1 - B + B * length / max(length.mean(), 1e-12)) if length.size else length
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        weighed = counts.astype(np.float64)
        weighed.data = weighed.data * (K1 + 1) / (weighed.data + usual[rows])
        in_documents = np.bincount(counts.indices, minlength=counts.shape[1])
        rarity = np.log1p((counts.shape[0] - in_documents + 0.5) / (in_documents + 0.5))
        self.weighed_ = weighed @ sparse.diags_array(rarity)
        return self

    def score(self, profile: Profile) -> Floats:
        """Sum the weights of the terms that the person uses."""
        if not self.weighed_.shape[1]:
            return np.zeros(self.weighed_.shape[0])
        asked = self.terms_.transform([profile_text(profile)])
        return np.asarray((self.weighed_ @ asked.T).toarray()).ravel()


class TfidfCosine:
    """Cosine of the TF-IDF vectors of words."""

    def fit(self, activities: Sequence[Activity]) -> TfidfCosine:
        """Weigh the words of each activity."""
        self.words_ = TfidfVectorizer()
        self.weighed_ = _counted(self.words_, [activity_text(activity) for activity in activities])
        return self

    def score(self, profile: Profile) -> Floats:
        """Return the cosine with what the person writes."""
        if not self.weighed_.shape[1]:
            return np.zeros(self.weighed_.shape[0])
        return np.asarray((self.weighed_ @ self.words_.transform([profile_text(profile)]).T).toarray()).ravel()


class InterestOverlap:
    """Jaccard overlap of the ticked interests with the given ones, each with all above it in the tree."""

    def fit(self, activities: Sequence[Activity]) -> InterestOverlap:
        """Note the interests of each activity."""
        self.interests_ = [_with_those_above(activity.given_interests) for activity in activities]
        return self

    def score(self, profile: Profile) -> Floats:
        """Return the share of all interests of the two that both have."""
        own = _with_those_above(profile.interests)
        return np.array([len(own & of) / max(len(own | of), 1) for of in self.interests_])


class OneHotNeighbours:
    """Nearest neighbours by cosine on one-hot columns: interests, level, group, audience.

    A level is laid beside the taalicoon that is meant for it.
    """

    def fit(self, activities: Sequence[Activity]) -> OneHotNeighbours:
        """Index the activities."""
        marks = [
            [
                *_with_those_above(activity.given_interests),
                *(f"for {one}" for one in activity.audience),
                *([f"level {activity.taalicoon}"] if activity.taalicoon else []),
                *([f"group {_size(activity.group_max)}"] if activity.group_max else []),
            ]
            for activity in activities
        ]
        self.columns_ = MultiLabelBinarizer().fit([*marks, ["level 1", "level 2", "level 3", "level 4"]])
        self.n_activities_ = len(activities)
        if activities:
            self.neighbours_ = NearestNeighbors(metric="cosine").fit(self.columns_.transform(marks))
        return self

    def score(self, profile: Profile) -> Floats:
        """Return 1 minus the distance to each activity."""
        found = np.zeros(self.n_activities_)
        if self.n_activities_:
            marks = [
                *_with_those_above(profile.interests),
                *(f"for {one}" for one in profile.audience),
                *([_TAALICOON_OF[profile.dutch_level]] if profile.dutch_level else []),
                *(f"group {size}" for size in profile.group_sizes),
            ]
            known = [mark for mark in marks if mark in self.columns_.classes_]
            far, which = self.neighbours_.kneighbors(
                self.columns_.transform([known]), n_neighbors=self.n_activities_
            )
            found[which[0]] = 1.0 - far[0]
        return found


_TAALICOON_OF = {
    "pre-A1": "level 1",
    "A1": "level 2",
    "A2": "level 3",
    **dict.fromkeys(("B1", "B2", "C1", "C2"), "level 4"),
}


class ConstantBoosts:
    """Constant boosts for each shared theme, each shared interest and a short distance.

    The way of many volunteering platforms: nothing is weighed by how well or how rare it is.
    """

    def fit(self, activities: Sequence[Activity]) -> ConstantBoosts:
        """Note interests and places."""
        self.interests_ = [frozenset(activity.given_interests) for activity in activities]
        self.themes_ = [frozenset(lineage(one)[-1] for one in of) for of in self.interests_]
        points = [point_of(one.lat, one.lon, one.postal_code) or (np.nan, np.nan) for one in activities]
        self.points_ = np.array(points, dtype=np.float64).reshape(-1, 2)
        return self

    def score(self, profile: Profile) -> Floats:
        """Add the boosts up."""
        own = set(profile.interests)
        themes = {lineage(one)[-1] for one in own}
        shared = np.array([THEME_BOOST * len(themes & of) for of in self.themes_])
        skills = np.array([SKILL_BOOST * len(own & of) for of in self.interests_])
        point = point_of(profile.home.lat, profile.home.lon, profile.home.postal_code) or (np.nan, np.nan)
        near = haversine_km(self.points_, *point) <= NEAR_KM
        return np.asarray(shared + skills + NEAR_BOOST * near)


def baselines(rng: np.random.Generator) -> Mapping[str, Baseline]:
    """Return the baselines by name.

    Parameters
    ----------
    rng : numpy.random.Generator
        Of the random order.
    """
    return {
        "random": Random(rng),
        "boosts": ConstantBoosts(),
        "one_hot": OneHotNeighbours(),
        "overlap": InterestOverlap(),
        "tfidf": TfidfCosine(),
        "bm25_words": BM25(characters=False),
        "bm25_characters": BM25(characters=True),
    }


def activity_text(activity: Activity) -> str:
    """Return the words of an activity: title, description, organiser and the names of its given interests."""
    parts = (activity.title, activity.description, activity.organiser, *map(_name, activity.given_interests))
    return " ".join(part for part in parts if part)


def profile_text(profile: Profile) -> str:
    """Return the words of a person: wishes and the names of the ticked interests."""
    return " ".join((profile.wishes or "", *map(_name, profile.interests)))


def _name(interest: str) -> str:
    one = interests()[interest]
    return " ".join((one.label_nl, *one.synonyms))


def _counted(vectorizer: CountVectorizer, texts: Sequence[str]) -> sparse.csr_array:
    try:
        return sparse.csr_array(vectorizer.fit_transform(texts))
    except ValueError:  # no text holds a word
        return sparse.csr_array((len(texts), 0))


def _with_those_above(chosen: Sequence[str]) -> set[str]:
    return {above for interest in chosen for above in lineage(interest)}


def _size(people: int) -> str:
    return next((size for size, (_, most) in GROUP_SIZES.items() if most is None or people <= most), "large")
