"""Text and tables that Markdown shows as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+!|~&-])")


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int]) -> str:
    """A table whose columns in `right` hold numbers."""
    rule = ["---:" if i in right else "---" for i in range(len(head))]
    lines = [head, rule, *([escape(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def escape(text: str) -> str:
    """Text that Markdown and the HTML inside it show as it is, on one line."""
    flat = " ".join(text.split())
    return _SPECIAL.sub(_entity, flat)


def _entity(match: re.Match[str]) -> str:
    character = match.group(1)
    entities = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
    # Hyphens, brackets and signs are harmless inside a line; escaping them spoils the source.
    return entities.get(character, character if character in "-+()#!{}" else backslashed(match))


def backslashed(match: re.Match[str]) -> str:
    """A character of Markdown's own as text."""
    return f"\\{match.group(1)}"
