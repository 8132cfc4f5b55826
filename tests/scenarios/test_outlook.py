"""All scenarios side by side: cost, difference, sizes, and what breaks first."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from archcode import parse, price, propagate
from archcode.cli._io import bundled_prices
from archcode.headroom import headroom_of
from archcode.outlook import outlook
from archcode.render import _outlook
from archcode.sensitivity import ranged

SPEC = Path(__file__).parents[2] / "specs" / "clickstream-kinesis.yaml"
STREAM = """\
title: Clicks
region: us-east-1
components:
  web: {type: client}
  clicks: {type: kinesis.stream, shard_count: 10}
  lake: {type: server}
flows:
  - web -> clicks: {rate: 1000/s, peak: 8000/s, size: 500 B}
  - clicks -> lake
scenarios:
  sale: {scale: 4, label: Summer sale, components: {clicks: {shard_count: 40}}}
  quiet: {scale: 0.5}
"""


def priced(spec):
    return price(propagate(spec), bundled_prices(), free_tier=False)


def test_costs_are_those_of_each_scenario():
    written, sale, quiet = outlook(parse(STREAM), priced)

    # https://aws.amazon.com/kinesis/data-streams/pricing/: $0.015 a shard-hour, $0.014 per million
    # payload units; a month has 730 h and 2,628,000 s, and each record is one unit of 25 KB.
    shards, units = Decimal("0.015") * 730, Decimal("0.000000014") * 2_628_000
    assert written.estimate.list_cost == 10 * shards + 1000 * units
    assert sale.estimate.list_cost == 40 * shards + 4000 * units
    assert quiet.estimate.list_cost == 10 * shards + 500 * units


def test_what_breaks_first_is_that_of_the_scenarios_own_traffic():
    written, sale, quiet = outlook(parse(STREAM), priced)
    names = {prospect.first.load.name for prospect in (written, sale, quiet)}

    # 1,000 records/s a shard: 10,000 ÷ 8,000, then 40,000 ÷ 32,000, then 10,000 ÷ 4,000
    assert names == {"shard_write_records"}
    assert [float(p.first.multiple) for p in (written, sale, quiet)] == [1.25, 1.25, 2.5]


def test_each_column_is_what_the_scenario_gives_alone():
    spec = parse(STREAM)
    written, *_ = outlook(spec, priced)

    assert written.estimate == priced(spec)
    assert written.first == headroom_of(priced(spec)).binding


def test_the_table_has_a_row_for_each_and_the_sizes_that_change(archcode):
    ended = archcode("scenarios", "-", "--no-free-tier", stdin=STREAM.encode())
    lines = ended.out.splitlines()

    assert ended.code == 0
    # 109.50 + 36.792; 438 + 147.168; 109.50 + 18.396
    assert [line.split("  ")[0] for line in lines[3:7]] == [
        "SCENARIO",
        "as written",
        "Summer sale",
        "quiet",
    ]
    assert "$146.29" in lines[4]
    assert "$585.17    +$438.88" in lines[5]
    assert "$127.90     -$18.39" in lines[6]
    assert lines[8].split() == ["COMPONENT", "SIZE", "AS", "WRITTEN", "SUMMER", "SALE", "QUIET"]
    assert " ".join(lines[9].split()) == "clicks shards 8 of 10 32 of 40 4 of 10"


def test_markdown_has_the_same_rows(archcode):
    table = archcode("scenarios", SPEC).out
    text = archcode("scenarios", SPEC, "-f", "md").out

    assert text.startswith("# Scenarios: Clickstream on Kinesis\n")
    for amount in ("$2,225.07", "+$373.21", "$8,918.09"):
        assert amount in table
        assert amount in text


def test_json_has_exact_amounts(archcode):
    text = archcode("scenarios", "-", "-f", "json", "--no-free-tier", stdin=STREAM.encode()).out
    found = json.loads(text)

    assert [one["name"] for one in found["scenarios"]] == [None, "sale", "quiet"]
    assert [one["list_cost"] for one in found["scenarios"]] == ["146.292", "585.168", "127.896"]
    assert [one["difference"] for one in found["scenarios"]] == ["0", "438.876", "-18.396"]
    assert found["sizes"] == [
        {
            "resource_name": "clicks",
            "name": "shards",
            "required": [8, 32, 4],
            "configured": [10, 40, 10],
        }
    ]


def test_an_unknown_cost_makes_the_difference_unknown(archcode):
    text = STREAM.replace("us-east-1", "cn-north-1").encode()
    found = json.loads(archcode("scenarios", "-", "-f", "json", stdin=text).out)

    assert {one["complete"] for one in found["scenarios"]} == {False}
    assert {one["difference"] for one in found["scenarios"]} == {None}
    assert "unknown" in archcode("scenarios", "-", stdin=text).out


def test_amounts_are_shown_in_another_currency(archcode):
    options = ["--currency", "EUR", "--exchange-rate", "0.5", "--no-free-tier"]
    ended = archcode("scenarios", "-", *options, stdin=STREAM.encode())

    assert "€73.15" in ended.out  # 146.292 × 0.5


def test_all_of_them_are_priced_in_another_region(archcode):
    moved = ["-f", "json", "--no-free-tier", "--region", "eu-central-1"]
    text = STREAM + "  far: {region: ap-southeast-1}\n"
    told = archcode("scenarios", "-", *moved, stdin=text.encode())
    columns = json.loads(told.out)["scenarios"]
    alone = archcode("estimate", "-", *moved, "--scenario", "far", stdin=text.encode())

    # As on `estimate`, the option stands above the region of a scenario.
    assert {one["region_id"] for one in columns} == {"eu-central-1"}
    assert columns[-1]["name"] == "far"
    assert columns[-1]["list_cost"] == json.loads(alone.out)["list_cost"]
    assert columns[-1]["list_cost"] == columns[0]["list_cost"]


def test_a_region_that_aws_has_not_is_wrong_usage(archcode):
    ended = archcode("scenarios", SPEC, "--region", "eu-wset-1")

    assert ended.code == 2
    assert "did you mean eu-west-1?" in ended.err


def test_findings_that_a_project_ignores_are_not_counted(archcode, tmp_path):
    (tmp_path / "archcode.toml").write_text('ignore = ["idle_shards"]\n')
    (tmp_path / "clicks.yaml").write_text(STREAM.replace("scale: 0.5", "scale: 0.05"))
    (tmp_path / "none.toml").write_text("")
    counted = json.loads(archcode("scenarios", tmp_path / "clicks.yaml", "-f", "json").out)
    options = ["-f", "json", "--config", tmp_path / "none.toml"]
    every = json.loads(archcode("scenarios", tmp_path / "clicks.yaml", *options).out)

    def number(found):
        return sum(
            one[key] for one in found["scenarios"] for key in ("errors", "warnings", "infos")
        )

    assert number(counted) < number(every)


def test_a_spec_without_scenarios_is_wrong_usage(archcode):
    ended = archcode("scenarios", SPEC.with_name("work-queue.yaml"))

    assert ended.code == 2
    assert "has no scenarios; write some at the top" in ended.err


RANGED = """\
region: us-east-1
components:
  shop: {type: client}
  orders: {type: sqs.queue}
flows:
  - shop -> orders: {rate: {low: 1/s, typical: 2/s, high: 9/s}, size: 500 B}
budgets: {orders: 10}
scenarios:
  sale: {scale: 4}
"""


def test_each_has_both_ends_of_what_ranges_lead_to(archcode):
    # 2,628,000 s × 1/s, 2/s and 9/s × $0.40 per million, four times that in the sale
    options = ["--no-free-tier", "-f"]
    rows = [*_outlook.rows(outlook(parse(RANGED), ranged_price))]
    found = json.loads(archcode("scenarios", "-", *options, "json", stdin=RANGED.encode()).out)
    today, sale = found["scenarios"]

    assert [row[2] for row in rows] == [
        "$2.10 (from $1.05 to $9.46)",
        "$8.41 (from $4.20 to $37.84)",
    ]
    assert [row[-1] for row in rows] == ["within", "at risk: orders"]
    assert today["spread"]["high"]["contracted_cost"] == "9.4608"
    assert sale["spread"]["low"]["contracted_cost"] == "4.2048"
    assert sale["spread"]["high"]["contracted_cost"] == "37.8432"
    assert (today["budgets_at_risk"], sale["budgets_at_risk"]) == ([], ["orders"])
    assert sale["budgets"] == {"orders": "within"}


def ranged_price(spec):
    return ranged(spec, priced)
