"""The offer of an overview as figures, and all figures together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..explain.gaps import half_day_words
from ..model.gaps import SMALLEST_CELL
from ..plots import Bar, bars
from ..plots.parts import capital
from ..vocabulary import interests
from .overview_figures import (
    Figure,
    askers_figure,
    count_text,
    funnel_figure,
    hours_figure,
    is_told,
    months_figure,
    reached_figure,
    reasons_figure,
)
from .words import Words

if TYPE_CHECKING:
    from ..model.overview import Overview, Wish

HOSTS_SHOWN = HALF_DAYS_SHOWN = 10
LETTERS_ON_PLOT = 34


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Figures on one subject."""

    id: str
    title: str
    figures: tuple[Figure, ...]


def chapters(found: Overview, t: Words) -> tuple[Chapter, ...]:
    """Return all figures of an overview in the words of a language."""
    return (
        Chapter(
            id="vragen", title=t("overview_requests"), figures=(months_figure(found, t), askers_figure(found, t))
        ),
        Chapter(
            id="voorstellen",
            title=t("overview_proposals"),
            figures=(
                funnel_figure(found, t),
                reasons_figure("declined", found.proposed.declined, found.proposed.declined_by, t),
                reasons_figure("stopped", found.proposed.stopped, found.proposed.stopped_by, t),
            ),
        ),
        Chapter(
            id="uren", title=t("overview_hours_title"), figures=(hours_figure(found, t), reached_figure(found, t))
        ),
        Chapter(
            id="aanbod",
            title=t("overview_offer"),
            figures=(
                interests_figure(found, t),
                half_days_figure(found, t),
                unproposed_figure(found, t),
                hosts_figure(found, t),
                verified_figure(found, t),
            ),
        ),
    )


def interests_figure(found: Overview, t: Words) -> Figure:
    """Show interests that are asked against what there is."""
    wishes = sorted(found.offer.by_interest, key=lambda one: (-one.requests["least"], one.id))
    names = {one.id: interests()[one.id] for one in wishes}
    labels = {id_: capital(one.label_nl if t.language == "nl" else one.label_en) for id_, one in names.items()}
    return _wished("interest", wishes, labels, t)


def half_days_figure(found: Overview, t: Words) -> Figure:
    """Show free moments that are asked against what there is."""
    wishes = found.offer.by_half_day
    labels = {one.id: capital(half_day_words(one.id)[t.language == "en"]) for one in wishes}
    return _wished("half_day", wishes, labels, t, shown=HALF_DAYS_SHOWN)


def _wished(name: str, wishes: Sequence[Wish], labels: dict[str, str], t: Words, *, shown: int = 0) -> Figure:
    """Return demand against supply; with ``shown`` only so many bars, those with most demand to an activity."""
    told = [one for one in wishes if is_told(one.requests)]
    if not told:
        return Figure(id=name, title=t(f"overview_{name}_few"))
    scarce = sorted(told, key=lambda one: (-one.requests["least"] / (one.activities + 0.5), one.id))
    worst = scarce[0]
    title = t(
        {0: "overview_wish_none", 1: "overview_wish_one"}.get(worst.activities, "overview_wish"),
        what=labels[worst.id].lower() if t.language == "nl" else labels[worst.id],
        asked=count_text(worst.requests, t),
        there=worst.activities,
    )
    rows = []
    for one in scarce[:shown] if shown else told:
        key = "overview_asked_there_one" if one.activities == 1 else "overview_asked_there"
        text = t(key, asked=count_text(one.requests, t), there=one.activities)
        rows.append(Bar(labels[one.id], text, one.requests["least"], one.requests["least"]))
    return Figure(
        id=name.replace("_", "-"),
        title=title,
        plot=Markup(bars(name.replace("_", "-"), title, t("overview_about_bars"), rows)),
        head=[
            t(f"overview_{name}_head"),
            t("overview_wish_requests"),
            t("overview_wish_people"),
            t("overview_wish_there"),
        ],
        rows=[
            [labels[one.id], count_text(one.requests, t), count_text(one.people, t), str(one.activities)]
            for one in wishes
        ],
        note=t("overview_half_day_note", n=len(rows)) if shown else "",
    )


def unproposed_figure(found: Overview, t: Words) -> Figure:
    """Show what was never proposed, by the limit that keeps most people out."""
    offer = found.offer
    if offer.unproposed is None:
        return Figure(id="unproposed", title=t("overview_unproposed_few"))
    if not offer.unproposed:
        return Figure(id="unproposed", title=t("overview_unproposed_none"))
    title = t("overview_unproposed", n=len(offer.unproposed), total=offer.activities)
    first = Counter(one.limits[0] if one.limits else "none" for one in offer.unproposed)
    rows = [
        Bar(capital(t(f"overview_limit_{code}")), str(n), n, n)
        for code, n in sorted(first.items(), key=lambda item: (-item[1], item[0]))
    ]
    return Figure(
        id="unproposed",
        title=title,
        plot=Markup(bars("unproposed", title, t("overview_about_bars"), rows)),
        head=[t("overview_activity_head"), t("overview_organiser_head"), t("overview_unproposed_why")],
        rows=[
            [
                one.title,
                one.organiser,
                t.listed([t(f"overview_limit_{code}") for code in one.limits or ("none",)]),
            ]
            for one in offer.unproposed
        ],
        activity_ids=[one.activity_id for one in offer.unproposed],
        note=t("overview_unproposed_note"),
    )


def hosts_figure(found: Overview, t: Words) -> Figure:
    """Show which organisers got most people."""
    hosts = found.offer.hosts
    if not hosts:
        return Figure(id="hosts", title=t("overview_hosts_few", least=SMALLEST_CELL))
    title = t("overview_hosts", organiser=capital(hosts[0].organiser), n=count_text(hosts[0].people, t))
    rows = [
        Bar(_cut(one.organiser), count_text(one.people, t), one.people["least"], one.people["least"])
        for one in hosts[:HOSTS_SHOWN]
    ]
    return Figure(
        id="hosts",
        title=title,
        plot=Markup(bars("hosts", title, t("overview_about_bars"), rows)),
        head=[t("overview_organiser_head"), t("overview_people"), t("overview_wish_there")],
        rows=[[one.organiser, count_text(one.people, t), str(one.activities)] for one in hosts],
        note=t("overview_hosts_note", least=SMALLEST_CELL),
    )


def verified_figure(found: Overview, t: Words) -> Figure:
    """Show how long ago records were verified."""
    offer = found.offer
    old = offer.older + offer.never
    title = (
        t("overview_verified", n=old, total=offer.activities)
        if old
        else t("overview_verified_fine", total=offer.activities)
    )
    counts = (("recent", offer.recent), ("older", offer.older), ("never", offer.never))
    rows = [Bar(t(f"overview_verified_{name}"), str(n), n, n) for name, n in counts]
    return Figure(
        id="verified",
        title=title,
        plot=Markup(bars("verified", title, t("overview_about_bars"), rows)),
        head=[t("overview_verified_head"), t("overview_activities")],
        rows=[[row.name, row.text] for row in rows],
    )


def _cut(name: str) -> str:
    return name if len(name) <= LETTERS_ON_PLOT else name[: LETTERS_ON_PLOT - 1] + "…"
