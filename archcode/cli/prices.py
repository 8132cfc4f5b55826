"""`archcode prices`: the price book, what is in it, whether it is sound, and its refresh."""

from __future__ import annotations

import typer

from archcode.cli.prices_diff import diff
from archcode.cli.prices_regions import regions
from archcode.cli.prices_show import show
from archcode.cli.prices_update import update
from archcode.cli.prices_verify import verify

APP = typer.Typer(
    help="Look into the price book, or refresh it.", no_args_is_help=True, rich_markup_mode=None
)


@APP.callback()
def _root() -> None:
    """Look into the price book, or refresh it."""


APP.command("show", short_help="Show what a type costs in a region.")(show)
APP.command("regions", short_help="Show what is priced and sold where.")(regions)
APP.command("diff", short_help="Compare two regions, or two price books.")(diff)
APP.command("verify", short_help="Check a price book.")(verify)
APP.command("update", short_help="Refresh the price book from AWS's price list.")(update)
