"""archcode: one topology of AWS messaging services in; verdict, size, cost and picture out.

    >>> import archcode
    >>> topology = archcode.propagate(archcode.parse(text))
    >>> estimate = archcode.price(topology, archcode.bundled_prices())

Names are imported when they are first used, so that `archcode --version` stays instant.
"""

from __future__ import annotations

from archcode._version import __version__

TYPE_CHECKING = False  # typing takes a quarter of the time of `--version`
if TYPE_CHECKING:
    from archcode.cli._io import bundled_prices
    from archcode.compare import (
        Basis,
        Comparison,
        Option,
        compare_alternatives,
        compare_channel,
    )
    from archcode.compare.specs import compare_specs
    from archcode.currency import Currency
    from archcode.errors import ArchcodeError, DrawingError, PriceMissing, SpecError
    from archcode.estimate import Estimate, price
    from archcode.explanation import explain
    from archcode.headroom import Headroom, headroom_of
    from archcode.model import Capacity, Charge, Finding, Load, Severity
    from archcode.overlay.model import Overlay
    from archcode.overlay.parse import parse_overlay
    from archcode.pricebook import PriceBook
    from archcode.review import findings
    from archcode.spec.dump import dump
    from archcode.spec.model import Spec
    from archcode.spec.parse import parse
    from archcode.spec.schema import json_schema
    from archcode.topology import Topology, propagate

_HOMES = {
    "ArchcodeError": "errors",
    "Basis": "compare",
    "Capacity": "model",
    "Charge": "model",
    "Comparison": "compare",
    "Currency": "currency",
    "DrawingError": "errors",
    "Estimate": "estimate",
    "Finding": "model",
    "Headroom": "headroom",
    "Load": "model",
    "Option": "compare",
    "Overlay": "overlay.model",
    "PriceBook": "pricebook",
    "PriceMissing": "errors",
    "Severity": "model",
    "Spec": "spec.model",
    "SpecError": "errors",
    "Topology": "topology",
    "bundled_prices": "cli._io",
    "compare_alternatives": "compare",
    "compare_channel": "compare",
    "compare_specs": "compare.specs",
    "dump": "spec.dump",
    "price": "estimate",
    "explain": "explanation",
    "findings": "review",
    "headroom_of": "headroom",
    "json_schema": "spec.schema",
    "parse": "spec.parse",
    "parse_overlay": "overlay.parse",
    "propagate": "topology",
}

__all__ = [
    "ArchcodeError",
    "Basis",
    "Capacity",
    "Charge",
    "Comparison",
    "Currency",
    "DrawingError",
    "Estimate",
    "Finding",
    "Headroom",
    "Load",
    "Option",
    "Overlay",
    "PriceBook",
    "PriceMissing",
    "Severity",
    "Spec",
    "SpecError",
    "Topology",
    "__version__",
    "bundled_prices",
    "compare_alternatives",
    "compare_channel",
    "compare_specs",
    "dump",
    "explain",
    "findings",
    "headroom_of",
    "json_schema",
    "parse",
    "parse_overlay",
    "price",
    "propagate",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'archcode' has no attribute {name!r}")
    value: object = getattr(import_module(f"archcode.{_HOMES[name]}"), name)
    return value
