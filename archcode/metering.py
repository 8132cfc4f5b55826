"""Metered usage on its way to a price, and how tiers and regions group it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from archcode.model import Usage
from archcode.services import find, known_types
from archcode.services._shared_meters import KMS, keys
from archcode.services._transfer import METERS, WITHOUT_PRICE
from archcode.services._transfer import usage as transfer
from archcode.units import EXACT, exact_sum, grouped, to_decimal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from fractions import Fraction

    from archcode.model import Capacity, Meter
    from archcode.pricebook import Tier
    from archcode.services._service import AnyService
    from archcode.topology import Topology
    from archcode.traffic import Traffic

ACCOUNT = "(account)"
"""The resource name of charges and credits that no single component causes."""
NOTHING = Decimal(0)

_EVERYWHERE = {meter.name: meter for meter in (*METERS, *WITHOUT_PRICE)}

Key = tuple[str, str, str]
"""A price file, a meter in it, and a region."""


class Metered(Struct, frozen=True):
    """One usage of one component (or of the account), on its way to a price."""

    name: str
    service: AnyService
    usage: Usage
    region: str

    @property
    def quantity(self) -> Decimal | None:
        """The metered quantity as a decimal; None where it is not known."""
        quantity = self.usage.quantity
        return None if quantity is None else to_decimal(quantity)

    @property
    def meter(self) -> Meter:
        """The meter that counts it."""
        name = self.usage.meter
        return _EVERYWHERE.get(name) or self.service.meter(name)

    @property
    def key(self) -> Key:
        """The price file, the meter in it, and the region."""
        return (*price_of(self.service, self.meter), self.region)


def sizes(topology: Topology) -> dict[str, tuple[Capacity, ...]]:
    """The sizes that the traffic needs, by component."""
    return {
        name: tuple(topology.service(name).capacity(traffic))
        for name, traffic in topology.traffic.items()
    }


def metered(
    topology: Topology, capacity: Mapping[str, tuple[Capacity, ...]]
) -> tuple[list[Metered], tuple[tuple[str, str], ...]]:
    """All usage, with what the author measured in place of what was derived.

    Beside it the component and key of each measured quantity that nothing meters.
    """
    found: list[Metered] = []
    unused: list[tuple[str, str]] = []
    together: dict[tuple[str, str, str], list[Traffic[Any]]] = defaultdict(list)
    for name, traffic in topology.traffic.items():
        service = topology.service(name)
        together[service.type, traffic.account, traffic.region].append(traffic)
        measured = dict(topology.spec.components[name].usage)
        derived = service.usage(traffic, capacity[name])
        if not traffic.settings.outside:
            derived = chain(derived, transfer(service, traffic))
        usages = _measured(derived, measured)
        found += [Metered(name, service, usage, traffic.region) for usage in usages]
        for key in [k for k in measured if k in service.extra_usage]:
            words = f"{grouped(measured[key])} stated under usage"
            usage = Usage(key, service.extra_usage[key], measured.pop(key), words)
            found.append(Metered(name, service, usage, traffic.region))
        unused += [(name, key) for key in measured]
    found += _keys(topology)
    for (kind, _, region), components in together.items():
        shared = find(kind).shared_usage(tuple(components))
        found += [Metered(ACCOUNT, find(kind), usage, region) for usage in shared]
    return found, tuple(unused)


def _keys(topology: Topology) -> Iterator[Metered]:
    """The keys that components name, each paid for once in an account and region."""
    together: dict[tuple[str, str], list[Traffic[Any]]] = defaultdict(list)
    for traffic in topology.traffic.values():
        together[traffic.account, traffic.region].append(traffic)
    for (_, region), components in together.items():
        usage = keys(components)
        if usage is not None:
            yield Metered(ACCOUNT, KMS, usage, region)


def _measured(usages: Iterable[Usage], measured: dict[str, Fraction]) -> Iterator[Usage]:
    """Usage with stated quantities; a stated one replaces all derived ones of its key."""
    replaced: set[str] = set()
    for usage in usages:
        if usage.key in measured:
            replaced.add(usage.key)
            quantity = measured.pop(usage.key)
            words = f"{grouped(quantity)} stated under usage"
            yield replace(usage, quantity=quantity, formula=words, depends_on="")
        elif usage.key not in replaced:
            yield usage


def price_of(service: AnyService, meter: Meter) -> tuple[str, str]:
    """The price file of a service's meter, and its name there."""
    return meter.price_file or service.price_file, meter.dimension or meter.name


@cache
def price_files() -> dict[str, tuple[str, ...]]:
    """Every price file that a service is charged by, with the meters that are used of it."""
    found: dict[str, set[str]] = {}
    services = [KMS, *(find(kind) for kind in known_types())]
    keys = [price_of(service, meter) for service in services for meter in service.meters]
    for file, meter in (*keys, *((m.price_file, m.name) for m in METERS)):
        if file:
            found.setdefault(file, set()).add(meter)
    return {file: tuple(sorted(meters)) for file, meters in sorted(found.items())}


Groups = dict[Key, list[Metered]]


def by_meter(metered: Iterable[Metered]) -> Groups:
    """Usage that is priced together: of one meter, in one region."""
    groups: Groups = defaultdict(list)
    for item in metered:
        if item.usage.quantity != 0 and item.usage.unit_price is None:
            groups[item.key].append(item)
    return groups


def used(group: Iterable[Metered]) -> Decimal:
    """What all of them use together, as far as it is known."""
    return exact_sum(item.quantity or NOTHING for item in group)


def paid_tiers(tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
    """Tiers at list price: a free first tier takes the price of the next, and is credited."""
    first, *rest = tiers
    if first.usd or not rest:
        return tiers
    return (replace(rest[0], start=first.start), *rest[1:])


def used_in(tier: Tier, quantity: Decimal) -> Decimal:
    """How much of a monthly quantity falls into a tier."""
    top = quantity if tier.end is None else min(quantity, tier.end)
    return max(EXACT.subtract(top, tier.start), NOTHING)
