"""What rules on queues ask: who consumes one, and whether its messages expire while retried."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from archcode.services._sqs_settings import SqsSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.traffic import Hop


def expires_first(
    queue: SqsSettings, *, receives: int | None = None, seconds: int | None = None
) -> bool:
    """Whether a message expires before it was received often enough to become a dead letter.

    Between two receives it is invisible for the visibility timeout. `receives` and `seconds` are
    tried in place of the queue's own settings.
    """
    policy = queue.redrive_policy
    if policy is None:
        return False
    times = policy.max_receive_count if receives is None else receives
    hidden = queue.visibility_timeout if seconds is None else seconds
    return times * hidden >= queue.message_retention_period


def dead_letter_queues(estimate: Estimate) -> set[str]:
    """Everything that takes what others give up."""
    return {hop.target for hop in estimate.topology.hops if hop.kind == "redrive"}


def consumed(estimate: Estimate) -> Iterator[tuple[str, SqsSettings, list[Hop]]]:
    """Queues with the flows into their consumers."""
    flows: dict[str, list[Hop]] = defaultdict(list)
    for hop in estimate.topology.hops:
        if hop.kind == "flow" and isinstance(hop.source_settings, SqsSettings):
            flows[hop.source].append(hop)
    for name, hops in flows.items():
        settings = estimate.topology.traffic[name].settings
        if isinstance(settings, SqsSettings):
            yield name, settings, hops
