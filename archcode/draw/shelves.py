"""Which parts stand under and beside each other, for a page that fits a slide."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from math import inf

SLIDE = (1600.0, 900.0)
"""A page of 16:9 whose smallest text can still be read on a screen."""
WORTH = 1.05
"""A more intricate arrangement has to be so much larger on the slide."""
_WIDE = 2.0
"""So many times the usual width make a column that is mostly empty beside its other parts."""
_TIDIER = 1.1
"""So much smaller may a page without such a column be."""

Size = tuple[float, float]
Column = range
Shelf = list[Column]


def scale(width: float, height: float) -> float:
    """How large a drawing appears on a slide."""
    return min(SLIDE[0] / max(width, 1), SLIDE[1] / max(height, 1))


def _median(ordered: Sequence[float]) -> float:
    """The one in the middle, as `statistics` has it, which takes 5 ms to import."""
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def shelves(sizes: Sequence[Size], frames: float = 0) -> list[Shelf]:
    """Columns of consecutive parts, in one shelf unless far wider parts need theirs.

    Sizes include the gaps, `frames` is the height of what stands around each shelf.
    """
    parts = range(len(sizes))
    one = [_largest(sizes, parts)]
    usual = _median(sorted(width for width, _ in sizes))
    runs = groupby(parts, key=lambda number: sizes[number][0] > _WIDE * usual)
    limit = max(width for width, _ in sizes)
    several = [_shelf(sizes, list(run), wide=wide, limit=limit) for wide, run in runs]
    smaller = _size(sizes, several, frames) < _size(sizes, one, frames) / _TIDIER
    return one if smaller else several


def _shelf(sizes: Sequence[Size], run: Sequence[int], *, wide: bool, limit: float) -> Shelf:
    """One column of wide parts, or as many columns of others as are no wider than those."""
    parts = range(run[0], run[-1] + 1)
    shelf = [parts]
    for count in range(2, 1 if wide else len(parts) + 1):
        more = _columns(sizes, parts, count)
        if _total(sizes, [more])[0] > limit:
            break
        shelf = more
    return shelf


def _largest(sizes: Sequence[Size], parts: range) -> Shelf:
    """As many columns as make the page largest on a slide."""
    chosen, reached = [parts], 0.0
    for count in range(1, len(parts) + 1):
        shelf = _columns(sizes, parts, count)
        width, height = _total(sizes, [shelf])
        if scale(width, height) > reached * WORTH:
            chosen, reached = shelf, scale(width, height)
        if SLIDE[0] / width < reached:
            break
    return chosen


def _columns(sizes: Sequence[Size], parts: range, count: int) -> Shelf:
    """At most so many columns, as low as possible to the point."""
    heights = [sizes[number][1] for number in parts]
    low, high = max(*heights, sum(heights) / count), sum(heights)
    while high - low > 1:
        middle = (low + high) / 2
        if len(_filled(sizes, parts, middle)) <= count:
            high = middle
        else:
            low = middle
    return _filled(sizes, parts, high)


def _filled(sizes: Sequence[Size], parts: range, limit: float) -> Shelf:
    """Columns that each take what they can."""
    starts, filled = [], inf
    for number in parts:
        height = sizes[number][1]
        if filled + height > limit:
            starts.append(number)
            filled = 0.0
        filled += height
    return [range(start, end) for start, end in pairwise([*starts, parts.stop])]


def _total(sizes: Sequence[Size], found: Sequence[Shelf]) -> Size:
    """Width and height of a page."""
    widths = (
        sum(max(sizes[number][0] for number in column) for column in shelf) for shelf in found
    )
    heights = (
        max(sum(sizes[number][1] for number in column) for column in shelf) for shelf in found
    )
    return max(widths), sum(heights)


def _size(sizes: Sequence[Size], found: Sequence[Shelf], frames: float) -> float:
    width, height = _total(sizes, found)
    return scale(width, height + frames * len(found))
