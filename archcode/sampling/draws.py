"""Samples of uncertain inputs: triangular, independent, and the same on every machine."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.errors import UsageError
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archcode.sampling.program import Floats
    from archcode.spec.load import Path

MOST_LEVELS = 7
"""Values that a whole-number setting takes; each combination of them is a topology of its own."""


class Input(Struct, frozen=True):
    """A quantity of a spec that is not known well: its path in the document, and its range.

    Values are in base units (messages/s, bytes, seconds, a part of one), those of a `whole` setting
    in AWS's own unit. `where` is what it is called. Raises UsageError where the range is in no
    order.
    """

    path: Path
    low: Fraction
    typical: Fraction
    high: Fraction
    whole: bool = False
    where: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.typical <= self.high:
            words = ", ".join(grouped(value, 6) for value in (self.low, self.typical, self.high))
            raise UsageError(f"{self.name}: {words} are not low, typical and high, in this order")

    @property
    def name(self) -> str:
        """What it is called: `a -> b.rate`, or `worker.duration`."""
        words = [str(part) for part in self.path[1:] if isinstance(part, str)]
        return self.where or ".".join(words)


def drawn(inputs: Sequence[Input], samples: int, seed: int) -> list[Floats]:
    """The samples of every input.

    Each has a stream of random numbers of its own, from the seed and its name: neither the order of
    inputs nor another input among them changes what it is.
    """
    times: dict[str, int] = {}
    columns = []
    for one in inputs:
        times[one.name] = times.get(one.name, 0) + 1
        numbers = _uniform(f"{one.name} {times[one.name]}", samples, seed)
        values = triangular(numbers, float(one.low), float(one.typical), float(one.high))
        columns.append(_levelled(values, one) if one.whole else values)
    return columns


def _uniform(name: str, samples: int, seed: int) -> Floats:
    """Numbers from 0 up to 1: the upper 53 bits of each raw number of PCG64.

    Raw numbers of a bit generator never change between releases, those of distributions may:
    https://numpy.org/doc/stable/reference/random/compatibility.html
    """
    from hashlib import sha256

    import numpy as np

    digest = sha256(name.encode()).digest()
    words = [int.from_bytes(digest[at : at + 4], "big") for at in range(0, 32, 4)]
    raw = np.random.PCG64(np.random.SeedSequence([seed, *words])).random_raw(samples)
    return (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53


def triangular(uniform: Floats, low: float, typical: float, high: float) -> Floats:
    """Values whose density rises from low to typical and falls to high, by inversion.

    https://en.wikipedia.org/wiki/Triangular_distribution#Generating_random_variates
    """
    import numpy as np

    width = high - low
    if width == 0:
        return np.full(len(uniform), low)
    below = low + np.sqrt(uniform * width * (typical - low))
    above = high - np.sqrt((1.0 - uniform) * width * (high - typical))
    values = np.where(uniform < (typical - low) / width, below, above)
    return np.clip(values, low, high)


def levels(one: Input) -> tuple[int, ...]:
    """The values of a whole setting: all of its range, or seven that are evenly spread over it."""
    low, high = -(-one.low // 1), one.high // 1
    if high < low:
        raise UsageError(f"{one.name}: no whole number stands between its low and its high")
    steps = min(high - low + 1, MOST_LEVELS)
    gaps = max(steps - 1, 1)
    return tuple(round(Fraction(low) + Fraction(high - low) * i / gaps) for i in range(steps))


def _levelled(values: Floats, one: Input) -> Floats:
    """Each value as the nearest level, the lower one of two."""
    import numpy as np

    known = np.array(levels(one), dtype=np.float64)
    middles = (known[1:] + known[:-1]) / 2
    return known[np.searchsorted(middles, values, side="left")]
