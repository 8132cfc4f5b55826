"""Kinesis data streams, streams of DynamoDB tables, and what reads their shards in order.

https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
https://docs.aws.amazon.com/streams/latest/dev/kinesis-record-processor-duplicates.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.failures._handoff import Handoff, backlog, load_words, named, second_time
from archcode.services._dynamodb_limits import STREAM_SECONDS
from archcode.services._kinesis_settings import KinesisSettings
from archcode.units import grouped, time_text

if TYPE_CHECKING:
    from archcode.topology import Topology
    from archcode.traffic import Hop


def handoff(topology: Topology, hop: Hop) -> Handoff | None:
    """A reader that moves an iterator through each shard."""
    source, target = named(topology, hop)
    if hop.target_type == "kinesis.stream":
        return None  # a table copies its changes there, and AWS alone handles it
    kept = _kept(hop)
    return Handoff(
        hop.where,
        source,
        target,
        load_words(hop),
        f"{_why_twice(hop)} {second_time(hop)}",
        " ".join((_poison(hop, kept), _batch(hop))).strip(),
        "Iterator",
        _iterator(hop, kept),
        _loss(hop, kept),
    )


def _kept(hop: Hop) -> int:
    """Seconds that records stay readable."""
    settings = hop.source_settings
    if isinstance(settings, KinesisSettings):
        return settings.retention_period_hours * 3600
    return STREAM_SECONDS


def _why_twice(hop: Hop) -> str:
    stream = isinstance(hop.source_settings, KinesisSettings)
    wrote = "A change stands in the stream once, but a"
    if stream:
        wrote = "A producer that tries again after a timeout writes the record twice, and a"
    return f"{wrote} batch that fails is read again, its good records with it."


def _poison(hop: Hop, kept: int) -> str:
    """What a mapping or pipe does with a record that always fails, or that there is none."""
    options = hop.options
    if hop.target_type == "kinesisfirehose.delivery_stream":
        return (
            f"There is none: {hop.target} takes every record, and tells of those it cannot deliver."
        )
    if not hop.target_settings.managed_poller:
        return (
            f"Nothing of AWS handles a record that always fails: {hop.target} has to skip it and"
            " keep it elsewhere, or its shard waits."
        )
    retries, age = options.maximum_retry_attempts, options.maximum_record_age_in_seconds
    ends = []
    if retries is not None and retries >= 0:
        ends.append("once" if retries == 0 else f"{grouped(1 + retries)} times")
    if age is not None and age >= 0:
        ends.append(f"until it is {time_text(age)} old")
    if not ends:
        return (
            f"A record that always fails blocks its shard until it expires, {time_text(kept)}"
            " after it was written; all behind it wait as long."
        )
    gone = (
        f"and then its position goes to {options.on_failure}, without the record itself"
        if options.on_failure
        else "and then it is skipped, and nobody hears of it"
    )
    return f"A record that always fails is tried {' or '.join(ends)}, {gone}."


def _batch(hop: Hop) -> str:
    if not hop.target_settings.managed_poller or hop.batch <= 1:
        return ""
    size = grouped(hop.batch)
    if hop.options.function_response_types:
        return f"Of a batch of {size} the records before the failed one are not read again."
    if hop.options.bisect_batch_on_function_error:
        return f"A batch of {size} is halved until the bad record stands alone."
    return f"Its whole batch of {size} is tried, and given up, with it."


def _iterator(hop: Hop, kept: int) -> str:
    text = (
        "Nothing is handed out a second time for being slow: the iterator of a shard moves on"
        f" after each batch, and may fall {time_text(kept)} behind before records expire."
    )
    if hop.target_settings.managed_poller:
        return text
    return f"{text} {hop.target} keeps its own position, and reads again what came after the last."


def _loss(hop: Hop, kept: int) -> str:
    rate = hop.handed.messages_per_second
    lost = (
        f"If {hop.target} is down or too slow for more than {time_text(kept)}, the oldest records"
        f" expire unread"
    )
    return f"{lost}; {backlog(rate, kept)} are behind it by then." if rate else f"{lost}."
