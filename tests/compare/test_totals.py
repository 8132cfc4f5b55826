"""Hand-worked totals of the other kinds that may carry the channel of tests/compare/small.py.

10 messages/s x 730 h x 3,600 s = 26,280,000 messages a month of 1 KB, which are 25.06 GB, at the
list prices of us-east-1 without free tiers. The remaining kinds are in test_money.py.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest
from small import SMALL, options

from archcode.compare.kinds import KINDS

MESSAGES, BATCHES = 26_280_000, 2_628_000
GB = Decimal(MESSAGES) / 1024 / 1024
STORED_GB = Decimal(10 * 3_600) / 1024 / 1024
"""What a broker holds: an hour of 10 KB/s."""
WEEK_GB = Decimal(10 * 7 * 86_400) / 1024 / 1024
"""What Kafka keeps: seven days of 10 KB/s, 5.77 GB."""
# 2,628,000 calls at $0.20 a million and 262,800 GB-seconds at $0.0000166667:
# https://aws.amazon.com/lambda/pricing/
WORKER = Decimal("0.5256") + Decimal("4.38000876")
# What changes the zone is $0.01 a GB out of one and into another:
# https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer
ACROSS = 2 * Decimal("0.01")
FOUND = options()
WORKED = {
    # A send of each message, a receive and a delete of each batch, $0.50 a million:
    # https://aws.amazon.com/sqs/pricing/
    "SQS FIFO": (MESSAGES + 2 * BATCHES) * Decimal("0.50") / 1_000_000,
    # Publishes at $0.30 a million and $0.017 a GB, deliveries at $0.01 a million and $0.001 a GB,
    # then the queue as above: https://aws.amazon.com/sns/pricing/
    "SNS + SQS FIFO": MESSAGES * Decimal("0.31") / 1_000_000
    + GB * Decimal("0.018")
    + (MESSAGES + 2 * BATCHES) * Decimal("0.50") / 1_000_000,
    # $0.04 a stream-hour, $0.08 a GB in, $0.04 a GB out:
    # https://aws.amazon.com/kinesis/data-streams/pricing/
    "Kinesis on-demand": 730 * Decimal("0.04") + GB * Decimal("0.12"),
    # No stream-hours, but 25 MB/s in at $0.032 a GB and 25 MB/s out at $0.016 are paid for, used
    # or not: 25 MB/s x 2,628,000 s / 1,024 = 64,160.15625 GB, and 0.01 MB/s is below.
    "Kinesis on-demand advantage": Decimal("64160.15625") * Decimal("0.048"),
    # 3 x express.m7g.large at $0.408 an hour, $0.01 a GB in, $0.10 a GB-month, two thirds of what
    # is read from another zone: https://aws.amazon.com/msk/pricing/
    "MSK Express": 3 * 730 * Decimal("0.408")
    + GB * Decimal("0.01")
    + WEEK_GB * Decimal("0.10")
    + GB * 2 / 3 * ACROSS,
    # $0.75 an hour of the cluster, $0.0015 of its partition, $0.10 a GB in, $0.05 a GB out and
    # $0.10 a GB-month: https://aws.amazon.com/msk/pricing/
    "MSK Serverless": 730 * Decimal("0.7515") + GB * Decimal("0.15") + WEEK_GB * Decimal("0.10"),
    # $0.41 an hour for three nodes of mq.m7g.medium together, $0.10 a GB-month on each of them, two
    # thirds of what is read from another zone: https://aws.amazon.com/amazon-mq/pricing/
    "RabbitMQ": 730 * Decimal("0.41") + 3 * STORED_GB * Decimal("0.10") + GB * 2 / 3 * ACROSS,
    # $0.576 an hour for two brokers of mq.m5.large together, $0.30 a GB-month of EFS, half of what
    # is read from another zone: https://aws.amazon.com/amazon-mq/pricing/
    "ActiveMQ": 730 * Decimal("0.576") + STORED_GB * Decimal("0.30") + GB / 2 * ACROSS,
}
ELSEWHERE = {
    "SQS standard", "SNS + SQS", "EventBridge", "Kinesis provisioned", "MSK provisioned",
    "Third-party broker",
}  # fmt: skip
"""The kinds that test_money.py works out."""


@pytest.mark.parametrize("name", WORKED)
def test_the_whole_topology_costs_what_is_worked_out(name):
    # Metered quantities have 12 decimals, so that a cost is right to a billionth.
    assert round(FOUND[name].list_cost, 9) == round(WORKER + WORKED[name], 9)


def test_no_kind_is_left_out():
    assert {*WORKED, *ELSEWHERE} == {kind.name for kind in KINDS}
    assert not {*WORKED} & ELSEWHERE


def test_the_totals_to_the_cent():
    totals = {name: str(round(FOUND[name].list_cost, 2)) for name in WORKED}

    assert totals == {
        "SQS FIFO": "20.67",
        "SNS + SQS FIFO": "29.27",
        "Kinesis on-demand": "37.11",
        "Kinesis on-demand advantage": "3084.59",
        "MSK Express": "899.59",
        "MSK Serverless": "557.84",
        "RabbitMQ": "304.55",
        "ActiveMQ": "425.65",
    }


def test_the_commitment_is_one_for_data_in_and_one_for_data_out():
    # 30 MB/s in, read by one at 30 MB/s: nothing is left to pay for, and each GB costs $0.048.
    busy = SMALL.replace("rate: 10/s, peak: 20/s, size: 1 KB", "rate: 30/s, size: 1 MB")
    option = options(busy.replace("batch: 10", "batch: 1"))["Kinesis on-demand advantage"]
    own = sum(c.list_cost for c in option.estimate.charges if c.resource_name != "worker")

    assert own == Decimal(30 * 2_628_000) / 1024 * Decimal("0.048")


@cache
def _costs(old, new):
    """What each kind costs with a part of the small spec changed."""
    assert old in SMALL
    return {name: option.list_cost for name, option in options(SMALL.replace(old, new)).items()}


def _more(name, old, first, second):
    """What a kind costs more at the second value than at the first."""
    return _costs(old, second)[name] - _costs(old, first)[name]


@pytest.mark.parametrize(
    ("last", "over"),
    [
        # 1,000 records/s of 1 KB fill a shard, 1,001 do not fit
        ("peak: 1000/s, size: 1 KB", "peak: 1001/s, size: 1 KB"),
        # 256 records/s of 4 KB are 1 MB/s
        ("peak: 256/s, size: 4 KB", "peak: 257/s, size: 4 KB"),
    ],
)
def test_a_record_over_a_shard_is_a_shard_more(last, over):
    # At 10 ms a batch of ten, 1,001 records/s keep one of the ten batches of a shard busy.
    quick = SMALL.replace("100 ms", "10 ms")
    one, two = (
        options(quick.replace("peak: 20/s, size: 1 KB", text))["Kinesis provisioned"]
        for text in (last, over)
    )

    assert [size.provided for _, size in (*one.capacity, *two.capacity)] == [1, 2]
    # $0.015 a shard-hour; the mean, which decides all else, is the same
    assert two.list_cost - one.list_cost == 730 * Decimal("0.015")


# At 64 KB a send is 1 chunk and the receive of ten messages 10; a byte more, and they are 2 and 11.
SENDS, RECEIVES = MESSAGES, BATCHES


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("SQS standard", (SENDS + RECEIVES) * Decimal("0.40")),
        ("SQS FIFO", (SENDS + RECEIVES) * Decimal("0.50")),
        # $1.00 a million for the second chunk of each event, and a queue behind the rule
        ("EventBridge", MESSAGES * Decimal("1.00") + (SENDS + RECEIVES) * Decimal("0.40")),
        # $0.50 a million for the second chunk of each publish
        ("SNS + SQS", MESSAGES * Decimal("0.50") + (SENDS + RECEIVES) * Decimal("0.40")),
    ],
)
def test_a_byte_over_64_kb_is_a_chunk_more(name, more):
    found = _more(name, "size: 1 KB", "size: 64 KB", "size: 65537 B")

    assert found == more / 1_000_000


def test_a_byte_less_than_64_kb_is_the_same_chunk():
    for name in ("SQS standard", "SQS FIFO", "EventBridge", "SNS + SQS"):
        # The receive of ten times 65,535 B is 655,350 B, which are 10 chunks as well.
        assert _more(name, "size: 1 KB", "size: 65535 B", "size: 64 KB") == 0, name


def test_on_demand_rounds_each_record_to_a_kb_on_the_way_in_only():
    found = _more("Kinesis on-demand", "size: 1 KB", "size: 1 KB", "size: 1025 B")
    # 1,025 B are taken in as 2 KB, a KB more at $0.08 a GB; read is the one byte more at $0.04
    byte_more = Decimal(MESSAGES) / 1024**3

    assert round(found, 9) == round(GB * Decimal("0.08") + byte_more * Decimal("0.04"), 9)


def test_a_record_of_one_byte_is_taken_in_as_a_kb():
    found = _more("Kinesis on-demand", "size: 1 KB", "size: 1 B", "size: 1 KB")
    # Only what is read is less: 1,023 bytes of each record, $0.04 a GB
    read = Decimal(MESSAGES * 1023) / 1024**3

    assert round(found, 9) == round(read * Decimal("0.04"), 9)


def test_a_byte_over_25_kb_is_a_payload_unit_more():
    found = _more("Kinesis provisioned", "size: 1 KB", "size: 25 KB", "size: 25601 B")

    # $0.014 a million units: https://aws.amazon.com/kinesis/data-streams/pricing/
    assert found == MESSAGES * Decimal("0.014") / 1_000_000


def test_a_byte_over_64_kb_changes_no_price_by_the_gb_by_a_step():
    # Brokers, clusters and FIFO topics charge bytes, not chunks: a byte more is next to nothing.
    for name in ("MSK Serverless", "RabbitMQ", "ActiveMQ", "Kinesis on-demand advantage"):
        assert 0 <= _more(name, "size: 1 KB", "size: 64 KB", "size: 65537 B") < Decimal("0.05"), (
            name
        )
