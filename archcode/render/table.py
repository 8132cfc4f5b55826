"""The estimate for a terminal: aligned columns, colours only where asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render import _lines
from archcode.statement import statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archcode.estimate import Estimate


def render(estimate: Estimate, *, colour: bool = False) -> str:
    """Title, cost table and sizes as plain text."""
    shown = statement(estimate)
    rows = [tuple(word.upper() for word in _lines.cost_head(shown))]
    previous = ""
    for name, *cells in _lines.cost_rows(shown):
        rows.append(("" if name == previous else name, *cells))
        previous = name
    rows[-1] = ("TOTAL", *rows[-1][1:])
    lines = [*aligned(rows, _lines.cost_numbers(shown))]
    lines[0], lines[-1] = _bold(lines[0], colour=colour), _bold(lines[-1], colour=colour)
    title = _bold(" ".join(estimate.topology.spec.title.split()), colour=colour)
    text = [title, _lines.heading(estimate), "", *lines]
    sizes = [("COMPONENT", "SIZE", "NEEDED", "BECAUSE"), *_lines.sizes(estimate)]
    if len(sizes) > 1:
        size_lines = [*aligned(sizes, (2,))]
        text += ["", _bold(size_lines[0], colour=colour), *size_lines[1:]]
    return "\n".join(text) + "\n"


def aligned(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> Iterable[str]:
    """Rows as lines with columns of equal width, two blanks apart."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [
            text.rjust(widths[i]) if i in right else text.ljust(widths[i])
            for i, text in enumerate(row)
        ]
        yield "  ".join(cells).rstrip()


def _bold(text: str, *, colour: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if colour else text
