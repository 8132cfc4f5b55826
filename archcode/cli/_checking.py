"""Checking specs: what `archcode validate` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.cli import _io
from archcode.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from archcode.cli._agreement import Terms


def check(
    specs: Iterable[Path],
    *,
    region: str = "",
    hours_per_month: str = "730",
    prices: Path | None = None,
    terms: Terms | None = None,
) -> bool:
    """Tell what is wrong with each spec; whether none has an error."""
    files = _io.spec_files(specs)
    valid = [_valid(path, region, hours_per_month, prices, terms) for path in files]
    return all(valid)


def _valid(
    path: Path, region: str, hours_per_month: str, prices: Path | None, terms: Terms | None
) -> bool:
    """Whether a spec has no finding at error level."""
    from archcode.render.findings import summary

    try:
        estimate, findings = _io.estimate_file(
            path,
            region=region,
            hours_per_month=hours_per_month,
            free_tier=True,
            prices=prices,
            terms=terms,
        )
    except SpecError as error:
        _io.spec_errors(error, path)
        return False
    _io.tell_findings(findings, path)
    _io.say(f"{path}: {summary(findings, len(estimate.topology.traffic))}\n")
    return not _io.has_errors(findings)
