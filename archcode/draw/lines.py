"""The corners of every arrow and the place of every label, once boxes have theirs.

Here arrows run from left to right; in `archcode.draw.falls` they run down.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from archcode.draw.across import Across
from archcode.draw.labels import Labels, Segment
from archcode.draw.look import CORNER, HEAD_LENGTH, ICON
from archcode.draw.runs import BESIDE, Corners, Fall, Run
from archcode.draw.scene import Border, Cell, Label, Point
from archcode.draw.scene import Route as Drawn
from archcode.draw.tracks import Route
from archcode.draw.trips import Trip
from archcode.draw.written import written

Way = tuple[Point, ...]
"""All corners of an arrow."""


class Drawing(Struct, frozen=True):
    """Geometry of arrows between placed boxes."""

    x: Across
    routes: list[Route]
    cells: dict[str, Cell]

    def route(self, number: int) -> Drawn:
        """The corners of an arrow."""
        trip, _ = self.routes[number]
        edge = trip.edge
        shape = {"loop": self._loop, "drop": self._drop}.get(trip.spot)
        points = shape(trip) if shape else self._path(number)
        return Drawn(edge.source, edge.target, edge.kind, tuple(_corners(points)), edge.tooltip)

    def _path(self, number: int) -> list[Point]:
        trip, hops = self.routes[number]
        target = self.cells[trip.edge.target]
        points = [(self.cells[trip.edge.source].right, trip.leave)]
        for step, hop in enumerate(hops):
            if not hop.level:
                x = self.x.hops[number, step]
                points += [(x, hop.start), (x, hop.end)]
        return [*points, (target.right if trip.back else target.left, trip.arrive)]

    def _loop(self, trip: Trip) -> list[Point]:
        cell = self.cells[trip.edge.source]
        icon = cell.picture
        start, over, right = icon.y + 13, icon.y - 14, icon.right + 16
        down = min(icon.x + 38, cell.right)
        return [(cell.right, start), (right, start), (right, over), (down, over), (down, icon.y)]

    def _drop(self, trip: Trip) -> list[Point]:
        upper, lower = self.cells[trip.edge.source], self.cells[trip.edge.target]
        x = lower.picture.x + ICON / 2
        return [(x, upper.caption.bottom + 2), (x, lower.picture.y)]

    def labels(self, drawn: tuple[Drawn, ...], frames: tuple[Border, ...]) -> tuple[Label, ...]:
        """The labels of all arrows, most cramped first."""
        walls = [rect for thing in self.cells.values() for rect in thing.solid]
        titles = [frame.plate for frame in frames]
        lines = [segment for route in drawn for segment in segments(route.points)]
        labels = Labels([*walls, *titles], lines, list(_outline(frames)))
        for label in self._fixed(drawn):
            labels.add(label)
        for run in sorted(self._runs(drawn), key=lambda run: run.spare):
            placed = run.place(labels)
            if placed:
                labels.add(placed)
        return tuple(labels.placed)

    def _fixed(self, drawn: tuple[Drawn, ...]) -> Iterator[Label]:
        """Labels of loops and of lines to a dead-letter queue, whose room is reserved."""
        for (trip, _), route in zip(self.routes, drawn, strict=True):
            if trip.edge.words and trip.spot not in {"first", "last"}:
                beside = self._beside_loop if trip.spot == "loop" else self._beside_drop
                middle, top = beside(trip, route.points)
                yield written(trip.edge, trip.edge.rows, middle, top)

    def _beside_loop(self, trip: Trip, points: tuple[Point, ...]) -> Point:
        """Middle and upper edge of the label of a loop."""
        corner_x, corner_y = points[2]
        return corner_x - 42, corner_y - 3 - trip.edge.text_height

    def _beside_drop(self, trip: Trip, points: tuple[Point, ...]) -> Point:
        """Middle and upper edge of the label of a line to a dead-letter queue."""
        (x, top), (_, bottom) = points
        wide, high = trip.edge.text_width, trip.edge.text_height
        return x + BESIDE + wide / 2, (top + bottom - high) / 2 - 3

    def _runs(self, drawn: tuple[Drawn, ...]) -> Iterator[Run | Fall]:
        """One run per label and end; arrows with one label into one end show it once."""
        groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
        forks = Corners(corner for route in drawn for corner in route.points[1:-1])
        for number, (trip, hops) in enumerate(self.routes):
            if hops and trip.edge.words:
                last = trip.spot == "last"
                name = trip.edge.target if last else trip.edge.source
                y = trip.arrive if last else trip.leave
                groups[trip.spot, name, y, trip.back, trip.edge.words].append(number)
        for numbers in groups.values():
            trip = self.routes[numbers[0]][0]
            yield _own(self._run(trip, [drawn[n].points for n in numbers]), trip, forks)

    def _run(self, trip: Trip, ways: Sequence[Way]) -> Run | Fall:
        """The stretch next to the end of a label that all of its arrows have in common."""
        return level(trip, [(w[-2], w[-1]) if trip.spot == "last" else (w[0], w[1]) for w in ways])


def level(trip: Trip, ends: Sequence[tuple[Point, Point]]) -> Run:
    """What horizontal stretches have in common, without arrowheads."""
    lefts = [min(a[0], b[0]) for a, b in ends]
    rights = [max(a[0], b[0]) for a, b in ends]
    left, right = max(lefts) + 4, min(rights) - 4
    if trip.back:
        left += HEAD_LENGTH
    elif trip.spot == "last" or len(ends) == 1:
        right -= HEAD_LENGTH
    return Run(trip.edge, left, right, ends[0][1][1])


def _own(run: Run | Fall, trip: Trip, forks: Corners) -> Run | Fall:
    """The stretch behind the last fork, or before the first one, if the text fits there."""
    (low, high), within = run.reach, run.cut(forks)
    if not within:
        return run
    behind = (trip.spot == "last") != trip.back
    low = max(within) + CORNER if behind else low
    high = high if behind else min(within) - CORNER
    own = run.between(low, high)
    return own if own.spare >= 0 else run


def _corners(points: list[Point]) -> Iterator[Point]:
    """The points without those on a straight line between their neighbours."""
    for index, point in enumerate(points):
        if 0 < index < len(points) - 1:
            before, after = points[index - 1], points[index + 1]
            if before[0] == point[0] == after[0] or before[1] == point[1] == after[1]:
                continue
        yield point


def segments(points: tuple[Point, ...]) -> Iterator[Segment]:
    """The straight lines between corners."""
    for (x1, y1), (x2, y2) in pairwise(points):
        yield x1, y1, x2, y2


def _outline(frames: tuple[Border, ...]) -> Iterator[Segment]:
    for frame in frames:
        box = frame.rect
        yield box.x, box.y, box.right, box.y
        yield box.x, box.bottom, box.right, box.bottom
        yield box.x, box.y, box.x, box.bottom
        yield box.right, box.y, box.right, box.bottom
