"""Ranges and samples for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render import _lines, _samples, _spread
from archcode.render.columns import aligned, bold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archcode.estimate import Estimate
    from archcode.sampling.result import Sampled


def render(estimate: Estimate, sampled: Sampled | None = None, *, colour: bool = False) -> str:
    """Between what the total lies, what each range does to it, and what samples come to."""
    title = bold(" ".join(estimate.topology.spec.title.split()), colour=colour)
    parts = [title, _lines.heading(estimate)]
    costs = [_spread.HEAD, *_spread.rows(estimate)]
    inputs = [_spread.INPUT_HEAD, *_spread.input_rows(estimate)]
    parts += ["", *_table(costs, _spread.NUMBERS, colour=colour)]
    parts += ["", *_table(inputs, _spread.INPUT_NUMBERS, colour=colour)]
    if sampled:
        currency = estimate.currency
        told = [_samples.HEAD, _samples.row(sampled, currency)]
        hangs = [_samples.INFLUENCE_HEAD, *_samples.influence_rows(sampled, currency)]
        parts += ["", bold(_samples.words(sampled), colour=colour)]
        parts += _table(told, _samples.NUMBERS, colour=colour)
        parts += ["", *_table(hangs, _samples.INFLUENCE_NUMBERS, colour=colour)]
    return "\n".join(parts) + "\n"


def _table(rows: Sequence[tuple[str, ...]], right: Sequence[int], *, colour: bool) -> Iterator[str]:
    head, *others = rows
    first, *lines = aligned([tuple(word.upper() for word in head), *others], right)
    yield bold(first, colour=colour)
    yield from lines
