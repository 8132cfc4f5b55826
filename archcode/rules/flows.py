"""Flows that the two services at their ends do not allow or do not understand."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.flow import SERVICE_KEYS
from archcode.model import Finding, Severity
from archcode.rules._rule import rule
from archcode.services import find, known_types
from archcode.services._mapping import FUNCTION_KEYS, MAPPING_KEYS
from archcode.services._sns_settings import SnsSettings
from archcode.services._sqs_settings import SqsSettings
from archcode.traffic import Hop
from archcode.units import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.services._service import AnyService


def _subscriptions(estimate: Estimate) -> Iterator[tuple[Hop, SnsSettings, SqsSettings]]:
    """Every queue that is subscribed to a topic."""
    for hop in estimate.topology.hops:
        topic, queue = hop.source_settings, hop.target_settings
        if isinstance(topic, SnsSettings) and isinstance(queue, SqsSettings):
            yield hop, topic, queue


@rule(
    Severity.ERROR,
    offending=(
        "events: {type: sns.topic}\norders: {type: sqs.queue, fifo_queue: true}\n- events -> orders"
    ),
    clean=(
        "events: {type: sns.topic, fifo_topic: true}\n"
        "orders: {type: sqs.queue, fifo_queue: true}\n"
        "- events -> orders"
    ),
)
def fifo_queue_on_standard_topic(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: SNS does not subscribe a FIFO queue to a standard topic.

    https://docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html
    """
    for hop, topic, queue in _subscriptions(estimate):
        if queue.fifo_queue and not topic.fifo_topic:
            message = f"{hop.target} is a FIFO queue, and {hop.source} is a standard topic"
            hint = f"set fifo_topic: true on {hop.source}, or make {hop.target} a standard queue"
            name = "fifo_queue_on_standard_topic"
            yield Finding(name, Severity.ERROR, hop.where, message, hint)


@rule(
    Severity.WARNING,
    offending=(
        "events: {type: sns.topic, fifo_topic: true}\naudit: {type: sqs.queue}\n- events -> audit"
    ),
    clean=(
        "events: {type: sns.topic, fifo_topic: true}\n"
        "audit: {type: sqs.queue, fifo_queue: true}\n"
        "- events -> audit"
    ),
)
def standard_queue_on_fifo_topic(estimate: Estimate) -> Iterator[Finding]:
    """A standard queue loses the order and deduplication that a FIFO topic keeps.

    https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-delivery.html
    """
    for hop, topic, queue in _subscriptions(estimate):
        if topic.fifo_topic and not queue.fifo_queue:
            message = (
                f"{hop.target} is a standard queue: it loses the order that the FIFO topic"
                f" {hop.source} keeps"
            )
            hint = f"set fifo_queue: true on {hop.target}"
            name = "standard_queue_on_fifo_topic"
            yield Finding(name, Severity.WARNING, hop.where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "events: {type: sns.topic, fifo_topic: true}\n"
        "worker: {type: lambda.function, duration: 80 ms}\n"
        "- events -> worker"
    ),
    clean=(
        "events: {type: sns.topic}\n"
        "worker: {type: lambda.function, duration: 80 ms}\n"
        "- events -> worker"
    ),
)
def fifo_topic_without_queue(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: a FIFO topic delivers to SQS queues only.

    https://docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html
    """
    for hop in estimate.topology.hops:
        topic = hop.source_settings
        if isinstance(topic, SnsSettings) and topic.fifo_topic and hop.target_type != "sqs.queue":
            message = f"{hop.source} is a FIFO topic and delivers to SQS queues only"
            hint = f"put a queue between {hop.source} and {hop.target}"
            yield Finding("fifo_topic_without_queue", Severity.ERROR, hop.where, message, hint)


@rule(
    Severity.ERROR,
    offending="orders: {type: sqs.queue}\nevents: {type: sns.topic}\n- orders -> events",
    clean=(
        "orders: {type: sqs.queue}\n"
        "worker: {type: lambda.function, duration: 10 ms}\n"
        "- orders -> worker\n"
        "- worker -> events"
    ),
)
def flow_without_consumer(estimate: Estimate) -> Iterator[Finding]:
    """Messages stay where they are: nothing fetches them, and nothing carries them over.

    Queues, topics, streams and brokers fetch nothing, and a topic pushes to some services only.

    https://docs.aws.amazon.com/sns/latest/dg/sns-event-destinations.html
    """
    for hop in estimate.topology.hops:
        source, target = find(hop.source_type), find(hop.target_type)
        messaging = "each" not in (source.emission, target.emission)
        carried = target.type in source.pushes_to or source.type in target.pulls_from
        if hop.kind == "flow" and messaging and not carried:
            message = f"{source.name} does not deliver to {target.name} by itself"
            hint = f"put {_carriers(source, target)} between {hop.source} and {hop.target}"
            yield Finding("flow_without_consumer", Severity.ERROR, hop.where, message, hint)


def _carriers(source: AnyService, target: AnyService) -> str:
    """What may stand between two services: one that both know, or what calls the other."""
    between = [
        kind
        for kind in source.pushes_to
        if kind in target.pulls_from or target.type in find(kind).pushes_to
    ]
    known = f"an {' or '.join(between)}, " if between else ""
    return f"{known}a function or a server"


@rule(
    Severity.ERROR,
    offending=(
        "payments: {type: sqs.queue, fifo_queue: true, redrive_policy: {dead_letter_target:"
        " lost}}\n"
        "lost: {type: sqs.queue}"
    ),
    clean=(
        "payments: {type: sqs.queue, fifo_queue: true, redrive_policy: {dead_letter_target:"
        " lost}}\n"
        "lost: {type: sqs.queue, fifo_queue: true}"
    ),
)
def mixed_dead_letter_queue(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: a queue and its dead-letter queue are both FIFO, or both standard.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    """
    for hop in estimate.topology.hops:
        queue, dead = hop.source_settings, hop.target_settings
        if hop.kind != "redrive" or not isinstance(queue, SqsSettings):
            continue
        if isinstance(dead, SqsSettings) and queue.fifo_queue is not dead.fifo_queue:
            kinds = ("a standard", "a FIFO")
            message = (
                f"{hop.source} is {kinds[queue.fifo_queue]} queue, its dead-letter queue"
                f" {hop.target} {kinds[dead.fifo_queue]} one"
            )
            hint = f"set fifo_queue: {str(queue.fifo_queue).lower()} on {hop.target}"
            where = f"{hop.source}.redrive_policy.dead_letter_target"
            yield Finding("mixed_dead_letter_queue", Severity.ERROR, where, message, hint)


def _known_keys(hop: Hop) -> frozenset[str]:
    """What a flow may say: those of a mapping only where a function reads."""
    source, target = find(hop.source_type), find(hop.target_type)
    known = source.flow_keys
    if target.type != "lambda.function":
        known -= MAPPING_KEYS | FUNCTION_KEYS
    if target.responds:
        known |= {"response_size"}
    return known | target.inflow_keys


@rule(
    Severity.ERROR,
    offending=(
        "events: {type: sns.topic}\n"
        "- events -> orders: {maximum_concurrency: 2}\n"
        "- orders -> worker"
    ),
    clean=(
        "events: {type: sns.topic}\n"
        "- events -> orders\n"
        "- orders -> worker: {maximum_concurrency: 2}"
    ),
)
def flow_key_without_effect(estimate: Estimate) -> Iterator[Finding]:
    """What the key asks for would silently not happen, as neither end of the flow knows it."""
    for hop in estimate.topology.hops:
        known = _known_keys(hop)
        for key in sorted(SERVICE_KEYS & hop.options.model_fields_set):
            if key not in known:
                message = f"means nothing on a flow from {hop.source_type} to {hop.target_type}"
                where, hint = f"{hop.where}.{key}", _where_known(key)
                yield Finding("flow_key_without_effect", Severity.ERROR, where, message, hint)


def _where_known(key: str) -> str:
    """The types whose flows understand a key."""
    services = [find(kind) for kind in known_types()]
    out = [s.type for s in services if key in s.flow_keys]
    into = [
        s.type for s in services if key in s.inflow_keys or (key == "response_size" and s.responds)
    ]
    if key in MAPPING_KEYS | FUNCTION_KEYS:
        into.append("lambda.function")
    ways = [f"{way} {', '.join(kinds)}" for way, kinds in (("from", out), ("to", into)) if kinds]
    return f"allowed on flows {'; '.join(ways)}"


def _shared(estimate: Estimate) -> Iterator[tuple[Hop, Fraction, bool]]:
    """Queues with shares: the last flow that states one, their sum, and whether all state one."""
    flows: dict[str, list[Hop]] = defaultdict(list)
    for hop in estimate.topology.hops:
        if hop.kind == "flow" and "share" in find(hop.source_type).flow_keys:
            flows[hop.source].append(hop)
    for hops in flows.values():
        stated = [(hop, share) for hop in hops if (share := hop.options.share) is not None]
        if stated:
            together = sum((share for _, share in stated), Fraction(0))
            yield stated[-1][0], together, len(stated) == len(hops)


@rule(
    Severity.ERROR,
    offending="- orders -> packing: {share: 60%}\n- orders -> billing: {share: 41%}",
    clean="- orders -> packing: {share: 60%}\n- orders -> billing: {share: 40%}",
)
def shares_above_100_percent(estimate: Estimate) -> Iterator[Finding]:
    """Loads and costs are counted twice: consumers of one queue cannot take more than all of it."""
    for hop, together, _ in _shared(estimate):
        if together > 1:
            message = f"the shares of {hop.source} add up to {plain(together * 100)}%, above 100%"
            where = f"{hop.where}.share"
            yield Finding("shares_above_100_percent", Severity.ERROR, where, message)


@rule(
    Severity.WARNING,
    offending="- orders -> packing: {share: 60%}\n- orders -> billing: {share: 39%}",
    clean="- orders -> packing: {share: 60%}\n- orders -> billing: {share: 40%}",
)
def shares_below_100_percent(estimate: Estimate) -> Iterator[Finding]:
    """Messages that are nobody's share wait until they expire."""
    for hop, together, everyone in _shared(estimate):
        if everyone and together < 1:
            message = f"the shares of {hop.source} add up to {plain(together * 100)}%, below 100%"
            hint = "leave one share out, and that consumer takes the rest"
            where = f"{hop.where}.share"
            yield Finding("shares_below_100_percent", Severity.WARNING, where, message, hint)


RULES = (
    fifo_queue_on_standard_topic,
    fifo_topic_without_queue,
    flow_key_without_effect,
    flow_without_consumer,
    mixed_dead_letter_queue,
    shares_above_100_percent,
    shares_below_100_percent,
    standard_queue_on_fifo_topic,
)
