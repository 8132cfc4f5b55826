"""Functions behind queues, and functions in general: batches, throttling and time to work."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import Finding, Severity
from archcode.rules._concurrency import LEAST_CONCURRENCY, keeps_up, queue_supply
from archcode.rules._polled import mappings
from archcode.rules._rule import rule
from archcode.services._lambda_limits import TIMEOUT
from archcode.services._mapping_limits import MAXIMUM_CONCURRENCY
from archcode.services._service import headroom
from archcode.services._sqs_settings import SqsSettings
from archcode.services.lambda_ import LambdaSettings
from archcode.units import grouped, time_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.traffic import Hop

REPORT = "ReportBatchItemFailures"
MANY_CALLS = 100
"""Messages/s from which on calls with one message each are a waste worth telling."""
CLOSE = Fraction(4, 5)
"""The part of a timeout that a mean duration should not come near."""


@rule(
    Severity.WARNING,
    offending="- orders -> worker: {batch: 2}",
    clean="- orders -> worker: {batch: 10, function_response_types: [ReportBatchItemFailures]}",
)
def queue_batch_retried_whole(estimate: Estimate) -> Iterator[Finding]:
    """One bad message brings back its whole batch, so good ones run again and become dead letters.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    """
    for hop, _ in mappings(estimate, "sqs.queue"):
        if hop.batch > 1 and REPORT not in hop.options.function_response_types:
            message = (
                f"brings back all {grouped(hop.batch)} of a batch when {hop.target} fails on one"
            )
            hint = f"return what failed, and say function_response_types: [{REPORT}]"
            name = "queue_batch_retried_whole"
            yield Finding(name, Severity.WARNING, hop.where, message, hint)


@rule(
    Severity.INFO,
    offending="- orders -> worker: {batch: 1}",
    clean="- orders -> worker: {batch: 2, function_response_types: [ReportBatchItemFailures]}",
)
def queue_batches_of_one(estimate: Estimate) -> Iterator[Finding]:
    """Every message pays for an invocation, a receive and a delete of its own.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    """
    for hop, _ in mappings(estimate, "sqs.queue"):
        rate = hop.delivered.messages_per_second
        if hop.batch == 1 and rate > MANY_CALLS:
            message = (
                f"is 1: {grouped(rate)} messages/s make as many invocations, and batches of 10 make"
                f" {grouped(rate / 10)}/s"
            )
            hint = f"say batch: 10, with function_response_types: [{REPORT}]"
            where = f"{hop.where}.batch"
            yield Finding("queue_batches_of_one", Severity.INFO, where, message, hint)


@rule(
    Severity.WARNING,
    offending="worker: {type: lambda.function, duration: 1 s, reserved_concurrent_executions: 10}",
    clean="- orders -> worker: {maximum_concurrency: 10}",
    fixable=True,
)
def mapping_ignores_reserved_concurrency(estimate: Estimate) -> Iterator[Finding]:
    """Lambda reads more messages than a function may run, and throttled ones end as dead letters.

    A mapping knows no reserved concurrency: without a bound of its own it receives on, and what is
    throttled counts towards max_receive_count.
    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
    https://repost.aws/knowledge-center/lambda-sqs-scaling
    """
    for hop, function in mappings(estimate, "sqs.queue"):
        queue, reserved = hop.source_settings, function.reserved_concurrent_executions
        own = hop.options.maximum_concurrency or hop.options.provisioned_poller_config
        if not isinstance(queue, SqsSettings) or own or not reserved:
            continue
        supply, _ = queue_supply(hop, queue)
        # How many groups a FIFO queue has at a time is known only where it is stated.
        unknown = queue.fifo_queue and queue.message_groups is None
        if supply > reserved and not unknown:
            yield _unbounded(estimate, hop, function, supply)


def _unbounded(estimate: Estimate, hop: Hop, function: LambdaSettings, supply: int) -> Finding:
    """With a bound as its remedy where the function has one queue, and keeps up with its peak."""
    reserved = function.reserved_concurrent_executions or 0
    message = (
        f"is not set: this mapping may run {grouped(supply)} batches at a time, and {hop.target}"
        f" reserves a concurrency of {grouped(reserved)}"
    )
    sources = [flow.source_type for flow in estimate.topology.traffic[hop.target].inflows]
    most = min(reserved, int(MAXIMUM_CONCURRENCY.value))
    hint, remedy = f"say maximum_concurrency: {most}", most if keeps_up(hop, most) else None
    if sources.count("sqs.queue") > 1:
        hint = f"let all queues of {hop.target} together run {grouped(reserved)} at most"
        remedy = None
    if reserved < LEAST_CONCURRENCY:
        hint = f"reserve {LEAST_CONCURRENCY} or more, and say maximum_concurrency"
    where = f"{hop.where}.maximum_concurrency"
    name = "mapping_ignores_reserved_concurrency"
    return Finding(name, Severity.WARNING, where, message, hint, remedy=remedy)


@rule(
    Severity.WARNING,
    offending="worker: {type: lambda.function, duration: 25 s, timeout: 30}",
    clean="worker: {type: lambda.function, duration: 24 s, timeout: 30}",
)
def duration_close_to_timeout(estimate: Estimate) -> Iterator[Finding]:
    """The duration is a mean: what takes a little longer is cut off, and tried again in vain.

    Close is taken to be more than four fifths of the timeout.
    https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
    """
    for name, traffic in estimate.topology.traffic.items():
        function = traffic.settings
        if not isinstance(function, LambdaSettings) or function.duration is None:
            continue
        if function.duration > CLOSE * function.timeout:
            message = (
                f"is {time_text(function.timeout)}, and {name} takes"
                f" {time_text(function.duration)} on average:"
                f" {headroom(function.duration, function.timeout)}"
            )
            hint = "raise it, or shorten the work"
            if function.timeout == TIMEOUT.value:
                hint = "split the work, or give it to a task or a state machine"
            rule_name = "duration_close_to_timeout"
            yield Finding(rule_name, Severity.WARNING, f"{name}.timeout", message, hint)


RULES = (
    duration_close_to_timeout,
    mapping_ignores_reserved_concurrency,
    queue_batch_retried_whole,
    queue_batches_of_one,
)
