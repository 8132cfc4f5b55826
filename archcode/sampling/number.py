"""A Fraction that remembers how it was made, and what was decided by it.

All code that counts with Fractions counts with these as well. What cannot be followed (a numerator,
a hash, a conversion to int or float) holds the value fast: it is noted as a guard that only samples
of this very value keep. So nothing is ever lost silently.
"""

from __future__ import annotations

import operator
from fractions import Fraction
from numbers import Number
from typing import TYPE_CHECKING, Any, NoReturn, Self, cast

from archcode.rationals import Known
from archcode.sampling.graph import Graph, Guard

if TYPE_CHECKING:
    from collections.abc import Callable

    from archcode.sampling.graph import Operation


class Trace:
    """One run of the pipeline: the guards that it met, in their order, and how each came out."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.guards: dict[Guard, bool] = {}

    def number(self, value: Fraction, node: int) -> Fraction:
        """The result of an operation: followed, unless it is the same in every sample."""
        return value if node in self.graph.numbers else Traced(value, self, node)

    def less(self, one: Fraction | int, other: Fraction | int) -> bool:
        """Whether one is less than the other."""
        outcome = _plain(one) < _plain(other)
        self._met(Guard("<", self.node(one), self.node(other)), outcome=outcome)
        return outcome

    def equal(self, one: Fraction | int, other: Fraction | int) -> bool:
        """Whether two are the same."""
        outcome = _plain(one) == _plain(other)
        first, second = sorted((self.node(one), self.node(other)))
        self._met(Guard("==", first, second), outcome=outcome)
        return outcome

    def node(self, value: Fraction | int) -> int:
        """The node of a number, which may be a plain one."""
        return value.node if isinstance(value, Traced) else self.graph.number(value)

    def _met(self, guard: Guard, *, outcome: bool) -> None:
        guard = self.graph.reduced(guard)
        if guard.first != guard.second and not self.graph.decided(guard):
            self.guards.setdefault(guard, outcome)


def _plain(value: Fraction | int) -> Fraction | int:
    return value.value if isinstance(value, Traced) else value


_COUNT: dict[str, Callable[[Any, Any], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def _counted(operation: Operation, one: Traced | Fraction | int, other: Any) -> Any:
    """An operation of which one side at least is followed; another type of number ends that."""
    traced = one if isinstance(one, Traced) else other
    count = _COUNT[operation]
    if not isinstance(one, int | Fraction) or not isinstance(other, int | Fraction):
        return count(fixed(one), fixed(other))
    trace = traced.trace
    if operation == "/" and isinstance(other, Traced):
        trace.equal(other, 0)
    node = trace.graph.made(operation, trace.node(one), trace.node(other))
    return trace.number(count(_plain(one), _plain(other)), node)


def fixed(value: Any) -> Any:
    """The plain value, held fast by a guard."""
    if isinstance(value, Traced):
        value.trace.equal(value, value.value)
        return value.value
    return value


class Traced(Known):
    """An exact value, the run that it belongs to, and its node in the graph."""

    __slots__ = ("node", "trace", "value")
    value: Fraction
    trace: Trace
    node: int

    def __new__(cls, value: Fraction, trace: Trace, node: int) -> Self:
        """Make one of a plain Fraction."""
        made = super().__new__(cls, value)
        made.value, made.trace, made.node = value, trace, node
        return made

    def told(self) -> Fraction:
        """The plain value, for text."""
        return self.value

    def ceiling(self) -> int:
        """The smallest whole number that is not below it, followed; a Fraction to isinstance."""
        return cast("int", self._rounded("ceil", self.value.__ceil__()))

    def larger(self, other: Fraction | int) -> Fraction | int:
        """The larger of the two, which needs no guard."""
        return self._chosen("max", max(self.value, _plain(other)), other)

    def smaller(self, other: Fraction | int) -> Fraction | int:
        """The smaller of the two, which needs no guard."""
        return self._chosen("min", min(self.value, _plain(other)), other)

    def _chosen(
        self, operation: Operation, value: Fraction | int, other: Fraction | int
    ) -> Fraction:
        node = self.trace.graph.made(operation, self.node, self.trace.node(other))
        return self.trace.number(Fraction(value), node)

    def _rounded(self, operation: Operation, value: int) -> Fraction:
        node = self.trace.graph.made(operation, self.node)
        return self.trace.number(Fraction(value), node)

    @property
    def numerator(self) -> int:
        """Held fast: a part of a number cannot be followed."""
        return cast("int", fixed(self).numerator)

    @property
    def denominator(self) -> int:
        """Held fast, as the numerator is."""
        return cast("int", fixed(self).denominator)

    def __add__(self, other: Any) -> Any:
        return _counted("+", self, other)

    def __radd__(self, other: Any) -> Any:
        return _counted("+", other, self)

    def __sub__(self, other: Any) -> Any:
        return _counted("-", self, other)

    def __rsub__(self, other: Any) -> Any:
        return _counted("-", other, self)

    def __mul__(self, other: Any) -> Any:
        return _counted("*", self, other)

    def __rmul__(self, other: Any) -> Any:
        return _counted("*", other, self)

    def __truediv__(self, other: Any) -> Any:
        return _counted("/", self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return _counted("/", other, self)

    def __floordiv__(self, other: Any) -> Any:
        return _floor(self / other)

    def __rfloordiv__(self, other: Any) -> Any:
        return _floor(other / self)

    def __mod__(self, other: Any) -> Any:
        return self - other * (self // other)

    def __rmod__(self, other: Any) -> Any:
        return other - self * (other // self)

    def __divmod__(self, other: Any) -> Any:
        return self // other, self % other

    def __rdivmod__(self, other: Any) -> Any:
        return other // self, other % self

    def __neg__(self) -> Fraction:
        return cast("Fraction", 0 - self)

    def __pos__(self) -> Self:
        return self

    def __abs__(self) -> Fraction:
        return -self if self < 0 else self

    def __pow__(self, exponent: Any, _modulo: None = None) -> Any:
        power = fixed(exponent)
        if not isinstance(power, int | Fraction) or power.denominator != 1:
            return fixed(self) ** power
        if power < 0:
            return 1 / self**-power
        if power < 2:
            return self if power else Fraction(1)
        node = self.trace.graph.made("power", self.node, int(power))
        return self.trace.number(self.value ** int(power), node)

    def __rpow__(self, base: Any, _modulo: None = None) -> Any:
        return base ** fixed(self)

    def __lt__(self, other: Any) -> Any:
        return self.trace.less(self, other) if _exact(other) else fixed(self) < other

    def __gt__(self, other: Any) -> Any:
        return self.trace.less(other, self) if _exact(other) else fixed(self) > other

    def __le__(self, other: Any) -> Any:
        return not self.trace.less(other, self) if _exact(other) else fixed(self) <= other

    def __ge__(self, other: Any) -> Any:
        return not self.trace.less(self, other) if _exact(other) else fixed(self) >= other

    def __eq__(self, other: object) -> bool:
        if _exact(other):
            return self.trace.equal(self, cast("Fraction", other))
        # Nothing and text are equal to no number, whatever its value.
        return isinstance(other, Number) and bool(fixed(self) == other)

    def __hash__(self) -> int:  # type: ignore[override]  # typeshed says numbers have none
        return hash(fixed(self))

    def __bool__(self) -> bool:
        return not self.trace.equal(self, 0)

    def __ceil__(self) -> int:
        return self.ceiling()

    def __floor__(self) -> int:
        return cast("int", self._rounded("floor", self.value.__floor__()))

    def __trunc__(self) -> int:
        return cast("int", fixed(self).__trunc__())

    def __int__(self) -> int:  # type: ignore[override]  # without its private parameter
        return int(fixed(self))

    def __index__(self) -> int:
        value = fixed(self)
        if value.denominator != 1:
            raise TypeError(f"{value} is no whole number")
        return int(value)

    def __float__(self) -> float:
        return float(fixed(self))

    def __complex__(self) -> complex:
        return complex(fixed(self))

    def __round__(self, ndigits: int | None = None) -> Any:
        return round(fixed(self), ndigits)

    def as_integer_ratio(self) -> tuple[int, int]:
        """Held fast, as both parts of it are."""
        return cast("tuple[int, int]", fixed(self).as_integer_ratio())

    def limit_denominator(self, max_denominator: int = 1_000_000) -> Fraction:
        """Held fast: what is near depends on the value."""
        return cast("Fraction", fixed(self).limit_denominator(max_denominator))

    def is_integer(self) -> bool:
        """Whether it is whole, which is followed."""
        return bool(self == _floor(self))

    @property
    def real(self) -> Self:
        """Itself."""
        return self

    def conjugate(self) -> Self:
        """Itself."""
        return self

    def __str__(self) -> str:
        return str(self.value)

    def __repr__(self) -> str:
        return f"Traced({self.value})"

    def __format__(self, spec: str) -> str:
        whole = self.value.denominator == 1
        return format(int(self.value) if whole else self.value, spec)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[Any, Any]) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a traced number belongs to one run, and cannot be stored")


def _exact(other: object) -> bool:
    return isinstance(other, int | Fraction)


def _floor(value: Any) -> Any:
    return value.__floor__()
