"""How arrows are stroked: rounded corners, arrowheads, and shared stretches only once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import hypot
from typing import Literal

from msgspec import Struct, field

from archcode.draw.look import CORNER, HEAD_LENGTH, HEAD_WIDTH
from archcode.draw.picture import ArrowKind
from archcode.draw.scene import Point

Step = tuple[Literal["M", "L", "C"], tuple[Point, ...]]
"""Move to a point, line to a point, or curve to the last of three."""
_Track = tuple[ArrowKind, bool, float]


class Pen(Struct):
    """Remembers what it has drawn: a line drawn twice looks bolder, and a dashed one solid."""

    drawn: dict[_Track, list[tuple[float, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def steps(self, kind: ArrowKind, points: Sequence[Point]) -> list[Step]:
        """The line of an arrow up to its head, without stretches already drawn."""
        found: list[Step] = []
        at: Point | None = None
        for stroke in _strokes(points):
            straight = len(stroke) == 2
            for piece in self._fresh(kind, *stroke) if straight else [stroke]:
                if piece[0] != at:
                    found.append(("M", piece[:1]))
                found.append(("L" if straight else "C", piece[1:]))
                at = piece[-1]
        return found

    def _fresh(self, kind: ArrowKind, start: Point, end: Point) -> Iterator[tuple[Point, ...]]:
        """What of a straight line is not there yet, in its direction."""
        flat = start[1] == end[1]
        across, low, high = (start[1], start[0], end[0]) if flat else (start[0], start[1], end[1])
        known = self.drawn[kind, flat, across]
        pieces = list(_without(min(low, high), max(low, high), known))
        known += pieces
        for one, two in pieces if low < high else [(b, a) for a, b in reversed(pieces)]:
            yield ((one, across), (two, across)) if flat else ((across, one), (across, two))


def _without(
    low: float, high: float, known: list[tuple[float, float]]
) -> Iterator[tuple[float, float]]:
    for start, end in sorted(known):
        if end <= low or start >= high:
            continue
        if start > low:
            yield low, start
        low = max(low, end)
    if low < high:
        yield low, high


def _strokes(points: Sequence[Point]) -> Iterator[tuple[Point, ...]]:
    """Straight lines of two points and corners of four, up to the base of the arrowhead."""
    line = [*points[:-1], _toward(points[-1], points[-2], HEAD_LENGTH - 1)]
    at = line[0]
    for before, corner, after in zip(line, line[1:], line[2:], strict=False):
        radius = min(CORNER, _distance(before, corner) / 2, _distance(corner, after) / 2)
        start, end = _toward(corner, before, radius), _toward(corner, after, radius)
        if at != start:
            yield at, start
        yield start, _toward(corner, start, radius * 0.45), _toward(corner, end, radius * 0.45), end
        at = end
    if at != line[-1]:
        yield at, line[-1]


def head(points: Sequence[Point]) -> tuple[Point, Point, Point]:
    """The triangle at the end of an arrow, its tip first."""
    tip, before = points[-1], points[-2]
    x, y = _toward(tip, before, HEAD_LENGTH)
    length = _distance(tip, before) or 1
    across = (before[1] - tip[1]) / length * HEAD_WIDTH / 2
    along = (tip[0] - before[0]) / length * HEAD_WIDTH / 2
    return tip, _tidy(x + across, y + along), _tidy(x - across, y - along)


def _distance(one: Point, two: Point) -> float:
    return hypot(one[0] - two[0], one[1] - two[1])


def _toward(start: Point, goal: Point, steps: float) -> Point:
    length = _distance(start, goal)
    if not length:
        return start
    part = steps / length
    return _tidy(start[0] + (goal[0] - start[0]) * part, start[1] + (goal[1] - start[1]) * part)


def _tidy(x: float, y: float) -> Point:
    return round(x, 2), round(y, 2)
