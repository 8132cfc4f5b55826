"""Where each arrow leaves, arrives and carries its label, before any x is known."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from archcode.draw.look import ICON
from archcode.draw.picture import ArrowKind
from archcode.draw.plan import Edge, Plan, joint
from archcode.draw.rows import Rows

_Key = tuple[str, float, bool]
Spot = Literal["first", "last", "loop", "drop"]
PORT = 20.0
"""Distance between two arrowheads on one icon, so that a label fits between."""
_NARROW = 9.0
"""Distance between arrowheads on top of an icon, where a badge may stand on a corner."""
_PORTS = 3
_EDGE = 2.0
_PAST = 8.0
"""Distance from a box at which an arrow passes it."""
_BESIDE: dict[ArrowKind, float] = {"flow": -8.5, "stream": 8.5}
_BESIDE_LEVEL = 9.0
"""How far beside a level arrow one of another kind leaves or arrives."""


class Trip(Struct, frozen=True):
    """One arrow with the heights of its ends and the run its label sits on."""

    edge: Edge
    leave: float
    arrive: float
    spot: Spot
    back: bool = False
    """Whether it enters its target from the right."""


def trips(rows: Rows) -> list[Trip]:
    """All arrows of a picture, in its order."""
    pairs = defaultdict(set)
    for edge in rows.plan.edges:
        pairs[edge.source, edge.target].add(edge.kind)
    edges = rows.plan.edges
    found = [_trip(rows, edge, len(pairs[edge.source, edge.target])) for edge in edges]
    return _parted(_labelled(found, rows), rows)


def _trip(rows: Rows, edge: Edge, kinds: int) -> Trip:
    leave, arrive = rows.y[edge.source], rows.y[edge.target]
    if edge.source == edge.target:
        return Trip(edge, leave, arrive, "loop")
    if hangs(rows.plan, edge):
        return Trip(edge, leave, arrive, "drop")
    shift = 16.0 if edge.kind == "redrive" else _BESIDE[edge.kind] if kinds > 1 else 0.0
    same = rows.column[edge.source] == rows.column[edge.target]
    if rows.plan.down:
        leave += _within(rows.plan, edge.source, shift)
        if same:
            return Trip(edge, leave, _beside(rows, edge.target), "last", back=True)
        return Trip(edge, leave, arrive + _within(rows.plan, edge.target, shift), "last")
    into = shift - 16 if same else shift
    return Trip(edge, leave + shift, arrive + into, "last", back=same)


def _within(plan: Plan, name: str, shift: float) -> float:
    """A distance from the middle of an icon that what it shows reaches."""
    half = ICON * (0.5 - plan.boxes[name].box.margin) - _EDGE
    return max(-half, min(half, shift))


def _beside(rows: Rows, name: str) -> float:
    """The height at which an arrow comes past a box, to enter it from its side."""
    start, end = rows.span[name]
    looped = any(edge.source == edge.target == name for edge in rows.plan.edges)
    return start - _PAST if looped or name in rows.plan.below else end + _PAST


def hangs(plan: Plan, edge: Edge) -> bool:
    """Whether the arrow is the short line down to a dead-letter queue."""
    return edge.kind == "redrive" and plan.under.get(edge.target) == edge.source


def _parted(found: Sequence[Trip], rows: Rows) -> list[Trip]:
    """Requests and streams of one end at heights of their own; those that are level stay."""
    leaving, arriving = _mixed(found, _departure, rows), _mixed(found, _arrival, rows)
    parted = []
    for trip in found:
        turn = _BESIDE_LEVEL if trip.arrive > trip.leave else -_BESIDE_LEVEL
        gives_way = trip.edge.kind in leaving.get(_departure(trip), ())
        comes_beside = trip.edge.kind in arriving.get(_arrival(trip), ())
        leave = trip.leave + (turn if gives_way else 0)
        # From above it arrives above; along the row it comes back over the boxes between.
        over = turn if trip.arrive == trip.leave else -turn
        parted.append(
            replace(trip, leave=leave, arrive=trip.arrive + (over if comes_beside else 0))
        )
    return parted


def _mixed(
    found: Iterable[Trip], end: Callable[[Trip], _Key], rows: Rows
) -> dict[_Key, set[ArrowKind]]:
    """The kinds that give way, at each end where several kinds meet."""
    kinds: dict[_Key, set[ArrowKind]] = defaultdict(set)
    level: dict[_Key, set[ArrowKind]] = defaultdict(set)
    for trip in found:
        if trip.spot in {"first", "last"}:
            kinds[end(trip)].add(trip.edge.kind)
            if _ahead(trip, rows) and trip.leave == trip.arrive:
                level[end(trip)].add(trip.edge.kind)
    return {
        key: met - (level[key] or {"flow"})
        for key, met in kinds.items()
        if len(met) > 1 and len(level[key]) < 2
    }


def _labelled(found: list[Trip], rows: Rows) -> list[Trip]:
    """Give each label a run of its own: the last one, the first one, or a port of its own."""
    arrivals, departures = _shared(found, _arrival), _shared(found, _departure)
    crowded = set()
    for number, trip in enumerate(found):
        if trip.spot != "last" or not trip.edge.words or _arrival(trip) not in arrivals:
            continue
        if _departure(trip) not in departures:
            found[number] = replace(trip, spot="first")
        else:
            crowded.add(trip.edge.target)
    for target in sorted(crowded):
        numbers = [n for n, trip in enumerate(found) if _enters(trip, target)]
        numbers.sort(key=lambda n: (found[n].leave, _ahead(found[n], rows)))
        _spread(numbers, found, rows.y[target], rows.plan)
    return found


def _ahead(trip: Trip, rows: Rows) -> bool:
    """Whether an arrow comes from the left; others come back over the boxes between."""
    return rows.column[trip.edge.source] < rows.column[trip.edge.target]


def _enters(trip: Trip, target: str) -> bool:
    return trip.edge.target == target and trip.spot in {"first", "last"} and not trip.back


def _shared(found: Iterable[Trip], end: Callable[[Trip], _Key]) -> set[_Key]:
    """The ends at which arrows with different labels meet."""
    labels = defaultdict(set)
    for trip in found:
        if trip.spot in {"first", "last"}:
            labels[end(trip)].add(trip.edge.words)
    return {key for key, texts in labels.items() if len(texts) > 1}


def _arrival(trip: Trip) -> _Key:
    return trip.edge.target, trip.arrive, trip.back


def _departure(trip: Trip) -> _Key:
    return trip.edge.source, trip.leave, False


def _spread(numbers: list[int], found: list[Trip], centre: float, plan: Plan) -> None:
    """Let a few groups of arrows with one label each arrive in order from the top.

    More would not fit beside an icon: those of one kind arrive together, under one joint label.
    """
    # Beside each other, lines a port apart have no room for labels between them.
    ports = 1 if plan.down else _PORTS
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number in numbers:
        edge = found[number].edge
        groups[edge.kind, edge.words].append(number)
    if len(groups) > ports:
        groups = defaultdict(list)
        for number in numbers:
            groups[(found[number].edge.kind,)].append(number)
        for members in groups.values():
            _join(members, found)
    for place, members in enumerate(groups.values()):
        shift = (place - (len(groups) - 1) / 2) * (_NARROW if plan.down else PORT)
        if plan.down:
            shift = _within(plan, found[members[0]].edge.target, shift)
        for number in members:
            found[number] = replace(found[number], arrive=centre + shift, spot="last")


def _join(numbers: list[int], found: list[Trip]) -> None:
    """Give arrows one label for all of them, in the order of the picture."""
    edges = [found[number].edge for number in sorted(numbers)]
    for number in numbers:
        edge = found[number].edge
        found[number] = replace(found[number], edge=joint(edge, edges) if edge.words else edge)
