"""Firehose, which loads what it buffers.

https://docs.aws.amazon.com/firehose/latest/dev/retry.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.failures._handoff import Handoff, load_words, named, second_time
from archcode.services._firehose_settings import FirehoseSettings
from archcode.units import bytes_text, time_text

if TYPE_CHECKING:
    from archcode.topology import Topology
    from archcode.traffic import Hop

KEPT_HOURS = 24
"""https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html: how long it keeps records."""


def handoff(topology: Topology, hop: Hop) -> Handoff | None:
    """A buffer that is written out when it is full or old enough."""
    stream = hop.source_settings
    if not isinstance(stream, FirehoseSettings):
        return None
    source, target = named(topology, hop)
    size, seconds = stream.buffer
    return Handoff(
        hop.where,
        source,
        target,
        load_words(hop),
        "A delivery that times out and is tried again may arrive twice, as may records of a"
        f" producer that tries again. {second_time(hop)}",
        f"{_transform(stream)}{_refused(hop, stream)}",
        "Buffer",
        f"Records wait until {bytes_text(size)} or {time_text(seconds)} are full; what is behind"
        f" reads them that much later.",
        _loss(topology, hop),
    )


def _transform(stream: FirehoseSettings) -> str:
    transform = stream.processing_configuration
    if transform is None:
        return ""
    tries = 1 + transform.number_of_retries
    return (
        f"A record that {transform.lambda_arn} fails on is tried {tries} times and then written"
        " under the error prefix. "
    )


def _refused(hop: Hop, stream: FirehoseSettings) -> str:
    backup = stream.s3_backup_configuration
    if hop.target_type == "s3.bucket":
        return "A record that cannot be converted or partitioned goes under the error prefix."
    if backup is not None:
        return f"What {hop.target} refuses goes to {backup.bucket_arn} after the retries."
    return f"What {hop.target} refuses is tried again, and no bucket is named for the rest."


def _loss(topology: Topology, hop: Hop) -> str:
    kept = time_text(KEPT_HOURS * 3600)
    text = f"If {hop.target} takes nothing for more than {kept}, records are dropped"
    sources = [h.source for h in topology.traffic[hop.source].inflows if h.source_type in _READ]
    if sources:
        return f"{text}, or read on from {' and '.join(sources)} for as long as it keeps them."
    return f"{text}."


_READ = ("kinesis.stream", "msk.cluster", "msk.serverless_cluster")
