"""How long messages take to a place: what settings and measured times on the way add up to."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.rules._channels import ORIGINS, channel, feeders_first, flows_into
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archcode.rules._channels import Channel
    from archcode.rules._places import Place
    from archcode.topology import Topology
    from archcode.traffic import Hop

MOST_SHOWN = 4


class Delay(Struct, frozen=True):
    """Seconds that messages wait for something; `at` is the channel that holds them back.

    `remedy` says how to shorten it, where no channel does.
    """

    seconds: Fraction
    what: str
    remedy: str = ""
    at: Channel | None = None

    def __str__(self) -> str:
        return f"{grouped(self.seconds)} s {self.what}"


class Delays(Struct, frozen=True):
    """What holds messages back on one way, in its order, and the seconds of it all."""

    seconds: Fraction = Fraction(0)
    parts: tuple[Delay, ...] = ()

    def then(self, parts: Iterable[Delay]) -> Delays:
        """The way, gone on."""
        more = tuple(parts)
        return Delays(self.seconds + sum(part.seconds for part in more), (*self.parts, *more))

    @property
    def longest(self) -> Delay:
        """What holds messages back longest."""
        return max(self.parts, key=lambda part: part.seconds)

    def __str__(self) -> str:
        shown = sorted(self.parts, key=lambda part: -part.seconds)[:MOST_SHOWN]
        words = ", ".join(str(part) for part in self.parts if part in shown)
        others = len(self.parts) - len(shown)
        return f"{words} and {others} shorter" if others else words


def delays_of(topology: Topology, place: Place, known: dict[str, Delays]) -> Delays:
    """The delays of the slowest way to a place; `known` are those to components."""

    def unknown(hop: Hop) -> bool:
        return hop.source_type not in ORIGINS and hop.source not in known

    for name in feeders_first(topology, place.arriving, unknown):
        known[name] = _slowest(topology, flows_into(topology, name), known)
    own = [at for at in place.channels if at.name == place.component and at.promise.latency]
    ends = (Delay(at.promise.latency, f"in {at.name}", at=at) for at in own)
    return _slowest(topology, place.arriving, known).then(ends)


def _slowest(topology: Topology, hops: Iterable[Hop], known: dict[str, Delays]) -> Delays:
    """The delays of the flow that takes longest, with those before it."""
    ways = [known.get(hop.source, Delays()).then(_on(topology, hop)) for hop in hops]
    return max(ways, key=lambda way: way.seconds, default=Delays())


def _on(topology: Topology, hop: Hop) -> Iterator[Delay]:
    """What the source of a flow adds, and the batch that is waited for."""
    at = channel(topology, hop.source, hop)
    if at is not None and at.promise.latency:
        yield Delay(at.promise.latency, f"in {at.name}", at=at)
    worked = hop.source_settings.processing_seconds()
    if at is None and worked and hop.source_type not in ORIGINS:
        yield Delay(worked, f"in {hop.source}", f"shorten the work of {hop.source}")
    window = hop.options.maximum_batching_window_in_seconds
    rate = hop.handed.messages_per_second
    if window:
        filled = min(hop.batch / rate, Fraction(window)) if rate else Fraction(window)
        remedy = f"lower maximum_batching_window_in_seconds on {hop.where}"
        yield Delay(filled, f"in a batch on {hop.where}", remedy)
