"""`archcode render`: pictures and estimates of specs, written all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archcode.cli._choosing import asked
from archcode.cli._io import Basis
from archcode.cli._options import (
    CheckOnly,
    Config,
    CurrencyCode,
    ExchangeRate,
    FailOnLevel,
    Heat,
    HoursPerMonth,
    Ignore,
    NoFreeTier,
    PriceOverlay,
    Prices,
    Region,
    Select,
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
    focus: Annotated[
        str, typer.Option(metavar="COMPONENT", help="Draw this component and what is near it.")
    ] = "",
    hops: Annotated[
        int, typer.Option(min=0, max=1000, help="How many flows away --focus reaches.")
    ] = 1,
    heat: Heat = "",
    check: CheckOnly = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Write outputs of specs with errors, too.")
    ] = False,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: FailOnLevel = None,
    config: Config = None,
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

      archcode render specs/order-fanout.yaml --focus billing --hops 2

      archcode render specs/order-fanout.yaml --heat cost

      archcode render specs/order-fanout.yaml --region eu-west-1 --no-free-tier
    """
    terms = terms_of(price_overlay, currency, exchange_rate)
    basis = Basis(region, hours_per_month, not no_free_tier, prices, terms)
    chosen = asked(select or (), ignore or (), fail_on, config)
    themes = names_of(theme)
    job = Job(names_of(format), output, basis, chosen, anyway, themes, check, focus, hops, heat)
    if not draw(specs, job):
        raise typer.Exit(1)
