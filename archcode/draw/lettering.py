"""The text under an icon, beside an arrow and in a frame, written at a factor of its size."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from archcode.draw.look import ICON, TEXT, TextRole
from archcode.draw.metrics import width
from archcode.draw.parts import BADGE
from archcode.draw.scene import Border, Cell, Label, Line, Mark, Rect
from archcode.draw.sheet import tidy

Side = Literal["above", "right", "left"]
"""Where a label stands: above a level piece of its arrow, or beside one that runs down."""

Align = Literal["left", "middle", "right"]

_GIVES_WAY: dict[Side, float] = {"above": 0.5, "right": 0, "left": 1}
"""The part of a change of its width by which the left end of a label moves."""
_INDENT = 7.0
_UNDER = 3.0
_BASELINE = 0.8
_SPACES = "  "
_AFTER_STEP = 4.0
"""Points between the number of a step, which is as high as a row, and the words of its label."""


class Sizes(Struct, frozen=True):
    """Factors of the sizes of text: under icons, beside arrows, in frames, and of badges."""

    caption: float
    label: float
    frame: float
    badge: float = 1

    def factor(self, role: TextRole) -> float:
        """The factor of a role."""
        kinds = {"label": self.label, "frame": self.frame, "badge": self.frame}
        return kinds.get(role, self.caption)


def caption(cell: Cell, factor: float, *, joined: bool = False) -> Cell:
    """A box with its caption written anew; joined, service and cost share a line."""
    icon = cell.picture
    x, start = icon.x + icon.width / 2, icon.bottom + _UNDER * icon.width / ICON
    top, widest = start, 0.0
    lines: list[Line] = []
    for row in _rows(cell.lines, joined=joined):
        pitch = max(TEXT[line.role].leading for line in row) * factor
        wide = _width(row, factor)
        lines += _placed(row, x - wide / 2, top + pitch * _BASELINE, factor)
        top, widest = top + pitch, max(widest, wide)
    rect = Rect(tidy(x - widest / 2), tidy(start), tidy(widest), tidy(top - start))
    return replace(cell, caption=rect, lines=tuple(lines))


def _rows(lines: Sequence[Line], *, joined: bool) -> Iterator[list[Line]]:
    """Each line by itself, or the last service line together with the only line of cost."""
    roles = [line.role for line in lines]
    if joined and roles[-2:] == ["service", "cost"] and roles.count("cost") == 1:
        yield from ([line] for line in lines[:-2])
        yield list(lines[-2:])
    else:
        yield from ([line] for line in lines)


def _width(row: Sequence[Line], factor: float) -> float:
    return sum(_wide(line, factor) for line in row) + _space(row[0], factor) * (len(row) - 1)


def _wide(line: Line, factor: float) -> float:
    look = TEXT[line.role]
    return width(line.text, look.size * factor, bold=look.bold)


def _space(line: Line, factor: float) -> float:
    return width(_SPACES, TEXT[line.role].size * factor)


def _placed(row: Iterable[Line], x: float, y: float, factor: float) -> Iterator[Line]:
    for line in row:
        wide = _wide(line, factor)
        yield replace(line, x=tidy(x + wide / 2), y=tidy(y))
        x += wide + _space(line, factor)


def label(one: Label, factor: float, side: Side = "above") -> Label:
    """A label written anew: from its lower edge up, or from the edge that is at its arrow.

    The number of its step stays before its first row.
    """
    pitch, old = TEXT["label"].leading * factor, one.rect
    indent = _before(one, factor)
    text = max((_wide(line, factor) for line in one.lines), default=0.0)
    wide, high = indent + text, pitch * max(len(one.lines), 1)
    x = old.x + (old.width - wide) * _GIVES_WAY[side]
    y = old.y + (old.height - high) / (1 if side == "above" else 2)
    rows = tuple(
        replace(
            line,
            x=tidy(x + indent + text / 2),
            y=tidy(y + pitch * (number + _BASELINE)),
            anchor="middle",
        )
        for number, line in enumerate(one.lines)
    )
    rect = Rect(tidy(x), tidy(y), tidy(wide), tidy(high))
    return replace(one, rect=rect, lines=rows, step=_step(one, rect, factor))


def aligned(one: Label, side: Side) -> Align:
    """Which end of the words stays where it is in a wider font: none reaches over a number."""
    sides: dict[Side, Align] = {"above": "middle", "right": "left", "left": "right"}
    return "left" if one.step else sides[side]


def _before(one: Label, factor: float) -> float:
    """The room that the number of a step takes before the words."""
    if one.step is None:
        return 0
    return _step_width(one.step, factor) + (_AFTER_STEP * factor if one.lines else 0)


def _step_width(step: Mark, factor: float) -> float:
    return step.rect.width / step.rect.height * TEXT["label"].leading * factor


def _step(one: Label, rect: Rect, factor: float) -> Mark | None:
    """The number at the left of the first row."""
    if one.step is None:
        return None
    size = tidy(_step_width(one.step, factor)), tidy(TEXT["label"].leading * factor)
    return mark(one.step, Rect(rect.x, rect.y, *size))


def mark(one: Mark, rect: Rect) -> Mark:
    """A mark in another place and size; its text is where it was in it."""
    old = one.rect
    across, down = rect.width / old.width, rect.height / old.height
    lines = tuple(
        replace(
            line,
            x=tidy(rect.x + (line.x - old.x) * across),
            y=tidy(rect.y + (line.y - old.y) * down),
        )
        for line in one.lines
    )
    return replace(one, rect=rect, lines=lines)


def title(frame: Border, factor: float) -> Border:
    """A frame with its title, and the badge before it, written anew."""
    look, rect = TEXT["frame"], frame.rect
    indent = (_INDENT + (BADGE if frame.kind == "cloud" else 0)) * factor
    lines = tuple(
        replace(line, x=tidy(rect.x + indent), y=tidy(rect.y + look.leading * factor))
        for line in frame.lines
    )
    wide = indent + max((_wide(line, factor) for line in lines), default=-indent)
    plate = Rect(tidy(rect.x + 2), tidy(rect.y + 3 * factor), tidy(wide), tidy(14 * factor))
    return replace(frame, plate=plate, lines=lines)
