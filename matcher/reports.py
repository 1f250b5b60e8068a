"""What the commands for analysts print: how good the ranking is, and what tuning would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .evaluation import OURS, READERS, VARIED

if TYPE_CHECKING:
    from .evaluation import Evaluation
    from .tuning import Tuned

WIDTH = 110
RANKER_NAMES = {
    "random": "random order",
    "boosts": "constant boosts",
    "one_hot": "one-hot nearest neighbours",
    "overlap": "interest overlap (Jaccard)",
    "tfidf": "TF-IDF cosine",
    "bm25_words": "BM25 over words",
    "bm25_characters": "BM25 over 3-5 characters",
    VARIED: "matcher, varied list",
    OURS: "matcher",
    READERS: "one reader by the other",
}
N_MISTAKES = 10


def print_evaluation(found: Evaluation) -> None:
    """Print every ranker with its interval, our gain, the groups and the costliest mistakes."""
    console = _console()
    people = found.people.index.get_level_values("profile_id").nunique()
    console.print(f"{people} people; mean over people, 95% bootstrap interval; lists of {found.k}.")
    if found.unjudged or found.not_allowed:
        console.print(
            f"{found.unjudged} allowed pairs were not judged (relevance 0); "
            f"{found.not_allowed} judged pairs break a limit (never proposed)."
        )
    summary = found.summary()
    head = (f"nDCG@{found.k}", "95%", "recall", "MRR", "coverage", "diversity", "limits broken")
    rows = [
        (
            RANKER_NAMES[str(ranker)],
            _number(row["ndcg"]),
            f"{_number(row['low'])} - {_number(row['high'])}",
            *(_number(row[name]) for name in ("recall", "reciprocal_rank", "coverage", "diversity")),
            f"{row['broken']:.0%}",
        )
        for ranker, row in summary.iterrows()
    ]
    console.print(_table(("ranking", *head), rows))
    best = found.best_baseline()
    gain = found.gain(over=best)
    console.print(
        f"Gain over the best baseline ({RANKER_NAMES[best]}), person by person: "
        f"{gain.mean:+.3f} ({gain.low:+.3f} to {gain.high:+.3f}).\n"
    )
    groups = [
        (
            str(division),
            str(group),
            str(int(row["people"])),
            _number(row["ndcg"]),
            f"{_number(row['low'])} - {_number(row['high'])}",
            _number(row["of_best"]),
        )
        for (division, group), row in found.by_group().iterrows()
    ]
    console.print(_table(("people by", "group", "people", f"nDCG@{found.k}", "95%", "of best"), groups))
    console.print("'of best' is the share of the best group; empty for groups of fewer than 5.\n")
    mistakes = [
        (row.profile_id, row.activity_id, f"{row.grade:.1f}", str(row.rank), str(row.best_rank), _number(row.cost))
        for row in found.mistakes(N_MISTAKES).itertuples()
    ]
    console.print(_table(("person", "costliest mistakes", "grade", "rank", "should be", "nDCG lost"), mistakes))


def print_tuned(tuned: Tuned, hand_set: dict[str, float]) -> None:
    """Print the learnt weights beside those in use, and what speaks for and against them."""
    console = _console()
    total, own = sum(hand_set.values()), sum(tuned.before.values())
    rows = [
        (aspect, _number(hand_set[aspect] / total), _number(tuned.before[aspect] / own), _number(weight))
        for aspect, weight in tuned.weights.items()
    ]
    console.print(f"Learnt from {tuned.source}.")
    console.print(_table(("aspect", "set by hand", "in use", "learnt"), rows))
    if not tuned.compared.empty:
        before, after = tuned.compared["before"].mean(), tuned.compared["after"].mean()
        console.print(
            f"{tuned.measure}: {before:.3f} in use, {after:.3f} learnt; "
            f"gain {tuned.gain.mean:+.3f} ({tuned.gain.low:+.3f} to {tuned.gain.high:+.3f})."
        )
    for objection in tuned.objections:
        console.print(f"Not to be adopted: {objection}.")


def _console() -> Console:
    return Console(width=None if Console().is_terminal else WIDTH, highlight=False)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    for number, name in enumerate(head):
        table.add_column(name, justify="left" if _is_text(rows, number) else "right", no_wrap=True)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _is_text(rows: Sequence[Sequence[str]], column: int) -> bool:
    return any(any(letter.isalpha() for letter in row[column]) for row in rows)


def _number(value: Any) -> str:
    return "" if value != value else f"{value:.3f}"
