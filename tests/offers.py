"""Activities of every form of schedule, made by hypothesis, and what an export must keep of them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from matcher.errors import InputError
from matcher.model import Activity, Proposal, read_activity
from matcher.schedule import HORIZON_DAYS

TODAY = date(2026, 11, 23)
DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_near = st.integers(-30, 500).map(lambda days: (TODAY + timedelta(days=days)).isoformat())
_hours = st.sampled_from(
    ["09:00-12:00", "13:30-15:00", "19:00-21:00", "22:00-24:00", "00:00-02:00", "23:59-24:00"]
)
_session = st.one_of(
    st.tuples(st.sampled_from(DAYS), _hours).map(" ".join),
    st.tuples(st.just("2w"), st.sampled_from(DAYS), _hours).map(" ".join),
    st.tuples(st.sampled_from(["1e", "2e", "5e", "laatste"]), st.sampled_from(DAYS), _hours).map(" ".join),
    st.tuples(_near, _hours).map(" ".join),
    st.just("flex 2u/week"),
)
_pause = st.one_of(
    st.sampled_from(["12-21..01-03", "07-01..08-31", "02-29..03-01"]),
    st.tuples(_near, st.integers(0, 40)).map(
        lambda pair: f"{pair[0]}..{date.fromisoformat(pair[0]) + timedelta(days=pair[1])}"
    ),
)
_words = (
    st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
_some_words = (
    st.none() | _words | st.sampled_from(["online", "Zoom", "3020 Herent", "Zaal, Kerkstraat 1, 3020 Herent"])
)


@st.composite
def activities(draw: st.DrawFn) -> Activity:
    """Make one activity that may be read; what overlaps is tried again."""
    while True:
        start = draw(st.none() | _near)
        data = {
            "id": draw(st.from_regex(r"[a-z0-9-]{1,12}", fullmatch=True)),
            "title": draw(_words),
            "description": draw(st.none() | _words),
            "organiser": draw(_words),
            "kind": "informal",
            "schedule": "; ".join(draw(st.lists(_session, min_size=1, max_size=4))),
            "start_date": start,
            "end_date": start and draw(st.none() | st.just(str(date.fromisoformat(start) + timedelta(days=200)))),
            "pauses": draw(st.lists(_pause, max_size=3)),
            "place": draw(_some_words),
            "address": draw(_some_words),
            "postal_code": draw(st.none() | st.sampled_from(["3020", "NL-1234", "0001"])),
            "municipality": draw(_some_words),
            "url": draw(st.none() | st.sampled_from(["https://example.org/a?b=1&c=2;d", "www.example.org/é,f"])),
            "status": draw(st.none() | st.sampled_from(["active", "cancelled"])),
            "interests": draw(st.sampled_from([[], ["cooking", "walking"]])),
            "price_eur": draw(st.none() | st.sampled_from([0.0, 2.5, 12.0])),
        }
        try:
            return read_activity(data)
        except InputError:
            continue


def coming_sessions(activity: Proposal) -> list[tuple[date, int, int]]:
    """List the dated sessions of the coming year, within the dates of the activity."""
    if activity.schedule is None:
        return []
    low = max(TODAY, activity.start_date or TODAY)
    high = min(TODAY + timedelta(days=HORIZON_DAYS), activity.end_date or date.max)
    found = (
        activity.schedule.occurrences(low, high, start_date=activity.start_date, pauses=activity.pauses)
        if low <= high
        else []
    )
    return [(day, session.start_min, session.end_min) for day, session in found]
