"""The limits of Lambda's event source mappings, each with its source and date."""

from __future__ import annotations

from archcode.model import Former, Limit

_SCHEMA = "cfn-lint==1.58.0:schemas/AWS::Lambda::EventSourceMapping"
_API = "botocore==1.44.5:data/lambda/service-2.json"
_GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg"
_SQS_SCALING = f"{_GUIDE}/services-sqs-scaling.html"
_KAFKA_SCALING = f"{_GUIDE}/kafka-scaling-modes.html"

BATCH = Limit(
    "batch",
    10_000,
    "messages",
    "range",
    "per batch of a mapping, from 1",
    f"{_SCHEMA}/BatchSize",
    "2026-10-20",
)
BATCHING_WINDOW = Limit(
    "maximum_batching_window_in_seconds",
    300,
    "s",
    "range",
    "per mapping",
    f"{_SCHEMA}/MaximumBatchingWindowInSeconds",
    "2026-10-20",
)
MAXIMUM_CONCURRENCY = Limit(
    "maximum_concurrency",
    1000,
    "concurrent executions",
    "range",
    "per mapping of a queue, from 2",
    f"{_SCHEMA}/MaximumConcurrency",
    "2026-10-20",
)
PARALLELIZATION = Limit(
    "parallelization_factor",
    10,
    "batches",
    "range",
    "per shard of a stream's mapping, from 1",
    f"{_SCHEMA}/ParallelizationFactor",
    "2026-10-20",
)
RETRIES = Limit(
    "maximum_retry_attempts",
    10_000,
    "retries",
    "range",
    "per mapping of a stream or of Kafka; -1 is without end",
    f"{_SCHEMA}/MaximumRetryAttempts",
    "2026-10-20",
)
RECORD_AGE = Limit(
    "maximum_record_age_in_seconds",
    604_800,
    "s",
    "range",
    "per mapping of a stream or of Kafka, from 60; -1 is never",
    f"{_SCHEMA}/MaximumRecordAgeInSeconds",
    "2026-10-20",
)
TUMBLING_WINDOW = Limit(
    "tumbling_window_in_seconds",
    900,
    "s",
    "range",
    "per mapping of a stream",
    f"{_SCHEMA}/TumblingWindowInSeconds",
    "2026-10-20",
)
QUEUE_MAPPING_CONCURRENCY = Limit(
    "queue_mapping_concurrency",
    1250,
    "concurrent executions",
    "adjustable",
    "per mapping of a standard queue",
    _SQS_SCALING,
    "2026-08-31",
)
QUEUE_BATCH_WITHOUT_WINDOW = Limit(
    "queue_batch_without_window",
    10,
    "messages",
    "hard",
    "per batch of a queue mapping without a batching window",
    f"{_API}#CreateEventSourceMappingRequest.MaximumBatchingWindowInSeconds",
    "2026-11-17",
)
FIFO_QUEUE_BATCH = Limit(
    "fifo_queue_batch",
    10,
    "messages",
    "hard",
    "per batch of a FIFO queue's mapping",
    "cfn-lint==1.58.0:schemas/aws_lambda_eventsourcemapping/event_source_sqs_fifo_batch_size.json",
    "2026-10-20",
)
BROKER_MAPPING_TIMEOUT = Limit(
    "broker_mapping_timeout",
    840,
    "s",
    "hard",
    "for a function behind Amazon MSK or Amazon MQ",
    f"{_GUIDE}/with-mq.html",
    "2026-07-01",
)
MINIMUM_POLLERS = Limit(
    "minimum_pollers",
    200,
    "pollers",
    "hard",
    "per mapping, kept at all times",
    f"{_API}#ProvisionedPollerConfig.MinimumPollers",
    "2026-11-17",
)
QUEUE_POLLERS = Limit(
    "maximum_pollers",
    10_000,
    "pollers",
    "hard",
    "per mapping of a queue",
    f"{_API}#ProvisionedPollerConfig.MaximumPollers",
    "2026-11-17",
    formerly=(Former("2,000", f"{_GUIDE}/services-sqs-configure.html", "2026-08-20"),),
)
KAFKA_POLLERS = Limit(
    "maximum_pollers",
    2000,
    "pollers",
    "hard",
    "per mapping of Kafka",
    _KAFKA_SCALING,
    "2026-07-14",
)
QUEUE_POLLER_BYTES = Limit(
    "poller_throughput",
    1,
    "MB/s",
    "hard",
    "per provisioned poller of a queue",
    _SQS_SCALING,
    "2026-08-31",
)
QUEUE_POLLER_CONCURRENCY = Limit(
    "poller_concurrency",
    10,
    "concurrent executions",
    "hard",
    "per provisioned poller of a queue",
    _SQS_SCALING,
    "2026-08-31",
)
QUEUE_POLLER_CALLS = Limit(
    "poller_calls",
    10,
    "calls/s",
    "hard",
    "per provisioned poller of a queue",
    _SQS_SCALING,
    "2026-08-31",
)
KAFKA_POLLER_BYTES = Limit(
    "poller_throughput",
    5,
    "MB/s",
    "hard",
    "per provisioned poller of Kafka",
    _KAFKA_SCALING,
    "2026-07-14",
)
KAFKA_POLLER_CONCURRENCY = Limit(
    "poller_concurrency",
    5,
    "concurrent executions",
    "hard",
    "per provisioned poller of Kafka",
    _KAFKA_SCALING,
    "2026-07-14",
)

LIMITS = (
    BATCH,
    BATCHING_WINDOW,
    MAXIMUM_CONCURRENCY,
    PARALLELIZATION,
    RETRIES,
    RECORD_AGE,
    TUMBLING_WINDOW,
    QUEUE_MAPPING_CONCURRENCY,
    QUEUE_BATCH_WITHOUT_WINDOW,
    FIFO_QUEUE_BATCH,
    BROKER_MAPPING_TIMEOUT,
    MINIMUM_POLLERS,
    QUEUE_POLLERS,
    KAFKA_POLLERS,
    QUEUE_POLLER_BYTES,
    QUEUE_POLLER_CONCURRENCY,
    QUEUE_POLLER_CALLS,
    KAFKA_POLLER_BYTES,
    KAFKA_POLLER_CONCURRENCY,
)
"""All of them, in the order they are explained."""
