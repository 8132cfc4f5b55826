"""The text and rectangles of one box and of one frame, in their place."""

from msgspec.structs import replace

from archcode.draw.look import BADGES, ICON, TEXT
from archcode.draw.marks import badges, plate
from archcode.draw.metrics import clean, ellipsis, width
from archcode.draw.picture import Box, Frame
from archcode.draw.plan import Measured
from archcode.draw.scene import Border, Cell, Line, Rect

BADGE = 15.0
_INDENT = 7.0


def cell(measured: Measured, x: float, y: float) -> Cell:
    """A box whose icon has its centre at x, y."""
    icon = Rect(x - ICON / 2, y - ICON / 2, ICON, ICON)
    caption = Rect(x - measured.text_width / 2, icon.bottom, measured.text_width, measured.caption)
    lines, top = [], icon.bottom + 3
    for role, text in measured.rows:
        look = TEXT[role]
        lines.append(Line(text, x, top + look.leading * 0.8, role))
        top += look.leading
    box = measured.box
    placed = Cell(
        *(box.name, box.icon, icon, caption, tuple(lines), said(box), box.margin * ICON),
        heat=plate(box.heat, icon),
        link=box.link,
    )
    return replace(placed, badges=badges(box.badges, placed.shown)) if box.badges else placed


def said(box: Box) -> str:
    """What a box says to a pointer and to a screen reader."""
    tooltip = box.tooltip or " ".join((box.title, *box.lines, box.cost))
    return ", ".join((clean(tooltip), *(BADGES[kind] for kind in box.badges)))


def border(frame: Frame, rect: Rect) -> Border:
    """A frame with its title in the top left corner; the cloud's has a badge before it."""
    look = TEXT["frame"]
    indent = _INDENT + (BADGE if frame.kind == "cloud" else 0)
    label = clean(frame.label)
    text = ellipsis(label, look.size, rect.width - indent - _INDENT, bold=look.bold)
    x = rect.x + indent
    lines = (Line(text, x, rect.y + look.leading, "frame", "start"),) if label else ()
    wide = indent + width(text, look.size, bold=look.bold) if label else 0
    plate = Rect(rect.x + 2, rect.y + 3, wide, 14)
    return Border(frame.name, frame.kind, rect, plate, lines, label)
