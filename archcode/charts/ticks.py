"""Numbers of a chart as text: grouped, with a sign of currency or a unit, never `1e6`."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from msgspec import Struct

from archcode.currency import Currency
from archcode.units import EXACT, grouped

Number = Fraction | Decimal | float
"""A value of a chart: exact where it comes from an estimate, a float where it was sampled."""

_SHORT = ((Decimal(10**9), "G"), (Decimal(10**6), "M"), (Decimal(10**3), "k"))
LARGEST = 10**30
"""Above it a number is no cost and no rate, and is not drawn; under its inverse it is 0."""
_FLOAT_DIGITS = 12
"""Significant digits of a float: 0.1 + 0.2 is told as 0.3."""


class Ticks(Struct, frozen=True):
    """How the numbers of an axis are told: `Ticks("$", digits=2)`, `Ticks(after="/s", short=True)`.

    `digits` are the decimals of an amount that is no whole number; `short` tells 1,500 as `1.5k`.
    """

    before: str = ""
    after: str = ""
    short: bool = False
    digits: int | None = None

    def text(self, value: Number, decimals: int = 2) -> str:
        """A number for a reader, to so many decimals; `-$5` has its sign before the currency's."""
        if not is_finite(value):
            return "unknown"
        number = Decimal(0) if is_zero(value) else _decimal(value)
        sign = "-" if number < 0 else ""
        return f"{sign}{self.before}{self._number(abs(number), decimals)}{self.after}"

    def _number(self, number: Decimal, decimals: int) -> str:
        """The number without what stands before and after it."""
        if self.short:
            for size, letter in _SHORT:
                if number >= size:
                    return f"{grouped(EXACT.divide(number, size), decimals)}{letter}"
        if self.digits is None or number == number.to_integral_value():
            return grouped(number, decimals)
        digits = max(self.digits, decimals if decimals > 2 else 0)
        least = Decimal(1).scaleb(-digits)
        if number < least:
            return grouped(number, digits)
        return f"{number.quantize(least, ROUND_HALF_EVEN, EXACT):,f}"


PLAIN = Ticks()
"""`1,000`."""
SHORT = Ticks(short=True)
"""`1k`."""
DOLLARS = Ticks("$", digits=2)
"""`$1,000`, `$0.50`."""


def money(currency: Currency) -> Ticks:
    """How amounts of a currency are told on an axis."""
    return Ticks(currency.sign, digits=currency.digits)


def is_finite(value: Number) -> bool:
    """Whether a number can be drawn and told: neither undefined nor beyond `LARGEST`."""
    if isinstance(value, Decimal):
        return value.is_finite() and -LARGEST <= value <= LARGEST
    # An infinite float is beyond it, and no comparison holds for an undefined one.
    return -LARGEST <= value <= LARGEST


def is_zero(value: Number) -> bool:
    """Whether a number is 0, or so near to it that it is drawn and told as 0."""
    size = -value if value < 0 else value
    return size * LARGEST < 1


def exact(value: Number) -> Fraction:
    """A finite number as a fraction, which can be compared with numbers of all kinds."""
    return Fraction(0) if is_zero(value) else Fraction(value)


def _decimal(value: Number) -> Decimal:
    """The number as a decimal, without the last digits of a binary fraction."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, float):
        return Decimal(f"{value:.{_FLOAT_DIGITS}g}")
    return EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
