"""All rules by their modules; each is named after the defect it finds.

A module is imported when a type that it looks at is in the spec, so that a small spec starts fast.
"""

from __future__ import annotations

from collections import defaultdict
from importlib import import_module
from typing import TYPE_CHECKING, Any

from archcode.model import Finding
from archcode.services import find
from archcode.services._service import finding_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archcode.estimate import Estimate
    from archcode.model import Verdict
    from archcode.rules._rule import Rule
    from archcode.traffic import Traffic

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
    "required_delivery": (),
    "required_order": (),
    "requirements": (),
    "schedules": ("scheduler.schedule",),
}
"""Modules in alphabetical order, each with the types that it looks at; none means every spec."""


OF_REQUIREMENTS = frozenset({"required_delivery", "required_order", "requirements"})
"""Modules that have nothing to say of a spec that requires nothing."""


def rules_for(types: Iterable[str], *, required: bool = True) -> tuple[Rule, ...]:
    """The rules that can find something among components of these types.

    `required` is whether any of them, or a flow, requires something.
    """
    present, skipped = set(types), frozenset[str]() if required else OF_REQUIREMENTS
    known = {name: kinds for name, kinds in MODULES.items() if name not in skipped}
    names = [name for name, looked_at in known.items() if not looked_at or present & {*looked_at}]
    modules = [import_module(f"archcode.rules.{name}") for name in names]
    return tuple(rule for module in modules for rule in module.RULES)


def verdicts(estimate: Estimate) -> Iterator[Verdict]:
    """Every defect that the services and the rules find, and every load on a limit."""
    topology = estimate.topology
    together: dict[tuple[str, str, str], list[Traffic[Any]]] = defaultdict(list)
    for name, traffic in topology.traffic.items():
        service = topology.service(name)
        together[service.type, traffic.account, traffic.region].append(traffic)
        yield from service.check(traffic, estimate.capacity[name])
    for (kind, _, _), components in together.items():
        yield from find(kind).shared_check(tuple(components))
    kinds = [kind for kind, _, _ in together]
    for rule in rules_for(kinds, required=topology.spec.requires):
        yield from rule(estimate)


def findings(estimate: Estimate) -> tuple[Finding, ...]:
    """Everything that is wrong or worth knowing, in the order of the spec's text."""
    found = _told(verdicts(estimate))
    return estimate.topology.spec.locate(dict.fromkeys(found))


def _told(verdicts: Iterable[Verdict]) -> Iterator[Finding]:
    """Defects, and loads above their limits: the first about each thing."""
    told: set[tuple[str, str]] = set()
    for verdict in verdicts:
        if isinstance(verdict, Finding):
            yield verdict
        elif verdict.exceeded and (verdict.component, verdict.about) not in told:
            if verdict.about:
                told.add((verdict.component, verdict.about))
            yield finding_of(verdict)
