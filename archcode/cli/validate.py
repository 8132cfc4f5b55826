"""`archcode validate`: does every hop fit, and what is wrong."""

from __future__ import annotations

import typer

from archcode.cli._checking import check
from archcode.cli._options import HoursPerMonth, PriceOverlay, Prices, Region, Specs
from archcode.cli._terms import terms_of


def validate(
    specs: Specs,
    region: Region = "",
    hours_per_month: HoursPerMonth = "730",
    prices: Prices = None,
    price_overlay: PriceOverlay = None,
) -> None:
    """Check specs against the language, the services' limits and the rules.

    Examples:

      archcode validate specs/order-fanout.yaml

      archcode validate specs/ --region eu-west-1
    """
    terms = terms_of(price_overlay)
    if not check(specs, region=region, hours_per_month=hours_per_month, prices=prices, terms=terms):
        raise typer.Exit(1)
