"""What activities are about, from tags, texts and kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from ..model import Activity, Proposal
from ..vocabulary import interests, lineage
from .language import language_of
from .space import (
    FOR,
    GIVE,
    GIVEN,
    OF_EVERYBODY,
    ON_FOOT,
    OPEN,
    Evidence,
    certainty,
    is_learning,
    said_words,
    shared,
)
from .text import hits_in
from .tokens import Tokens

DERIVED_MOST = 0.95
TITLE, DESCRIPTION, ORGANISER = 1.0, 0.75, 0.5
ROLE_SHARE = {
    ("volunteering", "learning"): 0.6,
    ("internship", "helping"): 0.75,
    **{("internship", branch): 0.6 for branch in ("food", "nature", "learning", "family", "meeting")},
}
"""How far an activity of a kind answers wishes of a branch when people come in another role: a volunteer where
others learn does not come to learn, a trainee does not come for company."""
BESIDE_GIVEN = 0.75
"""How far words count in an activity whose interests were given."""
DERIVED_LEAST = 0.55
"""From this strength on an interest read from a text is named as derived."""

IMPLIED: Mapping[str, Mapping[str, float]] = {
    "buddy": {"buddy_contact": 0.9, "meeting": 0.6},
    "conversation_group": {"dutch_practice": 0.9, "meeting": 0.6},
    "course": {"learning": 0.4},
    "association": {"meeting": 0.4},
    "sport": {"sport": 0.35},
    "volunteering": {"helping": 0.35},
    "internship": {"work": 0.8},
    "school": {"school_parents": 0.8},
    "neighbourhood": {"meeting": 0.6, "neighbourhood_life": 0.5},
    "culture": {"culture": 0.2},
    "informal": {"meeting": 0.6, "coffee_chat": 0.4},
}
"""What the kind of an activity says about interests, where nothing else does."""
OPEN_KINDS = frozenset({"buddy", "conversation_group", "neighbourhood", "informal"})
"""Kinds to which one comes for the company; another subject beside it makes them less open."""
READ_SUBJECT = 0.8
"""How far a subject that was only read in the text makes an activity less open."""
WALKED = frozenset(
    {"walking", "running", "cycling", "learn_cycling", "football", "volleyball", "basketball", "nature_care"}
)
"""Interests for which one is usually on foot or on a bicycle."""


def activity_evidence(activity: Proposal) -> dict[str, Evidence]:
    """Return what an activity is about, node -> evidence; tags first, then words, then its kind."""
    found: dict[str, Evidence] = {}
    for node, (strength, words) in text_evidence(activity).items():
        beside = BESIDE_GIVEN if activity.given_interests else 1.0
        found[node] = Evidence(min(DERIVED_MOST, strength) * beside, words)
    if activity.kind:
        for node, implied in IMPLIED[activity.kind].items():
            own = found.get(node, shared(0.0))
            found[node] = replace(own, strength=max(own.strength, implied)) if own.words else shared(implied)
    for interest in activity.interests:
        if interest in activity.given_interests or interest not in found:
            found[interest] = GIVEN
    found |= {FOR + one: GIVEN for one in activity.audience if one != "everyone"}
    return _in_role(activity.kind, found) | _marks(activity, found)


def _marks(activity: Proposal, found: Mapping[str, Evidence]) -> dict[str, Evidence]:
    """Return how open an activity is, and whether one is on foot there."""
    subject = max(
        (
            1.0 if one.given else READ_SUBJECT * one.strength
            for node, one in found.items()
            if node in interests() and node not in OF_EVERYBODY and (one.given or one.words)
        ),
        default=0.0,
    )
    on_foot = max((found[node].strength for node in WALKED & found.keys()), default=0.0)
    marks = {}
    if activity.kind in OPEN_KINDS and subject < 1.0:
        marks[OPEN] = Evidence(1.0 - subject)
    if on_foot > 0 and "wheelchair" not in activity.facilities:
        marks[ON_FOOT] = Evidence(on_foot)
    return marks


def _in_role(kind: str | None, found: dict[str, Evidence]) -> dict[str, Evidence]:
    """Weigh what an activity is about by the role in which people come to it."""
    weighed = dict(found)
    for node, one in found.items():
        share = ROLE_SHARE.get((kind or "", lineage(node)[-1])) if node in interests() else None
        if share is not None:
            weighed[node] = replace(one, strength=one.strength * share)
        if kind == "volunteering" and is_learning(node):
            weighed[GIVE + node] = one
    return weighed


def text_evidence(activity: Proposal) -> Mapping[str, tuple[float, tuple[str, ...]]]:
    """Return what the texts of an activity tell of interests: node -> strength 0 to 1, and the words."""
    return _said_in(activity.title, activity.description, activity.organiser)


@lru_cache(maxsize=32_768)
def _said_in(
    title: str, description: str | None, organiser: str | None
) -> Mapping[str, tuple[float, tuple[str, ...]]]:
    """Read the texts once: a new version of an offer has nearly all of those of the version before."""
    parts = ((title, TITLE), (description, DESCRIPTION), (organiser, ORGANISER))
    return evidence_in([(text, share) for text, share in parts if text])


def evidence_in(parts: Sequence[tuple[str, float]]) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Return what texts tell of interests as `text_evidence`, each with the share for which it counts."""
    texts = [(Tokens(text), share) for text, share in parts]
    language = language_of([tokens for tokens, _ in texts]) or "nl"
    hits = [
        (hit, share) for tokens, share in texts for hit in hits_in(tokens, language=language) if not hit.negated
    ]
    return {node: (certainty(list(words.values())), tuple(words)) for node, words in said_words(hits).items()}


def derived_interests(activity: Proposal, evidence: Mapping[str, Evidence]) -> tuple[str, ...]:
    """Return the interests that the texts of an activity without given ones tell of, the surest first."""
    if activity.given_interests:
        return ()
    found = [
        (node, one)
        for node, one in evidence.items()
        if node in interests() and one.words and one.strength >= DERIVED_LEAST
    ]
    return tuple(node for node, _ in sorted(found, key=lambda pair: (-pair[1].strength, pair[0])))


def with_derived(activity: Activity, evidence: Mapping[str, Evidence]) -> Activity:
    """Return the activity with the interests that its texts tell of, named as such in ``derived``.

    Examples
    --------
    >>> koor = Activity(id="k", title="Zangkoor zoekt stemmen", organiser="koor", kind="culture")
    >>> with_derived(koor, activity_evidence(koor)).interests
    ('singing',)
    """
    if activity.interests:
        return activity
    found = derived_interests(activity, evidence)
    if not found:
        return activity
    words = dict.fromkeys(word for interest in found for word in evidence[interest].words)
    note = f"interests={', '.join(words)}"[:500]
    return activity.model_copy(update={"interests": found, "derived": (*activity.derived, note)})
