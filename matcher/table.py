"""What the commands print for a person: a shortlist, a criteria check, what is not known of an offer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .explain import KEY_WORDS, KIND_WORDS, Sentence, number

if TYPE_CHECKING:
    from .completeness import Column, Completeness
    from .model import Profile, Proposal
    from .model.answer import CriteriaCheck, SuggestedActivity, Suggestion
    from .service import Detail, Matcher

WIDTH, NARROW_WIDTH = 110, 80
FIT_WORDS = (
    (0.75, Sentence("past heel goed", "suits very well")),
    (0.55, Sentence("past goed", "suits well")),
    (0.40, Sentence("kan", "possible")),
    (0.0, Sentence("ligt verder weg", "further away")),
)
"""What a score is called, from each lower bound on."""
_VERDICTS = {
    "fits": Sentence("past bij het traject", "fits the track"),
    "discuss": Sentence("te bespreken", "to be discussed"),
    "missing": Sentence("nog na te vragen", "still to be asked"),
    "does_not_fit": Sentence("past niet bij het traject", "does not fit the track"),
}
_MARKS = {"yes": "+", "no": "-", "unknown": "?"}
N_REASONS = 2
UNKNOWN = "unknown_"


def fit_words(score: float) -> Sentence:
    """Return the words for a score.

    Examples
    --------
    >>> fit_words(0.8).nl
    'past heel goed'
    """
    return next(words for least, words in FIT_WORDS if score >= least)


def print_suggestion(engine: Matcher, profile: Profile, found: Suggestion, *, lang: str) -> None:
    """Print a shortlist: each proposal with when, how far, why and what to ask after."""
    nl = lang == "nl"
    console = Console(width=None if Console().is_terminal else WIDTH, highlight=False)
    if engine.is_demonstration:
        text = "Demonstratiegegevens: stuur niemand naar een activiteit op basis van deze lijst."
        console.print(
            Text(
                text if nl else "Demonstration data: send nobody to an activity because of this list.",
                style="bold",
            )
        )
    track = found["track"]
    to_go = number(track["hours_to_go"])
    sentence = track["sentence_nl" if nl else "sentence_en"]
    allowed = found["allowed"]
    head = (
        f"{profile.id}: {_that_fit(allowed, nl=True)}. Nog {to_go.nl} van 40 uur te gaan. {sentence}"
        if nl
        else f"{profile.id}: {_that_fit(allowed, nl=False)}. {to_go.en} of 40 hours to go. {sentence}"
    )
    console.print(Text(head))
    table = Table(expand=True, show_edge=False, pad_edge=False, row_styles=["", ""], show_lines=True)
    table.add_column("", justify="right")
    table.add_column("activiteit" if nl else "activity", ratio=3)
    table.add_column("waarom" if nl else "why", ratio=5)
    ids = [one["activity_id"] for one in found["suggestions"]]
    details = engine.details(profile, ids, today=date.fromisoformat(found["today"]))
    for one, detail in zip(found["suggestions"], details, strict=True):
        table.add_row(str(one["rank"]), _what(one, detail, nl), _why(one, nl))
    console.print(table)
    _print_excluded(console, found, nl)
    console.print()


def _what(one: SuggestedActivity, detail: Detail, nl: bool) -> Text:
    fit, kind = fit_words(one["score"]), KIND_WORDS[one["kind"]]
    text = Text(one["title"], style="bold")
    text.append(
        f"\n{fit.nl if nl else fit.en} ({one['score']:.2f})".replace(".", "," if nl else "."),
        style="not bold",
    )
    text.append(f"\n{one['organiser']} · {kind.nl if nl else kind.en}", style="not bold")
    for when in detail["session_texts_nl" if nl else "session_texts_en"]:
        text.append(f"\n{when}", style="not bold")
    if detail["distance_km"] is not None and not detail["activity"].is_online:
        km = number(detail["distance_km"])
        text.append(f"\n{km.nl if nl else km.en} km", style="not bold")
    return text


def _why(one: SuggestedActivity, nl: bool) -> Text:
    language = "nl" if nl else "en"
    aspects = [aspect for aspect in one["aspects"].values() if aspect["weight"] > 0]
    aspects.sort(key=lambda aspect: -aspect["weight"] * aspect["score"])
    lines = [aspect[f"reason_{language}"] for aspect in aspects[:N_REASONS]]  # type: ignore[literal-required]
    schedule = one["aspects"]["schedule"]
    if schedule["weight"] > 0 and schedule not in aspects[:N_REASONS]:
        lines.append(schedule["reason_nl" if nl else "reason_en"])
    other = [caution for caution in one["warnings"] if caution["code"] != "demonstration"]
    cautions = [caution[f"sentence_{language}"] for caution in other if not caution["code"].startswith(UNKNOWN)]  # type: ignore[literal-required]
    keys = [caution["code"].removeprefix(UNKNOWN) for caution in other if caution["code"].startswith(UNKNOWN)]
    if keys:
        words = [KEY_WORDS[key.replace("facilities_", "facilities.")] for key in keys]
        asked = ", ".join(word.nl if nl else word.en for word in words)
        cautions.append(f"{'Vraag na' if nl else 'Ask after'}: {asked}.")
    text = Text("\n".join(lines))
    for caution in cautions:
        text.append(f"\n! {caution}", style="dim")
    return text


def _that_fit(n: int, *, nl: bool) -> str:
    if nl:
        return "1 activiteit past" if n == 1 else f"{n} activiteiten passen"
    return "1 activity fits" if n == 1 else f"{n} activities fit"


def _print_excluded(console: Console, found: Suggestion, nl: bool) -> None:
    excluded = found["excluded"]
    total = excluded["total"]
    english = "1 activity does not fit now." if total == 1 else f"{total} activities do not fit now."
    console.print(Text(f"{_that_fit(total, nl=True)} nu niet." if nl else english))
    for one in excluded["nearest"]:
        line = f"{one['title']}: {one['sentence_nl' if nl else 'sentence_en']}"
        console.print(Padding(Text(line), (0, 0, 0, 2)))


def print_check(proposal: Proposal, check: CriteriaCheck, *, lang: str) -> None:
    """Print a criteria check: the advice and its six points."""
    nl = lang == "nl"
    console = Console(width=None if Console().is_terminal else WIDTH, highlight=False)
    verdict = _VERDICTS["missing" if check["discuss_because"] == "missing" else check["verdict"]]
    console.print(Text(f"{proposal.title}: {verdict.nl if nl else verdict.en}", style="bold"))
    for point in check["points"]:
        sentence = point["sentence_nl" if nl else "sentence_en"]
        console.print(Text(f"  {_MARKS[point['answer']]} {sentence}"))
    advice = "Dit is een advies. De trajectbegeleider beslist samen met de persoon."
    console.print(
        Text(advice if nl else "This is advice. The trajectbegeleider decides together with the person.")
    )


def print_completeness(found: Completeness, *, lang: str) -> None:
    """Print on standard error how much is known of an offer, and what to ask after first."""
    if not found.n_activities:
        return
    nl, n = lang == "nl", found.n_activities
    console = Console(stderr=True, width=NARROW_WIDTH, highlight=False)
    head = f"Wat bekend is van de {n} activiteiten die niet voorbij zijn"
    console.print(
        Text(f"\n{head}" if nl else f"\nWhat is known of the {n} activities that are not over", style="bold")
    )
    console.print(_known_table(found.columns, n, nl))
    if not found.questions:
        return
    console.print(Text("\nVraag dit eerst na" if nl else "\nAsk after this first", style="bold"))
    console.print(_question_table(found, nl))
    text = (
        f"Lijsten: van de {found.n_people} voorbeeldprofielen, zoveel als er een antwoord op merken. Plaatsen: "
        "zoveel schuift de activiteit er gemiddeld op, over alle lijsten en mogelijke antwoorden."
        if nl
        else f"Lists: of the {found.n_people} example profiles, how many feel an answer. Places: how far the "
        "activity moves on average, over all lists and possible answers."
    )
    if found.n_ranked < n:
        text += (
            f" Berekend op {found.n_ranked} activiteiten." if nl else f" Worked out on {found.n_ranked} of them."
        )
    console.print(Text(text, style="dim"))


def _known_table(columns: Sequence[Column], n: int, nl: bool) -> Table:
    """Lay out the columns side by side, in two halves."""
    rows = []
    for column in columns:
        parts = (
            (column.derived, "afgeleid" if nl else "derived"),
            (column.assumed, "aangenomen" if nl else "assumed"),
        )
        # A share of nearly all is not all, and of nearly nothing not nothing.
        notes = ", ".join(f"{_share(part, n)} {word}" for part, word in parts if part)
        rows.append((column.key, _share(column.known, n), notes))
    half = -(-len(rows) // 2)
    table = Table(box=None, show_header=False, pad_edge=False)
    for name in ("key", "share", "notes") * 2:
        table.add_column(justify="right" if name == "share" else "left", no_wrap=name != "notes")
    for left, right in zip_longest(rows[:half], rows[half:], fillvalue=("", "", "")):
        table.add_row(*(Text(cell) for cell in (*left, *right)))
    return table


def _share(part: int, n: int) -> str:
    """Return a share that says 0% and 100% only when it is so.

    Examples
    --------
    >>> _share(0, 300), _share(1, 300), _share(299, 300), _share(300, 300)
    ('0%', '1%', '99%', '100%')
    """
    return f"{min(max(round(100 * part / n), int(part > 0)), 100 - int(part < n))}%"


def _question_table(found: Completeness, nl: bool) -> Table:
    table = Table(show_edge=False, pad_edge=False, expand=True)
    names = (
        ("activiteit", "vraag na", "lijsten", "plaatsen") if nl else ("activity", "ask after", "lists", "places")
    )
    for name, ratio in zip(names, (5, 5, None, None), strict=True):
        table.add_column(name, ratio=ratio, justify="left" if ratio else "right", no_wrap=ratio is None)
    for one in found.questions:
        words, places = KEY_WORDS[one.key], number(one.places)
        title = "".join(letter if letter.isprintable() else " " for letter in one.activity.title)
        table.add_row(
            Text(title, overflow="ellipsis", no_wrap=True),
            Text(words.nl if nl else words.en),
            str(one.people),
            places.nl if nl else places.en,
        )
    return table
