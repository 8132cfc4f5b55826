"""`archcode prices verify`: whether a price book is sound, complete and of this year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archcode.cli import _io

if TYPE_CHECKING:
    from archcode.model import Finding
    from archcode.prices.check import Days


def verify(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="A price book; else the bundled one.")
    ] = None,
    max_age: Annotated[
        int, typer.Option("--max-age", metavar="DAYS", min=0, max=36500, help="Warn of older rows.")
    ] = 365,
) -> None:
    """Check that prices are exact, sourced, without gaps, and there for every meter and region.

    Examples:

      archcode prices verify

      archcode prices verify pricing --max-age 90
    """
    from archcode.render.findings import counted

    place = folder or _io.bundled_folder()
    names = _io.price_files(place)
    found, rows = _findings(place, names, _days(max_age))
    for name in names:
        _io.tell_findings(found[name], place / f"{name}.csv")
    problems = [finding for each in found.values() for finding in each]
    files = "1 price file" if len(names) == 1 else f"{len(names)} price files"
    _io.say(f"{place}: {counted(problems)} in {rows:,} rows of {files}\n")
    if _io.has_errors(problems):
        raise typer.Exit(1)


def _days(max_age: int) -> Days:
    from archcode.prices.check import Days

    today = datetime.now(UTC).date()
    return Days(today.isoformat(), (today - timedelta(days=max_age)).isoformat())


def _findings(
    place: Path, names: tuple[str, ...], days: Days
) -> tuple[dict[str, list[Finding]], int]:
    """What is wrong with each price file, and how many rows there are.

    A file with unreadable rows is not asked which prices it lacks.
    """
    from archcode.prices import coverage
    from archcode.prices.check import check

    texts = {name: _io.read_prices(place, name) or "" for name in names}
    found = {name: [*check(text, days)] for name, text in texts.items()}
    sound = [name for name in names if not _io.has_errors(found[name])]
    for name, finding in coverage.findings(_io.price_book(place), sound):
        found[name].append(finding)
    return found, sum(max(text.count("\n") - 1, 0) for text in texts.values())
