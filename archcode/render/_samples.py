"""The costs of many samples, in the cells that several outputs share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.charts import Histogram, Percentile, described
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from archcode.currency import Currency
    from archcode.estimate import Estimate
    from archcode.sampling.result import Sampled

HEAD = ("P10", "P50", "P90", "Mean", "Least", "Most")
NUMBERS = (0, 1, 2, 3, 4, 5)
INFLUENCE_HEAD = (
    "Range", "Rank correlation", "Median, lowest tenth", "Median, highest tenth", "Swing",
)  # fmt: skip
INFLUENCE_NUMBERS = (1, 2, 3, 4)


def row(found: Sampled, currency: Currency) -> tuple[str, ...]:
    """What the costs of all samples come to."""
    cost = found.contracted_cost
    amounts = (cost.p10, cost.p50, cost.p90, cost.mean, cost.least, cost.most)
    return tuple(_shown(amount, currency, complete=found.complete) for amount in amounts)


def influence_rows(found: Sampled, currency: Currency) -> Iterator[tuple[str, ...]]:
    """How the cost hangs on each range, the one that it hangs on most first."""
    for one in found.influences:
        costs = (one.low_cost, one.high_cost, one.swing)
        shown = (_shown(cost, currency, complete=True) for cost in costs)
        yield (one.input.name, f"{one.rank_correlation:+.2f}", *shown)


def words(found: Sampled) -> str:
    """How many samples there are, and what became of those that have no cost."""
    told = [f"{grouped(found.samples)} samples, seed {found.seed}"]
    if found.refused:
        told.append(f"{grouped(found.refused)} of values that no spec may have together")
    if found.not_evaluated:
        told.append(f"{grouped(found.not_evaluated)} not evaluated")
    return ", ".join(told)


def _shown(amount: Decimal, currency: Currency, *, complete: bool) -> str:
    text = currency.shown(currency.of(amount))
    return text if complete else f"at least {text}"


def histogram(found: Sampled, estimate: Estimate) -> Histogram:
    """How the costs of samples are spread, with three percentiles."""
    currency, cost = estimate.currency, found.contracted_cost
    title = " ".join(estimate.topology.spec.title.split())
    marks = ((10, cost.p10), (50, cost.p50), (90, cost.p90))
    return described(
        Histogram(
            f"{title}: monthly cost of {words(found)}",
            "",
            f"Monthly cost in {currency.code}",
            tuple(currency.of(edge) for edge in cost.histogram.edges),
            cost.histogram.counts,
            tuple(Percentile(percent, currency.of(value)) for percent, value in marks),
        )
    )
