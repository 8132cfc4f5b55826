"""All of a picture that places follow from: a cost that changes moves nothing.

So a picture may be laid out before it is priced, and its boxes stay where they are when prices
change.
"""

from msgspec.structs import replace

from archcode.draw.look import TEXT
from archcode.draw.metrics import clean, width
from archcode.draw.parts import said
from archcode.draw.picture import Box, Picture
from archcode.draw.scene import Cell
from archcode.draw.sheet import Sheet

ROOM = "≥ $999,999.99/mo"
"""The widest cost that no box is made wider for."""


def outline(picture: Picture) -> Picture:
    """The boxes, arrows and frames, with room for their costs in place of these."""
    boxes = tuple(_box(box) for box in picture.boxes)
    return Picture("", "", boxes, picture.arrows, picture.frames, direction=picture.direction)


def filled(sheet: Sheet, picture: Picture) -> Sheet:
    """The outline of a picture, in its places, with what its boxes cost."""
    boxes = {box.name: box for box in picture.boxes}
    return replace(sheet, cells=tuple(_cell(cell, boxes[cell.name]) for cell in sheet.cells))


def _box(box: Box) -> Box:
    return replace(box, cost=ROOM if _fits(box.cost) else box.cost, tooltip="")


def _fits(cost: str) -> bool:
    look = TEXT["cost"]
    room = width(ROOM, look.size, bold=look.bold)
    return bool(cost) and 0 < width(clean(cost), look.size, bold=look.bold) <= room


def _cell(cell: Cell, box: Box) -> Cell:
    if not _fits(box.cost):
        return replace(cell, tooltip=said(box))
    *above, last = cell.lines
    return replace(cell, lines=(*above, replace(last, text=clean(box.cost))), tooltip=said(box))
