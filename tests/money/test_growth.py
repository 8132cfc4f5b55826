"""More traffic never costs less, in every spec and for every service in it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support import PRICES

from archcode.estimate import Estimate, price
from archcode.spec.model import Flow, Spec
from archcode.spec.parse import parse
from archcode.topology import propagate

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))
PARSED = {path.stem: parse(path.read_text("utf-8")) for path in SPECS}
ADVANTAGE = """
region: us-east-1
components:
  c: {type: device}
  s:
    type: kinesis.stream
    stream_mode_details: {stream_mode: ON_DEMAND}
    minimum_throughput_billing_commitment: ENABLED
    retention_period_hours: 10 d
  f:
    type: lambda.function
    duration: 20 ms
    provisioned_concurrency_config: {provisioned_concurrent_executions: 3}
flows:
  - c -> s: {rate: 9000/s, size: 900 B}
  - s -> f: {enhanced_fan_out: true}
"""
PARSED["advantage"] = parse(ADVANTAGE)


def grown(flow: Flow, factor: Fraction) -> Flow:
    rates = {k: getattr(flow.settings, k) for k in ("rate", "peak")}
    more = {k: v * factor for k, v in rates.items() if v is not None}
    return replace(flow, settings=flow.settings.model_copy(update=more))


def estimate(spec: Spec, factor: Fraction) -> Estimate:
    flows = tuple(grown(flow, factor) for flow in spec.flows)
    return price(propagate(replace(spec, flows=flows)), PRICES)


@pytest.mark.parametrize("name", PARSED)
@given(st.fractions(0, 50), st.fractions(1, 20))
@settings(max_examples=15, deadline=None)
def test_more_traffic_never_costs_less(name, factor, growth):
    less, more = (estimate(PARSED[name], f) for f in (factor, factor * growth))

    assert more.list_cost >= less.list_cost


@pytest.mark.parametrize("name", PARSED)
@given(st.fractions(Fraction(1, 100), 50), st.fractions(1, 20))
@settings(max_examples=10, deadline=None)
def test_more_traffic_never_needs_less(name, factor, growth):
    less, more = (estimate(PARSED[name], f) for f in (factor, factor * growth))

    for component, sizes in less.capacity.items():
        needs = {size.name: size.required for size in more.capacity[component]}
        assert all(needs[size.name] >= size.required for size in sizes)
