"""Titles of frames that arrows enter from above: moved to where no arrow comes down."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from msgspec.structs import replace

from archcode.draw.look import TEXT
from archcode.draw.metrics import ellipsis, width
from archcode.draw.scene import Border, Rect, Route

Upright = tuple[float, float, float]
"""The x, the top and the bottom of a vertical line."""
_AIR = 5.0


def uprights(routes: Iterable[Route]) -> list[Upright]:
    """All vertical lines of arrows, from left to right."""
    lines = (line for route in routes for line in pairwise(route.points))
    return sorted((x1, min(y1, y2), max(y1, y2)) for (x1, y1), (x2, y2) in lines if x1 == x2)


def clear(frame: Border, lines: Sequence[Upright]) -> Border:
    """A frame with its title in the first gap between arrows that is wide enough, else the widest.

    A title that no gap holds is cut.
    """
    plate = frame.plate
    if not frame.lines:
        return frame
    gaps = list(_gaps(frame, _crossings(frame.rect, plate, lines)))
    fitting = (gap for gap in gaps if gap[1] - gap[0] >= plate.width)
    start, end = next(fitting, max(gaps, key=lambda gap: gap[1] - gap[0]))
    return _moved(frame, start - plate.x, end - start)


def _crossings(rect: Rect, plate: Rect, lines: Sequence[Upright]) -> Iterator[float]:
    """The x of each line that comes down, or up, where titles stand."""
    first = bisect_right(lines, rect.x, key=itemgetter(0))
    last = bisect_left(lines, rect.right, key=itemgetter(0))
    for x, top, bottom in lines[first:last]:
        if top < plate.bottom and plate.y < bottom:
            yield x


def _gaps(frame: Border, crossings: Iterable[float]) -> Iterator[tuple[float, float]]:
    start = frame.plate.x
    for x in crossings:
        if x - _AIR > start:
            yield start, x - _AIR
        start = max(start, x + _AIR)
    yield start, max(start, frame.rect.right - 2)


def _moved(frame: Border, dx: float, room: float) -> Border:
    look, plate = TEXT["frame"], frame.plate
    spare = plate.width - room
    lines = tuple(replace(line, x=line.x + dx) for line in frame.lines)
    if spare > 0:
        lines = tuple(
            replace(line, text=ellipsis(line.text, look.size, _wide(line.text) - spare, bold=True))
            for line in lines
        )
    return replace(
        frame, plate=replace(plate, x=plate.x + dx, width=min(plate.width, room)), lines=lines
    )


def _wide(text: str) -> float:
    look = TEXT["frame"]
    return width(text, look.size, bold=look.bold)
