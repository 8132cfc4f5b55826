"""MSK Connect connectors: https://aws.amazon.com/msk/pricing/.

A connector carries messages from something into Kafka (a source, such as Debezium) or from Kafka
into something (a sink). Its workers are paid by the MCU-hour: an MCU is 1 vCPU and 4 GiB of memory
(https://docs.aws.amazon.com/msk/latest/developerguide/msk-connect-capacity.html). What one MCU
carries depends on the plugin, so it is the author who says it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from archcode.fields import Bytes, Properties, Settings, refuse
from archcode.model import ZERO, Capacity, Finding, Limit, Meter, Severity, Usage
from archcode.services._service import Semantics, Service, headroom, over_limit
from archcode.traffic import Traffic
from archcode.units import bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCHEMA = "cfn-lint==1.58.0:schemas/AWS::KafkaConnect::Connector"
_QUOTAS = (
    "https://docs.aws.amazon.com/msk/latest/developerguide/limits.html"
    " (mirror c2hans/aws-docs@07f049d)"
)

MCU_COUNT = Limit(
    "mcu_count", 8, "MCU", "range", "per worker: 1, 2, 4 or 8", f"{_SCHEMA}/McuCount", "2026-10-20"
)
WORKERS_PER_CONNECTOR = Limit(
    "workers_per_connector", 10, "workers", "adjustable", "per connector", _QUOTAS, "2026-09-17"
)
WORKERS_PER_ACCOUNT = Limit(
    "workers_per_account",
    60,
    "workers",
    "adjustable",
    "per account and region",
    _QUOTAS,
    "2026-09-17",
)
McuCount = Literal[1, 2, 4, 8]
Workers = Annotated[int, Field(ge=1, le=10_000)]


class ProvisionedCapacity(Properties):
    """A fixed number of workers."""

    mcu_count: McuCount
    worker_count: Workers


class ScalingPolicy(Properties):
    """The use of the CPU at which a worker is added or removed."""

    cpu_utilization_percentage: Annotated[int, Field(ge=1, le=100)]


class AutoScaling(Properties):
    """Workers between a least and a most number, by the use of their CPU."""

    mcu_count: McuCount
    min_worker_count: Workers
    max_worker_count: Workers
    scale_in_policy: ScalingPolicy
    scale_out_policy: ScalingPolicy


class ConnectorCapacity(Properties):
    """One of the two ways to have workers."""

    provisioned_capacity: ProvisionedCapacity | None = None
    auto_scaling: AutoScaling | None = None


class ConnectorSettings(Settings):
    """Properties of AWS::KafkaConnect::Connector; its cluster is at an end of its flows."""

    capacity: ConnectorCapacity
    throughput_per_mcu: Bytes | None = Field(
        None, description="Bytes a second that one MCU carries, as measured, such as 10 MB."
    )

    @model_validator(mode="after")
    def _one_kind_of_capacity(self) -> Self:
        scaling = self.capacity.auto_scaling
        if (self.capacity.provisioned_capacity is None) is (scaling is None):
            text = "needs a capacity of either provisioned_capacity or auto_scaling"
            refuse("connector_capacity", text)
        if scaling and scaling.min_worker_count > scaling.max_worker_count:
            text = (
                f"has a min_worker_count of {scaling.min_worker_count}, above its max_worker_count"
                f" of {scaling.max_worker_count}"
            )
            refuse("workers_upside_down", text)
        return self

    @property
    def mcu(self) -> int:
        """MCUs of each worker."""
        chosen = self.capacity.provisioned_capacity or self.capacity.auto_scaling
        return chosen.mcu_count if chosen else 0

    @property
    def least(self) -> int:
        """Workers that always run."""
        fixed, scaling = self.capacity.provisioned_capacity, self.capacity.auto_scaling
        return fixed.worker_count if fixed else scaling.min_worker_count if scaling else 0

    @property
    def most(self) -> int:
        """Workers that run at the peak."""
        fixed, scaling = self.capacity.provisioned_capacity, self.capacity.auto_scaling
        return fixed.worker_count if fixed else scaling.max_worker_count if scaling else 0


def _workers_for(settings: ConnectorSettings, bytes_per_second: Fraction) -> int:
    """Workers that carry a load, at least one; raises ZeroDivisionError never, as sizes are positive."""
    each = (settings.throughput_per_mcu or ZERO) * settings.mcu
    return max(1, ceil(bytes_per_second / each)) if each else 1


def _peak(traffic: Traffic[ConnectorSettings]) -> Fraction:
    return sum((hop.delivered.peak_bytes_per_second for hop in traffic.inflows), ZERO)
