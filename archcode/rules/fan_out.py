"""What one event sets off: rules that match everything, and consumers that are pushed to."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import ZERO, Finding, Severity
from archcode.rules._rule import rule
from archcode.rules._words import listed
from archcode.services._events_settings import EventBusSettings, EventRuleSettings, kind_in
from archcode.services._service import headroom
from archcode.services.events import targets
from archcode.services.lambda_ import LambdaSettings, invocations_per_second
from archcode.units import ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.topology import Topology
    from archcode.traffic import Hop, Traffic

RULE, BUCKET = "events.rule", "s3.bucket"
FEW = 2
"""So many functions behind rules that match everything are a fan-out that nobody bounds."""


@rule(
    Severity.WARNING,
    offending="- orders -> ship\n- ship -> packer",
    clean="ship: {type: events.rule}\n- orders -> ship: {filter: 20%}",
)
def unreserved_fan_out(estimate: Estimate) -> Iterator[Finding]:
    """One event starts many functions at once, and a burst takes the concurrency of the account.

    A rule is taken to match everything where it has no pattern and its flow no filter. Functions
    that reserve concurrency are bounded, and so are queues; two that are not make a finding.
    https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules-best-practices.html
    """
    for name, bus in estimate.topology.traffic.items():
        if not isinstance(bus.settings, EventBusSettings):
            continue
        hops = [*_broad(estimate.topology, bus)]
        unbounded = {hop.target: hop for hop in hops if _unbounded(hop)}
        if len(unbounded) < FEW:
            continue
        message = (
            f"one event starts {listed(unbounded)}, through rules that match every event:"
            f" {grouped(_invocations(estimate.topology, bus))} invocations of targets in all"
        )
        sizes = {hop.target: _at_a_time(hop) for hop in unbounded.values()}
        if all(size is not None for size in sizes.values()):
            together = sum(size or 0 for size in sizes.values())
            message += (
                f", and {grouped(together)} concurrent executions at peak, of which none is"
                " reserved"
            )
        hint = (
            "give each rule an event_pattern and the flow into it a filter, and set"
            " reserved_concurrent_executions on the functions"
        )
        yield Finding("unreserved_fan_out", Severity.WARNING, name, message, hint)


def _broad(topology: Topology, bus: Traffic[EventBusSettings]) -> Iterator[Hop]:
    """Flows to targets that every event takes, straight or through a rule."""
    for hop in bus.outflows:
        if hop.options.filter not in (None, 1):
            continue
        settings = hop.target_settings
        if not isinstance(settings, EventRuleSettings):
            yield hop
        elif settings.event_pattern is None:
            yield from (h for h in topology.traffic[hop.target].outflows if h.kind == "flow")


def _unbounded(hop: Hop) -> bool:
    function = hop.target_settings
    return isinstance(function, LambdaSettings) and function.reserved_concurrent_executions is None


def _invocations(topology: Topology, bus: Traffic[EventBusSettings]) -> Fraction:
    """Invocations of targets for one event, on average over all rules."""
    reached = [*targets(bus)]
    for hop in bus.outflows:
        if hop.target_type == RULE:
            reached += targets(topology.traffic[hop.target])
    events = bus.passed_on.messages_per_second
    total = sum((hop.handed.messages_per_second for hop in reached), ZERO)
    return total / events if events else ZERO


def _at_a_time(hop: Hop) -> int | None:
    """Executions that a flow keeps busy at the peak, where the duration is stated."""
    seconds = hop.target_settings.processing_seconds()
    return None if seconds is None else ceil(invocations_per_second(hop, peak=True) * seconds)


@rule(
    Severity.WARNING,
    offending=(
        "notify: {type: lambda.function, duration: 100 ms, reserved_concurrent_executions: "
        "10}\n"
        "- shop -> events: {rate: 10/s, peak: 101/s, size: 1 KB}\n"
        "- events -> notify"
    ),
    clean="waiting: {type: sqs.queue}\n- events -> waiting\n- waiting -> notify",
)
def capped_consumer_without_queue(estimate: Estimate) -> Iterator[Finding]:
    """A function that may not grow with the peak is throttled, and what waits for it is not seen.

    Behind a queue it waits in sight, for days, and in batches. Only functions are looked at whose
    mean load fits into what they reserve; where it does not, no queue helps.
    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
    """
    inflows: dict[str, list[Hop]] = defaultdict(list)
    for hop in estimate.topology.hops:
        if isinstance(hop.target_settings, LambdaSettings):
            inflows[hop.target].append(hop)
    for name, hops in inflows.items():
        function = hops[0].target_settings
        if not isinstance(function, LambdaSettings) or not all(hop.pushed for hop in hops):
            continue
        reserved, seconds = function.reserved_concurrent_executions, function.duration
        if not reserved or seconds is None:
            continue
        peak = sum((invocations_per_second(hop, peak=True) for hop in hops), ZERO)
        mean = sum((invocations_per_second(hop) for hop in hops), ZERO)
        if mean * seconds <= reserved < peak * seconds:
            waits = Fraction(function.maximum_event_age_in_seconds, 3600)
            message = (
                f"{grouped(peak)} events/s at peak need {grouped(ceil(peak * seconds))} executions"
                f" at a time, and {name} reserves {grouped(reserved)}:"
                f" {headroom(ceil(peak * seconds), reserved)}; the rest is throttled and tried"
                f" again for {grouped(waits)} h at most"
            )
            hint = f"put a queue between {listed(hop.source for hop in hops)} and {name}"
            where = hops[0].where
            yield Finding("capped_consumer_without_queue", Severity.WARNING, where, message, hint)


@rule(
    Severity.INFO,
    offending="- shop -> bus: {rate: 1/s, size: 1 KB}",
    clean="bus: {type: events.event_bus, name: orders}",
)
def domain_events_on_default_bus(estimate: Estimate) -> Iterator[Finding]:
    """On the default bus an application's events mix with those of AWS services in all rules.

    A bus of one's own has a policy, an archive and rules for these events only.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus.html
    """
    for hop in estimate.topology.hops:
        bus = hop.target_settings
        if not isinstance(bus, EventBusSettings) or not bus.default:
            continue
        sent_on = hop.kind != "flow" or hop.source_type.startswith(("events.", BUCKET))
        if kind_in(hop, bus) == "custom" and not sent_on:
            message = f"{hop.source} puts events of its own on the default bus"
            hint = "give them an event bus of their own, with another name than default"
            name = "domain_events_on_default_bus"
            yield Finding(name, Severity.INFO, hop.where, message, hint)


@rule(
    Severity.INFO,
    offending="nightly: {type: events.rule, schedule_expression: rate(1 day)}",
    clean=(
        "nightly: {type: scheduler.schedule, schedule_expression: rate(1 day), size: 300 B,"
        " dead_letter_config: {arn: missed}}"
    ),
)
def schedule_on_event_rule(estimate: Estimate) -> Iterator[Finding]:
    """Schedules of rules know UTC only, no window and no one-time run, and AWS calls them legacy.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
    """
    for name, traffic in estimate.topology.traffic.items():
        settings = traffic.settings
        if isinstance(settings, EventRuleSettings) and settings.schedule_expression:
            message = "is a schedule on a rule, which AWS keeps for old designs only"
            hint = f"make {name} a scheduler.schedule, with the size of its input"
            where = f"{name}.schedule_expression"
            yield Finding("schedule_on_event_rule", Severity.INFO, where, message, hint)


RULES = (
    capped_consumer_without_queue,
    domain_events_on_default_bus,
    schedule_on_event_rule,
    unreserved_fan_out,
)
