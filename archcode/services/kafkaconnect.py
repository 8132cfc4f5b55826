"""MSK Connect connectors: https://aws.amazon.com/msk/pricing/.

A connector carries messages from something into Kafka (a source, such as Debezium) or from Kafka
into something (a sink). Its workers are paid by the MCU-hour: an MCU is 1 vCPU and 4 GiB of memory
(https://docs.aws.amazon.com/msk/latest/developerguide/msk-connect-capacity.html). What one MCU
carries depends on the plugin, so it is the author who says it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal, Self

from archcode.fields import Bytes, Properties, Settings, refuse
from archcode.model import ZERO, Capacity, Finding, Limit, Meter, Severity, Usage, Verdict
from archcode.rationals import largest, smallest
from archcode.services._service import Semantics, Service, against, headroom
from archcode.shape import Before, Field, model_validator
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
# A Literal takes true for 1, since the two are equal.
McuCount = Annotated[Literal[1, 2, 4, 8], Before(lambda n: str(n) if n is True else n)]
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
    scale_in_policy: ScalingPolicy | None = None
    scale_out_policy: ScalingPolicy | None = None


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
    def workers(self) -> tuple[int, int]:
        """Workers that run at least, and at most."""
        fixed, scaling = self.capacity.provisioned_capacity, self.capacity.auto_scaling
        if scaling:
            return scaling.min_worker_count, scaling.max_worker_count
        return (fixed.worker_count, fixed.worker_count) if fixed else (0, 0)

    @property
    def throughput_per_worker(self) -> Fraction | None:
        """Bytes a second that a worker carries, where the author states it."""
        return None if self.throughput_per_mcu is None else self.throughput_per_mcu * self.mcu


def _workers_for(rate: Fraction, each: Fraction) -> int:
    """Workers that carry bytes/s; one runs at least."""
    return largest(1, ceil(rate / each))


def _carried(traffic: Traffic[ConnectorSettings], *, peak: bool = False) -> Fraction:
    """Bytes/s that flow in."""
    loads = (hop.delivered for hop in traffic.inflows)
    return sum((x.peak_bytes_per_second if peak else x.bytes_per_second for x in loads), ZERO)


def capacity(traffic: Traffic[ConnectorSettings]) -> Iterator[Capacity]:
    """Workers for the peak, where the author says what one carries."""
    settings, peak = traffic.settings, _carried(traffic, peak=True)
    each, (_, most) = settings.throughput_per_worker, settings.workers
    if each is None:
        formula = "1 worker at least; throughput_per_mcu would tell how many"
        yield Capacity("workers", 1, most, formula)
        return
    of_mcu = bytes_text(each / settings.mcu)
    formula = f"{bytes_text(peak)}/s at peak ÷ ({settings.mcu} MCU × {of_mcu}/s), rounded up"
    yield Capacity("workers", _workers_for(peak, each), most, formula)


def usage(traffic: Traffic[ConnectorSettings], _capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """MCU-hours of the workers; those that scale follow the mean rate."""
    settings, hours = traffic.settings, traffic.hours_per_month
    (least, most), each = settings.workers, settings.throughput_per_worker
    workers, words = least, f"{least} worker{'' if least == 1 else 's'}"
    if least < most:
        if each is None:
            yield Usage("mcu_hours", "connect_mcu_hour", None, "", "throughput_per_mcu")
            return
        mean = _carried(traffic)
        workers = smallest(largest(_workers_for(mean, each), least), most)
        words = f"{workers} of {least} to {most} workers at the mean {bytes_text(mean)}/s"
    words += f" × {settings.mcu} MCU × {grouped(hours)} h"
    yield Usage("mcu_hours", "connect_mcu_hour", workers * settings.mcu * hours, words)


def check(traffic: Traffic[ConnectorSettings], capacity: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """The number of workers against the load and the quota."""
    (workers,), (_, most) = capacity, traffic.settings.workers
    if workers.required > most:
        yield _too_few(traffic, workers, most)
    load = f"{most} workers"
    hint = "take workers of more MCU, or request a higher quota"
    yield against(traffic, WORKERS_PER_CONNECTOR, most, load, hint)


def _too_few(traffic: Traffic[ConnectorSettings], workers: Capacity, most: int) -> Finding:
    """Too few for the peak let a backlog grow; too few for the mean, without end."""
    each = traffic.settings.throughput_per_worker
    lasting = each is not None and _workers_for(_carried(traffic), each) > most
    severity = Severity.ERROR if lasting else Severity.WARNING
    message = (
        f"needs {workers.required} workers ({workers.formula}), and has {most}:"
        f" {headroom(workers.required, most)}"
    )
    hint = f"let it have {workers.required} workers, or workers of more MCU"
    return Finding("too_few_connector_workers", severity, f"{traffic.name}.capacity", message, hint)


def shared_check(connectors: tuple[Traffic[ConnectorSettings], ...]) -> Iterator[Verdict]:
    """The workers of all connectors against the account's quota."""
    workers = {connector.name: connector.settings.workers[1] for connector in connectors}
    total = sum(workers.values())
    largest = max(connectors, key=lambda connector: workers[connector.name])
    load = f"all connectors together have {total} workers"
    yield against(largest, WORKERS_PER_ACCOUNT, total, load, "request a higher quota")


def _summary(settings: ConnectorSettings) -> str:
    least, most = settings.workers
    count = f"{least}" if least == most else f"{least}-{most}"
    return f"MSK Connect {count} × {settings.mcu} MCU"


CONNECTOR = Service(
    type="kafkaconnect.connector",
    resource_type="AWS::KafkaConnect::Connector",
    name="Amazon MSK Connect",
    settings=ConnectorSettings,
    icon=lambda _: "aws/analytics/managed-streaming-for-kafka.png",
    summary=_summary,
    price_file="msk",
    capacity=capacity,
    usage=usage,
    check=check,
    shared_check=shared_check,
    meters=(Meter("connect_mcu_hour", "MCU-Hours", "Connect workers", "Recurring"),),
    usage_keys=("mcu_hours",),
    limits=(MCU_COUNT, WORKERS_PER_CONNECTOR, WORKERS_PER_ACCOUNT),
    semantics=(
        Semantics(
            variant="connector",
            ordering="within a task, as its source has it",
            delivery="at least once; more depends on the plugin",
            replay="yes, by setting its offsets back",
            retention="none; it keeps nothing itself",
            consumers="one connector",
            dead_letter="a topic of Kafka Connect's own, for sinks only",
            source=_SCHEMA,
            as_of="2026-10-20",
        ),
    ),
)

SERVICES = {CONNECTOR.type: CONNECTOR}
