"""`archcode decide`: a decision record, with the numbers that it rests on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archcode.cli._deciding import Asked, record
from archcode.cli._options import (
    Channel,
    Consumers,
    HoursPerMonth,
    NoFreeTier,
    OneSpec,
    Prices,
    Region,
    ThirdPartyCost,
)


def decide(
    spec: OneSpec,
    channel: Channel = "",
    consumers: Consumers = 0,
    material: Annotated[
        str,
        typer.Option(
            "--material", metavar="USD", help="A difference a month below this does not decide."
        ),
    ] = "100",
    third_party_cost: ThirdPartyCost = "",
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the record goes.")
    ] = Path("out"),
    region: Region = "",
    hours_per_month: HoursPerMonth = "730",
    no_free_tier: NoFreeTier = False,
    prices: Prices = None,
) -> None:
    """Write a decision record: options, what they cost and promise, what is proposed and why.

    It compares every service that could carry a channel, or the alternatives of a spec without
    one, and writes Markdown, one HTML file, and charts of where costs meet.

    Examples:

      archcode decide specs/work-queue.yaml --channel orders

      archcode decide specs/work-queue.yaml --material 500

      archcode decide specs/work-queue.yaml -o docs/decisions
    """
    asked = Asked(
        channel,
        consumers,
        material,
        third_party_cost,
        output,
        region,
        hours_per_month,
        not no_free_tier,
        prices,
    )
    if not record(spec, asked):
        raise typer.Exit(1)
