"""A scene on a slide: stretched to its shape, with icons and text as large as there is room."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from archcode.draw.enlarge import enlarged
from archcode.draw.lettering import Side, Sizes, mark
from archcode.draw.scene import Border, Cell, Label, Mark, Point, Rect, Route, Scene
from archcode.draw.sheet import Sheet, tidy

_LARGEST = 1.5
"""Larger than this a small drawing does not get."""
_WIDER, _HIGHER = 2.6, 1.3
"""So many times longer may distances get than icons."""
_CRAMPED, _WORTH, _SMALLER = 0.75, 1.05, 0.8
"""Below this factor of text icons give way to it, if it is so much larger then."""
_SMALLEST = 0.35
"""Smaller than this, icons do not give way."""
_GROWTH = 10.0
"""Points at the bottom that are left for captions to grow."""
_NEAR = 0.6
_ABOVE = 3.0
"""Between a line and the text above it."""
_BESIDE = 6.0
_BADGE, _LARGER = 0.85, 1.6
"""Badges have at least the first factor, where that is not so many times that of their icon."""


class Fitted(Struct, frozen=True):
    """A scene in points of a slide; `factor` is that of icons and strokes, `sizes` of text.

    `sides` tell of each label where it stands at its line.

    Captions begin and end with their text, and lines of one caption with one y are one line.
    """

    scene: Scene
    factor: float
    sizes: Sizes
    sides: tuple[Side, ...] = ()


def fitted(scene: Scene, room: Rect) -> Fitted:
    """The frames, boxes, arrows and labels of a scene inside a part of a slide."""
    drawn = Sheet(scene.frames, scene.cells, scene.routes, scene.labels)
    if not drawn.frames and not drawn.cells:
        return Fitted(_bare(scene), 1, Sizes(1, 1, 1))
    found = _fitted(scene, drawn, room, 1)
    if found.sizes.caption >= _CRAMPED or found.factor <= _SMALLEST:
        return found
    smaller = _fitted(scene, drawn, room, _SMALLER)
    return smaller if smaller.sizes.caption > found.sizes.caption * _WORTH else found


def _fitted(scene: Scene, drawn: Sheet, room: Rect, icons: float) -> Fitted:
    """The scene in its room, with icons of a part of their size."""
    move = _Move(drawn, Rect(room.x, room.y, room.width, room.height - _GROWTH), icons)
    moved = Sheet(
        tuple(map(move.frame, scene.frames)),
        tuple(move.cells.values()),
        move.routes,
        tuple(map(move.label, scene.labels)),
    )
    sides = tuple(move.side(one.rect) for one in scene.labels)
    sheet, sizes = enlarged(moved, room, move.factor, sides)
    shown = replace(
        _bare(scene),
        frames=sheet.frames,
        cells=sheet.cells,
        routes=sheet.routes,
        labels=sheet.labels,
    )
    return Fitted(shown, move.factor, replace(sizes, badge=move.badge), sides)


def _bare(scene: Scene) -> Scene:
    """A scene without what stands around its drawing."""
    return replace(scene, heading=(), legend=(), signs=(), scale=(), steps=())


class _Move:
    """Places grow further apart than icons grow, so nothing comes to lie on another thing."""

    def __init__(self, drawn: Sheet, room: Rect, icons: float) -> None:
        extent = drawn.extent
        across = room.width / max(extent.width, 1)
        down = room.height / max(extent.height, 1)
        self.factor = min(across, down, _LARGEST)
        self._icon = self.factor * icons
        self.badge = max(self._icon, min(_BADGE, self._icon * _LARGER))
        self._wide = min(across, self.factor * _WIDER)
        self._high = min(down, self.factor * _HIGHER)
        self._extent = extent
        self._left = room.x + (room.width - extent.width * self._wide) / 2
        self._top = room.y + (room.height - extent.height * self._high) / 2
        self._before: Mapping[str, Cell] = {cell.name: cell for cell in drawn.cells}
        self.cells = {cell.name: self._cell(cell) for cell in drawn.cells}
        self.routes = tuple(map(self._route, drawn.routes))
        pieces = list(_pieces(drawn.routes, self.routes))
        self._levels = [(old, at[1]) for old, at in pieces if not old.height]
        self._falls = [(old, at[0]) for old, at in pieces if not old.width]

    def _x(self, x: float) -> float:
        return self._left + (x - self._extent.x) * self._wide

    def _y(self, y: float) -> float:
        return self._top + (y - self._extent.y) * self._high

    def _cell(self, cell: Cell) -> Cell:
        """The box around its icon's centre; its caption is written later."""
        side, by = cell.picture.width * self._icon, self._icon
        x, y = self._x(_middle(cell.picture)[0]), self._y(_middle(cell.picture)[1])
        picture = Rect(tidy(x - side / 2), tidy(y - side / 2), tidy(side), tidy(side))
        heat = self._plate(cell.heat, cell.picture, picture) if cell.heat else None
        badges = tuple(self._badge(one, cell.picture, picture) for one in cell.badges)
        return replace(cell, picture=picture, margin=cell.margin * by, badges=badges, heat=heat)

    def _badge(self, one: Mark, old: Rect, icon: Rect) -> Mark:
        """A badge whose middle is where it was on its icon."""
        (x0, y0), (x, y), (at, down) = _middle(old), _middle(icon), _middle(one.rect)
        wide, high = one.rect.width * self.badge, one.rect.height * self.badge
        left = x + (at - x0) * self._icon - wide / 2
        top = y + (down - y0) * self._icon - high / 2
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
        level, fall = self._level(rect), self._fall(rect)
        if level is None and fall:
            x = fall[1] + _BESIDE * by if fall[0] == "right" else fall[1] - _BESIDE * by - wide
            y = self._y(rect.y + rect.height / 2) - high / 2
        else:
            x = self._x(rect.x + rect.width / 2) - wide / 2
            under = self._y(rect.bottom + _ABOVE) if level is None else level
            y = under - _ABOVE * by - high
        return replace(label, rect=Rect(tidy(x), tidy(y), tidy(wide), tidy(high)))

    def side(self, rect: Rect) -> Side:
        """Where a label stands at its line."""
        fall = self._fall(rect)
        return fall[0] if fall and self._level(rect) is None else "above"

    def _level(self, rect: Rect) -> float | None:
        """Where the level piece is now on which a label stands."""
        under = rect.bottom + _ABOVE
        for before, after in self._levels:
            if abs(before.y - under) < _NEAR and before.x < rect.right and rect.x < before.right:
                return after
        return None

    def _fall(self, rect: Rect) -> tuple[Side, float] | None:
        """On which side of a piece that runs down a label stands, and where that is now."""
        middle = rect.y + rect.height / 2
        for before, after in self._falls:
            if before.y < middle < before.bottom:
                if abs(rect.x - _BESIDE - before.x) < _NEAR:
                    return "right", after
                if abs(rect.right + _BESIDE - before.x) < _NEAR:
                    return "left", after
        return None

    def _route(self, route: Route) -> Route:
        """An arrow whose ends are where they were on their icons."""
        first, last = route.points[0], route.points[-1]
        start = self._end(first, route.source)
        end = self._end(last, route.target)
        if len(route.points) == 2:
            end = (end[0], start[1]) if first[1] == last[1] else (start[0], end[1])
        inner = [(self._x(x), self._y(y)) for x, y in route.points[1:-1]]
        if inner:
            inner[0] = _joined(route.points[0], route.points[1], start, inner[0])
            inner[-1] = _joined(route.points[-1], route.points[-2], end, inner[-1])
        points = (start, *inner, end)
        return replace(route, points=tuple((tidy(x), tidy(y)) for x, y in points))

    def _end(self, point: Point, name: str) -> Point:
        """A point on the edge of an icon, or under a caption, on the icon that was moved."""
        before, cell = self._before[name], self.cells[name]
        by = self._icon
        (x0, y0), (x, y) = _middle(before.picture), _middle(cell.picture)
        return x + (point[0] - x0) * by, y + (point[1] - y0) * by


def _joined(old: Point, old_next: Point, new: Point, new_next: Point) -> Point:
    """The corner next to an end, on one line with that end as before."""
    if old[1] == old_next[1]:
        return new_next[0], new[1]
    return new[0], new_next[1]


def _pieces(before: Iterable[Route], after: Iterable[Route]) -> Iterator[tuple[Rect, Point]]:
    """Pieces of arrows, with the place where each begins on the slide."""
    for old, new in zip(before, after, strict=True):
        for number, ((x1, y1), (x2, y2)) in enumerate(pairwise(old.points)):
            piece = Rect(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
            yield piece, new.points[number]


def _middle(rect: Rect) -> Point:
    return rect.x + rect.width / 2, rect.y + rect.height / 2
