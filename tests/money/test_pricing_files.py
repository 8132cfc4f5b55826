"""Every row of the price book can be traced, and its tiers have no gap and no overlap."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from support import PRICES

from archcode.pricebook import COLUMNS, GLOBAL
from archcode.regions import PRICED
from archcode.services import find, known_types

PRICING = Path(__file__).parents[2] / "pricing"
FILES = sorted(path.stem for path in PRICING.glob("*.csv"))
SKU = r"[A-Z0-9]{16}"
# Where AWS lists several products of one price and does not say which is which, all are named.
RATE_CODE = re.compile(rf"{SKU}\.[A-Z0-9]{{10}}\.[A-Z0-9]{{10}}|one_of\[{SKU}(\|{SKU})+\]")

# Meters that AWS sells in some regions only, with the reason why they may be missing.
NOT_EVERYWHERE = {
    "firehose": "database sources and some destinations are not offered in every region",
    "mq": "instance types and EFS are not offered in every region",
    "msk": "MSK and its instance types are not offered in every region",
    "sns": "FIFO topics and mobile push are not offered in every region",
    "lambda": "pollers, SnapStart and streaming are not offered in every region",
}


def rows(name: str) -> list[dict[str, str]]:
    with (PRICING / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", FILES)
def test_every_row_has_a_rate_code_a_source_and_a_date(name):
    for row in rows(name):
        assert tuple(row) == COLUMNS
        assert RATE_CODE.fullmatch(row["rate_code"]), row
        assert row["source"], row
        assert date(2024, 1, 1) < date.fromisoformat(row["source_date"]) < date(2027, 1, 1), row
        assert row["confidence"] in ("high", "medium", "low"), row


@pytest.mark.parametrize("name", FILES)
def test_every_price_is_an_exact_decimal_and_not_negative(name):
    for row in rows(name):
        assert re.fullmatch(r"\d+(\.\d+)?", row["usd"]), row
        assert Decimal(row["usd"]) >= 0


@pytest.mark.parametrize("name", FILES)
def test_tiers_begin_at_zero_and_follow_each_other(name):
    tiers = defaultdict(list)
    for row in rows(name):
        tiers[row["region"], row["meter"]].append(row)
    for (region, meter), found in tiers.items():
        found.sort(key=lambda row: Decimal(row["tier_from"]))
        ends = [row["tier_to"] for row in found]
        starts = [row["tier_from"] for row in found]
        assert starts[0] == "0", (region, meter)
        assert ends[:-1] == starts[1:], (region, meter)
        assert ends[-1] == "Inf" or region == GLOBAL, (region, meter)
        assert len({row["unit"] for row in found}) == 1, (region, meter)


@pytest.mark.parametrize("name", FILES)
def test_rows_are_sorted_so_that_a_refresh_shows_as_a_small_change(name):
    found = rows(name)
    keys = [(row["region"], row["meter"], Decimal(row["tier_from"])) for row in found]

    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", FILES)
def test_all_36_regions_are_in_every_file(name):
    missing = set(PRICED) - set(PRICES.regions(name))

    # Amazon MSK is not sold in two of the regions
    assert len(PRICED) == 36
    assert not missing or (name == "msk" and len(missing) <= 2), missing


def _unpriced(kind: str, region: str) -> set[tuple[str, str]]:
    """Price file and meter of what has no price; the list shows SMS at 0, so it is left unknown."""
    service = find(kind)
    needed = {
        (meter.price_file or service.price_file, meter.dimension or meter.name)
        for meter in service.meters
    }
    return {n for n in needed - {("sns", "sms")} if n[1] not in PRICES.prices(n[0], region)}


PRICED_TYPES = [kind for kind in known_types() if find(kind).price_file]


@pytest.mark.parametrize("kind", PRICED_TYPES)
def test_every_meter_of_a_service_has_a_price_in_us_east_1(kind):
    assert not _unpriced(kind, "us-east-1")


@pytest.mark.parametrize("kind", PRICED_TYPES)
@pytest.mark.parametrize("region", PRICED)
def test_a_meter_missing_in_a_region_is_one_that_aws_does_not_sell_there(kind, region):
    assert {file for file, _ in _unpriced(kind, region)} <= set(NOT_EVERYWHERE)
