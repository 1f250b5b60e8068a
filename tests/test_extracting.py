import json
import random
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from matcher.cli import main
from matcher.errors import ForbiddenError
from matcher.model import read_profile
from matcher.model.access import DEMONSTRATION_ACCOUNTS, Asker
from matcher.model.steps import DecisionStep, OutcomeStep, OwnActivityStep
from matcher.readers.outcomes import read_outcomes
from matcher.readers.profiles import read_profiles
from matcher.service.dossiers import note_step, open_dossier, undo_last
from matcher.service.extracting import extract_outcomes
from matcher.service.office import Office, fill_office
from matcher.store import Store
from tests.herent import herent_offer
from tests.offices import NOW

pytestmark = pytest.mark.slow

OFFER = herent_offer()
CASEWORKER, ANALYST = DEMONSTRATION_ACCOUNTS["caseworker"], DEMONSTRATION_ACCOUNTS["analyst"]
OUTCOMES = (("chosen", None), ("attended", None), ("declined", "too_far"), ("declined", "not_my_thing"))
SINCE, UNTIL = date(2026, 9, 1), date(2026, 11, 30)
CODES = [f"{number:03}-PERSON" for number in range(40)]
WISH = "Ik wil graag samen koken en naaien."


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/matcher.db"


@pytest.fixture
def office(url):
    """Forty people, each with six outcomes on days in autumn."""
    store, rng = Store(url), random.Random(1)
    store.migrate()
    fill_office(store, OFFER, municipality="herent", now=NOW)
    office = Office(store)
    with store.writing() as work:
        for number, code in enumerate(CODES):
            data = {"id": code, "wishes": WISH, "waiting_since": "2026-08-03", "hours_done": 3}
            home = {"home": {"postal_code": "3020"}} if number % 2 else {"home": {"lat": 50.90812, "lon": 4.67123}}
            profile = read_profile({**data, **home, "interests": ["gardening"], "transport": "bike"})
            open_dossier(work, CASEWORKER, profile, now=NOW, rng=rng, code=code)
            for place, activity in enumerate(rng.sample(OFFER, 6)):
                outcome, reason = rng.choice(OUTCOMES)
                on = SINCE + timedelta(days=number + place)
                step = OutcomeStep(activity_id=activity.id, outcome=outcome, reason=reason, on=on)
                note_step(work, CASEWORKER, code, step, now=NOW)
    return office


def extracted(office, since=SINCE, until=UNTIL, asker=ANALYST, key=b"key"):
    with office.store.reading() as work:
        return extract_outcomes(work, asker, since=since, until=until, key=key)


def run(*words, **environment):
    result = CliRunner().invoke(main, ["extract", *map(str, words)], env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


def test_codes_are_other_ones_in_each_extract_and_lead_nowhere(office):
    first, again, other = extracted(office), extracted(office), extracted(office, key=b"other")
    assert first == again
    names = [{one["profile_id"] for one in found.outcomes} for found in (first, other)]
    assert not names[0] & names[1]
    assert len(names[0]) == len(CODES)
    assert not any(
        code in json.dumps([found.outcomes, found.profiles]) for found in (first, other) for code in CODES
    )
    assert [one["id"] for one in first.profiles] == sorted(names[0])


def test_a_day_becomes_the_monday_of_its_week_and_the_period_counts_real_days(office):
    found = extracted(office, since=date(2026, 9, 10), until=date(2026, 9, 30))
    days = {date.fromisoformat(one["on"]) for one in found.outcomes}
    assert {day.weekday() for day in days} == {0}
    assert min(days) == date(2026, 9, 7)
    noted = [
        event
        for dossier in _dossiers(office)
        for event in dossier.events
        if event.kind == "outcome" and "2026-09-10" <= event.data["on"] <= "2026-09-30"
    ]
    assert len(found.outcomes) == len(noted)


def _dossiers(office):
    with office.store.reading() as work:
        return work.dossiers.of(["herent"])


def test_of_a_profile_goes_what_the_ranking_needs_and_no_text(office):
    for one in extracted(office).profiles:
        assert set(one) == {"id", "interests", "home", "transport"}
        assert {"gardening", "cooking", "sewing"} <= set(one["interests"])
        assert one["home"] in ({"postal_code": "3020"}, {"lat": 50.91, "lon": 4.67})


def test_what_was_undone_and_own_proposals_are_left_out(office):
    before = extracted(office)
    with office.store.writing() as work:
        own = OwnActivityStep(proposal={"title": "Koken met de buurvrouw"})
        _, event = note_step(work, CASEWORKER, CODES[0], own, now=NOW)
        fits = DecisionStep(activity_id=event.data["activity_id"], decision="fits")
        note_step(work, CASEWORKER, CODES[0], fits, now=NOW)
        step = OutcomeStep(activity_id=event.data["activity_id"], outcome="attended", on=SINCE)
        note_step(work, CASEWORKER, CODES[0], step, now=NOW)
        undo_last(work, CASEWORKER, CODES[1], now=NOW)
    after = extracted(office)
    assert len(after.outcomes) == len(before.outcomes) - 1
    assert not [one for one in after.outcomes if one["activity_id"].startswith("eigen")]


def test_about_fewer_than_ten_people_nothing_is_told(office, tmp_path, url):
    words = ["--from", SINCE, "--to", SINCE + timedelta(days=8), "-o", tmp_path / "o.jsonl"]
    result = run(*words, DATABASE_URL=url)
    assert result.exit_code == 1
    assert "about 10 people or more; got '9'" in result.stderr
    assert not (tmp_path / "o.jsonl").exists()
    assert run(*words, "--municipality", "leuven", DATABASE_URL=url).exit_code == 1


def test_only_an_analyst_may(office):
    with pytest.raises(ForbiddenError, match="may not do this"):
        extracted(office, asker=CASEWORKER)
    elsewhere = Asker(account="a", role="analyst", municipality="leuven", municipalities=("leuven",))
    with pytest.raises(Exception, match="about 10 people or more"):
        extracted(office, asker=elsewhere)


def test_the_command_writes_what_tune_reads_as_it_is(office, tmp_path, url):
    outcomes, profiles = tmp_path / "outcomes.jsonl", tmp_path / "profiles.jsonl"
    words = ["--from", SINCE, "--to", UNTIL, "-o", outcomes, "--profiles", profiles]
    result = run(*words, DATABASE_URL=url)
    assert (result.exit_code, result.stdout) == (0, "240 outcomes of 40 people.\n")
    read, problems = read_outcomes(outcomes)
    assert (len(read), problems) == (240, [])
    people, problems = read_profiles(profiles)
    assert ({one.id for one in people}, problems) == ({one.profile_id for one in read}, [])
    again = tmp_path / "again.jsonl"
    run("--from", SINCE, "--to", UNTIL, "-o", again, DATABASE_URL=url)
    assert again.read_bytes() != outcomes.read_bytes()


@pytest.mark.slow
def test_tune_takes_an_extract(office, tmp_path, url):
    outcomes, profiles = tmp_path / "outcomes.jsonl", tmp_path / "profiles.jsonl"
    run("--from", SINCE, "--to", UNTIL, "-o", outcomes, "--profiles", profiles, DATABASE_URL=url)
    result = CliRunner().invoke(main, ["tune", "--outcomes", str(outcomes), "--profiles", str(profiles)])
    assert result.exit_code == 0
    assert "Learnt from 205 outcomes of 40 people." in result.output


def test_a_wrong_call_is_refused_and_makes_nothing(tmp_path, url):
    file = tmp_path / "o.jsonl"
    wrong = run("--from", "2026-12-01", "--to", "2026-11-01", "-o", file, DATABASE_URL=url)
    assert (wrong.exit_code, "--from must not be after --to" in wrong.stderr) == (2, True)
    words = ["--from", "2026-11-01", "--to", "2026-12-01", "-o", file]
    assert run(*words, "--profiles", file, DATABASE_URL=url).exit_code == 2
    missing = run(*words, DATABASE_URL=url)
    assert (missing.exit_code, "must be of a database with dossiers" in missing.stderr) == (1, True)
    assert run(*words, DATABASE_URL="mysql://x/y").exit_code == 1
    assert list(tmp_path.iterdir()) == []
