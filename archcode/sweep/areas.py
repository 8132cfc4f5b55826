"""The cheapest option over two variables, on a grid.

Costs do not fall along either variable, so that an option which costs more than the cheapest in
a smaller cell need not be built in a larger one.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import ZERO

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archcode.sweep.field import Built

Cell = tuple[int, int]


class Cells:
    """Finds the cheapest of each cell; cells are asked for by row, from the smallest values on."""

    def __init__(self, names: Sequence[str], at: Callable[[str, Cell], Built]) -> None:
        self._names, self._at = names, at
        self._floors: dict[tuple[str, Cell], Fraction] = {}

    def cheapest(self, cell: Cell) -> str:
        """The option that costs least of those that fit in a cell; "" where none does."""
        waiting = sorted(self._names, key=lambda name: self._floor(name, cell), reverse=True)
        known: list[tuple[Fraction, int, str]] = []
        while waiting or known:
            if not known or (waiting and self._floor(waiting[-1], cell) <= min(known)[0]):
                known += self._priced(waiting.pop(), cell)
                continue
            best = min(known)
            if self._at(best[2], cell).fits:
                return best[2]
            known.remove(best)
        return ""

    def _priced(self, name: str, cell: Cell) -> list[tuple[Fraction, int, str]]:
        """The cost of an option in a cell, in a list of its own where it is known."""
        built = self._at(name, cell)
        if built.list_cost is None or not built.option.priced:
            return []
        cost = Fraction(built.list_cost)
        self._floors[name, cell] = cost
        return [(cost, self._names.index(name), name)]

    def _floor(self, name: str, cell: Cell) -> Fraction:
        """What an option costs at least in a cell, by what is known of smaller ones."""
        if (name, cell) not in self._floors:
            row, column = cell
            smaller = [(row - 1, column), (row, column - 1)]
            floors = [self._floors.get((name, near), ZERO) for near in smaller]
            self._floors[name, cell] = max(floors)
        return self._floors[name, cell]
