"""Costs of options beside each other, at one of three circumstances: low, typical and high."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from archcode.units import EXACT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archcode.compare import Option

TYPICAL = 1
"""The place of the typical cost among `Option.list_costs`."""
_TENTH = Decimal("0.1")


def near(best: Option, material: Decimal, place: int = TYPICAL) -> Decimal:
    """The difference up to which costs do not decide: a tenth of the cheapest, or `material`."""
    return least_to_decide(best.list_costs[place] or Decimal(0), material)


def least_to_decide(cheapest: Decimal, material: Decimal) -> Decimal:
    """The same for a cost of the cheapest option."""
    return max(EXACT.multiply(cheapest, _TENTH), material)


def short_of(option: Option, best: Option, place: int = TYPICAL) -> Decimal:
    """What an option costs more than the cheapest."""
    cost, least = option.list_costs[place], best.list_costs[place]
    return EXACT.subtract(cost or Decimal(0), least or Decimal(0))


def cheapest(options: Iterable[Option], place: int) -> Option | None:
    """The option that costs least, of those that fit."""
    known = [o for o in options if o.fits and o.list_costs[place] is not None]
    return min(known, key=lambda o: o.list_costs[place] or Decimal(0), default=None)
