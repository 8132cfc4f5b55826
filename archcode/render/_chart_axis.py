"""Axes of charts: from where to where they reach, where their ticks are, and how these are told."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from archcode.charts import Number, Ticks
from archcode.charts.ticks import is_finite, is_zero

_ALIKE = 1e-9
"""Values that differ by less than this part of them are one place on an axis."""
_STEPS = (1, 2, 2.5, 5, 10)
_DECIMALS = 9


class Axis(Struct, frozen=True):
    """An axis from `low` to `high`; each tick is a place and its text.

    On a logarithmic axis `foot` is where 0 is drawn, under all that is above 0.
    """

    low: float
    high: float
    log: bool
    ticks: tuple[tuple[float, str], ...]
    minor: tuple[float, ...] = ()
    foot: float | None = None

    def place(self, value: float) -> float:
        """Where a value is on the axis."""
        return self.low if self.log and value <= 0 else value


class Wanted(Struct, frozen=True):
    """What an axis is asked for: its scale, its texts, about how many ticks, and 0 or a margin."""

    ticks: Ticks
    log: bool = False
    count: int = 6
    from_zero: bool = False
    margin: bool = False


def number(value: Number | None) -> float | None:
    """A value as a place on a page; nothing where it has none."""
    if value is None or not is_finite(value):
        return None
    return 0.0 if is_zero(value) else float(value)


def axis(values: Iterable[Number | None], wanted: Wanted) -> Axis:
    """The axis of some values; linear where they are below 0, or none is above it."""
    found = [place for place in map(number, values) if place is not None]
    positive = [value for value in found if value > 0]
    if wanted.log and positive and min(found) >= 0:
        return _log_axis(positive, wanted, zero=min(found) == 0)
    return _linear_axis(found or [0.0], wanted)


def share(axis: Axis, value: float) -> float:
    """The part of an axis before a value: 0 at its start, 1 at its end."""
    value = axis.place(value)
    if axis.log:
        return math.log10(value / axis.low) / math.log10(axis.high / axis.low)
    return (value - axis.low) / (axis.high - axis.low)


def fitting(axis_: Axis, fits: Callable[[Sequence[tuple[float, str]]], bool]) -> Axis:
    """The axis with all its texts, or every second, third... of them, so that they fit."""
    for stride in range(1, len(axis_.ticks) + 1):
        kept = axis_.ticks[::stride]
        if fits(kept):
            break
    else:
        kept = axis_.ticks[:1]
    left = tuple(place for place, _ in axis_.ticks if place not in dict(kept))
    return replace(axis_, ticks=tuple(kept), minor=(*axis_.minor, *left))


def _linear_axis(found: list[float], wanted: Wanted) -> Axis:
    from matplotlib.ticker import MaxNLocator

    low, high = min(found), max(found)
    if wanted.from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low <= _ALIKE * max(abs(low), abs(high)):
        low, high = (0.0, 1.0) if low == 0 else sorted((0.0, 2 * low))
    steps = MaxNLocator(nbins=wanted.count, steps=_STEPS).tick_values(low, high)
    places = [float(f"{place:.12g}") for place in steps]
    if wanted.margin:
        low, high = min(low, places[0]), max(high, places[-1])
    return Axis(low, high, log=False, ticks=_told(places, low, high, wanted.ticks))


def _log_axis(positive: list[float], wanted: Wanted, *, zero: bool) -> Axis:
    least, most = min(positive), max(positive)
    low, high = (least, most) if least * (1 + _ALIKE) < most else (least / 2, most * 2)
    span = math.log10(high / low)
    if wanted.margin:
        low, high = low / 10 ** (0.04 * span), high * 10 ** (0.04 * span)
    start = low
    if zero:
        low = least / 10 ** max(0.3, 0.15 * span)
    places, minor = _decades(start, high)
    if len(places) < 3:
        linear = _linear_axis([start, high], replace(wanted, log=False, margin=False))
        places, minor = [place for place, _ in linear.ticks if place > 0], []
    ticks = _told(places, start, high, wanted.ticks)
    foot = ((low, wanted.ticks.text(0)),) if zero else ()
    return Axis(low, high, True, (*foot, *ticks), tuple(minor), low if zero else None)  # noqa: FBT003


def _decades(low: float, high: float) -> tuple[list[float], list[float]]:
    """Ticks at powers of ten, at 1, 2 and 5 where these are few, and those between without text."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    every = [
        (digit, float(Decimal(digit).scaleb(power)))
        for power in range(first, last + 1)
        for digit in range(1, 10)
    ]
    slack = 1e-9
    inside = [(digit, at) for digit, at in every if low * (1 - slack) <= at <= high * (1 + slack)]
    for digits in ((1,), (1, 2, 5), range(1, 10)):
        places = [at for digit, at in inside if digit in digits]
        if len(places) >= 3:
            break
    return places, [at for _, at in inside if at not in places]


def _told(
    places: Iterable[float], low: float, high: float, ticks: Ticks
) -> tuple[tuple[float, str], ...]:
    """The places on an axis with their texts, in as many decimals as tell them apart."""
    slack = (high - low) * 1e-9
    kept = [at for at in places if low - slack <= at <= high + slack]
    for decimals in range(2, _DECIMALS + 1):
        texts = [ticks.text(at, decimals) for at in kept]
        if len({*texts}) == len(texts):
            break
    else:
        texts = [ticks.text(at) for at in kept]
    return tuple(zip(kept, texts, strict=True))
