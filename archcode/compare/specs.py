"""Whole specs side by side: what they cost, what is wrong with them, and what breaks first."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.headroom import headroom_of
from archcode.review import findings
from archcode.units import EXACT, exact_sum

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archcode.compare.sizing import Basis
    from archcode.estimate import Estimate
    from archcode.headroom import Headroom
    from archcode.model import Charge, Finding, Severity
    from archcode.spec.model import Spec


class Side(Struct, frozen=True):
    """One of the specs, under the name that its file has."""

    name: str
    estimate: Estimate
    findings: tuple[Finding, ...]
    headroom: Headroom

    @property
    def counts(self) -> Mapping[Severity, int]:
        """How many findings of each severity it has."""
        return Counter(finding.severity for finding in self.findings)

    @property
    def components(self) -> Mapping[str, Decimal]:
        """The known cost of each component as agreed, and of what the account shares, by name."""
        names = dict.fromkeys(charge.resource_name for charge in self.estimate.charges)
        return {name: _agreed(self.estimate.of(name)) for name in names}

    @property
    def services(self) -> Mapping[str, Decimal]:
        """The known cost of each resource type as agreed."""
        kinds = dict.fromkeys(charge.resource_type for charge in self.estimate.charges)
        charges = self.estimate.charges
        return {k: _agreed(c for c in charges if c.resource_type == k) for k in kinds}


class SideBySide(Struct, frozen=True):
    """Several specs; the first one is what the others are compared with."""

    sides: tuple[Side, ...]

    def difference(self, side: Side) -> Decimal:
        """What a spec costs more than the first as agreed, in US dollars a month."""
        first = self.sides[0].estimate
        return EXACT.subtract(side.estimate.contracted_cost, first.contracted_cost)

    def list_difference(self, side: Side) -> Decimal:
        """The same at list prices."""
        return EXACT.subtract(side.estimate.list_cost, self.sides[0].estimate.list_cost)

    def by_component(self) -> list[tuple[str, tuple[Decimal | None, ...]]]:
        """The cost of each component in each spec, None where there is none of the name."""
        return _rows([side.components for side in self.sides])

    def by_service(self) -> list[tuple[str, tuple[Decimal | None, ...]]]:
        """The cost of each resource type in each spec."""
        return _rows([side.services for side in self.sides])


def compare_specs(specs: Iterable[tuple[str, Spec]], basis: Basis) -> SideBySide:
    """Price and check specs under their names; raises SpecError for traffic that cannot be told."""
    return SideBySide(tuple(_side(name, spec, basis) for name, spec in specs))


def _side(name: str, spec: Spec, basis: Basis) -> Side:
    estimate = basis.priced(basis.loaded(spec))
    return Side(name, estimate, findings(estimate), headroom_of(estimate))


def _agreed(charges: Iterable[Charge]) -> Decimal:
    """The exact sum of the known costs as agreed."""
    return exact_sum(c.contracted_cost for c in charges if c.contracted_cost is not None)


def _rows(
    sides: list[Mapping[str, Decimal]],
) -> list[tuple[str, tuple[Decimal | None, ...]]]:
    """One row for each name, in the order in which they are met."""
    names = dict.fromkeys(name for side in sides for name in side)
    return [(name, tuple(side.get(name) for side in sides)) for name in names]
