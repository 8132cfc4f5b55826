"""Channel routing: which vertical line of a channel each change of height uses."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

from archcode.draw.levels import Hop
from archcode.draw.rows import Rows
from archcode.draw.trips import Trip

_CLOSE = 6.0
_OVERLAP = 1000
_ROUNDS = 6
_MANY = 120


class Slot(Struct, frozen=True):
    """A part of a channel: between two borders right of a column, amid, or left of a column.

    Sides are -1, 0 and 1; `depth` counts borders from the column outwards.
    """

    channel: int
    side: int
    depth: int


class Net(Struct, frozen=True):
    """Changes of height that share one vertical line."""

    hops: tuple[tuple[int, int], ...]
    """Number of the arrow and number of its hop."""
    left: frozenset[float]
    right: frozenset[float]
    top: float
    """The upper end of the line."""
    bottom: float
    """The lower end of the line."""


Route = tuple[Trip, tuple[Hop, ...]]


def tracks(rows: Rows, routes: Sequence[Route]) -> dict[Slot, list[list[Net]]]:
    """For each slot its vertical lines from left to right, each with the nets on it."""
    slots: dict[Slot, dict[tuple[object, ...], list[tuple[int, int]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    into = _fan_in(routes)
    for number, (trip, hops) in enumerate(routes):
        for step, hop in enumerate(hops):
            if not hop.level:
                key = _key(number, step, trip, hops, into)
                slots[_slot(rows, trip, hop)][key].append((number, step))
    return {
        slot: _assign(_ordered([_net(members, routes) for members in nets.values()]))
        for slot, nets in slots.items()
    }


def _fan_in(routes: Iterable[Route]) -> set[tuple[object, ...]]:
    """Ends into which several arrows run that share no trunk at their start."""
    starts: dict[tuple[object, ...], int] = defaultdict(int)
    ends: dict[tuple[object, ...], int] = defaultdict(int)
    for trip, hops in routes:
        if hops:
            starts[_start(trip, hops)] += 1
    for trip, hops in routes:
        if hops and (len(hops) > 1 or starts[_start(trip, hops)] == 1):
            ends[_end(trip, hops)] += 1
    return {end for end, count in ends.items() if count > 1}


def _start(trip: Trip, hops: tuple[Hop, ...]) -> tuple[object, ...]:
    return "start", trip.edge.source, trip.leave, trip.edge.kind, hops[0].channel


def _end(trip: Trip, hops: tuple[Hop, ...]) -> tuple[object, ...]:
    return "end", trip.edge.target, trip.arrive, trip.edge.kind, hops[-1].channel


def _key(
    number: int, step: int, trip: Trip, hops: tuple[Hop, ...], into: set[tuple[object, ...]]
) -> tuple[object, ...]:
    """Arrows of one source share a trunk; so do arrows into one target."""
    if step == len(hops) - 1 and _end(trip, hops) in into:
        return _end(trip, hops)
    return _start(trip, hops) if step == 0 else ("alone", number, step)


def _slot(rows: Rows, trip: Trip, hop: Hop) -> Slot:
    """Inside the innermost frame that ends at this channel and holds both ends."""
    shared = set(rows.plan.around(trip.edge.source)) & set(rows.plan.around(trip.edge.target))
    for side, column in ((-1, hop.channel - 1), (1, hop.channel)):
        depths = [
            depth(rows, name, side) for name in shared if rows.reach[name][side < 0] == column
        ]
        if depths:
            return Slot(hop.channel, side, min(depths))
    return Slot(hop.channel, 0, 0)


def depth(rows: Rows, frame: str, side: int) -> int:
    """How many borders lie between a column and this frame's own, its own included."""
    inner = (
        depth(rows, name, side)
        for name in rows.plan.frames[frame].contains
        if name in rows.plan.frames and rows.reach[name][side < 0] == rows.reach[frame][side < 0]
    )
    return 1 + max(inner, default=0)


def _net(members: list[tuple[int, int]], routes: Sequence[Route]) -> Net:
    left: set[float] = set()
    right: set[float] = set()
    for number, step in members:
        hop = routes[number][1][step]
        (left if hop.start_left else right).add(hop.start)
        (left if hop.end_left else right).add(hop.end)
    ends = left | right
    return Net(tuple(members), frozenset(left), frozenset(right), min(ends), max(ends))


def _ordered(nets: list[Net]) -> list[Net]:
    """Nets from left to right with few crossings: move each to its best place, some rounds."""
    nets = sorted(nets, key=lambda net: (net.top, net.bottom, net.hops))
    if len(nets) > _MANY:
        return nets
    for _ in range(_ROUNDS):
        before = list(nets)
        for net in before:
            nets.remove(net)
            nets.insert(_best_place(net, nets), net)
        if nets == before:
            break
    return nets


def _best_place(net: Net, others: Sequence[Net]) -> int:
    """Where a net crosses the others least, as far left as possible."""
    right_of = [_crossings(net, other) for other in others]
    best, place = sum(right_of), 0
    cost = best
    for index, other in enumerate(others, start=1):
        cost += _crossings(other, net) - right_of[index - 1]
        if cost < best:
            best, place = cost, index
    return place


def _crossings(left: Net, right: Net) -> int:
    """Crossings if the first is left of the second; lines on each other are far worse."""
    if right.top - left.bottom >= _CLOSE or left.top - right.bottom >= _CLOSE:
        return 0
    top, bottom = right.top, right.bottom
    count = len([y for y in left.right if top < y < bottom])
    top, bottom = left.top, left.bottom
    count += len([y for y in right.left if top < y < bottom])
    return count + _OVERLAP * _collisions(left, right)


def _collisions(left: Net, right: Net) -> int:
    return len([1 for one in left.right for two in right.left if abs(one - two) < _CLOSE])


def _assign(nets: list[Net]) -> list[list[Net]]:
    """Each net on the first line right of all earlier nets it would touch."""
    lines: list[list[Net]] = []
    for net in nets:
        place = 0
        for index, line in enumerate(lines):
            if any(_touch(other, net) for other in line):
                place = index + 1
        if place == len(lines):
            lines.append([])
        lines[place].append(net)
    return lines


def _touch(one: Net, two: Net) -> bool:
    apart = one.bottom + _CLOSE < two.top or two.bottom + _CLOSE < one.top
    return not apart or _collisions(one, two) > 0 or _collisions(two, one) > 0
