"""JSON-LD as web pages write it: things with types, values that are things, texts or references to things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..markup import one_line, plain_text

_VOCABULARIES = re.compile(
    r"(?:https?://(?:www\.)?schema\.org/|schema:|https?://openactive\.io/(?:ns#)?|oa:)", re.I
)
_PREFIXES = ("", "schema:", "http://schema.org/", "https://schema.org/", "oa:")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", re.A)
_LANGUAGES = ("nl", "nl-be", "nl-nl", "")
"""In which order a text in several languages is wanted; then whatever comes first."""
_TAG = re.compile(r"</?(?:p|br|div|span|strong|em|b|i|a|ul|ol|li|h[1-6])\b[^<>]*>", re.I)
MOST_DEEP = 20
PERSON = "Person"
ORGANISATIONS = frozenset(
    {
        "Organization",
        "Corporation",
        "EducationalOrganization",
        "CollegeOrUniversity",
        "School",
        "ElementarySchool",
        "HighSchool",
        "GovernmentOrganization",
        "LocalBusiness",
        "MedicalOrganization",
        "NGO",
        "NewsMediaOrganization",
        "PerformingGroup",
        "DanceGroup",
        "MusicGroup",
        "TheaterGroup",
        "Project",
        "SportsOrganization",
        "SportsClub",
        "SportsTeam",
        "LibrarySystem",
        "WorkersUnion",
        "ExerciseGym",
        "HealthClub",
        "Library",
        "ChildCare",
        "EntertainmentBusiness",
        "FoodEstablishment",
        "Store",
        "CafeOrCoffeeShop",
        "Restaurant",
        "Consortium",
        "PoliticalParty",
        "OnlineBusiness",
    }
)


class Thing:
    """One node, with what it takes over from the node above it.

    Parameters
    ----------
    data : mapping
        The node as it stands in the JSON.
    known : mapping
        Nodes of the page by their id, for references.
    above : Thing or None
        The series, course or event to which it belongs: what is not said here is said there.
    place : str
        JSON pointer.
    """

    def __init__(
        self,
        data: Mapping[str, Any],
        known: Mapping[str, Mapping[str, Any]],
        *,
        above: Thing | None = None,
        place: str = "",
    ) -> None:
        self.data = data
        self.known = known
        self.above = above
        self.place = place

    @property
    def types(self) -> frozenset[str]:
        """Types without the address of their vocabulary."""
        given = self.data.get("@type", self.data.get("type"))
        return frozenset(word(one) for one in _listed(given) if isinstance(one, str))

    @property
    def id(self) -> str:
        """Its own id, or empty."""
        given = self.data.get("@id", self.data.get("id"))
        return given.strip() if isinstance(given, str) else ""

    def all(self, key: str, *, own: bool = False) -> list[Any]:
        """Return the values of a key, things as `Thing`; those of the thing above when there are none."""
        thing: Thing | None = self
        for _ in range(MOST_DEEP):
            if thing is None:
                return []
            found = [
                thing._value(one, f"{thing.place}/{key}") for one in _listed(thing._given(key)) if one is not None
            ]
            if found or own:
                return found
            thing = thing.above
        return []

    def one(self, key: str, *, own: bool = False) -> Any:
        """Return the first value of a key, or None."""
        found = self.all(key, own=own)
        return found[0] if found else None

    def things(self, key: str, *, own: bool = False) -> list[Thing]:
        """Return the values of a key that are things."""
        return [one for one in self.all(key, own=own) if isinstance(one, Thing)]

    def text(self, key: str, *, own: bool = False) -> str:
        """Return a value as text on one line: in Dutch if there is a choice, empty if there is none."""
        return one_line(self._raw_text(key, own=own))

    def long_text(self, key: str) -> str:
        """Return a value as text without mark-up, on as many lines as it has paragraphs."""
        # Content systems escape the mark-up of a description once more, and its line ends too.
        text = plain_text(self._raw_text(key)).replace("\\n", "\n")
        return plain_text(text) if _TAG.search(text) else text

    def words(self, key: str) -> list[str]:
        """Return the values of a key that are names of a vocabulary, without its address."""
        return [
            word(one.id or one.text("name") or one.text("prefLabel")) if isinstance(one, Thing) else word(str(one))
            for one in self.all(key)
        ]

    def _given(self, key: str) -> Any:
        for prefix in _PREFIXES:
            if prefix + key in self.data:
                return self.data[prefix + key]
        return None

    def _value(self, value: Any, place: str) -> Any:
        if isinstance(value, str) and value in self.known:
            value = self.known[value]
        if not isinstance(value, dict):
            return value
        if "@value" in value:
            return value["@value"]
        reference = value.get("@id", value.get("id"))
        # A reference is an id alone; a type beside it adds nothing.
        if isinstance(reference, str) and set(value) <= {"@id", "id", "@type", "type"}:
            value = self.known.get(reference, value)
        return Thing(value, self.known, place=place)

    def _raw_text(self, key: str, *, own: bool = False) -> str:
        texts: dict[str, str] = {}
        thing: Thing | None = self
        for _ in range(MOST_DEEP):
            if thing is None:
                break
            for one in _listed(thing._given(key)):
                for language, text in _texts(one):
                    texts.setdefault(language.lower(), text)
            if texts or own:
                break
            thing = thing.above
        return next(
            (texts[language] for language in _LANGUAGES if language in texts), next(iter(texts.values()), "")
        )


def word(name: str) -> str:
    """Return a name of a vocabulary without the address of the vocabulary.

    Examples
    --------
    >>> word("https://schema.org/Tuesday"), word("schema:Event"), word("di")
    ('Tuesday', 'Event', 'di')
    """
    return _VOCABULARIES.sub("", name.strip(), count=1)


def known_nodes(data: Any) -> dict[str, Mapping[str, Any]]:
    """Return the nodes that say more than their id, by their id."""
    found: dict[str, Mapping[str, Any]] = {}
    for node in nodes(data):
        identifier = node.get("@id", node.get("id"))
        if isinstance(identifier, str) and not set(node) <= {"@id", "id", "@type", "type"}:
            found.setdefault(identifier, node)
    return found


def nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Give every object in a JSON text, from outside in."""
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += reversed(list(one.values()))
        elif isinstance(one, list):
            waiting += reversed(one)


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    """Give the texts of a value with their language, empty where it is not said."""
    if isinstance(value, str):
        yield "", value
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield "", str(value)
    elif isinstance(value, dict) and isinstance(value.get("@value"), str):
        yield str(value.get("@language") or ""), value["@value"]
    elif isinstance(value, dict) and value and all(map(_LANGUAGE.fullmatch, value)):
        yield from ((language, text) for language, text in value.items() if isinstance(text, str))


def _listed(value: Any) -> list[Any]:
    if isinstance(value, dict) and set(value) & {"@list", "@set"}:
        value = value.get("@list", value.get("@set"))
    return value if isinstance(value, list) else [] if value is None else [value]
