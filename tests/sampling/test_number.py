"""A traced number is a Fraction to all that counts with it, and nothing of it is lost silently."""

from __future__ import annotations

import copy
import math
import operator
import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archcode import units
from archcode.rationals import largest, rational, smallest
from archcode.sampling.graph import Graph, Guard
from archcode.sampling.number import Trace, Traced
from archcode.sampling.program import compiled, run

PARTS = st.fractions(min_value=Fraction(1, 40), max_value=50, max_denominator=40)
PLAIN = st.one_of(PARTS, st.integers(min_value=1, max_value=9))
BINARY = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "truediv": operator.truediv,
    "floordiv": operator.floordiv,
    "mod": operator.mod,
    "largest": largest,
    "smallest": smallest,
}
UNARY = {
    "neg": operator.neg,
    "pos": operator.pos,
    "abs": operator.abs,
    "square": lambda x: x**2,
    "inverse": lambda x: x**-3,
    "first power": lambda x: x**1,
    "ceil": units.ceil,
    "math.ceil": math.ceil,
    "floor": math.floor,
    "rational": rational,
}
OWN = {"from_float", "from_decimal", "numerator", "denominator", "__new__", "__slots__"}


def traced(value, low=0.01, high=60.0):
    """A number on a trace of its own, from an input between bounds."""
    trace = Trace(Graph())
    return Traced(Fraction(value), trace, trace.graph.input(0, low, high))


def counted(number, *values):
    """What a traced number is in samples of its input."""
    if not isinstance(number, Traced):
        return [float(number)] * len(values)
    program = compiled(number.trace.graph, {}, [number.node])
    places = np.arange(len(values))
    _, [found], _ = run(program, [np.array(values, dtype=float)], places, 0)
    return np.broadcast_to(found, len(values)).tolist()


@given(st.sampled_from(sorted(BINARY)), PARTS, PLAIN, PARTS, st.booleans())
def test_two_numbers(name, value, plain, another, turned):
    def made(number):
        sides = (plain, number) if turned else (number, plain)
        return BINARY[name](*sides)

    found = made(traced(value))
    assert (found.value if isinstance(found, Traced) else found) == made(value)
    assert counted(found, float(another)) == pytest.approx([float(made(another))], abs=1e-6)


@given(st.sampled_from(sorted(UNARY)), PARTS, PARTS)
def test_one_number(name, value, another):
    found = UNARY[name](traced(value))
    assert (found.value if isinstance(found, Traced) else found) == UNARY[name](value)
    assert counted(found, float(another)) == pytest.approx([float(UNARY[name](another))])


@given(PARTS, PARTS, st.sampled_from(["lt", "le", "gt", "ge", "eq", "ne"]), st.booleans())
def test_comparisons_are_those_of_the_value_and_guards(value, other, name, turned):
    compare = getattr(operator, name)
    number = traced(value)
    found = compare(other, number) if turned else compare(number, other)
    assert found is (compare(other, value) if turned else compare(value, other))
    (guard,) = number.trace.guards
    assert guard.kind == ("==" if name in ("eq", "ne") else "<")


@given(PARTS, PARTS)
def test_a_plain_fraction_on_the_left_gives_way(value, plain):
    number = traced(value)
    for found in (plain + number, plain - number, plain * number, plain / number):
        assert isinstance(found, Traced)
    assert isinstance(sum([number, number], Fraction(0)), Traced)


LOST = {
    "numerator": lambda x: x.numerator,
    "denominator": lambda x: x.denominator,
    "int": int,
    "float": float,
    "complex": complex,
    "hash": hash,
    "round": round,
    "trunc": math.trunc,
    "ratio": lambda x: x.as_integer_ratio(),
    "near": lambda x: x.limit_denominator(10),
    "fraction": Fraction,
    "to_decimal": units.to_decimal,
    "float sum": lambda x: x + 0.5,
    "decimal": lambda x: x == Decimal("2.5"),
    "exponent": lambda x: 2**x,
    "set": lambda x: {x},
}


@pytest.mark.parametrize("name", sorted(LOST))
def test_what_cannot_be_followed_is_held_fast(name):
    number = traced(Fraction(5, 2))
    plain = LOST[name](Fraction(5, 2))
    found = LOST[name](number)
    guard = Guard("==", *sorted((number.node, number.trace.graph.number(Fraction(5, 2)))))
    assert number.trace.guards == {guard: True}
    assert name == "set" or found == plain


def test_an_index_is_a_whole_number_held_fast():
    number = traced(3)
    assert list(range(number)) == [0, 1, 2]
    assert len(number.trace.guards) == 1
    with pytest.raises(TypeError, match="5/2 is no whole number"):
        operator.index(traced(Fraction(5, 2)))


def test_every_method_of_a_fraction_is_one_of_its_own():
    """A method left to Fraction would read the private parts, and lose the trace silently."""
    inherited = {
        name
        for name, value in vars(Fraction).items()
        if callable(value) and name not in vars(Traced) and name not in OWN
    }
    assert {name for name in inherited if not name.startswith("_")} == set()
    helpers = {n for n in inherited if not n.startswith("__")}
    assert inherited - helpers <= {"__abstractmethods__"}


TEXTS = (
    units.grouped,
    units.plain,
    units.bytes_text,
    units.time_text,
    units.quoted,
    units.at_most,
    str,
    "{}".format,
)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.__name__)
@pytest.mark.parametrize("value", [3, Fraction(1, 3), 2500])
def test_text_is_that_of_the_value_and_no_guard(text, value):
    number = traced(value, high=1e4)
    assert text(number) == text(Fraction(value))
    assert not number.trace.guards


def test_whole_numbers_are_formatted_as_such():
    assert f"{traced(2500):,}" == "2,500"


def test_copies_are_the_same_and_none_is_stored():
    number = traced(2)
    assert copy.copy(number) is number
    assert copy.deepcopy([number])[0] is number
    with pytest.raises(TypeError, match="belongs to one run"):
        pickle.dumps(number)


def test_nothing_and_text_are_no_numbers():
    number = traced(2)
    assert number != None  # noqa: E711
    assert number != "2"
    assert not number.trace.guards


def test_a_comparison_that_bounds_decide_is_no_guard():
    number = traced(5, low=1, high=9)
    assert number > 0
    assert 3600 * number + 1 > 1
    assert 1 - number / 10 < 1
    assert number
    assert not number.trace.guards


def test_a_number_is_moved_to_the_other_side_of_a_guard():
    """1 − x/4 < 1/2 is x > 2."""
    number = traced(5, low=1, high=9)
    assert 1 - number / 4 < Fraction(1, 2)
    two = number.trace.graph.number(2)
    assert number.trace.guards == {Guard("<", two, number.node): True}


def test_a_ceiling_stays_whole_where_rounding_misses_a_whole_number():
    """0.1 × 3 is 0.30000000000000004 in floating point: 10 times that is 3, not above 3."""
    number = traced(Fraction(1, 10))
    assert counted(units.ceil(number * 3 * 10), 0.1, 0.1001) == [3.0, 4.0]


def test_division_by_what_may_be_zero_is_guarded():
    number = traced(2, low=0, high=9)
    assert (1 / number).value == Fraction(1, 2)
    assert list(number.trace.guards.values()) == [False]


def test_what_both_sides_of_a_division_are_a_product_of_is_left_out():
    """(5·x·y) ÷ (x·y) is 5, whatever x·y is as a float."""
    number = traced(Fraction(1, 10), low=1e-3, high=1)
    tiny = number**1000
    assert (tiny * number * 5) / (tiny * number) == 5
    assert counted((tiny * number) / tiny, 0.1) == [0.1]
    assert counted(tiny / (tiny * number), 0.1) == pytest.approx([10])
