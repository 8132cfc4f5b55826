"""`archcode validate`: does every hop fit, and what is wrong."""

from __future__ import annotations

from pathlib import Path

import typer

from archcode.cli import _io
from archcode.cli._options import HoursPerMonth, Region, Specs
from archcode.errors import SpecError


def validate(specs: Specs, region: Region = "", hours_per_month: HoursPerMonth = "730") -> None:
    """Check specs against the language, the services' limits and the rules.

    Examples:

      archcode validate specs/order-fanout.yaml

      archcode validate specs/ --region eu-west-1
    """
    failed = [
        path
        for path in _io.spec_files(specs)
        if not _valid(path, region=region, hours_per_month=hours_per_month)
    ]
    if failed:
        raise typer.Exit(1)


def _valid(path: Path, *, region: str, hours_per_month: str) -> bool:
    """Whether a spec has no finding at error level."""
    from archcode.render.findings import summary

    try:
        estimate, findings = _io.estimate_file(
            path, region=region, hours_per_month=hours_per_month, free_tier=True
        )
    except SpecError as error:
        _io.spec_errors(error, path)
        return False
    _io.tell_findings(findings, path)
    _io.say(f"{path}: {summary(findings, len(estimate.topology.traffic))}\n")
    return not _io.has_errors(findings)
