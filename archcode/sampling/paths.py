"""All paths that samples take through the pipeline, each found by a run at one sample of its own.

A run at one sample meets guards; samples for which they come out alike share its results. The
others wait where they left, with what is known of them, for a run at one of themselves. The largest
group is taken first, so that what a bound on the number of runs leaves is little.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct

from archcode.sampling.graph import Graph
from archcode.sampling.number import Trace
from archcode.sampling.program import Program, compiled, run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from archcode.sampling.graph import Guard
    from archcode.sampling.program import Columns, Floats, Places

CHUNK = 16_384
"""Samples counted at a time: what a path needs of them stays in the cache of a processor."""

T = TypeVar("T")


class Found(Struct, Generic[T], frozen=True):
    """What a run came to: a result of the caller's, and the nodes to count for it."""

    result: T
    nodes: tuple[int, ...]


@dataclass(frozen=True, order=True, slots=True)
class _Group:
    """Samples that wait for a run, in an order of largest and earliest first."""

    size: int
    number: int
    places: Places = field(compare=False)
    known: Mapping[Guard, bool] = field(compare=False)


class Paths(Generic[T]):
    """Runs `trace` at one sample after the other, and hands what is counted to `take`."""

    def __init__(
        self,
        columns: Columns,
        trace: Callable[[Trace, int], Found[T]],
        take: Callable[[T, Places, Sequence[Floats | float]], None],
    ) -> None:
        self.graph = Graph()
        self.runs = 0
        self._columns, self._trace, self._take = columns, trace, take
        self._waiting: list[_Group] = []
        self._groups = 0

    def add(self, places: Places, known: Mapping[Guard, bool] | None = None) -> None:
        """Let samples wait for a run."""
        self._groups += 1
        heapq.heappush(self._waiting, _Group(-len(places), self._groups, places, known or {}))

    def follow(self, most: int) -> Places:
        """Run until no sample waits, or `most` runs are made; returns those that still wait."""
        import numpy as np

        while self._waiting and self.runs < most:
            self.runs += 1
            self._one(heapq.heappop(self._waiting))
        left = [group.places for group in self._waiting]
        return np.sort(np.concatenate(left)) if left else np.empty(0, dtype=np.int64)

    def _one(self, group: _Group) -> None:
        """A run at the middle sample of a group."""
        import numpy as np

        at = int(group.places[len(group.places) // 2])
        trace = Trace(self.graph)
        found = self._trace(trace, at)
        new = {g: o for g, o in trace.guards.items() if group.known.get(g) != o}
        program = compiled(self.graph, new, found.nodes)
        gone: dict[int, list[Places]] = {}
        for start in range(0, len(group.places), CHUNK):
            places = group.places[start : start + CHUNK]
            kept, results, left = run(program, self._columns, places, at)
            if len(kept):
                self._take(found.result, kept, results)
            for index, leaving in left:
                gone.setdefault(index, []).append(leaving)
        for index, parts in sorted(gone.items()):
            self.add(np.concatenate(parts), _known(group.known, program, index))


def _known(before: Mapping[Guard, bool], program: Program, index: int) -> dict[Guard, bool]:
    """What is known of samples that left at a step: how its guard and those before came out."""
    kept = {s.guard: s.outcome for s in program.steps[:index] if s.guard is not None}
    last = program.steps[index]
    return {**before, **kept, **({last.guard: not last.outcome} if last.guard else {})}
