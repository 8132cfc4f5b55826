"""Scenarios side by side, in the cells that several outputs share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.outlook import changed_sizes
from archcode.render import _budgets, _lines
from archcode.render._margins import KINDS, holds, place
from archcode.statement import statement
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.model import Capacity
    from archcode.outlook import Prospect

_HEAD = ("Scenario", "Traffic", "A month", "Difference", "Holds to", "First to break", "Findings")
NUMBERS = (1, 2, 3, 4)
"""The columns that hold numbers."""


def head(prospects: tuple[Prospect, ...]) -> tuple[str, ...]:
    """The columns of the scenarios; budgets where there are any."""
    return (*_HEAD, "Budgets") if prospects[0].estimate.topology.spec.budgets else _HEAD


def rows(prospects: tuple[Prospect, ...]) -> Iterator[tuple[str, ...]]:
    """One row for each scenario, after the spec as it is written."""
    budgeted = bool(prospects[0].estimate.topology.spec.budgets)
    for prospect in prospects:
        shown = statement(prospect.estimate)
        yield (
            " ".join(prospect.label.split()),
            f"{grouped(prospect.scale)}x",
            shown.total_words,
            "" if not prospect.name else difference(prospects[0], prospect),
            *_first(prospect),
            _lines.counted(prospect.findings),
            *((_budgets.verdicts(prospect.estimate),) if budgeted else ()),
        )


def difference(before: Prospect, after: Prospect) -> str:
    """How much more or less a month; unknown where either total is a lower bound."""
    old, new = statement(before.estimate), statement(after.estimate)
    if not (old.complete and new.complete):
        return "unknown"
    more = new.total - old.total
    return f"{'+' if more > 0 else ''}{new.currency.shown(more)}"


def _first(prospect: Prospect) -> tuple[str, str]:
    """How far its own traffic may grow, and what breaks then."""
    margin = prospect.first
    if margin is None:
        return "", "no load on a limit"
    kind = KINDS.get(margin.load.kind)
    where = f"{place(prospect.headroom, margin)}: {margin.load.name}"
    return holds(margin), f"{where} ({kind})" if kind else where


def size_head(prospects: tuple[Prospect, ...]) -> tuple[str, ...]:
    """The columns of the sizes that change."""
    return ("Component", "Size", *(" ".join(prospect.label.split()) for prospect in prospects))


def size_rows(prospects: tuple[Prospect, ...]) -> Iterator[tuple[str, ...]]:
    """One row for each size that changes; a dash where a scenario has none."""
    for component, resource, sizes in changed_sizes(prospects):
        yield component, resource.replace("_", " "), *(_size(size) for size in sizes)


def _size(size: Capacity | None) -> str:
    """`8 of 10`: how many are needed, and how many are configured."""
    if size is None:
        return "–"
    most = "" if size.configured is None else f" of {size.configured:,}"
    return f"{size.required:,}{most}"
