from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archcode.linear import AmplifyingLoop, components, solve


def solved(weights, constants):
    return solve(weights, constants, components(weights))


def test_a_chain_multiplies_its_weights():
    weights = {"a": {}, "b": {"a": Fraction(1, 2)}, "c": {"b": Fraction(3)}}

    assert solved(weights, {"a": Fraction(10)}) == {"a": 10, "b": 5, "c": 15}


def test_a_loop_with_gain_one_half_doubles_what_enters():
    # b = 10 + b/2, so b = 20: the geometric series 10 + 5 + 2.5 + ...
    weights = {"b": {"b": Fraction(1, 2)}}

    assert solved(weights, {"b": Fraction(10)}) == {"b": 20}


def test_two_coupled_loops_are_solved_exactly():
    # x = 1 + y/3 and y = x/2, so x = 1 + x/6 = 6/5 and y = 3/5
    weights = {"x": {"y": Fraction(1, 3)}, "y": {"x": Fraction(1, 2)}}

    assert solved(weights, {"x": Fraction(1)}) == {"x": Fraction(6, 5), "y": Fraction(3, 5)}


@pytest.mark.parametrize("gain", [Fraction(1), Fraction(11, 10), Fraction(5)])
def test_a_loop_that_does_not_shrink_is_refused_by_name(gain):
    weights = {"a": {"b": gain}, "b": {"a": Fraction(1)}}

    with pytest.raises(AmplifyingLoop) as caught:
        solved(weights, {"a": Fraction(1)})

    assert caught.value.loop == ("a", "b", "a")
    assert caught.value.gain == gain


def test_loops_that_amplify_only_together_are_refused():
    # Two loops of gain 0.6 through the same node: each shrinks, both together grow.
    weights = {
        "hub": {"a": Fraction(3, 5), "b": Fraction(3, 5)},
        "a": {"hub": Fraction(1)},
        "b": {"hub": Fraction(1)},
    }

    with pytest.raises(AmplifyingLoop) as caught:
        solved(weights, {"hub": Fraction(1)})

    assert caught.value.gain == Fraction(3, 5)


def test_a_hundred_thousand_nodes_in_a_row_need_no_recursion():
    names = [f"n{i}" for i in range(100_000)]
    weights = {"n0": {}} | {b: {a: Fraction(1)} for a, b in pairwise(names)}

    assert solved(weights, {"n0": Fraction(7)})["n99999"] == 7


@given(
    st.integers(2, 7).flatmap(
        lambda n: st.lists(
            st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.integers(1, 9)),
            max_size=3 * n,
        ).map(lambda edges: (n, edges))
    )
)
def test_the_solution_fulfils_the_equations_whatever_the_graph(graph):
    size, edges = graph
    weights = {f"n{i}": {} for i in range(size)}
    for source, target, tenths in edges:
        # Weights into a node sum to less than 1, so that every loop shrinks.
        weights[f"n{target}"][f"n{source}"] = Fraction(tenths, 10 * size)
    constants = {f"n{i}": Fraction(i + 1) for i in range(size)}

    values = solved(weights, constants)

    for node, row in weights.items():
        assert values[node] == constants[node] + sum(w * values[u] for u, w in row.items())
