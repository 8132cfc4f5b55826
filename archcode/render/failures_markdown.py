"""The failure modes of a topology as Markdown, ready for a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render._failures import sections
from archcode.render._markdown import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archcode.failures._handoff import Handoff


def render(title: str, handoffs: Iterable[Handoff]) -> str:
    """One paragraph under a heading for each handoff."""
    parts = [f"# Failure modes: {escape(title)}", *sections(handoffs, level=2)]
    if len(parts) == 1:
        parts.append("Nothing is handed over asynchronously.")
    return "\n\n".join(parts) + "\n"
