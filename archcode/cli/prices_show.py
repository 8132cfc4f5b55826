"""`archcode prices show`: what a type costs in a region, row by row, and what is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from archcode.cli import _io, _tables
from archcode.cli._options import Prices
from archcode.cli._tables import Layout, LayoutOption

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.prices.listing import Listing, Price

_HEAD = ("PRICE FILE", "METER", "REGION", "UNIT", "FROM", "TO", "USD", "RATE CODE", "DATE")
_NUMBERS = (4, 5, 6)


def show(
    type: Annotated[
        str, typer.Argument(metavar="TYPE", help="Such as sqs.queue; or a price file, such as kms.")
    ],
    region: Annotated[str, typer.Option("--region", metavar="REGION", help="Where.")] = "us-east-1",
    sources: Annotated[bool, typer.Option("--sources", help="Show sources, too.")] = False,
    format: LayoutOption = Layout.TABLE,
    prices: Prices = None,
) -> None:
    """Show every price that a type is charged by in a region, its free tiers, and what is unknown.

    Examples:

      archcode prices show sqs.queue

      archcode prices show kinesis.stream --region eu-central-1 --sources

      archcode prices show lambda.function --format csv

      archcode prices show data_transfer
    """
    from archcode.prices.listing import of_file, of_service

    target, place, book = _tables.named(type), _io.region_of(region), _io.price_book(prices)
    if isinstance(target, str):
        found = of_file(target, place, book)
    elif format is Layout.TABLE and _tables.unpriced(target):
        _io.say(_tables.unpriced(target))
        return
    else:
        found = of_service(target, place, book)
    if format is Layout.JSON:
        _tables.say_json(_document(found))
    elif format is Layout.CSV:
        _say_csv(found)
    else:
        _say(found, sources=sources)


def _say(found: Listing, *, sources: bool) -> None:
    if found.prices:
        head = (*_HEAD, "SOURCE") if sources else _HEAD
        _tables.say_table(head, _rows(found, sources=sources), _NUMBERS)
    if found.unknown:
        _io.say(f"{chr(10) if found.prices else ''}Unknown in {found.region_id}\n")
        rows = [
            (u.price_file, u.meter, u.nearest_region or "none", u.reason) for u in found.unknown
        ]
        _tables.say_table(("PRICE FILE", "METER", "NEAREST WITH IT", "WHY"), rows)


def _rows(found: Listing, *, sources: bool) -> Iterator[tuple[str, ...]]:
    from archcode.units import grouped, plain

    for price in found.prices:
        tier = price.tier
        end = "and over" if tier.end is None else grouped(tier.end)
        what = (price.price_file, price.meter, price.region_id, tier.unit)
        numbers = (grouped(tier.start), end, plain(tier.usd))
        origin = (tier.rate_code, tier.source_date, tier.source)
        yield (*what, *numbers, *(origin if sources else origin[:2]))


def _fields(price: Price) -> dict[str, str | None]:
    """A row of the price book under the names of its columns."""
    from archcode.units import plain

    tier = price.tier
    return {
        "price_file": price.price_file,
        "meter": price.meter,
        "region_id": price.region_id,
        "unit": tier.unit,
        "tier_from": plain(tier.start),
        "tier_to": None if tier.end is None else plain(tier.end),
        "usd": plain(tier.usd),
        "rate_code": tier.rate_code,
        "source": tier.source,
        "source_date": tier.source_date,
        "confidence": tier.confidence,
    }


def _document(found: Listing) -> dict[str, object]:
    from msgspec.structs import asdict

    return {
        "region_id": found.region_id,
        "prices": [_fields(price) for price in found.prices],
        "unknown": [asdict(unknown) for unknown in found.unknown],
    }


def _say_csv(found: Listing) -> None:
    """Known rows, then unknown meters with an empty price and the reason."""
    rows = [[*map(_cell, _fields(price).values()), "", ""] for price in found.prices]
    for unknown in found.unknown:
        what = [unknown.price_file, unknown.meter, found.region_id]
        rows.append([*what, *[""] * 8, unknown.reason, unknown.nearest_region])
    columns = (
        "price_file", "meter", "region_id", "unit", "tier_from", "tier_to", "usd", "rate_code",
        "source", "source_date", "confidence", "reason", "nearest_region",
    )  # fmt: skip
    _tables.say_csv(columns, rows)


def _cell(value: str | None) -> str:
    return "Inf" if value is None else value
