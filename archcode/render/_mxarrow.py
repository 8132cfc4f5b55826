"""Where draw.io's arrows meet boxes and bend, and where on them their labels are tied."""

from __future__ import annotations

from itertools import pairwise
from math import dist
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.draw.look import TEXT
from archcode.draw.metrics import width
from archcode.draw.scene import Rect
from archcode.render._mxgraph import joined, shown
from archcode.render._xml import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archcode.draw.scene import Label, Point, Route


class Tie(Struct, frozen=True):
    """A place on an arrow: the part of its length before it, and the point."""

    flow: str
    part: float
    point: Point

    def cell(self, name: str, value: str, style: Mapping[str, str], rect: Rect) -> str:
        """Something that moves with the arrow; a label without a size is around its place."""
        size = f'width="{shown(rect.width)}" height="{shown(rect.height)}" ' if rect.width else ""
        x, y = rect.x - self.point[0], rect.y - self.point[1]
        return (
            f'<mxCell id="{name}" value="{escape(value)}" style="{joined(style)}" vertex="1" '
            f'connectable="0" parent="{self.flow}">'
            f'<mxGeometry x="{self.part * 2 - 1:.6f}" {size}relative="1" as="geometry">'
            f'<mxPoint x="{shown(x)}" y="{shown(y)}" as="offset"/></mxGeometry></mxCell>'
        )


def nearest(label: Label, routes: Mapping[str, Route]) -> Tie:
    """The place that a label is nearest to on an arrow of its kind."""
    at = label.rect
    middle = (at.x + at.width / 2, at.y + at.height / 2)
    ties = (
        Tie(name, *_nearest(route.points, middle))
        for name, route in routes.items()
        if route.kind == label.kind
    )
    return min(ties, key=lambda tie: dist(tie.point, middle))


def centre(label: Label) -> Rect:
    """The middle of the words of a label, of which the number of its step is no part."""
    at, step = label.rect, label.step
    if step is None:
        return Rect(at.x + at.width / 2, at.y + at.height / 2, 0, 0)
    first, look = label.lines[0], TEXT["label"]
    wide = max(width(line.text, look.size) for line in label.lines)
    x = first.x + (wide / 2 if first.anchor == "start" else 0)
    top = first.y - look.leading * 0.75
    return Rect(x, top + look.leading * len(label.lines) / 2, 0, 0)


def tied(end: str, rect: Rect, point: Point) -> dict[str, str]:
    """Where an arrow meets a box, as parts of the box."""
    return {
        f"{end}X": f"{(point[0] - rect.x) / rect.width:.6f}",
        f"{end}Y": f"{(point[1] - rect.y) / rect.height:.6f}",
        f"{end}Dx": "0",
        f"{end}Dy": "0",
        f"{end}Perimeter": "0",
    }


def corners(points: Sequence[Point]) -> Sequence[Point]:
    """The points between; the middle of a straight line, which is else led around its ends."""
    if len(points) > 2:
        return points[1:-1]
    (x1, y1), (x2, y2) = points
    return [((x1 + x2) / 2, (y1 + y2) / 2)]


def _nearest(points: Sequence[Point], goal: Point) -> tuple[float, Point]:
    """The point of a line that is nearest to another, and the part of the line before it."""
    found, gone = (0.0, points[0]), 0.0
    whole = sum(map(dist, points, points[1:])) or 1
    for one, two in pairwise(points):
        near = _between(one[0], two[0], goal[0]), _between(one[1], two[1], goal[1])
        if dist(near, goal) < dist(found[1], goal):
            found = ((gone + dist(one, near)) / whole, near)
        gone += dist(one, two)
    return found


def _between(one: float, two: float, goal: float) -> float:
    return min(max(goal, min(one, two)), max(one, two))
