"""The budgets of a spec: what the whole, a group or a component may cost a month."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.units import EXACT, QuantityError, amount, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archcode.spec.load import Path, Value
    from archcode.spec.model import Group
    from archcode.spec.notes import Notes

TOTAL = "total"
"""The name of the budget for everything."""


class Budget(Struct, frozen=True):
    """The most that something may cost a month, in the currency that the estimate is shown in."""

    name: str
    amount: Decimal


def read_budgets(notes: Notes, section: Value, groups: Iterable[Group]) -> tuple[Budget, ...]:
    """All budgets; each is for everything, or for one group or component."""
    if section is None:
        return ()
    if not isinstance(section, dict):
        fact = f"is {quoted(section)}, not a mapping such as {{{TOTAL}: 2500}}"
        notes.note(("budgets",), "wrong_type", "budgets", fact)
        return ()
    parts = [*notes.names, *(group.name for group in groups)]
    for name in section:
        _known(notes, name, parts)
    read = (_budget(notes, name, value) for name, value in section.items())
    return tuple(budget for budget in read if budget)


def _known(notes: Notes, name: str, parts: list[str]) -> None:
    """What a budget is for exists, and is one thing."""
    path: Path = ("budgets", name)
    if name == TOTAL and name in parts:
        fact = f"{quoted(name)} is everything, and a component or group of that name"
        hint = "give the component or group another name"
        notes.note(path, "ambiguous_budget", "budgets", fact, hint, key=True)
    elif name != TOTAL and name not in parts:
        hint = notes.suggested(name, (TOTAL, *parts))
        fact = f"{quoted(name)} is no component, no group and not {TOTAL}"
        notes.note(path, "unknown_component", "budgets", fact, hint, key=True)


def _budget(notes: Notes, name: str, value: Value) -> Budget | None:
    """One budget, or None with its problem noted."""
    try:
        number = amount(value)
    except QuantityError as error:
        notes.note(("budgets", name), error.rule, f"budgets.{name}", str(error), error.hint)
        return None
    exact = EXACT.divide(Decimal(number.numerator), Decimal(number.denominator))
    return Budget(name, exact)
