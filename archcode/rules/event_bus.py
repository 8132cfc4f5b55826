"""EventBridge: what its buses, rules, archives and API destinations may be connected to."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import ZERO, Finding, LimitLoad, Severity
from archcode.rules._rule import rule
from archcode.services import find
from archcode.services._events_limits import INVOCATIONS
from archcode.services._sns_settings import SnsSettings
from archcode.services._sqs_settings import SqsSettings
from archcode.services.events import targets
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.model import Verdict
    from archcode.traffic import Hop

BUS, RULE = "events.event_bus", "events.rule"
SOURCES = {
    RULE: ((BUS,), "an event bus"),
    "events.archive": ((BUS,), "an event bus"),
    "eventschemas.discoverer": ((BUS,), "an event bus"),
    "events.api_destination": ((BUS, RULE, "pipes.pipe"), "an event bus, a rule or a pipe"),
}
"""Where each of EventBridge's parts has its events of."""


def _hops(estimate: Estimate, *sources: str) -> Iterator[Hop]:
    return (hop for hop in estimate.topology.hops if hop.source_type in sources)


@rule(
    Severity.WARNING,
    offending=(
        "orders: {type: events.event_bus}\n"
        "- shop -> orders: {rate: 9376/s, size: 1 KB}\n"
        "- orders -> stock\n"
        "- orders -> mail"
    ),
    clean=(
        "orders: {type: events.event_bus}\n"
        "- shop -> orders: {rate: 9375/s, size: 1 KB}\n"
        "- orders -> stock\n"
        "- orders -> mail"
    ),
)
def event_invocations_above_quota(estimate: Estimate) -> Iterator[Verdict]:
    """Events arrive late: invocations of targets above the region's quota wait; none is dropped.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
    """
    rates: dict[tuple[str, str], dict[str, Fraction]] = defaultdict(dict)
    for name, traffic in estimate.topology.traffic.items():
        if estimate.topology.spec.components[name].type in (BUS, RULE):
            rate = sum(map(_invocations, targets(traffic)), ZERO)
            rates[traffic.account, traffic.region][name] = rate
    for (_, region), found in rates.items():
        total, most = sum(found.values(), ZERO), INVOCATIONS.in_region(region)
        largest = max(found, key=found.__getitem__)
        yield LimitLoad(
            "event_invocations_above_quota",
            Severity.WARNING,
            largest,
            largest,
            INVOCATIONS.name,
            total,
            most,
            INVOCATIONS.unit,
            f"rules and buses invoke their targets {grouped(total)} times/s at peak",
            INVOCATIONS.kind,
            INVOCATIONS.scope,
            shared=True,
            bound=f", over the default quota of {grouped(most)} {INVOCATIONS.unit} in {region}",
            hint="events wait; request a higher quota, or filter more in the rules",
        )


def _invocations(hop: Hop) -> Fraction:
    """Invocations/s of a target at peak; what a function retries, it retries by itself."""
    load = hop.handed if hop.target_settings.retries_events else hop.delivered
    return load.peak_messages_per_second


@rule(
    Severity.ERROR,
    offending=(
        "paid: {type: events.rule, dead_letter_config: {arn: lost}}\n"
        "lost: {type: sqs.queue, fifo_queue: true}"
    ),
    clean="paid: {type: events.rule, dead_letter_config: {arn: lost}}\nlost: {type: sqs.queue}",
)
def fifo_dead_letter_queue_of_rule(estimate: Estimate) -> Iterator[Finding]:
    """What EventBridge cannot deliver has nowhere to go, as it refuses FIFO queues for it.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
    """
    for hop in _hops(estimate, BUS, RULE):
        queue = hop.target_settings
        if hop.kind == "redrive" and isinstance(queue, SqsSettings) and queue.fifo_queue:
            message = f"{hop.target} is a FIFO queue; EventBridge takes standard queues only here"
            where, hint = f"{hop.source}.dead_letter_config.arn", f"make {hop.target} standard"
            name = "fifo_dead_letter_queue_of_rule"
            yield Finding(name, Severity.ERROR, where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "orders: {type: events.event_bus}\n"
        "news: {type: sns.topic, fifo_topic: true}\n"
        "- orders -> news"
    ),
    clean="orders: {type: events.event_bus}\nnews: {type: sns.topic}\n- orders -> news",
)
def fifo_topic_behind_event_bus(estimate: Estimate) -> Iterator[Finding]:
    """No event arrives: EventBridge publishes to standard topics only.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
    """
    for hop in _hops(estimate, BUS, RULE):
        topic = hop.target_settings
        if isinstance(topic, SnsSettings) and topic.fifo_topic:
            message = f"{hop.target} is a FIFO topic, and EventBridge publishes to standard ones"
            hint = "send the events to FIFO queues instead"
            name = "fifo_topic_behind_event_bus"
            yield Finding(name, Severity.ERROR, hop.where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "history: {type: events.archive, retention_days: 1}\n"
        "- orders-bus -> history\n"
        "- history -> invoices-bus: {rate: 1/day, size: 1 KB}"
    ),
    clean=(
        "history: {type: events.archive, retention_days: 1}\n"
        "- orders-bus -> history\n"
        "- history -> orders-bus: {rate: 1/day, size: 1 KB}"
    ),
)
def replay_to_another_bus(estimate: Estimate) -> Iterator[Finding]:
    """The replay fails: an archive gives events back to the bus that it archives, and to no other.

    https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ReplayDestination.html
    """
    for hop in _hops(estimate, "events.archive"):
        own = {inflow.source for inflow in estimate.topology.traffic[hop.source].inflows}
        if hop.target_type == BUS and hop.target not in own:
            message = f"{hop.source} does not archive {hop.target}, so it cannot replay to it"
            hint = f"replay to {min(own)}" if own else f"draw the flow {hop.target} -> {hop.source}"
            yield Finding("replay_to_another_bus", Severity.ERROR, hop.where, message, hint)


@rule(
    Severity.ERROR,
    offending="paid: {type: events.rule}\n- shop -> paid: {rate: 1/s, size: 1 KB}",
    clean=(
        "paid: {type: events.rule}\n"
        "orders: {type: events.event_bus}\n"
        "- shop -> orders: {rate: 1/s, size: 1 KB}\n"
        "- orders -> paid"
    ),
)
def source_without_events(estimate: Estimate) -> Iterator[Finding]:
    """Nothing arrives: rules, archives and the like see only the events of a bus.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-what-is-how-it-works-concepts.html
    """
    for hop in estimate.topology.hops:
        allowed, words = SOURCES.get(hop.target_type, ((hop.source_type,), ""))
        if hop.source_type not in allowed:
            service = find(hop.target_type).name
            message = f"an {service} has its events of {words}, not of {hop.source_type}"
            hint = f"put an event bus between {hop.source} and {hop.target}"
            yield Finding("source_without_events", Severity.ERROR, hop.where, message, hint)


@rule(
    Severity.ERROR,
    offending="- shop-bus -> billing-bus\n- billing-bus -> audit-bus",
    clean="- shop-bus -> billing-bus\n- shop-bus -> audit-bus",
)
def third_event_bus(estimate: Estimate) -> Iterator[Finding]:
    """Events never arrive: what one bus sent to another does not go on to a third.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html
    """
    before = _senders(estimate)
    for hop in _hops(estimate, BUS, RULE):
        if hop.target_type != BUS:
            continue
        for second in _buses(estimate, hop.source):
            inflows = estimate.topology.traffic[second].inflows
            if before[second] and all(h.source_type in (BUS, RULE) for h in inflows):
                first = ", ".join(sorted(before[second]))
                message = f"events that {first} sent to {second} do not go on to {hop.target}"
                hint = f"send them from {first} to {hop.target} as well"
                yield Finding("third_event_bus", Severity.ERROR, hop.where, message, hint)


def _buses(estimate: Estimate, name: str) -> tuple[str, ...]:
    """The bus itself, or those that a rule belongs to."""
    traffic = estimate.topology.traffic[name]
    if estimate.topology.spec.components[name].type == BUS:
        return (name,)
    return tuple(hop.source for hop in traffic.inflows if hop.source_type == BUS)


def _senders(estimate: Estimate) -> dict[str, set[str]]:
    """The buses that send to each bus, also through a rule."""
    found: dict[str, set[str]] = defaultdict(set)
    for hop in _hops(estimate, BUS, RULE):
        if hop.target_type == BUS:
            found[hop.target] |= {*_buses(estimate, hop.source)}
    return found


RULES = (
    event_invocations_above_quota,
    fifo_dead_letter_queue_of_rule,
    fifo_topic_behind_event_bus,
    replay_to_another_bus,
    source_without_events,
    third_event_bus,
)
