"""`archcode scenarios`: all scenarios of a spec side by side."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from archcode.cli._io import Basis
from archcode.cli._options import (
    Config,
    CurrencyCode,
    ExchangeRate,
    HoursPerMonth,
    NoFreeTier,
    OneSpec,
    PriceOverlay,
    Prices,
    Region,
)
from archcode.cli._terms import terms_of


class Format(StrEnum):
    """How scenarios are printed."""

    TABLE = "table"
    JSON = "json"
    MD = "md"


def scenarios(
    spec: OneSpec,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print them.")] = (
        Format.TABLE
    ),
    config: Config = None,
    region: Region = "",
    hours_per_month: HoursPerMonth = "730",
    no_free_tier: NoFreeTier = False,
    prices: Prices = None,
    price_overlay: PriceOverlay = None,
    currency: CurrencyCode = "",
    exchange_rate: ExchangeRate = "",
) -> None:
    """Show cost, sizes and the first limit to break of each scenario, side by side.

    Examples:

      archcode scenarios specs/clickstream-kinesis.yaml

      archcode scenarios specs/clickstream-kinesis.yaml --format md

      archcode scenarios specs/clickstream-kinesis.yaml --format json

      archcode scenarios specs/clickstream-kinesis.yaml --region eu-west-1
    """
    from archcode.cli._scenarios import show

    terms = terms_of(price_overlay, currency, exchange_rate)
    basis = Basis(region, hours_per_month, not no_free_tier, prices, terms)
    if not show(spec, format, basis, config):
        raise typer.Exit(1)
