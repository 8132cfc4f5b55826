"""Amazon EventBridge's buses and rules: https://aws.amazon.com/eventbridge/pricing/.

A bus hands every event to each of its rules, thinned by the filter of the flow, and a rule to each
of its targets. A flow from a bus to a target is a rule with one target and AWS's own retries.
What a rule matches and delivers within its account is free.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from archcode.model import ONE, ZERO, Finding, Meter, Severity, Usage
from archcode.services import _events_limits as limits
from archcode.services import _events_promises as promises
from archcode.services._events_meters import (
    CUSTOM_EVENTS,
    PARTNER_EVENTS,
    PRICE_FILE,
    TO_OTHER_ACCOUNTS,
    chunks,
    chunks_text,
    key_requests,
    several_buses,
)
from archcode.services._events_settings import (
    EventBusSettings,
    EventRuleSettings,
    kind_in,
    kind_out,
)
from archcode.services._service import Service, against, one_flow, size_against
from archcode.services._shared_meters import KMS_FREE_TIER, KMS_REQUESTS, VENDED_LOGS_INGESTION
from archcode.units import bytes_text, grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from archcode.flow import FlowSettings
    from archcode.model import Capacity, ServiceSettings, Verdict
    from archcode.services._events_settings import EventKind
    from archcode.traffic import Hop, Traffic

BUCKET = "s3.bucket"
"""It notifies the default bus, and makes no PutEvents request of its account."""
NO_TARGETS = ("events.rule", "events.archive", "eventschemas.discoverer")
"""What a bus hands events to that is no target of a rule of the author's."""
TARGETS = (
    "events.api_destination",
    "events.event_bus",
    "kinesis.stream",
    "kinesisfirehose.delivery_stream",
    "sns.topic",
    "sqs.queue",
)
"""https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html."""


def targets(traffic: Traffic[Any]) -> tuple[Hop, ...]:
    """The flows that invoke a target."""
    return tuple(
        hop for hop in traffic.outflows if hop.kind == "flow" and hop.target_type not in NO_TARGETS
    )


def _tries(retries: int, target: ServiceSettings) -> int:
    """A function takes each event at once and retries by itself; other targets are tried again.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
    """
    return target.asynchronous_deliveries() if target.retries_events else 1 + retries


def bus_deliveries(
    _settings: EventBusSettings, target: ServiceSettings, _flow: FlowSettings
) -> int | None:
    """A target straight behind a bus has the retries that AWS sets if nobody else does.

    What they leave goes to the bus's dead-letter queue, which AWS keeps for events that the key
    cannot decrypt: a rule would have a queue of its own.
    """
    return _tries(int(limits.RETRY_ATTEMPTS.value), target)


def rule_deliveries(
    settings: EventRuleSettings, target: ServiceSettings, _flow: FlowSettings
) -> int | None:
    """The first try and those of the retry policy."""
    return _tries(settings.retry_policy.maximum_retry_attempts, target)


def bus_usage(
    traffic: Traffic[EventBusSettings], _capacity: tuple[Capacity, ...]
) -> Iterator[Usage]:
    """Events taken in, deliveries to other accounts, and what keys and logs cause."""
    settings = traffic.settings
    yield _taken_in(traffic, "custom", CUSTOM_EVENTS)
    if settings.partner:
        yield _taken_in(traffic, "partner", PARTNER_EVENTS)
    yield from _to_other_accounts((hop, kind_out(hop)) for hop in targets(traffic))
    if settings.kms_key_identifier:
        yield key_requests()
    if settings.log_config.level != "OFF":
        reason = f"the records that {traffic.name} logs, and their size"
        yield Usage("logs_ingestion_gb", VENDED_LOGS_INGESTION.name, None, "", reason)


def _taken_in(traffic: Traffic[EventBusSettings], kind: EventKind, meter: Meter) -> Usage:
    """Events of one kind, each in chunks of 64 KB; a batch makes no difference."""
    total, words = ZERO, []
    for hop in traffic.inflows:
        if kind_in(hop, traffic.settings) == kind:
            events = hop.handed.monthly_messages
            total += events * chunks(hop)
            words.append(f"{hop.source}: {chunks_text(hop, events)}")
    return Usage(meter.name, meter.name, total, "; ".join(words))


def rule_usage(
    traffic: Traffic[EventRuleSettings], _capacity: tuple[Capacity, ...]
) -> Iterator[Usage]:
    """Deliveries to services of other accounts; all else of a rule is free."""
    kind = kind_out(traffic.inflows[0]) if traffic.inflows else None
    yield from _to_other_accounts((hop, kind) for hop in targets(traffic))


def _to_other_accounts(deliveries: Iterable[tuple[Hop, EventKind | None]]) -> Iterator[Usage]:
    """What goes to a service of another account; a bus there pays for custom events instead."""
    totals: dict[EventKind, Fraction] = {}
    words: dict[EventKind, list[str]] = defaultdict(list)
    for hop, kind in deliveries:
        if not hop.way.other_account or hop.target_type == "events.event_bus":
            continue
        if kind is None:
            meter = TO_OTHER_ACCOUNTS["aws"].name
            reason = f"whose events go to {hop.target}: say events: aws or custom out of the bus"
            yield Usage(meter, meter, None, "", reason)
            continue
        events = hop.handed.monthly_messages
        totals[kind] = totals.get(kind, ZERO) + events * chunks(hop)
        words[kind].append(f"{hop.target}: {chunks_text(hop, events)}")
    for kind, total in totals.items():
        meter = TO_OTHER_ACCOUNTS[kind].name
        yield Usage(meter, meter, total, "; ".join(words[kind]))


def check_bus(
    traffic: Traffic[EventBusSettings], _capacity: tuple[Capacity, ...]
) -> Iterator[Verdict]:
    """Sizes and batches, where events of which kind arrive, and the number of rules."""
    for hop in traffic.inflows:
        yield from _sizes(traffic, hop)
        yield from _misplaced(traffic, hop)
    yield from _rules(traffic)
    yield from _batched(traffic)
    for hop in traffic.outflows:
        if hop.target_type == "eventschemas.discoverer" and traffic.settings.kms_key_identifier:
            message = f"{hop.target} cannot read events that {traffic.name} encrypts with its key"
            hint = f"remove kms_key_identifier from {traffic.name}, or the discoverer"
            yield Finding("discovery_on_encrypted_bus", Severity.ERROR, hop.where, message, hint)


def _rules(traffic: Traffic[EventBusSettings]) -> Iterator[Verdict]:
    """Rules, a target straight behind the bus being one, and those with a wildcard."""
    found = [
        h for h in traffic.outflows if h.kind == "flow" and h.target_type not in NO_TARGETS[1:]
    ]
    if found:
        hint = "spread the rules over more buses, or request a higher quota"
        yield against(traffic, limits.RULES, len(found), f"{len(found)} rules", hint)
    rules = [h.target_settings for h in found if isinstance(h.target_settings, EventRuleSettings)]
    wild = sum("wildcard" in (rule.event_pattern or "") for rule in rules)
    if wild:
        load = f"{wild} rules with a wildcard"
        hint = "match prefixes or suffixes, or spread the rules over more buses"
        yield against(traffic, limits.WILDCARD_RULES, wild, load, hint)


def _sizes(traffic: Traffic[EventBusSettings], hop: Hop) -> Iterator[Verdict]:
    """One event, and those of one request together."""
    size, most = hop.handed.message_size_bytes, int(limits.EVENT_SIZE.value)
    hint = "keep the payload in Amazon S3 and send its key, or compress it"
    yield size_against(traffic, hop, most, hint)
    load = f"{hop.source} puts batches of {grouped(hop.batch)} events"
    yield against(traffic, limits.ENTRIES, hop.batch, load, "say batch: 10", one_flow(hop))
    load = (
        f"{hop.source} puts {grouped(hop.batch)} events of {bytes_text(size)} at a time,"
        f" {bytes_text(hop.batch_bytes)}"
    )
    hint = f"say batch: {most // max(size, ONE)}"
    yield against(traffic, limits.EVENT_SIZE, hop.batch_bytes, load, hint, one_flow(hop))


def _misplaced(traffic: Traffic[EventBusSettings], hop: Hop) -> Iterator[Verdict]:
    """Events of AWS services reach the default bus, those of a partner its own bus.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-what-is-how-it-works-concepts.html
    """
    settings, events = traffic.settings, hop.options.events
    if (events == "aws" or hop.source_type == BUCKET) and not settings.default:
        message = f"AWS services send their events to the default bus, not to {traffic.name}"
        hint = f"set name: default on {traffic.name}, or send them on from the default bus"
        yield Finding("aws_events_on_custom_bus", Severity.ERROR, hop.where, message, hint)
    if events == "partner" and not settings.partner:
        message = f"{traffic.name} is no partner bus, so no partner's events arrive there"
        hint = f"set event_source_name: aws.partner/... on {traffic.name}"
        yield Finding("partner_events_on_custom_bus", Severity.ERROR, hop.where, message, hint)


def _batched(traffic: Traffic[Any]) -> Iterator[Verdict]:
    """A target gets one event at a time."""
    for hop in traffic.outflows:
        if hop.batch > 1:
            message = f"says batch: {grouped(hop.batch)}, but EventBridge delivers each event alone"
            yield Finding(
                "batch_of_events", Severity.ERROR, hop.where, message, "leave batch out here"
            )


def shared_check(buses: tuple[Traffic[EventBusSettings], ...]) -> Iterator[Verdict]:
    """All buses of a region against the account's quotas."""
    regions: dict[str, list[Traffic[EventBusSettings]]] = defaultdict(list)
    for bus in buses:
        regions[bus.region].append(bus)
    for local in regions.values():
        largest = max(local, key=_put_requests)
        rate = sum(map(_put_requests, local), ZERO)
        load = f"producers make {grouped(rate)} PutEvents requests/s at peak"
        hint = "put events in batches of 10, or request a higher quota"
        yield against(largest, limits.PUT_EVENTS, rate, load, hint)
        load = f"{len(local)} event buses"
        yield against(largest, limits.BUSES, len(local), load, "request a higher quota")


def _put_requests(bus: Traffic[EventBusSettings]) -> Fraction:
    """PutEvents requests/s at peak; replays and other buses have quotas of their own.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html
    """
    return sum(
        (
            hop.handed.peak_messages_per_second / hop.batch
            for hop in bus.inflows
            if kind_in(hop, bus.settings) == "custom"
            and not hop.source_type.startswith(("events.", BUCKET))
        ),
        ZERO,
    )


def check_rule(
    traffic: Traffic[EventRuleSettings], _capacity: tuple[Capacity, ...]
) -> Iterator[Verdict]:
    """The number of targets, the pattern, the state, and the bus of a schedule."""
    settings, found = traffic.settings, len(targets(traffic))
    hint = f"draw {traffic.name} as two rules"
    yield against(traffic, limits.TARGETS, found, f"{found} targets", hint)
    if settings.event_pattern:
        length = len(settings.event_pattern)
        load = f"a pattern of {grouped(length)} characters"
        yield against(traffic, limits.PATTERN, length, load, "request a higher quota")
    if settings.state == "DISABLED" and traffic.passed_on.messages_per_second:
        message = "is DISABLED, but its flows carry events, which are counted"
        hint = "say filter: 0% on the flow into it"
        yield Finding(
            "disabled_rule_with_events", Severity.WARNING, f"{traffic.name}.state", message, hint
        )
    yield from several_buses(traffic, "a rule")
    yield from _batched(traffic)
    for hop in traffic.inflows:
        bus = hop.source_settings
        if settings.schedule_expression and isinstance(bus, EventBusSettings) and not bus.default:
            where = f"{traffic.name}.schedule_expression"
            message = f"a rule on a schedule belongs to the default bus, not to {hop.source}"
            hint = f"remove the flow from {hop.source}"
            yield Finding("schedule_on_custom_bus", Severity.ERROR, where, message, hint)


def _bus_summary(settings: EventBusSettings) -> str:
    if settings.partner:
        return "EventBridge partner bus"
    return "EventBridge default bus" if settings.default else "EventBridge bus"


def _rule_summary(settings: EventRuleSettings) -> str:
    return "EventBridge scheduled rule" if settings.schedule_expression else "EventBridge rule"


def _detail(settings: EventRuleSettings) -> str:
    """When it fires, else how often a target is tried again."""
    if settings.schedule_expression is not None:
        return settings.schedule_expression
    if "maximum_retry_attempts" in settings.retry_policy.model_fields_set:
        tries = settings.retry_policy.maximum_retry_attempts
        return f"{tries} {'retry' if tries == 1 else 'retries'}"
    return ""


EVENT_BUS = Service(
    type="events.event_bus",
    resource_type="AWS::Events::EventBus",
    name="Amazon EventBridge event bus",
    settings=EventBusSettings,
    icon=lambda _: "aws/integration/eventbridge.png",
    summary=_bus_summary,
    emission="copy",
    price_file=PRICE_FILE,
    pushes_to=tuple(sorted((*TARGETS, *NO_TARGETS))),
    deliveries=bus_deliveries,
    flow_keys=frozenset({"events"}),
    inflow_keys=frozenset({"events"}),
    usage=bus_usage,
    check=check_bus,
    shared_check=shared_check,
    meters=(
        CUSTOM_EVENTS,
        PARTNER_EVENTS,
        *TO_OTHER_ACCOUNTS.values(),
        KMS_REQUESTS,
        VENDED_LOGS_INGESTION,
    ),
    usage_keys=(
        CUSTOM_EVENTS.name,
        PARTNER_EVENTS.name,
        *(meter.name for meter in TO_OTHER_ACCOUNTS.values()),
        "kms_requests",
        "logs_ingestion_gb",
    ),
    free_tiers=(KMS_FREE_TIER,),
    limits=(
        limits.EVENT_SIZE,
        limits.ENTRIES,
        limits.PUT_EVENTS,
        limits.BUSES,
        limits.RULES,
        limits.WILDCARD_RULES,
    ),
    semantics=(promises.BUS,),
    keeps=promises.bus_keeps,
)

EVENT_RULE = Service(
    type="events.rule",
    resource_type="AWS::Events::Rule",
    name="Amazon EventBridge rule",
    settings=EventRuleSettings,
    icon=lambda _: "aws/integration/eventbridge-rule.png",
    summary=_rule_summary,
    detail=_detail,
    emission="copy",
    price_file=PRICE_FILE,
    pushes_to=TARGETS,
    deliveries=rule_deliveries,
    usage=rule_usage,
    check=check_rule,
    meters=tuple(TO_OTHER_ACCOUNTS.values()),
    usage_keys=tuple(meter.name for meter in TO_OTHER_ACCOUNTS.values()),
    limits=(
        limits.INVOCATIONS,
        limits.TARGETS,
        limits.PATTERN,
        limits.RETRY_ATTEMPTS,
        limits.EVENT_AGE,
    ),
    semantics=(promises.RULE,),
)

SERVICES = {EVENT_BUS.type: EVENT_BUS, EVENT_RULE.type: EVENT_RULE}
