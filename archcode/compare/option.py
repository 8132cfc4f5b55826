"""What an option costs, what binds it, what it promises, and what rules it out."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.estimate import Estimate
from archcode.model import Capacity, LimitLoad
from archcode.services import find
from archcode.services._promises import window_text

if TYPE_CHECKING:
    from archcode.requires import Delivery, Latency, Ordering
    from archcode.spec.model import Spec

DELAYING = ("latency_too_high",)
"""Warnings that rule an option out: what is required is not kept."""


class Words(Struct, frozen=True):
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


class Option(Struct, frozen=True):
    """One way to carry a channel, priced with everything around it.

    `parts` are the components that the channel is made of, `reasons` what rules it out, and
    `required` those of them that a `requires` states. `spec`, `estimate`, `idle` and `words` are
    None where the language does not allow the option, `words` also where nobody states a promise.
    `ends` are what it costs where the ranges of the spec make today's cheapest and dearest.
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
    ends: tuple[Estimate | None, Estimate | None] | None = None

    @property
    def feasible(self) -> bool:
        """Whether nothing rules it out."""
        return not self.reasons

    @property
    def fits(self) -> bool:
        """Whether its channel has known prices, and stays within every limit and guideline."""
        within = not (self.binding and self.binding.exceeded)
        return self.feasible and within and self.priced

    @property
    def priced(self) -> bool:
        """Whether every price and quantity of the channel itself is known."""
        charges = self.estimate.charges if self.estimate else ()
        own = [charge for charge in charges if charge.resource_name in self.parts]
        return self.estimate is not None and all(one.contracted_cost is not None for one in own)

    @property
    def cost(self) -> Decimal | None:
        """The monthly cost of the whole topology as agreed, which is else the list cost.

        In US dollars; None where it cannot be priced.
        """
        return self.estimate.contracted_cost if self.estimate else None

    @property
    def costs(self) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
        """The same at the low end, typically and at the high end; one without ranges."""
        if self.ends is None:
            return (self.cost,) * 3
        low, high = (end.contracted_cost if end else None for end in self.ends)
        return low, self.cost, high

    @property
    def list_cost(self) -> Decimal | None:
        """The monthly cost of the whole topology at list prices; None where it cannot be priced."""
        return self.estimate.list_cost if self.estimate else None

    @property
    def list_costs(self) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
        """The monthly cost at the low end, typically and at the high end; one without ranges."""
        if self.ends is None:
            return (self.list_cost,) * 3
        low, high = (end.list_cost if end else None for end in self.ends)
        return low, self.list_cost, high

    @property
    def complete(self) -> bool:
        """False when a price or a quantity is unknown, so that the cost is a lower bound."""
        return self.estimate is not None and self.estimate.complete

    @property
    def capacity(self) -> tuple[tuple[str, Capacity], ...]:
        """The sizes of its parts."""
        if self.estimate is None:
            return ()
        sizes = self.estimate.capacity
        return tuple((name, size) for name in self.parts for size in sizes[name])


def sizes_text(option: Option) -> str:
    """`8 shards`, `3 brokers kafka.m7g.large, 12 partitions`, or the parts in number."""
    if option.estimate is None or option.spec is None or not option.parts:
        return ""
    parts = [option.spec.components[name] for name in option.parts]
    named = [part for part in parts if len(parts) == 1 or part.type not in _NOUNS]
    counted = [part.type for part in parts if part not in named]
    words = [_counted(kind, counted.count(kind)) for kind in dict.fromkeys(counted)]
    for part in named:
        sizes = option.estimate.capacity[part.name]
        words.append(find(part.type).sized_summary(part.settings, sizes))
        words += [_number(size) for size in sizes if _unsaid(size)]
    return ", ".join(words)


def _unsaid(size: Capacity) -> bool:
    """Whether the summary of a component leaves a size out: that it derives, and partitions."""
    return size.configured is None or size.name == "partitions"


def _number(size: Capacity) -> str:
    name = size.name.replace("_", " ")
    return f"{size.provided} {name if size.provided > 1 else name.removesuffix('s')}"


_NOUNS = {
    "events.archive": "archive",
    "events.event_bus": "bus",
    "events.rule": "rule",
    "eventschemas.discoverer": "discoverer",
    "sns.topic": "topic",
    "sqs.queue": "queue",
}
"""What is counted where a channel has several of them."""


def _counted(kind: str, number: int) -> str:
    noun = _NOUNS[kind]
    plural = "es" if noun == "bus" else "s"
    return f"{number} {noun}{plural if number > 1 else ''}"
