"""What articles say of queues and streams, as numbers that come out of a comparison."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from small import cents, compared, options
from support import PRICES

from archcode.compare import Basis, compare_channel
from archcode.spec.parse import parse
from archcode.sweep import sweep, variable_of

WORK = """\
title: Work
region: us-east-1
components:
  app: {type: client}
  orders: {type: sqs.queue, visibility_timeout: 1 min, receive_message_wait_time_seconds: 20}
  worker: {type: lambda.function, memory_size: 1024, timeout: 10, duration: 100 ms}
flows:
  - app -> orders: {rate: 1/s, peak: 5000/s, size: 1 KB}
  - orders -> worker: {batch: 100, maximum_batching_window_in_seconds: 1}
"""
CLICKS = """\
title: Clicks
region: us-east-1
components:
  app: {type: client}
  clicks: {type: kinesis.stream}
  a: {type: server}
  b: {type: server}
flows:
  - app -> clicks: {rate: 8192/s, size: 1 KB}
  - clicks -> a
  - clicks -> b
"""
QUIET = WORK.replace("peak: 5000/s", "peak: 2/s").replace(
    "batch: 100, maximum_batching_window_in_seconds: 1", "batch: 10"
)
NEEDED = QUIET.replace("seconds: 20}", "seconds: 20, requires: {consumers: 3}}")


def test_sqs_costs_nothing_idle_and_kinesis_pays_per_shard_hour():
    found = {o.name: o for o in compare_channel(parse(WORK), "orders", Basis(PRICES)).options}

    # 657,000 polls of five pollers are within the million requests that are free.
    assert found["SQS standard"].idle.list_cost == 0
    # 5,000 records/s need 5 shards of 1,000, whether they come or not: 5 x 730 h x $0.015
    assert found["Kinesis provisioned"].idle.list_cost == Decimal("54.75")
    # https://aws.amazon.com/kinesis/data-streams/pricing/: a stream on demand pays $0.04 an hour
    assert found["Kinesis on-demand"].idle.list_cost == 730 * Decimal("0.04")


def test_two_consumers_need_no_more_shards_and_the_third_needs_fan_out():
    two = options(CLICKS, "clicks")["Kinesis provisioned"]
    shared = options(
        CLICKS.replace("  - clicks -> b\n", "  - clicks -> b\n  - clicks -> c\n").replace(
            "  b: {type: server}\n", "  b: {type: server}\n  c: {type: server}\n"
        ),
        "clicks",
    )["Kinesis provisioned"]

    # 8,192 records/s over 1,000 need 9 shards. 8 MB/s read by two over 2 MB/s need 8, by three 12.
    assert [size.provided for _, size in two.capacity] == [9]
    assert [size.provided for _, size in shared.capacity] == [12]


def test_fan_out_keeps_the_shards_and_costs_what_it_costs():
    two = options(CLICKS, "clicks", consumers=2)["Kinesis provisioned"]
    required = "{type: kinesis.stream, shard_count: 9}"
    three = [
        option
        for option in compared(
            CLICKS.replace("{type: kinesis.stream}", required), "clicks", consumers=3
        ).options
        if option.name == "Kinesis provisioned" and not option.current
    ]
    (own,) = three

    # 12 shards for shared reads are too many for 9; with a third consumer of its own 9 will do:
    # 9 x 730 h x $0.015 for the consumer, and $0.013 a GB that it reads
    gigabytes = Decimal(8192 * 730 * 3600) / 1024**2
    assert [size.provided for _, size in own.capacity] == [9]
    assert cents(own.list_cost - two.list_cost) == cents(
        9 * 730 * Decimal("0.015") + gigabytes * Decimal("0.013")
    )


def test_start_from_sqs():
    first, second, *_ = compared(QUIET).options

    # 2,628,000 sends, 262,800 receives and deletes, and 657,000 - 262,800 empty receives make
    # 3,547,800 requests at $0.40 a million; a shard is $10.95 before the first record.
    assert first.name == "SQS standard"
    queue = sum(charge.list_cost for charge in first.estimate.of("orders"))
    assert queue == 3_547_800 * Decimal("0.40") / 1_000_000
    assert second.list_cost > first.list_cost


def test_unless_something_else_needs_to_read_the_event():
    found = compare_channel(parse(NEEDED), "orders", Basis(PRICES, free_tier=False))
    by_name = {option.name: option for option in found.options}
    fits = [option.name for option in found.options if option.feasible]

    assert "hands each message to 1 consumer" in by_name["SQS standard"].reasons[0]
    assert by_name["SQS standard"].required == by_name["SQS standard"].reasons
    assert {*fits[:2]} == {"SNS + SQS", "SNS + SQS FIFO"}
    # 2,628,000 publishes at $0.50 a million more than the queue alone
    more = by_name["SNS + SQS"].list_cost - by_name["SQS standard"].list_cost
    assert more == 2_628_000 * Decimal("0.50") / 1_000_000


def test_sqs_is_cheaper_until_its_requests_cost_a_shard_hour():
    rate = variable_of("rate", "1/s", "100/s")
    pair = ["SQS standard", "Kinesis provisioned"]
    found = sweep(
        parse(QUIET), rate, Basis(PRICES, free_tier=False), channel="orders", options=pair
    )
    (one,) = found.break_evens

    # 2.628 million messages a month for each one/s: 1.2 requests each at $0.40 a million with
    # batches of 10, against $10.95 for a shard and $0.014 a million records. The peak of twice the
    # mean stays within a shard's 1,000 records/s.
    assert one.x == Fraction("10.95") / (Fraction("2.628") * (Fraction("0.48") - Fraction("0.014")))
    assert (one.left, one.right) == ("SQS standard", "Kinesis provisioned")


def test_start_from_sqs_unless_something_else_needs_to_read_the_event():
    rate = variable_of("rate", "1/s", "100/s")
    options = ["SQS standard", "SNS + SQS", "Kinesis provisioned"]
    basis = Basis(PRICES, free_tier=False)
    found = sweep(parse(NEEDED), rate, basis, channel="orders", options=options)
    (one,) = found.break_evens

    # SQS alone hands each message to one consumer, at any rate. A topic before it adds $0.50 a
    # million, so that a shard pays from fewer messages on.
    assert [curve.fits for curve in found.curves if curve.name == "SQS standard"] == [()]
    assert one.x == Fraction("10.95") / (Fraction("2.628") * (Fraction("0.98") - Fraction("0.014")))
    assert (one.left, one.right) == ("SNS + SQS", "Kinesis provisioned")
