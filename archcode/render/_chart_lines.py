"""Costs of options over one variable, each line with its name at its end."""

from __future__ import annotations

from collections.abc import Sequence

from archcode.charts import Band, LineChart, Mark
from archcode.draw.look import Theme
from archcode.render._chart_axis import Axis, Wanted, axis, number
from archcode.render._chart_frame import plot_box, set_x, set_y
from archcode.render._chart_look import OptionLook, look_of, stroke
from archcode.render._chart_names import Drawing, draw_names, names_room
from archcode.render._chart_page import HIGH, LABEL, NOTE, TOP, Box, Page, cut, shown, text_width
from archcode.render._chart_room import Place, beside
from archcode.render._chart_strokes import Projection, Stroke, markers, strokes

_MARK = 360.0
_BAND = 30.0
_LEAST_LETTERS = 8
"""A name in a band that is cut shorter tells less than the marker alone."""
_CHEAPEST = "cheapest option in each range"


def draw(chart: LineChart, theme: Theme) -> Page:
    """The page of a line chart."""
    page = Page(theme, chart.title)
    projection = _frame(page, chart)
    drawing = Drawing(page, projection)
    found = [strokes(one, projection) for one in chart.series]
    _draw_bands(page, chart, projection)
    for place, lines in enumerate(found):
        _draw_option(drawing, lines, place, look_of(place, theme), len(found))
    _draw_marks(drawing, chart.marks)
    draw_names(drawing, chart, found)
    if not any(found):
        _say_nothing(page, projection.box)
    return page


def _frame(page: Page, chart: LineChart) -> Projection:
    """The axes of the chart, with room for names at the right and for bands above."""
    values = [(number(x), number(y)) for one in chart.series for x, y in one.points]
    both = [(x, y) for x, y in values if x is not None and y is not None]
    x_axis = axis([x for x, _ in values], Wanted(chart.x_ticks, chart.log_x, 9))
    y_values = [y for _, y in both]
    y_axis = axis(y_values, Wanted(chart.y_ticks, chart.log_y, 7, from_zero=True, margin=True))
    box = plot_box(y_axis, names_room(chart), top=TOP + (_BAND if chart.bands else 0))
    axes = page.axes(box)
    x_axis = set_x(page, axes, x_axis, chart.x_label, box)
    y_axis = set_y(page, axes, y_axis, chart.y_label, box)
    axes.grid(axis="y", color=page.faint(), linewidth=1)
    return Projection(x_axis, y_axis, box)


def _draw_option(
    drawing: Drawing, lines: Sequence[Stroke], place: int, look: OptionLook, options: int
) -> None:
    page = drawing.page
    for line in lines:
        page.line(line.places, **stroke(look), zorder=3)
        drawing.lines += line.sampled()
    for at in markers(lines, drawing.projection.box, place, options):
        page.marker(at, look)


def _draw_bands(page: Page, chart: LineChart, projection: Projection) -> None:
    """A strip over the plot: which option is the cheapest where."""
    box = projection.box
    looks = {one.name: look_of(i, page.theme) for i, one in enumerate(chart.series)}
    bottom = box.y + box.high + 8
    if chart.bands:
        right = box.x + box.wide
        page.text(right, HIGH - TOP + 10, _CHEAPEST, NOTE, ink="grey", ha="right", va="center")
    for one in chart.bands:
        start, end = (projection.across(at) for at in _ends(one, projection.x))
        if end <= start:
            continue
        strip = Box(start, bottom, end - start, _BAND - 4)
        page.swatch(strip, page.faint(0.05), page.faint(0.35), "")
        for x in (start, end):
            if box.x + 1 < x < box.x + box.wide - 1:
                foot = [(x, box.y), (x, bottom)]
                page.line(foot, color=page.faint(0.4), linewidth=1, linestyle=(0, (1, 3)))
        _name_band(page, one.name, looks.get(one.name), strip)


def _ends(band: Band, x: Axis) -> tuple[float, float]:
    """Both ends of a band, as far as the axis shows them."""
    ends = [number(band.start), number(band.end)]
    start, end = (x.low if ends[0] is None else ends[0], x.high if ends[1] is None else ends[1])
    return max(start, x.low), min(end, x.high)


def _name_band(page: Page, name: str, look: OptionLook | None, strip: Box) -> None:
    """The marker of the cheapest option and its name, or as much of them as there is room for."""
    mark = 18.0 if look else 0.0
    text = cut(name, NOTE, strip.wide - mark - 14)
    text = "" if len(text) < _LEAST_LETTERS and text != shown(name) else text
    words = text_width(text, NOTE)
    left = strip.x + (strip.wide - mark - words) / 2
    middle = strip.y + strip.high / 2
    if look and strip.wide >= mark:
        page.marker((left + mark / 2 - (3 if text else 0), middle), look)
    if text:
        page.text(left + mark, middle - 1, text, NOTE, va="center_baseline")


def _draw_marks(drawing: Drawing, marks: Sequence[Mark]) -> None:
    """Break-even points as rings, their words beside them."""
    page = drawing.page
    places = [at for one in marks if (at := _place(one, drawing.projection))]
    drawing.words += [Box(x - 9, y - 9, 18, 18) for x, y in places]
    for one in marks:
        at = _place(one, drawing.projection)
        if at is None:
            continue
        text = cut(one.text, NOTE, _MARK, bold=True)
        size = text_width(text, NOTE, bold=True) + 8, NOTE * 1.4
        words = beside(at, size, drawing.taken)
        drawing.words.append(words)
        ink, centre = page.ink("ink"), (words.x + words.wide / 2, words.y + words.high / 2)
        near = _nearest(at, words)
        page.line([at, near], color=ink, linewidth=1.2, zorder=4)
        page.ring(at)
        page.middle(*centre, text, NOTE)


def _place(mark: Mark, projection: Projection) -> Place | None:
    """Where a mark is on the page; nowhere outside of the plot."""
    x, y = number(mark.x), number(mark.y)
    if x is None or y is None:
        return None
    at, box = (projection.across(x), projection.up(y)), projection.box
    inside = Box(box.x - 1, box.y - 1, box.wide + 2, box.high + 2)
    return at if inside.holds(Box(*at, 0, 0)) else None


def _nearest(point: Place, box: Box) -> Place:
    """The place of a rectangle that is nearest to a point."""
    (x, y) = point
    return max(box.x, min(box.x + box.wide, x)), max(box.y, min(box.y + box.high, y))


def _say_nothing(page: Page, box: Box) -> None:
    """The words of a chart without a line."""
    x, y = box.x + box.wide / 2, box.y + box.high / 2
    page.text(x, y, "No option is feasible here.", LABEL, ink="grey", ha="center", va="center")
