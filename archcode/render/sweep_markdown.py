"""A sweep, or a map of two variables, as Markdown for a review or a decision record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render import _sweeps as words
from archcode.render._markdown import escape, table

if TYPE_CHECKING:
    from archcode.sweep import Area, Sweep


def render(found: Sweep) -> str:
    """All tables, and what is behind the break-even points."""
    head, rows = words.grid(found)
    parts = [
        f"# {escape(words.heading(found, words.along(found)))}",
        escape(words.verdict(found)),
    ]
    if found.break_evens:
        made = table(words.BREAK_HEAD, words.break_rows(found), words.BREAK_RIGHT)
        parts += ["## Break-even points", made]
    for at, facts in words.facts(found):
        lines = [f"- **{escape(at)}**", *(f"  - {escape(fact)}" for fact in facts)]
        parts += ["\n".join(lines)]
    parts += ["## Cheapest", table(words.REGION_HEAD, words.region_rows(found), words.REGION_RIGHT)]
    parts += ["## Monthly cost", table(head, rows, range(1, len(head)))]
    rows = words.limit_rows(found)
    if rows:
        parts += ["## Fits", table(words.LIMIT_HEAD, rows, ())]
    return "\n\n".join(parts) + "\n"


def render_area(found: Area) -> str:
    """The map in letters, and what they stand for."""
    head, rows = words.map_rows(found)
    parts = [
        f"# {escape(words.heading(found, words.area_along(found)))}",
        table(("", "Cheapest", "Share"), words.share_rows(found), (2,)),
        "## Map",
        table(head, rows, range(len(head))),
    ]
    return "\n\n".join(parts) + "\n"
