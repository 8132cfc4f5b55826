"""`archcode render`: pictures and estimates of specs, written all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from archcode.cli._again import given
from archcode.cli._choosing import asked
from archcode.cli._io import Basis
from archcode.cli._job import FORMATS, THEMES, Job, names_of, scale_of, views_named
from archcode.cli._options import (
    Anyway,
    CheckOnly,
    Config,
    CurrencyCode,
    ExchangeRate,
    FailOnLevel,
    Focus,
    Heat,
    Hops,
    HoursPerMonth,
    Ignore,
    InScenario,
    NoFreeTier,
    Output,
    PriceOverlay,
    Prices,
    Region,
    Scale,
    Select,
    Specs,
    Turned,
    Views,
)
from archcode.cli._rendering import draw
from archcode.cli._terms import terms_of

Formats = Annotated[
    str, typer.Option("--format", "-f", metavar="LIST", help=f"Any of {', '.join(FORMATS)}.")
]
Themes = Annotated[
    str, typer.Option("--theme", metavar="LIST", help=f"Any of {', '.join(THEMES)}.")
]


def render(
    context: typer.Context,
    specs: Specs,
    output: Output = Path("out"),
    format: Formats = "svg,png,md,json",
    theme: Themes = "light",
    focus: Focus = "",
    hops: Hops = 1,
    heat: Heat = "",
    view: Views = "",
    direction: Turned = None,
    scale: Scale = "2",
    scenario: InScenario = "",
    check: CheckOnly = False,
    anyway: Anyway = False,
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

      archcode render specs/clickstream-kinesis.yaml --scenario black-friday

      archcode render specs/order-fanout.yaml --view group,flow --direction TB

      archcode render specs/order-fanout.yaml --format png --scale 4

      archcode render specs/order-fanout.yaml --region eu-west-1 --no-free-tier
    """
    terms = terms_of(price_overlay, currency, exchange_rate)
    basis = Basis(region, hours_per_month, not no_free_tier, prices, terms, scenario)
    chosen = asked(select or (), ignore or (), fail_on, config)
    job = Job(names_of(format), output, basis, chosen, anyway, names_of(theme), check, focus, hops)
    size, views, words = scale_of(scale), views_named(view), given(context, "check")
    job = replace(job, heat=heat, views=views, direction=direction, scale=size, options=words)
    if not draw(specs, job):
        raise typer.Exit(1)
