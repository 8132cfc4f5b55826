"""A sweep or a map as JSON of a documented, versioned shape; numbers are exact strings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archcode.render._exact import exact
from archcode.units import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from archcode.sweep import Area, BreakEven, Curve, Point, Region, Stretch, Sweep, Variable
    from archcode.sweep.model import Costs

SCHEMA_VERSION = "1.0"
"""Raised in the first number when a key goes or changes its meaning."""


def render(found: Sweep) -> str:
    """A sweep as indented JSON."""
    return json.dumps(document(found), indent=2, ensure_ascii=False) + "\n"


def render_area(found: Area) -> str:
    """A map as indented JSON."""
    return json.dumps(area_document(found), indent=2, ensure_ascii=False) + "\n"


def document(found: Sweep) -> dict[str, object]:
    """A sweep as plain dictionaries and lists."""
    return {
        "schema_version": SCHEMA_VERSION,
        "title": found.title,
        "region_id": found.region_id,
        "component": found.channel,
        "currency": "USD",
        "variable": _variable(found.variable),
        "today": None if found.today is None else exact(found.today),
        "break_evens": [_break_even(found, one) for one in found.break_evens],
        "regions": [_region(found, region) for region in found.regions],
        "options": [_option(curve) for curve in found.curves],
    }


def area_document(found: Area) -> dict[str, object]:
    """A map as plain dictionaries and lists."""
    return {
        "schema_version": SCHEMA_VERSION,
        "title": found.title,
        "region_id": found.region_id,
        "component": found.channel,
        "currency": "USD",
        "across": _variable(found.across),
        "up": _variable(found.up),
        "xs": [exact(x) for x in found.xs],
        "ys": [exact(y) for y in found.ys],
        "cells": [[name or None for name in row] for row in found.cells],
        "list_costs": [[_amount(cost) for cost in row] for row in found.costs],
        "shares": [{"name": name or None, "share": exact(part)} for name, part in found.shares()],
    }


def _variable(variable: Variable) -> dict[str, object]:
    return {
        "name": variable.name,
        "unit": variable.unit.value,
        "from": exact(variable.start),
        "to": exact(variable.end),
    }


def _break_even(found: Sweep, one: BreakEven) -> dict[str, object]:
    return {
        "x": exact(one.x),
        "text": found.variable.text(one.x),
        "kind": one.kind,
        "exact": one.exact,
        "from": one.left or None,
        "to": one.right or None,
        "cheapest": one.cheapest or None,
        "below": exact(one.below),
        "above": exact(one.above),
        "from_list_cost": _costs(one.left_costs),
        "to_list_cost": _costs(one.right_costs),
        "facts": list(one.facts),
    }


def _costs(costs: Costs | None) -> dict[str, str | None] | None:
    if costs is None:
        return None
    return {
        "below": _amount(costs.below),
        "at": _amount(costs.there),
        "above": _amount(costs.above),
    }


def _region(found: Sweep, region: Region) -> dict[str, object]:
    text = found.variable.text
    return {
        "from": exact(region.start),
        "to": exact(region.end),
        "text": f"{text(region.start)} to {text(region.end)}",
        "name": region.name or None,
    }


def _option(curve: Curve) -> dict[str, object]:
    return {
        "name": curve.name,
        "type": curve.type,
        "resource_type": curve.resource_type,
        "current": curve.current,
        "fits": [_stretch(stretch) for stretch in curve.fits],
        "points": [_point(point) for point in curve.points],
    }


def _stretch(stretch: Stretch) -> dict[str, object]:
    return {"from": exact(stretch.start), "to": exact(stretch.end), "why": stretch.why or None}


def _point(point: Point) -> dict[str, object]:
    return {
        "x": exact(point.x),
        "list_cost": _amount(point.list_cost),
        "complete": point.complete,
        "feasible": point.feasible,
        "fits": point.fits,
        "reasons": list(point.reasons),
        "exceeded": point.exceeded,
        "size": point.size,
    }


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)
