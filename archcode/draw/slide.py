"""A scene on a slide: stretched to its shape, with icons and text as large as there is room."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from archcode.draw.enlarge import enlarged
from archcode.draw.lettering import Sizes, mark
from archcode.draw.scene import Border, Cell, Label, Mark, Point, Rect, Route, Scene
from archcode.draw.sheet import Sheet, tidy

_LARGEST = 1.5
"""Larger than this a small drawing does not get."""
_WIDER, _HIGHER = 2.6, 1.3
"""So many times longer may distances get than icons."""
_GROWTH = 10.0
"""Points at the bottom that are left for captions to grow."""
_NEAR = 0.6
_ABOVE = 3.0
"""Between a line and the text above it."""
_BESIDE = 6.0
_BADGE, _LARGER = 0.85, 1.6
"""Badges have at least the first factor, where that is not so many times that of their icon."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A scene in points of a slide; `factor` is that of icons and strokes, `sizes` of text.

    Captions begin and end with their text, and lines of one caption with one y are one line.
    """

    scene: Scene
    factor: float
    sizes: Sizes


def fitted(scene: Scene, room: Rect) -> Fitted:
    """The frames, boxes, arrows and labels of a scene inside a part of a slide."""
    drawn = Sheet(scene.frames, scene.cells, scene.routes, scene.labels)
    if not drawn.frames and not drawn.cells:
        return Fitted(replace(scene, heading=(), legend=(), scale=(), steps=()), 1, Sizes(1, 1, 1))
    move = _Move(drawn, Rect(room.x, room.y, room.width, room.height - _GROWTH))
    moved = Sheet(
        tuple(map(move.frame, scene.frames)),
        tuple(move.cells.values()),
        move.routes,
        tuple(map(move.label, scene.labels)),
    )
    sheet, sizes = enlarged(moved, room, move.factor, [move.beside(one) for one in scene.labels])
    shown = replace(
        scene,
        heading=(),
        legend=(),
        scale=(),
        steps=(),
        frames=sheet.frames,
        cells=sheet.cells,
        routes=sheet.routes,
        labels=sheet.labels,
    )
    return Fitted(shown, move.factor, replace(sizes, badge=move.badge))


class _Move:
    """Places grow further apart than icons grow, so nothing comes to lie on another thing."""

    def __init__(self, drawn: Sheet, room: Rect) -> None:
        extent = drawn.extent
        across = room.width / max(extent.width, 1)
        down = room.height / max(extent.height, 1)
        self.factor = min(across, down, _LARGEST)
        self.badge = max(self.factor, min(_BADGE, self.factor * _LARGER))
        self._wide = min(across, self.factor * _WIDER)
        self._high = min(down, self.factor * _HIGHER)
        self._extent = extent
        self._left = room.x + (room.width - extent.width * self._wide) / 2
        self._top = room.y + (room.height - extent.height * self._high) / 2
        self._before: Mapping[str, Cell] = {cell.name: cell for cell in drawn.cells}
        self._drops = tuple(_drops(drawn.routes))
        self.cells = {cell.name: self._cell(cell) for cell in drawn.cells}
        self.routes = tuple(map(self._route, drawn.routes))
        self._levels = tuple(_levels(drawn.routes, self.routes))

    def _x(self, x: float) -> float:
        return self._left + (x - self._extent.x) * self._wide

    def _y(self, y: float) -> float:
        return self._top + (y - self._extent.y) * self._high

    def _cell(self, cell: Cell) -> Cell:
        """The box around its icon's centre; its caption is written later."""
        side, by = cell.picture.width * self.factor, self.factor
        x, y = self._x(_middle(cell.picture)[0]), self._y(_middle(cell.picture)[1])
        picture = Rect(tidy(x - side / 2), tidy(y - side / 2), tidy(side), tidy(side))
        heat = self._plate(cell.heat, cell.picture, picture) if cell.heat else None
        badges = tuple(self._badge(one, cell.picture, picture) for one in cell.badges)
        return replace(cell, picture=picture, margin=cell.margin * by, badges=badges, heat=heat)

    def _badge(self, one: Mark, old: Rect, icon: Rect) -> Mark:
        """A badge whose middle is where it was on its icon."""
        (x0, y0), (x, y), (at, down) = _middle(old), _middle(icon), _middle(one.rect)
        wide, high = one.rect.width * self.badge, one.rect.height * self.badge
        left = x + (at - x0) * self.factor - wide / 2
        top = y + (down - y0) * self.factor - high / 2
        return mark(one, Rect(tidy(left), tidy(top), tidy(wide), tidy(high)))

    def _plate(self, one: Mark, old: Rect, icon: Rect) -> Mark:
        """A plate that reaches as far over its icon as badges are large."""
        over = (old.x - one.rect.x) * self.badge
        left, top = icon.x - over, icon.y - over
        wide, high = icon.width + 2 * over, icon.height + 2 * over
        return mark(one, Rect(tidy(left), tidy(top), tidy(wide), tidy(high)))

    def frame(self, frame: Border) -> Border:
        """A frame with its title as far from its corner as the icons are large."""
        rect = frame.rect
        x, y = self._x(rect.x), self._y(rect.y)
        right, bottom = self._x(rect.right), self._y(rect.bottom)
        moved = Rect(tidy(x), tidy(y), tidy(right - x), tidy(bottom - y))
        return replace(frame, rect=moved)

    def label(self, label: Label) -> Label:
        """A label as near to its line as before."""
        rect, by = label.rect, self.factor
        wide, high = rect.width * by, rect.height * by
        if self.beside(label):
            x = self._x(rect.x - _BESIDE) + _BESIDE * by
            y = self._y(rect.y + rect.height / 2) - high / 2
        else:
            x = self._x(rect.x + rect.width / 2) - wide / 2
            y = self._level(rect) - _ABOVE * by - high
        return replace(label, rect=Rect(tidy(x), tidy(y), tidy(wide), tidy(high)))

    def _level(self, rect: Rect) -> float:
        """Where the line is on which a label stands."""
        under = rect.bottom + _ABOVE
        for before, after in self._levels:
            if abs(before.y - under) < _NEAR and before.x < rect.right and rect.x < before.right:
                return after
        return self._y(under)

    def beside(self, label: Label) -> bool:
        """Whether a label stands beside the line down to a dead-letter queue."""
        return any(_beside(label.rect, drop) for drop in self._drops)

    def _route(self, route: Route) -> Route:
        """An arrow whose ends are where they were on their icons."""
        first, last = route.points[0], route.points[-1]
        start = self._end(first, route.source)
        end = self._end(last, route.target)
        if first[1] == last[1] and len(route.points) == 2:
            end = end[0], start[1]
        inner = [(self._x(x), self._y(y)) for x, y in route.points[1:-1]]
        if inner:
            inner[0] = _joined(route.points[0], route.points[1], start, inner[0])
            inner[-1] = _joined(route.points[-1], route.points[-2], end, inner[-1])
        points = (start, *inner, end)
        return replace(route, points=tuple((tidy(x), tidy(y)) for x, y in points))

    def _end(self, point: Point, name: str) -> Point:
        """A point on the edge of an icon, or under a caption, on the icon that was moved."""
        before, cell = self._before[name], self.cells[name]
        by = self.factor
        (x0, y0), (x, y) = _middle(before.picture), _middle(cell.picture)
        return x + (point[0] - x0) * by, y + (point[1] - y0) * by


def _joined(old: Point, old_next: Point, new: Point, new_next: Point) -> Point:
    """The corner next to an end, on one line with that end as before."""
    if old[1] == old_next[1]:
        return new_next[0], new[1]
    return new[0], new_next[1]


def _levels(before: Iterable[Route], after: Iterable[Route]) -> Iterator[tuple[Rect, float]]:
    """Level pieces of arrows, with their height on the slide."""
    for old, new in zip(before, after, strict=True):
        for number, ((x1, y1), (x2, y2)) in enumerate(pairwise(old.points)):
            if y1 == y2:
                yield Rect(min(x1, x2), y1, abs(x2 - x1), 0), new.points[number][1]


def _drops(routes: Iterable[Route]) -> Iterator[tuple[Point, Point]]:
    for route in routes:
        if len(route.points) == 2 and route.points[0][0] == route.points[1][0]:
            yield route.points[0], route.points[1]


def _beside(rect: Rect, drop: tuple[Point, Point]) -> bool:
    (x, top), (_, bottom) = drop
    return abs(rect.x - _BESIDE - x) < _NEAR and top < rect.y + rect.height / 2 < bottom


def _middle(rect: Rect) -> Point:
    return rect.x + rect.width / 2, rect.y + rect.height / 2
