"""What AWS polls for functions and pipes: batches, windows, concurrency and timeouts."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import Finding, Severity
from archcode.rules._rule import rule
from archcode.services._lambda_pollers import QUEUE, maximum_pollers
from archcode.services._mapping_limits import (
    BROKER_MAPPING_TIMEOUT,
    FIFO_QUEUE_BATCH,
    QUEUE_BATCH_WITHOUT_WINDOW,
    QUEUE_MAPPING_CONCURRENCY,
)
from archcode.services._service import headroom
from archcode.services.lambda_ import LambdaSettings, invocations_per_second
from archcode.services.sqs import SqsSettings
from archcode.traffic import Hop
from archcode.units import ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate

BROKERS = ("amazonmq.broker", "msk.cluster", "msk.serverless_cluster")
WINDOWED = ("sqs.queue", "kinesis.stream", "dynamodb.table")


def mappings(estimate: Estimate, *sources: str) -> Iterator[tuple[Hop, LambdaSettings]]:
    """Flows from these types into a function."""
    for hop in estimate.topology.hops:
        if hop.source_type in sources and isinstance(hop.target_settings, LambdaSettings):
            yield hop, hop.target_settings


def _queues(estimate: Estimate) -> Iterator[tuple[Hop, SqsSettings, LambdaSettings]]:
    """Queues with the functions that work on them."""
    for hop, function in mappings(estimate, "sqs.queue"):
        if isinstance(hop.source_settings, SqsSettings):
            yield hop, hop.source_settings, function


def _polled(estimate: Estimate, *sources: str) -> Iterator[Hop]:
    """Flows from these types that AWS polls, for functions and pipes."""
    for hop in estimate.topology.hops:
        if hop.source_type in sources and hop.target_settings.managed_poller:
            yield hop


def _polled_queues(estimate: Estimate) -> Iterator[tuple[Hop, SqsSettings]]:
    """Queues that AWS polls, for functions and pipes."""
    for hop in _polled(estimate, "sqs.queue"):
        if isinstance(hop.source_settings, SqsSettings):
            yield hop, hop.source_settings


def _advised(hop: Hop, function: LambdaSettings) -> tuple[int, str]:
    """The visibility timeout in seconds that AWS advises for this mapping, and why."""
    window = hop.options.maximum_batching_window_in_seconds or 0
    words = "six times the function timeout" + (f" plus {window} s of batching" if window else "")
    return 6 * function.timeout + window, words


@rule(Severity.ERROR, offending="orders: {type: sqs.queue}", clean="worker: {type: server}")
def visibility_timeout_below_function_timeout(estimate: Estimate) -> Iterator[Finding]:
    """A message reappears, and runs twice, while its function is still busy; Lambda refuses it.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    """
    for hop, queue, function in _queues(estimate):
        if queue.visibility_timeout < function.timeout:
            message = (
                f"is {queue.visibility_timeout} s, but {hop.target} may run for"
                f" {function.timeout} s"
            )
            hint = "raise it to {} s, {}".format(*_advised(hop, function))
            where = f"{hop.source}.visibility_timeout"
            name = "visibility_timeout_below_function_timeout"
            yield Finding(name, Severity.ERROR, where, message, hint)


@rule(
    Severity.WARNING,
    offending="visibility_timeout: 59",
    clean="orders: {type: sqs.queue, visibility_timeout: 9}",
)
def visibility_timeout_below_six_timeouts(estimate: Estimate) -> Iterator[Finding]:
    """Throttled invocations need time for retries before a message reappears.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    """
    for hop, queue, function in _queues(estimate):
        advised, why = _advised(hop, function)
        if function.timeout <= queue.visibility_timeout < advised:
            message = (
                f"is {queue.visibility_timeout} s; AWS advises {advised} s for the"
                f" {function.timeout} s timeout of {hop.target}"
            )
            where = f"{hop.source}.visibility_timeout"
            name = "visibility_timeout_below_six_timeouts"
            hint = f"raise it to {advised} s, {why}"
            yield Finding(name, Severity.WARNING, where, message, hint)


@rule(
    Severity.ERROR,
    offending="- orders -> worker: {batch: 11}",
    clean="- orders -> worker: {batch: 10}",
)
def batch_above_10_without_window(estimate: Estimate) -> Iterator[Finding]:
    """A batch of a queue above 10 needs a batching window of at least 1 s.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    """
    for hop, queue in _polled_queues(estimate):
        if queue.fifo_queue or hop.batch <= QUEUE_BATCH_WITHOUT_WINDOW.value:
            continue
        if not hop.options.maximum_batching_window_in_seconds:
            message = f"a batch of {grouped(hop.batch)} needs a batching window of at least 1 s"
            hint = "say maximum_batching_window_in_seconds: 1"
            name = "batch_above_10_without_window"
            yield Finding(name, Severity.ERROR, f"{hop.where}.batch", message, hint)


@rule(
    Severity.ERROR,
    offending="- orders -> worker: {batch: 11}",
    clean="- orders -> worker: {batch: 10}",
    fixable=True,
)
def fifo_batch_above_10(estimate: Estimate) -> Iterator[Finding]:
    """A mapping of a FIFO queue takes 10 messages at most, and so does a pipe.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    """
    for hop, queue in _polled_queues(estimate):
        if queue.fifo_queue and hop.batch > FIFO_QUEUE_BATCH.value:
            message = f"a batch of {grouped(hop.batch)} is above 10, the most of a FIFO queue"
            yield Finding(
                "fifo_batch_above_10",
                Severity.ERROR,
                f"{hop.where}.batch",
                message,
                "say batch: 10",
                remedy=10,
            )


@rule(
    Severity.ERROR,
    offending="maximum_batching_window_in_seconds: 1",
    clean="- orders -> worker: {batch: 10, maximum_batching_window_in_seconds: 1}",
)
def batching_window_on_fifo_queue(estimate: Estimate) -> Iterator[Finding]:
    """Lambda refuses to gather the messages of a FIFO queue over time.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html
    """
    for hop, queue, _ in _queues(estimate):
        window = hop.options.maximum_batching_window_in_seconds
        if queue.fifo_queue and window:
            message = f"is {window} s, but {hop.source} is a FIFO queue, which has no such window"
            where = f"{hop.where}.maximum_batching_window_in_seconds"
            hint = "remove it, or set it to 0"
            yield Finding("batching_window_on_fifo_queue", Severity.ERROR, where, message, hint)


@rule(
    Severity.WARNING,
    offending="- orders -> worker: {maximum_concurrency: 11}",
    clean="- orders -> worker: {maximum_concurrency: 10}",
)
def maximum_concurrency_above_reserved(estimate: Estimate) -> Iterator[Finding]:
    """Throttled receives count towards max_receive_count, so good messages end as dead letters.

    What all queues of a function may run together has to fit into what it reserves.
    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
    """
    together: dict[str, int] = defaultdict(int)
    for hop, _, _ in _queues(estimate):
        together[hop.target] += hop.options.maximum_concurrency or 0
    for hop, _, function in _queues(estimate):
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
            yield Finding(name, Severity.WARNING, where, message, hint)


def _supply(hop: Hop, queue: SqsSettings) -> tuple[int, str]:
    """Batches that a mapping runs at a time, and how to have more."""
    stated, pollers = hop.options.maximum_concurrency, maximum_pollers(hop.options)
    most = stated or int(QUEUE_MAPPING_CONCURRENCY.value)
    if pollers:
        most = pollers * int(QUEUE.concurrency.value)
    groups = queue.message_groups if queue.fifo_queue else None
    if groups and groups <= most:
        return groups, "use more message groups, larger batches or shorter work"
    if pollers:
        return most, "raise maximum_pollers, or use larger batches or shorter work"
    if stated:
        return most, "raise maximum_concurrency, or use larger batches or shorter work"
    return most, "use larger batches or shorter work, or request a higher quota"


@rule(
    Severity.ERROR,
    offending="- orders -> worker: {batch: 10}",
    clean="- orders -> worker: {maximum_concurrency: 3}",
)
def mapping_concurrency_too_low(estimate: Estimate) -> Iterator[Finding]:
    """A mapping that may run fewer batches at a time than the peak needs lets a backlog grow.

    Demand is rate x duration / batch; a FIFO queue runs one batch per message group at a time.
    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
    """
    for hop, queue, function in _queues(estimate):
        if function.duration is None:
            continue
        supply, hint = _supply(hop, queue)
        peak = invocations_per_second(hop, peak=True) * function.duration
        mean = invocations_per_second(hop) * function.duration
        if peak > supply:
            message = (
                f"{hop.target} needs {grouped(ceil(peak))} batches at a time at peak"
                f" ({grouped(peak / function.duration)}/s × {grouped(function.duration, 6)} s),"
                f" and this mapping runs {grouped(supply)}: {headroom(ceil(peak), supply)}"
            )
            name = "mapping_concurrency_too_low"
            severity = Severity.ERROR if mean > supply else Severity.WARNING
            yield Finding(name, severity, hop.where, message, hint)


@rule(
    Severity.ERROR,
    offending="timeout: 841",
    clean="worker: {type: lambda.function, duration: 80 ms, timeout: 840}",
    fixable=True,
)
def function_timeout_above_14_minutes(estimate: Estimate) -> Iterator[Finding]:
    """Pollers of Kafka and MQ wait 14 minutes for a function, not 15.

    https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
    """
    for hop, function in mappings(estimate, *BROKERS):
        if function.timeout > BROKER_MAPPING_TIMEOUT.value:
            most = BROKER_MAPPING_TIMEOUT.value
            message = f"is {function.timeout} s, above {most} s, the most behind {hop.source}"
            name = "function_timeout_above_14_minutes"
            hint = f"set it to {most} s or less"
            fits = function.duration is None or function.duration <= most
            yield Finding(
                name,
                Severity.ERROR,
                f"{hop.target}.timeout",
                message,
                hint,
                remedy=int(most) if fits else None,
            )


@rule(Severity.INFO, offending="batch: 10", clean="- orders -> worker: {batch: 10}")
def unfilled_batch(estimate: Estimate) -> Iterator[Finding]:
    """A batch that the mean rate cannot fill in its window costs more calls than it seems.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
    """
    for hop in _polled(estimate, *WINDOWED):
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
            hint = f"say batch: {int(held)} for a careful estimate, or lengthen the window"
            yield Finding("unfilled_batch", Severity.INFO, f"{hop.where}.batch", message, hint)


RULES = (
    batch_above_10_without_window,
    batching_window_on_fifo_queue,
    fifo_batch_above_10,
    function_timeout_above_14_minutes,
    mapping_concurrency_too_low,
    maximum_concurrency_above_reserved,
    unfilled_batch,
    visibility_timeout_below_function_timeout,
    visibility_timeout_below_six_timeouts,
)
