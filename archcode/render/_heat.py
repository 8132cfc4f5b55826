"""How hot each component of a picture is: by its part of the cost, or by what its limits leave."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.draw.picture import Scale
from archcode.headroom import binding
from archcode.units import exact_sum

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from archcode.estimate import Estimate
    from archcode.headroom import Headroom
    from archcode.model import LimitLoad

COST = Scale(
    "Share of monthly cost", ("under 2%", "2 to 10%", "10 to 25%", "25 to 50%", "50% and more")
)
HEADROOM = Scale(
    "Headroom of the binding limit at the peak",
    ("75% and more", "50 to 75%", "25 to 50%", "under 25%", "exceeded"),
)
_SHARES = tuple(Fraction(percent, 100) for percent in (2, 10, 25, 50))
_LEFT = tuple(Fraction(percent, 100) for percent in (75, 50, 25, 0))


class Heat(Struct, frozen=True):
    """The level of each component that has one, from 1 to 5, and its words."""

    scale: Scale
    levels: Mapping[str, tuple[int, str]]
    together: Callable[[Collection[str]], tuple[int, str]] = lambda _: (0, "")
    """The same of several components that are one box."""


def of_cost(estimate: Estimate) -> Heat:
    """Shares of what the components cost together; one whose cost is unknown has none."""
    costs = {}
    for name, traffic in estimate.topology.traffic.items():
        charges = estimate.of(name)
        known = [c.contracted_cost for c in charges if c.contracted_cost is not None]
        if known or not (charges or traffic.settings.outside):
            costs[name] = Fraction(exact_sum(known)), len(known) == len(charges)
    total = sum((cost for cost, _ in costs.values()), Fraction(0))
    shares = {name: (cost / total, whole) for name, (cost, whole) in costs.items() if total}
    unknown = {charge.resource_name for charge in estimate.charges} - shares.keys()

    def together(names: Collection[str]) -> tuple[int, str]:
        found = [shares[name] for name in names if name in shares]
        whole = all(known for _, known in found) and unknown.isdisjoint(names)
        return _share(sum((share for share, _ in found), Fraction(0)), whole) if found else (0, "")

    return Heat(COST, {name: _share(*share) for name, share in shares.items()}, together)


def of_headroom(headroom: Headroom) -> Heat:
    """What the limit leaves that breaks first; a component without loads on limits has none."""
    first = {name: binding(margins) for name, margins in headroom.components.items()}
    loads = {name: margin.load for name, margin in first.items() if margin}

    def together(names: Collection[str]) -> tuple[int, str]:
        found = [loads[name] for name in names if name in loads]
        return _left(min(found, key=lambda load: load.headroom)) if found else (0, "")

    return Heat(HEADROOM, {name: _left(load) for name, load in loads.items()}, together)


def _share(share: Fraction, whole: bool) -> tuple[int, str]:  # noqa: FBT001 - private
    """The level of a part of the cost; where some of it is unknown the part is a least one."""
    percent = "<1" if 0 < share < Fraction(1, 200) else str(round(share * 100))
    level = 1 + sum(share >= bound for bound in _SHARES)
    return level, f"{'' if whole else '≥ '}{percent}% of cost"


def _left(load: LimitLoad) -> tuple[int, str]:
    """The level of a headroom, whose percentage is rounded down."""
    if load.exceeded:
        return len(_LEFT) + 1, "limit exceeded"
    level = 1 + next(place for place, bound in enumerate(_LEFT) if load.headroom >= bound)
    return level, f"{int(load.headroom * 100)}% headroom"
