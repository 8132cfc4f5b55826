"""Functions that feed themselves by way of queues and topics, until Lambda stops them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from archcode.linear import components, find_loop
from archcode.model import ZERO, Finding, Severity
from archcode.rules._rule import rule
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from archcode.estimate import Estimate
    from archcode.linear import Weights
    from archcode.topology import Topology

FUNCTION = "lambda.function"
TRACED = (FUNCTION, "s3.bucket", "sns.topic", "sqs.queue")
"""Services between which Lambda counts the invocations that one message causes."""
ROUNDS = 16
"""https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html."""


@rule(
    Severity.WARNING,
    offending="- check -> jobs: {filter: 90%, label: not yet}",
    clean="- check -> jobs: {filter: 10%, label: not yet}",
)
def loop_above_16_rounds(estimate: Estimate) -> Iterator[Finding]:
    """Lambda stops a message that comes back to its function for the 17th time, and it is lost.

    Functions that poll by putting a message back into their queue, or lead a saga step by step
    round a circle of queues, are taken for runaways; a state machine waits and repeats by itself.
    Loops through an event bus or a table are not traced.
    https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
    https://aws.amazon.com/about-aws/whats-new/2023/07/aws-lambda-detects-recursive-loops-lambda-functions/
    """
    weights = _weights(estimate.topology)
    for part in components(weights):
        if len(part) == 1 and part[0] not in weights[part[0]]:
            continue
        loop, gain = find_loop(part, weights)
        calls = [pair for pair in pairwise(loop) if _is_function(estimate.topology, pair[0])]
        if not calls:
            continue
        source, target = min(calls, key=lambda call: weights[call[1]][call[0]])
        entering = _entering(estimate.topology, {*part})
        lost = entering * gain**ROUNDS
        if lost >= 1:
            message = (
                f"the loop {' -> '.join(loop)} keeps {grouped(gain * 100)}% of its messages in each"
                f" round: {grouped(int(lost))} a month come to {source} for the 17th time, where"
                " Lambda stops them"
            )
            hint = "let a state machine wait and repeat, or give up sooner"
            where = f"{source} -> {target}"
            yield Finding("loop_above_16_rounds", Severity.WARNING, where, message, hint)


def _is_function(topology: Topology, name: str) -> bool:
    return topology.spec.components[name].type == FUNCTION


def _weights(topology: Topology) -> Weights:
    """How much of what each traced component sends on the next one gets."""
    kinds = {name: component.type for name, component in topology.spec.components.items()}
    weights: Weights = {name: {} for name, kind in kinds.items() if kind in TRACED}
    for hop in topology.hops:
        if hop.kind == "flow" and hop.source in weights and hop.target in weights:
            sent = topology.traffic[hop.source].passed_on.messages_per_second
            part = hop.processed.messages_per_second
            if sent and part and not hop.stated:
                row = weights[hop.target]
                row[hop.source] = row.get(hop.source, ZERO) + part / sent
    return weights


def _entering(topology: Topology, part: set[str]) -> Fraction:
    """Messages of a month that come into a loop from outside."""
    hops = (hop for name in part for hop in topology.traffic[name].inflows)
    return sum((hop.handed.monthly_messages for hop in hops if hop.source not in part), ZERO)


RULES = (loop_above_16_rounds,)
