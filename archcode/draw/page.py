"""The page around a drawing: heading, margins and legend."""

from collections.abc import Iterable, Iterator, Mapping

from archcode.draw.legend import legend
from archcode.draw.look import TEXT, TextRole
from archcode.draw.metrics import clean, width, wrap
from archcode.draw.picture import Picture
from archcode.draw.scene import Line, Rect, Scene
from archcode.draw.sheet import Sheet, tidy

MARGIN = 20.0
_NARROWEST = 260.0
_ROWS: dict[TextRole, int] = {"title": 2, "subtitle": 4}
"""Rows that a heading takes where a page is narrow."""


def page(picture: Picture, sheet: Sheet) -> Scene:
    """The finished scene, everything moved so that the page begins at zero."""
    extent, texts = sheet.extent, _texts(picture)
    wide = max(extent.width, min(_heading_width(texts), 2 * _NARROWEST), _NARROWEST)
    heading = _heading(texts, wide)
    high = sum(TEXT[role].leading for role, _ in heading) + 8
    moved = sheet.moved(MARGIN - extent.x, MARGIN - extent.y + high)
    below = Rect(MARGIN, MARGIN + high + extent.height, wide, 0)
    found = legend(picture, sheet.routes, below)
    return Scene(
        width=tidy(wide + 2 * MARGIN),
        height=tidy(extent.height + high + 2 * MARGIN + found.height - 6),
        title=clean(picture.title),
        description=_description(picture),
        heading=tuple(_headline(heading)),
        frames=moved.frames,
        cells=moved.cells,
        routes=moved.routes,
        labels=moved.labels,
        legend=found.keys,
        signs=found.signs,
        scale=found.scale,
        steps=found.steps,
    )


def _texts(picture: Picture) -> dict[TextRole, str]:
    """Title and subtitle, where there is one."""
    texts: dict[TextRole, str] = {
        "title": clean(picture.title),
        "subtitle": clean(picture.subtitle),
    }
    return {role: text for role, text in texts.items() if text or role == "title"}


def _heading_width(texts: Mapping[TextRole, str]) -> float:
    return max(width(text, TEXT[role].size, bold=TEXT[role].bold) for role, text in texts.items())


def _heading(texts: Mapping[TextRole, str], wide: float) -> list[tuple[TextRole, str]]:
    """The rows of title and subtitle: no page is so narrow that it tells no total."""
    return [
        (role, row)
        for role, text in texts.items()
        for row in wrap(text, TEXT[role].size, wide, rows=_ROWS[role], bold=TEXT[role].bold)
        or ("",)
    ]


def _headline(rows: Iterable[tuple[TextRole, str]]) -> Iterator[Line]:
    y = MARGIN
    for role, text in rows:
        leading = TEXT[role].leading
        yield Line(text, MARGIN, tidy(y + leading * 0.7), role, "start")
        y += leading


def _description(picture: Picture) -> str:
    """What a screen reader says: the boxes, then the arrows, then the steps."""
    names = {box.name: box.title or box.name for box in picture.boxes}
    parts = [clean(picture.subtitle)] if picture.subtitle else []
    parts += [f"{len(picture.boxes)} components: {', '.join(map(clean, names.values()))}"]
    arrows = [f"{names[a.source]} to {names[a.target]}" for a in picture.arrows]
    parts += [clean(f"connections: {', '.join(arrows)}")] if arrows else []
    parts += [clean(f"step {step.number}: {step.text}") for step in picture.steps]
    return "; ".join(parts)
