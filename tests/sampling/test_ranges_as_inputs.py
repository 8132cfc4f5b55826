"""The ranges of a spec as inputs of samples."""

from __future__ import annotations

from decimal import Decimal

from support import PRICES, spec_text

from archcode import parse, price, propagate
from archcode.sampling.inputs import inputs_of
from archcode.sampling.sample import sample
from archcode.sampling.subject import Terms
from archcode.sensitivity import ranged

TEXT = spec_text(
    "shop: {type: client}\n"
    "orders: {type: sqs.queue, usage: {requests: {low: 1M, typical: 2M, high: 3M}}}\n"
    "work: {type: lambda.function, duration: {low: 50 ms, typical: 80 ms, high: 90 ms},"
    " timeout: {low: 10 s, typical: 20 s, high: 30 s},"
    " ephemeral_storage: {size: {low: 512, typical: 1024, high: 4096}}}",
    "- shop -> orders: {rate: {low: 1/s, typical: 2/s, high: 4/s}, size: 1 KB}\n"
    "- orders -> work: {batch: {low: 1, typical: 2, high: 10}}",
)


def test_every_range_is_an_input_in_base_units():
    found = {
        one.name: (one.low, one.typical, one.high, one.whole) for one in inputs_of(parse(TEXT))
    }

    assert {name: tuple(map(str, values[:3])) + values[3:] for name, values in found.items()} == {
        "orders -> work.batch": ("1", "2", "10", True),
        "orders.usage.requests": ("1000000", "2000000", "3000000", False),
        "shop -> orders.rate": ("1", "2", "4", False),
        "work.duration": ("1/20", "2/25", "9/100", False),
        "work.ephemeral_storage.size": ("512", "1024", "4096", True),
        "work.timeout": ("10", "20", "30", True),
    }


def test_samples_lie_between_both_ends_of_the_spread():
    spec = parse(TEXT)
    found = ranged(spec, lambda made: price(propagate(made), PRICES))
    sampled = sample(spec, inputs_of(spec), Terms(PRICES), samples=3000)
    cost = sampled.list_cost

    assert sampled.evaluated == 3000
    # A sample is rounded to cents, an end of the spread is exact.
    assert found.spread.low.list_cost - Decimal("0.01") <= cost.least
    assert cost.most <= found.spread.high.list_cost + Decimal("0.01")


def test_a_range_of_one_value_is_what_the_spec_costs():
    text = TEXT
    for ends in ("low: 1/s, typical: 2/s, high: 4/s", "low: 50 ms, typical: 80 ms, high: 90 ms"):
        first = ends.split(", ")[1].removeprefix("typical: ")
        text = text.replace(ends, f"low: {first}, typical: {first}, high: {first}")
    for low, typical, high in (("1M", "2M", "3M"), ("10 s", "20 s", "30 s"), ("1", "2", "10"),
                               ("512", "1024", "4096")):  # fmt: skip
        text = text.replace(
            f"low: {low}, typical: {typical}, high: {high}",
            f"low: {typical}, typical: {typical}, high: {typical}",
        )
    spec = parse(text)
    sampled = sample(spec, inputs_of(spec), Terms(PRICES), samples=50)
    exact = price(propagate(spec), PRICES).list_cost

    assert sampled.list_cost.least == sampled.list_cost.most == round(exact, 2)
