"""The components that hold messages or hand them on, and the flows between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.fields import ConsumerSettings
from archcode.rules._alternatives import title
from archcode.services._promises import Promise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archcode.topology import Topology
    from archcode.traffic import Hop

ORIGINS = (
    "dynamodb.table",
    "events.archive",
    "iot.thing_fleet",
    "s3.bucket",
    "stepfunctions.state_machine",
)
"""Where a way begins: what comes out is not what went in, but tells of it, or has its own order."""
PASSED_ON = ("kafkaconnect.connector", "msk.replicator", "pipes.pipe")
"""What fetches from one channel and hands on to another, and can do so again."""

CHANNELS = (
    "amazonmq.broker",
    "broker",
    "events.event_bus",
    "kinesis.stream",
    "msk.cluster",
    "msk.serverless_cluster",
    "sns.topic",
    "sqs.queue",
)
"""Services that take messages from some components and hand them to others."""


class Channel(Struct, frozen=True):
    """A component that holds messages or hands them on, as the reader on a flow out meets it.

    `copies` is how many get each message as it is drawn, `best` what the settings could make of it.
    """

    name: str
    title: str
    promise: Promise
    best: Promise
    copies: int
    hop: Hop | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.title})"


def channel(topology: Topology, name: str, hop: Hop | None = None) -> Channel | None:
    """A component as a channel, if it is one."""
    service, traffic = topology.service(name), topology.traffic[name]
    promise, semantics = service.promise(traffic, hop), service.semantics_of(traffic.settings)
    if promise is None or semantics is None or semantics.promise is None:
        return None
    copies = len(flows_out_of(topology, name)) if service.emission == "copy" else 1
    return Channel(name, title(service, semantics), promise, semantics.promise, copies, hop)


def calls(topology: Topology, hop: Hop) -> bool:
    """Whether a flow is a call of one component by another, with no service between."""
    caller = topology.service(hop.source).emission == "each" and hop.source_type not in PASSED_ON
    return caller and isinstance(hop.target_settings, ConsumerSettings)


def flows_into(topology: Topology, name: str) -> list[Hop]:
    """What the author lets flow into a component, dead letters and calls aside."""
    return [hop for hop in topology.traffic[name].inflows if hop.kind == "flow"]


def flows_out_of(topology: Topology, name: str) -> list[Hop]:
    """What the author lets flow out of a component, dead letters and calls aside."""
    return [hop for hop in topology.traffic[name].outflows if hop.kind == "flow"]


def feeders_first(
    topology: Topology, hops: Iterable[Hop], goes_on: Callable[[Hop], bool]
) -> list[str]:
    """The sources of flows, and theirs, as far as `goes_on` holds: each behind what feeds it.

    A loop is gone round once.
    """
    found, opened = dict[str, None](), set[str]()
    todo = [hop.source for hop in hops if goes_on(hop)]
    while todo:
        name = todo[-1]
        if name in opened:
            found[todo.pop()] = None
            continue
        opened.add(name)
        before = [hop for hop in flows_into(topology, name) if goes_on(hop)]
        todo += [hop.source for hop in before if hop.source not in opened]
    return [*found]


def readers_of(topology: Topology, at: Channel) -> list[str]:
    """The consumers that get a channel's messages: on its flow, or behind it and other channels."""
    found, seen = dict[str, None](), {at.name}
    todo = [at.hop] if at.hop else flows_out_of(topology, at.name)
    while todo:
        hop = todo.pop(0)
        if hop.target in seen:
            continue
        seen.add(hop.target)
        if isinstance(hop.target_settings, ConsumerSettings):
            found[hop.target] = None
        elif hop.target_type in PASSED_ON or channel(topology, hop.target):
            todo += flows_out_of(topology, hop.target)
    return [*found]


def repeating(topology: Topology, names: Iterable[str]) -> list[str]:
    """Those for which the same message twice has twice the effect, as far as the author says."""
    settings = ((name, topology.spec.components[name].settings) for name in names)
    return [name for name, has in settings if not has.handles_duplicates()]
