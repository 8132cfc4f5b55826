"""From a picture to a scene: columns from Graphviz, routes and labels of our own."""

from archcode.draw.across import Across, across
from archcode.draw.disorder import disorder, settled
from archcode.draw.graph import VARIANTS, place
from archcode.draw.levels import Levels
from archcode.draw.lines import Drawing
from archcode.draw.page import page
from archcode.draw.parts import border, cell
from archcode.draw.picture import Picture
from archcode.draw.plan import Plan, plan
from archcode.draw.rows import Rows, rows
from archcode.draw.scene import Border, Rect, Scene
from archcode.draw.tracks import Route, tracks
from archcode.draw.trips import Trip, trips

_FEW = 60
"""Up to so many boxes a few layouts cost less than a blink."""


def lay_out(picture: Picture) -> Scene:
    """Place everything a picture shows."""
    checked = plan(picture)
    if not checked.boxes and not checked.frames:
        return page(picture, (), (), (), ())
    laid = _best(checked)
    routes = _routes(laid, Levels(laid))
    x = across(laid, routes, tracks(laid, routes))
    cells = tuple(
        cell(measured, x.centre[laid.column[name]], laid.y[name])
        for name, measured in checked.boxes.items()
    )
    frames = _borders(laid, x)
    drawing = Drawing(x, routes, {thing.name: thing for thing in cells})
    drawn = tuple(drawing.route(number) for number in range(len(routes)))
    return page(picture, frames, cells, drawn, drawing.labels(drawn, frames))


def _best(checked: Plan) -> Rows:
    """The layout nearest to the author's order with the fewest bends and crossings."""
    if len(checked.boxes) > _FEW:
        return rows(checked, place(checked, VARIANTS[0]))
    tried = (settled(rows(checked, place(checked, variant))) for variant in VARIANTS)
    return min(tried, key=disorder)


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
        left, right = x.edges[name]
        top, bottom = laid.span[name]
        found.append(border(laid.plan.frames[name], Rect(left, top, right - left, bottom - top)))
    return tuple(found)
