"""Options at both ends of what the ranges of a spec make of today's cost.

All options meet the same circumstances: those that make the spec as it is cheapest, and dearest.
Each is sized anew for them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archcode.compare.channel import channel_of
from archcode.compare.consumers import loads_of
from archcode.compare.kinds import KINDS, built
from archcode.errors import SpecError
from archcode.sensitivity import SIDES, corner, spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archcode.compare.option import Option
    from archcode.compare.sizing import Basis
    from archcode.estimate import Estimate, Spread
    from archcode.spec.model import Spec
    from archcode.topology import Topology

_KINDS = {kind.name: kind for kind in KINDS}


class Carried(Struct, frozen=True):
    """The channel that options carry, for so many consumers if that is stated."""

    channel: str
    consumers: int = 0


def at_both_ends(
    spec: Spec, options: Iterable[Option], basis: Basis, carried: Carried | None = None
) -> list[Option]:
    """The options with what they cost at both ends; as they are where the spec has no ranges.

    Raises SpecError where the traffic cannot be told at one of the ends.
    """
    if not spec.ranges:
        return [*options]

    found = spread_of(spec, basis, carried)
    low, high = (
        Circumstance(spec, partial(corner, found=found, side=side), basis, carried)
        for side in SIDES
    )
    return [replace(o, ends=(low.estimate(o), high.estimate(o))) for o in options]


def spread_of(spec: Spec, basis: Basis, carried: Carried | None) -> Spread:
    """What the ranges of a spec make of its cost as it is, with the consumers that are asked for.

    Raises SpecError where the traffic cannot be told at one of the ends.
    """

    def priced(changed: Spec) -> Estimate:
        return basis.priced(_loaded(changed, basis, carried))

    return spread(spec, priced(spec), priced)


def _loaded(spec: Spec, basis: Basis, carried: Carried | None) -> Topology:
    if carried is None:
        return basis.loaded(spec)
    return loads_of(spec, carried.channel, carried.consumers, basis)


class Circumstance:
    """A spec and its alternatives with changed quantities, where every option is priced anew.

    `change` makes a changed spec of one of them. Raises SpecError where the traffic of the spec
    cannot be told.
    """

    def __init__(
        self,
        spec: Spec,
        change: Callable[[Spec], Spec],
        basis: Basis,
        carried: Carried | None,
    ) -> None:
        self._change, self._basis = change, basis
        self._alternatives = {made.name: made.spec for made in spec.alternatives}
        self._topology = _loaded(change(spec), basis, carried)
        self._channel = channel_of(self._topology, carried.channel) if carried else None

    def estimate(self, option: Option) -> Estimate | None:
        """What an option costs here; None where the language does not allow it."""
        try:
            topology = self._carry(option)
        except SpecError:
            return None
        return self._basis.priced(topology)

    def _carry(self, option: Option) -> Topology:
        if option.current:
            return self._topology
        # An alternative may be called like a service: what it was made of tells them apart.
        made = self._alternatives.get(option.name)
        if made is not None and option.spec is made:
            return self._basis.loaded(self._change(made))
        kind = _KINDS.get(option.name)
        if self._channel is None or kind is None:
            raise SpecError(())
        return built(kind, self._channel, self._basis)[1]
