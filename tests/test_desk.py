import random
from datetime import date, timedelta

import pytest

from matcher.dossiers import read_code
from matcher.errors import ForbiddenError, InputError
from matcher.model import read_profile
from matcher.model.access import DEMONSTRATION_ACCOUNTS
from matcher.model.steps import OutcomeStep
from matcher.schedule import read_availability
from matcher.service.desk import count_request, half_days, save_request, scarce_places
from matcher.service.dossiers import note_step
from tests.herent import herent_office
from tests.offices import NOW

DESK, CASEWORKER, ANALYST = (DEMONSTRATION_ACCOUNTS[role] for role in ("desk", "caseworker", "analyst"))
SEWER = read_profile(
    {
        "id": "balie",
        "interests": ["sewing"],
        "wishes": "samen naaien",
        "age": 41,
        "availability": ["di 13:00-17:30"],
    }
)
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)


@pytest.fixture
def office():
    return herent_office()


def count(office, key="", asker=DESK, asked_by="other"):
    with office.store.writing() as work:
        return count_request(work, asker, SEWER, asked_by=asked_by, n_allowed=7, key=key, now=NOW)


def counted(office):
    with office.store.reading() as work:
        return work.requests(["herent", "leuven"], since=FIRST, until=LAST)


def save(office, key="k", asker=DESK, proposed=("naaicafe-vrouwen-veltem",), asked_by="caseworker", seed=1):
    with office.store.writing() as work:
        return save_request(
            work,
            asker,
            SEWER,
            asked_by=asked_by,
            proposed=proposed,
            key=key,
            now=NOW,
            rng=random.Random(seed),
        )


def dossiers(office):
    with office.store.reading() as work:
        return work.dossiers.of(["herent", "leuven"])


def test_a_counted_request_holds_no_words_no_place_and_no_age(office):
    assert count(office, asked_by="inburgeraar")
    (request,) = counted(office)
    assert (request.municipality, request.on, request.asked_by) == ("herent", NOW.date(), "inburgeraar")
    assert (request.interests, request.half_days, request.n_allowed) == (("sewing",), ("di-afternoon",), 7)
    assert set(type(request).__slots__) == {
        "municipality",
        "on",
        "asked_by",
        "interests",
        "half_days",
        "n_allowed",
    }


def test_the_same_form_counts_once(office):
    assert [count(office, key="a"), count(office, key="a"), count(office, key="b")] == [True, False, True]
    assert len(counted(office)) == 2


def test_who_asks_is_one_of_three(office):
    with pytest.raises(InputError, match="asked_by must be one of inburgeraar, caseworker, other; got 'buurman'"):
        count(office, asked_by="buurman")
    with pytest.raises(InputError, match="asked_by must be one of"):
        save(office, asked_by="buurman")
    assert (counted(office), dossiers(office)) == ([], [])


@pytest.mark.parametrize(
    ("week", "parts"),
    [
        (["ma 11:00-12:00"], ("ma-morning",)),
        (["ma 11:30-12:30"], ()),
        (["ma 08:00-08:30", "ma 10:00-10:30"], ("ma-morning",)),
        (["zo 08:00-22:30"], ("zo-morning", "zo-afternoon", "zo-evening")),
        ([], ()),
    ],
)
def test_an_hour_in_a_part_of_the_day_makes_it_count(week, parts):
    assert half_days(read_availability(week)) == parts


def test_an_unknown_week_has_no_parts():
    assert half_days(None) == ()


def test_a_request_becomes_a_dossier_with_its_proposals(office):
    saved = save(office, proposed=("naaicafe-vrouwen-veltem", "ldc-open-huis", "naaicafe-vrouwen-veltem"))
    (dossier,) = dossiers(office)
    assert saved.is_new
    assert read_code(saved.code) == dossier.code == dossier.profile.id
    assert (dossier.municipality, dossier.asked_by) == ("herent", "caseworker")
    assert dossier.profile.wishes == "samen naaien"
    assert [(one.activity.activity_id, one.outcome) for one in dossier.followed] == [
        ("naaicafe-vrouwen-veltem", "proposed"),
        ("ldc-open-huis", "proposed"),
    ]


def test_a_second_click_gives_the_same_dossier(office):
    first, second = save(office, seed=1), save(office, seed=2)
    assert (first.code, first.is_new, second.is_new) == (second.code, True, False)
    assert len(dossiers(office)) == 1


def test_another_answer_gives_another_dossier(office):
    assert save(office, key="a").code != save(office, key="b", seed=2).code


def test_without_proposals_a_dossier_can_be_kept_too(office):
    save(office, proposed=())
    assert dossiers(office)[0].followed == ()


def test_of_an_unknown_activity_nothing_is_written(office):
    with pytest.raises(InputError, match="activity_id must be the id of an activity of the offer; got 'niets'"):
        save(office, proposed=("naaicafe-vrouwen-veltem", "niets"))
    assert dossiers(office) == []
    assert save(office).is_new


def test_who_may_not_open_dossiers_saves_none(office):
    with pytest.raises(ForbiddenError, match="The role 'analyst' may not do this"):
        save(office, asker=ANALYST)
    assert dossiers(office) == []


def test_few_places_that_were_proposed_to_somebody_are_told(office):
    # keukenploeg-dienstencentrum has 1 place left, naaicafe-vrouwen-veltem 3, wereldkoor-herent 12.
    save(office, proposed=("keukenploeg-dienstencentrum", "naaicafe-vrouwen-veltem", "wereldkoor-herent"))
    with office.store.reading() as work:
        scarce = scarce_places(office, work, DESK, today=NOW.date())
        later = scarce_places(office, work, DESK, today=NOW.date() + timedelta(days=15))
    assert scarce == {"keukenploeg-dienstencentrum": 1, "naaicafe-vrouwen-veltem": 3}
    assert later == {}


def test_a_place_that_was_declined_is_free_again(office):
    code = save(office, proposed=("keukenploeg-dienstencentrum",)).code
    declined = OutcomeStep(activity_id="keukenploeg-dienstencentrum", outcome="declined", reason="times")
    with office.store.writing() as work:
        note_step(work, CASEWORKER, code, declined, now=NOW)
        assert scarce_places(office, work, DESK, today=NOW.date()) == {}
