"""What an author may say of a state machine, and the rates that follow from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from archcode.fields import (
    Bytes,
    ConsumerSettings,
    Count,
    Duration,
    Properties,
    Seconds,
    refuse,
    refuse_odd_key,
)
from archcode.model import ZERO
from archcode.services._stepfunctions_limits import DATA_KEY_REUSE
from archcode.shape import Field, model_validator
from archcode.units import plain

if TYPE_CHECKING:
    from fractions import Fraction

    from archcode.flow import FlowSettings
    from archcode.services._rates import Rate
    from archcode.traffic import Traffic


class LoggingConfiguration(Properties):
    """Which events of an execution go to CloudWatch Logs, and whether with their data."""

    level: Literal["ALL", "ERROR", "FATAL", "OFF"] = "OFF"
    include_execution_data: bool = False


class TracingConfiguration(Properties):
    """Whether executions are traced with AWS X-Ray."""

    enabled: bool = False


class EncryptionConfiguration(Properties):
    """The key that encrypts definition and executions."""

    type: Literal["AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY"]
    kms_key_id: Annotated[str, Field(max_length=200)] | None = None
    kms_data_key_reuse_period_seconds: Annotated[
        Seconds, Field(ge=60, le=int(DATA_KEY_REUSE.value))
    ] = 300

    @model_validator(mode="after")
    def _a_key_of_ones_own_is_named(self) -> Self:
        refuse_odd_key(self, "type", "CUSTOMER_MANAGED_KMS_KEY", "kms_key_id")
        return self


class StateMachineSettings(ConsumerSettings):
    """Properties of AWS::StepFunctions::StateMachine."""

    state_machine_type: Literal["STANDARD", "EXPRESS"] = "STANDARD"
    logging_configuration: LoggingConfiguration = LoggingConfiguration()
    tracing_configuration: TracingConfiguration = TracingConfiguration()
    encryption_configuration: EncryptionConfiguration | None = None
    transitions: Count | None = Field(
        None,
        description="States that an execution enters on average, its start and its end included,"
        " retries not: what a Standard workflow is charged for.",
    )
    duration: Duration | None = Field(
        None, description="Mean time of one execution, waits included, such as 40 s or 2 d."
    )
    memory: Bytes | None = Field(
        None,
        description="Memory that an Express execution is charged for, such as 64 MB; charged in"
        " steps of 64 MB.",
    )
    logged: Bytes | None = Field(
        None, description="Mean size of what one execution writes to its log, such as 3 KB."
    )

    @model_validator(mode="after")
    def _what_is_counted_happens(self) -> Self:
        if self.transitions is not None and self.transitions < 1:
            text = (
                f"sets transitions: {plain(self.transitions)}, below 1: each execution has a state"
            )
            refuse("transitions_below_1", text)
        if self.logged is not None and self.logging_configuration.level == "OFF":
            text = "sets logged, which needs logging_configuration: {level: ERROR} or another level"
            refuse("logged_without_level", text)
        return self

    @property
    def standard(self) -> bool:
        """Whether executions are durable, and charged by their transitions."""
        return self.state_machine_type == "STANDARD"

    def kms_key(self) -> str | None:
        """The customer's key."""
        encryption = self.encryption_configuration
        if encryption is None or encryption.type == "AWS_OWNED_KEY":
            return None
        return encryption.kms_key_id


def starts(flow: FlowSettings) -> bool:
    """A token that is given back wakes a waiting state; anything else starts an execution."""
    return not flow.task_token


def executions_per_second(machine: Traffic[StateMachineSettings], rate: Rate) -> Fraction:
    """Executions that start in a second."""
    hops = (hop for hop in machine.inflows if starts(hop.options))
    return sum((rate(hop.delivered) / hop.batch for hop in hops), ZERO)


def retries_per_second(machine: Traffic[StateMachineSettings], rate: Rate) -> Fraction:
    """Tasks that are run again in a second; each is one more transition."""
    tasks = (hop for hop in machine.outflows if hop.kind == "flow")
    return sum(((rate(hop.delivered) - rate(hop.handed)) / hop.batch for hop in tasks), ZERO)


def transitions_per_second(machine: Traffic[StateMachineSettings], rate: Rate) -> Fraction:
    """State transitions in a second, as far as they are stated."""
    stated = machine.settings.transitions or ZERO
    return executions_per_second(machine, rate) * stated + retries_per_second(machine, rate)
