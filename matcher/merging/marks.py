"""What in a title tells parallel groups apart: level, number, for whom, day, season; each in one spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

LEVEL, GRADE, NUMBER, WHO, AGE, DAY, PART, HOUR, DATE, SEASON, YEAR, SCHOOL_YEAR, COUNT = "lgnwadphtsyjc"
"""The first letter of a mark: only marks of one sort contradict one another."""
BY_THE_WAY = frozenset({AGE, DAY, PART, HOUR, DATE, YEAR, SCHOOL_YEAR, COUNT})
"""Of these nothing follows when one title has them: ages, days and hours stand in fields of their own."""


def _canonical(sort: str, lists: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    return {word: (sort, name) for name, words in lists.items() for word in (name, *words.split())}


_WORDS: Mapping[str, tuple[str, str]] = {
    **_canonical(
        LEVEL,
        {
            "beginners": "beginner beginnend beginnende beginneling beginnelingen starters basis initiatie"
            " debutant debutants",
            "gevorderden": "gevorderd gevorderde advanced avance avances",
            "halfgevorderden": "halfgevorderd halfgevorderde intermediate",
            "vervolg": "",
        },
    ),
    **_canonical(
        WHO,
        {
            "vrouwen": "dames women femmes",
            "mannen": "heren men hommes",
            "kinderen": "kids children enfants",
            "jongeren": "jeugd tieners tiener teens jeunes",
            "volwassenen": "volwassene adults adultes",
            "senioren": "senior seniors",
            "ouders": "parents",
            "gezinnen": "families familie",
            **dict.fromkeys(("meisjes", "jongens", "grootouders", "peuters", "kleuters", "babys"), ""),
        },
    ),
    **_canonical(GRADE, {"alfa": ""}),
    **_canonical(SEASON, {"najaar": "herfst", "voorjaar": "lente", "winter": "", "zomer": ""}),
    **_canonical(
        NUMBER,
        {
            "1": "1e 1ste 1st",
            "2": "tweede 2e 2de 2nd ii",
            "3": "derde 3e 3de 3rd iii",
            "4": "vierde 4e 4de 4th iv",
            "5": "vijfde 5e 5de 5th",
            "6": "zesde 6e 6de 6th",
        },
    ),
}
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_PARTS = {"ochtend": "voormiddag", "voormiddag": "voormiddag", "middag": "namiddag", "namiddag": "namiddag"}
_PARTS |= {"avond": "avond"}
_OF_DAY = re.compile(rf"({'|'.join(DAYS)})?s?(?:en)?({'|'.join(_PARTS)})?(?:s|en)?")
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december"
_AGES = re.compile(
    r"\b(\d{1,2}) ?(?:-|–|tot|tot en met|t/m|tem|à|a) ?(\d{1,2}) ?-?(?:jaar|jarigen|j|jr)\b"
    r"|\b(\d{1,2}) ?(?:\+(?:'?ers)?|-? ?plus(?:sers?)?\b)|\bvanaf (\d{1,2}) ?(?:jaar|j)\b|(?<!\w)\+(\d\d)\b"
)
_YEARS = re.compile(r"\b(?:20)?([1-4]\d) ?[-/–] ?(?:20)?([1-4]\d)\b(?! ?(?:jaar|j\b))")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_HOURS = re.compile(
    r"\b(\d{1,2})(?:[.:](\d\d))? ?(?:-|tot) ?\d{1,2}(?:[.:]\d\d)? ?(?:u|uur|h)\b"
    r"|\b(\d{1,2})(?:[.:](\d\d))? ?(?:u|uur|h)(?: ?(\d\d))?\b|\b(\d{1,2}):(\d\d)\b"
)
_DATES = re.compile(rf"\b\d{{1,2}} ?(?:{'|'.join(_MONTHS.split())})\b|\b\d{{1,2}}/\d{{1,2}}\b")
_COUNTS = re.compile(r"\b(\d{1,2}) ?(?:x\b|keer|lessen|lesjes|weken|sessies|beurten|avonden|namiddagen|dagen)\b")
_DIGIT = re.compile(r"\d")
_EARLIEST = 6
_GRADES = re.compile(r"\b[abc][12](?:\.\d)?\b")
_LETTER = re.compile(r"\b(?:groep|reeks|klas|team|ploeg) ([a-f])\b|\b([b-f])$|\b(?:reeks|deel) (i)\b")
_NUMBERS = re.compile(r"[a-z0-9]+(?:[.,]\d+)*")
_PARTNERS = re.compile(
    r"(?:\bi\.? ?s\.? ?m\.?|\bin samenwerking met|\bm\.m\.v\.|\bmet medewerking van)\s.*?"
    r"(?=\s[-–—|/]\s|[:()|]|$)"
)


def without_partners(folded: str) -> str:
    """Leave out with whom something is organised, unless that is all there is.

    Examples
    --------
    >>> without_partners("yoga i.s.m. de bib - reeks 2")
    'yoga  - reeks 2'
    """
    left = _PARTNERS.sub("", folded)
    return left if left.strip() else folded


def marks_of(folded: str) -> tuple[str, str]:
    """Return the marks of a title, sorted, each a letter for its sort before it; and what is left of the title.

    Examples
    --------
    >>> marks_of("yoga voor dames (55-plus) - reeks ii, dinsdagavond 19u30 2026-2027")[0]
    'a55+ ddinsdag h1170 j2026 n2 pavond wsenioren wvrouwen'
    """
    marks: set[str] = set()
    for pattern, read in (*(_WITH_DIGITS if _DIGIT.search(folded) else ()), (_LETTER, _letter)):
        if pattern.search(folded):
            folded = pattern.sub(lambda match, read=read: _taken(match, read(match), marks), folded)  # type: ignore[misc]
    rest = [word for word in _NUMBERS.findall(folded.replace("'", " ")) if not _is_mark(word, marks)]
    return " ".join(sorted(marks)), " ".join(rest)


def contradictions(one: str, other: str) -> tuple[set[str], set[str]]:
    """Return the marks by which two titles are of different groups; none of both when they may be one."""
    only_one, only_other = differing(one, other)
    for sort in {mark[0] for mark in only_one} & {mark[0] for mark in only_other}:
        ones, others = _of_sort(one, sort), _of_sort(other, sort)
        if ones.isdisjoint(others):
            return {mark[1:] for mark in ones}, {mark[1:] for mark in others}
    return set(), set()


def differing(one: str, other: str) -> tuple[set[str], set[str]]:
    """Return the marks that only one of two titles has, and those that only the other has."""
    marks, others = set(one.split()), set(other.split())
    return marks - others, others - marks


def _of_sort(marks: str, sort: str) -> set[str]:
    return {mark for mark in marks.split() if mark[0] == sort}


def _taken(match: re.Match[str], found: list[str] | None, marks: set[str]) -> str:
    if found is None:
        return match[0]
    marks.update(found)
    return " "


def _is_mark(word: str, marks: set[str]) -> bool:
    """Keep the mark that a word is; a number with letters behind it (3d) is one and stays a word."""
    if word in _WORDS:
        marks.add("".join(_WORDS[word]))
        return True
    if word[0].isdigit():
        marks.add(NUMBER + (word.lstrip("0") or "0"))
        return word.isdecimal()
    match = _OF_DAY.fullmatch(word)
    if not match or not (match[1] or match[2]):
        return False
    if match[1]:
        marks.add(DAY + match[1])
    if match[2]:
        marks.add(PART + _PARTS[match[2]])
    return True


def _ages(match: re.Match[str]) -> list[str]:
    low, high = int(match[1] or match[3] or match[4] or match[5]), int(match[2] or 130)
    who = "senioren" if low >= 55 else "volwassenen" if low >= 18 else "kinderen" if high <= 12 else "jongeren"
    known = high <= 25 or low >= 18
    return [f"{AGE}{low}-{high}" if match[2] else f"{AGE}{low}+", *([WHO + who] if known else [])]


def _years(match: re.Match[str]) -> list[str] | None:
    first, last = int(match[1]), int(match[2])
    return [f"{SCHOOL_YEAR}20{first}"] if last == first + 1 and first >= 20 else None


def _hours(match: re.Match[str]) -> list[str] | None:
    hour, minute = (next((int(match[n]) for n in numbers if match[n]), 0) for numbers in ((1, 3, 6), (2, 4, 5, 7)))
    # Nothing begins at two: that is how long it takes.
    return [f"{HOUR}{hour * 60 + minute}"] if hour >= _EARLIEST else None


def _letter(match: re.Match[str]) -> list[str]:
    return [NUMBER + ("1" if match[3] else match[1] or match[2])]


_WITH_DIGITS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], list[str] | None]], ...] = (
    (_DATES, lambda match: [DATE + match[0].replace(" ", "")]),
    (_HOURS, _hours),
    (_AGES, _ages),
    (_YEARS, _years),
    (_YEAR, lambda match: [YEAR + match[0]]),
    (_COUNTS, lambda match: [COUNT + match[1]]),
    (_GRADES, lambda match: [GRADE + match[0]]),
)
