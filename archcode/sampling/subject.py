"""A spec with some of its quantities open: what it uses and costs at given values of them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct
from msgspec.structs import replace

from archcode.errors import UsageError
from archcode.estimate import Estimate, price
from archcode.growth import scaled
from archcode.metering import metered, sizes
from archcode.model import ONE
from archcode.rationals import Known
from archcode.sampling.bill import Bill, Biller
from archcode.spec.parse import parse_document
from archcode.spec.ranges import with_values
from archcode.topology import propagate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archcode.overlay.model import Overlay
    from archcode.pricebook import PriceBook
    from archcode.spec.load import Document, Path, Value
    from archcode.spec.model import Spec

PEAKS = {"rate": "peak", "message_rate": "peak_message_rate"}
"""Mean rates and the peaks that are never below them, in flows and in fleets of things."""
_LEFT_OUT = ("scenarios", "budgets", "alternatives", "views")
"""Sections that change no cost of the spec itself."""


class Terms(Struct, frozen=True):
    """What a spec is priced by: the book, the agreement, a region in place of its own, the month.

    `scale` multiplies all traffic, as a scenario does.
    """

    prices: PriceBook
    region: str = ""
    hours_per_month: Fraction = Fraction(730)
    free_tier: bool = True
    overlay: Overlay | None = None
    scale: Fraction = ONE


class Subject(Struct, frozen=True):
    """A spec, and how it is priced; values are put in by their paths in its document."""

    spec: Spec
    terms: Terms

    def at(self, values: Mapping[Path, Fraction | int]) -> Spec:
        """The spec with these values; raises SpecError where they are not allowed together."""
        made = parse_document(patched(self.spec.document, values))
        return scaled(made, self.terms.scale)

    def bill(self, values: Mapping[Path, Fraction | int]) -> tuple[Bill, list[Fraction]]:
        """What is charged, and the quantities that it is charged for; raises SpecError."""
        terms = self.terms
        topology = propagate(
            self.at(values), region=terms.region, hours_per_month=terms.hours_per_month
        )
        usage, _ = metered(topology, sizes(topology))
        biller = Biller(usage, terms.prices, terms.overlay, free_tier=terms.free_tier)
        return biller.bill(), biller.quantities

    def estimate(self, values: Mapping[Path, Fraction | int]) -> Estimate:
        """The exact estimate at these values; raises SpecError."""
        terms = self.terms
        topology = propagate(
            self.at(values), region=terms.region, hours_per_month=terms.hours_per_month
        )
        return price(topology, terms.prices, free_tier=terms.free_tier, overlay=terms.overlay)

    def value(self, path: Path) -> Fraction | None:
        """A quantity that a flow or component states, by its path; None where it states none."""
        found = stated(self.spec, path)
        return found if isinstance(found, Fraction) else None


def stated(spec: Spec, path: Path) -> object:
    """What a flow or component has at a path of the document; None where it has nothing."""
    found: object = None
    keys = path[2:]
    if path[0] == "flows":
        flow = next((f for f in spec.flows if path[: len(f.path)] == f.path), None)
        found, keys = flow and flow.settings, path[len(flow.path) if flow else 0 :]
    elif path[0] == "components" and path[1] in spec.components:
        component = spec.components[str(path[1])]
        if keys[:1] == ("usage",):
            return component.usage.get(str(keys[-1]))
        found = component.settings
    for key in keys:
        found = getattr(found, str(key), None)
    return found


def is_whole(spec: Spec, path: Path) -> bool:
    """Whether a setting is a whole number of AWS's own unit, as `memory_size` is."""
    return isinstance(stated(spec, path), int)


def known(value: Fraction | float) -> Known:
    """A quantity in base units, as a spec takes it."""
    return Known(Fraction(value))


def patched(document: Document, values: Mapping[Path, Fraction | int]) -> Document:
    """The document with other values at some paths; raises UsageError where nothing stands there.

    The document itself stays as it is.
    """
    top = document.value if isinstance(document.value, dict) else {}
    root: Value = {key: value for key, value in top.items() if key not in _LEFT_OUT}
    for path in values:
        _stands(root, path)
    return with_values(replace(document, value=root), cast("Mapping[Path, Value]", values))


def _stands(root: Value, path: Path) -> None:
    """Raise UsageError where nothing of a document holds the last key of a path."""
    holder: Any = root
    try:
        for key in path[:-1]:
            holder = holder[key]
    except (KeyError, IndexError, TypeError):
        holder = None
    if not isinstance(holder, dict) or not isinstance(path[-1], str):
        where = ".".join(map(str, path))
        raise UsageError(f"{where}: the spec has no such place")
