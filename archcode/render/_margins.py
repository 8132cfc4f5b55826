"""Loads and limits with their headroom, in the words that several outputs share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.headroom import MOST
from archcode.units import at_most, bytes_text, grouped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from archcode.headroom import Headroom, Margin
    from archcode.topology import Topology

KINDS = {
    "adjustable": "default quota",
    "configured": "configured",
    "guideline": "guideline",
    "range": "setting",
}
_BYTES = {"bytes": "", "bytes/s": "/s"}


def rows(headroom: Headroom) -> Mapping[str, tuple[tuple[str, str, str, str, str], ...]]:
    """Of each component: limit, load at the peak, what it bears, what is left, and how far."""
    return {
        name: tuple(_row(margin) for margin in sorted(margins, key=lambda margin: margin.order))
        for name, margins in headroom.components.items()
    }


def _row(margin: Margin) -> tuple[str, str, str, str, str]:
    name, _, *others = cells(margin)
    peak, bears, left, goes = others
    return name, peak, bears, left, goes


def cells(margin: Margin) -> tuple[str, ...]:
    """Limit, mean, peak, what it bears, what is left, and how far that goes."""
    load = margin.load
    kind = KINDS.get(load.kind)
    return (
        f"{load.name} ({kind})" if kind else load.name,
        "unknown" if margin.mean is None else amount(margin.mean, load.unit),
        amount(load.load, load.unit),
        limit_text(margin),
        percent(margin),
        holds(margin),
    )


def limit_text(margin: Margin) -> str:
    """What a limit bears, with its unit."""
    load = margin.load
    text = amount(load.most, load.unit)
    return text if load.unit in _BYTES else f"{text} {load.unit}".strip()


def amount(value: Fraction, unit: str) -> str:
    """A load in the unit of its limit."""
    return f"{bytes_text(value)}{_BYTES[unit]}" if unit in _BYTES else grouped(value)


def percent(margin: Margin) -> str:
    """What is left of a limit."""
    return f"{grouped(margin.load.headroom * 100)}%"


def holds(margin: Margin) -> str:
    """How far a load may grow, in a few words."""
    if margin.load.exceeded:
        return f"broken: {times(margin)}" if margin.multiple else "broken"
    return "does not grow" if margin.fixed else times(margin)


def times(margin: Margin) -> str:
    """`3.41x`, never more than it holds."""
    if margin.multiple is None or margin.beyond:
        return f"more than {MOST:,}x"
    return f"{grouped(at_most(margin.multiple), 5)}x"


def sharing(topology: Topology, margin: Margin) -> str:
    """`lambda.function, us-east-1`, with the account where a frame names one."""
    traffic = topology.traffic[margin.load.component]
    kind = topology.spec.components[margin.load.component].type
    return ", ".join(part for part in (kind, traffic.account, traffic.region) if part)


def place(headroom: Headroom, margin: Margin) -> str:
    """The component whose limit it is, or those that share it."""
    return sharing(headroom.topology, margin) if margin.load.shared else margin.load.component
