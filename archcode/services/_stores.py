"""Stores whose price the author states: what they cost a month, and who fills and asks them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from archcode.fields import Count, Settings
from archcode.model import Meter, Usage
from archcode.shape import Field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.flow import FlowSettings
    from archcode.model import Capacity
    from archcode.traffic import Traffic

MONTH = Meter("month", "Months", "Stated price", "Recurring")


class StoreSettings(Settings):
    """A store without prices of its own in the price book."""

    monthly_cost: Count | None = Field(
        None, description="US dollars a month, all in; unknown where it is not stated."
    )


def usage(traffic: Traffic[Any], _capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """One month of the store, at the price that is stated."""
    cost = traffic.settings.monthly_cost
    if cost is None:
        yield Usage("months", MONTH.name, None, "", "monthly_cost")
        return
    yield Usage("months", MONTH.name, Fraction(1), "1 month", unit_price=cost)


def passes_on(flow: FlowSettings) -> bool:
    """What is read ends with the reader."""
    return flow.operation != "read"
