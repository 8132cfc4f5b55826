"""Options for a channel or a whole spec, each priced with the whole topology."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archcode.compare.channel import Channel, channel_of
from archcode.compare.consumers import loads_of
from archcode.compare.ends import Carried, at_both_ends
from archcode.compare.judge import Judge, Subject, refused
from archcode.compare.kinds import Kind, built, kind_of, others
from archcode.compare.option import Option
from archcode.compare.sizing import Basis
from archcode.currency import USD
from archcode.errors import SpecError
from archcode.services import find
from archcode.units import EXACT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archcode.estimate import Estimate
    from archcode.spec.model import Spec
    from archcode.topology import Topology

__all__ = ["Basis", "Comparison", "Option", "compare_alternatives", "compare_channel"]


class Comparison(Struct, frozen=True):
    """Options, the cheapest first, those that are ruled out last.

    `subjects` are the components that are compared, none for whole alternatives.
    """

    title: str
    subjects: tuple[str, ...]
    today: Estimate
    options: tuple[Option, ...]

    @property
    def current(self) -> Option:
        """What there is today."""
        return next(option for option in self.options if option.current)

    def difference(self, option: Option) -> Decimal | None:
        """What an option costs more than today as agreed, in US dollars a month."""
        return self.differences(option)[1]

    def differences(self, option: Option) -> tuple[Decimal | None, ...]:
        """The same at the low end of today's cost, typically and at the high end."""
        return _less(option.costs, self.current.costs)

    def list_differences(self, option: Option) -> tuple[Decimal | None, ...]:
        """The same at list prices."""
        return _less(option.list_costs, self.current.list_costs)


def compare_channel(spec: Spec, channel: str, basis: Basis, *, consumers: int = 0) -> Comparison:
    """Carry a channel of a spec by every service that could, for so many consumers if stated.

    Alternatives of the spec that touch the channel are options, too. Raises SpecError where the
    spec has no traffic that can be told, and UsageError where the component is no channel.
    """
    topology = loads_of(spec, channel, consumers, basis)
    found, judge = channel_of(topology, channel), Judge(topology, basis)
    name = kind_of(found)
    as_it_is = judge.today(name, channel, found.parts)
    # What is ruled out only as it is configured may do with other sizes.
    left = [kind for kind in others(found) if kind.name != name or as_it_is.reasons]
    options = [as_it_is, *(_option(kind, found, judge) for kind in left)]
    options += [judge.alternative(made) for made in spec.alternatives if channel in made.changed]
    options = at_both_ends(spec, options, basis, Carried(channel, consumers))
    return Comparison(spec.title, (channel,), judge.estimate, tuple(ordered(options)))


def compare_alternatives(spec: Spec, basis: Basis) -> Comparison:
    """The alternatives of a spec beside what it is today.

    Raises SpecError where the spec has no traffic that can be told.
    """
    judge = Judge(basis.loaded(spec), basis)
    touched = [name for made in spec.alternatives for name in made.changed]
    parts = tuple(name for name in dict.fromkeys(touched) if name in spec.components)
    first = parts[0] if parts else next(iter(spec.components))
    options = [judge.today("As it is", first, parts)]
    options += [judge.alternative(made) for made in spec.alternatives]
    options = at_both_ends(spec, options, basis)
    return Comparison(spec.title, (), judge.estimate, tuple(ordered(options)))


def ordered(options: Iterable[Option]) -> list[Option]:
    """By cost, then as they came; what has no known price, and what is ruled out, comes last."""
    return sorted(
        options,
        key=lambda o: (not o.feasible, not o.priced, o.cost is None, o.cost or 0),
    )


def _less(
    costs: Iterable[Decimal | None], others: Iterable[Decimal | None]
) -> tuple[Decimal | None, ...]:
    """The differences of costs, None where one of both is unknown."""
    pairs = zip(costs, others, strict=True)
    return tuple(None if a is None or b is None else EXACT.subtract(a, b) for a, b in pairs)


def carried_by(kind: Kind, channel: Channel, basis: Basis) -> tuple[Subject, Topology]:
    """A channel carried by a service; raises SpecError where the language does not allow it."""
    made, topology = built(kind, channel, basis)
    subject = replace(subject_by(kind), parts=tuple(made.parts), notes=tuple(made.notes))
    return subject, topology


def subject_by(kind: Kind) -> Subject:
    """What a service is called before it is made."""
    return Subject(kind.name, kind.type, find(kind.type).resource_type, ())


def _option(kind: Kind, channel: Channel, judge: Judge) -> Option:
    try:
        subject, topology = carried_by(kind, channel, judge.basis)
    except SpecError as error:
        return refused(subject_by(kind), error)
    return _with_room(judge.judged(subject, topology), judge)


def _with_room(option: Option, judge: Judge) -> Option:
    """A broker of unknown price, with what it may cost before it is dearer than today."""
    if option.type != "broker" or option.priced or option.list_cost is None:
        return option
    room = EXACT.subtract(judge.estimate.list_cost, option.list_cost)
    may = f"may cost up to {USD.shown(room, room)} a month" if room > 0 else "may cost nothing"
    note = f"{may} before the whole costs more than today; its own price is not stated"
    return replace(option, notes=(note, *option.notes))
