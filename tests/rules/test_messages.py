"""What each rule says, word for word: the fact with its numbers, then the remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from support import found

from archcode.model import Severity
from archcode.rules import RULES

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
CLIENT = "c: {type: client}\n"
BROKER = (
    "b: {type: amazonmq.broker, engine_type: RABBITMQ, host_instance_type: mq.m7g.large,"
    " deployment_mode: SINGLE_INSTANCE, stored: 1 GB}\n"
)


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


DELIVERED = (
    "b: {type: s3.bucket, stored: 1 TB}\n"
    "f: {type: kinesisfirehose.delivery_stream, processing_configuration: {lambda_arn: w}}\n"
)

CASES = (
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
        "transform_above_5_minutes",
        ERROR,
        "w.timeout",
        "is 301 s, above 300 s, the most behind f",
        "set it to 300 s or less",
        f"{CLIENT}{DELIVERED}w: {{type: lambda.function, duration: 1 s, timeout: 301}}",
        "- c -> f: {rate: 1/s, size: 1 KB}\n- f -> b",
    ),
    # 1,000 records of 1 KB a second are 1 MB, a call of 1,024 records each: 0.98 calls/s x 6 s
    # = 5.86 calls at a time; one shard has 5
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
        "flow_without_consumer",
        ERROR,
        "q -> t",
        "Amazon SQS does not deliver to Amazon SNS by itself",
        "put a function or a server between q and t",
        CLIENT + "q: {type: sqs.queue}\nt: {type: sns.topic}",
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> t",
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
        severity=ERROR,
        where="q -> w.batch",
        message="a batch of 1,000 needs a batching window of at least 1 s",
        hint="say maximum_batching_window_in_seconds: 1",
        **mapping("batch_above_10_without_window", "", "", "batch: 1000"),
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
        severity=ERROR,
        where="q -> w.batch",
        message="a batch of 11 is above 10, the most of a FIFO queue",
        hint="say batch: 10",
        **mapping("fifo_batch_above_10", ", fifo_queue: true", "", "batch: 11"),
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
        "fifo_queue_on_standard_topic",
        ERROR,
        "t -> q",
        "q is a FIFO queue, and t is a standard topic",
        "set fifo_topic: true on t, or make q a standard queue",
        f"{CLIENT}t: {{type: sns.topic}}\nq: {{type: sqs.queue, fifo_queue: true}}",
        "- c -> t: {rate: 1/s, size: 1 KB}\n- t -> q",
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
        "consumers means nothing on a flow from client to sqs.queue",
        "",
        f"{CLIENT}q: {{type: sqs.queue}}",
        "- c -> q: {rate: 1/s, size: 1 KB, consumers: 2}",
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
        "standard_queue_on_fifo_topic",
        WARNING,
        "t -> q",
        "q is a standard queue: it loses the order that the FIFO topic t keeps",
        "set fifo_queue: true on q",
        f"{CLIENT}t: {{type: sns.topic, fifo_topic: true}}\nq: {{type: sqs.queue}}",
        "- c -> t: {rate: 1/s, size: 1 KB}\n- t -> q",
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
        "unconnected_component",
        WARNING,
        "q",
        "no flow begins or ends here, so its traffic counts as none",
        "add a flow, or state its measured quantities under usage",
        "q: {type: sqs.queue}",
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
        "quantity_unknown",
        WARNING,
        "q",
        "the cost of Requests, standard depends on how often w polls"
        " (short polling; set a wait time of 20 s)",
        "",
        f"{CLIENT}q: {{type: sqs.queue}}\nw: {{type: server}}",
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> w",
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
    findings = found(case.components, case.flows, region=case.region)
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
    assert {case.rule for case in CASES} == {rule.__name__ for rule in RULES}
