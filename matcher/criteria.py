"""The track's own rules: who must follow it, how many hours, and which activities fit.

The system advises; the trajectbegeleider decides together with the inburgeraar.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from .model import Profile, Proposal
from .model.answer import CriteriaCheck, CriteriaPoint, Track
from .schedule import HORIZON_DAYS

LASTING_SESSIONS = 4
"""From so many sessions on an activity recurs."""

Outcome = Literal["good", "doubt", "missing", "bad", "remark"]

_SENTENCES: dict[str, dict[str, tuple[str, str, str]]] = {
    # point: case -> (answer, Dutch, English)
    "group": {
        "yes": ("yes", "Het gebeurt met twee of in groep.", "It is done in a pair or a group."),
        "alone": ("no", "U doet dit alleen.", "This is done alone."),
        "unknown": (
            "unknown",
            "Hoe groot de groep is, is niet bekend: vraag na.",
            "The size of the group is not known: ask.",
        ),
    },
    "new_people": {
        "yes": (
            "yes",
            "U ontmoet er mensen van buiten uw eigen kring.",
            "You meet people from outside your own circle.",
        ),
        "no": (
            "no",
            "U ontmoet er alleen mensen uit uw eigen kring.",
            "You only meet people from your own circle.",
        ),
        "unknown": (
            "unknown",
            "Of u er nieuwe mensen ontmoet, is niet bekend: vraag na.",
            "Whether you meet new people is not known: ask.",
        ),
    },
    "lasting_contacts": {
        "recurs": (
            "yes",
            "De activiteit komt vaak terug ({n} keer): er is een goede kans op blijvend contact.",
            "The activity takes place often ({n} times): there is a good chance of lasting contact.",
        ),
        "flex": (
            "yes",
            "U spreekt regelmatig af: er is een goede kans op blijvend contact.",
            "You meet regularly: there is a good chance of lasting contact.",
        ),
        "few": (
            "no",
            "De activiteit vindt maar {n} keer plaats: bespreek of hieruit blijvend contact kan komen.",
            "The activity takes place only {n} times: discuss whether lasting contact can grow from it.",
        ),
        "low": (
            "no",
            "Er is weinig contact met elkaar: de kans op blijvend contact is klein.",
            "There is little contact with one another: the chance of lasting contact is small.",
        ),
        "unknown": (
            "unknown",
            "Hoe vaak de activiteit terugkomt, is niet bekend: vraag na.",
            "How often the activity takes place is not known: ask.",
        ),
    },
    "interaction": {
        "yes": ("yes", "De deelnemers hebben contact met elkaar.", "People deal with one another."),
        "low": ("no", "Iedereen is vooral voor zichzelf bezig.", "Everybody is mostly busy on their own."),
        "unknown": (
            "unknown",
            "Hoeveel contact er is met elkaar, is niet bekend: vraag na.",
            "How much people deal with one another is not known: ask.",
        ),
    },
    "dutch_context": {
        "yes": ("yes", "De voertaal is Nederlands.", "The working language is Dutch."),
        "no": ("no", "De voertaal is niet Nederlands.", "The working language is not Dutch."),
        "beside": (
            "unknown",
            "Er wordt Nederlands gesproken naast een andere taal: bespreek hoeveel.",
            "Dutch is spoken beside another language: discuss how much.",
        ),
        "unknown": (
            "unknown",
            "De voertaal is niet bekend: vraag na.",
            "The working language is not known: ask.",
        ),
    },
    "practice": {
        "yes": (
            "yes",
            "U praat er met mensen die goed Nederlands spreken.",
            "You talk with people who speak Dutch well.",
        ),
        "learners": (
            "no",
            "Opmerking: de anderen leren ook nog Nederlands. Zoek er iets bij met mensen die het goed spreken.",
            "Remark: the others are learning Dutch too. Add something with people who speak it well.",
        ),
        "little_talk": (
            "no",
            "Er wordt weinig met elkaar gepraat. Luisteren en samen doen telt ook.",
            "People talk little with one another. Listening and doing things together counts too.",
        ),
        "other_language": ("no", "U oefent er geen Nederlands.", "You do not practise Dutch here."),
        "unknown": (
            "unknown",
            "Of de anderen goed Nederlands spreken, is niet bekend: vraag na.",
            "Whether the others speak Dutch well is not known: ask.",
        ),
    },
}


def check_criteria(activity: Proposal, *, today: date) -> CriteriaCheck:
    """Hold an activity against the two criteria of the track.

    Parameters
    ----------
    activity : Proposal
        An activity of the offer or an own proposal; what is unknown is asked after, never held against it.
    today : date
        Stands for the start date where that is unknown.

    Returns
    -------
    CriteriaCheck
        Verdict, why it must be discussed if so, the keys to ask after, and the six points in their order. Equal
        advice is one object: do not change it in place.

    Examples
    --------
    >>> check_criteria(Proposal(title="Lezing", group_max=1), today=date(2026, 11, 23))["verdict"]
    'does_not_fit'
    """
    findings = (
        _group(activity),
        _new_people(activity),
        _lasting_contacts(activity, today),
        _interaction(activity),
        _dutch_context(activity),
        _practice(activity),
    )
    return _advice(findings)


_Finding = tuple[str, str, int, Outcome, tuple[str, ...]]


@lru_cache(maxsize=4096)
def _advice(findings: tuple[_Finding, ...]) -> CriteriaCheck:
    """Join the findings on the six points; activities with the same ones share one answer."""
    points = [_point(point, case, n) for point, case, n, _, _ in findings]
    outcomes = [outcome for *_, outcome, _ in findings]
    asked = list(dict.fromkeys(key for *_, outcome, keys in findings if outcome == "missing" for key in keys))
    if "bad" in outcomes:
        return {"verdict": "does_not_fit", "discuss_because": None, "missing": [], "points": points}
    if "doubt" in outcomes:
        return {"verdict": "discuss", "discuss_because": "doubt", "missing": asked, "points": points}
    if "missing" in outcomes:
        return {"verdict": "discuss", "discuss_because": "missing", "missing": asked, "points": points}
    return {"verdict": "fits", "discuss_because": None, "missing": [], "points": points}


def _group(activity: Proposal) -> _Finding:
    if activity.group_max == 1:
        return "group", "alone", 0, "bad", ()
    if activity.group_max is None and (activity.group_min is None or activity.group_min < 2):
        return "group", "unknown", 0, "remark", ()
    return "group", "yes", 0, "good", ()


def _new_people(activity: Proposal) -> _Finding:
    if activity.new_people is None:
        return "new_people", "unknown", 0, "missing", ("new_people",)
    return ("new_people", "yes", 0, "good", ()) if activity.new_people else ("new_people", "no", 0, "bad", ())


def _lasting_contacts(activity: Proposal, today: date) -> _Finding:
    point = "lasting_contacts"
    if activity.interaction == "low":
        return point, "low", 0, "remark", ()  # the point on interaction gives the verdict
    if activity.schedule is None:
        return point, "unknown", 0, "missing", ("schedule",)
    sessions = lasting_sessions(activity, today=today)
    if sessions is not None and sessions < LASTING_SESSIONS:
        return point, "few", sessions, "doubt", ()
    if sessions is None:
        return point, "flex", 0, "good", ()
    return point, "recurs", sessions, "good", ()


def _interaction(activity: Proposal) -> _Finding:
    if activity.interaction is None:
        return "interaction", "unknown", 0, "missing", ("interaction",)
    if activity.interaction == "low":
        return "interaction", "low", 0, "bad", ()
    return "interaction", "yes", 0, "good", ()


def _dutch_context(activity: Proposal) -> _Finding:
    dutch = activity.dutch
    if dutch is None:
        return "dutch_context", "unknown", 0, "missing", ("language",)
    outcomes: dict[str, Outcome] = {"yes": "good", "beside": "doubt", "no": "bad"}
    return "dutch_context", dutch, 0, outcomes[dutch], ()


def _practice(activity: Proposal) -> _Finding:
    if activity.dutch == "no":
        return "practice", "other_language", 0, "remark", ()
    if activity.participants == "learners":
        return "practice", "learners", 0, "remark", ()
    if activity.interaction == "low":
        return "practice", "little_talk", 0, "remark", ()
    if activity.participants is None or activity.interaction is None or activity.dutch is None:
        return "practice", "unknown", 0, "remark", ()
    return "practice", "yes", 0, "remark", ()


def lasting_sessions(activity: Proposal, *, today: date) -> int | None:
    """Count the sessions between its start (else today) and its end, at most 365 days on; None for flex.

    A schedule that is not known counts none.
    """
    if activity.schedule is None:
        return 0
    if activity.schedule.flex:
        return None
    first = activity.start_date or today
    last = first + timedelta(days=HORIZON_DAYS)
    if activity.end_date:
        last = min(last, activity.end_date)
    return len(activity.schedule.occurrences(first, last, start_date=activity.start_date, pauses=activity.pauses))


def _point(point: str, case: str, n: int) -> CriteriaPoint:
    answer, sentence_nl, sentence_en = _SENTENCES[point][case]
    return {
        "id": point,
        "answer": answer,  # type: ignore[typeddict-item]
        "sentence_nl": sentence_nl.format(n=n),
        "sentence_en": sentence_en.format(n=n),
    }


def follow_track(profile: Profile) -> Track:
    """Tell whether the person must follow the track, what is not known, and which hours are left.

    Examples
    --------
    >>> follow_track(Profile(id="p", status={"working": True}))["obligation"]
    'optional'
    """
    status = profile.status
    facts = {"obligation": status.obligation, "working": status.working, "studying": status.studying}
    missing: list[str] = []
    obligation: Literal["mandatory", "optional", "unknown"]
    if status.obligation == "voluntary" or status.working or status.studying:
        obligation = "optional"
    else:
        missing = [key for key, value in facts.items() if value is None]
        obligation = "unknown" if missing else "mandatory"
    sentences = {
        "mandatory": (
            "Het participatie- en netwerktraject is verplicht.",
            "The participation and network track is mandatory.",
        ),
        "optional": (
            "Het participatie- en netwerktraject is niet verplicht, maar mag wel.",
            "The participation and network track is not mandatory, but is allowed.",
        ),
        "unknown": (
            "Of het participatie- en netwerktraject verplicht is, is nog niet bekend: vraag na.",
            "Whether the participation and network track is mandatory is not known yet: ask.",
        ),
    }
    if profile.hours_done is None:
        missing.append("hours_done")
    return {
        "obligation": obligation,
        "missing": missing,
        "sentence_nl": sentences[obligation][0],
        "sentence_en": sentences[obligation][1],
        "hours_done": round(profile.hours_done or 0.0, 2),
        "hours_to_go": round(profile.hours_to_go, 2),
    }
