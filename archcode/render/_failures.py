"""Failure modes as parts of a Markdown page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render._markdown import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archcode.failures._handoff import Handoff


def sections(handoffs: Iterable[Handoff], *, level: int) -> Iterator[str]:
    """Heading and paragraph of each handoff."""
    for handoff in handoffs:
        yield f"{'#' * level} {escape(handoff.where.replace('->', '→'))}"
        yield f"{escape(handoff.source)} to {escape(handoff.target)}, {escape(handoff.load)}."
        yield " ".join(f"**{name}.** {escape(text)}" for name, text in handoff.answers)
