"""What the ranges of a spec make of its cost: which quantity matters most, and the ends of all.

Each range is taken at its low and at its high end while all others are typical; where each one
makes the whole cheaper, together, is the low end of the total, and the opposite its high end; there
each is tried at its other end once more. For costs that each quantity moves in one direction these
are the lowest and the highest there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from archcode.estimate import Effect, Estimate, Spread
from archcode.growth import grown_like
from archcode.spec.parse import valued

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from archcode.spec.model import Spec
    from archcode.spec.ranges import End, Range

    Price = Callable[[Spec], Estimate]
    Ends = Mapping[str, End]


def ranged(spec: Spec, price: Price) -> Estimate:
    """A spec priced with its typical values and, where it has ranges, at both ends of its cost.

    Raises SpecError where the traffic cannot be told at one of the ends.
    """
    typical = price(spec)
    return replace(typical, spread=spread(spec, typical, price)) if spec.ranges else typical


def spread(spec: Spec, typical: Estimate, price: Price) -> Spread:
    """The ends of the cost of a spec that has ranges, and what each of them does to it."""

    def at(ends: Ends) -> Estimate:
        return price(placed(spec, ends))

    tried = {(one.where, end): at({one.where: end}) for one in spec.ranges for end in _OUTER}
    effects = [_effect(one, tried) for one in spec.ranges]
    low, cheap = _corner(at, {effect.range.where: effect.cheaper for effect in effects}, min)
    high, dear = _corner(at, {effect.range.where: effect.dearer for effect in effects}, max)
    every = [typical, *tried.values()]
    by_swing = sorted(effects, key=lambda effect: -effect.swing)
    return Spread(
        min(low, *every, key=_cost), max(high, *every, key=_cost), tuple(by_swing), cheap, dear
    )


def _corner(
    at: Callable[[Ends], Estimate], ends: dict[str, End], best: Callable[..., Estimate]
) -> tuple[Estimate, Ends]:
    """The cheapest or dearest estimate with every range at an end, and the ends that make it.

    What a range does alone may be nothing, or the opposite of what it does beside the others, as
    where all else is within a free tier; so each is tried at its other end once more.
    """
    found = at(ends)
    for where, end in [*ends.items()]:
        other: End = "low" if end == "high" else "high"
        turned = at({**ends, where: other})
        if best(found, turned, key=_cost) is turned:
            found, ends = turned, {**ends, where: other}
    return found, ends


def corner(spec: Spec, found: Spread, side: Side) -> Spec:
    """The spec, or an alternative of it, with all ranges where they make the spec cheap, or dear.

    A range that the spec itself has not is at its own low or high end.
    """
    if side == "cheaper":
        return placed(spec, found.low_ends, "low")
    return placed(spec, found.high_ends, "high")


def placed(spec: Spec, ends: Ends, others: End = "typical") -> Spec:
    """The spec with ranges, by where they stand, at one end; the others are at another one."""
    values = {one.path: one.at(ends.get(one.where, others)) for one in spec.ranges}
    return grown_like(spec, valued(spec, values))


Side = Literal["cheaper", "dearer"]
SIDES: tuple[Side, Side] = ("cheaper", "dearer")
_OUTER: tuple[End, End] = ("low", "high")


def _effect(one: Range, tried: Mapping[tuple[str, End], Estimate]) -> Effect:
    low, high = (_cost(tried[one.where, end]) for end in _OUTER)
    return Effect(one, low, high)


def _cost(estimate: Estimate) -> Decimal:
    return estimate.contracted_cost
