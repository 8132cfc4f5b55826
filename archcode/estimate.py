"""Topology and prices to Estimate: every metered quantity becomes a charge with its arithmetic.

Tiers and free tiers count for the whole account, so the usage of all components on a meter is
priced together and each component bears every tier in proportion to its part. A quantity or a
price that is not known makes a charge without a cost, and the total becomes a lower bound.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archcode.credits import credits_of
from archcode.currency import USD, Currency
from archcode.errors import PriceMissing
from archcode.metering import (
    NOTHING,
    Metered,
    by_meter,
    metered,
    paid_tiers,
    sizes,
    used,
    used_in,
)
from archcode.model import Capacity, Charge
from archcode.units import EXACT, QUANTITY_DIGITS, exact_sum, grouped, plain, to_decimal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archcode.metering import Key
    from archcode.overlay.model import Overlay
    from archcode.pricebook import PriceBook, Tier
    from archcode.spec.ranges import End, Range
    from archcode.topology import Topology


class Estimate(Struct, frozen=True):
    """The monthly cost of a topology in US dollars, its charges and its sizes.

    `overlay` is what was agreed beside the list prices, `currency` the one to show amounts in,
    `spread` what the ranges of the spec make of the cost.
    """

    topology: Topology
    charges: tuple[Charge, ...]
    capacity: Mapping[str, tuple[Capacity, ...]]
    unused: tuple[tuple[str, str], ...] = ()
    overlay: Overlay | None = None
    currency: Currency = USD
    spread: Spread | None = None

    @property
    def list_cost(self) -> Decimal:
        """The sum of all known charges at list prices, exact."""
        return total(self.charges)

    @property
    def contracted_cost(self) -> Decimal:
        """The sum of all known charges at the agreed prices, which are else the list prices."""
        return exact_sum(charge.contracted_cost or NOTHING for charge in self.charges)

    @property
    def complete(self) -> bool:
        """False when any charge is unknown: the contracted cost is then a lower bound."""
        return all(charge.contracted_cost is not None for charge in self.charges)

    @property
    def listed(self) -> bool:
        """False when any list price is unknown: the list cost is then a lower bound."""
        return all(charge.list_cost is not None for charge in self.charges)

    def of(self, name: str) -> tuple[Charge, ...]:
        """The charges of one component."""
        return tuple(charge for charge in self.charges if charge.resource_name == name)


class Effect(Struct, frozen=True):
    """The contracted cost, in US dollars a month, at both ends of one range; others are typical."""

    range: Range
    low: Decimal
    high: Decimal

    @property
    def swing(self) -> Decimal:
        """How far apart both costs are."""
        return abs(EXACT.subtract(self.high, self.low))

    @property
    def cheaper(self) -> End:
        """The end that makes the whole cheaper."""
        return "high" if self.high < self.low else "low"

    @property
    def dearer(self) -> End:
        """The other end."""
        return "low" if self.high < self.low else "high"


class Spread(Struct, frozen=True):
    """The cheapest and the dearest estimate that the ranges of a spec lead to.

    `effects` are those of single ranges, the largest swing first. `low_ends` and `high_ends` are
    where each range is, by where it stands, when all of them together are at an end.
    """

    low: Estimate
    high: Estimate
    effects: tuple[Effect, ...]
    low_ends: Mapping[str, End]
    high_ends: Mapping[str, End]


def total(charges: Iterable[Charge]) -> Decimal:
    """The exact sum of the known list costs."""
    return exact_sum(charge.list_cost or NOTHING for charge in charges)


def price(
    topology: Topology,
    prices: PriceBook,
    *,
    free_tier: bool = True,
    overlay: Overlay | None = None,
    capacity: Mapping[str, tuple[Capacity, ...]] | None = None,
) -> Estimate:
    """Price a topology for one month, at list prices and at those of an overlay.

    `capacity` are sizes to pay for, in place of those that the traffic needs.
    """
    if capacity is None:
        capacity = sizes(topology)
    usage, unused = metered(topology, capacity)
    found = [*_charges(usage, prices)]
    if free_tier:
        found += credits_of(usage, prices)
    charges = [*_agreed(found, overlay), *_stated(usage)]
    order = {name: place for place, name in enumerate(topology.traffic)}
    charges.sort(key=lambda charge: order.get(charge.resource_name, len(order)))
    return Estimate(topology, tuple(charges), capacity, unused, overlay)


def _charges(usage: list[Metered], prices: PriceBook) -> Iterator[tuple[Key, Charge]]:
    """Every usage priced, meter by meter."""
    for key, group in by_meter(usage).items():
        try:
            tiers = paid_tiers(prices.find(*key))
        except PriceMissing as missing:
            yield from ((key, _unpriced(item, _reason(item, missing))) for item in group)
            continue
        all_used = used(group)
        for item in group:
            yield from ((key, charge) for charge in _priced(item, tiers, all_used))


def _agreed(charges: Iterable[tuple[Key, Charge]], overlay: Overlay | None) -> Iterator[Charge]:
    """The charges at the prices of an overlay, where there is one and it names them."""
    for key, charge in charges:
        term = overlay.term(*key) if overlay else None
        yield term.applied(charge) if term else charge


def _stated(usage: list[Metered]) -> Iterator[Charge]:
    """Usage whose price the author states: nothing to look up, and no tiers."""
    for item in usage:
        stated, quantity = item.usage.unit_price, item.quantity
        if stated is not None and quantity is not None:
            price = to_decimal(stated)
            words = f"{item.usage.formula} × ${plain(price)}"
            yield replace(
                _unpriced(item, ""),
                charge_description=item.meter.description,
                list_unit_price=price,
                list_cost=EXACT.multiply(price, quantity),
                contracted_unit_price=price,
                contracted_cost=EXACT.multiply(price, quantity),
                formula=words,
                price_source="stated in the spec",
            )


def _priced(item: Metered, tiers: tuple[Tier, ...], all_used: Decimal) -> Iterator[Charge]:
    """The charges of one usage: one for each tier that the account's usage reaches."""
    quantity = item.quantity
    if quantity is None:
        yield _unmeasured(item, tiers)
        return
    reached = [tier for tier in tiers if tier.start < all_used]
    left = quantity
    for tier in reversed(reached):
        amount = left
        if tier is not reached[0]:
            part = EXACT.divide(EXACT.multiply(used_in(tier, all_used), quantity), all_used)
            amount = part.quantize(QUANTITY_DIGITS, context=EXACT)
        left = EXACT.subtract(left, amount)
        yield _charge(item, tier, amount, _tier_words(tier) if len(reached) > 1 else "")


def _tier_words(tier: Tier) -> str:
    if tier.start == 0:
        return f", first {grouped(tier.end or NOTHING)}"
    if tier.end is None:
        return f", over {grouped(tier.start)}"
    return f", next {grouped(tier.end - tier.start)}"


def _charge(item: Metered, tier: Tier, amount: Decimal, words: str) -> Charge:
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
        contracted_unit_price=tier.usd,
        contracted_cost=cost,
    )


def _unpriced(item: Metered, reason: str) -> Charge:
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


def _reason(item: Metered, missing: PriceMissing) -> str:
    """Why a cost is unknown: what the author did not say comes first."""
    unsaid = item.usage.depends_on
    return f"depends on {unsaid}" if unsaid else str(missing)


def _unmeasured(item: Metered, tiers: tuple[Tier, ...]) -> Charge:
    """A charge whose quantity depends on something the spec does not say."""
    first = tiers[0]
    return replace(
        _unpriced(item, f"depends on {item.usage.depends_on}"),
        sku_id=first.sku_id,
        list_unit_price=first.usd,
        contracted_unit_price=first.usd,
        price_source=first.reference,
        price_date=first.source_date,
    )
