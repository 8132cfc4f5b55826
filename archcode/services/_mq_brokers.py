"""Limits of Amazon MQ brokers by engine and size, each with its source and date."""

from __future__ import annotations

from msgspec import Struct

from archcode.model import Former, Limit

_GUIDE = "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide"
_LIMITS = f"{_GUIDE}/amazon-mq-limits.html (mirror c2hans/aws-docs@63cf41d)"
_STORAGE = f"{_GUIDE}/broker-storage.html (mirror c2hans/aws-docs@63cf41d)"
_SIZES = f"{_GUIDE}/rmq-broker-instance-types.html (mirror c2hans/aws-docs@2b828ab)"
_HARD = f"{_GUIDE}/rabbitmq-resource-hard-limit.html (mirror c2hans/aws-docs@9a3d9b4)"
_DEFAULTS = f"{_GUIDE}/rabbitmq-resource-limits-configuration.html (mirror c2hans/aws-docs@63cf41d)"
_LAMBDA = (
    "https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html (mirror c2hans/aws-docs@9a3d9b4)"
)


class Node(Struct, frozen=True):
    """One size of RabbitMQ node on m7g: GB and connections, by default and at most."""

    cluster_storage: int
    cluster_storage_most: int
    cluster_connections: int
    single_connections: int
    connections_most: int


NODES = {
    "mq.m7g.medium": Node(5, 25, 100, 100, 300),
    "mq.m7g.large": Node(15, 75, 500, 1500, 5000),
    "mq.m7g.xlarge": Node(25, 125, 1000, 3000, 10_000),
    "mq.m7g.2xlarge": Node(45, 180, 2000, 6000, 20_000),
    "mq.m7g.4xlarge": Node(90, 250, 4000, 12_000, 40_000),
    "mq.m7g.8xlarge": Node(175, 400, 8000, 24_000, 80_000),
    "mq.m7g.12xlarge": Node(260, 500, 12_000, 36_000, 120_000),
    "mq.m7g.16xlarge": Node(345, 500, 16_000, 48_000, 160_000),
}
"""Storage as of 2026-07-14 (rmq-broker-instance-types.html), most connections as of 2026-07-01
(rabbitmq-resource-hard-limit.html), default connections as of 2026-08-31
(rabbitmq-resource-limits-configuration.html), those of RabbitMQ 4."""

M5_CONNECTIONS = {
    "mq.m5.large": 5000,
    "mq.m5.xlarge": 10_000,
    "mq.m5.2xlarge": 20_000,
    "mq.m5.4xlarge": 40_000,
}
"""RabbitMQ connections of a node as of 2026-07-01 (rabbitmq-resource-hard-limit.html)."""

ACTIVEMQ_TYPES = ("mq.t3.micro", *M5_CONNECTIONS)
RABBITMQ_TYPES = (*M5_CONNECTIONS, *NODES)

BROKERS = Limit(
    "brokers", 200, "brokers", "adjustable", "per account and region", _LIMITS, "2026-08-31"
)
ENQUEUE_EFS = Limit(
    "enqueue_rate_efs",
    80,
    "messages/s",
    "guideline",
    "per broker for persistent messages of 1 KB on EFS",
    _STORAGE,
    "2026-08-31",
    formerly=(
        Former(
            "80 messages/s per producer",
            f"{_GUIDE}/broker-storage.html, a copy of 2026-04-13",
            "2026-04-13",
        ),
    ),
)
ENQUEUE_EBS = Limit(
    "enqueue_rate_ebs",
    500,
    "messages/s",
    "guideline",
    "per broker for persistent messages of 1 KB on EBS",
    _STORAGE,
    "2026-08-31",
)
ACTIVEMQ_STORAGE = Limit(
    "storage", 200, "GB", "hard", "per ActiveMQ broker of mq.m5", _LIMITS, "2026-08-31"
)
ACTIVEMQ_STORAGE_MICRO = Limit(
    "storage", 20, "GB", "hard", "per ActiveMQ broker of mq.t3.micro", _LIMITS, "2026-08-31"
)
RABBITMQ_STORAGE = Limit(
    "storage",
    200,
    "GB",
    "hard",
    "per RabbitMQ single instance and per cluster node of mq.m5",
    _SIZES,
    "2026-07-14",
)
RABBITMQ_NODE_STORAGE = {
    kind: Limit(
        "storage",
        node.cluster_storage_most,
        "GB",
        "hard",
        f"per cluster node of {kind}",
        _SIZES,
        "2026-07-14",
    )
    for kind, node in NODES.items()
}
RABBITMQ_NODE_STORAGE_DEFAULT = {
    kind: Limit(
        "default_storage",
        node.cluster_storage,
        "GB",
        "adjustable",
        f"per cluster node of {kind}",
        _SIZES,
        "2026-07-14",
    )
    for kind, node in NODES.items()
}
ACTIVEMQ_CONNECTIONS = Limit(
    "default_connections",
    2000,
    "connections",
    "adjustable",
    "per wire-level protocol of a broker of mq.m5",
    _LIMITS,
    "2026-08-31",
)
ACTIVEMQ_CONNECTIONS_MICRO = Limit(
    "default_connections",
    300,
    "connections",
    "adjustable",
    "per wire-level protocol of a broker of mq.t3.micro",
    _LIMITS,
    "2026-08-31",
)
RABBITMQ_CONNECTIONS = {
    kind: Limit(
        "connections", most, "connections", "hard", f"per node of {kind}", _HARD, "2026-07-01"
    )
    for kind, most in (
        *M5_CONNECTIONS.items(),
        *((kind, node.connections_most) for kind, node in NODES.items()),
    )
}
CLUSTER_CONNECTIONS_DEFAULT = {
    kind: Limit(
        "default_connections",
        node.cluster_connections,
        "connections",
        "adjustable",
        f"per cluster node of {kind} with RabbitMQ 4",
        _DEFAULTS,
        "2026-08-31",
    )
    for kind, node in NODES.items()
}
SINGLE_CONNECTIONS_DEFAULT = {
    kind: Limit(
        "default_connections",
        node.single_connections,
        "connections",
        "adjustable",
        f"per single instance of {kind} with RabbitMQ 4",
        _DEFAULTS,
        "2026-08-31",
    )
    for kind, node in NODES.items()
}
MESSAGE_SIZE = Limit(
    "message_size",
    134_217_728,
    "bytes",
    "hard",
    "per RabbitMQ message, the default of RabbitMQ 3.13",
    _HARD,
    "2026-07-01",
)
MESSAGE_SIZE_DEFAULT = Limit(
    "default_message_size",
    524_288,
    "bytes",
    "adjustable",
    "per message of RabbitMQ 4",
    _DEFAULTS,
    "2026-08-31",
)
MESSAGE_SIZE_ADVISED = Limit(
    "advised_message_size",
    1_048_576,
    "bytes",
    "guideline",
    "per RabbitMQ message",
    f"{_GUIDE}/best-practices-performance.html (mirror groovy-sky/aws-docs@c39735b)",
    "2026-04-13",
)
ACTIVEMQ_MAPPING = Limit(
    "mapping_concurrency",
    5,
    "concurrent batches",
    "adjustable",
    "per Lambda mapping of an ActiveMQ queue",
    _LAMBDA,
    "2026-07-01",
    formerly=(Former("no mapping of Lambda", "an article of 2020-07-06", "2020-07-06"),),
)
RABBITMQ_MAPPING = Limit(
    "mapping_concurrency",
    1,
    "concurrent batch",
    "adjustable",
    "per Lambda mapping of a RabbitMQ queue",
    _LAMBDA,
    "2026-07-01",
    formerly=(Former("no mapping of Lambda", "an article of 2020-07-06", "2020-07-06"),),
)

LIMITS = (
    BROKERS,
    ENQUEUE_EFS,
    ENQUEUE_EBS,
    ACTIVEMQ_STORAGE,
    ACTIVEMQ_STORAGE_MICRO,
    RABBITMQ_STORAGE,
    *RABBITMQ_NODE_STORAGE.values(),
    *RABBITMQ_NODE_STORAGE_DEFAULT.values(),
    ACTIVEMQ_CONNECTIONS,
    ACTIVEMQ_CONNECTIONS_MICRO,
    *RABBITMQ_CONNECTIONS.values(),
    *CLUSTER_CONNECTIONS_DEFAULT.values(),
    *SINGLE_CONNECTIONS_DEFAULT.values(),
    MESSAGE_SIZE,
    MESSAGE_SIZE_DEFAULT,
    MESSAGE_SIZE_ADVISED,
    ACTIVEMQ_MAPPING,
    RABBITMQ_MAPPING,
)
"""All of them, in the order they are explained."""
