"""What the commands print for a person: a shortlist as a table, a criteria check as a list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .explain import KEY_WORDS, KIND_WORDS, Sentence, number

if TYPE_CHECKING:
    from .model import Profile, Proposal
    from .model.answer import CriteriaCheck, SuggestedActivity, Suggestion
    from .service import Detail, Matcher

WIDTH = 110
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
        f"{profile.id}: {allowed} activiteiten passen. Nog {to_go.nl} van 40 uur te gaan. {sentence}"
        if nl
        else f"{profile.id}: {allowed} activities fit. {to_go.en} of 40 hours to go. {sentence}"
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


def _print_excluded(console: Console, found: Suggestion, nl: bool) -> None:
    excluded = found["excluded"]
    total = excluded["total"]
    console.print(Text(f"{total} activiteiten passen nu niet." if nl else f"{total} activities do not fit now."))
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
