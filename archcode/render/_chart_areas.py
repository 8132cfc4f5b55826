"""Room for a name in an area of a map: the place with the most of the area around it."""

from __future__ import annotations

import math
from collections.abc import Sequence

Cell = tuple[int, int]

_STEP = 6.0
"""Points between the places that are looked at."""
_LARGER = (3.0, 2.2, 1.6, 1.25, 1.0)
"""How many times the size of a name the room around it is tried to be."""


def roomiest(
    area: set[Cell], xs: Sequence[float], ys: Sequence[float], size: tuple[float, float]
) -> tuple[float, float] | None:
    """The middle of a rectangle of a size that is wholly inside an area of (row, column) cells.

    `xs` and `ys` are the edges of the cells in points; nothing where there is no room.
    """
    import numpy as np

    if not area:
        return None
    at_x = np.arange(xs[0] + _STEP / 2, xs[-1], _STEP)
    at_y = np.arange(ys[0] + _STEP / 2, ys[-1], _STEP)
    inside = np.zeros((len(ys) - 1, len(xs) - 1), dtype=np.int64)
    for cell in area:
        inside[cell] = 1
    rows = np.clip(np.searchsorted(ys, at_y, side="right") - 1, 0, len(ys) - 2)
    columns = np.clip(np.searchsorted(xs, at_x, side="right") - 1, 0, len(xs) - 2)
    sums = np.zeros((len(at_y) + 1, len(at_x) + 1), dtype=np.int64)
    sums[1:, 1:] = inside[np.ix_(rows, columns)].cumsum(0).cumsum(1)
    for larger in _LARGER:
        wide, high = (math.ceil(side * larger / _STEP) + 1 for side in size)
        if wide >= sums.shape[1] or high >= sums.shape[0]:
            continue
        found = (
            sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]
        )
        full = np.argwhere(found == wide * high)
        if len(full):
            away = np.abs(full - full.mean(0)).sum(1)
            row, column = full[int(away.argmin())]
            return (
                float(xs[0] + (column + wide / 2) * _STEP),
                float(ys[0] + (row + high / 2) * _STEP),
            )
    return None
