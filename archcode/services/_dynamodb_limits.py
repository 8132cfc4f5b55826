"""Limits of DynamoDB tables and their streams, each with its source and date."""

from __future__ import annotations

from archcode.model import Limit
from archcode.units import KIB, MIB

_API = "botocore==1.44.5:data/dynamodb/service-2.json"
_STREAMS = "botocore==1.44.5:data/dynamodbstreams/service-2.json"
STREAM_SECONDS = 24 * 3600
"""How long a table's stream keeps a change:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html."""
_GUIDE = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide"
_QUOTAS = f"{_GUIDE}/ServiceQuotas.html"
_OLDER_QUOTAS = "github:awsdocs/amazon-dynamodb-developer-guide@23686b6:doc_source/ServiceQuotas.md"
_KEYS = f"{_GUIDE}/bp-partition-key-design.html"

ITEM_SIZE = Limit(
    "item_size", 400 * KIB, "bytes", "hard", "per item", f"{_API}#BatchWriteItem", "2026-11-17"
)
BATCH_WRITE = Limit(
    "batch_write_items",
    25,
    "items",
    "hard",
    "per BatchWriteItem",
    f"{_API}#BatchWriteItem",
    "2026-11-17",
)
BATCH_GET = Limit(
    "batch_get_items",
    100,
    "items",
    "hard",
    "per BatchGetItem",
    f"{_API}#BatchGetItem",
    "2026-11-17",
)
BATCH_PAYLOAD = Limit(
    "batch_call_size",
    16 * MIB,
    "bytes",
    "hard",
    "per BatchWriteItem or BatchGetItem",
    f"{_API}#BatchWriteItem",
    "2026-11-17",
)
TRANSACTION = Limit(
    "transaction_items",
    100,
    "items",
    "hard",
    "per transaction",
    f"{_API}#TransactWriteItems",
    "2026-11-17",
)
TRANSACTION_PAYLOAD = Limit(
    "transaction_size",
    4 * MIB,
    "bytes",
    "hard",
    "per transaction",
    f"{_API}#TransactWriteItems",
    "2026-11-17",
)
INDEXES = Limit(
    "global_secondary_indexes",
    20,
    "indexes",
    "adjustable",
    "per table",
    f"{_API}#CreateTableInput.GlobalSecondaryIndexes",
    "2026-11-17",
)
TABLE_READS = Limit(
    "table_read_throughput",
    40_000,
    "read units/s",
    "adjustable",
    "per table",
    _QUOTAS,
    "2026-08-15",
)
TABLE_WRITES = Limit(
    "table_write_throughput",
    40_000,
    "write units/s",
    "adjustable",
    "per table",
    _QUOTAS,
    "2026-08-15",
)
STREAM_WRITES = Limit(
    "stream_write_throughput",
    40_000,
    "write units/s",
    "adjustable",
    "per provisioned table with a stream",
    f"{_QUOTAS} (mirror groovy-sky/aws-docs@c39735b)",
    "2026-04-13",
)
ACCOUNT_READS = Limit(
    "account_read_capacity",
    80_000,
    "read capacity units",
    "adjustable",
    "provisioned per account and region",
    _OLDER_QUOTAS,
    "2022-08-18",
)
ACCOUNT_WRITES = Limit(
    "account_write_capacity",
    80_000,
    "write capacity units",
    "adjustable",
    "provisioned per account and region",
    _OLDER_QUOTAS,
    "2022-08-18",
)
PARTITION_READS = Limit(
    "partition_read_throughput",
    3000,
    "read units/s",
    "hard",
    "per partition, and so per partition key",
    _KEYS,
    "2026-08-15",
)
PARTITION_WRITES = Limit(
    "partition_write_throughput",
    1000,
    "write units/s",
    "hard",
    "per partition, and so per partition key",
    _KEYS,
    "2026-08-15",
)
STREAM_READERS = Limit(
    "stream_readers",
    2,
    "readers",
    "hard",
    "per shard of a table's stream",
    f"{_STREAMS}#LimitExceededException",
    "2026-11-17",
)

LIMITS = (
    ITEM_SIZE,
    BATCH_WRITE,
    BATCH_GET,
    BATCH_PAYLOAD,
    TRANSACTION,
    TRANSACTION_PAYLOAD,
    INDEXES,
    TABLE_READS,
    TABLE_WRITES,
    STREAM_WRITES,
    ACCOUNT_READS,
    ACCOUNT_WRITES,
    PARTITION_READS,
    PARTITION_WRITES,
    STREAM_READERS,
)
"""All of them, in the order they are explained."""
