"""Made-up documents of UiTdatabank of any number, seeded: the shape of real ones, with other contents.

The sample page of the tests gives the frame: everything that a document of the Search API carries, wanted or not.
What differs is drawn: calendar, terms, place, prices, ages, labels, texts with and without HTML. Texts are made of
the sentences of the test texts, one word in eight being another: words come back as often as in a language, and
there is no end to the rare ones.
"""

from __future__ import annotations

import copy
import json
import re
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.readers.uitdatabank.terms import terms
from matcher.vocabulary import lexicon, places

SEED = 20261123
DATA = Path(__file__).parent.parent / "tests/data"
SAMPLE = DATA / "uitdatabank/page-search-with-embed-and-facets.json"
TEXTS = ("derived_fields.jsonl", "derived_kinds.jsonl", "untagged_activities.jsonl")
FIRST_DAY = date(2026, 9, 1)
N_PLACES, N_ORGANISERS, N_WORDS = 4000, 3000, 300_000
OTHER_WORDS = 1 / 8
"""So many words of a sentence are another word, drawn from all there are: the n-th one at 1/n."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LABELS = (
    "één taalicoon",
    "twee_taaliconen",
    "Drie taaliconen",
    "UiTPAS Leuven",
    "ook voor kinderen",
    "wijk__centrum",
)
CALENDARS = {"single": 0.5, "multiple": 0.25, "periodic": 0.2, "permanent": 0.05}

Fields = dict[str, Any]


def write_lines(path: Path, n_documents: int) -> None:
    """Write documents as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for document in made_up_documents(n_documents):
            file.write(json.dumps(document) + "\n")


def write_page(path: Path, lines: Path) -> None:
    """Write the documents of a file of lines as one page, on one line."""
    with path.open("w", encoding="utf-8") as file, lines.open(encoding="utf-8") as documents:
        file.write('{"@type": "PagedCollection", "itemsPerPage": 2000, "totalItems": 9, "member": [')
        for number, line in enumerate(documents):
            file.write(f"{', ' if number else ''}{line.rstrip()}")
        file.write("]}")


def made_up_documents(n_documents: int, *, seed: int = SEED) -> Iterator[Fields]:
    """Make documents, each with its own id."""
    rng = np.random.default_rng(seed)
    frame = json.loads(SAMPLE.read_text(encoding="utf-8"))["member"][0]
    for key in ("startDate", "endDate", "subEvent", "calendarType", "attendanceMode", "onlineUrl"):
        del frame[key]
    frame["mainLanguage"] = "nl"
    text = _Texts(rng)
    where = [_place(frame["location"], rng) for _ in range(N_PLACES)]
    who = [_organizer(frame["organizer"], number) for number in range(N_ORGANISERS)]
    kinds = [name for name, term in terms().items() if term.domain == "eventtype"]
    themes = [name for name, term in terms().items() if term.domain == "theme"]
    facilities = [name for name, term in terms().items() if term.domain == "facility"]
    for _ in range(n_documents):
        kind = str(rng.choice(list(CALENDARS), p=list(CALENDARS.values())))
        about = [_term("eventtype", kinds, rng), _term("theme", themes, rng)]
        about += [_term("facility", facilities, rng) for _ in range(int(rng.integers(0, 3)))]
        title = text.title()
        yield {
            **frame,
            "@id": f"https://io.uitdatabank.be/events/{uuid.UUID(bytes=rng.bytes(16), version=4)}",
            "name": {"nl": title, "fr": f"Atelier {title}"},
            "description": {"nl": text.description(), "fr": "Un texte dans une autre langue."},
            "terms": about,
            "location": where[rng.integers(len(where))],
            "organizer": who[rng.integers(len(who))],
            "typicalAgeRange": str(rng.choice(["-", "18-", "6-12", "12-99", "-18"])),
            "priceInfo": _prices(frame["priceInfo"][0], rng),
            "labels": [str(label) for label in rng.choice(LABELS, size=int(rng.integers(0, 3)), replace=False)],
            "calendarType": kind,
            **_calendar(kind, rng),
        }


def _term(domain: str, ids: list[str], rng: np.random.Generator) -> Fields:
    return {"id": ids[rng.integers(len(ids))], "label": "een label", "domain": domain}


class _Texts:
    """Titles and descriptions, no two of them alike."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        rows = [json.loads(line) for name in TEXTS for line in (DATA / name).read_text("utf-8").splitlines()]
        self._titles: list[str] = [row["title"] for row in rows]
        self._sentences = [one for row in rows for one in re.split(r"(?<=[.!?]) ", row["description"])]
        known = sorted({word.strip("*") for entry in lexicon("nl") for word in entry.pattern.split()} - {"", ".."})
        first, second = (rng.choice(known, size=N_WORDS - len(known)) for _ in range(2))
        self._words = [*rng.permutation(known).tolist(), *map("".join, zip(first, second, strict=True))]
        self._ends: NDArray[np.float64] = np.cumsum(1 / np.arange(1, N_WORDS + 1))

    def title(self) -> str:
        return self._varied(self._titles[self._rng.integers(len(self._titles))])

    def description(self) -> str:
        """Write some sentences, in half of the documents as HTML."""
        rng = self._rng
        drawn = rng.integers(len(self._sentences), size=int(rng.integers(3, 20)))
        sentences = [self._varied(self._sentences[number]) for number in drawn]
        if rng.random() < 0.5:
            return "\n".join(sentences)
        paragraphs = ["<br>\n".join(sentences[number : number + 3]) for number in range(0, len(sentences), 3)]
        return "".join(f"<p>{one} Meer&nbsp;info op <a href='#'>onze site</a>.</p>\n" for one in paragraphs)

    def _varied(self, text: str) -> str:
        """Put other words in the place of some."""
        words = text.split()
        others = np.flatnonzero(self._rng.random(len(words)) < OTHER_WORDS)
        drawn = np.searchsorted(self._ends, self._rng.random(len(others)) * self._ends[-1])
        for at, number in zip(others, drawn, strict=True):
            words[at] = self._words[number]
        return " ".join(words)


def _place(frame: Fields, rng: np.random.Generator) -> Fields:
    codes = list(places())
    code = codes[rng.integers(len(codes))]
    name, lat, lon = places()[code]
    place = copy.deepcopy(frame)
    place["@id"] = f"https://io.uitdatabank.be/places/{uuid.UUID(bytes=rng.bytes(16), version=4)}"
    place["name"]["nl"] = f"Ontmoetingscentrum {name}"
    place["address"]["nl"] |= {"addressLocality": f"{name} (Gemeente)", "postalCode": code}
    place["geo"] = {"latitude": lat + rng.normal() / 100, "longitude": lon + rng.normal() / 100}
    return place


def _organizer(frame: Fields, number: int) -> Fields:
    organizer = copy.deepcopy(frame)
    organizer["name"] = {"nl": f"vzw De Kring {number}"}
    organizer["url"] = f"https://www.kring{number}.example"
    organizer["contactPoint"]["email"] = [f"info@kring{number}.example"]
    return organizer


def _prices(frame: Fields, rng: np.random.Generator) -> list[Fields]:
    rows = [{**frame, "price": int(rng.integers(0, 20))}]
    if rng.random() < 0.4:
        rows.append({**frame, "category": "tariff", "name": {"nl": "Kansentarief"}, "price": 1.5})
    return rows


def _calendar(kind: str, rng: np.random.Generator) -> Fields:
    first = FIRST_DAY + timedelta(days=int(rng.integers(0, 300)))
    hour = int(rng.integers(8, 20))
    if kind in ("single", "multiple"):
        number = 1 if kind == "single" else int(rng.integers(2, 20))
        step = int(rng.choice([7, 7, 14, 3]))
        parts = [_part(first + timedelta(days=step * week), hour) for week in range(number)]
        return {"startDate": parts[0]["startDate"], "endDate": parts[-1]["endDate"], "subEvent": parts}
    week = [
        {"opens": f"{hour:02}:00", "closes": f"{hour + 3}:30", "dayOfWeek": [str(WEEKDAYS[day])]}
        for day in sorted(rng.choice(7, size=int(rng.integers(1, 6)), replace=False))
    ]
    if kind == "permanent":
        return {"openingHours": week}
    last = first + timedelta(days=int(rng.integers(30, 300)))
    closed = [{"startDate": "2026-12-21", "endDate": "2027-01-03", "description": {"nl": "Kerstvakantie"}}]
    return {
        "startDate": f"{first}T00:00:00+00:00",
        "endDate": f"{last}T22:59:59+00:00",
        "openingHours": week,
        **({"openingHoursClosedDays": closed} if rng.random() < 0.3 else {}),
    }


def _part(day: date, hour: int) -> Fields:
    return {
        "id": 0,
        "@type": "Event",
        "startDate": f"{day}T{hour:02}:00:00+00:00",
        "endDate": f"{day}T{hour + 2:02}:00:00+00:00",
        "status": {"type": "Available"},
        "bookingAvailability": {"type": "Available"},
    }
