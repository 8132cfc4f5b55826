"""Amazon EC2 instances with Linux, on demand: https://aws.amazon.com/ec2/pricing/on-demand/.

Volumes are not in the price book; an estimate says so where one is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from archcode.fields import SizeInGib
from archcode.model import Limit, Meter, Usage
from archcode.rationals import rational
from archcode.services import _workers
from archcode.services._service import Semantics, Service, against
from archcode.services._workers import Number, WorkerSettings
from archcode.shape import Field
from archcode.units import bytes_text, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.model import Capacity, Verdict
    from archcode.traffic import Traffic

_FAMILIES = {
    "c6g": "large xlarge 2xlarge",
    "c6i": "large xlarge 2xlarge",
    "c7g": "large xlarge 2xlarge 4xlarge",
    "i3en": "large xlarge 2xlarge",
    "m5": "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge",
    "m6g": "large xlarge 2xlarge 4xlarge",
    "m6i": "large xlarge 2xlarge 4xlarge",
    "m7g": "large xlarge 2xlarge 4xlarge",
    "m7i": "large xlarge 2xlarge 4xlarge",
    "r5": "large xlarge 2xlarge",
    "r6g": "large xlarge 2xlarge",
    "t3": "micro small medium large xlarge 2xlarge",
    "t4g": "micro small medium large xlarge 2xlarge",
}
INSTANCE_TYPES = tuple(
    f"{family}.{s}" for family, sizes in _FAMILIES.items() for s in sizes.split()
)
"""The types in the price book; others are drawn and sized, and their price is unknown."""
OTHER = "linux_ondemand_other"

SINGLE_FLOW = Limit(
    "single_flow_bandwidth",
    625_000_000,
    "bytes/s",
    "guideline",
    "per connection outside a cluster placement group (5 Gbit/s)",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-network-bandwidth.html",
    "2025-01-01",
)


class Ec2Settings(WorkerSettings):
    """Properties of AWS::EC2::Instance, and how many of them there are."""

    instance_type: Annotated[str, Field(min_length=1, max_length=40)]
    instances: Number | None = Field(
        None, description="Instances of this kind; derived from the peak if not stated."
    )
    volume_size: SizeInGib | None = Field(None, description="GiB of volumes on each instance.")

    @property
    def stated(self) -> int | None:
        """The number of instances that the author configured; one where nothing can tell."""
        if self.instances is None and self.duration is None:
            return 1
        return self.instances

    @property
    def meter(self) -> str:
        """The price dimension of this type's hours."""
        if self.instance_type not in INSTANCE_TYPES:
            return OTHER
        return f"linux_ondemand_{self.instance_type.replace('.', '_')}"


def capacity(traffic: Traffic[Ec2Settings]) -> Iterator[Capacity]:
    """Instances that the peak needs."""
    yield from _workers.capacity(traffic, "instances")


def usage(traffic: Traffic[Ec2Settings], _capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """Hours of all instances, and the GB of their volumes."""
    settings = traffic.settings
    number, words = _workers.paid(traffic, "instances")
    if number is None:
        yield Usage("instance_hours", settings.meter, None, "", "duration")
        return
    hours = number * traffic.hours_per_month
    words = f"{words} × {grouped(traffic.hours_per_month)} h"
    yield Usage("instance_hours", settings.meter, hours, words)
    if settings.volume_size:
        size = rational(number * settings.volume_size)
        part = f"{number} instances × {settings.volume_size} GiB"
        yield Usage("volume_gb_months", "volume_storage", size, part)


def check(traffic: Traffic[Ec2Settings], sizes: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """Enough instances, and what one connection to each of them carries."""
    where = "auto_scaling.max_capacity" if traffic.settings.auto_scaling else "instances"
    yield from _workers.check(traffic, sizes, where)
    number = max((size.provided for size in sizes), default=traffic.settings.instances or 1)
    for hop in traffic.inflows:
        each = hop.delivered.peak_bytes_per_second / number
        load = f"{hop.source} sends {bytes_text(each)}/s at peak to each of {grouped(number)}"
        hint = "use several connections, more instances or a placement group"
        yield against(traffic, SINGLE_FLOW, each, load, hint)


def _size_words(settings: Ec2Settings, sizes: tuple[Capacity, ...]) -> str:
    number = _workers.number_text(settings, sizes)
    return "" if number == "1" else f"EC2 {settings.instance_type} × {number}"


EC2 = Service(
    type="ec2.instance",
    resource_type="AWS::EC2::Instance",
    name="Amazon EC2",
    settings=Ec2Settings,
    icon=lambda _: "aws/compute/ec2.png",
    summary=lambda settings: f"EC2 {settings.instance_type}",
    size_words=_size_words,
    price_file="ec2",
    responds=True,
    capacity=capacity,
    usage=usage,
    check=check,
    meters=(
        *(
            Meter(
                f"linux_ondemand_{kind.replace('.', '_')}",
                "Instance-Hours",
                f"Instances, {kind}",
                "Recurring",
            )
            for kind in INSTANCE_TYPES
        ),
        Meter(OTHER, "Instance-Hours", "Instances, another type", "Recurring"),
        Meter("volume_storage", "GB-Months", "Volumes", "Recurring"),
    ),
    usage_keys=("instance_hours", "volume_gb_months"),
    limits=(SINGLE_FLOW,),
    semantics=(
        Semantics(
            variant="instance",
            ordering="as its source hands messages over",
            delivery="its source's; the code acknowledges",
            replay="no",
            retention="none",
            consumers="instances compete for the messages of a queue",
            dead_letter="its source's",
            source="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/concepts.html",
            as_of="2025-01-01",
        ),
    ),
)

SERVICES = {EC2.type: EC2}
