from datetime import date

from matcher import Matcher, read_activity
from matcher.model import read_profile
from matcher.pages.mail import mail_text
from matcher.pages.words import Words
from tests.offices import NOW

TODAY = NOW.date()
TABLE = {
    "id": "praattafel",
    "title": "Praattafel",
    "organiser": "Bibliotheek",
    "kind": "conversation_group",
    "schedule": "di 19:00-21:00",
    "start_date": "2026-09-01",
    "place": "Bibliotheek",
    "address": "Wilselsesteenweg 28",
    "postal_code": "3020",
    "municipality": "Herent",
    "lat": 50.9088,
    "lon": 4.6716,
    "price_eur": 0,
    "phone": "016 21 14 30",
    "signatory": "begeleider van de praattafel",
}
CHOIR = {
    "id": "koor",
    "title": "Koor Őszi Ćwierk",
    "organiser": "Koor",
    "kind": "culture",
    "url": "https://koor.example/",
}
HOME = read_profile({"id": "p", "home": {"postal_code": "3000"}, "transport": "bike"})


def details(*ids):
    matcher = Matcher([read_activity(TABLE), read_activity(CHOIR)])
    return matcher.details(HOME, ids, today=TODAY)


def test_a_mail_holds_what_is_known_of_each_proposal_and_what_to_ask():
    text = mail_text(details("praattafel", "koor"), Words("nl"))
    assert "1. Praattafel\n   Organisator: Bibliotheek (praatgroep)\n" in text
    assert "   Wanneer: Elke dinsdag van 19.00 tot 21.00 uur. De volgende keren: di 24 november 2026, " in text
    assert "   Waar: Bibliotheek, Wilselsesteenweg 28, 3020 Herent (" in text
    assert "   Prijs: Het is gratis.\n   Meedoen: Bel 016 21 14 30\n" in text
    assert "2. Koor Őszi Ćwierk\n   Organisator: Koor (cultuur)\n   Meedoen: Website: koor.example\n" in text
    assert "   Vraag na: dag en uur, de plaats en de prijs\n" in text


def test_a_mail_in_english_holds_no_score_and_no_word_about_the_person():
    text = mail_text(details("praattafel"), Words("en"))
    assert text.startswith("Hello,\n")
    assert "Coming up: Tue 24 November 2026" in text
    assert "score" not in text
    assert "3000" not in text


def test_a_mail_of_demonstration_data_says_so_first():
    example = read_activity({**TABLE, "source": "example"})
    found = Matcher([example]).details(HOME, ["praattafel"], today=date(2026, 11, 23))
    assert mail_text(found, Words("nl")).startswith("Demonstratiegegevens:")
