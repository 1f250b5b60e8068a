"""The documents in a file of JSON, one at a time: a list or a page of a gigabyte takes no more room than one."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from ...errors import Problem, Severity
from .event import MEMBERS, document_of

MOST_DOCUMENT = 16 * 2**20
"""A document, or a line, of more characters is a broken file."""
MOST_KEYS = 1000
"""A document has some fifty keys."""
PIECE = 2**18

Place = str
"""A JSON pointer; in JSON Lines after the number of the line, as in ``12:/member/3``."""
Found = Iterator[tuple[Place, Any] | Problem]

_BLANK = re.compile(r"[ \t\n\r]*")
_SCAN = json.JSONDecoder(parse_constant=lambda word: None).raw_decode
_GOES_ON = re.compile(rb"[\[{,:]$")


class _BrokenError(Exception):
    """The rest of the file cannot be read."""

    def __init__(self, rule: str, remedy: str = "", *, code: str = "json") -> None:
        self.rule, self.remedy, self.code = rule, remedy, code


def read_documents(path: Path) -> Found:
    """Read the documents of a file, each with its place; what cannot be read is a problem."""
    with path.open("rb") as file:
        first, end = _first_line(file)
        second = _next_line(file)
        if refused := _refused(first):
            yield refused
            return
        file.seek(0)
        yield from _lines(file) if _are_lines(first, end, second) else _one_text(file)


def _next_line(file: BinaryIO) -> bytes:
    """Return the next line that is not blank, or its beginning; empty at the end of the file."""
    while line := file.readline(PIECE):
        if not line.isspace():
            return line
    return b""


def _first_line(file: BinaryIO) -> tuple[bytes, bytes]:
    """Return the first line that is not blank, and the end of it: the same unless it is long."""
    first = end = _next_line(file)
    while not end.endswith(b"\n") and (more := file.readline(PIECE)):
        end = more
    return first.removeprefix(codecs.BOM_UTF8).strip(), end.removeprefix(codecs.BOM_UTF8).strip()


def _refused(first: bytes) -> Problem | None:
    if not first:
        return _problem("must hold JSON", "The file is empty.", code="empty")
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in first[:100]:
        return _problem("must be UTF-8", "Save the file as UTF-8.", code="encoding")
    if first.startswith(b"<"):
        return _problem("must be JSON", "This is a page or XML: look at what the address answered.", code="html")
    return None if first[:1] in b"{[" else _problem("must be JSON that begins with { or [", code="json")


def _are_lines(first: bytes, end: bytes, second: bytes) -> bool:
    """Tell JSON Lines from one JSON text: a line is a whole by itself, and not the only one."""
    if not second:
        return False
    if end != first:
        return end.endswith((b"}", b"]")) and second.startswith((b"{", b"["))
    if _is_json(first):
        return True
    return first.startswith(b"{") and not _GOES_ON.search(first) and second.startswith(b"{") and _is_json(second)


def _is_json(line: bytes) -> bool:
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return True


def _lines(file: BinaryIO) -> Found:
    for number in count(1):
        line = file.readline(MOST_DOCUMENT)
        if not line:
            return
        if len(line) == MOST_DOCUMENT and not line.endswith(b"\n"):
            yield _problem(f"must have at most {MOST_DOCUMENT} bytes", place=f"{number}", code="length")
            while line and not line.endswith(b"\n"):
                line = file.readline(MOST_DOCUMENT)
            continue
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if line.isspace():
            continue
        if document := document_of(line):
            yield f"{number}:", document
            continue
        try:
            found = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            yield _problem("must be JSON", f"{_sentence(error.msg)} The other lines are read.", place=f"{number}")
            continue
        yield from _of(found, f"{number}:")


def _of(found: Any, place: str) -> Found:
    """Give the documents of a value that is there as a whole."""
    if isinstance(found, dict) and isinstance(found.get(MEMBERS), list):
        found, place = found[MEMBERS], f"{place}/{MEMBERS}"
    if isinstance(found, list):
        yield from ((f"{place}/{index}", document) for index, document in enumerate(found))
    else:
        yield place, found


def _one_text(file: BinaryIO) -> Found:
    text = _Text(file)
    place = ""
    try:
        for found in _array(text, "") if text.next() == "[" else _object(text):
            place = found[0]
            yield found
        if text.next():
            raise _BrokenError("must end after its last bracket", "Look for a bracket too many.")
    except _BrokenError as broken:
        remedy = f"{broken.remedy} What stands up to here is read." if place else broken.remedy
        yield _problem(broken.rule, remedy, place=place, code=broken.code)


def _object(text: _Text) -> Iterator[tuple[Place, Any]]:
    """Give the members of a page, or the one document."""
    document: dict[str, Any] = {}
    is_page = False
    text.take("{")
    while text.next() != "}":
        key = text.value()
        if not isinstance(key, str):
            raise _BrokenError("must have texts as keys")
        text.take(":")
        if key == MEMBERS and text.next() == "[":
            is_page = True
            yield from _array(text, f"/{MEMBERS}")
        else:
            document[key] = text.value()
            if len(document) > MOST_KEYS:
                raise _BrokenError(f"must have at most {MOST_KEYS} keys", "This is no document of UiTdatabank.")
        if text.next() != "}":
            text.take(",")
    text.take("}")
    if not is_page:
        yield "", document


def _array(text: _Text, place: Place) -> Iterator[tuple[Place, Any]]:
    text.take("[")
    for index in count():
        if text.next() == "]":
            break
        yield f"{place}/{index}", text.value()
        if text.next() != "]":
            text.take(",")
    text.take("]")


class _Text:
    """The text of a file, read a piece at a time; what was taken is forgotten."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._held, self._at = "", 0

    def next(self) -> str:
        """Return the next letter that is not blank, empty at the end; it is not taken."""
        while True:
            match = _BLANK.match(self._held, self._at)
            assert match is not None
            self._at = match.end()
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                return ""

    def take(self, letter: str) -> None:
        """Take a letter that must come next."""
        found = self.next()
        if found != letter:
            raise _cut() if not found else _BrokenError("must be JSON", f"A '{letter}' is missing.")
        self._at += 1

    def value(self) -> Any:
        """Take the value that comes next."""
        if not self.next():
            raise _cut()
        while True:
            try:
                value, end = _SCAN(self._held, self._at)
            except RecursionError:
                raise _BrokenError("must be JSON that is not nested so deep", "Look at the brackets.") from None
            except ValueError:
                # Broken here, or only not read to its end: the rest of the document tells.
                if len(self._held) - self._at > MOST_DOCUMENT or not self._more():
                    raise _cut() from None
                continue
            # At the end of the piece a number may go on in the next one.
            if end == len(self._held) and self._more():
                continue
            self._at = end
            return value

    def _more(self) -> bool:
        self._held, self._at = self._held[self._at :], 0
        piece = self._file.read(max(PIECE, len(self._held)))
        try:
            self._held += self._decode(piece, not piece)
        except UnicodeDecodeError:
            raise _BrokenError("must be UTF-8", "Save the file as UTF-8.", code="encoding") from None
        return bool(piece)


def _cut() -> _BrokenError:
    return _BrokenError("must be JSON to its end", "It is cut off or broken: fetch it again.", code="truncated")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _problem(
    rule: str, remedy: str = "", *, place: str = "", code: str = "json", severity: Severity = "error"
) -> Problem:
    return Problem(rule=rule, remedy=remedy.strip(), place=place, code=code, severity=severity)
