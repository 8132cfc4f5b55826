"""What holds of every sweep: regions side by side, costs that rise, no matter of order."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lines import BASIS, BURSTS, QUEUE, swept

from archcode.spec.parse import parse
from archcode.sweep import sweep, variable_of

SOME = ("SQS standard", "SNS + SQS", "EventBridge", "Kinesis provisioned", "Kinesis on-demand")
NAMES = ",".join(SOME)
RATES = st.integers(min_value=1, max_value=40)


def text_of(rate, times, size, batch):
    return (
        QUEUE.replace("rate: 10/s, peak: 20/s", f"rate: {rate}/s, peak: {rate * times}/s")
        .replace("size: 1 KB", f"size: {size} B")
        .replace("batch: 10", f"batch: {batch}")
    )


TEXTS = st.builds(
    text_of,
    RATES,
    st.sampled_from([1, 3, 70]),
    st.sampled_from([100, 1024, 30_000]),
    st.integers(min_value=1, max_value=10),
)


@settings(deadline=None, max_examples=4)
@given(TEXTS, RATES)
def test_regions_cover_the_range_and_the_cheaper_option_is_on_its_side(text, start):
    rate = variable_of("rate", f"{start}/s", f"{start * 12}/s")
    found = sweep(parse(text), rate, BASIS, channel="orders", options=SOME)
    regions, breaks = found.regions, found.break_evens

    assert regions[0].start == rate.start
    assert regions[-1].end == rate.end
    assert [one.end for one in regions[:-1]] == [one.start for one in regions[1:]]
    assert all(one.start < one.end for one in regions)
    assert all(one.name != other.name for one, other in pairwise(regions))
    inner = [one.x for one in breaks if rate.start < one.x < rate.end]
    assert inner == [one.end for one in regions[:-1]]
    for one in (one for one in breaks if one.kind != "limit"):
        assert one.left_costs.below <= one.right_costs.below
        assert one.right_costs.above <= one.left_costs.above


@pytest.mark.parametrize("text", [QUEUE, text_of(20, 70, 30_000, 3)])
def test_costs_do_not_fall_with_the_rate(text):
    found = swept(text, "x0.3", "x4")
    for curve in found.curves:
        costs = [point.list_cost for point in curve.points if point.list_cost is not None]
        assert costs == sorted(costs), curve.name


def test_the_order_of_components_and_flows_changes_nothing():
    lines = BURSTS.splitlines(keepends=True)
    turned = [*lines[:3], *reversed(lines[3:6]), lines[6], *reversed(lines[7:])]
    one, other = (swept(text, "1/s", "30/s", options=NAMES) for text in (BURSTS, "".join(turned)))

    assert one.break_evens == other.break_evens
    assert one.regions == other.regions
    assert [c.points for c in one.curves] == [c.points for c in other.curves]


def test_a_sweep_of_part_of_the_range_finds_the_same_points():
    whole, part = (
        swept(BURSTS, *ends, options=NAMES) for ends in (("1/s", "60/s"), ("7/s", "33/s"))
    )
    inner = [one for one in whole.break_evens if 7 < one.x < 33]

    assert [(one.x, one.left, one.right) for one in part.break_evens] == [
        (one.x, one.left, one.right) for one in inner
    ]


def test_a_rate_in_times_is_the_same_as_a_rate():
    rates, times = (
        swept(QUEUE, *ends, options=NAMES) for ends in (("1/s", "100/s"), ("x0.1", "x10"))
    )

    assert [one.x for one in rates.break_evens] == [10 * one.x for one in times.break_evens]
    assert rates.today == 10
    assert times.today == 1


def test_a_third_of_a_message_is_exact():
    """1/3 message/s, which no text can state, costs a third of one."""
    text = QUEUE.replace("rate: 10/s, peak: 20/s", "rate: 3/s, peak: 6/s")
    found = swept(text, "x1", "x3", options="EventBridge")
    at = {point.x: point.list_cost for point in found.curves[0].points}

    assert min(at) == 1
    assert Fraction(at[Fraction(3)]) > Fraction(at[Fraction(1)])
