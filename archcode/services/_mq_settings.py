"""What an author says of an Amazon MQ broker: its properties, and what it keeps."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from archcode.fields import Bytes, Settings, Share, refuse
from archcode.model import Invocation
from archcode.services import _mq_brokers as limits
from archcode.shape import Field, model_validator

NODES = {"SINGLE_INSTANCE": 1, "ACTIVE_STANDBY_MULTI_AZ": 2, "CLUSTER_MULTI_AZ": 3}
METER_MODES = {
    "SINGLE_INSTANCE": "single_instance",
    "ACTIVE_STANDBY_MULTI_AZ": "active_standby",
    "CLUSTER_MULTI_AZ": "cluster_3_node",
}
NAMES = {"ACTIVEMQ": "ActiveMQ", "RABBITMQ": "RabbitMQ"}


class AmazonMqSettings(Settings):
    """Properties of AWS::AmazonMQ::Broker, what it keeps and how many connect to it."""

    invokes: ClassVar[Invocation] = "polled"
    engine_type: Literal["ACTIVEMQ", "RABBITMQ"]
    deployment_mode: Literal["SINGLE_INSTANCE", "ACTIVE_STANDBY_MULTI_AZ", "CLUSTER_MULTI_AZ"]
    host_instance_type: Literal[
        "mq.t3.micro",
        "mq.m5.large",
        "mq.m5.xlarge",
        "mq.m5.2xlarge",
        "mq.m5.4xlarge",
        "mq.m7g.medium",
        "mq.m7g.large",
        "mq.m7g.xlarge",
        "mq.m7g.2xlarge",
        "mq.m7g.4xlarge",
        "mq.m7g.8xlarge",
        "mq.m7g.12xlarge",
        "mq.m7g.16xlarge",
    ]
    storage_type: Literal["EBS", "EFS"] | None = Field(
        None, description="EFS for ActiveMQ and EBS for RabbitMQ if not stated, as AWS has it."
    )
    stored: Bytes | None = Field(
        None, description="Mean data kept on the broker, such as 20 GB; on each node of a cluster."
    )
    connections: Annotated[int, Field(ge=1, le=10_000_000)] | None = Field(
        None, description="Clients connected at a time, over one wire-level protocol."
    )
    cross_zone_share: Share | None = Field(
        None,
        description="Share of what clients exchange with the broker that changes the zone. If not"
        " stated: that of clients spread evenly over the zones of its instances.",
    )

    @model_validator(mode="after")
    def _mode_fits_the_engine(self) -> Self:
        if self.activemq and self.deployment_mode == "CLUSTER_MULTI_AZ":
            text = (
                "is an ActiveMQ broker with deployment_mode: CLUSTER_MULTI_AZ; allowed:"
                " SINGLE_INSTANCE, ACTIVE_STANDBY_MULTI_AZ"
            )
            refuse("activemq_cluster", text)
        if not self.activemq and self.deployment_mode == "ACTIVE_STANDBY_MULTI_AZ":
            text = (
                "is a RabbitMQ broker with deployment_mode: ACTIVE_STANDBY_MULTI_AZ; allowed:"
                " SINGLE_INSTANCE, CLUSTER_MULTI_AZ"
            )
            refuse("rabbitmq_active_standby", text)
        return self

    @model_validator(mode="after")
    def _type_fits_the_engine(self) -> Self:
        allowed = limits.ACTIVEMQ_TYPES if self.activemq else limits.RABBITMQ_TYPES
        if self.host_instance_type not in allowed:
            text = (
                f"is a broker of {NAMES[self.engine_type]} on {self.host_instance_type};"
                f" allowed: {', '.join(allowed)}"
            )
            refuse("instance_type_of_other_engine", text)
        return self

    @model_validator(mode="after")
    def _storage_fits_the_broker(self) -> Self:
        if not self.activemq and self.storage_type == "EFS":
            refuse("rabbitmq_on_efs", "is a RabbitMQ broker with storage_type: EFS; allowed: EBS")
        if not self.activemq or self.storage_type != "EBS":
            return self
        if self.deployment_mode == "ACTIVE_STANDBY_MULTI_AZ":
            text = "has storage_type: EBS, which needs deployment_mode: SINGLE_INSTANCE on ActiveMQ"
            refuse("ebs_with_standby", text)
        if self.host_instance_type == "mq.t3.micro":
            text = "has storage_type: EBS, which needs an mq.m5 instance on ActiveMQ"
            refuse("ebs_on_micro", text)
        return self

    @property
    def activemq(self) -> bool:
        """The engine is Apache ActiveMQ."""
        return self.engine_type == "ACTIVEMQ"

    @property
    def rabbitmq_4(self) -> bool:
        """The engine is RabbitMQ on the instances that run its version 4."""
        return not self.activemq and self.host_instance_type in limits.NODES

    @property
    def clustered(self) -> bool:
        """Three nodes that all take connections and keep every message of a quorum queue."""
        return self.deployment_mode == "CLUSTER_MULTI_AZ"

    @property
    def storage(self) -> str:
        """The storage type, by AWS's default where the author states none."""
        return self.storage_type or ("EFS" if self.activemq else "EBS")

    @property
    def meter(self) -> str:
        """The price dimension of this broker's hours."""
        engine, mode = self.engine_type.lower(), METER_MODES[self.deployment_mode]
        return f"{engine}_{mode}_{self.host_instance_type.replace('.', '_')}"
