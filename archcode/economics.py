"""Estimate to unit costs: what a million messages, a GB and a business event cost, hop by hop.

The cost of a component is divided by the messages that it received, and that of everything by
those that entered. A cost that is not known in full stays unknown; without traffic there is none.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archcode.model import ZERO
from archcode.units import GIB, exact_sum

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archcode.estimate import Estimate
    from archcode.model import Charge, Load
    from archcode.topology import Topology
    from archcode.traffic import Traffic

MILLION = 1_000_000
NOTHING = Decimal(0)


class UnitCost(Struct, frozen=True):
    """A component, or "" for end to end, with its cost, messages, bytes and events of a month.

    `cost` is in the currency of the estimate, None where any part of it is unknown. `ends` is the
    same where the ranges of the spec make the whole cost least, and most.
    """

    name: str
    cost: Decimal | None
    messages: Fraction
    size: Fraction
    events: Mapping[str, Fraction]
    ends: tuple[UnitCost, UnitCost] | None = None

    @property
    def per_million(self) -> Fraction | None:
        """The cost of a million messages; None where it is unknown, or nothing flows."""
        return self._per(self.messages / MILLION)

    @property
    def per_gb(self) -> Fraction | None:
        """The cost of a GB of messages; None where it is unknown, or nothing flows."""
        return self._per(self.size / GIB)

    @property
    def per_event(self) -> Mapping[str, Fraction | None]:
        """The cost of each business event; None where it is unknown, or none happens."""
        return {event: self._per(number) for event, number in self.events.items()}

    def _per(self, units: Fraction) -> Fraction | None:
        return Fraction(self.cost) / units if units and self.cost is not None else None


def unit_costs(estimate: Estimate) -> Iterator[UnitCost]:
    """Each component that is charged, then everything from end to end."""
    charged = {charge.resource_name for charge in estimate.charges}
    names = [name for name in estimate.topology.traffic if name in charged]
    found, typical = estimate.spread, _unit_costs(estimate, names)
    if found is None:
        yield from typical
        return
    ends = zip(_unit_costs(found.low, names), _unit_costs(found.high, names), strict=True)
    for cost, pair in zip(typical, ends, strict=True):
        yield replace(cost, ends=pair)


def _unit_costs(estimate: Estimate, names: Iterable[str]) -> Iterator[UnitCost]:
    """These components, then everything."""
    topology, events = estimate.topology, _events(estimate.topology)
    charges: dict[str, list[Charge]] = defaultdict(list)
    for charge in estimate.charges:
        charges[charge.resource_name].append(charge)
    for name in names:
        load = _load(topology.traffic[name])
        cost = _cost(estimate, charges[name])
        yield UnitCost(name, cost, load.monthly_messages, load.monthly_bytes, events)
    cost = _cost(estimate, estimate.charges)
    yield UnitCost("", cost, *_entered(topology), events)


def _cost(estimate: Estimate, charges: Iterable[Charge]) -> Decimal | None:
    """What charges cost, None where one of them is unknown."""
    costs = [charge.contracted_cost for charge in charges]
    if None in costs:
        return None
    return estimate.currency.of(exact_sum(cost or NOTHING for cost in costs))


def _load(traffic: Traffic) -> Load:  # type: ignore[type-arg]
    """What a component received; what it made by itself where nothing comes in."""
    return traffic.received if traffic.received.messages_per_second else traffic.passed_on


def _entered(topology: Topology) -> tuple[Fraction, Fraction]:
    """Messages and bytes of a month that enter: on flows with a rate, or made by a component."""
    seconds = topology.hours_per_month * 3600
    stated = [hop.handed for hop in topology.hops if hop.stated]
    made = topology.spec.productions().values()
    messages = sum((one.messages_per_second for one in made), ZERO) * seconds
    size = sum((one.messages_per_second * one.message_size_bytes for one in made), ZERO) * seconds
    return (
        messages + sum((load.monthly_messages for load in stated), ZERO),
        size + sum((load.monthly_bytes for load in stated), ZERO),
    )


def _events(topology: Topology) -> Mapping[str, Fraction]:
    """How often each business event happens in a month: the messages of the flows that name it."""
    found: dict[str, Fraction] = defaultdict(Fraction)
    for hop in topology.hops:
        if hop.options.business_event:
            found[hop.options.business_event] += hop.handed.monthly_messages
    return dict(found)
