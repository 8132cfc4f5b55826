"""Graphviz in process: which column and which height each box gets, nothing else."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from math import ceil, sqrt
from types import ModuleType
from typing import Any

from msgspec import Struct

from archcode.draw.cycles import backwards, beside
from archcode.draw.look import ICON, TEXT
from archcode.draw.metrics import width
from archcode.draw.plan import Edge, Plan
from archcode.errors import DrawingError

PAD = 12.0
TITLE = 18.0
EMPTY = (112, 12)
_INCH = 72.0
_WIDEST_TITLE = 300.0
_TABLE = '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"{}>{}</TABLE>'
_ROW = "<TR>{}</TR>"
_CELL = '<TD FIXEDSIZE="TRUE" WIDTH="{}" HEIGHT="{}"{}></TD>'
_GRAPH = {
    "nodesep": "0.3",
    "ranksep": "0.6",
    "newrank": "true",
    "splines": "polyline",
    "label": "",
}


class Placement(Struct, frozen=True):
    """Column of each box or empty frame, and the y of its icon's centre (frame: of itself).

    Where arrows run down, columns are rows, numbered from the top, and y is x: from here on a
    layout knows only one direction, until everything gets its place.
    """

    column: dict[str, int]
    y: dict[str, float]


class Variant(Struct, frozen=True):
    """An order in which Graphviz is told of a picture; each gives another drawing."""

    boxes_reversed: bool
    arrows_reversed: bool


# Graphviz stacks the members of a column bottom-up, those of a row from left to right; the first
# variant is the usual best of both.
VARIANTS = tuple(Variant(boxes, arrows) for boxes in (True, False) for arrows in (False, True))


def place(plan: Plan, variant: Variant) -> Placement:
    """Let Graphviz order the boxes into columns; raises DrawingError if it cannot."""
    heads = [name for name in plan.boxes if name not in plan.under]
    empty = [frame.name for frame in plan.frames.values() if not frame.contains]
    ids = {name: f"n{index}" for index, name in enumerate((*heads, *empty))}
    graph = _Graph(plan, ids, variant)
    centres = graph.centres()
    if plan.down:
        centres = {key: (y, x) for key, (x, y) in centres.items()}
    columns = _columns({name: centres[key][0] for name, key in ids.items()})
    column, y = {}, {}
    for name, key in ids.items():
        below = centres[key][1]
        if name in plan.frames:
            column[name], y[name] = columns[name], below
            continue
        for member, offset in _offsets(plan, name):
            column[member], y[member] = columns[name], below + offset
    return Placement(column, y)


def _columns(xs: Mapping[str, float]) -> dict[str, int]:
    """Number the columns from left to right; boxes of one column share their x."""
    index = {x: number for number, x in enumerate(_distinct(sorted(xs.values())))}
    starts = sorted(index)
    return {name: index[max(s for s in starts if s <= x)] for name, x in xs.items()}


def _distinct(xs: list[float]) -> Iterator[float]:
    last = float("-inf")
    for x in xs:
        if x - last > 1:
            yield x
            last = x


def _offsets(plan: Plan, head: str) -> Iterator[tuple[str, float]]:
    """How far below (or right of) the centre of its stack the icon of each member is."""
    members = [plan.boxes[name] for name in plan.stack(head)]
    gaps = [plan.gaps[member.box.name] for member in members[:-1]]
    sizes = [member.width if plan.down else member.height for member in members]
    start = -(sum(sizes) + sum(gaps)) / 2
    for member, size, gap in zip(members, sizes, [*gaps, 0], strict=True):
        yield member.box.name, start + (size / 2 if plan.down else member.above + ICON / 2)
        start += size + gap


def title_width(plan: Plan, name: str) -> float:
    """The width of a frame in which an arrow from above can pass beside the title."""
    look = TEXT["frame"]
    return min(width(plan.frames[name].label, look.size, bold=look.bold) * 2 + 44, _WIDEST_TITLE)


@cache
def _context(library: ModuleType) -> Any:  # noqa: ANN401 - a C handle
    """Graphviz's plugins, which take a part as long to find as a small picture to lay out."""
    return library.gvContextWithBuiltins()


class _Graph:
    """A Graphviz graph, built through its C interface so that no text needs quoting."""

    def __init__(self, plan: Plan, ids: Mapping[str, str], variant: Variant) -> None:
        # Loads all of Graphviz, which only drawing needs.
        import pygraphviz.graphviz as library

        self._lib: ModuleType = library
        self._plan = plan
        self._ids = ids
        self._variant = variant
        self._root = library.agraphnew(b"picture", strict=False, directed=True)
        self._defaults()
        self._fill(self._root, [n for n in (*plan.frames, *plan.boxes) if n not in plan.parent])
        self._connect()

    def centres(self) -> dict[str, tuple[float, float]]:
        """Centre of each node in points, y down."""
        lib = self._lib
        context = _context(lib)
        try:
            if lib.gvLayout(context, self._root, b"dot") != 0:
                raise DrawingError("Graphviz found no layout for this picture")
            failed, plain = lib.gvRenderData(context, self._root, b"plain")
            lib.gvFreeLayout(context, self._root)
        finally:
            lib.agclose(self._root)
        if failed:
            raise DrawingError("Graphviz could not tell where the boxes are")
        return dict(_centres(plain.decode()))

    def _defaults(self) -> None:
        lib, root = self._lib, self._root
        lib.agattr_label(root, lib.AGRAPH, b"rankdir", b"TB" if self._plan.down else b"LR")
        for name, value in _GRAPH.items():
            lib.agattr_label(root, lib.AGRAPH, name.encode(), value.encode())
        for kind, name, value in (
            (lib.AGRAPH, "margin", f"{PAD:g}"),
            (lib.AGNODE, "shape", "plain"),
            (lib.AGNODE, "label", ""),
            (lib.AGEDGE, "weight", "1"),
            (lib.AGEDGE, "style", ""),
            (lib.AGEDGE, "tailport", ""),
            (lib.AGEDGE, "headport", ""),
        ):
            lib.agattr_label(root, kind, name.encode(), value.encode())

    def _set(self, thing: Any, name: str, value: str) -> None:  # noqa: ANN401 - a C handle
        self._lib.agsafeset_label(self._root, thing, name.encode(), value.encode(), b"")

    def _fill(self, into: Any, names: list[str]) -> None:  # noqa: ANN401 - a C handle
        boxes = [name for name in names if name in self._ids]
        backwards = self._variant.boxes_reversed != self._plan.down
        for name in reversed(boxes) if backwards else boxes:
            node = self._lib.agnode(into, self._ids[name].encode(), 1)
            self._set(node, "label", self._table(name))
        for name in names if self._plan.down else reversed(names):
            if name in self._plan.frames and name not in self._ids:
                self._frame(into, name)

    def _frame(self, into: Any, name: str) -> None:  # noqa: ANN401 - a C handle
        frame = self._plan.frames[name]
        number = list(self._plan.frames).index(name)
        cluster = self._lib.agsubg(into, f"cluster_{number}".encode(), 1)
        wide = int(title_width(self._plan, name)) if self._plan.down else 8
        title = _TABLE.format("", _ROW.format(_CELL.format(wide, int(TITLE), "")))
        self._set(cluster, "label", f"<{title}>")
        self._fill(cluster, list(frame.contains))

    def _table(self, name: str) -> str:
        """Cells of fixed size without text, so Graphviz never looks for a font."""
        if name in self._plan.frames:
            rows = [_CELL.format(*self._empty())]
        else:
            rows = self._beside(name) if self._plan.down else self._stacked(name)
        return f"<{_TABLE.format('', ''.join(map(_ROW.format, rows)))}>"

    def _empty(self) -> tuple[int, int, str]:
        wide, high = EMPTY
        if self._plan.down:
            return int(wide + 2 * PAD), high, ""
        return wide, int(high + 2 * PAD + TITLE), ""

    def _stacked(self, name: str) -> list[str]:
        """One row over the other: gaps, icons and captions."""
        members = self._plan.stack(name)
        wide = int(max(self._plan.boxes[member].width for member in members))
        rows = []
        for number, member in enumerate(map(self._plan.boxes.__getitem__, members)):
            gap = self._plan.gaps[members[number - 1]] if number else 0
            above = int(member.above + gap)
            rows += [_CELL.format(wide, above, "")] if above else []
            rows.append(_CELL.format(wide, int(ICON), f' PORT="p{number}"'))
            rows.append(_CELL.format(wide, int(member.caption), ""))
        return rows

    def _beside(self, name: str) -> list[str]:
        """One row of boxes and gaps."""
        row = []
        for number, member in enumerate(self._plan.stack(name)):
            box = self._plan.boxes[member]
            row.append(_CELL.format(box.width, box.height, f' PORT="p{number}"'))
            gap = int(self._plan.gaps.get(member, 0))
            row += [_CELL.format(gap, 1, "")] if gap else []
        return ["".join(row)]

    def _connect(self) -> None:
        ports = {
            member: (self._ids[head], f"p{number}")
            for head in self._ids
            if head in self._plan.boxes
            for number, member in enumerate(self._plan.stack(head))
        }
        step = -1 if self._variant.arrows_reversed else 1
        backward = backwards(self._plan)
        leave, arrive = "sn" if self._plan.down else "ew"
        for edge in self._plan.edges[::step]:
            (tail, out), (head, into) = ports[edge.source], ports[edge.target]
            if tail == head or beside(self._plan, edge):
                continue
            if edge in backward:
                self._edge(head, tail)
                continue
            handle = self._edge(tail, head)
            self._set(handle, "tailport", f"{out}:{leave}")
            self._set(handle, "headport", f"{into}:{arrive}")
            self._set(handle, "weight", str(_weight(self._plan, edge)))
        for row in _rows(self._plan, list(self._ids)):
            for tail, head in pairwise(row):
                self._set(self._edge(self._ids[tail], self._ids[head]), "style", "invis")

    def _edge(self, tail: str, head: str) -> Any:  # noqa: ANN401 - a C handle
        lib = self._lib
        tail_node = lib.agnode(self._root, tail.encode(), 0)
        head_node = lib.agnode(self._root, head.encode(), 0)
        return lib.agedge(self._root, tail_node, head_node, None, 1)


def _weight(plan: Plan, edge: Edge) -> int:
    """Lines inside one frame should be straight before others are."""
    if edge.kind == "redrive":
        return 1
    return 8 if plan.parent.get(edge.source) == plan.parent.get(edge.target) else 2


def _rows(plan: Plan, names: list[str]) -> Iterator[list[str]]:
    """Boxes without any arrow, in rows of a handy length instead of one endless column."""
    busy = {name for edge in plan.edges for name in (edge.source, edge.target)}
    alone: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if not busy.intersection(plan.stack(name)):
            alone[plan.parent.get(name, "")].append(name)
    for members in alone.values():
        length = ceil(sqrt(1.5 * len(members)))
        for start in range(0, len(members), length):
            yield members[start : start + length]


def _centres(plain: str) -> Iterator[tuple[str, tuple[float, float]]]:
    for line in plain.splitlines():
        words = line.split()
        if words and words[0] == "node":
            yield words[1], (float(words[2]) * _INCH, -float(words[3]) * _INCH)
