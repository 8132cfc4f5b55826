"""Numbers and tables for a terminal."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A title and aligned columns: the first to the left, numbers to the right."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    return "\n".join((title, *(_line(row, widths) for row in (head, *rows)), ""))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (text.rjust(width) for text, width in zip(row, widths, strict=True))
    return "  ".join(("", row[0].ljust(len(first)), *others)).rstrip()


def seconds(values: Sequence[float]) -> str:
    """Median, lowest and highest."""
    return f"{median(values):.3f} ({min(values):.3f}-{max(values):.3f})"


def times(value: float) -> str:
    """A ratio."""
    return f"{value:.2f}x"


def megabytes(value: float) -> str:
    """Bytes in a unit for a reader."""
    return f"{value / 1024 / 1024:,.1f} MB" if value >= 1024 * 1024 else f"{value / 1024:,.0f} KB"
