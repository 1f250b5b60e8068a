"""Words that deny what stands near them in the same clause: 'geen voetbal', 'dansen is niets voor mij'."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

REACH = 5
"""How many words a denial reaches over, within its clause."""

_BEFORE = {
    "nl": "geen niet nooit zonder noch niets hekel haat",
    "en": "no not never without don doesn didn isn won cannot neither nothing hate hates dislike dislikes",
    "fr": "pas sans jamais aucun aucune ni rien ne déteste horreur marre",
    "uk": "не без ніколи ані нічого ніяких жодних ненавиджу ненавидить",
    "ar": "لا ليس ليست بدون بلا لم لن غير اكره مللت",
    "tr": "",
}
_ONLY = {
    "nl": "alleen enkel zozeer",
    "en": "only just",
    "fr": "seulement",
    "uk": "тільки лише",
    "ar": "فقط",
    "tr": "",
}
"""'Not only' denies nothing."""
_AFTER = {
    "nl": r"niets voor|hoe(ft|ven) niet|interesse\w* \w+ niet|niet zitten|(ik|hij|ze|zij) niet\b|beu\b"
    r"|achter de rug|nooit meer",
    "en": r"not for\b|not my\b|(is|are) not needed|bores? me|enough of",
    "fr": r"pas pour\b|ne (me|lui) dit|pas besoin|ne m interesse|m ennuie|fait assez",
    "uk": r"не для|не цікав|не треба|не потріб|набрид",
    "ar": r"لا ت?ي?ناسب|لا حاجه|لا يهم",
    "tr": r"degil|yok|olmadan|nefret|bikt[iı]|iste(mi|me)|\w+m[iıuü]yor|\w+ma[zm]\b|\w+me[zm]\b",
}
"""Denials that follow what they deny; Turkish has all of its own there."""
_BUT = frozenset(["maar", "but", "mais", "але", "لكن", "ولكن", "ama", "fakat"])
_ONLY_AFTER_NE = frozenset({"que", "qu"})


class Negation:
    """The denials of one language, over normalised words.

    Parameters
    ----------
    language : str
        One of the languages of the lexicon.
    normalise : callable
        Brings words into the form in which the tokens are.
    """

    def __init__(self, language: str, normalise: Callable[[str], str]) -> None:
        self.before = frozenset(normalise(_BEFORE[language]).split())
        self.only = frozenset(normalise(_ONLY[language]).split())
        self.after = re.compile(rf"\b(?:{_AFTER[language]})")

    def may_deny(self, earlier: Sequence[str], later: Sequence[str]) -> bool:
        """Tell whether `denies` may be true of these words, or of some of them that stand nearest to the place.

        Hardly any place is denied, and this takes less time than to find where its clause begins and ends.
        """
        return not self.before.isdisjoint(earlier) or bool(self.after.search(" ".join(later)))

    def denies(self, earlier: Sequence[str], later: Sequence[str]) -> bool:
        """Tell whether words of the clause before or behind a place deny it.

        Parameters
        ----------
        earlier : sequence of str
            Words of the clause before the place, in their order.
        later : sequence of str
            Words of the clause behind it.
        """
        near = earlier[-REACH:]
        for number in () if self.before.isdisjoint(near) else range(len(near) - 1, -1, -1):
            if near[number] in _BUT:
                break
            following = near[number + 1 :]
            is_limit = near[number] == "ne" and not _ONLY_AFTER_NE.isdisjoint(following)
            if near[number] in self.before and not is_limit:
                return not (following and following[0] in self.only)
        tail = later[: REACH + 1]
        if not _BUT.isdisjoint(tail):
            tail = tail[: next(number for number, word in enumerate(tail) if word in _BUT)]
        return bool(self.after.search(" ".join(tail)))
