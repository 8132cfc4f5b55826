"""A sweep in the words that a terminal and Markdown share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.currency import dollars

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from archcode.sweep import Area, BreakEven, Curve, Point, Sweep
    from archcode.sweep.model import Costs

CROSS = "✗"
"""Marks the cost of an option that does not fit there."""
NOTHING = "nothing fits"
REGION_HEAD = ("From", "To", "Cheapest", "Cost there", "Cost at the end")
REGION_RIGHT = (0, 1, 3, 4)
BREAK_HEAD = ("At", "From", "To", "Kind", "Cost of the first", "Of the second")
BREAK_RIGHT = (0, 4, 5)
LIMIT_HEAD = ("Option", "Fits", "Beyond")
_MOST_ROWS = 9
_TODAY = "today "
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def heading(found: Sweep | Area, along: str) -> str:
    """`Order fan-out: order-events, us-east-1, along rate`."""
    title = " ".join(found.title.split())
    parts = (found.channel, found.region_id, along)
    return ": ".join(part for part in (title, ", ".join(p for p in parts if p)) if part)


def along(found: Sweep) -> str:
    """`rate from 1/s to 100/s`."""
    variable = found.variable
    return f"{variable.name} {variable.text(variable.start)} to {variable.text(variable.end)}"


def verdict(found: Sweep) -> str:
    """Which option is the cheapest where, in sentences."""
    if not any(region.name for region in found.regions):
        return "No option keeps what is required within its limits."
    if len(found.curves) == 1 and len(found.regions) == 1:
        first, last = found.curves[0].points[0], found.curves[0].points[-1]
        ends = f"{cost_text(first)} at {found.variable.text(first.x)}"
        return f"{ends}, {cost_text(last)} at {found.variable.text(last.x)}."
    told = [_stretch(found, number) for number in range(len(found.regions))]
    return f"{'; '.join(told)}."


def _stretch(found: Sweep, number: int) -> str:
    """`SQS standard costs least up to 9.27/s`."""
    region, text = found.regions[number], found.variable.text
    name = f"{region.name} costs least" if region.name else NOTHING
    if len(found.regions) == 1:
        return f"{name} throughout"
    if number == 0:
        return f"{name} up to {text(region.end)}"
    if number == len(found.regions) - 1:
        return f"{name} from {text(region.start)} on"
    return f"{name} from {text(region.start)} to {text(region.end)}"


def region_rows(found: Sweep) -> list[tuple[str, ...]]:
    """Each stretch, and what its option costs at both ends."""
    text = found.variable.text
    rows: list[tuple[str, ...]] = []
    for region in found.regions:
        ends = [
            _cost_at(found, region.name, x, side)
            for side, x in enumerate((region.start, region.end))
        ]
        rows.append((text(region.start), text(region.end), region.name or NOTHING, *ends))
    return rows


def _cost_at(found: Sweep, name: str, x: Fraction, side: int) -> str:
    """The cost of an option at the start (side 0) or the end of its stretch."""
    if not name:
        return ""
    for one in found.break_evens:
        costs = one.right_costs if side == 0 else one.left_costs
        if one.x == x and costs and name == (one.right if side == 0 else one.left):
            return dollars(costs.above if side == 0 else costs.below)
    curve = next(curve for curve in found.curves if curve.name == name)
    return cost_text(next(point for point in curve.points if point.x == x))


def break_rows(found: Sweep) -> list[tuple[str, ...]]:
    """Each break-even point, with what both options cost on the way over it."""
    return [
        (
            _at(found, one),
            one.left or NOTHING,
            one.right or NOTHING,
            one.kind,
            _sides(one.left_costs),
            _sides(one.right_costs),
        )
        for one in found.break_evens
    ]


def facts(found: Sweep) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What steps, or no longer fits, at each break-even point."""
    return ((_at(found, one), one.facts) for one in found.break_evens if one.facts)


def limit_rows(found: Sweep) -> list[tuple[str, ...]]:
    """The options that do not fit throughout: where they do, and why not beyond."""
    rows: list[tuple[str, ...]] = []
    for curve in found.curves:
        if not curve.fits:
            point = curve.points[0]
            why = next(iter((*point.reasons, point.exceeded)), "")
            rows.append((curve.name, "nowhere", why or "a price is not known"))
        elif curve.fits[0].start > found.variable.start or curve.fits[-1].end < found.variable.end:
            rows.append((curve.name, _fits(found, curve), curve.fits[-1].why))
        elif len(curve.fits) > 1:
            rows.append((curve.name, _fits(found, curve), curve.fits[0].why))
    return rows


def _fits(found: Sweep, curve: Curve) -> str:
    """`up to 1,250/s`, or each stretch."""
    text = found.variable.text
    if len(curve.fits) == 1 and curve.fits[0].start == found.variable.start:
        return f"up to {text(curve.fits[0].end)}"
    return ", ".join(f"{text(one.start)} to {text(one.end)}" for one in curve.fits)


def _at(found: Sweep, one: BreakEven) -> str:
    return ("" if one.exact else "about ") + found.variable.text(one.x)


def _sides(costs: Costs | None) -> str:
    """A cost, and what it jumps to."""
    if costs is None:
        return ""
    below, above = dollars(costs.below), dollars(costs.above)
    return below if below == above else f"{below} → {above}"


def grid(found: Sweep) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The cost of each option at some of the values: those that are never the cheapest last."""
    shown, text = _some(found), found.variable.text
    head = ("Option", *(_TODAY * (x == found.today) + text(x) for x in shown))
    best = [region.name for region in found.regions]
    order = sorted(found.curves, key=lambda curve: curve.name not in best)
    rows = []
    for curve in order:
        points = {point.x: point for point in curve.points}
        rows.append((name_of(curve), *(_cell(points[x]) for x in shown)))
    return head, rows


def _some(found: Sweep) -> tuple[Fraction, ...]:
    """Values evenly chosen, and that of today."""
    from archcode.sweep.numbers import thinned

    xs = tuple(point.x for point in found.curves[0].points)
    today = {x for x in xs if x == found.today}
    return tuple(sorted({*thinned(xs, _MOST_ROWS)} | today))


def _cell(point: Point) -> str:
    """A cost, with a mark where the option may not be chosen."""
    return cost_text(point) + ("" if point.fits or point.list_cost is None else f" {CROSS}")


def name_of(curve: Curve) -> str:
    """The name, with what marks today's choice."""
    return f"{curve.name} (today)" if curve.current else curve.name


def cost_text(point: Point) -> str:
    """A monthly cost, or that there is none."""
    if point.list_cost is None:
        return "–"
    return dollars(point.list_cost) if point.complete else f"≥ {dollars(point.list_cost)}"


def letters(found: Area) -> dict[str, str]:
    """A letter for each option of a map, in the order of its share; a dot where none fits."""
    names = [name for name, _ in found.shares() if name]
    return dict(zip(names, _LETTERS, strict=False)) | {"": "·"}


def share_rows(found: Area) -> list[tuple[str, ...]]:
    """The letter of each option, and the part of the cells in which it is the cheapest."""
    known = letters(found)
    return [
        (known[name], name or NOTHING, f"{round(share * 100)}%") for name, share in found.shares()
    ]


def map_rows(found: Area) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Letters over the values of both variables, the largest row first."""
    known = letters(found)
    head = (f"{found.up.name} \\ {found.across.name}", *(found.across.text(x) for x in found.xs))
    rows = [
        (found.up.text(y), *(known[name] for name in row))
        for y, row in zip(found.ys, found.cells, strict=True)
    ]
    return head, rows[::-1]


def area_along(found: Area) -> str:
    """`rate 1/s to 100/s, size 1 KB to 256 KB`."""
    return ", ".join(
        f"{one.name} {one.text(one.start)} to {one.text(one.end)}"
        for one in (found.across, found.up)
    )


def listed(parts: Sequence[str]) -> str:
    """Lines of a page."""
    return "\n".join(parts) + "\n"
