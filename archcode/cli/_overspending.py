"""Budgets that `--fail-over` does not let pass: those that are exceeded, or undecided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.model import Severity
from archcode.review import Choice, review

if TYPE_CHECKING:
    from archcode.estimate import Estimate
    from archcode.model import Finding

_RULES = ("budget_exceeded", "budget_undecided")


def failing(estimate: Estimate, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings with those on budgets as errors, be they chosen or not.

    A comment in the spec that ignores one with its reason still does.
    """
    over = review(estimate, Choice(select=_RULES)).findings
    others = [finding for finding in findings if finding.rule not in _RULES]
    errors = [replace(finding, severity=Severity.ERROR) for finding in over]
    return tuple(
        sorted([*others, *errors], key=lambda f: (f.line, f.column, f.rule, f.where, f.message))
    )
