from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from dateutil.rrule import FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule

from matcher.errors import InputError
from matcher.schedule import (
    Availability,
    Flex,
    Monthly,
    Once,
    Pause,
    Schedule,
    Weekly,
    clock,
    local_time,
    parse_pause,
    parse_schedule,
    read_availability,
    read_schedule,
    rule_of,
)

DAYS_NL = ("ma", "di", "wo", "do", "vr", "za", "zo")
DAYS_EN = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
POSITIONS_NL = ("1e", "2e", "3e", "4e", "5e", "laatste")
POSITIONS_EN = ("1st", "2nd", "3rd", "4th", "5th", "last")
RRULE_DAYS = (MO, TU, WE, TH, FR, SA, SU)
SEVEN, NINE = 19 * 60, 21 * 60


def days_of(text: str, first: str, last: str, *, start: str | None = None, pauses: tuple[str, ...] = ()):
    schedule = parse_schedule(text)
    found = schedule.occurrences(
        date.fromisoformat(first),
        date.fromisoformat(last),
        start_date=date.fromisoformat(start) if start else None,
        pauses=tuple(map(parse_pause, pauses)),
    )
    return [day.isoformat() for day, _ in found]


# Reading every form


@pytest.mark.parametrize(("day", "word"), [*enumerate(DAYS_NL), *enumerate(DAYS_EN)])
def test_each_day_is_read_in_both_languages(day, word):
    assert parse_schedule(f"{word} 19:00-21:00").sessions == (Weekly(day, SEVEN, NINE),)
    assert parse_schedule(f"2w {word} 19:00-21:00").sessions == (Weekly(day, SEVEN, NINE, interval=2),)


@pytest.mark.parametrize(
    ("word", "position"),
    [*zip(POSITIONS_NL + POSITIONS_EN, (1, 2, 3, 4, 5, -1) * 2, strict=True)],
)
def test_each_position_in_the_month_is_read_in_both_languages(word, position):
    assert parse_schedule(f"{word} do 19:00-21:00").sessions == (Monthly(position, 3, SEVEN, NINE),)
    assert parse_schedule(f"{word} thu 19:00-21:00").sessions == (Monthly(position, 3, SEVEN, NINE),)


def test_a_date_of_its_own_is_read():
    (session,) = parse_schedule("2026-12-05 14:00-17:00").sessions
    assert session == Once(date(2026, 12, 5), 14 * 60, 17 * 60)
    assert session.day == 5


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("flex 2u/week", 2.0),
        ("flex 2h/week", 2.0),
        ("FLEX  2U/WEEK", 2.0),
        ("flex 1.5u/week", 1.5),
        ("flex 1,5u/week", 1.5),
        ("flex 0.5u/week", 0.5),
        ("flex 0,5h/week", 0.5),
        ("flex 40u/week", 40.0),
        ("flex 40.0u/week", 40.0),
    ],
)
def test_hours_by_agreement_are_read_with_point_or_comma(text, hours):
    assert parse_schedule(text).sessions == (Flex(hours),)


@pytest.mark.parametrize(
    ("text", "dutch"),
    [
        ("tue 19:00-21:00", "di 19:00-21:00"),
        ("  DI   9:00-11:00 ", "di 09:00-11:00"),
        ("Di 9:00 - 11:00", "di 09:00-11:00"),
        ("2W  Tue 19:00-21:00", "2w di 19:00-21:00"),
        ("1ST Thu 09:30-12:00", "1e do 09:30-12:00"),
        ("LAST fri 14:00-16:00", "laatste vr 14:00-16:00"),
        ("Laatste  VR 14:00-16:00", "laatste vr 14:00-16:00"),
        ("2026-12-05  14:00-17:00", "2026-12-05 14:00-17:00"),
        ("flex 2h/week", "flex 2u/week"),
        ("flex 2,5h/week", "flex 2.5u/week"),
        ("mon 22:00-24:00;tue 0:00-2:00", "ma 22:00-24:00; di 00:00-02:00"),
        ("ma 19:00-21:00\t;\n wo 19:00-21:00;", "ma 19:00-21:00; wo 19:00-21:00"),
        ("flex 1u/week; 2nd sun 10:00-12:00", "flex 1u/week; 2e zo 10:00-12:00"),
    ],
)
def test_text_written_back_is_the_dutch_form_whatever_case_and_blanks(text, dutch):
    assert str(parse_schedule(text)) == dutch
    assert parse_schedule(dutch) == parse_schedule(text)


def test_what_is_written_back_reads_as_the_same_schedule():
    rng = random.Random(5)
    for _ in range(300):
        start = rng.randrange(0, 24 * 60)
        end = rng.randrange(start + 1, 24 * 60 + 1)
        day = date(2026, 1, 1) + timedelta(days=rng.randrange(800))
        front = rng.choice(
            [
                rng.choice(DAYS_EN),
                f"2w {rng.choice(DAYS_EN)}",
                f"{rng.choice(POSITIONS_EN)} {rng.choice(DAYS_EN)}",
                day.isoformat(),
            ]
        )
        schedule = parse_schedule(f"{front} {clock(start)}-{clock(end)}; flex {rng.randint(5, 400) / 10}h/week")
        assert parse_schedule(str(schedule)) == schedule
        assert (schedule.timed[0].start_min, schedule.timed[0].end_min) == (start, end)


def test_midnight_is_allowed_as_an_end():
    (session,) = parse_schedule("vr 22:00-24:00").timed
    assert (session.start_min, session.end_min) == (22 * 60, 24 * 60)
    (whole_day,) = parse_schedule("vr 0:00-24:00").timed
    assert whole_day.end_min - whole_day.start_min == 24 * 60


def test_what_passes_midnight_is_written_as_two_sessions():
    schedule = read_schedule("vr 22:00-24:00; za 00:00-02:00")
    assert [(one.day, one.start_min, one.end_min) for one in schedule.timed] == [(4, 1320, 1440), (5, 0, 120)]


def test_the_parts_of_a_schedule_can_be_told_apart():
    mixed = parse_schedule("di 19:00-21:00; flex 2u/week; 2026-12-05 14:00-17:00")
    assert mixed.flex == Flex(2.0)
    assert len(mixed.timed) == 2
    assert not mixed.only_once
    dated = parse_schedule("2026-12-05 14:00-17:00; 2026-12-06 14:00-17:00")
    assert dated.only_once
    assert dated.flex is None
    assert not parse_schedule("flex 2u/week; 2026-12-05 14:00-17:00").only_once


def test_only_every_other_week_asks_which_week_is_meant():
    assert parse_schedule("di 19:00-21:00; 2w do 19:00-21:00").week_unknown
    assert not parse_schedule("di 19:00-21:00; 1e do 19:00-21:00; flex 2u/week").week_unknown


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("di 19:00-21:00", "FREQ=WEEKLY;BYDAY=TU"),
        ("2w zo 19:00-21:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"),
        ("1e do 19:00-21:00", "FREQ=MONTHLY;BYDAY=1TH"),
        ("laatste vr 19:00-21:00", "FREQ=MONTHLY;BYDAY=-1FR"),
    ],
)
def test_a_repeating_session_is_a_rule_of_rfc_5545(text, rule):
    assert parse_schedule(text).timed[0].rule() == rule


# What is refused


@pytest.mark.parametrize(
    "text",
    [
        "dinsdag 19:00-21:00",
        "di",
        "19:00-21:00",
        "di 19-21",
        "di 19u00-21u00",
        "di 19:0-21:00",
        "di 19:00",
        "di 19:00-21:00 en do 19:00-21:00",
        "3w di 19:00-21:00",
        "1w di 19:00-21:00",
        "6e di 19:00-21:00",
        "0e di 19:00-21:00",
        "di laatste 19:00-21:00",
        "2w 1e di 19:00-21:00",
        "05/12/2026 14:00-17:00",
        "2026-12-5 14:00-17:00",
        "flex",
        "flex 2",
        "flex 2u",
        "flex -2u/week",
        "flex 2u/maand",
        "flex u/week",
        "di ١٩:00-21:00",
        "di 19:00-21:00, do 19:00-21:00",
        "di 19:00-21:00|do 19:00-21:00",
        "elke week",
    ],
)
def test_an_unreadable_text_names_itself_and_what_was_expected(text):
    with pytest.raises(InputError, match=r"must be sessions separated by ';', each like 'di 19:00-21:00'") as info:
        parse_schedule(text)
    assert info.value.problems[0].value == text


def test_an_unreadable_piece_is_pointed_at_among_good_ones():
    with pytest.raises(InputError, match=r"Look at 'woensdag 10:00-12:00'"):
        parse_schedule("di 19:00-21:00; woensdag 10:00-12:00; vr 19:00-21:00")


@pytest.mark.parametrize("text", ["", " ", ";", " ; ;"])
def test_a_text_without_sessions_is_refused(text):
    with pytest.raises(InputError, match="must be sessions separated by ';'"):
        parse_schedule(text)


@pytest.mark.parametrize("hours", ["21:00-19:00", "19:00-19:00", "22:00-02:00", "22:00-00:00"])
def test_an_end_before_or_on_its_start_is_refused_with_the_way_to_write_it(hours):
    with pytest.raises(InputError, match=r"must have an end after its start.*vr 22:00-24:00; za 00:00-02:00"):
        parse_schedule(f"vr {hours}")


@pytest.mark.parametrize("hours", ["24:00-24:00", "22:00-24:01", "22:00-25:00", "19:60-21:00", "19:00-20:75"])
def test_a_time_that_is_not_on_the_clock_is_refused(hours):
    with pytest.raises(InputError, match="must have times from 00:00 to 24:00, and 24:00 as an end only"):
        parse_schedule(f"vr {hours}")


@pytest.mark.parametrize("day", ["2026-02-29", "2026-13-01", "2026-11-31", "0000-01-01"])
def test_a_date_that_is_not_on_the_calendar_is_refused(day):
    with pytest.raises(InputError, match=f"must have dates of the calendar.*Look at {day}"):
        parse_schedule(f"{day} 10:00-12:00")


@pytest.mark.parametrize("hours", ["0", "0.4", "0,49", "40.1", "41", "168"])
def test_hours_by_agreement_lie_from_a_half_to_forty(hours):
    with pytest.raises(InputError, match="must have 0.5 to 40 hours after 'flex'"):
        parse_schedule(f"flex {hours}u/week")


def test_hours_by_agreement_stand_at_most_once():
    with pytest.raises(InputError, match="must have at most one 'flex'"):
        parse_schedule("flex 2u/week; di 19:00-21:00; flex 3u/week")


def test_a_long_text_is_cut_in_the_message():
    with pytest.raises(InputError, match="must be sessions") as info:
        parse_schedule("x" * 500)
    assert len(str(info.value.problems[0].value)) <= 81


# Overlap


@pytest.mark.parametrize(
    "text",
    [
        "di 19:00-21:00; di 20:00-22:00",
        "di 19:00-21:00; tue 19:00-21:00",
        "di 19:00-22:00; di 20:00-21:00",
        "di 19:00-21:00; 2w di 20:59-22:00",
        "2w di 19:00-21:00; 2w di 20:00-22:00",
        "di 19:00-21:00; 1e di 19:00-21:00",
        "2w di 19:00-21:00; 3e di 19:00-21:00",
        "laatste di 19:00-21:00; 4e di 20:00-21:00",
        "laatste di 19:00-21:00; 5e di 20:00-21:00",
        "2w di 19:00-21:00; 5e di 20:00-21:00",
        "2026-12-05 14:00-17:00; 2026-12-05 16:00-18:00",
        "za 14:00-17:00; 2026-12-05 16:00-18:00",
        "1e za 14:00-17:00; 2026-12-05 16:00-18:00",
        "ma 10:00-11:00; di 19:00-21:00; wo 10:00-11:00; di 20:00-22:00",
    ],
)
def test_sessions_that_overlap_are_an_error(text):
    with pytest.raises(InputError, match="must be sessions that do not overlap.*parallel groups"):
        read_schedule(text)


@pytest.mark.parametrize(
    "text",
    [
        "di 19:00-20:00; di 20:00-21:00",
        "di 19:00-21:00; do 19:00-21:00",
        "1e di 19:00-21:00; 3e di 19:00-21:00",
        "1e di 19:00-21:00; laatste di 19:00-21:00",
        "4e di 19:00-21:00; 5e di 19:00-21:00",
        "1e za 14:00-17:00; 2026-12-12 14:00-17:00",
        "2026-12-05 14:00-17:00; 2026-12-06 14:00-17:00",
        "2026-12-05 14:00-17:00; 2026-12-05 17:00-18:00",
        "flex 2u/week; di 19:00-21:00",
    ],
)
def test_sessions_that_touch_or_never_meet_are_fine(text):
    assert len(read_schedule(text).sessions) == 2


@pytest.mark.parametrize("day", ["2027-03-02", "2028-10-03", "2035-01-02"])
def test_a_dated_session_on_a_weekly_one_is_an_overlap_however_far_ahead(day):
    with pytest.raises(InputError, match="must be sessions that do not overlap"):
        read_schedule(f"di 19:00-21:00; {day} 19:00-21:00")


def test_a_dated_session_late_in_a_long_run_is_an_overlap():
    with pytest.raises(InputError, match="must be sessions that do not overlap"):
        read_schedule(
            "di 19:00-21:00; 2031-01-07 20:00-22:00", start_date=date(2026, 1, 1), end_date=date(2032, 1, 1)
        )


@pytest.mark.parametrize("day", ["2026-08-25", "2027-07-06"])
def test_a_dated_session_before_or_after_the_run_does_not_overlap(day):
    text = f"di 19:00-21:00; {day} 19:00-21:00"
    assert read_schedule(text, start_date=date(2026, 9, 1), end_date=date(2027, 6, 30))


def test_a_dated_session_in_a_pause_does_not_overlap_the_session_that_is_taken_away():
    text = "di 19:00-21:00; 2026-12-29 20:00-22:00"
    dates = {"start_date": date(2026, 9, 1), "end_date": date(2027, 6, 30)}
    with pytest.raises(InputError, match="must be sessions that do not overlap"):
        read_schedule(text, **dates)
    assert read_schedule(text, **dates, pauses=(parse_pause("12-21..01-03"),))


def test_sessions_whose_rules_meet_only_outside_the_dates_do_not_overlap():
    text = "laatste di 19:00-21:00; 5e di 19:00-21:00"
    assert read_schedule(text, start_date=date(2026, 10, 1), end_date=date(2026, 11, 30))
    with pytest.raises(InputError, match="must be sessions that do not overlap"):
        read_schedule(text, start_date=date(2026, 10, 1), end_date=date(2026, 12, 31))


# Pauses


@pytest.mark.parametrize(
    ("pause", "inside", "outside"),
    [
        ("12-21..01-03", ["2026-12-21", "2026-12-31", "2027-01-01", "2027-01-03", "2031-12-25"],
         ["2026-12-20", "2027-01-04", "2027-06-01"]),
        ("07-01..08-31", ["2026-07-01", "2030-08-31", "2027-07-15"], ["2026-06-30", "2026-09-01"]),
        ("11-11..11-11", ["2026-11-11", "2027-11-11"], ["2026-11-10", "2026-11-12"]),
        ("02-29..02-29", ["2028-02-29"], ["2027-02-28", "2027-03-01"]),
        ("2026-12-21..2027-01-03", ["2026-12-21", "2027-01-01", "2027-01-03"],
         ["2026-12-20", "2027-01-04", "2027-12-25", "2025-12-25"]),
        ("2026-11-11..2026-11-11", ["2026-11-11"], ["2027-11-11"]),
    ],
)  # fmt: skip
def test_a_pause_holds_both_its_ends_and_may_pass_new_year(pause, inside, outside):
    found = parse_pause(pause)
    assert [day for day in inside + outside if date.fromisoformat(day) in found] == inside
    assert str(found) == pause


def test_blanks_in_a_pause_do_not_matter():
    assert parse_pause(" 12-21 .. 01-03 ") == Pause((12, 21), (1, 3))


@pytest.mark.parametrize(
    "text",
    ["", "12-21", "12-21-01-03", "12-21/01-03", "21/12..03/01", "13-01..13-05", "02-30..03-01", "12-21..",
     "2026-02-29..2026-03-02", "12-21...01-03", "kerst"],
)  # fmt: skip
def test_an_unreadable_pause_is_refused_with_what_was_expected(text):
    with pytest.raises(InputError, match=r"must be 'MM-DD\.\.MM-DD' or 'YYYY-MM-DD\.\.YYYY-MM-DD'"):
        parse_pause(text)


def test_a_pause_with_a_year_on_one_side_only_is_refused():
    with pytest.raises(InputError, match="Write both ends with a year, or both without"):
        parse_pause("12-21..2027-01-03")


def test_a_dated_pause_that_ends_before_its_start_is_refused():
    with pytest.raises(InputError, match="must end on or after its start"):
        parse_pause("2027-01-03..2026-12-21")


def test_a_pause_takes_away_repeating_sessions_but_not_a_session_with_its_own_date():
    text = "di 19:00-21:00; laatste za 10:00-12:00; 2026-12-24 14:00-17:00"
    assert days_of(text, "2026-12-14", "2027-01-10", pauses=("12-21..01-03",)) == [
        "2026-12-15",
        "2026-12-24",
        "2027-01-05",
    ]


def test_a_pause_does_not_shift_which_weeks_are_meant():
    days = days_of("2w di 19:00-21:00", "2026-12-01", "2027-01-31", start="2026-12-01", pauses=("12-21..01-03",))
    assert days == ["2026-12-01", "2026-12-15", "2027-01-12", "2027-01-26"]


# Which days


def test_both_ends_of_the_days_looked_at_count():
    assert days_of("di 19:00-21:00", "2026-11-24", "2026-12-01") == ["2026-11-24", "2026-12-01"]
    assert days_of("2026-11-24 19:00-21:00", "2026-11-24", "2026-11-24") == ["2026-11-24"]
    assert days_of("di 19:00-21:00; 2026-11-24 09:00-10:00", "2026-11-25", "2026-11-24") == []


def test_the_first_such_day_on_or_after_the_start_date_is_a_session_of_every_other_week():
    # a Wednesday: the Tuesday of the next week is the first
    assert days_of("2w di 19:00-21:00", "2026-09-02", "2026-10-07", start="2026-09-02") == [
        "2026-09-08",
        "2026-09-22",
        "2026-10-06",
    ]
    assert days_of("2w di 19:00-21:00", "2026-09-01", "2026-09-30", start="2026-09-01") == [
        "2026-09-01",
        "2026-09-15",
        "2026-09-29",
    ]


def test_every_other_week_keeps_its_weeks_when_looked_at_from_later():
    assert days_of("2w di 19:00-21:00", "2026-09-10", "2026-10-07", start="2026-09-02") == [
        "2026-09-22",
        "2026-10-06",
    ]


def test_every_other_week_without_start_date_counts_from_the_first_such_day_of_2024():
    assert days_of("2w ma 19:00-21:00", "2024-01-01", "2024-01-31") == [
        "2024-01-01",
        "2024-01-15",
        "2024-01-29",
    ]
    assert days_of("2w zo 19:00-21:00", "2024-01-01", "2024-01-31") == ["2024-01-07", "2024-01-21"]


def test_a_month_without_a_fifth_has_none_and_the_last_may_be_the_fourth():
    assert days_of("5e di 19:00-21:00", "2026-09-01", "2027-03-31") == [
        "2026-09-29",
        "2026-12-29",
        "2027-03-30",
    ]
    assert days_of("laatste di 19:00-21:00", "2026-09-01", "2026-12-31") == [
        "2026-09-29",
        "2026-10-27",
        "2026-11-24",
        "2026-12-29",
    ]


def test_positions_count_days_not_weeks_of_the_month():
    # November 2026 starts on a Sunday
    assert days_of("1e zo 10:00-11:00", "2026-11-01", "2026-11-30") == ["2026-11-01"]
    assert days_of("1e ma 10:00-11:00", "2026-11-01", "2026-11-30") == ["2026-11-02"]
    assert days_of("2e zo 10:00-11:00", "2026-11-01", "2026-11-30") == ["2026-11-08"]


def test_the_sessions_come_in_order_of_time():
    schedule = parse_schedule("wo 19:00-21:00; 2026-11-25 14:00-15:00; wo 09:00-10:00; ma 10:00-11:00")
    found = schedule.occurrences(date(2026, 11, 23), date(2026, 11, 30))
    assert [(day.isoformat(), session.start_min // 60) for day, session in found] == [
        ("2026-11-23", 10),
        ("2026-11-25", 9),
        ("2026-11-25", 14),
        ("2026-11-25", 19),
        ("2026-11-30", 10),
    ]


def test_hours_by_agreement_have_no_days_of_their_own():
    assert days_of("flex 2u/week", "2026-01-01", "2026-12-31") == []


def test_expansion_equals_that_of_dateutil():
    rng = random.Random(20261123)
    for _ in range(600):
        start = date(2023, 1, 1) + timedelta(days=rng.randrange(2500))
        last = start + timedelta(days=rng.randrange(0, 900))
        first = start + timedelta(days=rng.randrange(0, 400))
        day = rng.randrange(7)
        dtstart = datetime(start.year, start.month, start.day)
        if rng.random() < 0.5:
            position = rng.choice((1, 2, 3, 4, 5, -1))
            session: Weekly | Monthly = Monthly(position, day, SEVEN, NINE)
            rule = rrule(MONTHLY, byweekday=RRULE_DAYS[day](position), dtstart=dtstart)
        else:
            interval = rng.choice((1, 2))
            while dtstart.weekday() != day:
                dtstart += timedelta(days=1)
            session = Weekly(day, SEVEN, NINE, interval=interval)
            rule = rrule(WEEKLY, interval=interval, byweekday=RRULE_DAYS[day], dtstart=dtstart)
        midnight = datetime.min.time()
        between = (datetime.combine(first, midnight), datetime.combine(last, midnight))
        expected = [one.date() for one in rule.between(*between, inc=True)] if first <= last else []
        found = Schedule((session,)).occurrences(first, last, start_date=start)
        assert [one for one, _ in found] == expected, (session, start, first, last)
        own = rule_of(session, start)
        assert first > last or [one.date() for one in own.between(*between, inc=True)] == expected


def test_every_other_week_without_start_date_equals_dateutil_from_2024():
    rng = random.Random(7)
    for _ in range(100):
        day = rng.randrange(7)
        first = date(2025, 6, 1) + timedelta(days=rng.randrange(900))
        last = first + timedelta(days=200)
        rule = rrule(WEEKLY, interval=2, dtstart=datetime(2024, 1, 1 + day))
        expected = rule.between(datetime(*first.timetuple()[:3]), datetime(*last.timetuple()[:3]), inc=True)
        found = Schedule((Weekly(day, SEVEN, NINE, interval=2),)).occurrences(first, last)
        assert [one for one, _ in found] == [one.date() for one in expected]


# Local time


@pytest.mark.parametrize(
    ("day", "minute", "moment"),
    [
        (date(2026, 11, 24), SEVEN, "2026-11-24T19:00:00+01:00"),
        (date(2026, 6, 24), SEVEN, "2026-06-24T19:00:00+02:00"),
        (date(2026, 10, 25), 60, "2026-10-25T01:00:00+02:00"),
        (date(2026, 10, 25), 240, "2026-10-25T04:00:00+01:00"),
        (date(2027, 3, 28), 60, "2027-03-28T01:00:00+01:00"),
        (date(2027, 3, 28), 240, "2027-03-28T04:00:00+02:00"),
        (date(2026, 12, 31), 1440, "2027-01-01T00:00:00+01:00"),
    ],
)
def test_times_are_those_of_the_clock_in_brussels(day, minute, moment):
    assert local_time(day, minute).isoformat() == moment


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28)])
def test_the_change_of_summer_time_neither_adds_nor_takes_an_hour(day):
    ((found, session),) = parse_schedule("zo 01:00-04:00").occurrences(day, day)
    assert found == day
    assert session.end_min - session.start_min == 180
    week = read_availability(["zo 01:00-04:00"])
    assert week.attended_min(day.weekday(), session.start_min, session.end_min, drop_in=False) == 180


# Availability


@pytest.mark.parametrize(
    ("entries", "texts"),
    [
        ([], []),
        (["ma 09:00-12:00"], ["ma 09:00-12:00"]),
        (["MON 9:00 - 12:00"], ["ma 09:00-12:00"]),
        (["ma 09:00-11:00", "ma 11:00-12:00"], ["ma 09:00-12:00"]),
        (["ma 11:00-12:00", "mon 09:00-11:00"], ["ma 09:00-12:00"]),
        (["ma 09:00-11:00", "ma 10:00-12:00"], ["ma 09:00-12:00"]),
        (["ma 09:00-18:00", "ma 10:00-12:00"], ["ma 09:00-18:00"]),
        (["ma 09:00-10:00", "ma 11:00-12:00", "ma 10:00-11:00"], ["ma 09:00-12:00"]),
        (["ma 09:00-10:00", "ma 10:01-12:00"], ["ma 09:00-10:00", "ma 10:01-12:00"]),
        (["ma 09:00-11:00", "di 11:00-12:00"], ["ma 09:00-11:00", "di 11:00-12:00"]),
        (["ma 09:00-11:00", "ma 09:00-11:00"], ["ma 09:00-11:00"]),
        (["zo 20:00-24:00", "ma 00:00-02:00"], ["ma 00:00-02:00", "zo 20:00-24:00"]),
        (["ma 20:00-24:00", "di 00:00-02:00"], ["ma 20:00-24:00", "di 00:00-02:00"]),
    ],
)
def test_entries_of_one_day_that_touch_or_overlap_are_one_stretch_and_midnight_parts_them(entries, texts):
    assert read_availability(entries).texts() == texts


@pytest.mark.slow
def test_joining_stretches_equals_marking_minutes():
    rng = random.Random(11)
    for _ in range(200):
        entries, marked = [], [[False] * 1440 for _ in range(7)]
        for _ in range(rng.randint(0, 12)):
            day, start = rng.randrange(7), rng.randrange(0, 1440)
            end = rng.randrange(start + 1, min(1440, start + 400) + 1)
            entries.append(f"{rng.choice((DAYS_NL, DAYS_EN))[day]} {clock(start)}-{clock(end)}")
            marked[day][start:end] = [True] * (end - start)
        week = read_availability(entries)
        assert week.free_min == sum(map(sum, marked))
        for day, stretches in enumerate(week.stretches):
            assert [any(a <= m < b for a, b in stretches) for m in range(1440)] == marked[day]
            assert all(one[1] < other[0] for one, other in pairwise(stretches))


def test_free_time_of_the_week_is_counted():
    week = read_availability(["ma 09:00-12:00", "wo 13:00-17:00", "wo 17:00-17:30"])
    assert (week.free_min, week.longest_min) == (180 + 270, 270)
    nothing = read_availability([])
    assert (nothing.free_min, nothing.longest_min) == (0, 0)


def test_each_unreadable_entry_is_named_by_its_number():
    with pytest.raises(InputError, match=r"\[1\] must be a day and hours, like 'ma 09:00-12:00'") as info:
        read_availability(["ma 09:00-12:00", "maandag", "di 12:00-09:00", "wo 10:00-25:00"])
    assert [problem.key for problem in info.value.problems] == ["[1]", "[2]", "[3]"]
    assert [problem.value for problem in info.value.problems] == [
        "maandag",
        "di 12:00-09:00",
        "wo 10:00-25:00",
    ]


@pytest.mark.parametrize("entry", ["", "2w ma 09:00-12:00", "1e ma 09:00-12:00", "2026-11-24 09:00-12:00",
                                   "ma 09:00-12:00; di 09:00-12:00", "ma", "flex 2u/week"])  # fmt: skip
def test_availability_knows_only_a_day_and_hours(entry):
    with pytest.raises(InputError, match="must be a day and hours"):
        read_availability([entry])


# Being there


def counted(entries: list[str], session: str, *, drop_in: bool) -> int:
    (timed,) = parse_schedule(session).timed
    return read_availability(entries).attended_min(timed.day, timed.start_min, timed.end_min, drop_in=drop_in)


@pytest.mark.parametrize(
    ("entries", "minutes"),
    [
        (["di 19:00-21:00"], 120),
        (["di 08:00-22:00"], 120),
        (["di 19:00-20:00", "di 20:00-21:00"], 120),
        (["di 19:00-20:59"], 0),
        (["di 19:01-22:00"], 0),
        (["di 18:00-20:00", "di 20:01-22:00"], 0),
        (["wo 19:00-21:00"], 0),
        ([], 0),
    ],
)
def test_a_session_to_be_there_for_whole_lies_within_one_stretch(entries, minutes):
    assert counted(entries, "di 19:00-21:00", drop_in=False) == minutes


@pytest.mark.parametrize(
    ("session", "entries", "minutes"),
    [
        ("di 13:00-17:00", ["di 13:00-14:00"], 60),
        ("di 13:00-17:00", ["di 12:00-14:00"], 60),
        ("di 13:00-17:00", ["di 13:00-13:59"], 0),
        ("di 13:00-17:00", ["di 13:00-13:30", "di 15:00-15:30"], 60),
        ("di 13:00-17:00", ["di 12:00-13:30", "di 16:31-18:00"], 0),
        ("di 13:00-17:00", ["di 08:00-22:00"], 180),
        ("di 13:00-17:00", ["di 13:00-15:00", "di 15:30-17:00"], 180),
        ("di 13:00-16:00", ["di 08:00-22:00"], 180),
        ("di 13:00-15:00", ["di 08:00-22:00"], 120),
        ("di 13:00-13:45", ["di 13:00-13:45"], 45),
        ("di 13:00-13:45", ["di 12:00-13:20", "di 13:20-14:00"], 45),
        ("di 13:00-13:45", ["di 13:00-13:44"], 0),
        ("di 13:00-13:45", ["di 13:00-13:20", "di 13:21-13:45"], 0),
        ("di 13:00-17:00", ["wo 13:00-17:00"], 0),
        ("di 00:00-24:00", ["di 00:00-24:00"], 180),
    ],
)
def test_a_drop_in_session_takes_an_hour_or_all_of_a_shorter_one_and_counts_three_hours_at_most(
    session, entries, minutes
):
    assert counted(entries, session, drop_in=True) == minutes


def test_stretches_of_an_empty_week_are_seven_empty_days():
    assert read_availability([]) == Availability(((),) * 7)
