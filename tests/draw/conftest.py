import random
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from archcode.draw.picture import Arrow, Box, Frame, Picture, Scale, Step

SQS = "aws/integration/simple-queue-service-sqs.png"
SNS = "aws/integration/simple-notification-service-sns.png"
LAMBDA = "aws/compute/lambda.png"
KINESIS = "aws/analytics/kinesis-data-streams.png"


def box(name: str, service: str = "SQS", cost: str = "$1.00/mo", icon: str = SQS) -> Box:
    return Box(name, name, (service,), cost, icon, f"{name}: {service}, {cost}")


def single() -> Picture:
    return Picture("One queue", "", (box("orders"),))


def empty() -> Picture:
    return Picture("Nothing yet")


def queue() -> Picture:
    boxes = (box("api", "Lambda"), box("orders"), box("orders-dlq"), box("worker", "Lambda"))
    arrows = (
        Arrow("api", "orders", "12 messages/s"),
        Arrow("orders", "worker", "batch 10"),
        Arrow("orders", "orders-dlq", "after 5 receives", "redrive"),
    )
    names = tuple(thing.name for thing in boxes)
    return Picture("Queue", "eu-west-1", boxes, arrows, (Frame("r", "Region", "region", names),))


def lanes() -> Picture:
    boxes = [box("clients", "Clients", ""), box("bus", "SNS", icon=SNS), box("audit", "MSK")]
    arrows = [Arrow("clients", "bus", "HTTPS 350 rps")]
    frames = []
    for name in ("payment", "inventory", "shipping"):
        boxes += [box(name), box(f"{name}-worker", "Lambda", icon=LAMBDA), box(f"{name}-dlq")]
        arrows += [
            Arrow("bus", name, f"type = {name}"),
            Arrow(name, f"{name}-worker", "batch 10"),
            Arrow(name, f"{name}-dlq", kind="redrive"),
            Arrow(f"{name}-worker", "audit", "produce", "stream"),
        ]
        inside = (name, f"{name}-worker", f"{name}-dlq")
        frames.append(Frame(f"{name}-lane", name.title(), "lane", inside))
    inside = (*(frame.name for frame in frames), "bus", "audit")
    frames += [Frame("region", "Region eu-west-1", "region", inside)]
    frames += [Frame("cloud", "AWS Cloud", "cloud", ("region",))]
    return Picture("Lanes", "Estimated", tuple(boxes), tuple(arrows), tuple(frames))


def nested() -> Picture:
    arrows = (
        Arrow("a", "b", "publish"),
        Arrow("b", "c", "to the queue in another account, by a policy with a very long name"),
        *(Arrow(one, two, "next") for one, two in ("cd", "de", "ef")),
        Arrow("f", "b", "retry"),
        Arrow("a", "g", "copy", "stream"),
        Arrow("g", "h", "archive", "stream"),
        Arrow("h", "a", "replay", "stream"),
    )
    frames = (
        Frame("cloud", "AWS Cloud", "cloud", ("first", "second")),
        Frame("first", "Account 111111111111", "account", ("here", "a")),
        Frame("here", "Region eu-west-1", "region", ("vpc", "b")),
        Frame("vpc", "VPC 10.0.0.0/16", "vpc", ("lane", "c")),
        Frame("lane", "Lane", "lane", ("d", "e")),
        Frame("second", "Account 222222222222 (production)", "account", ("there",)),
        Frame("there", "Region us-east-1", "region", ("f", "empty")),
        Frame("empty", "Empty lane", "lane"),
    )
    return Picture("Five deep", "", tuple(map(box, "abcdefgh")), arrows, frames)


def cyclic() -> Picture:
    names = ("intake", "check", "score", "decide", "notify", "alone", "q1", "q2", "dlq", "redriver")
    flows = ("intake check", "check score", "score decide", "decide intake", "decide decide")
    flows += ("decide notify", "check intake", "notify q1", "intake q2", "intake notify")
    flows += ("dlq redriver", "redriver q1", "redriver q2")
    arrows = [Arrow(*flow.split(), flow.replace(" ", " then ")) for flow in flows]
    arrows += [Arrow("check", "score", "records", "stream"), Arrow("check", "score", "again")]
    arrows += [Arrow(name, "dlq", "after 3", "redrive") for name in ("q1", "q2")]
    return Picture("Cycles", "", tuple(map(box, names)), tuple(arrows))


def crossed() -> Picture:
    sources, targets = [f"s{n}" for n in range(4)], [f"t{n}" for n in range(5)]
    arrows = [Arrow(s, t, f"{s} to {t}") for s in sources for t in targets]
    loners = [f"lone-{n}" for n in range(7)]
    frames = (Frame("sources", "Sources", "lane", tuple(sources)), Frame("none", "None", "vpc"))
    boxes = tuple(map(box, (*sources, *targets, *loners)))
    return Picture("Everyone to everyone", "", boxes, tuple(arrows), frames)


def foreign() -> Picture:
    titles = ("größere-Bestellung", "очередь-заказов", "ουρά", "注文キュー", "הזמנות", "📦 parcels")
    boxes = [Box(f"n{n}", title, ("SQS",), "€1.00", SQS) for n, title in enumerate(titles)]
    boxes.append(box("a-name-so-long-that-no-picture-has-room-for-it-on-two-lines-of-its-own.fifo"))
    arrows = [Arrow(f"n{n}", f"n{n + 1}", titles[n]) for n in range(5)]
    return Picture("Ünïcödé → 日本", "", tuple(boxes), tuple(arrows))


def many(count: int = 100) -> Picture:
    dice = random.Random(count)
    names = [f"node-{n}" for n in range(count)]
    arrows = []
    for n in range(1, count):
        label = dice.choice(["", "publish", "batch 10", "type = x"])
        kind = dice.choice(["flow", "flow", "stream"])
        arrows.append(Arrow(names[dice.randint(max(0, n - 10), n - 1)], names[n], label, kind))
    arrows += [
        Arrow(names[n], names[max(0, n - dice.randint(1, 20))], "again")
        for n in dice.sample(range(count), count // 8)
    ]
    frames = [
        Frame(f"lane-{n}", f"Lane {n}", "lane", tuple(names[n : n + 8])) for n in range(0, count, 8)
    ]
    return Picture("Many", "", tuple(map(box, names)), tuple(arrows), tuple(frames))


HOSTILE = "<script>alert(1)</script> \" & ]]> ' \\ {x|y} "
HOSTILE += "\x00\x07\x1b\n\r\t\u202eRTL\u202c \ud83d \uffff 📦"


def hostile() -> Picture:
    boxes = (
        Box(HOSTILE, HOSTILE, (HOSTILE,), HOSTILE, "../../../etc/passwd", HOSTILE),
        Box("b\\", '"', ("\\",), "</text>", "aws/no-such-icon.png"),
    )
    arrows = (Arrow(HOSTILE, "b\\", HOSTILE), Arrow("b\\", "b\\", HOSTILE))
    return Picture(HOSTILE, HOSTILE, boxes, arrows, (Frame("f", HOSTILE, "cloud", (HOSTILE,)),))


def marked() -> Picture:
    """Steps with and without words, both badges, heat and a link."""
    boxes = tuple(
        replace(box(name), badges=("fifo", "encrypted"), heat=level, link="https://example.com/a")
        for level, name in enumerate(("shop", "orders", "worker", "other", "dlq", "loop"))
    )
    arrows = (
        Arrow("shop", "orders", "publish", step=1),
        Arrow("orders", "worker", "batch 10", step=2),
        Arrow("orders", "other", step=2),
        Arrow("orders", "dlq", "after 5", "redrive", step=3),
        Arrow("worker", "loop", "to the next one, in more words than fit", step=4),
        Arrow("worker", "loop", step=12),
        Arrow("loop", "loop", "again", step=5),
        Arrow("loop", "worker", step=6, description="It goes back."),
    )
    steps = tuple(Step(n, f"Step {n} does something that takes a while.") for n in range(1, 13))
    return Picture(
        "Marked", "", boxes, arrows, steps=steps, scale=Scale("Heat", ("a", "b", "c", "d", "e"))
    )


EXAMPLES: dict[str, Callable[[], Picture]] = {
    make.__name__: make
    for make in (
        empty,
        single,
        queue,
        lanes,
        nested,
        cyclic,
        crossed,
        foreign,
        many,
        hostile,
        marked,
    )
}


@pytest.fixture(params=EXAMPLES)
def picture(request) -> Picture:
    return EXAMPLES[request.param]()


@pytest.fixture
def examples() -> dict[str, Picture]:
    return {name: make() for name, make in EXAMPLES.items()}
