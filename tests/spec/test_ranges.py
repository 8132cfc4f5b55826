"""Quantities of which only a range is known, as the language reads and writes them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from support import spec_text

from archcode import SpecError, dump, parse
from archcode.spec.parse import at_end, valued

QUEUE = "shop: {type: client}\norders: {type: sqs.queue}\nwork: {type: lambda.function}"
RATE = "{low: 200/s, typical: 350/s, high: 900/s}"


def _spec(rate=RATE, more="", components=QUEUE):
    flows = f"- shop -> orders: {{rate: {rate}, size: 2 KB{more}}}\n- orders -> work"
    return parse(spec_text(components, flows))


def _rules(**options):
    with pytest.raises(SpecError) as caught:
        _spec(**options)
    return [(f.rule, f.where, f.line) for f in caught.value.findings]


def test_a_spec_holds_the_typical_values():
    spec = _spec()

    assert spec.flows[0].settings.rate == 350
    assert [one.where for one in spec.ranges] == ["shop -> orders.rate"]
    assert spec.ranges[0].values == {"low": "200/s", "typical": "350/s", "high": "900/s"}


@pytest.mark.parametrize(("end", "rate"), [("low", 200), ("typical", 350), ("high", 900)])
def test_a_spec_at_one_end_of_its_ranges(end, rate):
    assert at_end(_spec(), end).flows[0].settings.rate == rate


def test_a_value_in_the_place_of_a_range():
    spec = _spec()

    assert valued(spec, {spec.ranges[0].path: "5M/day"}).flows[0].settings.rate == Fraction(
        5_000_000, 86_400
    )
    assert valued(spec, {}).flows == spec.flows


@pytest.mark.parametrize(
    "flow",
    [
        "- {from: shop, to: orders, rate: 1/s, size: {low: 1 KB, typical: 2 KB, high: 3 KB}}",
        "- shop -> orders: {rate: 1/s, size: {low: 1 KB, typical: 2 KB, high: 3 KB}}",
    ],
)
def test_both_forms_of_a_flow_take_ranges(flow):
    spec = parse(spec_text("shop: {type: client}\norders: {type: sqs.queue}", flow))

    assert spec.ranges[0].where == "shop -> orders.size"
    assert at_end(spec, "high").flows[0].settings.size == 3 * 1024
    assert parse(dump(spec)) == spec


def test_settings_nested_settings_and_usage_take_ranges():
    spec = parse(
        spec_text(
            "a: {type: lambda.function, memory_size: {low: 128, typical: 256, high: 1024},"
            " ephemeral_storage: {size: {low: 512, typical: 600, high: 700}},"
            " usage: {requests: {low: 1M, typical: 2M, high: 3M}}}"
        )
    )
    high = at_end(spec, "high").components["a"]

    assert [one.where for one in spec.ranges] == [
        "a.ephemeral_storage.size",
        "a.memory_size",
        "a.usage.requests",
    ]
    assert high.settings.memory_size == 1024
    assert high.settings.ephemeral_storage.size == 700
    assert high.usage["requests"] == 3_000_000
    assert parse(dump(spec)) == spec
    assert dump(parse(dump(spec))) == dump(spec)


def test_components_may_be_called_like_the_ends():
    components = "low: {type: client}\nhigh: {type: sqs.queue}"
    spec = parse(spec_text(components, "- low -> high: {rate: 1/s, size: 1 KB}"))

    assert spec.ranges == ()


def test_a_range_of_one_value_is_a_range():
    assert _spec("{low: 1/s, typical: 1/s, high: 1/s}").ranges


def test_what_is_no_range_is_refused():
    where = "shop -> orders.rate"
    line = 7

    assert _rules(rate="{low: 1/s, high: 2/s}") == [("range_without_end", where, line)]
    assert _rules(rate="{low: 2/s, typical: 1/s, high: 3/s}") == [
        ("range_out_of_order", where, line)
    ]
    assert _rules(rate="{low: 1/s, typical: 3/s, high: 2/s}") == [
        ("range_out_of_order", where, line)
    ]
    assert _rules(rate="{low: 1/s, typical: 2 KB, high: 3/s}") == [
        ("range_of_no_quantity", where, line)
    ]
    assert _rules(rate="{low: 1/s, typical: many, high: 3/s}") == [
        ("range_of_no_quantity", f"{where}.typical", line)
    ]
    assert _rules(rate="{low: 1/s, typical: 2/s, high: 3/s, hihg: 4/s}") == [
        ("unknown_key", where, line)
    ]


def test_each_end_has_to_fit_its_setting():
    components = QUEUE.replace(
        "{type: lambda.function}",
        "{type: lambda.function, memory_size: {low: 64, typical: 256, high: 1024}}",
    )
    with pytest.raises(SpecError) as caught:
        _spec(components=components)
    (finding,) = caught.value.findings

    assert finding.rule == "out_of_range"
    assert finding.message.endswith("at the low end of its ranges")
    # The place is that of the value, not of the range.
    assert (finding.line, finding.column) == (5, components.splitlines()[2].index("64") + 3)


def test_a_peak_has_to_cover_the_high_end_of_its_rate():
    assert [rule for rule, *_ in _rules(more=", peak: 800/s")] == ["peak_below_rate"]
    assert _spec(more=", peak: 900/s").flows[0].settings.peak == 900


def test_a_peak_is_raised_to_its_rate_where_only_the_rate_is_at_its_high_end():
    spec = _spec(more=", peak: {low: 400/s, typical: 500/s, high: 1000/s}")
    rate = next(one.path for one in spec.ranges if one.where.endswith(".rate"))
    settings = valued(spec, {rate: "900/s"}).flows[0].settings

    assert (settings.rate, settings.peak) == (900, 900)


def test_scenarios_and_alternatives_may_hold_ranges():
    text = (
        spec_text(QUEUE, f"- shop -> orders: {{rate: {RATE}, size: 2 KB}}\n- orders -> work")
        + "scenarios:\n  wild: {flows: {shop -> orders:"
        + " {size: {low: 1 KB, typical: 2 KB, high: 9 KB}}}}\n"
        + "alternatives:\n  slow: {components: {work: {type: lambda.function,"
        + " duration: {low: 1 s, typical: 2 s, high: 3 s}}}}\n"
    )
    spec = parse(text)
    from archcode.scenarios import applied

    wheres = [one.where for one in applied(spec, spec.scenarios[0]).ranges]

    assert wheres == ["shop -> orders.rate", "shop -> orders.size"]
    assert [one.where for one in spec.alternatives[0].spec.ranges] == [
        "shop -> orders.rate",
        "work.duration",
    ]
    assert parse(dump(spec)) == spec
