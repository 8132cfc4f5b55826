"""Rationals of any kind: plain ones, and known ones that someone follows through the pipeline.

Whatever counts with quantities uses these in place of `Fraction(value)`, `max` and `min`, which
would part a known quantity from who follows it, or make the result depend on a comparison.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TypeGuard, TypeVar, cast


class Known(Fraction):
    """A quantity in base units already; what is counted with it may be followed.

    Text tells its plain value, parsers take it as it is, and `ceil` asks it for its own.
    """

    __slots__ = ()

    def told(self) -> Fraction:
        """The plain value, for text."""
        return Fraction(self)

    def ceiling(self) -> int:
        """The smallest whole number that is not below it."""
        return -(-self.numerator // self.denominator)

    def larger(self, other: Fraction | int) -> Fraction | int:
        """The larger of the two."""
        return max(self, other)

    def smaller(self, other: Fraction | int) -> Fraction | int:
        """The smaller of the two."""
        return min(self, other)


_PLAIN = frozenset({int, bool, Fraction, Decimal})


def followed(value: object) -> TypeGuard[Known]:
    """Whether a number is a known one; what is of a plain type is not asked what else it is."""
    # Fraction is an abstract base class, of which isinstance is several times as slow.
    return type(value) not in _PLAIN and isinstance(value, Known)


N = TypeVar("N", Fraction, int)


def largest(*values: N) -> N:
    """The largest of some numbers, the first of equal ones; of known ones they say which."""
    found = values[0]
    for value in values[1:]:
        if followed(found):
            found = cast("N", found.larger(value))
        elif followed(value):
            found = cast("N", value.larger(found))
        else:
            found = max(found, value)
    return found


def smallest(*values: N) -> N:
    """The smallest of some numbers, as `largest`."""
    found = values[0]
    for value in values[1:]:
        if followed(found):
            found = cast("N", found.smaller(value))
        elif followed(value):
            found = cast("N", value.smaller(found))
        else:
            found = min(found, value)
    return found


def told(value: Fraction | int) -> Fraction | int:
    """The plain value of a number, for text and for the order of words alone."""
    return value.told() if followed(value) else value


def rational(value: Fraction | int) -> Fraction:
    """A number as an exact rational; one that is a rational stays of its kind."""
    return value if isinstance(value, Fraction) else Fraction(value)
