"""What services promise in a form that can be compared with what an author requires."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from msgspec import field

from archcode.alike import Alike
from archcode.model import ONE, ZERO
from archcode.requires import DELIVERIES, LONGEST, ORDERINGS
from archcode.units import SECONDS_PER_HOUR, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.requires import Delivery, Latency, Ordering, Protocol, Requires

SECONDS_PER_DAY = 86_400
API: tuple[Protocol, ...] = ("http",)
"""An AWS API, over HTTPS."""


class Promise(Alike, frozen=True):
    """What a variant of a service promises at its best, or a component with its settings.

    `replay` is in seconds, None without end; `latency` the seconds that it adds on the way;
    `protocols` empty where it depends on others; `consumers` how many may each read everything,
    None without bound. `once` says what exactly once hangs on, `loses` how messages may be lost.
    `remedies` say what to set where it promises more with other settings, by what is required.
    """

    apart: ClassVar[frozenset[str]] = frozenset({"remedies"})

    ordering: Ordering
    delivery: Delivery = "at_least_once"
    replay: Fraction | None = ZERO
    latency: Fraction = ZERO
    protocols: tuple[Protocol, ...] = API
    consumers: int | None = None
    once: str = ""
    loses: str = ""
    remedies: Mapping[str, str] = field(default_factory=dict)

    def remedy(self, key: str, name: str, wanted: Requires) -> str:
        """What to set on a component so that it keeps what is required, if that is all it takes."""
        replay = wanted.replay or ZERO
        hours, days = ceil(replay / SECONDS_PER_HOUR), ceil(replay / SECONDS_PER_DAY)
        return self.remedies.get(key, "").format(name=name, hours=hours, days=days)


def unmet(promise: Promise, wanted: Requires) -> frozenset[str]:
    """What is required and not promised, by its keys."""
    return frozenset(_unmet(promise, wanted))


def _unmet(promise: Promise, wanted: Requires) -> Iterator[str]:
    if wanted.ordering and _below(ORDERINGS, promise.ordering, wanted.ordering):
        yield "ordering"
    if wanted.delivery and _below(DELIVERIES, promise.delivery, wanted.delivery):
        yield "delivery"
    if wanted.replay is not None and promise.replay is not None and promise.replay < wanted.replay:
        yield "replay"
    longest = LONGEST[wanted.latency] if wanted.latency else None
    if longest is not None and promise.latency > longest:
        yield "latency"
    if promise.protocols and not {*wanted.protocol} <= {*promise.protocols}:
        yield "protocol"
    risky = promise.delivery == "at_most_once" or bool(promise.loses)
    if wanted.maximum_loss is not None and wanted.maximum_loss < ONE and risky:
        yield "maximum_loss"
    if wanted.consumers and promise.consumers is not None and promise.consumers < wanted.consumers:
        yield "consumers"


def _below(scale: tuple[str, ...], kept: str, wanted: str) -> bool:
    """Whether one step of a scale, weakest first, is under another one."""
    return scale.index(kept) < scale.index(wanted)


def promised(promise: Promise) -> str:
    """A promise in the words of `requires`, which it is compared with."""
    parts = [
        f"ordering {promise.ordering}",
        f"delivery {promise.delivery}" + (f" {promise.once}" if promise.once else ""),
        f"replay {window_text(promise.replay)}",
        f"latency {latency_class(promise.latency)}",
        f"protocol {', '.join(promise.protocols)}" if promise.protocols else "",
        f"consumers {'any number' if promise.consumers is None else grouped(promise.consumers)}",
    ]
    return "; ".join(part for part in parts if part)


def latency_class(seconds: Fraction) -> Latency:
    """The fastest class that a delay is in."""
    return next(name for name, most in LONGEST.items() if most is None or seconds <= most)


def window_text(replay: Fraction | None) -> str:
    """How far back a replay goes, for a reader."""
    if replay is None:
        return "without end"
    if replay % SECONDS_PER_DAY:
        return f"{grouped(replay / SECONDS_PER_HOUR)} h"
    return f"{grouped(replay / SECONDS_PER_DAY)} d" if replay else "none"
