"""A map of the offer by itself: places as dots, without streets; what is close together is one dot."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...model import Activity
from ...vocabulary import places
from .listing import OfferRow

WIDTH, HEIGHT_LEAST, HEIGHT_MOST, MARGIN = 720.0, 360.0, 860.0, 44.0
"""Pixels of the drawing."""
SPAN_LEAST_KM = 4.0
KM_PER_DEGREE = 111.195
RADIUS_LEAST, RADIUS_MOST, RADIUS_OF_ONE = 12.0, 30.0, 8.0
"""The area of a dot grows with the number of activities, within bounds."""
SCALES_KM = (1, 2, 5, 10, 20, 50)
_LETTER_WIDTH, _LINE_HEIGHT = 8.0, 18.0
_LABELS_MOST = 24

_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One place: its name, and what takes place there."""

    name: str
    rows: tuple[OfferRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A dot on the map, in pixels; ``exact`` is False when only postal codes are known."""

    letters: str
    x: float
    y: float
    radius: float
    exact: bool
    town: str
    spots: tuple[Spot, ...]

    @property
    def n(self) -> int:
        """How many activities it stands for."""
        return sum(len(spot.rows) for spot in self.spots)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The name of a town, in pixels."""

    x: float
    y: float
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferMap:
    """Everything to draw, and what has no place on a map.

    scale_km, scale_width : what the line of the scale stands for, and its length in pixels
    """

    width: float
    height: float
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    scale_km: int
    scale_width: float
    online: tuple[OfferRow, ...]
    nowhere: tuple[OfferRow, ...]


@dataclass(frozen=True, slots=True)
class _Point:
    lat: float
    lon: float
    exact: bool
    rows: tuple[OfferRow, ...]


def draw_offer(rows: Sequence[OfferRow]) -> OfferMap:
    """Put records on a map.

    Notes
    -----
    Coordinates count before a postal code, which stands for its centre. The map is as large as what is on it.
    North is up; distances are true, as over some tens of kilometres the earth is flat enough.
    """
    points, online, nowhere = _points(rows)
    if not points:
        return OfferMap(
            width=WIDTH,
            height=HEIGHT_LEAST,
            dots=(),
            labels=(),
            scale_km=1,
            scale_width=0,
            online=online,
            nowhere=nowhere,
        )
    frame = _Frame.around(points)
    dots = _dots(points, frame)
    scale_km = next((km for km in SCALES_KM if km * frame.km_px >= 60), SCALES_KM[-1])
    return OfferMap(
        width=WIDTH,
        height=frame.height,
        dots=dots,
        labels=_labels(points, dots, frame),
        scale_km=scale_km,
        scale_width=round(scale_km * frame.km_px, 1),
        online=online,
        nowhere=nowhere,
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """How a point of the earth becomes one of the drawing."""

    lat: float
    lon: float
    km_px: float
    height: float

    @classmethod
    def around(cls, points: Sequence[_Point]) -> _Frame:
        lats, lons = [point.lat for point in points], [point.lon for point in points]
        lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        high_km = max(SPAN_LEAST_KM, (max(lats) - min(lats)) * KM_PER_DEGREE)
        wide_km = max(SPAN_LEAST_KM, (max(lons) - min(lons)) * KM_PER_DEGREE * math.cos(math.radians(lat)))
        km_px = min((WIDTH - 2 * MARGIN) / wide_km, (HEIGHT_MOST - 2 * MARGIN) / high_km)
        return cls(lat, lon, km_px, max(HEIGHT_LEAST, high_km * km_px + 2 * MARGIN))

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        east_km = (lon - self.lon) * KM_PER_DEGREE * math.cos(math.radians(self.lat))
        north_km = (lat - self.lat) * KM_PER_DEGREE
        return WIDTH / 2 + east_km * self.km_px, self.height / 2 - north_km * self.km_px


def _points(rows: Iterable[OfferRow]) -> tuple[list[_Point], tuple[OfferRow, ...], tuple[OfferRow, ...]]:
    found: dict[tuple[float, float, bool], list[OfferRow]] = defaultdict(list)
    online, nowhere = [], []
    for row in rows:
        where = _where(row.activity)
        if row.activity.is_online:
            online.append(row)
        elif where is None:
            nowhere.append(row)
        else:
            found[where].append(row)
    points = [_Point(lat, lon, exact, tuple(there)) for (lat, lon, exact), there in sorted(found.items())]
    points.sort(key=lambda point: -len(point.rows))
    return points, tuple(online), tuple(nowhere)


def _where(activity: Activity) -> tuple[float, float, bool] | None:
    if activity.lat is not None and activity.lon is not None:
        return activity.lat, activity.lon, True
    centre = places().get(activity.postal_code or "")
    return (centre[1], centre[2], False) if centre else None


def _dots(points: Sequence[_Point], frame: _Frame) -> tuple[Dot, ...]:
    """Draw each place, join dots that would touch, and letter what comes out, the largest first."""
    rings = [_Ring(*frame.at(point.lat, point.lon), [point]) for point in points]
    joined: list[_Ring] = []
    for ring in rings:
        while touched := next((other for other in joined if ring.touches(other)), None):
            joined.remove(touched)
            ring = touched.with_other(ring)
        joined.append(ring)
    joined.sort(key=lambda ring: (-_n(ring.points), _town(ring.points), ring.x, ring.y))
    return tuple(
        Dot(
            letters=_letters(number),
            x=round(ring.x, 1),
            y=round(ring.y, 1),
            radius=round(ring.radius, 1),
            exact=any(point.exact for point in ring.points),
            town=_town(ring.points),
            spots=_spots(ring.points),
        )
        for number, ring in enumerate(joined)
    )


@dataclass(frozen=True, slots=True)
class _Ring:
    """A dot in the making."""

    x: float
    y: float
    points: list[_Point]

    @property
    def radius(self) -> float:
        return min(RADIUS_MOST, max(RADIUS_LEAST, RADIUS_OF_ONE * math.sqrt(_n(self.points))))

    def touches(self, other: _Ring) -> bool:
        return math.dist((self.x, self.y), (other.x, other.y)) < self.radius + other.radius

    def with_other(self, other: _Ring) -> _Ring:
        """Join two dots in the middle of all their activities."""
        n, m = _n(self.points), _n(other.points)
        x, y = ((n * a + m * b) / (n + m) for a, b in ((self.x, other.x), (self.y, other.y)))
        return _Ring(x, y, [*self.points, *other.points])


def _letters(number: int) -> str:
    """Return A to Z, then AA, AB and so on."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _n(points: Sequence[_Point]) -> int:
    return sum(len(point.rows) for point in points)


def _town(points: Sequence[_Point]) -> str:
    names = Counter(
        row.activity.municipality or places().get(row.activity.postal_code or "", ("",))[0]
        for point in points
        for row in point.rows
    )
    return min(names, key=lambda name: (-names[name], name))


def _spots(points: Sequence[_Point]) -> tuple[Spot, ...]:
    by_name: dict[str, list[OfferRow]] = defaultdict(list)
    for point in points:
        for row in point.rows:
            by_name[row.activity.place or row.activity.address or ""].append(row)
    spots = [Spot(name=name, rows=tuple(rows)) for name, rows in by_name.items()]
    return tuple(sorted(spots, key=lambda spot: (-len(spot.rows), spot.name)))


def _labels(points: Sequence[_Point], dots: Sequence[Dot], frame: _Frame) -> tuple[Label, ...]:
    """Write the names of the towns on the map, first where most takes place, as far as there is room."""
    counted = Counter(row.activity.postal_code or "" for point in points for row in point.rows)
    taken: list[_Box] = [
        (dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius) for dot in dots
    ]
    found: list[Label] = []
    for code, (name, lat, lon) in sorted(places().items(), key=lambda item: (-counted[item[0]], item[0])):
        x, y = frame.at(lat, lon)
        if not (0 < x < WIDTH and 0 < y < frame.height) or name in [label.name for label in found]:
            continue
        half = len(name) * _LETTER_WIDTH / 2
        for down in (0.0, 30.0, -30.0, 44.0, -44.0) if counted[code] else (0.0,):
            box = (x - half, y + down - _LINE_HEIGHT / 2, x + half, y + down + _LINE_HEIGHT / 2)
            is_inside = box[0] > 2 and box[1] > 2 and box[2] < WIDTH - 2 and box[3] < frame.height - 34
            if is_inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                found.append(Label(x=round(x, 1), y=round(y + down + 5, 1), name=name))
                break
        if len(found) == _LABELS_MOST:
            break
    return tuple(found)


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
