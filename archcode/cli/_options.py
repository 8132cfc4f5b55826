"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Specs = Annotated[
    list[Path],
    typer.Argument(metavar="SPEC...", help="Spec files, folders of them, or - for standard input."),
]
OneSpec = Annotated[
    Path, typer.Argument(metavar="SPEC", help="A spec file, or - for standard input.")
]
Region = Annotated[
    str, typer.Option("--region", metavar="REGION", help="Price as if all ran in this region.")
]
HoursPerMonth = Annotated[
    str, typer.Option("--hours-per-month", metavar="HOURS", help="Length of a month, 1 to 744.")
]
NoFreeTier = Annotated[bool, typer.Option("--no-free-tier", help="Leave the free tiers out.")]
Prices = Annotated[
    Path | None,
    typer.Option(
        "--prices",
        metavar="FOLDER",
        help="Price files to use, in place of ARCHCODE_PRICES or the bundled ones.",
        show_default=False,
    ),
]
PriceOverlay = Annotated[
    Path | None,
    typer.Option(
        "--price-overlay",
        metavar="FILE",
        help="Negotiated discounts and own rates, as YAML.",
        show_default=False,
    ),
]
CurrencyCode = Annotated[
    str, typer.Option("--currency", metavar="CODE", help="Show amounts in it, such as EUR.")
]
ExchangeRate = Annotated[
    str,
    typer.Option("--exchange-rate", metavar="RATE", help="How much of --currency 1 USD is."),
]
