"""Every row of the price book can be traced, and its tiers have no gap and no overlap."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from offenders import expect_none
from support import PRICES

from archcode.metering import price_of
from archcode.pricebook import GLOBAL
from archcode.prices.check import Days, check
from archcode.prices.coverage import (
    MISSING_REGIONS,
    NOT_EVERYWHERE,
    UNLISTED,
    findings,
    reason,
    regions_with,
)
from archcode.regions import PRICED
from archcode.services import find, known_types

PRICING = Path(__file__).parents[2] / "pricing"
FILES = sorted(path.stem for path in PRICING.glob("*.csv"))
TODAY = Days("2027-01-01", "2024-01-01")
# Files whose rows may lack a rate code, and why.
WITHOUT_RATE_CODE = {
    "cloudwatch": "read from a list by name",
    "data_transfer": "read from a list by name",
    "ec2": "read from a list by name",
    "fargate": "the list with rate codes is older than ap-southeast-6",
    "redshift": "read from a list by name",
}


def rows(name: str) -> list[dict[str, str]]:
    with (PRICING / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", FILES)
def test_every_price_file_is_sound(name):
    expect_none(check((PRICING / f"{name}.csv").read_text("utf-8"), TODAY))


def test_files_without_rate_codes_are_those_with_a_reason():
    lacking = {name for name in FILES if any(not row["rate_code"] for row in rows(name))}

    assert lacking == set(WITHOUT_RATE_CODE)
    assert {row["region"] for row in rows("fargate") if not row["rate_code"]} == {"ap-southeast-6"}


def test_the_reference_ends_in_the_rate_code_if_there_is_one():
    (coded,) = PRICES.find("kms", "requests", "us-east-1")
    (named,) = PRICES.find("ec2", "linux_ondemand_m5_large", "us-east-1")

    assert coded.sku_id == "MFEBZPX8NHM5FY7Z"
    assert coded.reference.endswith(":raw/kms.json#MFEBZPX8NHM5FY7Z.JRTCKXETXF.6YS6EN2CT7")
    assert named.sku_id == ""
    assert named.reference.endswith('["OnDemand Linux-instancetype-m5.large"]')


def test_all_36_regions_are_in_every_file_or_a_reason_is_given():
    missing = {name: set(MISSING_REGIONS.get(name, ((), ""))[0]) for name in FILES}
    wrong = {n: set(PRICES.regions(n)) ^ (set(PRICED) - missing[n]) for n in FILES}

    assert len(PRICED) == 36
    expect_none((name, *sorted(places)) for name, places in wrong.items() if places)


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
    """Price file and meter of what has no price and no reason."""
    return {key for key in _needed(kind) if key[1] not in PRICES.prices(key[0], region)}


@cache
def _needed(kind: str) -> set[tuple[str, str]]:
    service = find(kind)
    return {price_of(service, meter) for meter in service.meters} - set(UNLISTED)


PRICED_TYPES = [kind for kind in known_types() if find(kind).price_file]


def test_every_meter_of_a_service_has_a_price_in_us_east_1():
    expect_none(
        (kind, *key) for kind in PRICED_TYPES for key in sorted(_unpriced(kind, "us-east-1"))
    )


def test_a_meter_missing_in_a_region_is_one_that_aws_does_not_sell_there():
    expect_none(
        (kind, region, file, meter)
        for kind in PRICED_TYPES
        for region in PRICED
        for file, meter in sorted(_unpriced(kind, region))
        if not reason(file, meter, region)
    )


def test_no_price_is_missing_without_a_reason():
    expect_none(findings(PRICES, FILES))


def test_what_is_unlisted_has_no_price():
    expect_none(key for key in UNLISTED if regions_with(*key, PRICES) != ())
