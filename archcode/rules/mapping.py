"""Lambda's event source mappings: settings that exclude each other, and what is given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Finding, Severity
from archcode.rules._polled import mappings
from archcode.rules._rule import rule
from archcode.services._mapping import POLLERS, RETRY_KEYS
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate

KAFKA = ("msk.cluster", "msk.serverless_cluster")
STREAMS = ("dynamodb.table", "kinesis.stream")
TAKERS = ("s3.bucket", "sns.topic", "sqs.queue")
LEAST_RECORD_AGE = 60


@rule(
    Severity.WARNING,
    offending=(
        "clicks: {type: kinesis.stream}\n"
        "- clicks -> sessions: {failure_rate: 1%, maximum_retry_attempts: 2}"
    ),
    clean=(
        "clicks: {type: kinesis.stream}\n"
        "- clicks -> sessions: {failure_rate: 1%, maximum_retry_attempts: 2, on_failure: failed}"
    ),
)
def given_up_records_lost(estimate: Estimate) -> Iterator[Finding]:
    """A record that is given up without a destination is gone, and nobody hears of it.

    https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
    """
    for hop, _ in mappings(estimate, *STREAMS, *KAFKA):
        retries = hop.options.maximum_retry_attempts
        if hop.dead and retries is not None and not hop.options.on_failure:
            tries = "1 try" if retries == 0 else f"{grouped(1 + retries)} tries"
            message = f"gives records up after {tries}, and nothing takes them"
            hint = "say on_failure: NAME, a queue or a topic"
            yield Finding("given_up_records_lost", Severity.WARNING, hop.where, message, hint)


@rule(
    Severity.ERROR,
    offending="log: {type: msk.serverless_cluster}\n- log -> worker: {maximum_retry_attempts: 2}",
    clean=(
        "log: {type: msk.serverless_cluster}\n"
        "- log -> worker: {provisioned_poller_config: {minimum_pollers: 1},"
        " maximum_retry_attempts: 2}"
    ),
)
def kafka_retries_without_pollers(estimate: Estimate) -> Iterator[Finding]:
    """The setting does not hold: Lambda handles failures of Kafka only with provisioned pollers.

    https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html
    """
    for hop, _ in mappings(estimate, *KAFKA):
        if hop.options.provisioned_poller_config is not None:
            continue
        for key in sorted(RETRY_KEYS & hop.options.model_fields_set):
            message = f"needs {POLLERS} on a mapping of Kafka"
            hint = f"add {POLLERS}: {{minimum_pollers: 1}}, which is charged"
            where = f"{hop.where}.{key}"
            yield Finding("kafka_retries_without_pollers", Severity.ERROR, where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "clicks: {type: kinesis.stream}\n"
        "failed: {type: kinesis.stream}\n"
        "- clicks -> sessions: {maximum_retry_attempts: 2, on_failure: failed}"
    ),
    clean=(
        "clicks: {type: kinesis.stream}\n"
        "failed: {type: sqs.queue}\n"
        "- clicks -> sessions: {maximum_retry_attempts: 2, on_failure: failed}"
    ),
)
def on_failure_unsupported(estimate: Estimate) -> Iterator[Finding]:
    """What is given up has nowhere to go: Lambda sends it to a queue, a topic or a bucket.

    From Kafka with provisioned pollers it may go to a Kafka cluster as well.

    https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure-destination.html
    """
    for hop, _ in mappings(estimate, *STREAMS, *KAFKA):
        taker = hop.options.on_failure
        if taker is None:
            continue
        kind = estimate.topology.spec.components[taker].type
        provisioned = hop.options.provisioned_poller_config is not None
        kafka = KAFKA if hop.source_type in KAFKA and provisioned else ()
        if kind not in (*TAKERS, *kafka):
            message = f"{taker} is of type {kind}, which takes no records of this mapping"
            hint = f"name a component of type {', '.join(TAKERS)}"
            if hop.source_type in KAFKA:
                hint += f", or a Kafka cluster with {POLLERS}"
            where = f"{hop.where}.on_failure"
            yield Finding("on_failure_unsupported", Severity.ERROR, where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "orders: {type: sqs.queue, visibility_timeout: 18}\n"
        "- orders -> worker: {provisioned_poller_config: {minimum_pollers: 2},"
        " maximum_concurrency: 20}"
    ),
    clean=(
        "orders: {type: sqs.queue, visibility_timeout: 18}\n"
        "- orders -> worker: {provisioned_poller_config: {minimum_pollers: 2, maximum_pollers:"
        " 2}}"
    ),
)
def provisioned_pollers_with_maximum_concurrency(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: Lambda refuses a mapping that bounds its concurrency in two ways.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
    """
    for hop, _ in mappings(estimate, "sqs.queue"):
        most = hop.options.maximum_concurrency
        if most is not None and hop.options.provisioned_poller_config is not None:
            message = f"is {grouped(most)}, which a mapping with {POLLERS} cannot have"
            hint = "remove it; maximum_pollers bounds the mapping, with 10 executions each"
            where = f"{hop.where}.maximum_concurrency"
            name = "provisioned_pollers_with_maximum_concurrency"
            yield Finding(name, Severity.ERROR, where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "orders: {type: sqs.queue, visibility_timeout: 18}\n"
        "worker: {type: lambda.function, duration: 10 ms}\n"
        "- orders -> worker\n"
        "west: {kind: region, region: us-west-2, contains: [worker]}"
    ),
    clean=(
        "orders: {type: sqs.queue, visibility_timeout: 18}\n"
        "worker: {type: lambda.function, duration: 10 ms}\n"
        "- orders -> worker\n"
        "west: {kind: region, region: us-west-2, contains: [orders, worker]}"
    ),
)
def queue_in_other_region(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: Lambda polls queues of its own region only.

    https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
    """
    for hop, _ in mappings(estimate, "sqs.queue"):
        if hop.way.other_region:
            message = (
                f"{hop.source} is in {hop.way.source_region}, {hop.target} in"
                f" {hop.way.target_region}; Lambda polls queues of its own region"
            )
            hint = f"put {hop.target} into {hop.way.source_region}"
            yield Finding("queue_in_other_region", Severity.ERROR, hop.where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "clicks: {type: kinesis.stream}\n"
        "worker: {type: lambda.function, duration: 10 ms}\n"
        "- clicks -> worker\n"
        "west: {kind: region, region: us-west-2, contains: [worker]}"
    ),
    clean=(
        "clicks: {type: kinesis.stream}\n"
        "worker: {type: lambda.function, duration: 10 ms}\n"
        "- clicks -> worker\n"
        "west: {kind: region, region: us-west-2, contains: [clicks, worker]}"
    ),
)
def stream_in_other_region(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: Lambda polls streams of its own region only.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
    """
    for hop, _ in mappings(estimate, *STREAMS):
        if hop.way.other_region:
            message = (
                f"{hop.source} is in {hop.way.source_region}, {hop.target} in"
                f" {hop.way.target_region}; Lambda polls streams of its own region"
            )
            hint = f"put {hop.target} into {hop.way.source_region}"
            yield Finding("stream_in_other_region", Severity.ERROR, hop.where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "clicks: {type: kinesis.stream}\n- clicks -> sessions: {maximum_record_age_in_seconds: 59}"
    ),
    clean=(
        "clicks: {type: kinesis.stream}\n- clicks -> sessions: {maximum_record_age_in_seconds: 60}"
    ),
    fixable=True,
)
def record_age_below_60(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: Lambda refuses to give records up within their first minute.

    https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html
    """
    for hop, _ in mappings(estimate, *STREAMS, *KAFKA):
        age = hop.options.maximum_record_age_in_seconds
        if age is not None and 0 <= age < LEAST_RECORD_AGE:
            message = f"is {age} s; it is at least {LEAST_RECORD_AGE} s, or -1 for never"
            where = f"{hop.where}.maximum_record_age_in_seconds"
            hint = f"set it to {LEAST_RECORD_AGE} or more"
            yield Finding(
                "record_age_below_60",
                Severity.ERROR,
                where,
                message,
                hint,
                remedy=int(LEAST_RECORD_AGE),
            )


RULES = (
    given_up_records_lost,
    kafka_retries_without_pollers,
    on_failure_unsupported,
    provisioned_pollers_with_maximum_concurrency,
    queue_in_other_region,
    record_age_below_60,
    stream_in_other_region,
)
