"""Numbers of steps, badges, plates of heat and the legend of them, in draw.io's own shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.draw.glyphs import lock
from archcode.draw.look import BoxLook, Theme
from archcode.draw.scene import Rect
from archcode.render._mxgraph import FONT, LAYER, box, html, vertex, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archcode.draw.scene import Mark, Note


def mark(
    name: str, one: Mark, theme: Theme, parent: str = LAYER, home: Rect | None = None
) -> Iterator[str]:
    """A mark with its text; what it stands in takes it along."""
    corner = home or Rect(0, 0, 0, 0)
    yield vertex(name, value(one, theme), style(one, theme), one.rect, parent, corner)
    if one.role == "encrypted":
        yield from _lock(name, one.rect, theme)


def value(one: Mark, theme: Theme) -> str:
    """The text of a mark."""
    return "<br>".join(html(line, theme) for line in one.lines)


def style(one: Mark, theme: Theme) -> dict[str, str]:
    """What a mark looks like; its text is in its middle."""
    return {
        **box(theme.marks[one.role]),
        "align": "center",
        "verticalAlign": "middle",
        "spacing": "0",
        **FONT,
    }


def _lock(name: str, square: Rect, theme: Theme) -> Iterator[str]:
    """The bow is a rounded rectangle of which the body covers the lower end."""
    glyph, ink = lock(square), theme.ink["step"]
    points = [point for _, ends in glyph.bow for point in ends]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, reach = min(y for _, y in points), (right - left) / 2
    bow = Rect(left, top, right - left, glyph.body.y - top + reach)
    ring = BoxLook(ink, glyph.stroke, radius=reach)
    yield vertex(f"{name}-bow", "", box(ring), bow, name, square)
    yield vertex(f"{name}-body", "", box(BoxLook(fill=ink)), glyph.body, name, square)


def legend(kind: str, notes: Sequence[Note], theme: Theme) -> Iterator[str]:
    """Marks with their words, where the scene has them."""
    for number, note in enumerate(notes, 1):
        yield from mark(f"{kind}-{number}", note.mark, theme)
        for row, line in enumerate(note.lines, 1):
            yield words(f"{kind}-{number}-text-{row}", line, theme)
