"""`archcode estimate`: the monthly cost of a spec, with its arithmetic."""

from __future__ import annotations

from typing import Annotated

import typer

from archcode.cli._choosing import Asked
from archcode.cli._io import Basis
from archcode.cli._options import (
    Config,
    CurrencyCode,
    ExchangeRate,
    HoursPerMonth,
    InScenario,
    NoFreeTier,
    OneSpec,
    PriceOverlay,
    Prices,
    Region,
)
from archcode.cli._pricing import Format, price
from archcode.cli._terms import terms_of


def estimate(
    spec: OneSpec,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print it.")] = (
        Format.TABLE
    ),
    explain: Annotated[
        str,
        typer.Option(metavar="COMPONENT", help="Print the arithmetic from source to charge."),
    ] = "",
    fail_over: Annotated[
        bool, typer.Option("--fail-over", help="Fail where a budget is exceeded or undecided.")
    ] = False,
    scenario: InScenario = "",
    config: Config = None,
    region: Region = "",
    hours_per_month: HoursPerMonth = "730",
    no_free_tier: NoFreeTier = False,
    prices: Prices = None,
    price_overlay: PriceOverlay = None,
    currency: CurrencyCode = "",
    exchange_rate: ExchangeRate = "",
) -> None:
    """Print the monthly cost and the sizes of a spec.

    Examples:

      archcode estimate specs/order-fanout.yaml

      archcode estimate specs/order-fanout.yaml --format json

      archcode estimate specs/order-fanout.yaml --explain billing

      archcode estimate specs/order-fanout.yaml --currency EUR --exchange-rate 0.92

      archcode estimate specs/order-fanout.yaml --price-overlay agreement.yaml

      archcode estimate specs/clickstream-kinesis.yaml --scenario black-friday

      archcode estimate specs/clickstream-kinesis.yaml --fail-over
    """
    terms = terms_of(price_overlay, currency, exchange_rate)
    basis = Basis(region, hours_per_month, not no_free_tier, prices, terms, scenario)
    chosen = Asked(config=config)
    if not price(
        spec, format=format, explain=explain, basis=basis, asked=chosen, fail_over=fail_over
    ):
        raise typer.Exit(1)
