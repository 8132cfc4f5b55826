"""Numbers of steps, badges and plates of heat in native shapes, and the words for them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.draw.enlarge import SLACK
from archcode.draw.glyphs import lock
from archcode.draw.look import TEXT, MarkRole, Theme
from archcode.draw.metrics import clean, width
from archcode.draw.scene import Cell, Line, Mark, Note
from archcode.render.pptx._shapes import Pen, Stroke, box, describe, outline
from archcode.render.pptx._text import Row, Words, write

if TYPE_CHECKING:
    from pptx.shapes.autoshape import Shape
    from pptx.shapes.base import BaseShape
    from pptx.shapes.shapetree import SlideShapes

_PITCH, _SIDES = 1.2, 4.0
"""Height of a line in its size, and points beside the text of a mark."""
BADGES: Mapping[MarkRole, str] = {"fifo": "FIFO", "encrypted": "Encrypted"}
"""What badges are called in lists of shapes, and by screen readers."""


def drawn(
    shapes: "SlideShapes", mark: Mark, theme: Theme, factor: float, name: str
) -> "list[BaseShape]":
    """A mark at a factor of its size, the lock over it where it is one."""
    look = theme.marks[mark.role]
    shape = box(shapes, mark.rect, replace(look, stroke=look.stroke * factor), factor)
    describe(shape, name, name)
    if mark.role == "encrypted":
        return [shape, _lock(shapes, mark, theme, f"Lock: {name}")]
    if mark.lines:
        _write(shape, mark, theme, factor)
    return [shape]


def _write(shape: "Shape", mark: Mark, theme: Theme, factor: float) -> None:
    """The text in the middle of its mark, where a wider font has room as well."""
    from pptx.enum.text import MSO_ANCHOR

    look, text = TEXT[mark.lines[0].role], joined(mark.lines)
    room = (mark.rect.width - _SIDES * factor) / SLACK
    wanted = look.size * factor
    size = min(wanted, wanted * room / width(text or "0", wanted, bold=look.bold))
    words = Words(text, size, theme.ink[mark.lines[0].role], look.bold)
    write(shape.text_frame, [Row((words,), size * _PITCH)], "middle")
    # The room for text is smaller than a shape with round corners, by as much above as below.
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def _lock(shapes: "SlideShapes", mark: Mark, theme: Theme, name: str) -> "BaseShape":
    """A shape whose points can be edited: the body is filled, the bow is a line."""
    glyph, colour = lock(mark.rect), theme.ink["step"]
    body = glyph.body
    corners = ((body.x, body.y), (body.right, body.y), (body.right, body.bottom))
    around = Stroke(
        (
            ("M", corners[:1]),
            *(("L", (corner,)) for corner in corners[1:]),
            ("L", ((body.x, body.bottom),)),
        ),
        filled=True,
    )
    pen = Pen(colour, glyph.stroke)
    shape = outline(shapes, mark.rect, (Stroke(glyph.bow), around), pen, colour)
    describe(shape, name)
    return shape


def joined(lines: Iterable[Line]) -> str:
    """The text of some lines as one."""
    return clean(" ".join(line.text for line in lines))


def words(scale: Sequence[Note]) -> Mapping[MarkRole, str]:
    """What each colour of heat means, with the heading that the first entry begins with."""
    if not scale:
        return {}
    heading = clean(scale[0].lines[0].text) if len(scale[0].lines) > 1 else ""
    found = {}
    for number, note in enumerate(scale):
        own = note.lines if number or not heading else note.lines[1:]
        text = joined(own)
        found[note.mark.role] = f"{heading}: {text}" if heading else text
    return found


def spoken(cell: Cell, heats: Mapping[MarkRole, str]) -> str:
    """What a screen reader says of a box: its tooltip, and marks that it does not mention."""
    told = [cell.tooltip]
    told += [BADGES[badge.role] for badge in cell.badges]
    told += [heats.get(cell.heat.role, "")] if cell.heat else []
    missing = [text for text in told[1:] if text and text.lower() not in cell.tooltip.lower()]
    return ", ".join(text for text in (cell.tooltip, *missing) if text)
