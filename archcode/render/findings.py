"""Findings as lines that editors and terminals can jump to: `file:line:column: error: …`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Severity
from archcode.render import _lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archcode.model import Finding

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def render(findings: Iterable[Finding], file: str, *, colour: bool = False) -> str:
    """One line for each finding and one for its hint."""
    return "".join(_finding(finding, file, colour=colour) for finding in findings)


def summary(findings: Iterable[Finding], components: int, ignored: int = 0) -> str:
    """How many findings of each severity there are, and how many more are ignored."""
    return _lines.count(findings, components, ignored)


def counted(findings: Iterable[Finding]) -> str:
    """The same without what they were found in."""
    return _lines.counted(findings)


def _finding(finding: Finding, file: str, *, colour: bool) -> str:
    level = str(finding.severity)
    if colour:
        level = f"\x1b[{_COLOURS[finding.severity]};1m{level}\x1b[0m"
    fact = f"{finding.where} {finding.message}".strip()
    text = f"{file}:{finding.line}:{finding.column}: {level}: {fact} [{finding.rule}]\n"
    return f"{text}    hint: {finding.hint}\n" if finding.hint else text
