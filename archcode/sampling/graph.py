"""Expressions of inputs, each kept once, with bounds that hold for every sample.

A node is a number: its place in the graph. What it is made of stands before it, so nodes in order
are in an order in which they can be counted.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Literal

from msgspec import Struct

Operation = Literal["number", "input", "+", "-", "*", "/", "power", "ceil", "floor", "max", "min"]
TOLERANCE = 1e-9
"""Part of a value by which two may differ in floating point, and be equal in fact."""
WHOLE = 1e-12
"""The same of a value and a whole number: a billionth of five million chunks is half a percent of
one, and would take too many of them for whole."""


class Node(Struct, frozen=True):
    """One expression: what is done with two other nodes, or the place of an input.

    `second` is the exponent of a power.
    """

    operation: Operation
    first: int = 0
    second: int = 0


class Guard(Struct, frozen=True):
    """A comparison of two nodes: whether the first is less than the second, or they are equal."""

    kind: Literal["<", "=="]
    first: int
    second: int


class Graph:
    """All expressions of a set of inputs, whose least and largest values are known."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.numbers: dict[int, Fraction] = {}
        self._bounds: list[tuple[float, float]] = []
        self._known: dict[Node, int] = {}
        self._constants: dict[tuple[int, int], int] = {}

    def number(self, value: Fraction | int) -> int:
        """A number that is the same in every sample."""
        key = (value.numerator, value.denominator)
        if key not in self._constants:
            node = self._added(Node("number", len(self.nodes)), (float(value), float(value)))
            self._constants[key] = node
            self.numbers[node] = Fraction(value)
        return self._constants[key]

    def input(self, place: int, low: float, high: float) -> int:
        """What the samples have in one of their columns."""
        return self._added(Node("input", place), (low, high))

    def made(self, operation: Operation, first: int, second: int = 0) -> int:
        """The node of an operation, simplified where one side of it changes nothing."""
        same = self._same(operation, first, second)
        if same is not None:
            return same
        if operation == "/" and (shared := self._factors(first) & self._factors(second)):
            # bytes × share ÷ (messages × share) is the size, even where the share rounds to 0.
            factor = min(shared)
            return self.made("/", self._without(first, factor), self._without(second, factor))
        if operation in _COMMUTING and second < first:
            first, second = second, first
        node = Node(operation, first, second)
        if node in self._known:
            return self._known[node]
        return self._added(node, self._within(node))

    def bounds(self, node: int) -> tuple[float, float]:
        """The least and the largest value that a node may have, or wider."""
        return self._bounds[node]

    def decided(self, guard: Guard) -> bool:
        """Whether a comparison comes out alike in every sample."""
        low, high = self._bounds[guard.first]
        least, most = self._bounds[guard.second]
        below, above = high < least - 2 * _slack(high, least), low > most + 2 * _slack(low, most)
        if guard.kind == "==":
            return below or above
        return below or low >= most - _slack(low, most)

    def reduced(self, guard: Guard) -> Guard:
        """The simplest guard that says the same.

        A number is brought to the other side, so that neither 1 - x nor x * 3600 hides from
        bounds what x is, and a difference of two is compared as the two.
        """
        first, second = guard.first, guard.second
        turned = False
        while True:
            if first in self.numbers:
                first, second, turned = second, first, not turned
            moved = self._moved(first, second) if second in self.numbers else None
            if moved is None:
                break
            first, second, flipped = moved
            turned ^= flipped
        if guard.kind == "==":
            first, second = sorted((first, second))
        elif turned:
            first, second = second, first
        return Guard(guard.kind, first, second)

    def _moved(self, first: int, second: int) -> tuple[int, int, bool] | None:
        """One step of it: both sides with a number less on the first, and whether they turned."""
        node, bound = self.nodes[first], self.numbers[second]
        one, other = self.numbers.get(node.first), self.numbers.get(node.second)
        if node.operation in ("+", "-") and other is not None:
            bound = bound - other if node.operation == "+" else bound + other
            return node.first, self.number(bound), False
        if node.operation == "+" and one is not None:
            return node.second, self.number(bound - one), False
        if node.operation == "-" and one is not None:
            return node.second, self.number(one - bound), True
        if node.operation == "-" and bound == 0:
            return node.first, node.second, False
        if node.operation == "*" and one is not None and one > 0:
            return node.second, self.number(bound / one), False
        if node.operation in ("*", "/") and other is not None and other > 0:
            bound = bound / other if node.operation == "*" else bound * other
            return node.first, self.number(bound), False
        return None

    def _same(self, operation: Operation, first: int, second: int) -> int | None:
        """What an operation with 0 or 1 comes to, if it has one."""
        if operation in ("max", "min"):
            return self._clear(operation, first, second)
        one, other = self.numbers.get(first), self.numbers.get(second)
        if operation == "+" and (one == 0 or other == 0):
            return second if one == 0 else first
        if operation in ("-", "/") and first == second:
            return self.number(0 if operation == "-" else 1)
        if operation == "-" and other == 0:
            return first
        if operation == "*" and (one == 0 or other == 0):
            return self.number(0)
        if operation in ("*", "/") and other == 1:
            return first
        if operation == "*" and one == 1:
            return second
        return self.number(0) if operation == "/" and one == 0 else None

    def _factors(self, place: int) -> set[int]:
        """What a node is a product of: two others, or itself."""
        node = self.nodes[place]
        return {node.first, node.second} if node.operation == "*" else {place}

    def _without(self, place: int, factor: int) -> int:
        """A node divided by one of its factors."""
        if place == factor:
            return self.number(1)
        node = self.nodes[place]
        return node.second if node.first == factor else node.first

    def _clear(self, operation: Operation, first: int, second: int) -> int | None:
        """The side that is the larger (or the smaller) one in every sample, if one is."""
        (low, high), (least, most) = self._bounds[first], self._bounds[second]
        if first == second or low >= most:
            return first if operation == "max" else second
        if least >= high:
            return second if operation == "max" else first
        return None

    def _added(self, node: Node, bounds: tuple[float, float]) -> int:
        if node not in self._known:
            self._known[node] = len(self.nodes)
            self.nodes.append(node)
            self._bounds.append(bounds)
        return self._known[node]

    def _within(self, node: Node) -> tuple[float, float]:
        """Bounds of an operation from those of its sides."""
        low, high = self._bounds[node.first]
        if node.operation == "power":
            return _powers(low, high, node.second) if low >= 0 else _ANYTHING
        if node.operation in ("ceil", "floor"):
            return _rounded(node.operation, low, high)
        least, most = self._bounds[node.second]
        if node.operation in ("max", "min"):
            choose = max if node.operation == "max" else min
            return choose(low, least), choose(high, most)
        if node.operation == "+":
            return _ordered(low + least, high + most)
        if node.operation == "-":
            return _ordered(low - most, high - least)
        if node.operation == "/":
            if least <= 0 <= most:
                return _ANYTHING
            return _ordered(low / least, low / most, high / least, high / most)
        return _ordered(low * least, low * most, high * least, high * most)


_COMMUTING = ("+", "*", "max", "min")
_ANYTHING = (-math.inf, math.inf)


def _ordered(*values: float) -> tuple[float, float]:
    """The least and the largest; anything where one of them is no number."""
    return _ANYTHING if any(map(math.isnan, values)) else (min(values), max(values))


def _powers(low: float, high: float, exponent: int) -> tuple[float, float]:
    """Bounds of a power; what is above zero stays so, however small it becomes."""
    least, most = (_power(value, exponent) for value in (low, high))
    return (max(least, math.ulp(0.0)) if low > 0 else least), most


def _power(value: float, exponent: int) -> float:
    try:
        return value**exponent
    except OverflowError:
        return math.inf


def _rounded(operation: Operation, low: float, high: float) -> tuple[float, float]:
    """Bounds of a value that is rounded up or down to a whole number, as samples are."""
    if math.isinf(low) or math.isinf(high):
        return _ANYTHING
    if operation == "ceil":
        return float(math.ceil(low - 2 * _slack(low))), float(math.ceil(high))
    return float(math.floor(low)), float(math.floor(high + 2 * _slack(high)))


def _slack(*values: float) -> float:
    finite = [abs(value) for value in values if not math.isinf(value)]
    return TOLERANCE * max(finite, default=0.0)
