"""The estimate as JSON of a documented, versioned shape; numbers are exact decimal strings."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from archcode.budgets import spendings
from archcode.currency import MONEY, PRICING_CURRENCY, USD
from archcode.economics import unit_costs
from archcode.model import Charge, Finding
from archcode.render import _spread_json
from archcode.units import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from archcode.budgets import Spending
    from archcode.currency import Currency
    from archcode.economics import UnitCost
    from archcode.estimate import Estimate
    from archcode.model import Capacity, Load
    from archcode.topology import Topology

T = TypeVar("T")
_CHARGE = Charge.__struct_fields__
_FINDING = Finding.__struct_fields__
SCHEMA_VERSION = "1.5"
"""Raised in the first number when a key goes or changes its meaning."""


def render(estimate: Estimate, findings: Sequence[Finding]) -> str:
    """The whole estimate as indented JSON, keys in a fixed order."""
    return json.dumps(document(estimate, findings), indent=2, ensure_ascii=False) + "\n"


def document(estimate: Estimate, findings: Sequence[Finding]) -> dict[str, object]:
    """The same as plain dictionaries and lists."""
    topology, currency = estimate.topology, estimate.currency
    return {
        "schema_version": SCHEMA_VERSION,
        "title": topology.spec.title,
        "scenario": topology.spec.scenario or None,
        "region_id": topology.region,
        "hours_per_month": plain(topology.hours_per_month),
        "billing_currency": currency.code,
        "pricing_currency": PRICING_CURRENCY,
        "exchange_rate": plain(currency.exchange_rate),
        "price_overlay": estimate.overlay.title if estimate.overlay else None,
        "list_cost": plain(currency.of(estimate.list_cost)),
        "contracted_cost": plain(currency.of(estimate.contracted_cost)),
        "complete": estimate.complete,
        "charges": [_charge(charge, currency) for charge in estimate.charges],
        "loads": {name: _load(load) for name, load in _loads(topology).items()},
        "capacity": {
            name: [_capacity(item) for item in items]
            for name, items in estimate.capacity.items()
            if items
        },
        "spread": _spread_json.spread(estimate),
        "unit_costs": [_unit_cost(one) for one in unit_costs(estimate)],
        "budgets": [_budget(spending) for spending in spendings(estimate)],
        "findings": [_plain(finding, _FINDING) for finding in findings],
    }


def _unit_cost(one: UnitCost) -> dict[str, object]:
    return {"resource_name": one.name or None, **_units(one), **_at_ends(one.ends, _units)}


def _units(one: UnitCost) -> dict[str, object]:
    return {
        "contracted_cost": _known(one.cost),
        "monthly_messages": plain(one.messages),
        "monthly_bytes": plain(one.size),
        "per_million_messages": _known(one.per_million),
        "per_gb": _known(one.per_gb),
        "per_event": {event: _known(cost) for event, cost in one.per_event.items()},
    }


def _at_ends(ends: tuple[T, T] | None, values: Callable[[T], object]) -> dict[str, object]:
    """The same values where the ranges make the whole cost least, and most."""
    low, high = map(values, ends) if ends else (None, None)
    return {"at_low": low, "at_high": high}


def _known(value: Decimal | Fraction | None) -> str | None:
    return None if value is None else plain(value)


def _budget(spending: Spending) -> dict[str, object]:
    return {
        "name": spending.budget.name,
        "amount": plain(spending.budget.amount),
        **_spent(spending),
        **_at_ends(spending.ends, _spent),
    }


def _spent(spending: Spending) -> dict[str, object]:
    return {
        "contracted_cost": plain(spending.cost),
        "complete": spending.complete,
        "over": plain(spending.over) if spending.verdict != "undecided" else None,
        "verdict": spending.verdict,
    }


def _loads(topology: Topology) -> dict[str, Load]:
    """The load of each component, then of each arrow; what two flows share adds up."""
    loads = {name: traffic.received for name, traffic in topology.traffic.items()}
    for hop in topology.hops:
        before = loads.get(hop.where)
        loads[hop.where] = before + hop.delivered if before else hop.delivered
    return loads


def _charge(charge: Charge, currency: Currency) -> dict[str, object]:
    """A charge with its amounts in the currency that is shown."""
    values = _plain(charge, _CHARGE)
    if currency == USD:
        return values
    amounts = {name: getattr(charge, name) for name in MONEY}
    shown = {k: plain(currency.of(v)) for k, v in amounts.items() if v is not None}
    step = currency.factor if charge.contracted_cost is not None else ""
    return values | shown | {"formula": f"{charge.formula}{step}"}


def _plain(value: Charge | Finding, names: tuple[str, ...]) -> dict[str, object]:
    """A value's fields, decimals as plain digits."""
    found = {name: getattr(value, name) for name in names}
    return {k: plain(v) if isinstance(v, Decimal) else v for k, v in found.items()}


def _load(load: Load) -> dict[str, str]:
    return {
        "messages_per_second": plain(load.messages_per_second),
        "peak_messages_per_second": plain(load.peak_messages_per_second),
        "message_size_bytes": plain(load.message_size_bytes),
        "monthly_messages": plain(load.monthly_messages),
        "monthly_bytes": plain(load.monthly_bytes),
    }


def _capacity(item: Capacity) -> dict[str, object]:
    return {
        "name": item.name,
        "required": item.required,
        "configured": item.configured,
        "formula": item.formula,
    }
