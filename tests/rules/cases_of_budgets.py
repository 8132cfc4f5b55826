"""What rules say of budgets."""

from __future__ import annotations

from case import CLIENT, INFO, WARNING, Case

CASES = (
    Case(
        "budget_at_risk",
        INFO,
        "budgets.q",
        "holds typically, but the ranges lead to $9.46 a month of $3.00, $6.46 over it",
        "largest then: q, Requests, standard: $9.46",
        f"{CLIENT}q: {{type: sqs.queue}}",
        "- c -> q: {rate: {low: 1/s, typical: 2/s, high: 9/s}, size: 1 KB}",
        budgets="{q: 3}",
    ),
    Case(
        "budget_exceeded",
        WARNING,
        "budgets.q",
        "costs $1.05 a month, $0.05 over its budget of $1.00",
        "largest: q, Requests, standard: $1.05",
        f"{CLIENT}q: {{type: sqs.queue}}",
        "- c -> q: {rate: 1/s, size: 1 KB}",
        budgets="{q: 1}",
    ),
    Case(
        "budget_undecided",
        INFO,
        "budgets.w",
        "costs at least $0.53 a month of its budget of $9.00, and 1 charge is unknown",
        "unknown: w Duration, x86_64",
        f"{CLIENT}w: {{type: lambda.function}}",
        "- c -> w: {rate: 1/s, size: 1 KB}",
        budgets="{w: 9}",
    ),
)
