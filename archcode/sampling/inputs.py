"""The ranges of a spec as inputs: in base units, or as the whole numbers of a setting."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.sampling.draws import Input
from archcode.spec.parse import at_end
from archcode.spec.ranges import ENDS

if TYPE_CHECKING:
    from archcode.spec.model import Spec
    from archcode.spec.ranges import Range


def inputs_of(spec: Spec) -> tuple[Input, ...]:
    """An input for each range, as the language read its three values; raises SpecError."""
    specs = [at_end(spec, end) for end in ENDS]
    return tuple(_input(one, [_value(made, one) for made in specs]) for one in spec.ranges)


def _input(one: Range, values: list[Fraction | int]) -> Input:
    low, typical, high = map(Fraction, values)
    whole = all(isinstance(value, int) for value in values)
    return Input(one.path, low, typical, high, whole=whole, where=one.where)


def _value(spec: Spec, one: Range) -> Fraction | int:
    """What a spec holds where a range stands."""
    section, name, *keys = one.path
    holder: object
    if section == "flows":
        flow = next(f for f in spec.flows if f.path == one.path[: len(f.path)])
        holder, keys = flow.settings, list(one.path[len(flow.path) :])
    else:
        component = spec.components[str(name)]
        holder = component if keys[0] in ("usage", "requires") else component.settings
    for key in keys:
        holder = holder[str(key)] if isinstance(holder, Mapping) else getattr(holder, str(key))
    return holder if isinstance(holder, int) else Fraction(str(holder))
