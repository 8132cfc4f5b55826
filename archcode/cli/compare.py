"""`archcode compare`: what else could be, and what it would cost."""

from __future__ import annotations

from typing import Annotated

import typer

from archcode.cli._comparing import Format, tell
from archcode.cli._options import (
    Channel,
    Consumers,
    CurrencyCode,
    ExchangeRate,
    HoursPerMonth,
    NoFreeTier,
    PriceOverlay,
    Prices,
    Region,
    Specs,
    ThirdPartyCost,
)
from archcode.cli._terms import terms_of


def compare(
    specs: Specs,
    channel: Channel = "",
    consumers: Consumers = 0,
    third_party_cost: ThirdPartyCost = "",
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print it.")] = (
        Format.TEXT
    ),
    region: Region = "",
    hours_per_month: HoursPerMonth = "730",
    no_free_tier: NoFreeTier = False,
    prices: Prices = None,
    price_overlay: PriceOverlay = None,
    currency: CurrencyCode = "",
    exchange_rate: ExchangeRate = "",
) -> None:
    """Replace a channel by every service that could carry it, and price the whole topology.

    Without a channel: the alternatives of a spec, or several specs side by side.

    Examples:

      archcode compare specs/order-fanout.yaml --channel order-events

      archcode compare specs/order-fanout.yaml --channel order-events --consumers 5

      archcode compare specs/work-queue.yaml --channel orders --format json

      archcode compare specs/work-queue.yaml --channel orders --price-overlay agreement.yaml

      archcode compare specs/order-fanout.yaml specs/choreographed-saga.yaml
    """
    sound = tell(
        specs,
        channel=channel,
        consumers=consumers,
        third_party_cost=third_party_cost,
        format=format,
        region=region,
        hours_per_month=hours_per_month,
        free_tier=not no_free_tier,
        prices=prices,
        terms=terms_of(price_overlay, currency, exchange_rate),
    )
    if not sound:
        raise typer.Exit(1)
