"""Offers made up at random, to see that nothing of an activity is lost on its way through a file."""

from datetime import date

from hypothesis import strategies as st

from matcher import vocabulary as words
from matcher.model import read_activity

NASTY = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+32 16 21 12 00",
    "-",
    "-5",
    "@SUM(A1)",
    "'s avonds",
    "'=1",
    "''",
    "'",
    'Koor "De Lijster", Herent; elke week | gratis',
    "een\ntwee\r\ndrie\rvier",
    "_x000D_ en _x005F_x0041_",
    "x005F_",
    "a\tb",
    "a\u00a0b\u2028c\ufeffd\uffffe\ufffef",
    "<b>&amp;</b>",
    "𝒢🎉 é ü ﷽",
    "]]>",
    "1.0",
    "0012",
    "true",
    "#N/B",
    "Online via Zoom",
    "3020 Herent",
    "Zaal, Kerkstraat 1, 3020 Herent",
    "idem",
    "onbekend",
    "2026-12-01",
)
_CONTROL = [*map(chr, {*range(32), 127} - {9, 10, 13})]
_LETTERS = st.characters(exclude_categories=("Cs",), exclude_characters=_CONTROL)
SCHEDULES = (
    "di 19:00-21:00",
    "2w za 14:00-17:00",
    "1e do 09:30-12:00; laatste vr 14:00-16:00",
    "2026-12-05 14:00-17:00; 2027-01-09 14:00-17:00",
    "vr 22:00-24:00; za 00:00-02:00",
    "flex 2.25u/week",
    "wo 09:00-10:00; flex 0.5u/week",
)


def texts(most):
    """Any text that the model takes."""
    return (
        (st.sampled_from(NASTY) | st.text(_LETTERS, max_size=most))
        .map(str.strip)
        .filter(lambda text: 0 < len(text) <= most)
    )


def some(choices):
    """A few of a vocabulary, none twice."""
    return st.lists(st.sampled_from(sorted(choices)), unique=True, max_size=4)


def days():
    return st.dates(date(1900, 1, 1), date(2200, 12, 31))


def pauses():
    dated = st.tuples(days(), days()).map(sorted).map(lambda pair: f"{pair[0]}..{pair[1]}")
    return st.lists(dated | st.sampled_from(["12-21..01-03", "02-29..02-29", "07-01..08-31"]), max_size=3)


def pair(values):
    return st.tuples(st.none() | values, st.none() | values).map(
        lambda ends: ends if None in ends else tuple(sorted(ends))
    )


_MONEY = st.floats(0, 100_000) | st.integers(0, 100_000) | st.sampled_from([2.5, 0.1 + 0.2, 1e-9])
_FACILITIES = st.lists(st.sampled_from(words.NEEDS), unique=True).flatmap(
    lambda needs: st.tuples(*(st.sampled_from([need, f"-{need}"]) for need in needs)).map(list)
)


@st.composite
def activities(draw, texts=texts):
    """One activity: any key but the required ones may be unknown."""
    group, ages, period = draw(pair(st.integers(1, 100_000))), draw(pair(st.integers(0, 130))), draw(pair(days()))
    online = st.sampled_from(["online", "Bibliotheek"])
    keys = {
        "description": texts(2_000),
        "interests": some(words.interests()),
        "language": st.sampled_from(["nl", "nl+", "nl-BE", "fr", "EN-gb"]),
        "taalicoon": st.integers(1, 4),
        "interaction": st.sampled_from(words.INTERACTIONS),
        "participants": st.sampled_from(words.PARTICIPANTS),
        "new_people": st.booleans(),
        "schedule": st.sampled_from(SCHEDULES),
        "pauses": pauses(),
        "attendance": st.sampled_from(words.ATTENDANCES),
        "place": texts(300) | online,
        "address": texts(300),
        "postal_code": st.sampled_from(["3020", "0012", "75001"]) | texts(20),
        "municipality": texts(200),
        "price_eur": _MONEY,
        "reduced_price_eur": _MONEY,
        "fee_eur": _MONEY,
        "price_note": texts(300),
        "capacity": st.integers(0, 1_000_000),
        "places_left": st.integers(0, 1_000_000),
        "audience": some(words.AUDIENCES),
        "facilities": _FACILITIES,
        "registration": texts(300),
        "phone": st.sampled_from(["016 21 12 00", "+32 16 21 12 00", "016211200"]) | texts(200),
        "email": st.just("info@example.org") | texts(320),
        "url": st.just("https://example.org/?a=1&b=2") | texts(300),
        "signatory": texts(200),
        "status": st.sampled_from(words.STATUSES),
        "source": texts(300),
        "source_url": texts(300),
        "last_verified": days(),
        "assumed": st.lists(texts(80), max_size=3),
        "derived": st.lists(texts(500), max_size=3),
    }
    data = {
        "id": draw(st.from_regex(r"[a-z0-9-]{1,80}", fullmatch=True)),
        "title": draw(texts(300)),
        "organiser": draw(texts(300)),
        "kind": draw(st.sampled_from(words.KINDS)),
        **{key: draw(values) for key, values in keys.items() if draw(st.booleans())},
        **dict(zip(("group_min", "group_max"), group, strict=True)),
        **dict(zip(("age_min", "age_max"), ages, strict=True)),
        **dict(zip(("start_date", "end_date"), period, strict=True)),
    }
    if draw(st.booleans()):
        data |= {"lat": draw(st.floats(-90, 90)), "lon": draw(st.floats(-180, 180))}
    return read_activity(data)


def offers(**kinds):
    """A few activities with ids of their own."""
    return st.lists(activities(**kinds), max_size=2, unique_by=lambda activity: activity.id)
