"""What a chart shows, in complete sentences with its numbers, for readers who cannot see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from msgspec.structs import replace

from archcode.charts.ticks import Number, Ticks, exact, is_finite
from archcode.charts.values import Chart, Histogram, LineChart, Point, RegionMap, Series, Tornado

C = TypeVar("C", bound=Chart)


def described(chart: C) -> C:
    """The chart with a description, made from its values where it has none."""
    return chart if chart.description else replace(chart, description=" ".join(_sentences(chart)))


def _sentences(chart: Chart) -> Iterator[str]:
    if isinstance(chart, LineChart):
        return _of_lines(chart)
    if isinstance(chart, RegionMap):
        return _of_map(chart)
    return _of_tornado(chart) if isinstance(chart, Tornado) else _of_histogram(chart)


def _of_lines(chart: LineChart) -> Iterator[str]:
    options = _counted(len(chart.series), "option")
    xs = [x for series in chart.series for x, _ in series.points]
    yield f"{chart.y_label} of {options} over {chart.x_label}{_span(xs, chart.x_ticks)}."
    for series in chart.series:
        yield _of_series(series, chart.x_ticks, chart.y_ticks)
    for band in chart.bands:
        start, end = chart.x_ticks.text(band.start), chart.x_ticks.text(band.end)
        yield f"{band.name} is the cheapest from {start} to {end}."
    for mark in chart.marks:
        x, y = chart.x_ticks.text(mark.x), chart.y_ticks.text(mark.y)
        yield f"{mark.text}: {y} at {x}."


def drawn(points: Sequence[Point]) -> list[tuple[Number, Number]]:
    """The points that have a place in a chart."""
    return [(x, y) for x, y in points if y is not None and is_finite(x) and is_finite(y)]


def _of_series(series: Series, x_ticks: Ticks, y_ticks: Ticks) -> str:
    """Both ends of a line, and beyond which the option is not feasible."""
    found = drawn(series.points)
    if not found:
        return f"{series.name} is not feasible."
    (x, y), (last_x, last_y) = found[0], found[-1]
    text = f"{series.name} costs {y_ticks.text(y)} at {x_ticks.text(x)}"
    if len(found) > 1:
        text += f" and {y_ticks.text(last_y)} at {x_ticks.text(last_x)}"
    if series.points[0][1] is None:
        text += f", is not feasible below {x_ticks.text(x)}"
    if series.points[-1][1] is None:
        text += f", is not feasible above {x_ticks.text(last_x)}"
    return f"{text}."


def _of_map(chart: RegionMap) -> Iterator[str]:
    across = f"{chart.x_label}{_span(chart.xs, chart.x_ticks)}"
    up = f"{chart.y_label}{_span(chart.ys, chart.y_ticks)}"
    yield f"The cheapest option over {across} and {up}."
    counts = Counter(name for row in chart.cells for name in row)
    for name, count in counts.most_common():
        part = f"in {_percent(count, counts.total())} of the map"
        yield f"{name} is the cheapest {part}." if name else f"No option is feasible {part}."
    if counts.total() > 1:
        yield _corner(chart, 0)
        yield _corner(chart, -1)


def _corner(chart: RegionMap, place: int) -> str:
    x, y = chart.x_ticks.text(chart.xs[place]), chart.y_ticks.text(chart.ys[place])
    name = chart.cells[place][place] or "none"
    return f"At {x} and {y} it is {name}."


def _of_tornado(chart: Tornado) -> Iterator[str]:
    inputs = _counted(len(chart.bars), "input")
    base = chart.ticks.text(chart.base)
    made = "makes" if len(chart.bars) == 1 else "make"
    yield f"{chart.x_label} is {base}, and what {inputs} {made} of it, the largest swing first."
    for bar in chart.ordered:
        low, high = chart.ticks.text(bar.low), chart.ticks.text(bar.high)
        yield f"{bar.name}: {low}{_at(bar.low_text)}, {high}{_at(bar.high_text)}."


def _at(text: str) -> str:
    return f" at {text}" if text else ""


def _of_histogram(chart: Histogram) -> Iterator[str]:
    outcomes = _counted(sum(chart.counts), "outcome")
    yield f"{chart.x_label} in {outcomes}{_span(chart.edges, chart.ticks)}."
    for mark in chart.marks:
        yield f"{mark.name} is {chart.ticks.text(mark.value)}."
    if any(chart.counts) and chart.edges:
        place = chart.counts.index(max(chart.counts))
        start, end = (chart.ticks.text(edge) for edge in chart.edges[place : place + 2])
        share = _percent(chart.counts[place], sum(chart.counts))
        yield f"The most frequent range, {start} to {end}, has {share} of them."


def _span(values: Sequence[Number], ticks: Ticks) -> str:
    """`, from $1 to $5`; nothing where there is none."""
    found = [value for value in values if is_finite(value)]
    if not found:
        return ""
    return f", from {ticks.text(min(found, key=exact))} to {ticks.text(max(found, key=exact))}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _percent(part: int, whole: int) -> str:
    """A share in whole percent; `<1%` is not nothing."""
    percent = (200 * part + whole) // (2 * whole)
    return f"{percent}%" if percent else "<1%"
