"""Specs side by side as JSON of a documented, versioned shape; amounts are exact strings."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.headroom import MOST
from archcode.model import Severity
from archcode.units import at_most, plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from archcode.compare.specs import Side, SideBySide
    from archcode.currency import Currency
    from archcode.headroom import Margin

SCHEMA_VERSION = "1.1"
"""Raised in the first number when a key goes or changes its meaning."""


def render(found: SideBySide) -> str:
    """The specs as indented JSON."""
    return json.dumps(document(found), indent=2, ensure_ascii=False) + "\n"


def document(found: SideBySide) -> dict[str, object]:
    """The same as plain dictionaries and lists."""
    first = found.sides[0].estimate
    return {
        "schema_version": SCHEMA_VERSION,
        "currency": first.currency.code,
        "exchange_rate": plain(first.currency.exchange_rate),
        "price_overlay": first.overlay.title if first.overlay else None,
        "specs": [_side(found, side) for side in found.sides],
    }


def _side(found: SideBySide, side: Side) -> dict[str, object]:
    first, shown = side.headroom.binding, side.estimate.currency
    return {
        "file": side.name,
        "title": side.estimate.topology.spec.title,
        "region_id": side.estimate.topology.region,
        "list_cost": _range(side.estimate.list_cost, shown),
        "list_cost_difference": _range(found.list_difference(side), shown),
        "contracted_cost": _range(side.estimate.contracted_cost, shown),
        "contracted_cost_difference": _range(found.difference(side), shown),
        "complete": side.estimate.complete,
        "findings": {str(kind): side.counts.get(kind, 0) for kind in Severity},
        "first_to_break": _limit(first) if first else None,
        "services": _amounts(side.services, shown),
        "components": _amounts(side.components, shown),
    }


def _range(amount: Decimal, shown: Currency) -> dict[str, str]:
    """An amount that has no range yet: its three values are one."""
    return dict.fromkeys(("low", "typical", "high"), plain(shown.of(amount)))


def _amounts(costs: Mapping[str, Decimal], shown: Currency) -> dict[str, str]:
    return {name: plain(shown.of(cost)) for name, cost in costs.items()}


def _limit(margin: Margin) -> dict[str, object]:
    load, multiple = margin.load, margin.multiple
    known = None if multiple is None else plain(at_most(min(multiple, Fraction(MOST))))
    return {
        "component": load.component,
        "where": load.where,
        "name": load.name,
        "kind": load.kind,
        "headroom": plain(load.headroom),
        "holds_to": known,
        "holds_beyond": margin.beyond,
    }
