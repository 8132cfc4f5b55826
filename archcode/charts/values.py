"""The values of a chart, complete before anything is drawn.

Costs are amounts a month in one currency. `description` is what a reader who cannot see the chart
is told; where it is empty, `archcode.charts.described` makes one from the values.
"""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from archcode.charts.ticks import DOLLARS, PLAIN, Number, Ticks, exact, is_finite

Point = tuple[Number, Number | None]
"""x and y; without y the stroke before it ends, as the option is not feasible there."""


class Series(Struct, frozen=True):
    """The cost of one option, its points in the order of x; the same x twice is a step."""

    name: str
    points: tuple[Point, ...] = ()


class Mark(Struct, frozen=True):
    """A point that decides, such as where two options cost the same, and its words."""

    x: Number
    y: Number
    text: str


class Band(Struct, frozen=True):
    """The values of x from start to end, for which the option of this name is the cheapest."""

    start: Number
    end: Number
    name: str


class LineChart(Struct, frozen=True):
    """Costs of options over one variable."""

    title: str
    description: str
    x_label: str
    y_label: str
    series: tuple[Series, ...]
    marks: tuple[Mark, ...] = ()
    bands: tuple[Band, ...] = ()
    log_x: bool = False
    log_y: bool = False
    x_ticks: Ticks = PLAIN
    y_ticks: Ticks = DOLLARS


class RegionMap(Struct, frozen=True):
    """The cheapest option over two variables.

    `cells[row][column]` is its name at `ys[row]` and `xs[column]`, "" where nothing is feasible.
    `xs` and `ys` rise. Raises ValueError where the cells are not as many as the values.
    """

    title: str
    description: str
    x_label: str
    y_label: str
    xs: tuple[Number, ...]
    ys: tuple[Number, ...]
    cells: tuple[tuple[str, ...], ...]
    log_x: bool = True
    log_y: bool = True
    x_ticks: Ticks = PLAIN
    y_ticks: Ticks = PLAIN

    def __post_init__(self) -> None:
        if len(self.cells) != len(self.ys) or any(len(r) != len(self.xs) for r in self.cells):
            raise ValueError(f"cells are not {len(self.ys)} rows of {len(self.xs)}")


class Bar(Struct, frozen=True):
    """The costs at both ends of one input, and the words of the values it has there."""

    name: str
    low: Number
    high: Number
    low_text: str = ""
    high_text: str = ""

    @property
    def swing(self) -> Fraction:
        """How far the costs at both ends are apart; 0 where one of them is not finite."""
        if not (is_finite(self.low) and is_finite(self.high)):
            return Fraction(0)
        return abs(exact(self.high) - exact(self.low))


class Tornado(Struct, frozen=True):
    """Which input matters most: the cost at both ends of each, around the cost at its base."""

    title: str
    description: str
    x_label: str
    base: Number
    bars: tuple[Bar, ...]
    ticks: Ticks = DOLLARS

    @property
    def ordered(self) -> tuple[Bar, ...]:
        """The bars, the largest swing first, in the order of the author where they are equal."""
        return tuple(sorted(self.bars, key=lambda bar: bar.swing, reverse=True))


class Percentile(Struct, frozen=True):
    """The value that so many percent of all outcomes do not exceed."""

    percent: int
    value: Number

    @property
    def name(self) -> str:
        """`P90`."""
        return f"P{self.percent}"


class Histogram(Struct, frozen=True):
    """How outcomes are distributed: `counts[i]` of them from `edges[i]` to `edges[i + 1]`.

    Edges rise. Raises ValueError where they are not one more than the counts (or none at all).
    """

    title: str
    description: str
    x_label: str
    edges: tuple[Number, ...]
    counts: tuple[int, ...]
    marks: tuple[Percentile, ...] = ()
    y_label: str = "Share of outcomes"
    ticks: Ticks = DOLLARS

    def __post_init__(self) -> None:
        if self.edges and len(self.edges) != len(self.counts) + 1:
            raise ValueError(f"{len(self.counts)} counts need {len(self.counts) + 1} edges")


Chart = LineChart | RegionMap | Tornado | Histogram
