"""What a sweep finds: the cost of each option along a variable, and where the cheapest changes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from archcode.sweep.variable import Variable

Kind = Literal["crossing", "step", "limit"]
"""Two costs meet; one of them jumps over the other; or an option stops or starts to fit."""


class Point(Struct, frozen=True):
    """An option at one value: its cost, a lower bound unless `complete`, and whether it may be.

    `reasons` rule it out; it `fits` where there are none, the prices of its channel are known, and
    it stays within every limit and guideline: `exceeded` is the first that it does not.
    """

    x: Fraction
    list_cost: Decimal | None
    complete: bool
    reasons: tuple[str, ...]
    exceeded: str
    fits: bool
    size: str

    @property
    def feasible(self) -> bool:
        """Whether nothing rules it out."""
        return not self.reasons


class Stretch(Struct, frozen=True):
    """Values from one to another, and why an option does not fit beyond: "" at the last."""

    start: Fraction
    end: Fraction
    why: str = ""


class Curve(Struct, frozen=True):
    """An option along the variable; `fits` are the stretches on which it may be chosen."""

    name: str
    type: str
    resource_type: str
    current: bool
    points: tuple[Point, ...]
    fits: tuple[Stretch, ...]


class Costs(Struct, frozen=True):
    """What an option costs just below a value, at it, and just above; None where unknown."""

    below: Decimal | None
    there: Decimal | None
    above: Decimal | None


class BreakEven(Struct, frozen=True):
    """Where the cheapest option changes: `left` below `x`, `right` above, `cheapest` at x itself.

    "" stands for none that fits. `below` and `above` are the values beside x that were priced.
    `facts` say what steps there, or why an option does not fit. Not `exact` where more than one
    change lies so near that they were not told apart.
    """

    x: Fraction
    kind: Kind
    left: str
    right: str
    cheapest: str
    below: Fraction
    above: Fraction
    left_costs: Costs | None
    right_costs: Costs | None
    facts: tuple[str, ...] = ()
    exact: bool = True


class Region(Struct, frozen=True):
    """The values between two for which an option is the cheapest that fits; "" for none."""

    start: Fraction
    end: Fraction
    name: str


class Sweep(Struct, frozen=True):
    """Options along a variable; `today` is its value in the spec, None outside of its range."""

    title: str
    channel: str
    region_id: str
    variable: Variable
    today: Fraction | None
    curves: tuple[Curve, ...]
    break_evens: tuple[BreakEven, ...]
    regions: tuple[Region, ...]


class Area(Struct, frozen=True):
    """The cheapest option that fits over two variables.

    `cells[row][column]` is its name at `ys[row]` and `xs[column]`, "" where none fits, and
    `costs` what it costs there.
    """

    title: str
    channel: str
    region_id: str
    across: Variable
    up: Variable
    xs: tuple[Fraction, ...]
    ys: tuple[Fraction, ...]
    cells: tuple[tuple[str, ...], ...]
    costs: tuple[tuple[Decimal | None, ...], ...]

    def shares(self) -> tuple[tuple[str, Fraction], ...]:
        """The part of the cells in which each option is the cheapest, the largest first."""
        flat = [name for row in self.cells for name in row]
        counts = {name: flat.count(name) for name in dict.fromkeys(flat)}
        ordered = sorted(counts.items(), key=lambda pair: -pair[1])
        return tuple((name, Fraction(count, len(flat))) for name, count in ordered)
