"""Price files to prices: `find` a meter in a region, or raise; a missing price is never zero.

A price file is CSV, one row per tier: region, meter, unit, tier_from, tier_to, usd, rate_code,
source, source_date, confidence. Tier bounds count in the unit, per month, account and region.
A row without a rate code has a source that names the one entry it was read from.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.errors import PriceMissing, UsageError
from archcode.units import plain, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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
EXACT_DECIMAL = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?")
"""How prices and bounds are written: a number of any size could not be counted with."""


class Tier(Struct, frozen=True):
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

    `read` returns the text of a price file by its name (`sqs`), or None where there is none;
    `folder` is where it reads, for messages. Asking raises UsageError where a row is no price.
    """

    def __init__(self, read: Callable[[str], str | None], folder: str = "") -> None:
        self._read = read
        self._folder = folder
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
            self._prices[key] = parse(self._text(service), region, self._name(service))
        return self._prices[key]

    def regions(self, service: str) -> tuple[str, ...]:
        """The regions that a price file covers."""
        return tuple(region for region in places(self._text(service)) if region != GLOBAL)

    def _name(self, service: str) -> str:
        return f"{self._folder}{service}.csv"

    def _text(self, service: str) -> str:
        if service not in self._texts:
            text = self._read(service) or ""
            if text and text.partition("\n")[0].rstrip() != ",".join(COLUMNS):
                raise UsageError(f"{self._name(service)}:1: the columns are not those of prices")
            self._texts[service] = text
        return self._texts[service]


def places(text: str) -> tuple[str, ...]:
    """The regions of a price file, `global` among them, in the order of the alphabet."""
    return tuple(sorted({line.partition(",")[0] for line in text.splitlines()[1:]}))


def parse(text: str, region: str, name: str = "price file") -> Prices:
    """The prices of one region in a price file; raises UsageError with the line of a bad row."""
    # Files hold all regions in one; the prefix test costs a third of parsing every row.
    lines = [line for line in text.splitlines() if line.startswith(f"{region},")]
    prices: dict[str, list[Tier]] = {}
    number = 0
    try:
        for row in csv.reader(lines):
            meter, tier = _tier(row)
            prices.setdefault(meter, []).append(tier)
            number += 1
    except (ValueError, csv.Error) as error:
        line = text.splitlines().index(lines[number]) + 1
        raise UsageError(f"{name}:{line}: {error}") from None
    found = {
        meter: tuple(sorted(tiers, key=lambda tier: tier.start)) for meter, tiers in prices.items()
    }
    for meter, tiers in found.items():
        wrong = flaw(tiers, endless=region != GLOBAL)
        if wrong:
            raise UsageError(f"{name}: {meter} in {region}: {wrong}")
    return found


def flaw(tiers: Sequence[Tier], *, endless: bool) -> str:
    """What is wrong with tiers, lowest first, or an empty text.

    They must begin at 0 and follow each other; of a region's prices the last has no end.
    """
    edge: Decimal | None = Decimal(0)
    for tier in tiers:
        if tier.start != edge:
            until = "the end" if edge is None else plain(edge)
            return f"a tier begins at {plain(tier.start)}, not at {until}"
        edge = tier.end
    if endless and edge is not None:
        return f"the tiers end at {plain(edge)}"
    return ""


def _tier(row: Sequence[str]) -> tuple[str, Tier]:
    """Meter and tier of a row; raises ValueError."""
    if len(row) != len(COLUMNS):
        raise ValueError(f"has {len(row)} columns, not {len(COLUMNS)}")
    if not "".join(row).isprintable():
        raise ValueError("holds a character that cannot be shown")
    _, meter, unit, start, end, usd, rate_code, source, source_date, confidence = row
    bound = None if end == "Inf" else _number(end, "tier_to")
    low, cost = _number(start, "tier_from"), _number(usd, "usd")
    return meter, Tier(low, bound, cost, unit, rate_code, source, source_date, confidence)


def _number(text: str, column: str) -> Decimal:
    """A number from 0; raises ValueError."""
    if not EXACT_DECIMAL.fullmatch(text):
        raise ValueError(f"{column} is {quoted(text)}, not an exact decimal from 0")
    return Decimal(text)
