"""Where the cheapest option changes along one variable: found exactly, not read off a grid.

Costs are piecewise straight lines with jumps. Between two points an option whose cost at the first
is not below that of the cheapest at the second cannot win, since costs do not fall along the
variable; an option that is seen to fall is never left out that way. What is left has a straight
gap to the cheapest, so that where two lines meet is solved, or it is split until a jump is
bracketed; the simplest rational in the bracket is where it jumps, and pricing beside it proves it.
"""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct
from msgspec.structs import replace

from archcode.model import ZERO
from archcode.sweep.numbers import CLOSE, beside, middle, simplest

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    Pair = tuple[str, str]

_ROUNDED = Fraction(1, 10**9)
"""US dollars that the rounding of metered quantities may move a cost."""
_TIGHT = Fraction(1, 10**12)
"""The same for a jump, whose sides differ by more than rounding."""
_DIGITS = Fraction(1, 10**16)
_ENDLESS = Fraction(10**40)
_NARROW = Fraction(1, 20)
_SHORT = Fraction(1, 1000)
"""The part of a value within which four points above another option are enough to stay so: jumps
that all options share, of what reads the messages, need not be told to the last digit."""
_INSIDE = (Fraction(5, 13), Fraction(8, 11))
"""Where a straight line is checked: no stairs of equal steps pass through both by accident."""
_MOST_SPLITS = 300
"""Intervals to look into between two points of the grid."""


class Curves(Protocol):
    """Options along a variable; `names` in the order that decides between equal costs."""

    @property
    def names(self) -> tuple[str, ...]:
        """All options."""

    def cost(self, name: str, x: Fraction) -> Fraction | None:
        """The exact monthly cost; None where there is no such option, or no known price."""

    def fits(self, name: str, x: Fraction) -> bool:
        """Whether it may be chosen there."""

    def limit(self, name: str, x: Fraction) -> Fraction | None:
        """A guess of where an option begins not to fit, from how it does not at a point."""

    def sizes(self, name: str, x: Fraction) -> Mapping[Hashable, tuple[int, object]]:
        """What is provided and paid for there, by what it is: how many, and what loads it."""


def _above(cost: Fraction | None, most: Fraction | None) -> bool:
    """Whether a cost is known to be above the most; not if either is unknown."""
    return cost is not None and most is not None and cost > most


class Change(Struct, frozen=True):
    """Up to `x` the cheapest is `left`, then `right`; "" where nothing fits.

    `at` is the cheapest at `x` itself; where there is nothing between `before` and x, that of the
    right. Not `exact` where the search was given up: the change then
    lies next to x, and may be one of several.
    """

    x: Fraction
    left: str
    right: str
    at: str
    exact: bool = True
    before: Fraction | None = None


def _simple(x: Fraction) -> Fraction:
    """The simplest rational that the rounding of quantities does not tell from another."""
    return simplest(x - x * _DIGITS, x + x * _DIGITS)


def _without_touches(changes: Iterable[Change]) -> Iterable[Change]:
    """Changes without an option that is the cheapest at a single point: two that merely touch."""
    found: list[Change] = []
    for change in changes:
        before = found[-1] if found else None
        if before and not before.exact and change.x - before.x <= change.x * CLOSE:
            found.pop()
            if before.left != change.right:
                found.append(replace(change, left=before.left))
        else:
            found.append(change)
    return found


class Envelope:
    """Finds the changes of the cheapest option over points in order; all are above 0."""

    def __init__(self, curves: Curves) -> None:
        self._curves = curves
        self._straight: dict[tuple[Pair, Fraction, Fraction], bool] = {}
        self._falling: set[str] = set()
        self._known: dict[str, list[tuple[Fraction, Fraction]]] = {n: [] for n in curves.names}
        self._left = 0

    def changes(self, points: Sequence[Fraction]) -> tuple[Change, ...]:
        """All changes between the first and the last of the points."""
        for name in self._curves.names:
            costs = [(x, self._curves.cost(name, x)) for x in points]
            self._known[name] = [(x, cost) for x, cost in costs if cost is not None]
            known = [cost for _, cost in self._known[name]]
            if known != sorted(known):
                self._falling.add(name)
        found: list[Change] = []
        for low, high in pairwise(points):
            self._left = _MOST_SPLITS
            found += self._after(low, high, self._curves.names)
        return tuple(_without_touches(found))

    def steps(self, points: Sequence[Fraction], *, whole: bool) -> tuple[Change, ...]:
        """The changes of a variable whose values are whole numbers, or the points alone.

        Of whole numbers, one change of each option is looked for between two points.
        """
        found: list[Change] = []
        for low, high in pairwise(points):
            found += self._stepped(low, high, whole=whole)
        return tuple(found)

    def _stepped(self, low: Fraction, high: Fraction, *, whole: bool) -> list[Change]:
        left, last = (self.cheapest(x, self._curves.names) for x in (low, high))
        if left == last:
            return []
        before, x = low, high
        while whole and x - before > 1:
            half = Fraction((before + x) // 2)
            same = self.cheapest(half, self._curves.names) == left
            before, x = (half, x) if same else (before, half)
        right = self.cheapest(x, self._curves.names)
        change = Change(x, left, right, right, whole, before)
        return [change, *(self._stepped(x, high, whole=whole) if x < high else [])]

    def cheapest(self, x: Fraction, names: Iterable[str]) -> str:
        """The option that costs least of those that fit; "" where none does."""
        costs = [(cost, name) for name in names if (cost := self._curves.cost(name, x)) is not None]
        ordered = sorted(costs, key=lambda pair: pair[0])
        return next((name for _, name in ordered if self._curves.fits(name, x)), "")

    def _between(self, low: Fraction, high: Fraction, names: tuple[str, ...]) -> list[Change]:
        """The changes between two points, of options that may win there."""
        self._left -= 1
        names = self._rivals(low, high, names)
        left, right = self.cheapest(low, names), self.cheapest(high, names)
        if left == right and self._stays(low, high, left, names):
            return []
        if high - low <= low * CLOSE or self._left < 0:
            at = simplest(low, high)
            change = Change(at, left, right, self.cheapest(at, names), exact=False)
            return [change] if left != right else []
        found = self._met(low, high, left, right, names) if left != right else None
        if found is None:
            half = middle(low, high)
            return [*self._between(low, half, names), *self._after(half, high, names)]
        below, above = beside(found.x)
        before = self._between(low, below, names) if below > low else []
        after = self._between(above, high, names) if above < high else []
        return [*before, found, *after]

    def _after(self, low: Fraction, high: Fraction, names: tuple[str, ...]) -> list[Change]:
        """The changes from a point on; most jumps of sizes are just after round numbers."""
        above = beside(low)[1]
        if above >= high:
            return self._between(low, high, names)
        names = self._rivals(low, high, names)
        left, right = self.cheapest(low, names), self.cheapest(high, names)
        if left == right and self._stays(low, high, left, names):
            return []
        right = self.cheapest(above, names)
        if left == right:
            return self._between(above, high, names)
        return [Change(low, left, right, left), *self._between(above, high, names)]

    def _rivals(self, low: Fraction, high: Fraction, names: tuple[str, ...]) -> tuple[str, ...]:
        """The options that may be the cheapest somewhere between two points, in their order.

        `most` is what the cheapest does not exceed there. Those that cannot win are not even built.
        """
        most: Fraction | None = None
        left: set[str] = set()
        for name in sorted(names, key=lambda name: self._floor(name, low)):
            if _above(self._floor(name, low), most) or _above(self._least(name, low), most):
                continue
            before, after = self._fits(name, low), self._fits(name, high)
            left |= {name} if before or after else set()
            cost = self._curves.cost(name, high)
            if before and after and cost is not None and name not in self._falling:
                most = cost if most is None else min(most, cost)
        return tuple(n for n in names if n in left and not _above(self._least(n, low), most))

    def _least(self, name: str, low: Fraction) -> Fraction | None:
        """What an option costs at least between two points, if it is known at the first."""
        return None if name in self._falling else self._curves.cost(name, low)

    def _floor(self, name: str, x: Fraction) -> Fraction:
        """What an option costs at least from a point on, by what is known of it up to there."""
        if name in self._falling:
            return ZERO
        known = self._known[name]
        place = bisect_right(known, (x, _ENDLESS)) - 1
        return known[place][1] if place >= 0 else ZERO

    def _fits(self, name: str, x: Fraction) -> bool:
        return self._curves.cost(name, x) is not None and self._curves.fits(name, x)

    def _stays(self, low: Fraction, high: Fraction, name: str, names: tuple[str, ...]) -> bool:
        """Whether an option that is the cheapest at both ends is so between them."""
        if not name:
            return not names
        return all(self._above(other, name, low, high) for other in names if other != name)

    def _above(self, other: str, name: str, low: Fraction, high: Fraction) -> bool:
        """Whether one is not below the other at either end, and the gap is a straight line."""
        gaps = self._gap(other, name, low), self._gap(other, name, high)
        if gaps[0] is None or gaps[1] is None or min(gaps[0], gaps[1]) < 0:
            return False
        if not any(gaps) and self._equal(other, name, low, high):
            return True
        if high - low < low * _SHORT and min(gaps[0], gaps[1]) > 0:
            inside = [self._gap(other, name, low + (high - low) * part) for part in _INSIDE]
            return all(gap is not None and gap > 0 for gap in inside)
        return self._parallel((other, name), low, high)

    def _equal(self, other: str, name: str, low: Fraction, high: Fraction) -> bool:
        """Whether two options, equal at both ends, are so between them."""
        return all(not self._gap(other, name, low + (high - low) * part) for part in _INSIDE)

    def _gap(self, one: str, other: str, x: Fraction) -> Fraction | None:
        """What an option costs more than another."""
        costs = self._curves.cost(one, x), self._curves.cost(other, x)
        return None if costs[0] is None or costs[1] is None else costs[0] - costs[1]

    def _parallel(self, pair: Pair, low: Fraction, high: Fraction) -> bool:
        """Whether the gap between two options is a straight line, with no step of its own.

        What both provide alike, for the same load, steps in both at once and leaves the gap as it
        is.
        """
        key = (pair, low, high)
        if key not in self._straight:
            self._straight[key] = self._is_straight(pair, low, high)
        return self._straight[key]

    def _is_straight(self, pair: Pair, low: Fraction, high: Fraction) -> bool:
        first, last = self._gap(*pair, low), self._gap(*pair, high)
        if first is None or last is None or self._apart(pair, low) != self._apart(pair, high):
            return False
        for part in _INSIDE:
            gap = self._gap(*pair, low + (high - low) * part)
            if gap is None or abs(first + (last - first) * part - gap) > _ROUNDED:
                return False
        return True

    def _apart(self, pair: Pair, x: Fraction) -> dict[Hashable, int]:
        """What two options do not both provide for the same load, by option and what it is."""
        one, other = (self._curves.sizes(name, x) for name in pair)
        return {
            (name, key): number
            for name, sizes in zip(pair, (one, other), strict=True)
            for key, (number, _) in sizes.items()
            if one.get(key) != other.get(key)
        }

    def _met(
        self, low: Fraction, high: Fraction, left: str, right: str, names: tuple[str, ...]
    ) -> Change | None:
        """The change from one option to another, where it can be told: solved, or bracketed."""
        crossed = self._crossing(low, high, left, right) if left and right else None
        if crossed is not None:
            found = self._proved(crossed, left, right, names)
            if found:
                return found
        guess = self._curves.limit(left, high) if left else None
        if guess is not None and low < guess < high:
            found = self._jumped(_simple(guess), left, right, names)
            if found:
                return found
        return self._jump(low, high, left, right, names) if high - low < low * _NARROW else None

    def _crossing(self, low: Fraction, high: Fraction, left: str, right: str) -> Fraction | None:
        """Where two lines with a straight gap meet: the simplest rational within their rounding."""
        first, last = self._gap(left, right, low), self._gap(left, right, high)
        if first is None or last is None or first > 0 or last < 0 or first == last:
            return None
        if not self._parallel((left, right), low, high):
            return None
        x = low + (high - low) * first / (first - last)
        if x in (low, high):
            return x
        return _simple(x)

    def _proved(self, x: Fraction, left: str, right: str, names: tuple[str, ...]) -> Change | None:
        """The change at a point, if one option is the cheapest just below it and one above."""
        below, above = beside(x)
        if self.cheapest(below, names) != left or self.cheapest(above, names) != right:
            return None
        return Change(x, left, right, self.cheapest(x, names))

    def _jump(
        self, low: Fraction, high: Fraction, left: str, right: str, names: tuple[str, ...]
    ) -> Change | None:
        """A change between two points, at the simplest rational that proves to be one.

        None where a third option is the cheapest on the way.
        """
        while high - low > low * _TIGHT:
            quarter = (high - low) / 4
            x = simplest(low + quarter, high - quarter)
            found = self._jumped(x, left, right, names)
            if found:
                return found
            at = self.cheapest(x, names)
            if at not in (left, right):
                return None
            low, high = (x, high) if at == left else (low, x)
        return self._proved(simplest(low, high), left, right, names)

    def _jumped(self, x: Fraction, left: str, right: str, names: tuple[str, ...]) -> Change | None:
        """The change at a point, if it is there that one option gives way to the other."""
        at = self.cheapest(x, names)
        if at == left and self.cheapest(x + x * _TIGHT, names) == right:
            return Change(x, left, right, at)
        if at == right and self.cheapest(x - x * _TIGHT, names) == left:
            return Change(x, left, right, at)
        return None
