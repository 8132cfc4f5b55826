"""Which input matters most: bars around the cost at the base, the largest swing first."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from archcode.charts import Bar, Tornado
from archcode.draw.look import Theme
from archcode.render._chart_axis import Axis, Wanted, axis, number, share
from archcode.render._chart_frame import set_x
from archcode.render._chart_look import look_of, mixed
from archcode.render._chart_page import (
    HIGH,
    LABEL,
    MARGIN,
    NOTE,
    TICK,
    WIDE,
    Box,
    Page,
    cut,
    text_width,
)

MOST = 18
"""So many bars can be read on a slide; the others matter least and are counted in a note."""
_NAME = 340.0
_END = 300.0
_BOTTOM, _TOP = 104.0, 196.0
_KEY_TOP = 112.0
_GAP = 10.0
_PITCH = 110.0
_THICK = 0.6
_ENDS = ("input at its low end", "input at its high end")
_HATCHES = ("/", "")
_SWATCH = 44.0


class _Frame(Struct, frozen=True):
    """Where the bars are, the axis under them, and the cost at the base."""

    box: Box
    axis: Axis
    base: float

    def across(self, value: float) -> float:
        """How far from the left edge of the page a cost is."""
        return self.box.x + self.box.wide * share(self.axis, value)


def draw(chart: Tornado, theme: Theme) -> Page:
    """The page of a tornado."""
    page = Page(theme, chart.title)
    bars = [bar for bar in chart.ordered if None not in _costs(bar)][:MOST]
    frame = _framed(page, chart, bars)
    pitch = frame.box.high / max(len(bars), 1)
    for place, bar in enumerate(bars):
        middle = frame.box.y + frame.box.high - pitch * (place + 0.5)
        _draw_bar(page, chart, bar, frame, (middle, pitch * _THICK))
    _draw_base(page, chart, frame)
    _draw_key(page)
    if len(bars) < len(chart.bars):
        note = f"Not shown: {len(chart.bars) - len(bars):,} inputs that matter less."
        page.text(MARGIN, 26, note, NOTE, ink="grey", va="center")
    if not bars:
        x, y = frame.box.x + frame.box.wide / 2, frame.box.y + frame.box.high / 2
        page.text(x, y, "No input is varied.", LABEL, ink="grey", ha="left", va="center")
    return page


def _costs(bar: Bar) -> tuple[float | None, float | None]:
    return number(bar.low), number(bar.high)


def _framed(page: Page, chart: Tornado, bars: Sequence[Bar]) -> _Frame:
    """The plot between the words at both sides of the bars."""
    base = number(chart.base) or 0.0
    ends = [_said(chart, bar, base) for bar in bars]
    left, right = (
        max((text_width(each[side], NOTE) for each in ends), default=0) + _GAP for side in (0, 1)
    )
    names = max((text_width(_name(bar), TICK) for bar in bars), default=0)
    x = MARGIN + names + 2 * _GAP + left
    most = HIGH - _TOP - _BOTTOM
    high = min(most, _PITCH * len(bars)) or most
    box = Box(x, HIGH - _TOP - high, WIDE - x - right - MARGIN, high)
    costs = [base, *(cost for bar in bars for cost in _costs(bar))]
    axes = page.axes(box)
    drawn = set_x(page, axes, axis(costs, Wanted(chart.ticks, count=7)), chart.x_label, box)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=page.faint(), linewidth=1)
    return _Frame(box, drawn, base)


def _name(bar: Bar) -> str:
    return cut(bar.name, TICK, _NAME)


def _said(chart: Tornado, bar: Bar, base: float) -> tuple[str, str]:
    """What stands at the left and at the right of a bar: costs and the values they belong to."""
    sides: tuple[list[str], list[str]] = [], []
    ends = ((bar.low, bar.low_text), (bar.high, bar.high_text))
    others = (number(bar.high) or 0.0, number(bar.low) or 0.0)
    for (cost, text), other in zip(ends, others, strict=True):
        at = number(cost) or 0.0
        side = at > base or (at == base and other < base)
        words = f"{chart.ticks.text(cost)} at {text}" if text else chart.ticks.text(cost)
        sides[side].append(words)
    left, right = (cut(", ".join(side), NOTE, _END) for side in sides)
    return left, right


def _draw_bar(
    page: Page, chart: Tornado, bar: Bar, frame: _Frame, place: tuple[float, float]
) -> None:
    """A name, the two halves of its bar, and the words at their ends."""
    middle, thick = place
    base = frame.across(frame.base)
    ends = [frame.across(cost) for cost in _costs(bar) if cost is not None]
    longest = sorted(enumerate(ends), key=lambda each: -abs(each[1] - base))
    for end, x in longest:
        half = Box(min(base, x), middle - thick / 2, abs(x - base), thick)
        page.swatch(half, *_fill(page, end))
    page.line(
        [(MARGIN, middle - thick / 2 / _THICK), (WIDE - MARGIN, middle - thick / 2 / _THICK)],
        color=page.faint(0.1),
        linewidth=1,
    )
    left, right = _said(chart, bar, frame.base)
    reach = min(base, *ends), max(base, *ends)
    size = min(NOTE, thick)
    page.text(
        reach[0] - _GAP, middle, left, size, plate=bool(left), ha="right", va="center_baseline"
    )
    page.text(reach[1] + _GAP, middle, right, size, plate=bool(right), va="center_baseline")
    page.text(MARGIN, middle, _name(bar), TICK, va="center_baseline")


def _fill(page: Page, end: int) -> tuple[str, str, str]:
    """The half of an input at its low end is pale with a hatch, that at its high end is full."""
    colour, ground = look_of(end, page.theme).colour, page.theme.page
    return (mixed(colour, ground, 0.25) if end == 0 else colour), colour, _HATCHES[end]


def _draw_base(page: Page, chart: Tornado, frame: _Frame) -> None:
    """The line of the cost at the base, with its words above."""
    x, top = frame.across(frame.base), frame.box.y + frame.box.high + 6
    page.line([(x, frame.box.y), (x, top)], color=page.ink("ink"), linewidth=2)
    words = f"base {chart.ticks.text(chart.base)}"
    half = text_width(words, LABEL, bold=True) / 2
    middle = max(MARGIN + half, min(WIDE - MARGIN - half, x))
    page.text(middle, top + 6, words, LABEL, bold=True, ha="center", va="bottom")


def _draw_key(page: Page) -> None:
    """What the two halves of a bar are."""
    x, y = MARGIN, HIGH - _KEY_TOP
    for end, words in enumerate(_ENDS):
        page.swatch(Box(x, y - 12, _SWATCH, 24), *_fill(page, end))
        page.text(x + _SWATCH + _GAP, y, words, TICK, va="center_baseline")
        x += _SWATCH + _GAP + text_width(words, TICK) + 40
