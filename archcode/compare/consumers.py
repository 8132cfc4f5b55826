"""The same channel with another number of consumers, each of which reads every message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.compare.channel import SHARING, channel_of
from archcode.compare.draft import Draft
from archcode.errors import UsageError

if TYPE_CHECKING:
    from archcode.compare.channel import Channel, Group
    from archcode.compare.sizing import Basis
    from archcode.spec.model import Spec
    from archcode.topology import Topology


def with_consumers(topology: Topology, name: str, number: int) -> Spec:
    """The spec with so many consumers; those that are added are like the first one.

    What the first one sends on, the others do not. A queue, which hands each message to one of
    them, is then required to have so many that read it, which rules it out as it is. Raises
    UsageError where the channel has more of them.
    """
    channel = channel_of(topology, name)
    first, have = channel.groups[0], len(channel.groups)
    if number == have:
        return topology.spec
    if number < have:
        raise UsageError(f"--consumers is {number}, but {name} has {have} that read every message")
    draft = Draft(channel.values)
    for _ in range(number - have):
        _copy(draft, channel, first)
    if topology.spec.components[name].type in SHARING:
        kept = draft.components[name].get("requires", {})
        draft.components[name]["requires"] = kept | {"consumers": number}
    return draft.spec()


def loads_of(spec: Spec, channel: str, consumers: int, basis: Basis) -> Topology:
    """The loads of a spec, with so many consumers of a channel if that is stated.

    Raises SpecError where the traffic cannot be told, and as `with_consumers` does.
    """
    topology = basis.loaded(spec)
    if not consumers:
        return topology
    return basis.loaded(with_consumers(topology, channel, consumers))


def _copy(draft: Draft, channel: Channel, group: Group) -> None:
    """Another group that reads what a group reads, by parts of its own."""
    own = [part for part in (group.rule, group.queue) if part and part != channel.name]
    names = {}
    for old in (*own, *(reader.target for reader in group.readers)):
        names[old] = draft.free(old)
        draft.put(names[old], draft.components[old], old)
    inside = {channel.name, *own}
    for flow in [f for f in draft.flows if f["from"] in inside and f["to"] in names]:
        source, target = names.get(flow["from"], flow["from"]), names[flow["to"]]
        draft.flows.append(flow | {"from": source, "to": target})
