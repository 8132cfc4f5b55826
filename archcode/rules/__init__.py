"""All rules by their modules; each is named after the defect it finds.

A module is imported when a type that it looks at is in the spec, so that a small spec starts fast.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archcode.model import Finding
from archcode.services import find
from archcode.services._service import finding_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.model import Verdict
    from archcode.rules._rule import Rule
    from archcode.services._service import AnyService
    from archcode.topology import Topology

MODULES: dict[str, tuple[str, ...]] = {
    "bounded": ("client", "device", "partner", "server", "splunk"),
    "brokers": ("amazonmq.broker",),
    "budgets": (),
    "calls": (
        "apigateway.rest_api",
        "apigatewayv2.api",
        "elasticloadbalancingv2.load_balancer",
        "lambda.function",
        "stepfunctions.state_machine",
    ),
    "consistency": ("dynamodb.table",),
    "dead_letters": ("lambda.function", "sqs.queue"),
    "delivery": ("iot.topic_rule", "kinesisfirehose.delivery_stream", "s3.bucket"),
    "delivery_streams": ("kinesisfirehose.delivery_stream",),
    "event_bus": (
        "events.api_destination",
        "events.archive",
        "events.event_bus",
        "events.rule",
        "eventschemas.discoverer",
    ),
    "event_source": ("lambda.function", "pipes.pipe"),
    "fan_out": ("events.event_bus", "events.rule", "lambda.function"),
    "flows": (),
    "graph": (),
    "kafka": ("broker", "msk.cluster", "msk.serverless_cluster"),
    "labels": (),
    "loss": (
        "events.event_bus",
        "events.rule",
        "iot.topic_rule",
        "lambda.function",
        "scheduler.schedule",
    ),
    "mapping": ("lambda.function",),
    "money": (),
    "outages": (
        "dynamodb.table",
        "kinesis.stream",
        "msk.cluster",
        "msk.serverless_cluster",
        "sqs.queue",
    ),
    "partition_keys": ("kinesis.stream", "msk.cluster", "msk.serverless_cluster"),
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
    "poison_records": ("dynamodb.table", "kinesis.stream"),
    "queue_functions": ("lambda.function",),
    "queues": ("sqs.queue",),
    "recursion": ("lambda.function",),
    "replication": ("msk.replicator",),
    "required_delivery": (),
    "required_order": (),
    "requirements": (),
    "schedules": ("scheduler.schedule",),
    "stream_readers": ("kinesis.stream", "msk.cluster", "msk.serverless_cluster"),
    "unheard": (
        "events.event_bus",
        "events.rule",
        "iot.topic_rule",
        "kinesis.stream",
        "msk.cluster",
        "msk.serverless_cluster",
        "sns.topic",
    ),
    "visibility": ("lambda.function",),
    "waiting": ("lambda.function",),
    "workflow_types": ("stepfunctions.state_machine",),
}
"""Modules in alphabetical order, each with the types that it looks at; none means every spec."""


OF_REQUIREMENTS = frozenset({"required_delivery", "required_order", "requirements"})
"""Modules that have nothing to say of a spec that requires nothing."""


OF_BUDGETS = frozenset({"budgets"})
"""Modules that have nothing to say of a spec without budgets."""


def rules_for(
    types: Iterable[str], *, required: bool = True, budgeted: bool = True
) -> tuple[Rule, ...]:
    """The rules that can find something among components of these types.

    `required` is whether any of them, or a flow, requires something, `budgeted` whether the spec
    has budgets.
    """
    nothing = frozenset[str]()
    skipped = (nothing if required else OF_REQUIREMENTS) | (nothing if budgeted else OF_BUDGETS)
    present = set(types)
    known = {name: kinds for name, kinds in MODULES.items() if name not in skipped}
    names = [name for name, looked_at in known.items() if not looked_at or present & {*looked_at}]
    modules = [import_module(f"archcode.rules.{name}") for name in names]
    return tuple(rule for module in modules for rule in module.RULES)


class Check(Struct, frozen=True):
    """What is asked at once: of a component, of all that share an account and region, by a rule.

    `names` are the only components that it looks at; none means the whole topology.
    """

    names: tuple[str, ...]
    find: Callable[[Estimate], Iterable[Verdict]]


def checks(topology: Topology) -> Iterator[Check]:
    """Everything that is asked of a topology: each service alone, all of a type, then the rules."""
    together: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for name, traffic in topology.traffic.items():
        service = topology.service(name)
        together[service.type, traffic.account, traffic.region].append(name)
        yield Check((name,), _alone(service, name))
    for (kind, _, _), names in together.items():
        yield Check(tuple(names), _together(find(kind), names))
    kinds = [kind for kind, _, _ in together]
    spec = topology.spec
    for rule in rules_for(kinds, required=spec.requires, budgeted=bool(spec.budgets)):
        yield Check((), rule)


def _alone(service: AnyService, name: str) -> Callable[[Estimate], Iterable[Verdict]]:
    return lambda estimate: service.check(estimate.topology.traffic[name], estimate.capacity[name])


def _together(service: AnyService, names: list[str]) -> Callable[[Estimate], Iterable[Verdict]]:
    def shared(estimate: Estimate) -> Iterator[Verdict]:
        traffic = estimate.topology.traffic
        for verdict in service.shared_check(tuple(traffic[name] for name in names)):
            yield verdict if isinstance(verdict, Finding) else replace(verdict, shared=True)

    return shared


def verdicts(estimate: Estimate) -> Iterator[Verdict]:
    """Every defect that the services and the rules find, and every load on a limit."""
    for check in checks(estimate.topology):
        yield from check.find(estimate)


def findings(estimate: Estimate, seen: Iterable[Verdict] | None = None) -> tuple[Finding, ...]:
    """Everything that is wrong or worth knowing, in the order of the spec's text.

    `seen` are the verdicts, where they are known already.
    """
    found = _told(verdicts(estimate) if seen is None else seen)
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
