"""The vertical half of a layout: how far each box and frame reaches up and down."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from archcode.draw.graph import EMPTY, PAD, TITLE, Placement, title_width
from archcode.draw.look import ICON
from archcode.draw.plan import Plan
from archcode.draw.sheet import tidy

Span = tuple[float, float]


class Rows(Struct, frozen=True):
    """Columns and heights: everything a router needs before it knows any x."""

    plan: Plan
    column: dict[str, int]
    y: dict[str, float]
    """Centre of each icon."""
    span: dict[str, Span]
    """Top and bottom of each box and frame."""
    reach: dict[str, tuple[int, int]]
    """First and last column of each box and frame."""

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return 1 + max(self.column.values(), default=-1)

    def members(self, column: int) -> list[str]:
        """The boxes of a column, and its empty frames."""
        return [name for name, number in self.column.items() if number == column]


def rows(plan: Plan, placement: Placement) -> Rows:
    """Heights of boxes as placed and of frames around them."""
    y = _snapped(placement.y)
    span: dict[str, Span] = {}
    reach: dict[str, tuple[int, int]] = {}
    for name in plan.boxes:
        span[name] = _span(plan, name, y[name])
        reach[name] = (placement.column[name], placement.column[name])
    for name in _inside_out(plan):
        _enclose(plan, placement, name, span, reach)
    for name in _inside_out(plan) if plan.down else ():
        span.update(_titled(plan, name, span, reach))
    return Rows(plan, placement.column, y, span, reach)


def swapped(rows: Rows, one: str, two: str) -> Rows | None:
    """The layout with two neighbours in each other's place; None if something is in the way.

    Neighbours are frames, or boxes with what hangs under them, the first above the second. What
    stands between them stays there.
    """
    (top, upper), (lower, bottom) = _room(rows, one), _room(rows, two)
    first, second = _inside(rows.plan, one), _inside(rows.plan, two)
    columns = _columns(rows, first | second)
    between = _between(rows, columns, (top, bottom), first | second)
    if any(
        rows.span[name][0] < upper
        or lower < rows.span[name][1]
        or rows.reach[name][0] < columns[0]
        or columns[1] < rows.reach[name][1]
        for name in between
    ):
        return None
    y, span = dict(rows.y), dict(rows.span)
    moves = (
        (first, bottom - upper),
        (second, top - lower),
        (between, top - upper + bottom - lower),
    )
    for names, shift in moves:
        for name in names:
            span[name] = span[name][0] + shift, span[name][1] + shift
            if name in y:
                # What is level stays level to the last digit.
                y[name] = tidy(y[name] + shift)
    return replace(rows, y=y, span=span)


def _room(rows: Rows, name: str) -> Span:
    """What a frame, or a stack of boxes, takes from top to bottom."""
    stack = rows.plan.stack(name)
    return rows.span[stack[0]][0], rows.span[stack[-1]][1]


def _inside(plan: Plan, name: str) -> set[str]:
    """A stack of boxes, or a frame with all that it holds."""
    if name not in plan.frames:
        return set(plan.stack(name))
    return {name}.union(*(_inside(plan, member) for member in plan.frames[name].contains))


def _columns(rows: Rows, names: set[str]) -> tuple[int, int]:
    """The first and the last column that some boxes and frames take."""
    return min(rows.reach[name][0] for name in names), max(rows.reach[name][1] for name in names)


def _between(rows: Rows, columns: tuple[int, int], room: Span, own: set[str]) -> set[str]:
    """What else stands in some columns between two heights, but for frames around all of it."""
    first, last = columns
    around = set.intersection(*(set(rows.plan.around(name)) for name in own))
    return {
        name
        for name, (start, end) in rows.span.items()
        if name not in own
        and name not in around
        and start < room[1]
        and room[0] < end
        and rows.reach[name][0] <= last
        and first <= rows.reach[name][1]
    }


def _snapped(ys: dict[str, float]) -> dict[str, float]:
    """Graphviz rounds to whole points: what is nearly level becomes level."""
    last, snapped = float("-inf"), {}
    for name, y in sorted(ys.items(), key=lambda item: item[1]):
        last = snapped[name] = last if y - last < 2 else tidy(y)
    return snapped


def _inside_out(plan: Plan) -> Iterator[str]:
    depth = {name: len(list(plan.around(name))) for name in plan.frames}
    yield from sorted(plan.frames, key=lambda name: -depth[name])


def _enclose(
    plan: Plan,
    placement: Placement,
    name: str,
    span: dict[str, Span],
    reach: dict[str, tuple[int, int]],
) -> None:
    inside = plan.frames[name].contains
    if not inside:
        half = EMPTY[0] / 2 + PAD if plan.down else EMPTY[1] / 2 + PAD + TITLE / 2
        span[name] = (placement.y[name] - half, placement.y[name] + half)
        reach[name] = (placement.column[name], placement.column[name])
        return
    top = min(span[member][0] for member in inside)
    bottom = max(span[member][1] for member in inside)
    span[name] = _framed(plan, top, bottom)
    first = min(reach[member][0] for member in inside)
    reach[name] = (first, max(reach[member][1] for member in inside))


def _span(plan: Plan, name: str, y: float) -> Span:
    """How far a box reaches across, from the centre of its icon."""
    measured = plan.boxes[name]
    if plan.down:
        return y - measured.width / 2, y + measured.width / 2
    top = y - ICON / 2 - measured.above
    return top, top + measured.height


def _framed(plan: Plan, top: float, bottom: float) -> Span:
    """A frame around what reaches from top to bottom."""
    return (top - PAD, bottom + PAD) if plan.down else (top - PAD - TITLE, bottom + PAD)


def _titled(
    plan: Plan, name: str, span: Mapping[str, Span], reach: Mapping[str, tuple[int, int]]
) -> dict[str, Span]:
    """A frame as wide as its title needs, with the frames around it, if they come upon nothing."""
    left, right = span[name]
    spare = title_width(plan, name) - (right - left)
    if spare <= 0:
        return {}
    for before, after in ((spare / 2, spare / 2), (0.0, spare / 2), (spare / 2, 0.0)):
        wider = _wider(plan, name, (left - before, right + after), span)
        if not any(_clash(plan, frame, wider, span, reach) for frame in wider):
            return wider
    return {}


def _wider(plan: Plan, name: str, room: Span, span: Mapping[str, Span]) -> dict[str, Span]:
    """A frame that takes more room, and the frames around it."""
    wider = {name: room}
    for inner, outer in pairwise([name, *plan.around(name)]):
        (start, end), (low, high) = wider[inner], span[outer]
        wider[outer] = min(low, start - PAD), max(high, end + PAD)
    return wider


def _clash(
    plan: Plan,
    frame: str,
    wider: Mapping[str, Span],
    span: Mapping[str, Span],
    reach: Mapping[str, tuple[int, int]],
) -> bool:
    """Whether a frame that became wider comes too near to something that it does not hold."""
    (low, high), (first, last) = wider[frame], reach[frame]
    return any(
        other not in wider
        and frame not in plan.around(other)
        and start < high + PAD
        and low - PAD < end
        and reach[other][0] <= last
        and first <= reach[other][1]
        for other, (start, end) in span.items()
    )
