"""MSK Replicator: https://aws.amazon.com/msk/pricing/.

It runs in the region of its target cluster and pulls from the source, so the source cluster sends
from region to region and is charged for that
(https://docs.aws.amazon.com/msk/latest/developerguide/msk-replicator-how-it-works.html). Its own
price is the same within a region and across; transfer between zones is not charged on top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from archcode.fields import Settings
from archcode.model import ZERO, Limit, Meter, Usage
from archcode.services._service import against
from archcode.shape import Field
from archcode.units import GIB, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.model import Capacity, Verdict
    from archcode.traffic import Traffic

_QUOTAS = (
    "https://docs.aws.amazon.com/msk/latest/developerguide/limits.html"
    " (mirror c2hans/aws-docs@07f049d)"
)
_AS_OF = "2026-09-17"

REPLICATORS = Limit("replicators", 15, "replicators", "adjustable", "per account", _QUOTAS, _AS_OF)
TOPICS = Limit("replicated_topics", 750, "topics", "adjustable", "per replicator", _QUOTAS, _AS_OF)
THROUGHPUT = Limit(
    "replicator_ingress", 1, "GB/s", "adjustable", "copied per replicator", _QUOTAS, _AS_OF
)

LIMITS = (REPLICATORS, TOPICS, THROUGHPUT)
METERS = (
    Meter("replicator_hour", "Hours", "Replicator", "Recurring"),
    Meter("replicator_data_processed", "GB", "Data replicated"),
)
USAGE_KEYS = ("replicator_hours", "replicated_gb")


class ReplicatorSettings(Settings):
    """AWS::MSK::Replicator: its clusters are those at the ends of its flows."""

    topics: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        None, description="Topics that are copied; a filter on the flow into it says their part."
    )


def usage(traffic: Traffic[ReplicatorSettings], _capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """Hours and GB copied."""
    hours = traffic.hours_per_month
    words = f"1 replicator × {grouped(hours)} h"
    yield Usage("replicator_hours", "replicator_hour", hours, words)
    copied = traffic.received.monthly_bytes / GIB
    words = f"{grouped(copied)} GB copied"
    yield Usage("replicated_gb", "replicator_data_processed", copied, words)


def check(
    traffic: Traffic[ReplicatorSettings], _capacity: tuple[Capacity, ...]
) -> Iterator[Verdict]:
    """Topics and throughput."""
    topics = traffic.settings.topics
    split = "spread the topics over more replicators, or request a higher quota"
    if topics is not None:
        yield against(traffic, TOPICS, topics, f"{grouped(topics)} topics", split)
    peaks = (hop.delivered.peak_bytes_per_second for hop in traffic.inflows)
    peak = sum(peaks, ZERO) / GIB
    yield against(traffic, THROUGHPUT, peak, f"{grouped(peak)} GB/s at peak", split)


def shared_check(replicators: tuple[Traffic[ReplicatorSettings], ...]) -> Iterator[Verdict]:
    """The number of replicators against the account's quota."""
    number = len(replicators)
    load = f"{number} replicators"
    yield against(replicators[0], REPLICATORS, number, load, "request a higher quota")
