"""How sure a decision is: whether it holds at both ends of the ranges, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.currency import dollars
from archcode.decision.costs import cheapest, near, short_of
from archcode.model import LimitLoad
from archcode.rules import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from archcode.compare import Comparison, Option
    from archcode.decision.model import Certainty
    from archcode.estimate import Estimate

_ENDS = (("low", 0), ("high", 2))


def certainty_of(
    found: Comparison, chosen: Option | None, material: Decimal
) -> tuple[Certainty, tuple[str, ...]]:
    """How sure a choice is, and what speaks against it at the ends of the ranges."""
    if chosen is None:
        return "open", ("No option keeps what is required within its limits at known prices.",)
    against = [[*_against(found, chosen, words, place, material)] for words, place in _ENDS]
    doubts = [*_unknown(found, chosen), *(doubt for end in against for doubt in end)]
    if all(against) and chosen.ends:
        return "open", tuple(doubts)
    return ("leaning" if doubts else "firm"), tuple(doubts)


def _unknown(found: Comparison, chosen: Option) -> Iterator[str]:
    """Options that may cost less than what is known of them."""
    for option in found.options:
        # What a broker that AWS does not run costs is for its owner to say.
        if not option.feasible or option.priced or option.type == "broker":
            continue
        if option.list_cost is None:
            continue
        if chosen.list_cost is not None and option.list_cost < chosen.list_cost:
            told = dollars(option.list_cost)
            yield f"{option.name} costs at least {told}; a price or quantity of it is unknown."


def _against(
    found: Comparison, chosen: Option, words: str, place: int, material: Decimal
) -> Iterator[str]:
    """What speaks against a choice at one end of the ranges."""
    if chosen.ends is None:
        return
    end = chosen.ends[place // 2]
    if end is None:
        yield f"At the {words} end of the ranges {chosen.name} is not possible."
        return
    for load in _broken(end, chosen.parts):
        yield f"At the {words} end of the ranges {load.where} is over {load.name}: {load.words}."
    best = cheapest(found.options, place)
    if best and short_of(chosen, best, place) > near(best, material, place):
        saved = dollars(short_of(chosen, best, place))
        yield f"At the {words} end of the ranges {best.name} costs {saved} a month less."


def _broken(estimate: Estimate, parts: tuple[str, ...]) -> Iterator[LimitLoad]:
    """Limits of the channel that are exceeded; guidelines are advice."""
    loads = (one for one in verdicts(estimate) if isinstance(one, LimitLoad) and one.exceeded)
    return (load for load in loads if load.component in parts and load.kind != "guideline")
