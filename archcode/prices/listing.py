"""The prices of a type or a price file in a region, and what has none there and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.metering import price_files, price_of
from archcode.pricebook import GLOBAL
from archcode.prices.coverage import NO_REASON, applies, reason, regions_with
from archcode.prices.places import nearest
from archcode.regions import PRICED, UNPRICED, WITHOUT_FREE_TIER
from archcode.services import find, known_types

if TYPE_CHECKING:
    from archcode.pricebook import PriceBook, Tier
    from archcode.services._service import AnyService

Key = tuple[str, str]
"""A price file and a meter in it."""


class Price(Struct, frozen=True):
    """One row of the price book; the region is `global` in a free quantity of the account."""

    price_file: str
    meter: str
    region_id: str
    tier: Tier


class Unknown(Struct, frozen=True):
    """A meter without a price in a region: why, and the nearest region that has one."""

    price_file: str
    meter: str
    reason: str
    nearest_region: str


class Listing(Struct, frozen=True):
    """What a type or a price file costs in a region, and what is not known of it."""

    region_id: str
    prices: tuple[Price, ...]
    unknown: tuple[Unknown, ...]


class Cover(Struct, frozen=True):
    """How many of the meters that are used of a price file have a price in a region."""

    region_id: str
    price_file: str
    priced: int
    meters: int
    missing: tuple[str, ...]


def of_service(service: AnyService, region: str, book: PriceBook) -> Listing:
    """The prices of a type's meters, price file by price file, and of its free tiers."""
    keys = service_keys(service)
    free = [(t.price_file or service.price_file, t.meter) for t in service.free_tiers]
    return _listing(keys, free, region, book)


def of_file(file: str, region: str, book: PriceBook) -> Listing:
    """All prices of a price file, those that no service asks for among them."""
    known = {*price_files().get(file, ()), *book.prices(file, region)}
    free = [(file, meter) for meter in book.prices(file, GLOBAL)]
    return _listing(tuple((file, meter) for meter in sorted(known)), free, region, book)


def service_keys(service: AnyService) -> tuple[Key, ...]:
    """The prices that a type's meters ask for, grouped by price file."""
    keys = dict.fromkeys(price_of(service, meter) for meter in service.meters)
    files = list(dict.fromkeys(file for file, _ in keys))
    return tuple(sorted((key for key in keys if key[0]), key=lambda key: files.index(key[0])))


def _listing(keys: tuple[Key, ...], free: list[Key], region: str, book: PriceBook) -> Listing:
    prices: list[Price] = []
    unknown: list[Unknown] = []
    for file, meter in keys:
        if not applies(meter, region):
            continue
        tiers = book.prices(file, region).get(meter, ())
        prices += [Price(file, meter, region, tier) for tier in tiers]
        if not tiers:
            why = reason(file, meter, region) or NO_REASON
            near = nearest(region, regions_with(file, meter, book))
            unknown.append(Unknown(file, meter, why, near))
    for file, meter in free if region not in (*WITHOUT_FREE_TIER, *UNPRICED) else ():
        tiers = book.prices(file, GLOBAL).get(meter, ())
        prices += [Price(file, meter, GLOBAL, tier) for tier in tiers]
    return Listing(region, tuple(prices), tuple(unknown))


def covers(keys: tuple[Key, ...], book: PriceBook) -> tuple[Cover, ...]:
    """For each region and price file how many of these meters have a price."""
    files: dict[str, list[str]] = {}
    for file, meter in keys:
        files.setdefault(file, []).append(meter)
    return tuple(
        _cover(region, file, meters, book) for region in PRICED for file, meters in files.items()
    )


def _cover(region: str, file: str, meters: list[str], book: PriceBook) -> Cover:
    prices = book.prices(file, region)
    asked = [meter for meter in meters if applies(meter, region)]
    missing = tuple(meter for meter in asked if meter not in prices)
    return Cover(region, file, len(asked) - len(missing), len(asked), missing)


def all_keys() -> tuple[Key, ...]:
    """Every price that any service may ask for."""
    return tuple((file, meter) for file, meters in price_files().items() for meter in meters)


def sold(book: PriceBook) -> dict[str, tuple[str, ...]]:
    """The regions in which any meter of a type's own price file has a price, by type."""
    found: dict[str, tuple[str, ...]] = {}
    for kind in known_types():
        service = find(kind)
        keys = service_keys(service)
        own = [key for key in keys if key[0] == service.price_file] or [*keys]
        if own:
            found[kind] = tuple(
                region for region in PRICED if any(m in book.prices(f, region) for f, m in own)
            )
    return found
