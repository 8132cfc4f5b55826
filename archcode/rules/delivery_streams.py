"""Delivery streams: how large their buffers are for what reads the result, and what fails."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import Finding, Severity
from archcode.rules._rule import rule
from archcode.services._firehose_flows import deliveries_of, interval_of
from archcode.services.firehose import FirehoseSettings
from archcode.units import MIB, bytes_text, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.traffic import Hop, Traffic

SMALL_FILE = 5 * MIB
"""Bytes of Firehose's own default buffer."""
LARGE_BUFFER, LONG_INTERVAL = 64 * MIB, 300
FRESH = 60
"""Seconds after which a document is late for a search."""
WITH_BUCKET = ("redshift.cluster", "redshiftserverless.workgroup", "s3.bucket")
"""Destinations that are buckets, or are reached through one."""


def _delivered(estimate: Estimate) -> Iterator[tuple[Traffic[FirehoseSettings], Hop]]:
    """Delivery streams with the flow to their destination."""
    for traffic in estimate.topology.traffic.values():
        if isinstance(traffic.settings, FirehoseSettings):
            for hop in deliveries_of(traffic)[0][:1]:
                yield traffic, hop


def _buffered(stream: Traffic[FirehoseSettings], hop: Hop) -> Fraction:
    """Bytes/s into one buffer on average, before they are compressed."""
    settings = stream.settings
    return hop.handed.bytes_per_second * settings.compression / (settings.partitions or 1)


@rule(
    Severity.INFO,
    offending="- tills -> receipts: {rate: 80/s, size: 1 KB}",
    clean="- tills -> receipts: {rate: 86/s, size: 1 KB}",
)
def small_files_in_bucket(estimate: Estimate) -> Iterator[Finding]:
    """Many small files cost a request each, and whatever scans the bucket opens them one by one.

    Small are files below the 5 MB of Firehose's default buffer, a bound of ours.

    https://docs.aws.amazon.com/firehose/latest/dev/buffering-hints.html
    https://docs.aws.amazon.com/athena/latest/ug/performance-tuning-data-optimization-techniques.html
    """
    for stream, hop in _delivered(estimate):
        rate, (size, _) = _buffered(stream, hop), stream.settings.buffer
        interval = interval_of(stream)
        file = min(Fraction(size), rate * interval)
        larger = min(Fraction(LARGE_BUFFER), rate * LONG_INTERVAL)
        if hop.target_type != "s3.bucket" or not 0 < file < SMALL_FILE or larger < 2 * file:
            continue
        message = (
            f"writes files of {bytes_text(file)} to {hop.target}, one every"
            f" {grouped(file / rate)} s; a buffer of 64 MB or {LONG_INTERVAL} s makes them"
            f" {bytes_text(larger)}"
        )
        hint = "set {size_in_mbs: 64, interval_in_seconds: 300}, unless readers cannot wait"
        where = f"{stream.name}.buffering_hints"
        yield Finding("small_files_in_bucket", Severity.INFO, where, message, hint)


@rule(
    Severity.INFO,
    offending=(
        "documents:\n"
        "  type: kinesisfirehose.delivery_stream\n"
        "  buffering_hints: {size_in_mbs: 5, interval_in_seconds: 61}"
    ),
    clean=(
        "documents:\n"
        "  type: kinesisfirehose.delivery_stream\n"
        "  buffering_hints: {size_in_mbs: 5, interval_in_seconds: 60}"
    ),
)
def late_search_documents(estimate: Estimate) -> Iterator[Finding]:
    """A document is searched for before the buffer that it waits in is delivered.

    Buffers in several stages take half as long again. A minute is a bound of ours.

    https://docs.aws.amazon.com/firehose/latest/dev/buffering-hints.html
    """
    for stream, hop in _delivered(estimate):
        rate, (size, _) = _buffered(stream, hop), stream.settings.buffer
        if hop.target_type != "opensearchservice.domain" or not rate:
            continue
        waits = min(size / rate, Fraction(interval_of(stream)))
        if waits > FRESH:
            message = (
                f"documents reach {hop.target} after {grouped(waits)} s, when a buffer of"
                f" {bytes_text(size)} or {interval_of(stream)} s is over"
            )
            hint = f"set {{size_in_mbs: 1, interval_in_seconds: {FRESH}}} for a fresh search"
            where = f"{stream.name}.buffering_hints"
            yield Finding("late_search_documents", Severity.INFO, where, message, hint)


@rule(
    Severity.WARNING,
    offending="audit: {type: kinesisfirehose.delivery_stream}\n- audit -> siem",
    clean=(
        "audit:\n"
        "  type: kinesisfirehose.delivery_stream\n"
        "  s3_backup_configuration: {bucket_arn: unsent}"
    ),
)
def delivery_failures_without_bucket(estimate: Estimate) -> Iterator[Finding]:
    """What a destination refuses, or a transform fails on, has nowhere to go.

    Every destination but a bucket is made with one for what fails; a bucket gets it under a
    prefix of its own.

    https://docs.aws.amazon.com/firehose/latest/dev/retry.html
    botocore==1.44.5:data/firehose/service-2.json#SplunkDestinationConfiguration
    """
    for stream, hop in _delivered(estimate):
        copies = deliveries_of(stream)[1]
        kept = copies or stream.settings.s3_backup_configuration is not None
        if hop.target_type not in WITH_BUCKET and not kept:
            message = f"says no bucket for what {hop.target} does not take"
            hint = "add s3_backup_configuration: {bucket_arn: NAME}"
            name = "delivery_failures_without_bucket"
            yield Finding(name, Severity.WARNING, stream.name, message, hint)


RULES = (
    delivery_failures_without_bucket,
    late_search_documents,
    small_files_in_bucket,
)
