"""Which preset connector has the corners of a route, so that it is glued and keeps its bends.

The paths of straightConnector1 and bentConnector2 to 5 stand in presetShapeDefinitions.xml of
https://ecma-international.org/publications-and-standards/standards/ecma-376/
"""

from collections.abc import Sequence

from msgspec import Struct

from archcode.draw.scene import Point, Rect

TINY = 7200 / 12_700
"""Points by which a route is stretched where its ends are level, since adjustments are shares.

A fifth of a millimetre, which programs that count in hundredths do not round away.
"""
WHOLE = 100_000
MOST_PIECES = 5


class Connector(Struct, frozen=True):
    """A preset with its rectangle before it is flipped and then turned clockwise by 90 degrees."""

    preset: str
    rect: Rect
    turned: bool = False
    flip_x: bool = False
    flip_y: bool = False
    adjustments: tuple[int, ...] = ()


def connector(points: Sequence[Point]) -> Connector | None:
    """The connector through these corners; None where no preset has as many."""
    pieces = len(points) - 1
    if pieces > MOST_PIECES:
        return None
    if pieces == 1:
        return _straight(*points)
    turned = points[0][1] != points[1][1]
    path = [(y, x) if turned else (x, y) for x, y in points]
    (start, top), (end, bottom) = path[0], path[-1]
    along, across = _span(start, end), _span(top, bottom)
    return Connector(
        f"bentConnector{pieces}",
        _box(points, abs(along), abs(across)),
        turned,
        along < 0,
        # Turning sends what was below to the left.
        (across < 0) != turned,
        tuple(_shares(path[1:-1], (start, along), (top, across)))[: pieces - 2],
    )


def _straight(start: Point, end: Point) -> Connector:
    (x1, y1), (x2, y2) = start, end
    rect = Rect(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
    return Connector("straightConnector1", rect, flip_x=x2 < x1, flip_y=y2 < y1)


def _span(start: float, end: float) -> float:
    return end - start if abs(end - start) >= TINY else TINY


def _box(points: Sequence[Point], along: float, across: float) -> Rect:
    """The rectangle of that size around the middle between the ends."""
    (x1, y1), (x2, y2) = points[0], points[-1]
    return Rect((x1 + x2 - along) / 2, (y1 + y2 - across) / 2, along, across)


def _shares(
    corners: Sequence[Point], first: tuple[float, float], second: tuple[float, float]
) -> list[int]:
    """Where the corners are between the ends, by turns along and across."""
    found = []
    for number, corner in enumerate(corners):
        start, span = second if number % 2 else first
        found.append(round((corner[number % 2] - start) / span * WHOLE))
    return found
