"""What an agreement says of prices, and list charges at agreed prices."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archcode.units import EXACT, grouped, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archcode.model import Charge

Key = tuple[str, str]
"""A price file and a meter in it; the empty meter stands for all meters of the file."""


class Term(Struct, frozen=True):
    """A part of the list price off, or a rate in US dollars in its place."""

    source: str
    off: Decimal = Decimal(0)
    rate: Decimal | None = None

    @property
    def words(self) -> str:
        """`12% off` or `own rate`."""
        return f"{plain(self.off * 100)}% off" if self.rate is None else "own rate"

    def unit_price(self, listed: Decimal | None) -> Decimal | None:
        """The agreed price of one unit; unknown where it is a part of an unknown one."""
        if self.rate is not None or listed is None:
            return self.rate
        return EXACT.multiply(listed, EXACT.subtract(Decimal(1), self.off))

    def applied(self, charge: Charge) -> Charge:
        """The charge at the agreed price; its list price stays beside it."""
        price, quantity = self.unit_price(charge.list_unit_price), charge.pricing_quantity
        if price is None:
            return charge
        known = replace(
            charge,
            contracted_unit_price=price,
            contract_terms=self.words,
            price_source=charge.price_source or self.source,
        )
        if quantity is None:
            return known
        return replace(
            known,
            contracted_cost=EXACT.multiply(quantity, price),
            charge_description=_without_reason(charge),
            formula=f"{charge.formula}{self._step(charge)}",
        )

    def _step(self, charge: Charge) -> str:
        """What the agreement adds to a formula that ends in the list price."""
        if self.rate is None:
            return f" × (1 − {plain(self.off * 100)}%)"
        quantity = f"{grouped(charge.pricing_quantity or 0)} {charge.pricing_unit}"
        return f"; own rate: {quantity} × ${plain(self.rate)}"


def _without_reason(charge: Charge) -> str:
    """The words of a charge without the reason why its list price is unknown."""
    if charge.list_unit_price is not None:
        return charge.charge_description
    return charge.charge_description.partition(" (unknown: ")[0]


class Overlay(Struct, frozen=True):
    """An agreement: its title, the parts off by meter, and rates by meter and region.

    The region of a rate is empty where it holds everywhere.
    """

    title: str
    discounts: Mapping[Key, Decimal]
    rates: Mapping[tuple[str, str, str], Decimal]

    def term(self, file: str, meter: str, region: str) -> Term | None:
        """What holds for a meter in a region: its rate, its discount, or that of its file."""
        source = f"price overlay {self.title}"
        for place in (region, ""):
            rate = self.rates.get((file, meter, place))
            if rate is not None:
                return Term(source, rate=rate)
        for key in ((file, meter), (file, "")):
            if key in self.discounts:
                return Term(source, off=self.discounts[key])
        return None
