"""One reader for each kind of column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from ... import vocabulary
from ...errors import InputError
from ...model import Proposal
from ...model.fields import FREE_TEXT
from ...schedule import parse_pause, parse_schedule
from .counts import COUNT_WORDS, read_ages, read_group, read_number
from .days import DAYS, MONTH, MONTHS, read_day
from .prices import PRICE_WORDS, read_price
from .reading import Reading, masked, plain, refused
from .schedules import read_pauses, read_period, read_times
from .tokens import KNOWN
from .words import DITTO, LANGUAGES, TABLES, UNKNOWN, interest_words, listed

Cell = str | int | float | bool | datetime | date | time | timedelta | None
DATES = frozenset({"start_date", "end_date", "last_verified"})
LISTS = frozenset({"interests", "pauses", "audience", "facilities", "assumed", "derived"})
WHOLE = frozenset({"group_min", "group_max", "capacity", "places_left", "age_min", "age_max"})
PRICES = frozenset({"price_eur", "reduced_price_eur", "fee_eur"})
CELL_COLUMNS = frozenset(Proposal.model_fields) | {"age", "group", "period", "contact"}
"""Keys of an activity, and columns that say several things at once."""
_CONTRACT_WHOLE = re.compile(r"[+-]?\d{1,12}", re.ASCII)
_CONTRACT_DECIMAL = re.compile(r"[+-]?\d{1,12}(\.\d{1,400})?", re.ASCII)
_LONGEST = 2_000
_NEVER_DATES = WHOLE | PRICES | {"age", "group", "taalicoon"}
_TURNED = re.compile(
    rf"\d{{1,2}}[/-]\d{{1,2}}[/-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d|\d{{1,2}}[-/ ](?:{MONTH})|"
    rf"(?:{MONTH})[-/ .]+\d{{2,4}}",
    re.ASCII,
)
"""What a spreadsheet makes of '6-12' or '1,25' when it takes it for a date."""
_NOTHING = frozenset(
    {"hele jaar door", "hele jaar", "het hele jaar", "het hele jaar door", "doorlopend", "heel het jaar"}
)
_NO_PAUSES = frozenset({"geen", "geen pauzes", "nee", "neen", "nooit"})
_FROM_WORDS = re.compile(r"(?:vanaf|van|sinds|start(?:t)?(?: op)?|from) (?=\S)")
_UNTIL_WORDS = re.compile(r"(?:tot en met|tot|t\.?e\.?m\.?|t/m|until) (?=\S)")
_MIDNIGHT = re.compile(r"[ t]0?0:00(?::00)?$")
_NO_END = frozenset({"geen", "geen einddatum", "onbepaald", "onbepaalde duur", "doorlopend"})
_BETWEEN = re.compile(r"[|;\n]+")
_SMALLER = re.compile(r"(\s*[,/+&]\s*|\s+en\s+|\s+and\s+)")
_NOT = re.compile(r"^(?:geen|niet|no|not|zonder|-) ?")
_ANSWERED = re.compile(r"(.+?) ?[:=(]? ?(ja|nee|neen|yes|no|ok)\)?")
_EMAIL = re.compile(r"[^\s@,;|]+@[^\s@,;|]+\.[^\s@,;|]+")
_URL = re.compile(r"(?:https?://|www\.)\S+")
_TELEPHONE = re.compile(r"(?:\+|0)[\d ./()-]{7,18}\d")
_TAALICOON = re.compile(
    r"(?:taal ?i[ck]o(?:on|nen|ontjes?)|ico(?:on|nen)?|niveau|ti)?[ :_-]*(\d|een|twee|drie|vier)"
    r"(?:[ _-]*(?:taal ?i[ck]o(?:on|nen|ontjes?)|ico(?:on|nen)|(?:tekst|praat)?ballon(?:nen|netjes|netje)?))?"
    r"(?: ?(?:/|van|op|van de|v/d|vd) ?(?:4|vier))?",
    re.ASCII,
)
_FULL_MARKS, _EMPTY_MARKS = "●⚫■★✱*💬🗨🟢⬤", "○⚪□☆-◯·"
_POSTAL = re.compile(r"(?:be?-? ?)?(\d{4})(?:[ ,]+(.+))?", re.IGNORECASE | re.ASCII)
_ONLINE = re.compile(r"(?:online|digitaal|via zoom|zoom|teams|via teams|via internet)\b.*|.*\b(?:online via .*)")
_YEAR_OF_TIMES = 1904
"""A time, or another small number, comes as a date up to this year where its cell is to show dates."""
_EXCEL_DATE = "Excel made a date of this cell: type it again with a quote in front, like '6-12."


def read_cell(column: str, cell: Cell, *, today: date, by_program: bool = False) -> Reading:
    """Read one cell into the keys of an activity.

    Parameters
    ----------
    column : str
        One of `CELL_COLUMNS`.
    cell : Cell
        As CSV or a workbook gives it, not empty.
    today : date
        From which day on holidays are dated.
    by_program : bool
        A program wrote the row, which writes each thing where it belongs: nothing more is looked for in a text.

    Raises
    ------
    InputError
        One problem with the column as its key, the value masked where it may be personal.

    Examples
    --------
    >>> read_cell("age", "vanaf 16 jaar", today=date(2026, 11, 23))
    Reading(values={'age_min': 16}, note='was read as age_min 16')
    """
    try:
        text = _as_text(column, cell)
        is_whole = by_program and column in _TEXTS
        exact = (text if is_whole else _contract(column, text)) if isinstance(cell, str) else None
        if exact is not None:
            return Reading({column: exact})
        if plain(text) in UNKNOWN and column not in ("title", "price_note"):
            return Reading({}, "says that it is not known, and was left unknown")
        if len(text) > _LONGEST and column not in _TEXTS:
            rule = f"must have at most {_LONGEST} characters"
            raise refused(rule, None, "Long texts go into description.", code="length")
        if column in _NEVER_DATES and _TURNED.fullmatch(plain(text)):
            raise refused("must not be a date", None, _EXCEL_DATE, code="excel_date")
        values = _read(column, text, today)
    except InputError as error:
        (problem,) = error.problems
        raise InputError([replace(problem, key=column, value=shown_cell(column, cell))]) from None
    as_meant = set(values) == {column} and (not isinstance(cell, str) or _is_template_word(column, text))
    return Reading(values, None if as_meant else _note(column, text, values))


def refers_above(column: str, cell: Cell) -> bool:
    """Tell whether a cell says no more than that the one above holds for it too: 'idem'."""
    return isinstance(cell, str) and plain(cell) in DITTO and column not in ("id", "title", "description")


def _is_template_word(column: str, text: str) -> bool:
    """Tell whether only words stand there that the template offers for the column."""
    offered = {plain(word) for word in vocabulary.sheet_words().get(column, {}).values()}
    return bool(offered) and all(plain(part) in offered for part in re.split(r"[|;]", text) if part.strip())


def is_day(cell: Cell) -> bool:
    """Tell whether a cell holds a date with a year."""
    if isinstance(cell, date):
        return cell.year > _YEAR_OF_TIMES
    return isinstance(cell, str) and read_day(plain(cell)) is not None


def _as_text(column: str, cell: Cell) -> str:
    """Return what a cell of a workbook would be as text, where its sort fits the column."""
    if isinstance(cell, bool):
        if column != "new_people":
            raise refused("must not be true or false", None, "Write it in words.", code="sort")
        return "yes" if cell else "no"
    if isinstance(cell, (int, float)):
        if cell != cell or abs(cell) > 1e15:
            raise refused(
                "must be a number that can be", None, "Look at the formula behind the cell.", code="sort"
            )
        if cell == int(cell):
            return str(int(cell))
        # A sum in a sheet comes as 2.4000000000000004; of coordinates every digit was meant.
        return format(Decimal(repr(cell)), "f") if column in ("lat", "lon") else format(cell, ".12g")
    if isinstance(cell, (datetime, date)):
        if column in DATES or column == "period":
            if not is_day(cell):
                raise _no_date(None)
            return date(cell.year, cell.month, cell.day).isoformat()
        if column == "schedule":
            remedy = "Write the day and both hours as text, like 'di 19:00-21:00'."
            raise refused("must have an end for each hour", None, remedy, code="schedule")
        raise refused("must not be a date", None, _EXCEL_DATE, code="excel_date")
    if isinstance(cell, (time, timedelta)):
        remedy = "Write it as text; for a schedule the day and both hours, like 'di 19:00-21:00'."
        raise refused("must not be a time alone", None, remedy, code="sort")
    return str(cell).strip()


def _contract(column: str, text: str) -> Any:
    """Return the value of a cell that stands in the form of the contract, else None."""
    if column in WHOLE:
        return int(text) if _CONTRACT_WHOLE.fullmatch(text) else None
    if column in PRICES or column in ("lat", "lon"):
        negative = column in PRICES and text.startswith("-")
        return float(text) if _CONTRACT_DECIMAL.fullmatch(text) and not negative else None
    if column in LISTS:
        return _contract_list(column, [part.strip() for part in re.split(r"[|;]", text) if part.strip()])
    if column == "schedule":
        return str(parse_schedule(text)) if _reads(parse_schedule, text) else None
    if column in DATES:
        return text if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) and read_day(text) else None
    if column == "taalicoon":
        return vocabulary.read_taalicoon(text)
    if column == "language":
        known = plain(text) not in LANGUAGES
        return text if known and re.fullmatch(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*\+?", text, re.I | re.A) else None
    if column in TABLES:
        return text if text.lower() in _OWN_WORDS[column] else None
    if column in ("place", "postal_code"):
        # Texts in which more may be said than the contract asks for.
        return text if _READERS[column](text) == {column: text} else None
    return text if column in _TEXTS else None


def _contract_list(column: str, parts: list[str]) -> list[str] | None:
    if column == "pauses":
        return parts if all(_reads(parse_pause, part) for part in parts) else None
    if column in ("assumed", "derived"):
        return parts
    return parts if all(part.lower() in _OWN_WORDS[column] for part in parts) else None


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except InputError:
        return False
    return True


_OWN_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "kind": frozenset(vocabulary.KINDS),
        "participants": frozenset(vocabulary.PARTICIPANTS),
        "interaction": frozenset(vocabulary.INTERACTIONS),
        "audience": frozenset(vocabulary.AUDIENCES),
        "facilities": frozenset(vocabulary.FACILITIES),
        "attendance": frozenset(vocabulary.ATTENDANCES),
        "status": frozenset(vocabulary.STATUSES),
        "new_people": frozenset({"yes", "no"}),
        "interests": frozenset(vocabulary.interests()),
    }
)
_TEXTS = listed(
    "id, title, description, organiser, place, address, municipality, price_note, registration, phone, "
    "email, url, signatory, source, source_url, postal_code"
)
_ASK_VOCABULARY = "Choose from the list in the template, or leave it empty."


def _read(column: str, text: str, today: date) -> dict[str, Any]:
    """Read text that is not in the form of the contract."""
    if column in DATES:
        return _date(column, text)
    if column == "schedule":
        return {} if plain(text) in _NOTHING else read_times(text, today=today)
    if column in ("pauses", "period"):
        if plain(text) in _NOTHING or (column == "pauses" and plain(text) in _NO_PAUSES):
            return {}
        return read_pauses(text, today=today) if column == "pauses" else read_period(text, today=today)
    if column in PRICES:
        return read_price(text, column=column)
    if column == "age":
        return read_ages(text)
    if column == "group":
        return read_group(text)
    if column in WHOLE:
        return read_number(text, column=column)
    if column == "audience" and (ages := _ages_in_audience(text)):
        return ages
    if column in ("interests", "audience", "facilities"):
        return {column: list(dict.fromkeys(_several(column, text)))}
    return _READERS[column](text) if column in _READERS else _word(column, text)


def _ages_in_audience(text: str) -> dict[str, Any]:
    """Return the ages that a clerk wrote as the audience: 'volwassenen', '18+'; empty when there are none."""
    try:
        found = read_ages(text)
    except InputError:
        return {}
    return {} if found.get("age_min") == 0 or "audience" in found else found


def _date(column: str, text: str) -> dict[str, Any]:
    words = _MIDNIGHT.sub("", plain(text).rstrip("."))
    if column == "end_date" and words in _NO_END:
        return {}
    lead = {"start_date": _FROM_WORDS, "end_date": _UNTIL_WORDS}.get(column)
    day = read_day(lead.sub("", words, count=1) if lead else words)
    if day is None:
        raise refused("must be a date with a year", text, "Write it like 2026-12-01 or 1/12/2026.", code="date")
    if day.year <= _YEAR_OF_TIMES:
        raise _no_date(text)
    return {column: day.isoformat()}


def _no_date(text: str | None) -> InputError:
    remedy = "A number was typed into a cell that shows dates: type the date, like 1/9/2026."
    return refused(f"must be a date after {_YEAR_OF_TIMES}", text, remedy, code="date")


def _word(column: str, text: str) -> dict[str, Any]:
    if column not in TABLES:
        return {column: text}
    words = plain(text).strip(" .!()")
    word = words if words in _OWN_WORDS[column] else TABLES[column].get(words) or _mixed(column, words)
    if word is None:
        choices = ", ".join(sorted(_OWN_WORDS[column]))
        raise refused(f"must be one of {choices}", text, _ASK_VOCABULARY, code="vocabulary")
    return {column: word}


def _mixed(column: str, words: str) -> str | None:
    """Return what two sorts of participants together are."""
    if column != "participants":
        return None
    both = re.sub(r"^(?:een )?(?:mix|mengeling|combinatie|groep) (?:van|met) |^(?:zowel|vooral) ", "", words)
    pieces = re.split(r" ?[,/+&] ?| en | als ", both)
    sorts = {TABLES[column].get(piece.strip()) for piece in pieces}
    return "mixed" if sorts == {"dutch_speakers", "learners"} else None


def _several(column: str, text: str) -> list[str]:
    """Read a list of words; the longest words that are known come first: 'Houtbewerking en klussen' is one."""
    found = []
    for chunk in _BETWEEN.split(text):
        parts = _SMALLER.split(plain(chunk).strip(" .!"))[:100]
        at = 0
        while at < len(parts):
            for end in range(len(parts), at, -1):
                if word := _meaning(column, "".join(parts[at:end]).strip(" .!()")):
                    found.append(word)
                    at = end + 1
                    break
            else:
                if "".join(parts[at:]).strip():
                    raise refused("must be words of the list", text, _ASK_VOCABULARY, code="vocabulary")
                break
    return found


def _meaning(column: str, words: str) -> str | None:
    if words in _OWN_WORDS[column]:
        return words
    table = interest_words() if column == "interests" else TABLES[column]
    if column == "facilities" and (answer := _ANSWERED.fullmatch(words)):
        positive = _meaning(column, answer[1])
        if not positive or answer[2] in ("ja", "yes", "ok"):
            return positive
        return f"-{positive}" if not positive.startswith("-") else None
    if column == "facilities" and words.startswith("wel "):
        return _meaning(column, words[4:])
    if column == "facilities" and words not in table and (negative := _NOT.match(words)):
        positive = _meaning(column, words[negative.end() :])
        return f"-{positive}" if positive and not positive.startswith("-") else None
    return table.get(words)


def _language(text: str) -> dict[str, Any]:
    codes = frozenset(LANGUAGES.values())
    pieces = [piece for piece in re.split(r"[,/+&|;()]|\ben\b|\band\b", plain(text)) if piece.strip(" .")]
    tags = [LANGUAGES.get(piece.strip(" "), piece.strip(" .")) for piece in pieces]
    if not tags or not set(tags) <= codes or (len(set(tags)) > 1 and "nl" not in tags):
        remedy = "Write one tag, like nl or fr, or nl+ for Dutch beside another."
        raise refused("must be a language", text, remedy, code="language")
    return {"language": tags[0] if len(set(tags)) == 1 else "nl+"}


def _taalicoon(text: str) -> dict[str, Any]:
    marks = "".join(text.split())
    n_full = sum(mark in _FULL_MARKS for mark in marks)
    if n_full and all(mark in _FULL_MARKS + _EMPTY_MARKS + "\ufe0f" for mark in marks) and n_full <= 4:
        return {"taalicoon": n_full}
    match = _TAALICOON.fullmatch(re.sub(r"[().!]", " ", plain(text)).strip())
    number = vocabulary.read_taalicoon(match[1]) if match else None
    if number is None:
        raise refused(
            "must be 1, 2, 3 or 4 taaliconen", text, "A CEFR level is not a taalicoon.", code="taalicoon"
        )
    return {"taalicoon": number}


def _decimal(column: str) -> Callable[[str], dict[str, Any]]:
    def read(text: str) -> dict[str, Any]:
        number = text.strip().rstrip("°").replace(",", ".", 1)
        if not _CONTRACT_DECIMAL.fullmatch(number):
            raise refused("must be a number in degrees", text, "Write it like 50.9085.", code="number")
        return {column: float(number)}

    return read


def _place(text: str) -> dict[str, Any]:
    return {"place": vocabulary.ONLINE if _ONLINE.fullmatch(plain(text)) else text}


def _postal_code(text: str) -> dict[str, Any]:
    match = _POSTAL.fullmatch(text.strip())
    if not match:
        return {"postal_code": text}
    return {"postal_code": match[1], **({"municipality": match[2].strip()} if match[2] else {})}


def _phone(text: str) -> dict[str, Any]:
    # A number cell of a workbook loses its first zero: Belgian numbers have 8 or 9 digits after it. Of what was
    # typed as +32 it keeps the digits.
    if re.fullmatch(r"32[1-9]\d{7,8}", text, re.ASCII):
        return {"phone": f"+{text}"}
    return {"phone": f"0{text}" if re.fullmatch(r"[1-9]\d{7,8}", text, re.ASCII) else text}


def _contact(text: str) -> dict[str, Any]:
    """Take public means of contact apart; whatever else stands there may be a person's name."""
    found: dict[str, Any] = {}
    rest = text
    for key, pattern in (("email", _EMAIL), ("url", _URL), ("phone", _TELEPHONE)):
        matches = [match[0].strip() for match in pattern.finditer(rest)]
        if matches:
            found[key] = ", ".join(matches) if key == "phone" else matches[0]
            rest = pattern.sub(" ", rest, count=0 if key == "phone" else 1)
    if not found or re.sub(r"(?i)\b(?:tel|telefoon|gsm|e-?mail|website|of|en|via)\b|[\s:;,./|&()-]", "", rest):
        remedy = "Use the columns phone, email and url, without names of persons."
        raise refused("must be a public telephone number, e-mail or web address", None, remedy, code="contact")
    return found


_READERS: Mapping[str, Callable[[str], dict[str, Any]]] = MappingProxyType(
    {
        "language": _language,
        "taalicoon": _taalicoon,
        "lat": _decimal("lat"),
        "lon": _decimal("lon"),
        "place": _place,
        "postal_code": _postal_code,
        "phone": _phone,
        "contact": _contact,
    }
)
_KNOWN_WORDS = (
    KNOWN
    | set(DAYS)
    | set(MONTHS)
    | PRICE_WORDS
    | COUNT_WORDS
    | {part for table in (*TABLES.values(), LANGUAGES) for words in table for part in words.split()}
) - {"jan"}
"""Jan is a month, and many a man's name."""


def shown_cell(column: str, cell: Cell) -> str | None:
    """Return what may be shown of a cell, with words that we do not know hidden; None for free text."""
    if column in FREE_TEXT or column == "contact":
        return None
    return masked(str(cell), _KNOWN_WORDS)


def _note(column: str, text: str, values: Mapping[str, Any]) -> str | None:
    if values == {column: text} and column in _TEXTS:
        return None
    if not values:
        return "says nothing that must be written down"
    if set(values) == {column}:
        return f"was read as {_said(values[column])}" if column not in FREE_TEXT else "was read in its usual form"
    said = [key if key in FREE_TEXT else f"{key} {_said(value)}" for key, value in values.items()]
    return f"was read as {', '.join(said)}"


def _said(value: object) -> str:
    if isinstance(value, list):
        return f"{len(value)} values" if len(value) > 3 else "|".join(value)
    if isinstance(value, float):
        return f"{value:g}"
    return f"'{value}'" if isinstance(value, str) else str(value)
