"""How many calls at a time a consumer makes at most, and how fast it then works.

The concurrency of a function is bounded by its mappings, or by what it reserves; that of tasks and
instances by their number. Time is what one call takes: rate = calls at a time × batch ÷ time.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from archcode.services._lambda_limits import CONCURRENT_EXECUTIONS
from archcode.services._lambda_pollers import KAFKA, KINDS, QUEUE, maximum_pollers
from archcode.services._mapping_limits import QUEUE_MAPPING_CONCURRENCY

if TYPE_CHECKING:
    from archcode.estimate import Estimate
    from archcode.services._sqs_settings import SqsSettings
    from archcode.traffic import Hop

SHARDED = {"dynamodb.table": "partitions", "kinesis.stream": "shards"}
"""What the batches of a stream's mapping are counted by; a table has about a shard for each."""
WORKERS = ("ec2.instance", "ecs.service")
"""What works on `concurrency` calls at a time, in a number that is stated or derived."""
LEAST_CONCURRENCY = 2
"""The smallest maximum_concurrency of a mapping."""


def queue_supply(hop: Hop, queue: SqsSettings) -> tuple[int, str]:
    """Batches that a mapping of a queue runs at a time, and how to have more."""
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


def keeps_up(hop: Hop, most: int) -> bool:
    """Whether a mapping may be held to a concurrency, and carries the peak all the same."""
    seconds = hop.target_settings.processing_seconds() or 0
    needed = hop.delivered.peak_messages_per_second / hop.batch * seconds
    return most >= LEAST_CONCURRENCY and needed <= most


def mapping_cap(estimate: Estimate, hop: Hop) -> int | None:
    """Invocations at a time that a source lets a mapping make; None where it sets no bound."""
    options = hop.options
    if hop.source_type == "sqs.queue":
        queue = cast("SqsSettings", hop.source_settings)
        bounded = options.maximum_concurrency or maximum_pollers(options)
        grouped = queue.fifo_queue and queue.message_groups
        return queue_supply(hop, queue)[0] if bounded or grouped else None
    sizes = {need.name: need.provided for need in estimate.capacity[hop.source]}
    if hop.source_type in SHARDED:
        shards = sizes.get(SHARDED[hop.source_type])
        return shards * (options.parallelization_factor or 1) if shards else None
    if KINDS.get(hop.source_type) is KAFKA:
        return sizes.get("partitions")
    if hop.source_type == "amazonmq.broker":
        from archcode.services._mq_brokers import ACTIVEMQ_MAPPING, RABBITMQ_MAPPING

        activemq = getattr(hop.source_settings, "activemq", False)
        limit = ACTIVEMQ_MAPPING if activemq else RABBITMQ_MAPPING
        return int(limit.value)
    return None


class Reach(Struct, frozen=True):
    """Calls that a consumer makes at a time at most; `capped` where something holds it to them."""

    most: int
    capped: bool


def reach(estimate: Estimate, name: str) -> Reach | None:
    """What a function, a service or an instance can do at most; None where nothing tells."""
    traffic = estimate.topology.traffic[name]
    settings, kind = traffic.settings, estimate.topology.spec.components[name].type
    if kind == "lambda.function":
        flows = [hop for hop in traffic.inflows if hop.kind != "redrive"]
        caps = [mapping_cap(estimate, hop) for hop in flows]
        mapped = [cap for cap in caps if cap is not None]
        bounds = [sum(mapped)] if mapped and len(mapped) == len(caps) else []
        if settings.reserved_concurrent_executions is not None:
            bounds.append(settings.reserved_concurrent_executions)
        quota = int(CONCURRENT_EXECUTIONS.in_region(traffic.region))
        return Reach(min([*bounds, quota]), capped=bool(bounds))
    if kind in WORKERS:
        number = max((need.provided for need in estimate.capacity[name]), default=settings.stated)
        return Reach(number * settings.concurrency, capped=True) if number else None
    return None


def drain_rate(estimate: Estimate, hop: Hop) -> Fraction | None:
    """Messages/s that the consumer at the end of a flow takes at most; None where nothing tells.

    What it takes of other flows at the same time is not counted off.
    """
    seconds, most = hop.target_settings.processing_seconds(), reach(estimate, hop.target)
    if seconds is None or most is None:
        return None
    own, batches = mapping_cap(estimate, hop), most.most
    if hop.target_type == "lambda.function" and own is not None:
        batches = min(batches, own)
    return batches * hop.batch / seconds
