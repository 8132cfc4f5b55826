"""The axes of a chart on its page: the place of the plot, ticks that stand clear, and words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from archcode.render._chart_axis import Axis, fitting, share
from archcode.render._chart_page import (
    HIGH,
    LABEL,
    MARGIN,
    TICK,
    TOP,
    WIDE,
    Box,
    Page,
    cut,
    text_width,
)
from archcode.render._matplotlib import font

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BOTTOM = 104.0
_GAP = 12.0
_LEADING = 1.3
_WORDS = 720.0
"""Most points of the words of the axis that goes up, beside what else stands above the plot."""
_LEAST_GAP = 18.0
_BROKEN = 26.0
"""Points from 0 to the gap in a logarithmic axis."""


def set_x(page: Page, axes: Axes, axis: Axis, label: str, box: Box) -> Axis:
    """Give axes their lower axis with its texts and its words; returns it as it is drawn."""
    place = _placed(axis, box.wide)
    axis = fitting(axis, lambda ticks: _apart(ticks, place))
    axes.set_xscale("log" if axis.log else "linear")
    axes.set_xlim(axis.low, axis.high)
    if axis.foot is not None:
        _break(page, (box.x + place(axis.ticks[0][0]) + _BROKEN, box.y))
    _set_ticks(page, axes.xaxis, axis)
    page.text(
        box.x + box.wide / 2,
        box.y - 64,
        cut(label, LABEL, WIDE - 2 * MARGIN),
        LABEL,
        ha="center",
        va="center",
    )
    return axis


def set_y(page: Page, axes: Axes, axis: Axis, label: str, box: Box) -> Axis:
    """Give axes the axis that goes up, with its words level above it."""
    place = _placed(axis, box.high)
    axis = fitting(axis, lambda ticks: _above(ticks, place))
    axes.set_yscale("log" if axis.log else "linear")
    axes.set_ylim(axis.low, axis.high)
    if axis.foot is not None:
        _break(page, (box.x, box.y + _BROKEN))
    _set_ticks(page, axes.yaxis, axis)
    words = cut(label, LABEL, _WORDS)
    page.text(MARGIN, HIGH - TOP + 16, words, LABEL, ink="ink", va="center")
    return axis


def plot_box(y_axis: Axis, right: float, *, top: float = TOP) -> Box:
    """Where the plot is: beside the widest text of its axis, and so many points from the right."""
    widest = max((text_width(text, TICK) for _, text in y_axis.ticks), default=0)
    left = MARGIN + widest + _GAP
    return Box(left, _BOTTOM, WIDE - left - right, HIGH - top - 16 - _BOTTOM)


def _break(page: Page, at: tuple[float, float]) -> None:
    """A gap in an axis: between it and 0 is no place on a logarithmic axis."""
    x, y = at
    page.line([(x - 5, y - 5), (x + 5, y + 5)], color=page.theme.page, linewidth=7)
    for aside in (-3, 3):
        ends = [(x - 6 + aside, y - 6 - aside), (x + 6 + aside, y + 6 - aside)]
        page.line(ends, color=page.faint(0.55), linewidth=1.2)


def _set_ticks(page: Page, axis: Any, drawn: Axis) -> None:  # noqa: ANN401 - either axis
    from matplotlib.ticker import FixedFormatter, FixedLocator, NullFormatter

    axis.set_major_locator(FixedLocator([at for at, _ in drawn.ticks]))
    axis.set_major_formatter(FixedFormatter([text for _, text in drawn.ticks]))
    axis.set_minor_locator(FixedLocator(list(drawn.minor)))
    axis.set_minor_formatter(NullFormatter())
    for label in axis.get_ticklabels():
        label.set_fontproperties(font(TICK))
        label.set_color(page.ink("ink"))
        label.set_parse_math(False)


def _placed(axis: Axis, length: float) -> Callable[[float], float]:
    """How far along an axis of so many points a value is."""
    return lambda value: length * share(axis, value)


def _apart(ticks: Sequence[tuple[float, str]], place: Callable[[float], float]) -> bool:
    """Whether texts under an axis stand clear of each other."""
    spans = [(place(at), text_width(text, TICK)) for at, text in ticks]
    return all(
        second - first >= (one + two) / 2 + _LEAST_GAP
        for (first, one), (second, two) in pairwise(spans)
    )


def _above(ticks: Sequence[tuple[float, str]], place: Callable[[float], float]) -> bool:
    """Whether texts beside an axis stand clear of each other."""
    places = [place(at) for at, _ in ticks]
    return all(b - a >= TICK * _LEADING for a, b in pairwise(places))
