"""The lines of a chart on its page: their strokes, and where their markers stand."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from archcode.charts import Series
from archcode.render._chart_axis import Axis, number, share
from archcode.render._chart_page import Box

Place = tuple[float, float]

_MARKERS = 7
"""About so many markers on a line from one side to the other."""
_SAMPLE = 6.0
"""Points between the places of a line that words look out for."""


class Stroke(Struct, frozen=True):
    """A line without a gap, in points of the page."""

    places: tuple[Place, ...]

    def sampled(self) -> Iterator[Place]:
        """Places along the line, near enough to each other that words cannot slip through."""
        yield from self.places[:1]
        for (x, y), (to_x, to_y) in pairwise(self.places):
            parts = max(1, math.ceil(math.hypot(to_x - x, to_y - y) / _SAMPLE))
            for part in range(1, parts + 1):
                yield x + (to_x - x) * part / parts, y + (to_y - y) * part / parts


class Projection(Struct, frozen=True):
    """From values to points of the page."""

    x: Axis
    y: Axis
    box: Box

    def across(self, value: float) -> float:
        """How far from the left edge of the page a value of x is."""
        return self.box.x + self.box.wide * share(self.x, value)

    def up(self, value: float) -> float:
        """How far from the lower edge of the page a value of y is."""
        return self.box.y + self.box.high * share(self.y, value)


def strokes(series: Series, projection: Projection) -> list[Stroke]:
    """The strokes of an option: a new one after each point that has no cost."""
    found: list[list[Place]] = [[]]
    for x, y in series.points:
        across, up = number(x), number(y)
        if across is None or up is None:
            found.append([])
        else:
            found[-1].append((projection.across(across), projection.up(up)))
    return [Stroke(tuple(places)) for places in found if places]


def markers(found: Sequence[Stroke], box: Box, place: int, options: int) -> list[Place]:
    """Where an option's markers stand: on its line, between those of the other options.

    A line that is too short for a marker of its turn has one at its end.
    """
    pitch = box.wide / _MARKERS
    start = box.x + pitch * (place + 0.5) / max(options, 1)
    turns = [start + pitch * turn for turn in range(_MARKERS)]
    placed: list[Place] = []
    for stroke in found:
        ours = [at for turn in turns for at in _at(stroke, turn)]
        placed += ours or [stroke.places[-1]]
    return placed


def _at(stroke: Stroke, x: float) -> Iterator[Place]:
    """The place of a line at an x; the first of several."""
    for (left, low), (right, high) in pairwise(stroke.places):
        if left <= x <= right and left < right:
            yield x, low + (high - low) * (x - left) / (right - left)
            return
