"""Where along the traffic another option costs least."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.compare.kinds import KINDS
from archcode.errors import UsageError
from archcode.sweep import Unit, Variable, sweep
from archcode.sweep.field import RESIZED

if TYPE_CHECKING:
    from archcode.compare import Basis, Comparison, Option
    from archcode.spec.model import Spec
    from archcode.sweep import Sweep

FARTHEST = 32
"""How many times more and less than today's traffic is looked at."""
_DEAREST = 8
"""Options that cost so many times the cheapest are not drawn beside it."""


def swept(spec: Spec, found: Comparison, basis: Basis, channel: str) -> Sweep | None:
    """The cost of what could be chosen, from a part of today's traffic to many times as much.

    None where no traffic comes in that could be varied.
    """
    variable = Variable("rate", Unit.TIMES, Fraction(1, FARTHEST), Fraction(FARTHEST))
    names = [option.name for option in _drawn(found)]
    today = found.current.name
    if channel and any(kind.name == today for kind in KINDS):
        names.append(f"{today}{RESIZED}")
    try:
        return sweep(spec, variable, basis, channel=channel, options=names)
    except UsageError:
        return None


def _drawn(found: Comparison) -> list[Option]:
    """Feasible options that cost not much more than the cheapest, somewhere in the ranges."""
    feasible = [option for option in found.options if option.feasible and option.priced]
    drawn = []
    for option in feasible:
        for place, cost in enumerate(option.list_costs):
            others = [other.list_costs[place] for other in feasible]
            least = min((other for other in others if other is not None), default=Decimal(0))
            if option.current or (cost is not None and cost <= max(least, Decimal(1)) * _DEAREST):
                drawn.append(option)
                break
    return drawn


def named_in(line: Sweep, found: Comparison, option: Option) -> str:
    """What a sweep calls an option: a service sized anew has not the name of today's."""
    resized = f"{option.name}{RESIZED}"
    same = not option.current and option.name == found.current.name
    return resized if same and any(c.name == resized for c in line.curves) else option.name


def told_as(name: str) -> str:
    """What a comparison calls an option of a sweep."""
    return name.removesuffix(RESIZED)
