"""The stream of a DynamoDB table, and the data stream that it may send its changes to.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/streamsmain.html
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.model import ZERO, Capacity, Finding, Severity, Usage, Verdict
from archcode.rationals import largest
from archcode.services import _dynamodb_limits as limits
from archcode.services._dynamodb_units import WRITE_UNIT, Table, provided
from archcode.services._mapping_limits import PARALLELIZATION
from archcode.services._service import against, stated, told_as
from archcode.units import bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from archcode.services._promises import Promise
    from archcode.traffic import Hop


def _readers(traffic: Table) -> list[Hop]:
    """Flows that read the table's own stream."""
    flows = (hop for hop in traffic.outflows if hop.kind == "flow")
    return [hop for hop in flows if hop.target_type != "kinesis.stream"]


def _captured(traffic: Table) -> list[Hop]:
    """Flows into data streams."""
    return [hop for hop in traffic.outflows if hop.target_type == "kinesis.stream"]


def keeps(traffic: Table, hop: Hop | None, best: Promise) -> Promise | None:
    """Only a table with readers has a stream; a data stream gets changes in no order.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds.html
    """
    if hop is None and traffic.settings.stream_specification is None:
        return None
    captured = hop is not None and hop in _captured(traffic)
    return replace(best, ordering="none") if captured else best


def usage(traffic: Table) -> Iterator[Usage]:
    """GetRecords of readers other than Lambda, and units of changes sent to a data stream.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds.html
    """
    for hop in _readers(traffic):
        if hop.target_type != "lambda.function":
            reason = f"how often {hop.target} reads each shard"
            yield Usage("stream_read_requests", "streams_read_requests", None, "", reason)
    total, words = ZERO, []
    for hop in _captured(traffic):
        size, changes = hop.handed.message_size_bytes, hop.handed.monthly_messages
        units = largest(1, ceil(size / WRITE_UNIT))
        total += changes * units
        words.append(f"{hop.target}: {grouped(changes)} changes of {bytes_text(size)} × {units}")
    if words:
        meter = "cdc_units_for_kinesis"
        yield Usage("change_data_capture_units", meter, total, "; ".join(words))


def check(traffic: Table, capacity: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """Streams that are not enabled or not used, their readers, and Lambda's speed."""
    yield from _destination(traffic)
    readers = _readers(traffic)
    if traffic.settings.stream_specification is None:
        for hop in readers:
            message = f"{traffic.name} has no stream that {hop.target} could read"
            hint = "add stream_specification: {stream_view_type: NEW_AND_OLD_IMAGES}"
            yield Finding("stream_not_enabled", Severity.ERROR, hop.where, message, hint)
        return
    if readers:
        words = f"{len(readers)} readers of its stream"
        hint = "fan out behind one of them, or use kinesis_stream_specification"
        yield against(traffic, limits.STREAM_READERS, len(readers), words, hint)
    for hop in readers:
        yield from _mapping(traffic, hop, provided(capacity, "partitions"))


def _destination(traffic: Table) -> Iterator[Verdict]:
    """The data stream of the settings and the flows into data streams are the same."""
    named, captured = traffic.settings.kinesis_stream, _captured(traffic)
    for hop in captured:
        if hop.target != named:
            message = f"{traffic.name} does not send its changes to {hop.target}"
            hint = f"set kinesis_stream_specification: {{stream_arn: {hop.target}}}"
            if named:
                hint = f"a table has one data stream, and {traffic.name} has {named}"
            yield Finding("kinesis_stream_not_enabled", Severity.ERROR, hop.where, message, hint)
    if named and named not in {hop.target for hop in captured}:
        where = f"{traffic.name}.kinesis_stream_specification.stream_arn"
        message = f"is {named}, and no flow goes there, so its traffic counts as none"
        hint = f"add the flow {traffic.name} -> {named}"
        yield Finding("kinesis_stream_without_flow", Severity.ERROR, where, message, hint)


def _mapping(traffic: Table, hop: Hop, shards: int) -> Iterator[Verdict]:
    """Records/s of a mapping; advice, since AWS does not say how many shards a stream has."""
    seconds = hop.target_settings.processing_seconds()
    if seconds is None or hop.target_type != "lambda.function":
        return
    takes = shards * (hop.options.parallelization_factor or 1) * hop.batch / seconds
    scope = "per mapping, with about one shard for each partition"
    limit = stated("mapping_throughput", takes, "records/s", scope)
    peak = hop.delivered.peak_messages_per_second
    words = f"{hop.target} gets {grouped(peak)} records/s at peak"
    load = replace(
        against(traffic, limit, peak, words),
        component=hop.target,
        where=hop.where,
        kind="guideline",
    )
    found = _too_slow(hop, takes, shards, seconds) if load.exceeded else None
    yield told_as("mapping_too_slow", load, found)


def _too_slow(hop: Hop, takes: Fraction, shards: int, seconds: Fraction) -> Finding:
    """The arithmetic, and the parallelization factor that keeps up."""
    factor, peak = hop.options.parallelization_factor or 1, hop.delivered.peak_messages_per_second
    count = "1 shard" if shards == 1 else f"{grouped(shards)} shards"
    message = (
        f"{hop.target} takes {grouped(takes)} records/s from {count} (parallelization factor"
        f" {factor} × batch {grouped(hop.batch)} ÷ {grouped(seconds, 6)} s), below"
        f" {grouped(peak)}/s at peak; a stream has about one shard for each partition"
    )
    needed = ceil(peak * seconds / hop.batch / shards)
    hint = f"set parallelization_factor: {needed}"
    if needed > PARALLELIZATION.value:
        hint = "use larger batches or a shorter duration, and watch the iterator's age"
    return Finding("mapping_too_slow", Severity.INFO, hop.where, message, hint)
