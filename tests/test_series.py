from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import InputError
from matcher.schedule import HORIZON_DAYS, MOST_SESSIONS, Once, Weekly
from matcher.schedule.compact import run_of_dates
from matcher.schedule.recurrence import read_recurrence
from matcher.schedule.series import Series, run_of_series

TODAY = date(2026, 11, 23)
YEAR = (TODAY, TODAY + timedelta(days=HORIZON_DAYS))
TWO_HOURS = timedelta(hours=2)
SEVEN = datetime(2026, 11, 24, 19)
"""A Tuesday evening."""


def run_of(*series):
    return run_of_series(series, today=TODAY)


def weekly(rule="FREQ=WEEKLY", start=SEVEN, **more):
    return Series(start=start, length=TWO_HOURS, rule=read_recurrence(rule), **more)


def days(run, first=YEAR[0], last=YEAR[1]):
    """Give the dated sessions of a run, within its own dates, as a person would read them."""
    first, last = max(first, run.start_date or first), min(last, run.end_date or last)
    found = run.schedule.occurrences(first, last, start_date=run.start_date, pauses=run.pauses)
    return [(day.isoformat(), session.start_min // 60, session.end_min // 60) for day, session in found]


def texts(run):
    return str(run.schedule), *map(str, (run.start_date, run.end_date)), list(map(str, run.pauses))


# Rules


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("FREQ=WEEKLY", "di 19:00-21:00"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "di 19:00-21:00; do 19:00-21:00"),
        ("FREQ=WEEKLY;INTERVAL=2", "2w di 19:00-21:00"),
        ("FREQ=DAILY;BYDAY=TU,SA", "di 19:00-21:00; za 19:00-21:00"),
        ("FREQ=MONTHLY;BYDAY=4TU", "4e di 19:00-21:00"),
        ("FREQ=MONTHLY;BYDAY=-1TU", "laatste di 19:00-21:00"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2,4", "2e di 19:00-21:00; 4e di 19:00-21:00"),
        ("freq=weekly;wkst=su;", "di 19:00-21:00"),
    ],
)
def test_a_rule_without_an_end_becomes_a_rule_without_an_end(rule, text):
    run, problems = run_of(weekly(rule))
    assert texts(run) == (text, "2026-11-24", "None", [])
    assert problems == []


def test_every_day_is_seven_sessions_a_week():
    run, _ = run_of(weekly("FREQ=DAILY"))
    assert [session.day for session in run.schedule.sessions] == list(range(7))


@pytest.mark.parametrize("end", ["COUNT=10", "UNTIL=20270126", "UNTIL=20270126T180000Z", "UNTIL=20270126T190000"])
def test_an_end_is_kept_as_the_last_day(end):
    run, problems = run_of(weekly(f"FREQ=WEEKLY;{end}"))
    assert texts(run) == ("di 19:00-21:00", "2026-11-24", "2027-01-26", [])
    assert problems == []


def test_an_until_before_the_hour_of_the_last_day_leaves_that_day_out():
    run, _ = run_of(weekly("FREQ=WEEKLY;UNTIL=20270126T175959Z"))
    assert run.end_date == date(2027, 1, 19)


def test_an_end_far_away_is_kept_too():
    run, _ = run_of(weekly("FREQ=WEEKLY;UNTIL=20350626"))
    assert texts(run) == ("di 19:00-21:00", "2026-11-24", "2035-06-26", [])


def test_a_rule_of_years_ago_goes_on():
    run, _ = run_of(weekly("FREQ=WEEKLY;INTERVAL=2", datetime(1999, 1, 5, 19)))
    assert texts(run)[:3] == ("2w di 19:00-21:00", "1999-01-05", "None")
    step = {(date.fromisoformat(day) - date(1999, 1, 5)).days % 14 for day, _, _ in days(run)}
    assert step == {0}


def test_every_other_week_on_two_days_keeps_its_weeks():
    # Thursday of one week, Tuesday and Thursday of the week after the next.
    run, _ = run_of(weekly("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", datetime(2026, 11, 26, 19)))
    assert [day for day, _, _ in days(run)][:4] == ["2026-11-26", "2026-12-08", "2026-12-10", "2026-12-22"]


def test_what_no_schedule_text_says_is_written_with_its_dates_for_a_year():
    run, problems = run_of(weekly("FREQ=MONTHLY;BYMONTHDAY=24"))
    assert [str(session)[:10] for session in run.schedule.sessions][::12] == ["2026-11-24", "2027-11-24"]
    assert run.schedule.only_once
    assert run.end_date is None
    assert [problem.code for problem in problems] == ["expanded"]
    assert problems[0].value == "FREQ=MONTHLY;BYMONTHDAY=24"


def test_a_rule_in_utc_that_shifts_with_summer_time_is_written_with_its_dates():
    run, _ = run_of(weekly(start=SEVEN.replace(hour=18, tzinfo=UTC)))
    hours = {day: hour for day, hour, _ in days(run)}
    assert (hours["2026-11-24"], hours["2027-06-29"]) == (19, 20)
    assert run.schedule.only_once


@pytest.mark.parametrize("zone", ["Europe/Brussels", "Europe/Paris"])
def test_a_rule_in_a_zone_with_the_same_clock_keeps_its_hours_in_summer(zone):
    run, problems = run_of(weekly(start=SEVEN.replace(tzinfo=ZoneInfo(zone))))
    assert (str(run.schedule), problems) == ("di 19:00-21:00", [])


def test_a_zone_an_hour_away_that_changes_on_the_same_days_stays_a_rule():
    run, _ = run_of(weekly(start=SEVEN.replace(tzinfo=ZoneInfo("Europe/London"))))
    assert str(run.schedule) == "di 20:00-22:00"


def test_what_passes_midnight_is_two_sessions():
    run, _ = run_of(
        weekly(start=datetime(2026, 11, 29, 22), rule="FREQ=WEEKLY"),
    )
    assert str(run.schedule) == "zo 22:00-24:00"
    run, _ = run_of(
        Series(start=datetime(2026, 11, 29, 22), length=timedelta(hours=4), rule=read_recurrence("FREQ=WEEKLY"))
    )
    assert str(run.schedule) == "zo 22:00-24:00; ma 00:00-02:00"
    run, _ = run_of(Series(start=datetime(2026, 12, 31, 22), length=timedelta(hours=4)))
    assert str(run.schedule) == "2026-12-31 22:00-24:00; 2027-01-01 00:00-02:00"


# Exceptions


def test_sessions_that_fall_out_become_one_pause():
    out = frozenset(SEVEN + timedelta(days=7 * week) for week in (4, 5))
    run, _ = run_of(weekly(without=out))
    assert texts(run) == ("di 19:00-21:00", "2026-11-24", "None", ["2026-12-22..2026-12-29"])


def test_a_moved_session_is_a_pause_and_a_date():
    old, new = SEVEN + timedelta(days=7), SEVEN + timedelta(days=8)
    run, _ = run_of(weekly(moved={old: (new, None)}))
    assert texts(run) == (
        "di 19:00-21:00; 2026-12-02 19:00-21:00",
        "2026-11-24",
        "None",
        ["2026-12-01..2026-12-01"],
    )


def test_a_session_moved_within_its_day_stands_in_the_pause_of_that_day():
    run, _ = run_of(weekly(moved={SEVEN: (SEVEN.replace(hour=14), timedelta(hours=1))}))
    assert days(run)[:2] == [("2026-11-24", 14, 15), ("2026-12-01", 19, 21)]


@pytest.mark.slow
def test_ten_thousand_exceptions_are_quick_and_exact():
    start = datetime(2026, 1, 1, 9)
    out = frozenset(start + timedelta(days=2 * number) for number in range(10_000))
    run, _ = run_of(weekly("FREQ=DAILY", start, without=out))
    assert all((date.fromisoformat(day) - start.date()).days % 2 for day, _, _ in days(run))
    assert len(days(run)) == 183


def test_a_rule_of_which_everything_falls_out_has_no_session():
    out = frozenset(SEVEN + timedelta(days=7 * number) for number in range(200))
    run, _ = run_of(weekly(without=out))
    assert days(run) == []


def test_a_moment_in_another_zone_falls_out_too():
    out = frozenset([datetime(2026, 11, 24, 18, tzinfo=UTC)])
    run, _ = run_of(weekly(without=out))
    assert days(run)[0][0] == "2026-12-01"


_PARTS = st.fixed_dictionaries(
    {"INTERVAL": st.sampled_from(["1", "2", "3", "13"])},
    optional={
        "BYMONTH": st.sampled_from(["1", "2,11", "9,10,11,12"]),
        "BYMONTHDAY": st.sampled_from(["1", "-1", "13,14,15", "31,-31", "30"]),
        "BYDAY": st.sampled_from(["MO", "TU,TH", "MO,TU,WE,TH,FR,SA,SU"]),
        "BYHOUR": st.sampled_from(["9", "8,20"]),
        "WKST": st.sampled_from(["MO", "SU", "WE"]),
        "COUNT": st.sampled_from(["1", "7", "60"]),
    },
)


@pytest.mark.slow
@settings(deadline=None)
@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    _PARTS,
    st.sampled_from(["", "BYDAY=-1FR", "BYDAY=1MO,3MO", "BYSETPOS=-1", "BYSETPOS=1,3", "BYYEARDAY=1,-1,200"]),
    st.integers(-1500, 300),
)
def test_a_rule_gives_what_another_program_makes_of_it(frequency, parts, extra, first):
    key = extra.partition("=")[0]
    if frequency not in ("MONTHLY", "YEARLY") or (key == "BYYEARDAY" and frequency != "YEARLY"):
        extra = ""
    if key == "BYSETPOS" and not {"BYDAY", "BYMONTHDAY"} & {*parts}:
        extra = ""
    if frequency == "WEEKLY":
        parts.pop("BYMONTHDAY", None)
    parts = {name: value for name, value in parts.items() if name != key or not extra}
    text = ";".join(
        [f"FREQ={frequency}", *(f"{name}={value}" for name, value in parts.items()), *filter(None, [extra])]
    )
    start = datetime.combine(TODAY, datetime.min.time()) + timedelta(days=first, hours=19)
    high = datetime(2029, 1, 1)
    low = start if "COUNT" in parts else max(start, datetime(2026, 6, 1))
    expected = list(takewhile(lambda moment: moment <= high, rrulestr(text, dtstart=start)))
    assert list(read_recurrence(text).starts(start, low=low, high=high)) == [m for m in expected if m >= low]


# What is not known


def test_a_day_without_hours_is_a_date_without_a_schedule():
    run, problems = run_of(Series(start=date(2026, 12, 5), length=timedelta(days=2)))
    assert (run.schedule, run.start_date, run.end_date) == (None, date(2026, 12, 5), date(2026, 12, 6))
    assert [problem.code for problem in problems] == ["hours_unknown"]


@pytest.mark.parametrize("length", [None, timedelta(0), timedelta(days=3)])
def test_a_length_that_is_no_session_leaves_the_hours_unknown(length):
    run, problems = run_of(Series(start=SEVEN, length=length))
    assert run.schedule is None
    assert run.start_date == SEVEN.date()
    assert [problem.code for problem in problems] == ["hours_unknown"]


def test_sessions_at_the_same_time_are_left_for_a_person():
    run, problems = run_of(Series(start=SEVEN, length=TWO_HOURS), Series(start=SEVEN, length=timedelta(hours=1)))
    assert run.schedule is None
    assert [problem.code for problem in problems] == ["parallel"]


def test_too_many_sessions_are_left_for_a_person():
    rule = read_recurrence("FREQ=DAILY;BYHOUR=8,9,10,11;BYMONTH=1,2,3,4,5,6,7,8")
    run, problems = run_of(Series(start=datetime(2026, 1, 1, 8), length=timedelta(minutes=50), rule=rule))
    assert run.schedule is None
    assert [problem.code for problem in problems] == ["too_many_sessions"]


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("FREQ=SECONDLY", "must not repeat more often than daily"),
        ("FREQ=HOURLY;COUNT=3", "must not repeat more often than daily"),
        ("INTERVAL=2", "must have a FREQ of DAILY"),
        ("FREQ=WEEKLY;INTERVAL=0", "must have a number from 1 to 1000 where it has 0"),
        ("FREQ=WEEKLY;INTERVAL=999999999999", "must have a number from 1 to 1000"),
        ("FREQ=WEEKLY;COUNT=0", "must have a COUNT of at least 1"),
        ("FREQ=WEEKLY;BYDAY=XX", "must have days like TU"),
        ("FREQ=WEEKLY;BYDAY=2TU", "must have days without a position"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "must have a number from -31 to 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "must not have 0 in BYMONTHDAY"),
        ("FREQ=WEEKLY;UNTIL=20270231", "must have an UNTIL that is a date"),
        ("FREQ=WEEKLY;UNTIL=gisteren", "must have an UNTIL that is a date"),
        ("FREQ=WEEKLY;FREQ=DAILY", "must be a rule like"),
        ("wekelijks", "must be a rule like"),
        ("FREQ=WEEKLY;FOO=1", "must have known keys only"),
        ("FREQ=WEEKLY;" + "BYDAY=TU;" * 300, "must have at most 2000 characters"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(rule, message):
    with pytest.raises(InputError, match=message):
        read_recurrence(rule)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;COUNT=999999999",
        "FREQ=DAILY;INTERVAL=1000",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,10,20,30,40,50",
        "FREQ=MONTHLY;COUNT=20000;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-1",
    ],
)
@pytest.mark.parametrize("year", [1900, 2026, 2200])
def test_absurd_rules_end(rule, year):
    run, _ = run_of(weekly(rule, datetime(year, 2, 28, 19)))
    assert run.start_date is not None


# The same sessions, whatever is given

_MOMENTS = st.builds(
    lambda day, hour: Once(TODAY + timedelta(days=day), hour * 60, (hour + 2) * 60),
    st.integers(-100, 500),
    st.sampled_from((9, 14, 19)),
)
_RHYTHM = st.builds(
    lambda first, step, n, hour: [
        Once(TODAY + timedelta(days=first + step * number), hour * 60, (hour + 2) * 60) for number in range(n)
    ],
    st.integers(-60, 60),
    st.sampled_from((1, 7, 14, 21, 28)),
    st.integers(1, 40),
    st.sampled_from((9, 14, 19)),
)


@pytest.mark.slow
@given(st.lists(_RHYTHM, max_size=4), st.lists(_MOMENTS, max_size=6), st.sets(st.integers(0, 60), max_size=8))
def test_dates_become_a_run_with_exactly_these_dates(rhythms, others, dropped):
    given_ = {one for rhythm in rhythms for number, one in enumerate(rhythm) if number not in dropped} | {*others}
    run = run_of_dates(given_)
    if not given_:
        assert run.schedule is None
        return
    first, last = min(one.on for one in given_), max(one.on for one in given_)
    assert run.start_date <= first
    assert run.end_date == last
    found = run.schedule.occurrences(run.start_date, last, start_date=run.start_date, pauses=run.pauses)
    assert [(day, one.start_min, one.end_min) for day, one in found] == sorted(
        (one.on, one.start_min, one.end_min) for one in given_
    )
    assert run == run_of_dates(sorted(given_, key=lambda one: (one.start_min, one.on)))


_RULES = st.sampled_from(
    [
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=MO,WE,FR",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=SU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU",
        "FREQ=WEEKLY;INTERVAL=3",
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=2",
        "FREQ=MONTHLY;BYDAY=1TU,3TU",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=MONTHLY;BYDAY=5SA",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=2WE",
        "FREQ=YEARLY",
        "FREQ=WEEKLY;BYMONTH=9,10,11,12,1,2,3,4,5,6",
    ]
)


@settings(deadline=None)
@given(
    rule=_RULES,
    end=st.sampled_from(["", ";COUNT=5", ";COUNT=80", ";UNTIL=20270601", ";UNTIL=20300601T120000Z"]),
    first=st.integers(-500, 200),
    hour=st.integers(0, 23),
    length=st.integers(1, 10),
    zone=st.sampled_from([None, UTC, ZoneInfo("America/New_York"), ZoneInfo("Europe/Amsterdam")]),
    out=st.sets(st.integers(0, 40), max_size=6),
    moved=st.dictionaries(st.integers(0, 40), st.none() | st.integers(-40, 40), max_size=4),
)
def test_a_series_becomes_a_run_with_exactly_its_sessions_of_the_coming_year(
    rule, end, first, hour, length, zone, out, moved
):
    start = datetime.combine(TODAY, datetime.min.time(), zone) + timedelta(days=first, hours=hour)
    lasting = timedelta(hours=length)
    recurrence = read_recurrence(rule + end)
    plain = Series(start=start, length=lasting, rule=recurrence)
    starts = plain.by_rule(start.date(), date(2028, 1, 1))
    out_ = {starts[number % len(starts)] for number in out}
    moved_ = {
        starts[number % len(starts)]: None
        if by is None
        else (starts[number % len(starts)] + timedelta(days=7 * by, minutes=30), None)
        for number, by in moved.items()
    }
    series = Series(
        start=start,
        length=lasting,
        rule=recurrence,
        without=frozenset(one.replace(tzinfo=zone) for one in out_),
        moved={one.replace(tzinfo=zone): instead for one, instead in moved_.items()},
    )
    run, problems = run_of(series)
    taking_place = [one for one in starts if one not in out_ and one not in moved_]
    taking_place += [instead[0] for instead in moved_.values() if instead]
    expected = set()
    for one in taking_place:
        local = plain.local(one)
        until = local.hour * 60 + local.minute + length * 60
        minute = local.hour * 60 + local.minute
        expected.add((local.date(), minute, min(until, 1440)))
        if until > 1440:
            expected.add((local.date() + timedelta(days=1), 0, until - 1440))
    expected = sorted(one for one in expected if YEAR[0] <= one[0] <= YEAR[1])
    if run.schedule is None:
        assert problems
        assert not expected or problems[-1].code in ("parallel", "too_many_sessions")
        return
    low, high = max(YEAR[0], run.start_date), min(YEAR[1], run.end_date or YEAR[1])
    found = run.schedule.occurrences(low, high, start_date=run.start_date, pauses=run.pauses)
    assert [(day, one.start_min, one.end_min) for day, one in found] == expected
    assert len(run.schedule.sessions) <= MOST_SESSIONS


def test_a_school_year_of_dates_is_a_weekly_session():
    dates = [date(2026, 9, 1) + timedelta(days=7 * week) for week in range(43)]
    run = run_of_dates([Once(day, 1140, 1260) for day in dates if day not in (dates[8], dates[16], dates[17])])
    assert run.schedule.sessions == (Weekly(1, 1140, 1260),)
    assert len(run.pauses) == 2
