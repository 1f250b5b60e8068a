"""Make the worlds of a run, in a process of its own: encoded arrays, and the largest offer ready to be served.

``python -m benchmarks.build FOLDER people|requests|arrays|csv N``
"""

from __future__ import annotations

import copyreg
import json
import pickle
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from matcher import Activity, Matcher
from matcher.features import interests
from matcher.features.people import encode_profile
from matcher.service import Matcher as Engine

from .worlds import MOST_SUBJECTS, SEED_PEOPLE, TODAY, as_json, made_up_offer, made_up_people, write_offer

# A Matcher holds a lock; a new one is as good.
copyreg.pickle(type(threading.Lock()), lambda _: (threading.Lock, ()))


def write_people(folder: Path, n_profiles: int) -> None:
    """Write encoded people for the ranking, one after the other, so that few can be read without the others."""
    with (folder / "people.pickle").open("wb") as file:
        for profile in made_up_people(n_profiles):
            pickle.dump(encode_profile(profile, today=TODAY), file, protocol=5)


def write_requests(folder: Path, n_profiles: int) -> None:
    """Write the profiles that are asked about over HTTP, as JSON."""
    profiles = [as_json(profile) for profile in made_up_people(n_profiles, seed=SEED_PEOPLE + 1)]
    (folder / "requests.json").write_text(json.dumps(profiles), encoding="utf-8")


def write_arrays(folder: Path, n_activities: int) -> None:
    """Write the encoded offer; of an offer with repeated subjects also the engine, as it takes long to make."""
    interests.activity_evidence = _remembering(interests.activity_evidence)  # type: ignore[assignment]
    engine = Matcher(made_up_offer(n_activities))
    offer = engine.ranker(TODAY).offer_
    slim = replace(offer, interests=replace(offer.interests, evidence=()), criteria=())
    with (folder / f"{n_activities}.arrays").open("wb") as file:
        pickle.dump((slim, dict(engine.weights)), file, protocol=5)
    if n_activities > MOST_SUBJECTS:
        with (folder / f"{n_activities}.engine").open("wb") as file:
            pickle.dump(engine, file, protocol=5)


def write_csv(folder: Path, n_activities: int) -> None:
    """Write the offer as the file that a server reads."""
    write_offer(made_up_offer(n_activities), folder / f"{n_activities}.csv")


def read_engine(path: Path) -> Engine:
    """Return the engine of a CSV file, or the one that was kept."""
    if path.suffix == ".engine":
        with path.open("rb") as file:
            return pickle.load(file)
    from matcher import read_offer

    activities, _ = read_offer(path)
    return Matcher(activities)


def _remembering(read: Any) -> Any:
    """Read a subject that stands several times in a made-up offer once."""
    known: dict[tuple[object, ...], Mapping[str, object]] = {}

    def evidence(activity: Activity) -> Mapping[str, object]:
        key = tuple(getattr(activity, name) for name in ("title", "description", "organiser", "kind", "interests"))
        if key not in known:
            known[key] = read(activity)
        return known[key]

    return evidence


MAKERS = {"people": write_people, "requests": write_requests, "arrays": write_arrays, "csv": write_csv}

if __name__ == "__main__":
    MAKERS[sys.argv[2]](Path(sys.argv[1]), int(sys.argv[3]))
