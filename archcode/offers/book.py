"""Prices as the text of a price file, in the order in which a refresh shows as a small change."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from archcode.pricebook import COLUMNS
from archcode.units import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archcode.pricebook import Prices, Tier


def text(regions: Mapping[str, Prices]) -> str:
    """The price file of these regions' prices."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    for region, prices in sorted(regions.items()):
        for meter, tiers in sorted(prices.items()):
            rows.writerows(_row(region, meter, tier) for tier in tiers)
    return written.getvalue()


def _row(region: str, meter: str, tier: Tier) -> tuple[str, ...]:
    end = "Inf" if tier.end is None else plain(tier.end)
    numbers = plain(tier.start), end, plain(tier.usd)
    origin = tier.rate_code, tier.source, tier.source_date, tier.confidence
    return region, meter, tier.unit, *numbers, *origin
