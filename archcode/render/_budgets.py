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
        worst = spending.at_risk or spending
        largest = worst.largest if worst.verdict != "within" else ()
        yield (
            spending.budget.name,
            _cost(spending, estimate),
            currency.amount(spending.budget.amount, fine=spending.fine),
            _left(spending, estimate),
            _verdict(spending),
            "; ".join(
                f"{name}, {words}: {currency.amount(currency.of(cost))}"
                for name, words, cost in largest
            ),
        )


def _cost(spending: Spending, estimate: Estimate) -> str:
    """What counts towards a budget, and between what it lies where the spec has ranges."""
    # What is known in part may be any amount more.
    every = sorted((spending, *(spending.ends or ())), key=lambda one: (not one.complete, one.cost))
    typical, least, most = (_known(each, estimate) for each in (spending, every[0], every[-1]))
    return typical if least == most else f"{typical} (from {least} to {most})"


def _known(spending: Spending, estimate: Estimate) -> str:
    bound = "" if spending.complete else "at least "
    return f"{bound}{estimate.currency.amount(spending.cost, fine=spending.fine)}"


def _verdict(spending: Spending) -> str:
    """The verdict of the typical values, and those of the ends that have another."""
    ends = zip(("low", "high"), spending.ends or (), strict=False)
    others = [(name, end.verdict) for name, end in ends if end.verdict != spending.verdict]
    return ", ".join([spending.verdict, *(f"{v} at the {name} end" for name, v in others)])


def _left(spending: Spending, estimate: Estimate) -> str:
    """What is left of a budget, below 0 where it is exceeded; unknown where nobody can tell."""
    if spending.verdict == "undecided":
        return "unknown"
    return estimate.currency.amount(-spending.over, fine=spending.fine)


def verdicts(estimate: Estimate) -> str:
    """`over: total, clicks; at risk: payment`, or that all are within."""
    found: dict[str, list[str]] = {"over": [], "undecided": [], "at risk": []}
    for spending in spendings(estimate):
        verdict = "at risk" if spending.at_risk else spending.verdict
        found.setdefault(verdict, []).append(spending.budget.name)
    odd = [f"{name}: {', '.join(found[name])}" for name in found if name != "within"]
    return "; ".join(text for text in odd if not text.endswith(": ")) or "within"
