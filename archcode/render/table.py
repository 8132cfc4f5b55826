"""The estimate for a terminal: aligned columns, colours only where asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render import _budgets, _economics, _lines, _spread
from archcode.render.columns import aligned, bold
from archcode.statement import statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archcode.estimate import Estimate


def render(estimate: Estimate, *, colour: bool = False) -> str:
    """Title, cost table, sizes, unit costs and budgets as plain text."""
    shown = statement(estimate)
    rows = [_capitals(_lines.cost_head(shown))]
    previous = ""
    for name, *cells in _lines.cost_rows(shown):
        rows.append(("" if name == previous else name, *cells))
        previous = name
    rows[-1] = ("TOTAL", *rows[-1][1:])
    lines = [*aligned(rows, _lines.cost_numbers(shown))]
    lines[0], lines[-1] = bold(lines[0], colour=colour), bold(lines[-1], colour=colour)
    title = bold(" ".join(estimate.topology.spec.title.split()), colour=colour)
    text = [title, _lines.heading(estimate), "", *lines]
    for rows, numbers in _sections(estimate):
        if len(rows) > 1:
            head, *others = aligned(rows, numbers)
            text += ["", bold(head, colour=colour), *others]
    return "\n".join(text) + "\n"


def _sections(estimate: Estimate) -> Iterator[tuple[list[tuple[str, ...]], Sequence[int]]]:
    """The tables behind the costs, heads first, and which of their columns hold numbers."""
    yield [_capitals(_spread.HEAD), *_spread.rows(estimate)], _spread.NUMBERS
    yield [_capitals(_spread.INPUT_HEAD), *_spread.input_rows(estimate)], _spread.INPUT_NUMBERS
    yield [("COMPONENT", "SIZE", "NEEDED", "BECAUSE"), *_lines.sizes(estimate)], (2,)
    units = _economics.table_of(estimate)
    if units:
        yield [_capitals(units[0]), *units[1:]], range(1, len(units[0]))
    yield [_capitals(_budgets.HEAD), *_budgets.rows(estimate)], _budgets.NUMBERS


def _capitals(head: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.upper() for word in head)
