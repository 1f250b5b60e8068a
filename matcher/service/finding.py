"""Finding an activity by what somebody remembers of it: a part of its name, also with a typing error."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from ..model import Activity
from ..vocabulary import fold

_ONE_ERROR_FROM, _TWO_ERRORS_FROM = 4, 9
"""A word of so many letters may hold one typing error, or two."""


def find_activities(activities: Sequence[Activity], text: str) -> list[int]:
    """Return the places of the activities of which title, organiser and place hold every word of a text.

    Parameters
    ----------
    activities : sequence of Activity
    text : str
        In any case, with or without accents; parts of words will do.

    Returns
    -------
    list of int
        In the order of the activities. Only where no activity holds all the words as they stand, those count that
        hold words which are one or two errors away: a letter too many or too few, another one, or two swapped.

    Examples
    --------
    >>> from matcher.model import read_activity
    >>> choir = read_activity({"id": "koor", "title": "Zangkoor", "organiser": "Koor", "kind": "culture"})
    >>> find_activities([choir], "zang"), find_activities([choir], "zagnkoor"), find_activities([choir], "bal")
    ([0], [0], [])
    """
    wanted = fold(text).split()
    if not wanted:
        return []
    texts = [searched_text(activity) for activity in activities]
    exact = [place for place, held in enumerate(texts) if all(word in held for word in wanted)]
    if exact:
        return exact
    near: dict[str, bool] = {}
    return [place for place, held in enumerate(texts) if all(_holds(held, word, near) for word in wanted)]


def searched_text(activity: Activity, *, whole: bool = False) -> str:
    """Return the folded text in which is searched: with the description too, or without."""
    parts = [activity.title, activity.organiser, activity.place, activity.municipality]
    return fold(" ".join(filter(None, [*parts, activity.description if whole else None])))


def _holds(text: str, word: str, near: dict[str, bool]) -> bool:
    """Tell whether a text holds a word, or one that may have been meant; ``near`` keeps what was compared."""
    if word in text:
        return True
    most = 0 if len(word) < _ONE_ERROR_FROM else 1 if len(word) < _TWO_ERRORS_FROM else 2
    return bool(most) and any(_is_near(one, word, most, near) for one in text.split())


def _is_near(one: str, word: str, most: int, near: dict[str, bool]) -> bool:
    """Tell whether a word, or its beginning of the same length, is at most so many errors away."""
    key = f"{word} {one}"
    if key not in near:
        letters = one.strip("().,:;!?'\"‘’“”")
        starts = {letters, *(letters[: len(word) + more] for more in (-1, 0, 1))}
        near[key] = any(OSA.distance(word, start, score_cutoff=most) <= most for start in starts)
    return near[key]
