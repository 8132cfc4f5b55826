"""Both ends of a total, and what each range does to it, as plain values for JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from archcode.spec.ranges import ENDS
from archcode.units import exact_sum, plain

if TYPE_CHECKING:
    from archcode.estimate import Estimate
    from archcode.spec.load import Value


def spread(estimate: Estimate) -> dict[str, object] | None:
    """Both ends of the total, by component, and what each range does to it; None without any."""
    found, currency = estimate.spread, estimate.currency
    if found is None:
        return None
    return {
        "low": _end(found.low),
        "high": _end(found.high),
        "ranges": [
            {
                "where": effect.range.where,
                **{end: _written(effect.range.at(end)) for end in ENDS},
                "contracted_cost_at_low": plain(currency.of(effect.low)),
                "contracted_cost_at_high": plain(currency.of(effect.high)),
            }
            for effect in found.effects
        ],
    }


def _end(estimate: Estimate) -> dict[str, object]:
    currency = estimate.currency
    names = dict.fromkeys(charge.resource_name for charge in estimate.charges)
    costs = {n: exact_sum(c.contracted_cost or Decimal(0) for c in estimate.of(n)) for n in names}
    return {
        "list_cost": plain(currency.of(estimate.list_cost)),
        "contracted_cost": plain(currency.of(estimate.contracted_cost)),
        "complete": estimate.complete,
        "components": {name: plain(currency.of(cost)) for name, cost in costs.items()},
    }


def _written(value: Value) -> str | int:
    """A value as its author wrote it."""
    return value if isinstance(value, str | int) else str(value)
