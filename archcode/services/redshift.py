"""Amazon Redshift clusters and serverless workgroups: https://aws.amazon.com/redshift/pricing/.

A workgroup is charged for RPU-hours while it computes, and its storage is not counted. The price
book has no prices of cluster nodes: the author states what a month of a cluster costs. Both read
streams by themselves, without Firehose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from archcode.fields import Count, Settings
from archcode.model import Finding, Limit, Meter, Severity, Usage
from archcode.rationals import rational
from archcode.services import _stores
from archcode.services._service import Semantics, Service, against
from archcode.services._stores import StoreSettings
from archcode.shape import Field
from archcode.units import MIB, bytes_text, grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archcode.model import Capacity, Verdict
    from archcode.traffic import Traffic

_SOURCES_PAGE = "https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-source.html"
_CAPACITY_PAGE = "https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-capacity.html"
_READ = "2025-07-01"
"""The copies of these pages that were read have no date; the smallest capacity is of 2025."""
ROW_SIZE = Limit("input_row", 4, "MB", "hard", "per row of COPY", _SOURCES_PAGE, _READ)
BASE_CAPACITY = Limit(
    "base_capacity", 1024, "RPU", "range", "per workgroup, from 4", _CAPACITY_PAGE, _READ
)


class RedshiftSettings(StoreSettings):
    """Properties of AWS::Redshift::Cluster, and what it costs."""

    node_type: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    number_of_nodes: Annotated[int, Field(ge=1, le=128)] = 1


class WorkgroupSettings(Settings):
    """Properties of AWS::RedshiftServerless::Workgroup, in RPU."""

    base_capacity: Annotated[int, Field(ge=4, le=int(BASE_CAPACITY.value))] = 128
    busy_hours: Count | None = Field(
        None, description="Hours a month in which it computes; idle hours are free."
    )


def check(traffic: Traffic[Any], _capacity: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """Rows against what a load takes."""
    for hop in traffic.inflows:
        size = hop.handed.message_size_bytes
        words = f"{hop.source} loads rows of {bytes_text(size)}"
        hint = "keep large values in Amazon S3 and load their keys"
        yield against(traffic, ROW_SIZE, size / MIB, words, hint)


def check_workgroup(traffic: Traffic[Any], capacity: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """The same, and hours that a month does not have."""
    yield from check(traffic, capacity)
    busy, month = traffic.settings.busy_hours, traffic.hours_per_month
    if busy is not None and busy > month:
        message = f"is {grouped(busy)}, more than the {grouped(month)} hours of a month"
        where = f"{traffic.name}.busy_hours"
        yield Finding("busy_hours_above_month", Severity.ERROR, where, message)


def usage(traffic: Traffic[WorkgroupSettings], _capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """RPU-hours of a workgroup while it computes."""
    hours, base = traffic.settings.busy_hours, traffic.settings.base_capacity
    if hours is None:
        yield Usage("rpu_hours", "serverless_rpu_hour", None, "", "busy_hours")
        return
    words = f"{base} RPU × {grouped(hours)} busy h"
    yield Usage("rpu_hours", "serverless_rpu_hour", rational(base) * hours, words)


def _summary(settings: RedshiftSettings) -> str:
    return (
        f"{settings.number_of_nodes} × {settings.node_type}" if settings.node_type else "Redshift"
    )


S = TypeVar("S", bound=Settings)


def _service(  # noqa: PLR0913 - what the two kinds differ in
    kind: str,
    resource_type: str,
    name: str,
    settings: type[S],
    summary: Callable[[S], str],
    usage: Callable[[Traffic[Any], tuple[Capacity, ...]], Iterator[Usage]],
    meter: Meter,
    *limits: Limit,
) -> Service[S]:
    return Service(
        type=kind,
        resource_type=resource_type,
        name=name,
        settings=settings,
        icon=lambda _: "aws/analytics/redshift.png",
        summary=summary,
        emission="copy",
        price_file="" if meter is _stores.MONTH else "redshift",
        pulls_from=("kinesis.stream", "msk.cluster", "msk.serverless_cluster"),
        passes_on=_stores.passes_on,
        inflow_keys=frozenset({"operation"}),
        responds=True,
        usage=usage,
        check=check if meter is _stores.MONTH else check_workgroup,
        meters=(meter,),
        usage_keys=("months" if meter is _stores.MONTH else "rpu_hours",),
        limits=(ROW_SIZE, *limits),
        semantics=(_SEMANTICS,),
    )


_SEMANTICS = Semantics(
    variant="table",
    ordering="none",
    delivery="a load commits all of its files or none",
    replay="no",
    retention="until rows are deleted",
    consumers="queries",
    dead_letter="none; load errors are listed in a system table",
    source=_SOURCES_PAGE,
    as_of=_READ,
)
CLUSTER = _service(
    "redshift.cluster",
    "AWS::Redshift::Cluster",
    "Amazon Redshift",
    RedshiftSettings,
    _summary,
    _stores.usage,
    _stores.MONTH,
)
WORKGROUP = _service(
    "redshiftserverless.workgroup",
    "AWS::RedshiftServerless::Workgroup",
    "Amazon Redshift Serverless",
    WorkgroupSettings,
    lambda settings: f"Redshift, {settings.base_capacity} RPU",
    usage,
    Meter("serverless_rpu_hour", "RPU-Hours", "Redshift Serverless"),
    BASE_CAPACITY,
)

SERVICES = {CLUSTER.type: CLUSTER, WORKGROUP.type: WORKGROUP}
