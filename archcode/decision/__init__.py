"""Which option to take, and why: a comparison, where its costs meet, and what articles advise.

A difference in cost decides only where it is above what is material: a tenth of the cheapest, or a
stated amount. Of options that are nearer, what the spec has today stays, else the one that is the
least to run. No decision is told as surer than the ranges of the spec allow.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.compare import compare_alternatives, compare_channel
from archcode.compare.ends import Carried, spread_of
from archcode.compare.kinds import KINDS
from archcode.decision.changes import Place, changes_of
from archcode.decision.costs import near, short_of
from archcode.decision.doubts import certainty_of
from archcode.decision.model import Certainty, Change, Decision, Reason
from archcode.decision.reasons import reasons_for
from archcode.decision.turning import swept
from archcode.failures import handoffs

if TYPE_CHECKING:
    from archcode.compare import Basis, Comparison, Option
    from archcode.estimate import Estimate
    from archcode.failures._handoff import Handoff
    from archcode.spec.model import Spec

__all__ = ["MATERIAL", "Certainty", "Change", "Decision", "Reason", "decide"]

MATERIAL = Decimal(100)
"""US dollars a month below which a difference does not decide, unless another amount is stated."""
_LEAST_TO_RUN = tuple(kind.name for kind in KINDS)


def decide(
    spec: Spec, basis: Basis, *, channel: str = "", consumers: int = 0, material: Decimal = MATERIAL
) -> Decision:
    """Decide what carries a channel, or between the alternatives of a spec without one.

    Raises SpecError where the traffic cannot be told, and UsageError where the component is no
    channel.
    """
    found = (
        compare_channel(spec, channel, basis, consumers=consumers)
        if channel
        else compare_alternatives(spec, basis)
    )
    chosen = _chosen(found, material)
    certainty, doubts = certainty_of(found, chosen, material)
    line = swept(found.today.topology.spec, found, basis, channel) if chosen else None
    changes: tuple[Change, ...] = ()
    if chosen:
        changes = tuple(changes_of(spec, found, chosen, Place(basis, material), line))
    if certainty == "firm" and any(change.within for change in changes):
        certainty = "leaning"
    return Decision(
        found,
        _with_spread(spec, found.today, basis, Carried(channel, consumers) if channel else None),
        chosen,
        certainty,
        material,
        tuple(reasons_for(found, chosen, material)),
        doubts,
        changes,
        line,
        tuple(_handoffs(found, chosen)),
    )


def _with_spread(spec: Spec, today: Estimate, basis: Basis, carried: Carried | None) -> Estimate:
    """The spec as it is, with what its ranges make of its cost."""
    return replace(today, spread=spread_of(spec, basis, carried)) if spec.ranges else today


def _chosen(found: Comparison, material: Decimal) -> Option | None:
    """What the spec has, where nothing saves enough; else the one that is the least to run."""
    fits = [option for option in found.options if option.fits and option.list_cost is not None]
    if not fits:
        return None
    best = fits[0]
    close = [option for option in fits if short_of(option, best) <= near(best, material)]
    current = [option for option in close if option.current]
    return current[0] if current else min(close, key=_effort)


def _effort(option: Option) -> int:
    """From what is least to run to what is most; alternatives of the author come first."""
    return _LEAST_TO_RUN.index(option.name) if option.name in _LEAST_TO_RUN else -1


def _handoffs(found: Comparison, chosen: Option | None) -> list[tuple[str, tuple[Handoff, ...]]]:
    """The asynchronous handoffs around the channel, with the chosen option and as it is."""
    told = []
    shown = [chosen] if chosen is found.current else [chosen, found.current]
    for option in shown:
        if option is None or option.estimate is None:
            continue
        around = tuple(
            handoff
            for handoff in handoffs(option.estimate.topology)
            if {*handoff.where.split(" -> ")} & {*option.parts}
        )
        told.append((option.name, around))
    return told
