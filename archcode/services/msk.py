"""Amazon MSK: clusters of standard and Express brokers, serverless clusters, and replicators.

https://aws.amazon.com/msk/pricing/. Every flow out of a cluster is a consumer group that reads
everything.
"""

from __future__ import annotations

from archcode.services import (
    _kafka,
    _msk_brokers,
    _msk_checks,
    _msk_express,
    _msk_replicator,
    _msk_serverless,
    _msk_sizing,
    _msk_usage,
)
from archcode.services import _kafka_promises as promises
from archcode.services._mapping import deliveries
from archcode.services._msk_replicator import ReplicatorSettings
from archcode.services._msk_serverless import ServerlessSettings
from archcode.services._msk_settings import MskSettings
from archcode.services._service import Semantics, Service

__all__ = ["SERVICES", "MskSettings", "ReplicatorSettings", "ServerlessSettings"]

ICON = "aws/analytics/managed-streaming-for-kafka.png"


def _summary(settings: MskSettings) -> str:
    size = settings.instance_type.removeprefix("kafka.").removeprefix("express.")
    name = "MSK Express" if settings.express else "MSK"
    count = settings.number_of_broker_nodes
    return f"{name} {count} × {size}" if count else f"{name} {size}"


CLUSTER = Service(
    type="msk.cluster",
    resource_type="AWS::MSK::Cluster",
    name="Amazon MSK",
    settings=MskSettings,
    icon=lambda _: ICON,
    summary=_summary,
    emission="copy",
    price_file="msk",
    deliveries=deliveries,
    batches={"lambda.function": 100, "pipes.pipe": 100},
    flow_keys=_kafka.FLOW_KEYS | {"client_rack"},
    capacity=_msk_sizing.capacity,
    usage=_msk_usage.usage,
    check=_msk_checks.check,
    shared_check=_msk_checks.shared_check,
    meters=_msk_usage.METERS,
    usage_keys=_msk_usage.USAGE_KEYS,
    extra_usage=_msk_usage.EXTRA_USAGE,
    limits=(*_msk_brokers.LIMITS, *_msk_express.LIMITS),
    semantics=promises.CLUSTER,
    variant=promises.variant,
    keeps=promises.cluster_keeps,
    stream=True,
)

SERVERLESS = Service(
    type="msk.serverless_cluster",
    resource_type="AWS::MSK::ServerlessCluster",
    name="Amazon MSK Serverless",
    settings=ServerlessSettings,
    icon=lambda _: ICON,
    summary=lambda _: "MSK Serverless",
    emission="copy",
    price_file="msk",
    deliveries=deliveries,
    batches={"lambda.function": 100, "pipes.pipe": 100},
    flow_keys=_kafka.FLOW_KEYS,
    capacity=_msk_serverless.capacity,
    usage=_msk_serverless.usage,
    check=_msk_serverless.check,
    shared_check=_msk_serverless.shared_check,
    meters=_msk_serverless.METERS,
    usage_keys=_msk_serverless.USAGE_KEYS,
    limits=_msk_serverless.LIMITS,
    semantics=(promises.SERVERLESS,),
    keeps=promises.keeps,
    stream=True,
)

REPLICATOR = Service(
    type="msk.replicator",
    resource_type="AWS::MSK::Replicator",
    name="Amazon MSK Replicator",
    settings=ReplicatorSettings,
    icon=lambda _: ICON,
    summary=lambda _: "MSK Replicator",
    price_file="msk",
    usage=_msk_replicator.usage,
    check=_msk_replicator.check,
    shared_check=_msk_replicator.shared_check,
    meters=_msk_replicator.METERS,
    usage_keys=_msk_replicator.USAGE_KEYS,
    limits=_msk_replicator.LIMITS,
    semantics=(
        Semantics(
            variant="replicator",
            ordering="within a partition, as in the source",
            delivery="at least once, asynchronously",
            replay="from the latest or the earliest offset when it starts",
            retention="none; it keeps nothing itself",
            consumers="one target cluster, consumer offsets copied as well",
            dead_letter="none",
            source=(
                "https://docs.aws.amazon.com/msk/latest/developerguide/"
                "msk-replicator-how-it-works.html"
            ),
            as_of="2026-09-17",
        ),
    ),
)

SERVICES = {service.type: service for service in (CLUSTER, REPLICATOR, SERVERLESS)}
