"""Exact solution of b = W·b + c on a sparse graph whose loops must shrink.

Each strongly connected part is solved on its own by elimination in rationals. For weights that
are not negative, every pivot is positive exactly when all loops together have a gain below 1
(I − W is then a non-singular M-matrix), so the test for amplification needs no eigenvalues.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Weights = dict[str, dict[str, Fraction]]
"""weights[v][u]: how much of u's value v receives."""


class AmplifyingLoop(ArithmeticError):  # noqa: N818 - it names the defect
    """A part of the graph whose loops feed themselves with a gain of 1 or more."""

    def __init__(self, loop: tuple[str, ...], gain: Fraction) -> None:
        self.loop, self.gain = loop, gain
        super().__init__(" -> ".join(loop))


def solve(
    weights: Mapping[str, Mapping[str, Fraction]],
    constants: Mapping[str, Fraction],
    parts: Sequence[Sequence[str]],
) -> dict[str, Fraction]:
    """The value of every node, part by part; raises AmplifyingLoop."""
    values: dict[str, Fraction] = {}
    for part in parts:
        inside = frozenset(part)
        known = {
            node: constants.get(node, Fraction(0))
            + sum((w * values[u] for u, w in weights[node].items() if u not in inside), Fraction(0))
            for node in part
        }
        if len(part) == 1 and part[0] not in weights[part[0]]:
            values.update(known)
        else:
            values.update(_eliminate(part, weights, known))
    return values


def _eliminate(
    part: Sequence[str],
    weights: Mapping[str, Mapping[str, Fraction]],
    known: dict[str, Fraction],
) -> dict[str, Fraction]:
    """Solve one strongly connected part: forward elimination, then substitution."""
    inside = frozenset(part)
    rows = {v: {u: w for u, w in weights[v].items() if u in inside and w} for v in part}
    for index, node in enumerate(part):
        pivot = 1 - rows[node].pop(node, Fraction(0))
        if pivot <= 0:
            raise AmplifyingLoop(*find_loop(part, weights))
        rows[node] = {u: w / pivot for u, w in rows[node].items()}
        known[node] /= pivot
        for later in part[index + 1 :]:
            factor = rows[later].pop(node, None)
            if factor is None:
                continue
            known[later] += factor * known[node]
            for u, w in rows[node].items():
                rows[later][u] = rows[later].get(u, Fraction(0)) + factor * w
    values: dict[str, Fraction] = {}
    for node in reversed(part):
        values[node] = known[node] + sum(
            (w * values[u] for u, w in rows[node].items()), Fraction(0)
        )
    return values


def find_loop(
    part: Sequence[str], weights: Mapping[str, Mapping[str, Fraction]]
) -> tuple[tuple[str, ...], Fraction]:
    """The loop of a part with the highest gain among the shortest through each node."""
    loops = [loop for node in part if (loop := _shortest_loop(node, frozenset(part), weights))]
    gains = [(_gain(loop, weights), loop) for loop in loops]
    gain, loop = max(gains, key=lambda pair: (pair[0], [-ord(c) for c in pair[1][0]]))
    return loop, gain


def _gain(loop: tuple[str, ...], weights: Mapping[str, Mapping[str, Fraction]]) -> Fraction:
    gain = Fraction(1)
    for source, target in pairwise(loop):
        gain *= weights[target][source]
    return gain


def _shortest_loop(
    start: str, inside: frozenset[str], weights: Mapping[str, Mapping[str, Fraction]]
) -> tuple[str, ...]:
    """The shortest loop through a node, first node repeated at the end."""
    behind: dict[str, str] = {}
    queue = [start]
    for node in queue:
        for source in sorted(u for u, w in weights[node].items() if u in inside and w):
            if source == start:
                loop = [start, node]
                while loop[-1] != start:
                    loop.append(behind[loop[-1]])
                return tuple(loop)
            if source not in behind:
                behind[source] = node
                queue.append(source)
    return ()


def components(weights: Mapping[str, Mapping[str, Fraction]]) -> list[list[str]]:
    """Strongly connected parts, sources first (Tarjan's algorithm, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    parts: list[list[str]] = []
    for root in weights:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        work: list[tuple[str, Iterator[str]]] = [(root, iter(weights[root]))]
        while work:
            node, sources = work[-1]
            for source in sources:
                if source not in index:
                    index[source] = low[source] = len(index)
                    stack.append(source)
                    on_stack.add(source)
                    work.append((source, iter(weights[source])))
                    break
                if source in on_stack:
                    low[node] = min(low[node], index[source])
            else:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[node])
                if low[node] == index[node]:
                    parts.append(_pop_part(node, stack, on_stack))
    return parts


def _pop_part(node: str, stack: list[str], on_stack: set[str]) -> list[str]:
    part = []
    while True:
        member = stack.pop()
        on_stack.discard(member)
        part.append(member)
        if member == node:
            return sorted(part)
