"""Kafka topics, whatever runs them: consumer groups, what they read, and their partitions.

Every flow out is a consumer group that reads everything, also where its filter lets little
through; a replicator alone takes only what its filter leaves, since it is told its topics.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from archcode.model import ZERO, Capacity, Finding, Severity
from archcode.rationals import largest, told
from archcode.services._mapping import KAFKA_KEYS
from archcode.services._service import against, one_flow, stated, told_as
from archcode.units import GIB, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.model import Limit, Load, Verdict
    from archcode.traffic import Hop, Traffic

REPLICATOR = "msk.replicator"
FLOW_KEYS = KAFKA_KEYS | {"consumers", "longest_outage"}
"""What a flow from a cluster may say of its consumer group."""


def groups(traffic: Traffic[Any]) -> list[Hop]:
    """The consumer groups."""
    return [hop for hop in traffic.outflows if hop.kind == "flow"]


def read(traffic: Traffic[Any], hop: Hop) -> Load:
    """What a group takes from the brokers: everything, but for a replicator."""
    if hop.target_type == REPLICATOR:
        return hop.delivered
    return traffic.offered(hop).times(hop.attempts)


def peak_in(traffic: Traffic[Any]) -> Fraction:
    """Bytes/s written at the peak."""
    return sum((hop.delivered.peak_bytes_per_second for hop in traffic.inflows), ZERO)


def peak_out(traffic: Traffic[Any]) -> Fraction:
    """Bytes/s read by all groups at the peak."""
    return sum((read(traffic, hop).peak_bytes_per_second for hop in groups(traffic)), ZERO)


def written_gb(traffic: Traffic[Any]) -> Fraction:
    """GB written in a month, repeated writes included."""
    return sum((hop.delivered.monthly_bytes for hop in traffic.inflows), ZERO) / GIB


def read_gb(traffic: Traffic[Any]) -> Fraction:
    """GB read in a month by all groups."""
    return sum((read(traffic, hop).monthly_bytes for hop in groups(traffic)), ZERO) / GIB


def kept(traffic: Traffic[Any], seconds: Fraction) -> Fraction:
    """GiB of one copy of what came in during a time, at the mean rate."""
    mean = sum((hop.handed.bytes_per_second for hop in traffic.inflows), ZERO)
    return mean * seconds / GIB


def busy_consumers(hop: Hop, rate: Fraction) -> Fraction:
    """Consumers of a group that a rate keeps busy; of one that is not Lambda's, those it has."""
    seconds = hop.target_settings.processing_seconds()
    if hop.target_type != "lambda.function" or seconds is None:
        return Fraction(hop.options.consumers or 1)
    return rate * seconds / hop.batch


def consumers(hop: Hop, rate: Fraction) -> int:
    """Consumers that a group needs at a rate; a partition feeds one of them."""
    return largest(1, ceil(busy_consumers(hop, rate)))


class Need(Struct, frozen=True):
    """A reason for brokers or partitions, in words, and how many it asks for."""

    number: int
    words: str


def _largest_group(traffic: Traffic[Any]) -> Need:
    needed = {
        hop.target: consumers(hop, hop.delivered.peak_messages_per_second)
        for hop in groups(traffic)
    }
    name = max(needed, key=lambda group: told(needed[group]), default="")
    most = largest(1, *needed.values())
    plural = "" if told(most) == 1 else "s"
    words = f"consumer{plural} of {name}" if name else "partition at least"
    return Need(most, f"{grouped(most)} {words}")


def partitions(traffic: Traffic[Any], *throughput: Need, charged: bool) -> Capacity:
    """Partitions for the largest consumer group, and for what one partition carries."""
    group = _largest_group(traffic)
    needs = sorted((group, *throughput), key=lambda need: -told(need.number))
    formula = group.words
    if throughput:
        parts = (f"{need.words} needs {grouped(need.number)}" for need in needs)
        formula = f"needs {grouped(needs[0].number)}: {', '.join(parts)}"
    required = largest(*(need.number for need in needs))
    configured = traffic.settings.partitions
    return Capacity("partitions", required, configured, formula, charged=charged)


def message_sizes(traffic: Traffic[Any], *limits: tuple[Limit, str]) -> Iterator[Verdict]:
    """Sizes of messages against limits; the first that is exceeded counts, each has its hint."""
    for hop in traffic.inflows:
        size = hop.handed.message_size_bytes
        load = f"{hop.source} sends messages of {grouped(size)} bytes"
        for limit, hint in limits:
            yield against(traffic, limit, size, load, hint, about=one_flow(hop))


def late_groups(traffic: Traffic[Any], partitions: int) -> Iterator[Verdict]:
    """A group with more consumers than partitions leaves some idle, and falls behind."""
    scope = "of a group at a time, one for each partition"
    most = stated("busy_consumers", partitions, "consumers", scope)
    for hop in groups(traffic):
        busy = busy_consumers(hop, hop.delivered.peak_messages_per_second)
        words = f"{hop.target} keeps {grouped(busy)} consumers busy at peak"
        load = replace(against(traffic, most, busy, words), where=hop.where)
        found = _late(traffic, hop, ceil(busy), partitions) if load.exceeded else None
        yield told_as("too_few_partitions", load, found)


def _late(traffic: Traffic[Any], hop: Hop, needed: int, partitions: int) -> Finding:
    """An error where even the mean rate does not fit."""
    message = (
        f"{hop.target} needs {grouped(needed)} consumers at peak, and {grouped(partitions)}"
        " partitions feed one each"
    )
    by_lambda = hop.target_type == "lambda.function"
    lasting = by_lambda and consumers(hop, hop.delivered.messages_per_second) > partitions
    severity = Severity.ERROR if lasting else Severity.WARNING
    hint, where = f"set partitions: {needed}", f"{traffic.name}.partitions"
    return Finding("too_few_partitions", severity, where, message, hint)
