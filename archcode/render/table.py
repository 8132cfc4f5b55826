"""The estimate for a terminal: aligned columns, colours only where asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render import _budgets, _lines
from archcode.render.columns import aligned, bold
from archcode.statement import statement

if TYPE_CHECKING:
    from archcode.estimate import Estimate


def render(estimate: Estimate, *, colour: bool = False) -> str:
    """Title, cost table, sizes and budgets as plain text."""
    shown = statement(estimate)
    rows = [tuple(word.upper() for word in _lines.cost_head(shown))]
    previous = ""
    for name, *cells in _lines.cost_rows(shown):
        rows.append(("" if name == previous else name, *cells))
        previous = name
    rows[-1] = ("TOTAL", *rows[-1][1:])
    lines = [*aligned(rows, _lines.cost_numbers(shown))]
    lines[0], lines[-1] = bold(lines[0], colour=colour), bold(lines[-1], colour=colour)
    title = bold(" ".join(estimate.topology.spec.title.split()), colour=colour)
    text = [title, _lines.heading(estimate), "", *lines]
    sizes = [("COMPONENT", "SIZE", "NEEDED", "BECAUSE"), *_lines.sizes(estimate)]
    if len(sizes) > 1:
        size_lines = [*aligned(sizes, (2,))]
        text += ["", bold(size_lines[0], colour=colour), *size_lines[1:]]
    budgets = [tuple(word.upper() for word in _budgets.HEAD), *_budgets.rows(estimate)]
    if len(budgets) > 1:
        budget_lines = [*aligned(budgets, _budgets.NUMBERS)]
        text += ["", bold(budget_lines[0], colour=colour), *budget_lines[1:]]
    return "\n".join(text) + "\n"
