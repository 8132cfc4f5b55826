"""Specs side by side in the words that a terminal and Markdown share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.currency import USD
from archcode.model import Severity
from archcode.render._margins import KINDS, holds, percent

if TYPE_CHECKING:
    from decimal import Decimal

    from archcode.compare.specs import Side, SideBySide

Row = tuple[str, ...]


def head(found: SideBySide) -> Row:
    """The names of the specs."""
    return ("", *(side.name for side in found.sides))


def totals(found: SideBySide) -> list[Row]:
    """What each spec comes to: cost, findings, and what breaks first."""
    sides = found.sides
    return [
        ("Title", *(" ".join(side.estimate.topology.spec.title.split()) for side in sides)),
        ("Monthly cost", *map(_cost, sides)),
        ("Than the first", *("" if s is sides[0] else _more(found.difference(s)) for s in sides)),
        *(
            (f"{kind.capitalize()}s", *(str(s.counts.get(kind, 0)) for s in sides))
            for kind in _KINDS
        ),
        ("First to break", *map(_first, sides)),
        ("Headroom", *(_left(side) for side in sides)),
        ("Holds to", *(_multiple(side) for side in sides)),
    ]


def _counts(kind: Severity, found: SideBySide) -> Row:
    return (f"{kind.capitalize()}s", *(str(side.counts.get(kind, 0)) for side in found.sides))


_KINDS = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def costs(rows: list[tuple[str, tuple[Decimal | None, ...]]]) -> list[Row]:
    """The cost of each component or service, and what it is more than in the first spec."""
    return [(name, *(_amount(row, place) for place in range(len(row)))) for name, row in rows]


def _amount(row: tuple[Decimal | None, ...], place: int) -> str:
    amount, first = row[place], row[0]
    if amount is None:
        return "-"
    text = USD.shown(amount, amount)
    if place == 0 or first is None or amount == first:
        return text
    return f"{text} ({_more(amount - first)})"


def _cost(side: Side) -> str:
    text = USD.shown(side.estimate.list_cost, side.estimate.list_cost)
    return text if side.estimate.listed else f"at least {text}"


def _more(amount: Decimal) -> str:
    text = USD.shown(amount, amount)
    return f"+{text}" if amount > 0 else text


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
