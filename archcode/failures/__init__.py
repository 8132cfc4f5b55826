"""What each asynchronous handoff does when something fails, in plain words.

One module for each way of handing over; a module is imported when a topology has such a handoff.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.failures._handoff import Handoff
    from archcode.topology import Topology

MODULES = {
    "amazonmq.broker": "brokers",
    "broker": "brokers",
    "dynamodb.table": "streams",
    "events.archive": "pushes",
    "events.event_bus": "pushes",
    "events.rule": "pushes",
    "iot.topic_rule": "pushes",
    "kinesis.stream": "streams",
    "kinesisfirehose.delivery_stream": "loading",
    "lambda.function": "pushes",
    "msk.cluster": "logs",
    "msk.serverless_cluster": "logs",
    "pipes.pipe": "pushes",
    "s3.bucket": "pushes",
    "scheduler.schedule": "pushes",
    "sns.topic": "pushes",
    "sqs.queue": "queues",
}
"""The module that knows how a type of component hands messages over."""


def handoffs(topology: Topology) -> tuple[Handoff, ...]:
    """Every asynchronous handoff of a topology, in the order of its flows."""
    return tuple(_found(topology))


def _found(topology: Topology) -> Iterator[Handoff]:
    for hop in topology.hops:
        module = MODULES.get(hop.source_type)
        if hop.kind == "flow" and module is not None:
            handoff = import_module(f"archcode.failures.{module}").handoff(topology, hop)
            if handoff is not None:
                yield handoff
