"""What ActiveMQ and RabbitMQ promise on Amazon MQ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.services._mq_settings import NAMES
from archcode.services._promises import Promise
from archcode.services._service import Semantics

if TYPE_CHECKING:
    from archcode.requires import Ordering
    from archcode.services._mq_settings import AmazonMqSettings
    from archcode.traffic import Hop, Traffic

_ONE_CONSUMER = {"ordering": "say consumers: 1 on the flow out of {name}"}
SEMANTICS = (
    Semantics(
        variant="ActiveMQ",
        ordering="within a queue with one consumer, or by message group",
        delivery="at least once; exactly once with XA transactions",
        replay="no",
        retention="until consumed or expired",
        consumers="competing on queues; durable subscribers on topics",
        dead_letter="ActiveMQ.DLQ",
        source="https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/",
        as_of="2026-08-31",
        promise=Promise(
            "total",
            "exactly_once",
            protocols=("amqp", "jms", "mqtt", "openwire", "stomp"),
            once="with XA transactions of the consumer",
            remedies=_ONE_CONSUMER
            | {"maximum_loss": "set storage_type: EFS, or a standby, on {name}"},
        ),
    ),
    Semantics(
        variant="RabbitMQ",
        ordering="within a queue with one consumer",
        delivery="at least once with publisher confirms and manual acknowledgements",
        replay="no",
        retention="until consumed or expired",
        consumers="competing on a queue; one queue per consumer behind an exchange",
        dead_letter="dead-letter exchange; without one, dropped after 20 redeliveries on 4.x",
        source="https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-4.html",
        as_of="2026-07-14",
        promise=Promise(
            "total",
            protocols=("amqp", "jms"),
            remedies=_ONE_CONSUMER
            | {
                "protocol": "set an mq.m7g host_instance_type on {name}, which runs RabbitMQ 4",
                "maximum_loss": "set deployment_mode: CLUSTER_MULTI_AZ on {name}",
            },
        ),
    ),
)


def variant(settings: AmazonMqSettings) -> str:
    """The engine."""
    return NAMES[settings.engine_type]


def keeps(traffic: Traffic[AmazonMqSettings], hop: Hop | None, best: Promise) -> Promise:
    """Competing consumers overtake each other; a volume in one zone is lost with it."""
    settings = traffic.settings
    volume = settings.storage == "EBS" and settings.deployment_mode == "SINGLE_INSTANCE"
    spoken = best.protocols if settings.activemq or settings.rabbitmq_4 else ("amqp",)
    return replace(
        best,
        ordering=_ordering(settings, hop),
        protocols=spoken,
        loses="it keeps messages on one volume in one zone" if volume else "",
    )


def _ordering(settings: AmazonMqSettings, hop: Hop | None) -> Ordering:
    """The order of a queue with one consumer; with more, message groups of ActiveMQ keep theirs."""
    if hop is None or (hop.options.consumers or 1) == 1:
        return "total"
    return "group" if settings.activemq else "none"
