"""What Kafka on MSK promises: https://docs.aws.amazon.com/msk/latest/developerguide/."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.services._msk_serverless import CONSUMER_GROUPS
from archcode.services._promises import Promise
from archcode.services._service import Semantics

if TYPE_CHECKING:
    from archcode.services._msk_serverless import ServerlessSettings
    from archcode.services._msk_settings import MskSettings
    from archcode.traffic import Hop, Traffic

_REMEDIES = {
    "ordering": "set partitions: 1 on {name}",
    "replay": "set retention: {days} d on {name}",
    "maximum_loss": "set replication_factor: 3 on {name}",
}


def _semantics(
    variant: str, retention: str, consumers: str = "groups", most: int | None = None
) -> Semantics:
    return Semantics(
        variant=variant,
        ordering="within a partition, by record key",
        delivery="at least once; exactly once with Kafka transactions",
        replay="yes, from any offset kept",
        retention=retention,
        consumers=f"independent consumer {consumers}",
        dead_letter="on-failure destination of a Lambda mapping, or a topic of the consumer's",
        source="https://docs.aws.amazon.com/msk/latest/developerguide/",
        as_of="2026-09-17",
        promise=Promise(
            "total",
            "exactly_once",
            replay=None,
            protocols=("kafka",),
            consumers=most,
            once="with Kafka transactions, for what is written back to Kafka",
            remedies=_REMEDIES,
        ),
    )


CLUSTER = (
    _semantics("standard brokers", "7 days by default, bounded by storage"),
    _semantics("Express brokers", "7 days by default, storage without bounds"),
)
SERVERLESS = _semantics(
    "serverless",
    "7 days by default, without bounds",
    "groups, up to 500",
    int(CONSUMER_GROUPS.value),
)


def variant(settings: MskSettings) -> str:
    """The kind of brokers."""
    return "Express brokers" if settings.express else "standard brokers"


def cluster_keeps(traffic: Traffic[MskSettings], hop: Hop | None, best: Promise) -> Promise:
    """As any Kafka; without replicas a broker that is lost takes its messages along."""
    alone = traffic.settings.replication_factor == 1
    loses = "it keeps one replica, on one broker" if alone else ""
    return replace(keeps(traffic, hop, best), loses=loses)


def keeps(
    traffic: Traffic[MskSettings] | Traffic[ServerlessSettings], _hop: Hop | None, best: Promise
) -> Promise:
    """One partition is one order; messages are read again as long as they are kept."""
    settings = traffic.settings
    return replace(
        best,
        ordering="total" if settings.partitions == 1 else "group",
        replay=settings.retention,
    )
