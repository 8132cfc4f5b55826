"""Pictures shaped like systems that people build, by dice: lanes, fan-outs, dead letters, loops."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from draw.conftest import KINESIS, LAMBDA, SNS, SQS

from archcode.draw.picture import Arrow, Box, Frame, Picture, Step

if TYPE_CHECKING:
    from random import Random

    from archcode.draw.picture import ArrowKind, Direction

SERVER, TABLE = "aws/general/traditional-server.png", "aws/database/dynamodb.png"
TITLES = ("orders", "payment-authorisation.fifo", "Stock", "notify customers", "ledger")
WORDS = (
    "",
    "12/s",
    "type = payment",
    "batch 10",
    "PutItem",
    "a filter on the customer's country and size",
    "publish",
)


@dataclass
class System:
    """A picture in the making; the dice decide all of it, so equal dice make equal pictures."""

    dice: Random
    size: int
    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)

    def box(self, service: str, icon: str) -> str:
        name = f"{service.lower()}-{len(self.boxes)}"
        margin = 0.22 if icon == SERVER else 0.0
        badges = tuple(b for b in ("fifo", "encrypted") if self.sometimes(0.2))
        heat = self.dice.randint(1, 5) if self.sometimes(0.3) else 0
        title = self.dice.choice((name, *TITLES))
        box = Box(name, title, (service,), "$1.00/mo", icon, name, margin, badges, heat)
        self.boxes.append(box)
        return name

    def arrow(self, source: str, target: str, kind: ArrowKind = "flow", label: str = "") -> None:
        step = len(self.arrows) + 1 if self.sometimes(0.1) else 0
        self.arrows.append(Arrow(source, target, label, kind, step))

    def sometimes(self, share: float) -> bool:
        return self.dice.random() < share

    def words(self) -> str:
        return self.dice.choice(WORDS)

    @property
    def full(self) -> bool:
        return len(self.boxes) >= self.size


def system(dice: Random, size: int, direction: Direction = "LR") -> Picture:
    """About so many boxes: clients, a way in, lanes behind a fan-out, and what they use."""
    made = System(dice, size)
    clients = [made.box("Servers", SERVER) for _ in range(dice.randint(1, 2))]
    way = _way_in(made, clients)
    shared = [made.box("DynamoDB", TABLE) for _ in range(dice.randint(0, 2))]
    lanes: list[str] = []
    heads: list[str] = []
    while not made.full:
        heads.append(_lane(made, way, heads, shared))
        lanes.append(made.frames[-1].name)
    _regions(made, lanes, [way, *shared])
    steps = tuple(Step(a.step, "what happens here") for a in made.arrows if a.step)
    return Picture(
        "A system",
        "made by dice",
        tuple(made.boxes),
        tuple(made.arrows),
        tuple(made.frames),
        steps,
        direction=direction,
    )


def _way_in(made: System, clients: list[str]) -> str:
    api = made.box("Lambda", LAMBDA)
    for client in clients:
        made.arrow(client, api, label=made.words())
    hub = made.box("SNS", SNS)
    made.arrow(api, hub, label=made.words())
    if made.sometimes(0.3):
        made.arrow(api, api, label="retry")
    made.frames.append(Frame("front", "Front door", "vpc", (api,)))
    return hub


def _lane(made: System, hub: str, heads: list[str], shared: list[str]) -> str:
    """Queues or streams with their workers, and dead letters of each or of all of them."""
    first = len(made.boxes)
    fan, stream = made.dice.randint(1, 3), made.sometimes(0.25)
    common = made.box("SQS", SQS) if fan > 1 and made.sometimes(0.3) else ""
    worker = hub
    for _ in range(fan):
        worker = _branch(made, hub, stream=stream, common=common)
        if shared and made.sometimes(0.5):
            made.arrow(worker, made.dice.choice(shared), label=made.words())
    for _ in range(made.dice.choice((0, 0, 0, 1, 2))):
        follower = made.box("Lambda", LAMBDA)
        made.arrow(worker, follower, label=made.words())
        worker = follower
    head = made.boxes[first].name
    _loops(made, worker, [hub, head], heads)
    number = len(made.frames)
    inside = tuple(box.name for box in made.boxes[first:])
    made.frames.append(Frame(f"lane-{number}", f"Lane {number}", "lane", inside))
    return head


def _branch(made: System, hub: str, *, stream: bool, common: str) -> str:
    kind: ArrowKind = "stream" if stream else "flow"
    queue = made.box("Kinesis", KINESIS) if stream else made.box("SQS", SQS)
    worker = made.box("Lambda", LAMBDA)
    made.arrow(hub, queue, kind, made.words())
    made.arrow(queue, worker, kind, made.words())
    if common:
        made.arrow(queue, common, "redrive")
    elif made.sometimes(0.7):
        made.arrow(queue, made.box("SQS", SQS), "redrive", "after 5" * made.sometimes(0.3))
    return worker


def _loops(made: System, worker: str, back: list[str], heads: list[str]) -> None:
    """Now and then a worker sends back, or on to another lane."""
    if made.sometimes(0.15):
        made.arrow(worker, made.dice.choice(back), label=made.words())
    if heads and made.sometimes(0.3):
        made.arrow(worker, made.dice.choice(heads), label=made.words())


def _regions(made: System, lanes: list[str], loose: list[str]) -> None:
    """One or two regions in the cloud; the second has the last lanes."""
    split = len(lanes) // 2 if len(lanes) > 3 and made.sometimes(0.3) else len(lanes)
    here, there = ("front", *lanes[:split], *loose), tuple(lanes[split:])
    regions = [Frame("here", "Region eu-west-1", "region", here)]
    if there:
        regions.append(Frame("there", "Region us-east-1", "region", there))
    names = tuple(region.name for region in regions)
    made.frames[:0] = [Frame("cloud", "AWS Cloud", "cloud", names), *regions]
