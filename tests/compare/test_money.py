"""Hand-worked totals of a small topology on five services, at the list prices of us-east-1.

10 messages/s x 730 h x 3,600 s = 26,280,000 messages a month of 1 KB, 20/s at the peak. Batches of
10 are 2,628,000 calls of the worker, 1 GB for 0.1 s: https://aws.amazon.com/lambda/pricing/.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from small import SMALL, cents, compared, options
from support import PRICES

from archcode import Basis, compare_channel, parse

MESSAGES, CALLS = 26_280_000, 2_628_000
WORKER = CALLS * Decimal("0.20") / 1_000_000 + CALLS * Decimal("0.1") * Decimal("0.0000166667")
# A send of each message, a receive and a delete of each batch, $0.40 a million:
# https://aws.amazon.com/sqs/pricing/. More batches than polls, so that none is empty.
QUEUE = (MESSAGES + CALLS + CALLS) * Decimal("0.40") / 1_000_000
GIGABYTES = Decimal(MESSAGES * 1024) / 1024**3
FOUND = options()


def test_an_sqs_queue():
    assert FOUND["SQS standard"].current
    assert FOUND["SQS standard"].list_cost == WORKER + QUEUE


def test_a_topic_and_its_queue():
    # $0.50 a million publishes, deliveries to SQS free: https://aws.amazon.com/sns/pricing/
    publishes = MESSAGES * Decimal("0.50") / 1_000_000

    assert FOUND["SNS + SQS"].list_cost == WORKER + QUEUE + publishes


def test_a_stream_of_one_shard():
    # $0.015 a shard-hour, $0.014 a million units of 25 KB:
    # https://aws.amazon.com/kinesis/data-streams/pricing/
    stream = 730 * Decimal("0.015") + MESSAGES * Decimal("0.014") / 1_000_000

    assert FOUND["Kinesis provisioned"].list_cost == WORKER + stream


def test_a_bus_with_a_rule_and_a_queue():
    # $1.00 a million custom events: https://aws.amazon.com/eventbridge/pricing/
    events = MESSAGES * Decimal("1.00") / 1_000_000

    assert FOUND["EventBridge"].list_cost == WORKER + QUEUE + events


def test_three_kafka_brokers():
    # 3 x kafka.m7g.large at $0.204 an hour; 7 d x 10 KB/s = 5.77 GiB x 3 replicas, twice that
    # over 3 brokers is 11.54, so 12 GiB each at $0.10: https://aws.amazon.com/msk/pricing/.
    # Two thirds of what the worker reads change the zone, $0.01 a GB at either end:
    # https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer
    brokers, volumes = 3 * 730 * Decimal("0.204"), 3 * 12 * Decimal("0.10")
    zones = GIGABYTES * 2 / 3 * 2 * Decimal("0.01")

    assert cents(FOUND["MSK provisioned"].list_cost) == cents(WORKER + brokers + volumes + zones)


@pytest.mark.parametrize("option", FOUND.values(), ids=FOUND)
def test_totals_are_those_of_the_whole_topology(option):
    estimate = option.estimate

    assert option.list_cost == sum(charge.list_cost or 0 for charge in estimate.charges)
    assert {"worker", *option.parts} <= {*estimate.topology.traffic}
    worker = sum(charge.list_cost for charge in estimate.of("worker"))
    assert worker == WORKER


def test_the_difference_is_to_today():
    found = compared()
    stream = next(option for option in found.options if option.name == "Kinesis provisioned")

    assert found.difference(found.current) == 0
    assert found.difference(stream) == stream.list_cost - (WORKER + QUEUE)


def test_idle_sqs_pays_for_polls_and_a_stream_for_its_shards():
    # Five pollers of Lambda wait 20 s each: 5 x 2,628,000 s / 20 s = 657,000 requests
    assert FOUND["SQS standard"].idle.list_cost == 657_000 * Decimal("0.40") / 1_000_000
    assert FOUND["Kinesis provisioned"].idle.list_cost == 730 * Decimal("0.015")
    assert FOUND["MSK provisioned"].idle.list_cost == 3 * 730 * Decimal("0.204") + 36 * Decimal(
        "0.10"
    )


def test_idle_keeps_the_shards_of_the_peak():
    # 2,500 records/s need 3 shards, and 3 shards are paid for nothing
    busy = options(SMALL.replace("peak: 20/s", "peak: 2500/s"))["Kinesis provisioned"]

    assert busy.idle.list_cost == 3 * 730 * Decimal("0.015")


def test_a_third_party_broker_costs_what_is_stated_for_it():
    """Its readers poll it and pay nothing to AWS for that: the function, and the stated price."""
    basis = Basis(PRICES, free_tier=False, third_party_cost=Decimal("123.45"))
    found = compare_channel(parse(SMALL), "orders", basis)
    broker = next(option for option in found.options if option.type == "broker")

    assert broker.priced
    assert broker.list_cost == WORKER + Decimal("123.45")


def test_a_third_party_broker_may_cost_what_is_left_below_today():
    broker = FOUND["Third-party broker"]

    assert broker.feasible
    assert not broker.priced
    assert broker.list_cost == WORKER
    assert broker.notes[0].startswith(f"may cost up to ${QUEUE:.2f} a month before")
