"""Order that is required: what the services themselves keep, and what is lost on the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Finding, Severity
from archcode.requires import ORDERINGS
from archcode.rules._channels import channel
from archcode.rules._places import hint, places, way_to
from archcode.rules._rule import rule
from archcode.services._promises import unmet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.requires import Ordering, Requires
    from archcode.rules._places import Place
    from archcode.topology import Topology
    from archcode.traffic import Hop

_KEPT = {
    "none": "keeps no order",
    "group": "keeps the order within a group only",
    "total": "keeps one order",
}
"""A group is a message group, a partition key or an item."""


@rule(
    Severity.ERROR,
    offending="orders: {type: sqs.queue, requires: {ordering: group}}",
    clean="orders: {type: sqs.queue, fifo_queue: true, requires: {ordering: group}}",
)
def ordering_not_kept(estimate: Estimate) -> Iterator[Finding]:
    """A consumer that relies on an order that its source does not keep acts on the wrong state.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-types.html
    """
    for place in places(estimate.topology):
        for at in place.channels:
            if "ordering" in unmet(at.promise, place.wanted):
                message = f"is {place.wanted.ordering}, but {at} {_KEPT[at.promise.ordering]}"
                where = f"{place.where}.requires.ordering"
                advice = hint(place, "ordering", at)
                yield Finding("ordering_not_kept", Severity.ERROR, where, message, advice)


@rule(
    Severity.ERROR,
    offending="apply: {type: lambda.function, requires: {ordering: group}}",
    clean="events: {type: sns.topic, fifo_topic: true}\n"
    "apply: {type: lambda.function, requires: {ordering: group}}",
)
def ordering_lost_on_the_way(estimate: Estimate) -> Iterator[Finding]:
    """An order that is lost once does not come back, however ordered what follows is.

    The way goes back to the producers, to a table or bucket, or to a state machine, whose
    executions have an order of their own.

    https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-delivery.html
    """
    topology = estimate.topology
    for place in places(topology):
        for hop, how in _lost(topology, place):
            message = f"is {place.wanted.ordering}, but {how}"
            where = f"{place.where}.requires.ordering"
            at = channel(topology, hop.source, hop)
            advice = hint(place, "ordering", at) if at else _WAIT.format(hop=hop)
            yield Finding("ordering_lost_on_the_way", Severity.ERROR, where, message, advice)


def _lost(topology: Topology, place: Place) -> Iterator[tuple[Hop, str]]:
    """The flows nearest to a place that lose its order, and how; its own channels are told of."""
    wanted = place.wanted.ordering or "none"
    own = {at.name for at in place.channels}
    losses = {}

    def loses(hop: Hop) -> bool:
        losses[hop.where] = "" if hop.source in own else _how(topology, hop, wanted)
        return bool(losses[hop.where])

    if wanted != "none":
        for hop in way_to(topology, place, lambda other: _as_strict(other, wanted), loses):
            if losses[hop.where]:
                yield hop, losses[hop.where]


_WAIT = "let {hop.source} wait for {hop.target}, or put a queue between them"


def _how(topology: Topology, hop: Hop, wanted: Ordering) -> str:
    """How the order is lost on a flow, "" where it is not."""
    at = channel(topology, hop.source, hop)
    if at is None:
        lost = hop.source_settings.invokes == "asynchronous" and hop.target_settings.retries_events
        return f"{hop.source} does not wait for {hop.target} on {hop.where}" if lost else ""
    if ORDERINGS.index(at.promise.ordering) >= ORDERINGS.index(wanted):
        return ""
    return f"the order is lost on {hop.where}: {at} {_KEPT[at.promise.ordering]}"


def _as_strict(other: Requires, wanted: Ordering) -> bool:
    """Whether another place requires at least this order, and is told of what it lacks."""
    return ORDERINGS.index(other.ordering or "none") >= ORDERINGS.index(wanted)


RULES = (ordering_lost_on_the_way, ordering_not_kept)
