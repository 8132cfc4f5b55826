"""What an author says of a delivery stream; the destination is where its flow goes.

Properties stand in CloudFormation under the configuration of a destination
(`ExtendedS3DestinationConfiguration.BufferingHints`); here they stand on the stream.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal, Self

from archcode.fields import (
    Count,
    Properties,
    Seconds,
    Settings,
    SizeInMib,
    refuse,
    refuse_odd_key,
)
from archcode.model import ONE, Reference
from archcode.services import _firehose_limits as limits
from archcode.shape import Field, model_validator
from archcode.units import MIB, grouped, plain

LEAST_COLUMNAR_BUFFER = 64
"""MB with format conversion or dynamic partitioning:
https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning.html."""
LEAST_TRANSFORM_BUFFER = Fraction(1, 5)
BUCKET = ("s3.bucket",)


class FirehoseBufferingHints(Properties):
    """When a buffer is delivered, by size in MB or after a time; AWS wants both."""

    size_in_mbs: Annotated[SizeInMib, Field(ge=1, le=int(limits.BUFFER_SIZE.value))] = Field(
        aliases=("size_in_mbs", "size_in_m_bs")
    )
    interval_in_seconds: Annotated[Seconds, Field(ge=0, le=int(limits.BUFFER_INTERVAL.value))]


class FirehoseTransform(Properties):
    """The function that transforms records, and how many it gets at a time."""

    lambda_arn: str = Field(description="The function's name in the spec.")
    buffer_size_in_mbs: Count | None = Field(
        None,
        aliases=("buffer_size_in_mbs", "buffer_size_in_m_bs"),
        description="MB of records in one call, from 0.2 to 3; 1 if not stated.",
    )
    buffer_interval_in_seconds: Annotated[
        Seconds, Field(ge=0, le=int(limits.TRANSFORM_INTERVAL.value))
    ] = 60
    number_of_retries: Annotated[int, Field(ge=0, le=300)] = 3

    @model_validator(mode="after")
    def _calls_have_a_size_that_aws_takes(self) -> Self:
        most = limits.TRANSFORM_BUFFER.value
        if not LEAST_TRANSFORM_BUFFER <= self.buffer <= most:
            text = f"buffers {grouped(self.buffer)} MB for its function, not 0.2 to {most} MB"
            refuse("transform_buffer_out_of_range", text)
        return self

    @property
    def buffer(self) -> Fraction:
        """MB of records in one call."""
        return ONE if self.buffer_size_in_mbs is None else self.buffer_size_in_mbs


class FormatConversion(Properties):
    """Turns JSON into columns before it is stored."""

    enabled: bool = True
    output_format: Literal["PARQUET", "ORC"] = Field(description="What its serializer writes.")


class DynamicPartitioning(Properties):
    """Sorts records by their content into prefixes of a bucket."""

    enabled: bool = True
    active_partitions: Annotated[int, Field(ge=1, le=1_000_000)] = Field(
        description="Prefixes that get records within one buffer."
    )
    json_parsing_engine: Literal["JQ-1.6"] | None = None


class FirehoseVpc(Properties):
    """Delivery through network interfaces in subnets of a VPC."""

    availability_zones: Annotated[int, Field(ge=1, le=6)] = Field(
        description="Zones of its subnets, each paid for by the hour."
    )


class IcebergDestination(Properties):
    """The bucket that the stream goes to holds Apache Iceberg tables."""

    append_only: bool = False


class FirehoseBackup(Properties):
    """The bucket for what the destination refuses or the transform fails on."""

    bucket_arn: str = Field(
        description="The bucket's name in the spec, for what fails; a copy of everything is one"
        " more flow to a bucket."
    )


class FirehoseEncryption(Properties):
    """Whose key encrypts records while they are buffered."""

    key_type: Literal["AWS_OWNED_CMK", "CUSTOMER_MANAGED_CMK"]
    key_arn: str | None = Field(None, max_length=200)

    @model_validator(mode="after")
    def _a_key_of_ones_own_is_named(self) -> Self:
        refuse_odd_key(self, "key_type", "CUSTOMER_MANAGED_CMK", "key_arn")
        return self


class FirehoseSettings(Settings):
    """Properties of AWS::KinesisFirehose::DeliveryStream; buffers in MB and seconds."""

    delivery_stream_type: Literal["DirectPut", "KinesisStreamAsSource", "MSKAsSource"] | None = (
        Field(None, description="Follows from the flows into it; stated, it is checked.")
    )
    buffering_hints: FirehoseBufferingHints | None = None
    compression_format: Literal["UNCOMPRESSED", "GZIP", "ZIP", "Snappy", "HADOOP_SNAPPY"] = (
        "UNCOMPRESSED"
    )
    compression_ratio: Count | None = Field(
        None,
        description="Bytes that become one byte when compressed or converted, such as 4;"
        " 1 if not stated.",
    )
    data_format_conversion_configuration: FormatConversion | None = None
    dynamic_partitioning_configuration: DynamicPartitioning | None = None
    processing_configuration: FirehoseTransform | None = None
    decompression: bool = Field(
        default=False, description="Whether it unpacks gzipped events of CloudWatch Logs."
    )
    decompression_ratio: Count | None = Field(
        None, description="Bytes that one gzipped byte of CloudWatch Logs becomes, such as 8."
    )
    vpc_configuration: FirehoseVpc | None = None
    iceberg_destination_configuration: IcebergDestination | None = None
    s3_backup_configuration: FirehoseBackup | None = None
    delivery_stream_encryption_configuration_input: FirehoseEncryption | None = None

    @model_validator(mode="after")
    def _buffers_fit_the_format(self) -> Self:
        if self.converts and self.compression_format != "UNCOMPRESSED":
            text = (
                f"sets compression_format: {self.compression_format}, but converted files compress"
                " inside: leave it out"
            )
            refuse("compression_with_conversion", text)
        for name in ("compression_ratio", "decompression_ratio"):
            ratio = getattr(self, name)
            if ratio is not None and ratio < 1:
                refuse("ratio_below_1", f"sets {name}: {plain(ratio)}, below 1")
        if self.compression_ratio is not None and not self.compresses:
            text = "sets compression_ratio, which needs a compression_format or a conversion"
            refuse("ratio_without_compression", text)
        if self.decompression_ratio is not None and not self.decompression:
            text = "sets decompression_ratio, which needs decompression: true"
            refuse("ratio_without_decompression", text)
        self._refuse_small_buffers()
        return self

    def _refuse_small_buffers(self) -> None:
        if self.buffering_hints is None:
            return
        size = self.buffering_hints.size_in_mbs
        if (self.converts or self.partitions) and size < LEAST_COLUMNAR_BUFFER:
            text = (
                f"sets size_in_mbs: {size}, below the {LEAST_COLUMNAR_BUFFER} MB that format"
                " conversion and dynamic partitioning need"
            )
            refuse("buffer_below_64_mb", text)
        if self.partitions and not self.buffering_hints.interval_in_seconds:
            text = "sets interval_in_seconds: 0, but dynamic partitioning needs a buffer"
            refuse("zero_buffering_with_partitions", text)

    @property
    def converts(self) -> bool:
        """Whether it writes columns."""
        conversion = self.data_format_conversion_configuration
        return conversion is not None and conversion.enabled

    @property
    def compresses(self) -> bool:
        """Whether what it delivers is smaller than what came in."""
        return self.converts or self.compression_format != "UNCOMPRESSED"

    @property
    def partitions(self) -> int:
        """Active partitions of a stream that sorts records by their content, else 0."""
        sorting = self.dynamic_partitioning_configuration
        return sorting.active_partitions if sorting is not None and sorting.enabled else 0

    @property
    def buffer(self) -> tuple[int, int]:
        """Bytes and seconds of a buffer; AWS's defaults are 5 MB and 300 s.

        Conversion and partitioning take the largest buffer where none is stated: 5 MB is
        below what they need.
        """
        if self.buffering_hints is not None:
            return self.buffering_hints.size_in_mbs * MIB, self.buffering_hints.interval_in_seconds
        return (128 if self.converts or self.partitions else 5) * MIB, 300

    def kms_key(self) -> str | None:
        """The key of the customer's own."""
        encryption = self.delivery_stream_encryption_configuration_input
        if encryption is None or encryption.key_type == "AWS_OWNED_CMK":
            return None
        return encryption.key_arn

    def references(self) -> tuple[Reference, ...]:
        """The bucket for what fails."""
        backup = self.s3_backup_configuration
        path = ("s3_backup_configuration", "bucket_arn")
        return () if backup is None else (Reference(path, backup.bucket_arn, BUCKET),)

    def calls(self) -> tuple[Reference, ...]:
        """The function that transforms every record."""
        if self.processing_configuration is None:
            return ()
        path, name = ("processing_configuration",), self.processing_configuration.lambda_arn
        return (Reference((*path, "lambda_arn"), name, ("lambda.function",)),)

    def size_factor(self) -> Fraction:
        """What compression leaves of a byte, and decompression makes of it."""
        return (self.decompression_ratio or ONE) / self.compression

    @property
    def compression(self) -> Fraction:
        """Bytes that become one."""
        return self.compression_ratio or ONE

    def dead_letter_target(self) -> str | None:
        """The bucket for what fails."""
        backup = self.s3_backup_configuration
        return backup.bucket_arn if backup else None
