"""The limits of Amazon EventBridge Pipes, each with its source and date."""

from __future__ import annotations

from archcode.model import Limit
from archcode.units import MIB

_QUOTAS = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html"
_GUIDE = (
    "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html"
)
_SCHEMA = "cfn-lint==1.58.0:schemas/AWS::Pipes::Pipe"

PIPES = Limit("pipes", 1000, "pipes", "adjustable", "per account and region", _QUOTAS, "2026-09-24")
EXECUTIONS = Limit(
    "pipe_executions",
    1000,
    "concurrent executions",
    "adjustable",
    "per account and region",
    _QUOTAS,
    "2026-09-24",
    regions=dict.fromkeys(("us-east-1", "us-west-2", "eu-west-1"), 3000),
)
DURATION = Limit(
    "execution_duration",
    300,
    "s",
    "hard",
    "per execution, enrichment and target included",
    _GUIDE,
    "2026-08-31",
)


def _concurrency(value: int, scope: str) -> Limit:
    return Limit(
        "pipe_concurrency",
        value,
        "concurrent executions",
        "adjustable",
        scope,
        _GUIDE,
        "2026-08-31",
    )


KAFKA_CONCURRENCY = _concurrency(1000, "per pipe of Apache Kafka, and its partitions")
CONCURRENCY = {
    "sqs.queue": _concurrency(1250, "per pipe of a queue"),
    "amazonmq.broker": _concurrency(5, "per pipe of a broker"),
}
"""Executions of one pipe at a time, by the type of its source, where it has no partitions."""


def _batch(value: int, scope: str) -> Limit:
    return Limit("target_batch", value, "messages", "hard", scope, _GUIDE, "2026-08-31")


TARGET_BATCH = {
    "events.event_bus": _batch(10, "per batch to an event bus"),
    "kinesis.stream": _batch(500, "per batch to a data stream"),
    "kinesisfirehose.delivery_stream": _batch(500, "per batch to a Firehose stream"),
    "sns.topic": _batch(10, "per batch to a topic"),
    "sqs.queue": _batch(10, "per batch to a queue"),
}
"""Messages of one batch that a target takes, by its type."""
PAYLOAD = Limit("pipe_payload", 6 * MIB, "bytes", "hard", "per batch", _GUIDE, "2026-08-31")
STATE_MACHINE_INPUT = Limit(
    "state_machine_batch",
    262_144,
    "characters",
    "hard",
    "per batch to a state machine",
    _GUIDE,
    "2026-08-31",
)
BATCH = Limit(
    "batch",
    10_000,
    "messages",
    "range",
    "per pipe, from 1",
    f"{_SCHEMA}/PipeSourceSqsQueueParameters.BatchSize",
    "2026-10-20",
)
WINDOW = Limit(
    "maximum_batching_window_in_seconds",
    300,
    "s",
    "range",
    "per pipe",
    f"{_SCHEMA}/PipeSourceSqsQueueParameters.MaximumBatchingWindowInSeconds",
    "2026-10-20",
)
PARALLELIZATION = Limit(
    "parallelization_factor",
    10,
    "batches",
    "range",
    "per shard of a data stream or table, from 1",
    f"{_SCHEMA}/PipeSourceKinesisStreamParameters.ParallelizationFactor",
    "2026-10-20",
)
RECORD_AGE = Limit(
    "maximum_record_age_in_seconds",
    604_800,
    "s",
    "range",
    "per pipe of a data stream or table, -1 without end",
    f"{_SCHEMA}/MaximumRecordAgeInSeconds",
    "2026-10-20",
)
RETRY_ATTEMPTS = Limit(
    "maximum_retry_attempts",
    10_000,
    "retries",
    "range",
    "per pipe of a data stream or table, -1 without end",
    f"{_SCHEMA}/MaximumRetryAttempts",
    "2026-10-20",
)

LIMITS = (
    PIPES,
    EXECUTIONS,
    DURATION,
    *CONCURRENCY.values(),
    KAFKA_CONCURRENCY,
    *TARGET_BATCH.values(),
    PAYLOAD,
    STATE_MACHINE_INPUT,
    BATCH,
    WINDOW,
    PARALLELIZATION,
    RECORD_AGE,
    RETRY_ATTEMPTS,
)
"""All of them, in the order they are explained."""
