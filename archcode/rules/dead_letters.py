"""Dead-letter queues: that there is one, where, of which kind, and how long it keeps messages."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from archcode.model import Finding, Severity
from archcode.rules._queues import consumed, dead_letter_queues, expires_first
from archcode.rules._rule import rule
from archcode.services._sqs_limits import RETENTION
from archcode.services._sqs_settings import SqsSettings
from archcode.units import grouped, time_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.traffic import Hop

LONGEST = int(RETENTION.value)
ENOUGH_RECEIVES = 5
"""What AWS advises for a queue that a function works on."""


def _redrives(estimate: Estimate) -> Iterator[tuple[Hop, SqsSettings, SqsSettings]]:
    """Every queue with its dead-letter queue."""
    for hop in estimate.topology.hops:
        source, dead = hop.source_settings, hop.target_settings
        if hop.kind != "redrive" or not isinstance(source, SqsSettings):
            continue
        if isinstance(dead, SqsSettings):
            yield hop, source, dead


@rule(
    Severity.WARNING,
    offending="orders: {type: sqs.queue, visibility_timeout: 18}\n- orders -> worker",
    clean=(
        "orders: {type: sqs.queue, redrive_policy: {dead_letter_target: lost}}\n"
        "lost: {type: sqs.queue}"
    ),
)
def queue_without_dead_letter_queue(estimate: Estimate) -> Iterator[Finding]:
    """A message that always fails is tried until it expires, and then lost without a trace.

    In a FIFO queue the rest of its group waits as long. A dead letter lets them pass it: where
    order is worth more than that, ignore this with the reason. What takes the dead letters of
    others needs no dead-letter queue itself.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    """
    takers = dead_letter_queues(estimate)
    for queue, settings, hops in consumed(estimate):
        if settings.redrive_policy is not None or queue in takers:
            continue
        failing = [hop for hop in hops if hop.options.failure_rate]
        who = " or ".join(dict.fromkeys(hop.target for hop in failing or hops))
        message = (
            f"has no dead-letter queue: what {who} cannot process is tried again until it expires"
            f" after {time_text(settings.message_retention_period)}"
        )
        message += ", and its group waits" if settings.fifo_queue else ""
        hint = "add redrive_policy: {dead_letter_target: NAME, max_receive_count: 5}"
        yield Finding("queue_without_dead_letter_queue", Severity.WARNING, queue, message, hint)


@rule(
    Severity.WARNING,
    offending="lost: {type: sqs.queue}",
    clean="lost: {type: sqs.queue, message_retention_period: 14 d}",
    fixable=True,
)
def dead_letters_kept_too_short(estimate: Estimate) -> Iterator[Finding]:
    """A dead letter of a standard queue keeps its age, so one that waited long expires unseen.

    The time of a message begins when it was sent: a dead-letter queue that keeps messages as long
    as its source has nothing left of those that failed last. A FIFO queue begins anew.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html
    """
    sources: dict[str, list[tuple[str, SqsSettings, SqsSettings]]] = defaultdict(list)
    for hop, queue, dead in _redrives(estimate):
        short = dead.message_retention_period <= queue.message_retention_period
        if short and not queue.fifo_queue and not dead.fifo_queue:
            sources[hop.target].append((hop.source, queue, dead))
    for target, found in sources.items():
        source, queue, dead = max(found, key=lambda each: each[1].message_retention_period)
        yield _short(source, queue, target, dead)


def _short(source: str, queue: SqsSettings, target: str, dead: SqsSettings) -> Finding:
    """To be mended at the dead-letter queue, unless it keeps messages as long as any can."""
    kept = queue.message_retention_period
    name = "dead_letters_kept_too_short"
    setting = "message_retention_period"
    if dead.message_retention_period == LONGEST:
        message = f"is {time_text(kept)}, as long as its dead-letter queue {target} keeps messages"
        hint = "set it below 14 d, the longest that a queue keeps messages"
        return Finding(name, Severity.WARNING, f"{source}.{setting}", message, hint)
    message = (
        f"is {time_text(dead.message_retention_period)}, not longer than the {time_text(kept)} of"
        f" {source}, whose dead letters come here with their age"
    )
    hint = f"say {setting}: 14 d"
    if kept == LONGEST:
        hint += f", and keep messages shorter in {source}"
    # Where it has a dead-letter queue itself, that one would then be too short.
    safe = dead.redrive_policy is None and kept < LONGEST
    remedy = LONGEST if safe else None
    return Finding(name, Severity.WARNING, f"{target}.{setting}", message, hint, remedy=remedy)


@rule(
    Severity.ERROR,
    offending=(
        "orders: {type: sqs.queue, redrive_policy: {dead_letter_target: lost}}\n"
        "here: {kind: region, region: us-east-1, contains: [orders]}\n"
        "there: {kind: region, region: eu-west-1, contains: [lost]}"
    ),
    clean=(
        "returns: {type: sqs.queue, redrive_policy: {dead_letter_target: dead}}\n"
        "here: {kind: region, region: eu-west-1, contains: [returns, dead, worker]}"
    ),
)
def dead_letter_queue_elsewhere(estimate: Estimate) -> Iterator[Finding]:
    """SQS refuses a dead-letter queue in another region or account than its source.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    """
    for hop, _, _ in _redrives(estimate):
        way = hop.way
        if not way.other_region and not way.other_account:
            continue
        message = f"is {hop.target}, which is in another account than {hop.source}"
        if way.other_region:
            message = (
                f"is {hop.target}, which is in {way.target_region}, and {hop.source} is in"
                f" {way.source_region}"
            )
        where = f"{hop.source}.redrive_policy.dead_letter_target"
        hint = f"put {hop.target} into the frames of {hop.source}"
        yield Finding("dead_letter_queue_elsewhere", Severity.ERROR, where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "worker:\n"
        "  type: lambda.function\n"
        "  dead_letter_config: {target_arn: lost}\n"
        "lost: {type: sqs.queue, fifo_queue: true}"
    ),
    clean=(
        "calm: {type: lambda.function, duration: 1 s, dead_letter_config: {target_arn: "
        "dead}}\n"
        "dead: {type: sqs.queue}"
    ),
)
def fifo_dead_letters_of_function(estimate: Estimate) -> Iterator[Finding]:
    """Lambda sends what it gives up to standard queues and topics only, and loses the rest.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    """
    for name, traffic in estimate.topology.traffic.items():
        function = estimate.topology.spec.components[name].type == "lambda.function"
        taker = traffic.settings.dead_letter_target() if function else None
        if taker is None:
            continue
        dead = estimate.topology.traffic[taker].settings
        queue = getattr(dead, "fifo_queue", False)
        if queue or getattr(dead, "fifo_topic", False):
            kind = "queue" if queue else "topic"
            message = f"is {taker}, a FIFO {kind}, and Lambda takes standard ones only"
            where, hint = f"{name}.dead_letter_config.target_arn", f"make {taker} standard"
            yield Finding("fifo_dead_letters_of_function", Severity.ERROR, where, message, hint)


@rule(
    Severity.WARNING,
    offending="redrive_policy: {dead_letter_target: lost, max_receive_count: 1}",
    clean="redrive_policy: {dead_letter_target: lost, max_receive_count: 2}",
    fixable=True,
)
def max_receive_count_too_low(estimate: Estimate) -> Iterator[Finding]:
    """A passing failure, or a throttled invocation, makes a dead letter of a good message.

    For a queue that a function works on AWS advises five receives at least.
    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    """
    for name, queue, hops in consumed(estimate):
        policy = queue.redrive_policy
        function = next((hop.target for hop in hops if hop.target_type == "lambda.function"), "")
        least = ENOUGH_RECEIVES if function else 2
        if policy is None or policy.max_receive_count >= least:
            continue
        if policy.max_receive_count == 1:
            severity, message = Severity.WARNING, "is 1: the first failure makes a dead letter"
        else:
            severity = Severity.INFO
            message = (
                f"is {policy.max_receive_count}, and throttled invocations of {function} count;"
                f" AWS advises {ENOUGH_RECEIVES} or more"
            )
        where = f"{name}.redrive_policy.max_receive_count"
        remedy = None if expires_first(queue, receives=ENOUGH_RECEIVES) else ENOUGH_RECEIVES
        hint = f"set it to {ENOUGH_RECEIVES}"
        yield Finding("max_receive_count_too_low", severity, where, message, hint, remedy=remedy)


@rule(
    Severity.WARNING,
    offending="redrive_policy: {dead_letter_target: lost, max_receive_count: 8}",
    clean="redrive_policy: {dead_letter_target: lost, max_receive_count: 7}",
)
def message_expires_before_dead_letter(estimate: Estimate) -> Iterator[Finding]:
    """A message that always fails expires while it is still retried, so no dead letter is left.

    After each receive it is invisible for the visibility timeout.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    """
    for name, queue, _ in consumed(estimate):
        policy, hidden = queue.redrive_policy, queue.visibility_timeout
        if policy is None or not expires_first(queue):
            continue
        receives, kept = policy.max_receive_count, queue.message_retention_period
        message = (
            f"is {grouped(receives)}: with a visibility timeout of {time_text(hidden)} that takes"
            f" {time_text(receives * hidden)}, and messages expire after {time_text(kept)}"
        )
        where = f"{name}.redrive_policy.max_receive_count"
        most = (kept - 1) // hidden
        hint = "shorten the visibility timeout, or keep messages longer"
        if most > 1:
            hint = f"set it to {grouped(most)} or less, or keep messages longer"
        name_of_rule = "message_expires_before_dead_letter"
        yield Finding(name_of_rule, Severity.WARNING, where, message, hint)


RULES = (
    dead_letter_queue_elsewhere,
    dead_letters_kept_too_short,
    fifo_dead_letters_of_function,
    max_receive_count_too_low,
    message_expires_before_dead_letter,
    queue_without_dead_letter_queue,
)
