"""What several text outputs say in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Severity
from archcode.services._service import headroom
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archcode.estimate import Estimate
    from archcode.model import Finding


def heading(estimate: Estimate) -> str:
    """Region and length of the month."""
    topology = estimate.topology
    return (
        f"{topology.region}, {grouped(topology.hours_per_month)} hours a month, list prices in USD"
    )


def sizes(estimate: Estimate) -> Iterator[tuple[str, str, str, str]]:
    """Component, resource, number and arithmetic of everything that was sized."""
    for name, capacities in estimate.capacity.items():
        for item in capacities:
            number = f"{item.required:,}"
            if item.configured is not None:
                number += f" of {item.configured:,}, {headroom(item.required, item.configured)}"
            yield name, item.name.replace("_", " "), number, item.formula


def count(findings: Iterable[Finding], components: int) -> str:
    """`2 errors, 1 warning in 9 components`."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    parts = [_plural(number, words[level]) for level, number in counts.items() if number]
    return f"{', '.join(parts) or 'no findings'} in {_plural(components, 'component')}"


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
