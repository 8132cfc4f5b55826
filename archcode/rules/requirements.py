"""What is required of the channel that a flow leaves or enters: replay, protocol, readers, age."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Finding, Severity
from archcode.requires import LONGEST
from archcode.rules._alternatives import would_satisfy
from archcode.rules._delays import Delay, Delays, delays_of
from archcode.rules._places import hint, places
from archcode.rules._replay import window_of
from archcode.rules._rule import rule
from archcode.services._promises import unmet, window_text
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from archcode.estimate import Estimate
    from archcode.rules._channels import Channel
    from archcode.rules._places import Place


def _short(estimate: Estimate) -> Iterator[tuple[Place, Channel, Fraction]]:
    """Places that require to read again further back than they can, and how far they can."""
    for place in places(estimate.topology):
        wanted = place.wanted.replay
        for at in place.reading:
            window = window_of(estimate.topology, at)
            if wanted is not None and window is not None and window < wanted:
                yield place, at, window


@rule(
    Severity.ERROR,
    offending="- clicks -> sessions: {requires: {replay: 7 d}}",
    clean="clicks: {type: kinesis.stream, retention_period_hours: 7 d}",
)
def replay_window_too_short(estimate: Estimate) -> Iterator[Finding]:
    """What a consumer did wrong longer ago than messages are kept cannot be done again.

    https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html
    """
    for place, at, window in _short(estimate):
        if window:
            message = f"is {window_text(place.wanted.replay)}, but {at} keeps {window_text(window)}"
            where = f"{place.where}.requires.replay"
            advice = hint(place, "replay", at)
            yield Finding("replay_window_too_short", Severity.ERROR, where, message, advice)


@rule(
    Severity.ERROR,
    offending="orders: {type: sqs.queue, requires: {replay: 1 h}}",
    clean="orders: {type: kinesis.stream, requires: {replay: 1 h}}",
)
def replay_not_possible(estimate: Estimate) -> Iterator[Finding]:
    """What was read once is gone, so a consumer that comes later or has erred starts with nothing.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html
    """
    for place, at, window in _short(estimate):
        if not window:
            message = f"is {window_text(place.wanted.replay)}, but {at} keeps nothing to read again"
            where = f"{place.where}.requires.replay"
            advice = hint(place, "replay", at)
            yield Finding("replay_not_possible", Severity.ERROR, where, message, advice)
    for place in places(estimate.topology):
        if place.wanted.replay is not None and place.calls(estimate.topology):
            message = f"is {window_text(place.wanted.replay)}, but a call keeps nothing"
            where, advice = f"{place.where}.requires.replay", would_satisfy(place.needed)
            yield Finding("replay_not_possible", Severity.ERROR, where, message, advice)


@rule(
    Severity.WARNING,
    offending="- alarms -> page: {maximum_batching_window_in_seconds: 5, "
    "requires: {latency: real_time}}",
    clean="- alarms -> page: {maximum_batching_window_in_seconds: 1,"
    " requires: {latency: real_time}}",
)
def latency_too_high(estimate: Estimate) -> Iterator[Finding]:
    """What waits in buffers and batches on the way arrives later than it is of use.

    Counted are buffers, delays, batching windows and the time that functions and servers take, at
    the mean rate; a service whose delay nobody states counts as nothing.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
    """
    known: dict[str, Delays] = {}
    for place in places(estimate.topology):
        longest = LONGEST[place.wanted.latency] if place.wanted.latency else None
        if longest is None:
            continue
        delays = delays_of(estimate.topology, place, known)
        if delays.seconds > longest:
            message = (
                f"is {place.wanted.latency}, {grouped(longest)} s at most, but messages take"
                f" {grouped(delays.seconds)} s: {delays}"
            )
            where = f"{place.where}.requires.latency"
            advice = _sooner(place, delays.longest)
            yield Finding("latency_too_high", Severity.WARNING, where, message, advice)


def _sooner(place: Place, delay: Delay) -> str:
    """What to shorten, or which service to take instead."""
    return hint(place, "latency", delay.at) if delay.at else delay.remedy


@rule(
    Severity.ERROR,
    offending="- till -> orders: {requires: {protocol: amqp}, rate: 1/s, size: 1 KB}",
    clean="- till -> orders: {requires: {protocol: http}, rate: 1/s, size: 1 KB}",
)
def protocol_not_spoken(estimate: Estimate) -> Iterator[Finding]:
    """Clients that speak another protocol cannot connect until they are rewritten.

    https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/welcome.html
    """
    for place in places(estimate.topology):
        for at in place.reading:
            if "protocol" in unmet(at.promise, place.wanted):
                spoken = ", ".join(at.promise.protocols)
                missing = [p for p in place.wanted.protocol if p not in at.promise.protocols]
                message = f"names {', '.join(missing)}, but {at} speaks {spoken}"
                where = f"{place.where}.requires.protocol"
                advice = hint(place, "protocol", at)
                yield Finding("protocol_not_spoken", Severity.ERROR, where, message, advice)


@rule(
    Severity.ERROR,
    offending="orders: {type: sqs.queue, requires: {consumers: 2}}",
    clean="orders: {type: sqs.queue, requires: {consumers: 1}}",
)
def too_many_consumers(estimate: Estimate) -> Iterator[Finding]:
    """Consumers beyond what a service hands copies to take messages away from each other.

    https://docs.aws.amazon.com/sns/latest/dg/sns-common-scenarios.html
    """
    for place in places(estimate.topology):
        for at in place.reading:
            if "consumers" in unmet(at.promise, place.wanted):
                wanted, most = place.wanted.consumers or 0, at.promise.consumers or 0
                readers = "1 consumer" if most == 1 else f"{grouped(most)} consumers"
                message = f"is {grouped(wanted)}, but {at} hands each message to {readers}"
                where = f"{place.where}.requires.consumers"
                advice = hint(place, "consumers", at)
                yield Finding("too_many_consumers", Severity.ERROR, where, message, advice)
        if (place.wanted.consumers or 1) > 1 and place.calls(estimate.topology):
            message = f"is {grouped(place.wanted.consumers or 1)}, but a call reaches one component"
            where, advice = f"{place.where}.requires.consumers", would_satisfy(place.needed)
            yield Finding("too_many_consumers", Severity.ERROR, where, message, advice)


RULES = (
    latency_too_high,
    protocol_not_spoken,
    replay_not_possible,
    replay_window_too_short,
    too_many_consumers,
)
