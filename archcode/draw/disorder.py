"""How far a layout is from what a reader expects: spec order, level lines, no crossings."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from archcode.draw.rows import Rows, swapped

_CROSSING = 3.0
_INVERSION = 2.0
_FRAMES = 4.0
_BEND = 1.0
_SWEEPS = 4


def disorder(rows: Rows) -> float:
    """A number to compare layouts of one picture by; less is better."""
    boxes = sum(_inversions(rows, members) for members in _columns(rows))
    frames = sum(_inversions(rows, members) for members in _siblings(rows))
    return (
        _INVERSION * boxes
        + _FRAMES * frames
        + _CROSSING * sum(1 for _ in _crossings(rows))
        + _BEND * sum(_bends(rows))
    )


def settled(rows: Rows) -> Rows:
    """The layout with neighbours back in the author's order where nothing is lost.

    Graphviz orders boxes and frames so that few lines cross, and breaks ties as it pleases.
    """
    known = disorder(rows)
    for _ in range(_SWEEPS):
        before = known
        for one, two in list(_neighbours(rows)):
            exchanged = swapped(rows, one, two) if rows.span[one] < rows.span[two] else None
            value = disorder(exchanged) if exchanged else known
            if exchanged and value < known:
                rows, known = exchanged, value
        if known == before:
            break
    return rows


def _neighbours(rows: Rows) -> Iterator[tuple[str, str]]:
    """Two boxes, or two frames, one under the other in one frame, against the author's order."""
    plan = rows.plan
    heads = [name for name in plan.boxes if name not in plan.under]
    for names in (heads, [*plan.frames]):
        order = {name: number for number, name in enumerate(names)}
        inside: dict[str, list[str]] = defaultdict(list)
        for name in sorted(names, key=lambda name: rows.span[name]):
            inside[plan.parent.get(name, "")].append(name)
        for siblings in inside.values():
            for number, one in enumerate(siblings):
                found = (two for two in siblings[number + 1 :] if _share(rows, one, two))
                two = next(found, None)
                if two and order[one] > order[two]:
                    yield one, two


def _share(rows: Rows, one: str, two: str) -> bool:
    """Whether two things have a column in common."""
    first, second = rows.reach[one], rows.reach[two]
    return first[0] <= second[1] and second[0] <= first[1]


def _columns(rows: Rows) -> Iterator[list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for name in rows.plan.boxes:
        found[rows.column[name]].append(name)
    yield from found.values()


def _siblings(rows: Rows) -> Iterator[list[str]]:
    """The frames inside each frame, in the author's order."""
    plan = rows.plan
    yield [name for name in plan.frames if name not in plan.parent]
    for frame in plan.frames.values():
        yield [name for name in frame.contains if name in plan.frames]


def _inversions(rows: Rows, names: Sequence[str]) -> int:
    """Pairs of which the later one lies wholly above the earlier one."""
    return sum(1 for one, two in combinations(names, 2) if rows.span[two][1] <= rows.span[one][0])


def _ends(rows: Rows) -> Iterator[tuple[int, int, float, float]]:
    for edge in rows.plan.edges:
        columns = rows.column[edge.source], rows.column[edge.target]
        yield *columns, rows.y[edge.source], rows.y[edge.target]


def _crossings(rows: Rows) -> Iterator[None]:
    ends = sorted(end for end in _ends(rows) if end[0] < end[1])
    for one, two in combinations(ends, 2):
        overlap = one[0] < two[1] and two[0] < one[1]
        if overlap and (one[2] - two[2]) * (one[3] - two[3]) < 0:
            yield


def _bends(rows: Rows) -> Iterator[float]:
    """A bend counts once, and a little more the farther it goes."""
    for start, end, leave, arrive in _ends(rows):
        if start != end and leave != arrive:
            yield 1 + abs(leave - arrive) / 500
