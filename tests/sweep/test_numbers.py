"""Simple rationals, and grids of round ones."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from archcode.sweep.numbers import middle, nice, simplest, thinned, whole

POSITIVE = st.fractions(min_value=0, max_value=1000, max_denominator=200)


def by_trial(low, high):
    """The rational of the smallest denominator, by trying each."""
    denominator = 1
    while True:
        numerator = low * denominator // 1 + 1
        if Fraction(numerator, denominator) < high:
            return Fraction(numerator, denominator)
        denominator += 1


@given(POSITIVE, POSITIVE)
def test_the_simplest_is_found_as_by_trial(one, other):
    low, high = sorted((one, other))
    if low < high:
        assert simplest(low, high) == by_trial(low, high)


def test_the_simplest_of_known_ranges():
    assert simplest(Fraction("3.14"), Fraction("3.15")) == Fraction(22, 7)
    assert simplest(Fraction(2), Fraction(3)) == Fraction(5, 2)
    assert simplest(Fraction("0.3"), Fraction("0.4")) == Fraction(1, 3)


@given(POSITIVE, POSITIVE)
def test_the_middle_lies_well_inside(one, other):
    low, high = sorted((one + 1, other + 1))
    if low < high:
        found = middle(low, high)
        assert low < found < high
        if high <= 4 * low:
            assert min(found - low, high - found) > (high - low) / 3


def test_a_grid_of_rates_is_that_of_renard():
    found = nice(Fraction(1), Fraction(100_000))

    assert [int(x) for x in found[:6]] == [1, 1, 2, 4, 6, 10]
    assert found[:5] == (1, Fraction(8, 5), Fraction(5, 2), 4, Fraction("6.3"))
    assert found[-1] == 100_000
    assert len(found) == 26


def test_a_grid_of_sizes_counts_in_twos():
    found = nice(Fraction(1024), Fraction(4096), binary=True)

    assert found == tuple(
        Fraction(n) for n in (1024, 1280, 1536, 1792, 2048, 2560, 3072, 3584, 4096)
    )


@given(POSITIVE, POSITIVE, st.booleans())
def test_a_grid_rises_from_one_end_to_the_other(one, other, binary):
    low, high = sorted((one + Fraction(1, 1000), other + Fraction(1, 1000)))
    if low < high:
        found = nice(low, high, binary=binary)
        assert (found[0], found[-1]) == (low, high)
        assert list(found) == sorted(set(found))
        assert len(found) <= 33


def test_whole_numbers():
    assert whole(Fraction(3), Fraction(6)) == (3, 4, 5, 6)


def test_thinned_keeps_both_ends():
    assert thinned([Fraction(n) for n in range(100)], 4) == (0, 33, 66, 99)
    assert thinned([Fraction(1)], 4) == (1,)
