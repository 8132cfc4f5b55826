"""How outcomes are distributed, with the percentiles that decide."""

from __future__ import annotations

from collections.abc import Sequence

from archcode.charts import Histogram, Percentile, Ticks
from archcode.draw.look import Theme
from archcode.render._chart_axis import Wanted, axis, number
from archcode.render._chart_frame import plot_box, set_x, set_y
from archcode.render._chart_look import look_of, mixed
from archcode.render._chart_page import LABEL, MARGIN, TOP, Box, Page, text_width
from archcode.render._chart_room import spread
from archcode.render._chart_strokes import Projection

_PERCENT = Ticks(after="%")
_ROW = 32.0
_DASHES: tuple[tuple[float, ...], ...] = ((4, 2), (), (1, 1.5), (6, 2, 1, 2))


def draw(chart: Histogram, theme: Theme) -> Page:
    """The page of a distribution: a bar for each range, a line for each percentile."""
    page = Page(theme, chart.title)
    whole = sum(chart.counts)
    shares = [100 * count / whole if whole else 0.0 for count in chart.counts]
    marks = [mark for mark in chart.marks if number(mark.value) is not None]
    x_axis = axis([*chart.edges, *(mark.value for mark in marks)], Wanted(chart.ticks, count=9))
    y_axis = axis([*shares, 0], Wanted(_PERCENT, count=6, from_zero=True, margin=True))
    box = plot_box(y_axis, MARGIN + 20, top=TOP + (_ROW + 26 if marks else 0))
    axes = page.axes(box)
    x_axis = set_x(page, axes, x_axis, chart.x_label, box)
    y_axis = set_y(page, axes, y_axis, chart.y_label, box)
    axes.grid(axis="y", color=page.faint(), linewidth=1)
    projection = Projection(x_axis, y_axis, box)
    _draw_bars(page, chart, shares, projection)
    _draw_marks(page, chart, marks, projection)
    if not whole:
        x, y = box.x + box.wide / 2, box.y + box.high / 2
        page.text(x, y, "There is no outcome.", LABEL, ink="grey", ha="center", va="center")
    return page


def _draw_bars(
    page: Page, chart: Histogram, shares: Sequence[float], projection: Projection
) -> None:
    colour = look_of(0, page.theme).colour
    face = mixed(colour, page.theme.page, 0.35)
    for i, part in enumerate(shares):
        ends = number(chart.edges[i]), number(chart.edges[i + 1])
        if part and ends[0] is not None and ends[1] is not None:
            left, right = projection.across(ends[0]), projection.across(ends[1])
            high = projection.up(part) - projection.box.y
            page.swatch(Box(left, projection.box.y, right - left, high), face, colour, "")


def _draw_marks(
    page: Page, chart: Histogram, marks: Sequence[Percentile], projection: Projection
) -> None:
    """Lines up to the words of the percentiles, which make way for each other."""
    box = projection.box
    ordered = sorted(marks, key=lambda mark: mark.percent)
    texts = [f"{mark.name} {chart.ticks.text(mark.value)}" for mark in ordered]
    pitch = max((text_width(text, LABEL, bold=True) for text in texts), default=0) + 20
    places = [projection.across(number(mark.value) or 0.0) for mark in ordered]
    foot, top = box.y + box.high + 6, box.y + box.high + _ROW - 8
    spread_ = spread(places, pitch, box.x, box.x + box.wide)
    for turn, (x, middle, text) in enumerate(zip(places, spread_, texts, strict=True)):
        dashes = _DASHES[turn % len(_DASHES)]
        look = {"color": page.ink("ink"), "linewidth": 2.2}
        page.line([(x, box.y), (x, foot)], **look, linestyle=(0, dashes) if dashes else "-")
        page.line([(x, foot), (middle, top)], color=page.ink("ink"), linewidth=1.2)
        page.text(middle, top + 4, text, LABEL, bold=True, ha="center", va="bottom")
