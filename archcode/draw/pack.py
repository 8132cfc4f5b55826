"""Independent parts side by side, so that a page is as readable as it can be on a slide."""

from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from archcode.draw.apart import Apart
from archcode.draw.graph import PAD, TITLE, VARIANTS
from archcode.draw.parts import border
from archcode.draw.scene import Rect
from archcode.draw.sheet import Sheet, joined
from archcode.draw.shelves import shelves
from archcode.draw.single import best, drawn
from archcode.draw.stack import GAP, Part, measured, sociable, stacked

_BESIDE = 64.0
"""Between boxes outside one frame and those outside the next, where no border separates them."""
_SOME = 300
"""Up to so many boxes a few layouts of each part cost little."""


class _Alone(Struct, frozen=True):
    """A part, and what is drawn of it by itself."""

    part: Part
    sheet: Sheet


def packed(whole: Apart, parts: Sequence[Part]) -> Sheet:
    """All parts in columns; the shared frames around all, or around each column's own.

    A box outside the shared frames stays beside its part only if the frames end there.
    """
    framed = _framed(whole)
    gap = _BESIDE if framed or not whole.shared else GAP
    alone = [_Alone(part, drawn(part.laid)) for part in parts]
    sizes = [(one.sheet.extent.width + gap, one.part.height) for one in alone]
    around = len(whole.shared) * (2 * PAD + TITLE) if framed else 0
    rows = []
    for shelf in shelves(sizes, around):
        columns = [[alone[number] for number in column] for column in shelf]
        rows.append(_spread([_column(whole, column, framed=framed) for column in columns], gap))
    sheet = _piled(rows)
    return _sorted(whole, sheet if framed else _around(whole, sheet))


def parts(whole: Apart) -> list[Part]:
    """Each part laid out alone."""
    framed, many = _framed(whole), len(whole.plan.boxes) > _SOME
    variants = VARIANTS[:1] if many else VARIANTS
    laid = ((names, whole.only(names, framed=framed)) for names in whole.parts)
    return [measured(whole, names, best(plan, variants)) for names, plan in laid]


def _framed(whole: Apart) -> bool:
    """Whether each column has frames of its own, for boxes that stand outside them."""
    return any(whole.outside(whole.plan.boxes))


def _column(whole: Apart, alone: Sequence[_Alone], *, framed: bool) -> Sheet:
    """Parts that can share frames do so with their neighbours."""
    runs = groupby(alone, key=lambda one: not framed or sociable(whole, one.part))
    sheets: list[Sheet] = []
    for together, run in runs:
        if together:
            sheets.append(drawn(stacked(whole, [one.part for one in run], framed=framed)))
        else:
            sheets += (one.sheet for one in run)
    return _piled(sheets)


def _piled(sheets: Sequence[Sheet]) -> Sheet:
    """Sheets one under the other, flush left."""
    if len(sheets) == 1:
        return sheets[0]
    top, placed = 0.0, []
    for sheet in sheets:
        extent = sheet.extent
        placed.append(sheet.moved(-extent.x, top - extent.y))
        top += extent.height + GAP
    return joined(placed)


def _spread(sheets: Sequence[Sheet], gap: float) -> Sheet:
    """Sheets one beside the other, level at the top."""
    if len(sheets) == 1:
        return sheets[0]
    left, placed = 0.0, []
    for sheet in sheets:
        extent = sheet.extent
        placed.append(sheet.moved(left - extent.x, -extent.y))
        left += extent.width + gap
    return joined(placed)


def _around(whole: Apart, sheet: Sheet) -> Sheet:
    """The sheet with the shared frames around all of it."""
    for name in reversed(whole.shared):
        inner = sheet.extent
        wide, high = inner.width + 2 * PAD, inner.height + 2 * PAD + TITLE
        rect = Rect(inner.x - PAD, inner.y - PAD - TITLE, wide, high)
        sheet = replace(sheet, frames=(border(whole.plan.frames[name], rect), *sheet.frames))
    return sheet


def _sorted(whole: Apart, sheet: Sheet) -> Sheet:
    """Everything in the order of the picture, and frames from the outside in."""
    boxes = {name: number for number, name in enumerate(whole.plan.boxes)}
    edges = {(e.source, e.target, e.kind): number for number, e in enumerate(whole.plan.edges)}
    depth = {name: len(list(whole.plan.around(name))) for name in whole.plan.frames}
    return Sheet(
        tuple(sorted(sheet.frames, key=lambda frame: depth[frame.name])),
        tuple(sorted(sheet.cells, key=lambda cell: boxes[cell.name])),
        tuple(sorted(sheet.routes, key=lambda r: edges[r.source, r.target, r.kind])),
        sheet.labels,
    )
