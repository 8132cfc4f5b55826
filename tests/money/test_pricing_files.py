"""Every row of the price book can be traced, and its tiers have no gap and no overlap."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from support import PRICES, UNPRICED

from archcode.pricebook import COLUMNS, GLOBAL
from archcode.regions import PRICED
from archcode.services import find, known_types

PRICING = Path(__file__).parents[2] / "pricing"
FILES = sorted(path.stem for path in PRICING.glob("*.csv"))
SKU = r"[A-Z0-9]{16}"
# Where AWS lists several products of one price and does not say which is which, all are named.
RATE_CODE = re.compile(rf"{SKU}\.[A-Z0-9]{{10}}\.[A-Z0-9]{{10}}|one_of\[{SKU}(\|{SKU})+\]")

ENTRY = re.compile(
    r'(github:[\w.-]+/[\w.-]+@[0-9a-f]{7,40}:[\w./-]+|https://[\w./-]+)(\["[^"]+"\]){1,2}'
)
"""A file of a commit or a page, and the key of the one entry in it."""

# Files whose rows may lack a rate code, and why.
WITHOUT_RATE_CODE = {
    "cloudwatch": "read from a list by name",
    "data_transfer": "read from a list by name",
    "ec2": "read from a list by name",
    "fargate": "the list with rate codes is older than ap-southeast-6",
    "redshift": "read from a list by name",
}

# Files that lack whole regions: how many, and why.
MISSING_REGIONS = {
    "cloudwatch": (1, "the list is older than ap-southeast-6"),
    "iot_core": (13, "IoT Core is not offered in every region"),
    "msk": (1, "MSK is not offered in every region"),
    "redshift": (7, "Redshift Serverless is not offered in every region"),
}

# Meters that are priced in some regions only, with the reason why they may be missing.
NOT_EVERYWHERE = {
    "api_gateway": "HTTP and WebSocket APIs are not offered in every region",
    "cloudwatch": "the list is older than ap-southeast-6",
    "data_transfer": "transfer between zones and between regions is sourced for some regions only",
    "dynamodb": "change data capture and priced stream reads are not listed for every region",
    "ec2": "instance types are not offered in every region",
    "eventbridge": "pipes, archives and API destinations are not offered in every region",
    "firehose": "database sources and some destinations are not offered in every region",
    "iot_core": "IoT Core and LoRaWAN are not offered in every region",
    "lambda": "pollers, SnapStart and streaming are not offered in every region",
    "mq": "instance types and EFS are not offered in every region",
    "msk": "MSK and its instance types are not offered in every region",
    "redshift": "Redshift Serverless is not offered in every region",
    "sns": "FIFO topics and mobile push are not offered in every region",
}


def rows(name: str) -> list[dict[str, str]]:
    with (PRICING / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", FILES)
def test_every_row_has_a_rate_code_or_names_its_entry_a_source_and_a_date(name):
    for row in rows(name):
        assert tuple(row) == COLUMNS
        if row["rate_code"]:
            assert RATE_CODE.fullmatch(row["rate_code"]), row
            assert row["source"], row
        else:
            assert name in WITHOUT_RATE_CODE, row
            assert ENTRY.fullmatch(row["source"]), row
        assert date(2024, 1, 1) < date.fromisoformat(row["source_date"]) < date(2027, 1, 1), row
        assert row["confidence"] in ("high", "medium", "low"), row


def test_files_without_rate_codes_are_those_with_a_reason():
    lacking = {name for name in FILES if any(not row["rate_code"] for row in rows(name))}

    assert lacking == set(WITHOUT_RATE_CODE)
    assert {row["region"] for row in rows("fargate") if not row["rate_code"]} == {"ap-southeast-6"}


@pytest.mark.parametrize("name", FILES)
def test_a_rate_code_is_the_key_of_one_price(name):
    codes = [row["rate_code"] for row in rows(name)]
    exact = [code for code in codes if code and not code.startswith("one_of")]

    assert len(set(exact)) == len(exact)


def test_the_reference_ends_in_the_rate_code_if_there_is_one():
    (coded,) = PRICES.find("kms", "requests", "us-east-1")
    (named,) = PRICES.find("ec2", "linux_ondemand_m5_large", "us-east-1")

    assert coded.sku_id == "MFEBZPX8NHM5FY7Z"
    assert coded.reference.endswith(":raw/kms.json#MFEBZPX8NHM5FY7Z.JRTCKXETXF.6YS6EN2CT7")
    assert named.sku_id == ""
    assert named.reference.endswith('["OnDemand Linux-instancetype-m5.large"]')


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
def test_all_36_regions_are_in_every_file_or_a_reason_is_given(name):
    missing = set(PRICED) - set(PRICES.regions(name))
    allowed, _ = MISSING_REGIONS.get(name, (0, ""))

    assert len(PRICED) == 36
    assert set(PRICES.regions(name)) <= set(PRICED)
    assert len(missing) == allowed, missing


def test_files_with_meters_missing_in_a_region_are_those_with_a_reason():
    lacking = set()
    for name in FILES:
        places = defaultdict(set)
        for row in rows(name):
            places[row["meter"]].add(row["region"])
        if any(found != {GLOBAL} and len(found) < len(PRICED) for found in places.values()):
            lacking.add(name)

    assert lacking == set(NOT_EVERYWHERE)


def test_the_table_of_the_readme_is_true():
    listed = {}
    for line in (PRICING / "README.md").read_text("utf-8").splitlines():
        if match := re.match(r"\| `(\w+)\.csv` \|", line):
            listed[match[1]] = [cell.strip() for cell in line.split("|")[3:7]]

    assert listed == {name: measured(name) for name in FILES}


def measured(name: str) -> list[str]:
    """The figures of a file as the README shows them: rows, regions, without code, published."""
    found = rows(name)
    dates = sorted({row["source_date"] for row in found})
    regions = {row["region"] for row in found} - {GLOBAL}
    lacking = sum(not row["rate_code"] for row in found)
    span = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
    return [f"{len(found):,}", str(len(regions)), f"{lacking:,}" if lacking else "", span]


def _unpriced(kind: str, region: str) -> set[tuple[str, str]]:
    """Price file and meter of what has no price, but for meters that are unknown everywhere."""
    service = find(kind)
    needed = {
        (meter.price_file or service.price_file, meter.dimension or meter.name)
        for meter in service.meters
    }
    return {n for n in needed - UNPRICED if n[1] not in PRICES.prices(n[0], region)}


PRICED_TYPES = [kind for kind in known_types() if find(kind).price_file]


@pytest.mark.parametrize("kind", PRICED_TYPES)
def test_every_meter_of_a_service_has_a_price_in_us_east_1(kind):
    assert not _unpriced(kind, "us-east-1")


@pytest.mark.parametrize("kind", PRICED_TYPES)
@pytest.mark.parametrize("region", PRICED)
def test_a_meter_missing_in_a_region_is_one_that_aws_does_not_sell_there(kind, region):
    assert {file for file, _ in _unpriced(kind, region)} <= set(NOT_EVERYWHERE)
