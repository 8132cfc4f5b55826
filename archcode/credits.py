"""What the free tiers of an account take off, each on a line of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.metering import ACCOUNT, NOTHING, by_meter, paid_tiers, used, used_in
from archcode.model import Charge
from archcode.pricebook import GLOBAL
from archcode.regions import WITHOUT_FREE_TIER
from archcode.services._transfer import FREE_TIER as TRANSFER_FREE_TIER
from archcode.units import EXACT, grouped, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from archcode.metering import Groups, Key, Metered
    from archcode.pricebook import PriceBook, Tier
    from archcode.services._service import FreeTier


def credits_of(metered: list[Metered], prices: PriceBook) -> Iterator[tuple[Key, Charge]]:
    """The credits of leading tiers at price 0, then those of account-wide allowances."""
    groups = by_meter(metered)
    for key, group in groups.items():
        service, meter, region = key
        tiers = prices.prices(service, region).get(meter, ())
        if len(tiers) > 1 and tiers[0].usd == 0 and tiers[0].end is not None:
            free, all_used = tiers[0], used(group)
            amount = min(tiers[0].end, all_used)
            for credit in _credit(group[0], free, paid_tiers(tiers), amount, all_used):
                yield key, credit
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
    file: str, allowance: FreeTier, groups: Groups, prices: PriceBook
) -> Iterator[tuple[Key, Charge]]:
    """One allowance spread over its meters in the order they are listed, and over regions."""
    rows = prices.prices(file, GLOBAL).get(allowance.meter)
    left = rows[0].end if rows else None
    for name in allowance.covers:
        for key, group in [(k, g) for k, g in groups.items() if _is_of(g[0], file, name)]:
            tiers = prices.prices(file, key[2]).get(key[1])
            if tiers is None or not left or not rows:
                continue
            all_used = used(group)
            amount = min(left, all_used)
            left -= amount
            for credit in _credit(group[0], rows[0], tiers, amount, all_used):
                yield key, credit


def _is_of(item: Metered, file: str, meter: str) -> bool:
    return item.key[0] == file and item.usage.meter == meter


def _credit(
    item: Metered, free: Tier, tiers: tuple[Tier, ...], amount: Decimal, all_used: Decimal
) -> Iterator[Charge]:
    """A free quantity taken off the last tiers that the usage reaches."""
    for tier in reversed(tiers):
        part = min(amount, used_in(tier, all_used))
        if part == 0:
            continue
        amount -= part
        words = f"first {grouped(free.end or NOTHING)} {item.meter.pricing_unit} a month are free"
        cost = EXACT.multiply(-part, tier.usd)
        yield Charge(
            resource_name=ACCOUNT,
            resource_type=item.service.resource_type,
            region_id=item.region,
            charge_description=f"Free tier: {item.meter.description}",
            sku_id=free.sku_id,
            pricing_quantity=-part,
            pricing_unit=item.meter.pricing_unit,
            list_unit_price=tier.usd,
            list_cost=cost,
            charge_frequency="Usage-Based",
            formula=f"{words} → −{grouped(part)} × ${plain(tier.usd)}",
            price_source=free.reference,
            price_date=free.source_date,
            contracted_unit_price=tier.usd,
            contracted_cost=cost,
        )
