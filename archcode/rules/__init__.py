"""All rules, as one tuple; each is a function named after the defect it finds."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from archcode.rules import delivery, event_source, flows, graph, labels, money
from archcode.services import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archcode.estimate import Estimate
    from archcode.model import Finding

RULES: tuple[Callable[[Estimate], Iterator[Finding]], ...] = (
    delivery.fifo_target_of_bucket,
    delivery.transform_above_5_minutes,
    delivery.transform_too_slow,
    event_source.batch_above_10_without_window,
    event_source.batching_window_on_fifo_queue,
    event_source.fifo_batch_above_10,
    event_source.function_timeout_above_14_minutes,
    event_source.mapping_concurrency_too_low,
    event_source.maximum_concurrency_above_reserved,
    event_source.unfilled_batch,
    event_source.visibility_timeout_below_function_timeout,
    event_source.visibility_timeout_below_six_timeouts,
    flows.fifo_queue_on_standard_topic,
    flows.fifo_topic_without_queue,
    flows.flow_key_without_effect,
    flows.flow_without_consumer,
    flows.mixed_dead_letter_queue,
    flows.shares_above_100_percent,
    flows.shares_below_100_percent,
    flows.standard_queue_on_fifo_topic,
    graph.failures_without_dead_letter_queue,
    graph.unconnected_component,
    labels.label_outside_font,
    money.price_unknown,
    money.quantity_unknown,
    money.usage_without_effect,
)


def findings(estimate: Estimate) -> tuple[Finding, ...]:
    """Everything the services and the rules find, in the order of the spec's text."""
    topology = estimate.topology
    found: list[Finding] = []
    by_type: dict[str, list[str]] = defaultdict(list)
    for name, traffic in topology.traffic.items():
        service = topology.service(name)
        by_type[service.type].append(name)
        found += service.check(traffic, estimate.capacity[name])
    for kind, names in by_type.items():
        found += find(kind).shared_check(tuple(topology.traffic[name] for name in names))
    for rule in RULES:
        found += rule(estimate)
    return topology.spec.locate(dict.fromkeys(found))
