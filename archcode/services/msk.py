"""Amazon MSK clusters of standard brokers: https://aws.amazon.com/msk/pricing/.

Brokers are paid by the hour, volumes by their provisioned size, tiered storage by what it holds.
Traffic of clients across zones is charged as data transfer by another service and not counted
here. Brokers are sized by the sizing guidance that AWS publishes in its toolkit
(github:aws/agent-toolkit-for-aws@d6ad2e4:managing-amazon-msk), which assumes three zones and a
replication factor of 3; it is advice, not a quota. Every flow out is a consumer group that reads
everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import ZERO, Capacity, Finding, Meter, Severity, Usage
from archcode.services import _msk_brokers as limits
from archcode.services._mapping import KAFKA_KEYS, deliveries
from archcode.services._msk_brokers import BROKERS
from archcode.services._msk_settings import DEFAULT_THROUGHPUT, MskSettings, days_text
from archcode.services._service import Semantics, Service, headroom, over_limit
from archcode.traffic import Hop, Traffic
from archcode.units import GIB, MIB, bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SERVICES", "MskSettings"]

UTILISATION = Fraction(1, 2)
STORAGE_HEADROOM = 2
EBS_PER_BYTE = {"LOCAL": Fraction("6.5"), "TIERED": Fraction(8)}
NETWORK_PER_BYTE = {"LOCAL": Fraction("5.7"), "TIERED": Fraction("7.2")}
NETWORK_PER_READER = Fraction("1.5")
"""Bytes of broker I/O for a byte written, and the share of it that a broker should carry, as in
scripts/msk_sizing.py of the toolkit; storage is doubled since a full disk stops a broker."""


def _groups(traffic: Traffic[MskSettings]) -> list[Hop]:
    return [hop for hop in traffic.outflows if hop.kind == "flow"]


def _peak_bytes(traffic: Traffic[MskSettings]) -> Fraction:
    return sum((hop.delivered.peak_bytes_per_second for hop in traffic.inflows), ZERO)


def _kept(traffic: Traffic[MskSettings], seconds: Fraction) -> Fraction:
    """GiB of one copy of what came in during a time, at the mean rate."""
    mean = sum((hop.handed.bytes_per_second for hop in traffic.inflows), ZERO)
    return mean * seconds / GIB


def _on_volumes(traffic: Traffic[MskSettings]) -> Fraction:
    """GiB of all replicas on the brokers' volumes."""
    settings = traffic.settings
    return _kept(traffic, settings.on_brokers) * settings.replication_factor


def sustainable_in(settings: MskSettings, groups: int) -> Fraction | None:
    """Bytes/s that clients should write to one broker at most, by AWS's sizing guidance.

    Half of what its volume and its network carry, whichever is less; a volume without
    provisioned throughput carries 250 MiB/s. None for a size that the guidance leaves out.
    """
    broker, mode = settings.broker, settings.storage_mode
    if broker.ebs is None or broker.network is None:
        return None
    volume = min(broker.ebs, Fraction(settings.volume_throughput)) / EBS_PER_BYTE[mode]
    network = broker.network / (NETWORK_PER_READER * groups + NETWORK_PER_BYTE[mode])
    return UTILISATION * min(volume, network) * MIB


def _consumers(hop: Hop, rate: Fraction) -> int:
    """Consumers that a group needs at a rate; a partition feeds one of them."""
    seconds = hop.target_settings.processing_seconds()
    if hop.target_type != "lambda.function" or seconds is None:
        return hop.options.consumers or 1
    return max(1, ceil(rate * seconds / hop.batch))


@dataclass(frozen=True, slots=True)
class _Need:
    """A reason for brokers, in words, and how many it asks for."""

    brokers: int
    words: str


def _partitions(traffic: Traffic[MskSettings]) -> Capacity:
    groups = {
        hop.target: _consumers(hop, hop.delivered.peak_messages_per_second)
        for hop in _groups(traffic)
    }
    name = max(groups, key=lambda group: groups[group], default="")
    most = groups.get(name, 1)
    words = f"consumers of {name}" if name else "partition at least"
    return Capacity("partitions", most, traffic.settings.partitions, f"{grouped(most)} {words}")


def _needs(traffic: Traffic[MskSettings], partitions: int) -> Iterator[_Need]:
    settings, peak = traffic.settings, _peak_bytes(traffic)
    groups, copies = len(_groups(traffic)), settings.replication_factor
    each = sustainable_in(settings, groups)
    if each is not None:
        words = (
            f"{bytes_text(peak)}/s in at peak, read by {groups} consumer"
            f" group{'' if groups == 1 else 's'}, over {bytes_text(each)}/s"
        )
        yield _Need(ceil(peak / each), words)
    advised = settings.broker.partitions_advised
    count = "1 partition" if partitions == 1 else f"{grouped(partitions)} partitions"
    words = f"{count} × {copies} replicas over {grouped(advised)}"
    yield _Need(ceil(Fraction(partitions * copies, advised)), words)
    stored = _on_volumes(traffic) * STORAGE_HEADROOM
    # With a stated number of brokers the volume is what is wrong, and it is checked on its own.
    own = None if settings.number_of_broker_nodes else settings.volume_size
    most = own or int(limits.VOLUME_SIZE.value)
    words = f"{grouped(stored)} GiB of volumes, half of them free, over {grouped(most)} GiB"
    yield _Need(ceil(stored / most), words)
    yield _Need(copies, f"{copies} replicas over 1")


def capacity(traffic: Traffic[MskSettings]) -> Iterator[Capacity]:
    """Brokers, a multiple of the zones, and partitions."""
    settings, partitions = traffic.settings, _partitions(traffic)
    needs = sorted(_needs(traffic, partitions.provided), key=lambda need: -need.brokers)
    binding, *others = needs
    zones = settings.availability_zones
    required = ceil(Fraction(max(binding.brokers, zones), zones)) * zones
    formula = (
        f"needs {required} brokers, a multiple of {zones} zones: {binding.words} per broker needs"
        f" {binding.brokers}; " + ", ".join(f"{o.words} needs {o.brokers}" for o in others)
    )
    yield Capacity("brokers", required, settings.number_of_broker_nodes, formula)
    yield partitions


def _volume(traffic: Traffic[MskSettings], brokers: int) -> int:
    """GiB of one broker's volume: as stated, else twice what it holds."""
    derived = ceil(_on_volumes(traffic) * STORAGE_HEADROOM / brokers)
    return traffic.settings.volume_size or max(1, derived)


def usage(traffic: Traffic[MskSettings], capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """Broker-hours, volumes, their provisioned throughput, and tiered storage."""
    settings, brokers, hours = traffic.settings, capacity[0].provided, traffic.hours_per_month
    meter = f"broker_{settings.instance_type.replace('.', '_')}"
    words = f"{brokers} brokers × {grouped(hours)} h"
    yield Usage("broker_hours", meter, brokers * hours, words)
    volume = _volume(traffic, brokers)
    source = "" if settings.volume_size else ", twice what they hold"
    words = f"{brokers} brokers × {grouped(volume)} GiB{source}"
    yield Usage("storage_gb_months", "provisioned_storage_gp2", Fraction(brokers * volume), words)
    above = settings.volume_throughput - DEFAULT_THROUGHPUT
    if above:
        words = f"{brokers} brokers × ({settings.volume_throughput} − {DEFAULT_THROUGHPUT}) MiB/s"
        meter = "provisioned_storage_throughput"
        yield Usage("throughput_mibps_months", meter, Fraction(brokers * above), words)
    if settings.storage_mode == "TIERED":
        yield _tiered(traffic)


def _tiered(traffic: Traffic[MskSettings]) -> Usage:
    """One copy of the whole retention: segments go to the tier as soon as they are closed.

    https://docs.aws.amazon.com/msk/latest/developerguide/msk-tiered-storage-retention-rules.html
    """
    kept = traffic.settings.retention
    words = f"1 copy of {days_text(kept)} at the mean rate"
    return Usage("tiered_gb_months", "tiered_storage", _kept(traffic, kept), words)


def check(traffic: Traffic[MskSettings], capacity: tuple[Capacity, ...]) -> Iterator[Finding]:
    """Message sizes, brokers, partitions and volumes."""
    brokers, partitions = capacity
    for hop in traffic.inflows:
        size = hop.handed.message_size_bytes
        if size > limits.MESSAGE_SIZE.value:
            load = f"{hop.source} sends messages of {grouped(size)} bytes"
            hint = "raise message.max.bytes, or keep the payload in Amazon S3 and send its key"
            yield over_limit(traffic, limits.MESSAGE_SIZE, size, load, hint)
    yield from _broker_count(traffic, brokers, partitions.provided)
    yield from _partition_count(traffic, brokers.provided, partitions)
    yield from _volume_size(traffic, brokers.provided)
    yield from _outside_the_guidance(traffic)


def _broker_count(
    traffic: Traffic[MskSettings], brokers: Capacity, partitions: int
) -> Iterator[Finding]:
    settings, where = traffic.settings, f"{traffic.name}.number_of_broker_nodes"
    needed = max(need.brokers for need in _needs(traffic, partitions))
    if needed > brokers.provided:
        left = headroom(needed, brokers.provided)
        message = f"{brokers.formula}; it has {brokers.provided}, {left}"
        hint = f"set number_of_broker_nodes: {brokers.required}, or take a larger instance_type"
        yield Finding("too_few_brokers", Severity.ERROR, where, message, hint)
    zones = settings.availability_zones
    if brokers.provided % zones:
        message = f"is {brokers.provided}, no multiple of {zones} availability zones"
        hint = f"set it to {ceil(Fraction(brokers.provided, zones)) * zones}"
        yield Finding("brokers_not_in_all_zones", Severity.ERROR, where, message, hint)
    if brokers.provided > limits.BROKERS_PER_CLUSTER.value:
        load = f"{brokers.provided} brokers"
        hint = "take a larger instance_type, or request a higher quota"
        yield over_limit(traffic, limits.BROKERS_PER_CLUSTER, brokers.provided, load, hint)


def _partition_count(
    traffic: Traffic[MskSettings], brokers: int, partitions: Capacity
) -> Iterator[Finding]:
    settings = traffic.settings
    each = Fraction(partitions.provided * settings.replication_factor, brokers)
    load = (
        f"{grouped(partitions.provided)} partitions × {settings.replication_factor} replicas"
        f" ÷ {brokers} brokers = {grouped(each)}"
    )
    most = limits.PARTITIONS_MOST[settings.instance_type]
    advised = limits.PARTITIONS_ADVISED[settings.instance_type]
    hint = "use more brokers or a larger instance_type"
    if each > most.value:
        yield over_limit(traffic, most, each, load, hint)
    elif each > advised.value:
        yield over_limit(traffic, advised, each, load, hint)
    for hop in _groups(traffic):
        yield from _idle_or_late(traffic, hop, partitions.provided)


def _idle_or_late(traffic: Traffic[MskSettings], hop: Hop, partitions: int) -> Iterator[Finding]:
    """A group with more consumers than partitions leaves some idle, and falls behind."""
    needed = _consumers(hop, hop.delivered.peak_messages_per_second)
    if needed <= partitions:
        return
    message = (
        f"{hop.target} needs {grouped(needed)} consumers at peak, and {grouped(partitions)}"
        " partitions feed one each"
    )
    by_lambda = hop.target_type == "lambda.function"
    lasting = by_lambda and _consumers(hop, hop.delivered.messages_per_second) > partitions
    severity = Severity.ERROR if lasting else Severity.WARNING
    hint = f"set partitions: {needed}"
    yield Finding("too_few_partitions", severity, f"{traffic.name}.partitions", message, hint)


def _volume_size(traffic: Traffic[MskSettings], brokers: int) -> Iterator[Finding]:
    """What a broker holds against its volume; AWS's guidance keeps half of it free."""
    size, held = traffic.settings.volume_size, _on_volumes(traffic) / brokers
    if size is None or held * STORAGE_HEADROOM <= size:
        return
    message = (
        f"holds {grouped(held)} GiB at the mean rate ({days_text(traffic.settings.on_brokers)} ×"
        f" {traffic.settings.replication_factor} replicas ÷ {brokers} brokers) of {size} GiB,"
        f" {headroom(held, size)}"
    )
    where = f"{traffic.name}.broker_node_group_info.storage_info.ebs_storage_info.volume_size"
    hint = f"set volume_size: {ceil(held * STORAGE_HEADROOM)}, of which half stays free"
    if held > size:
        yield Finding("volume_too_small", Severity.ERROR, where, message, hint)
    else:
        yield Finding("volume_without_headroom", Severity.WARNING, where, message, hint)


def _outside_the_guidance(traffic: Traffic[MskSettings]) -> Iterator[Finding]:
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


def shared_check(clusters: tuple[Traffic[MskSettings], ...]) -> Iterator[Finding]:
    """All clusters together against the account's quota."""
    brokers = {cluster.name: next(capacity(cluster)).provided for cluster in clusters}
    total, quota = sum(brokers.values()), limits.BROKERS_PER_ACCOUNT
    if total > quota.value:
        largest = max(clusters, key=lambda cluster: brokers[cluster.name])
        load = f"all clusters together have {total} brokers"
        yield over_limit(largest, quota, total, load, "request a higher quota")


def _summary(settings: MskSettings) -> str:
    size, count = settings.instance_type.removeprefix("kafka."), settings.number_of_broker_nodes
    return f"MSK {count} × {size}" if count else f"MSK {size}"


MSK = Service(
    type="msk.cluster",
    resource_type="AWS::MSK::Cluster",
    name="Amazon MSK",
    settings=MskSettings,
    icon=lambda _: "aws/analytics/managed-streaming-for-kafka.png",
    summary=_summary,
    emission="copy",
    price_file="msk",
    deliveries=deliveries,
    batches={"lambda.function": 100},
    flow_keys=KAFKA_KEYS | {"consumers"},
    capacity=capacity,
    usage=usage,
    check=check,
    shared_check=shared_check,
    meters=(
        *(
            Meter(
                f"broker_{kind.replace('.', '_')}", "Broker-Hours", f"Brokers, {kind}", "Recurring"
            )
            for kind in BROKERS
        ),
        Meter("provisioned_storage_gp2", "GB-Months", "Broker storage", "Recurring"),
        Meter(
            "provisioned_storage_throughput",
            "MiBps-Months",
            "Provisioned storage throughput above 250 MiB/s",
            "Recurring",
        ),
        Meter("tiered_storage", "GB-Months", "Tiered storage"),
        Meter("tiered_storage_retrieval", "GB", "Retrieval from tiered storage"),
    ),
    usage_keys=(
        "broker_hours",
        "storage_gb_months",
        "throughput_mibps_months",
        "tiered_gb_months",
        "tiered_retrieval_gb",
    ),
    extra_usage={"tiered_retrieval_gb": "tiered_storage_retrieval"},
    limits=limits.LIMITS,
    semantics=(
        Semantics(
            variant="standard brokers",
            ordering="within a partition, by record key",
            delivery="at least once; exactly once with Kafka transactions",
            replay="yes, from any offset kept",
            retention="7 days by default, bounded by storage",
            consumers="independent consumer groups",
            dead_letter="on-failure destination of a Lambda mapping, or a topic of the consumer's",
            source="https://docs.aws.amazon.com/msk/latest/developerguide/",
            as_of="2026-09-17",
        ),
    ),
    stream=True,
)

SERVICES = {MSK.type: MSK}
