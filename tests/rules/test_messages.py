"""What each rule says, word for word: the fact with its numbers, then the remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from support import found

from archcode.model import Severity
from archcode.rules import rules_for
from archcode.services import known_types

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
CLIENT = "c: {type: client}\n"
BROKER = (
    "b: {type: amazonmq.broker, engine_type: RABBITMQ, host_instance_type: mq.m7g.large,"
    " deployment_mode: SINGLE_INSTANCE, stored: 1 GB}\n"
)
REPLICATED = (
    CLIENT + "k: {type: msk.cluster, broker_node_group_info: {instance_type: kafka.m7g.large}}\n"
    "r: {type: msk.replicator}\n"
)
COPIED = "- c -> k: {rate: 1/s, size: 1 KB}\n- k -> r\n"
STREAM = f"{CLIENT}k: {{type: kinesis.stream}}\nw: {{type: lambda.function, duration: 1 s}}"
ASKED = "{rate: 1/s, size: 1 KB, response_size: 1 KB}"
HTTP_API = "h: {type: apigatewayv2.api, protocol_type: HTTP}\n"
DELIVERED = (
    "b: {type: s3.bucket, stored: 1 TB}\n"
    "f: {type: kinesisfirehose.delivery_stream, processing_configuration: {lambda_arn: w}}\n"
)
BUS = CLIENT + "b: {type: events.event_bus}\n"
THINGS = (
    "t: {type: iot.thing_fleet, things: 10, message_rate: 1/min, message_size: 1 KB,"
    " topic_size: 20 B}\nr: {type: iot.topic_rule}\n"
)
PIPED = f"{CLIENT}q: {{type: sqs.queue}}\np: {{type: pipes.pipe}}\nt: {{type: sns.topic}}\n"
"""A queue `q`, a pipe `p` and a topic `t`."""


@dataclass(frozen=True)
class Case:
    """A spec and the one finding of a rule in it."""

    rule: str
    severity: Severity
    where: str
    message: str
    hint: str
    components: str
    flows: str = ""
    region: str = "us-east-1"
    groups: str = ""

    def __str__(self) -> str:
        return self.rule


def mapping(rule: str, queue: str, function: str, flow: str, rate: str = "100/s") -> dict[str, str]:
    """A queue `q` with a function `w` behind it."""
    return {
        "rule": rule,
        "components": (
            f"{CLIENT}q: {{type: sqs.queue{queue}}}\n"
            f"w: {{type: lambda.function, duration: 1 s{function}}}"
        ),
        "flows": f"- c -> q: {{rate: {rate}, size: 1 KB}}\n- q -> w: {{{flow}}}",
    }


CASES = (
    Case(
        "connector_without_kafka",
        ERROR,
        "k",
        "connects nothing with Apache Kafka",
        "draw a flow from or to an msk.cluster or an msk.serverless_cluster",
        CLIENT + "k: {type: kafkaconnect.connector,"
        " capacity: {provisioned_capacity: {mcu_count: 1, worker_count: 1}}}",
        "- c -> k: {rate: 1/s, size: 1 KB}",
    ),
    Case(
        "fifo_target_of_topic_rule",
        ERROR,
        "r -> q",
        "q is FIFO, and r acts on standard ones only",
        "put a function between them, or make q standard",
        THINGS + "q: {type: sqs.queue, fifo_queue: true}",
        "- t -> r\n- r -> q",
    ),
    Case(
        "part_in_other_region",
        ERROR,
        "t -> r",
        "r is in eu-west-1, t in us-east-1; an AWS IoT Core rule is part of what it takes"
        " events of",
        "put both into one frame",
        THINGS + "q: {type: sqs.queue}",
        "- t -> r\n- r -> q",
        groups="e: {kind: region, region: eu-west-1, contains: [r]}",
    ),
    Case(
        "standard_workflow_waited_for",
        ERROR,
        "p -> m",
        "m is a Standard workflow, which a pipe does not wait for",
        "set invocation_type: FIRE_AND_FORGET on p, or set state_machine_type: EXPRESS on m",
        PIPED + "m: {type: stepfunctions.state_machine, transitions: 3}",
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> p\n- p -> m",
    ),
    Case(
        "stream_in_other_region",
        ERROR,
        "k -> w",
        "k is in us-east-1, w in eu-west-1; Lambda polls streams of its own region",
        "put w into us-east-1",
        STREAM,
        "- c -> k: {rate: 1/s, size: 1 KB}\n- k -> w",
        groups="e: {kind: region, region: eu-west-1, contains: [w]}",
    ),
    Case(
        "stream_key_on_pipe",
        ERROR,
        "q -> p.parallelization_factor",
        "is a setting of streams, and q is none",
        "allowed on flows from dynamodb.table, kinesis.stream",
        PIPED,
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> p: {parallelization_factor: 2}\n- p -> t",
    ),
    Case(
        "target_missing",
        WARNING,
        "p",
        "sends to nothing; Amazon EventBridge Pipes needs a target",
        "draw a flow, such as - p -> TARGET",
        PIPED,
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> p",
    ),
    Case(
        "api_requests_above_quota",
        WARNING,
        "h",
        "all APIs together get 12,500 requests/s at peak, over the default quota of 10,000"
        " requests/s per account and region: a headroom of -25%",
        "request a higher quota; a bucket of 5,000 requests lasts 2 s",
        CLIENT + HTTP_API,
        "- c -> h: {rate: 1/s, peak: 12500/s, size: 1 KB, response_size: 1 KB}",
    ),
    Case(
        "event_invocations_above_quota",
        WARNING,
        "b",
        "rules and buses invoke their targets 1,000 times/s at peak, over the default quota of"
        " 750 invocations/s in eu-central-2: a headroom of -33.33%",
        "events wait; request a higher quota, or filter more in the rules",
        BUS + "q: {type: sqs.queue}",
        "- c -> b: {rate: 1000/s, size: 1 KB, batch: 10}\n- b -> q",
        region="eu-central-2",
    ),
    Case(
        "failure_rate_behind_pipe",
        ERROR,
        "p -> t.failure_rate",
        "t is waited for, and the source delivers again what fails",
        "say failure_rate on q -> p",
        PIPED,
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> p\n- p -> t: {failure_rate: 1%}",
    ),
    Case(
        "failures_without_dead_letter_queue",
        WARNING,
        "q",
        "has failures and no dead-letter queue",
        "add redrive_policy: {dead_letter_target: NAME, max_receive_count: 5}",
        f"{CLIENT}q: {{type: sqs.queue}}\nw: {{type: server}}",
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> w: {failure_rate: 1%}",
    ),
    Case(
        "fifo_dead_letter_queue_of_rule",
        ERROR,
        "r.dead_letter_config.arn",
        "d is a FIFO queue; EventBridge takes standard queues only here",
        "make d standard",
        BUS + "r: {type: events.rule, dead_letter_config: {arn: d}}\n"
        "q: {type: sqs.queue}\nd: {type: sqs.queue, fifo_queue: true}",
        "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> r\n- r -> q",
    ),
    Case(
        "fifo_dead_letter_queue_of_schedule",
        ERROR,
        "s.dead_letter_config.arn",
        "d is a FIFO queue, and a schedule's must be a standard one",
        "set fifo_queue: false on d",
        "d: {type: sqs.queue, fifo_queue: true}\nq: {type: sqs.queue}\n"
        "s: {type: scheduler.schedule, schedule_expression: rate(1 day), size: 1 KB,"
        " dead_letter_config: {arn: d}}",
        "- s -> q",
    ),
    Case(
        "fifo_queue_on_standard_topic",
        ERROR,
        "t -> q",
        "q is a FIFO queue, and t is a standard topic",
        "set fifo_topic: true on t, or make q a standard queue",
        f"{CLIENT}t: {{type: sns.topic}}\nq: {{type: sqs.queue, fifo_queue: true}}",
        "- c -> t: {rate: 1/s, size: 1 KB}\n- t -> q",
    ),
    Case(
        "fifo_target_of_bucket",
        ERROR,
        "b -> q",
        "q is FIFO, and b notifies standard ones only",
        "put a function between them, or make q standard",
        f"{CLIENT}b: {{type: s3.bucket, stored: 1 TB}}\nq: {{type: sqs.queue, fifo_queue: true}}",
        "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> q: {size: 1 KB}",
    ),
    Case(
        "fifo_topic_behind_event_bus",
        ERROR,
        "b -> t",
        "t is a FIFO topic, and EventBridge publishes to standard ones",
        "send the events to FIFO queues instead",
        BUS + "t: {type: sns.topic, fifo_topic: true}",
        "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> t",
    ),
    Case(
        "fifo_topic_without_queue",
        ERROR,
        "t -> w",
        "t is a FIFO topic and delivers to SQS queues only",
        "put a queue between t and w",
        f"{CLIENT}t: {{type: sns.topic, fifo_topic: true}}\nw: {{type: lambda.function}}",
        "- c -> t: {rate: 1/s, size: 1 KB}\n- t -> w",
    ),
    Case(
        "flow_key_without_effect",
        ERROR,
        "c -> q.consumers",
        "means nothing on a flow from client to sqs.queue",
        "allowed on flows from amazonmq.broker, broker, msk.cluster, msk.serverless_cluster,"
        " sqs.queue",
        f"{CLIENT}q: {{type: sqs.queue}}",
        "- c -> q: {rate: 1/s, size: 1 KB, consumers: 2}",
    ),
    Case(
        "flow_without_caller",
        ERROR,
        "q -> m",
        "Amazon SQS does not call AWS Step Functions by itself",
        "put a function or a pipe between q and m",
        CLIENT + "q: {type: sqs.queue}\nm: {type: stepfunctions.state_machine}",
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> m",
    ),
    Case(
        "flow_without_consumer",
        ERROR,
        "q -> t",
        "Amazon SQS does not deliver to Amazon SNS by itself",
        "put a function or a server between q and t",
        CLIENT + "q: {type: sqs.queue}\nt: {type: sns.topic}",
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> t",
    ),
    Case(
        "function_behind_network_load_balancer",
        ERROR,
        "n -> f",
        "n is a Network Load Balancer, which has no functions as targets",
        "set load_balancer_type: application on n",
        CLIENT + "n: {type: elasticloadbalancingv2.load_balancer, load_balancer_type: network}\n"
        "f: {type: lambda.function}",
        f"- c -> n: {ASKED}\n- n -> f",
    ),
    Case(
        "function_timeout_above_14_minutes",
        ERROR,
        "w.timeout",
        "is 900 s, above 840 s, the most behind b",
        "set it to 840 s or less",
        f"{CLIENT}{BROKER}w: {{type: lambda.function, duration: 1 s, timeout: 15 min}}",
        "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> w",
    ),
    Case(
        "function_timeout_above_caller_timeout",
        WARNING,
        "f.timeout",
        "is 60 s, but h waits 30 s for an answer",
        "set it to 30 s or less, or do the work behind a queue",
        CLIENT + HTTP_API + "f: {type: lambda.function, timeout: 60, duration: 30 s}",
        f"- c -> h: {ASKED}\n- h -> f",
    ),
    Case(
        "function_timeout_above_caller_timeout",
        ERROR,
        "f.timeout",
        "h waits 30 s for an answer, and f takes 30.5 s",
        "answer at once and do the work behind a queue or a state machine",
        CLIENT + HTTP_API + "f: {type: lambda.function, timeout: 60, duration: 30.5 s}",
        f"- c -> h: {ASKED}\n- h -> f",
    ),
    Case(
        "given_up_records_lost",
        WARNING,
        "k -> w",
        "gives records up after 3 tries, and nothing takes them",
        "say on_failure: NAME, a queue or a topic",
        STREAM,
        "- c -> k: {rate: 1/s, size: 1 KB}\n"
        "- k -> w: {failure_rate: 1%, maximum_retry_attempts: 2}",
    ),
    Case(
        "http_api_without_integration",
        ERROR,
        "h -> t",
        "h has no integration with Amazon SNS",
        "use an apigateway.rest_api, or put a function before t",
        CLIENT + HTTP_API + "t: {type: sns.topic}",
        f"- c -> h: {ASKED}\n- h -> t",
    ),
    Case(
        "kafka_retries_without_pollers",
        ERROR,
        "b -> w.maximum_retry_attempts",
        "needs provisioned_poller_config on a mapping of Kafka",
        "add provisioned_poller_config: {minimum_pollers: 1}, which is charged",
        CLIENT
        + "b: {type: msk.cluster, broker_node_group_info: {instance_type: kafka.m7g.large}}\n"
        "w: {type: lambda.function, duration: 1 s}",
        "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> w: {maximum_retry_attempts: 2}",
    ),
    Case(
        "label_outside_font",
        WARNING,
        "q.label",
        'the bundled font lacks "注文" of "注文 q"',
        "PNG and PDF show boxes there; an SVG borrows from its reader's fonts",
        CLIENT + "q: {type: sqs.queue, label: 注文 q}",
        "- c -> q: {rate: 1/s, size: 1 KB}",
    ),
    Case(
        "lambda_key_on_pipe",
        ERROR,
        "q -> p.maximum_concurrency",
        "is a setting of functions, and p is a pipe",
        "",
        PIPED,
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> p: {maximum_concurrency: 5}\n- p -> t",
    ),
    Case(
        "mixed_dead_letter_queue",
        ERROR,
        "q.redrive_policy.dead_letter_target",
        "q is a FIFO queue, its dead-letter queue d a standard one",
        "set fifo_queue: true on d",
        f"{CLIENT}d: {{type: sqs.queue}}\n"
        "q: {type: sqs.queue, fifo_queue: true, redrive_policy: {dead_letter_target: d}}",
        "- c -> q: {rate: 1/s, size: 1 KB}",
    ),
    Case(
        "on_failure_unsupported",
        ERROR,
        "k -> w.on_failure",
        "c is of type client, which takes no records of this mapping",
        "name a component of type s3.bucket, sns.topic, sqs.queue",
        STREAM,
        "- c -> k: {rate: 1/s, size: 1 KB}\n- k -> w: {on_failure: c}",
    ),
    Case(
        "pipe_concurrency_too_low",
        ERROR,
        "q -> p",
        "p needs 1,251 executions at a time at peak, and q lets it run 1,250: a headroom of -0.08%",
        "use larger batches or shorter work, or request a higher quota",
        f"{CLIENT}q: {{type: sqs.queue}}\np: {{type: pipes.pipe}}\n"
        "w: {type: lambda.function, duration: 1 s}",
        "- c -> q: {rate: 1251/s, size: 1 KB}\n- q -> p: {batch: 1}\n- p -> w",
    ),
    Case(
        "pipe_concurrency_too_low",
        WARNING,
        "q -> p",
        "p needs 3 executions at a time at peak, and q lets it run 2: a headroom of -50%",
        "use more message groups, larger batches or shorter work",
        f"{CLIENT}q: {{type: sqs.queue, fifo_queue: true, message_groups: 2}}\n"
        "p: {type: pipes.pipe}\nw: {type: lambda.function, duration: 1 s}",
        "- c -> q: {rate: 2/s, peak: 3/s, size: 1 KB}\n- q -> p: {batch: 1}\n- p -> w",
    ),
    Case(
        "pipe_concurrency_too_low",
        ERROR,
        "b -> p",
        "p needs 6 executions at a time at peak, and b lets it run 5: a headroom of -20%",
        "use larger batches or shorter work, or request a higher quota",
        f"{CLIENT}{BROKER}p: {{type: pipes.pipe}}\nw: {{type: lambda.function, duration: 1 s}}",
        "- c -> b: {rate: 6/s, size: 1 KB}\n- b -> p: {batch: 1}\n- p -> w",
    ),
    Case(
        "pipe_concurrency_too_low",
        ERROR,
        "s -> p",
        "p needs 5 executions at a time at peak, and s lets it run 4: a headroom of -25%",
        "raise parallelization_factor, or use more shards, larger batches or shorter work",
        f"{CLIENT}s: {{type: kinesis.stream, shard_count: 2}}\np: {{type: pipes.pipe}}\n"
        "w: {type: lambda.function, duration: 1 s}",
        "- c -> s: {rate: 41/s, size: 1 KB}\n- s -> p: {parallelization_factor: 2}\n- p -> w",
    ),
    Case(
        "pipe_concurrency_too_low",
        ERROR,
        "k -> p",
        "p needs 4 executions at a time at peak, and k lets it run 3: a headroom of -33.33%",
        "use more partitions of k, larger batches or shorter work",
        f"{CLIENT}p: {{type: pipes.pipe}}\nw: {{type: lambda.function, duration: 1 s}}\n"
        "k: {type: msk.cluster, broker_node_group_info: {instance_type: kafka.m7g.large},"
        " partitions: 3}",
        "- c -> k: {rate: 301/s, size: 1 KB}\n- k -> p\n- p -> w",
    ),
    Case(
        "pipe_source_not_supported",
        ERROR,
        "c -> p",
        "a pipe polls queues, streams and brokers, not Clients",
        "put a queue between c and p",
        f"{CLIENT}p: {{type: pipes.pipe}}\nt: {{type: sns.topic}}",
        "- c -> p: {rate: 1/s, size: 1 KB}\n- p -> t",
    ),
    Case(
        "pipe_target_not_supported",
        ERROR,
        "p -> t",
        "a pipe does not send to a FIFO topic of Amazon SNS",
        "put a function between p and t",
        f"{CLIENT}q: {{type: sqs.queue}}\np: {{type: pipes.pipe}}\n"
        "t: {type: sns.topic, fifo_topic: true}",
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> p\n- p -> t",
    ),
    Case(
        "pipe_with_several_targets",
        ERROR,
        "p",
        "has 2 targets, and a pipe has one",
        "send to a topic or an event bus, which hands copies on",
        f"{PIPED}u: {{type: sns.topic}}\n",
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> p\n- p -> t\n- p -> u",
    ),
    Case(
        "pipe_without_single_source",
        ERROR,
        "p",
        "has no sources, and a pipe has one",
        "let one queue, stream or broker flow into it",
        "p: {type: pipes.pipe}",
    ),
    Case(
        "price_unknown",
        WARNING,
        "q",
        "no price is known for Requests, standard in cn-north-1",
        "the total leaves it out and says at least",
        f"{CLIENT}q: {{type: sqs.queue}}",
        "- c -> q: {rate: 1/s, size: 1 KB}",
        region="cn-north-1",
    ),
    Case(
        severity=ERROR,
        where="q -> w",
        message=(
            "w needs 1,300 batches at a time at peak (1,300/s × 1 s), and this mapping runs 1,250:"
            " a headroom of -4%"
        ),
        hint="use larger batches or shorter work, or request a higher quota",
        **mapping("mapping_concurrency_too_low", "", "", "batch: 1", rate="1300/s"),
    ),
    Case(
        severity=WARNING,
        where="q -> w",
        message=(
            "w needs 3 batches at a time at peak (2.5/s × 1 s), and this mapping runs 2:"
            " a headroom of -50%"
        ),
        hint="raise maximum_concurrency, or use larger batches or shorter work",
        **mapping(
            "mapping_concurrency_too_low",
            "",
            "",
            "batch: 10, maximum_concurrency: 2",
            rate="20/s, peak: 25/s",
        ),
    ),
    Case(
        severity=ERROR,
        where="q -> w",
        message=(
            "w needs 10 batches at a time at peak (10/s × 1 s), and this mapping runs 9:"
            " a headroom of -11.11%"
        ),
        hint="use more message groups, larger batches or shorter work",
        **mapping(
            "mapping_concurrency_too_low",
            ", fifo_queue: true, message_groups: 9",
            "",
            "batch: 10",
        ),
    ),
    Case(
        severity=ERROR,
        where="q -> w",
        message=(
            "w needs 2,010 batches at a time at peak (2,010/s × 1 s), and this mapping runs 2,000:"
            " a headroom of -0.5%"
        ),
        hint="raise maximum_pollers, or use larger batches or shorter work",
        **mapping(
            "mapping_concurrency_too_low",
            "",
            "",
            "batch: 1, provisioned_poller_config: {minimum_pollers: 200}",
            rate="2010/s",
        ),
    ),
    Case(
        severity=ERROR,
        where="q -> w.batch",
        message="a batch of 1,000 needs a batching window of at least 1 s",
        hint="say maximum_batching_window_in_seconds: 1",
        **mapping("batch_above_10_without_window", "", "", "batch: 1000"),
    ),
    Case(
        severity=ERROR,
        where="q -> w.batch",
        message="a batch of 11 is above 10, the most of a FIFO queue",
        hint="say batch: 10",
        **mapping("fifo_batch_above_10", ", fifo_queue: true", "", "batch: 11"),
    ),
    Case(
        severity=INFO,
        where="q -> w.batch",
        message=("0.5 messages/s do not fill a batch of 10 in 4 s; real batches hold about 2"),
        hint="say batch: 2 for a careful estimate, or lengthen the window",
        **mapping(
            "unfilled_batch",
            "",
            "",
            "batch: 10, maximum_batching_window_in_seconds: 4",
            rate="30/min",
        ),
    ),
    Case(
        severity=ERROR,
        where="q -> w.maximum_batching_window_in_seconds",
        message="is 5 s, but q is a FIFO queue, which has no such window",
        hint="remove it, or set it to 0",
        **mapping(
            "batching_window_on_fifo_queue",
            ", fifo_queue: true",
            "",
            "maximum_batching_window_in_seconds: 5",
        ),
    ),
    Case(
        severity=WARNING,
        where="q -> w.maximum_concurrency",
        message="is 1,000, but w reserves 10 concurrent executions",
        hint="let all queues of w together run 10 at most",
        **mapping(
            "maximum_concurrency_above_reserved",
            "",
            ", reserved_concurrent_executions: 10",
            "maximum_concurrency: 1000",
        ),
    ),
    Case(
        severity=ERROR,
        where="q -> w.maximum_concurrency",
        message="is 20, which a mapping with provisioned_poller_config cannot have",
        hint="remove it; maximum_pollers bounds the mapping, with 10 executions each",
        **mapping(
            "provisioned_pollers_with_maximum_concurrency",
            "",
            "",
            "maximum_concurrency: 20, provisioned_poller_config: {minimum_pollers: 2}",
        ),
    ),
    Case(
        severity=ERROR,
        where="q.visibility_timeout",
        message="is 30 s, but w may run for 60 s",
        hint="raise it to 365 s, six times the function timeout plus 5 s of batching",
        **mapping(
            "visibility_timeout_below_function_timeout",
            "",
            ", timeout: 60",
            "maximum_batching_window_in_seconds: 5",
        ),
    ),
    Case(
        severity=WARNING,
        where="q.visibility_timeout",
        message="is 60 s; AWS advises 360 s for the 60 s timeout of w",
        hint="raise it to 360 s, six times the function timeout",
        **mapping(
            "visibility_timeout_below_six_timeouts",
            ", visibility_timeout: 1 min",
            ", timeout: 60",
            "batch: 10",
        ),
    ),
    Case(
        "quantity_unknown",
        WARNING,
        "q",
        "the cost of Requests, standard depends on how often w polls"
        " (short polling; set a wait time of 20 s)",
        "say so, or what was measured under usage: archcode services sqs.queue lists its keys",
        f"{CLIENT}q: {{type: sqs.queue}}\nw: {{type: server}}",
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> w",
    ),
    Case(
        "queue_in_other_region",
        ERROR,
        "q -> w",
        "q is in us-east-1, w in us-west-2; Lambda polls queues of its own region",
        "put w into us-east-1",
        f"{CLIENT}q: {{type: sqs.queue}}\nw: {{type: lambda.function, duration: 1 s}}",
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> w",
        groups="g: {kind: region, region: us-west-2, contains: [w]}",
    ),
    Case(
        "record_age_below_60",
        ERROR,
        "k -> w.maximum_record_age_in_seconds",
        "is 59 s; it is at least 60 s, or -1 for never",
        "set it to 60 or more",
        STREAM,
        "- c -> k: {rate: 1/s, size: 1 KB}\n- k -> w: {maximum_record_age_in_seconds: 59}",
    ),
    Case(
        "replay_to_another_bus",
        ERROR,
        "a -> d",
        "a does not archive d, so it cannot replay to it",
        "replay to b",
        BUS + "d: {type: events.event_bus}\na: {type: events.archive, retention_days: 1}",
        "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> a\n- a -> d: {rate: 1/day, size: 1 KB}",
    ),
    Case(
        "replicator_across_accounts",
        ERROR,
        "r -> t",
        "r and t are in different accounts",
        "copy within one account, or run MirrorMaker on MSK Connect",
        REPLICATED + "t: {type: msk.serverless_cluster}",
        f"{COPIED}- r -> t",
        groups="g: {kind: account, contains: [t]}",
    ),
    Case(
        "replicator_of_small_cluster",
        ERROR,
        "k -> r",
        "k has 3 brokers of kafka.t3.small; a replicator needs 3 in 3 zones, and none of"
        " kafka.t3.small",
        "take more or larger brokers",
        REPLICATED.replace("kafka.m7g.large", "kafka.t3.small")
        + "t: {type: msk.serverless_cluster}",
        f"{COPIED}- r -> t",
    ),
    Case(
        "replicator_outside_target_region",
        ERROR,
        "r -> t",
        "r is in us-east-1, and its target t in us-west-2",
        "put r into the frame of us-west-2",
        REPLICATED + "t: {type: msk.serverless_cluster}",
        f"{COPIED}- r -> t",
        groups="g: {kind: region, region: us-west-2, contains: [t]}",
    ),
    Case(
        "replicator_without_cluster",
        ERROR,
        "r -> q",
        "r is a replicator, and q is no MSK cluster",
        "let it copy to an msk.cluster or an msk.serverless_cluster",
        REPLICATED + "q: {type: kinesis.stream}",
        f"{COPIED}- r -> q",
    ),
    Case(
        "replicator_without_cluster",
        ERROR,
        "c -> r",
        "r is a replicator, and c is no MSK cluster",
        "let it copy from an msk.cluster or an msk.serverless_cluster",
        REPLICATED,
        "- c -> r: {rate: 1/s, size: 1 KB}\n- r -> k",
    ),
    Case(
        "replicator_without_private_connectivity",
        ERROR,
        "k -> r",
        "r pulls from us-west-2, and k has no private connectivity with IAM",
        "set broker_node_group_info.connectivity_info.vpc_connectivity"
        ".client_authentication.sasl.iam.enabled: true",
        REPLICATED + "t: {type: msk.serverless_cluster}",
        f"{COPIED}- r -> t",
        groups="g: {kind: region, region: us-west-2, contains: [r, t]}",
    ),
    Case(
        "schedule_with_several_targets",
        ERROR,
        "s",
        "has 2 targets, and a schedule has one",
        "add a schedule for each, or send to a topic or an event bus",
        "q: {type: sqs.queue}\nr: {type: sqs.queue}\n"
        "s: {type: scheduler.schedule, schedule_expression: rate(1 day), size: 1 KB}",
        "- s -> q\n- s -> r",
    ),
    Case(
        "shares_above_100_percent",
        ERROR,
        "q -> v.share",
        "the shares of q add up to 100.001%, above 100%",
        "",
        f"{CLIENT}q: {{type: sqs.queue}}\nw: {{type: server}}\nv: {{type: server}}",
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> w: {share: 50%}\n- q -> v: {share: 50.001%}",
    ),
    Case(
        "shares_below_100_percent",
        WARNING,
        "q -> w.share",
        "the shares of q add up to 70%, below 100%",
        "leave one share out, and that consumer takes the rest",
        f"{CLIENT}q: {{type: sqs.queue}}\nw: {{type: server}}",
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> w: {share: 70%}",
    ),
    Case(
        "source_without_events",
        ERROR,
        "c -> x",
        "an Amazon EventBridge API destination has its events of an event bus, a rule or a pipe,"
        " not of client",
        "put an event bus between c and x",
        CLIENT + "x: {type: events.api_destination}",
        "- c -> x: {rate: 1/s, size: 1 KB}",
    ),
    Case(
        "standard_queue_on_fifo_topic",
        WARNING,
        "t -> q",
        "q is a standard queue: it loses the order that the FIFO topic t keeps",
        "set fifo_queue: true on q",
        f"{CLIENT}t: {{type: sns.topic, fifo_topic: true}}\nq: {{type: sqs.queue}}",
        "- c -> t: {rate: 1/s, size: 1 KB}\n- t -> q",
    ),
    Case(
        "third_event_bus",
        ERROR,
        "d -> e",
        "events that b sent to d do not go on to e",
        "send them from b to e as well",
        BUS + "d: {type: events.event_bus}\ne: {type: events.event_bus}",
        "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> d\n- d -> e",
    ),
    Case(
        "transform_above_5_minutes",
        ERROR,
        "w.timeout",
        "is 301 s, above 300 s, the most behind f",
        "set it to 300 s or less",
        f"{CLIENT}{DELIVERED}w: {{type: lambda.function, duration: 1 s, timeout: 301}}",
        "- c -> f: {rate: 1/s, size: 1 KB}\n- f -> b",
    ),
    Case(
        "transform_too_slow",
        ERROR,
        "f -> w",
        "w needs 6 calls at a time at peak, and f makes 5: a headroom of -20%",
        "use larger buffers, shorter work or more shards",
        f"{CLIENT}{DELIVERED}k: {{type: kinesis.stream, shard_count: 1}}\n"
        "w: {type: lambda.function, duration: 6 s, timeout: 10}",
        "- c -> k: {rate: 1000/s, size: 1 KB}\n- k -> f\n- f -> b",
    ),
    Case(
        "unconnected_component",
        WARNING,
        "q",
        "no flow begins or ends here, so its traffic counts as none",
        "add a flow, or state its measured quantities under usage",
        "q: {type: sqs.queue}",
    ),
    Case(
        "usage_without_effect",
        WARNING,
        "q.usage.empty_receives",
        "meters nothing on this Amazon SQS component as it is set up",
        "",
        f"{CLIENT}q: {{type: sqs.queue, usage: {{empty_receives: 1M}}}}",
        "- c -> q: {rate: 1/s, size: 1 KB}",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_says(case):
    findings = found(case.components, case.flows, region=case.region, groups=case.groups)
    said = [(f.severity, f.where, f.message, f.hint) for f in findings if f.rule == case.rule]

    assert said == [(case.severity, case.where, case.message, case.hint)]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_is_in_the_house_form(case):
    for text in (case.message, case.hint):
        assert not text.endswith((".", "!"))
        assert not re.search(r"please|invalid|\bNone\b|Fraction|Decimal", text)
        assert not re.search(r"(?<![\d,.])\d{4,}", text)


def test_two_queues_of_one_function_are_added_up():
    findings = found(
        CLIENT
        + """
p: {type: sqs.queue}
q: {type: sqs.queue}
w: {type: lambda.function, reserved_concurrent_executions: 10}
""",
        "- c -> p: {rate: 1/s, size: 1 KB}\n- c -> q: {rate: 1/s, size: 1 KB}\n"
        "- p -> w: {maximum_concurrency: 8}\n- q -> w: {maximum_concurrency: 3}",
    )
    (first, second) = [f for f in findings if f.rule == "maximum_concurrency_above_reserved"]

    assert first.message == (
        "is 8 (11 over all its queues), but w reserves 10 concurrent executions"
    )
    assert second.message == (
        "is 3 (11 over all its queues), but w reserves 10 concurrent executions"
    )


def test_every_rule_has_its_words_here():
    assert {case.rule for case in CASES} == {rule.name for rule in rules_for(known_types())}
