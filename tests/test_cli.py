import json
import os
import re
import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner

from matcher.cli import main
from matcher.model.answer import ASPECTS
from matcher.vocabulary import data_folder

EXAMPLES = str(data_folder() / "judgements" / "profiles.jsonl")
TODAY = "2026-11-23"
HEADER = "id,title,organiser,kind"
KEYS = [
    *["profile_id", "generated_at", "today", "offer_version", "model_version", "track", "suggestions", "allowed"],
    "excluded",
]
KEYS_OF_ONE = [
    *["rank", "activity_id", "title", "organiser", "kind", "score", "aspects", "criteria", "hours", "unknown"],
    "warnings",
]


@pytest.fixture
def file(tmp_path):
    """Write a file and return its path."""

    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def run(*words):
    """Call the program; whatever comes, it never ends in a traceback."""
    result = CliRunner().invoke(main, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.output
    return result


def suggest(profiles, *words):
    return run("suggest", "--profile", profiles, "--today", TODAY, *words)


def process(*words, **environment):
    return subprocess.run(
        [sys.executable, "-m", "matcher.cli", *words],
        capture_output=True,
        timeout=60,
        env={**os.environ, **environment},
        check=False,
    )


# suggest


def test_each_profile_is_one_compact_line_in_the_order_of_input():
    result = suggest(EXAMPLES, "--json", "-k", "3")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    answers = [json.loads(line) for line in lines]
    with open(EXAMPLES, encoding="utf-8") as profiles:
        assert [answer["profile_id"] for answer in answers] == [json.loads(line)["id"] for line in profiles]
    for line, answer in zip(lines, answers, strict=True):
        assert line == json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def test_the_keys_of_an_answer_stand_in_the_order_of_the_contract():
    for line in suggest(EXAMPLES, "--json", "-k", "1000").stdout.splitlines():
        answer = json.loads(line)
        assert list(answer) == KEYS
        assert list(answer["track"]) == [
            *["obligation", "missing", "sentence_nl", "sentence_en", "hours_done", "hours_to_go"]
        ]
        assert list(answer["excluded"]) == ["total", "by_reason", "only_reason", "nearest"]
        for one in answer["suggestions"]:
            assert list(one) == KEYS_OF_ONE
            assert tuple(one["aspects"]) == ASPECTS
            assert all(list(a) == ["score", "weight", "reason_nl", "reason_en"] for a in one["aspects"].values())
            assert list(one["criteria"]) == ["verdict", "discuss_because", "missing", "points"]
            assert list(one["hours"]) == [
                *["per_session", "sessions_attendable", "attendable", "covers_to_go", "reached_on"]
            ]
            assert all(list(warning) == ["code", "sentence_nl", "sentence_en"] for warning in one["warnings"])
        for one in answer["excluded"]["nearest"]:
            assert list(one) == [
                *["activity_id", "title", "score_if_allowed", "code", "sentence_nl", "sentence_en", "change"]
            ]


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes_but_for_the_moment():
    # Two processes with other seeds of the hash: no set may decide an order.
    words = ("suggest", "--profile", EXAMPLES, "--today", TODAY, "--json", "-k", "1000")
    first, second = (process(*words, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert (first.returncode, second.returncode) == (0, 0)
    moment = re.compile(rb'"generated_at":"[^"]+"')
    assert moment.sub(b"", first.stdout) == moment.sub(b"", second.stdout)
    assert len(first.stdout.splitlines()) == 14


@pytest.mark.slow
def test_utf_8_is_written_whatever_the_terminal_says(file):
    profile = file("p.json", '{"id": "p"}')
    offer = file("o.csv", f"{HEADER}\nkoor,Café Ωλ – Ґанок,vzw,culture\n")
    words = ("suggest", "--profile", profile, "--offer", offer, "--today", TODAY)
    for extra in (["--json"], []):
        found = process(*words, *extra, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
        assert (found.returncode, found.stderr) == (0, b"")
        assert "Café Ωλ – Ґанок" in found.stdout.decode()


def test_the_table_names_each_proposal_and_the_demonstration():
    for lang, word in (("nl", "Demonstratiegegevens"), ("en", "Demonstration data")):
        result = suggest(EXAMPLES, "-k", "2", "--lang", lang)
        assert (result.exit_code, result.stderr) == (0, "")
        assert word in result.stdout
        assert "p-001" in result.stdout


def test_a_title_is_shown_as_it_stands(file):
    offer = file("o.csv", f"{HEADER}\nkoor,[/] [bold]Koor[/] :smile:,[red]vzw,culture\n")
    result = suggest(file("p.json", '{"id": "p"}'), "--offer", offer)
    assert result.exit_code == 0
    assert "[/] [bold]Koor[/]" in result.stdout


@pytest.mark.parametrize(
    ("lang", "fits", "does_not"),
    [
        ("nl", "1 activiteit past.", "1 activiteit past nu niet."),
        ("en", "1 activity fits.", "1 activity does not fit"),
    ],
)
def test_one_activity_is_not_several(file, lang, fits, does_not):
    offer = file("o.csv", f"{HEADER},status\nkoor,Koor,vzw,culture,\ndans,Dans,vzw,culture,cancelled\n")
    shown = suggest(file("p.json", '{"id": "p"}'), "--offer", offer, "--lang", lang).stdout
    assert fits in shown
    assert does_not in shown


def test_a_bad_profile_is_named_and_the_others_are_answered(file):
    profiles = file("p.jsonl", '{"id": "a"}\n{"id": "b", "age": "oud"}\n\n{"id": "a"}\nnee\n{"id": "c"}\n')
    result = suggest(profiles, "--json", "-k", "1")
    assert result.exit_code == 1
    assert [json.loads(line)["profile_id"] for line in result.stdout.splitlines()] == ["a", "c"]
    assert result.stderr.splitlines() == [
        f"{profiles}:2: profile.age must be a whole number; got 'oud'.",
        f"{profiles}:4: profile.id must be unique in the file; got 'a'. It stands in line 1 too.",
        f"{profiles}:5: must be JSON. Expecting value at line 1, column 1.",
    ]


@pytest.mark.parametrize("content", ["", "[]", "{", "5", '{"id": "p", "age": NaN}', "[" * 100_000, b"\xff\xfe"])
def test_a_file_without_a_good_profile_is_exit_1(file, content):
    result = suggest(file("p.json", content), "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1


def test_a_number_of_any_size_is_no_traceback(file):
    result = suggest(file("p.json", '{"id": "p", "dutch_level": ' + "9" * 390 + "}"), "--json")
    assert (result.exit_code, result.stdout) == (1, "")


def test_a_bad_row_of_the_offer_is_named_and_the_answer_is_given(file):
    offer = file("o.csv", f"{HEADER}\nkoor,Koor,vzw,culture\nx,X,vzw,nergens\n")
    result = suggest(file("p.json", '{"id": "p"}'), "--offer", offer, "--json")
    assert result.exit_code == 0
    assert [one["activity_id"] for one in json.loads(result.stdout)["suggestions"]] == ["koor"]
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith(f"{offer}:3: kind must be one of ")


@pytest.mark.parametrize("content", ["", HEADER, f"{HEADER}\nx,X,vzw,nergens\n", "niets;hier", b"\xff"])
@pytest.mark.parametrize("extra", [["--json"], []])
def test_an_offer_without_a_good_row_gives_an_empty_answer(file, content, extra):
    result = suggest(file("p.json", '{"id": "p"}'), "--offer", file("o.csv", content), *extra)
    assert result.exit_code == 0
    assert result.stderr
    assert not extra or json.loads(result.stdout)["suggestions"] == []


def test_more_than_there_are_gives_all(file):
    offer = file("o.csv", f"{HEADER}\na,A,vzw,culture\nb,B,vzw,culture\n")
    profile = file("p.json", '{"id": "p"}')
    for k, count in (("1", 1), ("2", 2), ("1000", 2)):
        found = json.loads(suggest(profile, "--offer", offer, "--json", "-k", k).stdout)
        assert (len(found["suggestions"]), found["allowed"]) == (count, 2)


def test_a_varied_list_says_so(file):
    found = json.loads(suggest(EXAMPLES, "--json", "--varied").stdout.splitlines()[0])
    assert found["varied"] is True
    assert len({one["activity_id"] for one in found["suggestions"]}) == len(found["suggestions"]) == 10


def test_the_day_is_the_one_that_is_asked_for_and_else_today(file):
    profile = file("p.json", '{"id": "p"}')
    asked = json.loads(run("suggest", "--profile", profile, "--json", "--today", "2027-02-03").stdout)
    assert asked["today"] == "2027-02-03"
    found = json.loads(run("suggest", "--profile", profile, "--json").stdout)
    assert found["generated_at"].startswith(found["today"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00", found["generated_at"])


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2200-12-31", "1900-01-01", "2028-02-29"])
def test_a_day_far_away_is_answered_or_a_wrong_call(file, day):
    result = run("suggest", "--profile", file("p.json", '{"id": "p"}'), "--json", "--today", day)
    assert result.exit_code in (0, 2)


# Wrong calls


@pytest.mark.parametrize("k", ["0", "-1", "1001", "1000000000", "9" * 5_000, "tien", "1.5", ""])
def test_a_k_out_of_bounds_is_a_wrong_call(k):
    result = suggest(EXAMPLES, "-k", k)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "-k" in result.stderr


@pytest.mark.parametrize("day", ["morgen", "2026-13-01", "2026-02-30", "01/12/2026", "", "2026-12-01T10:00"])
def test_what_is_no_day_is_a_wrong_call(day):
    result = run("suggest", "--profile", EXAMPLES, "--today", day)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is not a date like 2026-12-01" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["suggest"],
        ["suggest", "--profile", "er-is-niets.json"],
        ["suggest", "--profile", "."],
        ["suggest", "--profile", EXAMPLES, "--offer", "er-is-niets.csv"],
        ["suggest", "--profile", EXAMPLES, "--lang", "fr"],
        ["suggest", "--profil", EXAMPLES, "meer"],
        ["check-offer"],
        ["check-offer", "er-is-niets.csv"],
        ["check-activity"],
        ["check-activity", "er-is-niets.json"],
        ["serve", "--port", "0"],
        ["serve", "--port", "70000"],
        ["bestaat-niet"],
    ],
)
def test_a_wrong_call_or_a_file_that_is_not_there_is_exit_2(words):
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


@pytest.mark.parametrize("words", [[], ["suggest"], ["check-offer"], ["check-activity"], ["serve"]])
def test_every_command_has_help(words):
    result = run(*words, "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Usage: ")


# check-offer


def test_a_good_offer_is_exit_0():
    result = run("check-offer", str(data_folder() / "herent_offer.csv"))
    assert result.exit_code == 0
    assert ": error: " not in result.stdout


def test_findings_are_one_a_line_on_standard_output(file):
    bad = file(
        "slecht.csv", f"{HEADER},price_eur,schedule\na,A,vzw,nergens,veel,\nb,B,vzw,sport,,2w di 9:00-10:00\n"
    )
    good = file("goed.csv", f"{HEADER}\na,A,vzw,sport\n")
    result = run("check-offer", good, bad)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert len(lines) == 3
    assert lines[0] == f"{bad}:2: error: price_eur must be a number; got 'veel'."
    assert lines[1].startswith(f"{bad}:2: error: kind must be one of ")
    assert lines[2].startswith(f"{bad}:3: warning: schedule counts its weeks from 2024-01-01")
    assert lines[2].endswith("; got '2w di 09:00-10:00'. Ask which week, and fill in start_date.")


def test_warnings_alone_are_exit_0(file):
    result = run("check-offer", file("o.csv", f"{HEADER},schedule\nb,B,vzw,sport,2w di 9:00-10:00\n"))
    assert result.exit_code == 0
    assert ": warning: " in result.stdout


def test_what_is_known_and_what_to_ask_first_follow_on_standard_error():
    result = run("check-offer", str(data_folder() / "herent_offer.csv"), "--today", TODAY)
    assert result.stdout == ""
    assert "price_eur" in result.stderr
    assert "Vraag dit eerst na" in result.stderr
    assert all(len(line) <= 80 for line in result.stderr.splitlines()[1:])
    english = run("check-offer", str(data_folder() / "herent_offer.csv"), "--today", TODAY, "--lang", "en")
    assert "Ask after this first" in english.stderr


@pytest.mark.parametrize(
    "content", ["", "\0", HEADER + ',nog\na,b,c\n"', b"\xff\xfe\x00", f'{HEADER}\na,"b\n', "x" * 300_000]
)
def test_what_is_no_offer_is_exit_1_with_a_line_for_each_finding(file, content):
    path = file("o.csv", content)
    result = run("check-offer", path)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines
    assert all(re.match(re.escape(path) + r":\d+: error: ", line) for line in lines), lines
    assert all(len(line) < 1_000 for line in lines)


# check-activity


def test_an_own_proposal_is_checked(file):
    proposal = file("v.json", '{"title": "Zelf koken", "group_max": 1}')
    result = run("check-activity", proposal, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert list(found) == ["verdict", "discuss_because", "missing", "points"]
    assert found["verdict"] == "does_not_fit"
    assert [point["id"] for point in found["points"]] == [
        *["group", "new_people", "lasting_contacts", "interaction", "dutch_context", "practice"]
    ]
    assert result.stdout == json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"
    for lang, word in (("nl", "past niet"), ("en", "does not fit")):
        assert word in run("check-activity", proposal, "--lang", lang).stdout


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{}", "title is required."),
        ('{"title": "x", "naam": "geheim"}', "naam is not a known key"),
        ('{"title": "x", "kind": "cultuur"}', "kind must be one of "),
        ('{"title": "x", "title": "y"}', "title must be a key that stands once"),
        ('{"title": "x", "price_eur": NaN}', "must not hold NaN"),
        ("[]", "must be an object"),
        ("", "must be JSON"),
        ("[" * 100_000, "must be JSON that is not nested so deep"),
        (b"\xff", "must be UTF-8"),
    ],
)
def test_a_proposal_that_cannot_be_read_is_exit_1(file, content, message):
    path = file("v.json", content)
    for extra in (["--json"], []):
        result = run("check-activity", path, *extra)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(f"{path}:1: ")
        assert message in result.stderr
        assert len(result.stderr.splitlines()) == 1
        assert "geheim" not in result.stderr


# serve


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.1.5", "8.8.8.8", "example.org", "", "127.0.0.1.example.org"]
)
def test_any_address_but_loopback_is_refused(host):
    for extra in (["--demo"], []):
        result = run("serve", "--host", host, "--port", "8999", *extra)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "--host must be an address of this machine itself" in result.stderr


@pytest.mark.slow
def test_a_busy_port_is_a_wrong_call():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        found = process("serve", "--port", str(port))
    assert (found.returncode, found.stdout) == (2, b"")
    assert f"--port must be free; got {port}" in found.stderr.decode()
    assert b"Traceback" not in found.stderr


# Processes


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--help"], 0),
        (["suggest", "--profile", EXAMPLES, "-k", "1", "--json"], 0),
        (["suggest", "--profile", EXAMPLES, "-k", "0"], 2),
        (["check-offer", "er-is-niets.csv"], 2),
    ],
)
def test_a_process_ends_with_the_same_codes(words, code):
    found = process(*words)
    assert found.returncode == code
    assert b"Traceback" not in found.stderr
    assert bool(found.stdout) == (code == 0)
    assert bool(found.stderr) == (code == 2)


@pytest.mark.parametrize("statement", ["import matcher.cli", "import matcher", "from matcher.cli import main"])
def test_the_commands_load_no_heavy_library_before_they_need_it(statement):
    heavy = "{'sklearn', 'pandas', 'numpy', 'scipy', 'flask', 'pydantic', 'rich'}"
    code = f"import sys; {statement}; print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert found.stdout == "[]\n"


def test_what_an_import_needs_loads_no_library_for_models_and_tables():
    code = (
        "import sys, matcher.features.derive, matcher.importing;"
        "print(sorted({'sklearn', 'pandas', 'scipy', 'flask'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert found.stdout == "[]\n"
