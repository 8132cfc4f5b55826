"""Visibility timeouts of queues that functions work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.model import Finding, Severity
from archcode.rules._polled import queues
from archcode.rules._queues import expires_first
from archcode.rules._rule import rule
from archcode.services._mapping_limits import QUEUE_BATCH_WITHOUT_WINDOW
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.services._sqs_settings import SqsSettings
    from archcode.services.lambda_ import LambdaSettings
    from archcode.traffic import Hop


class _Advised(Struct, frozen=True):
    """The visibility timeout in seconds that AWS advises for one function of a queue, and why."""

    seconds: int
    words: str
    function: str


def _advised(hop: Hop, queue: SqsSettings, function: LambdaSettings) -> _Advised:
    """A batch above 10 has a window of a second at least, also where it is not yet said."""
    large = hop.batch > QUEUE_BATCH_WITHOUT_WINDOW.value and not queue.fifo_queue
    needed = 1 if large else 0
    window = hop.options.maximum_batching_window_in_seconds or needed
    words = "six times the function timeout" + (f" plus {window} s of batching" if window else "")
    return _Advised(6 * function.timeout + window, words, hop.target)


def _visible(
    estimate: Estimate,
) -> Iterator[tuple[Hop, SqsSettings, LambdaSettings, _Advised]]:
    """Queues with each of their functions, and the timeout that suits all of them."""
    found = list(queues(estimate))
    most: dict[str, _Advised] = {}
    for hop, queue, function in found:
        advised = _advised(hop, queue, function)
        if hop.source not in most or advised.seconds > most[hop.source].seconds:
            most[hop.source] = advised
    for hop, queue, function in found:
        yield hop, queue, function, most[hop.source]


def _raise(hop: Hop, queue: SqsSettings, advised: _Advised) -> tuple[str, int | None]:
    """How to mend a visibility timeout, in words and as its value."""
    words = advised.words
    if advised.function != hop.target:
        words = words.replace("the function timeout", f"the timeout of {advised.function}")
    safe = not expires_first(queue, seconds=advised.seconds)
    return f"raise it to {grouped(advised.seconds)} s, {words}", advised.seconds if safe else None


@rule(
    Severity.ERROR,
    offending=(
        "orders: {type: sqs.queue, visibility_timeout: 30}\n"
        "worker: {type: lambda.function, timeout: 31, duration: 80 ms}\n"
        "- orders -> worker"
    ),
    clean=(
        "orders: {type: sqs.queue, visibility_timeout: 31}\n"
        "worker: {type: lambda.function, timeout: 31, duration: 80 ms}\n"
        "- orders -> worker"
    ),
    fixable=True,
)
def visibility_timeout_below_function_timeout(estimate: Estimate) -> Iterator[Finding]:
    """A message reappears, and runs twice, while its function is still busy; Lambda refuses it.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    """
    for hop, queue, function, advised in _visible(estimate):
        if queue.visibility_timeout < function.timeout:
            message = (
                f"is {queue.visibility_timeout} s, but {hop.target} may run for"
                f" {function.timeout} s"
            )
            hint, remedy = _raise(hop, queue, advised)
            where = f"{hop.source}.visibility_timeout"
            name = "visibility_timeout_below_function_timeout"
            yield Finding(name, Severity.ERROR, where, message, hint, remedy=remedy)


@rule(
    Severity.WARNING,
    offending=(
        "orders: {type: sqs.queue, visibility_timeout: 59}\n"
        "worker: {type: lambda.function, timeout: 10, duration: 80 ms}\n"
        "- orders -> worker"
    ),
    clean=(
        "orders: {type: sqs.queue, visibility_timeout: 60}\n"
        "worker: {type: lambda.function, timeout: 10, duration: 80 ms}\n"
        "- orders -> worker"
    ),
    fixable=True,
)
def visibility_timeout_below_six_timeouts(estimate: Estimate) -> Iterator[Finding]:
    """A throttled batch reappears before its retries are over, and counts as received once more.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    """
    for hop, queue, function, advised in _visible(estimate):
        own = _advised(hop, queue, function).seconds
        if function.timeout <= queue.visibility_timeout < own:
            message = (
                f"is {grouped(queue.visibility_timeout)} s; AWS advises {grouped(own)} s for the"
                f" {function.timeout} s timeout of {hop.target}"
            )
            hint, remedy = _raise(hop, queue, advised)
            where = f"{hop.source}.visibility_timeout"
            name = "visibility_timeout_below_six_timeouts"
            yield Finding(name, Severity.WARNING, where, message, hint, remedy=remedy)


RULES = (
    visibility_timeout_below_function_timeout,
    visibility_timeout_below_six_timeouts,
)
