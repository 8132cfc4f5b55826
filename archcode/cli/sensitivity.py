"""`archcode sensitivity`: what the ranges of a spec do to its cost."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archcode.cli._io import Basis
from archcode.cli._options import (
    ChartThemes,
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
from archcode.cli._sensing import Asked, Format, tell
from archcode.cli._terms import terms_of

MOST = 10_000_000


def sensitivity(
    spec: OneSpec,
    samples: Annotated[
        int,
        typer.Option(
            "--samples",
            metavar="N",
            min=0,
            max=MOST,
            help="Draw so many samples of all ranges, such as 1000000.",
            show_default=False,
        ),
    ] = 0,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", min=0, help="The same seed draws the same.")
    ] = 1,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print it.")] = (
        Format.TABLE
    ),
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FOLDER", help="Write charts, too.", show_default=False
        ),
    ] = None,
    theme: ChartThemes = "light",
    scenario: InScenario = "",
    region: Region = "",
    hours_per_month: HoursPerMonth = "730",
    no_free_tier: NoFreeTier = False,
    prices: Prices = None,
    price_overlay: PriceOverlay = None,
    currency: CurrencyCode = "",
    exchange_rate: ExchangeRate = "",
) -> None:
    """Show between what the cost of a spec with ranges lies, and which range matters most.

    Each range is taken at both ends alone, then all of them together; --samples draws from all
    of them at random, each between low and high and most likely typical.

    Examples:

      archcode sensitivity specs/launch-forecast.yaml

      archcode sensitivity specs/launch-forecast.yaml --samples 10000

      archcode sensitivity specs/launch-forecast.yaml --samples 100000 --seed 7 -o out
    """
    terms = terms_of(price_overlay, currency, exchange_rate)
    basis = Basis(region, hours_per_month, not no_free_tier, prices, terms, scenario)
    if not tell(spec, Asked(samples, seed, format, output, theme), basis):
        raise typer.Exit(1)
