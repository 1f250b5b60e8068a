"""What comes with an imported offer and must not come through: register numbers, and signs that hide or turn."""

import io

import pytest

from matcher.errors import InputError
from matcher.model import read_activity
from matcher.model.access import DEMONSTRATION_ACCOUNTS
from matcher.service.offers import look_at, send_files, source_names
from tests.dossier_desk import activity
from tests.offices import NOW, office_of

NUMBER = "85.07.30-033.28"


def titled(title):
    """Return the title that is kept of one that was sent."""
    return read_activity({"id": "x", "kind": "culture", "title": title, "organiser": "Huis"}).title


@pytest.mark.parametrize("key", ["title", "description", "organiser", "place", "address", "registration"])
def test_an_activity_holds_no_register_number(key):
    with pytest.raises(InputError, match="must not hold a national register number") as caught:
        read_activity(
            {"id": "x", "kind": "culture", "title": "Koor", "organiser": "Huis", key: f"Vraag naar {NUMBER}"}
        )
    assert NUMBER not in str(caught.value)


def test_a_telephone_number_is_no_register_number():
    assert titled("Koor, bel 0485 07 30 33 of 016 20 30 40")


@pytest.mark.parametrize("title", ["\u200b", "\u200b \ufeff", "\u202e\u202c"])
def test_a_title_that_cannot_be_seen_is_empty(title):
    with pytest.raises(InputError, match="must not be empty"):
        read_activity({"id": "x", "kind": "culture", "title": title, "organiser": "Huis"})


def test_signs_that_turn_a_text_around_are_left_out():
    assert titled("\u202eKoor\u2066 A") == "Koor A"


def test_letters_of_other_scripts_and_joined_signs_stay():
    for title in ("مقهى اللغة", "Gezin \U0001f469\u200d\U0001f467", "Praten\u200fنعم"):
        assert titled(title) == title


def test_the_name_of_a_file_repeats_no_register_number_and_no_address():
    office, asker = office_of([activity("koor")]), DEMONSTRATION_ACCOUNTS["coordinator"]
    for name in (f"{NUMBER}.csv", f"Jan {NUMBER} jan@example.org.csv"):
        content = f"title,organiser\nKoor,Huis\nBij {NUMBER},Huis\n".encode()
        send_files(office, asker, [(name, io.BytesIO(content))], token="t" + name[:1], now=NOW)
        upload, outcome, _ = look_at(office, asker, "t" + name[:1])
        assert list(source_names(upload)) == ["bestand.csv"]
        assert [problem.code for problem in outcome.problems if problem.severity == "error"] == ["register_number"]
        assert not any(NUMBER in str(problem) for problem in outcome.problems)
