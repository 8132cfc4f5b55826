"""What is varied: how its values are read, shown, and put into a spec.

Rates and sizes are changed on the parsed spec, so that any rational is exact; consumers change
which components there are, and so what is read.
"""

from __future__ import annotations

import re
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archcode import units
from archcode.errors import UsageError
from archcode.spec.model import Flow, Spec
from archcode.units import QuantityError, bytes_text, grouped, plain, quoted, to_decimal

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_CONSUMERS = 50


class Unit(StrEnum):
    """What a value of a variable counts."""

    RATE = "messages/s"
    TIMES = "times"
    BYTES = "bytes"
    CONSUMERS = "consumers"
    SETTING = "setting"


SETTING_FORM = "a -> b.batch"
VARIABLES = ("rate", "size", "consumers")


class Variable(Struct, frozen=True):
    """One variable over a range of exact values, the ends among them.

    `name` is what the author calls it, for a setting its path such as `a -> b.batch`, whose
    values have `suffix` behind them. A rate in `times` multiplies today's.
    """

    name: str
    unit: Unit
    start: Fraction
    end: Fraction
    suffix: str = ""

    @property
    def whole(self) -> bool:
        """Whether there is nothing between its whole numbers."""
        stepped = self.unit in (Unit.CONSUMERS, Unit.SETTING)
        return stepped and self.start.denominator == self.end.denominator == 1

    @property
    def smooth(self) -> bool:
        """Whether any rational between its ends can be priced."""
        return self.unit not in (Unit.CONSUMERS, Unit.SETTING)

    def text(self, x: Fraction) -> str:
        """A value for a reader."""
        return f"{_SHOWN[self.unit](x)}{self.suffix and ' '}{self.suffix}"

    def written(self, x: Fraction) -> int | str:
        """A value as a spec states it."""
        if not self.suffix and x.denominator == 1:
            return int(x)
        return f"{plain(x)} {self.suffix}".rstrip()


OPTIONS = ("--from", "--to", "--vary")


def variable_of(
    name: str, start: str, end: str, options: tuple[str, str, str] = OPTIONS
) -> Variable:
    """A variable from its texts; `options` are what both ends and it are called in errors.

    Raises UsageError for an unknown variable, an end that cannot be read, or ends out of order.
    """
    from archcode.spec.problems import suggestion

    if "." in name:
        return _setting(name, (start, end), options)
    if name not in VARIABLES:
        hint = suggestion(name, (*VARIABLES, SETTING_FORM))
        raise UsageError(f"{options[2]} is {quoted(name)}, which cannot be varied; {hint}")
    ends = [_value(name, text, option) for text, option in zip((start, end), options, strict=False)]
    (low, unit), (high, other) = ends
    if unit is not other:
        raise UsageError(f"{options[0]} is {quoted(start)} and {options[1]} {quoted(end)}: {_BOTH}")
    return Variable(name, unit, *_risen(low, high, (start, end), options))


def _setting(name: str, texts: tuple[str, str], options: tuple[str, str, str]) -> Variable:
    """A setting by its path: two numbers with the same unit, or none, behind them."""
    ends = []
    for text, option in zip(texts, options, strict=False):
        found = _NUMBER.fullmatch(text)
        if not found or not Fraction(found[1]):
            fact = f"is {quoted(text)}, not a number above 0 such as 10, 14 d or 512 MB"
            raise UsageError(f"{option} {fact}" if text else f"{option} is missing")
        ends.append((Fraction(found[1]), found[2]))
    (low, unit), (high, other) = ends
    if unit != other:
        raise UsageError(f"{options[0]} is in {quoted(unit)} and {options[1]} in {quoted(other)}")
    return Variable(name, Unit.SETTING, *_risen(low, high, texts, options), unit)


def _risen(
    low: Fraction, high: Fraction, texts: tuple[str, str], options: tuple[str, str, str]
) -> tuple[Fraction, Fraction]:
    """Both ends, the first below the second."""
    if not low < high:
        words = f"{options[1]} is {quoted(texts[1])}, not above {options[0]} {quoted(texts[0])}"
        raise UsageError(words)
    return low, high


_NUMBER = re.compile(r"\s*([0-9]{1,18}(?:\.[0-9]{1,12})?)\s*([A-Za-z%/]{0,10})\s*", re.ASCII)
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
    return grouped(x, min(9, max(0, 4 - to_decimal(x).adjusted())))


_SHOWN: dict[Unit, Callable[[Fraction], str]] = {
    Unit.RATE: lambda x: f"{_digits(x)}/s",
    Unit.TIMES: lambda x: f"x{_digits(x)}",
    Unit.BYTES: lambda x: bytes_text(x) if x.denominator == 1 else f"{_digits(x)} B",
    Unit.CONSUMERS: plain,
    Unit.SETTING: plain,
}


def sized(spec: Spec, size: Fraction) -> Spec:
    """The spec with all its stated message sizes of so many bytes."""
    return replace(spec, flows=tuple(_of_size(flow, size) for flow in spec.flows))


def _of_size(flow: Flow, size: Fraction) -> Flow:
    options = flow.settings
    if options.size is None:
        return flow
    return replace(flow, settings=options.model_copy(update={"size": size}))
