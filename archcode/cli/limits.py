"""`archcode limits`: what binds each component, and how far its traffic may grow."""

from __future__ import annotations

from typing import Annotated

import typer

from archcode.cli._io import Basis
from archcode.cli._limiting import Format, tell
from archcode.cli._options import HoursPerMonth, InScenario, Prices, Region, Specs


def limits(
    specs: Specs,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print it.")] = (
        Format.TEXT
    ),
    every: Annotated[
        bool, typer.Option("--all", help="Show every limit, not only the binding ones.")
    ] = False,
    component: Annotated[
        str, typer.Option("--component", metavar="NAME", help="Show one component in words.")
    ] = "",
    scenario: InScenario = "",
    region: Region = "",
    hours_per_month: HoursPerMonth = "730",
    prices: Prices = None,
) -> None:
    """Show how much of each limit the peak leaves, and what breaks first when traffic grows.

    Examples:

      archcode limits specs/order-fanout.yaml

      archcode limits specs/order-fanout.yaml --all

      archcode limits specs/order-fanout.yaml --component bill

      archcode limits specs/ --format json

      archcode limits specs/clickstream-kinesis.yaml --scenario black-friday
    """
    basis = Basis(region, hours_per_month, prices=prices, scenario=scenario)
    if not tell(specs, basis, format=format, every=every, component=component):
        raise typer.Exit(1)
