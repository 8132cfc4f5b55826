"""The shape of the topology: what is not connected, and what has nowhere to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Finding, Severity
from archcode.rules._rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate


@rule(
    Severity.WARNING,
    offending=(
        "orders: {type: sqs.queue}\n"
        "events: {type: sns.topic}\n"
        "- shop -> events: {rate: 1/s, size: 2 KB}"
    ),
    clean=(
        "orders: {type: sqs.queue}\n"
        "events: {type: sns.topic}\n"
        "- shop -> events: {rate: 1/s, size: 2 KB}\n"
        "- events -> orders"
    ),
)
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


RULES = (unconnected_component,)
