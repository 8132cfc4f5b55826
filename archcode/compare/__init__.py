"""A channel carried by every service that could carry it, each priced with the whole topology."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from archcode.compare.channel import Channel, channel_of
from archcode.compare.consumers import with_consumers
from archcode.compare.kinds import KINDS, Kind, kind_of
from archcode.compare.option import Option, Subject, judged, key_of, refused
from archcode.compare.sizing import Basis
from archcode.compare.wiring import Wiring
from archcode.errors import SpecError
from archcode.estimate import price
from archcode.review import findings
from archcode.services import find
from archcode.topology import propagate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archcode.estimate import Estimate
    from archcode.spec.model import Spec

__all__ = ["Basis", "Comparison", "Option", "compare_channel"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Options, the cheapest first, those that are ruled out last.

    `subjects` are the components that are compared, none for whole alternatives.
    """

    title: str
    subjects: tuple[str, ...]
    today: Estimate
    options: tuple[Option, ...]

    @property
    def current(self) -> Option:
        """What carries the channel today."""
        return next(option for option in self.options if option.current)

    def difference(self, option: Option) -> Decimal | None:
        """What an option costs more than today, in US dollars a month."""
        cost = option.list_cost
        return None if cost is None else cost - self.today.list_cost


def compare_channel(spec: Spec, channel: str, basis: Basis, *, consumers: int = 0) -> Comparison:
    """Carry a channel of a spec by every service that could, for so many consumers if stated.

    Raises SpecError where the spec has no traffic that can be told, and UsageError where the
    component is no channel.
    """
    topology = propagate(spec, region=basis.region, hours_per_month=basis.hours_per_month)
    if consumers:
        more = with_consumers(topology, channel, consumers)
        topology = propagate(more, region=basis.region, hours_per_month=basis.hours_per_month)
    found = channel_of(topology, channel)
    today = price(topology, basis.prices, free_tier=basis.free_tier)
    known = {key_of(finding) for finding in findings(today)}
    name = kind_of(found)
    as_it_is = judged(_today(found, name), topology, basis, known)
    # What is ruled out only as it is configured may do with other sizes.
    left = [kind for kind in KINDS if kind.name != name or as_it_is.reasons]
    options = [as_it_is, *(_option(kind, found, basis, known) for kind in left)]
    return Comparison(spec.title, (channel,), today, tuple(ordered(options)))


def ordered(options: Iterable[Option]) -> list[Option]:
    """By cost, then in the order they came; what is ruled out comes last."""
    return sorted(options, key=lambda o: (not o.feasible, o.list_cost is None, o.list_cost or 0))


def _today(channel: Channel, name: str) -> Subject:
    kind = channel.topology.spec.components[channel.name].type
    return Subject(name, kind, find(kind).resource_type, channel.parts, current=True)


def _option(kind: Kind, channel: Channel, basis: Basis, known: set[tuple[str, str, str]]) -> Option:
    made = Wiring(channel)
    subject = Subject(kind.name, kind.type, find(kind.type).resource_type, ())
    try:
        kind.build(made, basis)
        topology = basis.carried(made.finished())
    except SpecError as error:
        return refused(subject, error)
    subject = Subject(subject.name, subject.type, subject.resource_type, tuple(made.parts))
    return judged(subject, topology, basis, known)
