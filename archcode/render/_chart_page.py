"""The page of a chart: its title, its axes and text, all in points from the lower left corner."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from archcode.draw.look import Theme
from archcode.draw.metrics import clean, covered, ellipsis, width, wrap
from archcode.render._chart_look import OptionLook, marker, mixed
from archcode.render._matplotlib import DPI, figure, font

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from matplotlib.transforms import Transform

WIDE, HIGH = 1600.0, 900.0
MARGIN = 40.0
TITLE = 34.0
LABEL = 21.0
TICK = 19.0
NOTE = 17.0
TOP = 118.0
"""Points from the upper edge to the plot: title, and the words of the axis that goes up."""
_TITLE_ROWS = 2

Ink = Literal["ink", "grey"]


class Box(Struct, frozen=True):
    """A rectangle on the page, from its lower left corner."""

    x: float
    y: float
    wide: float
    high: float

    def meets(self, other: Box, gap: float = 0) -> bool:
        """Whether two rectangles share a place, or are nearer than a gap."""
        return (
            self.x < other.x + other.wide + gap
            and other.x < self.x + self.wide + gap
            and self.y < other.y + other.high + gap
            and other.y < self.y + self.high + gap
        )

    def holds(self, other: Box) -> bool:
        """Whether another rectangle lies inside."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.wide <= self.x + self.wide
            and other.y + other.high <= self.y + self.high
        )


def shown(text: str) -> str:
    """A text on one line, with a question mark for what our font cannot show."""
    return "".join(c if covered(c) else "?" for c in clean(text))


def cut(text: str, size: float, limit: float, *, bold: bool = False) -> str:
    """A text as it is shown, in so many points."""
    return ellipsis(shown(text), size, limit, bold=bold)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The points that a text takes as it is shown."""
    return width(shown(text), size, bold=bold)


class Page:
    """What the kinds of chart draw on."""

    def __init__(self, theme: Theme, title: str) -> None:
        self.theme = theme
        self.figure = figure(WIDE, HIGH, theme.page)
        rows = wrap(shown(title), TITLE, WIDE - 2 * MARGIN, rows=_TITLE_ROWS, bold=True)
        size = TITLE if len(rows) < _TITLE_ROWS else TITLE * 0.75
        for number, row in enumerate(rows):
            y = HIGH - (28 if len(rows) < _TITLE_ROWS else 16) - number * size * 1.15
            self.text(MARGIN, y, row, size, bold=True, va="top")

    @cached_property
    def points(self) -> Transform:
        """From points of the page to pixels, at any scale."""
        from matplotlib.transforms import Affine2D

        return Affine2D().scale(1 / DPI) + self.figure.dpi_scale_trans

    def ink(self, ink: Ink) -> str:
        """The colour of text."""
        return self.theme.ink["title" if ink == "ink" else "subtitle"]

    def faint(self, part: float = 0.16) -> str:
        """The colour of lines that only guide the eye."""
        return mixed(self.ink("ink"), self.theme.page, part)

    def text(  # noqa: PLR0913 - a text has a place, a size and a look
        self,
        x: float,
        y: float,
        text: str,
        size: float = TICK,
        *,
        ink: Ink = "ink",
        bold: bool = False,
        plate: bool = False,
        **options: Any,  # noqa: ANN401 - alignment, as matplotlib has it
    ) -> Text:
        """A line of text at a place of the page, on a plate of its colour if asked for."""
        behind = {"facecolor": self.theme.page, "edgecolor": "none", "pad": 3}
        return self.figure.text(
            x,
            y,
            text,
            transform=self.points,
            fontproperties=font(size, bold=bold),
            color=self.ink(ink),
            parse_math=False,
            bbox=behind if plate else None,
            **options,
        )

    def middle(self, x: float, y: float, text: str, size: float) -> None:
        """A bold line of text around a place, on a plate, over all that is drawn."""
        centre: dict[str, Any] = {"ha": "center", "va": "center_baseline", "zorder": 5}
        self.text(x, y, text, size, bold=True, plate=True, **centre)

    def axes(self, box: Box) -> Axes:
        """Empty axes in a rectangle, with lines at the left and below only."""
        axes = self.figure.add_axes(
            (box.x / WIDE, box.y / HIGH, box.wide / WIDE, box.high / HIGH),
            facecolor="none",
        )
        for side, spine in axes.spines.items():
            spine.set_visible(side in ("left", "bottom"))
            spine.set_color(self.faint(0.55))
        axes.tick_params(which="both", color=self.faint(0.55), length=6)
        axes.tick_params(which="minor", length=3)
        axes.tick_params(axis="x", pad=8)
        axes.set_axisbelow(True)
        return axes

    def line(self, points: Sequence[tuple[float, float]], **look: Any) -> None:  # noqa: ANN401
        """A line over the page, beneath the text."""
        from matplotlib.lines import Line2D

        xs, ys = zip(*points, strict=True)
        self.figure.add_artist(Line2D(xs, ys, transform=self.points, **look))

    def marker(self, at: tuple[float, float], look: OptionLook) -> None:
        """The marker of an option at a place."""
        self.line([at], **marker(look, self.theme.page), zorder=3.5)

    def ring(self, at: tuple[float, float]) -> None:
        """A ring around a point that decides."""
        look = {"marker": "o", "markersize": 13, "markeredgewidth": 2.2, "linestyle": "none"}
        colours = {"markerfacecolor": self.theme.page, "markeredgecolor": self.ink("ink")}
        self.line([at], **look, **colours, zorder=4.5)

    def swatch(self, box: Box, face: str, edge: str, hatch: str) -> None:
        """A filled rectangle such as an area has it."""
        from matplotlib.patches import Rectangle

        self.figure.add_artist(
            Rectangle(
                (box.x, box.y),
                box.wide,
                box.high,
                transform=self.points,
                facecolor=face,
                edgecolor=edge,
                hatch=hatch or None,
                linewidth=1,
            )
        )
