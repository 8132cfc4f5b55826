"""The parts of a picture that no arrow and no frame of their own joins."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from archcode.draw.plan import Plan

_SHARED = {"cloud", "account", "region"}
"""Kinds of frames that say where all of a picture is, not what belongs together."""


class Apart(Struct, frozen=True):
    """A picture taken apart: each part is a set of names of boxes and frames."""

    plan: Plan
    shared: tuple[str, ...]
    """The frames that all parts may stand in, from the outside in."""
    parts: tuple[frozenset[str], ...]
    """In the author's order."""
    order: Mapping[str, int]
    """The place of each box and frame in that order: searching a whole picture for each part takes
    as long as laying the part out."""

    def outside(self, names: Iterable[str]) -> list[str]:
        """Those of the names that stand in none of the shared frames."""
        outermost = self.shared[:1]
        return [n for n in names if outermost and outermost[0] not in self.plan.around(n)]

    def only(self, names: Iterable[str], *, framed: bool) -> Plan:
        """The plan of these boxes and frames, with or without the shared frames around them."""
        kept = set(names)
        if framed and len(self.outside(kept)) < len(kept):
            kept.update(self.shared)
        return _only(self.plan, sorted(kept, key=self.order.__getitem__), kept)


def apart(plan: Plan) -> Apart:
    """Find the frames that hold everything, and what is joined below them."""
    shared = tuple(_shared(plan))
    loose = [name for name in (*plan.boxes, *plan.frames) if name not in shared]
    group = _Groups()
    for name in loose:
        group.add(name)
    for frame in plan.frames.values():
        if frame.name not in shared:
            group.join((frame.name, *frame.contains))
    for edge in plan.edges:
        group.join((edge.source, edge.target))
    for row in _idle(plan, shared).values():
        group.join(row)
    order = {name: number for number, name in enumerate((*plan.frames, *plan.boxes))}
    return Apart(plan, shared, group.sets(), order)


def _shared(plan: Plan) -> Iterable[str]:
    tops = [name for name in plan.frames if name not in plan.parent]
    while len(tops) == 1 and tops[0] in plan.frames:
        frame = plan.frames[tops[0]]
        if frame.kind not in _SHARED or not frame.contains:
            return
        yield frame.name
        tops = list(frame.contains)


def _idle(plan: Plan, shared: tuple[str, ...]) -> dict[str, list[str]]:
    """Boxes without arrows and frames without boxes: a layout sets those in rows together."""
    busy = {name for edge in plan.edges for name in (edge.source, edge.target)}
    found: dict[str, list[str]] = defaultdict(list)
    for name in (*plan.boxes, *plan.frames):
        leaf = name in plan.boxes or not plan.frames[name].contains
        around = plan.parent.get(name, "")
        if leaf and name not in busy and around in ("", *shared):
            found[around].append(name)
    return found


class _Groups:
    """Names that belong together, found by joining them."""

    def __init__(self) -> None:
        self._next: dict[str, str] = {}

    def add(self, name: str) -> None:
        self._next[name] = name

    def join(self, names: Iterable[str]) -> None:
        first, *others = names
        for name in others:
            self._next[self._find(name)] = self._find(first)

    def sets(self) -> tuple[frozenset[str], ...]:
        """The groups in the order in which their first names were added."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._next:
            found[self._find(name)].append(name)
        return tuple(map(frozenset, found.values()))

    def _find(self, name: str) -> str:
        while self._next[name] != name:
            # Halving the way keeps a chain of a thousand boxes short.
            self._next[name] = self._next[self._next[name]]
            name = self._next[name]
        return name


def _only(plan: Plan, names: Sequence[str], kept: set[str]) -> Plan:
    frames = {
        name: replace(frame, contains=tuple(n for n in frame.contains if n in kept))
        for name in names
        if (frame := plan.frames.get(name))
    }
    return replace(
        plan,
        boxes={name: plan.boxes[name] for name in names if name in plan.boxes},
        frames=frames,
        parent={name: plan.parent[name] for name in names if plan.parent.get(name) in kept},
        edges=tuple(edge for edge in plan.edges if edge.source in kept),
        under={name: plan.under[name] for name in names if name in plan.under},
        below={name: plan.below[name] for name in names if name in plan.below},
    )
