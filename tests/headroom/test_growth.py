"""The same spec with more traffic: rates grow, sizes and counts stay."""

from __future__ import annotations

from fractions import Fraction

from support import priced, rate, topology

from archcode.growth import alone, grown, level, proportional
from archcode.headroom import headroom_of

QUEUE = """
app: {type: client}
orders: {type: sqs.queue, redrive_policy: {dead_letter_target: lost, max_receive_count: 3}}
lost: {type: sqs.queue}
work: {type: lambda.function, memory_size: 128, timeout: 3, duration: 1 s}
"""
FLOWS = """
- app -> orders: {rate: 10/s, peak: 100/s, size: 2 KB}
- orders -> work: {batch: 5, failure_rate: 10%, filter: 40%}
"""


def test_every_load_grows_alike():
    now = topology(QUEUE, FLOWS)
    later = grown(now, Fraction(5, 2))

    for before, after in zip(now.hops, later.hops, strict=True):
        assert after.handed == before.handed.times(Fraction(5, 2))
        assert (after.batch, after.attempts, after.dead) == (
            before.batch,
            before.attempts,
            before.dead,
        )
    assert later.traffic["orders"].received.peak_messages_per_second == 250
    assert proportional(now, later, Fraction(5, 2)) == {"app", "orders", "lost", "work"}


def test_one_component_grows_as_it_does_with_all():
    now = topology(QUEUE, FLOWS)

    for name, traffic in now.traffic.items():
        assert alone(traffic, Fraction(3)) == _plain(grown(now, Fraction(3)).traffic[name], traffic)


def _plain(traffic, before):
    """The rates that a flow states are not what checks look at."""
    from msgspec.structs import replace

    def same(hops, old):
        return tuple(replace(h, options=o.options) for h, o in zip(hops, old, strict=True))

    return replace(
        traffic,
        inflows=same(traffic.inflows, before.inflows),
        outflows=same(traffic.outflows, before.outflows),
    )


def test_without_peaks_everything_is_at_its_mean():
    found = level(topology(QUEUE, FLOWS))

    for hop in found.hops:
        assert hop.handed.peak_messages_per_second == hop.handed.messages_per_second
    assert found.traffic["orders"].received.peak_messages_per_second == 10


def test_the_region_and_the_month_stay():
    now = topology(QUEUE, FLOWS, hours_per_month=720)

    assert grown(now, Fraction(2)).hours_per_month == 720
    assert grown(now, Fraction(2)).traffic["orders"].hours_per_month == 720
    assert grown(now, Fraction(2)).region == "us-east-1"


def test_schedules_fire_more_often():
    # once in 300 s; at the peak 6,000 schedules fire within their minute, 100/s
    now = topology(
        """
        tick: {type: scheduler.schedule, schedule_expression: rate(5 minutes), size: 1 KB,
               schedules: 6000}
        work: {type: lambda.function, memory_size: 128, timeout: 3, duration: 1 s}
        """,
        "- tick -> work",
    )
    load = grown(now, Fraction(3)).traffic["work"].received

    assert load.messages_per_second == 60
    assert load.peak_messages_per_second == 300
    assert rate(level(now), "tick -> work") == 20
    assert level(now).traffic["work"].received.peak_messages_per_second == 20


def test_each_thing_publishes_more():
    # 150 messages/s on one connection, of 100: 100 / 150 = 0.6667
    # https://docs.aws.amazon.com/general/latest/gr/iot-core.html
    found = headroom_of(
        priced(
            """
            things: {type: iot.thing_fleet, things: 10, connected: 50%, message_rate: 150/s,
                     message_size: 100 B}
            rule: {type: iot.topic_rule}
            q: {type: sqs.queue}
            """,
            "- things -> rule\n- rule -> q",
        )
    )
    (publishes,) = [
        m for m in found.components["things"] if m.load.name == "publish_rate_per_connection"
    ]

    assert publishes.load.load == 150
    assert publishes.multiple == Fraction(100, 150)


def test_a_buffer_that_fills_by_time_gets_fuller_and_no_more_often():
    # 10 records/s x 60 s = 600 records of 100 B, far below 5 MB: an object a minute, also
    # with twice as many records; https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html
    now = topology(
        """
        app: {type: client}
        load: {type: kinesisfirehose.delivery_stream,
               buffering_hints: {size_in_mbs: 5, interval_in_seconds: 60}}
        lake: {type: s3.bucket}
        """,
        "- app -> load: {rate: 10/s, size: 100 B}\n- load -> lake",
    )
    later = grown(now, Fraction(2))
    (before,), (after,) = ([h for h in t.hops if h.target == "lake"] for t in (now, later))

    assert (before.batch, after.batch) == (600, 1200)
    assert proportional(now, later, Fraction(2)) == {"app"}
