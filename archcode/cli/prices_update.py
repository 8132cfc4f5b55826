"""`archcode prices update`: the price book anew, from AWS's public price list."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from archcode.offers import AWS


class Format(StrEnum):
    """Which of AWS's two kinds of offer files to read."""

    JSON = "json"
    CSV = "csv"


def update(
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="The price book; made where there is none.")
    ] = Path("pricing"),
    source: Annotated[
        str,
        typer.Option("--from", metavar="URL|FOLDER", help="The list, or a copy laid out like it."),
    ] = AWS,
    service: Annotated[
        list[str] | None,
        typer.Option("--service", metavar="NAME", help="Only this price file or type; repeatable."),
    ] = None,
    region: Annotated[
        list[str] | None,
        typer.Option("--region", metavar="REGION", help="Only this region; repeatable."),
    ] = None,
    format: Annotated[
        Format, typer.Option("--format", help="Which files of the list to read.")
    ] = Format.JSON,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")
    ] = False,
    allow_missing: Annotated[
        bool, typer.Option("--allow-missing", help="Drop prices that the list no longer has.")
    ] = False,
    timeout: Annotated[
        int,
        typer.Option("--timeout", metavar="SECONDS", min=1, max=3600, help="Longest silence."),
    ] = 30,
) -> None:
    """Refresh the price book from AWS's public price list, all or nothing.

    Examples:

      archcode prices update --dry-run

      archcode prices update pricing --service sqs --service msk.cluster --region eu-west-1

      archcode prices update pricing --from /mirror/aws-prices --format csv
    """
    from archcode.cli._updating import Order, refresh_book

    order = Order(
        folder.resolve(),
        source,
        tuple(service or ()),
        tuple(region or ()),
        format.value,
        dry_run,
        allow_missing,
        timeout,
    )
    if not refresh_book(order):
        raise typer.Exit(1)
