"""Queues and those that work on them: polling, time to work, order, and who gets which message."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import Finding, LimitLoad, Severity
from archcode.rules._queues import consumed
from archcode.rules._rule import rule
from archcode.services._sqs_limits import BATCH_ENTRIES, VISIBILITY_TIMEOUT, WAIT_TIME
from archcode.services._sqs_settings import SqsSettings
from archcode.units import ceil, grouped, time_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.traffic import Hop

WITHOUT_IDS = ("events.event_bus", "events.rule", "scheduler.schedule")
"""What sends to FIFO queues, and gives its messages no deduplication id."""


@rule(
    Severity.WARNING,
    offending="- orders -> worker\n- orders -> audit",
    clean="- orders -> worker: {share: 90%}\n- orders -> audit",
)
def consumers_compete_for_messages(estimate: Estimate) -> Iterator[Finding]:
    """A queue hands each message to one consumer, so different ones each miss what others got.

    https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html
    """
    for name, _, hops in consumed(estimate):
        consumers = list(dict.fromkeys(hop.target for hop in hops))
        split = any(hop.stated or hop.options.share is not None for hop in hops)
        if len(consumers) > 1 and not split:
            who = f"{', '.join(consumers[:-1])} and {consumers[-1]}"
            message = f"hands each message to only one of {who}, which compete for them"
            hint = (
                "send copies through a topic to a queue for each, or say on the flows which share"
                " each takes"
            )
            yield Finding("consumers_compete_for_messages", Severity.WARNING, name, message, hint)


@rule(
    Severity.WARNING,
    offending="orders: {type: sqs.queue, visibility_timeout: 5 min}",
    clean="orders:\n  type: sqs.queue\n  receive_message_wait_time_seconds: 1",
    fixable=True,
)
def short_polling(estimate: Estimate) -> Iterator[Finding]:
    """A consumer that does not wait asks again and again, and every empty answer is charged.

    Pollers of functions and pipes wait by themselves.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html
    """
    for name, queue, hops in consumed(estimate):
        own = list(dict.fromkeys(h.target for h in hops if not h.target_settings.managed_poller))
        if own and queue.receive_message_wait_time_seconds == 0:
            most = int(WAIT_TIME.value)
            message = (
                f"is 0: {' and '.join(own)} {'ask' if len(own) > 1 else 'asks'} without waiting,"
                " and may miss messages that are there"
            )
            where, hint = f"{name}.receive_message_wait_time_seconds", f"set it to {most}"
            yield Finding("short_polling", Severity.WARNING, where, message, hint, remedy=most)


@rule(
    Severity.ERROR,
    offending="visibility_timeout: 30",
    clean="visibility_timeout: 31",
)
def visibility_timeout_below_processing_time(estimate: Estimate) -> Iterator[Finding]:
    """A message reappears while it is still worked on, and is done twice.

    The time that a message takes is a mean: many take longer. What takes longer than 12 hours
    cannot be kept invisible at all.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
    """
    longest = int(VISIBILITY_TIMEOUT.value)
    for name, queue, hops in consumed(estimate):
        for hop in hops:
            seconds = hop.target_settings.processing_seconds()
            if seconds is None or hop.target_settings.managed_poller:
                continue
            where = f"{name}.visibility_timeout"
            if seconds > longest:
                message = (
                    f"can be {time_text(longest)} at most, and {hop.target} takes"
                    f" {time_text(seconds)}"
                )
                hint = "split the work, or let a state machine wait for it"
                severity = Severity.ERROR
            elif queue.visibility_timeout <= seconds:
                message = (
                    f"is {time_text(queue.visibility_timeout)}, and {hop.target} takes"
                    f" {time_text(seconds)} on average"
                )
                hint = (
                    "raise it above what the slowest take, or let the consumer extend it while it"
                    " works"
                )
                severity = Severity.WARNING
            else:
                continue
            rule_name = "visibility_timeout_below_processing_time"
            yield Finding(rule_name, severity, where, message, hint)


@rule(Severity.ERROR, offending="message_groups: 1", clean="message_groups: 2")
def too_few_message_groups(estimate: Estimate) -> Iterator[LimitLoad]:
    """The messages of a group are done one after the other, so a backlog of the group grows.

    A group has one batch in work at a time: as many groups are needed as batches are in work.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
    """
    for name, queue, hops in consumed(estimate):
        groups = queue.message_groups
        for hop in hops if queue.fifo_queue and groups else ():
            seconds = hop.target_settings.processing_seconds()
            if seconds is not None and not hop.target_settings.managed_poller and groups:
                yield _in_line(hop, groups, seconds, name)


def _in_line(hop: Hop, groups: int, seconds: Fraction, queue: str) -> LimitLoad:
    """Batches at a time against the groups: an error where even the mean does not fit."""
    calls = hop.delivered.times(1 / min(hop.batch, Fraction(BATCH_ENTRIES.value)))
    needed = ceil(calls.peak_messages_per_second * seconds)
    lasting = calls.messages_per_second * seconds > groups
    return LimitLoad(
        "too_few_message_groups",
        Severity.ERROR if lasting else Severity.WARNING,
        queue,
        f"{queue}.message_groups",
        "message_groups",
        Fraction(needed),
        Fraction(groups),
        "batches at a time",
        f"is {grouped(groups)}, and {hop.target} needs {grouped(needed)} batches at a time at peak",
        bound=", while a group has one",
        hint="use more message groups, larger batches or shorter work",
    )


@rule(
    Severity.ERROR,
    offending="orders: {type: sqs.queue, fifo_queue: true}",
    clean="orders: {type: sqs.queue, fifo_queue: true, content_based_deduplication: true}",
    fixable=True,
)
def fifo_queue_without_deduplication(estimate: Estimate) -> Iterator[Finding]:
    """Event buses and schedules give no deduplication id, so the queue refuses what they send.

    https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html
    https://docs.aws.amazon.com/scheduler/latest/APIReference/API_SqsParameters.html
    """
    for hop in estimate.topology.hops:
        queue = hop.target_settings
        sent = hop.kind == "flow" and hop.source_type in WITHOUT_IDS
        if not sent or not isinstance(queue, SqsSettings) or not queue.fifo_queue:
            continue
        if not queue.content_based_deduplication:
            message = f"is false, and {hop.source} sends no deduplication ids to a FIFO queue"
            where = f"{hop.target}.content_based_deduplication"
            hint = "set it to true"
            yield Finding(
                "fifo_queue_without_deduplication",
                Severity.ERROR,
                where,
                message,
                hint,
                remedy=True,
            )


RULES = (
    consumers_compete_for_messages,
    fifo_queue_without_deduplication,
    short_polling,
    too_few_message_groups,
    visibility_timeout_below_processing_time,
)
