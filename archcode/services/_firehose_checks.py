"""What is wrong with a delivery stream: its source, its records, its buffers, its destination."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from archcode.model import ZERO, Finding, Severity
from archcode.services import _firehose_limits as limits
from archcode.services._firehose_flows import deliveries_of, interval_of, source_of
from archcode.services._service import against, one_flow, smaller_batch
from archcode.units import GIB, KIB, MIB, bytes_text, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.model import Capacity, Limit, LimitLoad, Verdict
    from archcode.services._firehose_settings import FirehoseSettings
    from archcode.traffic import Hop, Traffic

_DATABASES = ("redshift.cluster", "redshiftserverless.workgroup")
_DESTINATIONS = (*_DATABASES, "opensearchservice.domain", "s3.bucket")
_ENDPOINT = ("an HTTP endpoint", limits.ENDPOINT_BUFFER)
_BUFFERS = {
    "opensearchservice.domain": ("OpenSearch", limits.OPENSEARCH_BUFFER),
    "splunk": ("Splunk", limits.SPLUNK_BUFFER),
}


def check(traffic: Traffic[FirehoseSettings], _capacity: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """One source, records that fit, one destination, and its buffers."""
    yield from _source(traffic)
    for hop in traffic.inflows:
        yield from _records(traffic, hop)
    yield from _direct_put(traffic)
    yield from _destination(traffic)
    yield from _features(traffic)
    yield from _partitions(traffic)


def _source(traffic: Traffic[FirehoseSettings]) -> Iterator[Verdict]:
    """A stream or cluster is the only source, and read as a whole."""
    sources, stated = [source_of(h) for h in traffic.inflows], traffic.settings.delivery_stream_type
    pulled = [hop for hop in traffic.inflows if source_of(hop) != "DirectPut"]
    if pulled and len(traffic.inflows) > 1:
        others = ", ".join(hop.source for hop in traffic.inflows)
        message = f"has the sources {others}, and a stream or cluster must be the only one"
        hint = "give each source a delivery stream of its own"
        yield Finding("mixed_sources", Severity.ERROR, traffic.name, message, hint)
    elif stated is not None and sources and stated != sources[0]:
        where = f"{traffic.name}.delivery_stream_type"
        message = f"is {stated}, but the flows into it make it {sources[0]}"
        yield Finding(
            "delivery_stream_type_mismatch", Severity.ERROR, where, message, "leave it out"
        )
    for hop in pulled:
        yield from _read_as_a_whole(hop)


def _read_as_a_whole(hop: Hop) -> Iterator[Verdict]:
    """https://docs.aws.amazon.com/firehose/latest/dev/writing-with-kinesis-streams.html."""
    if hop.options.enhanced_fan_out:
        where = f"{hop.where}.enhanced_fan_out"
        message = f"is true, but {hop.target} reads as a shared consumer with GetRecords"
        name = "fan_out_to_delivery_stream"
        yield Finding(name, Severity.ERROR, where, message, "leave it out")
    if hop.options.filter is not None:
        message = f"is set, but {hop.target} takes and pays for everything in {hop.source}"
        hint = "filter in a transform, and say so on the flow out"
        where = f"{hop.where}.filter"
        yield Finding("filter_before_delivery_stream", Severity.ERROR, where, message, hint)


def _records(traffic: Traffic[FirehoseSettings], hop: Hop) -> Iterator[Verdict]:
    """Sizes of records, and of the batches that producers put."""
    size, source = hop.handed.message_size_bytes, source_of(hop)
    words = f"{hop.source} sends records of {bytes_text(size)}"
    hint = "keep the payload in Amazon S3 and send its key"
    if source == "MSKAsSource":
        transformed = traffic.settings.processing_configuration is not None
        limit = limits.TRANSFORMED_RECORD_SIZE if transformed else limits.KAFKA_RECORD_SIZE
        yield against(traffic, limit, size / MIB, words, hint)
    if source == "DirectPut":
        yield against(traffic, limits.RECORD_SIZE, size / KIB, words, hint, about=one_flow(hop))
        if hop.batch > 1:
            yield from _batches(traffic, hop)


def _batches(traffic: Traffic[FirehoseSettings], hop: Hop) -> Iterator[Verdict]:
    """Records and bytes of PutRecordBatch."""
    records, size = limits.BATCH_RECORDS, limits.BATCH_SIZE
    words = f"{hop.source} puts batches of {grouped(hop.batch)} records"
    yield against(traffic, records, hop.batch, words, "say batch: 500", about=one_flow(hop))
    words = f"{hop.source} puts {bytes_text(hop.batch_bytes)} at a time"
    hint = smaller_batch(size.value * MIB, hop.handed.message_size_bytes)
    yield against(traffic, size, hop.batch_bytes / MIB, words, hint, about=one_flow(hop))


def _direct_put(traffic: Traffic[FirehoseSettings]) -> Iterator[Verdict]:
    """Records, calls and bytes a second; services that push choose their own batches."""
    direct = [hop for hop in traffic.inflows if source_of(hop) == "DirectPut"]
    callers = [hop for hop in direct if hop.source_settings.invokes == "synchronous"]
    records = sum((hop.delivered.peak_messages_per_second for hop in direct), ZERO)
    calls = sum((h.delivered.peak_messages_per_second / h.batch for h in callers), ZERO)
    volume = sum((hop.delivered.peak_bytes_per_second for hop in direct), ZERO) / MIB
    for limit, load, unit, hint in (
        (limits.DIRECT_PUT_RECORDS, records, "records/s", "request a higher quota"),
        (limits.DIRECT_PUT_REQUESTS, calls, "requests/s", "put records in batches of up to 500"),
        (limits.DIRECT_PUT_THROUGHPUT, volume, "MB/s", "request a higher quota"),
    ):
        if load:
            words = f"{grouped(load)} {unit} are put at peak"
            yield against(traffic, limit, load, words, hint)


def _destination(traffic: Traffic[FirehoseSettings]) -> Iterator[Verdict]:
    """One destination that Firehose knows, within the bounds of its buffers."""
    destinations, copies = deliveries_of(traffic)
    for hop in destinations[:1]:
        yield from _reached(traffic, hop, copies)
        yield from _buffers(traffic, hop)
    for hop in (*destinations[1:], *copies[1:]):
        message = f"{hop.source} has one destination, and one bucket for copies"
        hint = f"give {hop.target} a delivery stream of its own"
        yield Finding("second_destination", Severity.ERROR, hop.where, message, hint)
    if copies and interval_of(traffic) == 0:
        message = f"buffers for 0 s, which excludes a backup to {copies[0].target}"
        where, hint = f"{traffic.name}.buffering_hints", "set interval_in_seconds: 1 or more"
        yield Finding("zero_buffering_with_backup", Severity.ERROR, where, message, hint)


def _reached(
    traffic: Traffic[FirehoseSettings], hop: Hop, copies: tuple[Hop, ...]
) -> Iterator[Verdict]:
    """What Firehose delivers to, and through a bucket where it must."""
    if hop.target_type not in _DESTINATIONS and not hop.target_settings.outside:
        message = f"Amazon Data Firehose does not deliver to {hop.target}"
        hint = f"it delivers to {', '.join(_DESTINATIONS)}, splunk and HTTP endpoints"
        if hop.target_type == "lambda.function":
            hint = f"name {hop.target} under processing_configuration if it transforms records"
        yield Finding("unsupported_destination", Severity.ERROR, hop.where, message, hint)
    if hop.target_type in _DATABASES and not copies:
        message = f"reaches {hop.target} through a bucket that the spec does not have"
        hint = f"add a bucket and the flow {traffic.name} -> it, so that its objects are counted"
        yield Finding("warehouse_without_bucket", Severity.WARNING, hop.where, message, hint)


def _buffers(traffic: Traffic[FirehoseSettings], hop: Hop) -> Iterator[Verdict]:
    """Hints that the destination does not take; one as large as it takes is none too large."""
    hints = traffic.settings.buffering_hints
    if hints is None:
        return
    outside = _ENDPOINT if hop.target_settings.outside else None
    name, limit = _BUFFERS.get(hop.target_type) or outside or ("", limits.BUFFER_SIZE)
    size, seconds = hints.size_in_mbs, hints.interval_in_seconds
    if size > limit.value:
        yield _too_long(traffic, limit, size, f"buffers {size} MB for {name}")
    if name == "Splunk" and seconds > limits.SPLUNK_INTERVAL.value:
        words = f"buffers for {seconds} s for Splunk"
        yield _too_long(traffic, limits.SPLUNK_INTERVAL, seconds, words)


def _too_long(traffic: Traffic[FirehoseSettings], limit: Limit, load: int, words: str) -> LimitLoad:
    return against(traffic, limit, load, words, f"set it to {limit.value} or less")


def _features(traffic: Traffic[FirehoseSettings]) -> Iterator[Verdict]:
    """Features of one kind of destination on a stream to another."""
    settings, wanted = traffic.settings, defaultdict[str, list[str]](list)
    if settings.converts:
        wanted["s3.bucket"].append("data_format_conversion_configuration")
    if settings.partitions:
        wanted["s3.bucket"].append("dynamic_partitioning_configuration")
    if settings.iceberg_destination_configuration is not None:
        wanted["s3.bucket"].append("iceberg_destination_configuration")
    if settings.vpc_configuration is not None:
        wanted["opensearchservice.domain"].append("vpc_configuration")
    for hop in deliveries_of(traffic)[0][:1]:
        for kind, names in wanted.items():
            for name in names:
                if hop.target_type != kind:
                    message = (
                        f"needs a destination of type {kind}, and {hop.target} is of type"
                        f" {hop.target_type}"
                    )
                    where = f"{traffic.name}.{name}"
                    rule = "feature_of_other_destination"
                    yield Finding(rule, Severity.ERROR, where, message, "leave it out")


def _partitions(traffic: Traffic[FirehoseSettings]) -> Iterator[Verdict]:
    """Active partitions, and what each of them takes."""
    partitions, hint = traffic.settings.partitions, "partition by fewer keys, or use more streams"
    if not partitions:
        return
    words = f"{grouped(partitions)} partitions are active in a buffer"
    yield against(traffic, limits.ACTIVE_PARTITIONS, partitions, words, hint)
    volume = traffic.passed_on.peak_bytes_per_second / partitions / GIB
    words = f"each partition takes {grouped(volume)} GB/s at peak"
    yield against(traffic, limits.PARTITION_THROUGHPUT, volume, words, "partition by more keys")


def shared_check(streams: tuple[Traffic[FirehoseSettings], ...]) -> Iterator[Verdict]:
    """All delivery streams of a region against its quota."""
    regions: dict[str, list[Traffic[FirehoseSettings]]] = defaultdict(list)
    for stream in streams:
        regions[stream.region].append(stream)
    for found in regions.values():
        words, hint = f"{len(found)} delivery streams", "request a higher quota"
        yield against(found[-1], limits.STREAMS, len(found), words, hint)
