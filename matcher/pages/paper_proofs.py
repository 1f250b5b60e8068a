"""The bewijzen van deelname of a dossier: made, followed until they were checked, and printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, make_response, request
from werkzeug.wrappers import Response as AnyResponse

from ..errors import InputError, NotFoundError
from ..explain import day_text
from ..model.profile import HOURS_OF_TRACK
from ..model.steps import PROOF_STATES, ProofStep, read_step
from ..papers import ProofSheet, proof_pdf
from ..service.dossiers import note_step
from ..service.hours import changed_since, find_proof, proof_hours, take_back_proof
from .dossier_frame import dossier_page, find_dossier, seen_version
from .form import FieldError
from .front import Front, limit_body
from .typed import typed_day
from .words import Words

if TYPE_CHECKING:
    from ..model.dossier import Dossier, HoursEntry, Proof

PAPER = Words("nl")
"""What an organiser signs and a register takes over is in Dutch, whatever the language of the page."""


def add_proofs(blueprint: Blueprint, front: Front) -> None:
    """Add ``/dossiers/<code>/bewijs`` and the paper itself, as a page and as PDF."""

    @blueprint.get("/dossiers/<code>/bewijs")
    def dossier_proofs(code: str) -> Response:
        with front.office.store.reading() as work:
            dossier = find_dossier(front, work, code)
        return _page(front, dossier)

    @blueprint.post("/dossiers/<code>/bewijs")
    def follow_proof(code: str) -> AnyResponse:
        limit_body()
        words, action = front.words(), request.form.get("doe", "")
        with front.office.store.writing() as work:
            dossier = find_dossier(front, work, code)
            if action == "terug":
                number = _number(request.form.get("bewijs", ""))
                take_back_proof(work, front.asker(), dossier.code, number, now=front.now(), seen=seen_version())
                return front.go("pages.dossier_proofs", words("paper_proof_taken_back"), code=dossier.code)
            try:
                step = _step(words)
            except _DayError as problem:
                return _page(front, dossier, errors=[problem.error])
            try:
                _, event = note_step(work, front.asker(), dossier.code, step, now=front.now(), seen=seen_version())
            except InputError as problem:
                if any(one.key == "on" for one in problem.problems):
                    error = FieldError(f"op-{step.proof}", words("paper_hours_error_ahead"))
                    return _page(front, dossier, errors=[error])
                raise
        if step.proof is None:
            message = words("paper_proof_made")
            return front.go("pages.dossier_proof", message, code=dossier.code, number=event.number)
        return front.go("pages.dossier_proofs", words(f"paper_proof_now_{step.state}"), code=dossier.code)

    @blueprint.get("/dossiers/<code>/bewijs/<int:number>")
    def dossier_proof(code: str, number: int) -> Response:
        with front.office.store.reading() as work:
            dossier = find_dossier(front, work, code)
        proof = find_proof(dossier, number)
        sheet = proof_sheet(dossier, proof, demonstration=front.matcher().is_demonstration)
        return dossier_page(
            front,
            "paper_proof.html",
            dossier,
            proof=proof,
            sheet=sheet,
            changed=changed_since(dossier, proof),
        )

    @blueprint.get("/dossiers/<code>/bewijs/<int:number>.pdf")
    def dossier_proof_pdf(code: str, number: int) -> Response:
        with front.office.store.reading() as work:
            dossier = find_dossier(front, work, code)
        proof = find_proof(dossier, number)
        sheet = proof_sheet(dossier, proof, demonstration=front.matcher().is_demonstration)
        response = make_response(proof_pdf(sheet, now=front.now()))
        response.headers["Content-Type"] = "application/pdf"
        response.headers["Content-Disposition"] = f'inline; filename="bewijs-{dossier.code}-{number}.pdf"'
        response.headers["Cache-Control"] = "no-store"
        return response


def proof_sheet(dossier: Dossier, proof: Proof, *, demonstration: bool) -> ProofSheet:
    """Put together every word of a bewijs van deelname.

    Parameters
    ----------
    demonstration : bool
        The paper says that it is no real one.
    """
    entries, words = proof_hours(dossier, proof), PAPER
    total = words.number(proof.hours, most_decimals=2)
    notes = [words("paper_sheet_counts")]
    if demonstration:
        notes.append(words("paper_sheet_demonstration"))
    return ProofSheet(
        language="nl",
        title=words("paper_sheet_title"),
        subtitle=words("paper_sheet_subtitle"),
        facts=(
            (words("paper_sheet_activity"), proof.activity.title),
            (words("paper_organiser"), proof.activity.organiser or ""),
            (words("paper_sheet_period"), period(entries, words)),
            (words("paper_sheet_code"), dossier.code),
            (words("municipality"), dossier.municipality.title()),
            (words("paper_sheet_number"), str(proof.number)),
        ),
        head=(words("paper_sheet_nr"), words("paper_sheet_day"), words("paper_sheet_hours")),
        rows=tuple(
            (str(number), long_day(entry, words), words.number(entry.hours, most_decimals=2))
            for number, entry in enumerate(entries, start=1)
        ),
        total=(words("paper_sheet_total"), words("paper_sheet_n_hours", n=total)),
        statement=words("paper_sheet_statement"),
        by_hand=(
            (words("paper_sheet_name"), ""),
            (words("paper_sheet_role"), proof.activity.signatory or ""),
            (words("paper_sheet_date"), ""),
        ),
        boxes=(words("paper_sheet_signature"), words("paper_sheet_stamp")),
        notes=tuple(notes),
        again=words("paper_sheet_again", code=dossier.code, n=proof.number),
        page_of=words("paper_sheet_page"),
    )


def period(entries: Iterable[HoursEntry], words: Words) -> str:
    """Write the first and the last day of hours."""
    days = sorted({entry.on for entry in entries})
    column = 0 if words.language == "nl" else 1
    if len(days) < 2:
        return "".join(day_text(day)[column] for day in days)
    return words("paper_period", first=day_text(days[0])[column], last=day_text(days[-1])[column])


def long_day(entry: HoursEntry, words: Words) -> str:
    """Write the day of hours in full, such as 'dinsdag 3 november 2026'."""
    column = 0 if words.language == "nl" else 1
    return f"{words.weekday(_DAYS[entry.on.weekday()])} {day_text(entry.on)[column]}"


_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")


class _DayError(InputError):
    """The day of a state cannot be read."""

    def __init__(self, error: FieldError) -> None:
        super().__init__("The day must be readable.")
        self.error = error


def _step(words: Words) -> ProofStep:
    posted = request.form
    if posted.get("doe") == "maak":
        return read_step(ProofStep, {"activity_id": posted.get("activiteit", "")})
    number = _number(posted.get("bewijs", ""))
    data: dict[str, Any] = {"proof": number, "state": posted.get("staat", "")}
    if posted.get("op", "").strip():
        try:
            data["on"] = typed_day(posted["op"])
        except ValueError:
            raise _DayError(FieldError(f"op-{number}", words("paper_hours_error_day"))) from None
    return read_step(ProofStep, data)


def _number(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text):
        return int(text)
    raise NotFoundError("There is no such proof. List the proofs.")


def _page(front: Front, dossier: Dossier, *, errors: list[FieldError] | None = None) -> Response:
    words = front.words()
    free: dict[str, list[HoursEntry]] = {}
    for entry in dossier.hours:
        if entry.proof is None:
            free.setdefault(entry.activity.activity_id, []).append(entry)
    return dossier_page(
        front,
        "paper_proofs.html",
        dossier,
        errors=errors,
        status=422 if errors else 200,
        may=front.asker().may("proof") and not dossier.ending,
        free=[
            (
                activity_id,
                entries[0].activity.title,
                words("paper_proof_days_one" if len(entries) == 1 else "paper_proof_days", n=len(entries)),
                words.number(sum(entry.hours for entry in entries), most_decimals=2),
            )
            for activity_id, entries in free.items()
        ],
        proofs=[_proof(front, dossier, proof, words) for proof in reversed(dossier.proofs)],
        track_hours=HOURS_OF_TRACK,
    )


def _proof(front: Front, dossier: Dossier, proof: Proof, words: Words) -> dict[str, Any]:
    reached, today = PROOF_STATES.index(proof.state), front.today()
    return {
        "proof": proof,
        "hours": words.number(proof.hours, most_decimals=2),
        "period": period(proof_hours(dossier, proof), words),
        "changed": changed_since(dossier, proof),
        "states": [
            (
                state,
                words.day(proof.states[state], today=today) if state in proof.states else "",
                number <= reached,
            )
            for number, state in enumerate(PROOF_STATES)
        ],
        "left": PROOF_STATES[reached + 1 :],
    }
