"""The words and numbers of a cell about times, each with what it may mean."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from .days import DAYS, HOLIDAYS, MONTH, MONTHS, day_of
from .reading import refused
from .words import NUMBERS

NOON = 12 * 60
_EARLIEST_MORNING, _LATEST_NIGHT = 5 * 60, 23 * 60 + 59
PARTS = {
    "morning": (_EARLIEST_MORNING, NOON - 1),
    "afternoon": (NOON, 18 * 60),
    "evening": (16 * 60 + 30, _LATEST_NIGHT),
}
"""Between which minutes a session of a part of the day begins."""


class Token(NamedTuple):
    """A piece of the text: what sort it is, what it means, and as it stands."""

    kind: str
    value: Any
    text: str


class Clock(NamedTuple):
    """A time of day: minutes, whether the text itself says which half of the day, and am or pm."""

    minute: int
    sure: bool
    half: str


_ORDINALS = {
    "eerste": 1,
    "tweede": 2,
    "derde": 3,
    "vierde": 4,
    "vijfde": 5,
    "laatste": -1,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "last": -1,
}
_PART_WORDS = {
    **dict.fromkeys(("voormiddag", "ochtend", "morgen", "morning", "vm", "v.m."), "morning"),
    **dict.fromkeys(("namiddag", "middag", "afternoon", "nm", "n.m."), "afternoon"),
    **dict.fromkeys(("avond", "evening"), "evening"),
}
_PART = "|".join(map(re.escape, _PART_WORDS))
_LONG_DAY = "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
_DAY = "|".join(sorted(DAYS, key=len, reverse=True))
_HOURS = r"(\d{1,2}(?:[.,]\d{1,2})?) ?(?:uren|uur|u|hours?|hrs?|h)\.? ?(?:/|per |p/|a |in de )? ?(?:week|wk)\b\.?"
_END = r"(?![a-z0-9])"


def _time(match: re.Match[str]) -> Clock | None:
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").replace(".", "")
    if hour > 24 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + 12 * (half == "pm")
    return Clock(hour * 60 + minute, sure=bool(half) or match[1].startswith("0") or hour > 12, half=half)


def _spoken(match: re.Match[str]) -> Clock | None:
    hour = NUMBERS.get(match[2]) or (int(match[2]) if match[2].isdecimal() else 0)
    if not 1 <= hour <= 12:
        return None
    shift = {"": 0, "half": -30, "kwart voor": -15}.get(match[1], 15)
    return Clock((hour * 60 + shift) % (12 * 60), sure=False, half="spoken")


def _month(match: re.Match[str]) -> tuple[int, int | None]:
    return MONTHS[match[1]], int(match[2]) if match[2] else None


def _numeric_day(match: re.Match[str]) -> Any:
    return day_of(int(match[4]), int(match[3]), int(match[1]))


def _written_day(match: re.Match[str]) -> Any:
    day, month = int(match[1]), MONTHS[match[2]]
    if match[3]:
        return day_of(int(match[3]), month, day)
    return (month, day) if day_of(2024, month, day) else None


def _day_month(match: re.Match[str]) -> tuple[int, int] | None:
    return (int(match[2]), int(match[1])) if day_of(2024, int(match[2]), int(match[1])) else None


def _ordinal(match: re.Match[str]) -> int | None:
    number = _ORDINALS.get(match[0]) or int(match[1])
    return number if number in (1, 2, 3, 4, 5, -1) else None


_RULES: tuple[tuple[str, str, Callable[[re.Match[str]], Any]], ...] = (
    (
        "flex_hours",
        rf"(?:ongeveer |gemiddeld |circa |ca\.? |ong\.? |± ?|about |\+/- ?)?{_HOURS}",
        lambda m: float(m[1].replace(",", ".")),
    ),
    (
        "flex",
        r"(?:(?:flexibele |vrije )?(?:uren|dagen)(?= (?:zelf|vrij|samen|onderling|af|te|in))|flexibele uren|"
        r"flexibel|flexible|flex|in (?:onderling )?overleg|in samenspraak|"
        r"(?:zelf |vrij |samen |onderling )?(?:af te spreken|te kiezen|te bepalen)|naar keuze|"
        r"(?:op|na|volgens) afspraak|by (?:appointment|agreement))" + _END,
        lambda m: None,
    ),
    (
        "fortnight",
        r"(?:(?:2|twee)[ -]?wekelijkse?|veertiendaags|14[ -]daags|"
        r"(?:1 ?(?:x|keer|maal) )?(?:om|per|elke|iedere) (?:de )?(?:2|twee|andere) (?:weken|week)|"
        r"(?:om de|elke|iedere) (?:14|veertien) dagen|om de week|week om week|"
        r"every (?:other|second|two|2) weeks?|2w|fortnightly|every fortnight)" + _END,
        lambda m: None,
    ),
    ("fortnight", rf"(?:every other|(?:om de|elke|iedere) andere) (?=(?:{_DAY})\b)", lambda m: None),
    (
        "weekly",
        r"(?:wekelijkse?|weekly|(?:elke|iedere) week|every week|"
        r"(?:1 ?(?:x|keer|maal)|een ?(?:keer|maal)) (?:per|in de) week)" + _END,
        lambda m: None,
    ),
    (
        "times",
        r"(?:(\d) ?(?:x|keer|maal)|(twee|drie|vier) ?(?:keer|maal)) (?:per|in de|a) week" + _END,
        lambda m: int(m[1]) if m[1] else NUMBERS[m[2]],
    ),
    (
        "",
        r"(?:het |heel het |de |van )?(?:hele |ganse )?(?:jaar door|jaar rond|hele jaar|ganse jaar)" + _END,
        lambda m: None,
    ),
    ("also", r"(?:ook|also)" + _END, lambda m: None),
    ("once", r"(?:eenmalige?|one[- ]off|1 keer|een keer)" + _END, lambda m: None),
    (
        "monthly",
        r"(?:(?:van (?:de|elke|iedere|iederen)|v\.?[ /]?d\.?e?|per|elke|iedere|in de|of (?:the|every|each)|"
        r"every|each) ?"
        r"(?:maand|mnd|month)\b\.?|maandelijkse?|monthly)" + _END,
        lambda m: None,
    ),
    (
        "school_year",
        r"(?:het |de )?schooljaar(?: (?:20)?(\d\d) ?[-/] ?(?:20)?(\d\d)(?!\d))?" + _END,
        lambda m: 2000 + int(m[1]) if m[1] else 0,
    ),
    (
        "holiday",
        rf"(?:{'|'.join(sorted(HOLIDAYS, key=len, reverse=True))})" + _END,
        lambda m: HOLIDAYS[m[0]],
    ),
    (
        "holiday",
        r"(?:school ?(?:vakantie(?:s|periodes?|perioden)?|verlof|verloven)|vakanties|vakantie(?:periodes|"
        r"perioden|weken)|"
        r"school holidays)" + _END,
        lambda m: "schoolvakanties",
    ),
    (
        "holiday",
        r"(?:(?:officiele |wettelijke )?feestdag(?:en)?|public holidays|bank holidays)" + _END,
        lambda m: "feestdagen",
    ),
    (
        "not",
        r"(?:niet|geen (?:les(?:sen)?|activiteit(?:en)?|sessies?|werking|bijeenkomst(?:en)?|training(?:en)?|"
        r"inloop)|"
        r"behalve|uitgezonderd|uitgez\.?|uitz\.|excl\.|exclusief|met uitzondering van|gesloten|dicht|buiten|not|"
        r"except|closed|outside|"
        r"no (?:class(?:es)?|sessions?)|m\.?u\.?v\.?|"
        r"(?:verlof|vakantie|pauze|onderbreking|(?:zomer|winter)?stop)(?=:? (?:van|in|op|tussen) ))" + _END,
        lambda m: None,
    ),
    ("only", r"(?:enkel|alleen|uitsluitend|only)" + _END, lambda m: None),
    ("drop_in", r"(?:\(?(?:vrije |open )?inloop(?:moment(?:en)?)?\)?|drop[- ]in)" + _END, lambda m: None),
    (
        "day",
        r"(?:(?:elke|iedere|alle|every) dag(?:en)?|dagelijks|every day|daily|7 op 7)" + _END,
        lambda m: (0, 1, 2, 3, 4, 5, 6),
    ),
    ("day", r"(?:weekdag(?:en)?|werkdag(?:en)?|weekdays?)" + _END, lambda m: (0, 1, 2, 3, 4)),
    ("day", r"(?:weekends?|weekeinden?)" + _END, lambda m: (5, 6)),
    ("date", r"(\d{4})-(\d\d)-(\d\d)(?!\d)", lambda m: day_of(int(m[1]), int(m[2]), int(m[3]))),
    ("date", r"(\d{1,2})(/)(\d{1,2})/(\d{4}|\d{2})(?![\d/])", _numeric_day),
    ("date", r"(\d{1,2})([.-])(\d{1,2})\2(\d{4})(?!\d)", _numeric_day),
    ("date", rf"(\d{{1,2}})(?:e|de|ste|st|nd|rd|th)? ?({MONTH})\b\.?(?:,? '?(\d{{4}})(?!\d))?", _written_day),
    ("date", r"(\d{1,2})/(\d{1,2})(?![\d/.:]|,\d| ?(?:u|h|uur)\b)", _day_month),
    ("month", rf"({MONTH})\b\.?(?: '?(\d{{4}})(?!\d))?", _month),
    ("time", r"(\d{1,2}) ?(?:uur|[uh])[. ]{1,2}(00|15|30|45)(?!\d| ?(?:[uh:]|\.\d))()", _time),
    ("time", r"(\d{1,2}) ?[u:h.](\d{2})(?::00)?(?!\d)(?: ?(?:uur|u|h)\b)?(?: ?([ap]\.?m\b\.?))?", _time),
    ("time", r"(\d{1,2})() ?([ap]\.?m\b\.?)", _time),
    ("time", r"(\d{1,2})() ?(?:uur|u|h)()\b\.?", _time),
    ("time", r"(half|kwart (?:voor|over|na)) (\d{1,2}|[a-z]+)\b(?: uur)?", _spoken),
    (
        "every_nth",
        r"(?:elke|elk|iedere?|every|each) (?=(?:[2-5](?:e|de|nd|rd|th)|tweede|derde|vierde|vijfde|second|third|"
        r"fourth|fifth)\b)",
        lambda m: None,
    ),
    ("ordinal", r"(\d)(?:e|de|ste|st|nd|rd|th)" + _END, _ordinal),
    ("ordinal", rf"(?:{'|'.join(_ORDINALS)})" + _END, _ordinal),
    ("number", r"(\d{1,2})(?![\d.,:]\d)", lambda m: Clock(int(m[1]) * 60, sure=m[1][0] == "0", half="")),
    ("day_part", rf"({_LONG_DAY})({_PART})(?:en|s)?" + _END, lambda m: (DAYS[m[1]], _PART_WORDS[m[2]])),
    ("part", r"'?s ?(morgen|ochtend|voormiddag|middag|namiddag|avond)s" + _END, lambda m: _PART_WORDS[m[1]]),
    ("part", rf"({_PART})(?:en|s)?" + _END, lambda m: _PART_WORDS[m[1]]),
    ("day", rf"(?:'?s ?)?({_DAY})(?![a-z])", lambda m: (DAYS[m[1]],)),
    ("number", rf"()({'|'.join(NUMBERS)})(?: uur)?" + _END, _spoken),
    (
        "until",
        r"(?:tot en met|tot|a(?= ?\d)|t\.?e\.?m\b\.?|t/m|until|till|til|through|to|einde?(?: op)?(?= \d)|"
        r"->|=>|>|→)(?![a-z])",
        lambda m: None,
    ),
    (
        "from",
        r"(vanaf|v\.?a\.?|van|tussen|tss\.?|from|between|start(?:t)?(?: op)?|as of|"
        r"eerste (?:les|keer|sessie|bijeenkomst)(?: op)?)" + _END,
        lambda m: "tussen" if m[1].startswith("tss") else "start" if m[1].startswith("eerste") else m[1],
    ),
    ("prep", r"(?:in|tijdens|gedurende|during)" + _END, lambda m: None),
    ("and", r"(?:en|and)" + _END + r"|[,;/&+|]", lambda m: None),
    ("dash", r"-", lambda m: None),
    (
        "",
        r"(?:op|om|de|den|het|elke|elken|elk|ieder|iedere|iederen|telkens|steeds|alle|every|each|on|at|the|open|uur|geopend|"
        r"les(?:sen)?|training(?:en)?|repetities?|bijeenkomst(?:en)?|sessies?|workshops?|activiteit(?:en)?|"
        r"lesmoment(?:en)?)" + _END + r"|[():.!]",
        lambda m: None,
    ),
)
_PATTERNS = [(kind, re.compile(pattern, re.ASCII), value) for kind, pattern, value in _RULES]
_DAYS_BEFORE_MONTH = re.compile(
    rf"(?<![\d:.,u/-])(?<!- )(?<!tot )((?:(?:(?:{_DAY})\.? )?\d{{1,2}}(?:, ?| en | & | ?\+ ?))+)"
    rf"((?:(?:{_DAY})\.? )?\d{{1,2}}) ({MONTH})\b\.?( \d{{4}})?",
    re.ASCII,
)
_DAYS_UNTIL_MONTH = re.compile(
    rf"(?<![\d:.,u/-])(\d{{1,2}}) ?(-|tot en met|tot|t\.?e\.?m\.?|t/m) ?(\d{{1,2}} ({MONTH})\b\.?( \d{{4}})?)",
    re.ASCII,
)
_CUT_WORD = re.compile(r"\b(herfst|kerst|krokus|paas|zomer)-(?= ?(?:en|,|/|&|\+))")
_LONG_WORD = re.compile(r"[a-z]{5,}")
_OFTEN_MISTYPED = (
    *_LONG_DAY.split("|"),
    *(f"{day}{part}" for day in _LONG_DAY.split("|") for part in _PART_WORDS if part.isalpha()),
    *(month for month in MONTHS if len(month) >= len("januari")),
    *("voormiddag", "namiddag", "iedere", "wekelijks", "maandelijks"),
    *("behalve", "uitgezonderd", "schoolvakanties", "feestdagen"),
)
"""Words that look like no other word of times, so that one wrong letter leaves no doubt."""
_NEAR = 0.87
KNOWN = frozenset(re.findall(r"[a-z]+", " ".join(pattern for _, pattern, _ in _RULES)))
"""Words of times, which may be shown to anybody."""


def tokens(text: str) -> Iterator[Token]:
    """Cut plain text about times into tokens.

    Raises
    ------
    InputError
        If a word is not one of times, or a date or time is none.
    """
    text = _LONG_WORD.sub(_as_meant, text)
    text = _CUT_WORD.sub(r"\1vakantie ", text)
    text = _DAYS_BEFORE_MONTH.sub(_each_with_its_month, text)
    text = _DAYS_UNTIL_MONTH.sub(r"\1 \4\5 \2 \3", text)
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        for kind, pattern, value in _PATTERNS:
            match = pattern.match(text, at)
            if not match:
                continue
            meaning = value(match)
            if meaning is None and kind in ("time", "date", "ordinal"):
                raise _not_understood(text, "Look at the dates and hours.")
            if kind:
                yield Token(kind, meaning, match[0])
            at = match.end()
            break
        else:
            raise _not_understood(text, "Write the days and the hours only; other words go into description.")


def _as_meant(match: re.Match[str]) -> str:
    """Return a word with its slip of the keyboard mended: 'donderadg'."""
    word = match[0]
    if word in KNOWN or word in DAYS or word in MONTHS or word in HOLIDAYS:
        return word
    if word.removesuffix("s") in _OFTEN_MISTYPED or word.removesuffix("en") in _OFTEN_MISTYPED:
        return word
    return next(iter(difflib.get_close_matches(word, _OFTEN_MISTYPED, n=1, cutoff=_NEAR)), word)


def _each_with_its_month(match: re.Match[str]) -> str:
    numbers = [*re.findall(rf"(?:(?:{_DAY})\.? )?\d+", match[1]), match[2]]
    return ", ".join(f"{number} {match[3]}{match[4] or ''}" for number in numbers)


def _not_understood(text: str, remedy: str) -> Exception:
    return refused("must be days and hours, like 'di 19:00-21:00'", text, remedy, code="schedule")
