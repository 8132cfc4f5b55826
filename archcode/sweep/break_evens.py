"""A change of the cheapest option, told: what it costs on both sides, and why it changes."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.sweep.model import BreakEven, Costs
from archcode.sweep.numbers import beside
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from archcode.sweep.envelope import Change
    from archcode.sweep.field import Built, Line
    from archcode.sweep.model import Kind

_AWAY = Fraction(1, 100)
_JUMP = Fraction(1, 10**6)
"""The part of a cost that is more than it can move over so short a way."""


def told(change: Change, line: Line) -> BreakEven:
    """A change with its kind, its costs and its facts."""
    x = change.x
    below, above = beside(x) if change.before is None else (change.before, x)
    facts = tuple(_against(line, change))
    kind: Kind = "limit"
    if not facts:
        kind = "crossing" if _meet(line, change, below, above) else "step"
        names = (change.left, change.right) if kind == "step" else ()
        facts = tuple(fact for name in names for fact in _steps(name, line, below, above))
    left, right = (_costs(n, line, (below, x, above)) for n in (change.left, change.right))
    return BreakEven(
        x,
        kind,
        change.left,
        change.right,
        change.at,
        below,
        above,
        left,
        right,
        facts,
        change.exact,
    )


def _against(line: Line, change: Change) -> Iterator[str]:
    """Why the cheapest below does not fit above, or the cheapest above not below."""
    x, left, right, before = change.x, change.left, change.right, change.before
    below, above = beside(x) if before is None else (before, x)
    if left and not line.fits(left, above):
        yield _why(line, left, x * (1 + _AWAY) if before is None else above, above)
    if right and not line.fits(right, below):
        yield _why(line, right, x * (1 - _AWAY) if before is None else below, below)


def _why(line: Line, name: str, away: Fraction, near: Fraction) -> str:
    """Why an option does not fit: told a little away, where the numbers are seen to differ."""
    built = line.at(name, near if line.fits(name, away) else away)
    words = (
        next(iter((*built.against.reasons, built.against.exceeded)), "") or "a price is not known"
    )
    return f"{name}: {words}"


def _meet(line: Line, change: Change, below: Fraction, above: Fraction) -> bool:
    """Whether two costs come near each other on both sides."""
    gaps = []
    for x in (below, above):
        left, right = line.cost(change.left, x), line.cost(change.right, x)
        if left is None or right is None:
            return False
        gaps.append(abs(left - right) <= max(left, right) * _JUMP)
    return all(gaps)


def _costs(name: str, line: Line, points: tuple[Fraction, ...]) -> Costs | None:
    if not name:
        return None
    below, there, above = (line.at(name, x).list_cost for x in points)
    return Costs(below, there, above)


def _steps(name: str, line: Line, below: Fraction, above: Fraction) -> Iterator[str]:
    """The sizes of a channel that step, else the quantity that steps most."""
    cost, later = line.cost(name, below), line.cost(name, above)
    if cost is None or later is None or later - cost <= cost * _JUMP:
        return
    before, after = line.at(name, below), line.at(name, above)
    told = [*_sizes(before, after)] or [*_quantities(before, after)][:1]
    yield from (f"{name}: {fact}" for fact in told)


def _sizes(before: Built, after: Built) -> Iterator[str]:
    sizes = zip(before.option.capacity, after.option.capacity, strict=False)
    for (part, old), (_, new) in sizes:
        if old.provided != new.provided:
            words = old.name.replace("_", " ")
            yield f"{part}: {words} {old.provided} → {new.provided}"


def _quantities(before: Built, after: Built) -> Iterator[str]:
    """The charges whose quantity jumps, the largest difference of cost first."""
    old, new = _charged(before), _charged(after)
    jumps = []
    for key, (quantity, cost) in new.items():
        was, paid = old.get(key, (quantity - quantity, cost - cost))
        if abs(Fraction(quantity) - Fraction(was)) > abs(Fraction(quantity)) * _JUMP:
            jumps.append((-abs(cost - paid), key, was, quantity))
    for _, (part, words), was, quantity in sorted(jumps):
        yield f"{part}: {words} {grouped(was)} → {grouped(quantity)}"


def _charged(built: Built) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    charges = built.estimate.charges if built.estimate else ()
    return {
        (charge.resource_name, charge.charge_description): (
            charge.pricing_quantity,
            charge.list_cost,
        )
        for charge in charges
        if charge.pricing_quantity is not None and charge.list_cost is not None
    }
