"""Arrows that run down: from under a caption to the top of an icon, with labels beside them."""

from collections.abc import Sequence

from archcode.draw.lines import Drawing, Way, level
from archcode.draw.look import HEAD_LENGTH
from archcode.draw.runs import BESIDE, Fall, Run
from archcode.draw.scene import Point
from archcode.draw.trips import Trip

_UNDER = 2.0
_LOOP = 13.0


class Falling(Drawing, frozen=True):
    """Geometry of arrows from the top of a page to its bottom; heights of a layout are x here."""

    def _path(self, number: int) -> list[Point]:
        trip, hops = self.routes[number]
        source, target = self.cells[trip.edge.source], self.cells[trip.edge.target]
        points = [(trip.leave, source.caption.bottom + _UNDER)]
        for step, hop in enumerate(hops):
            if not hop.level:
                y = self.x.hops[number, step]
                points += [(hop.start, y), (hop.end, y)]
        if not trip.back:
            return [*points, (trip.arrive, target.picture.y)]
        icon = target.picture
        middle = icon.y + icon.height / 2
        side = target.right if trip.arrive > icon.x else target.left
        return [*points, (trip.arrive, middle), (side, middle)]

    def _loop(self, trip: Trip) -> list[Point]:
        cell = self.cells[trip.edge.source]
        icon = cell.picture
        low, high, right = icon.bottom - _LOOP, icon.y + _LOOP, icon.right + 16
        return [(cell.right, low), (right, low), (right, high), (cell.right, high)]

    def _drop(self, trip: Trip) -> list[Point]:
        one, two = self.cells[trip.edge.source], self.cells[trip.edge.target]
        y = one.picture.y + one.picture.height / 2
        return [(one.right, y), (two.left, y)]

    def _beside_loop(self, trip: Trip, points: tuple[Point, ...]) -> Point:
        (x, low), (_, high) = points[1:3]
        middle = x + BESIDE + trip.edge.text_width / 2
        return middle, (low + high - trip.edge.text_height) / 2

    def _beside_drop(self, trip: Trip, points: tuple[Point, ...]) -> Point:
        (left, y), (right, _) = points
        return (left + right - HEAD_LENGTH) / 2, y - 3 - trip.edge.text_height

    def _run(self, trip: Trip, ways: Sequence[Way]) -> Run | Fall:
        if trip.back:
            # Each has a level stretch of its own before they come up beside their box.
            return level(trip, [(ways[0][1], ways[0][2])])
        ends = [(w[-2], w[-1]) if trip.spot == "last" else (w[0], w[1]) for w in ways]
        top = max(min(a[1], b[1]) for a, b in ends) + 4
        bottom = min(max(a[1], b[1]) for a, b in ends) - 4
        if trip.spot == "last" or len(ends) == 1:
            bottom -= HEAD_LENGTH
        return Fall(trip.edge, top, bottom, ends[0][1][0])
