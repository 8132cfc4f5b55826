"""What a refresh changes, row by row, and equal changes of many regions as one."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.units import EXACT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from archcode.pricebook import Prices


class Change(Struct, frozen=True):
    """A row of the book before and after; None where there is none."""

    service: str
    meter: str
    start: Decimal
    end: Decimal | None
    old: Decimal | None
    new: Decimal | None

    @property
    def kind(self) -> str:
        """One word: changed, added, dropped or unchanged."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "dropped"
        return "unchanged" if self.old == self.new else "changed"

    @property
    def percent(self) -> Decimal | None:
        """The difference in percent of the old price; None without one."""
        if not self.old or self.new is None:
            return None
        return EXACT.divide((self.new - self.old) * 100, self.old)


class Report(Struct, frozen=True):
    """How many rows were compared, and each change with the regions it holds in."""

    counts: Counter[str]
    changes: dict[Change, tuple[str, ...]]


def report(differences: Iterable[tuple[str, Change]]) -> Report:
    """Rows of all regions counted, equal changes grouped; the order stays."""
    counts: Counter[str] = Counter()
    regions: dict[Change, list[str]] = defaultdict(list)
    for region, change in differences:
        counts[change.kind] += 1
        if change.kind != "unchanged":
            regions[change].append(region)
    return Report(counts, {change: tuple(names) for change, names in regions.items()})


def compared(service: str, old: Prices, new: Prices) -> Iterator[Change]:
    """Each row of a region, before and after."""
    before, after = _rows(old), _rows(new)
    for meter, start, end in sorted({*before, *after}, key=lambda key: (*key[:2], str(key[2]))):
        key = meter, start, end
        yield Change(service, meter, start, end, before.get(key), after.get(key))


def _rows(prices: Prices) -> dict[tuple[str, Decimal, Decimal | None], Decimal]:
    return {
        (meter, tier.start, tier.end): tier.usd for meter, tiers in prices.items() for tier in tiers
    }
