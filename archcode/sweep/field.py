"""All options at any value of the variables, each built, sized and priced anew, and kept.

What may be chosen is what `archcode compare` may call the cheapest: nothing rules it out, its
channel has known prices, and it stays within every limit and guideline.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archcode.compare import carried_by, subject_by
from archcode.compare.judge import Against, Judge, Subject, subject_of, subject_today, told
from archcode.compare.kinds import KINDS, Kind, kind_of
from archcode.compare.option import Option, sizes_text
from archcode.errors import SpecError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping
    from decimal import Decimal

    from archcode.compare.channel import Channel
    from archcode.estimate import Estimate
    from archcode.spec.model import Alternative, Spec
    from archcode.sweep.setting import Changed, Source, Values
    from archcode.topology import Topology
    from archcode.traffic import Traffic


RESIZED = " (resized)"
"""Ends the name of a service like today's that is sized anew at each point, as today's is not."""


class Place:
    """A spec at one value of each variable, and what has been worked out there."""

    def __init__(self, source: Source, values: Values) -> None:
        self._source, self._values = source, values
        self.basis: Changed = source.basis_at(values)

    @cached_property
    def spec(self) -> Spec:
        """The spec there, its rates those of today."""
        return self._source.spec_at(self._values)

    @cached_property
    def channel(self) -> Channel:
        """The channel there."""
        return self._source.channel_at(self._values)

    @cached_property
    def judge(self) -> Judge:
        """What is as it is today, and so rules out nothing else."""
        if self._source.channel:
            return Judge(self.channel.topology, self.basis)
        return Judge(self.basis.loaded(self.spec), self.basis)


class Candidate(Struct, frozen=True):
    """A way to carry the messages, under a name of its own; `build` may raise SpecError."""

    name: str
    subject: Subject
    build: Callable[[Place], tuple[Subject, Topology]]


class Built:
    """A candidate at one place: its cost, and on demand whether it may be chosen."""

    def __init__(self, candidate: Candidate, place: Place) -> None:
        self._place, self.subject = place, candidate.subject
        self.estimate: Estimate | None = None
        self._refused: tuple[str, ...] = ()
        try:
            self.subject, topology = candidate.build(place)
        except SpecError as error:
            self._refused = tuple(dict.fromkeys(told(finding) for finding in error.findings))
            return
        current = self.subject.current
        self.estimate = place.judge.estimate if current else place.basis.priced(topology)

    @cached_property
    def option(self) -> Option:
        """The same as a comparison has it, without what is not asked for here."""
        made, estimate = self.subject, self.estimate
        spec = estimate.topology.spec if estimate else None
        parts = made.parts
        return Option(
            made.name, made.type, made.resource_type, made.current, parts, spec, estimate,
        )  # fmt: skip

    @property
    def list_cost(self) -> Decimal | None:
        """The monthly cost of the whole topology, at least."""
        return self.estimate.list_cost if self.estimate else None

    @property
    def size(self) -> str:
        """Its sizes in words."""
        return sizes_text(self.option)

    @cached_property
    def against(self) -> Against:
        """What speaks against it."""
        if self.estimate is None:
            return Against(self._refused)
        return self._place.judge.against(self.subject, self.estimate)

    @property
    def fits(self) -> bool:
        """Whether it may be called the cheapest."""
        said = self.against
        return not said.reasons and not said.exceeded and self.option.priced


class Field:
    """All candidates over one or more variables; names are in the order that decides ties."""

    def __init__(self, source: Source, candidates: Iterable[Candidate]) -> None:
        self.source = source
        self.candidates = {one.name: one for one in candidates}
        self._places: dict[Values, Place] = {}
        self._built: dict[tuple[str, Values], Built] = {}

    def at(self, name: str, values: Values) -> Built:
        """A candidate at a value of each variable."""
        key = (name, values)
        if key not in self._built:
            if values not in self._places:
                self._places[values] = Place(self.source, values)
            self._built[key] = Built(self.candidates[name], self._places[values])
        return self._built[key]

    def only(self, names: Iterable[str]) -> Field:
        """The same with some of its candidates, and all that has been worked out."""
        found = Field(self.source, [self.candidates[name] for name in names])
        found._places, found._built = self._places, self._built
        return found


class Line:
    """The candidates of a field along one variable, as the envelope wants them."""

    def __init__(self, field: Field, values_at: Callable[[Fraction], Values]) -> None:
        self._field, self.values_at = field, values_at

    @property
    def names(self) -> tuple[str, ...]:
        """All candidates."""
        return tuple(self._field.candidates)

    def at(self, name: str, x: Fraction) -> Built:
        """A candidate at a point."""
        return self._field.at(name, self.values_at(x))

    def cost(self, name: str, x: Fraction) -> Fraction | None:
        """What it costs; None where that is not known."""
        built = self.at(name, x)
        cost = built.list_cost
        return None if cost is None or not built.option.priced else Fraction(cost)

    def fits(self, name: str, x: Fraction) -> bool:
        """Whether it may be chosen."""
        return self.at(name, x).fits

    def limit(self, name: str, x: Fraction) -> Fraction | None:
        """Where loads that grow with the variable would be as high as their limits."""
        overload = self.at(name, x).against.overload
        return x / overload if overload else None

    def sizes(self, name: str, x: Fraction) -> Mapping[Hashable, tuple[int, object]]:
        """Everything that is provided, and paid for, in the whole topology, with what loads it."""
        estimate = self.at(name, x).estimate
        if estimate is None:
            return {}
        every = estimate.topology.traffic
        return {
            (part, size.name): (size.provided, _loaded(every[part]))
            for part, found in estimate.capacity.items()
            for size in found
            if size.charged
        }


def _loaded(traffic: Traffic[Any]) -> tuple[object, ...]:
    """All that the sizes of a component follow from, exact: equal where they step at one point."""
    flows = (*traffic.inflows, *traffic.outflows)
    loads = tuple((hop.delivered, hop.batch, hop.options) for hop in flows)
    return traffic.settings, len(traffic.inflows), loads


def candidates_of(source: Source, *, consumers: bool) -> tuple[Candidate, ...]:
    """Today's, every service that could carry the channel, and alternatives.

    Where the number of consumers varies, alternatives of the author's have their own and are none.
    """
    if not source.channel:
        return _of_alternatives(source)
    channel = source.channel_at(())
    name = kind_of(channel)
    current = _current(name, source.channel, channel.parts, source)
    kinds = [_of_kind(kind) for kind in KINDS]
    touched = [made for made in source.spec.alternatives if source.channel in made.changed]
    return _apart(current, [*kinds, *([] if consumers else map(_of_alternative, touched))])


def _of_alternatives(source: Source) -> tuple[Candidate, ...]:
    """The spec as it is, beside its alternatives if it has any."""
    made, spec = source.spec.alternatives, source.spec
    touched = dict.fromkeys(name for one in made for name in one.changed)
    parts = tuple(name for name in touched if name in spec.components) or tuple(spec.components)
    current = _current("As it is", parts[0], parts, source)
    return _apart(current, [_of_alternative(one) for one in made])


def _apart(current: Candidate, others: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Candidates with a name each: another one like today's is sized anew, today's is not."""
    found = [current]
    for other in others:
        taken = {one.name for one in found}
        name = f"{other.name}{RESIZED}" if other.name in taken else other.name
        found.append(Candidate(name, other.subject, other.build))
    return tuple(found)


def _current(name: str, component: str, parts: tuple[str, ...], source: Source) -> Candidate:
    def build(place: Place) -> tuple[Subject, Topology]:
        topology = place.judge.estimate.topology
        now = place.channel.parts if source.channel else parts
        return subject_today(topology, name, component, now), topology

    return Candidate(name, subject_today(source.today, name, component, parts), build)


def _of_kind(kind: Kind) -> Candidate:
    return Candidate(
        kind.name, subject_by(kind), lambda place: carried_by(kind, place.channel, place.basis)
    )


def _of_alternative(made: Alternative) -> Candidate:
    subject = subject_of(made)

    def build(place: Place) -> tuple[Subject, Topology]:
        there = next(one for one in place.spec.alternatives if one.name == made.name)
        return subject, place.basis.loaded(there.spec)

    return Candidate(made.name, subject, build)


def chosen(candidates: tuple[Candidate, ...], names: Iterable[str]) -> tuple[Candidate, ...]:
    """The candidates of these names, all where none is named; raises UsageError."""
    from archcode.spec.problems import suggestion
    from archcode.units import quoted

    known = {one.name.lower(): one for one in candidates}
    wanted = [name.strip() for name in names]
    for name in wanted:
        if name.lower() not in known:
            hint = suggestion(name, tuple(one.name for one in candidates), "options")
            raise UsageError(f"{quoted(name)} is no option; {hint}")
    found = {known[name.lower()].name for name in wanted}
    return tuple(one for one in candidates if not wanted or one.name in found)
