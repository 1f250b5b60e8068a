"""Thousands of requests made from the description: no failure inside, no status or shape that is not described."""

import random

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api import create_app
from matcher.model import read_profile
from matcher.model.access import DEMONSTRATION_ACCOUNTS
from matcher.model.steps import CorrectionStep, HoursStep, OutcomeStep, OwnActivityStep, ProofStep
from matcher.readers.csv_offer import read_offer
from matcher.service.dossiers import note_step, open_dossier
from matcher.vocabulary import data_folder
from tests.offices import NOW, office_of

pytestmark = pytest.mark.slow

CASES = 2_000
"""At least so many requests in all."""
OWN = "eigen-1"
OFFER = read_offer(data_folder() / "herent_offer.csv")[0][:12]
"""A part of the demonstration offer: small, so that planning is quick."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


STEPS = (
    OutcomeStep(activity_id=OFFER[0].id, outcome="chosen"),
    HoursStep(activity_id=OFFER[0].id, on=NOW.date(), hours=2),
    CorrectionStep(corrects=3, hours=1.5),
    ProofStep(activity_id=OFFER[0].id),
    OwnActivityStep(proposal={"title": "Koken in de wijk"}),
)


def new_dossier(office, rng):
    """Make a dossier in which everything was noted that can be, and return its code."""
    asker, profile = DEMONSTRATION_ACCOUNTS["caseworker"], read_profile({"id": "new", "interests": ["cooking"]})
    with office.store.writing() as work:
        code = open_dossier(work, asker, profile, now=NOW, rng=rng).code
        for step in STEPS:
            note_step(work, asker, code, step, now=NOW)
    return code


def operations(app):
    """Return the calls that are described and take anything at all."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    found = [one.ok() for one in schema.get_all_operations()]
    return {one.label: one for one in found if one.body or one.definition.raw.get("parameters")}


def labels():
    """Return the names of those calls, without all that schemathesis makes of them: that is long in coming."""
    paths = create_app(office_of([])).test_client().get("/api/v1/openapi.json").json["paths"]
    calls = {f"{method.upper()} {path}": call for path, known in paths.items() for method, call in known.items()}
    return [label for label, call in calls.items() if "requestBody" in call or call.get("parameters")]


LABELS = labels()


def aimed(case, data, code):
    """Let most requests name what is there: made-up ids would all be answered with 404."""
    known = {"id": code if "profiles" in case.path else OFFER[0].id, "activity_id": OWN}
    for name in case.path_parameters or {}:
        if data.draw(st.integers(0, 3)):
            case.path_parameters[name] = known[name]
    for name in ("If-Match", "Idempotency-Key", "municipality", "cursor"):
        for part in (case.headers, case.query):
            if part and name in part and data.draw(st.booleans()):
                del part[name]
    if isinstance(case.body, dict) and "activity_id" in case.body and data.draw(st.booleans()):
        case.body["activity_id"] = OFFER[0].id
    return case


@pytest.mark.parametrize("label", LABELS)
def test_whatever_is_asked_the_answer_is_one_that_is_described(label):
    office, rng = office_of(OFFER), random.Random(1)
    known = operations(create_app(office, clock=lambda: NOW, rng=rng))
    assert list(known) == LABELS
    operation = known[label]
    # Any text may stand in a path: nothing can be wrong with it but that nothing is there.
    can_be_wrong = operation.body or operation.query or operation.headers
    modes = list(GenerationMode) if can_be_wrong else [GenerationMode.POSITIVE] * 2

    @settings(
        max_examples=-(-CASES // (2 * len(LABELS))),
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def ask(data):
        code = new_dossier(office, rng) if "/profiles/{id}" in label else ""
        for mode in modes:
            case = aimed(data.draw(operation.as_strategy(mode)), data, code)
            case.call_and_validate(checks=CHECKS)

    ask()
