"""A checked picture: frames as a tree, boxes measured, arrows gathered, queues over their DLQs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from archcode.draw.consistency import parents
from archcode.draw.look import ICON, TEXT, TextRole
from archcode.draw.marks import beside, number_width
from archcode.draw.metrics import clean, ellipsis, width, wrap
from archcode.draw.picture import Arrow, ArrowKind, Box, Frame, Picture

NARROWEST = 112.0
WIDEST = 150.0
LABEL_WIDTH = 110.0
_NUMBERS_WIDTH = 60.0
LOOP_ROOM = 22.0
DROP = 30.0
"""Height of the gap between a queue and the dead-letter queue under it."""
_ASIDE = 12.0
"""Width of the gap between a queue and the dead-letter queue beside it."""
_BESIDE_LABEL = 24.0
"""Room for the arrowhead beside that label, and for plates of heat at both ends."""
_REACH = 26.0
"""How far the loop of a box reaches out of its icon, with the space before its label."""


class Measured(Struct, frozen=True):
    """A box with its rows of text and the room it needs; its icon is `above` from the top."""

    box: Box
    rows: tuple[tuple[TextRole, str], ...]
    text_width: float
    width: float
    above: float
    caption: float

    @property
    def height(self) -> float:
        """Height of loop, icon and caption together."""
        return self.above + ICON + self.caption


class Edge(Struct, frozen=True):
    """All arrows of one kind from one box to another, drawn as one line."""

    source: str
    target: str
    kind: ArrowKind
    text: str
    rows: tuple[str, ...]
    """The text as far as it is shown."""
    steps: tuple[int, ...] = ()
    description: str = ""

    @property
    def tooltip(self) -> str:
        """The whole text, with both ends."""
        ends = clean(f"{self.source} to {self.target}") + (f": {self.text}" if self.text else "")
        steps = f"step {', '.join(map(str, self.steps))}" if self.steps else ""
        return "; ".join(part for part in (ends, steps, self.description) if part)

    @property
    def number(self) -> str:
        """The steps as far as they are shown."""
        if not self.steps:
            return ""
        look = TEXT["step"]
        text = ", ".join(map(str, self.steps))
        return ellipsis(text, look.size, _NUMBERS_WIDTH, bold=look.bold)

    @property
    def words(self) -> tuple[str, ...]:
        """All that the label shows, the same for arrows that may share it; empty without label."""
        return (self.number, *self.rows) if self.rows or self.steps else ()

    @property
    def text_width(self) -> float:
        """Width of the label: of the number, and of the widest row beside it."""
        rows = max((width(row, TEXT["label"].size) for row in self.rows), default=0)
        return beside(number_width(self.number), rows) + rows

    @property
    def text_height(self) -> float:
        """Height of the label; a number is as high as a row."""
        return max(len(self.rows), len(self.words[:1])) * TEXT["label"].leading


class Plan(Struct, frozen=True):
    """What the layout needs to know of a picture."""

    picture: Picture
    boxes: dict[str, Measured]
    frames: dict[str, Frame]
    parent: dict[str, str]
    edges: tuple[Edge, ...]
    under: dict[str, str]
    """Dead-letter queue to the queue it is drawn under."""
    below: dict[str, str]
    """Queue to the dead-letter queue under it."""
    gaps: dict[str, float]
    """Queue to the distance between it and that dead-letter queue."""
    down: bool = False
    """Whether arrows run from top to bottom; dead-letter queues then stand to the right."""

    def around(self, name: str) -> Iterator[str]:
        """The frames around a box or frame, from the inside out."""
        while name in self.parent:
            name = self.parent[name]
            yield name

    def above(self, name: str) -> Iterator[str]:
        """The queues over a dead-letter queue, from the nearest up."""
        while name in self.under:
            name = self.under[name]
            yield name

    def stack(self, head: str) -> tuple[str, ...]:
        """A box and what hangs under it, top to bottom."""
        found = [head]
        while found[-1] in self.below:
            found.append(self.below[found[-1]])
        return tuple(found)


def plan(picture: Picture, *, down: bool = False) -> Plan:
    """Check a picture and measure all its text."""
    parent = parents(picture)
    edges = tuple(_edges(picture.arrows))
    under = _under(edges, parent, [box.name for box in picture.boxes], down=down)
    loops = {edge.source: edge for edge in edges if edge.source == edge.target}
    drops = {e.source: e for e in edges if under.get(e.target) == e.source and e.kind == "redrive"}
    around = {b.name: _around(loops.get(b.name), drops.get(b.name), down) for b in picture.boxes}
    return Plan(
        picture,
        {box.name: _measure(box, *around[box.name]) for box in picture.boxes},
        {frame.name: frame for frame in picture.frames},
        parent,
        edges,
        under,
        {over: name for name, over in under.items()},
        {name: _gap(edge) if down else DROP for name, edge in drops.items()},
        down,
    )


def _edges(arrows: Iterable[Arrow]) -> Iterator[Edge]:
    """Arrows of one kind between the same boxes share a line and join their labels.

    A box has room for one loop, so all its loops share that.
    """
    joined: dict[tuple[str, str, ArrowKind], list[Arrow]] = defaultdict(list)
    loops: dict[str, ArrowKind] = {}
    for arrow in arrows:
        kind = arrow.kind
        if arrow.source == arrow.target:
            kind = loops.setdefault(arrow.source, kind)
        joined[arrow.source, arrow.target, kind].append(arrow)
    for (source, target, kind), same in joined.items():
        text = _listed((arrow.label for arrow in same), ", ")
        rows = wrap(text, TEXT["label"].size, LABEL_WIDTH)
        steps = tuple(sorted({arrow.step for arrow in same} - {0}))
        said = _listed((arrow.description for arrow in same), "; ")
        yield Edge(source, target, kind, text, rows, steps, said)


def _listed(texts: Iterable[str], mark: str) -> str:
    """Different texts as one."""
    return mark.join(text for text in dict.fromkeys(map(clean, texts)) if text)


def joint(edge: Edge, edges: Iterable[Edge]) -> Edge:
    """The edge under one label for several."""
    several = tuple(edges)
    text = _listed((other.text for other in several), ", ")
    steps = tuple(sorted({step for other in several for step in other.steps}))
    return replace(edge, rows=wrap(text, TEXT["label"].size, LABEL_WIDTH), steps=steps)


def _under(
    edges: Iterable[Edge], parent: Mapping[str, str], order: list[str], *, down: bool
) -> dict[str, str]:
    """A dead-letter queue goes under the last of its queues that is in its frame.

    A queue has room for one, and if most of its queues are elsewhere, it stands amid them.
    """
    sources = defaultdict(set)
    # The loop of a box takes the room in which the line from above would come down.
    looped = {edge.source for edge in edges if edge.source == edge.target}
    for edge in edges:
        if edge.kind == "redrive":
            sources[edge.target].add(edge.source)
    place = {name: number for number, name in enumerate(order)}
    under: dict[str, str] = {}
    for name in order:
        near = [n for n in sources[name] if parent.get(n) == parent.get(name)]
        if not near or 2 * len(near) < len(sources[name]) or name in looped:
            continue
        source = max(near, key=place.__getitem__)
        # Where arrows run down, the loop of the queue takes that room.
        if down and source in looped:
            continue
        if name not in _above(source, under) and source not in under.values():
            under[name] = source
    return under


def _above(name: str, under: Mapping[str, str]) -> Iterator[str]:
    while name in under:
        name = under[name]
        yield name


def _around(loop: Edge | None, drop: Edge | None, down: bool) -> tuple[float, float]:  # noqa: FBT001 - private
    """The width and the height over the icon that the lines at a box and their labels need."""
    looped = loop.text_width if loop else 0
    if down:
        return (ICON + 2 * (_REACH + looped) if loop else 0), 0
    # The label of the line down to a dead-letter queue stands to the right of the line.
    beside = 2 * (drop.text_width + 8) if drop else 0
    above = LOOP_ROOM + loop.text_height if loop else 0
    return max(beside, looped + 8), above


def _gap(drop: Edge) -> float:
    """Between a queue and the dead-letter queue beside it, whose line has the label over it."""
    return max(_ASIDE, drop.text_width - (NARROWEST - ICON) + _BESIDE_LABEL)


def _measure(box: Box, beside: float, above: float) -> Measured:
    texts: list[tuple[TextRole, str]] = [("name", box.title or box.name)]
    texts += [("service", line) for line in box.lines]
    texts += [("cost", box.cost)]
    rows = tuple(
        (role, row)
        for role, text in texts
        for row in wrap(clean(text), TEXT[role].size, WIDEST, bold=TEXT[role].bold)
    )
    text_width = max(
        (width(row, TEXT[role].size, bold=TEXT[role].bold) for role, row in rows), default=0
    )
    caption = 4 + sum(TEXT[role].leading for role, _ in rows)
    wanted = ceil(max(NARROWEST, text_width + 8, beside))
    return Measured(box, rows, text_width, wanted, ceil(above), ceil(caption))
