"""A topology to an option: its cost, what binds it, what it promises, and what rules it out."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode import review, rules
from archcode.compare.channel import WITHOUT_READERS
from archcode.compare.option import Option, Words
from archcode.errors import SpecError
from archcode.estimate import Estimate
from archcode.growth import grown
from archcode.model import ZERO, Finding, LimitLoad, Severity
from archcode.requires import DELIVERIES, ORDERINGS
from archcode.rules import verdicts
from archcode.rules._channels import CHANNELS, flows_out_of
from archcode.rules._channels import channel as channel_at
from archcode.rules._replay import window_of
from archcode.services import find
from archcode.services._promises import latency_class
from archcode.services._service import finding_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archcode.compare.sizing import Basis
    from archcode.model import Verdict
    from archcode.rules._channels import Channel
    from archcode.spec.model import Alternative
    from archcode.topology import Topology

DELAYING = ("latency_too_high",)
"""Warnings that rule an option out: what is required is not kept."""


class Subject(Struct, frozen=True):
    """What is to be judged: a topology with a channel made of some parts, and its name."""

    name: str
    type: str
    resource_type: str
    parts: tuple[str, ...]
    current: bool = False
    notes: tuple[str, ...] = ()


class Against(Struct, frozen=True):
    """What speaks against an option: `reasons` rule it out.

    `exceeded` is the limit of its channel that is exceeded most, or "". `overload` is how many
    times over its limit the highest load of all is, 0 where none is exceeded.
    """

    reasons: tuple[str, ...]
    exceeded: str = ""
    overload: Fraction = ZERO


class Judge:
    """Judges topologies beside that of today, whose findings rule out nothing else."""

    def __init__(self, topology: Topology, basis: Basis) -> None:
        self.basis = basis
        self._topology = topology

    @cached_property
    def estimate(self) -> Estimate:
        """What there is today, with its charges."""
        return self.priced(self._topology)

    @cached_property
    def _known(self) -> frozenset[tuple[str, str, str]]:
        return frozenset(map(key_of, rules.findings(self.estimate)))

    def priced(self, topology: Topology) -> Estimate:
        """A topology with its charges."""
        return self.basis.priced(topology)

    def today(self, name: str, component: str, parts: tuple[str, ...]) -> Option:
        """What there is today, under the name of what carries a component."""
        topology = self.estimate.topology
        return self.judged(subject_today(topology, name, component, parts), topology)

    def alternative(self, made: Alternative) -> Option:
        """An alternative of the author's, under its name."""
        subject = subject_of(made)
        try:
            return self.judged(subject, self.basis.loaded(made.spec))
        except SpecError as error:
            return refused(subject, error)

    def judged(self, subject: Subject, topology: Topology) -> Option:
        """An option with all its numbers."""
        parts, estimate = subject.parts, self.priced(topology)
        seen = tuple(verdicts(estimate))
        found = _findings(estimate, seen, subject)
        wrong = [f for f in found if self._rules_out(f, subject)]
        return Option(
            subject.name,
            subject.type,
            subject.resource_type,
            subject.current,
            parts,
            topology.spec,
            estimate,
            idle_of(estimate, self.basis),
            _binding(seen, verdicts(doubled(estimate)), parts),
            words_of(topology, parts),
            tuple(dict.fromkeys(map(told, wrong))),
            tuple(dict.fromkeys(told(f) for f in wrong if ".requires." in f.where)),
            (*subject.notes, *self._notes(found, subject)),
        )

    def against(self, subject: Subject, estimate: Estimate) -> Against:
        """What speaks against an option."""
        seen = tuple(verdicts(estimate))
        found = _findings(estimate, seen, subject)
        wrong = dict.fromkeys(told(f) for f in found if self._rules_out(f, subject))
        over = [load for load in _loads(seen, subject.parts) if load.exceeded]
        first = min(over, key=lambda load: (load.headroom, load.where, load.name), default=None)
        loads = [v for v in seen if isinstance(v, LimitLoad) and v.exceeded and v.most]
        most = max((load.load / load.most for load in loads), default=ZERO)
        return Against(tuple(wrong), told(finding_of(first)) if first else "", most)

    def _notes(self, found: Iterable[Finding], subject: Subject) -> dict[str, None]:
        """Findings that are worth knowing, each once."""
        return dict.fromkeys(told(f) for f in found if self._worth_knowing(f, subject))

    def _rules_out(self, finding: Finding, subject: Subject) -> bool:
        """Errors that are new, or of the channel itself."""
        grave = finding.severity is Severity.ERROR or finding.rule in DELAYING
        return grave and (key_of(finding) not in self._known or _of(finding, subject.parts))

    def _worth_knowing(self, finding: Finding, subject: Subject) -> bool:
        """Warnings about the channel that today has not, and advice on rates not followed."""
        advice = finding.severity is Severity.INFO and finding.rule.endswith("_exceeded")
        warned = finding.severity is Severity.WARNING and finding.rule not in DELAYING
        new = subject.current or key_of(finding) not in self._known
        return (warned or advice) and new and _of(finding, subject.parts)


def subject_today(topology: Topology, name: str, component: str, parts: tuple[str, ...]) -> Subject:
    """What there is today, under the name of what carries a component."""
    service = topology.service(component)
    return Subject(name, service.type, service.resource_type, parts, current=True)


def subject_of(made: Alternative) -> Subject:
    """An alternative of the author's, under its name."""
    parts = tuple(name for name in made.changed if name in made.spec.components)
    types = [made.spec.components[name].type for name in parts]
    kind = next((t for t in types if t in CHANNELS), types[0] if types else "")
    return Subject(made.name, kind, find(kind).resource_type if kind else "", parts)


def _findings(
    estimate: Estimate, seen: tuple[Verdict, ...], subject: Subject
) -> tuple[Finding, ...]:
    """All findings; comments that ignore some stand in today's text only."""
    return review.findings(estimate) if subject.current else tuple(rules.findings(estimate, seen))


def refused(subject: Subject, error: SpecError) -> Option:
    """An option that the language does not allow."""
    reasons = tuple(dict.fromkeys(told(finding) for finding in error.findings))
    return Option(
        subject.name,
        subject.type,
        subject.resource_type,
        subject.current,
        subject.parts,
        reasons=reasons,
    )


def idle_of(estimate: Estimate, basis: Basis) -> Estimate:
    """The same sizes with no traffic at all: what is paid for nothing."""
    empty = grown(estimate.topology, ZERO)
    return basis.priced(empty, estimate.capacity)


def doubled(estimate: Estimate) -> Estimate:
    """The same sizes with twice the traffic, not priced."""
    return Estimate(grown(estimate.topology, Fraction(2)), (), estimate.capacity)


def told(finding: Finding) -> str:
    """A finding as a reason, without its hint."""
    return f"{finding.where}: {finding.message}" if finding.where else finding.message


def key_of(finding: Finding) -> tuple[str, str, str]:
    """What makes a finding the same one in two specs."""
    return finding.rule, finding.where, finding.message


def _of(finding: Finding, parts: Iterable[str]) -> bool:
    """Whether a finding is about a part, or a flow from or to one."""
    ends = [end.strip() for end in finding.where.split("->")]
    return any(end == part or end.startswith(f"{part}.") for end in ends for part in parts)


def _binding(
    seen: Iterable[Verdict], twice: Iterable[Verdict], parts: tuple[str, ...]
) -> LimitLoad | None:
    """The load that leaves the least of a limit of the channel.

    What is exceeded comes first, then what more traffic loads more, and advice last.
    """
    fixed = {_place(load): load.load for load in _loads(twice, parts)}
    return min(_loads(seen, parts), key=lambda load: _order(load, fixed), default=None)


def _order(
    load: LimitLoad, fixed: Mapping[tuple[str, ...], Fraction]
) -> tuple[bool, bool, bool, Fraction, str, str]:
    unmoved = fixed.get(_place(load)) == load.load
    advice = load.kind == "guideline"
    return not load.exceeded, unmoved, advice, load.headroom, load.where, load.name


def _place(load: LimitLoad) -> tuple[str, ...]:
    return load.component, load.where, load.name


def _loads(seen: Iterable[Verdict], parts: tuple[str, ...]) -> Iterator[LimitLoad]:
    return (v for v in seen if isinstance(v, LimitLoad) and _borne(v, parts))


def _borne(load: LimitLoad, parts: tuple[str, ...]) -> bool:
    """Whether a part bears a load, or what polls it."""
    return load.component in parts or load.where.partition(" -> ")[0] in parts


def words_of(topology: Topology, parts: tuple[str, ...]) -> Words | None:
    """The weakest of what the parts keep together; None where one of them promises nothing."""
    met = [*_channels(topology, parts)]
    if not met:
        return None
    carriers = {at.name for at in met}
    last = [at for at in met if at.hop is None or at.hop.target not in carriers]
    windows = [window_of(topology, at) for at in last]
    ending = [window for window in windows if window is not None]
    delay = sum((at.promise.latency for at in {at.name: at for at in met}.values()), ZERO)
    weakest = min((at.promise for at in met), key=lambda made: DELIVERIES.index(made.delivery))
    return Words(
        min((at.promise.ordering for at in met), key=ORDERINGS.index),
        weakest.delivery,
        min(ending) if ending else None,
        latency_class(delay),
        weakest.once,
    )


def _channels(topology: Topology, parts: Iterable[str]) -> Iterator[Channel]:
    """Every part as the readers of each of its flows meet it."""
    for name in parts:
        for hop in flows_out_of(topology, name):
            if hop.target_type in WITHOUT_READERS:
                continue
            found = channel_at(topology, name, hop)
            if found:
                yield found
