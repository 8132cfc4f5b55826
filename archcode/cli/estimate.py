"""`archcode estimate`: the monthly cost of a spec, with its arithmetic."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from archcode.cli import _io
from archcode.cli._options import HoursPerMonth, NoFreeTier, OneSpec, Region
from archcode.errors import SpecError, UsageError

if TYPE_CHECKING:
    from archcode.estimate import Estimate
    from archcode.model import Finding


class Format(StrEnum):
    """How an estimate is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"


def estimate(
    spec: OneSpec,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print it.")] = (
        Format.TABLE
    ),
    explain: Annotated[
        str,
        typer.Option(metavar="COMPONENT", help="Print the arithmetic from source to charge."),
    ] = "",
    region: Region = "",
    hours_per_month: HoursPerMonth = "730",
    no_free_tier: NoFreeTier = False,
) -> None:
    """Print the monthly cost and the sizes of a spec.

    Examples:

      archcode estimate specs/order-fanout.yaml

      archcode estimate specs/order-fanout.yaml --format json

      archcode estimate specs/order-fanout.yaml --explain billing
    """
    try:
        found, findings = _io.estimate_file(
            spec, region=region, hours_per_month=hours_per_month, free_tier=not no_free_tier
        )
    except SpecError as error:
        _io.spec_errors(error, spec)
        raise typer.Exit(1) from None
    _io.say(_explained(found, explain) if explain else _text(found, findings, format))
    _io.tell_findings(findings, spec)
    if _io.has_errors(findings):
        raise typer.Exit(1)


def _explained(found: Estimate, component: str) -> str:
    """The arithmetic of one component."""
    from archcode.explanation import explain
    from archcode.spec.problems import suggestion
    from archcode.units import quoted

    names = tuple(found.topology.traffic)
    if component not in names:
        hint = suggestion(component, names, "known")
        raise UsageError(f"--explain: {quoted(component)} is no component; {hint}")
    return explain(found, component)


def _text(found: Estimate, findings: tuple[Finding, ...], format: Format) -> str:
    """The estimate in one of the formats."""
    from archcode.render import estimate_json, focus_csv, markdown, table

    if format is Format.JSON:
        return estimate_json.render(found, findings)
    if format is Format.CSV:
        return focus_csv.render(found)
    if format is Format.MD:
        return markdown.render(found, findings)
    return table.render(found, colour=_io.colour(sys.stdout))
