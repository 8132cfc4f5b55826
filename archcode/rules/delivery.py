"""Delivery streams, buckets and topic rules against what they call and notify."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import Finding, LimitLoad, Severity
from archcode.rules._rule import rule
from archcode.services._firehose_limits import TRANSFORM_SECONDS, TRANSFORMS_AT_A_TIME
from archcode.services._sns_settings import SnsSettings
from archcode.services._sqs_settings import SqsSettings
from archcode.services.firehose import FirehoseSettings
from archcode.services.lambda_ import LambdaSettings, invocations_per_second
from archcode.services.s3 import S3Settings
from archcode.units import ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.model import Verdict
    from archcode.traffic import Hop


def _transforms(estimate: Estimate) -> Iterator[tuple[Hop, LambdaSettings]]:
    """Calls of delivery streams to the functions that transform their records."""
    for hop in estimate.topology.hops:
        stream, function = hop.source_settings, hop.target_settings
        if isinstance(stream, FirehoseSettings) and isinstance(function, LambdaSettings):
            yield hop, function


@rule(
    Severity.ERROR,
    offending=(
        "files: {type: s3.bucket, stored: 1 GB}\n"
        "changes: {type: sqs.queue, fifo_queue: true}\n"
        "- files -> changes: {size: 1 KB}"
    ),
    clean=(
        "files: {type: s3.bucket, stored: 1 GB}\n"
        "changes: {type: sqs.queue}\n"
        "- files -> changes: {size: 1 KB}"
    ),
)
def fifo_target_of_bucket(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: S3 notifies standard queues and topics only.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html
    """
    for hop in estimate.topology.hops:
        if isinstance(hop.source_settings, S3Settings) and _ordered(hop):
            message = f"{hop.target} is FIFO, and {hop.source} notifies standard ones only"
            hint = f"put a function between them, or make {hop.target} standard"
            yield Finding("fifo_target_of_bucket", Severity.ERROR, hop.where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "readings: {type: iot.topic_rule}\n"
        "alarms: {type: sqs.queue, fifo_queue: true}\n"
        "- readings -> alarms"
    ),
    clean="readings: {type: iot.topic_rule}\nalarms: {type: sqs.queue}\n- readings -> alarms",
)
def fifo_target_of_topic_rule(estimate: Estimate) -> Iterator[Finding]:
    """Nothing arrives: the rules engine keeps no order, and takes no FIFO queue or topic.

    https://docs.aws.amazon.com/iot/latest/developerguide/sqs-rule-action.html
    https://docs.aws.amazon.com/iot/latest/developerguide/sns-rule-action.html
    """
    for hop in estimate.topology.hops:
        if hop.source_type == "iot.topic_rule" and _ordered(hop):
            message = f"{hop.target} is FIFO, and {hop.source} acts on standard ones only"
            hint = f"put a function between them, or make {hop.target} standard"
            yield Finding("fifo_target_of_topic_rule", Severity.ERROR, hop.where, message, hint)


def _ordered(hop: Hop) -> bool:
    """Whether a flow goes to a FIFO queue or topic."""
    target = hop.target_settings
    return (isinstance(target, SqsSettings) and target.fifo_queue) or (
        isinstance(target, SnsSettings) and target.fifo_topic
    )


@rule(
    Severity.ERROR,
    offending=(
        "writer: {type: kinesisfirehose.delivery_stream, processing_configuration: {lambda_arn:"
        " clean}}\n"
        "clean: {type: lambda.function, duration: 1 s, timeout: 301}"
    ),
    clean=(
        "writer: {type: kinesisfirehose.delivery_stream, processing_configuration: {lambda_arn:"
        " clean}}\n"
        "clean: {type: lambda.function, duration: 1 s, timeout: 300}"
    ),
)
def transform_above_5_minutes(estimate: Estimate) -> Iterator[Finding]:
    """Firehose hangs up after five minutes, and counts as failed what the function still works on.

    https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
    """
    for hop, function in _transforms(estimate):
        most = int(TRANSFORM_SECONDS.value)
        if function.timeout > most:
            message = f"is {function.timeout} s, above {most} s, the most behind {hop.source}"
            where, hint = f"{hop.target}.timeout", f"set it to {most} s or less"
            yield Finding("transform_above_5_minutes", Severity.ERROR, where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "events: {type: kinesis.stream, shard_count: 2}\n"
        "clean: {type: lambda.function, duration: 5200 ms, timeout: 60}\n"
        "- app -> events: {rate: 2000/s, size: 1 KB}\n"
        "- writer -> clean"
    ),
    clean=(
        "events: {type: kinesis.stream, shard_count: 2}\n"
        "clean: {type: lambda.function, duration: 5 s, timeout: 60}\n"
        "- app -> events: {rate: 2000/s, size: 1 KB}\n"
        "- writer -> clean"
    ),
)
def transform_too_slow(estimate: Estimate) -> Iterator[Verdict]:
    """A backlog grows, as Firehose runs few calls at a time for each shard that it reads.

    https://docs.aws.amazon.com/firehose/latest/dev/limits.html
    """
    for hop, function in _transforms(estimate):
        flows = estimate.topology.traffic[hop.source]
        shards = sum(
            item.provided
            for inflow in flows.inflows
            for item in estimate.capacity[inflow.source]
            if item.name == "shards"
        )
        if not shards or function.duration is None:
            continue
        to_splunk = any(out.target_type == "splunk" for out in flows.outflows)
        most = shards * int(TRANSFORMS_AT_A_TIME.value) * (2 if to_splunk else 1)
        needed = ceil(invocations_per_second(hop, peak=True) * function.duration)
        mean = invocations_per_second(hop) * function.duration
        yield LimitLoad(
            "transform_too_slow",
            Severity.ERROR if mean > most else Severity.WARNING,
            hop.source,
            hop.where,
            TRANSFORMS_AT_A_TIME.name,
            Fraction(needed),
            Fraction(most),
            "calls at a time",
            f"{hop.target} needs {grouped(needed)} calls at a time at peak",
            scope=f"that {hop.source} makes",
            bound=f", and {hop.source} makes {grouped(most)}",
            hint="use larger buffers, shorter work or more shards",
        )


RULES = (
    fifo_target_of_bucket,
    fifo_target_of_topic_rule,
    transform_above_5_minutes,
    transform_too_slow,
)
