"""Standard brokers of Amazon MSK: what each size carries, and the limits of a cluster.

EBS and network throughput are those of the sizing script that AWS publishes in its toolkit;
partitions count replicas. kafka.t3.small has no throughput there.
"""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from archcode.model import Former, Limit

_SIZING = "github:aws/agent-toolkit-for-aws@d6ad2e4:managing-amazon-msk"
_GUIDE = "https://docs.aws.amazon.com/msk/latest/developerguide"
_PRACTICES = f"{_GUIDE}/bestpractices.html (mirror c2hans/aws-docs@8aa2af7)"
_QUOTAS = f"{_GUIDE}/limits.html (mirror c2hans/aws-docs@07f049d)"
_THROUGHPUT = f"{_GUIDE}/msk-provision-throughput-management.html (mirror c2hans/aws-docs@63cf41d)"
_SCHEMA = "cfn-lint==1.58.0:schemas/AWS::MSK::Cluster"


class Broker(Struct, frozen=True):
    """One size: EBS and network MiB/s, partitions advised and most, provisioned MiB/s at most."""

    ebs: Fraction | None
    network: Fraction | None
    partitions_advised: int
    partitions_most: int
    provisioned_most: Fraction | None = None


def _broker(
    ebs: str, network: int, partitions: tuple[int, int], provisioned_most: str = ""
) -> Broker:
    most = Fraction(provisioned_most) if provisioned_most else None
    return Broker(Fraction(ebs), Fraction(network), *partitions, most)


BROKERS = {
    "kafka.t3.small": Broker(None, None, 300, 300),
    "kafka.m5.large": _broker("81", 96, (1000, 1500)),
    "kafka.m5.xlarge": _broker("144", 160, (1000, 1500)),
    "kafka.m5.2xlarge": _broker("250", 320, (2000, 3000)),
    "kafka.m5.4xlarge": _broker("593.75", 640, (4000, 6000), "593"),
    "kafka.m5.8xlarge": _broker("850", 1280, (4000, 6000), "850"),
    "kafka.m5.12xlarge": _broker("1000", 1536, (4000, 6000), "1000"),
    "kafka.m5.16xlarge": _broker("1000", 2560, (4000, 6000), "1000"),
    "kafka.m5.24xlarge": _broker("1000", 3200, (4000, 6000), "1000"),
    "kafka.m7g.large": _broker("78.75", 117, (1000, 1500)),
    "kafka.m7g.xlarge": _broker("156.25", 234, (1000, 1500)),
    "kafka.m7g.2xlarge": _broker("312.5", 469, (2000, 3000), "312.5"),
    "kafka.m7g.4xlarge": _broker("625", 937, (4000, 6000), "625"),
    "kafka.m7g.8xlarge": _broker("1000", 1875, (4000, 6000), "1000"),
    "kafka.m7g.12xlarge": _broker("1000", 2812, (4000, 6000), "1000"),
    "kafka.m7g.16xlarge": _broker("1000", 3750, (4000, 6000), "1000"),
}
"""EBS and network as of 2026-08-20 (scripts/msk_sizing.py of the toolkit), partitions as of
2026-07-01 (bestpractices.html), provisioned throughput as of 2026-08-31
(msk-provision-throughput-management.html)."""

DEFAULT_VOLUME_THROUGHPUT = Limit(
    "volume_throughput",
    250,
    "MiB/s",
    "guideline",
    "per broker volume without provisioned throughput",
    _THROUGHPUT,
    "2026-08-31",
)
BROKERS_PER_CLUSTER = Limit(
    "brokers_per_cluster",
    60,
    "brokers",
    "adjustable",
    "per KRaft cluster (30 with ZooKeeper)",
    _QUOTAS,
    "2026-09-17",
    formerly=(Former("30 brokers", "an article of 2020-07-06", "2020-07-06"),),
)
BROKERS_PER_ACCOUNT = Limit(
    "brokers_per_account",
    90,
    "brokers",
    "adjustable",
    "per account and region",
    _QUOTAS,
    "2026-09-17",
)
VOLUME_SIZE = Limit(
    "volume_size",
    16_384,
    "GiB",
    "range",
    "per broker, from 1",
    f"{_SCHEMA}/EBSStorageInfo.VolumeSize",
    "2026-10-20",
)
AVAILABILITY_ZONES = Limit(
    "availability_zones",
    3,
    "zones",
    "range",
    "per cluster, from 2; brokers are a multiple of them",
    f"{_SIZING}/references/size-and-choose-cluster.md",
    "2026-08-20",
)
TIERED_RETENTION = Limit(
    "tiered_storage_retention",
    3,
    "days",
    "range",
    "per topic at least",
    f"{_GUIDE}/msk-tiered-storage.html (mirror c2hans/aws-docs@63cf41d)",
    "2026-08-31",
)
MESSAGE_SIZE = Limit(
    "message_max_bytes",
    1_048_588,
    "bytes",
    "adjustable",
    "per message, Apache Kafka's own message.max.bytes",
    f"{_GUIDE}/serverless-config.html (mirror c2hans/aws-docs@4be7d6f)",
    "2026-07-01",
)
PARTITIONS_ADVISED = {
    kind: Limit(
        "partitions_advised",
        broker.partitions_advised,
        "partitions",
        "guideline",
        f"per {kind} broker, replicas included",
        _PRACTICES,
        "2026-07-01",
    )
    for kind, broker in BROKERS.items()
}
_FORMER_PARTITIONS = {
    "kafka.m5.24xlarge": (Former("4,000 partitions", _SIZING, "2026-08-20"),),
}
PARTITIONS_MOST = {
    kind: Limit(
        "partitions",
        broker.partitions_most,
        "partitions",
        "hard",
        f"per {kind} broker, replicas included, above which updates are blocked",
        _PRACTICES,
        "2026-07-01",
        formerly=_FORMER_PARTITIONS.get(kind, ()),
    )
    for kind, broker in BROKERS.items()
}
PROVISIONED_THROUGHPUT = {
    kind: Limit(
        "provisioned_throughput",
        broker.provisioned_most,
        "MiB/s",
        "range",
        f"per {kind} broker, from 250",
        _THROUGHPUT,
        "2026-08-31",
    )
    for kind, broker in BROKERS.items()
    if broker.provisioned_most is not None
}
EBS_THROUGHPUT = {
    kind: Limit(
        "ebs_throughput",
        broker.ebs,
        "MiB/s",
        "hard",
        f"per {kind} broker",
        f"{_SIZING}/scripts/msk_sizing.py",
        "2026-08-20",
    )
    for kind, broker in BROKERS.items()
    if broker.ebs is not None
}
NETWORK_THROUGHPUT = {
    kind: Limit(
        "network_throughput",
        broker.network,
        "MiB/s",
        "hard",
        f"per {kind} broker",
        f"{_SIZING}/scripts/msk_sizing.py",
        "2026-08-20",
    )
    for kind, broker in BROKERS.items()
    if broker.network is not None
}

LIMITS = (
    BROKERS_PER_CLUSTER,
    BROKERS_PER_ACCOUNT,
    AVAILABILITY_ZONES,
    VOLUME_SIZE,
    DEFAULT_VOLUME_THROUGHPUT,
    TIERED_RETENTION,
    MESSAGE_SIZE,
    *PARTITIONS_ADVISED.values(),
    *PARTITIONS_MOST.values(),
    *PROVISIONED_THROUGHPUT.values(),
    *EBS_THROUGHPUT.values(),
    *NETWORK_THROUGHPUT.values(),
)
"""All of them, in the order they are explained."""
