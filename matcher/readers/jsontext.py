"""JSON read strictly: no duplicate key, no NaN, no infinity, and a clear word on what is wrong."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from ..errors import InputError, Problem, shown

MOST_NUMBER_LENGTH = 400
_HALF_PAIR = re.compile(r"\\u[dD][89a-fA-F]")


def load_json(text: str | bytes) -> Any:
    """Read one JSON text.

    Raises
    ------
    InputError
        With one problem: what is wrong and, where it can be told, in which line.

    Examples
    --------
    >>> load_json('{"a": 1, "a": 2}')
    Traceback (most recent call last):
        ...
    matcher.errors.InputError: a must be a key that stands once. Leave one of the two out.
    """
    try:
        decoded = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
        found = json.loads(
            decoded,
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            parse_int=_whole,
        )
        if _HALF_PAIR.search(decoded):
            json.dumps(found, ensure_ascii=False).encode()
        return found
    except UnicodeEncodeError:
        raise _bad(
            "must not hold half a character", "Look for \\ud800 to \\udfff without its other half."
        ) from None
    except UnicodeDecodeError as error:
        raise _bad("must be UTF-8", f"Byte {error.start} is not; save the text as UTF-8.") from None
    except json.JSONDecodeError as error:
        place = f"{error.lineno}" if error.lineno > 1 else ""
        remedy = f"{error.msg} at line {error.lineno}, column {error.colno}."
        raise InputError([Problem(rule="must be JSON", place=place, remedy=remedy, code="json")]) from None
    except RecursionError:
        raise _bad("must be JSON that is not nested so deep", "Look at the brackets.") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        key = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        problem = Problem(
            key=shown(key),
            rule="must be a key that stands once",
            remedy="Leave one of the two out.",
            code="json",
        )
        raise InputError([problem])
    return found


def _refuse_constant(word: str) -> None:
    raise _bad(f"must not hold {word}", "Leave the key out when the value is unknown.")


def _finite(digits: str) -> float:
    value = float(digits)
    if math.isinf(value):
        raise _bad("must have numbers that are not too large", f"Look at {shown(digits)}.")
    return value


def _whole(digits: str) -> int:
    if len(digits) > MOST_NUMBER_LENGTH:
        raise _bad("must have numbers that are not too large", f"Look at {shown(digits)}.")
    return int(digits)


def _bad(rule: str, remedy: str) -> InputError:
    return InputError([Problem(rule=rule, remedy=remedy, code="json")])
