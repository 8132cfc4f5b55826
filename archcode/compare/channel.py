"""A channel of a topology: what produces into it, what it is made of, and who reads it.

A topic is a channel together with the queues that subscribe to it alone, a bus with its rules and
their queues. What follows is a reader.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from archcode import units
from archcode.errors import UsageError
from archcode.model import ONE
from archcode.rules._channels import CHANNELS
from archcode.spec.dump import share_text, values_of
from archcode.spec.problems import suggestion
from archcode.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.spec.model import Spec
    from archcode.topology import Topology
    from archcode.traffic import Hop

SHARING = ("amazonmq.broker", "sqs.queue")
"""Each message goes to one of their readers."""
WITHOUT_READERS = ("events.archive", "eventschemas.discoverer")
"""What looks at a bus, and is a part of it."""


class Reader(Struct, frozen=True):
    """A component that reads, what its flow says, and the flow as it is today."""

    target: str
    values: dict[str, Any]
    hop: Hop


class Group(Struct, frozen=True):
    """Readers that share one copy of the messages, by way of a queue of their own or without.

    `queue` is the queue's name today, `routed` the part of all messages that is meant for them.
    """

    readers: tuple[Reader, ...]
    queue: str = ""
    rule: str = ""
    routed: Fraction = ONE

    @property
    def name(self) -> str:
        """What to call what is made for them."""
        return self.queue or self.readers[0].target

    @property
    def selective(self) -> bool:
        """Whether the filter of a single reader can be applied before its messages are queued."""
        return not self.queue and len(self.readers) == 1

    @property
    def wanted(self) -> Fraction:
        """The part of all messages that has to come into a queue of theirs."""
        return routed_by(self.readers[0].values) if self.selective else self.routed

    @property
    def pushed(self) -> bool:
        """Whether messages reach them one by one, without a queue: a function, or an endpoint."""
        return not self.queue and all(
            reader.hop.invoked == "asynchronous" for reader in self.readers
        )


class Channel(Struct, frozen=True):
    """A channel with its surroundings; `parts` are the components that it is made of.

    `values` are the plain values of the whole spec, which an option changes a copy of.
    """

    name: str
    topology: Topology
    producers: tuple[tuple[str, dict[str, Any]], ...]
    groups: tuple[Group, ...]
    parts: tuple[str, ...]
    values: dict[str, Any]

    @property
    def readers(self) -> tuple[Reader, ...]:
        """All that read it."""
        return tuple(reader for group in self.groups for reader in group.readers)

    def of(self, name: str) -> dict[str, Any]:
        """What the spec says of a component."""
        found: dict[str, Any] = self.values["components"].get(name, {})
        return found

    def about(self, *keys: str) -> dict[str, Any]:
        """Some of what the spec says of the component itself."""
        return {key: value for key, value in self.of(self.name).items() if key in keys}


def channel_of(topology: Topology, name: str) -> Channel:
    """The channel of a component; raises UsageError for what is none, or carries nothing."""
    spec = topology.spec
    _known(spec, name)
    walk = _Walk(topology, values_of(spec))
    groups = tuple(walk.groups(name))
    parts = (name, *walk.parts)
    producers = tuple(
        (flow["from"], _without_ends(flow))
        for flow in walk.values["flows"]
        if flow["to"] == name and flow["from"] not in parts
    )
    if not producers or not groups:
        lacking = "comes into" if not producers else "reads"
        raise UsageError(f"{name} cannot be compared: nothing {lacking} it")
    return Channel(name, topology, producers, groups, parts, walk.values)


def channels_of(spec: Spec) -> tuple[str, ...]:
    """The components that are channels."""
    return tuple(name for name, part in spec.components.items() if part.type in CHANNELS)


def _known(spec: Spec, name: str) -> None:
    channels = channels_of(spec)
    listed = f"channels: {', '.join(channels)}" if channels else "it has no channel"
    if name not in spec.components:
        hint = suggestion(name, channels, "channels") if channels else listed
        raise UsageError(f"{quoted(name)} is no component; {hint}")
    if name not in channels:
        kind = spec.components[name].type
        raise UsageError(f"{name} is no channel, but of type {kind}; {listed}")


class _Walk:
    """The way from a channel to its readers; `parts` are the components passed."""

    def __init__(self, topology: Topology, values: dict[str, Any]) -> None:
        self.values, self.parts = values, dict[str, None]()
        self._components = topology.spec.components
        self._hops = {
            id(flow): hop for flow, hop in zip(values["flows"], topology.hops, strict=False)
        }

    def groups(self, name: str) -> Iterator[Group]:
        """The readers, those together that share."""
        flows = self._out(name)
        if self._components[name].type in SHARING:
            queue = name if self._components[name].type == "sqs.queue" else ""
            readers = tuple(self._reader(flow, {}) for flow in flows)
            if len(readers) > 1 and self._each(name, len(readers)):
                yield from self._apart(name, readers)
            elif readers:
                yield Group(readers, queue)
            return
        for flow in flows:
            yield from self._group(flow, {}, "")

    def _group(self, flow: dict[str, Any], before: dict[str, Any], rule: str) -> Iterator[Group]:
        name, source = flow["to"], self._components[flow["from"]].type
        kind, values = self._components[name].type, _joined(before, flow)
        if kind in WITHOUT_READERS:
            self.parts[name] = None
        elif kind == "events.rule" and source == "events.event_bus":
            self.parts[name] = None
            for later in self._out(name):
                yield from self._group(later, values, name)
        elif kind == "sqs.queue" and source in ("sns.topic", "events.rule") and self._alone(name):
            self.parts[name] = None
            readers = tuple(self._reader(later, _carried(values)) for later in self._out(name))
            if readers:
                yield Group(readers, name, rule, routed_by(values))
        else:
            yield Group((self._reader(flow, before),), "", rule)

    def _each(self, name: str, readers: int) -> bool:
        """Whether all readers of what shares its messages out are to read every message."""
        needs = self._components[name].requires
        return needs is not None and needs.consumers == readers

    def _apart(self, name: str, readers: tuple[Reader, ...]) -> Iterator[Group]:
        """A group for each reader, with all messages; what required it is then kept."""
        values = self.values["components"][name]
        needs = {k: v for k, v in values["requires"].items() if k != "consumers"}
        values |= {"requires": needs}
        if not needs:
            del values["requires"]
        for reader in readers:
            yield Group((_unshared(reader),))

    def _reader(self, flow: dict[str, Any], before: dict[str, Any]) -> Reader:
        return Reader(flow["to"], _joined(before, flow), self._hops[id(flow)])

    def _out(self, name: str) -> list[dict[str, Any]]:
        return [flow for flow in self.values["flows"] if flow["from"] == name]

    def _alone(self, name: str) -> bool:
        """Whether one flow alone leads into a queue."""
        return [flow["to"] for flow in self.values["flows"]].count(name) == 1


def _without_ends(flow: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in flow.items() if key not in ("from", "to")}


def _unshared(reader: Reader) -> Reader:
    """A reader that gets all of what it has a share of today."""
    values = {key: value for key, value in reader.values.items() if key != "share"}
    hop, factors = reader.hop, [f for f in reader.hop.factors if f.name != "share"]
    for factor in hop.factors:
        if factor.name == "share" and factor.value:
            hop = replace(hop, handed=hop.handed.times(1 / factor.value))
    return Reader(reader.target, values, replace(hop, factors=tuple(factors)))


def _joined(before: dict[str, Any], flow: dict[str, Any]) -> dict[str, Any]:
    """What two flows in a row say together: filters multiply, else the later one counts."""
    values = before | _without_ends(flow)
    if "filter" in before and "filter" in flow:
        values["filter"] = share_text(units.share(before["filter"]) * units.share(flow["filter"]))
    return values


def _carried(values: dict[str, Any]) -> dict[str, Any]:
    """What of a flow into a queue holds for what comes out of it: sizes, and what is required."""
    return {key: value for key, value in values.items() if key in ("size", "requires")}


def routed_by(values: dict[str, Any]) -> Fraction:
    """The part of all messages that a flow lets through."""
    return units.share(values["filter"]) if "filter" in values else ONE
