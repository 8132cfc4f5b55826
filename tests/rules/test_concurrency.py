"""How many calls at a time each kind of consumer makes at most, and how fast it catches up."""

from __future__ import annotations

from fractions import Fraction

import pytest
from support import priced

from archcode.model import LimitLoad
from archcode.rules import verdicts
from archcode.rules._concurrency import Reach, drain_rate, mapping_cap, reach
from archcode.spec.dump import dump
from archcode.spec.parse import parse

FUNCTION = "w: {type: lambda.function, duration: 500 ms"
IN = "- c -> s: {rate: 10/s, size: 1 KB}\n"
TASKS = "w: {{type: ecs.service, launch_type: EC2, {}}}"
BROKER = (
    "s: {{type: amazonmq.broker, engine_type: {}, host_instance_type: {},"
    " deployment_mode: SINGLE_INSTANCE, stored: 1 GB}}"
)


def _estimate(source, consumer="", flow=""):
    worker = consumer or f"{FUNCTION}}}"
    components = f"c: {{type: client}}\n{source}\n{worker}"
    return priced(components, f"{IN}- s -> w: {{{flow}}}")


def _hop(estimate):
    return next(hop for hop in estimate.topology.hops if hop.where == "s -> w")


@pytest.mark.parametrize(
    ("source", "flow", "cap"),
    [
        ("s: {type: sqs.queue}", "batch: 10", None),
        ("s: {type: sqs.queue}", "maximum_concurrency: 7", 7),
        # ten executions for each poller; 200 pollers where nothing is said
        ("s: {type: sqs.queue}", "provisioned_poller_config: {maximum_pollers: 3}", 30),
        ("s: {type: sqs.queue}", "provisioned_poller_config: {minimum_pollers: 2}", 2000),
        ("s: {type: sqs.queue, fifo_queue: true}", "batch: 10", None),
        ("s: {type: sqs.queue, fifo_queue: true, message_groups: 5}", "batch: 10", 5),
        (
            "s: {type: sqs.queue, fifo_queue: true, message_groups: 5}",
            "maximum_concurrency: 4",
            4,
        ),
        # groups of a fair queue hold nothing back
        ("s: {type: sqs.queue, message_groups: 5}", "batch: 10", None),
        ("s: {type: kinesis.stream, shard_count: 3}", "parallelization_factor: 2", 6),
        ("s: {type: msk.serverless_cluster, partitions: 9}", "batch: 10", 9),
        (BROKER.format("ACTIVEMQ", "mq.m5.large"), "batch: 10", 5),
        (BROKER.format("RABBITMQ", "mq.m7g.large"), "batch: 10", 1),
        ("s: {type: sns.topic}", "", None),
    ],
)
def test_a_source_bounds_what_runs_at_a_time(source, flow, cap):
    estimate = _estimate(source, flow=flow)

    assert mapping_cap(estimate, _hop(estimate)) == cap


@pytest.mark.parametrize(
    ("consumer", "flow", "expected"),
    [
        (f"{FUNCTION}}}", "batch: 10", Reach(1000, capped=False)),
        (f"{FUNCTION}}}", "maximum_concurrency: 7", Reach(7, capped=True)),
        (
            f"{FUNCTION}, reserved_concurrent_executions: 3}}",
            "maximum_concurrency: 7",
            Reach(3, capped=True),
        ),
        (
            f"{FUNCTION}, reserved_concurrent_executions: 0}}",
            "maximum_concurrency: 7",
            Reach(0, capped=True),
        ),
        # 6 tasks, 2 calls each
        (
            TASKS.format("desired_count: 6, concurrency: 2"),
            "batch: 10",
            Reach(12, capped=True),
        ),
        (
            TASKS.format("auto_scaling: {min_capacity: 1, max_capacity: 9}, duration: 1 s"),
            "batch: 10",
            Reach(9, capped=True),
        ),
        # 10/s in batches of 1 × 2.5 s
        (
            "w: {type: ec2.instance, instance_type: m6g.large, duration: 2.5 s}",
            "batch: 1",
            Reach(25, capped=True),
        ),
        ("w: {type: ecs.service, launch_type: EC2}", "batch: 10", None),
        ("w: {type: server}", "batch: 10", None),
    ],
)
def test_a_consumer_does_so_much_at_a_time(consumer, flow, expected):
    assert reach(_estimate("s: {type: sqs.queue}", consumer, flow), "w") == expected


def test_caps_of_all_queues_of_a_function_add_up():
    components = (
        f"c: {{type: client}}\ns: {{type: sqs.queue}}\nt: {{type: sqs.queue}}\n{FUNCTION}}}"
    )
    flows = f"{IN}- c -> t: {{rate: 1/s, size: 1 KB}}\n- s -> w: {{maximum_concurrency: 3}}\n"

    both = priced(components, f"{flows}- t -> w: {{maximum_concurrency: 4}}")
    one = priced(components, f"{flows}- t -> w")

    assert reach(both, "w") == Reach(7, capped=True)
    assert reach(one, "w") == Reach(1000, capped=False)


@pytest.mark.parametrize(
    ("source", "consumer", "flow", "rate"),
    [
        # 7 × 10 ÷ 0.5 s
        ("s: {type: sqs.queue}", f"{FUNCTION}}}", "maximum_concurrency: 7", 140),
        # the account has 1,000
        ("s: {type: sqs.queue}", f"{FUNCTION}}}", "batch: 10", 20_000),
        # 2 shards × 1 × 100 ÷ 0.5 s
        ("s: {type: kinesis.stream, shard_count: 2}", f"{FUNCTION}}}", "batch: 100", 400),
        # 6 × 2 × 10 ÷ 8 s
        (
            "s: {type: sqs.queue}",
            TASKS.format("desired_count: 6, concurrency: 2, duration: 8 s"),
            "batch: 10",
            15,
        ),
        ("s: {type: sqs.queue}", "w: {type: lambda.function}", "maximum_concurrency: 7", None),
        ("s: {type: sqs.queue}", "w: {type: server}", "batch: 10", None),
    ],
)
def test_a_consumer_catches_up_so_fast(source, consumer, flow, rate):
    estimate = _estimate(source, consumer, flow)

    assert drain_rate(estimate, _hop(estimate)) == rate


def _retention(flow, consumer="", source="s: {type: sqs.queue}"):
    every = verdicts(_estimate(source, consumer, flow))
    return [(v.load, v.most) for v in every if isinstance(v, LimitLoad) and v.name == "retention"]


def test_the_backlog_of_an_outage_takes_time_as_well():
    # 4 h × 10/s = 144,000 messages; 7 × 10 ÷ 0.5 s − 10/s = 130/s: 1,107.69... s
    (load,) = _retention("maximum_concurrency: 7, longest_outage: 4 h")

    assert load == (14_400 + Fraction(144_000, 130), 345_600)


def test_a_consumer_that_never_catches_up_has_a_finding_of_its_own():
    # 1 × 10 ÷ 4 s = 2.5/s is below 10/s
    slow = TASKS.format("desired_count: 1, duration: 4 s")

    assert _retention("batch: 10, longest_outage: 4 h", slow) == [(14_400, 345_600)]


def test_only_what_may_be_down_counts():
    assert _retention("maximum_concurrency: 7") == []


def test_an_outage_survives_the_text():
    spec = _estimate("s: {type: sqs.queue}", flow="longest_outage: 4 h").topology.spec

    assert spec.flows[1].settings.longest_outage == 14_400
    assert parse(dump(spec)) == spec
