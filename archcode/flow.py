"""What an author may say of a flow between two components."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from archcode.fields import Bytes, Count, Duration, Properties, Rate, Seconds, Share, refuse
from archcode.requires import Requires
from archcode.shape import Field, Shape, model_validator

if TYPE_CHECKING:
    from archcode.model import Invocation, ServiceSettings


class ProvisionedPollers(Properties):
    """Event pollers of a mapping that are kept and paid for; the maximum bounds its scaling."""

    minimum_pollers: Annotated[int, Field(ge=1, le=10_000)] | None = None
    maximum_pollers: Annotated[int, Field(ge=1, le=10_000)] | None = None


class FlowSettings(Shape, title="Flow"):
    """Rates, sizes and behaviour on one flow; every key is optional."""

    rate: Rate | None = Field(
        None, description="Mean messages that enter here, such as 350/s or 5M/day."
    )
    peak: Rate | None = Field(
        None, description="Highest rate; it decides limits and sizes. Needs rate."
    )
    profile: str | None = Field(
        None,
        min_length=1,
        max_length=80,
        description="How the rate is spread over a week, such as business-hours: its busiest hour"
        " is the peak, where none is stated.",
    )
    size: Bytes | None = Field(
        None, description="Mean message size from here on, such as 2 KB (1 KB is 1,024 bytes)."
    )
    filter: Share | None = Field(None, description="Share of messages let through, such as 40%.")
    share: Share | None = Field(
        None, description="Part of a queue's messages this consumer takes; equal parts by default."
    )
    batch: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        None, description="Messages in one call on this flow, on average."
    )
    per_message: Count | None = Field(
        None, description="Messages sent out here for each message that came in; 1 by default."
    )
    failure_rate: Share | None = Field(
        None,
        description="Share of deliveries that fail and are tried again, such as 0.1%. Each message"
        " counts alone, as with partial batch responses; without them its batch fails with it.",
    )
    label: str | None = Field(None, max_length=200, description="Text on the arrow.")
    step: Annotated[int, Field(ge=1, le=99)] | None = Field(
        None,
        description="Number on the arrow and in the legend under the picture; flows that happen"
        " together may share one.",
    )
    description: str | None = Field(
        None,
        max_length=300,
        description="What happens on this flow: its text in the numbered legend and the tooltip.",
    )
    business_event: str | None = Field(
        None,
        min_length=1,
        max_length=40,
        description="What a message on this flow stands for, such as order: estimates tell what"
        " each one costs.",
    )
    requires: Requires | None = Field(
        None, description="What must hold on this flow, such as {ordering: group}."
    )
    protocol: (
        Literal["http", "https", "email", "email-json", "sms", "application", "firehose"] | None
    ) = Field(None, description="How a topic reaches an endpoint outside AWS.")
    filter_policy_scope: Literal["MessageAttributes", "MessageBody"] | None = Field(
        None, description="What a subscription's filter reads; MessageBody is charged per GB."
    )
    enhanced_fan_out: bool | None = Field(
        None, description="A Kinesis consumer with its own 2 MiB/s per shard."
    )
    maximum_batching_window_in_seconds: Annotated[Seconds, Field(ge=0, le=300)] | None = Field(
        None, description="How long a poller of AWS waits to fill a batch."
    )
    maximum_concurrency: Annotated[int, Field(ge=2, le=1000)] | None = Field(
        None, description="Most concurrent executions a queue's mapping starts."
    )
    function_response_types: tuple[Literal["ReportBatchItemFailures"], ...] = Field(
        (), max_length=1, description="What a function returns: the failed items of a batch."
    )
    bisect_batch_on_function_error: bool | None = Field(
        None, description="Whether a stream's mapping halves a batch that fails."
    )
    maximum_retry_attempts: Annotated[int, Field(ge=-1, le=10_000)] | None = Field(
        None, description="Tries after the first; -1 until the record expires."
    )
    maximum_record_age_in_seconds: Annotated[Seconds, Field(ge=-1, le=604_800)] | None = Field(
        None, description="Age at which a stream's mapping gives a record up; -1 is never."
    )
    tumbling_window_in_seconds: Annotated[Seconds, Field(ge=0, le=900)] | None = Field(
        None, description="Window over which a function gathers its state of a stream."
    )
    provisioned_poller_config: ProvisionedPollers | None = Field(
        None, description="Pollers that are kept for this mapping, and charged."
    )
    on_failure: str | None = Field(
        None, description="The component that takes what a stream's mapping gives up."
    )
    parallelization_factor: Annotated[int, Field(ge=1, le=10)] | None = Field(
        None, description="Concurrent batches per shard of a stream's mapping."
    )
    consumers: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        None, description="Polling processes of a consumer that is not a Lambda function."
    )
    operation: Literal["read", "write"] | None = Field(
        None, description="What is done to a table or bucket; write by default."
    )
    consistent_read: bool | None = Field(None, description="A strongly consistent read of a table.")
    transactional: bool | None = Field(None, description="Part of a transaction on a table.")
    response_size: Bytes | None = Field(
        None, description="Mean size of the answer that goes back to a caller, such as 4 KB."
    )
    basic_ingest: bool | None = Field(
        None, description="Published to a reserved topic of a rule: no messaging charge."
    )
    retain: bool | None = Field(None, description="Published as a retained message.")
    task_token: bool | None = Field(
        None, description="Answers a waiting state of a state machine; starts no execution."
    )
    events: Literal["custom", "partner", "aws"] | None = Field(
        None,
        description="Who an event bus has these events of: an application (also data events that"
        " a service is opted in to), a partner, or an AWS service, whose events are free.",
    )
    invocation_type: Literal["Event", "RequestResponse"] | None = Field(
        None,
        description="Whether a function that calls another waits for its answer:"
        " RequestResponse by default. An Event is queued, and retried by the called function.",
    )
    client_rack: bool | None = Field(
        None, description="A Kafka consumer that reads from the replica in its own zone."
    )
    longest_outage: Duration | None = Field(
        None,
        description="How long this consumer may be down, such as 4 h; what waits has to be kept so"
        " long, and until it has caught up.",
    )

    @model_validator(mode="after")
    def _peak_belongs_to_a_rate(self) -> Self:
        if self.profile is not None and self.rate is None:
            refuse("profile_without_rate", "has a profile, but no rate to go with it")
        if self.peak is None:
            return self
        if self.rate is None:
            refuse("peak_without_rate", "has a peak, but no rate to go with it")
        if self.peak < self.rate:
            refuse("peak_below_rate", "has a peak below its mean rate")
        return self

    def invoked_by(self, source: ServiceSettings) -> Invocation:
        """How the source of this flow calls a function: as always, unless the flow says Event."""
        return "asynchronous" if self.invocation_type == "Event" else source.invokes


SERVICE_KEYS = frozenset(
    {
        "basic_ingest",
        "bisect_batch_on_function_error",
        "client_rack",
        "consistent_read",
        "events",
        "function_response_types",
        "invocation_type",
        "longest_outage",
        "maximum_record_age_in_seconds",
        "maximum_retry_attempts",
        "on_failure",
        "operation",
        "provisioned_poller_config",
        "response_size",
        "retain",
        "task_token",
        "transactional",
        "tumbling_window_in_seconds",
        "protocol",
        "filter_policy_scope",
        "enhanced_fan_out",
        "maximum_batching_window_in_seconds",
        "maximum_concurrency",
        "parallelization_factor",
        "consumers",
        "share",
    }
)
"""Keys that mean something only on a flow from or to a service that understands them."""
