"""Schedules: one target each, and a dead-letter queue that AWS allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Finding, Severity
from archcode.rules._rule import rule
from archcode.services._sqs_settings import SqsSettings
from archcode.services.scheduler import ScheduleSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate


@rule(
    Severity.ERROR,
    offending=(
        "nightly:\n"
        "  type: scheduler.schedule\n"
        "  dead_letter_config: {arn: lost}\n"
        "lost: {type: sqs.queue, fifo_queue: true}"
    ),
    clean=(
        "nightly:\n"
        "  type: scheduler.schedule\n"
        "  dead_letter_config: {arn: lost}\n"
        "lost: {type: sqs.queue}"
    ),
)
def fifo_dead_letter_queue_of_schedule(estimate: Estimate) -> Iterator[Finding]:
    """What Scheduler cannot deliver has nowhere to go, as it refuses FIFO queues for it.

    https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
    """
    for hop in estimate.topology.hops:
        queue = hop.target_settings
        if hop.kind != "redrive" or not isinstance(hop.source_settings, ScheduleSettings):
            continue
        if isinstance(queue, SqsSettings) and queue.fifo_queue:
            message = f"{hop.target} is a FIFO queue, and a schedule's must be a standard one"
            where = f"{hop.source}.dead_letter_config.arn"
            name = "fifo_dead_letter_queue_of_schedule"
            hint = f"set fifo_queue: false on {hop.target}"
            yield Finding(name, Severity.ERROR, where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "nightly: {type: scheduler.schedule, schedule_expression: rate(1 day), size: 1 KB}\n"
        "- nightly -> cleanup\n"
        "- nightly -> report"
    ),
    clean=(
        "nightly: {type: scheduler.schedule, schedule_expression: rate(1 day), size: 1 KB}\n"
        "- nightly -> all\n"
        "- all -> cleanup\n"
        "- all -> report"
    ),
)
def schedule_with_several_targets(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: a schedule has one target.

    https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets.html
    """
    for name, traffic in estimate.topology.traffic.items():
        targets = sum(1 for hop in traffic.outflows if hop.kind == "flow")
        if isinstance(traffic.settings, ScheduleSettings) and targets > 1:
            message = f"has {targets} targets, and a schedule has one"
            hint = "add a schedule for each, or send to a topic or an event bus"
            yield Finding("schedule_with_several_targets", Severity.ERROR, name, message, hint)


RULES = (
    fifo_dead_letter_queue_of_schedule,
    schedule_with_several_targets,
)
