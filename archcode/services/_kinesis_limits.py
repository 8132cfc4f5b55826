"""Limits of Kinesis data streams, each with its source and date."""

from __future__ import annotations

from archcode.model import Former, Limit

_API = "botocore==1.44.5:data/kinesis/service-2.json"
_SCHEMA = "cfn-lint==1.58.0:schemas/AWS::Kinesis::Stream"
_QUOTAS = (
    "https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html"
    " (mirror c2hans/aws-docs@2b828ab)"
)
_SIZING = (
    "https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html"
    " (mirror c2hans/aws-docs@6f3635d)"
)
_ARTICLE = "an article of 2020-07-06"
_LARGE_REGIONS = ("us-east-1", "us-west-2", "eu-west-1")

SHARD_BYTES = Limit(
    "shard_write_throughput",
    1,
    "MB/s",
    "hard",
    "per shard, partition keys included",
    f"{_API}#CreateStream",
    "2026-11-17",
)
SHARD_RECORDS = Limit(
    "shard_write_records",
    1000,
    "records/s",
    "hard",
    "per shard",
    f"{_API}#CreateStream",
    "2026-11-17",
    formerly=(
        Former(
            "3 shards for 5,000 records/s of 500 bytes", "an article of 2026-03-28", "2026-03-28"
        ),
    ),
)
SHARD_READS = Limit(
    "shard_read_throughput",
    2,
    "MB/s",
    "hard",
    "per shard for all shared readers",
    f"{_API}#CreateStream",
    "2026-11-17",
)
SHARD_READ_RECORDS = Limit(
    "shard_read_records",
    2000,
    "records/s",
    "guideline",
    "per shard for all shared readers",
    _QUOTAS,
    "2026-07-14",
)
GET_RECORDS = Limit(
    "shard_get_records",
    5,
    "calls/s",
    "hard",
    "per shard for all shared readers",
    f"{_API}#CreateStream",
    "2026-11-17",
)
SHARDS = Limit(
    "shards_per_account",
    1000,
    "shards",
    "adjustable",
    "per account and region",
    _QUOTAS,
    "2026-07-14",
    regions=dict.fromkeys(_LARGE_REGIONS, 20_000),
    formerly=(Former("500 shards", _ARTICLE, "2020-07-06"),),
)
SHARD_COUNT = Limit(
    "shard_count",
    100_000,
    "shards",
    "range",
    "per stream, from 1",
    f"{_SCHEMA}/ShardCount",
    "2026-10-20",
)
RETENTION = Limit(
    "retention_period_hours",
    8760,
    "h",
    "range",
    "per stream, from 24",
    f"{_SCHEMA}/RetentionPeriodHours",
    "2026-10-20",
    formerly=(
        Former("168 h", _ARTICLE, "2020-07-06"),
        Former("1 h at least", f"{_SCHEMA}/RetentionPeriodHours", "2026-10-20"),
    ),
)
EXTENDED_RETENTION = Limit(
    "extended_retention",
    168,
    "h",
    "hard",
    "per stream before long-term retention begins",
    f"{_API}#StreamDescription.RetentionPeriodHours",
    "2026-11-17",
)
RECORD_SIZE = Limit(
    "max_record_size_in_kib",
    10_240,
    "KB",
    "range",
    "per record, from 1,024, the default",
    f"{_SCHEMA}/MaxRecordSizeInKiB",
    "2026-10-20",
    formerly=(
        Former("1 MB", _ARTICLE, "2020-07-06"),
        Former("1,024 KB", "botocore CHANGELOG 1.40.60", "2025-10-26"),
        Former("1 MB", "an article of 2026-03-28", "2026-03-28"),
    ),
)
PUT_ENTRIES = Limit(
    "put_records_entries",
    500,
    "records",
    "hard",
    "per PutRecords request",
    f"{_API}#PutRecordsRequestEntryList",
    "2026-11-17",
)
PUT_PAYLOAD = Limit(
    "put_records_payload",
    10,
    "MB",
    "hard",
    "per PutRecords request",
    f"{_API}#PutRecords",
    "2026-11-17",
    formerly=(Former("5 MB", "the API before 2025-10-27", "2025-10-26"),),
)
FAN_OUT_CONSUMERS = Limit(
    "enhanced_fan_out_consumers",
    20,
    "consumers",
    "hard",
    "per stream",
    f"{_API}#RegisterStreamConsumer",
    "2026-11-17",
)
ADVANTAGE_FAN_OUT_CONSUMERS = Limit(
    "enhanced_fan_out_consumers_advantage",
    50,
    "consumers",
    "hard",
    "per stream of an on-demand advantage account",
    f"{_API}#RegisterStreamConsumer",
    "2026-11-17",
)
ON_DEMAND_STREAMS = Limit(
    "on_demand_streams",
    50,
    "streams",
    "adjustable",
    "on demand per account and region",
    _QUOTAS,
    "2026-07-14",
    formerly=(Former("resharding by hand only", _ARTICLE, "2020-07-06"),),
)
NEW_STREAM_WRITES = Limit(
    "new_on_demand_write_throughput",
    4,
    "MB/s",
    "guideline",
    "of a new on-demand stream, which grows to twice its peak of the last 30 days",
    _QUOTAS,
    "2026-07-14",
)
ON_DEMAND_WRITES = Limit(
    "on_demand_write_throughput",
    200,
    "MB/s",
    "adjustable",
    "written per on-demand stream",
    _QUOTAS,
    "2026-07-14",
    regions=dict.fromkeys(_LARGE_REGIONS, 10 * 1024),
)
ON_DEMAND_READS = Limit(
    "on_demand_read_throughput",
    400,
    "MB/s",
    "adjustable",
    "read per on-demand stream",
    _QUOTAS,
    "2026-07-14",
    regions=dict.fromkeys(_LARGE_REGIONS, 20 * 1024),
)
COMMITMENT = Limit(
    "minimum_throughput_billing_commitment",
    25,
    "MB/s",
    "hard",
    "written, and as much read, billed at least per account and region",
    _SIZING,
    "2026-07-01",
)
PARALLELIZATION = Limit(
    "parallelization_factor",
    10,
    "batches",
    "range",
    "per shard of a Lambda mapping, from 1",
    "cfn-lint==1.58.0:schemas/AWS::Lambda::EventSourceMapping/ParallelizationFactor",
    "2026-10-20",
)

LIMITS = (
    SHARD_BYTES,
    SHARD_RECORDS,
    SHARD_READS,
    SHARD_READ_RECORDS,
    GET_RECORDS,
    SHARDS,
    SHARD_COUNT,
    RETENTION,
    EXTENDED_RETENTION,
    RECORD_SIZE,
    PUT_ENTRIES,
    PUT_PAYLOAD,
    FAN_OUT_CONSUMERS,
    ADVANTAGE_FAN_OUT_CONSUMERS,
    ON_DEMAND_STREAMS,
    NEW_STREAM_WRITES,
    ON_DEMAND_WRITES,
    ON_DEMAND_READS,
    COMMITMENT,
    PARALLELIZATION,
)
"""All of them, in the order they are explained."""
