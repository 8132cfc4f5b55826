"""What an option costs, what binds it, what it promises, and what rules it out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from archcode import review, rules
from archcode.errors import SpecError
from archcode.estimate import Estimate, price
from archcode.growth import grown
from archcode.model import ZERO, Capacity, Finding, LimitLoad, Severity
from archcode.requires import DELIVERIES, ORDERINGS
from archcode.rules import verdicts
from archcode.rules._channels import channel as channel_at
from archcode.rules._channels import flows_out_of
from archcode.rules._replay import window_of
from archcode.services import find
from archcode.services._promises import latency_class, window_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from fractions import Fraction

    from archcode.compare.sizing import Basis
    from archcode.model import Verdict
    from archcode.requires import Delivery, Latency, Ordering
    from archcode.rules._channels import Channel
    from archcode.spec.model import Spec
    from archcode.topology import Topology

DELAYING = ("latency_too_high",)
"""Warnings that rule an option out: what is required is not kept."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a channel promises its readers, in the words of `requires`.

    `replay` is in seconds, None without end; `once` is what exactly once hangs on.
    """

    ordering: Ordering
    delivery: Delivery
    replay: Fraction | None
    latency: Latency
    once: str = ""

    @property
    def replay_text(self) -> str:
        """How far back it can be read again, for a reader."""
        return window_text(self.replay)


@dataclass(frozen=True, slots=True)
class Option:
    """One way to carry a channel, priced with everything around it.

    `parts` are the components that the channel is made of, `reasons` what rules it out, and
    `required` those of them that a `requires` states. `spec`, `estimate`, `idle` and `words` are
    None where the language does not allow the option, `words` also where nobody states a promise.
    """

    name: str
    type: str
    resource_type: str
    current: bool
    parts: tuple[str, ...] = ()
    spec: Spec | None = None
    estimate: Estimate | None = None
    idle: Estimate | None = None
    binding: LimitLoad | None = None
    words: Words | None = None
    reasons: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def feasible(self) -> bool:
        """Whether nothing rules it out."""
        return not self.reasons

    @property
    def fits(self) -> bool:
        """Whether its channel stays within every limit, quota and guideline, too."""
        return self.feasible and not (self.binding and self.binding.exceeded)

    @property
    def list_cost(self) -> Decimal | None:
        """The monthly cost of the whole topology at list prices; None where it cannot be priced."""
        return self.estimate.list_cost if self.estimate else None

    @property
    def complete(self) -> bool:
        """False when a price or a quantity is unknown, so that the cost is a lower bound."""
        return self.estimate is not None and self.estimate.listed

    @property
    def capacity(self) -> tuple[tuple[str, Capacity], ...]:
        """The sizes of its parts."""
        if self.estimate is None:
            return ()
        sizes = self.estimate.capacity
        return tuple((name, size) for name in self.parts for size in sizes[name])


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be judged: a topology with a channel made of some parts, and its name."""

    name: str
    type: str
    resource_type: str
    parts: tuple[str, ...]
    current: bool = False


def judged(
    subject: Subject, topology: Topology, basis: Basis, known: Collection[tuple[str, str, str]]
) -> Option:
    """An option with all numbers; `known` are findings of today, which rule out nothing else."""
    estimate = price(topology, basis.prices, free_tier=basis.free_tier)
    seen = tuple(verdicts(estimate))
    # Comments that ignore findings stand in today's text only.
    found = review.findings(estimate) if subject.current else rules.findings(estimate, seen)
    wrong = [f for f in found if _rules_out(f, subject, known)]
    return Option(
        subject.name,
        subject.type,
        subject.resource_type,
        subject.current,
        subject.parts,
        topology.spec,
        estimate,
        idle_of(estimate, basis),
        _binding(seen, subject.parts),
        words_of(topology, subject.parts),
        tuple(dict.fromkeys(map(told, wrong))),
        tuple(dict.fromkeys(told(f) for f in wrong if ".requires." in f.where)),
        tuple(dict.fromkeys(told(f) for f in found if _worth_knowing(f, subject, known))),
    )


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
    return price(empty, basis.prices, free_tier=basis.free_tier, capacity=estimate.capacity)


def told(finding: Finding) -> str:
    """A finding as a reason, without its hint."""
    return f"{finding.where}: {finding.message}" if finding.where else finding.message


def key_of(finding: Finding) -> tuple[str, str, str]:
    """What makes a finding the same one in two specs."""
    return finding.rule, finding.where, finding.message


def _rules_out(finding: Finding, subject: Subject, known: Collection[tuple[str, str, str]]) -> bool:
    """Errors that are new, or of the channel itself."""
    grave = finding.severity is Severity.ERROR or finding.rule in DELAYING
    return grave and (key_of(finding) not in known or _of(finding, subject.parts))


def _worth_knowing(
    finding: Finding, subject: Subject, known: Collection[tuple[str, str, str]]
) -> bool:
    """Warnings about the channel that today has not, and advice on rates not followed."""
    advice = finding.severity is Severity.INFO and finding.rule.endswith("_exceeded")
    warned = finding.severity is Severity.WARNING and finding.rule not in DELAYING
    new = subject.current or key_of(finding) not in known
    return (warned or advice) and new and _of(finding, subject.parts)


def _of(finding: Finding, parts: Iterable[str]) -> bool:
    """Whether a finding is about a part, or a flow from or to one."""
    ends = [end.strip() for end in finding.where.split("->")]
    return any(end == part or end.startswith(f"{part}.") for end in ends for part in parts)


def _binding(seen: Iterable[Verdict], parts: tuple[str, ...]) -> LimitLoad | None:
    """The load that leaves the least of a limit of the channel.

    Advice counts where it is not followed, or where there is nothing else.
    """
    loads = [v for v in seen if isinstance(v, LimitLoad) and _borne(v, parts)]
    firm = [load for load in loads if load.kind != "guideline" or load.exceeded]
    return min(firm or loads, key=lambda load: (load.headroom, load.where, load.name), default=None)


def _borne(load: LimitLoad, parts: tuple[str, ...]) -> bool:
    """Whether a part bears a load, or what polls it."""
    return load.component in parts or load.where.partition(" -> ")[0] in parts


def words_of(topology: Topology, parts: tuple[str, ...]) -> Words | None:
    """The weakest of what the parts keep together; None where one of them promises nothing."""
    met = [*_channels(topology, parts)]
    if not met:
        return None
    last = [at for at in met if at.hop is None or at.hop.target not in parts]
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
            if hop.target_type in ("events.archive", "eventschemas.discoverer"):
                continue
            found = channel_at(topology, name, hop)
            if found:
                yield found


def sizes_text(option: Option) -> str:
    """`8 shards`, `3 brokers kafka.m7g.large, 12 partitions`, or the parts in number."""
    if option.estimate is None or option.spec is None:
        return ""
    parts = [option.spec.components[name] for name in option.parts]
    first = parts[0]
    sized = find(first.type).sized_summary(first.settings, option.estimate.capacity[first.name])
    words = [_number(size) for _, size in option.capacity if size.name == "partitions"]
    if words or len(parts) == 1:
        return ", ".join([sized, *words])
    kinds = [part.type for part in parts]
    return ", ".join(_counted(kind, kinds.count(kind)) for kind in dict.fromkeys(kinds))


def _number(size: Capacity) -> str:
    return f"{size.provided} {size.name if size.provided > 1 else size.name.removesuffix('s')}"


_NOUNS = {
    "events.archive": "archive",
    "events.event_bus": "bus",
    "events.rule": "rule",
    "eventschemas.discoverer": "discoverer",
    "sns.topic": "topic",
    "sqs.queue": "queue",
}


def _counted(kind: str, number: int) -> str:
    noun = _NOUNS.get(kind, "broker")
    plural = "es" if noun == "bus" else "s"
    return f"{number} {noun}{plural if number > 1 else ''}"
