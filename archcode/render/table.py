"""The estimate for a terminal: aligned columns, colours only where asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render import _lines
from archcode.statement import statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archcode.estimate import Estimate

_HEAD = ("COMPONENT", "CHARGE", "QUANTITY", "UNIT PRICE", "A MONTH")
_RIGHT = (2, 3, 4)


def render(estimate: Estimate, *, colour: bool = False) -> str:
    """Title, cost table and sizes as plain text."""
    shown = statement(estimate)
    rows = [_HEAD]
    previous = ""
    for row in shown.rows:
        name = "" if row.component == previous else row.component
        rows.append((name, row.description, row.quantity, row.unit_price, row.cost_text))
        previous = row.component
    rows.append(("TOTAL", "", "", "", shown.total_text))
    lines = [*aligned(rows, _RIGHT)]
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
