"""Numbers of charts as text, and descriptions made from the values of a chart."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from archcode.charts import (
    DOLLARS,
    PLAIN,
    SHORT,
    Band,
    Bar,
    Histogram,
    LineChart,
    Mark,
    Percentile,
    RegionMap,
    Series,
    Ticks,
    Tornado,
    described,
    money,
)
from archcode.currency import USD, Currency

RATE = Ticks(after="/s", short=True)


@pytest.mark.parametrize(
    ("ticks", "value", "text"),
    [
        (PLAIN, 1000, "1,000"),
        (PLAIN, 0.1 + 0.2, "0.3"),
        (PLAIN, Fraction(1, 3), "0.33"),
        (PLAIN, 10.0**15, "1,000,000,000,000,000"),
        (PLAIN, 1e-7, "0.0000001"),
        (SHORT, 999, "999"),
        (SHORT, 1500, "1.5k"),
        (SHORT, 2_000_000, "2M"),
        (RATE, Fraction(10_000), "10k/s"),
        (DOLLARS, 1000, "$1,000"),
        (DOLLARS, Decimal("0.5"), "$0.50"),
        (DOLLARS, Decimal("1234.567"), "$1,234.57"),
        (DOLLARS, Decimal("0.0004"), "$0.0004"),
        (DOLLARS, -5, "-$5"),
        (DOLLARS, 0, "$0"),
        (DOLLARS, float("inf"), "unknown"),
        (DOLLARS, Decimal("NaN"), "unknown"),
    ],
)
def test_numbers_are_plain(ticks, value, text):
    assert ticks.text(value) == text


def test_amounts_have_the_sign_of_their_currency():
    assert money(USD) == DOLLARS
    assert money(Currency("JPY", Decimal(150))).text(1500) == "¥1,500"
    assert money(Currency("CHF", Decimal("0.9"))).text(Decimal("2.5")) == "CHF 2.50"


def test_a_description_of_the_author_stays():
    chart = Tornado("T", "As written.", "Cost", 1, ())

    assert described(chart) is chart


def test_lines_are_told_by_their_ends():
    chart = LineChart(
        "Queue or stream",
        "",
        "messages",
        "Monthly cost",
        (
            Series("SQS", ((1, Decimal("1.05")), (1000, 1051), (2000, None))),
            Series("Kinesis", ((1, None), (100, 15), (2000, Decimal("29.2")))),
            Series("MSK", ((1, None),)),
        ),
        marks=(Mark(Fraction(100), 15, "SQS as Kinesis"),),
        bands=(Band(1, 100, "SQS"),),
        x_ticks=RATE,
    )

    assert described(chart).description == (
        "Monthly cost of 3 options over messages, from 1/s to 2k/s. "
        "SQS costs $1.05 at 1/s and $1,051 at 1k/s, is not feasible above 1k/s. "
        "Kinesis costs $15 at 100/s and $29.20 at 2k/s, is not feasible below 100/s. "
        "MSK is not feasible. "
        "SQS is the cheapest from 1/s to 100/s. "
        "SQS as Kinesis: $15 at 100/s."
    )


def test_a_map_is_told_by_its_shares_and_corners():
    cells = (("SQS", "SQS", "MSK"), ("SQS", "", "MSK"))
    chart = RegionMap("Map", "", "rate", "size", (1, 10, 100), (1, 64), cells, x_ticks=RATE)

    # 3 of 6 cells are 50%, 2 of 6 are 33%, 1 of 6 is 17%
    assert described(chart).description == (
        "The cheapest option over rate, from 1/s to 100/s and size, from 1 to 64. "
        "SQS is the cheapest in 50% of the map. "
        "MSK is the cheapest in 33% of the map. "
        "No option is feasible in 17% of the map. "
        "At 1/s and 1 it is SQS. At 100/s and 64 it is MSK."
    )


def test_bars_are_told_the_largest_swing_first():
    bars = (Bar("Size", 90, Decimal(110), "1 KB", "4 KB"), Bar("Rate", 50, 300.0, "10/s", "60/s"))
    chart = Tornado("What matters", "", "Monthly cost", 100, bars)

    assert [bar.name for bar in chart.ordered] == ["Rate", "Size"]
    assert described(chart).description == (
        "Monthly cost is $100, and what 2 inputs make of it, the largest swing first. "
        "Rate: $50 at 10/s, $300 at 60/s. Size: $90 at 1 KB, $110 at 4 KB."
    )


def test_numbers_of_all_kinds_are_compared():
    points = ((Decimal("0.5"), 1), (Fraction(1, 3), 2), (2.5, 3), (float("nan"), 4))
    chart = LineChart("T", "", "x", "Cost", (Series("One", points),))

    assert described(chart).description.startswith("Cost of 1 option over x, from 0.33 to 2.5.")
    assert Bar("Mixed", Decimal("0.5"), Fraction(1, 3)).swing == Fraction(1, 6)
    assert Bar("Unknown", float("nan"), 5).swing == 0


def test_a_distribution_is_told_by_its_percentiles():
    marks = (Percentile(10, 120), Percentile(90, Decimal("310.5")))
    chart = Histogram("Costs", "", "Monthly cost", (100, 200, 300, 400), (2, 5, 1), marks)

    # 5 of 8 outcomes are 62.5%, rounded up
    assert described(chart).description == (
        "Monthly cost in 8 outcomes, from $100 to $400. P10 is $120. P90 is $310.50. "
        "The most frequent range, $200 to $300, has 63% of them."
    )


@pytest.mark.parametrize(
    "chart",
    [
        LineChart("T", "", "x", "y", ()),
        RegionMap("T", "", "x", "y", (), (), ()),
        Tornado("T", "", "x", 0, ()),
        Histogram("T", "", "x", (), ()),
        Histogram("T", "", "x", (0, 1), (0,)),
    ],
)
def test_charts_of_nothing_are_described(chart):
    assert described(chart).description.endswith(".")


def test_values_that_do_not_fit_together_are_refused():
    with pytest.raises(ValueError, match="2 counts need 3 edges"):
        Histogram("T", "", "x", (1, 2), (1, 1))
    with pytest.raises(ValueError, match="not 1 rows of 2"):
        RegionMap("T", "", "x", "y", (1, 2), (1,), (("a",),))
