"""What AWS polls for functions and pipes: batches, windows, concurrency and time."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import Finding, LimitLoad, Severity
from archcode.rules._concurrency import keeps_up, queue_supply
from archcode.rules._polled import mappings, polled, polled_queues, queues
from archcode.rules._rule import rule
from archcode.services._mapping_limits import (
    BROKER_MAPPING_TIMEOUT,
    FIFO_QUEUE_BATCH,
    QUEUE_BATCH_WITHOUT_WINDOW,
    QUEUE_MAPPING_CONCURRENCY,
)
from archcode.services.lambda_ import invocations_per_second
from archcode.units import ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.model import Verdict

BROKERS = ("amazonmq.broker", "msk.cluster", "msk.serverless_cluster")
WINDOWED = ("sqs.queue", "kinesis.stream", "dynamodb.table")


@rule(
    Severity.ERROR,
    offending=(
        "orders: {type: sqs.queue, visibility_timeout: 19}\n"
        "worker: {type: lambda.function, duration: 80 ms}\n"
        "- orders -> worker: {batch: 11}"
    ),
    clean=(
        "orders: {type: sqs.queue, visibility_timeout: 19}\n"
        "worker: {type: lambda.function, duration: 80 ms}\n"
        "- orders -> worker: {batch: 11, maximum_batching_window_in_seconds: 1}"
    ),
    fixable=True,
)
def batch_above_10_without_window(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: a batch above 10 messages of a queue needs a batching window of 1 s.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    """
    for hop, queue in polled_queues(estimate):
        if queue.fifo_queue or hop.batch <= QUEUE_BATCH_WITHOUT_WINDOW.value:
            continue
        if not hop.options.maximum_batching_window_in_seconds:
            message = f"is 0 s, and a batch of {grouped(hop.batch)} needs a window of at least 1 s"
            hint = "say maximum_batching_window_in_seconds: 1"
            name = "batch_above_10_without_window"
            where = f"{hop.where}.maximum_batching_window_in_seconds"
            yield Finding(name, Severity.ERROR, where, message, hint, remedy=1)


@rule(
    Severity.ERROR,
    offending=(
        "orders: {type: sqs.queue, fifo_queue: true, visibility_timeout: 18}\n"
        "- orders -> worker: {batch: 11}"
    ),
    clean=(
        "orders: {type: sqs.queue, fifo_queue: true, visibility_timeout: 18}\n"
        "- orders -> worker: {batch: 10}"
    ),
    fixable=True,
)
def fifo_batch_above_10(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: functions and pipes take at most 10 messages of a FIFO queue at a time.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    """
    for hop, queue in polled_queues(estimate):
        if queue.fifo_queue and hop.batch > FIFO_QUEUE_BATCH.value:
            message = f"a batch of {grouped(hop.batch)} is above 10, the most of a FIFO queue"
            where, hint = f"{hop.where}.batch", "say batch: 10"
            yield Finding("fifo_batch_above_10", Severity.ERROR, where, message, hint, remedy=10)


@rule(
    Severity.ERROR,
    offending=(
        "orders: {type: sqs.queue, fifo_queue: true, visibility_timeout: 19}\n"
        "- orders -> worker: {batch: 10, maximum_batching_window_in_seconds: 1}"
    ),
    clean=(
        "orders: {type: sqs.queue, fifo_queue: true, visibility_timeout: 19}\n"
        "- orders -> worker: {batch: 10, maximum_batching_window_in_seconds: 0}"
    ),
    fixable=True,
)
def batching_window_on_fifo_queue(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: Lambda does not gather the messages of a FIFO queue over time.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html
    """
    for hop, queue, _ in queues(estimate):
        window = hop.options.maximum_batching_window_in_seconds
        if queue.fifo_queue and window:
            message = f"is {window} s, but {hop.source} is a FIFO queue, which has no such window"
            where = f"{hop.where}.maximum_batching_window_in_seconds"
            hint = "remove it, or set it to 0"
            name = "batching_window_on_fifo_queue"
            yield Finding(name, Severity.ERROR, where, message, hint, remedy=0)


@rule(
    Severity.WARNING,
    offending=(
        "worker: {type: lambda.function, duration: 80 ms, reserved_concurrent_executions: 10}\n"
        "- orders -> worker: {maximum_concurrency: 11}"
    ),
    clean=(
        "worker: {type: lambda.function, duration: 80 ms, reserved_concurrent_executions: 10}\n"
        "- orders -> worker: {maximum_concurrency: 10}"
    ),
    fixable=True,
)
def maximum_concurrency_above_reserved(estimate: Estimate) -> Iterator[Finding]:
    """Throttled receives count towards max_receive_count, so good messages end as dead letters.

    What all queues of a function may run together has to fit into what it reserves.
    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
    """
    together: dict[str, int] = defaultdict(int)
    for hop, _, _ in queues(estimate):
        together[hop.target] += hop.options.maximum_concurrency or 0
    for hop, _, function in queues(estimate):
        most, reserved = hop.options.maximum_concurrency, function.reserved_concurrent_executions
        total = together[hop.target]
        if most is not None and reserved is not None and total > reserved:
            others = f" ({grouped(total)} over all its queues)" if total > most else ""
            message = (
                f"is {grouped(most)}{others}, but {hop.target} reserves {grouped(reserved)}"
                " concurrent executions"
            )
            hint = f"let all queues of {hop.target} together run {grouped(reserved)} at most"
            where = f"{hop.where}.maximum_concurrency"
            name = "maximum_concurrency_above_reserved"
            remedy = reserved if total == most and keeps_up(hop, reserved) else None
            yield Finding(name, Severity.WARNING, where, message, hint, remedy=remedy)


@rule(
    Severity.ERROR,
    offending=(
        "worker: {type: lambda.function, duration: 1 s}\n"
        "- shop -> orders: {rate: 1/s, peak: 30/s, size: 2 KB}\n"
        "- orders -> worker: {batch: 10, maximum_concurrency: 2}"
    ),
    clean=(
        "worker: {type: lambda.function, duration: 1 s}\n"
        "- shop -> orders: {rate: 1/s, peak: 30/s, size: 2 KB}\n"
        "- orders -> worker: {batch: 10, maximum_concurrency: 3}"
    ),
)
def mapping_concurrency_too_low(estimate: Estimate) -> Iterator[Verdict]:
    """A backlog grows: the mapping may run fewer batches at a time than the peak needs.

    Demand is rate x duration / batch; a FIFO queue runs one batch per message group at a time.
    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
    """
    for hop, queue, function in queues(estimate):
        if function.duration is None:
            continue
        supply, hint = queue_supply(hop, queue)
        calls = invocations_per_second(hop, peak=True)
        needed = ceil(calls * function.duration)
        lasting = needed > supply and invocations_per_second(hop) * function.duration > supply
        yield LimitLoad(
            "mapping_concurrency_too_low",
            Severity.ERROR if lasting else Severity.WARNING,
            hop.target,
            hop.where,
            QUEUE_MAPPING_CONCURRENCY.name,
            Fraction(needed),
            Fraction(supply),
            "batches at a time",
            f"{hop.target} needs {grouped(needed)} batches at a time at peak"
            f" ({grouped(calls)}/s × {grouped(function.duration, 6)} s)",
            scope=f"for the mapping of {hop.source}",
            bound=f", and this mapping runs {grouped(supply)}",
            hint=hint,
        )


@rule(
    Severity.ERROR,
    offending=(
        "log: {type: msk.cluster, broker_node_group_info: {instance_type: kafka.m7g.large}}\n"
        "reader: {type: lambda.function, duration: 80 ms, timeout: 841}\n"
        "- log -> reader"
    ),
    clean=(
        "log: {type: msk.cluster, broker_node_group_info: {instance_type: kafka.m7g.large}}\n"
        "reader: {type: lambda.function, duration: 80 ms, timeout: 840}\n"
        "- log -> reader"
    ),
    fixable=True,
)
def function_timeout_above_14_minutes(estimate: Estimate) -> Iterator[Finding]:
    """Errors and retries go wrong: pollers of Kafka and MQ wait 14 minutes for a function, not 15.

    https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
    """
    for hop, function in mappings(estimate, *BROKERS):
        if function.timeout > BROKER_MAPPING_TIMEOUT.value:
            most = int(BROKER_MAPPING_TIMEOUT.value)
            message = f"is {function.timeout} s, above {most} s, the most behind {hop.source}"
            name = "function_timeout_above_14_minutes"
            where = f"{hop.target}.timeout"
            hint, slow = f"set it to {most} s or less", (function.duration or 0) > most
            remedy = None if slow else most
            yield Finding(name, Severity.ERROR, where, message, hint, remedy=remedy)


@rule(
    Severity.INFO,
    offending=(
        "- shop -> orders: {rate: 5/s, size: 2 KB}\n"
        "- orders -> worker: {batch: 10, maximum_batching_window_in_seconds: 1}"
    ),
    clean=(
        "- shop -> orders: {rate: 5/s, size: 2 KB}\n"
        "- orders -> worker: {batch: 10, maximum_batching_window_in_seconds: 2}"
    ),
)
def unfilled_batch(estimate: Estimate) -> Iterator[Finding]:
    """A batch that the mean rate cannot fill in its window costs more calls than it seems.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
    """
    for hop in polled(estimate, *WINDOWED):
        window = hop.options.maximum_batching_window_in_seconds or 1
        arriving = hop.handed.messages_per_second * window
        if hop.options.batch is None or hop.batch <= 1 or arriving >= hop.batch:
            continue
        if hop.handed.messages_per_second:
            held = max(Fraction(1), arriving)
            message = (
                f"{grouped(hop.handed.messages_per_second, 4)} messages/s do not fill a batch of"
                f" {grouped(hop.batch)} in {window} s; real batches hold about {grouped(held)}"
            )
            hint = f"say batch: {int(held)} for a careful estimate"
            if not getattr(hop.source_settings, "fifo_queue", False):
                hint += ", or lengthen the window"
            yield Finding("unfilled_batch", Severity.INFO, f"{hop.where}.batch", message, hint)


RULES = (
    batch_above_10_without_window,
    batching_window_on_fifo_queue,
    fifo_batch_above_10,
    function_timeout_above_14_minutes,
    mapping_concurrency_too_low,
    maximum_concurrency_above_reserved,
    unfilled_batch,
)
