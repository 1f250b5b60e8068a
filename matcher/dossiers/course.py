"""What became of one person's activities and hours, read from a track."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from ..model.dossier import JOINED_OUTCOMES
from ..model.profile import HOURS_OF_TRACK
from ..model.track import Noting, Track

_CHOSEN = frozenset({*JOINED_OUTCOMES, "stopped"})
NOT_SAID = "not_said"
"""Stands for a reason that nobody gave."""


@dataclass(slots=True)
class Way:
    """One activity in a dossier: when it came in, and how far it got.

    outcomes : all that were noted
    last, reason : the last outcome, and why
    """

    first_on: date
    organiser: str | None
    outcomes: set[str] = field(default_factory=set)
    last: str = ""
    reason: str | None = None
    has_hours: bool = False

    @property
    def was_chosen(self) -> bool:
        """True when the person once chose it."""
        return self.was_attended or bool(self.outcomes & _CHOSEN)

    @property
    def was_attended(self) -> bool:
        """True when the person went there at least once."""
        return self.has_hours or "attended" in self.outcomes

    @property
    def goes_on(self) -> bool:
        """True when the person went there, and nobody noted that it ended."""
        return self.was_attended and self.last in JOINED_OUTCOMES

    @property
    def was_stopped(self) -> bool:
        """True when the person chose it, and gave it up."""
        return self.was_chosen and self.last in ("stopped", "declined")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """Hours of one day; ``proved`` once a proof that covers them was checked."""

    on: date
    hours: float
    proved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What a track comes to.

    ending : None while it is open
    ways : by the id of the activity
    hours_before : done before the dossier, as somebody said
    reached_on : the day of the hour that made 40, None when it did not come; those before the dossier count
    proved_all : True when 40 hours were proved, or said to be done before
    """

    opened_on: date
    ending: str | None
    ways: dict[str, Way]
    worked: tuple[Worked, ...]
    hours_before: float
    reached_on: date | None
    proved_all: bool

    @property
    def hours_done(self) -> float:
        """Hours before the dossier and since."""
        return round(self.hours_before + sum(one.hours for one in self.worked), 2)


def course_of(track: Track) -> Course:
    """Return what was noted in a track, put together."""
    ways: dict[str, Way] = {}
    hours: dict[int, tuple[date, float]] = {}
    attended: dict[int, str | None] = {}
    proofs: dict[int, list[int]] = {}
    checked: set[int] = set()
    ending: str | None = None
    for noting in track.notings:
        data, on = noting.data, noting.on
        if noting.kind == "outcome":
            _add_outcome(ways, noting)
        elif noting.kind == "hours" and on is not None:
            hours[noting.number] = on, data["hours"]
            attended[noting.number] = noting.activity_id
        elif noting.kind == "correction" and data["corrects"] in hours:
            hours[data["corrects"]] = on or hours[data["corrects"]][0], data["hours"]
        elif noting.kind == "proof" and data.get("proof") is None:
            proofs[noting.number] = data["entries"]
        elif noting.kind == "proof" and data["state"] == "checked":
            checked.add(data["proof"])
        elif noting.kind in ("ended", "reopened"):
            ending = data["ending"] if noting.kind == "ended" else None
    for number, (_, amount) in hours.items():
        way = ways.get(attended[number] or "")
        if way and amount:
            way.has_hours = True
    proved = {entry for number in checked for entry in proofs.get(number, [])}
    worked = tuple(
        Worked(on=on, hours=amount, proved=number in proved) for number, (on, amount) in hours.items() if amount
    )
    before = track.profile.hours_done or 0.0
    return Course(
        opened_on=track.opened_on,
        ending=ending,
        ways=ways,
        worked=worked,
        hours_before=before,
        reached_on=_reached_on(worked, before),
        proved_all=before + sum(one.hours for one in worked if one.proved) >= HOURS_OF_TRACK,
    )


def _add_outcome(ways: dict[str, Way], noting: Noting) -> None:
    if noting.activity_id is None or noting.on is None:
        return
    way = ways.setdefault(noting.activity_id, Way(noting.on, noting.data.get("organiser")))
    way.last, way.reason = noting.data["outcome"], noting.data.get("reason")
    way.outcomes.add(way.last)


def _reached_on(worked: Iterable[Worked], before: float) -> date | None:
    """Return the day on which the hours made 40; None too for who had them before."""
    if before >= HOURS_OF_TRACK:
        return None
    for one in sorted(worked, key=lambda one: one.on):
        before += one.hours
        if before >= HOURS_OF_TRACK:
            return one.on
    return None
