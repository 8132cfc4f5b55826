"""Amazon SQS queues and their consumers.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.failures._handoff import (
    FIFO_WINDOW,
    Handoff,
    backlog,
    dead_letters,
    load_words,
    named,
    second_time,
)
from archcode.services._sqs_settings import SqsSettings
from archcode.services.lambda_ import LambdaSettings
from archcode.units import grouped, time_text

if TYPE_CHECKING:
    from archcode.topology import Topology
    from archcode.traffic import Hop


def handoff(topology: Topology, hop: Hop) -> Handoff | None:
    """A consumer that receives, works, and deletes."""
    queue = hop.source_settings
    if not isinstance(queue, SqsSettings):
        return None
    source, target = named(topology, hop)
    return Handoff(
        hop.where,
        source,
        target,
        load_words(hop),
        _duplicate(hop, queue),
        " ".join((_poison(topology, queue), _batch(hop), _group(queue))).strip(),
        "Visibility timeout",
        _visibility(hop, queue),
        _loss(topology, hop, queue),
    )


def _duplicate(hop: Hop, queue: SqsSettings) -> str:
    if queue.fifo_queue:
        why = (
            f"{hop.source} drops a message that is sent again with its deduplication id within"
            f" {time_text(FIFO_WINDOW)}, but delivers one again that is not deleted in time."
        )
    else:
        why = f"{hop.source} delivers at least once, so that a message may come twice."
    return f"{why} {second_time(hop)}"


def _poison(topology: Topology, queue: SqsSettings) -> str:
    """Tries are one visibility timeout apart, unless the consumer shortens it."""
    apart, kept = queue.visibility_timeout, queue.message_retention_period
    policy = queue.redrive_policy
    if policy is None:
        return (
            f"A message that always fails is tried every {time_text(apart)} until it is"
            f" {time_text(kept)} old, and is then deleted; nobody sees why."
        )
    tries, dead = policy.max_receive_count, policy.dead_letter_target
    if tries * apart >= kept:
        return (
            f"A message that always fails would go to {dead} after {_times(tries)}"
            f" {time_text(apart)} apart, but is {time_text(kept)} old before that, and deleted."
        )
    after = f", about {time_text(tries * apart)} after the first" if tries > 1 else ""
    return (
        f"A message that always fails is tried {_times(tries)}{after}, and then goes to"
        f" {dead}{dead_letters(topology, dead)}."
    )


def _times(tries: int) -> str:
    return "once" if tries == 1 else f"{grouped(tries)} times"


def _batch(hop: Hop) -> str:
    """What becomes of the others in the batch of a bad message."""
    if not hop.target_settings.managed_poller or hop.batch <= 1:
        return ""
    size = grouped(hop.batch)
    if hop.options.function_response_types:
        return f"Of its batch of {size} only the failed ones come back, as {hop.target} reports."
    if hop.target_type == "pipes.pipe":
        return f"Its batch of {size} fails with it, unless the target reports the failed ones."
    return (
        f"Its whole batch of {size} fails with it: the good ones are worked on again, and count"
        " the try."
    )


def _group(queue: SqsSettings) -> str:
    if not queue.fifo_queue:
        return ""
    return "Until then the later messages of its group wait behind it."


def _visibility(hop: Hop, queue: SqsSettings) -> str:
    apart, worker = queue.visibility_timeout, hop.target_settings
    again = (
        f"What is not deleted within {time_text(apart)} is handed out again, while the first may"
        " still be at work."
    )
    if isinstance(worker, LambdaSettings):
        if worker.timeout <= apart:
            return (
                f"{again} {hop.target} ends after {time_text(worker.timeout)} at the latest, so"
                " that this happens to batches that were throttled or whose function was killed."
            )
        return f"{again} {hop.target} may run for {time_text(worker.timeout)}, so it will happen."
    seconds = worker.processing_seconds()
    if seconds is not None:
        room = "fits" if seconds <= apart else "does not fit"
        return f"{again} A call takes {time_text(seconds)} in {hop.target}, which {room}."
    return f"{again} Longer work has to prolong it with ChangeMessageVisibility, to 12 h at most."


def _loss(topology: Topology, hop: Hop, queue: SqsSettings) -> str:
    kept, rate = queue.message_retention_period, hop.handed.messages_per_second
    lost = f"What waits longer than {time_text(kept)} is deleted without a trace"
    if rate:
        lost += f": by then {backlog(rate, kept)} have gathered"
    policy = queue.redrive_policy
    if policy is None:
        return f"{lost}."
    dead = topology.spec.components.get(policy.dead_letter_target)
    held = getattr(dead.settings, "message_retention_period", None) if dead else None
    if held is None:
        return f"{lost}."
    return (
        f"{lost}. What nobody moves back from {policy.dead_letter_target} in"
        f" {time_text(held)} is lost as well."
    )
