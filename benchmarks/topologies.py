"""One seeded description of a topology, written as a spec and as a `diagrams` script.

A lane is client -> function -> topic -> k x (queue with dead-letter queue -> function). Lanes
stand alone, or form a mesh of four tiers whose workers publish to topics of the next tier. Both
writers name the same nodes, edges, labels and groups, in the same order.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 20_260_101
MOST_CONSUMERS = 4
TIERS = 4

Kind = Literal["client", "function", "topic", "queue", "partner"]


class Node(Struct, frozen=True):
    """A box: its name and its settings in a spec."""

    name: str
    kind: Kind
    settings: str = ""


class Edge(Struct, frozen=True):
    """An arrow; `redrive` is one to a dead-letter queue, which a spec says in the queue."""

    source: str
    target: str
    label: str = ""
    settings: str = ""
    redrive: bool = False


class Lane(Struct):
    """A group of boxes, and the boxes outside AWS at its ends."""

    label: str
    inside: list[Node] = field(default_factory=list)
    outside: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)


class Topology(Struct, frozen=True):
    """A whole picture."""

    title: str
    lanes: tuple[Lane, ...]

    @property
    def edges(self) -> tuple[Edge, ...]:
        """All arrows, those to dead-letter queues included."""
        return tuple(edge for lane in self.lanes for edge in lane.edges)


def topology(size: int, seed: int = SEED, *, mesh: bool = False) -> Topology:
    """A topology of `size` components, the same for the same seed; six is the smallest."""
    # Not for secrets: the same numbers must come again.
    rng = random.Random(f"{seed}/{size}")  # noqa: S311
    lanes = [_lane(number, fan, rng) for number, fan in enumerate(_fans(size // 3, rng), 1)]
    for number in range(1, size % 3 + 1):
        lane = lanes[-number % len(lanes)]
        partner = Node(f"partner-{number}", "partner")
        lane.outside.append(partner)
        lane.edges.append(Edge(lane.inside[-1].name, partner.name, "notify"))
    if mesh:
        _join(lanes, rng)
    return Topology(f"{'Mesh' if mesh else 'Fan-out'} of {size} components", tuple(lanes))


def _join(lanes: list[Lane], rng: random.Random) -> None:
    """The last worker of each lane publishes to one or two topics of the next tier."""
    tier = -(-len(lanes) // TIERS)
    for number, lane in enumerate(lanes):
        later = lanes[(number // tier + 1) * tier :][:tier]
        worker = lane.inside[-1].name
        for other in rng.sample(later, min(len(later), rng.randint(1, 2))):
            lane.edges.append(Edge(worker, other.inside[1].name, "events", "filter: 2%, "))


def _fans(triples: int, rng: random.Random) -> Iterator[int]:
    """Consumers of each lane: three components make a lane's head, three each of its consumers."""
    while triples:
        consumers = rng.randint(1, MOST_CONSUMERS)
        if triples - consumers < 3:
            consumers = triples - 1
        yield consumers
        triples -= consumers + 1


def _lane(number: int, consumers: int, rng: random.Random) -> Lane:
    lane = Lane(f"Lane {number}")
    client, intake, topic = f"client-{number}", f"intake-{number}", f"events-{number}"
    rate, size = rng.randint(500, 8000), rng.randint(1, 40)
    lane.outside.append(Node(client, "client"))
    lane.inside.append(Node(intake, "function", _function(rng, timeout=10)))
    lane.inside.append(Node(topic, "topic"))
    entry = f"rate: {rate}/s, peak: {rate * 3}/s, size: {size} KB, "
    lane.edges += Edge(client, intake, "HTTPS", entry), Edge(intake, topic, "publish")
    for index in range(1, consumers + 1):
        _consumer(lane, topic, f"{number}-{index}", rng)
    return lane


def _consumer(lane: Lane, topic: str, number: str, rng: random.Random) -> None:
    """A queue of the topic, its dead-letter queue, and the function that works it off."""
    queue, dead, worker = f"queue-{number}", f"dead-{number}", f"worker-{number}"
    passed, batch = rng.randint(10, 100), rng.choice((1, 5, 10))
    redrive = f", redrive_policy: {{dead_letter_target: {dead}, max_receive_count: 5}}"
    lane.inside += (
        Node(queue, "queue", f", visibility_timeout: 3 min{redrive}"),
        Node(dead, "queue", ", message_retention_period: 14 d"),
        Node(worker, "function", _function(rng, timeout=30)),
    )
    lane.edges += (
        Edge(topic, queue, f"type {number}", f"filter: {passed}%, "),
        Edge(queue, worker, f"batch {batch}", f"batch: {batch}, failure_rate: 0.1%, "),
        Edge(queue, dead, redrive=True),
    )


def _function(rng: random.Random, timeout: int) -> str:
    memory, duration = rng.choice((256, 512, 1024)), rng.randint(5, 60)
    return f", memory_size: {memory}, timeout: {timeout}, duration: {duration} ms"


TYPES: dict[Kind, str] = {
    "client": "client",
    "function": "lambda.function",
    "topic": "sns.topic",
    "queue": "sqs.queue",
    "partner": "partner",
}
CLASSES: dict[Kind, str] = {
    "client": "Users",
    "function": "Lambda",
    "topic": "SNS",
    "queue": "SQS",
    "partner": "InternetAlt1",
}


def spec(topology: Topology) -> str:
    """The topology in archcode's language."""
    lines = [f"title: {topology.title}", "region: us-east-1", "components:"]
    for lane in topology.lanes:
        nodes = (*lane.outside, *lane.inside)
        lines += (f"  {node.name}: {{type: {TYPES[node.kind]}{node.settings}}}" for node in nodes)
    lines.append("flows:")
    lines += (
        f"  - {edge.source} -> {edge.target}: {{{edge.settings}label: {edge.label}}}"
        for edge in topology.edges
        if not edge.redrive
    )
    lines.append("groups:")
    for number, lane in enumerate(topology.lanes, 1):
        members = ", ".join(node.name for node in lane.inside)
        lines.append(f"  lane-{number}: {{label: {lane.label}, contains: [{members}]}}")
    return "\n".join(lines) + "\n"


def script(topology: Topology, outformat: str = "png") -> str:
    """The topology as a user of `diagrams` would write it, with the defaults of that package."""
    lines = [
        "from diagrams import Cluster, Diagram, Edge",
        "from diagrams.aws.compute import Lambda",
        "from diagrams.aws.general import InternetAlt1, Users",
        "from diagrams.aws.integration import SNS, SQS",
        "",
        f'with Diagram("{topology.title}", show=False, outformat="{outformat}"):',
    ]
    for lane in topology.lanes:
        lines += (f"    {_made(node)}" for node in lane.outside)
        lines.append(f'    with Cluster("{lane.label}"):')
        lines += (f"        {_made(node)}" for node in lane.inside)
    lines += (
        f"    {_variable(edge.source)} >> {_joined(edge)} >> {_variable(edge.target)}"
        for edge in topology.edges
    )
    return "\n".join(lines) + "\n"


def _made(node: Node) -> str:
    return f'{_variable(node.name)} = {CLASSES[node.kind]}("{node.name}")'


def _joined(edge: Edge) -> str:
    return 'Edge(style="dashed")' if edge.redrive else f'Edge(label="{edge.label}")'


def _variable(name: str) -> str:
    return name.replace("-", "_")
