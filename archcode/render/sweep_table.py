"""A sweep, or a map of two variables, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render import _sweeps as words
from archcode.render.columns import aligned, bold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archcode.sweep import Area, Sweep


def render(found: Sweep, *, colour: bool = False) -> str:
    """Break-even points, stretches, some costs, and which option is the cheapest where."""
    parts = [bold(words.heading(found, words.along(found)), colour=colour)]
    if found.break_evens:
        rows = words.break_rows(found)
        parts += _table("Break-even points", words.BREAK_HEAD, rows, words.BREAK_RIGHT, colour)
    rows = words.region_rows(found)
    parts += _table("Cheapest", words.REGION_HEAD, rows, words.REGION_RIGHT, colour)
    head, rows = words.grid(found)
    parts += _table("Monthly cost", head, rows, range(1, len(head)), colour)
    if any(words.CROSS in cell for row in rows for cell in row):
        parts += [f"{words.CROSS} does not fit: ruled out, or over a limit or guideline"]
    rows = words.limit_rows(found)
    if rows:
        parts += _table("Fits", words.LIMIT_HEAD, rows, (), colour)
    for at, facts in words.facts(found):
        parts += ["", f"At {at}", *(f"  {fact}" for fact in facts)]
    return words.listed([*parts, "", words.verdict(found)])


def render_area(found: Area, *, colour: bool = False) -> str:
    """A letter for the cheapest option in each cell, and the share of each."""
    head, rows = words.map_rows(found)
    cells = aligned([head, *rows], range(len(head)))
    shares = aligned(words.share_rows(found), (2,))
    title = bold(words.heading(found, words.area_along(found)), colour=colour)
    return words.listed([title, "", *cells, "", *shares])


def _table(
    title: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Sequence[int],
    colour: bool,  # noqa: FBT001 - handed on as it came
) -> Iterator[str]:
    first, *lines = aligned([head, *rows], right)
    yield from ("", bold(title, colour=colour), bold(first, colour=colour), *lines)
