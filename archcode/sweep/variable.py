"""What is varied: how its values are read, shown, and put into a spec.

Rates and sizes are changed on the parsed spec, so that any rational is exact; consumers change
which components there are, and so what is read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from archcode import units
from archcode.errors import UsageError
from archcode.spec.model import Flow, Spec
from archcode.units import QuantityError, bytes_text, grouped, plain, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_CONSUMERS = 50


class Unit(StrEnum):
    """What a value of a variable counts."""

    RATE = "messages/s"
    TIMES = "times"
    BYTES = "bytes"
    CONSUMERS = "consumers"


VARIABLES = ("rate", "size", "consumers")


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable over a range of exact values, the ends among them.

    `name` is what the author calls it. A rate in `times` multiplies today's.
    """

    name: str
    unit: Unit
    start: Fraction
    end: Fraction

    @property
    def whole(self) -> bool:
        """Whether there is nothing between its whole numbers."""
        return self.unit is Unit.CONSUMERS

    def text(self, x: Fraction) -> str:
        """A value for a reader."""
        return _SHOWN[self.unit](x)


OPTIONS = ("--from", "--to", "--vary")


def variable_of(
    name: str, start: str, end: str, options: tuple[str, str, str] = OPTIONS
) -> Variable:
    """A variable from its texts; `options` are what both ends and it are called in errors.

    Raises UsageError for an unknown variable, an end that cannot be read, or ends out of order.
    """
    from archcode.spec.problems import suggestion

    if name not in VARIABLES:
        hint = suggestion(name, VARIABLES)
        raise UsageError(f"{options[2]} is {quoted(name)}, which cannot be varied; {hint}")
    ends = [_value(name, text, option) for text, option in zip((start, end), options, strict=False)]
    (low, unit), (high, other) = ends
    if unit is not other:
        raise UsageError(f"{options[0]} is {quoted(start)} and {options[1]} {quoted(end)}: {_BOTH}")
    if not low < high:
        raise UsageError(f"{options[1]} is {quoted(end)}, not above {options[0]} {quoted(start)}")
    return Variable(name, unit, low, high)


_BOTH = "write both as rates, such as 1/s, or both as multiples, such as x0.1"


def _value(name: str, text: str, option: str) -> tuple[Fraction, Unit]:
    """A value above 0 and its unit."""
    if not text:
        raise UsageError(f"{option} is missing; write it like {_FORMS[name]}")
    try:
        value, unit = _READ[name](text)
    except QuantityError as error:
        hint = f"; {error.hint}" if error.hint else ""
        raise UsageError(f"{option} {error}{hint}") from None
    if not value:
        raise UsageError(f"{option} is {quoted(text)}; it must be above 0")
    return value, unit


def _rate(text: str) -> tuple[Fraction, Unit]:
    """A rate such as `100/s`, or a multiple of today's such as `x2.5`."""
    if text[:1] in ("x", "×"):
        return units.count(text[1:]), Unit.TIMES
    return units.rate(text), Unit.RATE


def _size(text: str) -> tuple[Fraction, Unit]:
    return units.size(text), Unit.BYTES


def _consumers(text: str) -> tuple[Fraction, Unit]:
    number = units.count(text)
    if number.denominator != 1 or not 0 < number <= MOST_CONSUMERS:
        fact = f"is {quoted(text)}, not a whole number from 1 to {MOST_CONSUMERS}"
        raise QuantityError("out_of_range", fact)
    return number, Unit.CONSUMERS


_FORMS = {
    "rate": "350/s, or x2.5 for a multiple of today's",
    "size": units.SIZE_FORMS,
    "consumers": "3",
}
_READ: dict[str, Callable[[str], tuple[Fraction, Unit]]] = {
    "rate": _rate,
    "size": _size,
    "consumers": _consumers,
}


def _digits(x: Fraction) -> str:
    """A number in five digits at least, thousands separated."""
    return grouped(x, 2 if x >= 1000 else 4)


_SHOWN: dict[Unit, Callable[[Fraction], str]] = {
    Unit.RATE: lambda x: f"{_digits(x)}/s",
    Unit.TIMES: lambda x: f"x{_digits(x)}",
    Unit.BYTES: lambda x: bytes_text(x) if x.denominator == 1 else f"{_digits(x)} B",
    Unit.CONSUMERS: plain,
}


def sized(spec: Spec, size: Fraction) -> Spec:
    """The spec with all its stated message sizes of so many bytes."""
    return replace(spec, flows=tuple(_of_size(flow, size) for flow in spec.flows))


def _of_size(flow: Flow, size: Fraction) -> Flow:
    options = flow.settings
    if options.size is None:
        return flow
    return replace(flow, settings=options.model_copy(update={"size": size}))
