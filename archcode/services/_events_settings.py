"""Settings of event buses and of their rules, in AWS's words, and what they say of events."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from archcode.fields import Properties, Seconds, Settings, refuse
from archcode.model import Invocation, Production, Reference
from archcode.services._events_limits import EVENT_AGE, RETRY_ATTEMPTS
from archcode.services._schedules import read, recurring
from archcode.shape import After, Field, model_validator
from archcode.units import quoted

if TYPE_CHECKING:
    from archcode.traffic import Hop

EventKind = Literal["custom", "partner", "aws"]

SCHEDULED_EVENT_BYTES = Fraction(278)
"""The scheduled event that AWS prints, without spaces:
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html."""


class EventDeadLetterConfig(Properties):
    """Which standard queue of the spec takes what cannot be delivered."""

    arn: str = Field(description="The queue's name in the spec.")


class EventRetryPolicy(Properties):
    """How often, and for how long in seconds, a target is tried again."""

    maximum_retry_attempts: Annotated[int, Field(ge=0, le=int(RETRY_ATTEMPTS.value))] = int(
        RETRY_ATTEMPTS.value
    )
    maximum_event_age_in_seconds: Annotated[Seconds, Field(ge=60, le=int(EVENT_AGE.value))] = int(
        EVENT_AGE.value
    )


class EventBusLogConfig(Properties):
    """What a bus writes to its logs."""

    level: Literal["OFF", "ERROR", "INFO", "TRACE"] = "OFF"
    include_detail: Literal["NONE", "FULL"] = "NONE"


class _WithDeadLetters(Settings):
    """What can have a queue for what it gives up."""

    invokes: ClassVar[Invocation] = "asynchronous"
    dead_letter_config: EventDeadLetterConfig | None = None

    def references(self) -> tuple[Reference, ...]:
        """The dead-letter queue."""
        if self.dead_letter_config is None:
            return ()
        path = ("dead_letter_config", "arn")
        return (Reference(path, self.dead_letter_config.arn, ("sqs.queue",)),)

    def dead_letter_target(self) -> str | None:
        """Where events go that are given up."""
        return self.dead_letter_config.arn if self.dead_letter_config else None


class EventBusSettings(_WithDeadLetters):
    """Properties of AWS::Events::EventBus."""

    key_setting: ClassVar[str] = "kms_key_identifier"
    name: Annotated[str, Field(min_length=1, max_length=256)] | None = Field(
        None, description="The bus's own name; default is the bus that AWS services send to."
    )
    event_source_name: Annotated[str, Field(min_length=1, max_length=256)] | None = Field(
        None, description="The partner's source, such as aws.partner/shop.example/orders."
    )
    kms_key_identifier: str | None = None
    log_config: EventBusLogConfig = EventBusLogConfig()

    @model_validator(mode="after")
    def _a_partner_bus_has_the_name_of_its_source(self) -> Self:
        source = self.event_source_name
        if source and not source.startswith("aws.partner/"):
            text = f"sets event_source_name: {quoted(source)}, which must begin with aws.partner/"
            refuse("source_of_no_partner", text)
        if source and self.name not in (None, source):
            text = f"sets name: {quoted(self.name)}, but a partner bus has the name of its source"
            refuse("partner_bus_with_other_name", text)
        return self

    @property
    def partner(self) -> bool:
        """Whether a partner's events arrive here."""
        return self.event_source_name is not None

    @property
    def default(self) -> bool:
        """Whether it is the bus of the account that AWS services send to."""
        return self.name == "default"


class EventRuleSettings(_WithDeadLetters):
    """Properties of AWS::Events::Rule; the retry policy holds for each of its targets."""

    own_rate: ClassVar[str] = "schedule_expression"
    event_pattern: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="The pattern, for the reader; how much it lets through is the filter."
    )
    schedule_expression: (
        Annotated[str, Field(min_length=1, max_length=256), After(recurring)] | None
    ) = Field(None, description="When it fires by itself, such as rate(5 minutes).")
    state: Literal["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"] = (
        "ENABLED"
    )
    retry_policy: EventRetryPolicy = EventRetryPolicy()

    def produced(self) -> Production | None:
        """One event each time its schedule comes round; it fires somewhere within that minute."""
        if self.schedule_expression is None:
            return None
        if self.state == "DISABLED":
            return Production(Fraction(0), Fraction(0), SCHEDULED_EVENT_BYTES)
        rate = read(self.schedule_expression).per_second
        return Production(rate, Fraction(1, 60), SCHEDULED_EVENT_BYTES)


def kind_in(hop: Hop, bus: EventBusSettings) -> EventKind:
    """What kind of events a flow into a bus carries: as stated, else by the kind of bus.

    What an archive replays, and what another bus sends, counts as custom events.
    """
    if hop.source_type.startswith("events."):
        return "custom"
    return hop.options.events or ("partner" if bus.partner else "custom")


def kind_out(hop: Hop) -> EventKind | None:
    """What kind of events a flow out of a bus carries; the default bus has more than one kind."""
    bus = hop.source_settings
    if hop.options.events or not isinstance(bus, EventBusSettings):
        return hop.options.events
    if bus.partner:
        return "partner"
    return None if bus.default else "custom"
