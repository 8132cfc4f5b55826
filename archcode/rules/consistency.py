"""Two things that have to happen both or not at all, and are done one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archcode.model import ONE, ZERO, Finding, Severity
from archcode.rules._channels import CHANNELS
from archcode.rules._rule import rule
from archcode.rules._words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from archcode.estimate import Estimate
    from archcode.traffic import Hop, Traffic

WORKERS = ("ec2.instance", "ecs.service", "lambda.function")
TABLE = "dynamodb.table"


@rule(
    Severity.WARNING,
    offending="- order -> orders\n- order -> placed",
    clean="- orders -> publish\n- publish -> placed",
)
def dual_write(estimate: Estimate) -> Iterator[Finding]:
    """A failure between the two writes leaves a row without its event, or an event without its row.

    Only what is called and waited for is looked at: where a queue, a stream, a topic or a bus
    stands before it, both writes are tried again together, which an idempotent consumer survives.
    Branches that may exclude each other, as their filters add up to 100% or less, are left alone.
    https://docs.aws.amazon.com/prescriptive-guidance/latest/cloud-design-patterns/transactional-outbox.html
    """
    for name, traffic in estimate.topology.traffic.items():
        if estimate.topology.spec.components[name].type not in WORKERS:
            continue
        flows = [hop for hop in traffic.outflows if hop.kind == "flow"]
        rows = [h for h in flows if h.target_type == TABLE and h.options.operation != "read"]
        events = [h for h in flows if h.target_type in CHANNELS]
        if not rows or not events or not any(_waited_for(hop) for hop in traffic.inflows):
            continue
        if _part(traffic, rows) + _part(traffic, events) > 1:
            tables, channels = listed(h.target for h in rows), listed(h.target for h in events)
            message = (
                f"writes to {tables} and publishes to {channels}, and nobody repeats what fails"
                " between the two"
            )
            hint = (
                "write the event into the same transaction as a row of an outbox table, and let a"
                " pipe publish it from the table's stream"
            )
            yield Finding("dual_write", Severity.WARNING, name, message, hint)


def _waited_for(hop: Hop) -> bool:
    """Whether a call is made once, its caller being told of a failure."""
    return hop.kind == "flow" and hop.invoked == "synchronous"


def _part(traffic: Traffic[Any], hops: Iterable[Hop]) -> Fraction:
    """The largest part of the messages that one of these flows stands for."""
    handled = traffic.passed_on.messages_per_second
    parts = (hop.handed.messages_per_second / handled for hop in hops) if handled else ()
    return min(ONE, max(parts, default=ZERO))


RULES = (dual_write,)
