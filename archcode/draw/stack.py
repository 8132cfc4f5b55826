"""Parts of a picture one under the other, in common columns and common frames."""

from collections.abc import Sequence
from math import ceil

from msgspec import Struct

from archcode.draw.apart import Apart
from archcode.draw.graph import Placement
from archcode.draw.rows import Rows, rows

GAP = 24.0


class Part(Struct, frozen=True):
    """A part of a picture, laid out alone."""

    names: frozenset[str]
    laid: Rows
    inside: tuple[int, int] | None
    """First and last column within the shared frames, if there are any and it is in them."""
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """How much of a stack it takes."""
        return self.bottom - self.top + GAP

    @property
    def before(self) -> int:
        """Columns left of the shared frames."""
        return self.inside[0] if self.inside else 0

    @property
    def within(self) -> int:
        """Columns in the shared frames."""
        return self.inside[1] - self.inside[0] + 1 if self.inside else 0


def measured(whole: Apart, names: frozenset[str], laid: Rows) -> Part:
    """A part with the room that it takes of a stack."""
    own = [span for name, span in laid.span.items() if name in names]
    inside = laid.reach[whole.shared[0]] if whole.shared and whole.shared[0] in laid.reach else None
    top, bottom = min(top for top, _ in own), max(bottom for _, bottom in own)
    return Part(names, laid, inside, top, bottom)


def sociable(whole: Apart, part: Part) -> bool:
    """Whether a part may share its frames: what is outside them is only left or right of them."""
    if part.inside is None:
        return not whole.shared
    first, last = part.inside
    outside = whole.outside(part.names)
    return not any(first <= part.laid.column[n] <= last for n in outside if n in part.laid.column)


def stacked(whole: Apart, parts: Sequence[Part], *, framed: bool) -> Rows:
    """The parts from top to bottom; their shared frames begin in the same column."""
    before = max(part.before for part in parts)
    within = max(part.within for part in parts)
    column: dict[str, int] = {}
    y: dict[str, float] = {}
    top = 0.0
    for part in parts:
        # Whole points keep heights apart that were just far enough apart.
        down = ceil(top - part.top)
        top += part.height
        for name, old in part.laid.column.items():
            right = within - part.within if part.inside and old > part.inside[1] else 0
            column[name] = old + before - part.before + right
            y[name] = part.laid.y[name] + down
    names = [name for part in parts for name in part.names]
    return rows(whole.only(names, framed=framed), Placement(column, y))
