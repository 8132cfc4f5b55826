"""What is tried a few times and then gone: events that nobody takes after the last try."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from archcode.model import Finding, Severity
from archcode.rules._rule import rule
from archcode.rules._words import listed
from archcode.services import find
from archcode.services.lambda_ import LambdaSettings
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.traffic import Hop

BUS = "events.event_bus"
TAKERS = {
    "events.rule": ("dead-letter queue", "set dead_letter_config: {arn: NAME}, a standard queue"),
    "iot.topic_rule": ("error action", "set topic_rule_payload: {error_action: NAME}"),
    "scheduler.schedule": (
        "dead-letter queue",
        "set dead_letter_config: {arn: NAME}, a standard queue",
    ),
}
"""What sends by itself and gives up: what it may lack, and how it gets it."""
PARTS = ("events.archive", "events.rule", "eventschemas.discoverer")


def _pushed(estimate: Estimate) -> Iterator[Hop]:
    """Flows whose source does not wait for an answer, and whose loss it does not see."""
    for hop in estimate.topology.hops:
        if hop.kind == "flow" and hop.invoked == "asynchronous":
            yield hop


@rule(
    Severity.WARNING,
    offending="notify: {type: lambda.function, duration: 80 ms}",
    clean=(
        "notify: {type: lambda.function, duration: 80 ms, dead_letter_config: {target_arn: failed}}"
    ),
)
def failed_events_lost(estimate: Estimate) -> Iterator[Finding]:
    """An event that a function fails on is tried twice more, and then gone without a trace.

    Topics, buses, buckets, rules and schedules hand an event over and are done: a dead-letter queue
    of theirs does not see what the function itself fails on.
    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    """
    senders: dict[str, list[Hop]] = defaultdict(list)
    for hop in _pushed(estimate):
        function = hop.target_settings
        if isinstance(function, LambdaSettings) and not function.dead_letters_of("asynchronous"):
            senders[hop.target].append(hop)
    for name, hops in senders.items():
        tries = hops[0].target_settings.asynchronous_deliveries()
        sources = listed(hop.source for hop in hops)
        times = "one try" if tries == 1 else f"{tries} tries"
        message = f"has no dead-letter queue: what comes from {sources} is lost after {times}"
        hint = "set dead_letter_config: {target_arn: NAME}, a queue or a topic"
        yield Finding("failed_events_lost", Severity.WARNING, name, message, hint)


@rule(
    Severity.WARNING,
    offending="paid: {type: events.rule}",
    clean="paid: {type: events.rule, dead_letter_config: {arn: lost}}",
)
def undelivered_events_lost(estimate: Estimate) -> Iterator[Finding]:
    """What a target does not take, for want of a permission perhaps, is gone after the last try.

    A function takes every event and fails later, so `failed_events_lost` looks at it. A flow from a
    bus straight to a target says nothing of its rule: only failures that are stated count there.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
    https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
    https://docs.aws.amazon.com/iot/latest/developerguide/rule-error-handling.html
    """
    name = "undelivered_events_lost"
    lost: dict[str, list[Hop]] = defaultdict(list)
    for hop in _pushed(estimate):
        kept = hop.source_settings.dead_letter_target() is not None
        if kept or hop.target_settings.retries_events:
            continue
        if hop.source_type in TAKERS:
            lost[hop.source].append(hop)
        elif hop.source_type == BUS and hop.dead and hop.target_type not in PARTS:
            message = f"has no dead-letter queue: {_given_up([hop])}"
            hint = f"put an events.rule with dead_letter_config between it and {hop.target}"
            yield Finding(name, Severity.WARNING, hop.where, message, hint)
    for source, hops in lost.items():
        lacking, hint = TAKERS[hops[0].source_type]
        message = f"has no {lacking}: {_given_up(hops)}"
        yield Finding(name, Severity.WARNING, source, message, hint)


def _given_up(hops: list[Hop]) -> str:
    """What is lost of what these targets get, and after how many tries."""
    first = hops[0]
    tries = find(first.source_type).deliveries(
        first.source_settings, first.target_settings, first.options
    )
    after = f" after {grouped(tries)} tries" if tries and tries > 1 else ""
    return f"what does not reach {listed(hop.target for hop in hops)} is lost{after}"


RULES = (
    failed_events_lost,
    undelivered_events_lost,
)
