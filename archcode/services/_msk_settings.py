"""What an author says of an MSK cluster: its properties, and its topics' retention."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, ClassVar, Literal, Self

from archcode.fields import Duration, Properties, Share, SizeInGib, refuse
from archcode.model import Invocation
from archcode.services import _msk_brokers as limits
from archcode.services import _msk_express as express
from archcode.services._msk_brokers import BROKERS, Broker
from archcode.services._msk_express import EXPRESS, ExpressBroker
from archcode.services._partition_keys import KeyedSettings
from archcode.shape import Field, model_validator
from archcode.units import grouped

InstanceType = Literal[
    "kafka.t3.small",
    "kafka.m5.large",
    "kafka.m5.xlarge",
    "kafka.m5.2xlarge",
    "kafka.m5.4xlarge",
    "kafka.m5.8xlarge",
    "kafka.m5.12xlarge",
    "kafka.m5.16xlarge",
    "kafka.m5.24xlarge",
    "kafka.m7g.large",
    "kafka.m7g.xlarge",
    "kafka.m7g.2xlarge",
    "kafka.m7g.4xlarge",
    "kafka.m7g.8xlarge",
    "kafka.m7g.12xlarge",
    "kafka.m7g.16xlarge",
    "express.m7g.large",
    "express.m7g.xlarge",
    "express.m7g.2xlarge",
    "express.m7g.4xlarge",
    "express.m7g.8xlarge",
    "express.m7g.12xlarge",
    "express.m7g.16xlarge",
]

DAY = 86_400
DEFAULT_THROUGHPUT = int(limits.DEFAULT_VOLUME_THROUGHPUT.value)
LEAST_PROVISIONED_VOLUME = 10
"""GiB: https://docs.aws.amazon.com/msk/latest/developerguide/msk-provision-throughput-management.html."""


class ProvisionedThroughput(Properties):
    """Volume throughput in MiB/s above the 250 that are included."""

    enabled: bool = False
    volume_throughput: Annotated[int, Field(ge=DEFAULT_THROUGHPUT, le=1000)] | None = None


class EbsStorageInfo(Properties):
    """The volume of each broker in GiB; derived from the retention if not stated."""

    volume_size: Annotated[SizeInGib, Field(ge=1, le=int(limits.VOLUME_SIZE.value))] | None = None
    provisioned_throughput: ProvisionedThroughput = ProvisionedThroughput()


class StorageInfo(Properties):
    """Storage of each broker."""

    ebs_storage_info: EbsStorageInfo = EbsStorageInfo()


class Scheme(Properties):
    """One way for clients to prove who they are."""

    enabled: bool = False


class Sasl(Properties):
    """IAM access control, or user name and password."""

    iam: Scheme = Scheme()
    scram: Scheme = Scheme()


class ClientAuthentication(Properties):
    """The schemes that private connectivity is on for; each is charged by the hour."""

    sasl: Sasl = Sasl()
    tls: Scheme = Scheme()

    @property
    def schemes(self) -> int:
        """How many of them are on."""
        return sum(scheme.enabled for scheme in (self.sasl.iam, self.sasl.scram, self.tls))


class VpcConnectivity(Properties):
    """Private connectivity for clients in other VPCs and accounts, over AWS PrivateLink."""

    client_authentication: ClientAuthentication = ClientAuthentication()


class ConnectivityInfo(Properties):
    """How clients reach the brokers."""

    vpc_connectivity: VpcConnectivity = VpcConnectivity()


class BrokerNodeGroupInfo(Properties):
    """What every broker is made of."""

    instance_type: InstanceType
    storage_info: StorageInfo = StorageInfo()
    connectivity_info: ConnectivityInfo = ConnectivityInfo()


class CloudWatchLogs(Properties):
    """Logs to CloudWatch, charged by the GB."""

    enabled: bool = False


class BrokerLogs(Properties):
    """Where brokers write their logs."""

    cloud_watch_logs: CloudWatchLogs = CloudWatchLogs()


class LoggingInfo(Properties):
    """What is logged."""

    broker_logs: BrokerLogs = BrokerLogs()


class MskSettings(KeyedSettings):
    """Properties of AWS::MSK::Cluster, and the topics' partitions and retention."""

    invokes: ClassVar[Invocation] = "polled"
    number_of_broker_nodes: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        None, description="Brokers of the cluster; derived from the peak if not stated."
    )
    broker_node_group_info: BrokerNodeGroupInfo
    storage_mode: Literal["LOCAL", "TIERED"] = "LOCAL"
    availability_zones: Literal[2, 3] = 3
    replication_factor: Annotated[int, Field(ge=1, le=32_767)] = 3
    partitions: Annotated[int, Field(ge=1, le=10_000_000)] | None = Field(
        None,
        description="Partitions of all topics, replicas not counted. If not stated: as many as the"
        " largest consumer group has consumers, which says nothing of keys and topics.",
    )
    # Apache Kafka's own default, log.retention.hours = 168 (https://kafka.apache.org/documentation).
    retention: Duration = Field(Fraction(7 * DAY), description="How long topics keep messages.")
    local_retention: Duration | None = Field(
        None, description="How long a tiered cluster keeps messages on its brokers' volumes."
    )
    enhanced_monitoring: Literal[
        "DEFAULT", "PER_BROKER", "PER_TOPIC_PER_BROKER", "PER_TOPIC_PER_PARTITION"
    ] = Field("DEFAULT", description="Levels above DEFAULT are CloudWatch metrics that are paid.")
    logging_info: LoggingInfo = LoggingInfo()
    cross_zone_share: Share | None = Field(
        None,
        description="Share of what clients exchange with the brokers that changes the zone. If not"
        " stated: that of clients spread evenly over all zones, such as two thirds of three.",
    )

    @model_validator(mode="after")
    def _express_has_no_volumes(self) -> Self:
        if not self.express:
            return self
        if self.broker_node_group_info.storage_info.model_fields_set:
            text = f"sets storage_info, which {self.instance_type} brokers do not have"
            refuse("volumes_of_express_brokers", text)
        if self.storage_mode == "TIERED":
            text = f"has storage_mode: TIERED, which {self.instance_type} brokers do not have"
            refuse("tiers_on_express_brokers", text)
        if (self.availability_zones, self.replication_factor) != (express.ZONES, express.REPLICAS):
            text = (
                f"has {self.availability_zones} availability zones and a replication factor of"
                f" {self.replication_factor}; {self.instance_type} brokers always have 3 and 3"
            )
            refuse("express_in_three_zones", text)
        return self

    @model_validator(mode="after")
    def _small_brokers_are_not_shared(self) -> Self:
        if self.private_schemes and self.instance_type == "kafka.t3.small":
            text = "sets vpc_connectivity, which kafka.t3.small brokers do not have"
            refuse("connectivity_of_small_brokers", text)
        return self

    @model_validator(mode="after")
    def _tiers_fit_the_retention(self) -> Self:
        local = self.local_retention
        if self.storage_mode == "LOCAL":
            if local is not None:
                text = "sets local_retention, which needs storage_mode: TIERED"
                refuse("local_retention_without_tiers", text)
            return self
        if self.instance_type == "kafka.t3.small":
            text = "has storage_mode: TIERED, which kafka.t3.small brokers do not have"
            refuse("tiers_on_small_brokers", text)
        if local is None:
            text = "needs local_retention with storage_mode: TIERED"
            refuse("tiers_without_local_retention", text)
        if local >= self.retention:
            text = (
                f"has a local_retention of {days_text(local)}, which must be below its retention of"
                f" {days_text(self.retention)}"
            )
            refuse("local_retention_above_retention", text)
        if self.retention < limits.TIERED_RETENTION.value * DAY:
            text = (
                f"has a retention of {days_text(self.retention)}, below the 3 d of tiered storage"
            )
            refuse("tiered_retention_too_short", text)
        return self

    @model_validator(mode="after")
    def _throughput_fits_the_brokers(self) -> Self:
        if self.express:
            return self
        volume = self.broker_node_group_info.storage_info.ebs_storage_info
        wanted, most = volume.provisioned_throughput, self.broker.provisioned_most
        if wanted.enabled is not (wanted.volume_throughput is not None):
            text = "needs provisioned_throughput to have both enabled: true and volume_throughput"
            refuse("half_provisioned_throughput", text)
        if wanted.volume_throughput is None:
            return self
        if most is None:
            text = f"sets provisioned_throughput, which {self.instance_type} brokers do not have"
            refuse("throughput_of_small_brokers", text)
        if wanted.volume_throughput > most:
            text = (
                f"sets a volume_throughput of {wanted.volume_throughput} MiB/s, above the"
                f" {grouped(most)} MiB/s of {self.instance_type}"
            )
            refuse("throughput_above_broker", text)
        if volume.volume_size is not None and volume.volume_size < LEAST_PROVISIONED_VOLUME:
            text = (
                f"has a volume_size of {volume.volume_size} GiB, and provisioned_throughput needs"
                f" {LEAST_PROVISIONED_VOLUME} GiB"
            )
            refuse("throughput_of_small_volume", text)
        return self

    @property
    def instance_type(self) -> str:
        """The size of every broker."""
        return self.broker_node_group_info.instance_type

    @property
    def express(self) -> bool:
        """The brokers are Express brokers, not standard ones."""
        return self.instance_type in EXPRESS

    @property
    def broker(self) -> Broker:
        """What a standard broker of this size carries."""
        return BROKERS[self.instance_type]

    @property
    def express_broker(self) -> ExpressBroker:
        """What an Express broker of this size carries."""
        return EXPRESS[self.instance_type]

    @property
    def private_schemes(self) -> int:
        """Authentication schemes that private connectivity is on for."""
        connectivity = self.broker_node_group_info.connectivity_info.vpc_connectivity
        return connectivity.client_authentication.schemes

    @property
    def private_iam(self) -> bool:
        """Whether private connectivity is on for IAM access control."""
        connectivity = self.broker_node_group_info.connectivity_info.vpc_connectivity
        return connectivity.client_authentication.sasl.iam.enabled

    @property
    def logged(self) -> bool:
        """Whether brokers write their logs to CloudWatch."""
        return self.logging_info.broker_logs.cloud_watch_logs.enabled

    @property
    def volume_size(self) -> int | None:
        """GiB of every broker's volume, where the author states it."""
        return self.broker_node_group_info.storage_info.ebs_storage_info.volume_size

    @property
    def volume_throughput(self) -> int:
        """MiB/s of every broker's volume."""
        volume = self.broker_node_group_info.storage_info.ebs_storage_info
        return volume.provisioned_throughput.volume_throughput or DEFAULT_THROUGHPUT

    @property
    def on_brokers(self) -> Fraction:
        """Seconds that a message stays on the brokers' volumes."""
        return self.local_retention or self.retention


def days_text(seconds: Fraction) -> str:
    """A time in days, for a reader."""
    return f"{grouped(seconds / DAY)} d"
