"""Guards and results of a path as steps that NumPy counts for many samples at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.sampling.graph import TOLERANCE, WHOLE, Graph, Guard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]
    Columns = Sequence[Floats]
    Counted = dict[int, Floats | float]


class Step(Struct, frozen=True):
    """Nodes to count, then a guard to test (the last step has none), then nodes to forget."""

    nodes: tuple[int, ...]
    guard: Guard | None
    outcome: bool
    done: tuple[int, ...]


class Program(Struct, frozen=True):
    """The steps of a path, and the nodes that are its results."""

    graph: Graph
    steps: tuple[Step, ...]
    results: tuple[int, ...]


def compiled(graph: Graph, guards: Mapping[Guard, bool], results: Sequence[int]) -> Program:
    """Every node is counted before the first guard that needs it, and forgotten after the last."""
    seen: set[int] = set()
    drawn: list[tuple[tuple[int, ...], Guard | None, bool]] = [
        (_missing(graph, (guard.first, guard.second), seen), guard, outcome)
        for guard, outcome in guards.items()
    ]
    drawn.append((_missing(graph, results, seen), None, True))
    last: dict[int, int] = {}
    for place, (nodes, guard, _) in enumerate(drawn):
        used = [side for node in nodes for side in _sides(graph, node)]
        used += [guard.first, guard.second] if guard else results
        last |= dict.fromkeys((*nodes, *used), place)
    done: list[list[int]] = [[] for _ in drawn]
    for node, place in last.items():
        done[place].append(node)
    steps = (Step(*part, tuple(sorted(done[place]))) for place, part in enumerate(drawn))
    return Program(graph, tuple(steps), tuple(results))


def _missing(graph: Graph, wanted: Iterable[int], seen: set[int]) -> tuple[int, ...]:
    """The nodes that some nodes are made of and that are not counted yet, in order."""
    found: list[int] = []
    left = [*wanted]
    while left:
        node = left.pop()
        if node not in seen:
            seen.add(node)
            found.append(node)
            left += _sides(graph, node)
    return tuple(sorted(found))


def _sides(graph: Graph, place: int) -> tuple[int, ...]:
    """The nodes that a node is made of."""
    node = graph.nodes[place]
    if node.operation in ("number", "input"):
        return ()
    one_sided = node.operation in ("ceil", "floor", "power")
    return (node.first,) if one_sided else (node.first, node.second)


def run(
    program: Program, columns: Columns, places: Places, kept: int
) -> tuple[Places, list[Floats | float], list[tuple[int, Places]]]:
    """The samples that keep all guards with their results, and where each of the others left.

    `kept` is the sample that the path was found at, which keeps them whatever rounding says.
    """
    import numpy as np

    counted: Counted = {}
    left: list[tuple[int, Places]] = []
    alive = np.ones(len(places), dtype=bool)
    with np.errstate(all="ignore"):
        for index, step in enumerate(program.steps):
            _count(program.graph, step.nodes, counted, columns, places)
            if step.guard is not None:
                agrees = _agrees(step.guard, counted, outcome=step.outcome)
                holds = agrees | (places == kept)
                gone = alive & ~holds
                if gone.any():
                    left.append((index, places[gone]))
                    alive &= holds
                    if not alive.any():
                        return places[:0], [], left
                    if 2 * np.count_nonzero(alive) < len(places):
                        places, alive = _fewer(counted, places, alive), alive[alive]
                _forget(counted, step)
        if not alive.all():
            places = _fewer(counted, places, alive)
    return places, [counted[node] for node in program.results], left


def _fewer(counted: Counted, places: Places, alive: NDArray[np.bool_]) -> Places:
    """Only the samples that are still there."""
    for node, values in counted.items():
        if not isinstance(values, float):
            counted[node] = values[alive]
    return places[alive]


def _forget(counted: Counted, step: Step) -> None:
    for node in step.done:
        counted.pop(node, None)


def _agrees(guard: Guard, counted: Counted, *, outcome: bool) -> NDArray[np.bool_]:
    """Whether a comparison comes out so.

    Where the two are so near that rounding may have parted them, either way will do: the costs
    there are the same, but for steps that no sample can be told to be before or behind. Those that
    are the same number are equal.
    """
    import numpy as np

    one, other = np.asarray(counted[guard.first]), np.asarray(counted[guard.second])
    near = np.abs(one - other) <= TOLERANCE * np.maximum(np.abs(one), np.abs(other))
    if guard.kind == "==":
        found = near if outcome else one != other
    elif outcome:
        found = (one < other) | (near & (one != other))
    else:
        found = (one >= other) | near
    return np.asarray(found, dtype=bool)


def _count(
    graph: Graph, nodes: Iterable[int], counted: Counted, columns: Columns, places: Places
) -> None:
    """Count nodes, each from those before it."""
    import numpy as np

    pairs = {
        "+": np.add,
        "-": np.subtract,
        "*": np.multiply,
        "/": np.divide,
        "max": np.maximum,
        "min": np.minimum,
    }
    for place in nodes:
        node = graph.nodes[place]
        if node.operation == "number":
            counted[place] = float(graph.numbers[place])
        elif node.operation == "input":
            counted[place] = columns[node.first][places]
        elif node.operation in pairs:
            counted[place] = pairs[node.operation](counted[node.first], counted[node.second])
        elif node.operation == "power":
            counted[place] = _power(counted[node.first], node.second)
        else:
            counted[place] = _whole(node.operation, counted[node.first])


def _power(base: Floats | float, exponent: int) -> Floats | float:
    """By repeated squaring, which rounds alike on every machine."""
    result: Floats | float = 1.0
    while exponent:
        if exponent & 1:
            result = result * base
        base, exponent = base * base, exponent >> 1
    return result


def _whole(operation: str, value: Floats | float) -> Floats | float:
    """Rounded up or down, but to the nearest whole number where that is as near as rounding."""
    import numpy as np

    slack = WHOLE * np.abs(value)
    return np.ceil(value - slack) if operation == "ceil" else np.floor(value + slack)
