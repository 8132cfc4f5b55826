"""The vertical half of a layout: how far each box and frame reaches up and down."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from archcode.draw.graph import EMPTY, PAD, TITLE, Placement
from archcode.draw.look import ICON
from archcode.draw.plan import Plan

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rows:
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
    for name, measured in plan.boxes.items():
        top = y[name] - ICON / 2 - measured.above
        span[name] = (top, top + measured.height)
        reach[name] = (placement.column[name], placement.column[name])
    for name in _inside_out(plan):
        _enclose(plan, placement, name, span, reach)
    return Rows(plan, placement.column, y, span, reach)


def moved(rows: Rows, one: str, two: str) -> Rows:
    """The same layout with two stacks of equal shape in each other's place."""
    y, span = dict(rows.y), dict(rows.span)
    for this, that in zip(rows.plan.stack(one), rows.plan.stack(two), strict=True):
        y[this], y[that] = y[that], y[this]
        span[this], span[that] = span[that], span[this]
    return replace(rows, y=y, span=span)


def _snapped(ys: dict[str, float]) -> dict[str, float]:
    """Graphviz rounds to whole points: what is nearly level becomes level."""
    last, snapped = float("-inf"), {}
    for name, y in sorted(ys.items(), key=lambda item: item[1]):
        last = snapped[name] = last if y - last < 2 else y
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
        half = EMPTY[1] / 2 + PAD + TITLE / 2
        span[name] = (placement.y[name] - half, placement.y[name] + half)
        reach[name] = (placement.column[name], placement.column[name])
        return
    top = min(span[member][0] for member in inside) - PAD - TITLE
    span[name] = (top, max(span[member][1] for member in inside) + PAD)
    first = min(reach[member][0] for member in inside)
    reach[name] = (first, max(reach[member][1] for member in inside))
