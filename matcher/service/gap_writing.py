"""Made-up activities in words, with what each would bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ..explain import Sentence
from ..explain.gaps import new_activity_sentence, when_words
from ..gaps import told
from ..model.gaps import SMALLEST_CELL, NewActivity
from ..vocabulary import interests, places
from .gap_candidates import GROUP, SESSIONS, Candidates
from .gap_tables import counted


def new_activities(
    candidates: Candidates,
    chosen: Sequence[int],
    gained: Mapping[int, NDArray[np.int64]],
    *,
    today: date,
    short_min: Sequence[int],
) -> list[NewActivity]:
    """Write the chosen candidates, the best first.

    Parameters
    ----------
    candidates : Candidates
    chosen : sequence of int
    gained : mapping
        For each the minutes that it brings to each person.
    today : date
    short_min : sequence of int
        Minutes that each person lacks.
    """
    return [
        _written(candidates, number, rank, gained[number], np.asarray(short_min), today)
        for rank, number in enumerate(chosen, start=1)
    ]


def _written(
    candidates: Candidates,
    number: int,
    rank: int,
    gained: NDArray[np.int64],
    short_min: NDArray[np.int64],
    today: date,
) -> NewActivity:
    made = candidates.activity(number, today=today)
    half_day = candidates.half_days[int(candidates.trait[number, 1])]
    nearer = int((gained > 0).sum())
    people = told(nearer, (len(short_min), told(len(short_min))))
    reaching = told(int((gained >= short_min).sum()), (nearer, people))
    hours = round(int(gained.sum()) / 60.0) if people.is_exact and nearer >= SMALLEST_CELL else None
    label = about_words(made.interests)
    when = when_words(half_day, *SESSIONS[half_day.split("-")[1]])
    sentence = new_activity_sentence(
        people=counted(people), reaching=counted(reaching), hours=hours, group_most=GROUP[1]
    )
    assert made.start_date is not None
    assert made.taalicoon is not None
    return {
        "rank": rank,
        "interest": made.interests[0],
        "interests": list(made.interests),
        "label_nl": label.nl,
        "label_en": label.en,
        "half_day": half_day,
        "schedule": str(made.schedule),
        "when_nl": when.nl,
        "when_en": when.en,
        "start_date": made.start_date.isoformat(),
        "postal_code": made.postal_code,
        "place": places()[made.postal_code][0] if made.postal_code else None,
        "taalicoon": made.taalicoon,
        "people": counted(people),
        "reaching": counted(reaching),
        "hours": hours,
        "sentence_nl": sentence.nl,
        "sentence_en": sentence.en,
    }


def about_words(about: Sequence[str]) -> Sentence:
    """Write what an activity is about: its branch, and what is most wished of it."""
    first, *more = (Sentence(interests()[one].label_nl, interests()[one].label_en) for one in about)
    if not more:
        return first
    nl, en = (
        f" {word} ".join(f"'{one[place].lower()}'" for one in more) for place, word in ((0, "of"), (1, "or"))
    )
    return Sentence(f"{first.nl}, vooral {nl}", f"{first.en}, mostly {en}")
