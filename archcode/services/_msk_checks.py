"""What an MSK cluster bears, and what is wrong with its brokers, volumes and clients."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import Finding, Severity
from archcode.services import _msk_brokers as limits
from archcode.services import _msk_express as express
from archcode.services._kafka import groups, late_groups, message_sizes, peak_in, peak_out
from archcode.services._msk_loads import held, throughput
from archcode.services._msk_settings import days_text
from archcode.services._msk_sizing import (
    STORAGE_HEADROOM,
    UTILISATION,
    broker_needs,
    capacity,
    on_volumes,
    sustainable_in,
)
from archcode.services._service import against, headroom, told_as
from archcode.units import MIB, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.model import Capacity, Limit, Verdict
    from archcode.services._msk_settings import MskSettings
    from archcode.traffic import Traffic

LARGER = "use more brokers or a larger instance_type"


def check(traffic: Traffic[MskSettings], capacity: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """Message sizes, brokers, partitions, volumes, and racks."""
    brokers, partitions = capacity
    hint = "raise message.max.bytes, or keep the payload in Amazon S3 and send its key"
    yield from message_sizes(traffic, (limits.MESSAGE_SIZE, hint))
    yield from _throughput(traffic, brokers)
    yield from _broker_count(traffic, brokers)
    yield from _partition_count(traffic, brokers.provided, partitions.provided)
    yield from late_groups(traffic, partitions.provided)
    if traffic.settings.express:
        yield from _throttled(traffic, brokers.provided, partitions.provided)
    else:
        yield from _volume_size(traffic, brokers.provided)
        yield from _outside_the_guidance(traffic)
    yield from _rackless(traffic)


def _throughput(traffic: Traffic[MskSettings], brokers: Capacity) -> Iterator[Verdict]:
    """What each broker carries; too much for one is told as too few of them."""
    found = _too_few(traffic, brokers)
    if found:
        yield found
    for load in throughput(traffic, brokers.provided):
        advice = load.kind == "guideline"
        rule = "brokers_without_headroom" if advice else "too_few_brokers"
        yield told_as(rule, load, found)


def _too_few(traffic: Traffic[MskSettings], brokers: Capacity) -> Finding | None:
    """Brokers for load, storage and replicas; partitions have limits of their own."""
    needed = max(need.number for need in broker_needs(traffic, partitions=0))
    if needed <= brokers.provided:
        return None
    where, left = f"{traffic.name}.number_of_broker_nodes", headroom(needed, brokers.provided)
    message = f"{brokers.formula}; it has {brokers.provided}, {left}"
    hint = f"set number_of_broker_nodes: {brokers.required}, or take a larger instance_type"
    if _overloaded(traffic, brokers.provided):
        return Finding("too_few_brokers", Severity.ERROR, where, message, hint)
    return Finding("brokers_without_headroom", Severity.WARNING, where, message, hint)


def _broker_count(traffic: Traffic[MskSettings], brokers: Capacity) -> Iterator[Verdict]:
    """Brokers in every zone, and not more than a cluster may have."""
    where, zones = f"{traffic.name}.number_of_broker_nodes", traffic.settings.availability_zones
    if brokers.provided % zones:
        message = f"is {brokers.provided}, no multiple of {zones} availability zones"
        hint = f"set it to {ceil(Fraction(brokers.provided, zones)) * zones}"
        yield Finding("brokers_not_in_all_zones", Severity.ERROR, where, message, hint)
    load = f"{brokers.provided} brokers"
    hint = "take a larger instance_type, or request a higher quota"
    yield against(traffic, limits.BROKERS_PER_CLUSTER, brokers.provided, load, hint)


def _overloaded(traffic: Traffic[MskSettings], brokers: int) -> bool:
    """Whether they cannot carry it at all, even without the headroom that AWS advises.

    Express brokers throttle, above limits of their own.
    """
    settings = traffic.settings
    if settings.express or settings.replication_factor > brokers:
        return settings.replication_factor > brokers
    each = sustainable_in(settings, len(groups(traffic)))
    if each is not None and peak_in(traffic) * UTILISATION > each * brokers:
        return True
    return on_volumes(traffic) > brokers * limits.VOLUME_SIZE.value


def _partition_limits(settings: MskSettings) -> tuple[Limit, Limit]:
    """Partitions of a broker at most, and as advised."""
    home = express if settings.express else limits
    return home.PARTITIONS_MOST[settings.instance_type], home.PARTITIONS_ADVISED[
        settings.instance_type
    ]


def _partition_count(
    traffic: Traffic[MskSettings], brokers: int, partitions: int
) -> Iterator[Verdict]:
    settings = traffic.settings
    each = Fraction(partitions * settings.replication_factor, brokers)
    load = (
        f"{grouped(partitions)} partitions × {settings.replication_factor} replicas"
        f" ÷ {brokers} brokers = {grouped(each)}"
    )
    for limit in _partition_limits(settings):
        yield against(traffic, limit, each, load, LARGER, about="partitions")


def _throttled(traffic: Traffic[MskSettings], brokers: int, partitions: int) -> Iterator[Verdict]:
    """Peaks above what Express brokers take at all."""
    kind = traffic.settings.instance_type
    for words, peak, limit in (
        ("written", peak_in(traffic) / MIB, express.MOST_IN[kind]),
        ("read", peak_out(traffic) / MIB, express.MOST_OUT[kind]),
    ):
        each = peak / brokers
        load = f"{grouped(peak)} MB/s {words} at peak ÷ {brokers} brokers = {grouped(each)} MB/s"
        yield against(traffic, limit, each, load, LARGER)
    each, most = peak_in(traffic) / MIB / partitions, express.PARTITION_THROUGHPUT
    load = f"{grouped(each)} MB/s written at peak to each of {grouped(partitions)} partitions"
    hint = f"set partitions: {ceil(peak_in(traffic) / MIB / most.value)}"
    yield against(traffic, most, each, load, hint)


def _volume_size(traffic: Traffic[MskSettings], brokers: int) -> Iterator[Verdict]:
    """What a broker holds against its volume; AWS's guidance keeps half of it free."""
    size = traffic.settings.volume_size
    if size is None:
        return
    load = held(traffic, brokers, size)
    found = _too_small(traffic, brokers, size, load.load)
    if found and not load.exceeded:
        yield found
    yield told_as("volume_too_small", load, found)


def _too_small(
    traffic: Traffic[MskSettings], brokers: int, size: int, held: Fraction
) -> Finding | None:
    if held * STORAGE_HEADROOM <= size:
        return None
    message = (
        f"holds {grouped(held)} GiB at the mean rate ({days_text(traffic.settings.on_brokers)} ×"
        f" {traffic.settings.replication_factor} replicas ÷ {brokers} brokers) of {size} GiB,"
        f" {headroom(held, size)}"
    )
    where = f"{traffic.name}.broker_node_group_info.storage_info.ebs_storage_info.volume_size"
    hint = f"set volume_size: {ceil(held * STORAGE_HEADROOM)}, of which half stays free"
    if held > size:
        return Finding("volume_too_small", Severity.ERROR, where, message, hint)
    return Finding("volume_without_headroom", Severity.WARNING, where, message, hint)


def _outside_the_guidance(traffic: Traffic[MskSettings]) -> Iterator[Verdict]:
    settings = traffic.settings
    if sustainable_in(settings, 0) is None:
        message = f"is not sized by throughput: AWS's guidance leaves out {settings.instance_type}"
        hint = "watch its CPU credits, or take kafka.m7g.large for production"
        yield Finding("not_sized_by_throughput", Severity.INFO, traffic.name, message, hint)
    elif settings.availability_zones != 3 or settings.replication_factor > 3:
        message = (
            f"has {settings.availability_zones} zones and {settings.replication_factor} replicas;"
            " AWS's sizing guidance assumes 3 and 3"
        )
        hint = "measure, and add brokers if replication takes more of them"
        yield Finding("outside_sizing_guidance", Severity.INFO, traffic.name, message, hint)


def _rackless(traffic: Traffic[MskSettings]) -> Iterator[Verdict]:
    """AWS's pollers have no setting for a client's rack.

    cfn-lint==1.58.0:schemas/AWS::Lambda::EventSourceMapping
    """
    for hop in groups(traffic):
        if hop.options.client_rack and hop.target_settings.managed_poller:
            message = f"is set, but the pollers of {hop.target} are AWS's and have no rack"
            hint, where = "remove it", f"{hop.where}.client_rack"
            yield Finding("rack_of_managed_poller", Severity.ERROR, where, message, hint)


def shared_check(clusters: tuple[Traffic[MskSettings], ...]) -> Iterator[Verdict]:
    """All clusters together against the account's quota."""
    brokers = {cluster.name: next(capacity(cluster)).provided for cluster in clusters}
    total, quota = sum(brokers.values()), limits.BROKERS_PER_ACCOUNT
    largest = max(clusters, key=lambda cluster: brokers[cluster.name])
    load = f"all clusters together have {total} brokers"
    yield against(largest, quota, total, load, "request a higher quota")
