"""Simple rationals: the points of a grid, and the simplest number between two others."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CLOSE = Fraction(1, 10**9)
"""How near two points are, as a part of them, before they count as one for telling the sides."""
MOST_POINTS = 31
_TENS = (
    (10, 13, 16, 20, 25, 32, 40, 50, 63, 80),
    (10, 16, 25, 40, 63),
    (10, 20, 50),
    (10,),
)
"""Renard's series R10 and R5, 1-2-5 and decades, in tenths: ISO 3."""
_TWOS = ((8, 10, 12, 14), (8, 12), (8,))
"""Quarters, halves and powers of two, in eighths."""


def beside(x: Fraction) -> tuple[Fraction, Fraction]:
    """A point just below another, and one just above."""
    return x - x * CLOSE, x + x * CLOSE


def nice(start: Fraction, end: Fraction, *, binary: bool = False) -> tuple[Fraction, ...]:
    """Round numbers from `start` to `end`, both among them, about evenly spaced on a log scale.

    At most 33 of the densest series that has so few between the ends, which are above 0; `binary`
    counts in powers of two.
    """
    base, series = (2, _TWOS) if binary else (10, _TENS)
    found: list[Fraction] = []
    for steps in series:
        found = list(_between(start, end, base, steps))
        if len(found) <= MOST_POINTS:
            break
    return (start, *thinned(found, MOST_POINTS), end) if start < end else (start,)


def thinned(values: Sequence[Fraction], most: int) -> tuple[Fraction, ...]:
    """So many of some values, evenly chosen, the first and the last among them."""
    last = len(values) - 1
    if last < most:
        return tuple(values)
    return tuple(values[place * last // (most - 1)] for place in range(most))


def _between(
    start: Fraction, end: Fraction, base: int, steps: tuple[int, ...]
) -> Iterator[Fraction]:
    """The members of a series that lie between two numbers."""
    scale = Fraction(1, steps[0])
    while scale * steps[0] > start:
        scale /= base
    while scale * steps[0] < end:
        yield from (scale * step for step in steps if start < scale * step < end)
        scale *= base


def whole(start: Fraction, end: Fraction) -> tuple[Fraction, ...]:
    """All whole numbers from `start` to `end`."""
    return tuple(Fraction(n) for n in range(-(-start // 1), end // 1 + 1))


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """The rational of the smallest denominator between two that are not below 0, ends aside.

    Found by the continued fraction that both have in common, as in the Stern-Brocot tree; of
    several with one denominator the smallest.
    """
    floor = low // 1
    if floor + 1 < high:
        return Fraction(floor + 1)
    # No whole number lies between: what is left is 1 over a number beyond 1.
    above = None if low == floor else 1 / (low - floor)
    return floor + 1 / _simplest_above(1 / (high - floor), above)


def _simplest_above(low: Fraction, high: Fraction | None) -> Fraction:
    return Fraction(low // 1 + 1) if high is None else simplest(low, high)


def middle(low: Fraction, high: Fraction) -> Fraction:
    """A simple rational about halfway between two above 0: on a log scale where they are far."""
    if high > 4 * low:
        root = Fraction(isqrt(int(low * high * 10**12)), 10**6)
        return simplest(root * Fraction(9, 10), root * Fraction(11, 10))
    third = (high - low) / 3
    return simplest(low + third, high - third)
