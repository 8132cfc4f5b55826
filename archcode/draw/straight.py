"""Rows of boxes moved up or down until an arrow that bends is straight, where there is room."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from archcode.draw.disorder import disorder
from archcode.draw.graph import PAD, Placement
from archcode.draw.plan import Edge
from archcode.draw.rows import Rows, rows

_SWEEPS = 3


def straightened(laid: Rows) -> Rows:
    """The layout with fewer bends, if boxes that are level with each other can move together."""
    known = disorder(laid)
    for _ in range(_SWEEPS):
        before = known
        for edge in sorted(_bent(laid), key=lambda edge: _rise(laid, edge)):
            for moved in _levelled(laid, edge):
                value = disorder(moved)
                if value < known and _apart(moved):
                    laid, known = moved, value
                    break
        if known == before:
            break
    return laid


def _bent(laid: Rows) -> Iterator[Edge]:
    """Arrows to a later column that do not run straight."""
    for edge in laid.plan.edges:
        forward = laid.column[edge.source] < laid.column[edge.target]
        if forward and laid.y[edge.source] != laid.y[edge.target]:
            yield edge


def _rise(laid: Rows, edge: Edge) -> float:
    return abs(laid.y[edge.target] - laid.y[edge.source])


def _levelled(laid: Rows, edge: Edge) -> Iterator[Rows]:
    """The layout with one end of an arrow moved to the height of the other, with its row."""
    rise = laid.y[edge.target] - laid.y[edge.source]
    source, target = _row(laid, edge.source), _row(laid, edge.target)
    if source == target:
        return
    for names, shift in ((source, rise), (target, -rise)):
        y = {name: at + shift if name in names else at for name, at in laid.y.items()}
        yield rows(laid.plan, Placement(laid.column, y))


def _row(laid: Rows, name: str) -> set[str]:
    """A box, those that straight arrows join to it, and what hangs under them."""
    beside: dict[str, list[str]] = defaultdict(list)
    for edge in laid.plan.edges:
        if laid.y[edge.source] == laid.y[edge.target]:
            beside[edge.source].append(edge.target)
            beside[edge.target].append(edge.source)
    found, ahead = set[str](), [name]
    while ahead:
        at = ahead.pop()
        if at in found:
            continue
        head = [at, *laid.plan.above(at)][-1]
        found.update(laid.plan.stack(head))
        ahead += [other for member in laid.plan.stack(head) for other in beside[member]]
    return found


def _apart(laid: Rows) -> bool:
    """Whether things that share a column keep their distance."""
    around = {name: set(laid.plan.around(name)) for name in laid.span}
    for one, two in combinations(laid.span, 2):
        (first, last), (start, end) = laid.reach[one], laid.reach[two]
        if first > end or start > last or one in around[two] or two in around[one]:
            continue
        stacked = laid.plan.under.get(one) == two or laid.plan.under.get(two) == one
        (top, bottom), (high, low) = laid.span[one], laid.span[two]
        if not stacked and top < low + PAD and high < bottom + PAD:
            return False
    return True
