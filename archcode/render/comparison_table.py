"""A comparison for a terminal: costs and limits, promises, then what rules options out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render import _options as options
from archcode.render.columns import aligned, bold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archcode.compare import Comparison

_RED = "\x1b[31m{}\x1b[0m"


def render(found: Comparison, *, colour: bool = False) -> str:
    """The options, the cheapest first; those that are ruled out last, and in red."""
    out = [not option.feasible for option in found.options]
    costs = _table(
        options.cost_head(found), options.cost_rows(found), out, options.cost_right(found), colour
    )
    words = _table(options.WORDS_HEAD, options.words_rows(found), out, (), colour)
    parts = [bold(options.heading(found), colour=colour), "", *costs, "", *words]
    parts += _listed("* Exactly once", options.conditions(found), colour=colour)
    parts += _listed("Ruled out", options.reasons(found), colour=colour)
    parts += _listed("Worth knowing", options.notes(found), colour=colour)
    return "\n".join([*parts, "", options.verdict(found)]) + "\n"


def _table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    out: Sequence[bool],
    right: Sequence[int],
    colour: bool,  # noqa: FBT001 - handed on as it came
) -> Iterator[str]:
    first, *lines = aligned([[name.upper() for name in head], *rows], right)
    yield bold(first, colour=colour)
    for line, gone in zip(lines, out, strict=True):
        yield _RED.format(line) if gone and colour else line


def _listed(
    title: str, found: Iterable[tuple[str, Sequence[str]]], *, colour: bool
) -> Iterator[str]:
    told = [*found]
    if told:
        yield from ("", bold(title, colour=colour))
    for name, facts in told:
        yield f"  {name}"
        yield from (f"    {fact}" for fact in facts)
