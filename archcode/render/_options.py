"""The options of a comparison in the words that a terminal and Markdown share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.compare.option import sizes_text
from archcode.currency import USD
from archcode.render._margins import KINDS
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from archcode.compare import Comparison, Option
    from archcode.estimate import Estimate

_HEAD = ("Than today", "Idle", "Size", "Binding limit", "Headroom")
WORDS_HEAD = ("Option", "Ordering", "Delivery", "Replay", "Latency", "Ruled out by")
_OVER = {
    "adjustable": "a default quota",
    "configured": "a configured limit",
    "guideline": "a guideline",
    "range": "a setting",
}


def cost_head(found: Comparison) -> tuple[str, ...]:
    """The columns of costs: both ends of them where the spec has ranges."""
    return ("Option", *(("Low", "Typical", "High") if _ranged(found) else ("Monthly",)), *_HEAD)


def cost_right(found: Comparison) -> tuple[int, ...]:
    """The columns that hold numbers."""
    return (1, 2, 3, 4, 5, 8) if _ranged(found) else (1, 2, 3, 6)


def _ranged(found: Comparison) -> bool:
    return found.current.ends is not None


def cost_rows(found: Comparison) -> list[tuple[str, ...]]:
    """What each option costs, and what binds it."""
    return [
        (
            name_of(option),
            *_costs(option),
            _difference(found, option),
            money(option.idle.list_cost) if option.idle else "",
            sizes_text(option),
            _limit(option),
            _headroom(option),
        )
        for option in found.options
    ]


def words_rows(found: Comparison) -> list[tuple[str, ...]]:
    """What each option promises, and the first thing that rules it out or does not fit."""
    return [(name_of(option), *_words(option), _against(option)) for option in found.options]


def reasons(found: Comparison) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What rules options out, all of it."""
    return ((option.name, option.reasons) for option in found.options if option.reasons)


def notes(found: Comparison) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is worth knowing of options that nothing rules out."""
    return ((o.name, o.notes) for o in found.options if o.feasible and o.notes)


def heading(found: Comparison) -> str:
    """`Order fan-out: order-events, us-east-1`."""
    title = " ".join(found.title.split())
    places = ", ".join(found.today.topology.regions)
    return ": ".join(part for part in (title, ", ".join((*found.subjects, places))) if part)


def conditions(found: Comparison) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What exactly once hangs on, where an option promises it."""
    promised = ((option, option.words) for option in found.options if option.words)
    return ((o.name, (words.once,)) for o, words in promised if words.once)


def verdict(found: Comparison) -> str:
    """Where today's choice stands, in a sentence."""
    fits = [option for option in found.options if option.fits]
    if not fits:
        return "No option keeps what is required within its limits."
    best, least = fits[0], "costs least of what stays within all limits and guidelines"
    elsewhere = "".join(_elsewhere(fits))
    if best.current:
        return f"{best.name}, as it is today, {least}: {_cost(best)}.{elsewhere}"
    saved = found.difference(best)
    less = f", {money(-saved)} less than today" if saved is not None and saved < 0 else ""
    return f"{best.name} {least}: {_cost(best)}{less}.{elsewhere}"


def _elsewhere(fits: list[Option]) -> Iterator[str]:
    """What costs least at the ends of the ranges, where that is something else."""
    for words, place in (("low", 0), ("high", 2)):
        known = [(cost, o) for o in fits if (cost := o.list_costs[place]) is not None]
        cost, best = min(known, key=lambda pair: pair[0])
        if best is not fits[0]:
            yield f" At the {words} end of the ranges it is {best.name}: {money(cost)}."


def name_of(option: Option) -> str:
    """The name, with what marks today's choice."""
    return f"{option.name} (today)" if option.current else option.name


def money(amount: Decimal, *, signed: bool = False) -> str:
    """US dollars to the cent."""
    text = USD.shown(amount, amount)
    return f"+{text}" if signed and amount > 0 else text


def _cost(option: Option) -> str:
    if option.list_cost is None:
        return "not possible"
    return money(option.list_cost) if option.complete else f"at least {money(option.list_cost)}"


def _costs(option: Option) -> tuple[str, ...]:
    """The typical cost, between both ends where there are any."""
    if option.ends is None:
        return (_cost(option),)
    low, high = (_end(end) for end in option.ends)
    return low, _cost(option), high


def _end(estimate: Estimate | None) -> str:
    if estimate is None:
        return "not possible"
    shown = money(estimate.list_cost)
    return shown if estimate.listed else f"at least {shown}"


def _difference(found: Comparison, option: Option) -> str:
    difference = found.difference(option)
    return "" if option.current or difference is None else money(difference, signed=True)


def _limit(option: Option) -> str:
    load = option.binding
    if load is None:
        return ""
    kind = KINDS.get(load.kind)
    return f"{load.where}: {load.name}" + (f" ({kind})" if kind else "")


def _headroom(option: Option) -> str:
    return f"{grouped(option.binding.headroom * 100)}%" if option.binding else ""


def _words(option: Option) -> tuple[str, str, str, str]:
    said = option.words
    if said is None:
        return ("", "", "", "") if option.estimate is None else ("unknown",) * 4
    ordering, delivery, latency = (
        word.replace("_", " ") for word in (said.ordering, said.delivery, said.latency)
    )
    return ordering, delivery + "*" * bool(said.once), said.replay_text, latency


def _against(option: Option) -> str:
    """What rules an option out; of one that nothing does, why the verdict leaves it out."""
    if option.reasons:
        more = len(option.reasons) - 1
        return option.reasons[0] + (f" (and {more} more)" if more else "")
    if option.fits:
        return ""
    load = option.binding
    if load is not None and load.exceeded:
        return f"does not fit: over {_OVER.get(load.kind, 'a limit')}"
    return "cannot be chosen: a price or quantity of it is unknown"
