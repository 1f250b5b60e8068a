"""The commands for analysts: `matcher evaluate` and `matcher tune`."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from datetime import date
from functools import cache

import pytest
from click.testing import CliRunner

from matcher import tuning
from matcher.cli import main
from matcher.errors import InputError, Problem
from matcher.evaluation import evaluate
from matcher.metrics import Interval
from matcher.model.answer import ASPECTS
from matcher.readers import csv_offer
from matcher.readers.csv_offer import read_offer
from matcher.readers.judgements import read_judgements
from matcher.reports import RANKER_NAMES
from matcher.vocabulary import aspect_weights, data_folder, hand_set_weights

DEMONSTRATION = data_folder() / "judgements"
OFFER = data_folder() / "herent_offer.csv"
TODAY = date(2026, 11, 23)
PEOPLE = {"p-001", "p-004"}
ALLOWED = ("buddy-stad-leuven", "wandelclub-herent", "ldc-open-huis", "repair-cafe-bezoek", "leesouders-herent")


pytestmark = pytest.mark.usefixtures("one_thread", "adopted")


@pytest.fixture
def folder(tmp_path):
    """Return a folder with an offer of twenty activities, two people, and all that was judged of these."""
    made = tmp_path / "judgements"
    made.mkdir()
    shutil.copy(DEMONSTRATION / "judgements.toml", made)
    rows = OFFER.read_text(encoding="utf-8").splitlines()
    chosen = [row for row in rows[1:] if row.partition(",")[0] in ALLOWED]
    chosen += [row for row in rows[1:] if row not in chosen][: 20 - len(chosen)]
    ids = {row.partition(",")[0] for row in chosen}
    (made / "offer.csv").write_text("\n".join([rows[0], *chosen]) + "\n", encoding="utf-8")
    for name in ("profiles.jsonl", "judgements.jsonl"):
        lines = (DEMONSTRATION / name).read_text(encoding="utf-8").splitlines()
        lines = [
            line
            for line in lines
            if json.loads(line)["id" if name == "profiles.jsonl" else "profile_id"] in PEOPLE
        ]
        lines = [line for line in lines if json.loads(line).get("activity_id", ALLOWED[0]) in ids]
        (made / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return made


@pytest.fixture
def file(tmp_path):
    """Write a file and return its path."""

    def write(name, content):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return str(path)

    return write


def run(*words):
    """Call the program; whatever comes, it never ends in a traceback."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.output
    return result


@cache
def demonstration():
    return run("evaluate", "--judgements", DEMONSTRATION)


def outcome(profile_id, activity_id, **changes):
    base = {"profile_id": profile_id, "activity_id": activity_id, "outcome": "chosen", "on": "2026-10-01"}
    return json.dumps({**base, **changes})


def crowd(n_people):
    """Return the text of people of whom nothing is known, and of outcomes of two kinds for each of them."""
    profiles = "\n".join(json.dumps({"id": f"p{number}"}) for number in range(n_people))
    lines = [
        outcome(f"p{number}", id_, outcome=("attended", "stopped")[place % 2], on=f"2026-10-{1 + place:02d}")
        for number in range(n_people)
        for place, id_ in enumerate(ALLOWED)
    ]
    return profiles, "\n".join(lines)


# evaluate


@pytest.mark.slow
def test_evaluate_prints_every_ranking_and_the_groups():
    result = demonstration()
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "14 people; mean over people, 95% bootstrap interval; lists of 10."
    for name in RANKER_NAMES.values():
        (line,) = [line for line in lines if re.match(rf"{re.escape(name)} +│", line)]
        assert line.rstrip().endswith("0%")
    for group in ("level", "parents", "transport", "availability", "told", "language"):
        assert any(re.match(rf"{group} +│ ", line) for line in lines)
    assert "costliest mistakes" in result.stdout
    assert max(map(len, lines)) <= 110


def test_evaluate_prints_the_figures_of_the_evaluation(folder):
    found = evaluate(read_offer(folder / "offer.csv")[0], read_judgements(folder)[0], today=TODAY, k=5)
    stdout = run("evaluate", "--judgements", folder, "-k", 5).stdout
    for ranker, row in found.summary().iterrows():
        name = re.escape(RANKER_NAMES[ranker])
        (line,) = re.findall(rf"^{name} +│.*$", stdout, re.MULTILINE)
        cells = [cell.strip() for cell in line.split("│")]
        assert cells[1:3] == [f"{row['ndcg']:.3f}", f"{row['low']:.3f} - {row['high']:.3f}"]
        assert cells[3:7] == [f"{row[one]:.3f}" for one in ("recall", "reciprocal_rank", "coverage", "diversity")]
    best = found.best_baseline()
    gain = found.gain(over=best)
    assert (
        f"Gain over the best baseline ({RANKER_NAMES[best]}), person by person: "
        f"{gain.mean:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})."
    ) in stdout
    assert "nDCG@5" in stdout
    assert "nDCG@10" not in stdout
    worst = found.mistakes(1).iloc[0]
    assert re.search(rf"{worst.profile_id} +│ {worst.activity_id} +│", stdout)


@pytest.mark.slow
def test_without_a_folder_the_demonstration_is_evaluated():
    assert run("evaluate").stdout == demonstration().stdout


@pytest.mark.slow
def test_a_process_prints_the_same(folder):
    words = [sys.executable, "-m", "matcher.cli", "evaluate", "--judgements", str(folder)]
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    found = subprocess.run(words, capture_output=True, timeout=60, env=environment, check=False)
    assert (found.returncode, found.stderr) == (0, b"")
    assert found.stdout.decode() == run("evaluate", "--judgements", folder).stdout


def test_the_day_of_the_judgements_is_taken_unless_another_is_asked_for(folder):
    plain = run("evaluate", "--judgements", folder).stdout
    assert plain == run("evaluate", "--judgements", folder, "--today", TODAY).stdout
    later = run("evaluate", "--judgements", folder, "--today", "2027-03-01")
    assert later.exit_code == 0
    assert later.stdout != plain
    (folder / "judgements.toml").write_text("today = 2027-03-01\n", encoding="utf-8")
    assert run("evaluate", "--judgements", folder).stdout == later.stdout


def test_the_offer_of_the_folder_is_taken_unless_another_is_asked_for(folder, file):
    rows = OFFER.read_text(encoding="utf-8").splitlines()
    offer = file("o.csv", "\n".join([*rows[:40], *(row for row in rows[40:] if row.startswith(ALLOWED))]))
    own, given = run("evaluate", "--judgements", folder), run("evaluate", "--judgements", folder, "--offer", offer)
    assert (own.exit_code, given.exit_code) == (0, 0)
    assert "were not judged" not in own.stdout
    assert re.search(r"^\d+ allowed pairs were not judged \(relevance 0\); 0 judged pairs", given.stdout, re.M)


def test_what_was_not_judged_is_said(folder):
    lines = (folder / "judgements.jsonl").read_text(encoding="utf-8").splitlines()
    (folder / "judgements.jsonl").write_text("\n".join(lines[3:]), encoding="utf-8")
    result = run("evaluate", "--judgements", folder)
    assert result.exit_code == 0
    assert "3 allowed pairs were not judged (relevance 0); 0 judged pairs break a limit" in result.stdout


@pytest.mark.parametrize("command", ["evaluate", "tune"])
@pytest.mark.parametrize("missing", ["profiles.jsonl", "judgements.jsonl"])
def test_a_folder_without_judgements_is_exit_1(folder, command, missing):
    (folder / missing).unlink()
    result = run(command, "--judgements", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    remedy = "Name the folder that holds the people and their judgements."
    assert result.stderr == f"{folder}: must hold a file {missing}. {remedy}\n"


@pytest.mark.parametrize("command", ["evaluate", "tune"])
@pytest.mark.parametrize(
    ("name", "line", "message"),
    [
        ("judgements.jsonl", "nee", "must be JSON. Expecting value at line 1, column 1."),
        (
            "judgements.jsonl",
            '{"profile_id": "p-001", "activity_id": "x", "reader_a": 4, "reader_b": 0}',
            "reader_a must be a grade from 0 to 3; got '4'.",
        ),
        ("profiles.jsonl", '{"id": "x", "age": "oud"}', "profile.age must be a whole number; got 'oud'."),
    ],
)
def test_a_broken_line_is_named_and_no_figure_is_given(folder, command, name, line, message):
    with (folder / name).open("a", encoding="utf-8") as opened:
        opened.write(f"{line}\n")
    last = len((folder / name).read_text(encoding="utf-8").splitlines())
    result = run(command, "--judgements", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{folder / name}:{last}: {message}\n"


@pytest.mark.parametrize("command", ["evaluate", "tune"])
def test_a_day_of_the_judgements_that_is_none_is_exit_1(folder, command):
    (folder / "judgements.toml").write_text("today = morgen", encoding="utf-8")
    result = run(command, "--judgements", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{folder / 'judgements.toml'}: must be TOML. ")


@pytest.mark.parametrize("command", ["evaluate", "tune"])
def test_a_bad_row_of_the_offer_is_named_and_no_figure_is_given(folder, command, file):
    offer = file("o.csv", "id,title,organiser,kind\na,A,vzw,culture\nb,B,vzw,nergens\n")
    result = run(command, "--judgements", folder, "--offer", offer)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{offer}:3: kind must be one of ")


@pytest.mark.parametrize("command", ["evaluate", "tune"])
@pytest.mark.parametrize("day", ["morgen", "2026-02-30", "", "9999-12-31"])
def test_what_is_no_day_is_a_wrong_call(command, day):
    result = run(command, "--today", day)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is not a date" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["evaluate", "--judgements", "er-is-niets"],
        ["evaluate", "--judgements", OFFER],
        ["evaluate", "--offer", "er-is-niets.csv"],
        ["evaluate", "-k", "0"],
        ["evaluate", "-k", "1001"],
        ["evaluate", "meer"],
        ["tune", "--judgements", "er-is-niets"],
        ["tune", "--outcomes", "er-is-niets.jsonl"],
        ["tune", "--adop"],
    ],
)
def test_a_wrong_call_is_exit_2(words):
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


@pytest.mark.parametrize("command", ["evaluate", "tune"])
def test_every_command_for_analysts_has_help(command):
    result = run(command, "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "--judgements" in result.stdout


# tune


def gain_is(monkeypatch, *gain):
    """Let the paired interval be this one, whatever was learnt."""
    monkeypatch.setattr(tuning.metrics, "bootstrap_interval", lambda values, *, rng: Interval(*gain))


FEW = "10 people at least must have been judged"


def test_tune_prints_the_weights_set_by_hand_in_use_and_learnt(adopted):
    result = run("tune", "--adopt")
    assert result.stdout.startswith("Learnt from judgements of 14 people.\n")
    total = sum(hand_set_weights().values())
    for aspect in ASPECTS:
        (line,) = re.findall(rf"^{aspect} +│.*$", result.stdout, re.MULTILINE)
        cells = [cell.strip() for cell in line.split("│")]
        assert cells[1] == cells[2] == f"{hand_set_weights()[aspect] / total:.3f}"
        assert re.fullmatch(r"0\.\d{3}", cells[3])
    flat = " ".join(result.stdout.split())
    assert "nDCG@10, each person by weights learnt from the others: 0." in flat
    assert "Not to be adopted: on people they were not learnt from the gain is not sure: " in flat
    # On the demonstration the gain is not sure.
    assert result.exit_code == 1
    assert result.stderr.startswith("These weights must not be adopted: ")
    assert not adopted.exists()


@pytest.mark.parametrize("low", [-0.001, 0.0, float("nan")])
def test_weights_of_which_the_gain_is_not_sure_are_not_adopted(folder, adopted, monkeypatch, low):
    gain_is(monkeypatch, 0.02, low, 0.03)
    plain, result = (run("tune", "--judgements", folder, *extra) for extra in ([], ["--adopt"]))
    assert (plain.exit_code, plain.stderr) == (0, "")
    assert (result.exit_code, result.stdout) == (1, plain.stdout)
    assert result.stdout.startswith("Learnt from judgements of 2 people.\n")
    assert result.stderr == (
        "These weights must not be adopted: on people they were not learnt from the gain is not sure: +0.020 "
        f"({low:+.3f} to +0.030); {FEW}.\n"
    )
    assert not adopted.exists()
    assert aspect_weights() == hand_set_weights()


def test_weights_learnt_from_few_people_are_shown_and_not_adopted(folder, adopted, monkeypatch):
    gain_is(monkeypatch, 0.02, 0.01, 0.03)
    result = run("tune", "--judgements", folder, "--adopt")
    assert result.stdout.startswith("Learnt from judgements of 2 people.\n")
    assert result.stdout.endswith(f"Not to be adopted: {FEW}.\n")
    assert (result.exit_code, result.stderr) == (1, f"These weights must not be adopted: {FEW}.\n")
    assert not adopted.exists()


def test_weights_that_nothing_speaks_against_are_adopted_and_the_way_back_is_told(folder, adopted, monkeypatch):
    gain_is(monkeypatch, 0.02, 0.01, 0.03)
    result = run("tune", "--judgements", DEMONSTRATION, "--adopt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith(f"Adopted: {adopted}. Delete the file to undo.\n")
    assert "Not to be adopted" not in result.stdout
    found = tomllib.loads(adopted.read_text(encoding="utf-8"))["aspects"]
    assert dict(aspect_weights()) == found != dict(hand_set_weights())
    in_use = re.findall(r"^contact +│ +([\d.]+) +│ +([\d.]+) ", run("tune", "--judgements", folder).stdout, re.M)
    total = sum(found.values())
    assert in_use == [(f"{hand_set_weights()['contact']:.3f}", f"{found['contact'] / total:.3f}")]
    adopted.unlink()
    aspect_weights.cache_clear()
    assert aspect_weights() == hand_set_weights()


def test_without_adopt_nothing_is_written(adopted, monkeypatch):
    gain_is(monkeypatch, 0.02, 0.01, 0.03)
    result = run("tune", "--judgements", DEMONSTRATION)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "adopted" not in result.stdout
    assert not adopted.exists()


@pytest.mark.parametrize("option", ["--outcomes", "--profiles"])
def test_outcomes_and_their_people_come_together(file, option):
    result = run("tune", option, file("x.jsonl", outcome("p", "a")))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--outcomes and --profiles must be given together." in result.stderr


def test_few_outcomes_are_refused_with_what_is_needed(folder, file):
    profiles, outcomes = crowd(39)
    words = ("--outcomes", file("o.jsonl", outcomes), "--profiles", file("p.jsonl", profiles))
    for extra in ([], ["--adopt"]):
        result = run("tune", "--judgements", folder, *words, *extra)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == (
            "outcomes must be at least 200 that tell something, of at least 30 people; got '195 of 39 people'. "
            "Keep the weights that are in use until more has been noted.\n"
        )


def test_outcomes_that_are_all_alike_are_no_ground_to_adopt(folder, file, adopted):
    profiles, outcomes = crowd(45)
    outcomes = outcomes.replace('"stopped"', '"attended"')
    words = ("--outcomes", file("o.jsonl", outcomes), "--profiles", file("p.jsonl", profiles), "--adopt")
    result = run("tune", "--judgements", folder, *words)
    assert result.exit_code == 1
    assert "Not to be adopted: there is nobody on whom they can be compared.\n" in result.stdout
    assert result.stderr == ("These weights must not be adopted: there is nobody on whom they can be compared.\n")
    assert not adopted.exists()


CLICKED = (
    "outcome must be an outcome; got 'clicked'. "
    "Known are proposed, waiting, chosen, visit_planned, attended, stopped, declined; "
    "what somebody merely looked at is never learnt from."
)


def test_enough_outcomes_are_learnt_from(folder, file):
    profiles, outcomes = crowd(45)
    words = ("--outcomes", file("o.jsonl", outcomes), "--profiles", file("p.jsonl", profiles))
    result = run("tune", "--judgements", folder, *words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Learnt from 225 outcomes of 45 people.\n")
    assert "share of the pairs of outcomes of later people in the right order" in result.stdout


def test_bad_lines_of_outcomes_and_people_are_named_and_the_good_ones_learnt_from(folder, file):
    profiles, outcomes = crowd(45)
    plain = run(
        *("tune", "--judgements", folder),
        *("--outcomes", file("o.jsonl", outcomes), "--profiles", file("p.jsonl", profiles)),
    )
    bad = [outcome("p1", ALLOWED[0], outcome="clicked"), outcome("p2", ALLOWED[0], reason="times"), outcomes]
    outcomes_file = file("bad.jsonl", "\n".join(bad))
    profile_file = file("bad_p.jsonl", profiles + '\n{"id": "x", "age": "oud"}')
    result = run("tune", "--judgements", folder, "--outcomes", outcomes_file, "--profiles", profile_file)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"{outcomes_file}:1: {CLICKED}",
        f"{outcomes_file}:2: reason goes with stopped and declined only; got 'times'.",
        f"{profile_file}:46: profile.age must be a whole number; got 'oud'.",
    ]
    assert result.stdout == plain.stdout != ""


def test_bad_lines_do_not_keep_good_weights_from_being_adopted(folder, file, adopted, monkeypatch):
    gain_is(monkeypatch, 0.02, 0.01, 0.03)
    monkeypatch.setattr(tuning, "JUDGED_LOSS_MOST", 1.0)
    profiles, outcomes = crowd(45)
    outcomes_file = file("o.jsonl", f"nee\n{outcomes}")
    words = ("--outcomes", outcomes_file, "--profiles", file("p.jsonl", profiles))
    result = run("tune", "--judgements", folder, *words, "--adopt")
    assert result.stderr == f"{outcomes_file}:1: must be JSON. Expecting value at line 1, column 1.\n"
    assert result.stdout.endswith(f"Adopted: {adopted}. Delete the file to undo.\n")
    assert result.exit_code == 1
    assert adopted.exists()


def test_where_too_few_good_lines_are_left_both_is_said(folder, file):
    profiles, outcomes = crowd(39)
    outcomes_file = file("o.jsonl", f"nee\n{outcomes}")
    result = run(
        *("tune", "--judgements", folder),
        *("--outcomes", outcomes_file, "--profiles", file("p.jsonl", profiles)),
    )
    assert (result.exit_code, result.stdout) == (1, "")
    bad, few = result.stderr.splitlines()
    assert bad == f"{outcomes_file}:1: must be JSON. Expecting value at line 1, column 1."
    assert few.startswith(
        "outcomes must be at least 200 that tell something, of at least 30 people; got '195 of 39"
    )


# What cannot be used


@pytest.mark.parametrize("command", ["evaluate", "tune"])
@pytest.mark.parametrize("grades", [None, 0, 3], ids=["no grades", "all 0", "not in the offer"])
def test_judgements_that_say_nothing_are_exit_1_with_one_clear_line(folder, command, grades):
    lines = [json.loads(line) for line in (folder / "judgements.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line |= {"reader_a": grades, "reader_b": grades}
        line["activity_id"] += "-weg" if grades else ""
    text = "" if grades is None else "\n".join(map(json.dumps, lines))
    (folder / "judgements.jsonl").write_text(text, encoding="utf-8")
    result = run(command, "--judgements", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "judgements must be of a person with an allowed activity graded above 0; got '0'.\n"


@pytest.mark.parametrize("command", ["evaluate", "tune"])
def test_judgements_that_say_little_are_still_measured(folder, command):
    lines = [json.loads(line) for line in (folder / "judgements.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line |= {"reader_a": 0, "reader_b": int(line["activity_id"] == ALLOWED[0])}
    (folder / "judgements.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    result = run(command, "--judgements", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "nDCG@10" in result.stdout


@pytest.mark.parametrize("command", ["evaluate", "tune"])
@pytest.mark.parametrize("day", ["9999-12-31", "1899-12-31"])
def test_a_day_of_the_judgements_out_of_all_years_is_exit_1(folder, command, day):
    (folder / "judgements.toml").write_text(f"today = {day}\n", encoding="utf-8")
    result = run(command, "--judgements", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    rule = "today must be a date without quotes from 1900 to 2200, like 2026-11-23"
    assert result.stderr == f"{folder / 'judgements.toml'}: {rule}; got '{day}'.\n"


@pytest.mark.parametrize(
    "words",
    [
        ["evaluate"],
        ["tune"],
        ["suggest", "--profile", DEMONSTRATION / "profiles.jsonl"],
        ["check-offer", OFFER],
    ],
    ids=lambda words: words[0],
)
def test_whatever_command_cannot_go_on_names_every_finding_and_ends_with_1(words, monkeypatch):
    def refuse(*_, **__):
        raise InputError(
            [Problem(source="o.csv", place=str(place), key="x", rule="must be y") for place in (3, 7)]
        )

    monkeypatch.setattr(csv_offer, "read_offer", refuse)
    result = run(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "o.csv:3: x must be y.\no.csv:7: x must be y.\n"


def test_a_mistake_of_the_program_is_not_taken_for_one_of_the_input(monkeypatch):
    def fail(*_, **__):
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(csv_offer, "read_offer", fail)
    assert isinstance(CliRunner().invoke(main, ["evaluate"]).exception, ZeroDivisionError)
