"""Read and write units of DynamoDB, and the capacity that their peak needs.

A write unit is one write of up to 1 KB, a read unit one strongly consistent read of up to 4 KB or
two eventually consistent ones; in a transaction either counts twice. Items of a batch are rounded
up one by one. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import ZERO, Capacity, Finding, Severity
from archcode.rationals import largest, rational
from archcode.services import _dynamodb_limits as limits
from archcode.services._dynamodb_settings import DynamoDbSettings
from archcode.services._service import headroom
from archcode.traffic import Hop, Traffic
from archcode.units import GIB, KIB, bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITE_UNIT = KIB
READ_UNIT = 4 * KIB
PARTITION_SIZE = 10 * GIB
"""https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html"""

Table = Traffic[DynamoDbSettings]


def is_read(hop: Hop) -> bool:
    """Whether a flow into a table reads."""
    return hop.options.operation == "read"


def writes_of(traffic: Table) -> list[Hop]:
    """Flows that write."""
    return [hop for hop in traffic.inflows if not is_read(hop)]


def reads_of(traffic: Table) -> list[Hop]:
    """Flows that read."""
    return [hop for hop in traffic.inflows if is_read(hop)]


def item_units(hop: Hop) -> int:
    """Write units of one item, outside a transaction."""
    return largest(1, ceil(hop.handed.message_size_bytes / WRITE_UNIT))


def write_units(hop: Hop) -> int:
    """Write units of one write to the table."""
    return item_units(hop) * (2 if hop.options.transactional else 1)


def read_units(hop: Hop) -> Fraction:
    """Read units of one read."""
    units = largest(1, ceil(hop.handed.message_size_bytes / READ_UNIT))
    if hop.options.transactional:
        return rational(2 * units)
    return rational(units) if hop.options.consistent_read else rational(units) / 2


def peak_writes(traffic: Table) -> Fraction:
    """Write units/s of the table at the peak."""
    hops = writes_of(traffic)
    return sum((h.delivered.peak_messages_per_second * write_units(h) for h in hops), ZERO)


def peak_reads(traffic: Table) -> Fraction:
    """Read units/s of the table at the peak."""
    hops = reads_of(traffic)
    return sum((h.delivered.peak_messages_per_second * read_units(h) for h in hops), ZERO)


def _peak_index_writes(traffic: Table) -> Fraction:
    hops = writes_of(traffic)
    return sum((h.delivered.peak_messages_per_second * item_units(h) for h in hops), ZERO)


def capacity(traffic: Table) -> Iterator[Capacity]:
    """Capacity units of a provisioned table and of each index, and the partitions of a stream."""
    settings = traffic.settings
    reads, writes = peak_reads(traffic), peak_writes(traffic)
    if not settings.on_demand:
        stated = settings.provisioned_throughput
        yield _units("read_capacity_units", reads, stated.read_capacity_units)
        yield _units("write_capacity_units", writes, stated.write_capacity_units)
        if settings.indexes:
            each = _peak_index_writes(traffic)
            yield _units("index_write_capacity_units", each, None, ", for each index")
    if settings.stream_specification is not None:
        yield _partitions(settings, reads, writes)


def _units(name: str, peak: Fraction, stated: int | None, words: str = "") -> Capacity:
    kind = "read" if name.startswith("read") else "write"
    formula = f"{grouped(peak)} {kind} units/s at peak, rounded up, at least 1{words}"
    return Capacity(name, largest(1, ceil(peak)), stated, formula)


def _partitions(settings: DynamoDbSettings, reads: Fraction, writes: Fraction) -> Capacity:
    """Partitions that the load and the data fill; AWS may keep more, and does not say how many."""
    size = settings.stored or ZERO
    by_reads, by_writes = limits.PARTITION_READS.value, limits.PARTITION_WRITES.value
    number = largest(
        1, ceil(reads / by_reads), ceil(writes / by_writes), ceil(size / PARTITION_SIZE)
    )
    words = (
        f"{grouped(writes)} write units/s over {grouped(by_writes)}, {grouped(reads)} read"
        f" units/s over {grouped(by_reads)}, {bytes_text(size)} over 10 GB per partition, at least"
    )
    return Capacity("partitions", number, None, words, charged=False)


def provided(capacity: tuple[Capacity, ...], name: str) -> int:
    """The capacity of a name, 0 where the table has none of it."""
    return next((need.provided for need in capacity if need.name == name), 0)


def too_little(traffic: Table, capacity: tuple[Capacity, ...]) -> Iterator[Finding]:
    """Stated capacity against the load: an error where even the mean rate does not fit."""
    means = {
        "read_capacity_units": sum(
            (h.delivered.messages_per_second * read_units(h) for h in reads_of(traffic)), ZERO
        ),
        "write_capacity_units": sum(
            (h.delivered.messages_per_second * write_units(h) for h in writes_of(traffic)), ZERO
        ),
    }
    for need in capacity:
        if need.configured is None or need.required <= need.configured:
            continue
        where = f"{traffic.name}.provisioned_throughput.{need.name}"
        mean = means[need.name]
        message = (
            f"is {grouped(need.configured)}, and {grouped(need.required)} are needed"
            f" ({need.formula}): {headroom(need.required, need.configured)}"
        )
        hint = f"set it to {need.required}, or billing_mode: PAY_PER_REQUEST"
        if mean > need.configured:
            yield Finding("capacity_units_too_low", Severity.ERROR, where, message, hint)
        else:
            hint += f"; the mean rate needs {grouped(ceil(mean))}"
            yield Finding("capacity_units_below_peak", Severity.WARNING, where, message, hint)
