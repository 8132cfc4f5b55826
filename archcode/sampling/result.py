"""What the costs of many samples come to: their spread, and which input it hangs on."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.sampling.draws import Input

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archcode.sampling.program import Floats

CENT = Decimal("0.01")
BINS = 40


class Histogram(Struct, frozen=True):
    """Samples by cost: `edges` in US dollars, one more than `counts`.

    Bins are equally wide; the last one has its upper edge in it.
    """

    edges: tuple[Decimal, ...]
    counts: tuple[int, ...]


class Distribution(Struct, frozen=True):
    """The monthly costs of all samples in US dollars, in cents.

    Percentiles are nearest-rank: the smallest cost that at least so many of the samples do not
    exceed.
    """

    mean: Decimal
    p10: Decimal
    p50: Decimal
    p90: Decimal
    least: Decimal
    most: Decimal
    histogram: Histogram


class Influence(Struct, frozen=True):
    """How the cost hangs on one input.

    `rank_correlation` is Spearman's, from -1 to 1, and 0 where either never changes. `low_cost` and
    `high_cost` are the medians of the cost in the lowest and in the highest tenth of the input:
    all samples up to `low`, and all from `high` on, in which samples of equal input stay together.
    """

    input: Input
    rank_correlation: float
    low: float
    high: float
    low_cost: Decimal
    high_cost: Decimal

    @property
    def swing(self) -> Decimal:
        """How far apart the two medians are."""
        return abs(self.high_cost - self.low_cost)


class Sampled(Struct, frozen=True):
    """The cost of a spec in many samples of its inputs.

    `samples` were drawn, `evaluated` of them have a cost; `refused` are those whose values no spec
    may have together (`reasons` says why), `not_evaluated` those for which too many `paths` would
    have been needed. Unless `listed` (or `complete`, for contracted costs), some price or quantity
    is unknown in some samples, and costs are "at least". `influences` come with the largest swing
    first. Without an overlay, `contracted_cost` is the list cost.
    """

    samples: int
    seed: int
    evaluated: int
    refused: int
    not_evaluated: int
    paths: int
    exact: int
    listed: bool
    complete: bool
    list_cost: Distribution
    contracted_cost: Distribution
    influences: tuple[Influence, ...]
    reasons: tuple[str, ...] = ()


def cents(value: float) -> Decimal:
    """An amount in floating point, rounded to cents."""
    return Decimal(repr(float(value))).quantize(CENT)


def distribution(costs: Floats) -> Distribution:
    """The spread of costs; at least one."""
    import numpy as np

    ordered = np.sort(costs)
    mean = math.fsum(ordered.tolist()) / len(ordered)
    p10, p50, p90 = (percentile(ordered, share) for share in (10, 50, 90))
    least, most = float(ordered[0]), float(ordered[-1])
    return Distribution(
        cents(mean),
        cents(p10),
        cents(p50),
        cents(p90),
        cents(least),
        cents(most),
        _histogram(ordered, least, most),
    )


def percentile(ordered: Floats, share: int) -> float:
    """The nearest-rank percentile of sorted values."""
    return float(ordered[max(-(-len(ordered) * share // 100), 1) - 1])


def _histogram(ordered: Floats, least: float, most: float) -> Histogram:
    """Bins between whole cents, so that the edges that are told are those that were counted by."""
    import numpy as np

    low, high = (Decimal(repr(v)) for v in (least, most))
    low = low.quantize(CENT, "ROUND_FLOOR")
    high = max(high.quantize(CENT, "ROUND_CEILING"), low + CENT)
    bins = min(BINS, int((high - low) / CENT))
    edges = [(low + (high - low) * at / bins).quantize(CENT) for at in range(bins + 1)]
    starts = np.searchsorted(ordered, np.array([float(edge) for edge in edges]), side="left")
    starts[-1] = len(ordered)
    return Histogram(tuple(edges), tuple(int(n) for n in np.diff(starts)))


def influences(
    inputs: Sequence[Input], columns: Sequence[Floats], costs: Floats
) -> tuple[Influence, ...]:
    """Every input's, the largest swing first, then by name."""
    ranks = _ranks(costs)
    found = [
        _influence(one, column, costs, ranks) for one, column in zip(inputs, columns, strict=True)
    ]
    return tuple(sorted(found, key=lambda i: (-i.swing, i.input.name, str(i.input.path))))


def _influence(one: Input, column: Floats, costs: Floats, ranks: Floats) -> Influence:
    import numpy as np

    ordered = np.sort(column)
    tenth = max(len(ordered) // 10, 1)
    low, high = float(ordered[tenth - 1]), float(ordered[-tenth])
    medians = [
        cents(percentile(np.sort(costs[part]), 50)) for part in (column <= low, column >= high)
    ]
    return Influence(one, _correlation(_ranks(column), ranks), low, high, *medians)


def _ranks(values: Floats) -> Floats:
    """The rank of each value; equal ones share the mean of theirs, so their order is no matter."""
    import numpy as np

    places = np.argsort(values)
    ordered = values[places]
    new = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    starts = np.flatnonzero(new)
    ends = np.append(starts[1:], len(values))
    ranks = np.empty(len(values))
    ranks[places] = ((starts + ends - 1) / 2)[np.cumsum(new) - 1]
    return ranks


def _correlation(one: Floats, other: Floats) -> float:
    """Pearson's of ranks, which is Spearman's of what was ranked; in six digits."""
    import numpy as np

    one, other = one - one.mean(), other - other.mean()
    spread = float(np.sqrt(np.sum(one * one)) * np.sqrt(np.sum(other * other)))
    return round(float(np.sum(one * other)) / spread, 6) if spread else 0.0
