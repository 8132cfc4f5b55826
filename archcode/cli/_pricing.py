"""Pricing a spec: what `archcode estimate` does."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING

from archcode.cli import _io
from archcode.cli._choosing import NOTHING_ASKED, Asked
from archcode.errors import SpecError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from archcode.estimate import Estimate
    from archcode.model import Finding


class Format(StrEnum):
    """How an estimate is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"


def price(
    spec: Path,
    *,
    format: Format = Format.TABLE,
    explain: str = "",
    basis: _io.Basis = _io.USUAL,
    asked: Asked = NOTHING_ASKED,
    fail_over: bool = False,
) -> bool:
    """Print the estimate of a spec; whether it has no error."""
    chosen = asked.of(spec)
    try:
        text = _io.read_spec(spec)
        found, reviewed = _io.review_text(text, spec, basis, chosen.choice)
    except SpecError as error:
        _io.spec_errors(error, spec)
        return False
    findings = reviewed.findings
    if fail_over:
        from archcode.cli._overspending import failing

        findings = failing(found, findings)
    _io.say(_explained(found, explain) if explain else _text(found, findings, format))
    _io.tell_findings(findings, spec)
    return not _io.has_errors(findings)


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
