"""Text out of what web pages and calendars hold: without mark-up, control characters or loose blanks."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

MOST_LENGTH = 200_000
"""What stands after so many characters is not looked at."""
_MARKUP = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--[^<>]*)>|&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,6});")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "blockquote",
        "br",
        "div",
        "dd",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    }
)
_UNSEEN = frozenset({"script", "style", "head", "template", "noscript", "svg", "iframe"})


def plain_text(text: str) -> str:
    r"""Return a text without mark-up: a line for each paragraph or item.

    Examples
    --------
    >>> plain_text("<p>Samen&nbsp;koken<br>en eten.</p><ul><li>Gratis</li></ul><script>x()</script>")
    'Samen koken\nen eten.\nGratis'
    >>> plain_text("Prijs < 5 euro & gratis koffie")
    'Prijs < 5 euro & gratis koffie'
    """
    text = tidy(text[:MOST_LENGTH])
    if not _MARKUP.search(text):
        return text
    try:
        root = document_fromstring(text)
    except (etree.LxmlError, ValueError):
        # Nothing but comments or tags.
        return ""
    pieces: list[str] = []
    _collect(root, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(filter(None, lines))


def one_line(text: str) -> str:
    """Return a text without mark-up on one line, as a title is.

    Examples
    --------
    >>> one_line("Koken &amp; eten <br> voor iedereen")
    'Koken & eten voor iedereen'
    """
    return " ".join(plain_text(text).split())


def looks_marked_up(text: str) -> bool:
    """Tell whether a text would be read as mark-up."""
    return bool(_MARKUP.search(text))


def tidy(text: str) -> str:
    """Return a text without control characters and outer blanks, at most one blank line in a row."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _collect(root: HtmlElement, pieces: list[str]) -> None:
    n_unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        # A comment has a text too.
        unseen = not tag or tag in _UNSEEN
        n_unseen += unseen * (1 if event == "start" else -1)
        text = element.text if event == "start" else element.tail
        pieces.append("\n" if tag in _BLOCKS else "")
        if text and not n_unseen:
            # Line ends of the source are blanks on a page.
            pieces.append(text.replace("\n", " "))
