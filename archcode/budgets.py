"""Estimate to verdicts on budgets: within, over, or undecided where a cost is unknown.

An unknown cost never passes as within: where the known part alone is above the budget it is over,
else nobody can tell. A verdict is that of the typical values; beside it stand those at both ends of
what the ranges of a spec make of the whole.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from archcode.spec.budget import TOTAL
from archcode.units import EXACT, exact_sum

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archcode.estimate import Estimate
    from archcode.model import Charge
    from archcode.spec.budget import Budget
    from archcode.spec.model import Spec

Verdict = Literal["within", "over", "undecided"]
NOTHING = Decimal(0)
_CENT = Decimal("0.01")
MOST = 3
"""How many of the largest charges are told."""


class Spending(Struct, frozen=True):
    """A budget and what counts towards it: `cost` is the known part, in the estimate's currency.

    `ends` is the same where the ranges of the spec make the whole cost least, and most.
    """

    budget: Budget
    cost: Decimal
    complete: bool
    charges: tuple[Charge, ...]
    ends: tuple[Spending, Spending] | None = None

    @property
    def over(self) -> Decimal:
        """How much the known part is above the budget; below 0 where something is left of it."""
        return EXACT.subtract(self.cost, self.budget.amount)

    @property
    def verdict(self) -> Verdict:
        """Whether the budget holds; what costs just as much is within."""
        if self.over > 0:
            return "over"
        return "within" if self.complete else "undecided"

    @property
    def at_risk(self) -> Spending | None:
        """What it costs at the end that breaks a budget which holds typically; None where none."""
        if self.verdict != "within":
            return None
        over = [end for end in self.ends or () if end.verdict != "within"]
        return max(over, key=lambda end: (end.verdict == "over", end.cost), default=None)

    @property
    def fine(self) -> bool:
        """Whether cost and budget differ by less than a cent, so that cents would not tell."""
        return NOTHING < abs(self.over) < _CENT

    @property
    def largest(self) -> tuple[tuple[str, str, Decimal], ...]:
        """The largest charges: component, description and US dollars, those alike together."""
        together: dict[tuple[str, str], Decimal] = {}
        for charge in self.charges:
            key = charge.resource_name, charge.charge_description
            known = charge.contracted_cost or NOTHING
            together[key] = EXACT.add(together.get(key, NOTHING), known)
        ordered = sorted(together.items(), key=lambda item: (-item[1], item[0]))
        return tuple((*key, cost) for key, cost in ordered[:MOST] if cost > 0)

    @property
    def unknown(self) -> tuple[Charge, ...]:
        """The charges whose cost is not known."""
        return tuple(charge for charge in self.charges if charge.contracted_cost is None)


def spendings(estimate: Estimate) -> Iterator[Spending]:
    """Each budget of the spec with what counts towards it, in the order of the text."""
    found, typical = estimate.spread, _spendings(estimate)
    if found is None:
        yield from typical
        return
    ends = zip(_spendings(found.low), _spendings(found.high), strict=True)
    for spending, pair in zip(typical, ends, strict=True):
        yield replace(spending, ends=pair)


def _spendings(estimate: Estimate) -> Iterator[Spending]:
    spec = estimate.topology.spec
    for budget in spec.budgets:
        names = None if budget.name == TOTAL else _inside(spec, budget.name)
        charges = tuple(_of(estimate.charges, names))
        known = exact_sum(charge.contracted_cost or NOTHING for charge in charges)
        complete = all(charge.contracted_cost is not None for charge in charges)
        yield Spending(budget, estimate.currency.of(known), complete, charges)


def _of(charges: Iterable[Charge], names: set[str] | None) -> Iterator[Charge]:
    """The charges of some components; all, with the account's credits, where none are named."""
    return (charge for charge in charges if names is None or charge.resource_name in names)


def _inside(spec: Spec, name: str) -> set[str]:
    """A component, or all those in a group and the groups inside it."""
    if name in spec.components:
        return {name}
    return {part for part, frames in spec.frames().items() if name in {f.name for f in frames}}
