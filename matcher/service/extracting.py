"""Outcomes for analysts: what came of proposals, by people who cannot be told from it."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..errors import must
from ..features.wishes import wish_evidence
from ..model import Profile
from ..model.access import Asker
from ..model.dossier import Dossier
from ..model.gaps import SMALLEST_CELL
from ..store import Work
from ..vocabulary import interests

WISHED_LEAST = 0.5
"""A wish in words becomes an interest from this strength on."""
_NOT_NEEDED = {"id", "wishes", "hours_done", "waiting_since"}
_PLACES_KEPT = 2
"""Decimals of a coordinate: about a kilometre."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What goes to an analyst, as plain values in the order of the pseudonyms.

    outcomes : each as `matcher tune --outcomes` reads it
    profiles : the people of the outcomes, as `matcher tune --profiles` reads them
    """

    outcomes: list[dict[str, str]]
    profiles: list[dict[str, Any]]


def extract_outcomes(work: Work, asker: Asker, *, since: date, until: date, key: bytes) -> Extract:
    """Return what came of proposals in a municipality, without codes, days or texts that lead to a person.

    Parameters
    ----------
    since, until : date
        Both included.
    key : bytes
        Random, and forgotten afterwards: it turns codes into pseudonyms, other ones in each extract.

    Raises
    ------
    InputError
        If it would be about fewer than `SMALLEST_CELL` people.

    Notes
    -----
    A day becomes the Monday of its week. What was undone, and own proposals, are left out: an own proposal is in
    no offer, and nobody else has it. Of a wish in words the interests remain that it speaks of.
    """
    asker.must_have("extract")
    outcomes: list[dict[str, str]] = []
    profiles = []
    found = [(_pseudonym(key, one.code), one) for one in work.dossiers.of([asker.municipality])]
    for pseudonym, dossier in sorted(found, key=lambda pair: pair[0]):
        own = _outcomes(dossier, pseudonym, since, until)
        if own:
            outcomes += own
            profiles.append({"id": pseudonym, **_coarse(dossier.profile)})
    remedy = "Take a longer period: about fewer people it would tell of one of them."
    must(len(profiles) >= SMALLEST_CELL, "extract", f"about {SMALLEST_CELL} people or more", len(profiles), remedy)
    return Extract(outcomes=outcomes, profiles=profiles)


def _pseudonym(key: bytes, code: str) -> str:
    return f"x-{hmac.new(key, code.encode(), hashlib.sha256).hexdigest()[:16]}"


def _outcomes(dossier: Dossier, pseudonym: str, since: date, until: date) -> list[dict[str, str]]:
    own = {one.activity_id for one in dossier.own}
    noted = [
        (date.fromisoformat(event.data["on"]), event)
        for event in dossier.events
        if event.kind == "outcome" and not event.undone and event.activity_id not in own
    ]
    noted = sorted(
        (pair for pair in noted if since <= pair[0] <= until), key=lambda pair: (pair[0], pair[1].number)
    )
    return [
        {
            "profile_id": pseudonym,
            "activity_id": event.data["activity_id"],
            "outcome": event.data["outcome"],
            **({"reason": event.data["reason"]} if event.data.get("reason") else {}),
            "on": (on - timedelta(days=on.weekday())).isoformat(),
        }
        for on, event in noted
    ]


def _coarse(profile: Profile) -> dict[str, Any]:
    """Return what the ranking needs of a profile, and no more."""
    told = {key: value for key, value in profile.to_json().items() if key not in _NOT_NEEDED}
    wished = [node for node, one in wish_evidence(profile).items() if one.strength >= WISHED_LEAST]
    known = [*profile.interests, *(node for node in wished if node in interests())]
    if known:
        told["interests"] = list(dict.fromkeys(known))
    home = told.get("home", {})
    if "postal_code" in home:
        told["home"] = {"postal_code": home["postal_code"]}
    elif home:
        told["home"] = {name: round(value, _PLACES_KEPT) for name, value in home.items()}
    return told
