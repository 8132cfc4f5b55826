"""Rows that are nearly level, made level where there is room, so that their arrows do not jog."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from archcode.draw.disorder import disorder
from archcode.draw.graph import Placement
from archcode.draw.plan import Plan
from archcode.draw.rows import Rows, rows

_NEARLY = 45.0
_ROOM = 21.6
"""Between things that come nearer to each other; Graphviz leaves as much."""


def straight(laid: Rows) -> Rows:
    """The layout with fewer bends, and everything in the columns and the order it had."""
    known = disorder(laid)
    for edge in laid.plan.edges:
        for moving, fixed in ((edge.target, edge.source), (edge.source, edge.target)):
            down = laid.y[fixed] - laid.y[moving]
            if laid.column[edge.source] >= laid.column[edge.target] or not down:
                continue
            row = _level_with(laid, moving)
            if abs(down) > _NEARLY and not _loose(laid, row):
                continue
            tried = _moved(laid, row, down)
            value = disorder(tried)
            if value < known and _roomy(laid, tried):
                laid, known = tried, value
    return laid


def _loose(laid: Rows, row: set[str]) -> bool:
    """Whether one arrow alone joins a row to the rest."""
    edges = laid.plan.edges
    return sum(1 for edge in edges if (edge.source in row) != (edge.target in row)) == 1


def _level_with(laid: Rows, name: str) -> set[str]:
    """The boxes that level arrows join to a box, with all that hangs under them."""
    level: dict[str, list[str]] = defaultdict(list)
    for edge in laid.plan.edges:
        if laid.y[edge.source] == laid.y[edge.target]:
            level[edge.source].append(edge.target)
            level[edge.target].append(edge.source)
    found: set[str] = set()
    waiting = [name]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [*level[name], *_stack(laid.plan, name)]
    return found


def _stack(plan: Plan, name: str) -> tuple[str, ...]:
    return plan.stack([name, *plan.above(name)][-1])


def _moved(laid: Rows, names: set[str], down: float) -> Rows:
    y = {name: at + (down if name in names else 0) for name, at in laid.y.items()}
    return rows(laid.plan, Placement(laid.column, y))


def _roomy(before: Rows, after: Rows) -> bool:
    """Whether what came nearer to each other is still far enough apart."""
    gaps = dict(_gaps(before))
    return all(gap >= min(gaps[pair], _ROOM) - 0.1 for pair, gap in _gaps(after))


def _gaps(laid: Rows) -> Iterator[tuple[tuple[str, str], float]]:
    """How far things that share a column are apart, those inside each other left out."""
    around = {name: set(laid.plan.around(name)) for name in laid.span}
    for one, two in combinations(laid.span, 2):
        first, last = laid.reach[one]
        left, right = laid.reach[two]
        if first > right or left > last or one in around[two] or two in around[one]:
            continue
        (top, bottom), (upper, lower) = laid.span[one], laid.span[two]
        yield (one, two), max(upper - bottom, top - lower)
