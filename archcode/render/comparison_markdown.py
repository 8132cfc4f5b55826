"""A comparison as Markdown, for a review or a decision record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render import _options as options
from archcode.render._markdown import escape, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archcode.compare import Comparison


def render(found: Comparison) -> str:
    """Both tables, and what is behind them."""
    parts = [
        f"# {escape(options.heading(found))}",
        escape(options.verdict(found)),
        "## Cost and limits",
        table(options.cost_head(found), options.cost_rows(found), options.cost_right(found)),
        "## Promises",
        table(options.WORDS_HEAD, options.words_rows(found), ()),
        *_listed("Exactly once*", options.conditions(found)),
        *_listed("Ruled out", options.reasons(found)),
        *_listed("Worth knowing", options.notes(found)),
    ]
    return "\n\n".join(parts) + "\n"


def _listed(title: str, found: Iterable[tuple[str, Sequence[str]]]) -> Iterator[str]:
    told = [*found]
    if told:
        yield f"## {escape(title)}"
    for name, facts in told:
        lines = [f"- **{escape(name)}**", *(f"  - {escape(fact)}" for fact in facts)]
        yield "\n".join(lines)
