"""Every service that could carry a channel, and how the spec of each is made."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archcode.compare import wiring
from archcode.compare.sizing import (
    EXPRESS_SIZES,
    STANDARD_SIZES,
    Basis,
    size_cluster,
    size_stream,
    smallest_broker,
)
from archcode.compare.wiring import Wiring
from archcode.model import ONE, ZERO
from archcode.services._kinesis_limits import RETENTION
from archcode.services._kinesis_settings import INCLUDED_HOURS
from archcode.services._promises import SECONDS_PER_DAY
from archcode.services._sns_limits import ARCHIVE_RETENTION
from archcode.units import GIB, SECONDS_PER_HOUR, ceil, plain

if TYPE_CHECKING:
    from archcode.compare.channel import Channel
    from archcode.topology import Topology

Build = Callable[[Wiring, Basis], None]


class Kind(Struct, frozen=True):
    """A service that could carry a channel, by its name in the table."""

    name: str
    type: str
    build: Build


def built(kind: Kind, channel: Channel, basis: Basis) -> tuple[Wiring, Topology]:
    """A channel carried by a service of this kind, and the loads; raises SpecError."""
    made = Wiring(channel)
    kind.build(made, basis)
    return made, basis.carried(made.finished())


def kept_seconds(channel: Channel) -> Fraction:
    """How far back a stream should keep: as required, else as today's stream or cluster does."""
    wanted = required_replay(channel)
    if wanted:
        return wanted
    settings = channel.topology.spec.components[channel.name].settings
    hours = getattr(settings, "retention_period_hours", None)
    if hours is not None:
        return Fraction(hours * SECONDS_PER_HOUR)
    return Fraction(getattr(settings, "retention", ZERO))


def required_replay(channel: Channel) -> Fraction:
    """The longest replay that the channel, its readers or the flows between them require."""
    spec = channel.topology.spec
    names = (*channel.parts, *(reader.target for reader in channel.readers))
    stated = [spec.components[name].requires for name in names]
    stated += [flow.settings.requires for flow in spec.flows if flow.source in channel.parts]
    return max((needs.replay or ZERO for needs in stated if needs), default=ZERO)


def _queue(made: Wiring, _basis: Basis) -> None:
    wiring.queues(made, fifo=False)


def _fifo_queue(made: Wiring, _basis: Basis) -> None:
    wiring.queues(made, fifo=True)


def _topic(made: Wiring, _basis: Basis) -> None:
    wiring.topic(made, fifo=False)


def _fifo_topic(made: Wiring, _basis: Basis) -> None:
    """With an archive of the messages where a replay is required."""
    wiring.topic(made, fifo=True)
    days = ceil(required_replay(made.channel) / SECONDS_PER_DAY)
    if days:
        period = min(days, int(ARCHIVE_RETENTION.value))
        made.draft.components[made.channel.name]["archive_policy"] = {
            "message_retention_period": period
        }


def _bus(made: Wiring, _basis: Basis) -> None:
    """With an archive where a replay is required."""
    wiring.bus(made, ceil(required_replay(made.channel) / SECONDS_PER_DAY))


def _stream(settings: dict[str, Any]) -> Build:
    def build(made: Wiring, basis: Basis) -> None:
        hours = ceil(kept_seconds(made.channel) / SECONDS_PER_HOUR)
        kept = min(max(INCLUDED_HOURS, hours), int(RETENTION.value))
        wiring.stream(made, settings | {"retention_period_hours": kept})
        size_stream(made.draft, made.channel.name, basis)

    return build


def _retention(channel: Channel) -> dict[str, Any]:
    seconds = kept_seconds(channel)
    return {"retention": f"{plain(seconds)} s"} if seconds else {}


def _cluster(sizes: tuple[str, ...]) -> Build:
    def build(made: Wiring, basis: Basis) -> None:
        first = {"broker_node_group_info": {"instance_type": sizes[0]}}
        wiring.kafka(made, "msk.cluster", first | _retention(made.channel))
        size_cluster(made.draft, made.channel.name, sizes, basis)

    return build


def _serverless(made: Wiring, _basis: Basis) -> None:
    wiring.kafka(made, "msk.serverless_cluster", _retention(made.channel))


def _broker(engine: str, mode: str) -> Build:
    def build(made: Wiring, _basis: Basis) -> None:
        stored = _stored(made.channel)
        connections = made.channel.about("connections")
        size = smallest_broker(engine, stored / GIB, connections.get("connections", 0))
        settings = {"engine_type": engine, "deployment_mode": mode, "host_instance_type": size}
        wiring.broker(made, settings | {"stored": f"{ceil(stored)} B"} | connections)

    return build


def _third_party(made: Wiring, basis: Basis) -> None:
    """At the price that is stated for it; without one, what it costs is not known."""
    cost = basis.third_party_cost
    stated = {} if cost is None else {"monthly_cost": plain(cost)}
    wiring.outside(made, {"engine": THIRD_PARTY} | stated)


THIRD_PARTY = "Third-party broker"
"""A service or server that AWS does not run."""


def _stored(channel: Channel) -> Fraction:
    """Bytes on a broker: those of today's, else an hour of the mean traffic, as a small backlog.

    A byte at least, which the language asks for.
    """
    today = channel.topology.traffic[channel.name]
    stored = getattr(today.settings, "stored", None)
    hour = today.received.bytes_per_second * SECONDS_PER_HOUR
    return max(ONE, hour if stored is None else stored)


_ON_DEMAND = {"stream_mode_details": {"stream_mode": "ON_DEMAND"}}
_ADVANTAGE = _ON_DEMAND | {"minimum_throughput_billing_commitment": "ENABLED"}

KINDS = (
    Kind("SQS standard", "sqs.queue", _queue),
    Kind("SQS FIFO", "sqs.queue", _fifo_queue),
    Kind("SNS + SQS", "sns.topic", _topic),
    Kind("SNS + SQS FIFO", "sns.topic", _fifo_topic),
    Kind("EventBridge", "events.event_bus", _bus),
    Kind("Kinesis provisioned", "kinesis.stream", _stream({})),
    Kind("Kinesis on-demand", "kinesis.stream", _stream(_ON_DEMAND)),
    Kind("Kinesis on-demand advantage", "kinesis.stream", _stream(_ADVANTAGE)),
    Kind("MSK provisioned", "msk.cluster", _cluster(STANDARD_SIZES)),
    Kind("MSK Express", "msk.cluster", _cluster(EXPRESS_SIZES)),
    Kind("MSK Serverless", "msk.serverless_cluster", _serverless),
    Kind("RabbitMQ", "amazonmq.broker", _broker("RABBITMQ", "CLUSTER_MULTI_AZ")),
    Kind("ActiveMQ", "amazonmq.broker", _broker("ACTIVEMQ", "ACTIVE_STANDBY_MULTI_AZ")),
    Kind(THIRD_PARTY, "broker", _third_party),
)
"""From what is least to run to what is most."""


def others(channel: Channel) -> tuple[Kind, ...]:
    """What could carry a channel; a broker of one's own is not replaced by one without a name."""
    own = channel.topology.spec.components[channel.name].type
    return tuple(kind for kind in KINDS if kind.type != "broker" or own != "broker")


def kind_of(channel: Channel) -> str:
    """The name of what carries a channel today; its type where that is no option of ours."""
    component = channel.topology.spec.components[channel.name]
    settings: Any = component.settings
    find = _NAMES.get(component.type)
    return find(settings, channel) if find else component.type


def _topic_name(settings: Any, channel: Channel) -> str:  # noqa: ANN401 - settings of a topic
    name = "SNS + SQS FIFO" if settings.fifo_topic else "SNS + SQS"
    queued = all(group.queue or group.readers[0].values.get("protocol") for group in channel.groups)
    return name if queued else name.replace("SNS + SQS", "SNS")


def _stream_name(settings: Any, _channel: Channel) -> str:  # noqa: ANN401 - settings of a stream
    if not settings.on_demand:
        return "Kinesis provisioned"
    return "Kinesis on-demand advantage" if settings.advantage else "Kinesis on-demand"


_NAMES: dict[str, Callable[[Any, Channel], str]] = {
    "sqs.queue": lambda settings, _: "SQS FIFO" if settings.fifo_queue else "SQS standard",
    "sns.topic": _topic_name,
    "events.event_bus": lambda *_: "EventBridge",
    "kinesis.stream": _stream_name,
    "msk.cluster": lambda settings, _: "MSK Express" if settings.express else "MSK provisioned",
    "msk.serverless_cluster": lambda *_: "MSK Serverless",
    "amazonmq.broker": lambda settings, _: "ActiveMQ" if settings.activemq else "RabbitMQ",
    "broker": lambda settings, _: settings.engine or "Broker of your own",
}
