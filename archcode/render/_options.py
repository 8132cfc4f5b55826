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
    from archcode.currency import Currency
    from archcode.estimate import Estimate

_HEAD = ("Than today", "Idle", "Size", "Binding limit", "Headroom")
_WORDS = ("Option", "Size", "Binding limit")
WORDS_HEAD = ("Option", "Ordering", "Delivery", "Replay", "Latency", "Ruled out by")
_OVER = {
    "adjustable": "a default quota",
    "configured": "a configured limit",
    "guideline": "a guideline",
    "range": "a setting",
}


def cost_head(found: Comparison) -> tuple[str, ...]:
    """The columns of costs: both ends of them where the spec has ranges.

    List costs stand before agreed ones where there is an agreement.
    """
    costs = ("Low", "Typical", "High") if _ranged(found) else ("Monthly",)
    return ("Option", *(("List cost",) if _agreed(found) else ()), *costs, *_HEAD)


def cost_right(found: Comparison) -> tuple[int, ...]:
    """The columns that hold numbers."""
    head = cost_head(found)
    return tuple(place for place, name in enumerate(head) if name not in _WORDS)


def _ranged(found: Comparison) -> bool:
    return found.current.ends is not None


def _agreed(found: Comparison) -> bool:
    return found.today.overlay is not None


def cost_rows(found: Comparison) -> list[tuple[str, ...]]:
    """What each option costs, and what binds it."""
    shown = found.today.currency
    return [
        (
            name_of(option),
            *((_listed(option, shown),) if _agreed(found) else ()),
            *_costs(option, shown),
            _difference(found, option),
            money(option.idle.contracted_cost, shown) if option.idle else "",
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
    """`Order fan-out: order-events, us-east-1`, and what is not list prices in US dollars."""
    title = " ".join(found.title.split())
    about = (*found.subjects, *found.today.topology.regions, *terms(found.today))
    return ": ".join(part for part in (title, ", ".join(about)) if part)


def terms(estimate: Estimate) -> Iterator[str]:
    """The currency where it is another one, and the agreement where there is one."""
    if estimate.currency != USD:
        yield estimate.currency.words
    if estimate.overlay:
        yield f"the terms of {' '.join(estimate.overlay.title.split())}"


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
    shown = found.today.currency
    elsewhere, cost = "".join(_elsewhere(fits, shown)), _cost(best, shown)
    if best.current:
        return f"{best.name}, as it is today, {least}: {cost}.{elsewhere}"
    saved = found.difference(best)
    less = f", {money(-saved, shown)} less than today" if saved is not None and saved < 0 else ""
    return f"{best.name} {least}: {cost}{less}.{elsewhere}"


def _elsewhere(fits: list[Option], shown: Currency) -> Iterator[str]:
    """What costs least at the ends of the ranges, where that is something else."""
    for words, place in (("low", 0), ("high", 2)):
        known = [(cost, o) for o in fits if (cost := o.costs[place]) is not None]
        cost, best = min(known, key=lambda pair: pair[0])
        if best is not fits[0]:
            yield f" At the {words} end of the ranges it is {best.name}: {money(cost, shown)}."


def name_of(option: Option) -> str:
    """The name, with what marks today's choice."""
    return f"{option.name} (today)" if option.current else option.name


def money(amount: Decimal, shown: Currency = USD, *, signed: bool = False) -> str:
    """An amount of US dollars in the currency that is shown, to the cent."""
    exact = shown.of(amount)
    text = shown.shown(exact, exact)
    return f"+{text}" if signed and amount > 0 else text


def _costs(option: Option, shown: Currency) -> tuple[str, ...]:
    """The typical cost, between both ends where there are any."""
    if option.ends is None:
        return (_cost(option, shown),)
    low, high = (_monthly(end, shown) for end in option.ends)
    return low, _cost(option, shown), high


def _cost(option: Option, shown: Currency) -> str:
    return _monthly(option.estimate, shown)


def _monthly(estimate: Estimate | None, shown: Currency) -> str:
    if estimate is None:
        return "not possible"
    text = money(estimate.contracted_cost, shown)
    return text if estimate.complete else f"at least {text}"


def _listed(option: Option, shown: Currency) -> str:
    """The cost at list prices."""
    estimate = option.estimate
    if estimate is None:
        return ""
    text = money(estimate.list_cost, shown)
    return text if estimate.listed else f"at least {text}"


def _difference(found: Comparison, option: Option) -> str:
    difference = found.difference(option)
    if option.current or difference is None:
        return ""
    shown = money(difference, found.today.currency, signed=True)
    return shown if option.complete else f"at least {shown}"


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
