"""Alternatives that a spec names: patches, where their problems stand, and how they compare."""

from __future__ import annotations

import time
from decimal import Decimal

import jsonschema_rs
import pytest
from small import SMALL
from support import PRICES

from archcode.compare import Basis, compare_alternatives, compare_channel
from archcode.errors import SpecError
from archcode.spec.dump import dump
from archcode.spec.load import load
from archcode.spec.parse import parse
from archcode.spec.schema import json_schema

ALTERNATIVES = """\
alternatives:
  on-kinesis:
    components:
      orders: {type: kinesis.stream, shard_count: 1}
  arm: {components: {worker: {architectures: [arm64], memory_size: 512}}}
  third-party: {components: {orders: {type: broker, engine: Solace, monthly_cost: 99.5}}}
  straight:
    remove: [orders]
    flows:
      - shop -> worker: {rate: 10/s, peak: 20/s, size: 1 KB}
  smaller: {flows: [{from: orders, to: worker, batch: 5}]}
"""
TEXT = SMALL + ALTERNATIVES
BASIS = Basis(PRICES, free_tier=False)


def made(text=TEXT):
    return {alternative.name: alternative.spec for alternative in parse(text).alternatives}


def problems(text):
    with pytest.raises(SpecError) as caught:
        parse(text)
    return [(f.rule, f.line, f.column, f.where, f.message) for f in caught.value.findings]


def test_a_component_with_a_type_takes_the_place_of_another():
    orders = made()["on-kinesis"].components["orders"]

    assert orders.type == "kinesis.stream"
    assert orders.settings.shard_count == 1


def test_a_component_without_a_type_changes_what_it_states():
    worker = made()["arm"].components["worker"].settings

    assert (worker.architectures, worker.memory_size) == (("arm64",), 512)
    assert worker.timeout == 30


def test_a_flow_takes_the_place_of_those_between_the_same_two():
    (flow,) = [f for f in made()["smaller"].flows if f.target == "worker"]

    assert flow.settings.batch == 5


def test_what_is_taken_out_goes_with_its_flows_and_frames():
    framed = (
        SMALL + "groups:\n  queues: {contains: [orders]}\n  all: {contains: [queues, worker]}\n"
    )
    straight = made(framed + ALTERNATIVES)["straight"]

    assert [*straight.components] == ["shop", "worker"]
    assert [(f.source, f.target) for f in straight.flows] == [("shop", "worker")]
    assert [(g.name, g.contains) for g in straight.groups] == [("all", ("worker",))]


def test_an_arrow_can_be_taken_out():
    text = SMALL + "alternatives: {idle: {remove: [orders -> worker]}}\n"

    assert [(f.source, f.target) for f in made(text)["idle"].flows] == [("shop", "orders")]


def test_a_spec_with_alternatives_reads_back():
    spec = parse(TEXT)

    assert parse(dump(spec)) == spec


@pytest.mark.parametrize(
    ("was", "line", "found"),
    [
        ("type: kinesis.stream", "type: kinesis.strem",
         ("unknown_type", 13, 22, "orders.type", '"kinesis.strem" is no known type')),
        ("monthly_cost", "monthly_coast",
         ("unknown_key", 15, 69, "orders", 'has no key "monthly_coast"')),
        ("remove: [orders]", "remove: [ordres]",
         ("unknown_component", 17, 14, "alternatives.straight.remove", '"ordres" is no component')),
        ("    remove:", "    removed:",
         ("unknown_key", 17, 5, "alternatives.straight", 'has no key "removed"')),
        ("shop -> worker:", "shop -> workers:",
         ("unknown_component", 19, 9, "", '"workers" is no component')),
        ("batch: 5", "batch: 0",
         ("out_of_range", 20, 55, "orders -> worker.batch", "is 0, below the minimum of 1")),
    ],
)  # fmt: skip
def test_problems_stand_where_the_alternative_has_them(was, line, found):
    assert problems(TEXT.replace(was, line)) == [found]


def test_problems_of_all_alternatives_are_told_at_once():
    text = TEXT.replace("kinesis.stream", "kinesis.strem").replace("monthly_cost", "monthly_coast")

    assert [rule for rule, *_ in problems(text)] == ["unknown_type", "unknown_key"]


@pytest.mark.parametrize(
    ("section", "fact"),
    [
        ("[a]", "not a mapping such as"),
        ("{a: 1}", "is 1, not a mapping of components, flows, remove"),
        ("{a: {}}", "needs one of components, flows, remove"),
        ("{a: {flows: {}}}", "not a list of arrows"),
        ("{9a: {remove: [orders]}}", "is no name of an alternative"),
    ],
)
def test_says_what_an_alternative_is(section, fact):
    (problem,) = problems(SMALL + f"alternatives: {section}\n")

    assert fact in problem[-1]


def test_the_schema_knows_alternatives():
    schema = jsonschema_rs.Draft202012Validator(json_schema())
    plain = {"a": {"components": {"orders": {"delay_seconds": 5}}, "remove": ["x -> y"]}}
    spec = load(SMALL).value

    assert not [*schema.iter_errors(spec | {"alternatives": plain})]
    assert [*schema.iter_errors(spec | {"alternatives": {"a": {"component": {}}}})]
    wrong = {"a": {"components": {"orders": {"type": "sqs.queue", "shard_count": 1}}}}
    assert [*schema.iter_errors(spec | {"alternatives": wrong})]


def test_alternatives_are_compared_with_what_there_is():
    found = compare_alternatives(parse(TEXT), BASIS)
    costs = {option.name: option.list_cost for option in found.options}

    assert costs["As it is"] == found.today.list_cost
    # The 99.50 of the contract, and a worker that costs as much as before
    worker = sum(charge.list_cost for charge in found.today.of("worker"))
    assert costs["third-party"] == worker + Decimal("99.5")
    assert found.current.name == "As it is"


def test_alternatives_of_a_channel_are_options_for_it():
    names = [o.name for o in compare_channel(parse(TEXT), "orders", BASIS).options]

    assert {"on-kinesis", "third-party", "straight", "MSK Serverless"} <= {*names}
    assert "arm" not in names


def test_an_alternative_without_traffic_stays_with_its_reason():
    text = SMALL + "alternatives: {cut: {remove: [shop -> orders]}}\n"
    found = {o.name: o for o in compare_alternatives(parse(text), BASIS).options}

    assert found["cut"].reasons == ("orders -> worker: needs a rate: nothing flows into orders",)
    assert found["cut"].list_cost is None


def test_a_file_has_no_more_alternatives_than_anybody_compares():
    lines = "".join(f"  a{n}: {{remove: [orders]}}\n" for n in range(21))

    assert problems(f"{SMALL}alternatives:\n{lines}")[0][0] == "too_long"


def test_a_large_spec_with_an_alternative_is_read_in_good_time():
    many = 3000
    components = "".join(f"  q{n}: {{type: sqs.queue}}\n" for n in range(many))
    flows = "".join(f"  - shop -> q{n}: {{rate: 1/s, size: 1 KB}}\n" for n in range(many))
    text = SMALL.replace("flows:\n", f"{components}flows:\n{flows}")
    started = time.process_time()
    alone = parse(text)
    once = time.process_time() - started
    both = parse(text + "alternatives: {less: {remove: [q7]}}\n")

    assert len(both.alternatives[0].spec.flows) == len(alone.flows) - 1
    # Twice the reading, and as much again for the places: not once for every flow.
    assert time.process_time() - started < 6 * once + 1
