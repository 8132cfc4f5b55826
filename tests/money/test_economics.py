"""What a million messages, a GB and a business event cost, worked out by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from msgspec.structs import replace
from support import PRICES, priced, spec_text

from archcode import Currency, parse
from archcode.economics import unit_costs
from archcode.estimate import price
from archcode.render import _economics
from archcode.topology import propagate
from archcode.units import plain

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))
SHOP = """
shop: {type: client}
orders: {type: sqs.queue}
worker: {type: lambda.function, memory_size: 512, duration: 100 ms}
audit: {type: sqs.queue}
"""
FLOWS = """
- shop -> orders: {rate: 10/s, size: 2 KB, business_event: order}
- orders -> worker: {batch: 10}
- worker -> audit: {filter: 50%, business_event: audited}
"""
# https://aws.amazon.com/sqs/pricing/ and https://aws.amazon.com/lambda/pricing/
REQUEST, CALL, GB_SECOND = Fraction("0.0000004"), Fraction("0.0000002"), Fraction("0.0000166667")
MONTH = 10 * 2_628_000


def costs(*texts: str, **options: object):
    return {one.name: one for one in unit_costs(priced(*texts, **options))}


def test_each_hop_is_its_cost_divided_by_what_it_received():
    found = costs(SHOP, FLOWS)

    # A message is sent alone, received and deleted ten at a time: 1 + 1/10 + 1/10 requests.
    assert found["orders"].per_million == 1_000_000 * REQUEST * Fraction(12, 10)
    # A call of 0.1 s with half a GB takes ten messages.
    call = CALL + Fraction(1, 10) * Fraction(1, 2) * GB_SECOND
    assert found["worker"].per_million == 1_000_000 * call / 10
    assert found["audit"].per_million == 1_000_000 * REQUEST


def test_from_end_to_end_it_is_the_total_divided_by_what_entered():
    found = costs(SHOP, FLOWS)
    call = CALL + Fraction(1, 10) * Fraction(1, 2) * GB_SECOND
    each = REQUEST * Fraction(12, 10) + call / 10 + REQUEST / 2

    assert found[""].messages == MONTH
    assert found[""].per_million == 1_000_000 * each


def test_a_gb_is_so_many_messages_of_the_mean_size():
    found = costs(SHOP, FLOWS)

    # 524,288 messages of 2 KB are a GB
    assert found["orders"].per_gb == 524_288 * REQUEST * Fraction(12, 10)
    assert found[""].size == MONTH * 2048


def test_events_are_the_messages_of_the_flows_that_name_them():
    found = costs(SHOP, FLOWS)

    assert found[""].events == {"order": MONTH, "audited": MONTH / 2}
    assert found["audit"].per_event == {"order": REQUEST / 2, "audited": REQUEST}
    assert found[""].per_event["audited"] == 2 * found[""].per_event["order"]


def test_flows_that_name_the_same_event_add_up():
    flows = "- shop -> orders: {rate: 1/s, size: 1 KB, business_event: order}\n" * 2
    found = costs("shop: {type: client}\norders: {type: sqs.queue}", flows)

    assert found[""].events == {"order": 2 * 2_628_000}
    assert found["orders"].per_event == {"order": REQUEST}


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_hops_and_credits_of_an_event_add_up_to_end_to_end(path):
    estimate = price(propagate(parse(path.read_text("utf-8"))), PRICES)
    *hops, whole = unit_costs(estimate)
    account = sum(Fraction(c.contracted_cost or 0) for c in estimate.of("(account)"))
    if whole.cost is None:
        assert not estimate.complete
        return

    assert sum(Fraction(hop.cost) for hop in hops) + account == Fraction(whole.cost)
    for event, number in whole.events.items():
        parts = sum((hop.per_event[event] for hop in hops), account / number)
        assert parts == whole.per_event[event]


def test_credits_of_the_account_count_from_end_to_end_only():
    queue = ("shop: {type: client}\norders: {type: sqs.queue}",)
    flow = "- shop -> orders: {rate: 1/s, size: 1 KB}"
    with_credit, without = costs(*queue, flow, free_tier=True), costs(*queue, flow)

    assert with_credit["orders"].cost == without["orders"].cost
    # One of 2.628 million requests a month is free for each million.
    assert without[""].cost - with_credit[""].cost == Decimal("0.4")


def test_what_makes_messages_by_itself_is_divided_by_those():
    things = """
    sensors: {type: iot.thing_fleet, things: 60, message_rate: 1/min, message_size: 1 KB}
    readings: {type: iot.topic_rule}
    """
    found = costs(things, "- sensors -> readings")

    assert found["sensors"].messages == found[""].messages == 2_628_000
    assert found[""].size == 2_628_000 * 1024


def test_an_unknown_cost_stays_unknown():
    found = costs(
        "shop: {type: client}\napi: {type: lambda.function}\norders: {type: sqs.queue}",
        "- shop -> api: {rate: 1/s, size: 1 KB, business_event: call}\n- api -> orders",
    )

    assert (found["api"].cost, found["api"].per_million, found["api"].per_gb) == (None, None, None)
    assert found[""].per_event == {"call": None}
    assert found["orders"].per_event == {"call": REQUEST}


def test_amounts_are_in_the_currency_that_is_shown():
    estimate = replace(priced(SHOP, FLOWS), currency=Currency("EUR", Decimal("0.5")))
    found = {one.name: one for one in unit_costs(estimate)}

    assert found["audit"].per_million == 1_000_000 * REQUEST / 2


IDLE = b"""\
region: us-east-1
components:
  shop: {type: client}
  clicks: {type: kinesis.stream, shard_count: 1}
  api: {type: lambda.function}
flows:
  - shop -> clicks: {rate: 0/s, size: 1 KB, business_event: click}
  - shop -> api: {rate: 1/s, size: 1 KB, business_event: "a|b"}
"""


def test_the_table_says_where_nothing_flows_and_what_is_unknown(archcode):
    out = archcode("estimate", "-", stdin=IDLE).out
    rows = {line.split("  ")[0]: line.split() for line in out.split("PER MILLION")[1].splitlines()}

    assert rows["clicks"] == ["clicks", "0", *["no", "traffic"] * 3, "$0.00000417"]
    assert rows["api"] == ["api", "2,628,000", "unknown", "unknown", "no", "traffic", "unknown"]
    assert rows["End to end"][3:] == ["2,628,000", "unknown", "unknown", "no", "traffic", "unknown"]


def test_markdown_and_json_have_them_too(archcode):
    text = archcode("estimate", "-", "-f", "md", stdin=IDLE).out
    found = json.loads(archcode("estimate", "-", "-f", "json", stdin=IDLE).out)["unit_costs"]

    head = "| Component | Messages a month | Per million messages | Per GB | Per click |"
    assert rf"{head} Per a\|b |" in text
    assert [one["resource_name"] for one in found] == ["clicks", "api", None]
    # One shard for 730 h × $0.015 is $10.95, over 2,628,000 calls
    assert found[0] == {
        "resource_name": "clicks",
        "contracted_cost": "10.95",
        "monthly_messages": "0",
        "monthly_bytes": "0",
        "per_million_messages": None,
        "per_gb": None,
        "per_event": {"click": None, "a|b": "0.000004166667"},
        "at_low": None,
        "at_high": None,
    }


def test_an_amount_that_no_digit_shows_is_not_nothing(archcode):
    out = archcode("estimate", SPECS[0].with_name("order-fanout.yaml")).out
    (row,) = [line for line in out.split("PER ORDER")[1].splitlines() if "stock-dlq" in line]

    assert row.split()[-1] == "<$0.000000001"


def test_a_spec_that_is_charged_nothing_has_no_such_table(archcode):
    spec = b"region: us-east-1\ncomponents: {shop: {type: client}}\n"

    assert "PER MILLION" not in archcode("estimate", "-", stdin=spec).out


SHARDS = "shop: {type: client}\nclicks: {type: kinesis.stream, shard_count: 2}"
SENT = "- shop -> clicks: {rate: {low: 10/s, typical: 100/s, high: 1000/s}, size: 1 KB}"


def test_ranges_tell_both_ends_and_more_traffic_makes_a_message_cheaper():
    # https://aws.amazon.com/kinesis/data-streams/pricing/: 2 shards × 730 h × $0.015 = $21.90, and
    # a put of 1 KB is one payload unit, $0.014 per million
    clicks = costs(SHARDS, SENT)["clicks"]
    low, high = clicks.ends

    for one, rate in ((low, 10), (clicks, 100), (high, 1000)):
        millions = Fraction(rate * 2_628_000, 1_000_000)
        assert one.per_million == Fraction("21.90") / millions + Fraction("0.014")
    _, row, whole = _economics.table_of(priced(SHARDS, SENT))
    assert row[2] == "$0.0973 (from $0.0223 to $0.8473)"
    assert whole[2] == row[2]


def test_where_nothing_flows_at_one_end_there_is_no_cost_of_a_unit():
    sent = "- shop -> clicks: {rate: {low: 0/s, typical: 100/s, high: 100/s}, size: 1 KB}"
    _, row, _ = _economics.table_of(priced(SHARDS, sent))

    assert row[2] == "$0.0973 (from $0.0973 to no traffic)"


def test_what_no_range_moves_has_one_cost():
    components = f"{SHARDS}\nstock: {{type: sqs.queue}}"
    _, _, stock, _ = _economics.table_of(
        priced(components, f"{SENT}\n- shop -> stock: {{rate: 1/s, size: 1 KB}}")
    )

    assert stock[2] == "$0.40"


def test_json_has_both_ends(archcode):
    text = spec_text(SHARDS, SENT).encode()
    found = json.loads(archcode("estimate", "-", "-f", "json", stdin=text).out)["unit_costs"]

    # 10/s make 26,280,000 messages: $21.90 + 26.28 × $0.014
    assert found[0]["at_low"] == {
        "contracted_cost": "22.26792",
        "monthly_messages": "26280000",
        "monthly_bytes": "26910720000",
        "per_million_messages": "0.847333333333",
        "per_gb": plain(Fraction("22.26792") / (Fraction(26280000 * 1024) / 1024**3)),
        "per_event": {},
    }
    assert found[0]["at_high"]["per_million_messages"] == "0.022333333333"
