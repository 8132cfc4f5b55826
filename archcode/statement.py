"""An estimate as a reader sees it: rows per component, in cents that add up to the total."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from archcode.units import cents, grouped, plain

if TYPE_CHECKING:
    from archcode.estimate import Estimate
    from archcode.model import Charge


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a cost table; `cost` None is unknown, `free` costs nothing for a reason."""

    component: str
    description: str
    quantity: str
    unit_price: str
    cost: Decimal | None
    free: bool

    @property
    def cost_text(self) -> str:
        """The cost to the cent, `free` or `unknown`."""
        if self.cost is None:
            return "unknown"
        return "free" if self.free else dollars(self.cost)


@dataclass(frozen=True, slots=True)
class Statement:
    """The rows of an estimate and their total."""

    rows: tuple[Row, ...]
    total: Decimal
    complete: bool

    @property
    def total_text(self) -> str:
        """The total, as a lower bound where something is unknown."""
        return dollars(self.total) if self.complete else f"at least {dollars(self.total)}"


def statement(estimate: Estimate) -> Statement:
    """Charges of the same kind in one row, each rounded once, so that the rows add up."""
    groups = _groups(estimate.charges)
    known = [sum((c.list_cost or Decimal(0) for c in g), Decimal(0)) for g in groups]
    shown = cents(known)
    rows = tuple(_row(group, cost) for group, cost in zip(groups, shown, strict=True))
    return Statement(rows, sum(shown, Decimal("0.00")), estimate.complete)


def dollars(cost: Decimal) -> str:
    """US dollars with the cents that were decided before."""
    return f"-${-cost:,.2f}" if cost < 0 else f"${cost:,.2f}"


def _groups(charges: tuple[Charge, ...]) -> list[list[Charge]]:
    groups: dict[tuple[object, ...], list[Charge]] = {}
    for charge in charges:
        known = charge.list_cost is not None
        key = (charge.resource_name, charge.charge_description, charge.list_unit_price, known)
        groups.setdefault(key, []).append(charge)
    return list(groups.values())


def _row(group: list[Charge], cost: Decimal) -> Row:
    first = group[0]
    quantities = [c.pricing_quantity for c in group if c.pricing_quantity is not None]
    known = first.list_cost is not None
    price = first.list_unit_price
    return Row(
        component=first.resource_name,
        description=first.charge_description,
        quantity=(
            f"{grouped(sum(quantities, Decimal(0)))} {first.pricing_unit}"
            if quantities
            else "unknown"
        ),
        unit_price="unknown" if price is None else f"${plain(price)}",
        cost=cost if known else None,
        free=known and price == 0,
    )
