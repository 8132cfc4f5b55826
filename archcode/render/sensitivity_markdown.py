"""Ranges and samples as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render import _lines, _samples, _spread
from archcode.render._markdown import escape, table

if TYPE_CHECKING:
    from archcode.estimate import Estimate
    from archcode.sampling.result import Sampled


def render(estimate: Estimate, sampled: Sampled | None = None) -> str:
    """Between what the total lies, what each range does to it, and what samples come to."""
    parts = [
        f"# Sensitivity: {escape(estimate.topology.spec.title)}",
        escape(_lines.heading(estimate)),
        table(_spread.HEAD, _spread.rows(estimate), _spread.NUMBERS),
        "## Ranges",
        table(_spread.INPUT_HEAD, _spread.input_rows(estimate), _spread.INPUT_NUMBERS),
    ]
    if sampled:
        currency = estimate.currency
        hangs = _samples.influence_rows(sampled, currency)
        parts += [
            "## Samples",
            escape(_samples.words(sampled)),
            table(_samples.HEAD, [_samples.row(sampled, currency)], _samples.NUMBERS),
            table(_samples.INFLUENCE_HEAD, hangs, _samples.INFLUENCE_NUMBERS),
        ]
    return "\n\n".join(parts) + "\n"
