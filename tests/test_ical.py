from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offers import TODAY, activities, coming_sessions

from matcher.model import Proposal, read_activity
from matcher.readers.csv_offer import read_offer
from matcher.readers.ical import read_ical
from matcher.vocabulary import data_folder
from matcher.writers.ical import write_ical

SAMPLES = Path(__file__).parent / "data" / "ical"
TUESDAY = "DTSTART;TZID=Europe/Brussels:20261124T190000\nDTEND;TZID=Europe/Brussels:20261124T210000"
ANY_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def read(path):
    found = list(read_ical(path, today=TODAY))
    records = [one for one in found if isinstance(one, Proposal)]
    return records, [one for one in found if not isinstance(one, Proposal)]


@pytest.fixture
def read_text(tmp_path):
    def read_text_(text, *, end="\r\n", encoding="utf-8"):
        file = tmp_path / "agenda.ics"
        file.write_bytes(text.replace("\n", end).encode(encoding))
        return read(file)

    return read_text_


def calendar(*events, extra=""):
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{extra}{body}END:VCALENDAR\n"


def event(uid="1", times=TUESDAY, title="Praatcafé", more=""):
    return f"UID:{uid}\nSUMMARY:{title}\n{times}" + (f"\n{more}" if more else "")


def codes(problems):
    return [(problem.severity, problem.code) for problem in problems]


def schedules(records):
    return [str(record.schedule) for record in records]


# Calendars as programs write them


def by_title(name):
    records, problems = read(SAMPLES / name)
    return {record.title: record for record in records}, problems


def test_a_calendar_of_google():
    records, problems = by_title("google.ics")
    assert codes(problems) == [
        ("note", "private"),
        ("note", "organiser_assumed"),
        ("warning", "hours_unknown"),
        ("note", "over"),
    ]
    assert list(records) == ["Babbelavond", "Sinterklaasquiz, online", "Gesloten: kerstvakantie"]
    evening = records["Babbelavond"].to_json()
    assert evening.pop("id").startswith("ical-6hr3ge9mckq64b9o60pjcb9kccs3ab9o-google-com-")
    assert evening == {
        "title": "Babbelavond",
        "description": "Kom babbelen in het Nederlands.\nKoffie gratis !",
        "organiser": "Buurthuis De Brem (verzonnen)",
        "schedule": "di 19:00-21:00; 2026-12-02 19:30-21:30",
        "start_date": "2026-09-08",
        "end_date": "2027-06-29",
        "pauses": ["2026-11-03..2026-11-03", "2026-12-01..2026-12-01", "2026-12-22..2026-12-29"],
        "place": "Buurthuis De Brem",
        "address": "Kerkstraat 14",
        "postal_code": "3020",
        "municipality": "Herent",
        "source": "ical",
        "last_verified": "2026-10-12",
        "assumed": ["organiser"],
    }
    assert str(records["Sinterklaasquiz, online"].schedule) == "2026-12-05 14:00-17:00"
    assert records["Sinterklaasquiz, online"].place == "online"


def test_no_person_is_taken_over():
    for name in ("google.ics", "wordpress.ics"):
        records, problems = read(SAMPLES / name)
        text = " ".join(map(str, [record.to_json() for record in records] + problems))
        assert "Persoon" not in text
        assert "@example.org" not in text


def test_a_calendar_of_outlook():
    records, problems = by_title("outlook.ics")
    assert codes(problems) == [("note", "title_mark"), ("warning", "hours_unknown")]
    assert str(records["Naaicafé"].schedule) == "1e do 09:30-12:00"
    assert [day.isoformat() for day, _, _ in coming_sessions(records["Repetitie koor"])][:3] == [
        "2026-11-26",
        "2026-12-08",
        "2026-12-10",
    ]
    assert records["Inspiratiedag vrijwilligers"].schedule is None
    assert records["Infoavond"].status == "cancelled"
    assert {record.organiser for record in records.values()} == {None}


def test_a_calendar_of_nextcloud():
    records, problems = by_title("nextcloud.ics")
    assert codes(problems) == [("note", "organiser_assumed"), ("note", "expanded")]
    walk = records["Zondagse wandeling"]
    assert str(walk.schedule) == "1e zo 13:30-16:30; 3e zo 13:30-16:30; 2026-12-26 13:30-16:30"
    assert (walk.place, walk.address, walk.postal_code) == ("Station Herent", "Stationsplein", "3020")
    assert walk.interests == ("walking", "nature")
    assert (walk.lat, walk.lon) == (50.9012, 4.6701)
    night = records["Nachtwandeling met soep"]
    assert str(night.schedule).startswith("2027-01-23 18:00-24:00; 2027-01-24 00:00-01:00")


def test_a_calendar_of_wordpress():
    records, problems = by_title("wordpress.ics")
    assert codes(problems) == [
        ("error", "end_before_start"),
        ("note", "organiser_assumed"),
        ("warning", "hours_unknown"),
        ("warning", "hours_unknown"),
    ]
    assert problems[0].place == "VEVENT 3 (line 34)"
    cafe = records["Repair Café"]
    assert (cafe.place, cafe.address, cafe.municipality) == ("De Kei", "Dorpsstraat 1", "Veltem-Beisem")
    assert cafe.url == cafe.source_url == "https://dekei.example.org/event/repair-cafe/"
    assert records["Concert zonder einduur"].start_date == date(2026, 12, 11)


# Times


def test_a_weekly_evening_stays_at_its_hour_in_summer(read_text):
    (record,), problems = read_text(calendar(event(times=TUESDAY + "\nRRULE:FREQ=WEEKLY")))
    assert (str(record.schedule), record.end_date, problems) == ("di 19:00-21:00", None, [])


@pytest.mark.parametrize(
    ("start", "hours"),
    [
        ("DTSTART:20261124T190000", "19:00-21:00"),
        ("DTSTART:20261124T190000Z", "20:00-22:00"),
        ("DTSTART;TZID=Europe/London:20261124T190000", "20:00-22:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20261124T190000", "19:00-21:00"),
        ('DTSTART;TZID="/citadel.org/20210210_1/Europe/Brussels":20261124T190000', "19:00-21:00"),
        ("DTSTART;VALUE=DATE-TIME;TZID=Europe/Brussels:20261124T190000", "19:00-21:00"),
    ],
)
def test_a_moment_is_told_in_the_time_of_brussels(read_text, start, hours):
    (record,), problems = read_text(calendar(event(times=start + "\nDURATION:PT2H")))
    assert (str(record.schedule), problems) == (f"2026-11-24 {hours}", [])


def test_a_zone_that_nothing_is_known_of_leaves_the_hours_unknown(read_text):
    times = "DTSTART;TZID=Ergens/Anders:20261124T190000\nDTEND;TZID=Ergens/Anders:20261124T210000"
    (record,), problems = read_text(calendar(event(times=times)))
    assert (record.schedule, record.start_date) == (None, date(2026, 11, 24))
    assert codes(problems) == [("warning", "zone"), ("warning", "hours_unknown")]
    assert problems[0].value == "Ergens/Anders"


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=YEARLY;BYHOUR=1,2,3;BYSECOND=1,2,3", "FREQ=DAILY"])
def test_a_zone_with_an_absurd_rule_is_not_followed(read_text, rule):
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Eigen\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0200\n"
        f"TZOFFSETTO:+0100\nRRULE:{rule}\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    _, problems = read_text(calendar(event(times="DTSTART;TZID=Eigen:20261124T190000"), extra=zone))
    assert ("warning", "zone") in codes(problems)


def test_a_zone_may_be_described_after_the_events_that_use_it(read_text):
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Eigen\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0300\n"
        "TZOFFSETTO:+0300\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    text = calendar(event(times="DTSTART;TZID=Eigen:20261124T190000\nDURATION:PT1H"))
    (record,), _ = read_text(text.replace("END:VCALENDAR\n", zone + "END:VCALENDAR\n"))
    assert str(record.schedule) == "2026-11-24 17:00-18:00"


@pytest.mark.parametrize(
    ("times", "code"),
    [
        ("DTSTART:99991231T190000", "date"),
        ("DTSTART:18990101T190000", "date"),
        ("DTSTART:20261124T190000\nDTEND:99991231T000000", "date"),
        ("DTSTART:20261124T190000\nDTEND:20261124T180000", "end_before_start"),
        ("DTSTART:20261124T190000\nDURATION:-PT1H", "end_before_start"),
        ("DTSTART:20261324T190000", "time"),
        ("DTSTART:morgen", "time"),
        ("DTEND:20261124T190000", "missing"),
        ("DTSTART:20261124T190000\nEXDATE:gisteren", "time"),
    ],
)
def test_times_that_cannot_be_meant_are_one_problem_and_the_rest_loads(read_text, times, code):
    records, problems = read_text(calendar(event("1"), event("2", times=times), event("3", title="Kook")))
    assert [record.title for record in records] == ["Praatcafé", "Kook"]
    assert codes(problems) == [("error", code)]
    assert problems[0].place == "VEVENT 2 (line 9)"


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;INTERVAL=999999"])
def test_an_absurd_rule_leaves_the_schedule_unknown(read_text, rule):
    (record,), problems = read_text(calendar(event(times=f"{TUESDAY}\nRRULE:{rule}")))
    assert (record.schedule, record.start_date) == (None, date(2026, 11, 24))
    assert codes(problems) == [("warning", "recurrence")]
    assert problems[0].value == rule


def test_ten_thousand_exceptions_in_either_way_of_writing_are_read(read_text):
    days = [
        (date(2026, 11, 24) + timedelta(days=2 * number)).strftime("%Y%m%dT190000") for number in range(10_000)
    ]
    for out in ("EXDATE:" + ",".join(days), "\n".join(f"EXDATE:{day}" for day in days)):
        (record,), _ = read_text(
            calendar(event(times=f"DTSTART:20261124T190000\nDURATION:PT2H\nRRULE:FREQ=DAILY\n{out}"))
        )
        assert [day.toordinal() % 2 for day, _, _ in coming_sessions(record)] == [
            date(2026, 11, 25).toordinal() % 2
        ] * 182


def test_a_whole_day_that_falls_out_takes_its_session_along(read_text):
    times = f"{TUESDAY}\nRRULE:FREQ=WEEKLY\nEXDATE;VALUE=DATE:20261201"
    (record,), _ = read_text(calendar(event(times=times)))
    assert [str(pause) for pause in record.pauses] == ["2026-12-01..2026-12-01"]


def test_a_session_beside_the_rule_may_have_an_end_of_its_own(read_text):
    more = "RDATE;VALUE=PERIOD;TZID=Europe/Brussels:20261203T140000/20261203T150000,20261204T140000/PT3H"
    (record,), _ = read_text(calendar(event(times=f"{TUESDAY}\nRRULE:FREQ=WEEKLY\n{more}")))
    assert str(record.schedule) == "di 19:00-21:00; 2026-12-03 14:00-15:00; 2026-12-04 14:00-17:00"


def test_a_cancelled_and_a_moved_session_are_left_out_of_the_rule(read_text):
    gone = "RECURRENCE-ID;TZID=Europe/Brussels:20261201T190000\nSTATUS:CANCELLED"
    moved = "RECURRENCE-ID:20261208T180000Z"
    (record,), problems = read_text(
        calendar(
            event(times=f"{TUESDAY}\nRRULE:FREQ=WEEKLY"),
            event(more=gone),
            event(times="DTSTART:20261209T200000\nDTEND:20261209T220000", more=moved),
        )
    )
    assert str(record.schedule) == "di 19:00-21:00; 2026-12-09 20:00-22:00"
    assert [str(pause) for pause in record.pauses] == ["2026-12-01..2026-12-08"]
    assert problems == []


def test_a_change_of_all_later_sessions_is_left_for_a_person(read_text):
    later = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Brussels:20261201T190000"
    (record,), problems = read_text(calendar(event(times=f"{TUESDAY}\nRRULE:FREQ=WEEKLY"), event(more=later)))
    assert record.schedule is None
    assert codes(problems) == [("warning", "recurrence")]


def test_a_moved_session_without_its_series_is_an_activity_of_its_own(read_text):
    (record,), _ = read_text(calendar(event(more="RECURRENCE-ID:20261124T180000Z")))
    assert schedules([record]) == ["2026-11-24 19:00-21:00"]


# Which events are one activity


@pytest.mark.parametrize("until", ["99991231T235959Z", "99991231", "99991231T235959"])
def test_a_rule_until_the_year_9999_has_no_end(read_text, until):
    (record,), problems = read_text(calendar(event(more=f"RRULE:FREQ=WEEKLY;UNTIL={until}")))
    assert (str(record.schedule), record.end_date, problems) == ("di 19:00-21:00", None, [])


def test_a_length_beyond_all_years_is_one_problem_and_the_rest_loads(read_text):
    records, problems = read_text(calendar(event("1", "DTSTART:20261124T180000Z\nDURATION:P9999999D"), event("2")))
    assert [len(records), *codes(problems)] == [1, ("error", "date")]


def test_what_lasts_over_the_weekend_ends_on_its_last_day(read_text):
    times = "DTSTART;TZID=Europe/Brussels:20261204T180000\nDTEND;TZID=Europe/Brussels:20261206T160000"
    (record,), problems = read_text(calendar(event("1", times)))
    assert (str(record.start_date), str(record.end_date)) == ("2026-12-04", "2026-12-06")
    assert codes(problems) == [("warning", "hours_unknown")]


@pytest.mark.parametrize("day", ["VALUE=DATE:20261201", "TZID=Europe/Brussels:20261201T000000"])
def test_a_session_may_be_named_by_its_day_alone(read_text, day):
    times = "DTSTART;TZID=Europe/Brussels:20261201T120000\nDTEND;TZID=Europe/Brussels:20261201T130000"
    moved = event("1", f"RECURRENCE-ID;{day}\n{times}")
    (record,), _ = read_text(calendar(event("1", more="RRULE:FREQ=WEEKLY;COUNT=3"), moved))
    assert str(record.schedule) == "2026-11-24 19:00-21:00; 2026-12-01 12:00-13:00; 2026-12-08 19:00-21:00"
    (record,), _ = read_text(calendar(event("1", more=f"RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;{day}")))
    assert str(record.schedule) == "2026-11-24 19:00-21:00; 2026-12-08 19:00-21:00"


def test_a_session_beside_the_rule_may_fall_out_or_be_moved(read_text):
    more = "RDATE;TZID=Europe/Brussels:20261126T190000,20261203T190000,20261210T190000\n"
    more += "EXDATE:20261126T180000Z"
    times = "DTSTART;TZID=Europe/Brussels:20261204T200000\nDTEND;TZID=Europe/Brussels:20261204T220000"
    moved = event("1", f"RECURRENCE-ID;TZID=Europe/Brussels:20261203T190000\n{times}")
    (record,), _ = read_text(calendar(event("1", more=more), moved))
    assert str(record.schedule) == "2026-11-24 19:00-21:00; 2026-12-04 20:00-22:00; 2026-12-10 19:00-21:00"


def test_of_versions_of_a_moved_session_the_newest_holds(read_text):
    def version(number, hour):
        times = f"DTSTART;TZID=Europe/Brussels:20261201T{hour}0000\nDTEND;TZID=Europe/Brussels:20261201T230000"
        return event("1", f"RECURRENCE-ID;TZID=Europe/Brussels:20261201T190000\nSEQUENCE:{number}\n{times}")

    weekly = event("1", more="RRULE:FREQ=WEEKLY;COUNT=2")
    (record,), _ = read_text(calendar(weekly, version(3, 20), version(1, 21)))
    assert str(record.schedule) == "2026-11-24 19:00-21:00; 2026-12-01 20:00-23:00"


def test_sessions_that_are_taken_away_by_a_rule_leave_the_schedule_unknown(read_text):
    (record,), problems = read_text(calendar(event(more="RRULE:FREQ=WEEKLY\nEXRULE:FREQ=MONTHLY;BYDAY=1TU")))
    assert (record.schedule, codes(problems)) == (None, [("warning", "recurrence")])


def test_a_list_of_dates_without_dates_says_nothing(read_text):
    (record,), problems = read_text(calendar(event(more="RRULE:FREQ=WEEKLY\nEXDATE:\nRDATE;VALUE=DATE:")))
    assert (str(record.schedule), problems) == ("di 19:00-21:00", [])


@pytest.mark.parametrize(
    ("title", "key", "value"),
    [
        ("AFGELAST Yoga", "status", "cancelled"),
        ("Yoga (volzet)", "places_left", 0),
        ("UITGESTELD: Yoga", "schedule", None),
    ],
)
def test_what_is_written_beside_a_title_is_understood(read_text, title, key, value):
    (record,), problems = read_text(calendar(event(title=title)))
    assert (record.title, getattr(record, key)) == ("Yoga", value)
    assert codes(problems) == [("note", "title_mark")]


def test_a_session_that_is_renamed_as_cancelled_falls_out(read_text):
    off = event(
        "1", f"RECURRENCE-ID;TZID=Europe/Brussels:20261201T190000\n{TUESDAY}", title="GEANNULEERD: Praatcafé"
    )
    (record,), problems = read_text(calendar(event("1", more="RRULE:FREQ=WEEKLY;COUNT=3"), off))
    assert (str(record.schedule), record.status) == ("2026-11-24 19:00-21:00; 2026-12-08 19:00-21:00", None)
    assert codes(problems) == [("note", "title_mark")]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "mailto:jan@example.org"])
def test_what_is_no_address_of_a_page_is_left_out(read_text, url):
    (record,), _ = read_text(calendar(event(more=f"URL:{url}")))
    assert (record.url, record.source_url) == (None, None)


def test_events_with_one_uid_are_one_activity(read_text):
    second = TUESDAY.replace("20261124", "20261126")
    (record,), _ = read_text(calendar(event(), event(times=second)))
    assert schedules([record]) == ["2026-11-24 19:00-21:00; 2026-11-26 19:00-21:00"]


def test_two_titles_under_one_uid_are_two_activities(read_text):
    records, _ = read_text(calendar(event(), event(title="Kookclub")))
    assert [record.title for record in records] == ["Praatcafé", "Kookclub"]
    assert len({record.id for record in records}) == 2


def test_the_newest_version_of_an_event_holds(read_text):
    new = TUESDAY.replace("T19", "T18").replace("T21", "T20")
    (record,), _ = read_text(calendar(event(more="SEQUENCE:1"), event(times=new, more="SEQUENCE:2")))
    assert schedules([record]) == ["2026-11-24 18:00-20:00"]


def test_an_event_without_uid_gets_an_id_and_a_warning(read_text):
    records, problems = read_text(calendar(f"SUMMARY:Praatcafé\n{TUESDAY}"))
    assert codes(problems) == [("warning", "missing")]
    again, _ = read_text(calendar(f"SUMMARY:Praatcafé\n{TUESDAY}"))
    assert records[0].id == again[0].id


def test_several_calendars_stand_in_one_file(read_text):
    text = calendar(event("1"), extra="X-WR-CALNAME:Een\n") + calendar(event("2"), extra="NAME:Twee\n")
    records, _ = read_text(text)
    assert [record.organiser for record in records] == ["Een", "Twee"]


@pytest.mark.parametrize("name", ["jan@example.org", "Agenda", "ACTIVITEITEN", ""])
def test_a_name_of_a_calendar_that_is_no_organisation_is_not_taken(read_text, name):
    (record,), problems = read_text(calendar(event(), extra=f"X-WR-CALNAME:{name}\n"))
    assert (record.organiser, record.assumed, problems) == (None, (), [])


# Broken files


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_way(read_text, end):
    (record,), problems = read_text(calendar(event()), end=end)
    assert (record.title, problems) == ("Praatcafé", [])


def test_a_byte_order_mark_is_skipped(read_text):
    assert len(read_text(calendar(event()), encoding="utf-8-sig")[0]) == 1


def test_a_fold_in_the_middle_of_a_character_is_mended(tmp_path):
    file = tmp_path / "agenda.ics"
    text = calendar(event()).encode()
    file.write_bytes(text.replace("é".encode(), "é".encode()[:1] + b"\n " + "é".encode()[1:]))
    assert read(file)[0][0].title == "Praatcafé"


def test_another_encoding_is_one_problem(read_text):
    records, problems = read_text(calendar(event()), encoding="latin-1")
    assert (records, codes(problems), problems[0].place) == ([], [("error", "encoding")], "5")


@pytest.mark.parametrize("text", ["", "<!doctype html><p>Agenda</p>", "id,title\n1,a\n", "\0\0\0"])
def test_what_is_no_calendar_is_one_problem(read_text, text):
    records, problems = read_text(text)
    assert (records, codes(problems)) == ([], [("error", "ical")])


def test_a_calendar_without_events_is_a_warning(read_text):
    assert codes(read_text(calendar())[1]) == [("warning", "empty")]


def test_an_event_that_is_cut_off_is_one_problem_and_the_rest_loads(read_text):
    text = calendar(event("1"), event("2"))
    records, problems = read_text(text[: text.rindex("DTEND")])
    assert (len(records), codes(problems), problems[0].place) == (1, [("error", "truncated")], "line 9")


def test_an_event_that_is_never_closed_does_not_take_the_next_along(read_text):
    text = calendar(event("1"), event("2"), event("3", title="Kook")).replace("END:VEVENT\n", "", 1)
    records, problems = read_text(text)
    assert [record.title for record in records] == ["Praatcafé", "Kook"]
    assert codes(problems) == [("error", "truncated")]


def test_a_broken_line_is_left_out_and_the_event_stays(read_text):
    (record,), problems = read_text(calendar(event(more="dit is geen regel\nGEO:hier")))
    assert record.lat is None
    assert codes(problems) == [("warning", "ical"), ("warning", "ical")]
    assert "GEO" in [problem.key for problem in problems]


def test_a_value_that_an_activity_cannot_hold_is_left_unknown(read_text):
    (record,), problems = read_text(calendar(event(more="GEO:123.0;4.0\nURL:https://example.org/" + "a" * 3000)))
    assert (record.lat, record.lon, record.url) == (None, None, None)
    assert {problem.severity for problem in problems} == {"warning"}


def test_a_title_that_is_too_long_is_cut(read_text):
    (record,), problems = read_text(calendar(event(title="a" * 400)))
    assert len(record.title) == 300
    assert codes(problems) == [("note", "cut")]


def test_a_file_beyond_the_bound_is_one_problem(tmp_path, monkeypatch):
    monkeypatch.setattr("matcher.readers.ical.MOST_BYTES", 100)
    (tmp_path / "a.ics").write_text(calendar(event()))
    assert codes(read(tmp_path / "a.ics")[1]) == [("error", "too_large")]


@pytest.mark.slow
@ANY_FOLDER
@given(
    st.sampled_from(sorted(SAMPLES.glob("*.ics"))),
    st.lists(
        st.tuples(
            st.integers(0, 5000),
            st.integers(0, 60),
            st.binary(max_size=20)
            | st.sampled_from(
                [
                    b"\n",
                    b"BEGIN:VEVENT\n",
                    b"END:VEVENT\n",
                    b";TZID=",
                    b"99999999T999999Z",
                    b"RRULE:FREQ=DAILY\n",
                    b"-P1W",
                    b'"',
                    b"\\",
                ]
            ),
        ),
        min_size=1,
        max_size=6,
    ),
)
def test_a_damaged_calendar_gives_records_and_problems(tmp_path, sample, damage):
    content = sample.read_bytes()
    for at, n_lost, put in damage:
        content = content[:at] + put + content[at + n_lost :]
    (tmp_path / "a.ics").write_bytes(content)
    for one in read_ical(tmp_path / "a.ics", today=TODAY):
        assert isinstance(one, Proposal) or str(one)


# Written and read back


@pytest.mark.slow
@ANY_FOLDER
@given(st.lists(activities(), max_size=4, unique_by=lambda activity: activity.id))
def test_an_offer_reads_back_with_its_title_place_url_and_sessions(tmp_path, offer):
    file = tmp_path / "offer.ics"
    left_out = write_ical(offer, file, today=TODAY)
    records, problems = read(file)
    assert [problem for problem in problems if problem.severity == "error"] == []
    kept = [activity for activity in offer if activity.id not in {note.key for note in left_out}]
    assert [activity for activity in offer if coming_sessions(activity)] == kept
    assert [(one.title, one.place, one.url, coming_sessions(one)) for one in records] == [
        (one.title, one.place, one.url, coming_sessions(one)) for one in kept
    ]
    assert [one.status == "cancelled" for one in records] == [one.status == "cancelled" for one in kept]


def test_the_demonstration_offer_is_written_the_same_twice_and_reads_back(tmp_path):
    offer, _ = read_offer(data_folder() / "herent_offer.csv")
    notes = write_ical(offer, tmp_path / "a.ics", today=TODAY)
    write_ical(offer, tmp_path / "b.ics", today=TODAY)
    assert (tmp_path / "a.ics").read_bytes() == (tmp_path / "b.ics").read_bytes()
    records, _ = read(tmp_path / "a.ics")
    kept = [activity for activity in offer if activity.id not in {note.key for note in notes}]
    assert [(one.title, coming_sessions(one)) for one in records] == [
        (one.title, coming_sessions(one)) for one in kept
    ]
    assert {note.code for note in notes} == {"left_out"}
    assert len(records) + len(notes) == len(offer)


def test_an_address_on_two_lines_is_written_too(tmp_path):
    said = {"id": "koor", "title": "Koor\nop\r\ndinsdag", "organiser": "vzw", "kind": "culture"}
    url = "https://a.example\nhttps://b.example"
    activity = read_activity({**said, "place": "Zaal\nboven", "url": url, "schedule": "di 19:00-21:00"})
    assert write_ical([activity], tmp_path / "a.ics", today=TODAY) == []
    [found], _ = read(tmp_path / "a.ics")
    assert coming_sessions(found) == coming_sessions(activity)


def test_what_has_disappeared_is_left_out_and_what_is_cancelled_says_so(tmp_path):
    offer, _ = read_offer(data_folder() / "herent_offer.csv")
    weekly = next(one for one in offer if one.id == "praattafel-herent-maandag")
    gone, cancelled = (
        weekly.model_copy(update={"id": status, "status": status}) for status in ("gone", "cancelled")
    )
    (note,) = write_ical([gone, cancelled], tmp_path / "a.ics", today=TODAY)
    assert str(note).endswith("gone has disappeared at its source and is not in the calendar.")
    (record,), _ = read(tmp_path / "a.ics")
    assert record.status == "cancelled"
