"""Specs side by side for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render import _sides as sides
from archcode.render.columns import aligned, bold

if TYPE_CHECKING:
    from archcode.compare.specs import SideBySide


def render(found: SideBySide, *, colour: bool = False) -> str:
    """Totals, then the cost of each service and of each component."""
    parts = [
        ("", sides.totals(found)),
        ("SERVICE", sides.costs(found, found.by_service())),
        ("COMPONENT", sides.costs(found, found.by_component())),
    ]
    blocks = []
    for title, rows in parts:
        _, *names = sides.head(found)
        first, *lines = aligned([(title, *names), *rows], range(1, len(names) + 1))
        blocks.append("\n".join([bold(first, colour=colour), *lines]))
    return "\n\n".join(blocks) + "\n"
