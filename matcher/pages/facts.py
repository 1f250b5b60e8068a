"""What is known of an activity in plain words, for a mail and for paper: no scores, no codes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from ..explain import DAY_WORDS, session_text
from ..model import Proposal
from ..schedule import Flex, Schedule, Timed, Weekly
from .words import Words, sentence

URL_LONGEST = 45
"""A longer address is shortened to the site: nobody types more than that over from paper."""
NOTE_LONGEST = 80


def when_lines(
    activity: Proposal, sessions: Sequence[tuple[datetime, datetime]], words: Words, *, today: date
) -> list[str]:
    """Return when an activity takes place, and its next dates; nothing when that is unknown.

    Parameters
    ----------
    sessions : sequence of (datetime, datetime)
        The next ones.
    today : date
        A date far from it is written with its year; `datetime.date.min` writes every year.
    """
    if activity.schedule is None:
        return []
    days = [words.day(start.date(), today=today) for start, _ in sessions]
    times = [words.times(start, end) for start, end in sessions]
    if activity.schedule.only_once:
        return [f"{day}, {clock}" for day, clock in zip(days, times, strict=True)]
    lines = _weekly_lines(activity.schedule, words)
    if len({session.day for session in activity.schedule.timed}) < len(activity.schedule.timed):
        # Else the day of the week tells which of the hours above are meant.
        days = [f"{day} ({clock})" for day, clock in zip(days, times, strict=True)]
    if days:
        lines.append(words("paper_next" if len(days) > 1 else "paper_next_one", list=words.listed(days)))
    return lines


def _weekly_lines(schedule: Schedule, words: Words) -> list[str]:
    """Return a sentence for each session, and one for all days of every week that have the same hours."""
    column = 0 if words.language == "nl" else 1
    groups: dict[object, list[Timed | Flex]] = {}
    for session in schedule.sessions:
        weekly = isinstance(session, Weekly) and session.interval == 1
        key = (session.start_min, session.end_min) if isinstance(session, Weekly) and weekly else session
        groups.setdefault(key, []).append(session)
    lines = []
    for sessions in groups.values():
        line = session_text(sessions[0])[column]
        if len(sessions) > 1:
            names = [DAY_WORDS[one.day][column] for one in sessions if isinstance(one, Weekly)]
            line = line.replace(names[0], words.listed(names), 1)
        lines.append(sentence(line))
    return lines


def place_line(activity: Proposal, words: Words) -> str:
    """Return where it is, with as much of the address as is known, and nothing said twice."""
    if activity.is_online:
        return words("paper_online")
    line = ""
    for part in (activity.place, activity.address, activity.municipality):
        if part and part.casefold() not in line.casefold():
            code = activity.postal_code if part == activity.municipality else None
            line = ", ".join(filter(None, [line, " ".join(filter(None, [code, part]))]))
    return line


def join_lines(activity: Proposal, words: Words) -> list[str]:
    """Return how one joins: what the organisation says, its telephone, mail and website."""
    lines = [sentence(activity.registration)] if activity.registration else []
    if activity.phone:
        lines.append(words("paper_phone", phone=activity.phone))
    if activity.email:
        lines.append(words("paper_mail", mail=activity.email))
    if activity.url:
        lines.append(words("paper_website", url=short_url(activity.url)))
    return lines


def price_line(activity: Proposal, words: Words) -> str:
    """Return what it costs in plain words; nothing when that is unknown."""
    parts = []
    if activity.price_eur is not None:
        free = activity.price_eur == 0 and not activity.fee_eur
        price = words.euro(activity.price_eur)
        parts.append(words("paper_free") if free else words("paper_price", price=price))
        if activity.reduced_price_eur is not None and activity.reduced_price_eur < activity.price_eur:
            parts.append(words("paper_reduced", price=words.euro(activity.reduced_price_eur)))
    if activity.fee_eur:
        parts.append(words("paper_fee", price=words.euro(activity.fee_eur)))
        if activity.price_eur is None:
            parts.append(words("paper_ask_each_time"))
    if activity.price_note and len(activity.price_note) <= NOTE_LONGEST:
        parts.append(sentence(activity.price_note))
    return " ".join(parts)


def shortened(text: str, most: int) -> str:
    """Return a text that is no longer than so many signs, cut after a word.

    Examples
    --------
    >>> shortened("Kom gewoon langs in de bibliotheek.", 20)
    'Kom gewoon langs in…'
    """
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"


def short_url(url: str) -> str:
    """Return an address as one would write it by hand.

    Examples
    --------
    >>> short_url("https://www.herent.be/buddy/")
    'www.herent.be/buddy'
    """
    plain = url.removeprefix("https://").removeprefix("http://").rstrip("/")
    if len(plain) <= URL_LONGEST:
        return plain
    try:
        return urlsplit(f"//{plain}").netloc or plain
    except ValueError:
        return plain
