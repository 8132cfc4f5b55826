"""Brokers with acknowledgements: Amazon MQ, and brokers that AWS does not run.

https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-4.html
https://activemq.apache.org/components/classic/documentation/redelivery-policy
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.failures._handoff import Handoff, load_words, named, second_time
from archcode.services._mq_settings import AmazonMqSettings

if TYPE_CHECKING:
    from archcode.topology import Topology
    from archcode.traffic import Hop

QUORUM_DELIVERIES = 20
"""RabbitMQ 4's delivery limit of a quorum queue, by default."""
ACTIVEMQ_REDELIVERIES = 6
"""Redeliveries of an ActiveMQ client, by default."""


def handoff(topology: Topology, hop: Hop) -> Handoff | None:
    """A consumer that acknowledges what it has worked on."""
    source, target = named(topology, hop)
    return Handoff(
        hop.where,
        source,
        target,
        load_words(hop),
        f"{hop.source} delivers again what was not acknowledged when a connection breaks or the"
        f" broker fails over. {second_time(hop)}",
        _poison(hop),
        "Acknowledgement",
        f"A message stays with {hop.target} until it acknowledges it or its connection ends; a"
        " consumer that hangs keeps all that it has prefetched.",
        _loss(hop),
    )


def _poison(hop: Hop) -> str:
    broker = hop.source_settings
    if not isinstance(broker, AmazonMqSettings):
        return (
            f"What {hop.source} does with a message that always fails is not known here: say it"
            " where its queue is set up."
        )
    if hop.target_type == "lambda.function":
        return (
            "The mapping tries the whole batch again until it succeeds or the message expires, and"
            " all behind it wait."
        )
    if broker.activemq:
        return (
            f"A message that is rolled back {ACTIVEMQ_REDELIVERIES} times after the first goes to"
            " ActiveMQ.DLQ, by the default of ActiveMQ's clients."
        )
    if broker.rabbitmq_4:
        return (
            f"A quorum queue gives a message up after {QUORUM_DELIVERIES} deliveries by default: it"
            " goes to the dead-letter exchange if there is one, and is dropped if not."
        )
    return (
        "A message that is rejected goes to the dead-letter exchange if there is one; requeued, it"
        " comes back without end."
    )


def _loss(hop: Hop) -> str:
    broker = hop.source_settings
    persistent = "Messages that are not persistent, or were sent without a confirm, can be lost"
    if not isinstance(broker, AmazonMqSettings):
        return f"{persistent} when the broker restarts."
    if broker.deployment_mode == "SINGLE_INSTANCE":
        return (
            f"{persistent} when the broker restarts. It is one instance: while that is down, or"
            " maintained, nothing is taken or delivered."
        )
    if broker.clustered:
        return f"{persistent} when a node fails; quorum queues keep a copy on all three nodes."
    return f"{persistent} when the standby takes over, for as long as it reads the shared storage."
