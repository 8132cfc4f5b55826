"""Scenarios side by side as JSON of a documented, versioned shape; numbers are exact strings."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.budgets import spendings
from archcode.headroom import MOST
from archcode.model import Severity
from archcode.outlook import changed_sizes
from archcode.render import _spread_json
from archcode.units import EXACT, at_most, plain

if TYPE_CHECKING:
    from archcode.headroom import Margin
    from archcode.outlook import Prospect

SCHEMA_VERSION = "1.1"
"""Raised in the first number when a key goes or changes its meaning."""


def render(prospects: tuple[Prospect, ...]) -> str:
    """All scenarios as indented JSON, keys in a fixed order."""
    return json.dumps(document(prospects), indent=2, ensure_ascii=False) + "\n"


def document(prospects: tuple[Prospect, ...]) -> dict[str, object]:
    """The same as plain dictionaries and lists."""
    first = prospects[0].estimate
    return {
        "schema_version": SCHEMA_VERSION,
        "title": first.topology.spec.title,
        "hours_per_month": plain(first.topology.hours_per_month),
        "billing_currency": first.currency.code,
        "scenarios": [_scenario(prospects[0], prospect) for prospect in prospects],
        "sizes": [
            {
                "resource_name": component,
                "name": resource,
                "required": [size.required if size else None for size in sizes],
                "configured": [size.configured if size else None for size in sizes],
            }
            for component, resource, sizes in changed_sizes(prospects)
        ],
    }


def _scenario(before: Prospect, prospect: Prospect) -> dict[str, object]:
    estimate, old = prospect.estimate, before.estimate
    more = EXACT.subtract(estimate.contracted_cost, old.contracted_cost)
    known = estimate.complete and old.complete
    told = [*spendings(estimate)]
    counts = {
        f"{severity}s": sum(finding.severity == severity for finding in prospect.findings)
        for severity in Severity
    }
    return {
        "name": prospect.name or None,
        "label": prospect.label,
        "scale": plain(prospect.scale),
        "region_id": estimate.topology.region,
        "list_cost": plain(estimate.currency.of(estimate.list_cost)),
        "contracted_cost": plain(estimate.currency.of(estimate.contracted_cost)),
        "complete": estimate.complete,
        "spread": _spread_json.spread(estimate),
        "difference": plain(estimate.currency.of(more)) if known else None,
        "first_to_break": _limit(prospect.first) if prospect.first else None,
        **counts,
        "budgets": {spending.budget.name: spending.verdict for spending in told},
        "budgets_at_risk": [spending.budget.name for spending in told if spending.at_risk],
    }


def _limit(margin: Margin) -> dict[str, object]:
    load, multiple = margin.load, margin.multiple
    return {
        "resource_name": load.component,
        "name": load.name,
        "kind": load.kind,
        "shared": load.shared,
        "headroom_percent": plain(load.headroom * 100),
        "exceeded": load.exceeded,
        "holds_to": None if multiple is None else plain(at_most(min(multiple, Fraction(MOST)))),
        "holds_beyond": margin.beyond,
    }
