"""Flows that AWS polls for functions and pipes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.services._sqs_settings import SqsSettings
from archcode.services.lambda_ import LambdaSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.traffic import Hop


def mappings(estimate: Estimate, *sources: str) -> Iterator[tuple[Hop, LambdaSettings]]:
    """Flows from these types into a function."""
    for hop in estimate.topology.hops:
        if hop.source_type in sources and isinstance(hop.target_settings, LambdaSettings):
            yield hop, hop.target_settings


def queues(estimate: Estimate) -> Iterator[tuple[Hop, SqsSettings, LambdaSettings]]:
    """Queues with the functions that work on them."""
    for hop, function in mappings(estimate, "sqs.queue"):
        if isinstance(hop.source_settings, SqsSettings):
            yield hop, hop.source_settings, function


def polled(estimate: Estimate, *sources: str) -> Iterator[Hop]:
    """Flows from these types that AWS polls, for functions and pipes."""
    for hop in estimate.topology.hops:
        if hop.source_type in sources and hop.target_settings.managed_poller:
            yield hop


def polled_queues(estimate: Estimate) -> Iterator[tuple[Hop, SqsSettings]]:
    """Queues that AWS polls, for functions and pipes."""
    for hop in polled(estimate, "sqs.queue"):
        if isinstance(hop.source_settings, SqsSettings):
            yield hop, hop.source_settings
