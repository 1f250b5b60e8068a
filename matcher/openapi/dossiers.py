"""The calls on dossiers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..model.dossier import ASKED_BY
from ..model.profile import PROFILE_ID
from .parts import Json, call, parameter, ref

ID = parameter("id", "path", "The code of the dossier.", pattern=f"^{PROFILE_ID}$")
OWN_ID = parameter("activity_id", "path", "The id that the own proposal was given.", pattern="^[a-z0-9-]{1,80}$")
MUNICIPALITY = parameter(
    "municipality",
    text="For which the caller works now, among those served; by default the first of them. Another one: 403.",
    examples=["herent"],
)
KEY = parameter(
    "Idempotency-Key",
    "header",
    "A new random key for each request, such as a UUID. The same request with the same key, within seven days, "
    "gets the first answer again and writes nothing; another request with it gets 422. What was refused is not "
    "kept.",
    minLength=1,
    maxLength=255,
    pattern="^[!-~]+$",
)
MATCH = parameter(
    "If-Match",
    "header",
    'The ETag that was given, such as `"3"`, or `*`. When the dossier was changed since, the answer is 412.',
    pattern=r'^(\*|"[!#-~]*")$',
)
MATCH_PUT = {**MATCH, "description": f"{MATCH['description']} Needed to change a profile that is there."}
ASKED = parameter("asked_by", text="Who asked for the dossier.", enum=list(ASKED_BY), default="other")
PAGE = [
    MUNICIPALITY,
    parameter("limit", type="integer", minimum=1, maximum=200, default=50),
    parameter("cursor", text="The `next` of the page before.", pattern=f"^{PROFILE_ID}$"),
]
SHORTLIST = [
    ID,
    parameter("k", text="How many at most.", type="integer", minimum=1, maximum=1000, default=10),
    parameter("today", text="By default today in Brussels.", format="date"),
    parameter("varied", text="A list of unlike activities.", type="boolean", default=False),
]
READ = ("503",)
WRITE = ("403", "409", "412", "503")


def paths() -> Json:
    """Return the calls on dossiers."""
    one = "/api/v1/profiles/{id}"
    return {
        "/api/v1/profiles": {
            "get": call(
                "profiles",
                "List the dossiers of a municipality, in the order of their codes.",
                ref("ProfilePage"),
                PAGE,
                refusals=["403", *READ],
            ),
            "post": _write(
                "openProfile",
                "Open a dossier: the product gives the code, which takes the place of an `id` that is sent.",
                "Profile",
                [MUNICIPALITY, ASKED, KEY],
                body="ProfileToKeep",
                headers=["ETag", "Location"],
            ),
        },
        one: {
            "get": _list("profile", "Give the profile of a dossier.", "Profile"),
            "put": _put(),
            "delete": _write("deleteProfile", "Delete a dossier and all that was noted in it.", "", status="204"),
        },
        f"{one}/shortlist": {
            "get": call(
                "shortlist",
                "Rank the offer for a dossier; what was said no to, or is chosen already, does not come back.",
                ref("Suggestion"),
                SHORTLIST,
                headers=["ETag"],
                refusals=READ,
            )
        },
        f"{one}/state": {"get": _list("state", "Tell how a dossier stands.", "DossierState")},
        f"{one}/outcomes": {
            "get": _list("outcomes", "List what came of each proposal.", "OutcomePage"),
            "post": _write("noteOutcome", "Note what came of a proposal.", "NotedOutcome", body="OutcomeStep"),
        },
        f"{one}/hours": {
            "get": _list("hours", "List the hours, with what stood there before a correction.", "HoursPage"),
            "post": _write(
                "noteHours",
                "Note hours of one day; with `corrects`, other hours for an entry (0 withdraws it).",
                "NotedHours",
                body="HoursOrCorrection",
            ),
        },
        f"{one}/proofs": {
            "get": _list("proofs", "List the bewijzen van deelname.", "ProofPage"),
            "post": _write(
                "noteProof", "Make a bewijs of hours, or note its next state.", "NotedProof", body="ProofStep"
            ),
        },
        f"{one}/own-activities": {
            "get": _list(
                "ownActivities", "List the own proposals, each with the advice on it.", "OwnActivityPage"
            ),
            "post": _write(
                "noteOwnActivity",
                "Note an own proposal; only its `title` is required. Outcomes and hours name its `activity_id`.",
                "NotedOwnActivity",
                body="OwnActivityStep",
            ),
        },
        f"{one}/own-activities/{{activity_id}}/decision": {
            "post": _write(
                "decide",
                "Note what caseworker and person decided about an own proposal.",
                "NotedDecision",
                [ID, OWN_ID, MATCH, KEY],
                body="Decision",
            )
        },
        f"{one}/undo": {
            "post": _write(
                "undo", "Take back the last that was noted; it stays in the history.", "Undone", status="200"
            )
        },
        f"{one}/end": {
            "post": _write("end", "End a dossier: finished, moved or stopped.", "NotedEnd", body="EndStep")
        },
        f"{one}/reopen": {"post": _write("reopen", "Open a dossier that had ended.", "NotedEnd")},
    }


def _put() -> Json:
    put = _write(
        "putProfile",
        "Write the profile of a dossier: a new one is made; one that is there is changed, with `If-Match` only.",
        "Profile",
        [ID, MUNICIPALITY, MATCH_PUT, KEY],
        body="ProfileToKeep",
        status="200",
        headers=["ETag"],
    )
    made = call("", "", ref("Profile"), status="201", headers=["ETag", "Location"])["responses"]["201"]
    return {**put, "responses": {**put["responses"], "201": {**made, "description": "It was made."}}}


def _list(name: str, summary: str, shape: str) -> Json:
    return call(name, summary, ref(shape), [ID], headers=["ETag"], refusals=READ)


def _write(
    name: str,
    summary: str,
    shape: str,
    parameters: Sequence[Json] = (ID, MATCH, KEY),
    *,
    status: str = "201",
    headers: Sequence[str] = ("ETag",),
    **more: Any,
) -> Json:
    return call(
        name,
        summary,
        ref(shape) if shape else None,
        parameters,
        status=status,
        headers=headers if shape else (),
        refusals=WRITE,
        **more,
    )
