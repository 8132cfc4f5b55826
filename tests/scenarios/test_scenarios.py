"""A scenario is the same spec with other settings and more traffic, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from support import PRICES, cost, rate

from archcode import SpecError, dump, parse
from archcode.estimate import price
from archcode.growth import grown
from archcode.headroom import headroom_of
from archcode.review import findings
from archcode.scenarios import applied
from archcode.topology import propagate

SPEC = """\
title: Orders
region: us-east-1
components:
  shop: {type: client}
  orders:
    type: sqs.queue
    visibility_timeout: 3 min
    redrive_policy: {dead_letter_target: lost, max_receive_count: 5}
  lost: {type: sqs.queue, message_retention_period: 14 d}
  worker: {type: server}
  sensors: {type: iot.thing_fleet, things: 1000, message_rate: 1/min, message_size: 1 KB}
  readings: {type: iot.topic_rule}
flows:
  - shop -> orders: {rate: 100/s, peak: 800/s, size: 2 KB}
  - orders -> worker
  - {from: sensors, to: readings}
  - {from: readings, to: orders}
scenarios:
"""
WHAT = ", which says what it is"


def spec_of(*scenarios: str):
    return parse(SPEC + "".join(f"  {scenario}\n" for scenario in scenarios))


def in_first(*scenarios: str):
    spec = spec_of(*scenarios)
    return propagate(applied(spec, spec.scenarios[0]))


def refused(*scenarios: str) -> list[str]:
    with pytest.raises(SpecError) as raised:
        spec_of(*scenarios)
    return [f"{f.line}:{f.column} {f.rule} {f.where} {f.message}" for f in raised.value.findings]


def test_all_traffic_is_multiplied_stated_or_self_made():
    topology = in_first("sale: {scale: 8}")

    assert rate(topology, "shop -> orders") == 800
    assert topology.traffic["orders"].inflows[0].handed.peak_messages_per_second == 6400
    assert rate(topology, "sensors -> readings") == Fraction(8 * 1000, 60)
    assert rate(topology, "orders -> worker") == 800 + Fraction(8 * 1000, 60)


def test_what_is_metered_by_requests_costs_as_many_times_as_much():
    spec = spec_of("sale: {scale: 8}")
    now = price(propagate(spec), PRICES, free_tier=False)
    then = price(propagate(applied(spec, spec.scenarios[0])), PRICES, free_tier=False)

    # Far below the second tier, 100 G requests; things stay connected whatever they send.
    for name in ("orders", "readings"):
        assert cost(then, name) == 8 * cost(now, name) > 0
    assert cost(then, "sensors", "Connection") == cost(now, "sensors", "Connection") > 0


def test_no_traffic_at_all_is_a_scenario_too():
    idle = in_first("night: {scale: 0}")
    estimate = price(idle, PRICES)

    assert rate(idle, "shop -> orders") == 0
    assert [c for c in estimate.charges if c.list_cost and c.resource_name == "orders"] == []


def test_single_settings_change_and_their_neighbours_stay():
    change = "{visibility_timeout: 6 min, redrive_policy: {max_receive_count: 3}}"
    topology = in_first(f"later: {{components: {{orders: {change}}}}}")
    settings = topology.spec.components["orders"].settings

    assert settings.visibility_timeout == 360
    assert settings.redrive_policy.max_receive_count == 3
    assert settings.redrive_policy.dead_letter_target == "lost"


@pytest.mark.parametrize(
    ("arrow", "changed"),
    [
        ("shop -> orders", "shop -> orders"),
        ("orders->worker", "orders -> worker"),
        ('"sensors  ->  readings"', "sensors -> readings"),
    ],
)
def test_a_flow_is_found_by_its_arrow_however_it_is_written(arrow, changed):
    topology = in_first(f"later: {{flows: {{{arrow}: {{label: Changed}}}}}}")
    labels = {f"{f.source} -> {f.target}": f.settings.label for f in topology.spec.flows}

    assert labels.pop(changed) == "Changed"
    assert set(labels.values()) == {None}


def test_rates_that_a_scenario_states_are_multiplied_as_well():
    topology = in_first("later: {scale: 1.5, flows: {shop -> orders: {rate: 200/s}}}")

    assert rate(topology, "shop -> orders") == 300


def test_another_region_has_its_own_prices():
    spec = spec_of("abroad: {region: sa-east-1}")
    topology = propagate(applied(spec, spec.scenarios[0]))
    row = PRICES.find("sqs", "standard_requests", "sa-east-1")[0]
    charge = next(c for c in price(topology, PRICES).of("orders"))

    assert topology.region == "sa-east-1"
    assert charge.region_id == "sa-east-1"
    assert charge.sku_id == row.rate_code.partition(".")[0]


def test_the_title_says_which_scenario_it_is():
    assert in_first("sale: {scale: 8, label: Black Friday}").spec.title == "Orders (Black Friday)"
    assert in_first("sale: {scale: 8}").spec.title == "Orders (sale)"


def test_growth_on_top_of_a_scenario_multiplies_once_more():
    # Self-made traffic, too: 1000 things × 1/min × 8 × 5/2
    topology = grown(in_first("sale: {scale: 8}"), Fraction(5, 2))

    assert rate(topology, "shop -> orders") == 2000
    assert rate(topology, "sensors -> readings") == Fraction(20_000, 60)


def test_limits_hold_so_much_less_as_there_is_more_traffic():
    spec = spec_of("sale: {scale: 8}")

    def multiples(found):
        margins = headroom_of(price(propagate(found), PRICES)).margins
        return {(m.load.where, m.load.name): m.multiple for m in margins if m.multiple}

    now, then = multiples(spec), multiples(applied(spec, spec.scenarios[0]))

    # 20,000 publishes/s per account; 1,000 things send 1,000 ÷ 60 a second, and then 8 times that
    assert now["sensors", "inbound_publish_rate"] == 1200
    assert then["sensors", "inbound_publish_rate"] == 150
    assert {key: multiple * 8 for key, multiple in then.items()} == now


def test_findings_stand_at_the_line_that_makes_them():
    text = """\
region: us-east-1
components:
  shop: {type: client}
  clicks: {type: kinesis.stream, shard_count: 10}
  reader: {type: server}
flows:
  - shop -> clicks: {rate: 4000/s, size: 1 KB}
  - clicks -> reader
scenarios:
  fewer:
    components:
      clicks: {shard_count: 3}
"""
    spec = parse(text)
    estimate = price(propagate(applied(spec, spec.scenarios[0])), PRICES)
    found = [f for f in findings(estimate) if "shard" in f.where]

    assert found
    assert {(f.line, f.column) for f in found} == {(12, 29)}


def test_a_comment_that_ignores_nothing_in_one_scenario_is_not_told_there():
    text = SPEC.replace("type: sqs.queue\n", "type: sqs.queue  # archcode: ignore[hot_shard] why\n")
    spec = parse(f"{text}  sale: {{scale: 8}}\n")
    now = price(propagate(spec), PRICES)
    then = price(propagate(applied(spec, spec.scenarios[0])), PRICES)

    assert "unused_ignore" in {f.rule for f in findings(now)}
    assert "unused_ignore" not in {f.rule for f in findings(then)}


def test_what_is_wrong_is_told_with_its_place():
    assert refused("a: {scale: -1}", "b: {scael: 3}", "c: 3") == [
        "19:14 negative_quantity scenarios.a.scale is -1, below 0",
        '20:7 unknown_key scenarios.b has no key "scael"',
        "21:6 wrong_type scenarios.c is 3, not a mapping such as {scale: 8}",
    ]


def test_what_changes_must_exist_and_stay_what_it_is():
    assert refused(
        "a: {components: {order: {label: x}, orders: {type: sns.topic}}}",
        "b: {flows: {shop -> order: {size: 1 KB}, shop -> orders: {to: lost}}}",
    ) == [
        '19:20 unknown_component scenarios.a.components "order" is no component',
        f"19:48 scenario_of_another_thing scenarios.a.components.orders changes type{WHAT}",
        '20:15 unknown_flow scenarios.b.flows "shop -> order" is no flow',
        f"20:61 scenario_of_another_thing scenarios.b.flows.shop -> orders changes to{WHAT}",
    ]


def test_an_arrow_of_several_flows_cannot_be_meant():
    text = SPEC.replace("  - orders -> worker\n", "  - orders -> worker\n  - orders -> worker\n")
    with pytest.raises(SpecError) as raised:
        parse(f"{text}  a: {{flows: {{orders -> worker: {{batch: 2}}}}}}\n")

    assert [(f.rule, f.line, f.column) for f in raised.value.findings] == [
        ("ambiguous_flow", 20, 15)
    ]


def test_a_setting_that_does_not_fit_is_an_error_of_the_scenario():
    change = "{visibility_timeuot: 3, delay_seconds: 20 h}"
    above = 'is "20 h" (72000 s), above the maximum of 900 s'
    assert refused(f"a: {{components: {{orders: {change}}}}}") == [
        '19:29 unknown_key orders has no key "visibility_timeuot", in scenario a',
        f"19:67 out_of_range orders.delay_seconds {above}, in scenario a",
    ]


def test_a_scenario_survives_the_round_trip():
    spec = spec_of(
        "sale: {scale: 8, label: 'Black: Friday'}",
        "next-year: {scale: 1.5, region: eu-west-1, components: {orders: {delay_seconds: 5 s}}}",
        'other: {flows: {orders -> worker: {batch: 3, label: "a: b", requires: {ordering: none}}}}',
        "as-is: {}",
    )

    assert parse(dump(spec)) == spec
    assert [one.scale for one in spec.scenarios] == [8, Fraction(3, 2), 1, 1]
