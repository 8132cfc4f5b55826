"""Specs that hypothesis makes up: whatever is allowed, samples cost what the pipeline says."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from spec.generated import documents, yaml_of
from support import spec_text
from varied import agree, sampler, varied

from archcode.errors import SpecError
from archcode.sampling.draws import Input
from archcode.spec.parse import parse
from archcode.topology import propagate

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(documents(), st.sampled_from([Fraction(1, 10), Fraction(99, 100)]))
def test_any_spec(document, spread):
    text = yaml_of(document)
    try:
        spec = parse(text)
        propagate(spec)
    except SpecError:
        assume(False)
    inputs = varied(spec, spread)
    assume(inputs)
    found = sampler(text, inputs, samples=60)
    agree(found, range(0, 60, 12))


def test_millions_of_chunks():
    """Messages of 300 GB: 4.7 million chunks of 64 KB, of which none is taken for another."""
    text = spec_text(
        "p: {type: client}\nt: {type: sns.topic}\nq: {type: sqs.queue}",
        "- p -> t: {rate: 2/s, size: 282 GB}\n- t -> q",
    )
    size = Input(("flows", 0, "p -> t", "size"), Fraction(10**11), Fraction(3 * 10**11), 10**12)
    found = sampler(text, [size], samples=400)
    assert agree(found, range(400)) == 400


@pytest.mark.parametrize("tries", [5, 100, 1000])
def test_what_is_given_up_after_many_tries(tries):
    """Of 1% that fail 1,000 times in a row 10^−2000 is left, above 0 in fact, not as a float."""
    text = spec_text(
        f"""
        p: {{type: client}}
        q:
          type: sqs.queue
          redrive_policy: {{dead_letter_target: d, max_receive_count: {tries}}}
        d: {{type: sqs.queue}}
        w: {{type: lambda.function, duration: 1 s}}
        """,
        "- p -> q: {rate: 5/s, size: 2 KB}\n- q -> w: {batch: 10, failure_rate: 1%}",
    )
    path = ("flows", 1, "q -> w", "failure_rate")
    rate = Input(path, Fraction("0.005"), Fraction("0.01"), Fraction("0.9"))
    found = sampler(text, [rate], samples=100)
    assert agree(found, range(0, 100, 10)) == 10
    assert found.runs <= 2
