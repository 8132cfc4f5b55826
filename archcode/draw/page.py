"""The page around a drawing: heading, margins and legend."""

from collections.abc import Iterator, Sequence

from archcode.draw.look import KINDS, TEXT, TextRole
from archcode.draw.metrics import clean, ellipsis, width
from archcode.draw.picture import Picture
from archcode.draw.scene import Key, Line, Route, Scene
from archcode.draw.sheet import Sheet, tidy

MARGIN = 20.0
_LEGEND = 26.0
_STROKE = 26.0
_NARROWEST = 260.0


def page(picture: Picture, sheet: Sheet) -> Scene:
    """The finished scene, everything moved so that the page begins at zero."""
    extent = sheet.extent
    high = sum(TEXT[role].leading for role, _ in _heading(picture)) + 8
    moved = sheet.moved(MARGIN - extent.x, MARGIN - extent.y + high)
    wide = max(extent.width, min(_heading_width(picture), 2 * _NARROWEST), _NARROWEST)
    keys = tuple(_legend(sheet.routes, MARGIN, MARGIN + high + extent.height + 20, wide))
    return Scene(
        width=tidy(wide + 2 * MARGIN),
        height=tidy(extent.height + high + 2 * MARGIN + (_LEGEND if keys else 0) - 6),
        title=clean(picture.title),
        description=_description(picture),
        heading=tuple(_headline(picture, wide)),
        frames=moved.frames,
        cells=moved.cells,
        routes=moved.routes,
        labels=moved.labels,
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
        yield Line(shown, MARGIN, tidy(y + look.leading * 0.7), role, "start")
        y += look.leading


def _description(picture: Picture) -> str:
    """What a screen reader says: the boxes, then the arrows."""
    names = {box.name: box.title or box.name for box in picture.boxes}
    parts = [clean(picture.subtitle)] if picture.subtitle else []
    parts += [f"{len(picture.boxes)} components: {', '.join(map(clean, names.values()))}"]
    arrows = [f"{names[a.source]} to {names[a.target]}" for a in picture.arrows]
    parts += [clean(f"connections: {', '.join(arrows)}")] if arrows else []
    return "; ".join(parts)


def _legend(routes: Sequence[Route], x: float, y: float, wide: float) -> Iterator[Key]:
    """One entry per kind of arrow that occurs; a single plain kind needs no words."""
    kinds = [kind for kind in KINDS if any(route.kind == kind for route in routes)]
    if kinds == ["flow"]:
        return
    look = TEXT["label"]
    for kind in kinds:
        words = KINDS[kind]
        end = x + _STROKE + 6 + width(words, look.size)
        if end > wide + MARGIN:
            return
        line = Line(words, tidy(x + _STROKE + 6), tidy(y + 3.5), "label", "start")
        yield Key(kind, ((tidy(x), tidy(y)), (tidy(x + _STROKE), tidy(y))), line)
        x = end + 18
