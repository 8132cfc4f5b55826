"""A comparison as JSON of a documented, versioned shape; numbers are exact decimal strings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archcode.compare.option import sizes_text
from archcode.spec.ranges import ENDS
from archcode.units import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from archcode.compare import Comparison, Option
    from archcode.compare.option import Words
    from archcode.currency import Currency
    from archcode.model import Capacity, LimitLoad

SCHEMA_VERSION = "1.1"
"""Raised in the first number when a key goes or changes its meaning."""


def render(found: Comparison) -> str:
    """The options as indented JSON."""
    return json.dumps(document(found), indent=2, ensure_ascii=False) + "\n"


def document(found: Comparison) -> dict[str, object]:
    """The same as plain dictionaries and lists."""
    shown = found.today.currency
    return {
        "schema_version": SCHEMA_VERSION,
        "title": found.title,
        "region_id": found.today.topology.region,
        "components": list(found.subjects),
        "currency": shown.code,
        "exchange_rate": plain(shown.exchange_rate),
        "price_overlay": found.today.overlay.title if found.today.overlay else None,
        "list_cost": _range(found.current.list_costs, shown),
        "contracted_cost": _range(found.current.costs, shown),
        "options": [_option(found, option) for option in found.options],
    }


def _option(found: Comparison, option: Option) -> dict[str, object]:
    shown, idle = found.today.currency, option.idle
    return {
        "name": option.name,
        "type": option.type,
        "resource_type": option.resource_type,
        "current": option.current,
        "feasible": option.feasible,
        "fits": option.fits,
        "reasons": list(option.reasons),
        "requirements": list(option.required),
        "notes": list(option.notes),
        "list_cost": _range(option.list_costs, shown),
        "list_cost_difference": _range(found.list_differences(option), shown),
        "idle_list_cost": _range((idle.list_cost,) * 3 if idle else None, shown),
        "contracted_cost": _range(option.costs, shown),
        "contracted_cost_difference": _range(found.differences(option), shown),
        "idle_contracted_cost": _range((idle.contracted_cost,) * 3 if idle else None, shown),
        "complete": option.complete,
        "components": list(option.parts),
        "size": sizes_text(option),
        "capacity": [_capacity(name, size) for name, size in option.capacity],
        "headroom": plain(option.binding.headroom) if option.binding else None,
        "binding_limit": _limit(option.binding) if option.binding else None,
        **_words(option.words),
    }


def _range(
    amounts: Sequence[Decimal | None] | None, shown: Currency
) -> dict[str, str | None] | None:
    """The three values of an amount of US dollars; null where all of them are unknown."""
    if amounts is None or all(amount is None for amount in amounts):
        return None
    texts = (None if amount is None else plain(shown.of(amount)) for amount in amounts)
    return dict(zip(ENDS, texts, strict=True))


def _capacity(component: str, size: Capacity) -> dict[str, object]:
    return {
        "component": component,
        "name": size.name,
        "required": size.required,
        "provided": size.provided,
        "formula": size.formula,
    }


def _limit(load: LimitLoad) -> dict[str, object]:
    return {
        "component": load.component,
        "where": load.where,
        "name": load.name,
        "kind": load.kind,
        "load": plain(load.load),
        "limit": plain(load.most),
        "unit": load.unit,
        "scope": load.scope,
        "words": load.words,
    }


def _words(words: Words | None) -> dict[str, object]:
    """The words of `requires`; null where nobody states a promise, or a replay has no end."""
    replay = words.replay if words else None
    return {
        "ordering": words.ordering if words else None,
        "delivery": words.delivery if words else None,
        "delivery_condition": words.once if words else None,
        "replay": words.replay_text if words else None,
        "replay_seconds": None if replay is None else plain(replay),
        "latency": words.latency if words else None,
    }
