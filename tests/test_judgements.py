"""The readers of judgements and outcomes: good lines stay, each bad one is named with its place and remedy."""

import json
from datetime import date

import pytest

from matcher.errors import InputError
from matcher.model.judgements import RELEVANT, Judgements
from matcher.model.outcomes import LIKING, OUTCOMES, REASONS, WITH_REASON, Outcome
from matcher.readers.judgements import read_judgements
from matcher.readers.outcomes import read_outcomes
from matcher.vocabulary import data_folder

PEOPLE = '{"id": "p-1"}\n{"id": "p-2"}\n'
GOOD = {"profile_id": "p-1", "activity_id": "koor", "reader_a": 3, "reader_b": 1.5}
OUTCOME = {"profile_id": "p-1", "activity_id": "koor", "outcome": "chosen", "on": "2026-11-23"}
BOM = b"\xef\xbb\xbf"


@pytest.fixture
def judge(tmp_path):
    """Write a folder of judgements and read it; the problems come as text, without the name of the folder."""

    def from_content(lines, *, people=PEOPLE, toml=None):
        for name, content in (("profiles.jsonl", people), ("judgements.jsonl", lines), ("judgements.toml", toml)):
            if content is not None:
                (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        judgements, problems = read_judgements(tmp_path)
        return judgements, [str(problem).removeprefix(f"{tmp_path}/") for problem in problems]

    return from_content


@pytest.fixture
def note(tmp_path):
    """Write a file of outcomes and read it; the problems come as text, without the name of the file."""

    def from_content(content):
        file = tmp_path / "outcomes.jsonl"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        outcomes, problems = read_outcomes(file)
        assert all(str(problem).startswith(f"{file}:") for problem in problems)
        return outcomes, [str(problem).removeprefix(f"{file}:") for problem in problems]

    return from_content


def line(base, **changes):
    """Write one line; a key that is given as ... is left out."""
    return json.dumps({key: value for key, value in {**base, **changes}.items() if value is not ...})


# Judgements


def test_the_demonstration_judgements_have_no_problem():
    judgements, problems = read_judgements(data_folder() / "judgements")
    assert (len(judgements.profiles), problems, judgements.today) == (14, [], date(2026, 11, 23))
    assert sum(len(of) for of in judgements.grades.values()) == 590
    assert set(judgements.grades) == {profile.id for profile in judgements.profiles}


def test_a_line_gives_the_grades_of_both_readers_and_their_mean_is_the_relevance(judge):
    judgements, problems = judge(line(GOOD) + "\n" + line(GOOD, activity_id="bal", reader_a=0, reader_b=0))
    assert problems == []
    assert judgements.grades == {"p-1": {"koor": (3.0, 1.5), "bal": (0.0, 0.0)}}
    assert judgements.relevance("p-1") == {"koor": 2.25, "bal": 0.0}
    assert [profile.id for profile in judgements.profiles] == ["p-1", "p-2"]


def test_who_was_not_judged_has_no_relevance(judge):
    judgements, _ = judge(line(GOOD))
    assert judgements.relevance("p-2") == judgements.relevance("nobody") == {}
    assert Judgements(profiles=(), grades={}).today is None
    assert RELEVANT == 2.0


def test_a_grade_may_lie_between_two_others_and_at_both_ends(judge):
    lines = [line(GOOD, activity_id=f"a{a}-{b}", reader_a=a, reader_b=b) for a in (0, 0.5, 3) for b in (0, 3.0)]
    judgements, problems = judge("\n".join(lines))
    assert problems == []
    assert len(judgements.grades["p-1"]) == 6


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (line(GOOD, profile_id=...), "profile_id is required."),
        (line(GOOD, activity_id=...), "activity_id is required."),
        (line(GOOD, reader_a=...), "reader_a is required."),
        (line(GOOD, reader_b=...), "reader_b is required."),
        (line(GOOD, profile_id=5), "profile_id must be text; got '5'."),
        (line(GOOD, activity_id=None), "activity_id must be text; got 'None'."),
        (line(GOOD, activity_id=["koor"]), "activity_id must be text; got \"['koor']\"."),
        (line(GOOD, profile_id="p-9"), "profile_id must be one of profiles.jsonl; got 'p-9'."),
        (line(GOOD, reader_a=-1), "reader_a must be a grade from 0 to 3; got '-1'."),
        (line(GOOD, reader_b=3.01), "reader_b must be a grade from 0 to 3; got '3.01'."),
        (line(GOOD, reader_a=10**300), "reader_a must be a grade from 0 to 3; got '1000"),
        (line(GOOD, reader_a="3"), "reader_a must be a grade from 0 to 3; got '3'."),
        (line(GOOD, reader_b=True), "reader_b must be a grade from 0 to 3; got 'True'."),
        (line(GOOD, reader_b=None), "reader_b must be a grade from 0 to 3; got 'None'."),
        (line(GOOD, reader_b=[1]), "reader_b must be a grade from 0 to 3; got '[1]'."),
        ('["p-1", "koor", 1, 2]', "must be an object with profile_id, activity_id, reader_a, reader_b."),
        ("5", "must be an object with profile_id, activity_id, reader_a, reader_b."),
        ("null", "must be an object with profile_id, activity_id, reader_a, reader_b."),
        ("nee", "must be JSON. Expecting value at line 1, column 1."),
        (line(GOOD)[:-1], "must be JSON. Expecting ',' delimiter at line 1"),
        (line(GOOD) + ",", "must be JSON. Extra data at line 1"),
        (line(GOOD, reader_c=2), "reader_c is not known. Known are profile_id, activity_id, reader_a, reader_b."),
        (line(GOOD, reader_b=..., readerb=2), "readerb is not known. Known are profile_id, activity_id, reader_a"),
        (line(GOOD)[:-1] + ', "reader_a": 2}', "reader_a must be a key that stands once. Leave one of the two"),
        (line(GOOD).replace("1.5", "NaN"), "must not hold NaN. Leave the key out when the value is unknown."),
        (line(GOOD).replace("1.5", "1e999"), "must have numbers that are not too large. Look at 1e999."),
    ],
)
def test_a_bad_line_is_named_and_the_good_ones_stay(judge, bad, message):
    lines = [line(GOOD, activity_id="eerst"), bad, line(GOOD, profile_id="p-2", activity_id="laatst")]
    judgements, problems = judge("\n".join(lines))
    assert len(problems) == 1
    assert problems[0].startswith(f"judgements.jsonl:2: {message}")
    assert judgements.grades == {"p-1": {"eerst": (3.0, 1.5)}, "p-2": {"laatst": (3.0, 1.5)}}


def test_the_value_of_an_unknown_key_of_a_judgement_is_not_shown(judge):
    judgements, problems = judge(line(GOOD, naam="geheim"))
    assert problems == [
        "judgements.jsonl:1: naam is not known. Known are profile_id, activity_id, reader_a, reader_b."
    ]
    assert judgements.grades.get("p-1", {}) == {}


def test_a_line_that_is_no_utf_8_is_named_and_the_good_ones_stay(judge):
    judgements, problems = judge(line(GOOD).encode() + b"\n{\xff}\n" + line(GOOD, profile_id="p-2").encode())
    assert problems == ["judgements.jsonl:2: must be UTF-8. Byte 1 is not; save the text as UTF-8."]
    assert set(judgements.grades) == {"p-1", "p-2"}


def test_a_pair_is_judged_once_and_the_first_line_counts(judge):
    judgements, problems = judge(f"{line(GOOD)}\n{line(GOOD, profile_id='p-2')}\n{line(GOOD, reader_a=0)}")
    assert problems == ["judgements.jsonl:3: activity_id must be judged once for a person; got 'koor'."]
    assert judgements.grades == {"p-1": {"koor": (3.0, 1.5)}, "p-2": {"koor": (3.0, 1.5)}}


def test_several_bad_lines_are_all_named_in_their_order(judge):
    _, problems = judge(f"nee\n{line(GOOD)}\n\n{line(GOOD, reader_a=4)}\n[]")
    assert [problem.split(":")[1] for problem in problems] == ["1", "4", "5"]


def test_a_bad_profile_is_named_and_so_is_what_was_judged_for_it(judge):
    judgements, problems = judge(
        f"{line(GOOD)}\n{line(GOOD, profile_id='p-2')}", people='{"id": "p-1"}\n{"id": "p-2", "age": "oud"}\n'
    )
    assert problems == [
        "profiles.jsonl:2: profile.age must be a whole number; got 'oud'.",
        "judgements.jsonl:2: profile_id must be one of profiles.jsonl; got 'p-2'.",
    ]
    assert [profile.id for profile in judgements.profiles] == ["p-1"]
    assert set(judgements.grades) == {"p-1"}


def test_an_empty_file_of_people_is_a_problem(judge):
    judgements, problems = judge("", people="")
    assert problems == ["profiles.jsonl:1: must hold a profile. The file is empty."]
    assert judgements.profiles == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n \t\n", "\r\n\r\n"])
def test_line_ends_and_empty_lines_change_nothing_but_the_numbers(judge, end):
    lines = [line(GOOD), line(GOOD, activity_id="bal"), line(GOOD, profile_id="p-2")]
    judgements, problems = judge(end.join([*lines, ""]))
    assert problems == []
    assert {one: set(of) for one, of in judgements.grades.items()} == {"p-1": {"koor", "bal"}, "p-2": {"koor"}}
    _, problems = judge(end.join([lines[0], "nee"]))
    assert [problem.partition(" ")[0] for problem in problems] == [f"judgements.jsonl:{1 + end.count(chr(10))}:"]


def test_a_byte_order_mark_is_left_out(judge):
    judgements, problems = judge(BOM + line(GOOD).encode(), people=BOM + PEOPLE.encode())
    assert problems == []
    assert judgements.grades == {"p-1": {"koor": (3.0, 1.5)}}


@pytest.mark.parametrize("missing", ["profiles.jsonl", "judgements.jsonl"])
def test_a_folder_without_its_files_is_refused(tmp_path, missing):
    for name in {"profiles.jsonl", "judgements.jsonl"} - {missing}:
        (tmp_path / name).write_text(PEOPLE, encoding="utf-8")
    remedy = "Name the folder that holds the people and their judgements."
    with pytest.raises(InputError, match=rf"^{tmp_path}: must hold a file {missing}\. {remedy}$"):
        read_judgements(tmp_path)
    (tmp_path / missing).mkdir()
    with pytest.raises(InputError, match=f"must hold a file {missing}"):
        read_judgements(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="must hold a file profiles.jsonl"):
        read_judgements(tmp_path / "nergens")


# The day of the judgements


@pytest.mark.parametrize(
    "toml",
    [
        "today = 2026-12-01\n",
        "# dag\r\ntoday = 2026-12-01\r\n",
        "x = 1\ntoday=2026-12-01",
        BOM + b"today = 2026-12-01\n",
        BOM + b"# dag\r\ntoday = 2026-12-01\r\n",
    ],
)
def test_the_day_is_read(judge, toml):
    judgements, problems = judge(line(GOOD), toml=toml)
    assert (judgements.today, problems) == (date(2026, 12, 1), [])


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2200, 12, 31)])
def test_the_first_and_the_last_day_that_are_no_mistake_are_read(judge, note, day):
    judgements, problems = judge(line(GOOD), toml=f"today = {day}")
    assert (judgements.today, problems) == (day, [])
    outcomes, problems = note(line(OUTCOME, on=str(day)))
    assert ([outcome.on for outcome in outcomes], problems) == ([day], [])


def test_without_its_file_the_day_is_not_known(judge):
    judgements, problems = judge(line(GOOD))
    assert (judgements.today, problems) == (None, [])


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("", "today must be a date without quotes from 1900 to 2200, like 2026-11-23."),
        ("dag = 2026-11-23", "today must be a date without quotes from 1900 to 2200, like 2026-11-23."),
        (
            'today = "2026-11-23"',
            "today must be a date without quotes from 1900 to 2200, like 2026-11-23; got '2026-11-23'.",
        ),
        (
            "today = 20261123",
            "today must be a date without quotes from 1900 to 2200, like 2026-11-23; got '20261123'.",
        ),
        (
            "today = 2026-11-23T10:00:00",
            "today must be a date without quotes from 1900 to 2200, like 2026-11-23; got '2026-11-23 10",
        ),
        (
            "today = 1899-12-31",
            "today must be a date without quotes from 1900 to 2200, like 2026-11-23; got '1899-12-31'.",
        ),
        (
            "today = 2201-01-01",
            "today must be a date without quotes from 1900 to 2200, like 2026-11-23; got '2201-01-01'.",
        ),
        (
            "today = 0001-01-01",
            "today must be a date without quotes from 1900 to 2200, like 2026-11-23; got '0001-01-01'.",
        ),
        (
            "today = 9999-12-31",
            "today must be a date without quotes from 1900 to 2200, like 2026-11-23; got '9999-12-31'.",
        ),
        (
            "today = 10:00:00",
            "today must be a date without quotes from 1900 to 2200, like 2026-11-23; got '10:00:00'.",
        ),
        (
            "today = [2026-11-23]",
            "today must be a date without quotes from 1900 to 2200, like 2026-11-23; got '[datetime.",
        ),
        ("today = 2026-02-30", "must be TOML. "),
        ("today = 0000-01-01", "must be TOML. "),
        pytest.param("today = " + 5000 * "9", "must be TOML. ", id="long"),
        pytest.param("today = 0x" + 5000 * "f", "must be TOML. ", id="long in sixteens"),
        pytest.param("today = " + 5000 * "[", "must be TOML. ", id="deep"),
        ("today = ", "must be TOML. "),
        ("today 2026-11-23", "must be TOML. "),
        (b"# \xff\ntoday = 2026-11-23", "must be TOML. "),
    ],
)
def test_a_bad_day_is_named_and_the_judgements_stay(judge, toml, message):
    judgements, problems = judge(line(GOOD), toml=toml)
    assert len(problems) == 1
    assert problems[0].startswith(f"judgements.toml: {message}")
    assert len(problems[0]) > len("judgements.toml: must be TOML. ")
    assert judgements.today is None
    assert judgements.grades == {"p-1": {"koor": (3.0, 1.5)}}


# Outcomes


def test_outcomes_come_in_the_order_of_their_file(note):
    outcomes, problems = note(
        "\n".join(
            [
                line(OUTCOME),
                line(OUTCOME, outcome="declined", reason="too_far", on="2026-10-01"),
                line(OUTCOME, outcome="attended", reason=None),
            ]
        )
    )
    assert problems == []
    assert outcomes == [
        Outcome(profile_id="p-1", activity_id="koor", outcome="chosen", on=date(2026, 11, 23)),
        Outcome(profile_id="p-1", activity_id="koor", outcome="declined", reason="too_far", on=date(2026, 10, 1)),
        Outcome(profile_id="p-1", activity_id="koor", outcome="attended", on=date(2026, 11, 23)),
    ]


@pytest.mark.parametrize("outcome", ["stopped", "declined"])
@pytest.mark.parametrize("reason", [*REASONS, None, ...])
def test_what_was_stopped_or_declined_may_have_every_reason_or_none(note, outcome, reason):
    outcomes, problems = note(line(OUTCOME, outcome=outcome, reason=reason))
    assert problems == []
    assert (outcomes[0].outcome, outcomes[0].reason) == (outcome, None if reason is ... else reason)


@pytest.mark.parametrize("outcome", ["chosen", "attended"])
def test_what_was_chosen_or_attended_has_no_reason(note, outcome):
    for reason in (None, ...):
        outcomes, problems = note(line(OUTCOME, outcome=outcome, reason=reason))
        assert problems == []
        assert (outcomes[0].outcome, outcomes[0].reason) == (outcome, None)
    for reason in REASONS:
        outcomes, problems = note(line(OUTCOME, outcome=outcome, reason=reason))
        assert outcomes == []
        assert problems == [f"1: reason goes with stopped and declined only; got '{reason}'."]


def test_only_stopped_and_declined_go_with_a_reason():
    assert set(WITH_REASON) < set(OUTCOMES)
    assert {outcome for outcome, reason in LIKING if reason is not None} == set(WITH_REASON)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (line(OUTCOME, profile_id=...), "profile_id is required."),
        (line(OUTCOME, activity_id=...), "activity_id is required."),
        (line(OUTCOME, outcome=...), "outcome is required."),
        (line(OUTCOME, on=...), "on is required."),
        (line(OUTCOME, on=None), "on is required."),
        ("{}", "profile_id is required."),
        (line(OUTCOME, profile_id=5), "profile_id must be text; got '5'."),
        (line(OUTCOME, on=20261123), "on must be text; got '20261123'."),
        (line(OUTCOME, on="morgen"), "on must be a date like 2026-11-23; got 'morgen'."),
        (line(OUTCOME, on="2026-02-30"), "on must be a date like 2026-11-23; got '2026-02-30'."),
        (line(OUTCOME, on="2026-11-23T10:00"), "on must be a date like 2026-11-23; got '2026-11-23T10:00'."),
        (line(OUTCOME, on=""), "on must be a date like 2026-11-23; got ''."),
        (line(OUTCOME, on="20261123"), "on must be a date like 2026-11-23; got '20261123'."),
        (line(OUTCOME, on="2026-W48-1"), "on must be a date like 2026-11-23; got '2026-W48-1'."),
        (line(OUTCOME, on="2026-1-23"), "on must be a date like 2026-11-23; got '2026-1-23'."),
        (line(OUTCOME, on="23-11-2026"), "on must be a date like 2026-11-23; got '23-11-2026'."),
        (line(OUTCOME, on="２０２６-11-23"), "on must be a date like 2026-11-23; got '２０２６-11-23'."),
        (line(OUTCOME, on="1899-12-31"), "on must be a date like 2026-11-23; got '1899-12-31'."),
        (line(OUTCOME, on="2201-01-01"), "on must be a date like 2026-11-23; got '2201-01-01'."),
        (
            line(OUTCOME, reason="te_ver"),
            "reason must be one of not_my_thing, too_hard, too_far, times, full, no_answer; got 'te_ver'.",
        ),
        (line(OUTCOME, reason=5), "reason must be one of not_my_thing, "),
        (line(OUTCOME, reason=""), "reason must be one of not_my_thing, "),
        (line(OUTCOME, reason=["full"]), "reason must be one of not_my_thing, "),
        (
            line(OUTCOME, score=3),
            "score is not known. Known are profile_id, activity_id, outcome, reason, on.",
        ),
        ("[]", "must be an object with profile_id, activity_id, outcome, reason, on."),
        ("nee", "must be JSON. Expecting value at line 1, column 1."),
        (line(OUTCOME)[:-1] + ', "on": "2026-11-24"}', "on must be a key that stands once. Leave one of the two"),
        (line(OUTCOME, reason=1).replace("1}", "NaN}"), "must not hold NaN. Leave the key out"),
    ],
)
def test_a_bad_outcome_is_named_and_the_good_ones_stay(note, bad, message):
    assert bad != line(OUTCOME)
    outcomes, problems = note("\n".join([line(OUTCOME), "", bad, line(OUTCOME, profile_id="p-2")]))
    assert len(problems) == 1
    assert problems[0].startswith(f"3: {message}")
    assert [outcome.profile_id for outcome in outcomes] == ["p-1", "p-2"]


@pytest.mark.parametrize("looked", ["clicked", "viewed", "shown", "Chosen", ""])
def test_what_was_merely_looked_at_is_no_outcome(note, looked):
    outcomes, problems = note(line(OUTCOME, outcome=looked))
    assert outcomes == []
    assert problems == [
        f"1: outcome must be an outcome; got '{looked}'. "
        "Known are proposed, waiting, chosen, visit_planned, attended, stopped, declined; "
        "what somebody merely looked at is never learnt from."
    ]


def test_the_name_of_an_unknown_key_is_shown_but_not_its_value(note):
    _, problems = note(line(OUTCOME, naam="geheim"))
    assert "naam is not known" in problems[0]
    assert "geheim" not in problems[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n \r\n"])
def test_outcomes_may_have_any_line_ends_and_empty_lines(note, end):
    outcomes, problems = note(BOM + end.join([line(OUTCOME), line(OUTCOME, profile_id="p-2"), ""]).encode())
    assert problems == []
    assert [outcome.profile_id for outcome in outcomes] == ["p-1", "p-2"]


def test_an_empty_file_of_outcomes_holds_none(note):
    assert note("") == ([], [])
    assert note("\n\r\n") == ([], [])


# What an outcome says


def liking(outcome, reason=None):
    return Outcome(profile_id="p", activity_id="a", outcome=outcome, reason=reason, on=date(2026, 11, 23)).liking


def test_what_people_did_orders_outcomes():
    assert liking("attended") > liking("chosen") > liking("stopped") > liking("declined", "not_my_thing")
    assert (
        liking("stopped", "not_my_thing") == liking("declined", "too_hard") == liking("declined", "too_far") == 0
    )
    assert all(0 <= liked <= 3 for liked in LIKING.values())


@pytest.mark.parametrize("reason", ["too_hard", "too_far", "times"])
def test_who_stopped_for_what_surrounds_it_liked_it_as_who_gave_no_reason(reason):
    assert liking("stopped", reason) == liking("stopped") == 1


@pytest.mark.parametrize("reason", ["full", "no_answer", "times", None])
def test_what_was_declined_for_another_reason_says_nothing(reason):
    assert liking("declined", reason) is None


@pytest.mark.parametrize("reason", ["full", "no_answer"])
def test_what_stopped_because_of_the_organiser_says_nothing(reason):
    assert liking("stopped", reason) is None
