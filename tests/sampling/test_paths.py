"""Guards part samples, and every sample is counted by a run that it agrees with."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archcode.sampling.number import Traced
from archcode.sampling.paths import Found, Paths
from archcode.units import ceil

VALUES = st.lists(st.integers(1, 4000).map(lambda n: n / 16), min_size=1, max_size=60)


def followed(function, values, most=300):
    """What a function of one number comes to in all samples, how many runs, and who waits."""
    column = np.array(values, dtype=float)
    results = np.full(len(values), np.nan)

    def trace(trace, at):
        node = trace.graph.input(0, float(column.min()), float(column.max()))
        found = function(Traced(Fraction(float(column[at])), trace, node))
        return Found(None, (trace.node(found),))

    def take(_result, places, counted):
        results[places] = counted[0]

    paths = Paths([column], trace, take)
    paths.add(np.arange(len(values)))
    left = paths.follow(most)
    return results, paths.runs, left.tolist()


def steps(x):
    """A function of many turns: bounds, a loop, whole numbers and a remainder."""
    if x < 20:
        return x * 3
    number = ceil(x / 40)
    total = Fraction(0)
    while x > 60:
        x, total = x - 60, total + 7
    return total + (x if number % 2 == 0 else x / number)


@given(VALUES)
def test_every_sample_is_what_the_function_says(values):
    results, _, left = followed(steps, values)
    assert left == []
    exact = [float(steps(Fraction(value))) for value in values]
    assert results.tolist() == pytest.approx(exact, rel=1e-9)


def test_samples_on_one_side_of_a_bound_share_a_run():
    results, runs, left = followed(lambda x: x if x < 10 else x * x, [*range(1, 21)])
    assert results.tolist() == [*range(1, 10), *(n * n for n in range(10, 21))]
    assert (runs, left) == (2, [])


def test_what_is_held_fast_needs_a_run_for_each_value():
    results, runs, _ = followed(lambda x: Fraction(float(x)), [1, 2, 2, 3, 3, 3])
    assert (results.tolist(), runs) == ([1, 2, 2, 3, 3, 3], 3)


def test_a_bound_on_runs_leaves_the_smallest_groups():
    """Seven samples below 10 and two above: one run takes the seven."""
    results, runs, left = followed(lambda x: x if x < 10 else -x, [1, 20, 2, 3, 4, 5, 6, 7, 30], 1)
    assert (runs, left) == (1, [1, 8])
    assert np.isnan(results[[1, 8]]).all()


def test_a_chunk_is_no_border():
    """More samples than fit into two chunks, each on its side of the bound."""
    values = np.tile([1.0, 30.0, 5.0], 12_000)
    results, runs, left = followed(lambda x: x if x < 10 else x * 2, values)
    assert (runs, left) == (2, [])
    assert np.array_equal(results, np.where(values < 10, values, values * 2))


def test_exactly_at_a_bound():
    """10 is not below 10, and equal to it; what is near is either, at the cost of a billionth."""
    results, _, left = followed(lambda x: x if x < 10 else x + 1, [9, 10, 11])
    assert (results.tolist(), left) == ([9, 11, 12], [])
    results, _, left = followed(lambda x: x if x == 10 else x + 1, [9, 10, 11])
    assert (results.tolist(), left) == ([10, 10, 12], [])
