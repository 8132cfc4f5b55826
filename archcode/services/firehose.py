"""Amazon Data Firehose delivery streams: https://aws.amazon.com/firehose/pricing/.

Each record of Direct PUT or of a data stream is charged in steps of 5 KB; from MSK the larger of
what came in and what was delivered. Format conversion is charged on the same GB, partitioning on
what is delivered and on objects. A buffer is counted as one, filled at the mean rate; AWS runs
several of them at high rates, and objects are then smaller.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.model import ZERO, Capacity, Meter, Usage
from archcode.rationals import largest, rational, smallest
from archcode.services import _firehose_limits as limits
from archcode.services._firehose_checks import check, shared_check
from archcode.services._firehose_flows import (
    batch,
    delivered_bytes,
    deliveries,
    deliveries_of,
    interval_of,
    rounded,
    source_of,
)
from archcode.services._firehose_settings import FirehoseSettings
from archcode.services._promises import Promise
from archcode.services._service import Semantics, Service
from archcode.services._shared_meters import KMS_FREE_TIER, KMS_REQUESTS
from archcode.units import GIB, MIB, bytes_text, ceil, grouped, time_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.traffic import Hop, Traffic

__all__ = ["SERVICES", "FirehoseSettings"]

_INGEST = {
    "DirectPut": "direct_put_ingest",
    "KinesisStreamAsSource": "kinesis_streams_source_ingest",
    "MSKAsSource": "msk_source_ingest",
}
LEAST_DELAY = Fraction(5)
"""Seconds that most deliveries take without a buffer:
https://docs.aws.amazon.com/firehose/latest/dev/buffering-hints.html."""
_ICEBERG = "iceberg_destination_msk_source_label_msk_record_processing"
_ICEBERG_OTHER = "iceberg_destination_label_event_by_event_processing"


def _buffered(traffic: Traffic[FirehoseSettings]) -> Fraction:
    """Bytes/s that fill one buffer, uncompressed."""
    destinations, _ = deliveries_of(traffic)
    loads = [hop.handed.times(traffic.settings.compression) for hop in destinations[:1]]
    return sum((load.bytes_per_second for load in loads), ZERO) / (traffic.settings.partitions or 1)


def _waits(traffic: Traffic[FirehoseSettings]) -> Fraction:
    """Seconds until a buffer is full at the mean rate, or its interval is over."""
    rate, interval = _buffered(traffic), rational(interval_of(traffic))
    filled = smallest(traffic.settings.buffer[0] / rate, interval) if rate else interval
    return largest(filled, LEAST_DELAY)


def capacity(traffic: Traffic[FirehoseSettings]) -> Iterator[Capacity]:
    """MB in one delivery and how long it takes, by what is left of a record after the transform."""
    rate = _buffered(traffic)
    if not rate:
        return
    size, interval = traffic.settings.buffer[0], interval_of(traffic)
    most = grouped(interval * limits.DELAY_FACTOR.value)
    words = (
        f"the first of {bytes_text(size)}, full after {grouped(size / rate)} s at"
        f" {bytes_text(rate)}/s, and of {interval} s; buffers in several stages take up to {most} s"
    )
    needed = ceil(smallest(rational(size), rate * interval) / MIB)
    yield Capacity("megabytes_per_delivery", needed, None, words, charged=False)


def usage(traffic: Traffic[FirehoseSettings], _capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """GB taken in and what is done to them on the way."""
    settings = traffic.settings
    if traffic.inflows:
        yield from _ingested(traffic)
    if settings.converts:
        converted, words = _rounded_gb(traffic)
        yield Usage("converted_gb", "format_conversion", converted, words)
    if settings.partitions:
        yield from _partitioned(traffic)
    if settings.decompression:
        yield _decompressed(traffic)
    if settings.vpc_configuration is not None:
        yield from _through_vpc(traffic, settings.vpc_configuration.availability_zones)
    if settings.kms_key() is not None:
        reason = "how often Firehose asks for the key: state kms_requests under usage"
        yield Usage("kms_requests", KMS_REQUESTS.name, None, "", reason)


def _rounded_gb(traffic: Traffic[FirehoseSettings]) -> tuple[Fraction, str]:
    """GB taken in, each record as large as it is charged, and their arithmetic."""
    total, words = ZERO, []
    for hop in traffic.inflows:
        records, size = hop.handed.monthly_messages, rounded(hop)
        total += records * size / GIB
        words.append(f"{hop.source}: {grouped(records)} records × {bytes_text(size)}")
    return total, "; ".join(words)


def _ingested(traffic: Traffic[FirehoseSettings]) -> Iterator[Usage]:
    """GB of the stream's source; tables of Iceberg have prices of their own."""
    source = source_of(traffic.inflows[0])
    total, words = _rounded_gb(traffic)
    delivered = delivered_bytes(traffic) / GIB
    if source == "MSKAsSource" and delivered > total:
        total, words = delivered, f"{grouped(delivered)} GB delivered, more than came in"
    if traffic.settings.iceberg_destination_configuration is None:
        yield Usage("ingested_gb", _INGEST[source], total, words)
    elif source == "MSKAsSource":
        yield Usage("iceberg_gb", _ICEBERG, total, words)
    else:
        reason = "which of two prices AWS charges: its list does not say"
        yield Usage("iceberg_gb", _ICEBERG_OTHER, None, "", reason)


def _partitioned(traffic: Traffic[FirehoseSettings]) -> Iterator[Usage]:
    """GB and objects that are delivered to prefixes, and hours of jq."""
    delivered = delivered_bytes(traffic) / GIB
    words = f"{grouped(delivered, 6)} GB delivered"
    yield Usage("partitioned_gb", "dynamic_partitioning_data", delivered, words)
    for hop in deliveries_of(traffic)[0]:
        yield _objects(hop)
    sorting = traffic.settings.dynamic_partitioning_configuration
    if sorting is not None and sorting.json_parsing_engine:
        reason = "how long jq parses: state jq_hours under usage"
        yield Usage("jq_hours", "dynamic_partitioning_jq_hour", None, "", reason)


def _objects(hop: Hop) -> Usage:
    records = hop.handed.monthly_messages
    words = f"{hop.target}: {grouped(records)} records ÷ {grouped(hop.batch)} in an object"
    meter = "dynamic_partitioning_objects"
    return Usage("partitioned_objects", meter, records / hop.batch, words)


def _decompressed(traffic: Traffic[FirehoseSettings]) -> Usage:
    """GB of log events, as large as they become."""
    meter, ratio = "cloudwatch_logs_decompression", traffic.settings.decompression_ratio
    if ratio is None:
        return Usage("decompressed_gb", meter, None, "", "decompression_ratio")
    gigabytes = traffic.received.monthly_bytes / GIB
    words = f"{grouped(gigabytes, 6)} GB of gzip × {grouped(ratio)}"
    return Usage("decompressed_gb", meter, gigabytes * ratio, words)


def _through_vpc(traffic: Traffic[FirehoseSettings], zones: int) -> Iterator[Usage]:
    """Hours of each zone, and GB delivered through them."""
    hours, delivered = traffic.hours_per_month, delivered_bytes(traffic) / GIB
    words = f"{zones} zones × {grouped(hours)} h"
    yield Usage("vpc_az_hours", "vpc_delivery_az_hour", zones * hours, words)
    words = f"{grouped(delivered, 6)} GB delivered"
    yield Usage("vpc_gb", "vpc_delivery_data", delivered, words)


def _summary(settings: FirehoseSettings) -> str:
    conversion = settings.data_format_conversion_configuration
    if conversion is not None and conversion.enabled:
        return f"Firehose to {conversion.output_format.title().replace('Orc', 'ORC')}"
    if settings.iceberg_destination_configuration is not None:
        return "Firehose to Iceberg"
    return "Firehose"


def _detail(settings: FirehoseSettings) -> str:
    """When a buffer is delivered."""
    hints = settings.buffering_hints
    if hints is None:
        return ""
    return f"buffer {hints.size_in_mbs} MB, {time_text(hints.interval_in_seconds)}"


def _keeps(traffic: Traffic[FirehoseSettings], _hop: Hop | None, best: Promise) -> Promise:
    """A buffer holds every record back."""
    return replace(best, latency=_waits(traffic))


FIREHOSE = Service(
    type="kinesisfirehose.delivery_stream",
    resource_type="AWS::KinesisFirehose::DeliveryStream",
    name="Amazon Data Firehose",
    settings=FirehoseSettings,
    icon=lambda _: "aws/analytics/kinesis-data-firehose.png",
    summary=_summary,
    detail=_detail,
    emission="copy",
    price_file="firehose",
    pushes_to=(
        "opensearchservice.domain",
        "redshift.cluster",
        "redshiftserverless.workgroup",
        "s3.bucket",
    ),
    pulls_from=("kinesis.stream", "msk.cluster", "msk.serverless_cluster"),
    deliveries=deliveries,
    batch=batch,
    keeps=_keeps,
    capacity=capacity,
    usage=usage,
    check=check,
    shared_check=shared_check,
    meters=(
        Meter("direct_put_ingest", "GB", "Ingestion, Direct PUT"),
        Meter("kinesis_streams_source_ingest", "GB", "Ingestion from Kinesis"),
        Meter("msk_source_ingest", "GB", "Ingestion from MSK"),
        Meter(_ICEBERG, "GB", "Records of MSK into Iceberg tables"),
        Meter(_ICEBERG_OTHER, "GB", "Records into Iceberg tables"),
        Meter("format_conversion", "GB", "Format conversion"),
        Meter("dynamic_partitioning_data", "GB", "Dynamic partitioning"),
        Meter("dynamic_partitioning_objects", "Objects", "Dynamic partitioning, objects"),
        Meter("dynamic_partitioning_jq_hour", "Hours", "Dynamic partitioning, jq"),
        Meter("cloudwatch_logs_decompression", "GB", "Decompression of CloudWatch Logs"),
        Meter("vpc_delivery_az_hour", "Hours", "VPC delivery, zones", "Recurring"),
        Meter("vpc_delivery_data", "GB", "VPC delivery, data"),
        KMS_REQUESTS,
    ),
    usage_keys=(
        "ingested_gb",
        "iceberg_gb",
        "converted_gb",
        "partitioned_gb",
        "partitioned_objects",
        "jq_hours",
        "decompressed_gb",
        "vpc_az_hours",
        "vpc_gb",
        "kms_requests",
    ),
    free_tiers=(KMS_FREE_TIER,),
    limits=limits.LIMITS,
    semantics=(
        Semantics(
            variant="delivery stream",
            ordering="not promised",
            delivery="at least once",
            replay="no",
            retention="24 h of Direct PUT while the destination is down",
            consumers="one destination, and a backup bucket",
            dead_letter="bucket for what fails",
            source="botocore==1.44.5:data/firehose/service-2.json#PutRecord",
            as_of="2026-11-17",
            promise=Promise(
                "none",
                latency=LEAST_DELAY,
                consumers=1,
                remedies={"latency": "set a shorter interval_in_seconds on {name}"},
            ),
        ),
    ),
)

SERVICES = {FIREHOSE.type: FIREHOSE}
