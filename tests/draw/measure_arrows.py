"""The part of the checker that looks at arrows and their labels."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from draw.scenery import (
    Fault,
    Thing,
    beside,
    inner,
    meeting,
    name_of,
    owns,
    pieces,
    segments,
    things,
)

from archcode.draw.look import HEAD_LENGTH
from archcode.draw.scene import Rect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.draw.scene import Cell, Point, Route, Scene

# The one fault that a picture may have if nobody would build what it shows.
BEHIND = "an arrow passes behind a title"
# Coordinates are rounded to hundredths of a point.
_NOTHING = 0.1
# The farthest that an arrow leaves from below a caption.
_UNDER = 4.0


def joined(scene: Scene) -> Iterator[Fault]:
    """Arrows are level or upright, begin and end at their boxes, and have room for a head."""
    cells = {cell.name: cell for cell in scene.cells}
    for route in scene.routes:
        names = (route.source, route.target)
        pieces = segments(route)
        last = pieces[-1]
        if any(min(piece.width, piece.height) for piece in pieces):
            yield Fault("an arrow is slanted", names, last)
        if any(max(piece.width, piece.height) == 0 for piece in pieces) or _turns_back(route):
            yield Fault("an arrow turns back", names, last)
        if max(last.width, last.height) < HEAD_LENGTH - _NOTHING:
            yield Fault("an arrowhead has no room", names, last)
        if not _leaves(cells[route.source], route.points[0]):
            yield Fault("an arrow does not leave its box", names, pieces[0])
        if not _touches(cells[route.target].shown, route.points[-1]):
            yield Fault("an arrow does not reach its box", names, last)


def _turns_back(route: Route) -> bool:
    """Whether a piece goes on along the line of the one before, or back along it."""
    level = [y1 == y2 for (_, y1), (_, y2) in pairwise(route.points)]
    return any(one == two for one, two in pairwise(level))


def _leaves(cell: Cell, point: Point) -> bool:
    under = point[1] - cell.caption.bottom
    below = cell.shown.x <= point[0] <= cell.shown.right and -_NOTHING <= under <= _UNDER
    return below or _touches(cell.shown, point)


def _touches(rect: Rect, point: Point) -> bool:
    """Whether a point is on the outline of a rectangle."""
    spot = Rect(*point, 0, 0)
    return inner(rect, -_NOTHING).encloses(spot) and not inner(rect, _NOTHING).encloses(spot)


def clear(scene: Scene) -> Iterator[Fault]:
    """No arrow passes through anything, be it of its own boxes; through heat only of those."""
    walls = [Thing(thing.kind, thing.owner, inner(thing.rect)) for thing in things(scene)]
    for wall, piece in meeting(walls, pieces(scene)):
        route = scene.routes[int(piece.owner)]
        if wall.kind != "heat" or wall.owner not in (route.source, route.target):
            kind = BEHIND if wall.kind == "title" else "an arrow strikes through"
            yield Fault(kind, (wall.words, route.source, route.target), piece.rect)


def labelled(scene: Scene) -> Iterator[Fault]:
    """Every label is beside an arrow of its text."""
    for label, near in zip(scene.labels, beside(scene), strict=True):
        if not any(owns(scene.routes[number], label) for number in near):
            yield Fault("a label is far from its arrow", (name_of(label),), label.rect)


def astray(scene: Scene) -> Iterator[Fault]:
    """Labels that another arrow is nearer to, which crowded pictures cannot always help."""
    for label, near in zip(scene.labels, beside(scene), strict=True):
        own = [number for number in near if owns(scene.routes[number], label)]
        least = min((near[number] for number in own), default=0.0) - _NOTHING
        for number in near.keys() - own:
            if near[number] < least:
                route = scene.routes[number]
                names = (name_of(label), route.source, route.target)
                yield Fault("a label is nearer to another arrow", names, label.rect)
