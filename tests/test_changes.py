import random

import pytest

from matcher.schedule import Availability
from matcher.service.changes import _missing


def attended(free, start, end, added, drop_in):
    """Tell whether a session can be attended once a stretch is added, minute by minute."""
    minutes = {minute for a, b in [*free, added] for minute in range(a, b)}
    covered = len(minutes & set(range(start, end)))
    return covered >= min(60, end - start) if drop_in else covered == end - start


@pytest.mark.parametrize("drop_in", [False, True])
def test_what_is_missing_is_the_shortest_stretch_that_lets_one_in(drop_in):
    rng = random.Random(7)
    for _ in range(300):
        start = rng.randrange(0, 40)
        end = start + rng.randrange(1, 90)
        marks = sorted(rng.sample(range(0, 140), 2 * rng.randrange(0, 4)))
        free = tuple(zip(marks[::2], marks[1::2], strict=True))
        week = Availability((free, *[()] * 6))
        if week.attended_min(0, start, end, drop_in=drop_in):
            continue
        found = _missing(free, start, end, drop_in=drop_in)
        assert attended(free, start, end, found, drop_in)
        length = found[1] - found[0]
        shorter = ((a, a + length - 1) for a in range(start, end - length + 2)) if length > 1 else ()
        assert not any(attended(free, start, end, one, drop_in) for one in shorter)
