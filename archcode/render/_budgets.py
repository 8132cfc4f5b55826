"""Budgets in the cells that several outputs share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.budgets import spendings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.budgets import Spending
    from archcode.estimate import Estimate

HEAD = ("Budget", "A month", "Of", "Left", "Verdict", "Largest charges")
NUMBERS = (1, 2, 3)
"""The columns that hold numbers."""


def rows(estimate: Estimate) -> Iterator[tuple[str, ...]]:
    """One row for each budget of the spec."""
    currency = estimate.currency
    for spending in spendings(estimate):
        bound = "" if spending.complete else "at least "
        largest = spending.largest if spending.verdict != "within" else ()
        yield (
            spending.budget.name,
            f"{bound}{currency.amount(spending.cost, fine=spending.fine)}",
            currency.amount(spending.budget.amount, fine=spending.fine),
            _left(spending, estimate),
            spending.verdict,
            "; ".join(
                f"{name}, {words}: {currency.amount(currency.of(cost))}"
                for name, words, cost in largest
            ),
        )


def _left(spending: Spending, estimate: Estimate) -> str:
    """What is left of a budget, below 0 where it is exceeded; unknown where nobody can tell."""
    if spending.verdict == "undecided":
        return "unknown"
    return estimate.currency.amount(-spending.over, fine=spending.fine)


def verdicts(estimate: Estimate) -> str:
    """`over: total, clicks; undecided: payment`, or that all are within."""
    found: dict[str, list[str]] = {"over": [], "undecided": []}
    for spending in spendings(estimate):
        found.setdefault(spending.verdict, []).append(spending.budget.name)
    odd = [f"{verdict}: {', '.join(found[verdict])}" for verdict in ("over", "undecided")]
    return "; ".join(text for text in odd if not text.endswith(": ")) or "within"
