"""Amazon MQ brokers, ActiveMQ and RabbitMQ: https://aws.amazon.com/amazon-mq/pricing/.

A broker is paid by the hour: the price of an active/standby broker covers its pair of instances,
that of a cluster its three nodes. Storage is paid for what is kept, on every node of a cluster.
Each instance is in a zone of its own, and clients are spread evenly over these zones, so half of
what they exchange with an active/standby broker changes the zone, and two thirds with a cluster.
Brokers on mq.m7g are taken to run RabbitMQ 4, those on mq.m5 RabbitMQ 3.13, since RabbitMQ 4 needs
mq.m7g (https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-4.html).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.model import Capacity, Finding, Limit, Meter, Severity, Usage
from archcode.services import _mq_brokers as limits
from archcode.services import _mq_promises as promises
from archcode.services._mapping import BROKER_KEYS
from archcode.services._mq_settings import NAMES, NODES, AmazonMqSettings
from archcode.services._service import Service, against, one_flow, told_as
from archcode.services._transfer import BETWEEN_ZONES
from archcode.services._zones import KEY, Crossing, between_zones, in_region
from archcode.traffic import Hop, Traffic
from archcode.units import GIB, bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.flow import FlowSettings
    from archcode.model import ServiceSettings, Verdict

ACTIVEMQ_REDELIVERIES = 6
"""maximumRedeliveries by default: https://activemq.apache.org/redelivery-policy."""
RABBITMQ_REDELIVERIES = 20
"""The delivery limit of quorum queues on RabbitMQ 4, above which a message is dropped:
https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/quorum-queues-best-practices.html."""


def deliveries(
    settings: AmazonMqSettings, _target: ServiceSettings, _flow: FlowSettings
) -> int | None:
    """The first delivery and the engine's redeliveries; RabbitMQ 3.13 has no limit by default."""
    if settings.activemq:
        return 1 + ACTIVEMQ_REDELIVERIES
    return 1 + RABBITMQ_REDELIVERIES if settings.rabbitmq_4 else None


def capacity(traffic: Traffic[AmazonMqSettings]) -> Iterator[Capacity]:
    """Instances, by the deployment mode."""
    mode = traffic.settings.deployment_mode
    yield Capacity("instances", NODES[mode], None, f"{NODES[mode]} with {mode}")


def usage(traffic: Traffic[AmazonMqSettings], _capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """Hours of the broker with all its instances, storage, and traffic of clients across zones."""
    settings, hours = traffic.settings, traffic.hours_per_month
    instances = NODES[settings.deployment_mode]
    covers = f", {instances} instances in one price" if instances > 1 else ""
    yield Usage("broker_hours", settings.meter, hours, f"1 broker × {grouped(hours)} h{covers}")
    yield _storage(settings)
    yield from between_zones(_crossings(traffic))


def _crossings(traffic: Traffic[AmazonMqSettings]) -> Iterator[Crossing]:
    """Producers and consumers in the region, with what they send and take."""
    zones, share = NODES[traffic.settings.deployment_mode], traffic.settings.cross_zone_share
    even = Fraction(zones - 1, zones) if share is None else share
    clients = (
        *((hop.source, hop) for hop in traffic.inflows),
        *((hop.target, hop) for hop in traffic.outflows),
    )
    for client, hop in clients:
        if in_region(hop):
            yield Crossing(client, hop.delivered, even)


def _storage(settings: AmazonMqSettings) -> Usage:
    """GB-months kept; every node of a cluster has its own."""
    meter = "rabbitmq_storage_ebs_per_node"
    if settings.activemq:
        meter = f"activemq_storage_{settings.storage.lower()}"
    if settings.stored is None:
        return Usage("storage_gb_months", meter, None, "", "stored")
    nodes = NODES[settings.deployment_mode] if settings.clustered else 1
    words = f"{bytes_text(settings.stored)} stored"
    if nodes > 1:
        words += f" × {nodes} nodes"
    return Usage("storage_gb_months", meter, nodes * settings.stored / GIB, words)


def check(traffic: Traffic[AmazonMqSettings], _capacity: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """Rates, sizes, storage, connections, and the speed of Lambda's mappings."""
    if traffic.settings.activemq:
        yield from _enqueue_rate(traffic)
    else:
        for hop in traffic.inflows:
            yield from _message_size(traffic, hop)
    yield from _stored(traffic)
    yield from _connections(traffic)
    for hop in traffic.outflows:
        yield from _mapping(traffic, hop)


def _enqueue_rate(traffic: Traffic[AmazonMqSettings]) -> Iterator[Verdict]:
    """AWS's guideline for slow consumers; where they keep up, benchmarks reach thousands/s."""
    limit = limits.ENQUEUE_EFS if traffic.settings.storage == "EFS" else limits.ENQUEUE_EBS
    peak = traffic.received.peak_messages_per_second
    load = f"{grouped(peak)} messages/s at peak"
    hint = "measure with consumers that keep up, or spread the queues over more brokers"
    yield against(traffic, limit, peak, load, hint)


def _message_size(traffic: Traffic[AmazonMqSettings], hop: Hop) -> Iterator[Verdict]:
    size = hop.handed.message_size_bytes
    load = f"{hop.source} sends messages of {grouped(size)} bytes"
    hint = "keep the payload in Amazon S3 and send its key"
    yield against(traffic, limits.MESSAGE_SIZE, size, load, hint, about=one_flow(hop))
    if traffic.settings.rabbitmq_4:
        raised = f"raise max_message_size, or {hint}"
        yield against(traffic, limits.MESSAGE_SIZE_DEFAULT, size, load, raised, about=one_flow(hop))
    yield against(traffic, limits.MESSAGE_SIZE_ADVISED, size, load, hint, about=one_flow(hop))


def _storage_limits(settings: AmazonMqSettings) -> tuple[Limit, ...]:
    """What a broker's storage holds at most, then by default."""
    kind = settings.host_instance_type
    if settings.activemq:
        micro = kind == "mq.t3.micro"
        return (limits.ACTIVEMQ_STORAGE_MICRO if micro else limits.ACTIVEMQ_STORAGE,)
    if settings.clustered and kind in limits.NODES:
        return limits.RABBITMQ_NODE_STORAGE[kind], limits.RABBITMQ_NODE_STORAGE_DEFAULT[kind]
    return (limits.RABBITMQ_STORAGE,)


def _stored(traffic: Traffic[AmazonMqSettings]) -> Iterator[Verdict]:
    stored = traffic.settings.stored
    if stored is None:
        return
    hint = "let consumers keep up, or take a larger host_instance_type"
    load = f"{grouped(stored / GIB)} GB stored"
    for limit in _storage_limits(traffic.settings):
        yield against(traffic, limit, stored / GIB, load, hint, about="stored")


def _connection_limits(settings: AmazonMqSettings) -> tuple[Limit, ...]:
    """Connections that one instance takes at most, then by default."""
    kind = settings.host_instance_type
    if settings.activemq:
        micro = kind == "mq.t3.micro"
        return (limits.ACTIVEMQ_CONNECTIONS_MICRO if micro else limits.ACTIVEMQ_CONNECTIONS,)
    most = limits.RABBITMQ_CONNECTIONS[kind]
    if kind not in limits.NODES:
        return (most,)
    if settings.clustered:
        return most, limits.CLUSTER_CONNECTIONS_DEFAULT[kind]
    return most, limits.SINGLE_CONNECTIONS_DEFAULT[kind]


def _connections(traffic: Traffic[AmazonMqSettings]) -> Iterator[Verdict]:
    """Connections spread evenly over a cluster; a standby instance takes none."""
    settings, connections = traffic.settings, traffic.settings.connections
    if connections is None:
        return
    nodes = NODES[settings.deployment_mode] if settings.clustered else 1
    each = ceil(Fraction(connections, nodes))
    load = f"{grouped(connections)} connections"
    if nodes > 1:
        load += f", {grouped(each)} on each of {nodes} nodes"
    hint = "share connections between channels, or take a larger host_instance_type"
    for limit in _connection_limits(settings):
        yield against(traffic, limit, each, load, hint, about="connections")


def _mapping(traffic: Traffic[AmazonMqSettings], hop: Hop) -> Iterator[Verdict]:
    """Batches that a mapping works on at a time: messages/s × duration ÷ batch."""
    seconds = hop.target_settings.processing_seconds()
    if seconds is None or hop.target_type != "lambda.function":
        return
    limit = limits.ACTIVEMQ_MAPPING if traffic.settings.activemq else limits.RABBITMQ_MAPPING
    busy = hop.delivered.peak_messages_per_second * seconds / hop.batch
    words = f"{hop.target} works on {grouped(busy)} batches at a time at peak"
    load = replace(against(traffic, limit, busy, words), component=hop.target, where=hop.where)
    found = _too_slow(hop, limit, seconds) if load.exceeded else None
    yield told_as("mapping_too_slow", load, found)


def _too_slow(hop: Hop, limit: Limit, seconds: Fraction) -> Finding:
    """Messages/s of a mapping: concurrent batches × batch ÷ duration."""
    takes = limit.value * hop.batch / seconds
    peak, mean = hop.delivered.peak_messages_per_second, hop.delivered.messages_per_second
    message = (
        f"{hop.target} takes {grouped(takes)} messages/s ({limit.value} concurrent × batch"
        f" {grouped(hop.batch)} ÷ {grouped(seconds, 6)} s, the default quota), below"
        f" {grouped(peak)}/s at peak"
    )
    hint = f"needs {ceil(peak * seconds / hop.batch)} concurrent batches: request a higher quota"
    if mean > takes:
        hint += "; even the mean rate lets a backlog grow without end"
    return Finding("mapping_too_slow", Severity.WARNING, hop.where, message, hint)


def shared_check(brokers: tuple[Traffic[AmazonMqSettings], ...]) -> Iterator[Verdict]:
    """The number of brokers against the account's quota."""
    load = f"{len(brokers)} brokers"
    yield against(brokers[0], limits.BROKERS, len(brokers), load, "request a higher quota")


def _summary(settings: AmazonMqSettings) -> str:
    mode = {"ACTIVE_STANDBY_MULTI_AZ": " active/standby", "CLUSTER_MULTI_AZ": " cluster"}
    size = settings.host_instance_type.removeprefix("mq.")
    return f"{NAMES[settings.engine_type]}{mode.get(settings.deployment_mode, '')} {size}"


def _meters(engine: str, mode: str, types: tuple[str, ...]) -> tuple[Meter, ...]:
    """Broker-hours of every instance type in one deployment mode."""
    words = {"active_standby": " active/standby", "cluster_3_node": " cluster"}.get(mode, "")
    return tuple(
        Meter(
            f"{engine}_{mode}_{kind.replace('.', '_')}",
            "Broker-Hours",
            f"{NAMES[engine.upper()]}{words}, {kind}",
            "Recurring",
        )
        for kind in types
    )


AMAZONMQ = Service(
    type="amazonmq.broker",
    resource_type="AWS::AmazonMQ::Broker",
    name="Amazon MQ",
    settings=AmazonMqSettings,
    icon=lambda _: "aws/integration/mq.png",
    summary=_summary,
    emission="share",
    price_file="mq",
    deliveries=deliveries,
    batches={"lambda.function": 100, "pipes.pipe": 100},
    flow_keys=BROKER_KEYS | {"consumers", "share"},
    capacity=capacity,
    usage=usage,
    check=check,
    shared_check=shared_check,
    meters=(
        *_meters("activemq", "single_instance", limits.ACTIVEMQ_TYPES),
        *_meters("activemq", "active_standby", limits.ACTIVEMQ_TYPES),
        *_meters("rabbitmq", "single_instance", limits.RABBITMQ_TYPES),
        *_meters("rabbitmq", "cluster_3_node", limits.RABBITMQ_TYPES),
        Meter("activemq_storage_efs", "GB-Months", "ActiveMQ storage on EFS"),
        Meter("activemq_storage_ebs", "GB-Months", "ActiveMQ storage on EBS"),
        Meter("rabbitmq_storage_ebs_per_node", "GB-Months", "RabbitMQ storage on EBS"),
        BETWEEN_ZONES,
    ),
    usage_keys=("broker_hours", "storage_gb_months", KEY),
    limits=limits.LIMITS,
    semantics=promises.SEMANTICS,
    variant=promises.variant,
    keeps=promises.keeps,
)

SERVICES = {AMAZONMQ.type: AMAZONMQ}
