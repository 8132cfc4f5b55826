"""What an author says of an Amazon SNS topic."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from archcode.fields import Days, Properties, Settings, SizeInBytes, refuse_without
from archcode.model import Invocation
from archcode.services._sns_limits import ARCHIVE_RETENTION, DEFAULT_MESSAGE_SIZE, MESSAGE_SIZE
from archcode.shape import Field, model_validator


class ArchivePolicy(Properties):
    """For how many days a FIFO topic keeps its messages for replay."""

    message_retention_period: Annotated[Days, Field(ge=1, le=int(ARCHIVE_RETENTION.value))]


class SnsSettings(Settings):
    """Properties of AWS::SNS::Topic; sizes in bytes."""

    key_setting: ClassVar[str] = "kms_master_key_id"
    invokes: ClassVar[Invocation] = "asynchronous"
    fifo_topic: bool = False
    content_based_deduplication: bool = False
    fifo_throughput_scope: Literal["Topic", "MessageGroup"] | None = None
    maximum_message_size: Annotated[SizeInBytes, Field(ge=1024, le=int(MESSAGE_SIZE.value))] = (
        DEFAULT_MESSAGE_SIZE
    )
    archive_policy: ArchivePolicy | None = None
    kms_master_key_id: str | None = Field(
        None,
        max_length=200,
        description="The key that encrypts; alias/aws/sns has no monthly price.",
    )

    @model_validator(mode="after")
    def _fifo_settings_need_a_fifo_topic(self) -> Self:
        fifo_only = ("content_based_deduplication", "fifo_throughput_scope", "archive_policy")
        refuse_without(self, "fifo_topic", fifo_only, "fifo_setting_on_standard_topic")
        return self
