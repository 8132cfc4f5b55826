"""What an author says of a Kinesis data stream."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self, get_args

from archcode.fields import Hours, Properties, SizeInKib, refuse
from archcode.model import Invocation
from archcode.services import _kinesis_limits as limits
from archcode.services._partition_keys import KeyedSettings
from archcode.shape import Field, model_validator

INCLUDED_HOURS = 24
ShardMetric = Literal[
    "IncomingBytes",
    "IncomingRecords",
    "OutgoingBytes",
    "OutgoingRecords",
    "WriteProvisionedThroughputExceeded",
    "ReadProvisionedThroughputExceeded",
    "IteratorAgeMilliseconds",
    "ALL",
]
SHARD_METRICS = tuple(metric for metric in get_args(ShardMetric) if metric != "ALL")


class StreamModeDetails(Properties):
    """Whether the author counts the shards or AWS does."""

    stream_mode: Literal["PROVISIONED", "ON_DEMAND"] = "PROVISIONED"


class StreamEncryption(Properties):
    """Records are encrypted under a key of KMS, whose requests are charged."""

    encryption_type: Literal["KMS"]
    key_id: str


class KinesisSettings(KeyedSettings):
    """Properties of AWS::Kinesis::Stream; retention in hours, record size in KB."""

    key_setting: ClassVar[str] = "stream_encryption.key_id"
    invokes: ClassVar[Invocation] = "polled"
    stream_mode_details: StreamModeDetails = StreamModeDetails()
    shard_count: Annotated[int, Field(ge=1, le=int(limits.SHARD_COUNT.value))] | None = Field(
        None, description="Shards of a provisioned stream; derived from the peak if not stated."
    )
    retention_period_hours: Annotated[
        Hours, Field(ge=INCLUDED_HOURS, le=int(limits.RETENTION.value))
    ] = INCLUDED_HOURS
    max_record_size_in_kib: Annotated[
        SizeInKib, Field(ge=1024, le=int(limits.RECORD_SIZE.value))
    ] = 1024
    record_distribution_strategy: Literal["USER_PARTITION_KEY", "AUTO"] | None = None
    desired_shard_level_metrics: tuple[ShardMetric, ...] = Field(
        (), description="Metrics of every shard, each a CloudWatch metric that is paid."
    )
    stream_encryption: StreamEncryption | None = None
    minimum_throughput_billing_commitment: Literal["ENABLED", "DISABLED"] = Field(
        "DISABLED", description="The account setting that makes on-demand streams advantage."
    )

    @model_validator(mode="after")
    def _settings_fit_the_mode(self) -> Self:
        if self.on_demand and self.shard_count is not None:
            refuse(
                "shard_count_on_demand", "sets shard_count, which needs stream_mode: PROVISIONED"
            )
        if not self.on_demand and self.advantage:
            text = "sets minimum_throughput_billing_commitment, which needs stream_mode: ON_DEMAND"
            refuse("commitment_on_provisioned_stream", text)
        if not self.on_demand and self.record_distribution_strategy is not None:
            text = "sets record_distribution_strategy, which needs stream_mode: ON_DEMAND"
            refuse("distribution_on_provisioned_stream", text)
        return self

    @property
    def on_demand(self) -> bool:
        """AWS adds and removes the shards."""
        return self.stream_mode_details.stream_mode == "ON_DEMAND"

    @property
    def keys_decide(self) -> bool:
        """A record's shard follows from its key; AWS may spread a key over all shards instead."""
        return self.record_distribution_strategy != "AUTO"

    @property
    def advantage(self) -> bool:
        """The account commits to a minimum throughput, for lower rates."""
        return self.minimum_throughput_billing_commitment == "ENABLED"

    @property
    def metrics_per_shard(self) -> int:
        """CloudWatch metrics that each shard has."""
        wanted = set(self.desired_shard_level_metrics)
        return len(SHARD_METRICS) if "ALL" in wanted else len(wanted)
