"""The prices of one region anew: every meter of the book finds its product, or is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.offers.match import matched, pattern
from archcode.pricebook import GLOBAL, Tier, flaw
from archcode.units import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archcode.offers.match import Match
    from archcode.offers.model import Head, Offer, Product, Wanted
    from archcode.pricebook import Prices

_SKU = re.compile(r"[A-Z0-9]{16}")
_DROP = "--allow-missing drops it"
ACCOUNT_REGION = "us-east-1"
"""The region whose file is read for what holds in the whole account; every file repeats it."""


class Catalogue(Struct, frozen=True):
    """Where the prices of a price file are in AWS's list: the offer, and a filter for a meter.

    A meter without a filter is found by the SKUs in its rate codes, which AWS keeps.
    """

    offer: str
    matches: tuple[Match, ...] = ()

    def wanted(self, units: Mapping[str, str], *parts: Prices) -> Wanted:
        """Which products may be meters of the book; `units` has those of all that it knows."""
        known = {sku for prices in parts for tiers in prices.values() for sku in _skus(tiers)}
        patterns = {pattern(match.usage_type, match.account_wide) for match in self.matches}
        return _Wanted(self, frozenset(known), frozenset(patterns), units)

    def covers(self, meter: str) -> bool:
        """Whether a filter is for this meter."""
        return any(match.covers(meter) for match in self.matches)

    def unit(self, meter: str) -> str:
        """The unit of a meter that may be new to the book, or an empty text."""
        return next((match.unit for match in self.matches if match.covers(meter)), "")


class _Wanted(Struct, frozen=True):
    """The products that rate codes name, and those that filters find for meters of the book."""

    catalogue: Catalogue
    skus: frozenset[str]
    patterns: frozenset[re.Pattern[str]]
    units: Mapping[str, str]

    def perhaps(self, sku: str, usage_type: str) -> bool:
        """Whether the SKU is known or the usage type that of a filter."""
        return sku in self.skus or any(p.fullmatch(usage_type) for p in self.patterns)

    def surely(self, product: Product) -> bool:
        """Whether the product is known or that of a meter."""
        meters = (match.meter_of(product) for match in self.catalogue.matches)
        return product.sku in self.skus or any(
            meter and (meter in self.units or self.catalogue.unit(meter)) for meter in meters
        )


class Refusal(Struct, frozen=True):
    """Why a meter's price in a region cannot be taken from the list."""

    rule: str
    meter: str
    region: str
    message: str
    hint: str = ""


class Refreshed(Struct, frozen=True):
    """The new prices of a region, the meters refused, and those that the list does not have."""

    prices: Prices
    refusals: tuple[Refusal, ...]
    kept: tuple[str, ...]


class _Asked(Struct, frozen=True):
    """A meter in a region: what the book has of it, and which products may be it."""

    meter: str
    region: str
    unit: str
    before: tuple[Tier, ...]
    by_filter: Sequence[Product]
    by_sku: Sequence[Product]

    @property
    def chosen(self) -> Sequence[Product]:
        """The products that the filter finds, else those that the book names."""
        return self.by_filter or self.by_sku

    @property
    def rivals(self) -> Sequence[Product]:
        """All products that claim the meter.

        A filter that finds what the book names is right, whatever else the book names.
        """
        agreed = {p.sku for p in self.by_filter} & {p.sku for p in self.by_sku}
        return self.chosen if agreed else [*self.by_filter, *self.by_sku]

    @property
    def confidence(self) -> str:
        """A filter names the product; a SKU only finds again what was named before."""
        return "high" if self.by_filter else self.before[0].confidence


def refresh(
    catalogue: Catalogue, offer: Offer, region: str, old: Prices, units: Mapping[str, str]
) -> Refreshed:
    """Find the products of a region's meters; `units` has those of all meters in the book."""
    products = {product.sku: product for product in offer.products}
    found = matched(offer.products, catalogue.matches, catalogue.offer, region)
    new: Prices = {}
    refusals: list[Refusal] = []
    kept: list[str] = []
    for meter in sorted({*old, *found}):
        before = old.get(meter, ())
        named = [products[sku] for sku in _skus(before) if sku in products]
        unit = units.get(meter) or catalogue.unit(meter)
        if before and not _skus(before) and not catalogue.covers(meter):
            new[meter] = before
            kept.append(meter)
        elif unit:
            asked = _Asked(meter, region, unit, before, found.get(meter, ()), named)
            answer = _answer(asked, offer.head)
            if isinstance(answer, Refusal):
                refusals.append(answer)
            else:
                new[meter] = answer
    return Refreshed(new, tuple(refusals), tuple(kept))


def gone(old: Prices, region: str, offer: str) -> tuple[Refusal, ...]:
    """The refusals of all meters of a region that the list does not have at all."""
    message = f"is not in AWS's list: {offer} has no file for the region"
    return tuple(Refusal("price_missing", meter, region, message, _DROP) for meter in sorted(old))


def _answer(asked: _Asked, head: Head) -> tuple[Tier, ...] | Refusal:
    """The tiers of a meter, or why there are none."""
    if not asked.chosen:
        return _refused(asked, "price_missing", "has no price in AWS's list any more")
    if len({_shape(product) for product in asked.rivals}) > 1:
        return _ambiguous(asked)
    tiers = _tiers(asked, head)
    wrong = flaw(tiers, endless=asked.region != GLOBAL)
    if asked.region == GLOBAL and any(tier.end is None for tier in tiers):
        wrong = "the free quantity has no end"
    if wrong:
        sku = asked.chosen[0].sku
        return _refused(asked, "broken_tiers", f"has tiers that do not add up in {sku}: {wrong}")
    if any(tier.usd for tier in asked.before) and not any(tier.usd for tier in tiers):
        message = f"is listed at 0 in {asked.chosen[0].sku}, which stands for no price"
        return _refused(asked, "price_missing", message)
    return tiers


def _ambiguous(asked: _Asked) -> Refusal:
    first = asked.rivals[0]
    other = next(p for p in asked.rivals if _shape(p) != _shape(first))
    each = " and ".join(f"{p.sku} ({_first_price(p)})" for p in (first, other))
    hint = "nothing tells them apart; --service with the others' names refreshes those"
    return Refusal("ambiguous_price", asked.meter, asked.region, f"may be either of {each}", hint)


def _refused(asked: _Asked, rule: str, message: str) -> Refusal:
    hint = _DROP if rule == "price_missing" else ""
    return Refusal(rule, asked.meter, asked.region, message, hint)


def _tiers(asked: _Asked, head: Head) -> tuple[Tier, ...]:
    """The rates of the chosen product as rows of the book."""
    skus = sorted({product.sku for product in asked.chosen})
    several = f"one_of[{'|'.join(skus)}]" if len(skus) > 1 else ""
    source = head.address(ACCOUNT_REGION if asked.region == GLOBAL else asked.region)
    return tuple(
        Tier(
            start=rate.start,
            end=rate.end,
            usd=rate.usd,
            unit=asked.unit,
            rate_code=several or rate.code,
            source=source,
            source_date=head.date,
            confidence=asked.confidence,
        )
        for rate in asked.chosen[0].rates
    )


def _shape(product: Product) -> tuple[tuple[object, ...], ...]:
    """What two products must share to be one price."""
    return tuple((rate.start, rate.end, rate.usd) for rate in product.rates)


def _first_price(product: Product) -> str:
    usage = product.attributes.get("usagetype", "no usage type")
    prices = ", ".join(plain(rate.usd) for rate in product.rates)
    return f"{usage} at {prices}"


def _skus(tiers: Iterable[Tier]) -> tuple[str, ...]:
    """The products that rate codes name, one for each of several."""
    parts = [part for tier in tiers for part in tier.sku_id.split("|")]
    return tuple(dict.fromkeys(part for part in parts if _SKU.fullmatch(part)))
