"""Amazon DynamoDB tables and their streams: https://aws.amazon.com/dynamodb/pricing/.

Flows in are writes unless they say `operation: read`, and a message is an item. Flows out read the
table's stream, which holds a record of every write, or go to the data stream that gets its changes.
Lambda reads streams for nothing; others pay for each GetRecords. An on-demand table pays for
requests, a provisioned one for capacity units by the hour, used or not.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import ZERO, Capacity, Finding, Meter, Severity, Usage
from archcode.services import _dynamodb_limits as limits
from archcode.services import _dynamodb_stream as stream
from archcode.services import _dynamodb_units as units
from archcode.services._dynamodb_limits import STREAM_SECONDS
from archcode.services._dynamodb_settings import DynamoDbSettings
from archcode.services._mapping import STREAM_KEYS, deliveries
from archcode.services._promises import Promise
from archcode.services._service import Semantics, Service, against, one_flow, smaller_batch
from archcode.services._shared_meters import KMS_FREE_TIER, KMS_REQUESTS
from archcode.units import GIB, bytes_text, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.draw.picture import BadgeKind
    from archcode.flow import FlowSettings
    from archcode.model import Limit, Verdict
    from archcode.services._dynamodb_units import Table
    from archcode.traffic import Hop

__all__ = ["SERVICES", "DynamoDbSettings"]

_CAPACITY = "read_capacity_units", "write_capacity_units", "index_write_capacity_units"


def passes_on(flow: FlowSettings) -> bool:
    """A write is a change that the stream tells of; a read is none."""
    return flow.operation != "read"


def usage(traffic: Table, capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """Requests or capacity, storage and backups, the stream, and the key."""
    if traffic.settings.on_demand:
        yield from _requests(traffic)
    else:
        yield from _hours(traffic, capacity)
    yield from _storage(traffic.settings)
    yield from stream.usage(traffic)
    key = traffic.settings.sse_specification
    if key is not None and key.sse_enabled:
        reason = f"how many clients hold the key of {traffic.name}, each for 5 minutes"
        yield Usage("kms_requests", KMS_REQUESTS.name, None, "", reason)


def _requests(traffic: Table) -> Iterator[Usage]:
    """Request units of an on-demand table; an index takes every write as one more."""
    settings = traffic.settings
    total, words = ZERO, []
    for hop in units.writes_of(traffic):
        items, each = hop.delivered.monthly_messages, units.write_units(hop)
        in_indexes = settings.indexes * units.item_units(hop)
        total += items * (each + in_indexes)
        per_item = f"({each} + {in_indexes} in indexes)" if in_indexes else f"{each}"
        words.append(_words(hop, items, "writes", per_item))
    meter = f"ondemand_write_request_units{settings.infrequent}"
    if words:
        yield Usage("write_request_units", meter, total, "; ".join(words))
    total, words = ZERO, []
    for hop in units.reads_of(traffic):
        items, unit = hop.delivered.monthly_messages, units.read_units(hop)
        total += items * unit
        words.append(_words(hop, items, "reads", grouped(unit)))
    meter = f"ondemand_read_request_units{settings.infrequent}"
    if words:
        yield Usage("read_request_units", meter, total, "; ".join(words))


def _words(hop: Hop, items: Fraction, verb: str, each: str) -> str:
    size = bytes_text(hop.handed.message_size_bytes)
    return f"{hop.source}: {grouped(items)} {verb} of {size} × {each}"


def _hours(traffic: Table, capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """Capacity units by the hour; every index has its own, and one read unit at least."""
    settings, hours = traffic.settings, traffic.hours_per_month
    reads, writes, in_index = (units.provided(capacity, name) for name in _CAPACITY)
    for kind, own, each in (("r", reads, 1), ("w", writes, in_index)):
        words = f"{grouped(own)} units"
        if settings.indexes:
            words = f"({grouped(own)} + {settings.indexes} indexes × {grouped(each)}) units"
        total = (own + settings.indexes * each) * hours
        key = "read_capacity_unit_hours" if kind == "r" else "write_capacity_unit_hours"
        meter = f"provisioned_{kind}cu_hour{settings.infrequent}"
        yield Usage(key, meter, total, f"{words} × {grouped(hours)} h")


def _storage(settings: DynamoDbSettings) -> Iterator[Usage]:
    """GB-months of the table with its indexes, and of its continuous backups."""
    meter = f"storage_standard{'_ia' if settings.infrequent else ''}"
    backed_up = settings.point_in_time_recovery_specification.point_in_time_recovery_enabled
    if settings.stored is None:
        yield Usage("storage_gb_months", meter, None, "", "stored")
        if backed_up:
            yield Usage("pitr_gb_months", "pitr_backup_storage", None, "", "stored")
        return
    kept, copies = settings.stored / GIB, 1 + settings.indexes
    words = f"{bytes_text(settings.stored)} stored"
    in_all = f"{words} × {copies}, once in the table and in each index" if copies > 1 else words
    yield Usage("storage_gb_months", meter, kept * copies, in_all)
    if backed_up:
        yield Usage("pitr_gb_months", "pitr_backup_storage", kept, f"{words}, backed up")


def check(traffic: Table, capacity: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """Items and batches, throughput, indexes, and streams."""
    for hop in traffic.inflows:
        yield from _items(traffic, hop)
    yield from units.too_little(traffic, capacity)
    yield from _throughput(traffic)
    indexes = traffic.settings.indexes
    if indexes:
        yield against(traffic, limits.INDEXES, indexes, f"{indexes} indexes")
    yield from stream.check(traffic, capacity)


def _items(traffic: Table, hop: Hop) -> Iterator[Verdict]:
    size = hop.handed.message_size_bytes
    words = f"{hop.source} hands over items of {bytes_text(size)}"
    hint = "keep the payload in Amazon S3 and its key in the item, or compress it"
    yield against(traffic, limits.ITEM_SIZE, size, words, hint, about=one_flow(hop))
    if hop.batch > 1:
        yield from _batches(traffic, hop)
    if hop.options.consistent_read and not units.is_read(hop):
        message = "sets consistent_read on a flow that writes"
        hint = "say operation: read, or leave it out"
        yield Finding("consistent_read_of_a_write", Severity.ERROR, hop.where, message, hint)


def _batches(traffic: Table, hop: Hop) -> Iterator[Verdict]:
    """Items and bytes of one call."""
    most, payload = _batch_limits(hop)
    words = f"{hop.source} hands over batches of {grouped(hop.batch)} items"
    yield against(traffic, most, hop.batch, words, f"say batch: {most.value}", about=one_flow(hop))
    words += f", {bytes_text(hop.batch_bytes)}"
    hint = smaller_batch(payload.value, hop.handed.message_size_bytes)
    yield against(traffic, payload, hop.batch_bytes, words, hint, about=one_flow(hop))


def _batch_limits(hop: Hop) -> tuple[Limit, Limit]:
    """Items and bytes of one call."""
    if hop.options.transactional:
        return limits.TRANSACTION, limits.TRANSACTION_PAYLOAD
    return (limits.BATCH_GET if units.is_read(hop) else limits.BATCH_WRITE), limits.BATCH_PAYLOAD


def _throughput(traffic: Table) -> Iterator[Verdict]:
    """Units/s at the peak against the table's quotas, and those of one partition key."""
    settings, keys = traffic.settings, traffic.settings.partition_keys
    streaming = not settings.on_demand and settings.stream_specification is not None
    table_writes = limits.STREAM_WRITES if streaming else limits.TABLE_WRITES
    loads = (
        ("read", units.peak_reads(traffic), limits.TABLE_READS, limits.PARTITION_READS),
        ("write", units.peak_writes(traffic), table_writes, limits.PARTITION_WRITES),
    )
    for kind, load, quota, partition in loads:
        if not load:
            continue
        words = f"{grouped(load)} {kind} units/s at peak"
        yield against(traffic, quota, load, words, "request a higher quota")
        if keys:
            each = load / keys
            words = f"{grouped(each)} {kind} units/s at peak for each of {grouped(keys)} keys"
            yield against(traffic, partition, each, words, "spread the load over more keys")


def shared_check(tables: tuple[Table, ...]) -> Iterator[Verdict]:
    """All provisioned tables and their indexes against the account's quotas."""
    for name, limit in (("read", limits.ACCOUNT_READS), ("write", limits.ACCOUNT_WRITES)):
        needs = {table.name: _provisioned(table, name) for table in tables}
        total = sum(needs.values())
        if total:
            largest = max(tables, key=lambda table: needs[table.name])
            words = f"all tables together provision {grouped(total)} {name} capacity units"
            yield against(largest, limit, total, words, "request a higher quota")


def _provisioned(table: Table, kind: str) -> int:
    """Capacity units of a table and its indexes; none where it is on demand."""
    needs = tuple(units.capacity(table))
    own = units.provided(needs, f"{kind}_capacity_units")
    each = units.provided(needs, "index_write_capacity_units") if kind == "write" else 1
    return own + table.settings.indexes * each if own else 0


def _summary(settings: DynamoDbSettings) -> str:
    mode = "on-demand" if settings.on_demand else "provisioned"
    return f"DynamoDB {mode}{' IA' if settings.infrequent else ''}"


def _detail(settings: DynamoDbSettings) -> str:
    """The stated capacity of a table that is provisioned."""
    stated = settings.provisioned_throughput
    units = {"RCU": stated.read_capacity_units, "WCU": stated.write_capacity_units}
    return ", ".join(f"{grouped(number)} {unit}" for unit, number in units.items() if number)


def _badges(settings: DynamoDbSettings) -> tuple[BadgeKind, ...]:
    """AWS manages a key of KMS where none is named."""
    wanted = settings.sse_specification
    return ("encrypted",) if wanted and wanted.sse_enabled else ()


def _capacity_meter(kind: str, words: str, infrequent: str = "", table: str = "") -> Meter:
    name = f"provisioned_{kind}cu_hour{infrequent}"
    return Meter(name, f"{kind.upper()}CU-Hours", f"{words} capacity units{table}", "Recurring")


def _meters(infrequent: str, table: str) -> tuple[Meter, ...]:
    """The meters of a table class."""
    storage = f"storage_standard{'_ia' if infrequent else ''}"
    return (
        Meter(f"ondemand_write_request_units{infrequent}", "WRU", f"Write request units{table}"),
        Meter(f"ondemand_read_request_units{infrequent}", "RRU", f"Read request units{table}"),
        _capacity_meter("w", "Write", infrequent, table),
        _capacity_meter("r", "Read", infrequent, table),
        Meter(storage, "GB-Months", f"Table storage{table}"),
    )


DYNAMODB = Service(
    type="dynamodb.table",
    resource_type="AWS::DynamoDB::Table",
    name="Amazon DynamoDB",
    settings=DynamoDbSettings,
    icon=lambda _: "aws/database/dynamodb.png",
    summary=_summary,
    detail=_detail,
    badges=_badges,
    emission="copy",
    price_file="dynamodb",
    deliveries=deliveries,
    passes_on=passes_on,
    batches={"lambda.function": 100},
    flow_keys=STREAM_KEYS | {"longest_outage"},
    inflow_keys=frozenset({"consistent_read", "operation", "transactional"}),
    capacity=units.capacity,
    usage=usage,
    check=check,
    shared_check=shared_check,
    meters=(
        *_meters("", ""),
        *_meters("_standard_ia", ", Standard-IA"),
        Meter(
            "ondemand_replicated_write_request_units",
            "Replicated WRU",
            "Replicated write request units",
        ),
        Meter("pitr_backup_storage", "GB-Months", "Point-in-time recovery"),
        Meter("ondemand_backup_storage", "GB-Months", "On-demand backups"),
        Meter("streams_read_requests", "Requests", "Stream read requests"),
        Meter("cdc_units_for_kinesis", "CDC Units", "Change data capture to Kinesis"),
        KMS_REQUESTS,
    ),
    usage_keys=(
        "write_request_units",
        "read_request_units",
        "write_capacity_unit_hours",
        "read_capacity_unit_hours",
        "storage_gb_months",
        "pitr_gb_months",
        "backup_gb_months",
        "replicated_write_request_units",
        "stream_read_requests",
        "change_data_capture_units",
        "kms_requests",
    ),
    extra_usage={
        "backup_gb_months": "ondemand_backup_storage",
        "replicated_write_request_units": "ondemand_replicated_write_request_units",
    },
    free_tiers=(KMS_FREE_TIER,),
    limits=limits.LIMITS,
    semantics=(
        Semantics(
            variant="stream of a table",
            ordering="within an item; items of a partition share a shard",
            delivery="each change once in the stream, at least once through Lambda",
            replay="yes, of the last 24 hours",
            retention="24 h",
            consumers="2 readers per shard; more behind Kinesis or a fan-out",
            dead_letter="on-failure destination of a Lambda mapping",
            source="botocore==1.44.5:data/dynamodbstreams",
            as_of="2026-11-17",
            promise=Promise(
                "group",
                replay=Fraction(STREAM_SECONDS),
                consumers=int(limits.STREAM_READERS.value),
            ),
        ),
    ),
    keeps=stream.keeps,
    pushes_to=("kinesis.stream",),
    responds=True,
    stream=True,
)

SERVICES = {DYNAMODB.type: DYNAMODB}
