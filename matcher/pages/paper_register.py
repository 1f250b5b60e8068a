"""The summary that is retyped into the register: proved hours only, and what is not in it yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response

from ..criteria import follow_track
from ..model.profile import HOURS_OF_TRACK
from .dossier_frame import dossier_page, find_dossier
from .front import Front
from .paper_proofs import PAPER, period
from .words import Words

if TYPE_CHECKING:
    from ..model.dossier import Dossier, HoursEntry


def add_register(blueprint: Blueprint, front: Front) -> None:
    """Add ``/dossiers/<code>/register``."""

    @blueprint.get("/dossiers/<code>/register")
    def dossier_register(code: str) -> Response:
        with front.office.store.reading() as work:
            dossier = find_dossier(front, work, code)
        words = front.words()
        return dossier_page(
            front,
            "paper_register.html",
            dossier,
            paper=PAPER,
            proved=register_lines(dossier, PAPER),
            total=PAPER.number(dossier.hours_proved, most_decimals=2),
            obligation=PAPER(f"track_{follow_track(dossier.profile)['obligation']}"),
            block=register_text(dossier),
            open_lines=[
                (title, words.number(hours, most_decimals=2), words(reason))
                for title, hours, reason in unproved(dossier)
            ],
            before=words.number(dossier.hours_before, most_decimals=2) if dossier.hours_before else "",
        )


def register_lines(dossier: Dossier, words: Words) -> list[dict[str, str]]:
    """Return the proved hours of each activity: title, organiser, period, hours, numbers of the proofs."""
    grouped: dict[str, list[HoursEntry]] = {}
    for entry in dossier.hours:
        if entry.proved:
            grouped.setdefault(entry.activity.activity_id, []).append(entry)
    return [
        {
            "title": entries[0].activity.title,
            "organiser": entries[0].activity.organiser or words("unknown"),
            "period": period(entries, words),
            "hours": words.number(sum(entry.hours for entry in entries), most_decimals=2),
            "proofs": words.listed([str(number) for number in sorted({entry.proof or 0 for entry in entries})]),
        }
        for entries in grouped.values()
    ]


def register_text(dossier: Dossier) -> str:
    """Write the summary as plain text, one fact on a line, to copy or to type over."""
    words = PAPER
    facts: list[tuple[str, Any]] = [
        ("paper_sheet_code", dossier.code),
        ("municipality", dossier.municipality.title()),
        ("paper_register_obligation", words(f"track_{follow_track(dossier.profile)['obligation']}")),
        ("paper_register_minimum", words("paper_sheet_n_hours", n=words.number(HOURS_OF_TRACK))),
    ]
    lines = [f"{words(label)}: {value}" for label, value in facts]
    for one in register_lines(dossier, words):
        lines += [
            "",
            f"{words('paper_sheet_activity')}: {one['title']}",
            f"{words('paper_organiser')}: {one['organiser']}",
            f"{words('paper_sheet_period')}: {one['period']}",
            f"{words('paper_sheet_hours')}: {one['hours']}",
            f"{words('paper_register_proofs')}: {one['proofs']}",
        ]
    total = words("paper_sheet_n_hours", n=words.number(dossier.hours_proved, most_decimals=2))
    return "\n".join([*lines, "", f"{words('paper_register_total')}: {total}"])


def unproved(dossier: Dossier) -> list[tuple[str, float, str]]:
    """Return the hours that were reported and not proved: activity, hours, and how far the paper is."""
    states = {proof.number: proof.state for proof in dossier.proofs}
    found: dict[tuple[str, str], list[HoursEntry]] = {}
    for entry in dossier.hours:
        if not entry.proved:
            reason = f"paper_register_{states[entry.proof]}" if entry.proof else "paper_register_no_proof"
            found.setdefault((entry.activity.activity_id, reason), []).append(entry)
    return [
        (entries[0].activity.title, sum(entry.hours for entry in entries), reason)
        for (_, reason), entries in found.items()
    ]
