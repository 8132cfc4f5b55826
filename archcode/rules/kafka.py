"""Clusters of Apache Kafka: busy partitions, lone copies, and brokers that few need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Finding, LimitLoad, Severity
from archcode.rules._rule import rule
from archcode.services import find
from archcode.services._kafka import groups, peak_in, peak_out
from archcode.services._msk_express import PARTITION_THROUGHPUT
from archcode.services._msk_serverless import (
    EGRESS,
    INGRESS,
    PARTITION_EGRESS,
    PARTITION_INGRESS,
    ServerlessSettings,
)
from archcode.services._msk_settings import DAY, MskSettings
from archcode.services._msk_sizing import throughput_needs
from archcode.services.broker import BrokerSettings
from archcode.units import MIB, bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from archcode.estimate import Estimate
    from archcode.model import Limit
    from archcode.traffic import Traffic

PEAK_OVER_MEAN = 4
"""Peaks that are so many times the mean leave brokers idle for most of the time."""
QUIET = MIB
"""Bytes/s at the peak that one shard of a data stream takes."""
QUEUE_RETENTION = 14 * DAY
KAFKA_CLIENTS = (
    "broker",
    "kafkaconnect.connector",
    "msk.cluster",
    "msk.replicator",
    "msk.serverless_cluster",
)
"""What speaks Kafka's protocol and cannot do without."""


def _clusters(estimate: Estimate) -> Iterator[tuple[Traffic[MskSettings], MskSettings]]:
    """Clusters of brokers, standard or Express."""
    for traffic in estimate.topology.traffic.values():
        if isinstance(traffic.settings, MskSettings):
            yield traffic, traffic.settings


@rule(
    Severity.ERROR,
    offending="log: {type: msk.serverless_cluster, hottest_key_share: 51%}",
    clean="log: {type: msk.serverless_cluster, hottest_key_share: 50%}",
)
def hot_partition(estimate: Estimate) -> Iterator[LimitLoad]:
    """All messages of a key go to one partition, which is throttled while the others idle.

    Express and serverless partitions have a throughput of their own; the partitions of standard
    brokers share that of the broker.

    https://docs.aws.amazon.com/msk/latest/developerguide/limits.html
    """
    for traffic in estimate.topology.traffic.values():
        settings = traffic.settings
        if not isinstance(settings, MskSettings | ServerlessSettings):
            continue
        if settings.busiest_key is None:
            continue
        for limit, total, way in _partition_limits(traffic):
            load = settings.busiest_key * total / MIB
            yield LimitLoad(
                "hot_partition",
                Severity.ERROR,
                traffic.name,
                f"{traffic.name}.{settings.keys_setting}",
                limit.name,
                load,
                limit.in_region(traffic.region),
                limit.unit,
                f"{settings.busiest_key_text}, {grouped(load)} MB/s {way} at peak",
                scope=limit.scope,
                hint=f"more partitions do not help: split the key into {ceil(load / limit.value)}"
                " or more, such as by a suffix",
                about="the busiest key",
            )


def _partition_limits(
    traffic: Traffic[MskSettings | ServerlessSettings],
) -> Iterator[tuple[Limit, Fraction, str]]:
    """What a partition takes, and the bytes/s of the whole cluster."""
    if isinstance(traffic.settings, ServerlessSettings):
        yield PARTITION_INGRESS, peak_in(traffic), "written"
        yield PARTITION_EGRESS, peak_out(traffic), "read"
    elif traffic.settings.express:
        yield PARTITION_THROUGHPUT, peak_in(traffic), "written"


@rule(Severity.WARNING, offending="replication_factor: 1", clean="replication_factor: 2")
def topic_without_replica(estimate: Estimate) -> Iterator[Finding]:
    """What only one broker has is gone with its volume, and out of reach while it is patched.

    https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html
    """
    for traffic, settings in _clusters(estimate):
        if settings.replication_factor == 1:
            message = "is 1: each partition is on one broker only, which AWS restarts to patch it"
            hint = "set it to 3, one replica in each zone"
            where = f"{traffic.name}.replication_factor"
            yield Finding("topic_without_replica", Severity.WARNING, where, message, hint)


@rule(
    Severity.INFO,
    offending="- shop -> log: {rate: 1023/s, size: 1 KB}",
    clean="- shop -> log: {rate: 1024/s, size: 1 KB}",
)
def brokers_for_one_consumer(estimate: Estimate) -> Iterator[Finding]:
    """Brokers are paid for every hour, and one consumer of a quiet log uses little of them.

    It stays silent about what only Kafka does: other clients of its protocol, compaction, tiers,
    or a retention above the 14 days of a queue.

    https://aws.amazon.com/msk/pricing/
    """
    for traffic in estimate.topology.traffic.values():
        if isinstance(traffic.settings, MskSettings | ServerlessSettings) and _lonely(traffic):
            message = (
                f"{groups(traffic)[0].target} alone reads it, {bytes_text(peak_in(traffic))}/s at"
                " peak, and the cluster is paid for every hour"
            )
            hint = (
                "a queue charges for its requests only, one shard of a data stream is enough for"
                " replay; keep Kafka for its protocol, its connectors, or more consumer groups"
            )
            name = "brokers_for_one_consumer"
            yield Finding(name, Severity.INFO, traffic.name, message, hint)


def _lonely(traffic: Traffic[MskSettings | ServerlessSettings]) -> bool:
    """One plain consumer of a quiet log, and nothing that asks for Kafka."""
    settings, readers = traffic.settings, groups(traffic)
    ends = {hop.source_type for hop in traffic.inflows} | {hop.target_type for hop in readers}
    pulled = any(hop.source_type in find(hop.target_type).pulls_from for hop in readers)
    only_kafka = settings.retention > QUEUE_RETENTION or not ends.isdisjoint(KAFKA_CLIENTS)
    if isinstance(settings, ServerlessSettings):
        only_kafka = only_kafka or settings.compacted
    else:
        only_kafka = only_kafka or settings.storage_mode == "TIERED"
    return len(readers) == 1 and not (pulled or only_kafka) and 0 < peak_in(traffic) < QUIET


@rule(
    Severity.INFO,
    offending="- shop -> log: {rate: 2000/s, peak: 8000/s, size: 10 KB}",
    clean="- shop -> log: {rate: 2001/s, peak: 8000/s, size: 10 KB}",
)
def brokers_for_rare_peak(estimate: Estimate) -> Iterator[Finding]:
    """Brokers that are sized for a rare peak are paid for all month, and cannot be taken away.

    A larger cluster needs its partitions reassigned. Four times the mean is a bound of ours.

    https://docs.aws.amazon.com/msk/latest/developerguide/serverless.html
    https://docs.aws.amazon.com/msk/latest/developerguide/msk-update-broker-count.html
    """
    for traffic, settings in _clusters(estimate):
        brokers = next(size for size in estimate.capacity[traffic.name] if size.name == "brokers")
        mean, peak = traffic.received.bytes_per_second, peak_in(traffic)
        needed = max((need.number for need in throughput_needs(traffic)), default=0)
        more = min(needed, brokers.provided) > settings.availability_zones
        fits = peak <= INGRESS.value * MIB and peak_out(traffic) <= EGRESS.value * MIB
        if more and fits and peak >= PEAK_OVER_MEAN * mean:
            message = (
                f"{grouped(brokers.provided)} brokers stand ready for a peak of"
                f" {bytes_text(peak)}/s, {grouped(peak / mean)} times the mean of"
                f" {bytes_text(mean)}/s"
            )
            hint = f"compare an msk.serverless_cluster, which takes {INGRESS.value} MB/s unsized"
            yield Finding("brokers_for_rare_peak", Severity.INFO, traffic.name, message, hint)


@rule(
    Severity.INFO,
    offending="log: {type: broker, engine: Self-managed Apache Kafka, monthly_cost: 900}",
    clean="log: {type: broker, engine: Confluent Cloud, monthly_cost: 900}",
)
def kafka_run_by_hand(estimate: Estimate) -> Iterator[Finding]:
    """Patches, failed brokers and disks of Kafka on one's own instances are one's own work.

    It is found where `engine` names Kafka and says self-managed, self-hosted or EC2.

    https://docs.aws.amazon.com/msk/latest/developerguide/what-is-msk.html
    """
    for name, traffic in estimate.topology.traffic.items():
        if not isinstance(traffic.settings, BrokerSettings):
            continue
        words = (traffic.settings.engine or "").lower()
        by_hand = any(sign in words for sign in ("self-managed", "self-hosted", "ec2"))
        if "kafka" in words and by_hand:
            message = f"is {traffic.settings.engine}, whose brokers only you patch and replace"
            hint = "compare an msk.cluster or an msk.serverless_cluster"
            yield Finding("kafka_run_by_hand", Severity.INFO, f"{name}.engine", message, hint)


RULES = (
    brokers_for_one_consumer,
    brokers_for_rare_peak,
    hot_partition,
    kafka_run_by_hand,
    topic_without_replica,
)
