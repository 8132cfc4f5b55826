"""Columns of equal width, and bold words: what every table on a terminal is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def aligned(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> Iterable[str]:
    """Rows as lines with columns of equal width, two blanks apart."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [
            text.rjust(widths[i]) if i in right else text.ljust(widths[i])
            for i, text in enumerate(row)
        ]
        yield "  ".join(cells).rstrip()


def bold(text: str, *, colour: bool) -> str:
    """A heading that stands out, where colours are wanted."""
    return f"\x1b[1m{text}\x1b[0m" if colour else text


def headed(
    rows: Sequence[Sequence[str]], right: Sequence[int] = (), *, colour: bool
) -> Iterator[str]:
    """A table whose first row is its head, in capitals and bold."""
    head, *others = rows
    first, *lines = aligned([tuple(word.upper() for word in head), *others], right)
    yield bold(first, colour=colour)
    yield from lines
