"""The sentences of a decision record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.currency import dollars
from archcode.render._blocks import Item

if TYPE_CHECKING:
    from archcode.decision import Decision, Reason


def title(found: Decision) -> str:
    """What is to be decided."""
    spec = " ".join(found.comparison.title.split())
    subjects = ", ".join(found.comparison.subjects)
    return f"{spec}: what carries {subjects}" if subjects else f"{spec}: which alternative"


def certainty(found: Decision) -> str:
    """What is proposed, and how sure that is."""
    chosen = found.recommended
    if chosen is None:
        return "No option keeps what is required within its limits at known prices."
    take = f"Stay with {chosen.name}" if chosen.current else f"Take {chosen.name}"
    return f"{take}: {_cost(found)}. {_sure(found)}"


def _cost(found: Decision) -> str:
    chosen = found.recommended
    low, typical, high = chosen.list_costs if chosen else (None, None, None)
    if chosen is None or chosen.ends is None:
        return f"{dollars(typical)} a month"
    return f"{dollars(typical)} a month, from {dollars(low)} to {dollars(high)}"


def _sure(found: Decision) -> str:
    ranged = found.today.spread is not None
    if found.certainty == "firm":
        if ranged:
            return "It holds over all of the ranges of the spec."
        return (
            "It rests on single values: the spec has no ranges, so nothing is said of how sure"
            " they are."
        )
    if found.certainty == "leaning":
        return "It holds where quantities are typical, not over all of what is open: see below."
    return "It holds where quantities are typical, and at neither end of the ranges."


def reason_of(reason: Reason) -> Item:
    """A reason, with the advice that it follows in words of ours, and the article's name."""
    if reason.article is None or reason.advice is None:
        return Item(reason.text)
    article = reason.article
    date = f", {article.date}" if article.date else ""
    link = f", {article.url}" if article.url else ""
    source = f"{reason.advice.says} (advice {reason.advice.number}: {article.title}{date}{link})"
    return Item(reason.text, "", (source,))
