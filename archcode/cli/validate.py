"""`archcode validate`: does every hop fit, and what is wrong."""

from __future__ import annotations

from typing import Annotated

import typer

from archcode.cli._checking import Format, Job, check
from archcode.cli._choosing import asked
from archcode.cli._io import Basis
from archcode.cli._options import (
    Config,
    FailOnLevel,
    HoursPerMonth,
    Ignore,
    InScenario,
    PriceOverlay,
    Prices,
    Region,
    Select,
    Specs,
)
from archcode.cli._terms import terms_of


def validate(
    specs: Specs,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print findings.")] = (
        Format.TEXT
    ),
    select: Select = None,
    ignore: Ignore = None,
    fail_on: FailOnLevel = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Change settings in the specs where that mends them.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what --fix would change, and write nothing.")
    ] = False,
    scenario: InScenario = "",
    config: Config = None,
    region: Region = "",
    hours_per_month: HoursPerMonth = "730",
    prices: Prices = None,
    price_overlay: PriceOverlay = None,
) -> None:
    """Check specs against the language, the services' limits and the rules.

    Examples:

      archcode validate specs/order-fanout.yaml

      archcode validate specs/ --region eu-west-1

      archcode validate specs/ --fail-on warning --ignore unfilled_batch,label_*

      archcode validate specs/ --format sarif

      archcode validate specs/ --diff

      archcode validate specs/clickstream-kinesis.yaml --scenario black-friday
    """
    terms = terms_of(price_overlay)
    basis = Basis(region, hours_per_month, prices=prices, terms=terms, scenario=scenario)
    chosen = asked(select or (), ignore or (), fail_on, config)
    if not check(specs, Job(basis, chosen, format, fix, diff)):
        raise typer.Exit(1)
