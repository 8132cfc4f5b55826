"""Metered usage on its way to a price, and how tiers and regions group it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from archcode.services import find, known_types
from archcode.services._shared_meters import KMS
from archcode.services._transfer import METERS, WITHOUT_PRICE
from archcode.units import EXACT, exact_sum, to_decimal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archcode.model import Meter, Usage
    from archcode.pricebook import Tier
    from archcode.services._service import AnyService

ACCOUNT = "(account)"
"""The resource name of charges and credits that no single component causes."""
NOTHING = Decimal(0)

_EVERYWHERE = {meter.name: meter for meter in (*METERS, *WITHOUT_PRICE)}

Key = tuple[str, str, str]
"""A price file, a meter in it, and a region."""


@dataclass(frozen=True, slots=True)
class Metered:
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
