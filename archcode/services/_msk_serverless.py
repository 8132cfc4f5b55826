"""MSK Serverless clusters: https://aws.amazon.com/msk/pricing/.

Paid by the hour for the cluster and each leader partition, and per GB written, read and kept, one
copy. Clients connect over AWS PrivateLink, whose traffic between zones is not charged
(https://aws.amazon.com/privatelink/pricing/).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar

from archcode.fields import Duration
from archcode.model import Invocation, Limit, Meter, Usage
from archcode.services import _kafka
from archcode.services._kafka import Need
from archcode.services._msk_settings import DAY, days_text
from archcode.services._partition_keys import KeyedSettings
from archcode.services._service import against, smaller_batch
from archcode.shape import Field
from archcode.units import MIB, bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.model import Capacity, Verdict
    from archcode.traffic import Traffic

_GUIDE = "https://docs.aws.amazon.com/msk/latest/developerguide"
_QUOTAS = f"{_GUIDE}/limits.html (mirror c2hans/aws-docs@07f049d)"
_AS_OF = "2026-09-17"
_CLUSTER = "per serverless cluster"
_PARTITION = "per serverless partition"

INGRESS = Limit("cluster_ingress", 200, "MB/s", "hard", f"written {_CLUSTER}", _QUOTAS, _AS_OF)
EGRESS = Limit("cluster_egress", 400, "MB/s", "hard", f"read {_CLUSTER}", _QUOTAS, _AS_OF)
PARTITION_INGRESS = Limit(
    "partition_ingress", 5, "MB/s", "hard", f"written {_PARTITION}", _QUOTAS, _AS_OF
)
PARTITION_EGRESS = Limit(
    "partition_egress", 10, "MB/s", "hard", f"read {_PARTITION}", _QUOTAS, _AS_OF
)
PARTITIONS = Limit(
    "leader_partitions",
    2400,
    "partitions",
    "adjustable",
    f"{_CLUSTER} without compaction, replicas not counted",
    _QUOTAS,
    _AS_OF,
)
COMPACTED_PARTITIONS = Limit(
    "leader_partitions",
    120,
    "partitions",
    "adjustable",
    f"{_CLUSTER} with compacted topics, replicas not counted",
    _QUOTAS,
    _AS_OF,
)
CONSUMER_GROUPS = Limit("consumer_groups", 500, "groups", "hard", _CLUSTER, _QUOTAS, _AS_OF)
CONNECTIONS = Limit("client_connections", 3000, "connections", "hard", _CLUSTER, _QUOTAS, _AS_OF)
MESSAGE_SIZE = Limit(
    "serverless_message_size",
    8 * MIB,
    "bytes",
    "hard",
    "per message of a serverless cluster",
    _QUOTAS,
    _AS_OF,
)
MESSAGE_SIZE_DEFAULT = Limit(
    "max_message_bytes",
    1_048_588,
    "bytes",
    "adjustable",
    "per message, a topic's max.message.bytes",
    f"{_GUIDE}/serverless-config.html (mirror c2hans/aws-docs@4be7d6f)",
    "2026-07-01",
)
FETCH_SIZE = Limit("fetch_size", 55, "MB", "hard", "per request to fetch", _QUOTAS, _AS_OF)
CLUSTERS = Limit(
    "serverless_clusters", 10, "clusters", "adjustable", "per account and region", _QUOTAS, _AS_OF
)

LIMITS = (
    INGRESS,
    EGRESS,
    PARTITION_INGRESS,
    PARTITION_EGRESS,
    PARTITIONS,
    COMPACTED_PARTITIONS,
    CONSUMER_GROUPS,
    CONNECTIONS,
    MESSAGE_SIZE,
    MESSAGE_SIZE_DEFAULT,
    FETCH_SIZE,
    CLUSTERS,
)
METERS = (
    Meter("serverless_cluster_hour", "Cluster-Hours", "Serverless cluster", "Recurring"),
    Meter("serverless_partition_hour", "Partition-Hours", "Serverless partitions", "Recurring"),
    Meter("serverless_storage", "GB-Months", "Serverless storage"),
    Meter("serverless_data_in", "GB", "Data in, serverless"),
    Meter("serverless_data_out", "GB", "Data out, serverless"),
)
USAGE_KEYS = (
    "cluster_hours",
    "partition_hours",
    "storage_gb_months",
    "data_in_gb",
    "data_out_gb",
)


class ServerlessSettings(KeyedSettings):
    """AWS::MSK::ServerlessCluster has no sizes: what is said here is of its topics and clients."""

    invokes: ClassVar[Invocation] = "polled"
    partitions: Annotated[int, Field(ge=1, le=10_000_000)] | None = Field(
        None,
        description="Leader partitions of all topics. If not stated: as many as the throughput and"
        " the largest consumer group need.",
    )
    compacted: bool = Field(
        default=False, description="Whether the topics are compacted, which allows fewer of them."
    )
    # The default of retention.ms: https://docs.aws.amazon.com/msk/latest/developerguide/serverless-config.html.
    retention: Duration = Field(Fraction(7 * DAY), description="How long topics keep messages.")
    connections: Annotated[int, Field(ge=1, le=10_000_000)] | None = Field(
        None, description="Clients connected at a time."
    )


def capacity(traffic: Traffic[ServerlessSettings]) -> Iterator[Capacity]:
    """Leader partitions, by throughput and by consumers."""
    yield _kafka.partitions(traffic, *_needs(traffic), charged=True)


def _needs(traffic: Traffic[ServerlessSettings]) -> Iterator[Need]:
    for way, peak, limit in (
        ("in", _kafka.peak_in(traffic), PARTITION_INGRESS),
        ("out", _kafka.peak_out(traffic), PARTITION_EGRESS),
    ):
        words = f"{bytes_text(peak)}/s {way} at peak over {limit.value} MB/s of one partition"
        yield Need(ceil(peak / (limit.value * MIB)), words)


def usage(traffic: Traffic[ServerlessSettings], capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """Hours of the cluster and its partitions, and GB in, out and kept."""
    hours, partitions = traffic.hours_per_month, capacity[0].provided
    words = f"1 cluster × {grouped(hours)} h"
    yield Usage("cluster_hours", "serverless_cluster_hour", hours, words)
    words = f"{grouped(partitions)} partitions × {grouped(hours)} h"
    yield Usage("partition_hours", "serverless_partition_hour", partitions * hours, words)
    retention = traffic.settings.retention
    words = f"1 copy of {days_text(retention)} at the mean rate"
    stored = _kafka.kept(traffic, retention)
    yield Usage("storage_gb_months", "serverless_storage", stored, words)
    written, read = _kafka.written_gb(traffic), _kafka.read_gb(traffic)
    yield Usage("data_in_gb", "serverless_data_in", written, f"{grouped(written)} GB written")
    readers = len(_kafka.groups(traffic))
    words = f"{grouped(read)} GB read by {readers} consumer group{'' if readers == 1 else 's'}"
    yield Usage("data_out_gb", "serverless_data_out", read, words)


def check(
    traffic: Traffic[ServerlessSettings], capacity: tuple[Capacity, ...]
) -> Iterator[Verdict]:
    """Message sizes, throughput of the cluster and its partitions, groups and connections."""
    partitions = capacity[0].provided
    smaller = "keep the payload in Amazon S3 and send its key"
    raised = f"raise max.message.bytes of the topic, or {smaller}"
    yield from _kafka.message_sizes(
        traffic, (MESSAGE_SIZE, smaller), (MESSAGE_SIZE_DEFAULT, raised)
    )
    yield from _throughput(traffic, partitions)
    yield from _kafka.late_groups(traffic, partitions)
    yield from _counts(traffic, partitions)
    for hop in _kafka.groups(traffic):
        load = f"{hop.target} fetches batches of {bytes_text(hop.batch_bytes)}"
        hint = smaller_batch(FETCH_SIZE.value * MIB, hop.handed.message_size_bytes)
        yield against(traffic, FETCH_SIZE, hop.batch_bytes / MIB, load, hint)


def _throughput(traffic: Traffic[ServerlessSettings], partitions: int) -> Iterator[Verdict]:
    """MB/s at the peak, of the cluster and of each of its partitions."""
    into, out = _kafka.peak_in(traffic) / MIB, _kafka.peak_out(traffic) / MIB
    for words, peak, limit, each in (
        ("written", into, INGRESS, PARTITION_INGRESS),
        ("read", out, EGRESS, PARTITION_EGRESS),
    ):
        load = f"{grouped(peak)} MB/s {words} at peak"
        hint = "spread the topics over more clusters, or take an msk.cluster"
        yield against(traffic, limit, peak, load, hint)
        share = peak / partitions
        load = f"{grouped(share)} MB/s {words} at peak for each of {partitions} partitions"
        hint = f"set partitions: {ceil(peak / each.value)}"
        yield against(traffic, each, share, load, hint)


def _counts(traffic: Traffic[ServerlessSettings], partitions: int) -> Iterator[Verdict]:
    settings, readers = traffic.settings, len(_kafka.groups(traffic))
    most = COMPACTED_PARTITIONS if settings.compacted else PARTITIONS
    load = f"{grouped(partitions)} partitions"
    yield against(traffic, most, partitions, load, "request a higher quota")
    load = f"{grouped(readers)} consumer groups"
    hint = "take an msk.cluster, or another cluster for some of them"
    yield against(traffic, CONSUMER_GROUPS, readers, load, hint)
    if settings.connections is not None:
        load = f"{grouped(settings.connections)} connections"
        hint = "share producers between threads, or take an msk.cluster"
        yield against(traffic, CONNECTIONS, settings.connections, load, hint)


def shared_check(clusters: tuple[Traffic[ServerlessSettings], ...]) -> Iterator[Verdict]:
    """The number of serverless clusters against the account's quota."""
    load = f"{len(clusters)} serverless clusters"
    yield against(clusters[0], CLUSTERS, len(clusters), load, "request a higher quota")
