"""Arrows that lead back: Graphviz is told of them the other way around."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from archcode.draw.plan import Edge, Plan


def beside(plan: Plan, edge: Edge) -> bool:
    """Whether an arrow joins a dead-letter queue that hangs under another queue.

    The column of that queue is none of its business.
    """
    return edge.kind == "redrive" and plan.under.get(edge.target, edge.source) != edge.source


def backwards(plan: Plan) -> set[Edge]:
    """The edges that close a cycle when one follows them from the first box on."""
    heads = {name: [name, *plan.above(name)][-1] for name in plan.boxes}
    leaving: dict[str, list[Edge]] = defaultdict(list)
    for edge in plan.edges:
        if heads[edge.source] != heads[edge.target] and not beside(plan, edge):
            leaving[heads[edge.source]].append(edge)
    entered = {heads[edge.target] for edges in leaving.values() for edge in edges}
    roots = sorted(dict.fromkeys(heads.values()), key=lambda name: name in entered)
    return set(_closing(roots, leaving, heads))


def _closing(
    roots: list[str], leaving: Mapping[str, list[Edge]], heads: Mapping[str, str]
) -> Iterator[Edge]:
    """Depth-first search without recursion, as a chain may be a thousand boxes long."""
    done: set[str] = set()
    for root in roots:
        way = [] if root in done else [(root, iter(leaving[root]))]
        open_ = {root}
        while way:
            name, edges = way[-1]
            edge = next(edges, None)
            if edge is None:
                way.pop()
                open_.discard(name)
                done.add(name)
                continue
            target = heads[edge.target]
            if target in open_:
                yield edge
            elif target not in done:
                open_.add(target)
                way.append((target, iter(leaving[target])))
