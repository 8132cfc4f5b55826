"""`archcode sweep`: what each option costs as traffic grows, and where the cheapest changes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archcode.cli._options import (
    Channel,
    ChartThemes,
    HoursPerMonth,
    NoFreeTier,
    OneSpec,
    Prices,
    Region,
)
from archcode.cli._sweeping import Asked, Format, Range, tell

Vary = Annotated[
    str,
    typer.Option("--vary", metavar="WHAT", help="rate, size, consumers or a setting's path."),
]
Start = Annotated[
    str, typer.Option("--from", metavar="VALUE", help="1/s, x0.1, 1KB or 2.", show_default=False)
]
End = Annotated[
    str, typer.Option("--to", metavar="VALUE", help="Where it ends.", show_default=False)
]
And = Annotated[
    str, typer.Option("--and", metavar="WHAT", help="A second variable: a map of the cheapest.")
]
AndStart = Annotated[
    str, typer.Option("--and-from", metavar="VALUE", help="Where the second begins.")
]
AndEnd = Annotated[str, typer.Option("--and-to", metavar="VALUE", help="Where the second ends.")]
Options = Annotated[
    str, typer.Option("--options", metavar="LIST", help="Only these options, with commas.")
]
Printed = Annotated[Format, typer.Option("--format", "-f", help="How to print it.")]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FOLDER", help="Write charts and data, too.", show_default=False
    ),
]


def sweep(
    spec: OneSpec,
    channel: Channel = "",
    vary: Vary = "rate",
    start: Start = "",
    end: End = "",
    and_vary: And = "",
    and_start: AndStart = "",
    and_end: AndEnd = "",
    options: Options = "",
    format: Printed = Format.TABLE,
    output: Folder = None,
    theme: ChartThemes = "light",
    region: Region = "",
    hours_per_month: HoursPerMonth = "730",
    no_free_tier: NoFreeTier = False,
    prices: Prices = None,
) -> None:
    """Price every option along a variable, and solve where the cheapest changes.

    Without a channel: the alternatives of the spec; without any, the spec alone.

    Examples:

      archcode sweep specs/work-queue.yaml --channel orders --from 1/s --to 100k/s

      archcode sweep specs/work-queue.yaml --channel orders --vary size --from 1KB --to 256KB

      archcode sweep specs/order-fanout.yaml --channel order-events --vary consumers --from 3 --to 8

      archcode sweep specs/work-queue.yaml --from x0.1 --to x100 --format csv

      archcode sweep specs/work-queue.yaml --channel orders --from 1/s --to 10k/s
      --and size --and-from 1KB --and-to 256KB -o out/
    """
    asked = Asked(
        channel,
        Range(vary, start, end),
        Range(and_vary, and_start, and_end),
        tuple(name for name in options.split(",") if name.strip()),
        format,
        output,
        theme,
        region,
        hours_per_month,
        not no_free_tier,
        prices,
    )
    if not tell(spec, asked):
        raise typer.Exit(1)
