"""Headroom as JSON of a documented, versioned shape; numbers are exact decimal strings."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.headroom import MOST, binding
from archcode.units import at_most, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archcode.headroom import Headroom, Margin
    from archcode.topology import Topology

SCHEMA_VERSION = "1.0"
"""Raised in the first number when a key goes or changes its meaning."""


def render(found: Iterable[Headroom], component: str = "") -> str:
    """The headroom of each spec as indented JSON; of one component where it is named."""
    return json.dumps(document(found, component), indent=2, ensure_ascii=False) + "\n"


def document(found: Iterable[Headroom], component: str = "") -> dict[str, object]:
    """The same as plain dictionaries and lists."""
    specs = [_spec(headroom, component) for headroom in found]
    return {"schema_version": SCHEMA_VERSION, "specs": specs}


def _spec(headroom: Headroom, component: str) -> dict[str, object]:
    topology = headroom.topology
    named = {n: m for n, m in headroom.components.items() if component in ("", n)}
    shared = [m for m in headroom.shared if component in ("", m.load.component)]
    first = headroom.binding
    return {
        "title": topology.spec.title,
        "region_id": topology.region,
        "binding": _limit(first, topology) if first else None,
        "components": [_component(topology, name, margins) for name, margins in named.items()],
        "account": [_limit(margin, topology) for margin in shared],
    }


def _component(topology: Topology, name: str, margins: Sequence[Margin]) -> dict[str, object]:
    first = binding(margins)
    return {
        "resource_name": name,
        "resource_type": topology.service(name).resource_type,
        "region_id": topology.traffic[name].region,
        "binding": margins.index(first) if first else None,
        "limits": [_limit(margin, topology) for margin in margins],
    }


def _limit(margin: Margin, topology: Topology) -> dict[str, object]:
    load, multiple = margin.load, margin.multiple
    return {
        "resource_name": load.component,
        "region_id": topology.traffic[load.component].region,
        "name": load.name,
        "kind": load.kind,
        "scope": load.scope,
        "shared": load.shared,
        "where": load.where,
        "words": load.words,
        "unit": load.unit,
        "mean": None if margin.mean is None else plain(margin.mean),
        "peak": plain(load.load),
        "limit": plain(load.most),
        "headroom_percent": plain(load.headroom * 100),
        "exceeded": load.exceeded,
        "holds_to": None if multiple is None else plain(at_most(min(multiple, Fraction(MOST)))),
        "holds_beyond": margin.beyond,
    }
