"""What the slides after the drawing say of an estimate: cost, findings and sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render import _economics, _lines
from archcode.render._margins import rows as margins
from archcode.render.deck import Chapter, Section, Table
from archcode.statement import statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archcode.estimate import Estimate
    from archcode.headroom import Headroom
    from archcode.model import Finding


def render(
    estimate: Estimate, findings: Sequence[Finding], headroom: Headroom
) -> tuple[Chapter, ...]:
    """The chapters of a deck, in the order of its slides."""
    verdict = (_findings(estimate, findings), *_headroom(headroom), *_sizes(estimate))
    title = "Findings and headroom" if len(verdict) > 1 else "Findings"
    costs = (_cost(estimate), *_unit_costs(estimate))
    return Chapter("Monthly cost", costs), Chapter(title, verdict)


def _cost(estimate: Estimate) -> Section:
    shown = statement(estimate)
    rows = tuple(_lines.cost_rows(shown))
    table = Table(_lines.cost_head(shown), rows, _lines.cost_numbers(shown), total=True)
    return Section(words=f"{_lines.heading(estimate)}: {shown.total_words}", table=table)


def _unit_costs(estimate: Estimate) -> tuple[Section, ...]:
    """What messages, a GB and business events cost; nothing where nothing is charged."""
    head, *rows = _economics.table_of(estimate) or [()]
    numbers = tuple(range(1, len(head)))
    return (Section("Unit costs", table=Table(head, tuple(rows), numbers)),) if rows else ()


def _findings(estimate: Estimate, findings: Sequence[Finding]) -> Section:
    rows = tuple(
        (str(finding.severity), _place(finding), finding.message, finding.hint)
        for finding in findings
    )
    words = _lines.count(findings, len(estimate.topology.spec.components))
    table = Table(("Severity", "Place", "Finding", "Hint"), rows) if rows else None
    return Section("Findings", words, table)


def _place(finding: Finding) -> str:
    return f"line {finding.line}: {finding.where}" if finding.where else f"line {finding.line}"


def _headroom(headroom: Headroom) -> tuple[Section, ...]:
    """What binds each component, and how far traffic may grow."""
    rows = tuple((name, *found[0]) for name, found in margins(headroom).items() if found)
    head = ("Component", "Binding limit", "Peak", "Bears", "Headroom", "Holds to")
    return (Section("Headroom", table=Table(head, rows, right=(2, 4))),) if rows else ()


def _sizes(estimate: Estimate) -> tuple[Section, ...]:
    rows = tuple(_lines.sizes(estimate))
    head = ("Component", "Size", "Needed", "Because")
    return (Section("Sizes", table=Table(head, rows, right=(2,))),) if rows else ()
