"""Every text of the pages is shown somewhere, and every text that is asked for is there."""

import ast
import re
from pathlib import Path

from matcher.pages.words import TEXTS
from matcher.readers.workbook import Unread

MATCHER = Path(__file__).parent.parent / "matcher"
WORDS = MATCHER / "pages" / "words"
CODE = [path for path in sorted(MATCHER.rglob("*.py")) if path.parent != WORDS or path.name == "__init__.py"]
TEMPLATES = sorted((MATCHER / "pages" / "templates").glob("*.html"))
_QUOTED = re.compile(r"""(?<=["'])[^"'\n]+(?=["'])""")
_ASKED = re.compile(r"""\bt\("([a-z_0-9]+)"[,)]""")


def written():
    """Return the strings of the program as they stand, and those with a part that is filled in, as patterns."""
    whole, parts = {f"cell_{one.name.lower()}" for one in Unread}, set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                found = [one.value if isinstance(one, ast.Constant) else None for one in node.values]
                if found[0]:
                    parts.add("".join("(.+?)" if one is None else re.escape(one) for one in found))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
    for path in TEMPLATES:
        whole.update(_QUOTED.findall(path.read_text(encoding="utf-8")))
    return whole, [re.compile(one) for one in sorted(parts)]


def is_used(key, whole, parts):
    """Tell whether a key stands in the program, whole or in parts that each stand there."""
    if key in whole:
        return True
    if any(key[: n + 1] in whole and _is_value(key[n + 1 :], whole) for n, sign in enumerate(key) if sign == "_"):
        return True
    found = [match for part in parts if (match := part.fullmatch(key))]
    return any(all(_is_value(one, whole) for one in match.groups()) for match in found)


def _is_value(text, whole):
    return text.isdigit() or text in whole or text.replace("_", " ") in whole or text.endswith("_remedy")


def test_every_text_is_used():
    whole, parts = written()
    assert [key for key in TEXTS if not is_used(key, whole, parts)] == []


def test_every_text_that_a_template_asks_for_is_there():
    asked = {(path.name, key) for path in TEMPLATES for key in _ASKED.findall(path.read_text(encoding="utf-8"))}
    assert sorted((name, key) for name, key in asked if key not in TEXTS) == []


def test_every_text_that_a_view_asks_for_is_there():
    asked = {
        (path.name, node.args[0].value)
        for path in CODE
        if path.is_relative_to(MATCHER / "pages")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
        if isinstance(node.func, ast.Name) and node.func.id in ("t", "words")
    }
    assert sorted((name, key) for name, key in asked if key not in TEXTS) == []
