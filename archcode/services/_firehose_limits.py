"""The limits of Amazon Data Firehose, each with its source and date."""

from __future__ import annotations

from fractions import Fraction

from archcode.model import Former, Limit

_API = "botocore==1.44.5:data/firehose/service-2.json"
_API_DATE = "2026-11-17"
_QUOTAS = "https://docs.aws.amazon.com/firehose/latest/dev/limits.html"
_QUOTAS_DATE = "2026-08-31"
_BUFFERING = "https://docs.aws.amazon.com/firehose/latest/dev/buffering-hints.html"
_TRANSFORM = "https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html"
_READ = "2025-01-01"
"""The copies of these pages that were read have no date: they are at least this new."""
_LARGE_REGIONS = ("us-east-1", "us-west-2", "eu-west-1")

RECORD_SIZE = Limit(
    "firehose_record_size",
    1000,
    "KB",
    "hard",
    "per record of Direct PUT",
    f"{_API}#PutRecord",
    _API_DATE,
)
KAFKA_RECORD_SIZE = Limit(
    "kafka_source_record_size",
    10,
    "MB",
    "hard",
    "per record of an MSK source",
    _QUOTAS,
    _QUOTAS_DATE,
)
TRANSFORMED_RECORD_SIZE = Limit(
    "transformed_kafka_record_size",
    6,
    "MB",
    "hard",
    "per record of an MSK source with a transform",
    _QUOTAS,
    _QUOTAS_DATE,
)
BATCH_RECORDS = Limit(
    "put_record_batch_records",
    500,
    "records",
    "hard",
    "per PutRecordBatch",
    f"{_API}#PutRecordBatch",
    _API_DATE,
)
BATCH_SIZE = Limit(
    "put_record_batch_size",
    4,
    "MB",
    "hard",
    "per PutRecordBatch",
    f"{_API}#PutRecordBatch",
    _API_DATE,
)
_SDK = f"{_API}#PutRecord"
DIRECT_PUT_RECORDS = Limit(
    "direct_put_records",
    100_000,
    "records/s",
    "adjustable",
    "per delivery stream",
    _QUOTAS,
    _QUOTAS_DATE,
    regions=dict.fromkeys(_LARGE_REGIONS, 500_000),
    formerly=(Former("5,000 records/s", _SDK, _API_DATE),),
)
DIRECT_PUT_REQUESTS = Limit(
    "direct_put_requests",
    1000,
    "requests/s",
    "adjustable",
    "per delivery stream",
    _QUOTAS,
    _QUOTAS_DATE,
    regions=dict.fromkeys(_LARGE_REGIONS, 2000),
)
DIRECT_PUT_THROUGHPUT = Limit(
    "direct_put_throughput",
    1,
    "MB/s",
    "adjustable",
    "per delivery stream, raised by AWS under throttling",
    _QUOTAS,
    _QUOTAS_DATE,
    regions=dict.fromkeys(_LARGE_REGIONS, 5),
)
STREAMS = Limit(
    "delivery_streams",
    100,
    "delivery streams",
    "adjustable",
    "per account and region",
    _QUOTAS,
    _QUOTAS_DATE,
    regions={
        **dict.fromkeys(
            ("us-east-1", "us-east-2", "us-west-2", "eu-west-1", "ap-northeast-1"), 5000
        ),
        **dict.fromkeys(
            (
                "eu-central-1",
                "eu-west-2",
                "ap-southeast-1",
                "ap-southeast-2",
                "ap-northeast-2",
                "ap-south-1",
                "us-gov-west-1",
                "ca-central-1",
            ),
            2000,
        ),
        **dict.fromkeys(
            (
                "eu-west-3",
                "eu-south-1",
                "eu-north-1",
                "ap-east-1",
                "ap-northeast-3",
                "sa-east-1",
                "me-south-1",
                "us-gov-east-1",
                "af-south-1",
                "cn-north-1",
                "cn-northwest-1",
            ),
            500,
        ),
    },
)
ACTIVE_PARTITIONS = Limit(
    "active_partitions",
    500,
    "partitions",
    "adjustable",
    "per delivery stream, within a buffer",
    _QUOTAS,
    _QUOTAS_DATE,
)
PARTITION_THROUGHPUT = Limit(
    "active_partition_throughput",
    1,
    "GB/s",
    "hard",
    "per active partition",
    _QUOTAS,
    _QUOTAS_DATE,
)
BUFFER_SIZE = Limit(
    "size_in_mbs",
    128,
    "MB",
    "range",
    "per buffer, from 1",
    f"{_API}#s3.BufferingHints.SizeInMBs",
    _API_DATE,
)
BUFFER_INTERVAL = Limit(
    "interval_in_seconds",
    900,
    "s",
    "range",
    "per buffer, from 0",
    f"{_API}#s3.BufferingHints.IntervalInSeconds",
    _API_DATE,
    formerly=(Former("from 60 s", _QUOTAS, _QUOTAS_DATE),),
)
OPENSEARCH_BUFFER = Limit(
    "opensearch_buffer_size",
    100,
    "MB",
    "hard",
    "per buffer for OpenSearch",
    f"{_API}#opensearch.BufferingHints.SizeInMBs",
    _API_DATE,
)
ENDPOINT_BUFFER = Limit(
    "http_endpoint_buffer_size",
    64,
    "MB",
    "hard",
    "per buffer for an HTTP endpoint",
    f"{_API}#http_endpoint.BufferingHints.SizeInMBs",
    _API_DATE,
)
SPLUNK_BUFFER = Limit(
    "splunk_buffer_size",
    5,
    "MB",
    "hard",
    "per buffer for Splunk",
    f"{_API}#splunk.BufferingHints.SizeInMBs",
    _API_DATE,
)
SPLUNK_INTERVAL = Limit(
    "splunk_buffer_interval",
    60,
    "s",
    "hard",
    "per buffer for Splunk",
    f"{_API}#splunk.BufferingHints.IntervalInSeconds",
    _API_DATE,
)
DELAY_FACTOR = Limit(
    "multi_stage_buffering",
    Fraction(3, 2),
    "intervals",
    "guideline",
    "per delivery, the longest delay",
    _BUFFERING,
    _READ,
)
TRANSFORM_BUFFER = Limit(
    "buffer_size_in_mbs",
    3,
    "MB",
    "range",
    "per call of the transform, from 0.2",
    _TRANSFORM,
    _READ,
)
TRANSFORM_INTERVAL = Limit(
    "buffer_interval_in_seconds",
    900,
    "s",
    "range",
    "per call of the transform, from 0",
    _TRANSFORM,
    _READ,
)
TRANSFORM_SECONDS = Limit(
    "transform_seconds", 300, "s", "hard", "per call of the transform", _TRANSFORM, _READ
)
TRANSFORMS_AT_A_TIME = Limit(
    "outstanding_transforms",
    5,
    "invocations",
    "hard",
    "per shard of a Kinesis source, 10 for Splunk",
    _QUOTAS,
    _QUOTAS_DATE,
)
LIMITS = (
    RECORD_SIZE,
    KAFKA_RECORD_SIZE,
    TRANSFORMED_RECORD_SIZE,
    BATCH_RECORDS,
    BATCH_SIZE,
    DIRECT_PUT_RECORDS,
    DIRECT_PUT_REQUESTS,
    DIRECT_PUT_THROUGHPUT,
    STREAMS,
    ACTIVE_PARTITIONS,
    PARTITION_THROUGHPUT,
    BUFFER_SIZE,
    BUFFER_INTERVAL,
    OPENSEARCH_BUFFER,
    ENDPOINT_BUFFER,
    SPLUNK_BUFFER,
    SPLUNK_INTERVAL,
    DELAY_FACTOR,
    TRANSFORM_BUFFER,
    TRANSFORM_INTERVAL,
    TRANSFORM_SECONDS,
    TRANSFORMS_AT_A_TIME,
)
