"""Carrying and pricing a spec, on the basis that options make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.cli import _io

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from archcode.cli._io import Basis
    from archcode.estimate import Estimate
    from archcode.model import Capacity
    from archcode.spec.model import Spec
    from archcode.topology import Topology

    Sized = Callable[[Topology, Mapping[str, tuple[Capacity, ...]]], None]


def pricing(basis: Basis, sized: Sized | None = None) -> Callable[[Spec], Estimate]:
    """How a spec is carried and priced; raises UsageError for an option that cannot be read."""
    from archcode.topology import propagate

    hours, place = _io.hours_of(basis.hours_per_month), _io.region_of(basis.region)
    book = _io.price_book(basis.prices)

    def priced(spec: Spec, told: Sized | None = None) -> Estimate:
        from archcode.metering import sizes

        topology = propagate(spec, region=place, hours_per_month=hours)
        capacity = sizes(topology)
        if told:
            told(topology, capacity)
        # What is told of the sizes may be worked on while this is loaded.
        from archcode.estimate import price

        overlay = basis.terms.overlay if basis.terms else None
        free = basis.free_tier
        found = price(topology, book, free_tier=free, overlay=overlay, capacity=capacity)
        return replace(found, currency=basis.terms.currency) if basis.terms else found

    def with_ranges(spec: Spec) -> Estimate:
        if not spec.ranges:
            return priced(spec, sized)
        from archcode.sensitivity import ranged

        return ranged(spec, priced)

    return with_ranges
