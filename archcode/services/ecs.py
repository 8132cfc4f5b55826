"""Amazon ECS services on AWS Fargate, or on instances: https://aws.amazon.com/fargate/pricing/.

A task is charged for the vCPUs and the GB of memory it asks for, by the second that it runs.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal, Self

from archcode.fields import Properties, SizeInGib, SizeInMib, refuse
from archcode.model import Limit, Meter, Usage
from archcode.services import _workers
from archcode.services._service import Semantics, Service, against
from archcode.services._workers import Number, WorkerSettings
from archcode.shape import Field, model_validator
from archcode.units import KIB, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.model import Capacity, Verdict
    from archcode.traffic import Traffic

TASK_SIZES = {
    256: (512, 1024, 2048),
    512: tuple(range(1024, 4096 + 1, 1024)),
    1024: tuple(range(2048, 8192 + 1, 1024)),
    2048: tuple(range(4096, 16_384 + 1, 1024)),
    4096: tuple(range(8192, 30_720 + 1, 1024)),
    8192: tuple(range(16_384, 61_440 + 1, 4096)),
    16_384: tuple(range(32_768, 122_880 + 1, 8192)),
}
"""Memory in MB that Fargate gives to CPU units:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html."""
FREE_STORAGE_GIB = 20

TASKS_PER_SERVICE = Limit(
    "tasks_per_service",
    5000,
    "tasks",
    "adjustable",
    "per service",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html",
    "2026-02-12",
)
EPHEMERAL_STORAGE = Limit(
    "ephemeral_storage.size_in_gib",
    200,
    "GiB",
    "range",
    "per task, from 21",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html",
    "2025-01-01",
)


class RuntimePlatform(Properties):
    """The processor that tasks run on; X86_64 by default."""

    cpu_architecture: Literal["X86_64", "ARM64"] = "X86_64"


class TaskStorage(Properties):
    """Storage of a task in GiB; the first 20 are free, and more is asked for from 21 on."""

    size_in_gib: Annotated[SizeInGib, Field(ge=21, le=int(EPHEMERAL_STORAGE.value))]


class EcsSettings(WorkerSettings):
    """Properties of AWS::ECS::Service and of its task definition; CPU in units, memory in MB."""

    launch_type: Literal["FARGATE", "EC2", "EXTERNAL"]
    cpu: int | None = Field(None, description="CPU units of a task; 1,024 are one vCPU.")
    memory: SizeInMib | None = Field(None, description="Memory of a task.")
    runtime_platform: RuntimePlatform = RuntimePlatform()
    ephemeral_storage: TaskStorage | None = None
    desired_count: Number | None = Field(
        None, description="Tasks; derived from the peak if not stated."
    )

    @model_validator(mode="after")
    def _fargate_has_its_sizes(self) -> Self:
        if self.launch_type != "FARGATE":
            return self
        if self.cpu not in TASK_SIZES:
            known = ", ".join(map(str, TASK_SIZES))
            stated = "no cpu" if self.cpu is None else f"cpu: {self.cpu}"
            refuse("fargate_task_size", f"has {stated}; on Fargate it is one of {known}")
        if self.memory not in TASK_SIZES[self.cpu]:
            sizes = TASK_SIZES[self.cpu]
            allowed = f"{sizes[0]} to {sizes[-1]} in steps of {sizes[-1] - sizes[-2]}"
            known = ", ".join(map(str, sizes)) if len(sizes) < 4 else allowed
            stated = "no memory" if self.memory is None else f"memory: {self.memory}"
            text = f"has {stated}; with cpu: {self.cpu} on Fargate it is {known} MB"
            refuse("fargate_task_size", text)
        return self

    @property
    def stated(self) -> int | None:
        """The number of tasks that the author configured."""
        return self.desired_count

    @property
    def suffix(self) -> str:
        """How the price list marks the architecture."""
        return "arm_linux" if self.runtime_platform.cpu_architecture == "ARM64" else "x86_linux"


def capacity(traffic: Traffic[EcsSettings]) -> Iterator[Capacity]:
    """Tasks that the peak needs."""
    yield from _workers.capacity(traffic, "tasks")


def usage(traffic: Traffic[EcsSettings], _capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """vCPU-hours, GB-hours and hours of storage over 20 GiB of all tasks."""
    settings = traffic.settings
    vcpu, memory = f"vcpu_hour_{settings.suffix}", f"memory_gb_hour_{settings.suffix}"
    if settings.launch_type != "FARGATE":
        reason = "the instances that its tasks run on"
        yield Usage("vcpu_hours", vcpu, None, "", reason)
        return
    number, words = _workers.paid(traffic, "tasks")
    if number is None:
        yield Usage("vcpu_hours", vcpu, None, "", "desired_count, or duration")
        yield Usage("memory_gb_hours", memory, None, "", "desired_count, or duration")
        return
    hours = number * traffic.hours_per_month
    words = f"{words} × {grouped(traffic.hours_per_month)} h"
    units, megabytes = settings.cpu or 0, settings.memory or 0
    yield Usage("vcpu_hours", vcpu, hours * Fraction(units, 1024), f"{words} × {units} ÷ 1,024")
    gigabytes = hours * Fraction(megabytes, KIB)
    yield Usage("memory_gb_hours", memory, gigabytes, f"{words} × {megabytes} MB ÷ 1,024")
    if settings.ephemeral_storage is not None:
        size = settings.ephemeral_storage.size_in_gib
        meter, extra = "ephemeral_storage_gb_hour_over_20gb", size - FREE_STORAGE_GIB
        part = f"{words} × ({size} − {FREE_STORAGE_GIB}) GiB"
        yield Usage("ephemeral_storage_gb_hours", meter, hours * extra, part)


def check(traffic: Traffic[EcsSettings], sizes: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """Enough tasks, and not more than a service may have."""
    where = "auto_scaling.max_capacity" if traffic.settings.auto_scaling else "desired_count"
    yield from _workers.check(traffic, sizes, where)
    tasks = max((size.provided for size in sizes), default=traffic.settings.desired_count or 0)
    if tasks:
        load = f"{traffic.name} runs {grouped(tasks)} tasks"
        hint = "use larger tasks or several services, or request a higher quota"
        yield against(traffic, TASKS_PER_SERVICE, tasks, load, hint)


def _summary(settings: EcsSettings) -> str:
    if settings.launch_type != "FARGATE":
        return f"ECS on {settings.launch_type}"
    size = f"{grouped(Fraction(settings.cpu or 0, 1024))} vCPU"
    return f"Fargate {size}, {grouped(Fraction(settings.memory or 0, KIB))} GB"


def _size_words(settings: EcsSettings, sizes: tuple[Capacity, ...]) -> str:
    number = _workers.number_text(settings, sizes)
    return "" if number == "1" else f"{_summary(settings)} × {number}"


def _icon(settings: EcsSettings) -> str:
    name = "fargate" if settings.launch_type == "FARGATE" else "elastic-container-service"
    return f"aws/compute/{name}.png"


ECS = Service(
    type="ecs.service",
    resource_type="AWS::ECS::Service",
    name="Amazon ECS",
    settings=EcsSettings,
    icon=_icon,
    summary=_summary,
    size_words=_size_words,
    price_file="fargate",
    responds=True,
    capacity=capacity,
    usage=usage,
    check=check,
    meters=(
        Meter("vcpu_hour_x86_linux", "vCPU-Hours", "Processors, x86_64", "Recurring"),
        Meter("vcpu_hour_arm_linux", "vCPU-Hours", "Processors, ARM64", "Recurring"),
        Meter("memory_gb_hour_x86_linux", "GB-Hours", "Memory, x86_64", "Recurring"),
        Meter("memory_gb_hour_arm_linux", "GB-Hours", "Memory, ARM64", "Recurring"),
        Meter("ephemeral_storage_gb_hour_over_20gb", "GB-Hours", "Storage of tasks", "Recurring"),
    ),
    usage_keys=("vcpu_hours", "memory_gb_hours", "ephemeral_storage_gb_hours"),
    limits=(TASKS_PER_SERVICE, EPHEMERAL_STORAGE),
    semantics=(
        Semantics(
            variant="service",
            ordering="as its source hands messages over",
            delivery="its source's; the code acknowledges",
            replay="no",
            retention="none",
            consumers="tasks compete for the messages of a queue",
            dead_letter="its source's",
            source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html",
            as_of="2025-01-01",
        ),
    ),
)

SERVICES = {ECS.type: ECS}
