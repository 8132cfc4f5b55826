"""Budgets that the estimate breaks, may break, or that nobody can tell of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.budgets import spendings
from archcode.model import Finding, Severity
from archcode.rules._rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.budgets import Spending
    from archcode.estimate import Estimate

_RANGED = "- shop -> orders: {rate: {low: 1/s, typical: 2/s, high: 9/s}, size: 2 KB}"


@rule(
    Severity.INFO,
    offending=f"{_RANGED}\nbudgets: {{orders: 9.46}}",
    clean=f"{_RANGED}\nbudgets: {{orders: 9.4608}}",
)
def budget_at_risk(estimate: Estimate) -> Iterator[Finding]:
    """What is within its budget typically breaks it, or may, at an end of what nobody knows yet.

    Such is a month in which the ranges of the spec make the whole cost least, or most.
    """
    for spending in spendings(estimate):
        worst = spending.at_risk
        if worst is not None:
            name = spending.budget.name
            cost, most, by = _amounts(estimate, worst)
            told = f"{by} over it" if worst.verdict == "over" else "with charges that are unknown"
            fact = f"holds typically, but the ranges lead to {cost} a month of {most}, {told}"
            hint = f"largest then: {_largest(estimate, worst)}"
            mark = estimate.topology.spec.document.mark(("budgets", name))
            where = f"budgets.{name}"
            yield Finding("budget_at_risk", Severity.INFO, where, fact, hint, *mark)


@rule(
    Severity.WARNING,
    offending="orders: {type: sqs.queue}\nbudgets: {orders: 1.05}",
    clean="orders: {type: sqs.queue}\nbudgets: {orders: 1.0512}",
)
def budget_exceeded(estimate: Estimate) -> Iterator[Finding]:
    """What is designed costs more than was agreed to spend on it.

    Credits of free tiers count towards the budget of the whole only: they are the account's.
    """
    for spending in spendings(estimate):
        if spending.verdict == "over":
            name = spending.budget.name
            cost, most, by = _amounts(estimate, spending)
            fact = f"costs {cost} a month, {by} over its budget of {most}"
            hint = f"largest: {_largest(estimate, spending)}"
            mark = estimate.topology.spec.document.mark(("budgets", name))
            where = f"budgets.{name}"
            yield Finding("budget_exceeded", Severity.WARNING, where, fact, hint, *mark)


@rule(
    Severity.INFO,
    offending="api: {type: lambda.function}\nbudgets: {api: 100}",
    clean="api: {type: lambda.function, duration: 80 ms}\nbudgets: {api: 100}",
)
def budget_undecided(estimate: Estimate) -> Iterator[Finding]:
    """With a cost that is unknown nobody can tell whether a budget holds."""
    for spending in spendings(estimate):
        if spending.verdict == "undecided":
            name, unknown = spending.budget.name, len(spending.unknown)
            cost, most, _ = _amounts(estimate, spending)
            charges = "1 charge is" if unknown == 1 else f"{unknown:,} charges are"
            fact = f"costs {cost} a month of its budget of {most}, and {charges} unknown"
            hint = f"unknown: {', '.join(_words(spending))}"
            mark = estimate.topology.spec.document.mark(("budgets", name))
            where = f"budgets.{name}"
            yield Finding("budget_undecided", Severity.INFO, where, fact, hint, *mark)


def _amounts(estimate: Estimate, spending: Spending) -> tuple[str, str, str]:
    """What is spent, at least, what may be, and how much more it is."""
    values = (spending.cost, spending.budget.amount, spending.over)
    cost, most, by = (estimate.currency.amount(v, fine=spending.fine) for v in values)
    return cost if spending.complete else f"at least {cost}", most, by


def _largest(estimate: Estimate, spending: Spending) -> str:
    currency = estimate.currency
    return "; ".join(
        f"{name}, {words}: {currency.amount(currency.of(cost))}"
        for name, words, cost in spending.largest
    )


def _words(spending: Spending) -> dict[str, None]:
    """What is unknown, each once."""
    charges = ((c.resource_name, c.charge_description.partition(" (")[0]) for c in spending.unknown)
    return dict.fromkeys(f"{name} {words}" for name, words in charges)


RULES = (
    budget_at_risk,
    budget_exceeded,
    budget_undecided,
)
