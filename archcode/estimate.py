"""Topology and prices to Estimate: every metered quantity becomes a charge with its arithmetic.

Tiers and free tiers count for the whole account, so the usage of all components on a meter is
priced together and each component bears every tier in proportion to its part. A quantity or a
price that is not known makes a charge without a cost, and the total becomes a lower bound.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any

from archcode.errors import PriceMissing
from archcode.model import Capacity, Charge, Meter, Usage
from archcode.pricebook import GLOBAL
from archcode.regions import WITHOUT_FREE_TIER
from archcode.services import find
from archcode.services._shared_meters import KMS, keys
from archcode.services._transfer import FREE_TIER as TRANSFER_FREE_TIER
from archcode.services._transfer import METERS
from archcode.services._transfer import usage as transfer
from archcode.units import EXACT, QUANTITY_DIGITS, grouped, plain, to_decimal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from fractions import Fraction

    from archcode.pricebook import PriceBook, Tier
    from archcode.services._service import AnyService, FreeTier
    from archcode.topology import Topology
    from archcode.traffic import Traffic

ACCOUNT = "(account)"
"""The resource name of charges and credits that no single component causes."""
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Estimate:
    """The monthly list cost of a topology, its charges and its sizes."""

    topology: Topology
    charges: tuple[Charge, ...]
    capacity: Mapping[str, tuple[Capacity, ...]]
    unused: tuple[tuple[str, str], ...] = ()
    billing_currency: str = "USD"

    @property
    def list_cost(self) -> Decimal:
        """The sum of all known charges, exact."""
        return total(self.charges)

    @property
    def complete(self) -> bool:
        """False when any charge is unknown: the list cost is then a lower bound."""
        return all(charge.list_cost is not None for charge in self.charges)

    def of(self, name: str) -> tuple[Charge, ...]:
        """The charges of one component."""
        return tuple(charge for charge in self.charges if charge.resource_name == name)


def total(charges: Iterable[Charge]) -> Decimal:
    """The exact sum of the known costs."""
    cost = NOTHING
    for charge in charges:
        cost = EXACT.add(cost, charge.list_cost or NOTHING)
    return cost


@dataclass(frozen=True, slots=True)
class _Metered:
    """One usage of one component (or of the account), on its way to a price."""

    name: str
    service: AnyService
    usage: Usage
    region: str

    @property
    def quantity(self) -> Decimal | None:
        quantity = self.usage.quantity
        return None if quantity is None else to_decimal(quantity)

    @property
    def meter(self) -> Meter:
        name = self.usage.meter
        return next((m for m in METERS if m.name == name), None) or self.service.meter(name)

    @property
    def key(self) -> tuple[str, str, str]:
        """The price file, the meter in it, and the region."""
        meter = self.meter
        file = meter.price_file or self.service.price_file
        return file, meter.dimension or meter.name, self.region


def price(topology: Topology, prices: PriceBook, *, free_tier: bool = True) -> Estimate:
    """Price a topology for one month."""
    capacity = {
        name: tuple(topology.service(name).capacity(traffic))
        for name, traffic in topology.traffic.items()
    }
    metered, unused = _metered(topology, capacity)
    charges = [*_charges(metered, prices), *_stated(metered)]
    if free_tier:
        charges += _credits(metered, prices)
    order = {name: place for place, name in enumerate(topology.traffic)}
    charges.sort(key=lambda charge: order.get(charge.resource_name, len(order)))
    return Estimate(topology, tuple(charges), capacity, unused)


def _metered(
    topology: Topology, capacity: Mapping[str, tuple[Capacity, ...]]
) -> tuple[list[_Metered], tuple[tuple[str, str], ...]]:
    """All usage, with what the author measured in place of what was derived."""
    metered: list[_Metered] = []
    unused: list[tuple[str, str]] = []
    by_type: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, traffic in topology.traffic.items():
        service = topology.service(name)
        by_type[service.type, traffic.region].append(name)
        measured = dict(topology.spec.components[name].usage)
        derived = service.usage(traffic, capacity[name])
        if not traffic.settings.outside:
            derived = chain(derived, transfer(service, traffic))
        usages = _measured(derived, measured)
        metered += [_Metered(name, service, usage, traffic.region) for usage in usages]
        for key in [k for k in measured if k in service.extra_usage]:
            words = f"{grouped(measured[key])} stated under usage"
            usage = Usage(key, service.extra_usage[key], measured.pop(key), words)
            metered.append(_Metered(name, service, usage, traffic.region))
        unused += [(name, key) for key in measured]
    metered += _keys(topology)
    for (kind, region), names in by_type.items():
        shared = find(kind).shared_usage(tuple(topology.traffic[name] for name in names))
        metered += [_Metered(ACCOUNT, find(kind), usage, region) for usage in shared]
    return metered, tuple(unused)


def _keys(topology: Topology) -> Iterator[_Metered]:
    """The keys that components name, each paid for once."""
    regions: dict[str, list[Traffic[Any]]] = defaultdict(list)
    for traffic in topology.traffic.values():
        regions[traffic.region].append(traffic)
    for region, components in regions.items():
        usage = keys(components)
        if usage is not None:
            yield _Metered(ACCOUNT, KMS, usage, region)


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


def _charges(metered: list[_Metered], prices: PriceBook) -> Iterator[Charge]:
    """Every usage priced, meter by meter."""
    for (service, meter, region), group in _by_meter(metered).items():
        try:
            tiers = paid_tiers(prices.find(service, meter, region))
        except PriceMissing as missing:
            yield from (_unpriced(item, _reason(item, missing)) for item in group)
            continue
        used = sum((item.quantity or NOTHING for item in group), NOTHING)
        for item in group:
            yield from _priced(item, tiers, used)


def _stated(metered: list[_Metered]) -> Iterator[Charge]:
    """Usage whose price the author states: nothing to look up, and no tiers."""
    for item in metered:
        price, quantity = item.usage.unit_price, item.quantity
        if price is not None and quantity is not None:
            words = f"{item.usage.formula} × ${plain(price)}"
            yield replace(
                _unpriced(item, ""),
                charge_description=item.meter.description,
                list_unit_price=price,
                list_cost=EXACT.multiply(price, quantity),
                formula=words,
                price_source="stated in the spec",
            )


_Groups = dict[tuple[str, str, str], list[_Metered]]


def _by_meter(metered: list[_Metered]) -> _Groups:
    """Usage that is priced together: of one meter, in one region."""
    groups: _Groups = defaultdict(list)
    for item in metered:
        if item.usage.quantity != 0 and item.usage.unit_price is None:
            groups[item.key].append(item)
    return groups


def paid_tiers(tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
    """Tiers at list price: a free first tier takes the price of the next, and is credited."""
    first, *rest = tiers
    if first.usd or not rest:
        return tiers
    return (replace(rest[0], start=first.start), *rest[1:])


def _priced(item: _Metered, tiers: tuple[Tier, ...], used: Decimal) -> Iterator[Charge]:
    """The charges of one usage: one for each tier that the account's usage reaches."""
    quantity = item.quantity
    if quantity is None:
        yield _unmeasured(item, tiers)
        return
    reached = [tier for tier in tiers if tier.start < used]
    left = quantity
    for tier in reversed(reached):
        amount = left
        if tier is not reached[0]:
            part = EXACT.divide(EXACT.multiply(used_in(tier, used), quantity), used)
            amount = part.quantize(QUANTITY_DIGITS, context=EXACT)
        left = EXACT.subtract(left, amount)
        yield _charge(item, tier, amount, _tier_words(tier) if len(reached) > 1 else "")


def used_in(tier: Tier, used: Decimal) -> Decimal:
    """How much of a monthly quantity falls into a tier."""
    top = used if tier.end is None else min(used, tier.end)
    return max(EXACT.subtract(top, tier.start), NOTHING)


def _tier_words(tier: Tier) -> str:
    if tier.start == 0:
        return f", first {grouped(tier.end or NOTHING)}"
    if tier.end is None:
        return f", over {grouped(tier.start)}"
    return f", next {grouped(tier.end - tier.start)}"


def _charge(item: _Metered, tier: Tier, amount: Decimal, words: str) -> Charge:
    meter = item.meter
    free = f" ({meter.free_because})" if tier.usd == 0 and meter.free_because else ""
    cost = EXACT.multiply(amount, tier.usd)
    priced = f"{grouped(amount)} {meter.pricing_unit} × ${plain(tier.usd)}"
    return Charge(
        resource_name=item.name,
        resource_type=item.service.resource_type,
        region_id=item.region,
        charge_description=f"{meter.description}{words}{free}",
        sku_id=tier.sku_id,
        pricing_quantity=amount.normalize(EXACT),
        pricing_unit=meter.pricing_unit,
        list_unit_price=tier.usd,
        list_cost=cost,
        charge_frequency=meter.charge_frequency,
        formula=f"{item.usage.formula} → {priced}",
        price_source=tier.reference,
        price_date=tier.source_date,
    )


def _unpriced(item: _Metered, reason: str) -> Charge:
    """A charge whose price is unknown."""
    return Charge(
        resource_name=item.name,
        resource_type=item.service.resource_type,
        region_id=item.region,
        charge_description=f"{item.meter.description} (unknown: {reason})",
        sku_id="",
        pricing_quantity=item.quantity,
        pricing_unit=item.meter.pricing_unit,
        list_unit_price=None,
        list_cost=None,
        charge_frequency=item.meter.charge_frequency,
        formula=item.usage.formula,
        price_source="",
        price_date="",
    )


def _reason(item: _Metered, missing: PriceMissing) -> str:
    """Why a cost is unknown: what the author did not say comes first."""
    unsaid = item.usage.depends_on
    return f"depends on {unsaid}" if unsaid else str(missing)


def _unmeasured(item: _Metered, tiers: tuple[Tier, ...]) -> Charge:
    """A charge whose quantity depends on something the spec does not say."""
    first = tiers[0]
    return replace(
        _unpriced(item, f"depends on {item.usage.depends_on}"),
        sku_id=first.sku_id,
        list_unit_price=first.usd,
        price_source=first.reference,
        price_date=first.source_date,
    )


def _credits(metered: list[_Metered], prices: PriceBook) -> Iterator[Charge]:
    """What the free tiers take off, each on a line of its own."""
    groups = _by_meter(metered)
    for (service, meter, region), group in groups.items():
        tiers = prices.prices(service, region).get(meter, ())
        if len(tiers) > 1 and tiers[0].usd == 0 and tiers[0].end is not None:
            free, used = tiers[0], _used(group)
            yield from _credit(group[0], free, paid_tiers(tiers), min(tiers[0].end, used), used)
    if any(item.region in WITHOUT_FREE_TIER for item in metered):
        return
    allowances = {
        (tier.price_file or item.service.price_file, tier.meter): tier
        for item in metered
        for tier in item.service.free_tiers
    }
    allowances[TRANSFER_FREE_TIER.price_file, TRANSFER_FREE_TIER.meter] = TRANSFER_FREE_TIER
    for (file, _), allowance in allowances.items():
        yield from _account_credit(file, allowance, groups, prices)


def _account_credit(
    file: str, allowance: FreeTier, groups: _Groups, prices: PriceBook
) -> Iterator[Charge]:
    """One allowance spread over its meters in the order they are listed, and over regions."""
    rows = prices.prices(file, GLOBAL).get(allowance.meter)
    left = rows[0].end if rows else None
    for name in allowance.covers:
        for group in [g for g in groups.values() if _is_of(g[0], file, name)]:
            tiers = prices.prices(file, group[0].region).get(group[0].key[1])
            if tiers is None or not left or not rows:
                continue
            used = _used(group)
            amount = min(left, used)
            left -= amount
            yield from _credit(group[0], rows[0], tiers, amount, used)


def _is_of(item: _Metered, file: str, meter: str) -> bool:
    return item.key[0] == file and item.usage.meter == meter


def _used(group: list[_Metered]) -> Decimal:
    return sum((item.quantity or NOTHING for item in group), NOTHING)


def _credit(
    item: _Metered, free: Tier, tiers: tuple[Tier, ...], amount: Decimal, used: Decimal
) -> Iterator[Charge]:
    """A free quantity taken off the last tiers that the usage reaches."""
    for tier in reversed(tiers):
        part = min(amount, used_in(tier, used))
        if part == 0:
            continue
        amount -= part
        words = f"first {grouped(free.end or NOTHING)} {item.meter.pricing_unit} a month are free"
        yield Charge(
            resource_name=ACCOUNT,
            resource_type=item.service.resource_type,
            region_id=item.region,
            charge_description=f"Free tier: {item.meter.description}",
            sku_id=free.sku_id,
            pricing_quantity=-part,
            pricing_unit=item.meter.pricing_unit,
            list_unit_price=tier.usd,
            list_cost=EXACT.multiply(-part, tier.usd),
            charge_frequency="Usage-Based",
            formula=f"{words} → −{grouped(part)} × ${plain(tier.usd)}",
            price_source=free.reference,
            price_date=free.source_date,
        )
