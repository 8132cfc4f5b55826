"""Brokers of Amazon MQ that nothing takes over from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Finding, Severity
from archcode.rules._rule import rule
from archcode.services._mq_settings import AmazonMqSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate

OTHER_MODE = {True: "ACTIVE_STANDBY_MULTI_AZ", False: "CLUSTER_MULTI_AZ"}
"""The deployment mode over several zones, by whether the engine is ActiveMQ."""


def _alone(estimate: Estimate) -> Iterator[tuple[str, AmazonMqSettings]]:
    """Brokers of one instance."""
    for name, traffic in estimate.topology.traffic.items():
        settings = traffic.settings
        if isinstance(settings, AmazonMqSettings) and settings.deployment_mode == "SINGLE_INSTANCE":
            yield name, settings


@rule(
    Severity.WARNING,
    offending="deployment_mode: SINGLE_INSTANCE",
    clean="deployment_mode: ACTIVE_STANDBY_MULTI_AZ",
)
def broker_in_one_zone(estimate: Estimate) -> Iterator[Finding]:
    """Nobody sends or receives while the only broker is patched, or its zone is down.

    A standby or a cluster is for availability: of an active/standby pair one broker works, so the
    pair carries no more than one.

    https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-broker-architecture.html
    https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-broker-architecture.html
    """
    for name, settings in _alone(estimate):
        what = "one broker" if settings.storage == "EFS" else "one broker with its volume"
        message = f"is SINGLE_INSTANCE: {what} in one zone, and nothing takes over"
        hint = f"set deployment_mode: {OTHER_MODE[settings.activemq]}"
        where = f"{name}.deployment_mode"
        yield Finding("broker_in_one_zone", Severity.WARNING, where, message, hint)


@rule(Severity.WARNING, offending="storage_type: EBS", clean="storage_type: EFS")
def broker_storage_in_one_zone(estimate: Estimate) -> Iterator[Finding]:
    """Messages on an EBS volume are lost with its zone; EFS keeps them in several, and is slower.

    RabbitMQ has EBS only, and a cluster keeps a quorum queue on three nodes.

    https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/broker-storage.html
    """
    for name, settings in _alone(estimate):
        if settings.activemq and settings.storage == "EBS":
            message = "is EBS: all messages are on one volume in one zone"
            hint = "leave it out, which is EFS, and measure: AWS speaks of 80 messages/s, not 500"
            where = f"{name}.storage_type"
            yield Finding("broker_storage_in_one_zone", Severity.WARNING, where, message, hint)


RULES = (
    broker_in_one_zone,
    broker_storage_in_one_zone,
)
