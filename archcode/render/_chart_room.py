"""Where words go in a chart: spread along its edge, or beside a point where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from archcode.render._chart_page import Box

Place = tuple[float, float]

_FAR = (16.0, 36.0, 64.0, 100.0, 150.0)
_DIRECTIONS = ((1, 1), (-1, 1), (1, -1), (-1, -1), (0, 1), (0, -1), (1, 0), (-1, 0))
_CROSSED = 1000
"""What a shared place with other words weighs beside a point of a line that is hidden."""


def spread(wanted: Sequence[float], pitch: float, low: float, high: float) -> list[float]:
    """Heights near the wanted ones, a pitch apart, from low to high as far as there is room.

    Words that would overlap share the room around the mean of where they are wanted.
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    groups: list[tuple[float, list[int]]] = []
    for one in order:
        middle, members = _within(wanted[one], pitch, low, high), [one]
        while groups and middle - groups[-1][0] < pitch * (len(members) + len(groups[-1][1])) / 2:
            members = [*groups.pop()[1], *members]
            middle = _within(_mean(wanted[i] for i in members), len(members) * pitch, low, high)
        groups.append((middle, members))
    heights = [0.0] * len(wanted)
    for middle, members in groups:
        start = middle - pitch * (len(members) - 1) / 2
        for number, one in enumerate(members):
            heights[one] = start + number * pitch
    return heights


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)


def _within(middle: float, height: float, low: float, high: float) -> float:
    """The middle of a group, moved so that all of it is inside; at the foot if it cannot be."""
    return max(low + height / 2, min(high - height / 2, middle))


class Taken(Struct, frozen=True):
    """The plot, and in it the words and the places of lines that are not to be hidden."""

    plot: Box
    words: Sequence[Box]
    lines: Sequence[Place]


def beside(point: Place, size: Place, taken: Taken) -> Box:
    """The rectangle for words near a point that hides the least, the nearest of several."""
    found = [(hidden(box, taken), i, box) for i, box in _candidates(point, size)]
    return min(found, key=lambda each: each[:2])[2]


def _candidates(point: Place, size: Place) -> Iterable[tuple[int, Box]]:
    """Rectangles around a point, the nearest first."""
    (x, y), (wide, high) = point, size
    found = (
        Box(
            x + far * right - wide * (1 - right) / 2,
            y + far * up - high * (1 - up) / 2,
            wide,
            high,
        )
        for far in _FAR
        for right, up in _DIRECTIONS
    )
    return enumerate(found)


def hidden(box: Box, taken: Taken) -> int:
    """How much a rectangle would hide, far more where it would leave the plot; 0 is nothing."""
    crossed = sum(box.meets(other, 4) for other in taken.words) + 10 * (not taken.plot.holds(box))
    under = sum(
        box.x - 3 <= x <= box.x + box.wide + 3 and box.y - 3 <= y <= box.y + box.high + 3
        for x, y in taken.lines
    )
    return _CROSSED * crossed + under
