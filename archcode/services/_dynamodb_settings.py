"""What an author says of a DynamoDB table: its properties, and what it keeps."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from archcode.fields import Bytes, Properties, Settings, refuse
from archcode.model import Invocation, Reference
from archcode.shape import Field, model_validator

Units = Annotated[int, Field(ge=1, le=10**9)]


class TableThroughput(Properties):
    """Capacity units of the table itself; its indexes take the writes they need."""

    read_capacity_units: Units | None = Field(
        None, description="Derived from the peak of the reads if not stated."
    )
    write_capacity_units: Units | None = Field(
        None, description="Derived from the peak of the writes if not stated."
    )


class StreamSpecification(Properties):
    """What a record of the table's stream holds."""

    stream_view_type: Literal["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"] = Field(
        description="What a record holds. A flow out has the item's size unless it says size: two"
        " images are twice as large, keys far smaller."
    )


class KinesisStreamSpecification(Properties):
    """The data stream that gets a record of every change."""

    stream_arn: str = Field(description="The name of a stream in the spec.")


class PointInTimeRecoverySpecification(Properties):
    """Continuous backups of the last 35 days."""

    point_in_time_recovery_enabled: bool = False


class TableSseSpecification(Properties):
    """A key of KMS in place of the key that AWS owns."""

    sse_enabled: bool
    sse_type: Literal["KMS"] = "KMS"
    kms_master_key_id: str | None = None


class TimeToLiveSpecification(Properties):
    """The attribute that says when an item expires."""

    enabled: bool
    attribute_name: str | None = None


class DynamoDbSettings(Settings):
    """Properties of AWS::DynamoDB::Table, what it keeps and how its keys spread."""

    key_setting: ClassVar[str] = "sse_specification.kms_master_key_id"
    invokes: ClassVar[Invocation] = "polled"
    billing_mode: Literal["PROVISIONED", "PAY_PER_REQUEST"] = "PROVISIONED"
    provisioned_throughput: TableThroughput = TableThroughput()
    table_class: Literal["STANDARD", "STANDARD_INFREQUENT_ACCESS"] = "STANDARD"
    global_secondary_indexes: tuple[str, ...] = Field(
        (),
        max_length=1000,
        description="Names of indexes that hold whole items, so that every write is one more in"
        " each. A change of an index's key is two there: say per_message on the flow.",
    )
    stream_specification: StreamSpecification | None = None
    kinesis_stream_specification: KinesisStreamSpecification | None = None
    point_in_time_recovery_specification: PointInTimeRecoverySpecification = (
        PointInTimeRecoverySpecification()
    )
    sse_specification: TableSseSpecification | None = None
    time_to_live_specification: TimeToLiveSpecification | None = Field(
        None,
        description="Expired items are deleted for nothing, but each is a record of the stream:"
        " where all items expire, say per_message: 2 on a flow out.",
    )
    stored: Bytes | None = Field(
        None, description="Mean data kept in the table, such as 50 GB; each index keeps it again."
    )
    partition_keys: Annotated[int, Field(ge=1, le=10**12)] | None = Field(
        None, description="Partition keys that the load spreads over evenly at a time."
    )

    @model_validator(mode="after")
    def _throughput_fits_the_mode(self) -> Self:
        if self.on_demand and self.provisioned_throughput != TableThroughput():
            text = "sets provisioned_throughput, which needs billing_mode: PROVISIONED"
            refuse("throughput_on_demand", text)
        return self

    @model_validator(mode="after")
    def _indexes_have_names_of_their_own(self) -> Self:
        names = self.global_secondary_indexes
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            refuse("index_named_twice", f"has two global_secondary_indexes named {twice}")
        return self

    @property
    def on_demand(self) -> bool:
        """Every request is paid, and no capacity is kept."""
        return self.billing_mode == "PAY_PER_REQUEST"

    @property
    def indexes(self) -> int:
        """Global secondary indexes."""
        return len(self.global_secondary_indexes)

    @property
    def infrequent(self) -> str:
        """How the price list marks the table class."""
        return "" if self.table_class == "STANDARD" else "_standard_ia"

    @property
    def kinesis_stream(self) -> str | None:
        """The data stream that gets every change."""
        target = self.kinesis_stream_specification
        return target.stream_arn if target else None

    def references(self) -> tuple[Reference, ...]:
        """The data stream."""
        if self.kinesis_stream is None:
            return ()
        path = ("kinesis_stream_specification", "stream_arn")
        return (Reference(path, self.kinesis_stream, ("kinesis.stream",)),)
