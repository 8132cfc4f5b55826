"""Tiers, free tiers, allowances and agreements in floating point, at and around every edge."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import PRICES, spec_text
from varied import agree, sampler

from archcode.overlay.parse import parse_overlay
from archcode.sampling.draws import Input

EDGES = [0, 1, 999_999, 10**6, 10**6 + 1, 10**8, 10**11 - 1, 10**11, 10**11 + 1, 3 * 10**11]
QUEUES = spec_text(
    """
    a: {type: sqs.queue, usage: {requests: 1}}
    b: {type: sqs.queue, usage: {requests: 1}}
    c: {type: sqs.queue, fifo_queue: true, usage: {requests: 1}}
    f: {type: lambda.function, usage: {requests: 1, gb_seconds: 1, internet_out_gb: 1}}
    g: {type: lambda.function, usage: {requests: 1, gb_seconds: 1, internet_out_gb: 1}}
    t: {type: sns.topic, usage: {publishes: 1}}
    """
)
OVERLAY = parse_overlay(
    """
title: Agreement
discounts: {sqs.queue: 10%, lambda.function: 20%, data_transfer/internet_out: 35%}
rates: {sqs.queue/fifo_requests: {usd: 0.0000001}}
"""
)
OPEN = [
    ("a", "requests"),
    ("b", "requests"),
    ("c", "requests"),
    ("f", "requests"),
    ("f", "gb_seconds"),
    ("f", "internet_out_gb"),
    ("g", "gb_seconds"),
    ("g", "internet_out_gb"),
    ("t", "publishes"),
]
AMOUNT = st.one_of(st.sampled_from(EDGES), st.integers(0, 4 * 10**11), st.floats(0, 1e7))


def usage_of(names):
    """Measured quantities as inputs that may be anything."""
    return [Input(("components", n, "usage", key), 0, 0, 10**12) for n, key in names]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(*[AMOUNT] * len(OPEN)), min_size=1, max_size=6),
    st.booleans(),
    st.sampled_from([None, OVERLAY]),
    st.sampled_from(["us-east-1", "sa-east-1", "us-gov-west-1"]),
)
def test_any_usage_of_an_account(rows, free_tier, overlay, region):
    columns = [*zip(*rows, strict=True)]
    found = sampler(
        QUEUES,
        usage_of(OPEN),
        columns=columns,
        free_tier=free_tier,
        overlay=overlay,
        region=region,
    )
    assert agree(found, range(len(rows))) == len(rows)


def edges(file, region="us-east-1"):
    """Every start of a tier in a price file, its neighbours, and the free quantities."""
    meters = [*PRICES.prices(file, region).values(), *PRICES.prices(file, "global").values()]
    ends = {float(end) for tiers in meters for t in tiers for end in (t.start, t.end) if end}
    return sorted({value for end in ends for value in (end - 1, end, end + 1, 2 * end)})


@pytest.mark.parametrize(
    ("kind", "key", "file"),
    [
        ("sqs.queue", "requests", "sqs"),
        ("lambda.function", "gb_seconds", "lambda"),
        ("lambda.function", "internet_out_gb", "data_transfer"),
        ("sns.topic", "publishes", "sns"),
        ("stepfunctions.state_machine", "transitions", "step_functions"),
    ],
)
def test_at_every_edge_of_every_tier(kind, key, file):
    values = edges(file)
    text = spec_text(f"x: {{type: {kind}, usage: {{{key}: 1}}}}")
    found = sampler(text, usage_of([("x", key)]), columns=[values])
    assert len(values) >= 3
    assert agree(found, range(len(values))) == len(values)


def test_an_unknown_price_makes_a_lower_bound():
    """SQS has no price in a book without it: nothing is counted, and the total is "at least"."""
    text = spec_text("x: {type: sqs.queue, usage: {requests: 1}}", region="us-east-1")
    known = sampler(text, usage_of([("x", "requests")]), columns=[[5e6, 6e6]])
    assert (known.all_listed, known.all_complete) == (True, True)
    text = spec_text(
        "x: {type: lambda.function}\nc: {type: client}", "- c -> x: {rate: 5/s, size: 1 KB}"
    )
    rate = Input(("flows", 0, "c -> x", "rate"), 1, 5, 9)
    unknown = sampler(text, [rate], columns=[[1.0, 9.0]])
    assert (unknown.all_listed, unknown.all_complete) == (False, False)
    assert agree(unknown, range(2)) == 2


def test_an_own_rate_makes_an_unknown_price_known():
    """No list price in any region for other types of instance: 730 h at the agreed $0.10."""
    text = spec_text("x: {type: ec2.instance, instance_type: x9.huge, usage: {instance_hours: 1}}")
    overlay = parse_overlay("title: A\nrates: {ec2.instance/linux_ondemand_other: {usd: 0.10}}")
    found = sampler(
        text, usage_of([("x", "instance_hours")]), columns=[[730.0, 1460.0]], overlay=overlay
    )
    assert (found.all_listed, found.all_complete) == (False, True)
    assert np.array_equal(found.agreed, [73.0, 146.0])
    assert found.listed.tolist() == [0.0, 0.0]


def test_a_price_that_the_author_states_may_vary():
    text = spec_text("x: {type: broker, monthly_cost: 2500}")
    cost = Input(("components", "x", "monthly_cost"), 1000, 2500, 4000)
    found = sampler(text, [cost], columns=[[1000.0, 1234.5, 4000.0]])
    assert found.listed.tolist() == [1000.0, 1234.5, 4000.0]
    assert (found.runs, found.all_listed) == (1, True)
