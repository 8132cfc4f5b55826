"""Options at both ends of the ranges of a spec."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support import PRICES, spec_text

from archcode import Basis, compare_alternatives, compare_channel, parse, price, propagate
from archcode.render import comparison_table
from archcode.sensitivity import ranged

BASIS = Basis(PRICES, free_tier=False)
COMPONENTS = (
    "shop: {type: client}\norders: {type: sqs.queue, receive_message_wait_time_seconds: 20}"
    "\nworker: {type: server}"
)
FLOWS = (
    "- shop -> orders: {{rate: {rate}, size: 1 KB}}\n"
    "- orders -> worker: {{batch: 10, consumers: 1}}\n"
)
RATE = "{low: 1/s, typical: 100/s, high: 5000/s}"
MORE = """\
alternatives:
  large: {components: {orders: {usage: {requests: {low: 1M, typical: 2M, high: 3M}}}}}
"""


def _spec(rate=RATE, more=""):
    return parse(spec_text(COMPONENTS, FLOWS.format(rate=rate)) + more)


def _stream(records, shards):
    """https://aws.amazon.com/kinesis/data-streams/pricing/: $0.015 a shard-hour, $0.014/M units."""
    return 730 * shards * Decimal("0.015") + records * Decimal("0.014") / 1_000_000


def test_each_option_is_sized_for_each_end():
    """A record of 1 KB is one payload unit, and a shard takes 1,000 of them a second.

    1/s is 2,628,000 a month on one shard, 5,000/s is 13,140,000,000 on five.
    """
    found = {o.name: o for o in compare_channel(_spec(), "orders", BASIS).options}
    costs = found["Kinesis provisioned"].list_costs

    assert costs == (
        _stream(2_628_000, 1),
        _stream(262_800_000, 1),
        _stream(13_140_000_000, 5),
    )


def test_today_has_the_ends_of_its_own_estimate():
    spec = _spec()
    today = ranged(spec, lambda made: price(propagate(made), PRICES, free_tier=False))
    found = compare_channel(spec, "orders", BASIS)

    assert found.current.list_costs == (
        today.spread.low.list_cost,
        today.list_cost,
        today.spread.high.list_cost,
    )
    assert found.differences(found.current) == (0, 0, 0)


@pytest.mark.parametrize(("place", "rate"), [(0, "1/s"), (1, "100/s"), (2, "5000/s")])
def test_an_end_costs_what_a_spec_with_that_value_does(place, rate):
    ranges = {o.name: o for o in compare_channel(_spec(), "orders", BASIS).options}
    fixed = {o.name: o for o in compare_channel(_spec(rate), "orders", BASIS).options}

    assert {n: o.list_costs[place] for n, o in ranges.items()} == {
        n: o.list_cost for n, o in fixed.items()
    }


def test_consumers_are_added_at_the_ends_too():
    text = spec_text(
        "shop: {type: client}\nbus: {type: events.event_bus}\nworker: {type: server}",
        f"- shop -> bus: {{rate: {RATE}, size: 1 KB}}\n- bus -> worker: {{batch: 1}}",
    )
    fixed = text.replace(RATE, "5000/s")
    found, high = (
        {o.name: o for o in compare_channel(parse(each), "bus", BASIS, consumers=3).options}
        for each in (text, fixed)
    )
    name = "Kinesis provisioned"

    assert found[name].list_costs[2] == high[name].list_cost
    assert found[name].list_costs[0] < found[name].list_costs[1] < found[name].list_costs[2]


def test_alternatives_have_both_ends_with_their_own_ranges():
    """Requests that are stated in place of derived ones: $0.40 a million."""
    found = compare_alternatives(_spec(more=MORE), BASIS)
    large = next(o for o in found.options if o.name == "large")

    assert large.list_costs == (Decimal("0.4"), Decimal("0.8"), Decimal("1.2"))


def test_a_spec_without_ranges_has_one_cost():
    found = compare_channel(_spec("100/s"), "orders", BASIS)

    assert all(o.ends is None for o in found.options)
    assert "TYPICAL" not in comparison_table.render(found)


def test_the_verdict_is_no_surer_than_the_ranges():
    """At 1/s the queue costs less than a shard's $10.95 a month, at 100/s more."""
    told = comparison_table.render(compare_channel(_spec(), "orders", BASIS)).splitlines()

    assert told[-1].startswith("Kinesis provisioned costs least")
    assert "At the low end of the ranges it is SQS standard: $" in told[-1]
    assert "high end" not in told[-1]


def test_an_alternative_called_like_a_service_is_not_taken_for_it():
    named = "alternatives:\n  RabbitMQ: {components: {orders: {usage: {requests: 5M}}}}\n"
    found = compare_channel(_spec(more=named), "orders", BASIS)
    own, broker = (
        next(o for o in found.options if o.name == "RabbitMQ" and o.type == kind)
        for kind in ("sqs.queue", "amazonmq.broker")
    )

    # $0.40 a million requests; three brokers and their volumes at every end.
    assert own.list_costs == (Decimal(2), Decimal(2), Decimal(2))
    assert all(cost > 290 for cost in broker.list_costs)
