"""Ranges and samples as JSON of a documented, versioned shape; amounts are exact strings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archcode.render import _spread_json
from archcode.units import plain

if TYPE_CHECKING:
    from archcode.currency import Currency
    from archcode.estimate import Estimate
    from archcode.sampling.result import Distribution, Influence, Sampled

SCHEMA_VERSION = "1.0"
"""Raised in the first number when a key goes or changes its meaning."""


def render(estimate: Estimate, sampled: Sampled | None = None) -> str:
    """All of it as indented JSON, keys in a fixed order."""
    return json.dumps(document(estimate, sampled), indent=2, ensure_ascii=False) + "\n"


def document(estimate: Estimate, sampled: Sampled | None) -> dict[str, object]:
    """The same as plain dictionaries and lists."""
    currency = estimate.currency
    return {
        "schema_version": SCHEMA_VERSION,
        "title": estimate.topology.spec.title,
        "region_id": estimate.topology.region,
        "billing_currency": currency.code,
        "list_cost": plain(currency.of(estimate.list_cost)),
        "contracted_cost": plain(currency.of(estimate.contracted_cost)),
        "complete": estimate.complete,
        "spread": _spread_json.spread(estimate),
        "samples": _samples(sampled, currency) if sampled else None,
    }


def _samples(found: Sampled, currency: Currency) -> dict[str, object]:
    return {
        "samples": found.samples,
        "seed": found.seed,
        "evaluated": found.evaluated,
        "refused": found.refused,
        "not_evaluated": found.not_evaluated,
        "complete": found.complete,
        "list_cost": _distribution(found.list_cost, currency),
        "contracted_cost": _distribution(found.contracted_cost, currency),
        "influences": [_influence(one, currency) for one in found.influences],
    }


def _distribution(found: Distribution, currency: Currency) -> dict[str, object]:
    names = ("p10", "p50", "p90", "mean", "least", "most")
    amounts = {name: plain(currency.of(getattr(found, name))) for name in names}
    edges = [plain(currency.of(edge)) for edge in found.histogram.edges]
    return {**amounts, "edges": edges, "counts": list(found.histogram.counts)}


def _influence(one: Influence, currency: Currency) -> dict[str, object]:
    return {
        "where": one.input.name,
        "rank_correlation": f"{one.rank_correlation:.6f}",
        "contracted_cost_in_lowest_tenth": plain(currency.of(one.low_cost)),
        "contracted_cost_in_highest_tenth": plain(currency.of(one.high_cost)),
    }
