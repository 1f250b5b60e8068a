"""The demonstration of Herent: its offer, and offices with it. What is only read is made once for each process."""

import random
from functools import cache

from matcher import Matcher, data_folder, read_offer
from matcher.service.demonstration import fill_demonstration
from tests.offices import NOW, office_of
from tests.tracks import fill


@cache
def herent_offer():
    """Return the activities, in the order of the file."""
    activities, problems = read_offer(data_folder() / "herent_offer.csv")
    assert not [problem for problem in problems if problem.severity == "error"]
    return tuple(activities)


@cache
def herent_matcher():
    """Return the offer, ready to be matched."""
    return Matcher(herent_offer())


def herent_office():
    """Return an office with the offer, in which nothing was done yet."""
    return office_of(herent_offer())


def lived_in_office():
    """Return an office with the offer, and all dossiers and requests of the demonstration."""
    office = herent_office()
    fill_demonstration(office, now=NOW, rng=random.Random(6))
    return office


def steered_office():
    """Return an office with the offer, and made-up dossiers of 60 people over more than a year."""
    office = herent_office()
    fill(office, random.Random(4), herent_offer()[:20], n=60, today=NOW.date())
    return office
