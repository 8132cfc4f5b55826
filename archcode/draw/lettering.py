"""The text under an icon, beside an arrow and in a frame, written at a factor of its size."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from archcode.draw.look import ICON, TEXT, TextRole
from archcode.draw.metrics import width
from archcode.draw.parts import BADGE
from archcode.draw.scene import Border, Cell, Label, Line, Rect
from archcode.draw.sheet import tidy

_INDENT = 7.0
_UNDER = 3.0
_BASELINE = 0.8
_SPACES = "  "


@dataclass(frozen=True, slots=True)
class Sizes:
    """Factors of the sizes of text: under icons, beside arrows, and in frames."""

    caption: float
    label: float
    frame: float

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


def label(one: Label, factor: float, *, beside: bool = False) -> Label:
    """A label written anew: from its lower edge up, or beside its arrow from the left."""
    look, old = TEXT["label"], one.rect
    wide = max(_wide(line, factor) for line in one.lines)
    pitch = look.leading * factor
    high = pitch * len(one.lines)
    x = old.x if beside else old.x + (old.width - wide) / 2
    y = old.y + (old.height - high) / (2 if beside else 1)
    lines = tuple(
        replace(line, x=tidy(x + wide / 2), y=tidy(y + pitch * (number + _BASELINE)))
        for number, line in enumerate(one.lines)
    )
    return replace(one, rect=Rect(tidy(x), tidy(y), tidy(wide), tidy(high)), lines=lines)


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
