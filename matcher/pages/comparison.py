"""Proposals beside one another: a row for each question, with in words where they differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..explain import CODE_WORDS, people_text
from .facts import price_line
from .words import Words, sentence

if TYPE_CHECKING:
    from ..model import Activity
    from ..service import Explained

Card = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one proposal says to one question.

    lines : sentences, or parts of one; none when it is not known
    mark : name of the text that says how it stands out, or empty
    """

    lines: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One question: the name of its text, and what each proposal says to it."""

    name: str
    cells: tuple[Cell, ...]

    @property
    def is_same(self) -> bool:
        """True when all say the same, it is known, and none comes out better."""
        return (
            len({cell.lines for cell in self.cells}) == 1
            and bool(self.cells[0].lines)
            and not any(cell.mark for cell in self.cells)
        )


def compare_cards(cards: Sequence[Card], explained: Sequence[Explained], words: Words) -> list[Row]:
    """Return the rows of a table with a column for each proposal.

    Parameters
    ----------
    cards : sequence
        As `make_cards` gives them.
    explained : sequence of Explained
        Of the same activities: whether each is allowed, and what it breaks.
    words : Words
    """
    fits = [_fit(card, one, words) for card, one in zip(cards, explained, strict=True)]
    scores = [one["score"] if one["allowed"] else None for one in explained]
    activities = [card["activity"] for card in cards]
    hours = [card["proposal"]["hours"]["attendable"] for card in cards]

    def row(name: str, say: Callable[[Activity], tuple[str, ...]]) -> Row:
        return Row(name, tuple(Cell(say(activity)) for activity in activities))

    return [
        Row("fit", _marked(fits, scores, "desk_best_fit", most=True)),
        Row(
            "when", tuple(Cell((sentence(words.listed(card["when"])),) if card["when"] else ()) for card in cards)
        ),
        Row("next", tuple(Cell(_next(card, words)) for card in cards)),
        Row(
            "where",
            _marked(
                [tuple(card["place"]) for card in cards],
                [card["distance_km"] for card in cards],
                "desk_best_where",
                most=False,
            ),
        ),
        Row(
            "price",
            _marked(
                [tuple(filter(None, [price_line(one, words)])) for one in activities],
                [one.price_eur for one in activities],
                "desk_best_price",
                most=False,
            ),
        ),
        row("group", lambda one: _group(one, words)),
        row("dutch", lambda one: (words("desk_taalicoon", n=one.taalicoon),) if one.taalicoon else ()),
        row("people", lambda one: _people(one, words)),
        row("companion", lambda one: _facility(one, "companion", words)),
        row("childcare", lambda one: _facility(one, "childcare", words)),
        Row("hours", _marked([(card["hours"],) for card in cards], hours, "desk_best_hours", most=True)),
        Row("ask", tuple(Cell(tuple(card["ask"]) or (words("desk_nothing_to_ask"),)) for card in cards)),
    ]


def _marked(
    lines: Sequence[tuple[str, ...]], values: Sequence[float | None], mark: str, *, most: bool
) -> tuple[Cell, ...]:
    """Mark the one proposal that stands out; where the best is shared, or any is unknown, none does."""
    known = [value for value in values if value is not None]
    best = (max(known) if most else min(known)) if len(known) > 1 and len(known) == len(values) else None
    alone = best is not None and known.count(best) == 1
    return tuple(
        Cell(one, mark if alone and value == best else "") for one, value in zip(lines, values, strict=True)
    )


def _fit(card: Card, explained: Explained, words: Words) -> tuple[str, ...]:
    if explained["allowed"]:
        return (words(card["fit"]),)
    why = [words.of(CODE_WORDS, one["code"]) for one in explained["broken"]]
    return (words("search_no"), *map(sentence, why))


def _next(card: Card, words: Words) -> tuple[str, ...]:
    """Return the next dates without their label: the row has one of its own."""
    if card["next"]:
        return (sentence(card["next"].partition(": ")[2]),)
    schedule = card["activity"].schedule
    return () if schedule is None else (words("desk_by_agreement" if schedule.flex else "desk_no_date"),)


def _group(activity: Activity, words: Words) -> tuple[str, ...]:
    low, high = activity.group_min, activity.group_max
    if low and high:
        return (
            words("desk_group_same", n=high) if low == high else words("desk_group_between", low=low, high=high),
        )
    if high:
        return (words("desk_group_most", n=high),)
    return (words("desk_group_least", n=low),) if low else ()


def _people(activity: Activity, words: Words) -> tuple[str, ...]:
    text = people_text(activity.participants)
    return (text.nl if words.language == "nl" else text.en,) if activity.participants else ()


def _facility(activity: Activity, name: str, words: Words) -> tuple[str, ...]:
    if name in activity.facilities:
        return (words("yes"),)
    return (words("no"),) if f"-{name}" in activity.facilities else ()
