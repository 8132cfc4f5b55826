"""Axes: their ends, where their ticks are, and where words beside lines go."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archcode.charts import DOLLARS, PLAIN, Ticks
from archcode.render._chart_axis import Wanted, axis, fitting, number, share
from archcode.render._chart_page import Box
from archcode.render._chart_room import Taken, beside, hidden, spread

LOG = Wanted(DOLLARS, log=True)
VALUES = st.lists(
    st.one_of(
        st.floats(),
        st.decimals(),
        st.fractions(),
        st.integers(-(10**40), 10**40),
        st.none(),
    ),
    max_size=6,
)


def _texts(made):
    return [text for _, text in made.ticks]


def test_decades_are_told_in_plain_numbers():
    made = axis([1, 10_000], LOG)

    assert _texts(made) == ["$1", "$10", "$100", "$1,000", "$10,000"]
    # 2 to 9 times each of four decades
    assert len(made.minor) == 4 * 8


@pytest.mark.parametrize(
    ("ends", "texts"),
    [
        ((15, 300), ["$20", "$50", "$100", "$200"]),
        ((200, 450), ["$200", "$300", "$400"]),
        ((101, 104), ["$101", "$102", "$103", "$104"]),
        ((Decimal("0.001"), 1), ["$0.001", "$0.01", "$0.10", "$1"]),
    ],
)
def test_few_decades_have_ticks_between_them(ends, texts):
    found = _texts(axis(ends, LOG))

    assert [text for text in found if text in texts] == texts
    assert len(found) < 10


def test_zero_has_a_tick_at_the_foot_of_a_logarithmic_axis():
    made = axis([0, 1, 1000], LOG)

    assert made.log
    assert made.foot == made.low == made.place(0)
    assert made.low < 1
    assert _texts(made)[0] == "$0"


@pytest.mark.parametrize("values", [[-1, 5], [0, 0], [], [None]])
def test_an_axis_is_linear_where_it_cannot_be_logarithmic(values):
    assert not axis(values, LOG).log


def test_costs_begin_at_zero():
    made = axis([40, 97], Wanted(DOLLARS, from_zero=True, margin=True))

    assert (made.low, made.high) == (0, 100)
    assert _texts(made) == ["$0", "$20", "$40", "$60", "$80", "$100"]


def test_ticks_that_are_near_have_as_many_decimals_as_tell_them_apart():
    texts = _texts(axis([Decimal("1.001"), Decimal("1.003")], Wanted(PLAIN, count=4)))

    # two decimals would tell all three as 1
    assert texts == ["1.001", "1.002", "1.003"]


def test_texts_that_do_not_fit_are_left_out_and_their_ticks_stay():
    made = axis([1, 10**9], Wanted(Ticks(short=True), log=True))
    less = fitting(made, lambda ticks: len(ticks) <= 4)

    # every third of ten decades
    assert _texts(less) == ["1", "1k", "1M", "1G"]
    assert len(less.ticks) + len(less.minor) == len(made.ticks) + len(made.minor)


@given(VALUES, st.booleans(), st.booleans(), st.booleans())
def test_all_values_have_a_place_on_their_axis(values, log, from_zero, margin):
    made = axis(values, Wanted(DOLLARS, log, 6, from_zero, margin))

    assert made.low < made.high
    for value in map(number, values):
        if value is not None:
            assert -1e-6 <= share(made, value) <= 1 + 1e-6
    assert all("e" not in text for text in _texts(made))


@pytest.mark.parametrize(
    "value", [Fraction(10**400), Decimal("1e999"), Decimal("sNaN"), 10**400, float("nan"), None]
)
def test_what_has_no_place_has_none(value):
    assert number(value) is None


def test_words_that_would_overlap_share_the_room():
    # three wanted at 50 with a pitch of 10 stand around it: 40, 50, 60
    assert spread([50, 50, 50], 10, 0, 100) == [40, 50, 60]
    # at the edge they move inside: the first is half a pitch away from it
    assert spread([0, 0], 10, 0, 100) == [5, 15]
    assert spread([100, 20], 10, 0, 100) == [95, 20]
    # 100 moves to 95, less than a pitch from 90: together they end at the edge, 85 and 95
    assert spread([90, 100], 10, 0, 100) == [85, 95]


@given(st.lists(st.floats(0, 1000), max_size=30))
def test_spread_words_keep_their_order_and_stand_apart(wanted):
    heights = spread(wanted, 28, 0, 1000)
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))

    assert all(heights[two] - heights[one] >= 28 - 1e-6 for one, two in pairwise(order))
    assert all(14 - 1e-6 <= height <= 986 + 1e-6 for height in heights)


def test_words_go_where_they_hide_nothing():
    plot = Box(0, 0, 400, 300)
    # a line from the lower left to the upper right through the point
    line = [(float(i), float(i)) for i in range(300)]
    found = beside((150, 150), (80, 20), Taken(plot, [], line))

    assert hidden(found, Taken(plot, [], line)) == 0
    assert plot.holds(found)
    again = beside((150, 150), (80, 20), Taken(plot, [found], line))
    assert not again.meets(found)
