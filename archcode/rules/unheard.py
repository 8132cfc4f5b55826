"""What is sent where nobody takes it: topics, buses, rules and streams without a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archcode.model import Finding, Severity
from archcode.rules._rule import rule
from archcode.services._sns_settings import SnsSettings
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.traffic import Traffic

LACKING = {
    "events.event_bus": "rule",
    "events.rule": "target",
    "iot.topic_rule": "action",
}
"""What hands events on, and what it has none of where nothing is drawn behind it."""
STREAMS = ("kinesis.stream", "msk.cluster", "msk.serverless_cluster")
ONLY_LOOKING = "eventschemas.discoverer"
"""It reads the schemas of events, and does nothing with them."""
COPYING = "msk.replicator"


def _unheard(estimate: Estimate, *kinds: str) -> Iterator[Traffic[Any]]:
    """Components of these types that get messages and hand none on.

    Where the author states what was measured, there may be readers that are not drawn.
    """
    for name, traffic in estimate.topology.traffic.items():
        component = estimate.topology.spec.components[name]
        taken = any(h.kind == "flow" and h.target_type != ONLY_LOOKING for h in traffic.outflows)
        if component.type in kinds and traffic.inflows and not taken and not component.usage:
            yield traffic


def _fate(traffic: Traffic[Any], noun: str, verb: str) -> str:
    """What becomes of the messages of a month; of those that only failures send, there may be 0."""
    number = traffic.received.monthly_messages
    return f"{f'{grouped(number)} {noun} a month' if number else f'all {noun}'} {verb}"


@rule(
    Severity.WARNING,
    offending="orders: {type: events.event_bus}\n- shop -> orders: {rate: 1/s, size: 1 KB}",
    clean=(
        "orders: {type: events.event_bus}\n"
        "- shop -> orders: {rate: 1/s, size: 1 KB}\n"
        "- orders -> history"
    ),
)
def events_without_target(estimate: Estimate) -> Iterator[Finding]:
    """A bus without rules and a rule without targets drop every event, and nobody is told.

    An archive keeps what a bus gets, so a bus with one is left alone; a discoverer keeps nothing.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-what-is-how-it-works-concepts.html
    https://docs.aws.amazon.com/iot/latest/developerguide/iot-rules.html
    """
    for traffic in _unheard(estimate, *LACKING):
        lacking = LACKING[estimate.topology.spec.components[traffic.name].type]
        message = f"has no {lacking}, so {_fate(traffic, 'events', 'are dropped')}"
        hint = f"draw a flow to what takes them, such as - {traffic.name} -> TARGET"
        name = "events_without_target"
        yield Finding(name, Severity.WARNING, traffic.name, message, hint)


@rule(
    Severity.WARNING,
    offending="clicks: {type: kinesis.stream}\n- shop -> clicks: {rate: 1/s, size: 1 KB}",
    clean=(
        "clicks: {type: kinesis.stream}\n"
        "- shop -> clicks: {rate: 1/s, size: 1 KB}\n"
        "- clicks -> lake"
    ),
)
def stream_without_reader(estimate: Estimate) -> Iterator[Finding]:
    """A stream that nobody reads is paid for by the hour, and its records expire unseen.

    What is given up into a stream waits there for a person, and the copy that a replicator keeps
    for a disaster has no reader until then.
    https://docs.aws.amazon.com/streams/latest/dev/building-consumers.html
    """
    for traffic in _unheard(estimate, *STREAMS):
        written = [hop for hop in traffic.inflows if hop.kind != "redrive"]
        if written and all(hop.source_type != COPYING for hop in written):
            message = f"is read by nobody: {_fate(traffic, 'records', 'expire unseen')}"
            hint = f"draw a flow to its reader, such as - {traffic.name} -> READER, or leave it out"
            name = "stream_without_reader"
            yield Finding(name, Severity.WARNING, traffic.name, message, hint)


@rule(
    Severity.WARNING,
    offending="orders: {type: sns.topic}\n- shop -> orders: {rate: 1/s, size: 1 KB}",
    clean=(
        "orders: {type: sns.topic}\n- shop -> orders: {rate: 1/s, size: 1 KB}\n- orders -> billing"
    ),
)
def topic_without_subscriber(estimate: Estimate) -> Iterator[Finding]:
    """A topic keeps nothing: what is published while nobody is subscribed is gone.

    A FIFO topic with an archive policy keeps its messages for a later subscriber.
    https://docs.aws.amazon.com/sns/latest/dg/sns-create-subscribe-endpoint-to-topic.html
    """
    for traffic in _unheard(estimate, "sns.topic"):
        topic = traffic.settings
        if isinstance(topic, SnsSettings) and topic.archive_policy is None:
            message = f"has no subscriber, so {_fate(traffic, 'messages', 'are dropped')}"
            hint = f"draw a flow to what takes them, such as - {traffic.name} -> SUBSCRIBER"
            name = "topic_without_subscriber"
            yield Finding(name, Severity.WARNING, traffic.name, message, hint)


RULES = (
    events_without_target,
    stream_without_reader,
    topic_without_subscriber,
)
