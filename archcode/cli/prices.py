"""`archcode prices`: the price book, row by row, with rate codes and dates; and its refresh."""

from __future__ import annotations

from typing import Annotated

import typer

from archcode.cli import _io
from archcode.cli._options import Prices
from archcode.cli.prices_update import update
from archcode.errors import UsageError

APP = typer.Typer(
    help="Look into the price book, or refresh it.", no_args_is_help=True, rich_markup_mode=None
)


@APP.callback()
def _root() -> None:
    """Look into the price book, or refresh it."""


APP.command("update", short_help="Refresh the price book from AWS's price list.")(update)


@APP.command("show")
def show(
    type: Annotated[str, typer.Argument(metavar="TYPE", help="Such as sqs.queue.")],
    region: Annotated[str, typer.Option("--region", metavar="REGION", help="Where.")] = "us-east-1",
    sources: Annotated[bool, typer.Option("--sources", help="Show sources, too.")] = False,
    prices: Prices = None,
) -> None:
    """Show every price of a service in a region.

    Examples:

      archcode prices show sqs.queue

      archcode prices show kinesis.stream --region eu-central-1 --sources
    """
    from archcode.pricebook import GLOBAL
    from archcode.render.table import aligned
    from archcode.services import known_types, lookup
    from archcode.spec.problems import suggestion
    from archcode.units import grouped, plain, quoted

    service = lookup(type)
    if service is None:
        hint = suggestion(type, known_types(), "known")
        raise UsageError(f"{quoted(type)} is no known type; {hint}")
    book = _io.price_book(prices)
    place = _io.region_of(region)
    if not service.price_file:
        _io.say(f"{service.type} is never priced: it is outside AWS\n")
        return
    head = ("METER", "UNIT", "FROM", "TO", "USD", "RATE CODE", "DATE")
    rows: list[tuple[str, ...]] = [(*head, "SOURCE") if sources else head]
    for where in (place, GLOBAL):
        for meter, tiers in book.prices(service.price_file, where).items():
            for tier in tiers:
                end = "and over" if tier.end is None else grouped(tier.end)
                row: tuple[str, ...] = (meter, tier.unit, grouped(tier.start), end, plain(tier.usd))
                row += (tier.rate_code, tier.source_date)
                rows.append((*row, tier.source) if sources else row)
    if len(rows) == 1:
        _io.say(f"no price of {service.name} is known in {place}\n")
        return
    _io.say("".join(f"{line}\n" for line in aligned(rows, (2, 3, 4))))
