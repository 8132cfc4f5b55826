"""What an author says of an Amazon SQS queue."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from archcode.fields import Properties, Seconds, Settings, SizeInBytes, refuse, refuse_without
from archcode.model import Invocation, Reference
from archcode.services._sqs_limits import (
    DELAY,
    KEY_REUSE,
    MESSAGE_SIZE,
    RECEIVE_COUNT,
    RETENTION,
    VISIBILITY_TIMEOUT,
    WAIT_TIME,
)
from archcode.shape import Field, model_validator


class RedrivePolicy(Properties):
    """After how many receives a message goes to which dead-letter queue of the spec."""

    dead_letter_target: str = Field(description="The queue's name in the spec.")
    max_receive_count: Annotated[int, Field(ge=1, le=int(RECEIVE_COUNT.value))] = 10


class SqsSettings(Settings):
    """Properties of AWS::SQS::Queue; times in seconds, sizes in bytes."""

    key_setting: ClassVar[str] = "kms_master_key_id"
    invokes: ClassVar[Invocation] = "polled"
    fifo_queue: bool = False
    content_based_deduplication: bool = False
    deduplication_scope: Literal["queue", "messageGroup"] | None = None
    fifo_throughput_limit: Literal["perQueue", "perMessageGroupId"] | None = None
    visibility_timeout: Annotated[Seconds, Field(ge=0, le=int(VISIBILITY_TIMEOUT.value))] = 30
    message_retention_period: Annotated[Seconds, Field(ge=60, le=int(RETENTION.value))] = 345_600
    delay_seconds: Annotated[Seconds, Field(ge=0, le=int(DELAY.value))] = 0
    maximum_message_size: Annotated[SizeInBytes, Field(ge=1024, le=int(MESSAGE_SIZE.value))] = int(
        MESSAGE_SIZE.value
    )
    receive_message_wait_time_seconds: Annotated[Seconds, Field(ge=0, le=int(WAIT_TIME.value))] = 0
    redrive_policy: RedrivePolicy | None = None
    kms_master_key_id: str | None = Field(
        None,
        max_length=200,
        description="The key that encrypts; alias/aws/sqs has no monthly price.",
    )
    kms_data_key_reuse_period_seconds: Annotated[Seconds, Field(ge=60, le=int(KEY_REUSE.value))] = (
        300
    )
    message_groups: Annotated[int, Field(ge=1, le=10**12)] | None = Field(
        None,
        description="Message groups in use at a time. On a standard queue: a fair queue, whose "
        "requests carry a MessageGroupId and a surcharge.",
    )

    @model_validator(mode="after")
    def _fifo_settings_need_a_fifo_queue(self) -> Self:
        fifo_only = ("content_based_deduplication", "deduplication_scope", "fifo_throughput_limit")
        refuse_without(self, "fifo_queue", fifo_only, "fifo_setting_on_standard_queue")
        if self.fifo_throughput_limit == "perMessageGroupId" and (
            self.deduplication_scope != "messageGroup"
        ):
            text = (
                "sets fifo_throughput_limit: perMessageGroupId, which needs"
                " deduplication_scope: messageGroup"
            )
            refuse("high_throughput_without_scope", text)
        return self

    def references(self) -> tuple[Reference, ...]:
        """The dead-letter queue."""
        if self.redrive_policy is None:
            return ()
        path = ("redrive_policy", "dead_letter_target")
        return (Reference(path, self.redrive_policy.dead_letter_target, ("sqs.queue",)),)

    def dead_letter_target(self) -> str | None:
        """Where messages go that were received too often."""
        return self.redrive_policy.dead_letter_target if self.redrive_policy else None

    def ordered_groups(self) -> int | None:
        """The message groups of a FIFO queue."""
        return self.message_groups if self.fifo_queue else None

    @property
    def high_throughput(self) -> bool:
        """A FIFO queue whose quota counts for each message group."""
        return self.fifo_throughput_limit == "perMessageGroupId"

    @property
    def meter(self) -> str:
        """The price dimension of this queue's requests."""
        return "fifo_requests" if self.fifo_queue else "standard_requests"
