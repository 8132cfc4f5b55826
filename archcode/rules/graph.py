"""The shape of the topology: what is not connected, and what has nowhere to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Finding, Severity
from archcode.rules._rule import rule
from archcode.services import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate


@rule(Severity.WARNING, offending="orders: {type: sqs.queue}", clean="lost: {type: sqs.queue}")
def unconnected_component(estimate: Estimate) -> Iterator[Finding]:
    """A component without a flow gets no traffic, so what it costs per request is not seen."""
    for name, traffic in estimate.topology.traffic.items():
        component = estimate.topology.spec.components[name]
        if traffic.inflows or traffic.outflows or component.usage:
            continue
        if not component.settings.outside:
            message = "no flow begins or ends here, so its traffic counts as none"
            hint = "add a flow, or state its measured quantities under usage"
            yield Finding("unconnected_component", Severity.WARNING, name, message, hint)


@rule(Severity.WARNING, offending="orders:", clean="- orders -> b")
def failures_without_dead_letter_queue(estimate: Estimate) -> Iterator[Finding]:
    """A message that always fails is tried until it expires, and then lost without a trace.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    """
    for hop in estimate.topology.hops:
        if hop.source_type != "sqs.queue" or not hop.options.failure_rate:
            continue
        if (
            find(hop.source_type).deliveries(hop.source_settings, hop.target_settings, hop.options)
            is None
        ):
            message = "has failures and no dead-letter queue"
            hint = "add redrive_policy: {dead_letter_target: NAME, max_receive_count: 5}"
            name = "failures_without_dead_letter_queue"
            yield Finding(name, Severity.WARNING, hop.source, message, hint)


RULES = (
    failures_without_dead_letter_queue,
    unconnected_component,
)
