"""Designs that a strict reviewer calls healthy, made up by hypothesis.

A design grows from an entrance, by channels and their consumers, which may send on to another
channel: every queue has a dead-letter queue and long polling, every mapping reports the items that
fail, every event that is given up is kept, and what runs is idempotent and bounded.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REGIONS = ("us-east-1", "us-west-2", "eu-west-1", "eu-central-1")
WEEKS = "14 d"
RESERVED = 40
"""Of 900 that an account may reserve; no design has more than 20 functions."""
MOST_FUNCTIONS = 20
LEAST_COMPONENTS, MOST_COMPONENTS = 5, 40
LARGEST_CONSUMER = 9
"""A rule, its queue, and what a pipe needs."""

Draw = Any


@dataclass
class Design:
    """A spec that grows."""

    draw: Draw
    components: dict[str, dict[str, Any]] = field(default_factory=dict)
    flows: list[dict[str, dict[str, Any]]] = field(default_factory=list)

    def add(self, stem: str, kind: str, **settings: Any) -> str:
        """One more component, and its name."""
        name = f"{stem}-{len(self.components)}"
        self.components[name] = {"type": kind, **settings}
        return name

    def flow(self, source: str, target: str, **options: Any) -> None:
        """One more arrow."""
        self.flows.append({f"{source} -> {target}": options})

    def pick(self, *choices: Any) -> Any:
        """One of them."""
        return self.draw(st.sampled_from(choices))

    def number(self, low: int, high: int) -> int:
        """A whole number."""
        return self.draw(st.integers(low, high))

    @property
    def full(self) -> bool:
        """Whether one more channel and consumer could be too much."""
        functions = sum(c["type"] == "lambda.function" for c in self.components.values())
        room = MOST_COMPONENTS - len(self.components)
        return room < LARGEST_CONSUMER + 3 or functions > MOST_FUNCTIONS - 4

    def some(self, most: int) -> Iterator[int]:
        """One at least, and no more than there is room for."""
        for number in range(self.number(1, most)):
            if number and self.full:
                return
            yield number

    def text(self, region: str) -> str:
        """The spec; JSON is YAML."""
        spec = {"region": region, "components": self.components, "flows": self.flows}
        return json.dumps(spec, indent=1)


# Consumers. Each takes the source, and the messages/s that come from it.


def dead_letters(design: Design, *, fifo: bool = False) -> str:
    """A queue for what is given up, kept as long as SQS can."""
    kind = {"fifo_queue": True, "content_based_deduplication": True} if fifo else {}
    return design.add(
        "lost",
        "sqs.queue",
        message_retention_period=WEEKS,
        receive_message_wait_time_seconds=20,
        **kind,
    )


def function(design: Design, *, pushed: bool = False, timeout: int = 0, longest: int = 250) -> str:
    """A function that is bounded, and gives nothing up unseen."""
    kept = {"dead_letter_config": {"target_arn": dead_letters(design)}} if pushed else {}
    return design.add(
        "work",
        "lambda.function",
        memory_size=design.pick(256, 512, 1024),
        timeout=timeout or design.number(3, 20),
        duration=f"{design.number(10, longest)} ms",
        architectures=[design.pick("arm64", "x86_64")],
        reserved_concurrent_executions=RESERVED,
        idempotent=True,
        **kept,
    )


def filled(rate: Fraction, window: int, most: int) -> int:
    """The batch that this rate fills in a window, with what failures take from it."""
    return max(1, min(int(rate * window * Fraction(9, 10)), most))


def queue(design: Design, *, fifo: bool, timeout: int, window: int = 0) -> str:
    """A queue with all that belongs to it."""
    kind: dict[str, Any] = {}
    if fifo:
        kind = {
            "fifo_queue": True,
            "content_based_deduplication": True,
            "deduplication_scope": "messageGroup",
            "fifo_throughput_limit": "perMessageGroupId",
            "message_groups": design.number(1000, 5000),
        }
    policy = {"dead_letter_target": dead_letters(design, fifo=fifo), "max_receive_count": 5}
    return design.add(
        "queue",
        "sqs.queue",
        visibility_timeout=6 * timeout + window,
        receive_message_wait_time_seconds=20,
        redrive_policy=policy,
        **kind,
    )


def by_queue(design: Design, source: str, rate: Fraction, *, fifo: bool = False, **way: Any) -> str:
    """A queue and the function that works on it."""
    timeout, window = design.number(3, 20), 0 if fifo else design.number(1, 20)
    waiting = queue(design, fifo=fifo, timeout=timeout, window=window)
    worker = function(design, timeout=timeout)
    design.flow(source, waiting, **way)
    options: dict[str, Any] = {
        "batch": filled(rate, window or 1, 10),
        "function_response_types": ["ReportBatchItemFailures"],
        "failure_rate": "0.1%",
        "maximum_concurrency": RESERVED,
    }
    if not fifo:
        options["maximum_batching_window_in_seconds"] = window
    design.flow(waiting, worker, **options)
    return worker


def by_fifo_queue(design: Design, source: str, rate: Fraction, **way: Any) -> str:
    """The same, in order."""
    return by_queue(design, source, rate, fifo=True, **way)


def by_workers(design: Design, source: str, _rate: Fraction, **way: Any) -> str:
    """A queue, and containers or one's own servers that poll it."""
    waiting = queue(design, fifo=False, timeout=30)
    design.flow(source, waiting, **way)
    worker = design.add("server", "server", idempotent=True)
    if design.pick(True, False):
        worker = design.add(
            "tasks",
            "ecs.service",
            launch_type="FARGATE",
            cpu=1024,
            memory="2 GB",
            duration=f"{design.number(10, 250)} ms",
            concurrency=10,
            auto_scaling={"min_capacity": 2, "max_capacity": 20},
            idempotent=True,
        )
    design.flow(waiting, worker, batch=10, consumers=2, failure_rate="0.1%")
    return worker


def by_function(design: Design, source: str, _rate: Fraction, **way: Any) -> str:
    """A function that is pushed to."""
    worker = function(design, pushed=True)
    design.flow(source, worker, failure_rate="0.1%", **way)
    return worker


def by_pipe(design: Design, source: str, rate: Fraction, **way: Any) -> str:
    """A queue that a pipe reads, which filters, enriches and sends on to another queue."""
    waiting = queue(design, fifo=False, timeout=20, window=1)
    design.flow(source, waiting, **way)
    look = function(design, timeout=10)
    carry = design.add("pipe", "pipes.pipe", enrichment=look)
    batch = filled(rate, 1, 10)
    design.flow(waiting, carry, batch=batch, maximum_batching_window_in_seconds=1)
    return by_queue(design, carry, rate)


def by_endpoint(design: Design, source: str, _rate: Fraction, **way: Any) -> str:
    """A partner that rules call over HTTPS."""
    limit = {"invocation_rate_limit_per_second": design.number(100, 300)}
    endpoint = design.add("endpoint", "events.api_destination", **limit)
    partner = design.add("partner", "partner", idempotent=True)
    design.flow(source, endpoint, **way)
    design.flow(endpoint, partner, failure_rate="0.1%")
    return partner


def mapped(design: Design, source: str, rate: Fraction, **more: Any) -> str:
    """A function that reads a stream, and puts what it cannot handle into a queue."""
    window = design.number(1, 10)
    worker = function(design, longest=100)
    design.flow(
        source,
        worker,
        batch=filled(rate, window, 100),
        maximum_batching_window_in_seconds=window,
        maximum_retry_attempts=3,
        on_failure=dead_letters(design),
        bisect_batch_on_function_error=True,
        function_response_types=["ReportBatchItemFailures"],
        failure_rate="0.1%",
        **more,
    )
    return worker


# Channels. Each takes who sends, and the messages/s, and gives back what works on them.

Worker = tuple[str, Fraction]
CONSUMERS = (by_queue, by_workers, by_pipe)
PUSHED = (*CONSUMERS, by_function)


def _consumed(
    design: Design, source: str, rate: Fraction, ways: tuple[Callable[..., str], ...]
) -> list[Worker]:
    """One to three consumers, each with a filter or with everything."""
    found = []
    for _ in design.some(3):
        part = design.pick(100, 50, 20)
        thinned = {} if part == 100 else {"filter": f"{part}%"}
        share = rate * part / 100
        found.append((design.pick(*ways)(design, source, share, **thinned), share))
    return found


def by_topic(design: Design, source: str, rate: Fraction) -> list[Worker]:
    """A topic with its subscriptions."""
    topic = design.add("topic", "sns.topic")
    design.flow(source, topic)
    return _consumed(design, topic, rate, PUSHED)


def by_fifo_topic(design: Design, source: str, rate: Fraction) -> list[Worker]:
    """A FIFO topic with FIFO queues."""
    topic = design.add("topic", "sns.topic", fifo_topic=True, content_based_deduplication=True)
    design.flow(source, topic)
    return _consumed(design, topic, rate, (by_fifo_queue,))


def by_bus(design: Design, source: str, rate: Fraction) -> list[Worker]:
    """A bus with an archive and precise rules."""
    bus = design.add("bus", "events.event_bus", name=f"domain-{len(design.components)}")
    history = design.add("history", "events.archive", retention_days=design.number(7, 90))
    design.flow(source, bus)
    design.flow(bus, history)
    found = []
    for _ in design.some(3):
        part = design.pick(50, 20, 10)
        lost = dead_letters(design)
        rule = design.add(
            "rule",
            "events.rule",
            event_pattern='{"detail-type": ["placed"]}',
            dead_letter_config={"arn": lost},
        )
        design.flow(bus, rule, filter=f"{part}%")
        share = rate * part / 100
        found.append((design.pick(*PUSHED, by_endpoint)(design, rule, share), share))
    return found


def by_one_queue(design: Design, source: str, rate: Fraction) -> list[Worker]:
    """A queue, without fan-out."""
    return [(design.pick(*CONSUMERS, by_fifo_queue)(design, source, rate), rate)]


def by_stream(design: Design, source: str, rate: Fraction) -> list[Worker]:
    """A data stream with one or two functions and perhaps a lake."""
    size = {"shard_count": design.number(3, 6)}
    if design.pick(True, False):
        size = {"stream_mode_details": {"stream_mode": "ON_DEMAND"}}
    stream = design.add("stream", "kinesis.stream", retention_period_hours=72, **size)
    design.flow(source, stream)
    if design.pick(True, False):
        by_delivery_stream(design, stream, rate)
    own = {"parallelization_factor": 2, "enhanced_fan_out": True}
    readers = [mapped(design, stream, rate, **own) for _ in design.some(2)]
    return [(reader, rate) for reader in readers]


def by_table(design: Design, source: str, rate: Fraction) -> list[Worker]:
    """An outbox: the row is the event, and its stream publishes it."""
    table = design.add(
        "outbox",
        "dynamodb.table",
        billing_mode="PAY_PER_REQUEST",
        stream_specification={"stream_view_type": "NEW_IMAGE"},
        point_in_time_recovery_specification={"point_in_time_recovery_enabled": True},
        stored="20 GB",
    )
    design.flow(source, table)
    return [(mapped(design, table, rate, parallelization_factor=2), rate)]


def by_delivery_stream(design: Design, source: str, _rate: Fraction) -> list[Worker]:
    """Firehose into a bucket."""
    writer = design.add(
        "lake-writer",
        "kinesisfirehose.delivery_stream",
        buffering_hints={"size_in_mbs": 64, "interval_in_seconds": 300},
        compression_format="GZIP",
        compression_ratio=5,
    )
    lake = design.add("lake", "s3.bucket", lifecycle_configuration={"expiration_in_days": 90})
    design.flow(source, writer)
    design.flow(writer, lake)
    return []


def by_kafka(design: Design, source: str, rate: Fraction) -> list[Worker]:
    """A cluster of Kafka in three zones, with a sink and a function as its readers."""
    log = design.add(
        "log",
        "msk.cluster",
        number_of_broker_nodes=3,
        broker_node_group_info={
            "instance_type": "kafka.m7g.large",
            "storage_info": {"ebs_storage_info": {"volume_size": 500}},
        },
        retention="3 d",
        partitions=24,
    )
    if design.pick(True, False):
        del design.components[log]
        log = design.add("log", "msk.serverless_cluster", retention="1 d", partitions=24)
    design.flow(source, log)
    sink = design.add(
        "sink",
        "kafkaconnect.connector",
        capacity={"provisioned_capacity": {"mcu_count": 1, "worker_count": 2}},
        throughput_per_mcu="5 MB",
    )
    design.flow(log, sink, consumers=2)
    design.flow(sink, design.add("search", "server", idempotent=True))
    pollers = {"minimum_pollers": 1, "maximum_pollers": 10}
    return [(mapped(design, log, rate, provisioned_poller_config=pollers), rate)]


def by_broker(design: Design, source: str, rate: Fraction) -> list[Worker]:
    """A RabbitMQ cluster in several zones, with workers of one's own."""
    broker = design.add(
        "broker",
        "amazonmq.broker",
        engine_type="RABBITMQ",
        deployment_mode="CLUSTER_MULTI_AZ",
        host_instance_type="mq.m7g.large",
        stored="5 GB",
        connections=50,
    )
    design.flow(source, broker)
    worker = design.add("server", "server", idempotent=True)
    design.flow(broker, worker, consumers=design.number(2, 10), failure_rate="0.1%")
    return [(worker, rate)]


def by_workflow(design: Design, source: str, _rate: Fraction) -> list[Worker]:
    """A state machine that calls steps and retries them."""
    saga = design.add(
        "saga",
        "stepfunctions.state_machine",
        state_machine_type="STANDARD",
        transitions=5,
        duration="20 s",
        idempotent=True,
    )
    design.flow(source, saga)
    for _ in design.some(3):
        step = function(design)
        design.flow(saga, step, failure_rate="1%", maximum_retry_attempts=3)
    return []


def by_call(design: Design, source: str, rate: Fraction) -> list[Worker]:
    """A function that the sender does not wait for."""
    called = function(design, pushed=True)
    design.flow(source, called, invocation_type="Event")
    return [(called, rate)]


CHANNELS = (
    by_broker,
    by_bus,
    by_call,
    by_delivery_stream,
    by_fifo_topic,
    by_kafka,
    by_one_queue,
    by_stream,
    by_table,
    by_topic,
    by_workflow,
)


# Entrances. Each gives back who sends into a channel, and how much.


def _load(design: Design) -> tuple[Fraction, dict[str, Any]]:
    rate = design.number(2, 20)
    load = {"rate": f"{rate}/s", "peak": f"{rate * design.number(1, 3)}/s"}
    return Fraction(rate), load | {"size": f"{design.number(200, 8000)} B"}


def from_api(design: Design) -> Worker:
    """Clients behind an API or a load balancer, and a function that answers at once."""
    client = design.add("client", "client")
    door = design.pick(
        {"type": "apigatewayv2.api", "protocol_type": "HTTP"},
        {"type": "apigateway.rest_api", "endpoint_configuration": {"types": ["REGIONAL"]}},
        {
            "type": "elasticloadbalancingv2.load_balancer",
            "requests_per_connection": 10,
            "connection_duration": "30 s",
        },
    )
    api = design.add("door", door["type"], **{k: v for k, v in door.items() if k != "type"})
    front = function(design)
    rate, load = _load(design)
    design.flow(client, api, **load, response_size="1 KB")
    design.flow(api, front)
    return front, rate


def from_server(design: Design) -> Worker:
    """A server of one's own."""
    server = design.add("shop", "server")
    front = function(design)
    rate, load = _load(design)
    design.flow(server, front, **load)
    return front, rate


def from_bucket(design: Design) -> Worker:
    """Files that are uploaded, and a function that is told of them."""
    client = design.add("client", "client")
    files = design.add("files", "s3.bucket", stored="50 GB")
    rate, load = _load(design)
    design.flow(client, files, **load | {"size": "2 MB"})
    told = by_queue(design, files, rate, size="1 KB")
    return told, rate


def from_things(design: Design) -> Worker:
    """Things whose messages a topic rule puts into a stream."""
    things = design.add(
        "things",
        "iot.thing_fleet",
        things=600,
        connected="80%",
        message_rate="1/min",
        peak_message_rate="2/min",
        message_size="500 B",
        topic_size="40 B",
        quality_of_service=0,
        reconnects="2/day",
        subscriptions=1,
        shadow_rate="1/day",
        shadow_size="1 KB",
    )
    rule = design.add(
        "readings",
        "iot.topic_rule",
        topic_rule_payload={
            "sql": "SELECT * FROM 'reading'",
            "error_action": dead_letters(design),
        },
    )
    design.flow(things, rule, basic_ingest=True)
    rate = Fraction(8)  # 600 x 80% a minute
    stream = design.add("stream", "kinesis.stream", retention_period_hours=72, shard_count=2)
    design.flow(rule, stream)
    return mapped(design, stream, rate), rate


def from_schedule(design: Design) -> Worker:
    """Many schedules, each with a job in a queue."""
    nightly = design.add(
        "nightly",
        "scheduler.schedule",
        schedule_expression="rate(5 minutes)",
        schedules=600,
        flexible_time_window={"mode": "FLEXIBLE", "maximum_window_in_minutes": 5},
        size="300 B",
        dead_letter_config={"arn": dead_letters(design)},
    )
    rate = Fraction(2)
    return by_queue(design, nightly, rate), rate


ENTRANCES = (from_api, from_bucket, from_schedule, from_server, from_things)


@st.composite
def designs(draw: Draw) -> str:
    """The text of a healthy spec, of 5 to 40 components."""
    design = Design(draw)
    entrances = design.number(1, 2)
    while entrances > 0 or len(design.components) < LEAST_COMPONENTS:
        entrances -= 1
        senders = [] if design.full else [design.pick(*ENTRANCES)(design)]
        while senders and not design.full:
            sender, rate = senders.pop(0)
            # Only code sends into any channel; servers and partners are where a design ends.
            if design.components[sender]["type"] == "lambda.function":
                workers = design.pick(*CHANNELS)(design, sender, rate)
                senders += workers[: design.number(0, len(workers))]
    return design.text(design.pick(*REGIONS))
