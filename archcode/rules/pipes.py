"""Pipes: one source and one target that AWS supports, and executions that keep up."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import Finding, LimitLoad, Severity
from archcode.rules._rule import rule
from archcode.services import find
from archcode.services._pipes_limits import CONCURRENCY, KAFKA_CONCURRENCY
from archcode.services._sns_settings import SnsSettings
from archcode.services._sqs_settings import SqsSettings
from archcode.services._stepfunctions_settings import StateMachineSettings
from archcode.services.pipes import (
    TARGETS,
    PipeSettings,
    execution_seconds,
    executions_per_second,
)
from archcode.units import ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.model import Verdict
    from archcode.traffic import Hop, Traffic

SOURCES = (
    "amazonmq.broker",
    "broker",
    "dynamodb.table",
    "kinesis.stream",
    "msk.cluster",
    "msk.serverless_cluster",
    "sqs.queue",
)
"""Streams of tables, and Apache Kafka of one's own, count as their owners."""
LAMBDA_KEYS = frozenset(
    {
        "bisect_batch_on_function_error",
        "function_response_types",
        "maximum_concurrency",
        "provisioned_poller_config",
        "tumbling_window_in_seconds",
    }
)
"""Keys of a flow that are properties of Lambda's mappings, but not of a pipe's source."""


STREAMS = ("dynamodb.table", "kinesis.stream")
STREAM_KEYS = frozenset(
    {
        "maximum_record_age_in_seconds",
        "maximum_retry_attempts",
        "on_failure",
        "parallelization_factor",
    }
)
"""Keys of a flow that a pipe has for the streams of data streams and tables."""


def _pipes(estimate: Estimate) -> Iterator[Traffic[PipeSettings]]:
    return (
        traffic
        for traffic in estimate.topology.traffic.values()
        if isinstance(traffic.settings, PipeSettings)
    )


def _targets(pipe: Traffic[PipeSettings]) -> list[Hop]:
    return [hop for hop in pipe.outflows if hop.kind == "flow"]


@rule(
    Severity.ERROR,
    offending="carry: {type: pipes.pipe}\n- orders -> carry\n- carry -> events: {failure_rate: 1%}",
    clean="carry: {type: pipes.pipe}\n- orders -> carry: {failure_rate: 1%}\n- carry -> events",
)
def failure_rate_behind_pipe(estimate: Estimate) -> Iterator[Finding]:
    """Retries are counted too low: where a target fails, the pipe sends the whole batch again.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html
    """
    for pipe in _pipes(estimate):
        for hop in pipe.outflows:
            waited = hop.kind == "call" or pipe.settings.invokes == "synchronous"
            if hop.options.failure_rate and waited:
                source = next((h.source for h in pipe.inflows), "its source")
                message = f"{hop.target} is waited for, and the source delivers again what fails"
                hint = f"say failure_rate on {source} -> {pipe.name}"
                where = f"{hop.where}.failure_rate"
                yield Finding("failure_rate_behind_pipe", Severity.ERROR, where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "orders: {type: sqs.queue}\n"
        "carry: {type: pipes.pipe}\n"
        "- orders -> carry: {parallelization_factor: 2}"
    ),
    clean=(
        "orders: {type: kinesis.stream}\n"
        "carry: {type: pipes.pipe}\n"
        "- orders -> carry: {parallelization_factor: 2}"
    ),
)
def stream_key_on_pipe(estimate: Estimate) -> Iterator[Finding]:
    """A setting of streams would silently do nothing on a pipe that polls something else.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-source.html
    """
    for pipe in _pipes(estimate):
        for hop in pipe.inflows:
            polled = hop.source_type in SOURCES and hop.source_type not in STREAMS
            for key in sorted(STREAM_KEYS & hop.options.model_fields_set) if polled else ():
                message = f"is a setting of streams, and {hop.source} is none"
                where, hint = f"{hop.where}.{key}", f"allowed on flows from {', '.join(STREAMS)}"
                yield Finding("stream_key_on_pipe", Severity.ERROR, where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "carry: {type: pipes.pipe}\n"
        "book: {type: stepfunctions.state_machine, transitions: 3}\n"
        "- carry -> book"
    ),
    clean=(
        "carry: {type: pipes.pipe, invocation_type: FIRE_AND_FORGET}\n"
        "book: {type: stepfunctions.state_machine, transitions: 3}\n"
        "- carry -> book"
    ),
)
def standard_workflow_waited_for(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: a pipe waits for Express workflows only, as target and as enrichment.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/pipes-enrichment.html
    https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_PipeTargetStateMachineParameters.html
    """
    for pipe in _pipes(estimate):
        for hop in pipe.outflows:
            machine = hop.target_settings
            if not isinstance(machine, StateMachineSettings) or not machine.standard:
                continue
            express = f"set state_machine_type: EXPRESS on {hop.target}"
            if hop.kind == "call":
                message = f"{hop.target} is a Standard workflow, and a pipe enriches with Express"
                where, hint = f"{pipe.name}.enrichment", express
            elif pipe.settings.invokes == "synchronous":
                message = f"{hop.target} is a Standard workflow, which a pipe does not wait for"
                where = hop.where
                hint = f"set invocation_type: FIRE_AND_FORGET on {pipe.name}, or {express}"
            else:
                continue
            name = "standard_workflow_waited_for"
            yield Finding(name, Severity.ERROR, where, message, hint)


@rule(
    Severity.ERROR,
    offending="carry: {type: pipes.pipe}\n- orders -> carry: {batch: 10, maximum_concurrency: 5}",
    clean="carry: {type: pipes.pipe}\n- orders -> carry: {batch: 10}",
)
def lambda_key_on_pipe(estimate: Estimate) -> Iterator[Finding]:
    """A setting of Lambda's mappings would silently do nothing: a pipe's source does not have it.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-source.html
    """
    for pipe in _pipes(estimate):
        for hop in pipe.inflows:
            for key in sorted(LAMBDA_KEYS & hop.options.model_fields_set):
                message = f"is a setting of functions, and {pipe.name} is a pipe"
                where = f"{hop.where}.{key}"
                yield Finding("lambda_key_on_pipe", Severity.ERROR, where, message)


@rule(
    Severity.ERROR,
    offending=(
        "clicks: {type: kinesis.stream, shard_count: 2}\n"
        "work: {type: lambda.function, duration: 1 s}\n"
        "- shop -> clicks: {rate: 21/s, size: 1 KB}\n"
        "- clicks -> carry: {batch: 10}"
    ),
    clean=(
        "clicks: {type: kinesis.stream, shard_count: 2}\n"
        "work: {type: lambda.function, duration: 1 s}\n"
        "- shop -> clicks: {rate: 20/s, size: 1 KB}\n"
        "- clicks -> carry: {batch: 10}"
    ),
)
def pipe_concurrency_too_low(estimate: Estimate) -> Iterator[Verdict]:
    """A backlog grows: the pipe may run fewer executions at a time than the peak needs.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html
    """
    for pipe in _pipes(estimate):
        known, source = execution_seconds(pipe), next(iter(pipe.inflows), None)
        supply = _supply(estimate, source) if source else None
        if known is None or supply is None or source is None:
            continue
        needed = ceil(executions_per_second(pipe, peak=True) * known[0])
        most, hint = supply
        lasting = executions_per_second(pipe) * known[0] > most
        yield LimitLoad(
            "pipe_concurrency_too_low",
            Severity.ERROR if lasting else Severity.WARNING,
            pipe.name,
            source.where,
            KAFKA_CONCURRENCY.name,
            Fraction(needed),
            Fraction(most),
            KAFKA_CONCURRENCY.unit,
            f"{pipe.name} needs {grouped(needed)} executions at a time at peak",
            scope=f"that {source.source} lets it run",
            bound=f", and {source.source} lets it run {grouped(most)}",
            hint=hint,
        )


def _supply(estimate: Estimate, hop: Hop) -> tuple[int, str] | None:
    """Executions at a time that a source allows, and how to have more; None if not known."""
    queue, sizes = hop.source_settings, {n.name: n.provided for n in estimate.capacity[hop.source]}
    if "shards" in sizes:
        factor = hop.options.parallelization_factor or 1
        hint = "raise parallelization_factor, or use more shards, larger batches or shorter work"
        return sizes["shards"] * factor, hint
    if "partitions" in sizes:
        hint = f"use more partitions of {hop.source}, larger batches or shorter work"
        return min(int(KAFKA_CONCURRENCY.value), sizes["partitions"]), hint
    limit = CONCURRENCY.get(hop.source_type)
    if limit is None:
        return None
    most = int(limit.value)
    if isinstance(queue, SqsSettings) and queue.fifo_queue and queue.message_groups:
        hint = "use more message groups, larger batches or shorter work"
        return min(most, queue.message_groups), hint
    return most, "use larger batches or shorter work, or request a higher quota"


@rule(
    Severity.ERROR,
    offending="orders: {type: sns.topic}\ncarry: {type: pipes.pipe}\n- orders -> carry",
    clean="orders: {type: sqs.queue}\ncarry: {type: pipes.pipe}\n- orders -> carry",
)
def pipe_source_not_supported(estimate: Estimate) -> Iterator[Finding]:
    """Nothing arrives: a pipe polls queues, streams and brokers, and nothing can send to it.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-source.html
    """
    for pipe in _pipes(estimate):
        for hop in pipe.inflows:
            if hop.source_type not in SOURCES:
                name = find(hop.source_type).name
                message = f"a pipe polls queues, streams and brokers, not {name}"
                hint = f"put a queue between {hop.source} and {pipe.name}"
                yield Finding("pipe_source_not_supported", Severity.ERROR, hop.where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "carry: {type: pipes.pipe}\nevents: {type: sns.topic, fifo_topic: true}\n- carry -> events"
    ),
    clean="carry: {type: pipes.pipe}\nevents: {type: sns.topic}\n- carry -> events",
)
def pipe_target_not_supported(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: a pipe sends to some services only, and not to FIFO topics.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-target.html
    """
    for pipe in _pipes(estimate):
        for hop in _targets(pipe):
            topic = hop.target_settings
            fifo = isinstance(topic, SnsSettings) and topic.fifo_topic
            if fifo or hop.target_type not in TARGETS:
                what = f"{'a FIFO topic of ' if fifo else ''}{find(hop.target_type).name}"
                message = f"a pipe does not send to {what}"
                hint = f"put a function between {pipe.name} and {hop.target}"
                yield Finding("pipe_target_not_supported", Severity.ERROR, hop.where, message, hint)


@rule(
    Severity.ERROR,
    offending="carry: {type: pipes.pipe}\n- carry -> mail\n- carry -> stock",
    clean="carry: {type: pipes.pipe}\n- carry -> events\n- events -> mail\n- events -> stock",
)
def pipe_with_several_targets(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: a pipe has one target.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-target.html
    """
    for pipe in _pipes(estimate):
        targets = _targets(pipe)
        if len(targets) > 1:
            message = f"has {len(targets)} targets, and a pipe has one"
            hint = "send to a topic or an event bus, which hands copies on"
            yield Finding("pipe_with_several_targets", Severity.ERROR, pipe.name, message, hint)


@rule(
    Severity.ERROR,
    offending="carry: {type: pipes.pipe}\n- orders -> carry\n- returns -> carry",
    clean=(
        "carry: {type: pipes.pipe}\n"
        "fetch: {type: pipes.pipe}\n"
        "- orders -> carry\n"
        "- returns -> fetch"
    ),
)
def pipe_without_single_source(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: a pipe has one source.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-source.html
    """
    for pipe in _pipes(estimate):
        if len(pipe.inflows) != 1:
            message = f"has {len(pipe.inflows) or 'no'} sources, and a pipe has one"
            hint = "let one queue, stream or broker flow into it"
            yield Finding("pipe_without_single_source", Severity.ERROR, pipe.name, message, hint)


RULES = (
    failure_rate_behind_pipe,
    lambda_key_on_pipe,
    pipe_concurrency_too_low,
    pipe_source_not_supported,
    pipe_target_not_supported,
    pipe_with_several_targets,
    pipe_without_single_source,
    standard_workflow_waited_for,
    stream_key_on_pipe,
)
