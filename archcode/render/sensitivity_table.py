"""Ranges and samples for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render import _lines, _samples, _spread
from archcode.render.columns import bold, headed

if TYPE_CHECKING:
    from archcode.estimate import Estimate
    from archcode.sampling.result import Sampled


def render(estimate: Estimate, sampled: Sampled | None = None, *, colour: bool = False) -> str:
    """Between what the total lies, what each range does to it, and what samples come to."""
    title = bold(" ".join(estimate.topology.spec.title.split()), colour=colour)
    parts = [title, _lines.heading(estimate)]
    costs = [_spread.HEAD, *_spread.rows(estimate)]
    inputs = [_spread.INPUT_HEAD, *_spread.input_rows(estimate)]
    parts += ["", *headed(costs, _spread.NUMBERS, colour=colour)]
    parts += ["", *headed(inputs, _spread.INPUT_NUMBERS, colour=colour)]
    if sampled:
        currency = estimate.currency
        told = [_samples.HEAD, _samples.row(sampled, currency)]
        hangs = [_samples.INFLUENCE_HEAD, *_samples.influence_rows(sampled, currency)]
        parts += ["", bold(_samples.words(sampled), colour=colour)]
        parts += headed(told, _samples.NUMBERS, colour=colour)
        parts += ["", *headed(hangs, _samples.INFLUENCE_NUMBERS, colour=colour)]
    return "\n".join(parts) + "\n"
