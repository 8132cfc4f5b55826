"""One drawing without seams: columns from Graphviz, routes and labels of our own."""

from collections.abc import Sequence

from archcode.draw.across import Across, across
from archcode.draw.disorder import disorder, settled
from archcode.draw.falls import Falling
from archcode.draw.graph import VARIANTS, Variant, place
from archcode.draw.levels import Levels
from archcode.draw.lines import Drawing
from archcode.draw.parts import border, cell
from archcode.draw.plan import Plan
from archcode.draw.rows import Rows, rows
from archcode.draw.scene import Border, Point, Rect
from archcode.draw.sheet import Sheet
from archcode.draw.straight import straight
from archcode.draw.titles import clear, uprights
from archcode.draw.tracks import Route, tracks
from archcode.draw.trips import Trip, trips

FEW = 60
"""Up to so many boxes a few layouts cost less than a blink."""


def best(checked: Plan, variants: Sequence[Variant] = VARIANTS) -> Rows:
    """The layout nearest to the author's order with the fewest bends and crossings."""
    if len(checked.boxes) > FEW:
        return rows(checked, place(checked, variants[0]))
    tried = (settled(rows(checked, place(checked, variant))) for variant in variants)
    return straight(min(tried, key=disorder))


def drawn(laid: Rows) -> Sheet:
    """Everything in its place, once columns and heights are known."""
    routes = _routes(laid, Levels(laid))
    x = across(laid, routes, tracks(laid, routes))
    cells = tuple(
        cell(measured, *_place(laid, x.centre[laid.column[name]], laid.y[name]))
        for name, measured in laid.plan.boxes.items()
    )
    way = Falling if laid.plan.down else Drawing
    drawing = way(x, routes, {thing.name: thing for thing in cells})
    lines = tuple(drawing.route(number) for number in range(len(routes)))
    upright = uprights(lines)
    frames = tuple(clear(frame, upright) for frame in _borders(laid, x))
    return Sheet(frames, cells, lines, drawing.labels(lines, frames))


def _place(laid: Rows, along: float, across: float) -> Point:
    return (across, along) if laid.plan.down else (along, across)


def _routes(laid: Rows, levels: Levels) -> list[Route]:
    """Short arrows choose their heights first, long ones go around them."""
    found = trips(laid)
    order = sorted(range(len(found)), key=lambda n: (_length(laid, found[n]), n))
    hops = {n: levels.hops(found[n]) if found[n].spot in {"first", "last"} else () for n in order}
    return [(trip, hops[number]) for number, trip in enumerate(found)]


def _length(laid: Rows, trip: Trip) -> int:
    span = laid.column[trip.edge.target] - laid.column[trip.edge.source]
    return span if span > 0 else 2 - span


def _borders(laid: Rows, x: Across) -> tuple[Border, ...]:
    """Frames from the outside in, so that inner ones are drawn on top."""
    depth = {name: len(list(laid.plan.around(name))) for name in laid.plan.frames}
    found = []
    for name in sorted(laid.plan.frames, key=lambda name: depth[name]):
        (start, end), (top, bottom) = x.edges[name], laid.span[name]
        corner, far = _place(laid, start, top), _place(laid, end, bottom)
        rect = Rect(*corner, far[0] - corner[0], far[1] - corner[1])
        found.append(border(laid.plan.frames[name], rect))
    return tuple(found)
