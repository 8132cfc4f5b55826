"""A sweep as a line chart, and a map of two variables as one of regions."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.charts import (
    DOLLARS,
    SHORT,
    Band,
    LineChart,
    Mark,
    RegionMap,
    Series,
    Ticks,
    described,
)
from archcode.render import _sweeps as words
from archcode.sweep.numbers import beside
from archcode.sweep.variable import Unit
from archcode.units import to_decimal

if TYPE_CHECKING:
    from decimal import Decimal

    from archcode.charts import Point
    from archcode.sweep import Area, BreakEven, Curve, Sweep, Variable
    from archcode.sweep.model import Point as Sampled

_LABELS = {
    Unit.RATE: "Messages/s",
    Unit.TIMES: "Times today's traffic",
    Unit.BYTES: "Message size in KB",
    Unit.CONSUMERS: "Consumers",
}
"""What an axis counts; a setting is called by its path."""


def line_chart(found: Sweep) -> LineChart:
    """The cost of each option that fits somewhere, its break-even points and regions."""
    variable = found.variable
    lines = [_series(found, curve) for curve in found.curves]
    return described(
        LineChart(
            " ".join(words.heading(found, "").split()),
            "",
            _label(variable),
            "Monthly cost",
            tuple(line for line in lines if any(y is not None for _, y in line.points)),
            tuple(mark for one in found.break_evens for mark in _marks(found, one)),
            tuple(
                Band(_x(variable, region.start), _x(variable, region.end), region.name)
                for region in found.regions
                if region.name
            ),
            log_x=variable.smooth,
            log_y=True,
            x_ticks=_ticks(variable),
            y_ticks=DOLLARS,
        )
    )


def region_map(found: Area) -> RegionMap:
    """The cheapest option in each cell."""
    across, up = found.across, found.up
    return described(
        RegionMap(
            " ".join(words.heading(found, "").split()),
            "",
            _label(across),
            _label(up),
            tuple(_x(across, x) for x in found.xs),
            tuple(_x(up, y) for y in found.ys),
            found.cells,
            log_x=across.smooth,
            log_y=up.smooth,
            x_ticks=_ticks(across),
            y_ticks=_ticks(up),
        )
    )


def _label(variable: Variable) -> str:
    unit = f" in {variable.suffix}" if variable.suffix else ""
    return _LABELS.get(variable.unit, f"{variable.name}{unit}")


def _ticks(variable: Variable) -> Ticks:
    return SHORT if variable.unit in (Unit.RATE, Unit.TIMES) else Ticks()


def _x(variable: Variable, x: Fraction) -> Fraction:
    return x / 1024 if variable.unit is Unit.BYTES else x


def _series(found: Sweep, curve: Curve) -> Series:
    """The points of the grid, and both sides of break-even points that the option takes part in."""
    points: dict[Fraction, Decimal | None] = {
        point.x: point.list_cost if point.fits else None for point in curve.points
    }
    for one in found.break_evens:
        points |= _sides(one, curve.name)
    points |= _ends(found, curve)
    return Series(curve.name, tuple(_point(found, x, y) for x, y in sorted(points.items())))


def _ends(found: Sweep, curve: Curve) -> dict[Fraction, Decimal | None]:
    """Where an option ends to fit: its cost there, and none beyond."""
    ends = [stretch.end for stretch in curve.fits if stretch.why and found.variable.smooth]
    made: dict[Fraction, Decimal | None] = {}
    for end in ends:
        before = [point for point in curve.points if point.x < end and point.fits]
        after = [point for point in curve.points if point.x > end]
        made |= {end: _between(before[-1:], after[:1], end), beside(end)[1]: None}
    return made


def _between(before: list[Sampled], after: list[Sampled], x: Fraction) -> Decimal | None:
    """A cost on the line between two points of the grid."""
    ends = [(point.x, point.list_cost) for point in (*before, *after)]
    costs = [Fraction(cost) for _, cost in ends if cost is not None]
    if len(costs) < 2:
        return None
    part = (x - ends[0][0]) / (ends[1][0] - ends[0][0])
    return to_decimal(costs[0] + (costs[1] - costs[0]) * part)


def _sides(one: BreakEven, name: str) -> dict[Fraction, Decimal | None]:
    """What an option costs below a break-even point and above, where it fits there."""
    if name == one.left and one.left_costs:
        above = None if one.kind == "limit" and one.facts else one.left_costs.above
        return {one.below: one.left_costs.below, one.above: above}
    if name == one.right and one.right_costs:
        below = None if one.kind == "limit" and one.facts else one.right_costs.below
        return {one.below: below, one.above: one.right_costs.above}
    return {}


def _point(found: Sweep, x: Fraction, y: Decimal | None) -> Point:
    return _x(found.variable, x), y


def _marks(found: Sweep, one: BreakEven) -> tuple[Mark, ...]:
    costs = one.left_costs or one.right_costs
    y = (costs.below or costs.above) if costs else None
    if y is None:
        return ()
    return (Mark(_x(found.variable, one.x), y, found.variable.text(one.x)),)
