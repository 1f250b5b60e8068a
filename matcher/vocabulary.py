"""The fixed words: kinds, levels, facilities, the tree of interests, the lexicon, the postal codes."""

from __future__ import annotations

import csv
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

KINDS = (
    "buddy",
    "conversation_group",
    "course",
    "association",
    "sport",
    "volunteering",
    "internship",
    "school",
    "neighbourhood",
    "culture",
    "informal",
)
LEVELS = ("pre-A1", "A1", "A2", "B1", "B2", "C1", "C2")
LEVEL_ALIASES = MappingProxyType(
    {
        **dict.fromkeys(("a0", "0", "geen", "alfa"), "pre-A1"),
        "1.1": "A1",
        "1.2": "A2",
        **dict.fromkeys(("2.1", "2.2", "2.3", "2.4"), "B1"),
        **dict.fromkeys(("3.1", "3.2"), "B2"),
        **dict.fromkeys(("4.1", "4.2"), "C1"),
    }
)
PARTICIPANTS = ("dutch_speakers", "mixed", "learners")
INTERACTIONS = ("low", "medium", "high")
GROUP_SIZES: Mapping[str, tuple[int, int | None]] = MappingProxyType(
    {"duo": (2, 2), "small": (3, 8), "medium": (9, 20), "large": (21, None)}
)
"""Preferred group of a person: fewest and most people; None is without end."""
GROUP_WISHES = (*GROUP_SIZES, "any")
TRANSPORTS = ("walk", "bike", "public", "car")
NEEDS = ("childcare", "child_welcome", "wheelchair", "low_cost", "companion")
FACILITIES = (*NEEDS, *(f"-{need}" for need in NEEDS))
AUDIENCES = ("everyone", "women", "men", "parents", "youth", "seniors")
YOUTH_AGE_MAX, SENIORS_AGE_MIN = 25, 55
STATUSES = ("active", "cancelled", "gone")
ATTENDANCES = ("whole", "drop_in")
OBLIGATIONS = ("mandatory", "voluntary")
ONLINE = "online"
EXPLANATION_SHEET, WORDS_SHEET = "Uitleg", "Keuzelijsten"
"""Sheets of the workbook for clerks that hold no activities."""
EXAMPLE_TITLE = "Voorbeeld (haal deze rij weg)"
"""How the title of its example begins."""
LANGUAGES = ("nl", "en", "fr", "uk", "ar", "tr")
"""Languages of the lexicon."""

_TAALICOON_WORDS = {
    word: number
    for number, words in enumerate(("een 1 one", "twee 2", "drie 3", "vier 4"), start=1)
    for word in words.split()
}


@dataclass(frozen=True, slots=True)
class Interest:
    """One node of the tree of interests; ``parent`` is empty at the top."""

    id: str
    label_nl: str
    label_en: str
    parent: str
    synonyms: tuple[str, ...]


class LexiconEntry(NamedTuple):
    """A word or phrase that tells of an interest; weight 0 takes away shorter hits inside it.

    Where ``key`` names another key of an activity, ``interest`` is what the words say of that key.
    """

    interest: str
    pattern: str
    weight: float
    key: str = "interests"


def data_folder() -> Path:
    """Return the folder of the data that comes with the program."""
    installed = Path(__file__).parent / "data"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "data"


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (data_folder() / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@cache
def interests() -> Mapping[str, Interest]:
    """Return the interests by id, each after its parent."""
    return MappingProxyType(
        {
            row["id"]: Interest(
                id=row["id"],
                label_nl=row["label_nl"],
                label_en=row["label_en"],
                parent=row["parent"],
                synonyms=tuple(filter(None, row["synonyms"].split(";"))),
            )
            for row in _rows("interests.csv")
        }
    )


@cache
def lineage(interest: str) -> tuple[str, ...]:
    """Return the interest and what lies above it, from itself to its branch.

    Examples
    --------
    >>> lineage("football")
    ('football', 'team_sports', 'sport')
    """
    parent = interests()[interest].parent
    return (interest, *lineage(parent)) if parent else (interest,)


@cache
def related() -> Mapping[tuple[str, str], float]:
    """Return how near two interests of different places in the tree are, both ways, 0 to 1."""
    pairs = {}
    for row in _rows("related.csv"):
        pairs[row["interest"], row["other"]] = pairs[row["other"], row["interest"]] = float(row["closeness"])
    return MappingProxyType(pairs)


def lexicon(language: str) -> tuple[LexiconEntry, ...]:
    """Return the words and phrases of a language that tell of an interest, labels and synonyms included."""
    with (data_folder() / "lexicon.csv").open(encoding="utf-8", newline="") as lines:
        # Most rows are of other languages: to look for the word is far quicker than to take a row apart.
        own = csv.reader(line for line in lines if f",{language}," in line)
        words = [
            LexiconEntry(interest, pattern, float(weight))
            for interest, of_language, pattern, weight, *_ in own
            if of_language == language
        ]
    # A row of the lexicon that repeats a label or synonym says better how much the word means by itself.
    known = {(entry.interest, fold(entry.pattern)) for entry in words}
    for interest in interests().values():
        labels = {"nl": ((interest.label_nl, 1.0), *((word, 0.9) for word in interest.synonyms))}
        labels["en"] = ((interest.label_en, 1.0),)
        words += [
            LexiconEntry(interest.id, label, weight)
            for label, weight in labels.get(language, ())
            if (interest.id, fold(label)) not in known
        ]
    return tuple(words)


def derive_patterns(language: str) -> tuple[LexiconEntry, ...]:
    """Return the words and phrases of a language that tell of other keys than the interests.

    A word with slashes stands for each of its parts in turn.
    """
    return tuple(
        LexiconEntry(row["value"], " ".join(words), float(row["weight"]), row["key"])
        for row in _rows("derive.csv")
        if row["language"] == language
        for words in product(*(word.split("/") for word in row["pattern"].split()))
    )


@cache
def sheet_words() -> Mapping[str, Mapping[str, str]]:
    """Return for each column of a clerk's sheet the Dutch word for each value, in the order of its list."""
    found: dict[str, dict[str, str]] = {}
    for row in _rows("sheet_words.csv"):
        found.setdefault(row["key"], {})[row["value"]] = row["label_nl"]
    found["interests"] = {interest.id: interest.label_nl for interest in interests().values()}
    return MappingProxyType(found)


@cache
def places() -> Mapping[str, tuple[str, float, float]]:
    """Return name, latitude and longitude (degrees) of each postal code: its first row is its centre."""
    centres: dict[str, tuple[str, float, float]] = {}
    for row in _rows("postal_codes.csv"):
        centres.setdefault(row["postal_code"], (row["name"], float(row["lat"]), float(row["lon"])))
    return MappingProxyType(centres)


@cache
def towns() -> Mapping[str, tuple[float, float]]:
    """Return latitude and longitude (degrees) of each town and part of a town, by its folded name."""
    centres: dict[str, tuple[float, float]] = {}
    for row in _rows("postal_codes.csv"):
        centres.setdefault(fold(row["name"]), (float(row["lat"]), float(row["lon"])))
    return MappingProxyType(centres)


@cache
def town_codes() -> Mapping[str, str]:
    """Return the first postal code of each town and part of a town, by its folded name."""
    codes: dict[str, str] = {}
    for row in _rows("postal_codes.csv"):
        codes.setdefault(fold(row["name"]), row["postal_code"])
    return MappingProxyType(codes)


def read_level(text: str) -> str | None:
    """Return the CEFR level that a school or a person wrote, or None when it is none.

    Examples
    --------
    >>> read_level("1.2"), read_level("Alfa"), read_level("b1"), read_level("goed")
    ('A2', 'pre-A1', 'B1', None)
    """
    folded = text.strip().lower()
    levels = {level.lower(): level for level in LEVELS}
    return levels.get(folded) or LEVEL_ALIASES.get(folded)


def read_taalicoon(text: str) -> int | None:
    """Return 1 to 4 for a taalicoon in one of its spellings, or None.

    Examples
    --------
    >>> read_taalicoon("één_taalicoon"), read_taalicoon("Twee taaliconen"), read_taalicoon("3")
    (1, 2, 3)
    """
    words = fold(text).replace("_", " ").split()
    if len(words) == 2 and words[1] in ("taalicoon", "taaliconen"):
        words = words[:1]
    return _TAALICOON_WORDS.get(words[0]) if len(words) == 1 else None


def fold(text: str) -> str:
    """Return the text in lower case without accents, to compare by.

    Examples
    --------
    >>> fold("Één CAFÉ")
    'een cafe'
    """
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@cache
def aspect_weights() -> Mapping[str, float]:
    """Return the weight of each aspect in use: those adopted, else those set by hand."""
    file = adopted_file()
    return _weights(file) if file.is_file() else hand_set_weights()


@cache
def hand_set_weights() -> Mapping[str, float]:
    """Return the weight of each aspect as set by hand in ``data/weights.toml``."""
    return _weights(data_folder() / "weights.toml")


def adopted_file() -> Path:
    """Return where learnt weights stand once they are adopted; without that file those set by hand hold."""
    return data_folder() / "adopted_weights.toml"


def _weights(file: Path) -> Mapping[str, float]:
    with file.open("rb") as opened:
        return MappingProxyType({name: float(weight) for name, weight in tomllib.load(opened)["aspects"].items()})
