"""Findings as workflow commands, which GitHub Actions shows beside the lines of a pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archcode.model import Finding
    from archcode.review import Checked

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(specs: Iterable[Checked]) -> str:
    """One command for each finding that is told."""
    return "".join(_command(spec.file, finding) for spec in specs for finding in spec.findings)


def _command(file: str, finding: Finding) -> str:
    text = f"{finding.where} {finding.message} [{finding.rule}]".strip()
    message = f"{text}\nhint: {finding.hint}" if finding.hint else text
    properties = {
        "file": file,
        "line": str(finding.line),
        "col": str(finding.column),
        "title": finding.rule.replace("_", " "),
    }
    told = ",".join(f"{k}={v.translate(_IN_PROPERTIES)}" for k, v in properties.items())
    return f"::{_COMMANDS[finding.severity]} {told}::{message.translate(_IN_MESSAGES)}\n"
