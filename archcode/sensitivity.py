"""What the ranges of a spec make of its cost: which quantity matters most, and the ends of all.

Each range is taken at its low and at its high end while all others are typical; where each one
makes the whole cheaper, together, is the low end of the total, and the opposite its high end. For
costs that each quantity moves in one direction these are the lowest and the highest there are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from archcode.estimate import Effect, Estimate, Spread
from archcode.growth import grown_like
from archcode.spec.parse import valued

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from decimal import Decimal

    from archcode.spec.load import Path, Value
    from archcode.spec.model import Spec
    from archcode.spec.ranges import End, Range

    Price = Callable[[Spec], Estimate]


def ranged(spec: Spec, price: Price) -> Estimate:
    """A spec priced with its typical values and, where it has ranges, at both ends of its cost.

    Raises SpecError where the traffic cannot be told at one of the ends.
    """
    typical = price(spec)
    return replace(typical, spread=spread(spec, typical, price)) if spec.ranges else typical


def spread(spec: Spec, typical: Estimate, price: Price) -> Spread:
    """The ends of the cost of a spec that has ranges, and what each of them does to it."""

    def at(values: Mapping[Path, Value]) -> Estimate:
        return price(grown_like(spec, valued(spec, values)))

    tried = {(one.path, end): at({one.path: one.at(end)}) for one in spec.ranges for end in _OUTER}
    effects = [_effect(one, tried) for one in spec.ranges]
    cheap = {effect.range.path: effect.range.at(effect.cheaper) for effect in effects}
    dear = {effect.range.path: effect.range.at(effect.dearer) for effect in effects}
    every = [typical, *tried.values(), at(cheap), at(dear)]
    by_swing = sorted(effects, key=lambda effect: -effect.swing)
    return Spread(min(every, key=_cost), max(every, key=_cost), tuple(by_swing))


def corner(spec: Spec, effects: Iterable[Effect], side: Side) -> Spec:
    """The spec with every range at its cheaper or dearer end, for the spec of the effects.

    A range that has no effect there is at its own low or high end.
    """
    ends = {effect.range.where: getattr(effect, side) for effect in effects}
    return placed(spec, ends, "low" if side == "cheaper" else "high")


def placed(spec: Spec, ends: Mapping[str, End], others: End = "typical") -> Spec:
    """The spec with ranges, by where they stand, at one end; the others are at another one."""
    values = {one.path: one.at(ends.get(one.where, others)) for one in spec.ranges}
    return grown_like(spec, valued(spec, values))


Side = Literal["cheaper", "dearer"]
SIDES: tuple[Side, Side] = ("cheaper", "dearer")
_OUTER: tuple[End, End] = ("low", "high")


def _effect(one: Range, tried: Mapping[tuple[Path, End], Estimate]) -> Effect:
    low, high = (_cost(tried[one.path, end]) for end in _OUTER)
    return Effect(one, low, high)


def _cost(estimate: Estimate) -> Decimal:
    return estimate.contracted_cost
