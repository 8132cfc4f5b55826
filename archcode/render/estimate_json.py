"""The estimate as JSON of a documented, versioned shape; numbers are exact decimal strings."""

from __future__ import annotations

import json
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING

from archcode.model import Charge, Finding
from archcode.units import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archcode.estimate import Estimate
    from archcode.model import Capacity, Load
    from archcode.topology import Topology

_CHARGE = tuple(field.name for field in fields(Charge))
_FINDING = tuple(field.name for field in fields(Finding))
SCHEMA_VERSION = "1.0"
"""Raised in the first number when a key goes or changes its meaning."""


def render(estimate: Estimate, findings: Sequence[Finding]) -> str:
    """The whole estimate as indented JSON, keys in a fixed order."""
    return json.dumps(document(estimate, findings), indent=2, ensure_ascii=False) + "\n"


def document(estimate: Estimate, findings: Sequence[Finding]) -> dict[str, object]:
    """The same as plain dictionaries and lists."""
    topology = estimate.topology
    return {
        "schema_version": SCHEMA_VERSION,
        "title": topology.spec.title,
        "region_id": topology.region,
        "hours_per_month": plain(topology.hours_per_month),
        "billing_currency": estimate.billing_currency,
        "list_cost": plain(estimate.list_cost),
        "complete": estimate.complete,
        "charges": [_plain(charge, _CHARGE) for charge in estimate.charges],
        "loads": {name: _load(load) for name, load in _loads(topology).items()},
        "capacity": {
            name: [_capacity(item) for item in items]
            for name, items in estimate.capacity.items()
            if items
        },
        "findings": [_plain(finding, _FINDING) for finding in findings],
    }


def _loads(topology: Topology) -> dict[str, Load]:
    """The load of each component, then of each arrow; what two flows share adds up."""
    loads = {name: traffic.received for name, traffic in topology.traffic.items()}
    for hop in topology.hops:
        before = loads.get(hop.where)
        loads[hop.where] = before + hop.delivered if before else hop.delivered
    return loads


def _plain(value: Charge | Finding, names: tuple[str, ...]) -> dict[str, object]:
    """A value's fields, decimals as plain digits."""
    # dataclasses.asdict copies every text and takes ten times as long.
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
