"""Unit costs in the cells that several outputs share."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.economics import unit_costs
from archcode.units import grouped, to_decimal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.economics import UnitCost
    from archcode.estimate import Estimate

Cell = tuple[Fraction | None, str]
END_TO_END = "End to end"
NO_TRAFFIC = "no traffic"
_LEAST = Fraction(1, 1_000_000_000)
"""Smaller amounts are told as less than this."""


def table_of(estimate: Estimate) -> list[tuple[str, ...]]:
    """The columns, and a row for each component that is charged, then for everything.

    A column for each business event; none at all where nothing is charged.
    """
    found = [*unit_costs(estimate)]
    if len(found) == 1:
        return []
    events = (f"Per {' '.join(event.split())}" for event in found[-1].events)
    head = ("Component", "Messages a month", "Per million messages", "Per GB", *events)
    return [head, *_rows(found, estimate)]


def _rows(found: list[UnitCost], estimate: Estimate) -> Iterator[tuple[str, ...]]:
    for one in found:
        typical, *ends = (_cells(each, estimate) for each in (one, *(one.ends or ())))
        yield (
            one.name or END_TO_END,
            grouped(one.messages, 0),
            *(_between(*cells) for cells in zip(typical, *ends, strict=True)),
        )


def _cells(one: UnitCost, estimate: Estimate) -> list[Cell]:
    """Each cost of a unit, None where nobody can tell, and how it is told."""
    costs = (
        (one.per_million, one.messages),
        (one.per_gb, one.size),
        *((one.per_event[event], number) for event, number in one.events.items()),
    )
    return [(cost, _cell(cost, units, estimate)) for cost, units in costs]


def _between(typical: Cell, *ends: Cell) -> str:
    """What it costs typically, and between what that lies; what cannot be told comes last."""
    every = sorted((typical, *ends), key=lambda cell: (cell[0] is None, cell[0] or 0))
    least, most = every[0][1], every[-1][1]
    return typical[1] if least == most else f"{typical[1]} (from {least} to {most})"


def _cell(cost: Fraction | None, units: Fraction, estimate: Estimate) -> str:
    """An amount with two digits more than cents; nothing flows, or the cost is unknown."""
    if not units:
        return NO_TRAFFIC
    if cost is None:
        return "unknown"
    if 0 < cost < _LEAST:
        return f"<{estimate.currency.amount(to_decimal(_LEAST), fine=True)}"
    return estimate.currency.amount(to_decimal(cost), fine=True)
