"""Views that nobody has to write: one of each group, of each entrance, of each level of groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.spec.view import DEEPEST, View

if TYPE_CHECKING:
    from archcode.spec.model import Spec
    from archcode.topology import Topology

OVERVIEW = "groups"
READABLE = 40
"""So many boxes are still read on a slide."""


def by_group(spec: Spec) -> tuple[View, ...]:
    """An overview in which groups are closed, and one view of each outermost group."""
    inner = {member for group in spec.groups for member in group.contains}
    tops = [group.name for group in spec.groups if group.name not in inner]
    pages = tuple(View(f"group-{name}", "group", (name,), most=READABLE) for name in tops)
    return (View(OVERVIEW, "depth"), *pages) if pages else ()


def by_flow(topology: Topology) -> tuple[View, ...]:
    """One view of each component where traffic enters."""
    spec = topology.spec
    entrances = {hop.source for hop in topology.hops if hop.stated} | spec.productions().keys()
    return tuple(
        View(f"flow-{name}", "flow", (name,), most=READABLE)
        for name in spec.components
        if name in entrances
    )


def by_depth(spec: Spec) -> tuple[View, ...]:
    """One view of each level of groups: all of them closed, the outermost open, and so on."""
    levels = max((len(around) for around in spec.frames().values()), default=0)
    depths = range(min(levels, DEEPEST) + 1) if levels else ()
    return tuple(View(f"depth-{depth}", "depth", depth=depth) for depth in depths)
