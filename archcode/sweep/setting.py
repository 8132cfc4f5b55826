"""A spec at one value of each variable: how its options are loaded, sized and priced there.

The text of an option does not depend on rates and sizes but for what is sized for them, so that
one text is parsed once, and the loads are changed after that: any rational is exact.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct, field
from msgspec.structs import replace

from archcode.alike import Alike
from archcode.compare import Basis
from archcode.compare.channel import channel_of
from archcode.compare.consumers import with_consumers
from archcode.errors import UsageError
from archcode.growth import scaled
from archcode.model import ONE, ZERO
from archcode.sweep.variable import Unit, sized
from archcode.sweep.within import with_setting
from archcode.topology import propagate
from archcode.units import ceil

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archcode.compare.channel import Channel, Group
    from archcode.compare.draft import Draft
    from archcode.spec.model import Spec
    from archcode.sweep.variable import Variable
    from archcode.topology import Topology
    from archcode.traffic import Hop

Values = tuple[tuple["Variable", Fraction], ...]
"""The value of each variable."""


class Changed(Alike, Basis, frozen=True, eq=False):
    """A basis on which every spec has `times` its traffic, and messages of one size if stated.

    `read` keeps what has been parsed, by its text.
    """

    apart: ClassVar[frozenset[str]] = frozenset({"read"})

    times: Fraction = ONE
    size: Fraction = ZERO
    read: dict[str, Spec] = field(default_factory=dict)

    def loaded(self, spec: Spec) -> Topology:
        """A spec with its loads as they are changed; raises SpecError."""
        found = sized(spec, self.size) if self.size else spec
        found = scaled(found, self.times) if self.times != ONE else found
        return propagate(found, region=self.region, hours_per_month=self.hours_per_month)

    def carried(self, draft: Draft) -> Topology:
        """A draft with its loads as they are changed; raises SpecError."""
        text = draft.text()
        if text not in self.read:
            self.read[text] = draft.spec()
        return self.loaded(self.read[text])


class Source(Struct, frozen=True):
    """A spec as it was written, the channel in question or "", and the rate that comes in today.

    The rate is that of the messages into the channel; without one, of all that enter.
    """

    spec: Spec
    channel: str
    basis: Changed
    today: Topology
    rate: Fraction

    @classmethod
    def of(cls, spec: Spec, channel: str, basis: Basis) -> Source:
        """Raises SpecError where the traffic cannot be told, UsageError for what is no channel."""
        changed = Changed(basis.prices, basis.region, basis.hours_per_month, basis.free_tier)
        topology = changed.loaded(spec)
        if not channel:
            return cls(spec, "", changed, topology, _entering(topology))
        parts = channel_of(topology, channel).parts
        return cls(spec, channel, changed, topology, _into(topology, channel, parts))

    def basis_at(self, values: Values) -> Changed:
        """The basis at a value of each variable."""
        given = {variable.unit: x for variable, x in values}
        times = given.get(Unit.TIMES, ONE)
        if Unit.RATE in given:
            times = given[Unit.RATE] / self.rate
        return replace(self.basis, times=times, size=given.get(Unit.BYTES, ZERO))

    def spec_at(self, values: Values) -> Spec:
        """The spec with the settings and the consumers asked for; its rates are today's."""
        spec = self.spec
        for variable, x in values:
            if variable.unit is Unit.SETTING:
                spec = with_setting(spec, variable.name, variable.written(x))
        for variable, x in values:
            if variable.unit is Unit.CONSUMERS:
                spec = with_consumers(self.basis.loaded(spec), self.channel, ceil(x))
        return spec

    def channel_at(self, values: Values) -> Channel:
        """The channel at a value of each variable: with its batches there, and today's rates.

        What states a rate in the text of an option states today's, which the basis changes.
        """
        spec = self.spec_at(values)
        today = self.today if spec is self.spec else self.basis.loaded(spec)
        found = channel_of(today, self.channel)
        topology = self.basis_at(values).loaded(spec)
        later = {id(old.options): new for old, new in zip(today.hops, topology.hops, strict=True)}
        groups = tuple(_as_later(group, later) for group in found.groups)
        return replace(found, topology=topology, groups=groups)


def _as_later(group: Group, later: Mapping[int, Hop]) -> Group:
    readers = tuple(
        replace(reader, hop=replace(reader.hop, batch=later[id(reader.hop.options)].batch))
        for reader in group.readers
    )
    return replace(group, readers=readers)


def _into(topology: Topology, name: str, parts: tuple[str, ...]) -> Fraction:
    """Messages/s that producers send into a channel."""
    hops = [h for h in topology.traffic[name].inflows if h.kind == "flow" and h.source not in parts]
    return _some(sum((hop.handed.messages_per_second for hop in hops), ZERO), f"into {name}")


def _entering(topology: Topology) -> Fraction:
    """Messages/s that flows state, and that components send by themselves."""
    stated = [flow.settings.rate for flow in topology.spec.flows]
    made = topology.spec.productions().values()
    total = sum((rate for rate in stated if rate), ZERO)
    return _some(total + sum((one.messages_per_second for one in made), ZERO), "into the spec")


def _some(rate: Fraction, where: str) -> Fraction:
    if not rate:
        raise UsageError(f"cannot be swept: no messages come {where}")
    return rate
