"""Where the records of a delivery stream come from and go to, and how they are gathered."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from archcode.model import ONE, ZERO
from archcode.rationals import largest, rational, smallest
from archcode.units import MIB, ceil

if TYPE_CHECKING:
    from archcode.flow import FlowSettings
    from archcode.model import Load, ServiceSettings
    from archcode.services._firehose_settings import FirehoseSettings
    from archcode.traffic import Hop, Traffic

Source = Literal["DirectPut", "KinesisStreamAsSource", "MSKAsSource"]

ROUNDING = 5 * 1024
"""Bytes that each record is rounded up to, but from MSK:
https://aws.amazon.com/firehose/pricing/."""
SPLUNK_INTERVAL = 60


def source_of(hop: Hop) -> Source:
    """How records of a flow get in, by AWS's name of it."""
    if hop.source_type.startswith("kinesis."):
        return "KinesisStreamAsSource"
    return "MSKAsSource" if hop.source_type.startswith("msk.") else "DirectPut"


def deliveries_of(traffic: Traffic[FirehoseSettings]) -> tuple[tuple[Hop, ...], tuple[Hop, ...]]:
    """The flows to destinations, and to buckets that hold a copy of what came in.

    Records reach a bucket on their way to another destination, or as a backup: the buckets
    count as destinations where there is no other.
    """
    flows = [hop for hop in traffic.outflows if hop.kind == "flow"]
    buckets = tuple(hop for hop in flows if hop.target_type == "s3.bucket")
    others = tuple(hop for hop in flows if hop.target_type != "s3.bucket")
    return (others, buckets) if others else (buckets[:1], buckets[1:])


def interval_of(traffic: Traffic[FirehoseSettings]) -> int:
    """Seconds after which a buffer is delivered; Splunk has a default of its own."""
    settings, (destinations, _) = traffic.settings, deliveries_of(traffic)
    to_splunk = any(hop.target_type == "splunk" for hop in destinations)
    return SPLUNK_INTERVAL if to_splunk and not settings.buffering_hints else settings.buffer[1]


def deliveries(
    settings: FirehoseSettings, target: ServiceSettings, _flow: FlowSettings
) -> int | None:
    """A transform is tried again, three times by default; what a destination refuses is not.

    https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html
    """
    transform = settings.processing_configuration
    return 1 + transform.number_of_retries if transform and target.managed_poller else 1


def batch(settings: FirehoseSettings, target: ServiceSettings, load: Load) -> Fraction | None:
    """Records in one object, or in one call of the transform, at the mean rate.

    The buffer counts bytes before compression, each active partition fills its own, and the
    first of size and time that is reached ends it. Without a buffering interval every record
    counts as an object, the most that there can be.
    """
    if not load.messages_per_second:
        return ONE
    transform = settings.processing_configuration
    if transform and target.managed_poller:
        size, seconds = transform.buffer * MIB, transform.buffer_interval_in_seconds
        return _filled(load.message_size_bytes, load.messages_per_second, size, seconds)
    buffer, seconds = settings.buffer
    record = load.message_size_bytes * settings.compression
    rate = load.messages_per_second / (settings.partitions or 1)
    return _filled(record, rate, rational(buffer), seconds)


def _filled(record: Fraction, rate: Fraction, size: Fraction, seconds: int) -> Fraction:
    """Records until a buffer is full or its time is over, at least one."""
    by_time = rate * seconds
    return largest(ONE, smallest(size / record, by_time) if record else by_time)


def rounded(hop: Hop) -> Fraction:
    """Bytes that one record of a flow is charged as."""
    if source_of(hop) == "MSKAsSource":
        return hop.handed.message_size_bytes
    size = hop.handed.message_size_bytes
    return ROUNDING * largest(ONE, rational(ceil(size / ROUNDING)))


def delivered_bytes(traffic: Traffic[FirehoseSettings]) -> Fraction:
    """Bytes of a month that reach the destination."""
    destinations, _ = deliveries_of(traffic)
    return sum((hop.delivered.monthly_bytes for hop in destinations), ZERO)
