"""Values without a change: cheap to define and to make, and equal by what they are."""

import pickle

import pytest
from msgspec.structs import replace

from archcode.sampling.paths import _Group
from archcode.spec.load import Document
from archcode.spec.parse import parse

SPEC = """
title: Orders
region: eu-west-1
components:
  api: {type: client}
  queue: {type: sqs.queue}
flows:
  - {from: api, to: queue, rate: 10/s, size: 1 KB}
"""


def test_a_spec_is_equal_wherever_it_stands_in_its_text():
    spec, moved = parse(SPEC), parse("\n\n# Said before\n" + SPEC)

    assert spec == moved
    assert hash(spec.flows[0]) == hash(moved.flows[0])
    assert spec.document != moved.document


def test_a_spec_is_another_with_another_rate():
    spec, other = parse(SPEC), parse(SPEC.replace("10/s", "11/s"))

    assert spec != other
    assert spec.flows[0] != other.flows[0]


def test_a_flow_equals_no_value_of_another_kind():
    spec = parse(SPEC)

    assert spec.flows[0] != spec
    assert spec.flows[0] != "api"


def test_a_value_does_not_change():
    spec = parse(SPEC)

    with pytest.raises(AttributeError, match="immutable type"):
        spec.title = "Payments"
    assert replace(spec, title="Payments").title == "Payments"


def test_a_spec_is_the_same_after_a_journey():
    spec = parse(SPEC)

    assert pickle.loads(pickle.dumps(spec)) == spec
    assert isinstance(spec.document, Document)


def test_samples_wait_in_the_order_of_size_and_number():
    one, two = _Group(-3, 1, (), {}), _Group(-3, 2, (), {})

    assert min(two, one) is one
    assert min(two, _Group(-4, 9, (), {})).size == -4
