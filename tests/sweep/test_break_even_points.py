"""Break-even points worked out by hand at the list prices of us-east-1.

A month is 730 h x 3,600 s = 2,628,000 s. At x messages/s of 1 KB in batches of 10:

- SQS: a send of each message, a receive and a delete of each batch, $0.40 a million:
  2.628 x (1 + 0.1 + 0.1) x $0.40 = $1.261440 x, https://aws.amazon.com/sqs/pricing/
- a shard: 730 h x $0.015 = $10.95, and $0.014 a million records: 2.628 x $0.014 = $0.036792 x,
  https://aws.amazon.com/kinesis/data-streams/pricing/

The worker costs the same behind both.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from lines import BURSTS, QUEUE, swept
from support import PRICES

from archcode.compare import Basis
from archcode.sweep import Region

PAIR = "SQS standard,Kinesis provisioned"
SHARD, SLOPE = Fraction("10.95"), Fraction("1.261440") - Fraction("0.036792")


def test_sqs_against_a_shard():
    found = swept(options=PAIR)
    (one,) = found.break_evens

    # 1.261440 x = 10.95 + 0.036792 x
    assert one.x == SHARD / SLOPE == Fraction(456250, 51027)
    assert (one.kind, one.left, one.right) == ("crossing", "SQS standard", "Kinesis provisioned")
    assert found.variable.text(one.x) == "8.9413/s"
    assert one.facts == ()
    assert one.exact


def test_both_cost_the_same_there_and_the_cheaper_one_changes_sides():
    (one,) = swept(options=PAIR).break_evens
    queue, stream = one.left_costs, one.right_costs

    assert abs(queue.there - stream.there) < Decimal("1e-12")
    assert queue.below < stream.below
    assert queue.above > stream.above
    assert one.below < one.x < one.above


def test_regions_lie_side_by_side():
    found = swept(options=PAIR)

    assert found.regions == (
        Region(Fraction(1), SHARD / SLOPE, "SQS standard"),
        Region(SHARD / SLOPE, Fraction(100), "Kinesis provisioned"),
    )


def test_every_further_shard_is_a_step_back_to_sqs():
    """With a peak of 100 times the mean, n shards of 1,000 records/s do up to x = 10 n.

    On n shards the costs meet at x = 10.95 n / 1.224648 = 8.9413 n, if that is above 10 (n - 1):
    up to n = 9. The step at 10 n lifts the stream over the queue while
    10.95 (n + 1) > 12.24648 n: up to n = 8.
    """
    found = swept(BURSTS, "1/s", "120/s", options=PAIR)
    crossings = [one.x for one in found.break_evens if one.kind == "crossing"]
    steps = [one for one in found.break_evens if one.kind == "step"]

    assert crossings == [n * SHARD / SLOPE for n in range(1, 10)]
    assert [one.x for one in steps] == [10 * n for n in range(1, 9)]
    assert [one.facts for one in steps] == [
        (f"Kinesis provisioned: orders: shards {n} → {n + 1}",) for n in range(1, 9)
    ]
    # The last record that n shards take is still theirs.
    assert {one.cheapest for one in steps} == {"Kinesis provisioned"}
    assert [one.x for one in found.break_evens] == sorted(one.x for one in found.break_evens)


def test_a_step_costs_a_shard():
    found = swept(BURSTS, "1/s", "12/s", options=PAIR)
    step = next(one for one in found.break_evens if one.kind == "step")
    jump = step.left_costs.above - step.left_costs.below

    assert step.left_costs.there == pytest.approx(step.left_costs.below)
    assert jump == pytest.approx(Decimal("10.95"))


def test_messages_grow_over_the_bytes_of_a_shard():
    """800 messages/s at the peak: 13 shards of 1 MiB/s do up to 13 x 1,048,576 / 800 B.

    13 shards and the units of 25 KB are $170.73 with the worker, 14 are $10.95 more; SQS is
    $171.50, as long as a batch of 10 messages stays within the same 64 KB.
    """
    text = QUEUE.replace("rate: 10/s, peak: 20/s", "rate: 100/s, peak: 800/s")
    found = swept(text, "16 KB", "18 KB", "size", options=PAIR)
    (one,) = found.break_evens

    assert one.x == Fraction(13 * 1024**2, 800)
    assert (one.kind, one.left, one.right) == ("step", "Kinesis provisioned", "SQS standard")
    assert one.facts == ("Kinesis provisioned: orders: shards 13 → 14",)


def test_a_bus_costs_more_than_a_topic_at_any_rate():
    # $1.00 a million events against $0.50 a million publishes, before the same queue:
    # https://aws.amazon.com/eventbridge/pricing/, https://aws.amazon.com/sns/pricing/
    found = swept(options="EventBridge,SNS + SQS")
    at_ten = {
        curve.name: next(point.list_cost for point in curve.points if point.x == 10)
        for curve in found.curves
    }

    assert found.break_evens == ()
    assert [region.name for region in found.regions] == ["SNS + SQS"]
    assert at_ten["EventBridge"] - at_ten["SNS + SQS"] == Decimal("2.628") * 10 * Decimal("0.50")


def test_a_limit_ends_what_is_the_cheapest():
    """A topic takes 30,000 publishes/s by default, and the peak is twice the mean: 15,000/s.

    A bus takes 10,000 PutEvents requests/s: 5,000/s. https://docs.aws.amazon.com/general/latest/gr/sns.html,
    https://docs.aws.amazon.com/general/latest/gr/ev.html
    """
    found = swept(QUEUE, "100/s", "100k/s", options="EventBridge,SNS + SQS")
    (one,) = found.break_evens

    assert (one.x, one.kind, one.left, one.right) == (15_000, "limit", "SNS + SQS", "")
    assert one.cheapest == "SNS + SQS"
    assert one.right_costs is None
    assert "over the default quota of 30,000 messages/s" in one.facts[0]
    assert [region.name for region in found.regions] == ["SNS + SQS", ""]


def test_each_option_says_up_to_where_it_fits():
    found = swept(QUEUE, "100/s", "100k/s", options="EventBridge,SNS + SQS")
    ends = {curve.name: [stretch.end for stretch in curve.fits] for curve in found.curves}

    assert ends == {"SNS + SQS": [15_000], "EventBridge": [5_000]}
    assert all(curve.fits[0].why.startswith("orders: ") for curve in found.curves)


def test_todays_settings_stay_and_the_same_service_is_resized():
    """Two shards take 2,000 records/s: at twice the mean 1,000/s.

    A second shard is $10.95 for nothing up to 500/s, where one would do.
    """
    queue = "sqs.queue, visibility_timeout: 3 min, receive_message_wait_time_seconds: 20"
    text = QUEUE.replace(queue, "kinesis.stream, shard_count: 2").replace("{batch: 10}", "{}")
    text = text.replace(
        "lambda.function, memory_size: 1024, timeout: 30, duration: 100 ms", "server"
    )
    found = swept(
        text, "10/s", "10k/s", options="Kinesis provisioned,Kinesis provisioned (resized)"
    )
    costs = {curve.name: curve.points[0].list_cost for curve in found.curves}
    today, resized = found.curves

    assert today.current
    assert costs[today.name] - costs[resized.name] == Decimal("10.95")
    assert [stretch.end for stretch in today.fits] == [1_000]
    assert [stretch.end for stretch in resized.fits] == [10_000]
    assert found.regions[0].name == resized.name


def test_free_tiers_move_the_point():
    """A million requests are free: 1.26144 x - 0.40 = 10.95 + 0.036792 x."""
    free = swept(options=PAIR, basis=Basis(PRICES))
    (one,) = free.break_evens

    assert one.x == (SHARD + Fraction("0.40")) / SLOPE
