"""All rules, as one tuple; each is a function named after the defect it finds."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from archcode.rules import (
    calls,
    delivery,
    event_bus,
    event_source,
    flows,
    graph,
    labels,
    mapping,
    money,
    pipes,
    replication,
    schedules,
)
from archcode.services import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archcode.estimate import Estimate
    from archcode.model import Finding

RULES: tuple[Callable[[Estimate], Iterator[Finding]], ...] = (
    calls.api_requests_above_quota,
    calls.flow_without_caller,
    calls.function_behind_network_load_balancer,
    calls.function_timeout_above_caller_timeout,
    calls.http_api_without_integration,
    delivery.fifo_target_of_bucket,
    delivery.transform_above_5_minutes,
    delivery.transform_too_slow,
    event_bus.event_invocations_above_quota,
    event_bus.fifo_dead_letter_queue_of_rule,
    event_bus.fifo_topic_behind_event_bus,
    event_bus.replay_to_another_bus,
    event_bus.source_without_events,
    event_bus.third_event_bus,
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
    mapping.given_up_records_lost,
    mapping.kafka_retries_without_pollers,
    mapping.on_failure_unsupported,
    mapping.provisioned_pollers_with_maximum_concurrency,
    mapping.queue_in_other_region,
    mapping.record_age_below_60,
    money.price_unknown,
    money.quantity_unknown,
    money.usage_without_effect,
    pipes.failure_rate_behind_pipe,
    pipes.lambda_key_on_pipe,
    pipes.pipe_concurrency_too_low,
    pipes.pipe_source_not_supported,
    pipes.pipe_target_not_supported,
    pipes.pipe_with_several_targets,
    pipes.pipe_without_single_source,
    replication.replicator_across_accounts,
    replication.replicator_of_small_cluster,
    replication.replicator_outside_target_region,
    replication.replicator_without_cluster,
    replication.replicator_without_private_connectivity,
    schedules.fifo_dead_letter_queue_of_schedule,
    schedules.schedule_with_several_targets,
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
