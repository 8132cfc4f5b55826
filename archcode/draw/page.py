"""The page around a drawing: heading, margins and legend."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from archcode.draw.look import ARROW, TEXT, TextRole
from archcode.draw.metrics import clean, ellipsis, width
from archcode.draw.picture import Picture
from archcode.draw.scene import Border, Cell, Key, Label, Line, Point, Rect, Route, Scene

MARGIN = 20.0
_LEGEND = 26.0
_STROKE = 26.0
_NARROWEST = 260.0


def page(
    picture: Picture,
    frames: Sequence[Border],
    cells: Sequence[Cell],
    routes: Sequence[Route],
    labels: Sequence[Label],
) -> Scene:
    """The finished scene, everything moved so that the page begins at zero."""
    extent = _extent(frames, cells, routes, labels)
    high = sum(TEXT[role].leading for role, _ in _heading(picture)) + 8
    dx, dy = MARGIN - extent.x, MARGIN - extent.y + high
    wide = max(extent.width, min(_heading_width(picture), 2 * _NARROWEST), _NARROWEST)
    keys = tuple(_legend(routes, MARGIN, MARGIN + high + extent.height + 20, wide))
    return Scene(
        width=_tidy(wide + 2 * MARGIN),
        height=_tidy(extent.height + high + 2 * MARGIN + (_LEGEND if keys else 0) - 6),
        title=clean(picture.title),
        description=_description(picture),
        heading=tuple(_headline(picture, wide)),
        frames=tuple(_frame(frame, dx, dy) for frame in frames),
        cells=tuple(_cell(cell, dx, dy) for cell in cells),
        routes=tuple(_route(route, dx, dy) for route in routes),
        labels=tuple(
            replace(label, rect=_rect(label.rect, dx, dy), lines=_lines(label.lines, dx, dy))
            for label in labels
        ),
        legend=keys,
    )


def _heading(picture: Picture) -> Iterator[tuple[TextRole, str]]:
    yield "title", clean(picture.title)
    if picture.subtitle:
        yield "subtitle", clean(picture.subtitle)


def _heading_width(picture: Picture) -> float:
    return max(
        width(text, TEXT[role].size, bold=TEXT[role].bold) for role, text in _heading(picture)
    )


def _headline(picture: Picture, wide: float) -> Iterator[Line]:
    y = MARGIN
    for role, text in _heading(picture):
        look = TEXT[role]
        shown = ellipsis(text, look.size, wide, bold=look.bold)
        yield Line(shown, MARGIN, _tidy(y + look.leading * 0.7), role, "start")
        y += look.leading


def _description(picture: Picture) -> str:
    """What a screen reader says: the boxes, then the arrows."""
    names = {box.name: box.title or box.name for box in picture.boxes}
    parts = [clean(picture.subtitle)] if picture.subtitle else []
    parts += [f"{len(picture.boxes)} components: {', '.join(map(clean, names.values()))}"]
    arrows = [f"{names[a.source]} to {names[a.target]}" for a in picture.arrows]
    parts += [clean(f"connections: {', '.join(arrows)}")] if arrows else []
    return "; ".join(parts)


def _extent(
    frames: Iterable[Border],
    cells: Iterable[Cell],
    routes: Iterable[Route],
    labels: Iterable[Label],
) -> Rect:
    rects = [frame.rect for frame in frames] + [label.rect for label in labels]
    rects += [rect for cell in cells for rect in (cell.picture, cell.caption)]
    points = [point for route in routes for point in route.points]
    xs = [x for r in rects for x in (r.x, r.right)] + [x for x, _ in points] or [0.0]
    ys = [y for r in rects for y in (r.y, r.bottom)] + [y for _, y in points] or [0.0]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _legend(routes: Sequence[Route], x: float, y: float, wide: float) -> Iterator[Key]:
    """One entry per kind of arrow that occurs; a single plain kind needs no words."""
    kinds = [kind for kind in ARROW if any(route.kind == kind for route in routes)]
    if kinds == ["flow"]:
        return
    look = TEXT["label"]
    for kind in kinds:
        words = ARROW[kind].words
        end = x + _STROKE + 6 + width(words, look.size)
        if end > wide + MARGIN:
            return
        line = Line(words, _tidy(x + _STROKE + 6), _tidy(y + 3.5), "label", "start")
        yield Key(kind, ((_tidy(x), _tidy(y)), (_tidy(x + _STROKE), _tidy(y))), line)
        x = end + 18


def _tidy(number: float) -> float:
    """Hundredths of a point are enough, and make short files."""
    return round(number, 2)


def _rect(rect: Rect, dx: float, dy: float) -> Rect:
    return Rect(_tidy(rect.x + dx), _tidy(rect.y + dy), _tidy(rect.width), _tidy(rect.height))


def _lines(lines: Iterable[Line], dx: float, dy: float) -> tuple[Line, ...]:
    return tuple(replace(line, x=_tidy(line.x + dx), y=_tidy(line.y + dy)) for line in lines)


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
    )


def _route(route: Route, dx: float, dy: float) -> Route:
    return replace(route, points=tuple(_point(point, dx, dy) for point in route.points))


def _point(point: Point, dx: float, dy: float) -> Point:
    return _tidy(point[0] + dx), _tidy(point[1] + dy)
