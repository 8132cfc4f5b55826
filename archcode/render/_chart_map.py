"""The cheapest option over two variables: areas with hatches, and their names in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from math import sqrt

from msgspec import Struct
from msgspec.structs import replace

from archcode.charts import Number, RegionMap
from archcode.draw.look import Theme
from archcode.render._chart_areas import Cell, roomiest
from archcode.render._chart_axis import Axis, Wanted, axis, number, share
from archcode.render._chart_frame import plot_box, set_x, set_y
from archcode.render._chart_look import look_of, mixed
from archcode.render._chart_page import LABEL, MARGIN, TICK, Box, Page, cut, text_width

NOTHING = "No option is feasible"
_SWATCH = 44.0
_SWATCH_HIGH = 24.0
_KEY_PITCH = 38.0
_KEY_GAP = 28.0
_AFTER = 12.0
_NAME = 280.0
_ALIKE = 1e-9
_SIZES = (26.0, 22.0, 18.0)
"""Sizes of a name in its area, the largest that fits first."""
_TINT, _HATCH = 0.22, 0.6
"""How much of an option's colour is in its area, and in the hatch on it."""


class _Grid(Struct, frozen=True):
    """The edges of the cells in points of the page, and which cells each option has."""

    xs: Sequence[float]
    ys: Sequence[float]
    names: tuple[tuple[str, ...], ...]

    def area(self, name: str) -> set[Cell]:
        """The cells of an option."""
        rows = enumerate(self.names)
        return {(r, c) for r, row in rows for c, found in enumerate(row) if found == name}


def draw(chart: RegionMap, theme: Theme) -> Page:
    """The page of a map; each option has an area, a row of the key, and its name where it fits."""
    page = Page(theme, chart.title)
    names = list(dict.fromkeys(name for row in chart.cells for name in row if name))
    keys = [cut(name, TICK, _NAME) for name in names]
    if any(not name for row in chart.cells for name in row):
        keys.append(NOTHING)
    box, grid = _frame(page, chart, keys)
    for place, name in enumerate(names):
        _draw_area(page, grid, place, grid.area(name))
    _draw_borders(page, grid)
    for name in (*names, ""):
        _draw_name(page, grid, name)
    _draw_key(page, keys, len(names), box)
    if not keys:
        x, y = box.x + box.wide / 2, box.y + box.high / 2
        page.text(x, y, "There is nothing to compare.", LABEL, ink="grey", ha="center")
    return page


def _frame(page: Page, chart: RegionMap, keys: Sequence[str]) -> tuple[Box, _Grid]:
    """The axes, which reach from the outer edge of the first cell to that of the last."""
    x_axis, across = _edged(chart.xs, Wanted(chart.x_ticks, chart.log_x, 9))
    y_axis, up = _edged(chart.ys, Wanted(chart.y_ticks, chart.log_y, 7))
    widest = max((text_width(key, TICK) for key in keys), default=0)
    box = plot_box(y_axis, MARGIN + (_KEY_GAP + _SWATCH + _AFTER + widest if keys else 0))
    axes = page.axes(box)
    x_axis = set_x(page, axes, x_axis, chart.x_label, box)
    y_axis = set_y(page, axes, y_axis, chart.y_label, box)
    xs = [box.x + box.wide * share(x_axis, at) for at in across]
    ys = [box.y + box.high * share(y_axis, at) for at in up]
    return box, _Grid(xs, ys, chart.cells)


def _edged(values: Sequence[Number], wanted: Wanted) -> tuple[Axis, list[float]]:
    """An axis and the edges between its values, in the middle as the axis shows it."""
    found = axis(values, wanted)
    places = [found.place(number(value) or 0.0) for value in values]
    if not places:
        return found, []
    # Values that are one value on the axis share it evenly.
    if places[-1] - places[0] <= _ALIKE * abs(places[-1]):
        step = (found.high - found.low) / len(places)
        return found, [found.low + step * turn for turn in range(len(places) + 1)]
    inner = [_between(one, two, log=found.log) for one, two in pairwise(places)]
    first = _beyond(inner[0], places[0], log=found.log)
    last = _beyond(inner[-1], places[-1], log=found.log)
    return replace(found, low=first, high=last), [first, *inner, last]


def _between(one: float, two: float, *, log: bool) -> float:
    return sqrt(one) * sqrt(two) if log else (one + two) / 2


def _beyond(edge: float, value: float, *, log: bool) -> float:
    """The edge at the other side of a value."""
    return value * (value / edge) if log else 2 * value - edge


def _draw_area(page: Page, grid: _Grid, place: int, area: set[Cell]) -> None:
    """All cells of an option as one shape, so that its hatch runs on."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    rectangles = [
        Path([(left, low), (right, low), (right, high), (left, high), (left, low)], closed=True)
        for left, right, low, high in _runs(grid, area)
    ]
    face, edge, hatch = _fill(page, place)
    shape = PathPatch(
        Path.make_compound_path(*rectangles),
        transform=page.points,
        facecolor=face,
        edgecolor=edge,
        hatch=hatch or None,
        linewidth=0,
        antialiased=False,
    )
    page.figure.add_artist(shape)


def _fill(page: Page, place: int) -> tuple[str, str, str]:
    """The tint of an option, the colour of its hatch, and the hatch."""
    look, ground = look_of(place, page.theme), page.theme.page
    return mixed(look.colour, ground, _TINT), mixed(look.colour, ground, _HATCH), look.hatch


def _runs(grid: _Grid, area: set[Cell]) -> Iterator[tuple[float, float, float, float]]:
    """Left, right, lower and upper edge of the cells of an area that lie side by side."""
    for row in range(len(grid.ys) - 1):
        columns = sorted(c for r, c in area if r == row)
        for _, run in groupby(enumerate(columns), key=lambda each: each[1] - each[0]):
            kept = [column for _, column in run]
            yield grid.xs[kept[0]], grid.xs[kept[-1] + 1], grid.ys[row], grid.ys[row + 1]


def _draw_borders(page: Page, grid: _Grid) -> None:
    """Lines between the areas."""
    from matplotlib.collections import LineCollection

    lines = [*_borders(grid)]
    if lines:
        page.figure.add_artist(
            LineCollection(
                lines, transform=page.points, colors=page.ink("ink"), linewidths=2, capstyle="round"
            )
        )


def _borders(grid: _Grid) -> Iterator[list[tuple[float, float]]]:
    """The edges of cells at whose sides are two options."""
    for r, row in enumerate(grid.names):
        for c, name in enumerate(row):
            x, y, right, top = grid.xs[c], grid.ys[r], grid.xs[c + 1], grid.ys[r + 1]
            if c + 1 < len(row) and row[c + 1] != name:
                yield [(right, y), (right, top)]
            if r + 1 < len(grid.names) and grid.names[r + 1][c] != name:
                yield [(x, top), (right, top)]


def _draw_name(page: Page, grid: _Grid, name: str) -> None:
    """A name where its area has the most room, in the largest size that fits."""
    area = grid.area(name)
    for size in _SIZES:
        text = cut(name or NOTHING, size, _NAME, bold=True)
        room = text_width(text, size, bold=True) + 14, size * 1.5
        at = roomiest(area, grid.xs, grid.ys, room)
        if at:
            page.middle(*at, text, size)
            return


def _draw_key(page: Page, keys: Sequence[str], options: int, box: Box) -> None:
    """A column of swatches with the names of all areas, from the top down."""
    x = box.x + box.wide + _KEY_GAP
    pitch = min(_KEY_PITCH, box.high / max(len(keys), 1))
    for place, key in enumerate(keys):
        middle = box.y + box.high - pitch * (place + 0.5)
        high = min(_SWATCH_HIGH, pitch * 0.8)
        blank = page.theme.page, page.ink("grey"), ""
        fill = _fill(page, place) if place < options else blank
        page.swatch(Box(x, middle - high / 2, _SWATCH, high), *fill)
        size = min(TICK, pitch * 0.8)
        page.text(x + _SWATCH + _AFTER, middle, key, size, va="center_baseline")
