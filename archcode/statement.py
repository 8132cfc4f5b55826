"""An estimate as a reader sees it: rows per component, in cents that add up to the total."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archcode.currency import USD, Currency
from archcode.units import cents, exact_sum, grouped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from archcode.estimate import Estimate
    from archcode.model import Charge

NOTHING = Decimal(0)


class Row(Struct, frozen=True):
    """One line of a cost table; `cost` None is unknown, `exact` is what it was rounded from.

    `unit_price` and `cost` are the agreed ones, the list ones stand beside them with `terms`.
    A picture shows the cost only, so other words are found when they are asked for.
    """

    component: str
    description: str
    quantities: tuple[Decimal, ...]
    """What is charged for, as far as it is known."""
    unit: str
    agreed: Decimal | None
    """The agreed price of a unit, in US dollars."""
    cost: Decimal | None
    exact: Decimal
    free: bool
    listed: Decimal | None
    """The list price of a unit, in US dollars."""
    list_cost: Decimal | None
    list_exact: Decimal
    terms: str
    currency: Currency = USD

    @property
    def quantity(self) -> str:
        """The quantity with its unit, or `unknown`."""
        if not self.quantities:
            return "unknown"
        return f"{grouped(exact_sum(self.quantities))} {self.unit}"

    @property
    def unit_price(self) -> str:
        """The agreed price of a unit, or `unknown`."""
        return _price(self.agreed, self.currency)

    @property
    def list_price(self) -> str:
        """The list price of a unit, or `unknown`."""
        return _price(self.listed, self.currency)

    @property
    def cost_text(self) -> str:
        """The cost to the cent, `free` or `unknown`."""
        if self.cost is None:
            return "unknown"
        return "free" if self.free else self.currency.shown(self.cost, self.exact)

    @property
    def list_text(self) -> str:
        """The cost at list prices to the cent, or `unknown`."""
        if self.list_cost is None:
            return "unknown"
        return self.currency.shown(self.list_cost, self.list_exact)


class Statement(Struct, frozen=True):
    """The rows of an estimate and their total; `overlay` is the title of what was agreed.

    `ends` are the same where the ranges of the spec make the whole cost least, and most.
    """

    rows: tuple[Row, ...]
    total: Decimal
    complete: bool
    list_total: Decimal
    listed: bool
    overlay: str
    currency: Currency
    ends: tuple[Statement, Statement] | None = None

    @property
    def between(self) -> tuple[str, str] | None:
        """The least and the most of the total and of both its ends; None without ranges."""
        if self.ends is None:
            return None
        # What is known in part may be any amount more.
        every = sorted((self, *self.ends), key=lambda one: (not one.complete, one.total))
        return every[0].total_text, every[-1].total_text

    @property
    def total_words(self) -> str:
        """The total, and between what it lies where ranges move it."""
        if self.between is None or self.between[0] == self.between[1]:
            return self.total_text
        return f"{self.total_text} (from {self.between[0]} to {self.between[1]})"

    @property
    def total_text(self) -> str:
        """The total, as a lower bound where something is unknown."""
        return self._bound(self.total, self.complete)

    @property
    def list_text(self) -> str:
        """The total at list prices, as a lower bound where something is unknown."""
        return self._bound(self.list_total, self.listed)

    @property
    def discount_text(self) -> str:
        """What the overlay takes off all rows whose both costs are known, below 0."""
        both = [row for row in self.rows if row.cost is not None and row.list_cost is not None]
        off = sum(((row.cost or NOTHING) - (row.list_cost or NOTHING) for row in both), NOTHING)
        return self.currency.shown(off)

    @property
    def prices(self) -> str:
        """The currency, and what the prices are."""
        return f"{self.currency.words}, {self.overlay or 'list prices'}"

    def of(self, names: Collection[str]) -> Statement:
        """The rows of these components and what they add up to."""
        rows = tuple(row for row in self.rows if row.component in names)
        return replace(
            self,
            rows=rows,
            total=sum((row.cost or NOTHING for row in rows), NOTHING),
            complete=all(row.cost is not None for row in rows),
            list_total=sum((row.list_cost or NOTHING for row in rows), NOTHING),
            listed=all(row.list_cost is not None for row in rows),
            ends=(self.ends[0].of(names), self.ends[1].of(names)) if self.ends else None,
        )

    def _bound(self, amount: Decimal, complete: bool) -> str:  # noqa: FBT001 - private
        text = self.currency.shown(amount)
        return text if complete else f"at least {text}"


def statement(estimate: Estimate) -> Statement:
    """Charges of the same kind in one row, each rounded once, so that the rows add up."""
    currency, groups = estimate.currency, _groups(estimate.charges)
    known = [currency.of(exact_sum(c.contracted_cost or NOTHING for c in g)) for g in groups]
    listed = [currency.of(exact_sum(c.list_cost or NOTHING for c in g)) for g in groups]
    shown, full = cents(known, currency.digits), cents(listed, currency.digits)
    return Statement(
        rows=tuple(
            _row(group, currency, paid, list_)
            for group, paid, list_ in zip(
                groups, zip(shown, known, strict=True), zip(full, listed, strict=True), strict=True
            )
        ),
        total=sum(shown, NOTHING),
        complete=estimate.complete,
        list_total=sum(full, NOTHING),
        listed=estimate.listed,
        overlay=title(estimate),
        currency=currency,
        ends=_ends(estimate),
    )


def _ends(estimate: Estimate) -> tuple[Statement, Statement] | None:
    """The same at both ends of the ranges of a spec."""
    found = estimate.spread
    return (statement(found.low), statement(found.high)) if found else None


def title(estimate: Estimate) -> str:
    """The title of the agreement on one line; empty where list prices hold."""
    return " ".join(estimate.overlay.title.split()) if estimate.overlay else ""


def price_words(estimate: Estimate) -> str:
    """Which prices these are and in which currency they are shown."""
    agreed = f" and the terms of {title(estimate)}" if estimate.overlay else ""
    shown = f", shown in {estimate.currency.words}" if estimate.currency != USD else ""
    return f"list prices in USD{agreed}{shown}"


def by_component(shown: Statement) -> dict[str, str]:
    """What each component costs, in the cents of its rows; the known part where one is unknown."""
    rows: dict[str, list[Row]] = {}
    for row in shown.rows:
        rows.setdefault(row.component, []).append(row)
    return {name: together(found, shown.currency) for name, found in rows.items()}


def together(rows: Iterable[Row], currency: Currency) -> str:
    """What some rows cost a month; the known part where one is unknown."""
    every = [*rows]
    known = [row for row in every if row.cost is not None]
    cost = sum((row.cost or NOTHING for row in known), NOTHING)
    exact = exact_sum(row.exact for row in known)
    if len(known) == len(every):
        return f"{currency.shown(cost, exact)}/mo"
    return f"≥ {currency.shown(cost, exact)}/mo" if exact else "cost unknown"


def _groups(charges: tuple[Charge, ...]) -> list[list[Charge]]:
    groups: dict[tuple[object, ...], list[Charge]] = {}
    for charge in charges:
        known = charge.contracted_cost is not None
        prices = charge.list_unit_price, charge.contracted_unit_price
        key = (charge.resource_name, charge.charge_description, prices, known)
        groups.setdefault(key, []).append(charge)
    return list(groups.values())


def _row(
    group: list[Charge],
    currency: Currency,
    paid: tuple[Decimal, Decimal],
    listed: tuple[Decimal, Decimal],
) -> Row:
    """A row of charges alike, with what is paid and what is listed: rounded, and exact."""
    first = group[0]
    quantities = (c.pricing_quantity for c in group if c.pricing_quantity is not None)
    known = first.contracted_cost is not None
    return Row(
        component=first.resource_name,
        description=first.charge_description,
        quantities=tuple(quantities),
        unit=first.pricing_unit,
        agreed=first.contracted_unit_price,
        cost=paid[0] if known else None,
        exact=paid[1],
        free=known and first.contracted_unit_price == 0,
        listed=first.list_unit_price,
        list_cost=listed[0] if first.list_cost is not None else None,
        list_exact=listed[1],
        terms=first.contract_terms,
        currency=currency,
    )


def _price(usd: Decimal | None, currency: Currency) -> str:
    return "unknown" if usd is None else currency.unit_price(usd)
