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
    """One line of a cost table; `cost` None is unknown, `exact` is what it was rounded from."""

    component: str
    description: str
    quantity: str
    unit_price: str
    cost: Decimal | None
    exact: Decimal
    free: bool

    @property
    def cost_text(self) -> str:
        """The cost to the cent, `free` or `unknown`."""
        if self.cost is None:
            return "unknown"
        return "free" if self.free else dollars(self.cost, self.exact)


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
    rows = tuple(map(_row, groups, shown, known))
    return Statement(rows, sum(shown, Decimal("0.00")), estimate.complete)


def by_component(shown: Statement) -> dict[str, str]:
    """What each component costs, in the cents of its rows; the known part where one is unknown."""
    rows: dict[str, list[Row]] = {}
    for row in shown.rows:
        rows.setdefault(row.component, []).append(row)
    return {name: _together(found) for name, found in rows.items()}


def _together(rows: list[Row]) -> str:
    known = [row for row in rows if row.cost is not None]
    cost = sum((row.cost or Decimal(0) for row in known), Decimal(0))
    exact = sum((row.exact for row in known), Decimal(0))
    if len(known) == len(rows):
        return f"{dollars(cost, exact)}/mo"
    return f"≥ {dollars(cost, exact)}/mo" if exact else "cost unknown"


def dollars(cost: Decimal, exact: Decimal = Decimal(0)) -> str:
    """US dollars with the cents that were decided before; `<$0.01` is not nothing."""
    if cost == 0 < exact:
        return "<$0.01"
    return f"-${-cost:,.2f}" if cost < 0 else f"${cost:,.2f}"


def _groups(charges: tuple[Charge, ...]) -> list[list[Charge]]:
    groups: dict[tuple[object, ...], list[Charge]] = {}
    for charge in charges:
        known = charge.list_cost is not None
        key = (charge.resource_name, charge.charge_description, charge.list_unit_price, known)
        groups.setdefault(key, []).append(charge)
    return list(groups.values())


def _row(group: list[Charge], cost: Decimal, exact: Decimal) -> Row:
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
        exact=exact,
        free=known and price == 0,
    )
