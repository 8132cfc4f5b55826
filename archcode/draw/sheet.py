"""What is drawn of a picture, or of a part of one, wherever it may come to lie."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from archcode.draw.scene import Border, Cell, Label, Line, Mark, Rect, Route


class Sheet(Struct, frozen=True):
    """Frames, boxes, arrows and labels in their places relative to each other."""

    frames: tuple[Border, ...] = ()
    cells: tuple[Cell, ...] = ()
    routes: tuple[Route, ...] = ()
    labels: tuple[Label, ...] = ()

    @property
    def extent(self) -> Rect:
        """The smallest rectangle around everything."""
        rects = [frame.rect for frame in self.frames] + [label.rect for label in self.labels]
        rects += [rect for cell in self.cells for rect in cell.solid]
        points = [point for route in self.routes for point in route.points]
        xs = [x for r in rects for x in (r.x, r.right)] + [x for x, _ in points] or [0.0]
        ys = [y for r in rects for y in (r.y, r.bottom)] + [y for _, y in points] or [0.0]
        return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))

    def moved(self, dx: float, dy: float) -> "Sheet":
        """Everything that much further right and down."""
        return Sheet(
            tuple(_frame(frame, dx, dy) for frame in self.frames),
            tuple(_cell(cell, dx, dy) for cell in self.cells),
            tuple(_route(route, dx, dy) for route in self.routes),
            tuple(_label(label, dx, dy) for label in self.labels),
        )


def joined(sheets: Iterable[Sheet]) -> Sheet:
    """Several sheets as one."""
    found = tuple(sheets)
    return Sheet(
        tuple(frame for sheet in found for frame in sheet.frames),
        tuple(cell for sheet in found for cell in sheet.cells),
        tuple(route for sheet in found for route in sheet.routes),
        tuple(label for sheet in found for label in sheet.labels),
    )


def tidy(number: float) -> float:
    """Hundredths of a point are enough, and make short files."""
    return round(number, 2)


def _rect(rect: Rect, dx: float, dy: float) -> Rect:
    return Rect(tidy(rect.x + dx), tidy(rect.y + dy), tidy(rect.width), tidy(rect.height))


def _lines(lines: Iterable[Line], dx: float, dy: float) -> tuple[Line, ...]:
    return tuple(
        Line(line.text, tidy(line.x + dx), tidy(line.y + dy), line.role, line.anchor)
        for line in lines
    )


def _frame(frame: Border, dx: float, dy: float) -> Border:
    return replace(
        frame,
        rect=_rect(frame.rect, dx, dy),
        plate=_rect(frame.plate, dx, dy),
        lines=_lines(frame.lines, dx, dy),
    )


def _cell(cell: Cell, dx: float, dy: float) -> Cell:
    return replace(
        cell,
        picture=_rect(cell.picture, dx, dy),
        caption=_rect(cell.caption, dx, dy),
        lines=_lines(cell.lines, dx, dy),
        badges=tuple(_mark(badge, dx, dy) for badge in cell.badges),
        heat=_mark(cell.heat, dx, dy) if cell.heat else None,
    )


def _label(label: Label, dx: float, dy: float) -> Label:
    return replace(
        label,
        rect=_rect(label.rect, dx, dy),
        lines=_lines(label.lines, dx, dy),
        step=_mark(label.step, dx, dy) if label.step else None,
    )


def _mark(mark: Mark, dx: float, dy: float) -> Mark:
    return replace(mark, rect=_rect(mark.rect, dx, dy), lines=_lines(mark.lines, dx, dy))


def _route(route: Route, dx: float, dy: float) -> Route:
    return replace(route, points=tuple((tidy(x + dx), tidy(y + dy)) for x, y in route.points))
