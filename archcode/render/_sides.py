"""Specs side by side in the words that a terminal and Markdown share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Severity
from archcode.render._margins import KINDS, holds, percent
from archcode.render._options import money, terms

if TYPE_CHECKING:
    from decimal import Decimal

    from archcode.compare.specs import Side, SideBySide
    from archcode.currency import Currency

Row = tuple[str, ...]


def head(found: SideBySide) -> Row:
    """The names of the specs."""
    return ("", *(side.name for side in found.sides))


def totals(found: SideBySide) -> list[Row]:
    """What each spec comes to: cost, findings, and what breaks first."""
    sides, first = found.sides, found.sides[0].estimate
    return [
        ("Title", *(" ".join(side.estimate.topology.spec.title.split()) for side in sides)),
        *_listed(found),
        (", ".join(("Monthly cost", *terms(first))), *map(_cost, sides)),
        ("Than the first", *("" if s is sides[0] else _more(found, s) for s in sides)),
        *(
            (f"{kind.capitalize()}s", *(str(s.counts.get(kind, 0)) for s in sides))
            for kind in _KINDS
        ),
        ("First to break", *map(_first, sides)),
        ("Headroom", *(_left(side) for side in sides)),
        ("Holds to", *(_multiple(side) for side in sides)),
    ]


_KINDS = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def costs(found: SideBySide, rows: list[tuple[str, tuple[Decimal | None, ...]]]) -> list[Row]:
    """The cost of each component or service, and what it is more than in the first spec."""
    shown = found.sides[0].estimate.currency
    return [(name, *(_amount(row, at, shown) for at in range(len(row)))) for name, row in rows]


def _amount(row: tuple[Decimal | None, ...], place: int, shown: Currency) -> str:
    amount, first = row[place], row[0]
    if amount is None:
        return "-"
    text = money(amount, shown)
    if place == 0 or first is None or amount == first:
        return text
    return f"{text} ({money(amount - first, shown, signed=True)})"


def _listed(found: SideBySide) -> list[Row]:
    """The costs at list prices, where others were agreed."""
    if found.sides[0].estimate.overlay is None:
        return []
    estimates = [side.estimate for side in found.sides]
    return [("List cost", *(_text(e.list_cost, e.listed, e.currency) for e in estimates))]


def _cost(side: Side) -> str:
    estimate = side.estimate
    return _text(estimate.contracted_cost, estimate.complete, estimate.currency)


def _text(cost: Decimal, complete: bool, shown: Currency) -> str:  # noqa: FBT001 - as it came
    text = money(cost, shown)
    return text if complete else f"at least {text}"


def _more(found: SideBySide, side: Side) -> str:
    return money(found.difference(side), side.estimate.currency, signed=True)


def _first(side: Side) -> str:
    margin = side.headroom.binding
    if margin is None:
        return "no limit"
    load = margin.load
    kind = KINDS.get(load.kind)
    return f"{load.where}: {load.name}" + (f" ({kind})" if kind else "")


def _left(side: Side) -> str:
    return percent(side.headroom.binding) if side.headroom.binding else ""


def _multiple(side: Side) -> str:
    return holds(side.headroom.binding) if side.headroom.binding else ""
