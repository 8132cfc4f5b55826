"""What the ranges of a spec make of its cost, in the cells that several outputs share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.statement import statement
from archcode.units import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.spec.load import Value

HEAD = ("Component", "Low", "Typical", "High")
NUMBERS = (1, 2, 3)
INPUT_HEAD = ("Range", "Low", "Typical", "High", "A month at low", "A month at high", "Swing")
INPUT_NUMBERS = (1, 2, 3, 4, 5, 6)


def rows(estimate: Estimate) -> Iterator[tuple[str, ...]]:
    """What each component costs at the low end of the total, typically, and at the high end.

    The last row is the total; nothing where the spec has no ranges.
    """
    found = estimate.spread
    if found is None:
        return
    shown = [statement(each) for each in (found.low, estimate, found.high)]
    names = dict.fromkeys(row.component for each in shown for row in each.rows)
    for name in names:
        yield (name, *(each.of([name]).total_text for each in shown))
    yield ("Total", *(each.total_text for each in shown))


def input_rows(estimate: Estimate) -> Iterator[tuple[str, ...]]:
    """Each range and the total at both of its ends, the largest swing first."""
    found = estimate.spread
    for effect in found.effects if found else ():
        ends = (text_of(effect.range.at(end)) for end in ("low", "typical", "high"))
        costs = (effect.low, effect.high, effect.swing)
        shown = (estimate.currency.shown(estimate.currency.of(cost)) for cost in costs)
        yield (effect.range.where, *ends, *shown)


def text_of(value: Value) -> str:
    """One value of a range as its author wrote it."""
    return value if isinstance(value, str) else plain(value)  # type: ignore[arg-type]
