"""Scenarios side by side as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render import _lines, _outlook
from archcode.render._markdown import escape, table

if TYPE_CHECKING:
    from archcode.outlook import Prospect


def render(prospects: tuple[Prospect, ...]) -> str:
    """Title, a row for each scenario, and the sizes that change."""
    first = prospects[0].estimate
    parts = [
        f"# Scenarios: {escape(first.topology.spec.title)}",
        escape(_lines.heading(first)),
        table(_outlook.head(prospects), _outlook.rows(prospects), right=_outlook.NUMBERS),
    ]
    sizes = [*_outlook.size_rows(prospects)]
    if sizes:
        head = tuple(escape(cell) for cell in _outlook.size_head(prospects))
        parts += ["## Sizes that change", table(head, sizes, right=range(2, len(head)))]
    return "\n\n".join(parts) + "\n"
