"""The corners of every arrow and the place of every label, once boxes have theirs."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from archcode.draw.across import Across
from archcode.draw.labels import Labels, Run, Segment, written
from archcode.draw.look import HEAD_LENGTH, ICON
from archcode.draw.scene import Border, Cell, Label, Point
from archcode.draw.scene import Route as Drawn
from archcode.draw.tracks import Route
from archcode.draw.trips import Trip


@dataclass(frozen=True, slots=True)
class Drawing:
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
        lines = [segment for route in drawn for segment in _segments(route.points)]
        labels = Labels([*walls, *titles], lines, list(_outline(frames)))
        for label in self._fixed(drawn):
            labels.add(label)
        for run in sorted(self._runs(drawn), key=lambda run: run.spare):
            labels.place(run)
        return tuple(labels.placed)

    def _fixed(self, drawn: tuple[Drawn, ...]) -> Iterator[Label]:
        """Labels of loops and of lines down to a dead-letter queue, whose room is reserved."""
        for (trip, _), route in zip(self.routes, drawn, strict=True):
            edge = trip.edge
            if not edge.words or trip.spot in {"first", "last"}:
                continue
            wide, high = edge.text_width, edge.text_height
            if trip.spot == "loop":
                corner_x, corner_y = route.points[2]
                yield written(edge, edge.rows, corner_x - 42, corner_y - 3 - high)
            else:
                (x, top), (_, bottom) = route.points
                yield written(edge, edge.rows, x + 6 + wide / 2, (top + bottom - high) / 2 - 3)

    def _runs(self, drawn: tuple[Drawn, ...]) -> Iterator[Run]:
        """One run per label and end; arrows with one label into one end show it once."""
        groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for number, (trip, hops) in enumerate(self.routes):
            if hops and trip.edge.words:
                last = trip.spot == "last"
                name = trip.edge.target if last else trip.edge.source
                y = trip.arrive if last else trip.leave
                groups[trip.spot, name, y, trip.back, trip.edge.words].append(number)
        for (spot, *_), numbers in groups.items():
            points = [drawn[number].points for number in numbers]
            ends = [(p[-2], p[-1]) if spot == "last" else (p[0], p[1]) for p in points]
            trip = self.routes[numbers[0]][0]
            yield _run(trip, ends)


def _run(trip: Trip, ends: list[tuple[Point, Point]]) -> Run:
    """The stretch that all of the ends have in common."""
    lefts = [min(a[0], b[0]) for a, b in ends]
    rights = [max(a[0], b[0]) for a, b in ends]
    left, right = max(lefts) + 4, min(rights) - 4
    if trip.back:
        left += HEAD_LENGTH
    elif trip.spot == "last" or len(ends) == 1:
        right -= HEAD_LENGTH
    return Run(trip.edge, left, right, ends[0][1][1])


def _corners(points: list[Point]) -> Iterator[Point]:
    """The points without those on a straight line between their neighbours."""
    for index, point in enumerate(points):
        if 0 < index < len(points) - 1:
            before, after = points[index - 1], points[index + 1]
            if before[0] == point[0] == after[0] or before[1] == point[1] == after[1]:
                continue
        yield point


def _segments(points: tuple[Point, ...]) -> Iterator[Segment]:
    for (x1, y1), (x2, y2) in pairwise(points):
        yield x1, y1, x2, y2


def _outline(frames: tuple[Border, ...]) -> Iterator[Segment]:
    for frame in frames:
        box = frame.rect
        yield box.x, box.y, box.right, box.y
        yield box.x, box.bottom, box.right, box.bottom
        yield box.x, box.y, box.x, box.bottom
        yield box.right, box.y, box.right, box.bottom
