"""Scenarios side by side for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render import _lines, _outlook
from archcode.render.columns import bold, headed

if TYPE_CHECKING:
    from archcode.outlook import Prospect


def render(prospects: tuple[Prospect, ...], *, colour: bool = False) -> str:
    """Title, a row for each scenario, and the sizes that change."""
    first = prospects[0].estimate
    title = bold(" ".join(first.topology.spec.title.split()), colour=colour)
    rows = [_outlook.head(prospects), *_outlook.rows(prospects)]
    lines = [title, _lines.heading(first), "", *headed(rows, _outlook.NUMBERS, colour=colour)]
    sizes = [_outlook.size_head(prospects), *_outlook.size_rows(prospects)]
    if len(sizes) > 1:
        lines += ["", *headed(sizes, range(2, len(sizes[0])), colour=colour)]
    return "\n".join(lines) + "\n"
