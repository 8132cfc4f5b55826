"""What several text outputs say in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Severity
from archcode.services._service import headroom
from archcode.statement import price_words
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archcode.estimate import Estimate
    from archcode.model import Finding
    from archcode.statement import Statement


def heading(estimate: Estimate) -> str:
    """Region, length of the month, and which prices these are."""
    topology = estimate.topology
    hours = grouped(topology.hours_per_month)
    return f"{', '.join(topology.regions)}, {hours} hours a month, {price_words(estimate)}"


def cost_head(shown: Statement) -> tuple[str, ...]:
    """The columns of a cost table; list prices of their own where others were agreed."""
    if shown.overlay:
        agreed = ("List price", "List cost", "Terms", "Unit price", "A month")
        return ("Component", "Charge", "Quantity", *agreed)
    return ("Component", "Charge", "Quantity", "Unit price", "A month")


def cost_rows(shown: Statement) -> Iterator[tuple[str, ...]]:
    """The rows of a cost table, the total last."""
    for row in shown.rows:
        agreed = (row.list_price, row.list_text, row.terms) if shown.overlay else ()
        what = (row.component, row.description, row.quantity)
        yield (*what, *agreed, row.unit_price, row.cost_text)
    sums = ("", shown.list_text, shown.discount_text) if shown.overlay else ()
    yield ("Total", "", "", *sums, "", shown.total_text)


def cost_numbers(shown: Statement) -> tuple[int, ...]:
    """The columns of a cost table that hold numbers."""
    return (2, 3, 4, 5, 6, 7) if shown.overlay else (2, 3, 4)


def sizes(estimate: Estimate) -> Iterator[tuple[str, str, str, str]]:
    """Component, resource, number and arithmetic of everything that was sized."""
    for name, capacities in estimate.capacity.items():
        for item in capacities:
            number = f"{item.required:,}"
            if item.configured is not None:
                number += f" of {item.configured:,}, {headroom(item.required, item.configured)}"
            yield name, item.name.replace("_", " "), number, item.formula


def count(findings: Iterable[Finding], components: int, ignored: int = 0) -> str:
    """`2 errors, 1 warning, 3 ignored in 9 components`."""
    others = f", {ignored:,} ignored" if ignored else ""
    return f"{counted(findings)}{others} in {_plural(components, 'component')}"


def counted(findings: Iterable[Finding]) -> str:
    """`2 errors, 1 warning`."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    parts = [_plural(number, words[level]) for level, number in counts.items() if number]
    return ", ".join(parts) or "no findings"


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
