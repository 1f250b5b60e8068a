"""Lines as a CSV file that Excel opens as it should in Flanders."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def csv_response(name: str, lines: Iterable[Sequence[str]]) -> Response:
    """Return lines as a file to keep.

    Parameters
    ----------
    name : str
        Of the file, in plain letters.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_safe(cell) for cell in line] for line in lines)
    return file_response(name, b"\xef\xbb\xbf" + text.getvalue().encode(), "text/csv")


def file_response(name: str, content: bytes, mimetype: str) -> Response:
    """Return a file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=mimetype, headers=headers)


def _safe(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text
