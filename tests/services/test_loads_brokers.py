"""What brokers of Amazon MQ, and those of one's own, bear, by hand.

Limits of https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-limits.html,
the guideline for ActiveMQ of
https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/broker-storage.html, and for Lambda's
mappings https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from support import borne, found, loads, rules


def broker(settings: str, flow: str = "rate: 10/s, peak: 60/s, size: 1 KB", batch: int = 100):
    """A producer, a broker, and a function that works 2 s on a batch."""
    components = f"""
        app: {{type: client}}
        jobs: {{type: amazonmq.broker, {settings}}}
        work: {{type: lambda.function, duration: 2 s}}
    """
    return components, f"- app -> jobs: {{{flow}}}\n- jobs -> work: {{batch: {batch}}}"


STANDBY = (
    "engine_type: ACTIVEMQ, deployment_mode: ACTIVE_STANDBY_MULTI_AZ,"
    " host_instance_type: mq.m5.large"
)
SINGLE = (
    "engine_type: ACTIVEMQ, deployment_mode: SINGLE_INSTANCE, host_instance_type: mq.m5.large,"
    " storage_type: EBS"
)
MICRO = "engine_type: ACTIVEMQ, deployment_mode: SINGLE_INSTANCE, host_instance_type: mq.t3.micro"
CLUSTER = (
    "engine_type: RABBITMQ, deployment_mode: CLUSTER_MULTI_AZ, host_instance_type: mq.m7g.large"
)
OLDER = "engine_type: RABBITMQ, deployment_mode: SINGLE_INSTANCE, host_instance_type: mq.m5.large"
KEPT = ", stored: 6 GB, connections: 200"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            STANDBY + KEPT,
            [
                ("brokers", 1, 200),
                ("default_connections", 200, 2000),
                ("enqueue_rate_efs", 60, 80),
                ("storage", 6, 200),
            ],
        ),
        (
            SINGLE,
            [
                ("brokers", 1, 200),
                ("enqueue_rate_ebs", 60, 500),
            ],
        ),
        (
            MICRO + KEPT,
            [
                ("brokers", 1, 200),
                ("default_connections", 200, 300),
                ("enqueue_rate_efs", 60, 80),
                ("storage", 6, 20),
            ],
        ),
        (
            CLUSTER + KEPT,
            [
                ("advised_message_size", 1024, 1_048_576),
                ("brokers", 1, 200),
                # 200 connections on 3 nodes, rounded up.
                ("connections", 67, 5000),
                ("default_connections", 67, 500),
                ("default_message_size", 1024, 524_288),
                ("default_storage", 6, 15),
                ("message_size", 1024, 134_217_728),
                ("storage", 6, 75),
            ],
        ),
        (
            OLDER + KEPT,
            [
                ("advised_message_size", 1024, 1_048_576),
                ("brokers", 1, 200),
                ("connections", 200, 5000),
                ("message_size", 1024, 134_217_728),
                ("storage", 6, 200),
            ],
        ),
    ],
    ids=["standby", "single", "micro", "cluster", "older"],
)
def test_every_load(settings: str, expected: list) -> None:
    assert borne("jobs", *broker(settings)) == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        # A message of 200 MB is above three limits, 150 GB above two, 1,000 connections on each of
        # three nodes above the default only.
        (", stored: 1 GB", "message_size_exceeded"),
        (", stored: 150 GB", "storage_exceeded"),
        (", connections: 3000", "default_connections_exceeded"),
    ],
)
def test_of_limits_on_the_same_the_hardest_is_told(settings: str, expected: str) -> None:
    size = "200 MB" if "message" in expected else "1 KB"
    told = rules(*broker(CLUSTER + settings, f"rate: 1/s, size: {size}"))
    words = ("message_size", "storage", "connections")

    assert [rule for rule in told if any(word in rule for word in words)] == [expected]


@pytest.mark.parametrize(("settings", "most"), [(STANDBY, 5), (CLUSTER, 1)])
def test_mapping_of_a_function(settings: str, most: int) -> None:
    # It works on 60/s × 2 s ÷ 100 = 1.2 batches at a time.
    assert ("mapping_concurrency", Fraction("1.2"), most) in borne("work", *broker(settings))


@pytest.mark.parametrize(("peak", "slow"), [(250, False), (251, True)])
def test_a_slow_mapping_is_told_once(peak: int, slow: bool) -> None:
    """5 batches of 100 in 2 s are 250 messages/s."""
    spec = broker(SINGLE, f"rate: 1/s, peak: {peak}/s, size: 1 KB")
    (load,) = [load for load in loads(*spec) if load.name == "mapping_concurrency"]

    assert (load.where, load.load) == ("jobs -> work", Fraction(peak, 50))
    assert load.exceeded is slow
    assert rules(*spec).count("mapping_too_slow") == slow


OWN = "maximum_rate: 100/s, maximum_throughput: 1 MB, maximum_message_size: 20 KB"


def own(settings: str, flow: str) -> tuple[str, str]:
    return (
        f"app: {{type: client}}\nkafka: {{type: broker, {settings}}}",
        f"- app -> kafka: {{{flow}}}",
    )


def test_a_broker_of_ones_own() -> None:
    # 50 messages/s of 10 KB.
    expected = [
        ("maximum_rate", 50, 100),
        ("maximum_throughput", 512_000, 1_048_576),
        ("message_size", 10_240, 20_480),
    ]

    assert borne("kafka", *own(OWN, "rate: 1/s, peak: 50/s, size: 10 KB")) == expected
    assert borne("kafka", *own("monthly_cost: 10", "rate: 1/s, size: 10 KB")) == []


def test_a_broker_of_ones_own_says_what_it_carries() -> None:
    (finding,) = [
        f for f in found(*own(OWN, "rate: 1/s, peak: 101/s, size: 1 KB")) if "broker" in f.rule
    ]

    assert finding.where == "kafka.maximum_rate"
    assert finding.message == (
        "101 messages/s come in at peak, over the 100 messages/s that it carries: a headroom of -1%"
    )
    assert "broker_overloaded" not in rules(*own(OWN, "rate: 1/s, peak: 100/s, size: 1 KB"))


@pytest.mark.parametrize("settings", [STANDBY + KEPT, CLUSTER + KEPT])
def test_nothing_flows(settings: str) -> None:
    assert not [load for load in loads(*broker(settings, "rate: 0/s, size: 1 KB")) if load.exceeded]
