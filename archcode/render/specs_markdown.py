"""Specs side by side as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render import _sides as sides
from archcode.render._markdown import escape, table

if TYPE_CHECKING:
    from archcode.compare.specs import SideBySide


def render(found: SideBySide) -> str:
    """Totals, then the cost of each service and of each component."""
    head = [escape(name) for name in sides.head(found)]
    right = range(1, len(head))
    parts = [
        "# Specs side by side",
        table(head, sides.totals(found), right),
        "## By service",
        table(head, sides.costs(found, found.by_service()), right),
        "## By component",
        table(head, sides.costs(found, found.by_component()), right),
    ]
    return "\n\n".join(parts) + "\n"
