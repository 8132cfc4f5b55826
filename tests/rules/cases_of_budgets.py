"""What rules say of budgets."""

from __future__ import annotations

from case import CLIENT, INFO, WARNING, Case

CASES = (
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
