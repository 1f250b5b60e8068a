"""What an import comes to, kept beside the files until somebody decides."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ...errors import Problem
from ...importing import Row
from ...model import Activity
from ...writers.csv_offer import guarded

ORDER = ("error", "warning", "note")
PROBLEM_COLUMNS = ("severity", "file", "place", "column", "value", "rule", "remedy")
_OUTCOME, _LEDGER, _DOUBTFUL = "outcome.json", "ledger.jsonl", "doubtful.csv"
_ALWAYS_OTHER = frozenset({"id"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What becomes, or became, of one record.

    kind : ``new``, ``changed``, ``gone`` (disappeared at its source), ``back``, or ``removed`` from the offer
    keys : for a changed one by key the old and the new value, as JSON gives them
    """

    activity_id: str
    title: str
    organiser: str
    kind: str
    keys: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an import comes to.

    changed : by id the new content; None takes the record out
    differences : the same, for a person to read
    problems : errors first
    pairs : records that may be one activity, with what was decided about them
    n_activities : of the municipality's own offer after it
    written : False when nothing could be taken
    ledger, doubtful : what the next import needs
    """

    changed: Mapping[str, Mapping[str, Any] | None]
    differences: Sequence[Difference]
    problems: Sequence[Problem]
    pairs: Sequence[Row]
    n_activities: int
    written: bool
    ledger: bytes
    doubtful: bytes


def differences_between(
    old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]
) -> list[Difference]:
    """Return how two states of records differ, by id.

    Examples
    --------
    >>> koor = {"title": "Koor", "organiser": "koor"}
    >>> [one.kind for one in differences_between({"a": koor}, {"a": {**koor, "place": "zaal"}, "b": koor})]
    ['changed', 'new']
    """
    found = []
    for activity_id in sorted(old.keys() | new.keys()):
        before, after = old.get(activity_id), new.get(activity_id)
        if before == after:
            continue
        content = after or before or {}
        keys = {}
        if before is not None and after is not None:
            keys = {
                key: (before.get(key), after.get(key))
                for key in Activity.model_fields
                if key not in _ALWAYS_OTHER and before.get(key) != after.get(key)
            }
        found.append(
            Difference(
                activity_id=activity_id,
                title=str(content.get("title", "")),
                organiser=str(content.get("organiser", "")),
                kind=_kind(before, after),
                keys=keys,
            )
        )
    return found


def _kind(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    if before is None:
        return "new"
    if after is None:
        return "removed"
    was_gone, is_gone = (one.get("status") == "gone" for one in (before, after))
    return "changed" if was_gone == is_gone else "gone" if is_gone else "back"


def packed(outcome: Outcome) -> bytes:
    """Pack an outcome to keep it."""
    plain = {
        "changed": outcome.changed,
        "differences": [asdict(one) for one in outcome.differences],
        "problems": [asdict(one) for one in outcome.problems],
        "pairs": outcome.pairs,
        "n_activities": outcome.n_activities,
        "written": outcome.written,
    }
    content = json.dumps(plain, ensure_ascii=False).encode()
    return zipped({_OUTCOME: content, _LEDGER: outcome.ledger, _DOUBTFUL: outcome.doubtful})


def unpacked(content: bytes) -> Outcome:
    """Return an outcome that was packed."""
    files = unzipped(content)
    plain = json.loads(files[_OUTCOME])
    return Outcome(
        changed=plain["changed"],
        differences=[
            Difference(**{**one, "keys": {key: tuple(pair) for key, pair in one["keys"].items()}})
            for one in plain["differences"]
        ],
        problems=[Problem(**one) for one in plain["problems"]],
        pairs=[Row(*one) for one in plain["pairs"]],
        n_activities=plain["n_activities"],
        written=plain["written"],
        ledger=files[_LEDGER],
        doubtful=files[_DOUBTFUL],
    )


def packed_ledger(outcome: Outcome) -> bytes:
    """Pack what the next import needs to know of this one."""
    return zipped({_LEDGER: outcome.ledger, _DOUBTFUL: outcome.doubtful})


def unpacked_ledger(content: bytes | None) -> tuple[bytes, bytes]:
    """Return ledger and doubtful pairs of the last import; both empty before the first."""
    files = unzipped(content) if content else {_LEDGER: b"", _DOUBTFUL: b""}
    return files[_LEDGER], files[_DOUBTFUL]


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files into one."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """Return files that were packed into one."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def problems_csv(problems: Sequence[Problem]) -> bytes:
    """Write the whole report of problems as CSV, for a spreadsheet."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(PROBLEM_COLUMNS)
    for one in problems:
        cells = (one.severity, one.source, one.place, one.key, one.value or "", one.rule, one.remedy)
        writer.writerow([guarded(" ".join(cell.split())) for cell in cells])
    return lines.getvalue().encode("utf-8-sig")
