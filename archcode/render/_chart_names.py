"""The names of the lines of a chart: each at the end of its line, clear of all others."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from archcode.charts import LineChart, Number
from archcode.charts.ticks import exact, is_finite
from archcode.render._chart_look import OptionLook, look_of, stroke
from archcode.render._chart_page import (
    HIGH,
    MARGIN,
    NOTE,
    TICK,
    TOP,
    Box,
    Ink,
    Page,
    cut,
    text_width,
)
from archcode.render._chart_room import Place, Taken, hidden, spread
from archcode.render._chart_strokes import Projection, Stroke
from archcode.units import at_most

_SAMPLE = 56.0
_LEADER = 34.0
_AFTER = 10.0
_KEY = 18.0
"""Points of the marker before a name in the plot."""
_NAME = 300.0
"""Most points of a name at the end of its line."""
_PITCH = 28.0
_FOOT = 20.0


class Drawing(Struct):
    """What is on the page so far, for words that look for room."""

    page: Page
    projection: Projection
    words: list[Box] = field(default_factory=list)
    lines: list[Place] = field(default_factory=list)

    @property
    def taken(self) -> Taken:
        """What words may not hide."""
        return Taken(self.projection.box, self.words, self.lines)


class _Ending(Struct, frozen=True):
    """A name, where its line ends, and whether that is before the right edge."""

    name: str
    look: OptionLook
    at: Place
    stops: bool
    feasible: bool


def names_room(chart: LineChart) -> float:
    """The points that the column of names takes at the right of the page."""
    widest = max((text_width(_row(chart, i), TICK) for i in range(len(chart.series))), default=0)
    return MARGIN + (_LEADER + _SAMPLE + _AFTER if chart.series else 0) + widest


def draw_names(drawing: Drawing, chart: LineChart, found: Sequence[Sequence[Stroke]]) -> None:
    """Names at the ends of lines: beside those that stop early, in a column for all others."""
    endings = [_ending(drawing, chart, i, lines) for i, lines in enumerate(found)]
    for one in endings:
        if one.stops:
            _stop(drawing.page, one)
    left = [i for i, one in enumerate(endings) if not (one.stops and _inside(drawing, one))]
    box, count = drawing.projection.box, max(len(left), 1)
    low, high = box.y - _PITCH / 2, box.y + box.high + _PITCH / 2
    if count * _PITCH > high - low:
        low, high = _FOOT, HIGH - TOP + 30
    pitch = min(_PITCH, (high - low) / count)
    heights = spread([endings[i].at[1] for i in left], pitch, low, high)
    for i, height in zip(left, heights, strict=True):
        row = _row(chart, i) if endings[i].stops or not endings[i].feasible else endings[i].name
        _draw_row(drawing, endings[i], row, height, min(TICK, pitch / 1.25))


def _row(chart: LineChart, place: int) -> str:
    """A name in the column, with the x at which its line stops before the end of all."""
    series = chart.series[place]
    name = cut(series.name, TICK, _NAME)
    feasible = [x for x, y in series.points if y is not None]
    if not feasible:
        return f"{name}, not feasible"
    if series.points[-1][1] is None:
        return f"{name}, to {_promised(chart, feasible[-1])}"
    return name


def _promised(chart: LineChart, x: Number) -> str:
    """The last x at which an option is feasible, in three digits, rounded down."""
    return chart.x_ticks.text(at_most(exact(x)) if is_finite(x) and exact(x) > 0 else x)


def _ending(drawing: Drawing, chart: LineChart, i: int, lines: Sequence[Stroke]) -> _Ending:
    box = drawing.projection.box
    at = lines[-1].places[-1] if lines else (box.x + box.wide, box.y)
    name = cut(chart.series[i].name, TICK, _NAME)
    stops = at[0] < box.x + box.wide - 2
    return _Ending(name, look_of(i, drawing.page.theme), at, stops, bool(lines))


def _stop(page: Page, one: _Ending) -> None:
    """A short bar across the end of a line: the option is not feasible further on."""
    (x, y) = one.at
    page.line([(x, y - 9), (x, y + 9)], color=one.look.colour, linewidth=3.5, zorder=3.6)


def _inside(drawing: Drawing, one: _Ending) -> bool:
    """Write a name in the plot at the end of its line, if it hides nothing there."""
    size = _KEY + text_width(one.name, NOTE) + 8, NOTE * 1.4
    words = Box(one.at[0] + _AFTER, one.at[1] - size[1] / 2, *size)
    if hidden(words, drawing.taken):
        return False
    drawing.words.append(words)
    x, middle = words.x + 4, words.y + words.high / 2
    drawing.page.marker((x + _KEY / 3, middle), one.look)
    drawing.page.text(x + _KEY, middle, one.name, NOTE, va="center_baseline", zorder=5)
    return True


def _draw_row(drawing: Drawing, one: _Ending, row: str, height: float, size: float) -> None:
    """A row of the column: a piece of the line, led to its end, and the name."""
    page, box = drawing.page, drawing.projection.box
    start = box.x + box.wide + _LEADER
    if one.feasible and not one.stops:
        led = [one.at, (start - 6, height), (start, height)]
        page.line(led, color=one.look.colour, linewidth=1)
    page.line([(start, height), (start + _SAMPLE, height)], **stroke(one.look))
    page.marker((start + _SAMPLE / 2, height), one.look)
    ink: Ink = "ink" if one.feasible else "grey"
    page.text(start + _SAMPLE + _AFTER, height, row, size, ink=ink, va="center_baseline")
