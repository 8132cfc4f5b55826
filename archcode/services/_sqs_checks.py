"""What a queue is loaded with: sizes, messages in flight, and the calls of FIFO."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from archcode.model import ONE, ZERO
from archcode.services import _sqs_limits as limits
from archcode.services._service import against, one_flow, size_against
from archcode.units import MIB, bytes_text, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.model import Capacity, Verdict
    from archcode.traffic import Hop, Traffic


def call_batch(hop: Hop) -> Fraction:
    """Messages in one API call: a batch request holds ten at most."""
    return min(hop.batch, Fraction(limits.BATCH_ENTRIES.value))


def _pushed(hop: Hop) -> bool:
    """Whether a service sends each message by itself, as topics and event rules do."""
    return hop.source_settings.invokes == "asynchronous"


def send_batch(hop: Hop) -> Fraction:
    """Messages in one call of a producer."""
    return Fraction(1) if _pushed(hop) else call_batch(hop)


def check(traffic: Traffic[Any], _capacity: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """Message and batch sizes, messages in flight, and FIFO throughput."""
    for hop in traffic.inflows:
        yield from _sizes(traffic, hop)
    consumers = [hop for hop in traffic.outflows if hop.kind == "flow"]
    yield from _in_flight(traffic, consumers)
    if traffic.settings.fifo_queue:
        yield from _fifo_throughput(traffic, consumers)


def _sizes(traffic: Traffic[Any], hop: Hop) -> Iterator[Verdict]:
    size = hop.handed.message_size_bytes
    hint = "keep the payload in Amazon S3 and send its key, or compress it"
    yield size_against(traffic, hop, traffic.settings.maximum_message_size, hint)
    if hop.kind != "flow" or _pushed(hop):
        return
    batch, volume = grouped(hop.batch), hop.batch_bytes
    words = f"{hop.source} sends batches of {batch} messages"
    yield against(traffic, limits.BATCH_ENTRIES, hop.batch, words, "say batch: 10", one_flow(hop))
    words = (
        f"{hop.source} sends {batch} messages of {bytes_text(size)} in a batch,"
        f" {bytes_text(volume)}"
    )
    hint = f"say batch: {MIB // max(size, ONE)}"
    yield against(traffic, limits.BATCH_PAYLOAD, volume, words, hint, one_flow(hop))


def _in_flight(traffic: Traffic[Any], consumers: list[Hop]) -> Iterator[Verdict]:
    """Messages between receive and delete: deliveries/s x processing time (Little's law)."""
    messages, words = ZERO, []
    for hop in consumers:
        seconds = hop.target_settings.processing_seconds()
        if seconds is not None:
            rate = hop.delivered.peak_messages_per_second
            messages += rate * seconds
            words.append(f"{grouped(rate)}/s at peak × {grouped(seconds)} s in {hop.target}")
    if words:
        load = f"{grouped(messages)} messages in flight ({' + '.join(words)})"
        hint = "shorten the work or split the queue"
        yield against(traffic, limits.IN_FLIGHT, messages, load, hint)


def _fifo_throughput(traffic: Traffic[Any], consumers: list[Hop]) -> Iterator[Verdict]:
    """Calls/s of each API action against the queue's and the groups' throughput."""
    high, groups = traffic.settings.high_throughput, traffic.settings.message_groups
    limit = limits.HIGH_THROUGHPUT_CALLS if high else limits.FIFO_CALLS
    hint = (
        "spread the traffic over more queues or request a higher quota"
        if high
        else "send and receive in batches of 10, or set deduplication_scope: messageGroup and"
        " fifo_throughput_limit: perMessageGroupId"
    )
    for action, calls in _calls(traffic, consumers):
        words = f"{action} makes {grouped(calls)} calls/s at peak"
        yield against(traffic, limit, calls, words, hint)
        if groups and high:
            each, more = calls / groups, "use more message groups, or batch"
            words = f"{action} makes {grouped(each)} calls/s at peak for each of {groups}"
            yield against(traffic, limits.PARTITION_CALLS, each, words, more)


def _calls(traffic: Traffic[Any], consumers: list[Hop]) -> Iterator[tuple[str, Fraction]]:
    """Peak calls/s of SendMessage, ReceiveMessage and DeleteMessage."""
    sends = [h.handed.peak_messages_per_second / send_batch(h) for h in traffic.inflows]
    dropped = [
        traffic.offered(h).peak_messages_per_second - h.handed.peak_messages_per_second
        for h in consumers
    ]
    receives = [
        (h.delivered.peak_messages_per_second + d) / call_batch(h)
        for h, d in zip(consumers, dropped, strict=True)
    ]
    deletes = [
        (h.processed.peak_messages_per_second + d) / call_batch(h)
        for h, d in zip(consumers, dropped, strict=True)
    ]
    yield "SendMessage", sum(sends, ZERO)
    yield "ReceiveMessage", sum(receives, ZERO)
    yield "DeleteMessage", sum(deletes, ZERO)
