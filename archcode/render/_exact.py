"""A rational as text that reads back the same: digits where they end, else a fraction."""

from __future__ import annotations

from fractions import Fraction

_MOST_PLACES = 15


def exact(value: Fraction) -> str:
    """`2.5`, or `1/3` where the digits do not end within fifteen places."""
    scaled = value * 10**_MOST_PLACES
    if scaled.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    whole, part = divmod(scaled.numerator, 10**_MOST_PLACES)
    return f"{whole}.{part:0{_MOST_PLACES}d}".rstrip("0").rstrip(".")
