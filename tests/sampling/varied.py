"""Every quantity of a spec as an uncertain input, and samples against exact prices."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
from support import PRICES

from archcode.errors import SpecError
from archcode.sampling.draws import Input, drawn
from archcode.sampling.sample import Sampler
from archcode.sampling.subject import Subject, Terms
from archcode.shape import Shape
from archcode.spec.parse import parse

SHARES = ("connected", "cross_zone_share", "failure_rate", "filter", "hottest_key_share", "share")


def quantities(spec):
    """The path and value of everything that is stated as a rational."""
    for flow in spec.flows:
        yield from _of(flow.settings, flow.path)
    for name, component in spec.components.items():
        yield from _of(component.settings, ("components", name))
        for key, value in component.usage.items():
            yield ("components", name, "usage", key), value


def _of(settings, path):
    for key in sorted(settings.model_fields_set):
        value = getattr(settings, key)
        if isinstance(value, Fraction):
            yield (*path, key), value
        elif isinstance(value, Shape):
            yield from _of(value, (*path, key))


def varied(spec, spread=Fraction(1, 2)):
    """Inputs from half to one and a half of what is stated."""
    found = []
    for path, value in quantities(spec):
        high = value * (1 + spread)
        high = min(high, Fraction(1)) if path[-1] in SHARES else high
        found.append(Input(path, value * (1 - spread), value, max(high, value)))
    return found


def sampler(text, inputs, *, samples=300, seed=1, columns=None, most=300, exact=0, **terms):
    """A Sampler that has run; `columns` in place of drawn ones."""
    spec = parse(text)
    made = [np.array(column, dtype=float) for column in columns] if columns else None
    subject = Subject(spec, Terms(PRICES, **terms))
    found = Sampler(subject, inputs, made or drawn(inputs, samples, seed))
    found.run(most, exact)
    return found


def agree(found, places):
    """Every one of these samples costs what the exact pipeline says; returns how many have one."""
    number = 0
    for at in places:
        try:
            estimate = found.subject.estimate(found.values(at))
        except SpecError:
            assert found.refused[at]
            assert np.isnan(found.listed[at])
            continue
        number += 1
        assert near(found.listed[at], estimate.list_cost), at
        assert near(found.agreed[at], estimate.contracted_cost), at
    return number


def near(value, exact):
    """Whether a cost in floating point is an exact one, but for a billionth."""
    return abs(Decimal(float(value)) - exact) <= max(abs(exact), Decimal("1e-6")) / 10**9
