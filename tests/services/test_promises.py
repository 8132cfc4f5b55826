"""What services promise with the settings that a component has, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from support import topology

from archcode.requires import Requires
from archcode.rules._alternatives import OF_DEVICES, SIMPLEST_FIRST, alternatives
from archcode.services import find, known_types
from archcode.services._promises import Promise, promised, unmet
from archcode.services._service import first

DAY = 86_400
CLIENT = "c: {type: client}\nw: {type: server}\n"
MQ = "deployment_mode: SINGLE_INSTANCE, stored: 1 GB"
RABBIT = f"type: amazonmq.broker, engine_type: RABBITMQ, {MQ}"
ACTIVE = f"type: amazonmq.broker, engine_type: ACTIVEMQ, host_instance_type: mq.m5.large, {MQ}"
KAFKA = "type: msk.cluster, broker_node_group_info: {instance_type: kafka.m7g.large}"
ON_DEMAND = "type: kinesis.stream, stream_mode_details: {stream_mode: ON_DEMAND}"
TABLE = "type: dynamodb.table, billing_mode: PAY_PER_REQUEST, stored: 1 GB"


def kept(settings: str, *, flow: str = "", out: str = "w", more: str = "") -> Promise | None:
    """What a component `x` promises, to the reader `out` where a flow goes there."""
    flows = "- c -> x: {rate: 1/s, size: 1 KB}" + (f"\n- x -> {out}: {flow}" if flow else "")
    result = topology(f"{CLIENT}x: {{{settings}}}\n{more}", flows)
    hop = next((hop for hop in result.hops if hop.source == "x"), None)
    return result.service("x").promise(result.traffic["x"], hop if flow else None)


@pytest.mark.parametrize(
    ("settings", "flow", "ordering"),
    [
        ("type: sqs.queue", "", "none"),
        ("type: sqs.queue, message_groups: 1", "", "none"),  # a fair queue is no ordered one
        ("type: sqs.queue, fifo_queue: true", "", "group"),
        ("type: sqs.queue, fifo_queue: true, message_groups: 2", "", "group"),
        ("type: sqs.queue, fifo_queue: true, message_groups: 1", "", "total"),
        ("type: sns.topic", "", "none"),
        ("type: sns.topic, fifo_topic: true", "", "group"),
        ("type: kinesis.stream", "", "group"),
        ("type: kinesis.stream, shard_count: 1", "", "total"),
        ("type: kinesis.stream, shard_count: 2", "", "group"),
        (ON_DEMAND, "", "group"),
        (f"{ON_DEMAND}, record_distribution_strategy: AUTO", "", "none"),
        (KAFKA, "", "group"),
        (f"{KAFKA}, partitions: 1", "", "total"),
        ("type: msk.serverless_cluster, partitions: 1", "", "total"),
        ("type: msk.serverless_cluster, partitions: 2", "", "group"),
        (f"{RABBIT}, host_instance_type: mq.m7g.large", "", "total"),
        (f"{RABBIT}, host_instance_type: mq.m7g.large", "{consumers: 1}", "total"),
        (f"{RABBIT}, host_instance_type: mq.m7g.large", "{consumers: 2}", "none"),
        (ACTIVE, "{consumers: 2}", "group"),
        ("type: events.event_bus", "", "none"),
        (f"{TABLE}, stream_specification: {{stream_view_type: NEW_IMAGE}}", "", "group"),
        ("type: s3.bucket, stored: 1 GB", "{protocol: https}", "none"),
    ],
)
def test_ordering(settings, flow, ordering):
    promise = kept(settings, flow=flow)

    assert promise is not None
    assert promise.ordering == ordering


def test_a_topic_has_one_order_where_a_queue_behind_it_has_one_group():
    queue = "q: {type: sqs.queue, fifo_queue: true, message_groups: 1}"
    promise = kept("type: sns.topic, fifo_topic: true", flow="{}", out="q", more=queue)

    assert promise.ordering == "total"


def test_a_table_writes_to_a_data_stream_in_no_order():
    settings = f"{TABLE}, kinesis_stream_specification: {{stream_arn: k}}"
    promise = kept(settings, flow="{}", out="k", more="k: {type: kinesis.stream}")

    assert promise.ordering == "none"


@pytest.mark.parametrize(
    ("settings", "seconds"),
    [
        ("type: kinesis.stream", 24 * 3600),
        ("type: kinesis.stream, retention_period_hours: 7 d", 168 * 3600),
        (f"{ON_DEMAND}, retention_period_hours: 25", 25 * 3600),
        ("type: sns.topic, fifo_topic: true", 0),
        (
            "type: sns.topic, fifo_topic: true, archive_policy: {message_retention_period: 30 d}",
            30 * DAY,
        ),
        (KAFKA, 7 * DAY),
        (f"{KAFKA}, retention: 90 min", 5400),
        ("type: msk.serverless_cluster, retention: 30 d", 30 * DAY),
        (f"{TABLE}, stream_specification: {{stream_view_type: NEW_IMAGE}}", DAY),
        ("type: events.event_bus", 0),
        ("type: events.archive, retention_days: 90", 90 * DAY),
        ("type: events.archive, stored: 1 GB", None),
        ("type: sqs.queue, message_retention_period: 14 d", 0),
        ("type: kinesisfirehose.delivery_stream", 0),
    ],
)
def test_replay(settings, seconds):
    promise = kept(settings)

    assert promise is not None
    assert promise.replay == seconds


@pytest.mark.parametrize(
    ("days", "seconds"), [("retention_days: 90", 90 * DAY), ("stored: 1 GB", None)]
)
def test_a_bus_replays_from_its_archive(days, seconds):
    archive = f"a: {{type: events.archive, {days}}}"
    promise = kept("type: events.event_bus", flow="{}", out="a", more=archive)

    assert promise.replay == seconds


@pytest.mark.parametrize(
    ("settings", "flow", "seconds"),
    [
        ("type: sqs.queue", "{}", 0),
        ("type: sqs.queue, delay_seconds: 90", "{}", 90),
        # https://docs.aws.amazon.com/streams/latest/dev/enhanced-consumers.html: 200 ms, 70 ms
        ("type: kinesis.stream", "{}", Fraction(1, 5)),
        ("type: kinesis.stream", "{enhanced_fan_out: true}", Fraction(7, 100)),
        # 1 KB/s fills 5 MB in 5,120 s, so the 300 s end first
        ("type: kinesisfirehose.delivery_stream", "{protocol: https}", 300),
        # 0 s are no buffer, and still about 5 s
        (
            (
                "type: kinesisfirehose.delivery_stream, "
                "buffering_hints: {size_in_mbs: 1, interval_in_seconds: 0}"
            ),
            "{protocol: https}",
            5,
        ),
    ],
)
def test_latency(settings, flow, seconds):
    more = "b: {type: s3.bucket, stored: 1 GB}"
    out = "b" if "firehose" in settings else "w"
    promise = kept(settings, flow="{}" if out == "b" else flow, out=out, more=more)

    assert promise is not None
    assert promise.latency == seconds


def test_a_buffer_that_fills_sooner_does_not_wait_for_its_interval():
    # 100 records/s of 1 KB fill 5 MB, 5,120 KB, in 51.2 s
    result = topology(
        CLIENT + "x: {type: kinesisfirehose.delivery_stream}\nb: {type: s3.bucket, stored: 1 GB}",
        "- c -> x: {rate: 100/s, size: 1 KB}\n- x -> b",
    )
    promise = result.service("x").promise(result.traffic["x"])

    assert promise.latency == Fraction(512, 10)


@pytest.mark.parametrize(
    ("settings", "spoken"),
    [
        ("type: sqs.queue", ("http",)),
        (KAFKA, ("kafka",)),
        (f"{RABBIT}, host_instance_type: mq.m7g.large", ("amqp", "jms")),
        (f"{RABBIT}, host_instance_type: mq.m5.large", ("amqp",)),
        (ACTIVE, ("amqp", "jms", "mqtt", "openwire", "stomp")),
        ("type: iot.thing_fleet, things: 1", ("mqtt", "http")),
    ],
)
def test_protocols(settings, spoken):
    promise = kept(settings)

    assert promise is not None
    assert promise.protocols == spoken


@pytest.mark.parametrize(
    ("settings", "most"),
    [
        ("type: sqs.queue", 1),
        ("type: kinesis.stream", 20),
        (ON_DEMAND, 20),
        (f"{ON_DEMAND}, minimum_throughput_billing_commitment: ENABLED", 50),
        ("type: events.event_bus", 1500),  # 300 rules with 5 targets each
        (KAFKA, None),
    ],
)
def test_consumers(settings, most):
    promise = kept(settings)

    assert promise is not None
    assert promise.consumers == most


def test_a_region_with_fewer_rules_has_fewer_consumers():
    result = topology(
        f"{CLIENT}x: {{type: events.event_bus}}",
        "- c -> x: {rate: 1/s, size: 1 KB}",
        region="af-south-1",
    )

    assert result.service("x").promise(result.traffic["x"]).consumers == 500  # 100 x 5


@pytest.mark.parametrize(
    ("settings", "loses"),
    [
        (KAFKA, False),
        (f"{KAFKA}, replication_factor: 1", True),
        (ACTIVE, False),  # EFS keeps copies in several zones
        (f"{ACTIVE}, storage_type: EBS", True),
        (f"{RABBIT}, host_instance_type: mq.m7g.large", True),
        ("type: iot.thing_fleet, things: 1", True),
        ("type: iot.thing_fleet, things: 1, quality_of_service: 1", False),
    ],
)
def test_loss(settings, loses):
    promise = kept(settings)

    assert promise is not None
    assert bool(promise.loses) is loses


@pytest.mark.parametrize(
    "settings", ["type: lambda.function", "type: server", TABLE, "type: pipes.pipe"]
)
def test_what_holds_no_messages_promises_nothing(settings):
    assert kept(settings) is None


def test_a_schedule_promises_only_what_a_flow_creates():
    recurring = "type: scheduler.schedule, schedule_expression: rate(1 day), size: 1 KB"

    assert kept("type: scheduler.schedule") is not None
    assert kept(recurring) is None


@pytest.mark.parametrize("kind", known_types())
def test_a_variant_is_one_of_those_described(kind):
    service = find(kind)
    names = [semantics.variant for semantics in service.semantics]

    if sum(semantics.promise is not None for semantics in service.semantics) > 1:
        assert service.variant is not first
    assert len(names) == len(set(names))


def test_every_service_that_promises_is_an_alternative_or_carries_for_others():
    promising = {kind for kind in known_types() if any(s.promise for s in find(kind).semantics)}

    assert promising - {*SIMPLEST_FIRST, OF_DEVICES} == {
        "dynamodb.table",
        "events.api_destination",
        "events.archive",
        "events.rule",
        "iot.topic_rule",
        "kinesisfirehose.delivery_stream",
        "s3.bucket",
        "scheduler.schedule",
    }


BEST = Promise(
    "group",
    "at_least_once",
    replay=Fraction(7 * DAY),
    latency=Fraction(1),
    protocols=("amqp", "jms"),
    consumers=20,
)


@pytest.mark.parametrize(
    ("wanted", "missing"),
    [
        ({}, set()),
        ({"ordering": "none"}, set()),
        ({"ordering": "group"}, set()),
        ({"ordering": "total"}, {"ordering"}),
        ({"delivery": "at_most_once"}, set()),
        ({"delivery": "at_least_once"}, set()),
        ({"delivery": "exactly_once"}, {"delivery"}),
        ({"replay": "7 d"}, set()),
        ({"replay": "169 h"}, {"replay"}),
        ({"latency": "real_time"}, set()),
        ({"protocol": "jms"}, set()),
        ({"protocol": ("jms", "amqp")}, set()),
        ({"protocol": ("jms", "mqtt")}, {"protocol"}),
        ({"maximum_loss": "0%"}, set()),
        ({"consumers": 20}, set()),
        ({"consumers": 21}, {"consumers"}),
        ({"ordering": "total", "consumers": 21}, {"ordering", "consumers"}),
    ],
)
def test_compares_each_key(wanted, missing):
    assert unmet(BEST, Requires.model_validate(wanted, strict=True)) == missing


def test_a_promise_is_told_in_the_words_of_requirements():
    assert promised(BEST) == (
        "ordering group; delivery at_least_once; replay 7 d; latency real_time;"
        " protocol amqp, jms; consumers 20"
    )


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"ordering": "group", "consumers": 1, "protocol": "http"},
         ("Amazon SQS FIFO", "Amazon SNS FIFO", "Amazon Kinesis Data Streams")),
        ({"replay": "366 d"},
         ("Amazon EventBridge event bus", "Amazon MSK Serverless", "Amazon MSK")),
        ({"protocol": "amqp"}, ("Amazon MQ",)),
        ({"protocol": "stomp"}, ("Amazon MQ ActiveMQ",)),
        ({"protocol": "mqtt"}, ("AWS IoT Core", "Amazon MQ ActiveMQ")),
        ({"protocol": "mqtt", "ordering": "group"}, ("Amazon MQ ActiveMQ",)),
        ({"protocol": "http", "consumers": 101},
         ("Amazon SNS standard", "Amazon EventBridge event bus")),
        ({"protocol": "http", "consumers": 21, "ordering": "group"},
         ("Amazon SNS FIFO", "Amazon Kinesis Data Streams on-demand")),
        ({"protocol": "amqp", "replay": "1 h"}, ()),
    ],
)  # fmt: skip
def test_names_the_services_that_would_do(wanted, names):
    assert alternatives(Requires.model_validate(wanted, strict=True)) == names
