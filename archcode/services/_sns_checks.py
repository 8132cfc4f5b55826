"""What a topic is loaded with: sizes and batches, throughput, and its subscriptions."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from archcode.model import ONE, ZERO, Finding, LimitLoad, Severity
from archcode.services import _sns_limits as limits
from archcode.services._service import against, one_flow, size_against
from archcode.units import bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.model import Capacity, Verdict
    from archcode.traffic import Hop, Traffic

PROTOCOLS = {
    "kinesisfirehose.delivery_stream": "firehose",
    "lambda.function": "lambda",
    "sqs.queue": "sqs",
}
"""How a topic reaches the services that the spec knows; others state a protocol."""


def protocol(hop: Hop) -> str:
    """How a message reaches a subscriber."""
    return hop.options.protocol or PROTOCOLS.get(hop.target_type, "")


def subscriptions(traffic: Traffic[Any]) -> tuple[Hop, ...]:
    """The flows that a topic hands its messages on by."""
    return tuple(hop for hop in traffic.outflows if hop.kind == "flow")


def check(traffic: Traffic[Any], _capacity: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """Message sizes, throughput and number of subscriptions."""
    for hop in traffic.inflows:
        yield from _sizes(traffic, hop)
    found = subscriptions(traffic)
    for hop in found:
        if not protocol(hop) and hop.target_settings.outside:
            message = f"a topic reaches {hop.target} over a protocol that is not stated"
            hint = "say protocol: https, http, email, email-json, sms, application or firehose"
            yield Finding("subscription_without_protocol", Severity.ERROR, hop.where, message, hint)
    yield from _large_messages(traffic, found)
    if traffic.settings.fifo_topic:
        yield from _fifo(traffic, len(found))
    yield from _deliveries(traffic, found)


def _sizes(traffic: Traffic[Any], hop: Hop) -> Iterator[Verdict]:
    """One message, and those of one call together."""
    size, most = hop.handed.message_size_bytes, traffic.settings.maximum_message_size
    larger = size <= limits.MESSAGE_SIZE.value
    raised = f"set maximum_message_size: {ceil(size)}, or " if larger else ""
    hint = f"{raised}keep the payload in Amazon S3 and send its key"
    yield size_against(traffic, hop, most, hint)
    entries = limits.PUBLISH_ENTRIES
    told = _batch(hop, size, most)
    for name, load, bound, unit in (
        (entries.name, hop.batch, entries.value, entries.unit),
        ("publish_batch_payload", hop.batch_bytes, most, "bytes"),
    ):
        yield LimitLoad(
            told.rule,
            told.severity,
            traffic.name,
            hop.where,
            name,
            load,
            Fraction(bound),
            unit,
            f"{hop.source} publishes {grouped(hop.batch)} × {bytes_text(size)} at a time",
            scope=entries.scope,
            about=one_flow(hop),
            told=told,
        )


def _batch(hop: Hop, size: Fraction, most: int) -> Finding:
    """What is said of a batch that is above one of its two limits."""
    entries = limits.PUBLISH_ENTRIES.value
    message = (
        f"a batch of {grouped(hop.batch)} messages of {bytes_text(size)} is more than"
        f" {entries} messages or {bytes_text(most)}"
    )
    hint = f"say batch: {min(int(entries), most // max(size, ONE))}"
    return Finding("batch_too_large", Severity.ERROR, hop.where, message, hint)


def _large_messages(traffic: Traffic[Any], found: tuple[Hop, ...]) -> Iterator[Verdict]:
    """Messages above 256 KB reach at most 100 subscriptions, of SQS, Lambda and Firehose only."""
    if traffic.settings.maximum_message_size <= limits.DEFAULT_MESSAGE_SIZE:
        return
    words = f"{len(found)} subscriptions"
    yield against(traffic, limits.LARGE_MESSAGE_SUBSCRIPTIONS, len(found), words)
    for hop in found:
        if protocol(hop) not in ("sqs", "lambda", "firehose"):
            message = (
                f"a topic with messages above {bytes_text(limits.DEFAULT_MESSAGE_SIZE)} delivers to"
                " SQS, Lambda and Firehose only"
            )
            hint = f"set maximum_message_size: {limits.DEFAULT_MESSAGE_SIZE} on {traffic.name}"
            yield Finding("large_message_protocol", Severity.ERROR, hop.where, message, hint)


def _fifo(traffic: Traffic[Any], found: int) -> Iterator[Verdict]:
    """Throughput of the topic as a whole, and its subscriptions."""
    if traffic.settings.fifo_throughput_scope != "MessageGroup":
        rate = traffic.received.peak_messages_per_second
        volume = traffic.received.peak_bytes_per_second
        hint = "set fifo_throughput_scope: MessageGroup, or spread the traffic over more topics"
        words = f"{grouped(rate)} messages/s at peak"
        yield against(traffic, limits.FIFO_TOPIC_PUBLISHES, rate, words, hint)
        words = f"{bytes_text(volume)}/s at peak"
        yield against(traffic, limits.FIFO_TOPIC_BYTES, volume, words, hint)
    yield against(traffic, limits.FIFO_SUBSCRIPTIONS, found, f"{found} subscriptions")


def _deliveries(traffic: Traffic[Any], found: tuple[Hop, ...]) -> Iterator[Verdict]:
    """Subscriptions of Firehose, and the rate of those that send email."""
    streams = sum(protocol(hop) == "firehose" for hop in found)
    if streams:
        words = f"{streams} Firehose subscriptions"
        hint = "request a higher quota"
        yield against(traffic, limits.FIREHOSE_SUBSCRIPTIONS, streams, words, hint)
    for hop in found:
        if protocol(hop) in ("email", "email-json"):
            rate = hop.delivered.peak_messages_per_second
            words = f"{hop.target} is sent {grouped(rate)} messages/s at peak by email"
            hint = "gather messages, or reach people another way"
            yield against(traffic, limits.EMAIL_DELIVERIES, rate, words, hint)


def shared_check(topics: tuple[Traffic[Any], ...]) -> Iterator[Verdict]:
    """All topics of one kind against the region's publish quota."""
    hint = "request a higher quota, or batch fewer events"
    for fifo, limit in ((False, limits.STANDARD_PUBLISHES), (True, limits.FIFO_PUBLISHES)):
        chosen = [t for t in topics if t.settings.fifo_topic is fifo]
        if chosen:
            rate = sum((t.received.peak_messages_per_second for t in chosen), ZERO)
            largest = max(chosen, key=lambda t: t.received.peak_messages_per_second)
            words = f"{len(chosen)} topics publish {grouped(rate)} messages/s at peak"
            yield against(largest, limit, rate, words, hint)
