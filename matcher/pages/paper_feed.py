"""The calendar of a dossier by a secret link: made, shown once, revoked, and read by a calendar program."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ..calendars import FeedSession, feed_calendar
from ..errors import NotFoundError
from ..model import Proposal
from ..service import feeds
from ..service.sessions import SessionDay, coming_days
from .dossier_frame import dossier_page, find_dossier
from .facts import join_lines, place_line
from .front import Front
from .paper_proofs import PAPER


def add_feed(blueprint: Blueprint, front: Front) -> None:
    """Add ``/dossiers/<code>/agenda``, and ``/agenda/<token>.ics`` for whoever has the link."""

    @blueprint.get("/dossiers/<code>/agenda")
    def dossier_feed(code: str) -> Response:
        return _page(front, code)

    @blueprint.post("/dossiers/<code>/agenda")
    def change_feed(code: str) -> AnyResponse:
        words = front.words()
        with front.office.store.writing() as work:
            dossier = find_dossier(front, work, code)
            if request.form.get("doe") == "trek_in":
                feeds.revoke_feed(work, front.asker(), dossier.code)
                return front.go("pages.dossier_feed", words("paper_feed_revoked"), code=dossier.code)
            token = feeds.make_feed(work, front.asker(), dossier.code, now=front.now(), rng=front.rng)
        # Shown with this answer only: a page to go on to would have to find the secret somewhere.
        return _page(front, code, link=url_for("pages.dossier_calendar", token=token, _external=True))

    @blueprint.get("/agenda/<token>.ics")
    def dossier_calendar(token: str) -> Response:
        try:
            with front.office.store.reading() as work:
                dossier = feeds.dossier_of_feed(work, token)
        except NotFoundError:
            response = make_response("404\n", 404)
            response.headers["Content-Type"] = "text/plain; charset=utf-8"
        else:
            days = coming_days(front.office, dossier, today=front.today())
            sessions = [one for day, known in days for one in _sessions(day, known)]
            made_up = front.office.matcher(dossier.municipality).is_demonstration
            name = PAPER("paper_feed_name_demonstration" if made_up else "paper_feed_name")
            content, mark = feed_calendar(sessions, name=name, now=front.now())
            response = make_response(content)
            response.headers["Content-Type"] = "text/calendar; charset=utf-8"
            response.set_etag(mark, weak=True)
            response.make_conditional(request)
        response.headers["Cache-Control"] = "private, no-store"
        return response


def _sessions(day: SessionDay, known: Proposal) -> list[FeedSession]:
    return [
        FeedSession(
            activity_id=day.activity.activity_id,
            title=known.title,
            start=start,
            end=end,
            where=place_line(known, PAPER),
            how="\n".join(join_lines(known, PAPER)),
        )
        for start, end in day.times
    ]


def _page(front: Front, code: str, *, link: str = "") -> Response:
    with front.office.store.reading() as work:
        dossier = find_dossier(front, work, code)
        made_at = feeds.feed_made_at(work, front.asker(), dossier.code)
    words, today = front.words(), front.today()
    days = coming_days(front.office, dossier, today=today)
    return dossier_page(
        front,
        "paper_feed.html",
        dossier,
        link=link,
        may=front.asker().may("outcome"),
        made=words.day(made_at.astimezone(front.now().tzinfo).date(), today=today) if made_at else "",
        coming=[
            (
                day.activity.title,
                words.day(day.on, today=today),
                words.listed([words.times(*one) for one in day.times]),
            )
            for day, _ in days[:5]
        ],
        n_coming=len(days),
    )
