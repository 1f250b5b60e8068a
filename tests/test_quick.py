"""What is read quickly is what pydantic reads, and nothing else."""

from __future__ import annotations

import sys
from datetime import date, datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from matcher.model import Activity, Proposal, read_proposal
from matcher.model.activity import _NEW, _QUICK
from matcher.model.quick import Quick
from matcher.privacy import _DIGITS
from matcher.schedule import Once, Pause, Schedule, Weekly, parse_schedule


class Text(str):
    """A text of a type of its own."""


WHOLE = {
    "id": "koor-1",
    "title": "Koor",
    "description": "Elke week\nsamen zingen, ook \u202eachterstevoren.",
    "organiser": "vzw Koor",
    "kind": "culture",
    "interests": ["singing", "Cooking", "singing"],
    "language": "nl_BE",
    "taalicoon": 2,
    "group_min": 2,
    "group_max": 12,
    "new_people": "yes",
    "schedule": Schedule((Weekly(1, 1140, 1260), Once(date(2026, 12, 6), 600, 660))),
    "start_date": date(2026, 12, 1),
    "end_date": "2027-06-30",
    "pauses": [Pause(date(2026, 12, 21), date(2027, 1, 3)), "02-15..02-21"],
    "postal_code": " 3020 ",
    "lat": 50.9,
    "lon": 4.66,
    "price_eur": 0.0,
    "age_min": 18,
    "audience": ("women",),
    "facilities": ["childcare", "-wheelchair"],
    "email": None,
    "derived": ["kind=koor|zang"],
}
VALUES = [
    *[None, True, False, 0, 1, -1, 2, 130, 131, 10**400, 0.0, -0.0, 1.0, 7.5, float("nan"), float("inf")],
    *[
        "",
        " ",
        "\u200b",
        "\x00",
        "\ud800",
        "x" * 301,
        "é\u202e",
        "85.07.30-033.28",
        "٨٥٠٧٣٠٠٣٣٢٨",
        "yes",
        "NO",
        "1",
    ],
    *["culture", " Culture ", "singing", "di 19:00-21:00", "di 19:00-21:00; di 20:00-22:00", "2026-12-01"],
    *["nl", "nl+", "12-21..01-03", "2026-02-30", "koor-1", "a|b;c", Text("culture"), Text("koor"), b"koor"],
    *[
        (),
        [],
        ["singing"],
        ("singing",),
        ["singing", "Singing"],
        ["singing", None],
        [["singing"]],
        {"singing"},
    ],
    *[
        ["low_cost", "-low_cost"],
        ["x"] * 1001,
        [Text("singing")],
        [1],
        [True],
        {"singing": 1},
        ["12-21..01-03"] * 2,
    ],
    *[date(2026, 12, 1), date(1800, 1, 1), datetime(2026, 12, 1), object, parse_schedule("di 19:00-21:00")],
    Schedule((Once(date(2026, 12, 6), 600, 660), Once(date(2026, 12, 6), 630, 700))),
    Schedule((Weekly(1, 1140, 1260), Weekly(1, 1200, 1300))),
]
ODD = st.sampled_from(VALUES)
KEYS = st.sampled_from([*Proposal.model_fields, "unknown"])


def told(model: type[Proposal], data: Any) -> list[tuple[str, str]] | None:
    """Return what pydantic makes of it, with the type of each value, in order; None when that is refused."""
    try:
        return listed(model.model_validate(data))
    except (ValidationError, TypeError):
        return None


def listed(found: Proposal) -> list[tuple[str, str]]:
    return [(key, f"{type(value)} {value!r}") for key, value in found.__dict__.items()]


@pytest.mark.parametrize("model", [Activity, Proposal])
def test_an_object_in_which_nothing_is_wrong_needs_no_pydantic(model):
    found = _QUICK[model].read(WHOLE)

    assert type(found) is model
    assert told(model, WHOLE) == listed(found)
    assert found == model.model_validate(WHOLE) == found.model_copy()
    assert found.__pydantic_fields_set__ == set()


@pytest.mark.parametrize("model", [Activity, Proposal])
@given(changes=st.dictionaries(KEYS, ODD, max_size=6))
def test_what_is_read_quickly_is_what_pydantic_reads(model, changes):
    data = WHOLE | changes
    found = _QUICK[model].read(data)

    if found is not None:
        assert told(model, data) == listed(found)


@cache
def forgetful(n):
    """Return a reader that remembers nothing yet, one for each number."""
    return Quick(Proposal, Proposal._must_agree, new=_NEW)


@pytest.mark.parametrize("key", list(Proposal.model_fields))
def test_a_value_that_is_remembered_does_not_stand_for_one_that_only_equals_it(key):
    # Of values that equal one another a field takes those of one type: each comes first in one of the orders.
    for n, values in enumerate([VALUES, VALUES[::-1]]):
        for value in values:
            data = {"title": "Koor", key: value}
            found = forgetful(n).read(data)

            assert found is None or told(Proposal, data) == listed(found)


@pytest.mark.parametrize("missing", ["id", "title", "organiser", "kind"])
def test_what_is_required_is_missed(missing):
    for data in ({**WHOLE, missing: None}, {key: value for key, value in WHOLE.items() if key != missing}):
        assert _QUICK[Activity].read(data) is None


def test_what_was_read_does_not_change():
    with pytest.raises(ValidationError, match="frozen"):
        read_proposal(WHOLE).title = "Ander koor"


def test_every_digit_of_every_script_is_counted_by_a_byte_of_its_own():
    digits = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isdecimal()]

    assert all(len(one.encode().translate(None, _DIGITS)) == len(one.encode()) - 1 for one in digits)
