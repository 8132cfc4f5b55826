"""The page around a drawing: heading, margins and legend."""

from collections.abc import Iterator

from archcode.draw.legend import legend
from archcode.draw.look import TEXT, TextRole
from archcode.draw.metrics import clean, ellipsis, width
from archcode.draw.picture import Picture
from archcode.draw.scene import Line, Rect, Scene
from archcode.draw.sheet import Sheet, tidy

MARGIN = 20.0
_NARROWEST = 260.0


def page(picture: Picture, sheet: Sheet) -> Scene:
    """The finished scene, everything moved so that the page begins at zero."""
    extent = sheet.extent
    high = sum(TEXT[role].leading for role, _ in _heading(picture)) + 8
    moved = sheet.moved(MARGIN - extent.x, MARGIN - extent.y + high)
    wide = max(extent.width, min(_heading_width(picture), 2 * _NARROWEST), _NARROWEST)
    below = Rect(MARGIN, MARGIN + high + extent.height, wide, 0)
    found = legend(picture, sheet.routes, below)
    return Scene(
        width=tidy(wide + 2 * MARGIN),
        height=tidy(extent.height + high + 2 * MARGIN + found.height - 6),
        title=clean(picture.title),
        description=_description(picture),
        heading=tuple(_headline(picture, wide)),
        frames=moved.frames,
        cells=moved.cells,
        routes=moved.routes,
        labels=moved.labels,
        legend=found.keys,
        signs=found.signs,
        scale=found.scale,
        steps=found.steps,
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
    """What a screen reader says: the boxes, then the arrows, then the steps."""
    names = {box.name: box.title or box.name for box in picture.boxes}
    parts = [clean(picture.subtitle)] if picture.subtitle else []
    parts += [f"{len(picture.boxes)} components: {', '.join(map(clean, names.values()))}"]
    arrows = [f"{names[a.source]} to {names[a.target]}" for a in picture.arrows]
    parts += [clean(f"connections: {', '.join(arrows)}")] if arrows else []
    parts += [clean(f"step {step.number}: {step.text}") for step in picture.steps]
    return "; ".join(parts)
