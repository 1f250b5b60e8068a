"""The JSON-LD of a file: alone, or the scripts of a web page."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ...errors import InputError, Problem
from ..jsontext import load_json

MOST_BYTES = 64 * 2**20
MOST_PAGE_BYTES = 16 * 2**20
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.I)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$")
_CONTROL = re.compile(r"[\x00-\x1f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One JSON text, and how its place is called in a problem."""

    place: str
    data: Any


def blocks(path: Path) -> Iterator[Block | Problem]:
    """Give the JSON texts of a file; a broken one is a problem and breaks none of the others."""
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        yield _too_large(MOST_BYTES)
    elif content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield from _of_page(content)
    else:
        yield _block(content, "")


def _of_page(content: bytes) -> Iterator[Block | Problem]:
    if len(content) > MOST_PAGE_BYTES:
        yield _too_large(MOST_PAGE_BYTES)
        return
    text = _decoded(content)
    if text.lstrip()[:1] in ("{", "["):
        yield _block(text, "")
        return
    try:
        page = document_fromstring(
            text.encode(), parser=HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
        )
    except (etree.LxmlError, ValueError):
        yield Problem(rule="must be a web page or JSON-LD", code="html")
        return
    scripts = [script for script in page.iter("script") if _is_json_ld(script)]
    if not scripts:
        rule, remedy = "must hold JSON-LD", "The page has no script of the type application/ld+json."
        yield Problem(rule=rule, remedy=remedy, code="no_json_ld")
    for number, script in enumerate(scripts, start=1):
        yield _block(
            _WRAPPING.sub("", script.text or "").rstrip("; \t\r\n"), f"script {number} (line {script.sourceline})"
        )


def _is_json_ld(script: HtmlElement) -> bool:
    return (script.get("type") or "").partition(";")[0].strip().lower() == "application/ld+json"


def _decoded(content: bytes) -> str:
    """Return the text of a page, in the encoding that it names; a letter that is not of it is marked as such."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, errors="replace")
    match = _META.search(content[:4096])
    try:
        encoding = codecs.lookup(match[1].decode()).name if match else "utf-8"
        return content.decode(encoding, errors="replace" if match else "strict")
    except (LookupError, UnicodeDecodeError, TypeError, ValueError):
        return content.decode("utf-8" if match else "cp1252", errors="replace")


def _block(text: str | bytes, place: str) -> Block | Problem:
    try:
        return Block(place=place, data=_loaded(text))
    except InputError as error:
        problem = error.problems[0]
        where = f"{place} line {problem.place}".strip() if problem.place else place
        return replace(problem, place=where)


def _loaded(text: str | bytes) -> Any:
    try:
        return load_json(text)
    except InputError:
        mended = _CONTROL.sub(" ", text) if isinstance(text, str) else re.sub(rb"[\x00-\x1f]", b" ", text)
        if mended == text:
            raise
    try:
        # Content systems leave line ends inside a text: JSON forbids them, and a blank is all they can mean.
        return load_json(mended)
    except InputError:
        return load_json(text)


def _too_large(n_bytes: int) -> Problem:
    rule, remedy = f"must be at most {n_bytes // 2**20} MiB", "Take the pages one by one."
    return Problem(rule=rule, remedy=remedy, code="too_large")
