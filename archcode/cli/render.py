"""`archcode render`: pictures and estimates of specs, written all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archcode.cli._options import (
    CurrencyCode,
    ExchangeRate,
    HoursPerMonth,
    NoFreeTier,
    PriceOverlay,
    Prices,
    Region,
    Specs,
)
from archcode.cli._rendering import FORMATS, THEMES, Job, draw, names_of
from archcode.cli._terms import terms_of


def render(
    specs: Specs,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the files go.")
    ] = Path("out"),
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="LIST", help=f"Any of {', '.join(FORMATS)}.")
    ] = "svg,png,md,json",
    theme: Annotated[
        str, typer.Option("--theme", metavar="LIST", help=f"Any of {', '.join(THEMES)}.")
    ] = "light",
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Write outputs of specs with errors, too.")
    ] = False,
    region: Region = "",
    hours_per_month: HoursPerMonth = "730",
    no_free_tier: NoFreeTier = False,
    prices: Prices = None,
    price_overlay: PriceOverlay = None,
    currency: CurrencyCode = "",
    exchange_rate: ExchangeRate = "",
) -> None:
    """Draw, size and price specs; leave pictures and estimates in a folder.

    Examples:

      archcode render specs/order-fanout.yaml

      archcode render specs/ -o out/ --format svg,pdf

      archcode render specs/order-fanout.yaml --format pptx

      archcode render specs/order-fanout.yaml --theme light,dark

      archcode render specs/order-fanout.yaml --region eu-west-1 --no-free-tier
    """
    terms = terms_of(price_overlay, currency, exchange_rate)
    job = Job(
        names_of(format),
        output,
        region,
        hours_per_month,
        not no_free_tier,
        anyway,
        prices,
        terms,
        names_of(theme),
    )
    if not draw(specs, job):
        raise typer.Exit(1)
