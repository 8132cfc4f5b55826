"""Charts to draw, and what of them is on a page."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from archcode.charts import (
    Band,
    Bar,
    Histogram,
    LineChart,
    Mark,
    Percentile,
    RegionMap,
    Series,
    Ticks,
    Tornado,
)
from archcode.draw.look import LIGHT
from archcode.render import _chart
from archcode.render._matplotlib import settings

RATE = Ticks(after="/s", short=True)
STEPS = tuple(10 ** (i / 10) for i in range(41))


def line(place, options=14):
    """The cost of an option from 1/s to 10k/s; every third stops before the end."""
    fixed, each = 3 ** (place % 7), 10.0 ** (place % 5 - 3)
    last = 10**4 if place % 3 else 10**3
    points = tuple((x, fixed + each * x if x <= last else None) for x in STEPS)
    return Series(f"Option {place + 1} of {options}", points)


def lines(count, **options):
    """A chart of so many options."""
    series = tuple(line(i, count) for i in range(count))
    return LineChart("Costs", "", "Events", "Monthly cost", series, x_ticks=RATE, **options)


def names_map(names, columns=14):
    """A map in which each name has a column of its own."""
    xs, ys = tuple(range(1, columns + 1)), (1, 2, 3)
    row = tuple(names[i % len(names)] for i in range(columns))
    return RegionMap("Cheapest", "", "Rate", "Size", xs, ys, (row,) * 3, log_x=False)


LINES = LineChart(
    "Queue or stream",
    "",
    "Events (per second)",
    "Monthly cost (USD)",
    (line(1), line(2), line(3), Series("Never", ((1, None),))),
    marks=(Mark(Fraction(100), Decimal(10), "one as two"),),
    bands=(Band(1, 100, line(1).name), Band(100, 9999, "Another"), Band(9999, 10_000, "Narrow")),
    log_x=True,
    log_y=True,
    x_ticks=RATE,
)
MAP = RegionMap(
    "Cheapest",
    "",
    "Rate",
    "Size (KB)",
    (1, 10, 100, 1000),
    (1, 16, 256),
    (("SQS", "SQS", "Kinesis", "MSK"), ("SQS", "Kinesis", "Kinesis", "MSK"), ("SQS", "", "", "")),
)
TORNADO = Tornado(
    "What matters",
    "",
    "Monthly cost (USD)",
    Decimal(100),
    (Bar("Rate", 50, 300, "10/s", "60/s"), Bar("Size", 120, 90), Bar("Both dearer", 110, 130)),
)
HISTOGRAM = Histogram(
    "Distribution",
    "",
    "Monthly cost (USD)",
    (100, 200, 300, 400),
    (2, 5, 1),
    (Percentile(10, 120), Percentile(50, 240), Percentile(90, 310)),
)
KINDS = {"lines": LINES, "map": MAP, "tornado": TORNADO, "histogram": HISTOGRAM}


def page(chart, theme=LIGHT):
    """The page of a chart, drawn once by the renderer of PNG."""
    with settings():
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        made = _chart.page(chart, theme)
        FigureCanvasAgg(made.figure).draw()
    return made


def words(made):
    """All texts of a page that are not empty, ticks too."""
    from matplotlib.text import Text

    found = made.figure.findobj(Text)
    return [one for one in found if one.get_text() and one.get_visible()]


def told(made):
    """What the texts of a page say."""
    return [one.get_text() for one in words(made)]


def box(made, text):
    """The box of a text in pixels: left, lower, right and upper edge."""
    with settings():
        extent = text.get_window_extent(made.figure.canvas.get_renderer())
    return extent.x0, extent.y0, extent.x1, extent.y1


def drawn_lines(made):
    """The lines and markers on a page, not those of its axes."""
    from matplotlib.lines import Line2D

    return [one for one in made.figure.artists if isinstance(one, Line2D)]


def drawn_patches(made):
    """The areas, bars and swatches on a page."""
    from matplotlib.patches import Patch

    return [one for one in made.figure.artists if isinstance(one, Patch)]


def overlap(one, other, slack=1.0):
    """Whether two boxes share more than a rounding."""
    return all(one[i] < other[i + 2] - slack and other[i] < one[i + 2] - slack for i in (0, 1))


def coloured(text):
    """The colours in an SVG."""
    return {found.upper() for found in re.findall(r"#[0-9a-fA-F]{6}\b", text)}
