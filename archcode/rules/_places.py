"""Where something is required: the channels that it is about, and the way that leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.requires import Requires
from archcode.rules._alternatives import would_satisfy
from archcode.rules._channels import (
    ORIGINS,
    calls,
    channel,
    flows_into,
    flows_out_of,
    readers_of,
    repeating,
)
from archcode.services._promises import unmet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archcode.rules._channels import Channel
    from archcode.topology import Topology
    from archcode.traffic import Hop


class Place(Struct, frozen=True):
    """A component or a flow that requires something.

    `channels` are what the requirement is about, `reading` those of them whose keeping and fan-out
    counts, `arriving` the flows that the way there ends with. `needed` is what services have to
    promise: consumers that are idempotent need no more than to get every message.
    """

    where: str
    wanted: Requires
    needed: Requires
    channels: tuple[Channel, ...]
    reading: tuple[Channel, ...]
    arriving: tuple[Hop, ...]
    component: str = ""

    def calls(self, topology: Topology) -> bool:
        """Whether all that arrives here is called, so that no service keeps or copies it."""
        return bool(self.arriving) and all(calls(topology, hop) for hop in self.arriving)


def places(topology: Topology) -> Iterator[Place]:
    """Every component and flow that requires something."""
    for name, component in topology.spec.components.items():
        if component.requires is not None:
            yield _component(topology, name, component.requires)
    for hop in topology.hops:
        wanted = hop.options.requires
        if wanted is not None:
            ends = _known(channel(topology, hop.source, hop), channel(topology, hop.target))
            needed = _needed(topology, wanted, ends)
            yield Place(hop.where, wanted, needed, ends, ends[:1], (hop,))


def _component(topology: Topology, name: str, wanted: Requires) -> Place:
    """A channel requires it of itself, a consumer of what it reads, a producer of what it feeds."""
    inflows = tuple(flows_into(topology, name))
    found = _known(channel(topology, name))
    if not found and inflows:
        found = _known(*(channel(topology, hop.source, hop) for hop in inflows))
    elif not found:
        fed = dict.fromkeys(hop.target for hop in flows_out_of(topology, name))
        found = _known(*(channel(topology, target) for target in fed))
    return Place(name, wanted, _needed(topology, wanted, found), found, found, inflows, name)


def _known(*ends: Channel | None) -> tuple[Channel, ...]:
    return tuple(end for end in ends if end)


def _needed(topology: Topology, wanted: Requires, channels: tuple[Channel, ...]) -> Requires:
    """What services have to promise, now that it is known what consumers make of a second copy."""
    readers = {name for at in channels for name in readers_of(topology, at)}
    if wanted.delivery != "exactly_once" or not readers or repeating(topology, readers):
        return wanted
    return wanted.model_copy(update={"delivery": "at_least_once"})


def way_to(
    topology: Topology,
    place: Place,
    told: Callable[[Requires], bool],
    ends: Callable[[Hop], bool] = lambda _: False,
) -> list[Hop]:
    """The flows upstream of a place, back to where ways begin, or to those for which `ends` holds.

    Another place that is `told` the same, and what lies beyond it, is left out: it says so itself.
    """
    components = topology.spec.components
    found: dict[str, Hop] = {}
    todo = [*place.arriving]
    while todo:
        hop = todo.pop()
        others = [components[hop.source].requires]
        others += [] if hop.where == place.where else [hop.options.requires]
        if hop.where in found or any(other is not None and told(other) for other in others):
            continue
        found[hop.where] = hop
        if not ends(hop) and hop.source_type not in ORIGINS:
            todo += flows_into(topology, hop.source)
    return sorted(found.values(), key=lambda hop: hop.where)


def hint(place: Place, key: str, at: Channel) -> str:
    """What to set, if other settings are all it takes, and which services would do."""
    needed = place.needed
    if at.copies > (needed.consumers or 1):
        needed = needed.model_copy(update={"consumers": at.copies})
    others = would_satisfy(needed)
    remedy = "" if key in unmet(at.best, needed) else at.promise.remedy(key, at.name, needed)
    return f"{remedy}; {others}" if remedy else others
