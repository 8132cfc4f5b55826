"""Price files to prices: `find` a meter in a region, or raise; a missing price is never zero.

A price file is CSV, one row per tier: region, meter, unit, tier_from, tier_to, usd, rate_code,
source, source_date, confidence. Tier bounds count in the unit, per month, account and region.
A row without a rate code has a source that names the one entry it was read from.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from archcode.errors import PriceMissing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

COLUMNS = (
    "region",
    "meter",
    "unit",
    "tier_from",
    "tier_to",
    "usd",
    "rate_code",
    "source",
    "source_date",
    "confidence",
)
GLOBAL = "global"
"""The region of rows that hold for the whole account, such as a free tier."""


@dataclass(frozen=True, slots=True)
class Tier:
    """One row: the price of a unit between two monthly quantities; `end` None means no end."""

    start: Decimal
    end: Decimal | None
    usd: Decimal
    unit: str
    rate_code: str
    source: str
    source_date: str
    confidence: str

    @property
    def sku_id(self) -> str:
        """The product of AWS's price list: the first part of the rate code; empty without one.

        Where AWS lists several products of one price without saying which is which, all of
        them, joined by `|`.
        """
        return self.rate_code.partition(".")[0].removeprefix("one_of[").removesuffix("]")

    @property
    def reference(self) -> str:
        """Where the number came from: the source and AWS's rate code in it, if it is known."""
        return f"{self.source}#{self.rate_code}" if self.rate_code else self.source


Prices = dict[str, tuple[Tier, ...]]


class PriceBook:
    """All prices, read file by file when first asked for.

    `read` returns the text of a price file by its name (`sqs`), or None where there is none.
    """

    def __init__(self, read: Callable[[str], str | None]) -> None:
        self._read = read
        self._texts: dict[str, str] = {}
        self._prices: dict[tuple[str, str], Prices] = {}

    def find(self, service: str, meter: str, region: str) -> tuple[Tier, ...]:
        """The tiers of a meter in a region, lowest first; raises PriceMissing."""
        tiers = self.prices(service, region).get(meter)
        if tiers is None:
            raise PriceMissing(service, meter, region)
        return tiers

    def prices(self, service: str, region: str) -> Mapping[str, tuple[Tier, ...]]:
        """All meters of a service in a region; empty where nothing is known."""
        key = (service, region)
        if key not in self._prices:
            self._prices[key] = parse(self._text(service), region)
        return self._prices[key]

    def regions(self, service: str) -> tuple[str, ...]:
        """The regions that a price file covers."""
        lines = self._text(service).splitlines()[1:]
        return tuple(sorted({line.partition(",")[0] for line in lines} - {GLOBAL}))

    def _text(self, service: str) -> str:
        if service not in self._texts:
            self._texts[service] = self._read(service) or ""
        return self._texts[service]


def parse(text: str, region: str) -> Prices:
    """The prices of one region in a price file."""
    # Files hold all regions in one; the prefix test costs a third of parsing every row.
    rows = csv.reader(line for line in text.splitlines() if line.startswith(f"{region},"))
    prices: dict[str, list[Tier]] = {}
    for _, meter, unit, start, end, usd, rate_code, source, source_date, confidence in rows:
        bound = None if end == "Inf" else Decimal(end)
        tier = Tier(
            Decimal(start), bound, Decimal(usd), unit, rate_code, source, source_date, confidence
        )
        prices.setdefault(meter, []).append(tier)
    return {
        meter: tuple(sorted(tiers, key=lambda tier: tier.start)) for meter, tiers in prices.items()
    }
