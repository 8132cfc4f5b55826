"""Every break-even point is priced on both sides by `archcode compare`, from a text of its own."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from lines import BASIS, BURSTS, QUEUE, swept
from support import PRICES

from archcode.compare import Basis, compare_channel
from archcode.spec.parse import parse

SPECS = Path(__file__).parents[2] / "specs"
NEAR = Fraction(1, 10**7)
FREE = Basis(PRICES)


def cheapest(text, basis=BASIS, channel="orders"):
    """What a comparison of a text calls the cheapest, by its name in a sweep."""
    fits = [o for o in compare_channel(parse(text), channel, basis).options if o.fits]
    return min(fits, key=lambda option: option.list_cost).name if fits else ""


def digits(x):
    """A rational to 20 decimals, as a text may state it."""
    return f"{Decimal(x.numerator) / Decimal(x.denominator):.20f}"


def at_rate(text, x, rate, peak):
    """The text with another rate into the channel, and its peak in proportion."""
    times = x / rate
    return text.replace(f"rate: {rate}/s", f"rate: {digits(x)}/s").replace(
        f"peak: {peak}/s", f"peak: {digits(peak * times)}/s"
    )


@pytest.mark.parametrize(
    ("text", "rate", "peak", "basis"),
    [
        (QUEUE, 10, 20, BASIS),
        (QUEUE, 10, 20, FREE),
        (BURSTS, 1, 100, BASIS),
        ((SPECS / "work-queue.yaml").read_text("utf-8"), 100, 800, FREE),
        (QUEUE.replace("20}", "20, requires: {consumers: 2}}"), 10, 20, BASIS),
    ],
    ids=["queue", "free-tier", "bursts", "work-queue", "two-consumers"],
)
def test_of_a_rate(text, rate, peak, basis):
    found = swept(text, "1/s", "21/s", basis=basis)

    assert found.break_evens
    for one in found.break_evens:
        below, above = one.x * (1 - NEAR), one.x * (1 + NEAR)
        assert cheapest(at_rate(text, below, rate, peak), basis) == one.left
        assert cheapest(at_rate(text, above, rate, peak), basis) == one.right


def test_of_a_size():
    text = QUEUE.replace("rate: 10/s, peak: 20/s", "rate: 100/s, peak: 800/s")
    found = swept(text, "1 KB", "256 KB", "size")

    assert found.break_evens
    for one in found.break_evens:
        for x, name in ((one.x * (1 - NEAR), one.left), (one.x * (1 + NEAR), one.right)):
            assert cheapest(text.replace("size: 1 KB", f"size: {digits(x)} B")) == name


def test_the_middle_of_every_region():
    found = swept(BURSTS, "1/s", "21/s")
    for region in found.regions:
        middle = (region.start + region.end) / 2
        assert cheapest(at_rate(BURSTS, middle, 1, 100)) == region.name


def test_costs_of_the_grid_are_those_of_comparisons():
    found = swept(QUEUE, "1/s", "10k/s")
    for place in (0, len(found.curves[0].points) // 2, -1):
        x = found.curves[0].points[place].x
        options = {
            o.name: o
            for o in compare_channel(parse(at_rate(QUEUE, x, 10, 20)), "orders", BASIS).options
        }
        for curve in found.curves:
            option = options[curve.name]
            assert curve.points[place].list_cost == option.list_cost
            assert curve.points[place].fits == option.fits, curve.name
            assert curve.points[place].reasons == option.reasons
