"""All rules by their modules; each is a function named after the defect it finds.

A module is imported when a type that it looks at is in the spec, so that a small spec starts fast.
"""

from __future__ import annotations

from collections import defaultdict
from importlib import import_module
from typing import TYPE_CHECKING, Any

from archcode.services import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archcode.estimate import Estimate
    from archcode.model import Finding
    from archcode.traffic import Traffic

    Rule = Callable[[Estimate], Iterator[Finding]]

MODULES: dict[str, tuple[str, ...]] = {
    "calls": (
        "apigateway.rest_api",
        "apigatewayv2.api",
        "elasticloadbalancingv2.load_balancer",
        "stepfunctions.state_machine",
    ),
    "delivery": ("iot.topic_rule", "kinesisfirehose.delivery_stream", "s3.bucket"),
    "event_bus": (
        "events.api_destination",
        "events.archive",
        "events.event_bus",
        "events.rule",
        "eventschemas.discoverer",
    ),
    "event_source": ("lambda.function", "pipes.pipe"),
    "flows": (),
    "graph": (),
    "labels": (),
    "mapping": ("lambda.function",),
    "money": (),
    "parts": (
        "events.archive",
        "events.rule",
        "eventschemas.discoverer",
        "iot.topic_rule",
        "kafkaconnect.connector",
        "kinesisfirehose.delivery_stream",
        "msk.replicator",
        "pipes.pipe",
        "scheduler.schedule",
    ),
    "pipes": ("pipes.pipe",),
    "replication": ("msk.replicator",),
    "schedules": ("scheduler.schedule",),
}
"""Modules in alphabetical order, each with the types that it looks at; none means every spec."""


def rules_for(types: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that can find something among components of these types."""
    present = set(types)
    names = [name for name, looked_at in MODULES.items() if not looked_at or present & {*looked_at}]
    modules = [import_module(f"archcode.rules.{name}") for name in names]
    return tuple(rule for module in modules for rule in module.RULES)


def findings(estimate: Estimate) -> tuple[Finding, ...]:
    """Everything the services and the rules find, in the order of the spec's text."""
    topology = estimate.topology
    found: list[Finding] = []
    together: dict[tuple[str, str, str], list[Traffic[Any]]] = defaultdict(list)
    for name, traffic in topology.traffic.items():
        service = topology.service(name)
        together[service.type, traffic.account, traffic.region].append(traffic)
        found += service.check(traffic, estimate.capacity[name])
    for (kind, _, _), components in together.items():
        found += find(kind).shared_check(tuple(components))
    for rule in rules_for(kind for kind, _, _ in together):
        found += rule(estimate)
    return topology.spec.locate(dict.fromkeys(found))
