"""What is metered in many samples at once, priced meter by meter in floating point.

The same rules as those of `estimate`, `credits` and `overlay`: tiers and free tiers count for the
whole account, a free first tier takes the price of the next and is credited, allowances are used up
meter by meter, and what is unknown counts as nothing but makes the total a lower bound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.metering import by_meter, paid_tiers
from archcode.model import ZERO
from archcode.pricebook import GLOBAL
from archcode.regions import WITHOUT_FREE_TIER
from archcode.services._transfer import FREE_TIER as TRANSFER_FREE_TIER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from archcode.metering import Key, Metered
    from archcode.overlay.model import Overlay, Term
    from archcode.pricebook import PriceBook, Tier
    from archcode.sampling.program import Floats

    Values = Sequence[Floats | float]


class Rate(Struct, frozen=True):
    """One tier in floating point: where it starts, how much it holds, its list and agreed price."""

    start: float
    width: float
    listed: float
    agreed: float

    def part(self, used: Floats | float) -> Floats | float:
        """How much of a monthly quantity falls into it."""
        import numpy as np

        return np.clip(used - self.start, 0.0, self.width)


class Metering(Struct, frozen=True):
    """A meter in a region: the place of its quantity, its tiers, what is free of it.

    `free` is the end of a free first tier.
    """

    place: int
    paid: tuple[Rate, ...]
    free: float = 0.0


class Allowance(Struct, frozen=True):
    """A free quantity of the account, and the meters that use it up in this order."""

    quantity: float
    covers: tuple[Metering, ...]


class Bill(Struct, frozen=True):
    """All that is charged on one path; `listed` and `complete` say whether all of it is known.

    `stated` are the places of quantities and of the prices that the author states for them.
    """

    meters: tuple[Metering, ...]
    allowances: tuple[Allowance, ...]
    stated: tuple[tuple[int, int], ...]
    listed: bool
    complete: bool

    def totals(self, values: Values) -> tuple[Floats | float, Floats | float]:
        """The list cost and the contracted cost of every sample."""
        listed: Floats | float = 0.0
        agreed: Floats | float = 0.0
        for amount, rate in self._amounts(values):
            listed, agreed = listed + amount * rate.listed, agreed + amount * rate.agreed
        for quantity, price in self.stated:
            cost = values[quantity] * values[price]
            listed, agreed = listed + cost, agreed + cost
        return listed, agreed

    def _amounts(self, values: Values) -> Iterator[tuple[Floats | float, Rate]]:
        """What is charged and credited, tier by tier."""
        import numpy as np

        for meter in self.meters:
            used = values[meter.place]
            yield from ((rate.part(used), rate) for rate in meter.paid)
            if meter.free:
                yield from _credited(meter.paid, used, np.minimum(used, meter.free))
        for allowance in self.allowances:
            left: Floats | float = allowance.quantity
            for meter in allowance.covers:
                used = values[meter.place]
                amount = np.minimum(left, used)
                left = left - amount
                yield from _credited(meter.paid, used, amount)


def _credited(
    rates: tuple[Rate, ...], used: Floats | float, amount: Floats | float
) -> Iterator[tuple[Floats | float, Rate]]:
    """A free quantity taken off the last tiers that the usage reaches."""
    import numpy as np

    for rate in reversed(rates):
        part = np.minimum(amount, rate.part(used))
        amount = amount - part
        yield -part, rate


class Biller:
    """Makes the Bill of what is metered on a path; `quantities` are what its places hold."""

    def __init__(
        self, usage: list[Metered], prices: PriceBook, overlay: Overlay | None, *, free_tier: bool
    ) -> None:
        self.quantities: list[Fraction] = []
        self._usage, self._prices, self._overlay = usage, prices, overlay
        self._groups = by_meter(usage)
        self._places: dict[Key, int] = {}
        self._free_tier = free_tier
        self._listed = self._complete = True

    def bill(self) -> Bill:
        """Everything that is charged, and what is free of it."""
        meters = tuple(self._meters())
        free = self._free_tier and not any(m.region in WITHOUT_FREE_TIER for m in self._usage)
        allowances = tuple(self._allowances()) if free else ()
        return Bill(meters, allowances, tuple(self._stated()), self._listed, self._complete)

    def _meters(self) -> Iterator[Metering]:
        for key, group in self._groups.items():
            file, meter, region = key
            term = self._overlay.term(*key) if self._overlay else None
            tiers = self._prices.prices(file, region).get(meter)
            unmeasured = any(item.usage.quantity is None for item in group)
            self._listed &= tiers is not None and not unmeasured
            agreed = term is not None and term.unit_price(None) is not None
            self._complete &= (tiers is not None or agreed) and not unmeasured
            known = (item.usage.quantity for item in group)
            self._places[key] = self._place(sum((q for q in known if q is not None), ZERO))
            if tiers is not None:
                first = tiers[0]
                credit = self._free_tier and len(tiers) > 1 and first.usd == 0 and first.end
                yield self._metering(key, paid_tiers(tiers), float(credit or 0))
            elif term is not None and term.rate is not None:
                rate = Rate(0.0, float("inf"), 0.0, float(term.rate))
                yield Metering(self._places[key], (rate,))

    def _metering(self, key: Key, tiers: tuple[Tier, ...], free: float = 0.0) -> Metering:
        term = self._overlay.term(*key) if self._overlay else None
        return Metering(self._places[key], tuple(_rate(tier, term) for tier in tiers), free)

    def _allowances(self) -> Iterator[Allowance]:
        """Account-wide allowances, in the order in which they are credited."""
        found = {
            (tier.price_file or item.service.price_file, tier.meter): tier
            for item in self._usage
            for tier in item.service.free_tiers
        }
        found[TRANSFER_FREE_TIER.price_file, TRANSFER_FREE_TIER.meter] = TRANSFER_FREE_TIER
        for (file, _), allowance in found.items():
            rows = self._prices.prices(file, GLOBAL).get(allowance.meter)
            quantity = rows[0].end if rows else None
            if quantity:
                covers = (m for name in allowance.covers for m in self._covered(file, name))
                yield Allowance(float(quantity), tuple(covers))

    def _covered(self, file: str, name: str) -> Iterator[Metering]:
        """A meter of an allowance in every region where it is used."""
        for key, group in self._groups.items():
            if key[0] == file and group[0].usage.meter == name:
                tiers = self._prices.prices(file, key[2]).get(key[1])
                if tiers is not None:
                    yield self._metering(key, tiers)

    def _stated(self) -> Iterator[tuple[int, int]]:
        for item in self._usage:
            quantity, price = item.usage.quantity, item.usage.unit_price
            if quantity is not None and price is not None:
                yield self._place(quantity), self._place(price)

    def _place(self, quantity: Fraction) -> int:
        self.quantities.append(quantity)
        return len(self.quantities) - 1


def _rate(tier: Tier, term: Term | None) -> Rate:
    """A tier at its list price and at the agreed one."""
    agreed = term.unit_price(tier.usd) if term else tier.usd
    width = float("inf") if tier.end is None else float(tier.end - tier.start)
    return Rate(float(tier.start), width, float(tier.usd), float(agreed or 0))
