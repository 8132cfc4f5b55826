"""Who reads a stream: too many for its shards, too slow for its records, or only one."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import Finding, LimitLoad, Severity
from archcode.rules._rule import rule
from archcode.services import find
from archcode.services._kinesis_limits import GET_RECORDS, SHARD_BYTES, SHARD_READS, SHARD_RECORDS
from archcode.services._kinesis_settings import INCLUDED_HOURS, KinesisSettings
from archcode.services._kinesis_shards import (
    mean_bytes,
    on_demand_shards,
    peak_bytes,
    readers_of,
    shards_text,
)
from archcode.services._service import headroom
from archcode.services._workers import WorkerSettings
from archcode.units import MIB, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.traffic import Hop, Traffic

STREAMS = ("kinesis.stream", "msk.cluster", "msk.serverless_cluster")
FEW_SHARED = 2
"""Shared readers that a shard which is full of writes has throughput for."""
IDLE = Fraction(1, 20)
"""The part of its shards below which we call a stream idle."""


def _streams(estimate: Estimate) -> Iterator[tuple[Traffic[KinesisSettings], KinesisSettings]]:
    for traffic in estimate.topology.traffic.values():
        if isinstance(traffic.settings, KinesisSettings):
            yield traffic, traffic.settings


def _shards(estimate: Estimate, stream: Traffic[KinesisSettings]) -> int:
    """The shards of a stream; those of one on demand are AWS's to count."""
    if stream.settings.on_demand:
        return on_demand_shards(stream)
    return next(size.provided for size in estimate.capacity[stream.name])


@rule(
    Severity.INFO,
    offending="- clicks -> fraud",
    clean="- clicks -> fraud: {enhanced_fan_out: true}",
)
def too_many_shared_readers(estimate: Estimate) -> Iterator[Finding]:
    """Readers that share a shard wait for each other: each new one makes all of them later.

    One alone has a record after some 200 ms, five after a second; enhanced fan-out takes some
    70 ms and is charged. Readers that cannot have it, such as a delivery stream, count as well.

    https://docs.aws.amazon.com/streams/latest/dev/enhanced-consumers.html
    """
    for stream, _ in _streams(estimate):
        shared = readers_of(stream, fan_out=False)
        able = [hop for hop in shared if hop.source_type not in find(hop.target_type).pulls_from]
        if len(shared) <= FEW_SHARED or not able:
            continue
        each = len(shared) * peak_bytes(stream) / MIB / _shards(estimate, stream)
        message = (
            f"{len(shared)} readers share the {SHARD_READS.value} MB/s and"
            f" {GET_RECORDS.value} calls/s of each shard, and take {grouped(each)} MB/s of it at"
            f" peak: {headroom(each, SHARD_READS.value)}"
        )
        hint = f"set enhanced_fan_out: true where it matters, such as on {able[0].where}"
        yield Finding("too_many_shared_readers", Severity.INFO, stream.name, message, hint)


@rule(
    Severity.ERROR,
    offending="log: {type: msk.serverless_cluster, partitions: 4}",
    clean="log: {type: msk.serverless_cluster, partitions: 5}",
)
def stream_outruns_consumers(estimate: Estimate) -> Iterator[LimitLoad]:
    """A consumer that takes less than comes in gets later until records expire unread.

    A shard or a partition has one consumer of a group at a time, so more tasks do not help.

    https://docs.aws.amazon.com/streams/latest/dev/kinesis-record-processor-scaling.html
    https://docs.aws.amazon.com/streams/latest/dev/troubleshooting-consumers.html
    """
    for hop in estimate.topology.hops:
        worker = hop.target_settings
        if hop.source_type not in STREAMS or not isinstance(worker, WorkerSettings):
            continue
        units, words = _at_a_time(estimate, hop, worker)
        if not (units and worker.duration and hop.options.batch):
            continue
        if not _more_workers(estimate, hop, worker, units):
            continue
        takes, load = units * hop.batch / worker.duration, hop.delivered.peak_messages_per_second
        lasting = hop.delivered.messages_per_second > takes
        yield LimitLoad(
            "stream_outruns_consumers",
            Severity.ERROR if lasting else Severity.WARNING,
            hop.target,
            hop.where,
            "consumer_throughput",
            load,
            takes,
            "messages/s",
            f"{grouped(load)} messages/s come at peak",
            scope=f"from {hop.source}",
            bound=f", and {hop.target} takes {grouped(takes)} ({words} × batch {grouped(hop.batch)}"
            f" ÷ {grouped(worker.duration, 6)} s)",
            hint="use more shards or partitions, more consumers, larger batches or shorter work",
        )


def _at_a_time(estimate: Estimate, hop: Hop, worker: WorkerSettings) -> tuple[int, str]:
    """Batches of a stream that its consumers work on at a time, and why; 0 if not known."""
    sizes = {size.name: size.provided for size in estimate.capacity[hop.source]}
    noun = "shards" if "shards" in sizes else "partitions"
    most, consumers = sizes.get(noun, 0), (hop.options.consumers or 0) * worker.concurrency
    if consumers and consumers < most:
        return consumers, f"{grouped(consumers)} consumers"
    return most, f"1 {noun[:-1]}" if most == 1 else f"{grouped(most)} {noun}"


def _more_workers(estimate: Estimate, hop: Hop, worker: WorkerSettings, units: int) -> bool:
    """Whether the workers could do more; where they could not, another rule says so."""
    return any(size.provided * worker.concurrency > units for size in estimate.capacity[hop.target])


@rule(
    Severity.INFO,
    offending="- shop -> jobs: {rate: 49/s, size: 1 KB}",
    clean="- shop -> jobs: {rate: 50/s, size: 1 KB}",
)
def idle_shards(estimate: Estimate) -> Iterator[Finding]:
    """Shards are paid for every hour, also the ones that one consumer hardly uses.

    A twentieth is a bound of ours. Streams that are kept longer than a day, or that something
    reads which reads streams only, stay unmentioned.

    https://aws.amazon.com/kinesis/data-streams/pricing/
    """
    for stream, settings in _streams(estimate):
        if settings.on_demand or settings.retention_period_hours > INCLUDED_HOURS:
            continue
        readers = [hop for hop in stream.outflows if hop.kind == "flow"]
        if len(readers) != 1 or readers[0].source_type in find(readers[0].target_type).pulls_from:
            continue
        shards = _shards(estimate, stream)
        used = max(
            stream.received.messages_per_second / SHARD_RECORDS.value,
            mean_bytes(stream) / (SHARD_BYTES.value * MIB),
        )
        if 0 < used / shards < IDLE:
            message = (
                f"{readers[0].target} alone reads it, and {shards_text(shards)}, paid for every"
                f" hour, {'is' if shards == 1 else 'are'} used to"
                f" {grouped(used / shards * 100)}% on average"
            )
            hint = "a queue charges for its requests only; keep the stream for order or replay"
            yield Finding("idle_shards", Severity.INFO, stream.name, message, hint)


RULES = (
    idle_shards,
    stream_outruns_consumers,
    too_many_shared_readers,
)
