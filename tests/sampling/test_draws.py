"""Triangular samples by inversion, each input with numbers of its own."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256

import numpy as np
import pytest

from archcode.errors import UsageError
from archcode.sampling.draws import Input, drawn, levels, triangular

RATE = Input(("flows", 0, "a -> b", "rate"), Fraction(100), Fraction(200), Fraction(600))
SIZE = Input(("flows", 0, "a -> b", "size"), Fraction(10), Fraction(20), Fraction(30))


def whole(low, typical, high):
    path = ("components", "w", "memory_size")
    return Input(path, Fraction(low), Fraction(typical), Fraction(high), whole=True)


def test_the_ends_and_the_mode():
    """From 100 over 200 to 600 the mode lies at (200 − 100) ÷ (600 − 100) = 0.2."""
    found = triangular(np.array([0.0, 0.2, 1.0]), 100, 200, 600)
    assert found.tolist() == [100, 200, 600]


def test_quantiles_by_the_formula():
    """P05 is 100 + √(0.05 × 500 × 100) = 150, P50 is 600 − √(0.5 × 500 × 400) = 283.77."""
    found = triangular(np.array([0.05, 0.5]), 100, 200, 600)
    assert found.tolist() == pytest.approx([150, 600 - 100_000**0.5])


@pytest.mark.parametrize(("low", "typical", "high"), [(1, 1, 9), (1, 9, 9), (5, 5, 5)])
def test_a_mode_at_an_end(low, typical, high):
    found = triangular(np.linspace(0, 1, 101), low, typical, high)
    assert found.min() == low
    assert found.max() == high
    assert (np.diff(found) >= 0).all()


def test_the_mean_is_that_of_the_three():
    """(100 + 200 + 600) ÷ 3 = 300, with a standard deviation of 108 over √200,000 samples."""
    (found,) = drawn([RATE], 200_000, 1)
    assert found.mean() == pytest.approx(300, abs=1)
    assert found.std() == pytest.approx(
        ((1e4 + 4e4 + 36e4 - 2e4 - 6e4 - 12e4) / 18) ** 0.5, rel=0.01
    )


def test_the_same_on_every_machine():
    """Pinned: these numbers are what a seed promises, whatever NumPy's release."""
    (found,) = drawn([RATE], 3, 1)
    again = drawn([RATE], 5, 1)[0][:3]
    assert found.tolist() == again.tolist()
    assert found.tolist() == pytest.approx(FIRST)
    assert drawn([RATE], 3, 2)[0].tolist() != found.tolist()


FIRST = [209.98465599476344, 262.02299300034576, 162.01630329490243]


def test_the_numbers_are_those_of_the_generator():
    """NumPy's own doubles of the same stream, put through the inverse by hand."""
    digest = sha256(b"a -> b.rate 1").digest()
    words = [int.from_bytes(digest[at : at + 4], "big") for at in range(0, 32, 4)]
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence([5, *words])))
    expected = [
        100 + (u * 500 * 100) ** 0.5 if u < 0.2 else 600 - ((1 - u) * 500 * 400) ** 0.5
        for u in stream.random(40).tolist()
    ]
    assert drawn([RATE], 40, 5)[0].tolist() == pytest.approx(expected)


def test_neither_order_nor_company_changes_an_input():
    alone = drawn([SIZE], 50, 7)[0]
    both = drawn([RATE, SIZE], 50, 7)[1]
    turned = drawn([SIZE, RATE], 50, 7)[0]
    assert alone.tolist() == both.tolist() == turned.tolist()


def test_two_inputs_of_one_name_are_independent():
    one, other = drawn([RATE, RATE], 2000, 1)
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.1


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((1, 2, 5), (1, 2, 3, 4, 5)),
        ((1, 4, 7), (1, 2, 3, 4, 5, 6, 7)),
        ((0, 60, 600), (0, 100, 200, 300, 400, 500, 600)),
        ((1, 2, 9), (1, 2, 4, 5, 6, 8, 9)),
        ((Fraction(3, 2), 2, Fraction(9, 2)), (2, 3, 4)),
        ((4, 4, 4), (4,)),
    ],
)
def test_levels_of_a_whole_setting(given, expected):
    one = whole(*given)
    assert levels(one) == expected
    (found,) = drawn([one], 5000, 1)
    assert {int(value) for value in found} == set(expected)


@pytest.mark.parametrize(("low", "typical", "high"), [(2, 1, 3), (1, 4, 3), (-1, 1, 2)])
def test_a_range_has_an_order(low, typical, high):
    with pytest.raises(UsageError, match=r"w\.memory_size: .* are not low, typical and high"):
        whole(low, typical, high)


def test_no_whole_number_in_a_range():
    with pytest.raises(UsageError, match="no whole number stands between"):
        levels(whole(Fraction(5, 4), Fraction(3, 2), Fraction(7, 4)))
